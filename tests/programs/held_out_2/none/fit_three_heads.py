# fault: none
# Reads age, activity and device type from sensor statistics; metrics are recomputed with NumPy.
import numpy as np
import keras
from keras import layers

keras.utils.set_random_seed(8)
rng = np.random.default_rng(8)
x = rng.normal(size=(420, 10)).astype("float32")
targets = {
    "age": (x[:, :1] * 0.8 + 0.2 * x[:, 1:2]).astype("float32"),
    "active": (x[:, 2:3] + x[:, 3:4] > 0).astype("float32"),
    "device": np.argmax(x[:, 4:7], axis=1),
}


class NumpyReport(keras.callbacks.Callback):
    def on_epoch_end(self, epoch, logs=None):
        if epoch % 3:
            return
        out = self.model.predict(x, verbose=0)
        mae = np.abs(out["age"] - targets["age"]).mean()
        hits = ((out["active"] > 0.5) == (targets["active"] > 0.5)).mean()
        device = (out["device"].argmax(1) == targets["device"]).mean()
        print(f"epoch {epoch}: age mae {mae:.3f}, active {hits:.3f}, device {device:.3f}")


inputs = keras.Input((10,))
h = layers.Dropout(0.05)(layers.BatchNormalization()(layers.Dense(32, activation="relu")(inputs)))
model = keras.Model(inputs, {
    "age": layers.Dense(1, name="age")(h),
    "active": layers.Dense(1, activation="sigmoid", name="active")(h),
    "device": layers.Dense(3, activation="softmax", name="device")(h),
})
model.compile(optimizer="adam", loss={"age": "mse", "active": "binary_crossentropy",
                                      "device": "sparse_categorical_crossentropy"},
              loss_weights={"age": 2.0, "active": 1.0, "device": 1.0})
model.optimizer.learning_rate = 0.01
log = model.fit(x, targets, batch_size=42, epochs=7, verbose=0, callbacks=[NumpyReport()])
print([round(v, 3) for v in log.history["loss"]])
