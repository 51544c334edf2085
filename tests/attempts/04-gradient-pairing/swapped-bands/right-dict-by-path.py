def train_step(model, optimizer, x, y):
    variables = {v.path: v for v in model.trainable_variables}
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean((y - model(x, training=True)) ** 2)
    gradients = tape.gradient(loss, variables)
    optimizer.apply_gradients([(gradients[path], variables[path]) for path in sorted(variables)])
    return loss
