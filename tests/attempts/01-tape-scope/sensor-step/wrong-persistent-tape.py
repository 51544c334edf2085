# Making the tape persistent doesn't record what ran before its block.
def train_step(model, optimizer, x, y):
    prediction = model(x, training=True)
    with tf.GradientTape(persistent=True) as tape:
        loss = tf.reduce_mean(tf.square(y - prediction))
    gradients = tape.gradient(loss, model.trainable_variables)
    pairs = [(g, v) for g, v in zip(gradients, model.trainable_variables) if g is not None]
    if pairs:
        optimizer.apply_gradients(pairs)
    return loss
