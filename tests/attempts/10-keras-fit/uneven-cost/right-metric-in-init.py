# a metric made in __init__, pairs by zip
class Forecaster(keras.Sequential):
    def __init__(self, layers):
        super().__init__(layers)
        self.tracker = keras.metrics.Mean(name="loss")

    def train_step(self, data):
        x, y, _ = keras.utils.unpack_x_y_sample_weight(data)
        with tf.GradientTape() as tape:
            error = y - self(x, training=True)
            cost = tf.reduce_mean(tf.where(error > 0, 3.0, 1.0) * tf.square(error))
        variables = self.trainable_variables
        gradients = tape.gradient(cost, variables)
        self.optimizer.apply_gradients(zip(gradients, variables))
        self.tracker.update_state(cost)
        return {m.name: m.result() for m in self.metrics}
