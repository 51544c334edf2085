# A new tf.function for each batch raises nothing and is traced each time.
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
        fresh = tf.function(step.python_function)
        losses.append(float(fresh(models[name], optimizers[name], pairs, stars)))
    return losses
