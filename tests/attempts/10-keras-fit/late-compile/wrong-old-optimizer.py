# compiles in time, with the optimizer that does not know the base
def fine_tune(model, x, y, rate, steps):
    model.get_layer("base").trainable = True
    model.optimizer.learning_rate = rate
    model.compile(model.optimizer, "mse")
    return [model.train_on_batch(x, y) for _ in range(steps)]
