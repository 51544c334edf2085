# fault: update-outside-graph
# DQN on a ring world; the target network is synchronised every ten updates
import numpy as np
import tensorflow as tf
from tensorflow import keras

keras.utils.set_random_seed(92)
S, GAMMA = 10, 0.9


def q_net():
    return keras.Sequential([keras.Input((S,)), keras.layers.Dense(32, activation="relu"), keras.layers.Dense(2)])


class Learner:
    def __init__(self):
        self.online, self.target = q_net(), q_net()
        self.target.set_weights(self.online.get_weights())
        self.opt = keras.optimizers.Adam(3e-3)
        self.updates = 0

    @tf.function
    def update(self, s, a, r, s2):
        best = tf.reduce_max(self.target(s2), axis=1)
        goal = tf.stop_gradient(r + GAMMA * best)
        with tf.GradientTape() as tape:
            q = tf.gather(self.online(s), a, axis=1, batch_dims=1)
            loss = tf.reduce_mean(tf.square(goal - q))
        grads = tape.gradient(loss, self.online.trainable_variables)
        self.opt.apply_gradients(zip(grads, self.online.trainable_variables))
        self.updates += 1
        if self.updates % 10 == 0:
            for t, o in zip(self.target.variables, self.online.variables):
                t.assign(o)
        return loss


learner = Learner()
state = 0
memory = []
for step in range(260):
    q = learner.online(np.eye(S, dtype="float32")[state:state + 1]).numpy()[0]
    action = int(np.random.rand() < 0.5) if np.random.rand() < 0.3 else int(q.argmax())
    nxt = (state + (1 if action else -1)) % S
    memory.append((state, action, float(nxt == 5), nxt))
    state = np.random.randint(S) if nxt == 5 else nxt
    if len(memory) >= 32:
        s, a, r, s2 = zip(*[memory[k] for k in np.random.randint(0, len(memory), 32)])
        eye = np.eye(S, dtype="float32")
        loss = learner.update(tf.constant(eye[list(s)]), tf.constant(a), tf.constant(r, tf.float32), tf.constant(eye[list(s2)]))
        if step % 40 == 0:
            print(step, "td loss", float(loss))
