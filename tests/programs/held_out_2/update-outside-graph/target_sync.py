# fault: update-outside-graph
# Q-learning on a chain of rooms with a target network that is synchronised every few updates.
import numpy as np
import tensorflow as tf
from tensorflow import keras

keras.utils.set_random_seed(96)
rng = np.random.default_rng(96)
ROOMS, GAMMA = 6, 0.9


def q_network():
    return keras.Sequential([
        keras.Input((ROOMS,)),
        keras.layers.Dense(24, activation="tanh"),
        keras.layers.Dense(2),
    ])


class Agent:
    def __init__(self, sync_every=5):
        self.online, self.target = q_network(), q_network()
        self.target.set_weights(self.online.get_weights())
        self.optimizer = keras.optimizers.Adam(0.02)
        self.optimizer.build(self.online.trainable_variables)
        self.sync_every = sync_every
        self.updates = 0

    @tf.function
    def learn(self, s, a, r, s2, done):
        best = tf.reduce_max(self.target(s2), axis=1)
        goal = tf.stop_gradient(r + GAMMA * (1.0 - done) * best)
        with tf.GradientTape() as tape:
            q = tf.gather(self.online(s), a, batch_dims=1)
            loss = tf.reduce_mean(tf.square(goal - q))
        grads = tape.gradient(loss, self.online.trainable_variables)
        self.optimizer.apply_gradients(zip(grads, self.online.trainable_variables))
        self.updates += 1
        if self.updates % self.sync_every == 0:
            for t, o in zip(self.target.variables, self.online.variables):
                t.assign(o)
        return loss


agent = Agent()
eye = np.eye(ROOMS, dtype="float32")
for update in range(60):
    room = rng.integers(0, ROOMS - 1, 64)
    action = rng.integers(0, 2, 64)
    after = np.clip(room + 2 * action - 1, 0, ROOMS - 1)
    done = (after == ROOMS - 1).astype("float32")
    loss = agent.learn(tf.constant(eye[room]), tf.constant(action), tf.constant(done),
                       tf.constant(eye[after]), tf.constant(done))
    if update % 15 == 0:
        print(f"update {update}: loss {float(loss):.4f}")

print("value of going right:", np.round(agent.online(eye).numpy()[:-1, 1], 2))
print("should be:           ", np.round(GAMMA ** np.arange(ROOMS - 2, -1, -1), 2))
