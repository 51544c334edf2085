# fault: update-outside-graph
# Double DQN on a small line world with a target network that is synchronised every 25 updates.
import numpy as np
import tensorflow as tf
from tensorflow import keras

keras.utils.set_random_seed(58)
rng = np.random.default_rng(58)
SIZE, GAMMA = 7, 0.9


def q_network():
    return keras.Sequential([keras.Input((SIZE,)), keras.layers.Dense(24, activation="relu"), keras.layers.Dense(2)])


def transitions(n=1500):
    s, a = rng.integers(0, SIZE, n), rng.integers(0, 2, n)
    nxt = np.clip(s + 2 * a - 1, 0, SIZE - 1)
    done = (nxt == SIZE - 1).astype("float32")
    eye = np.eye(SIZE, dtype="float32")
    return eye[s], a.astype("int32"), done.copy(), eye[nxt], done


class Agent:
    def __init__(self, sync_every=25):
        self.online, self.target = q_network(), q_network()
        self.target.set_weights(self.online.get_weights())
        self.optimizer = keras.optimizers.Adam(5e-3)
        self.updates, self.sync_every = 0, sync_every

    @tf.function
    def learn(self, s, a, r, s2, done):
        best = tf.argmax(self.online(s2), axis=1, output_type=tf.int32)
        bootstrap = tf.gather(self.target(s2), best, batch_dims=1)
        goal = tf.stop_gradient(r + GAMMA * (1.0 - done) * bootstrap)
        with tf.GradientTape() as tape:
            q = tf.gather(self.online(s), a, batch_dims=1)
            loss = tf.reduce_mean(tf.square(goal - q))
        grads = tape.gradient(loss, self.online.trainable_variables)
        self.optimizer.apply_gradients(zip(grads, self.online.trainable_variables))
        self.updates += 1
        return loss

    def maybe_sync(self):
        if self.updates % self.sync_every == 0:
            self.target.set_weights(self.online.get_weights())


agent, memory = Agent(), transitions()
for i in range(250):
    idx = rng.integers(0, len(memory[0]), 32)
    loss = agent.learn(*[tf.constant(m[idx]) for m in memory])
    agent.maybe_sync()
    if i % 50 == 0:
        values = agent.online(np.eye(SIZE, dtype="float32")).numpy().max(1)
        print(f"update {i:3d} loss {float(loss):.4f} values {values.round(2)}")
