# sets the rate on the old optimizer and trains on with the old graph
def fine_tune(model, x, y, rate, steps):
    model.get_layer("base").trainable = True
    model.optimizer.learning_rate = rate
    return [model.train_on_batch(x, y) for _ in range(steps)]
