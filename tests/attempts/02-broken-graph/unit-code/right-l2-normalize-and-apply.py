def train_step(encoder, head, optimizer, x, y):
    weights = [*encoder.trainable_weights, *head.trainable_weights]
    with tf.GradientTape() as tape:
        loss = keras.losses.MeanSquaredError()(y, head(tf.math.l2_normalize(encoder(x), axis=1)))
    optimizer.apply(tape.gradient(loss, weights), weights)
    return float(loss)
