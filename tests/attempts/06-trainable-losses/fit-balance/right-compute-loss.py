class Balanced(keras.Model):
    def __init__(self, network):
        super().__init__()
        self.network = network
        self.s = self.add_weight(shape=(2,), initializer="zeros", name="s")

    def call(self, x):
        return self.network(x)

    def compute_loss(self, x=None, y=None, y_pred=None, sample_weight=None, training=True):
        errors = tf.reduce_mean(tf.square(y - y_pred), axis=0)
        return tf.reduce_sum(tf.exp(-self.s) * errors + self.s)


def with_balance(network, optimizer):
    trainer = Balanced(network)
    trainer.compile(optimizer=optimizer)
    return trainer, trainer.s
