# fault: untracked-variable
# matrix factorisation with user and item biases for rating prediction
import numpy as np
import tensorflow as tf
from tensorflow import keras

keras.utils.set_random_seed(23)
USERS, ITEMS, K, N = 60, 80, 6, 4000
u = np.random.randint(0, USERS, N)
i = np.random.randint(0, ITEMS, N)
ub, ib = np.random.randn(USERS), np.random.randn(ITEMS)
P, Q = np.random.randn(USERS, 3) * 0.5, np.random.randn(ITEMS, 3) * 0.5
r = (ub[u] + ib[i] + (P[u] * Q[i]).sum(1) + 0.1 * np.random.randn(N)).astype("float32")


class BiasedMF(keras.Model):
    def __init__(self):
        super().__init__()
        self.user_vec = keras.layers.Embedding(USERS, K)
        self.item_vec = keras.layers.Embedding(ITEMS, K)
        self.user_bias = tf.Variable(tf.zeros((USERS,)), name="user_bias")
        self.item_bias = tf.Variable(tf.zeros((ITEMS,)), name="item_bias")

    def call(self, pair):
        uu, ii = pair[:, 0], pair[:, 1]
        dot = tf.reduce_sum(self.user_vec(uu) * self.item_vec(ii), axis=1)
        return dot + tf.gather(self.user_bias, uu) + tf.gather(self.item_bias, ii)


model = BiasedMF()
model.compile(optimizer=keras.optimizers.Adam(1e-2), loss="mse")
pairs = np.stack([u, i], 1).astype("int32")
hist = model.fit(pairs[:3500], r[:3500], batch_size=128, epochs=6, validation_data=(pairs[3500:], r[3500:]), verbose=0)
for e, (a, b) in enumerate(zip(hist.history["loss"], hist.history["val_loss"])):
    print(f"epoch {e}: train {a:.3f} val {b:.3f} (variance {r.var():.3f})")
