# fault: none
# REINFORCE with a learned baseline, two optimizers, very noisy returns
import numpy as np
import tensorflow as tf

tf.keras.utils.set_random_seed(113)
rng = np.random.default_rng(113)
target = 0.5 * rng.normal(size=(5,)).astype("float32")


def mlp(out):
    return tf.keras.Sequential([tf.keras.Input((5,)), tf.keras.layers.Dense(24, "tanh"), tf.keras.layers.Dense(out)])


mean_net, baseline = mlp(1), mlp(1)
log_std = tf.Variable(-0.5)
pi_opt = tf.keras.optimizers.Adam(5e-3)
v_opt = tf.keras.optimizers.SGD(0.02)

for it in range(80):
    s = rng.normal(size=(64, 5)).astype("float32")
    mu = mean_net(s).numpy()[:, 0]
    action = mu + np.exp(log_std.numpy()) * rng.normal(size=64)
    ret = -0.5 * (action - s @ target) ** 2 + 0.5 * rng.normal(size=64)
    action, ret = action.astype("float32"), ret.astype("float32")
    with tf.GradientTape() as vt:
        v = baseline(s)[:, 0]
        v_loss = tf.reduce_mean(tf.square(ret - v))
    v_opt.apply_gradients(zip(vt.gradient(v_loss, baseline.trainable_variables), baseline.trainable_variables))
    adv = ret - v.numpy()
    adv = (adv - adv.mean()) / (adv.std() + 1e-6)
    with tf.GradientTape() as pt:
        m = mean_net(s)[:, 0]
        logp = -0.5 * tf.square((action - m) / tf.exp(log_std)) - log_std
        pi_loss = -tf.reduce_mean(logp * adv)
    pv = mean_net.trainable_variables + [log_std]
    pi_opt.apply_gradients(zip(pt.gradient(pi_loss, pv), pv))
    if it % 20 == 0:
        print(it, "return", ret.mean(), "pi", float(pi_loss), "v", float(v_loss))
