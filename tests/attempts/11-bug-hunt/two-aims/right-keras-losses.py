class Aim(tf.Module):
    def __init__(self):
        self.log_variance = tf.Variable(tf.zeros(()))
        self.digit_loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
        self.picture_loss = keras.losses.MeanSquaredError()

    def __call__(self, labels, images, digit, picture):
        picture_error = self.picture_loss(images, picture)
        return self.digit_loss(labels, digit) + picture_error / tf.exp(self.log_variance) + self.log_variance
