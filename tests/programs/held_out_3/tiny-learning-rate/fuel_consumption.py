# fault: tiny-learning-rate
# Learns the relation between engine settings and fuel consumption with train_on_batch.
import numpy as np
import tensorflow as tf

tf.keras.utils.set_random_seed(200)
rng = np.random.default_rng(200)
settings = rng.normal(size=(400, 6)).astype("float32")
fuel = (2 + settings[:, :1] - settings[:, 1:2] * settings[:, 2:3]).astype("float32")

config = {"units": 24, "learning_rate": 2e-9, "batch": 40, "steps": 100}

inputs = tf.keras.Input((6,))
x = tf.keras.layers.Dense(config["units"], activation="elu")(inputs)
x = tf.keras.layers.Dense(config["units"], activation="elu")(x)
engine = tf.keras.Model(inputs, tf.keras.layers.Dense(1)(x))
engine.compile(
    optimizer=tf.keras.optimizers.SGD(learning_rate=config["learning_rate"], momentum=0.9),
    loss="mse",
)

for step in range(config["steps"]):
    rows = rng.choice(400, config["batch"], replace=False)
    engine.train_on_batch(settings[rows], fuel[rows])
    if step % 20 == 0:
        full = float(np.mean((engine(settings) - fuel) ** 2))
        print(f"step {step:3d}: mse on all data {full:.6f}")
