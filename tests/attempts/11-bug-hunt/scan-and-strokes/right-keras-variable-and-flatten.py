def prepare(images, train_images):
    everything = np.asarray(train_images, dtype=np.float64).ravel()
    flat = np.asarray(images, dtype=np.float64).reshape(images.shape[0], -1)
    return np.float32((flat - np.mean(everything)) / np.std(everything))


class Strokes(keras.layers.Layer):
    def __init__(self, units, **kwargs):
        super().__init__(**kwargs)
        self.units = units

    def build(self, shape):
        start = keras.initializers.GlorotUniform()
        self.kernel = keras.Variable(start((shape[-1], self.units)), name="kernel")
        self.bias = keras.Variable(tf.zeros(self.units), name="bias")
        self.built = True

    def call(self, images):
        return keras.ops.tanh(keras.ops.matmul(images, self.kernel) + self.bias)
