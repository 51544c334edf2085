# One memory for all districts: the variables have the same shapes, so nothing complains.
def train_districts(models, batches, rate, momentum):
    velocity, losses = None, []
    for name, x, y in batches:
        model = models[name]
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(tf.square(y - model(x)))
        gradients = tape.gradient(loss, model.trainable_variables)
        if velocity is None:
            velocity = [tf.zeros_like(g) for g in gradients]
        velocity = [momentum * m - rate * g for m, g in zip(velocity, gradients)]
        for v, m in zip(model.trainable_variables, velocity):
            v.assign_add(m)
        losses.append(float(loss))
    return losses
