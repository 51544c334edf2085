# fault: untracked-variable
# Regression of a 2-D potential surface; code organised "PyTorch style" with a helper class.
import numpy as np
import tensorflow as tf


class Backbone:
    """collects the hidden layers so that they can be swapped easily"""

    def __init__(self, widths, act):
        self.blocks = [tf.keras.layers.Dense(w, activation=act) for w in widths]

    def __call__(self, x):
        for blk in self.blocks:
            x = blk(x)
        return x


class Potential(tf.keras.Model):
    def __init__(self, widths=(32, 32)):
        super().__init__()
        self.lift = tf.keras.layers.Dense(16, activation="tanh")
        self.backbone = Backbone(widths, "tanh")
        self.readout = tf.keras.layers.Dense(1)

    def call(self, r):
        return self.readout(self.backbone(self.lift(r)))


def mueller_like(r):
    x, y = r[:, :1], r[:, 1:]
    return np.sin(2.0 * x) * np.cos(1.5 * y) + 0.3 * x * y


def main():
    tf.keras.utils.set_random_seed(2024)
    r = np.random.uniform(-1.5, 1.5, (768, 2)).astype("float32")
    e = mueller_like(r).astype("float32")
    net = Potential()
    opt = tf.keras.optimizers.Adam(3e-3)
    loss_fn = tf.keras.losses.Huber()
    ds = tf.data.Dataset.from_tensor_slices((r, e)).shuffle(768, seed=0).batch(96).repeat(9)
    net(r[:1])
    for step, (rb, eb) in enumerate(ds):
        with tf.GradientTape() as tape:
            loss = loss_fn(eb, net(rb, training=True))
        grads = tape.gradient(loss, net.trainable_weights)
        opt.apply_gradients(zip(grads, net.trainable_weights))
        if step % 16 == 0:
            print(f"step {step:4d}  huber {float(loss):.5f}")
    rmse = np.sqrt(np.mean((net(r).numpy() - e) ** 2))
    print("rmse", rmse, "parameters", net.count_params())


if __name__ == "__main__":
    main()
