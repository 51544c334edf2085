# the heavy ball in plain assignments
def train_in_two_phases(model, x, y, rate, momentum, warm, more):
    variables = model.trainable_variables
    speed = [tf.zeros(v.shape) for v in variables]
    losses = []
    for epoch in range(warm + more):
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(tf.square(y - model(x)))
        for i, gradient in enumerate(tape.gradient(loss, variables)):
            speed[i] = momentum * speed[i] - rate * gradient
            if epoch < warm or i >= 2:
                variables[i].assign_add(speed[i])
        losses.append(float(loss))
    return losses
