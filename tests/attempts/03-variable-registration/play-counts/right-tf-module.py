# Without Keras: a tf.Module with tf.Variables, made as floats.
class SongModel(tf.Module):
    def __init__(self, plays, kernels, biases):
        super().__init__()
        self.popularity = tf.Variable(plays, dtype=tf.float32)
        self.layers = [(tf.Variable(k), tf.Variable(b)) for k, b in zip(kernels, biases)]

    def __call__(self, inputs):
        value, songs = inputs
        *hidden, (last_kernel, last_bias) = self.layers
        for kernel, bias in hidden:
            value = tf.tanh(value @ kernel + bias)
        return tf.gather(self.popularity, songs) + tf.squeeze(value @ last_kernel + last_bias, 1)
