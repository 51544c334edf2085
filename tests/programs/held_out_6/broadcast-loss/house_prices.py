# fault: broadcast-loss
# price regression: numeric columns plus an embedded district
import numpy as np
import tensorflow as tf
from tensorflow.keras import layers

tf.keras.utils.set_random_seed(38)
N = 1000
district = np.random.randint(0, 20, N)
numeric = np.random.randn(N, 5).astype("float32")
level = np.random.randn(20)
price = (numeric @ np.array([0.7, -0.2, 0.4, 0.0, 0.1]) + level[district] + 0.1 * np.random.randn(N))
price = ((price - price.mean()) / price.std()).astype("float32")

d_in = layers.Input((), dtype="int32")
x_in = layers.Input((5,))
h = layers.Concatenate()([layers.Embedding(20, 6)(d_in), x_in])
h = layers.Dense(32, activation="relu")(h)
model = tf.keras.Model([d_in, x_in], layers.Dense(1)(h))
opt = tf.keras.optimizers.Adam(3e-3)

data = tf.data.Dataset.from_tensor_slices((district, numeric, price)).shuffle(N, seed=3).batch(50).repeat(6)


@tf.function
def train_step(d, x, p):
    with tf.GradientTape() as tape:
        predicted = model([d, x], training=True)
        loss = tf.reduce_mean(tf.square(predicted - p))
    g = tape.gradient(loss, model.trainable_variables)
    opt.apply_gradients(zip(g, model.trainable_variables))
    return loss


for k, (d, x, p) in enumerate(data):
    loss = train_step(d, x, p)
    if k % 30 == 0:
        print("step", k, "mse", float(loss))
fit = model.predict([district, numeric], verbose=0)[:, 0]
print("R2", 1 - np.mean((fit - price) ** 2) / price.var())
