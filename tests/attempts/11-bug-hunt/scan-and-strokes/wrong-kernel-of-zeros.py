def prepare(images, train_images):
    """Images as rows of 64 numbers, in units in which the training images have mean 0 and deviation 1."""
    rows = images.reshape(len(images), 64).astype("float32")
    return (rows - train_images.mean()) / train_images.std()


class Strokes(keras.layers.Layer):
    """A few strokes that are looked for in the image: tanh(images @ kernel + bias)."""

    def __init__(self, units, **kwargs):
        super().__init__(**kwargs)
        self.units = units

    def build(self, shape):
        self.kernel = self.add_weight(shape=(shape[-1], self.units), initializer="zeros", name="kernel")
        self.bias = self.add_weight(shape=(self.units,), initializer="zeros", name="bias")

    def call(self, images):
        return tf.tanh(images @ self.kernel + self.bias)
