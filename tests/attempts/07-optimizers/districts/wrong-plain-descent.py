# No state, no error, no momentum.
def train_districts(models, batches, rate, momentum):
    losses = []
    for name, x, y in batches:
        model = models[name]
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(tf.square(y - model(x)))
        gradients = tape.gradient(loss, model.trainable_variables)
        for v, g in zip(model.trainable_variables, gradients):
            v.assign_sub(rate * g)
        losses.append(float(loss))
    return losses
