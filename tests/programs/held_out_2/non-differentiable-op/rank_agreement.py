# fault: non-differentiable-op
# Scores support tickets twice: a relevance value and a priority whose order should match the agents' order.
import numpy as np
import tensorflow as tf
import keras
from keras import layers

keras.utils.set_random_seed(27)
rng = np.random.default_rng(27)
tickets = rng.normal(size=(320, 9)).astype("float32")
relevance = np.tanh(tickets[:, :1] - tickets[:, 1:2]).astype("float32")
urgency = (tickets[:, 2:3] + 0.5 * tickets[:, 3:4]).astype("float32")


def ranks(scores):
    order = tf.argsort(tf.reshape(scores, [-1]))
    return tf.cast(tf.argsort(order), scores.dtype)


def spearman_loss(y_true, y_pred):
    """One minus Spearman's rank correlation within the batch."""
    a, b = ranks(y_true), ranks(y_pred)
    a, b = a - tf.reduce_mean(a), b - tf.reduce_mean(b)
    rho = tf.reduce_sum(a * b) / (tf.norm(a) * tf.norm(b))
    return 1.0 - rho


inputs = keras.Input((9,))
shared = layers.Dense(24, activation="silu")(inputs)
rel = layers.Dense(1, name="relevance")(shared)
pri = layers.Dense(12, activation="silu", name="priority_hidden")(shared)
pri = layers.Dense(1, name="priority")(pri)
model = keras.Model(inputs, {"relevance": rel, "priority": pri})
model.compile(optimizer=keras.optimizers.Adam(5e-3),
              loss={"relevance": "mse", "priority": spearman_loss})
log = model.fit(tickets, {"relevance": relevance, "priority": urgency},
                batch_size=64, epochs=6, verbose=0)
for name in ("relevance_loss", "priority_loss"):
    print(name, np.round(log.history[name], 3))
