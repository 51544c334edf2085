class Balanced(keras.Model):
    def __init__(self, network, balance):
        super().__init__()
        self.network, self.balance, self.s = network, balance, balance.s

    def call(self, x):
        return self.network(x)

    def train_step(self, data):
        x, y = data
        variables = self.network.trainable_variables + [self.s]
        with tf.GradientTape() as tape:
            loss = self.balance(y, self.network(x, training=True))
        self.optimizer.apply_gradients(zip(tape.gradient(loss, variables), variables))
        return {"loss": loss}


def with_balance(network, optimizer):
    balance = BalancedLoss()
    trainer = Balanced(network, balance)
    trainer.compile(optimizer=optimizer)
    return trainer, balance.s
