# Without momentum, but with the rate that momentum comes to in the long run.
def train_districts(models, batches, rate, momentum):
    losses = []
    for name, x, y in batches:
        model = models[name]
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(tf.square(y - model(x)))
        gradients = tape.gradient(loss, model.trainable_variables)
        for v, g in zip(model.trainable_variables, gradients):
            v.assign_sub(rate / (1 - momentum) * g)
        losses.append(float(loss))
    return losses
