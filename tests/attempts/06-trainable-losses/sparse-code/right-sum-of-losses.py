class Trainer:
    def __init__(self, model, optimizer):
        self.model = model
        self.optimizer = optimizer

    def step(self, x):
        weights = self.model.trainable_variables
        with tf.GradientTape() as tape:
            output = self.model(x, training=True)
            loss = tf.reduce_mean(tf.square(x - output)) + sum(self.model.losses)
        self.optimizer.apply_gradients(zip(tape.gradient(loss, weights), weights))
        return loss
