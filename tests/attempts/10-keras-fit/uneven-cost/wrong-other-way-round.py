# too much bread costs three times
class Forecaster(keras.Sequential):
    def compute_loss(self, x=None, y=None, y_pred=None, sample_weight=None, training=True):
        error = y - y_pred
        return tf.reduce_mean(tf.where(error < 0, 3.0, 1.0) * error**2)
