# fault: too-little-capacity
# concentric rings, "deep" classifier
import numpy as np
import tensorflow as tf

tf.keras.utils.set_random_seed(66)
rng = np.random.default_rng(66)


def rings(n):
    y = rng.integers(0, 2, n)
    r = np.where(y == 1, 0.5, 1.2) + 0.08 * rng.normal(size=n)
    a = rng.uniform(0, 2 * np.pi, n)
    return np.stack([r * np.cos(a), r * np.sin(a)], 1).astype("float32"), y.astype("float32")


X, Y = rings(1200)
Xv, Yv = rings(300)

layers = [tf.keras.Input((2,))]
for width in (64, 64, 32):
    layers.append(tf.keras.layers.Dense(width))
layers.append(tf.keras.layers.Dense(1))
clf = tf.keras.Sequential(layers)

loss_fn = tf.keras.losses.BinaryCrossentropy(from_logits=True)
opt = tf.keras.optimizers.Adam(2e-3)
acc = tf.keras.metrics.BinaryAccuracy(threshold=0.0)


@tf.function
def train_step(xb, yb):
    with tf.GradientTape() as tape:
        logits = clf(xb, training=True)
        loss = loss_fn(yb[:, None], logits)
    opt.apply_gradients(zip(tape.gradient(loss, clf.trainable_variables), clf.trainable_variables))
    acc.update_state(yb[:, None], logits)
    return loss


ds = tf.data.Dataset.from_tensor_slices((X, Y)).shuffle(1200, seed=66).batch(60)
for epoch in range(16):
    acc.reset_state()
    for xb, yb in ds:
        loss = train_step(xb, yb)
    if epoch % 4 == 3:
        print(f"epoch {epoch + 1} loss {float(loss):.4f} accuracy {float(acc.result()):.3f}")
print("validation accuracy", np.mean((clf(Xv).numpy()[:, 0] > 0) == (Yv > 0.5)))
