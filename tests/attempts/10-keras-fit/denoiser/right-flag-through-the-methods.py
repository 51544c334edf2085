# the step goes on calling the halves, with the flag
class Denoiser(keras.Model):
    def __init__(self, values, units):
        super().__init__()
        self.encoder = keras.layers.Dense(units, activation="tanh", name="encoder")
        self.norm = keras.layers.BatchNormalization(momentum=0.8, name="norm")
        self.decoder = keras.layers.Dense(values, name="decoder")
        self.error = keras.metrics.Mean(name="loss")

    def encode(self, x, training=False):
        return self.norm(self.encoder(x), training=training)

    def decode(self, code):
        return self.decoder(code)

    def call(self, x, training=False):
        return self.decode(self.encode(x, training))

    def train_step(self, data):
        noisy, clean = data[:2]
        with tf.GradientTape() as tape:
            loss = keras.ops.mean((clean - self.decode(self.encode(noisy, True))) ** 2)
        gradients = tape.gradient(loss, self.trainable_variables)
        self.optimizer.apply(gradients, self.trainable_variables)
        self.error.update_state(loss)
        return {"loss": self.error.result()}
