# fault: missing-training-flag
# Regression with batch normalisation; a custom train step reports the gradient norm.
import numpy as np
import tensorflow as tf
from tensorflow import keras
from tensorflow.keras import layers

keras.utils.set_random_seed(57)
rng = np.random.default_rng(57)
x = (rng.normal(size=(360, 8)) * 2.0 + 1.5).astype("float32")
y = (x[:, :1] - 0.3 * x[:, 1:2] ** 2).astype("float32")


class ReportingModel(keras.Model):
    def train_step(self, data):
        features, target = data
        with tf.GradientTape() as tape:
            prediction = self.call(features)
            loss = self.compute_loss(features, target, prediction)
        grads = tape.gradient(loss, self.trainable_variables)
        self.optimizer.apply_gradients(zip(grads, self.trainable_variables))
        logs = self.compute_metrics(features, target, prediction)
        logs["loss"] = loss
        logs["gradient_norm"] = tf.linalg.global_norm(grads)
        return logs


class Net(ReportingModel):
    def __init__(self):
        super().__init__()
        self.first = layers.Dense(32, use_bias=False)
        self.norm = layers.BatchNormalization(momentum=0.8)
        self.drop = layers.Dropout(0.2)
        self.out = layers.Dense(1)

    def call(self, features, training=None):
        h = tf.nn.relu(self.norm(self.first(features), training=training))
        return self.out(self.drop(h, training=training))


net = Net()
net(x[:2])
net.compile(optimizer=keras.optimizers.Adam(0.01), loss="mse", metrics=["mae"])
log = net.fit(x, y, batch_size=60, epochs=6, verbose=0)
print({k: [round(float(v), 3) for v in vs] for k, vs in log.history.items()})
print("moving mean", np.round(net.norm.moving_mean.numpy()[:4], 3))
