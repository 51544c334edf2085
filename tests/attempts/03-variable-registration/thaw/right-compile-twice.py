# Keras trains; each thaw is followed by compile.
def fine_tune(model, batches, warm_up, rate):
    losses = []
    for i, (x, y) in enumerate(batches):
        if i in (0, warm_up):
            model.get_layer("body").trainable = i >= warm_up
            model.compile(keras.optimizers.SGD(rate), loss="mse")
        losses.append(float(model.train_on_batch(x, y)))
        model.reset_metrics()
    return losses
