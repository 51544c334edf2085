# fault: non-differentiable-op
# Predicts the price and the number of rooms of a flat with a shared trunk and two heads.
import numpy as np
import tensorflow as tf

tf.keras.utils.set_random_seed(90)
rng = np.random.default_rng(90)
flat = rng.normal(size=(300, 6)).astype("float32")
price = (flat[:, :1] + 0.5 * flat[:, 1:2] ** 2).astype("float32")
rooms = np.clip(np.round(3 + 1.3 * flat[:, 2:3] + 0.7 * flat[:, 3:4]), 1, 7).astype("float32")

inp = tf.keras.Input((6,))
trunk = tf.keras.layers.Dense(24, activation="tanh")(inp)
price_out = tf.keras.layers.Dense(1, name="price")(trunk)
rooms_out = tf.keras.layers.Dense(1, name="rooms")(trunk)
model = tf.keras.Model(inp, [price_out, rooms_out])


def price_loss(y, p):
    return tf.reduce_mean(tf.abs(y - p))


def rooms_loss(y, p):
    return tf.reduce_mean(tf.abs(y - tf.round(p)))


optimizer = tf.keras.optimizers.Adam(0.01)
for epoch in range(60):
    with tf.GradientTape() as tape:
        p, r = model(flat, training=True)
        lp, lr_ = price_loss(price, p), rooms_loss(rooms, r)
        total = lp + lr_
    grads = tape.gradient(total, model.trainable_variables)
    optimizer.apply_gradients(zip(grads, model.trainable_variables))
    if epoch % 10 == 0:
        print(f"{epoch:2d} price mae {lp:.3f}  rooms mae {lr_:.3f}")
