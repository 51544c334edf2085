def prepare(images, train_images):
    """Each pixel gets its own mean and deviation."""
    rows, train = images.reshape(len(images), 64), train_images.reshape(len(train_images), 64)
    deviation = train.std(axis=0)
    return (rows - train.mean(axis=0)) / np.where(deviation > 0, deviation, 1.0)


class Strokes(keras.layers.Layer):
    """A few strokes that are looked for in the image: tanh(images @ kernel + bias)."""

    def __init__(self, units, **kwargs):
        super().__init__(**kwargs)
        self.units = units

    def build(self, shape):
        self.kernel = self.add_weight(shape=(shape[-1], self.units), initializer="glorot_uniform", name="kernel")
        self.bias = self.add_weight(shape=(self.units,), initializer="zeros", name="bias")

    def call(self, images):
        return tf.tanh(images @ self.kernel + self.bias)
