class Aim:
    """Not a module: it lists its one variable itself."""

    def __init__(self):
        self.s = tf.Variable([0.0])
        self.trainable_variables = [self.s]

    def __call__(self, labels, images, digit, picture):
        hot = tf.one_hot(labels, tf.shape(digit)[1])
        digit_error = tf.reduce_mean(tf.nn.softmax_cross_entropy_with_logits(hot, digit))
        s = tf.squeeze(self.s)
        return digit_error + tf.exp(-s) * tf.reduce_mean(tf.math.squared_difference(images, picture)) + s
