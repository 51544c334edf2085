# statistics are updated twice a batch
class Denoiser(keras.Model):
    def __init__(self, values, units):
        super().__init__()
        self.encoder = keras.layers.Dense(units, activation="tanh", name="encoder")
        self.norm = keras.layers.BatchNormalization(momentum=0.8, name="norm")
        self.decoder = keras.layers.Dense(values, name="decoder")
        self.error = keras.metrics.Mean(name="loss")

    def encode(self, x):
        return self.norm(self.encoder(x))

    def decode(self, code):
        return self.decoder(code)

    def call(self, x, training=None):
        return self.decode(self.encode(x))

    def train_step(self, data):
        noisy, clean = data
        self(noisy, training=True)
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(tf.square(clean - self(noisy, training=True)))
        gradients = tape.gradient(loss, self.trainable_variables)
        self.optimizer.apply(gradients, self.trainable_variables)
        self.error.update_state(loss)
        return {"loss": self.error.result()}
