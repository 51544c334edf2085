# fault: none
# Deep Q-learning on a ring world: replay memory, epsilon-greedy behaviour, periodically copied target network.
import random
from collections import deque
import numpy as np
import tensorflow as tf
from tensorflow.keras import Input, Sequential, layers, optimizers

tf.keras.utils.set_random_seed(102)
STATES, ACTIONS, GAMMA = 8, 2, 0.9
EYE = np.eye(STATES, dtype="float32")


def make_net(name):
    return Sequential([Input((STATES,)), layers.Dense(24, activation="relu"), layers.Dense(ACTIONS)], name=name)


online, target = make_net("online"), make_net("target")
target.set_weights(online.get_weights())
target.trainable = False
optimizer = optimizers.Adam(5e-3)
memory = deque(maxlen=1000)


@tf.function
def learn(s, a, r, s2, done):
    best_next = tf.reduce_max(target(s2), axis=1)
    goal = tf.stop_gradient(r + GAMMA * (1.0 - done) * best_next)
    with tf.GradientTape() as tape:
        q = tf.reduce_sum(online(s) * tf.one_hot(a, ACTIONS), axis=1)
        loss = tf.reduce_mean(tf.square(goal - q))
    grads = tape.gradient(loss, online.trainable_variables)
    optimizer.apply_gradients(zip(grads, online.trainable_variables))
    return loss


state, updates = 0, 0
for t in range(1200):
    if random.random() < 0.4 or len(memory) < 100:
        action = random.randrange(ACTIONS)
    else:
        action = int(np.argmax(online(EYE[state][None])[0]))
    nxt = (state + (1 if action else -1)) % STATES
    done = float(nxt == STATES // 2)
    memory.append((state, action, done, nxt, done))
    state = random.randrange(STATES) if done else nxt
    if len(memory) >= 100 and t % 8 == 0:
        batch = list(zip(*random.sample(memory, 32)))
        loss = learn(EYE[list(batch[0])], np.array(batch[1]), np.array(batch[2], "float32"),
                     EYE[list(batch[3])], np.array(batch[4], "float32"))
        updates += 1
        if updates % 15 == 0:
            target.set_weights(online.get_weights())
        if updates % 30 == 0:
            print(f"update {updates} loss {float(loss):.4f}")
print("greedy values", online(EYE).numpy().max(1).round(2))
