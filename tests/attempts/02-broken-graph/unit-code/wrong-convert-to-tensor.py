# Back in TensorFlow after the cut, which is too late.
def train_step(encoder, head, optimizer, x, y):
    variables = encoder.trainable_variables + head.trainable_variables
    with tf.GradientTape() as tape:
        code = encoder(x).numpy()
        unit = tf.convert_to_tensor(code / np.linalg.norm(code, axis=1, keepdims=True))
        tape.watch(unit)
        loss = tf.reduce_mean(tf.square(y - head(unit)))
    optimizer.apply_gradients(zip(tape.gradient(loss, variables), variables))
    return loss
