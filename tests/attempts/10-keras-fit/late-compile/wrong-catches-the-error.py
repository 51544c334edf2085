# the unknown variable is caught, and then everything is as before
def fine_tune(model, x, y, rate, steps):
    base = model.get_layer("base")
    base.trainable = True
    model.optimizer.learning_rate = rate
    model.make_train_function(force=True)
    try:
        return [model.train_on_batch(x, y) for _ in range(steps)]
    except ValueError:
        base.trainable = False
        model.make_train_function(force=True)
        return [model.train_on_batch(x, y) for _ in range(steps)]
