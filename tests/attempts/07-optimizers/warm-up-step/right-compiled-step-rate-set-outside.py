steps = {}


def train_step(model, optimizer, x, y, rate):
    optimizer.learning_rate = rate
    if id(model) not in steps:
        optimizer.build(model.trainable_variables)

        @tf.function
        def step(x, y):
            with tf.GradientTape() as tape:
                loss = tf.reduce_mean(tf.square(y - model(x)))
            gradients = tape.gradient(loss, model.trainable_variables)
            optimizer.apply_gradients(zip(gradients, model.trainable_variables))
            return loss

        steps[id(model)] = step
    return steps[id(model)](x, y)
