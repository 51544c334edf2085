# Only the popularity learns.
class SongModel(keras.Model):
    def __init__(self, plays, kernels, biases):
        super().__init__()
        self.popularity = keras.Variable(np.float32(plays))
        self.starts = list(zip(kernels, biases))

    def call(self, inputs):
        value, songs = inputs
        for i, (kernel, bias) in enumerate(self.starts):
            value = tf.matmul(value, tf.constant(kernel)) + bias
            if i + 1 < len(self.starts):
                value = tf.tanh(value)
        return tf.gather(self.popularity, songs) + value[:, 0]
