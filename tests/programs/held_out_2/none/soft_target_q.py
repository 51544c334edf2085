# fault: none
# Q-learning on a chain of rooms with a slowly following target network.
import numpy as np
import tensorflow as tf
from tensorflow import keras

keras.utils.set_random_seed(4)
rng = np.random.default_rng(4)
ROOMS, GAMMA, TAU = 5, 0.8, 0.1


def q_network(name):
    return keras.Sequential([
        keras.Input((ROOMS,)), keras.layers.Dense(24, activation="tanh"), keras.layers.Dense(2)], name=name)


online, target = q_network("online"), q_network("target")
target.set_weights(online.get_weights())
target.trainable = False
optimizer = keras.optimizers.Adam(0.02)
optimizer.build(online.trainable_variables)


@tf.function
def learn(s, a, r, s2, done):
    with tf.GradientTape() as tape:
        goal = tf.stop_gradient(r + GAMMA * (1.0 - done) * tf.reduce_max(target(s2), axis=1))
        q = tf.gather(online(s), a, batch_dims=1)
        loss = tf.reduce_mean(tf.square(goal - q))
    grads = tape.gradient(loss, online.trainable_variables)
    optimizer.apply_gradients(zip(grads, online.trainable_variables))
    for t, o in zip(target.variables, online.variables):
        t.assign((1 - TAU) * t + TAU * o)
    return loss


eye = np.eye(ROOMS, dtype="float32")
for update in range(150):
    room = rng.integers(0, ROOMS - 1, 64)
    action = rng.integers(0, 2, 64)
    after = np.clip(room + 2 * action - 1, 0, ROOMS - 1)
    done = (after == ROOMS - 1).astype("float32")
    loss = learn(tf.constant(eye[room]), tf.constant(action), tf.constant(done), tf.constant(eye[after]), tf.constant(done))
    if update % 30 == 0:
        print("update", update, "loss", round(float(loss), 4))
print("right:", np.round(online(eye).numpy()[:-1, 1], 2), "truth:", np.round(GAMMA ** np.arange(ROOMS - 2, -1, -1), 2))
