# fault: gradients-not-applied
# Matches job seekers to job adverts with two towers, each with its own optimizer.
import numpy as np
import tensorflow as tf
from tensorflow import keras

keras.utils.set_random_seed(40)
rng = np.random.default_rng(40)
seekers = rng.normal(size=(400, 8)).astype("float32")
jobs = rng.normal(size=(400, 10)).astype("float32")
A, B = rng.normal(size=(8, 3)), rng.normal(size=(10, 3))
affinity = np.sum(np.tanh(seekers @ A) * np.tanh(jobs @ B), axis=1)
hired = (affinity > 0).astype("float32")


def tower(n_in):
    return keras.Sequential([keras.Input((n_in,)), keras.layers.Dense(16, activation="tanh"),
                             keras.layers.Dense(3)])


seeker_tower, job_tower = tower(8), tower(10)
seeker_opt = keras.optimizers.Adam(0.01)
job_opt = keras.optimizers.Adam(0.01)
bce = keras.losses.BinaryCrossentropy(from_logits=True)


def train_step(s, j, label):
    with tf.GradientTape() as tape:
        logit = tf.reduce_sum(seeker_tower(s) * job_tower(j), axis=1)
        loss = bce(label, logit)
    seeker_vars, job_vars = seeker_tower.trainable_variables, job_tower.trainable_variables
    seeker_grads, job_grads = tape.gradient(loss, [seeker_vars, job_vars])
    seeker_grads, seeker_norm = tf.clip_by_global_norm(seeker_grads, 5.0)
    job_grads, job_norm = tf.clip_by_global_norm(job_grads, 5.0)
    seeker_opt.apply_gradients(zip(seeker_grads, seeker_vars))
    return loss, seeker_norm, job_norm


for step in range(60):
    i = rng.choice(400, 50, replace=False)
    loss, sn, jn = train_step(seekers[i], jobs[i], hired[i])
    if step % 10 == 0:
        print(f"step {step} loss {loss:.4f} norms {sn:.3f} {jn:.3f}")
