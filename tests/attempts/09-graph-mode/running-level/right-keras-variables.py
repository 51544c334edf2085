# Keras variables.
class Trainer:
    def __init__(self, model, rate, decay):
        self.model, self.rate, self.decay = model, rate, decay
        self.level = keras.Variable(0.0, trainable=False)
        self.steps = keras.Variable(0, dtype="int32", trainable=False)

    @tf.function
    def step(self, x, y):
        variables = self.model.trainable_variables
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(tf.square(y - self.model(x - self.level, training=True)))
        for g, v in zip(tape.gradient(loss, variables), variables):
            v.assign_sub(self.rate * g)
        self.level.assign(self.level * self.decay + tf.reduce_mean(x) * (1.0 - self.decay))
        self.steps.assign_add(1)
        return loss
