# fault: none
"""Double DQN on a chain of cells; the target network is synchronised every 20 updates."""
import numpy as np
import tensorflow as tf

tf.keras.utils.set_random_seed(215)
rng = np.random.default_rng(215)
CELLS, GAMMA = 7, 0.9


def q_net():
    return tf.keras.Sequential([
        tf.keras.Input((CELLS,)),
        tf.keras.layers.Dense(32, activation="relu"),
        tf.keras.layers.Dense(2),
    ])


online, target = q_net(), q_net()
target.set_weights(online.get_weights())
target.trainable = False
opt = tf.keras.optimizers.Adam(4e-3, clipnorm=10.0)
eye = np.eye(CELLS, dtype="float32")


def env_step(s, a):
    nxt = min(CELLS - 1, s + 1) if a == 1 else max(0, s - 1)
    done = nxt == CELLS - 1
    return nxt, (1.0 if done else -0.01), done


@tf.function
def learn(s, a, r, s2, done):
    best = tf.argmax(online(s2), axis=1)
    bootstrap = tf.gather(target(s2), best, batch_dims=1)
    y = tf.stop_gradient(r + GAMMA * (1.0 - done) * bootstrap)
    with tf.GradientTape() as tape:
        q = tf.gather(online(s, training=True), a, batch_dims=1)
        td = y - q
        loss = tf.reduce_mean(tf.where(tf.abs(td) < 1.0, 0.5 * td ** 2, tf.abs(td) - 0.5))
    g = tape.gradient(loss, online.trainable_variables)
    opt.apply_gradients(zip(g, online.trainable_variables))
    return loss


memory, s = [], 0
for t in range(360):
    eps = max(0.1, 1.0 - t / 250)
    a = int(rng.integers(2)) if rng.random() < eps else int(np.argmax(online(eye[s:s + 1]).numpy()))
    s2, r, done = env_step(s, a)
    memory.append((s, a, r, s2, float(done)))
    s = int(rng.integers(CELLS - 1)) if done else s2
    if t >= 40 and t % 2 == 0:
        b = [memory[i] for i in rng.integers(0, len(memory), 32)]
        bs, ba, br, b2, bd = map(np.array, zip(*b))
        loss = learn(eye[bs], ba.astype("int32"), br.astype("float32"), eye[b2], bd.astype("float32"))
    if t % 40 == 0:
        target.set_weights(online.get_weights())
    if t % 60 == 59:
        print("step", t + 1, "td loss", round(float(loss), 5), "greedy", online(eye).numpy().argmax(1))
