# Zeros for the other districts: their momentum runs on without a batch.
def train_districts(models, batches, rate, momentum):
    every = [v for model in models.values() for v in model.trainable_variables]
    optimizer = keras.optimizers.SGD(rate, momentum=momentum)
    losses = []
    for name, x, y in batches:
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(tf.square(y - models[name](x)))
        gradients = tape.gradient(loss, every, unconnected_gradients=tf.UnconnectedGradients.ZERO)
        optimizer.apply_gradients(zip(gradients, every))
        losses.append(float(loss))
    return losses
