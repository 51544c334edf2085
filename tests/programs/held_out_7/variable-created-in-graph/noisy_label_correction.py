# fault: variable-created-in-graph
"""Learning with noisy labels: a forward-correction matrix is estimated next to the classifier."""
import numpy as np
import tensorflow as tf

tf.keras.utils.set_random_seed(73)
rng = np.random.default_rng(73)
C = 4
mu = rng.normal(size=(C, 6)) * 1.5
clean = rng.integers(0, C, 1000)
x = (mu[clean] + rng.normal(size=(1000, 6))).astype("float32")
flip = rng.random(1000) < 0.2
y = np.where(flip, (clean + 1) % C, clean)

net = tf.keras.Sequential([
    tf.keras.Input((6,)),
    tf.keras.layers.Dense(32, activation="relu"),
    tf.keras.layers.Dense(C),
])
opt = tf.keras.optimizers.Adam(5e-3)
corr_opt = tf.keras.optimizers.SGD(0.05)


@tf.function
def train_step(xb, yb):
    corr_logits = tf.Variable(2.0 * tf.eye(C), name="correction")
    with tf.GradientTape(persistent=True) as tape:
        p = tf.nn.softmax(net(xb, training=True))
        q = tf.matmul(p, tf.nn.softmax(corr_logits, axis=1))
        picked = tf.gather(q, yb, batch_dims=1)
        loss = -tf.reduce_mean(tf.math.log(picked + 1e-7))
    g_net = tape.gradient(loss, net.trainable_variables)
    g_cor = tape.gradient(loss, [corr_logits])
    opt.apply_gradients(zip(g_net, net.trainable_variables))
    corr_opt.apply_gradients(zip(g_cor, [corr_logits]))
    return loss


ds = tf.data.Dataset.from_tensor_slices((x, y)).shuffle(1000, seed=1).batch(50)
for epoch in range(6):
    for xb, yb in ds:
        loss = train_step(xb, yb)
    acc = np.mean(net(x).numpy().argmax(1) == clean)
    print(f"epoch {epoch + 1} loss {float(loss):.4f} accuracy on clean labels {acc:.3f}")
