def train_step(model, optimizer, x, y, rate):
    if getattr(model, "optimizer", None) is not optimizer:
        model.compile(optimizer=optimizer, loss="mse")
    model.optimizer.learning_rate = rate
    return float(model.train_on_batch(x, y))
