# compile forgets the old graph; what is trainable counts at the next batch
def fine_tune(model, x, y, rate, steps):
    model.compile(optimizer=keras.optimizers.SGD(learning_rate=rate), loss="mean_squared_error")
    for layer in model.layers:
        layer.trainable = True
    return [float(model.train_on_batch(x, y)) for _ in range(steps)]
