# fault: train-step-drops-gradients
"""Functional classifier whose train_step reports the gradient norm beside loss and accuracy."""
import keras
import numpy as np
import tensorflow as tf

keras.utils.set_random_seed(87)
rng = np.random.default_rng(87)
label = rng.integers(0, 3, size=180)
x = (rng.normal(size=(3, 7))[label] + 0.7 * rng.normal(size=(180, 7))).astype("float32")


class NormReportingModel(keras.Model):
    def train_step(self, data):
        inputs, targets = data
        with tf.GradientTape() as tape:
            outputs = self(inputs, training=True)
            loss = self.compute_loss(x=inputs, y=targets, y_pred=outputs)
        gradients = tape.gradient(loss, self.trainable_variables)
        gradients, norm = tf.clip_by_global_norm(gradients, 5.0)
        logs = {"gradient_norm": norm}
        for metric in self.metrics:
            if metric.name == "loss":
                metric.update_state(loss)
            else:
                metric.update_state(targets, outputs)
        logs.update(self.get_metrics_result())
        return logs


inputs = keras.Input((7,))
hidden = keras.layers.Dense(20, activation="elu")(inputs)
model = NormReportingModel(inputs, keras.layers.Dense(3, activation="softmax")(hidden))
model.compile(
    optimizer=keras.optimizers.SGD(0.1),
    loss="sparse_categorical_crossentropy",
    metrics=["accuracy"],
)
history = model.fit(x, label, batch_size=45, epochs=5, verbose=0)
for key, values in history.history.items():
    print(key, np.round(values, 4))
