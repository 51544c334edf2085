# fault: unbounded-loss-parameter
# Trains one network for rain and wind with two task weights that are learned as well.
import numpy as np
import tensorflow as tf

tf.keras.utils.set_random_seed(170)
rng = np.random.default_rng(170)
weather = rng.normal(size=(300, 6)).astype("float32")
rain = np.tanh(weather[:, :1] + weather[:, 1:2]).astype("float32")
wind = (weather[:, 2:3] + rng.normal(scale=0.8, size=(300, 1))).astype("float32")

inputs = tf.keras.Input((6,))
shared = tf.keras.layers.Dense(16, activation="tanh")(inputs)
model = tf.keras.Model(inputs, [tf.keras.layers.Dense(1)(shared), tf.keras.layers.Dense(1)(shared)])
task_weights = tf.Variable([1.0, 1.0], name="task_weights")

optimizer = tf.keras.optimizers.SGD(0.1)
everything = model.trainable_variables + [task_weights]


@tf.function
def step(x, y_rain, y_wind):
    with tf.GradientTape() as tape:
        p_rain, p_wind = model(x, training=True)
        tasks = tf.stack([tf.reduce_mean(tf.square(p_rain - y_rain)),
                          tf.reduce_mean(tf.square(p_wind - y_wind))])
        total = tf.reduce_sum(task_weights * tasks)
    optimizer.apply_gradients(zip(tape.gradient(total, everything), everything))
    return total, tasks


for i in range(45):
    total, tasks = step(weather, rain, wind)
    if i % 5 == 0:
        print(f"{i:2d} total {float(total):.3g} tasks {tasks.numpy()} weights {task_weights.numpy()}")
