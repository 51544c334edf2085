# no compile at all: a loop of one's own
def fine_tune(model, x, y, rate, steps):
    model.get_layer("base").trainable = True
    optimizer, losses = keras.optimizers.SGD(rate), []
    for _ in range(steps):
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(tf.square(y - model(x, training=True)))
        optimizer.apply(tape.gradient(loss, model.trainable_variables), model.trainable_variables)
        losses.append(loss)
    return losses
