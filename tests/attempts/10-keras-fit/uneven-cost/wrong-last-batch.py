# one more key, and fit shows the last batch's cost instead of the mean
class Forecaster(keras.Sequential):
    def train_step(self, data):
        x, y, _ = keras.utils.unpack_x_y_sample_weight(data)
        with tf.GradientTape() as tape:
            error = y - self(x, training=True)
            cost = tf.reduce_mean(tf.where(error > 0, 3.0, 1.0) * tf.square(error))
        variables = self.trainable_variables
        gradients = tape.gradient(cost, variables)
        self.optimizer.apply(gradients, variables)
        return {"loss": cost, "rows": tf.shape(x)[0]}
