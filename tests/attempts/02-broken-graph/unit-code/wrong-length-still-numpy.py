# The code is a tensor now; the length is still a constant. Finite, and not the gradient.
def train_step(encoder, head, optimizer, x, y):
    variables = encoder.trainable_variables + head.trainable_variables
    with tf.GradientTape() as tape:
        code = encoder(x)
        length = np.linalg.norm(code, axis=1, keepdims=True)
        loss = tf.reduce_mean(tf.square(y - head(code / length)))
    optimizer.apply_gradients(zip(tape.gradient(loss, variables), variables))
    return loss
