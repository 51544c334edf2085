# fault: dead-relu
# Rare-event detector for machine vibrations with the prior-probability bias of RetinaNet.
import numpy as np
import tensorflow as tf
from tensorflow import keras
from tensorflow.keras import layers

keras.utils.set_random_seed(71)
rng = np.random.default_rng(71)
PRIOR = 0.02

vibration = (0.6 * rng.normal(size=(320, 20, 2))).astype("float32")
event = (rng.random(320) < 0.25).astype("float32")
vibration[event > 0, 8:12] += 1.2
event = event[:, None]


def conv(filters, kernel, activation="relu"):
    """Every convolution of the detector starts from the same bias."""
    bias = -np.log((1 - PRIOR) / PRIOR)
    return layers.Conv1D(filters, kernel, padding="same", activation=activation,
                         kernel_initializer="he_normal",
                         bias_initializer=keras.initializers.Constant(bias))


inputs = keras.Input((20, 2))
x = conv(12, 3)(inputs)
x = conv(12, 3)(x)
x = layers.GlobalMaxPooling1D()(x)
logit = layers.Dense(1, bias_initializer=keras.initializers.Constant(-1.1))(x)
detector = keras.Model(inputs, logit)

optimizer = keras.optimizers.Adam(3e-3)
bce = keras.losses.BinaryCrossentropy(from_logits=True)


@tf.function
def step(xb, yb):
    with tf.GradientTape() as tape:
        loss = bce(yb, detector(xb, training=True))
    grads = tape.gradient(loss, detector.trainable_variables)
    optimizer.apply_gradients(zip(grads, detector.trainable_variables))
    return loss


data = tf.data.Dataset.from_tensor_slices((vibration, event)).shuffle(320, seed=0).batch(64)
for epoch in range(6):
    print("epoch", epoch, "loss", round(float(np.mean([step(a, b) for a, b in data])), 4))
