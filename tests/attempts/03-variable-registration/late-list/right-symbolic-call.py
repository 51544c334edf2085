# Calls the model on a symbol: that builds it without any data.
def make_step(model, optimizer):
    model(keras.Input((4,)))
    weights = model.trainable_weights

    def step(x, y):
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(keras.losses.mean_squared_error(y, model(x)))
        gradients = tape.gradient(loss, weights)
        optimizer.apply_gradients([(gradients[i], weights[i]) for i in range(len(weights))])
        return loss

    return step
