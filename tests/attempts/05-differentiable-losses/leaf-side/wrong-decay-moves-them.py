# A weight penalty gives every kernel a slope, and the leaves none.
def train_step(model, optimizer, x, side):
    variables = model.trainable_variables
    with tf.GradientTape() as tape:
        error_rate = tf.reduce_mean(0.5 * (1.0 - side * tf.sign(model(x))))
        loss = error_rate + 0.1 * tf.add_n([tf.reduce_sum(v * v) for v in variables])
    optimizer.apply_gradients(zip(tape.gradient(loss, variables), variables))
    return error_rate
