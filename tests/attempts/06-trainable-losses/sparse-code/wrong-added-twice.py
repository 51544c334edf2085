# compute_loss adds them, and so does the sum.
class Trainer:
    def __init__(self, model, optimizer):
        model.compile(optimizer=optimizer, loss="mse")
        self.model, self.optimizer = model, optimizer

    def step(self, x):
        weights = self.model.trainable_variables
        with tf.GradientTape() as tape:
            loss = self.model.compute_loss(x=x, y=x, y_pred=self.model(x)) + sum(self.model.losses)
        self.optimizer.apply_gradients(zip(tape.gradient(loss, weights), weights))
        return loss
