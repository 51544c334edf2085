# fault: optimizer-rebuilt-each-step
# Trains a pressure model with Adam and a linear warm-up of the learning rate.
import numpy as np
import tensorflow as tf

tf.keras.utils.set_random_seed(240)
rng = np.random.default_rng(240)
valve = rng.normal(size=(300, 4)).astype("float32")
pressure = (np.tanh(valve[:, :1] * 2) + valve[:, 1:2]).astype("float32")

model = tf.keras.Sequential([
    tf.keras.Input((4,)),
    tf.keras.layers.Dense(16, activation="tanh"),
    tf.keras.layers.Dense(1),
])


def make_optimizer(peak=0.02, warmup=10):
    schedule = tf.keras.optimizers.schedules.PolynomialDecay(
        initial_learning_rate=0.0, decay_steps=warmup, end_learning_rate=peak)
    return tf.keras.optimizers.Adam(learning_rate=schedule)


def train_step(x, y):
    optimizer = make_optimizer()
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(model(x, training=True) - y))
    gradients = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(gradients, model.trainable_variables))
    return loss


for step in range(40):
    pick = rng.integers(0, 300, 64)
    loss = train_step(valve[pick], pressure[pick])
    if step % 5 == 0:
        print(f"step {step:2d} loss {float(loss):.4f}")
