# A tf.Module with one state vector; its attributes are properties that read it.
class Trainer(tf.Module):
    def __init__(self, model, rate, decay):
        super().__init__()
        self.model, self.decay = model, decay
        self.optimizer = keras.optimizers.SGD(rate)
        self.state = tf.Variable([0.0, 0.0], trainable=False)
        self.step = tf.function(self._step)

    level = property(lambda self: float(self.state[0]))
    steps = property(lambda self: int(self.state[1]))

    def _step(self, x, y):
        level, steps = tf.unstack(self.state)
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean((self.model(x - level) - y) ** 2)
        weights = self.model.trainable_weights
        self.optimizer.apply(tape.gradient(loss, weights), weights)
        self.state.assign([level + (1.0 - self.decay) * (tf.reduce_mean(x) - level), steps + 1.0])
        return loss
