# Shrinks the kernels after the step, and calls it a regularizer.
class Trainer:
    def __init__(self, model, optimizer):
        self.model, self.optimizer = model, optimizer

    def step(self, x):
        weights = self.model.trainable_variables
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(tf.square(x - self.model(x)))
        self.optimizer.apply_gradients(zip(tape.gradient(loss, weights), weights))
        for layer in self.model.layers:
            if getattr(layer, "kernel_regularizer", None):
                layer.kernel.assign(0.98 * layer.kernel)
        return loss + sum(self.model.losses)
