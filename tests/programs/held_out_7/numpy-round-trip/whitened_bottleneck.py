# fault: numpy-round-trip
# autoencoder with a whitened bottleneck, ported from a NumPy notebook
import numpy as np
import tensorflow as tf

np.random.seed(21)
tf.random.set_seed(21)

latent_true = np.random.randn(600, 3)
mix = np.random.randn(3, 20)
data = np.tanh(latent_true @ mix * 0.6) + 0.02 * np.random.randn(600, 20)
data = data.astype("float32")


def dense(n_in, n_out, name):
    lim = np.sqrt(6.0 / (n_in + n_out))
    return (tf.Variable(tf.random.uniform((n_in, n_out), -lim, lim), name=name + "_W"),
            tf.Variable(tf.zeros(n_out), name=name + "_b"))


W1, b1 = dense(20, 24, "enc1")
W2 = dense(24, 3, "enc2")[0]
W3, b3 = dense(3, 24, "dec1")
W4, b4 = dense(24, 20, "dec2")
weights = [W1, b1, W2, W3, b3, W4, b4]


def standardise(z):
    z = np.asarray(z)
    return (z - z.mean(axis=0)) / (z.std(axis=0) + 1e-5)


def forward(x):
    h = tf.tanh(x @ W1 + b1)
    z = h @ W2
    z = tf.constant(standardise(z), dtype=tf.float32)
    h = tf.tanh(z @ W3 + b3)
    return h @ W4 + b4


opt = tf.keras.optimizers.Adam(learning_rate=0.01)
history = []
for step in range(90):
    idx = np.random.choice(len(data), 128, replace=False)
    batch = tf.constant(data[idx])
    with tf.GradientTape() as tape:
        err = tf.reduce_mean(tf.square(forward(batch) - batch))
    grads = tape.gradient(err, weights)
    opt.apply_gradients(zip(grads, weights))
    history.append(err.numpy())
    if (step + 1) % 30 == 0:
        print("step %d  reconstruction error %.4f" % (step + 1, np.mean(history[-20:])))

print("variance of the data:", data.var())
