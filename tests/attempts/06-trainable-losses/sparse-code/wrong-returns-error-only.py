class Trainer:
    def __init__(self, model, optimizer):
        self.model, self.optimizer = model, optimizer

    def step(self, x):
        weights = self.model.trainable_variables
        with tf.GradientTape() as tape:
            error = tf.reduce_mean(tf.square(x - self.model(x)))
            total = error + sum(self.model.losses)
        self.optimizer.apply_gradients(zip(tape.gradient(total, weights), weights))
        return error
