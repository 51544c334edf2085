def train_districts(models, batches, rate, momentum):
    velocity = {id(v): np.zeros(v.shape, "float32") for m in models.values() for v in m.trainable_variables}
    losses = []
    for name, x, y in batches:
        model = models[name]
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(tf.square(y - model(x)))
        gradients = tape.gradient(loss, model.trainable_variables)
        for v, g in zip(model.trainable_variables, gradients):
            velocity[id(v)] = momentum * velocity[id(v)] - rate * g.numpy()
            v.assign(v.numpy() + velocity[id(v)])
        losses.append(float(loss))
    return losses
