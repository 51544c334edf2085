# fault: none
# Mean teacher: a student with few labels and a consistency term against an averaged copy.
import numpy as np
import tensorflow as tf
from tensorflow import keras

keras.utils.set_random_seed(105)
rng = np.random.default_rng(105)
t = np.pi * rng.uniform(size=500)
side = rng.integers(0, 2, 500)
X = np.stack([np.where(side == 0, np.cos(t), 1 - np.cos(t)) - 0.5, np.where(side == 0, np.sin(t), 0.5 - np.sin(t)) - 0.25], 1)
X = (X * 1.5 + 0.1 * rng.normal(size=X.shape)).astype("float32")
labelled = rng.choice(500, 60, replace=False)


def net(name):
    return keras.Sequential([keras.Input((2,)), keras.layers.Dense(32, activation="relu"),
                             keras.layers.Dense(32, activation="relu"), keras.layers.Dense(2)], name=name)


student, teacher = net("student"), net("teacher")
teacher.set_weights(student.get_weights())
optimizer = keras.optimizers.Adam(5e-3)
DECAY = 0.95


@tf.function
def step(xl, yl, xu, weight):
    noise = lambda x: x + tf.random.normal(tf.shape(x), stddev=0.05)
    with tf.GradientTape() as tape:
        supervised = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(labels=yl, logits=student(noise(xl))))
        goal = tf.stop_gradient(tf.nn.softmax(teacher(noise(xu))))
        consistency = tf.reduce_mean(tf.square(tf.nn.softmax(student(noise(xu))) - goal))
        loss = supervised + weight * consistency
    grads = tape.gradient(loss, student.trainable_variables)
    optimizer.apply_gradients(zip(grads, student.trainable_variables))
    for t_var, s_var in zip(teacher.trainable_variables, student.trainable_variables):
        t_var.assign(DECAY * t_var + (1.0 - DECAY) * s_var)
    return supervised, consistency


for i in range(180):
    pick, unl = rng.choice(labelled, 32), rng.integers(0, 500, 64)
    sup, con = step(X[pick], side[pick], X[unl], tf.constant(min(1.0, i / 60), tf.float32))
    if i % 30 == 0:
        acc = np.mean(np.argmax(teacher(X).numpy(), 1) == side)
        print(f"step {i:3d} supervised {float(sup):.4f} consistency {float(con):.5f} teacher acc {acc:.3f}")
