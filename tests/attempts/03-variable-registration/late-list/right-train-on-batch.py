# Keras makes the step.
def make_step(model, optimizer):
    model.compile(optimizer=optimizer, loss="mse")

    def step(x, y):
        return model.train_on_batch(x, y)

    return step
