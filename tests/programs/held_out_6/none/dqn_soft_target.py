# fault: none
# double DQN with a softly updated target network, rewards are noisy
import numpy as np
import tensorflow as tf
from tensorflow import keras

keras.utils.set_random_seed(104)
S, A, GAMMA, TAU = 8, 3, 0.9, 0.05
eye = np.eye(S, dtype="float32")


def build():
    return keras.Sequential([keras.Input((S,)), keras.layers.Dense(32, "relu"), keras.layers.Dense(A)])


q, q_target = build(), build()
q_target.set_weights(q.get_weights())
q_target.trainable = False
opt = keras.optimizers.Adam(3e-3)


@tf.function
def learn(s, a, r, s2):
    best = tf.argmax(q(s2), 1)
    nxt = tf.gather(q_target(s2), best, axis=1, batch_dims=1)
    goal = tf.stop_gradient(r + GAMMA * nxt)
    with tf.GradientTape() as tape:
        now = tf.gather(q(s), a, axis=1, batch_dims=1)
        loss = tf.reduce_mean(keras.losses.huber(goal[:, None], now[:, None]))
    opt.apply_gradients(zip(tape.gradient(loss, q.trainable_variables), q.trainable_variables))
    for t, o in zip(q_target.variables, q.variables):
        t.assign(TAU * o + (1 - TAU) * t)
    return loss


state, buffer = 0, []
for step in range(240):
    greedy = int(np.argmax(q(eye[state:state + 1])))
    action = np.random.randint(A) if np.random.rand() < 0.4 else greedy
    nxt = int(np.clip(state + action - 1, 0, S - 1))
    buffer.append((state, action, float(nxt == S - 1) + 0.3 * np.random.randn(), nxt))
    state = 0 if nxt == S - 1 else nxt
    if step >= 32:
        s, a, r, s2 = map(np.array, zip(*[buffer[i] for i in np.random.randint(0, len(buffer), 32)]))
        loss = learn(tf.constant(eye[s]), tf.constant(a), tf.constant(r, tf.float32), tf.constant(eye[s2]))
        if step % 40 == 0:
            print(step, "huber", float(loss), "Q(0)", q(eye[:1]).numpy().round(2))
