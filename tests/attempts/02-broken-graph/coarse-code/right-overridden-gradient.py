# tf.grad_pass_through says the same in one word.
def coarse_step(encoder, head, optimizer, x, y, levels):
    variables = encoder.trainable_variables + head.trainable_variables
    rounded = tf.grad_pass_through(lambda code: tf.round(code * levels) / levels)
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(y - head(rounded(encoder(x)))))
    rate = tf.convert_to_tensor(optimizer.learning_rate)
    for gradient, variable in zip(tape.gradient(loss, variables), variables):
        variable.assign_sub(rate * gradient)
    return loss
