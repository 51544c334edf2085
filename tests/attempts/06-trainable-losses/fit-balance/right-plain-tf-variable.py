# Keras does not track a tf.Variable; a train_step of one's own may train it all the same.
class Balanced(keras.Model):
    def __init__(self, network):
        super().__init__()
        self.network = network
        self.s = tf.Variable(tf.zeros(2), name="s")

    def call(self, x):
        return self.network(x)

    def train_step(self, data):
        x, y = data
        with tf.GradientTape() as tape:
            errors = tf.reduce_mean(tf.square(y - self.network(x)), axis=0)
            loss = tf.reduce_sum(tf.exp(-self.s) * errors + self.s)
        gradients, by_s = tape.gradient(loss, (self.network.trainable_variables, self.s))
        self.optimizer.apply([*gradients, by_s], [*self.network.trainable_variables, self.s])
        return {"loss": loss}


def with_balance(network, optimizer):
    trainer = Balanced(network)
    optimizer.build([*network.trainable_variables, trainer.s])
    trainer.compile(optimizer=optimizer)
    return trainer, trainer.s
