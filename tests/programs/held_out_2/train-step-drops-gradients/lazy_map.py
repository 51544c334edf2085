# fault: train-step-drops-gradients
# Sharpness-aware style training step with normalised gradients, plugged into fit.
import numpy as np
import tensorflow as tf
from tensorflow import keras

keras.utils.set_random_seed(41)
rng = np.random.default_rng(41)
x = rng.normal(size=(320, 6)).astype("float32")
y = (np.sin(x[:, :1]) + 0.5 * x[:, 1:2]).astype("float32")


class NormalisedGradientModel(keras.Model):
    """Every tensor moves by the same distance, whatever the size of its gradient."""

    def train_step(self, data):
        inputs, targets = data
        with tf.GradientTape() as tape:
            predictions = self(inputs, training=True)
            loss = self.compute_loss(x=inputs, y=targets, y_pred=predictions)
        weights = self.trainable_weights
        grads = tape.gradient(loss, weights)
        grads, norm = tf.clip_by_global_norm(grads, 10.0)

        def move(gradient, weight):
            direction = gradient / (tf.norm(gradient) + 1e-8)
            weight.assign_sub(self.optimizer.learning_rate * direction)

        map(move, grads, weights)
        self.optimizer.iterations.assign_add(1)
        results = self.compute_metrics(inputs, targets, predictions)
        results["loss"] = loss
        results["gradient_norm"] = norm
        return results


inp = keras.Input((6,))
out = keras.layers.Dense(1)(keras.layers.Dense(24, activation="tanh")(inp))
model = NormalisedGradientModel(inp, out)
model.compile(optimizer=keras.optimizers.SGD(0.03), loss="mse", metrics=["mae"])
log = model.fit(x, y, batch_size=40, epochs=5, verbose=0)
for key, values in log.history.items():
    print(key, [round(float(v), 4) for v in values])
