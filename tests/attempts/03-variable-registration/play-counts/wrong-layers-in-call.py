# Makes the layers in call, new ones each time.
class SongModel(keras.Model):
    def __init__(self, plays, kernels, biases):
        super().__init__()
        self.popularity = keras.Variable(np.float32(plays))
        self.starts = list(zip(kernels, biases))

    def call(self, inputs):
        value, songs = inputs
        for i, (kernel, bias) in enumerate(self.starts):
            activation = "tanh" if i + 1 < len(self.starts) else None
            layer = keras.layers.Dense(
                bias.size,
                activation,
                kernel_initializer=keras.initializers.Constant(kernel),
                bias_initializer=keras.initializers.Constant(bias),
            )
            value = layer(value)
        return tf.gather(self.popularity, songs) + value[:, 0]
