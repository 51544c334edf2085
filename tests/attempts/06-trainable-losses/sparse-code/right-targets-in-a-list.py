# The gradient of a list of losses is the gradient of their sum.
class Trainer:
    def __init__(self, model, optimizer):
        self.model, self.optimizer = model, optimizer

    def step(self, x):
        with tf.GradientTape() as tape:
            parts = [tf.reduce_mean(tf.square(x - self.model(x))), *self.model.losses]
        weights = self.model.trainable_variables
        self.optimizer.apply_gradients(zip(tape.gradient(parts, weights), weights))
        return tf.add_n(parts)
