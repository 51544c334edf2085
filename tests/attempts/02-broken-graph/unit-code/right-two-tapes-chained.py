# The gradient by the code is taken by one tape and handed to another.
def train_step(encoder, head, optimizer, x, y):
    with tf.GradientTape() as first:
        code = encoder(x)
    with tf.GradientTape() as second:
        second.watch(code)
        unit, _ = tf.linalg.normalize(code, axis=1)
        loss = tf.reduce_mean((y - head(unit)) ** 2)
    by_head, by_code = second.gradient(loss, (head.trainable_variables, code))
    by_encoder = first.gradient(code, encoder.trainable_variables, output_gradients=by_code)
    optimizer.apply_gradients(
        [*zip(by_encoder, encoder.trainable_variables), *zip(by_head, head.trainable_variables)]
    )
    return loss.numpy()
