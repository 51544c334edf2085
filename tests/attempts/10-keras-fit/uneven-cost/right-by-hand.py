# the update by hand, the loss by a metric of its own name
class Forecaster(keras.Sequential):
    def build(self, input_shape=None):
        super().build(input_shape)
        self.seen = keras.metrics.Mean(name="seen")

    def train_step(self, data):
        x, y, _ = keras.utils.unpack_x_y_sample_weight(data)
        with tf.GradientTape() as tape:
            error = y - self(x, training=True)
            cost = tf.reduce_mean(tf.where(error > 0, 3.0, 1.0) * tf.square(error))
        variables = self.trainable_variables
        gradients = tape.gradient(cost, variables)
        for variable, gradient in zip(variables, gradients):
            variable.assign_sub(self.optimizer.learning_rate * gradient)
        self.seen.update_state(cost)
        return {"loss": self.seen.result(), "last": cost}
