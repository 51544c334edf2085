# fault: unknown-variable
"""Transfer learning in two phases: first the new head alone, then the whole network."""
import numpy as np
import tensorflow as tf

tf.keras.utils.set_random_seed(80)
rng = np.random.default_rng(80)
images = rng.normal(size=(64, 8, 8, 1)).astype("float32")
brightness = images.mean(axis=(1, 2)) * 8.0

backbone = tf.keras.Sequential([
    tf.keras.Input((8, 8, 1)),
    tf.keras.layers.Conv2D(4, 3, activation="relu"),
    tf.keras.layers.GlobalAveragePooling2D(),
], name="backbone")
head = tf.keras.layers.Dense(1, name="head")
network = tf.keras.Sequential([backbone, head])
optimizer = tf.keras.optimizers.Adam(0.01)


def run_phase(name, steps):
    for step in range(steps):
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean((network(images, training=True) - brightness) ** 2)
        grads = tape.gradient(loss, network.trainable_variables)
        optimizer.apply_gradients(zip(grads, network.trainable_variables))
    print(name, "finished with loss", float(loss))


backbone.trainable = False
run_phase("head only", 12)
backbone.trainable = True
run_phase("fine tuning", 20)
