# Variables of the module: all trainers share them.
LEVEL = tf.Variable(0.0)
STEPS = tf.Variable(0)


class Trainer:
    def __init__(self, model, rate, decay):
        self.model, self.rate, self.decay = model, rate, decay
        self.level, self.steps = LEVEL, STEPS

    @tf.function
    def step(self, x, y):
        variables = self.model.trainable_variables
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(tf.square(y - self.model(x - self.level, training=True)))
        for g, v in zip(tape.gradient(loss, variables), variables):
            v.assign_sub(self.rate * g)
        self.level.assign(self.decay * self.level + (1 - self.decay) * tf.reduce_mean(x))
        self.steps.assign_add(1)
        return loss
