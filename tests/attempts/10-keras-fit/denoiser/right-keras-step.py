# no train_step at all: Keras' own passes the flag to a call that takes it
class Denoiser(keras.Model):
    def __init__(self, values, units):
        super().__init__()
        self.encoder = keras.layers.Dense(units, activation="tanh", name="encoder")
        self.norm = keras.layers.BatchNormalization(momentum=0.8, name="norm")
        self.decoder = keras.layers.Dense(values, name="decoder")

    def call(self, x, training=False):
        return self.decoder(self.norm(self.encoder(x), training=training))
