class Trainer:
    def __init__(self, model, optimizer):
        self.model, self.optimizer = model, optimizer

    def step(self, x):
        weights = self.model.trainable_variables
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(tf.square(x - self.model(x)))
            if self.model.losses:
                loss += tf.reduce_mean(tf.stack(self.model.losses))
        self.optimizer.apply_gradients(zip(tape.gradient(loss, weights), weights))
        return loss
