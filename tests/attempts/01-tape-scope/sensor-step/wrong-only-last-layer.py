# Only the last layer is inside the block: the first one never learns.
def train_step(model, optimizer, x, y):
    hidden, output = model.layers
    code = hidden(x)
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(y - output(code)))
    gradients = tape.gradient(loss, model.trainable_variables)
    pairs = [(g, v) for g, v in zip(gradients, model.trainable_variables) if g is not None]
    optimizer.apply_gradients(pairs)
    return loss
