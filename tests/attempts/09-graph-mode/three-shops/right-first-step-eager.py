# The first step of a shop that raises is made without the graph: that makes the state, and the next are compiled.
def train_shops(models, batches, rate, momentum):
    optimizers = {name: keras.optimizers.SGD(rate, momentum=momentum) for name in models}

    @tf.function
    def step(model, optimizer, pairs, stars):
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(tf.square(stars - model(pairs, training=True)))
        gradients = tape.gradient(loss, model.trainable_variables)
        optimizer.apply_gradients(zip(gradients, model.trainable_variables))
        return loss

    losses = []
    for name, pairs, stars in batches:
        try:
            loss = step(models[name], optimizers[name], pairs, stars)
        except Exception:
            optimizers[name] = keras.optimizers.SGD(rate, momentum=momentum)
            loss = step.python_function(models[name], optimizers[name], pairs, stars)
        losses.append(float(loss))
    return losses
