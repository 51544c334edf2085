class Balanced(keras.Model):
    def __init__(self, network):
        super().__init__()
        self.network = network
        self.s = self.add_weight(shape=(2,), initializer="zeros", name="s")

    def call(self, x, training=False):
        return self.network(x, training=training)


def with_balance(network, optimizer):
    trainer = Balanced(network)

    def loss(y, prediction):
        errors = tf.reduce_mean(tf.square(y - prediction), axis=0)
        return tf.reduce_sum(tf.exp(-trainer.s) * errors + trainer.s)

    trainer.compile(optimizer=optimizer, loss=loss)
    return trainer, trainer.s
