# The sensitivity is right, and nothing is trained.
def sensitive_step(model, optimizer, x, y):
    with tf.GradientTape() as tape:
        tape.watch(x)
        loss = tf.reduce_mean(tf.square(y - model(x)))
    return loss, tape.gradient(loss, x)
