# fault: truncated-pairs
# Discriminative learning rates: scale the gradients of the lower layers down before the update.
import numpy as np
import tensorflow as tf

tf.keras.utils.set_random_seed(12)
rng = np.random.default_rng(12)


def spirals(n):
    k = rng.integers(0, 2, n)
    r = rng.uniform(0.2, 1.0, n)
    phi = 3.5 * r + np.pi * k
    pts = np.stack([r * np.cos(phi), r * np.sin(phi)], 1) + 0.03 * rng.normal(size=(n, 2))
    return pts.astype("float32"), k.astype("float32")[:, None]


x, y = spirals(800)
model = tf.keras.Sequential([
    tf.keras.Input((2,)),
    tf.keras.layers.Dense(32, activation="relu"),
    tf.keras.layers.Dense(32, activation="relu"),
    tf.keras.layers.Dense(32, activation="relu"),
    tf.keras.layers.Dense(1, bias_initializer=tf.keras.initializers.Constant(0.3)),
])
bce = tf.keras.losses.BinaryCrossentropy(from_logits=True)
opt = tf.keras.optimizers.SGD(0.05, momentum=0.9)

#            layer 1    layer 2    layer 3
multiplier = [0.5, 0.5, 0.8, 0.8, 1.0, 1.0]


@tf.function
def step(xb, yb):
    with tf.GradientTape() as tape:
        loss = bce(yb, model(xb, training=True))
    grads = tape.gradient(loss, model.trainable_variables)
    scaled = [(m * g, v) for m, g, v in zip(multiplier, grads, model.trainable_variables)]
    opt.apply_gradients(scaled)
    return loss


ds = tf.data.Dataset.from_tensor_slices((x, y)).shuffle(800, seed=12).batch(80).repeat(30)
for i, (xb, yb) in enumerate(ds):
    loss = step(xb, yb)
    if i % 60 == 0:
        print(i, float(loss))
acc = np.mean((model(x).numpy() > 0) == (y > 0.5))
print("accuracy", acc)
