# All variables in every call; those of the other districts have the gradient None, and are left alone.
import warnings


def train_districts(models, batches, rate, momentum):
    every = [v for model in models.values() for v in model.trainable_variables]
    optimizer = keras.optimizers.SGD(rate, momentum=momentum)
    losses = []
    for name, x, y in batches:
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(tf.square(y - models[name](x)))
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            optimizer.apply_gradients(zip(tape.gradient(loss, every), every))
        losses.append(float(loss))
    return losses
