# Detaching the distance by NumPy is the same as stopping its gradient.
def coarse_step(encoder, head, optimizer, x, y, levels):
    variables = encoder.trainable_variables + head.trainable_variables
    with tf.GradientTape() as tape:
        code = encoder(x)
        array = code.numpy()
        coarse = code + (np.rint(array * levels) / levels - array).astype("float32")
        loss = tf.reduce_mean(tf.square(y - head(coarse)))
    optimizer.apply_gradients(zip(tape.gradient(loss, variables), variables))
    return loss
