# Every weight by add_weight, matrices multiplied by hand.
class SongModel(keras.Model):
    def __init__(self, plays, kernels, biases):
        super().__init__()

        def weight(value, name):
            return self.add_weight(
                shape=np.shape(value), initializer=keras.initializers.Constant(value), name=name
            )

        self.popularity = weight([float(n) for n in plays], "popularity")
        self.kernels = [weight(k, f"kernel_{i}") for i, k in enumerate(kernels)]
        self.biases = [weight(b, f"bias_{i}") for i, b in enumerate(biases)]

    def call(self, inputs):
        value, songs = inputs
        for i, (kernel, bias) in enumerate(zip(self.kernels, self.biases)):
            value = tf.matmul(value, kernel) + bias
            value = value if i == len(self.kernels) - 1 else tf.tanh(value)
        return keras.ops.take(self.popularity, songs) + keras.ops.squeeze(value, -1)
