# the compiled loss and the metrics of compile
class Denoiser(keras.Model):
    def __init__(self, values, units):
        super().__init__()
        self.encoder = keras.layers.Dense(units, activation="tanh", name="encoder")
        self.norm = keras.layers.BatchNormalization(momentum=0.8, name="norm")
        self.decoder = keras.layers.Dense(values, name="decoder")

    def call(self, x, training=None):
        return self.decoder(self.norm(self.encoder(x), training=training))

    def train_step(self, data):
        x, y, weight = keras.utils.unpack_x_y_sample_weight(data)
        with tf.GradientTape() as tape:
            cleaned = self(x, training=True)
            loss = self.compute_loss(x, y, cleaned, weight)
        self._loss_tracker.update_state(loss)
        variables = self.trainable_variables
        self.optimizer.apply_gradients(zip(tape.gradient(loss, variables), variables))
        return self.compute_metrics(x, y, cleaned, weight)
