def prepare(images, train_images):
    images = images.astype("float32")
    images = images - train_images.mean()
    images /= train_images.std()
    return images.reshape(len(images), 64)


class Strokes(keras.layers.Layer):
    def __init__(self, units, **kwargs):
        super().__init__(**kwargs)
        self.units = units

    def build(self, shape):
        limit = (6 / (shape[-1] + self.units)) ** 0.5
        start = keras.initializers.RandomUniform(-limit, limit)
        self.bias = self.add_weight(name="bias", shape=(self.units,), initializer="zeros")
        self.kernel = self.add_weight(name="kernel", shape=(shape[-1], self.units), initializer=start)

    def call(self, images):
        return tf.nn.tanh(tf.nn.bias_add(tf.linalg.matmul(images, self.kernel), self.bias))
