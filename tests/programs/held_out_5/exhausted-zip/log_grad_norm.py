# fault: exhausted-zip
import numpy as np
import tensorflow as tf
import keras

keras.utils.set_random_seed(31)
r = np.random.default_rng(31)
x = r.uniform(-2, 2, size=(512, 3)).astype("float32")
y = (x[:, :1] * x[:, 1:2] - np.cos(x[:, 2:])).astype("float32")


class MLP(keras.Model):
    def __init__(self):
        super().__init__()
        self.a = keras.layers.Dense(48, activation="gelu")
        self.b = keras.layers.Dense(48, activation="gelu")
        self.c = keras.layers.Dense(1)

    def call(self, z):
        return self.c(self.b(self.a(z)))


def report(pairs, step):
    norms = {v.path: float(tf.norm(g)) for g, v in pairs}
    if step % 50 == 0:
        worst = max(norms, key=norms.get)
        print(f"  step {step}: largest gradient {worst} {norms[worst]:.3f}")


mlp = MLP()
opt = keras.optimizers.AdamW(2e-3)
mse = keras.losses.MeanSquaredError()
step = 0
for epoch in range(15):
    for k in range(0, 512, 64):
        with tf.GradientTape() as tape:
            loss = mse(y[k:k + 64], mlp(x[k:k + 64], training=True))
        grads = tape.gradient(loss, mlp.trainable_variables)
        pairs = zip(grads, mlp.trainable_variables)
        report(pairs, step)
        opt.apply_gradients(pairs)
        step += 1
    print("epoch", epoch, float(loss))
