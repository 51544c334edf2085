# fault: unknown-variable
# Transfer to a new tabular task: the new head is warmed up first, then the trunk joins.
import numpy as np
import tensorflow as tf
from tensorflow import keras

keras.utils.set_random_seed(52)
rng = np.random.default_rng(52)
X = rng.normal(size=(512, 8)).astype("float32")
old_target = np.sin(X[:, :1] + X[:, 1:2]).astype("float32")
new_target = np.cos(X[:, :1] + X[:, 1:2]).astype("float32") + 0.2 * X[:, 2:3]

trunk = keras.Sequential([keras.Input((8,)), keras.layers.Dense(32, "relu"), keras.layers.Dense(32, "relu")], name="trunk")
pretrain = keras.Sequential([trunk, keras.layers.Dense(1)])
pretrain.compile("adam", "mse")
pretrain.fit(X, old_target, epochs=3, batch_size=64, verbose=0)

head = keras.Sequential([keras.Input((32,)), keras.layers.Dense(16, "relu"), keras.layers.Dense(1)], name="head")
optimizer = keras.optimizers.Adam(3e-3)


def run_phase(name, variables, steps):
    for step in range(steps):
        idx = rng.integers(0, 512, 64)
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(tf.square(head(trunk(X[idx])) - new_target[idx]))
        grads = tape.gradient(loss, variables)
        optimizer.apply_gradients(zip(grads, variables))
        if step % 20 == 0:
            print(f"{name:8s} step {step:3d} mse {float(loss):.4f}")


run_phase("warm-up", head.trainable_variables, 60)
run_phase("joint", trunk.trainable_variables + head.trainable_variables, 60)
