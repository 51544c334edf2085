# fault: overwritten-update
"""Mean teacher on two moons with few labels.  Consistency between student and EMA teacher."""
import numpy as np
import tensorflow as tf
from tensorflow import keras

keras.utils.set_random_seed(55)
rng = np.random.default_rng(55)


def moons(n):
    y = rng.integers(0, 2, n)
    a = rng.uniform(0, np.pi, n)
    x = np.where(y[:, None] == 0, np.stack([np.cos(a), np.sin(a)], 1),
                 np.stack([1 - np.cos(a), 0.5 - np.sin(a)], 1))
    x = (x + 0.1 * rng.normal(size=x.shape) - [0.5, 0.25]) / [0.87, 0.5]
    return x.astype("float32"), y.astype("float32")[:, None]


def net():
    return keras.Sequential([
        keras.Input((2,)),
        keras.layers.Dense(32, activation="relu"),
        keras.layers.Dense(32, activation="relu"),
        keras.layers.Dense(1),
    ])


student, teacher = net(), net()
teacher.set_weights(student.get_weights())
opt = keras.optimizers.Adam(3e-3)
bce = keras.losses.BinaryCrossentropy(from_logits=True)


@tf.function
def student_step(xl, yl, xu, noise):
    target = tf.sigmoid(teacher(xu))
    with tf.GradientTape() as tape:
        supervised = bce(yl, student(xl, training=True))
        consistency = tf.reduce_mean((tf.sigmoid(student(xu + noise, training=True)) - target) ** 2)
        loss = supervised + 0.5 * consistency
    grads = tape.gradient(loss, student.trainable_variables)
    opt.apply_gradients(zip(grads, student.trainable_variables))
    return loss


def sync(source, dest, momentum=0.0):
    for s, d in zip(source.variables, dest.variables):
        d.assign(momentum * d + (1.0 - momentum) * s)


xl, yl = moons(64)
xu, yu = moons(512)
for it in range(150):
    u = xu[rng.integers(0, 512, 64)]
    loss = student_step(xl, yl, u, 0.1 * rng.normal(size=u.shape).astype("float32"))
    sync(teacher, student)          # keep both networks together
    if it % 30 == 0:
        print("it", it, "loss", round(float(loss), 4),
              "acc", np.mean((student(xu).numpy() > 0) == (yu > 0.5)))
