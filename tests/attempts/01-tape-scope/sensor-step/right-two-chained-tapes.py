def train_step(model, optimizer, x, y):
    weights = model.trainable_variables
    with tf.GradientTape() as forward:
        prediction = model(x)
    with tf.GradientTape() as outer:
        outer.watch(prediction)
        loss = tf.reduce_mean(tf.math.squared_difference(y, prediction))
    upstream = outer.gradient(loss, prediction)
    gradients = forward.gradient(prediction, weights, output_gradients=upstream)
    optimizer.apply_gradients([(g, w) for g, w in zip(gradients, weights)])
    return loss
