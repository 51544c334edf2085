# Trains a copy of the model.
def make_step(model, optimizer):
    copies = []

    def step(x, y):
        if not copies:
            model(x)
            inputs = keras.Input((4,))
            hidden = keras.layers.Dense(5, activation="tanh")
            copies.append(keras.Sequential([inputs, hidden, keras.layers.Dense(1)]))
            copies[0].set_weights([v.numpy() for v in model.weights if v.shape != ()])
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(tf.square(y - copies[0](x)))
        variables = copies[0].trainable_variables
        optimizer.apply_gradients(zip(tape.gradient(loss, variables), variables))
        return loss

    return step
