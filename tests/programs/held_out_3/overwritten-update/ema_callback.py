# fault: overwritten-update
# Trains a price model and evaluates the moving average of its weights with a callback.
import numpy as np
import keras

keras.utils.set_random_seed(70)
rng = np.random.default_rng(70)
x = rng.normal(size=(320, 6)).astype("float32")
y = (x[:, :1] * 2 - np.maximum(x[:, 1:2], 0) + 0.5).astype("float32")
x_val, y_val = x[256:], y[256:]


class EvaluateEMA(keras.callbacks.Callback):
    def __init__(self, decay=0.9):
        super().__init__()
        self.decay = decay

    def on_train_begin(self, logs=None):
        self.backup = self.model.get_weights()
        self.ema = self.model.get_weights()

    def on_train_batch_end(self, batch, logs=None):
        current = self.model.get_weights()
        self.ema = [self.decay * e + (1 - self.decay) * w for e, w in zip(self.ema, current)]
        self.model.set_weights(self.ema)
        prediction = self.model(x_val, training=False)
        self.val = float(np.mean((prediction - y_val) ** 2))
        self.model.set_weights(self.backup)

    def on_epoch_end(self, epoch, logs=None):
        print(f"epoch {epoch + 1}: loss {logs['loss']:.4f}, ema validation {self.val:.4f}")


model = keras.Sequential([keras.Input((6,)), keras.layers.Dense(16, activation="relu"), keras.layers.Dense(1)])
model.compile(optimizer=keras.optimizers.Adam(0.01), loss="mse")
model.fit(x[:256], y[:256], batch_size=32, epochs=5, verbose=0, callbacks=[EvaluateEMA()])
