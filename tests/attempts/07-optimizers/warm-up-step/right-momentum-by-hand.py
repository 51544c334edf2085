# The rule written out, with the velocities kept from call to call.
velocities = {}


def train_step(model, optimizer, x, y, rate):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(y - model(x)))
    gradients = tape.gradient(loss, model.trainable_variables)
    for v, g in zip(model.trainable_variables, gradients):
        _, velocity = velocities.setdefault(id(v), (v, tf.Variable(tf.zeros_like(g))))
        velocity.assign(float(optimizer.momentum) * velocity - rate * g)
        v.assign_add(velocity)
    return loss
