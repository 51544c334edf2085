class Scaled:
    """The model behind its scaling."""

    def __init__(self, model, x):
        self.model = model
        self.mean = np.mean(x, axis=0)
        self.std = np.std(x, axis=0)
        self.std[self.std == 0] = np.inf

    def __call__(self, x):
        return self.model((x - self.mean) / self.std, training=True)


def train(model, optimizer, x, y, batches):
    scaled, mse, losses = Scaled(model, x.numpy()), keras.losses.MeanSquaredError(), []
    for rows in batches:
        with tf.GradientTape() as tape:
            loss = mse(y.numpy()[rows], scaled(x.numpy()[rows]))
        optimizer.apply(tape.gradient(loss, model.trainable_variables), model.trainable_variables)
        losses.append(float(loss))
    return losses
