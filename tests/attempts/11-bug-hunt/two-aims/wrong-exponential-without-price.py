class Aim(tf.Module):
    """The loss: the digit's cross-entropy, and the picture's squared error with a weight that is trained."""

    def __init__(self):
        super().__init__()
        self.s = tf.Variable(0.0, name="s")

    def __call__(self, labels, images, digit, picture):
        digit_error = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(labels, digit))
        picture_error = tf.reduce_mean(tf.square(images - picture))
        return digit_error + tf.exp(-self.s) * picture_error
