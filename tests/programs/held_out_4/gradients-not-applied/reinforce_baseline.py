# fault: gradients-not-applied
# REINFORCE with a learned state-value baseline on a contextual bandit.
import numpy as np
import tensorflow as tf
from tensorflow.keras import Input, Sequential, layers, optimizers

tf.keras.utils.set_random_seed(19)
rng = np.random.default_rng(19)
CTX, ARMS = 5, 3
true_w = rng.normal(size=(CTX, ARMS))

policy = Sequential([Input((CTX,)), layers.Dense(16, activation="tanh"), layers.Dense(ARMS)], name="policy")
value = Sequential([Input((CTX,)), layers.Dense(16, activation="tanh"), layers.Dense(1)], name="value")
policy_opt, value_opt = optimizers.Adam(1e-2), optimizers.Adam(2e-2)


def play(batch=64):
    ctx = rng.normal(size=(batch, CTX)).astype("float32")
    actions = tf.random.categorical(policy(ctx), 1)[:, 0].numpy()
    payoff = np.take_along_axis(ctx @ true_w, actions[:, None], 1)[:, 0] + 1.5
    return ctx, actions, payoff.astype("float32")


def learn(ctx, actions, payoff):
    with tf.GradientTape() as value_tape:
        v = value(ctx)[:, 0]
        value_loss = tf.reduce_mean(tf.square(payoff - v))
    value_grads = value_tape.gradient(value_loss, value.trainable_variables)
    value_grads, value_norm = tf.clip_by_global_norm(value_grads, 5.0)

    advantage = tf.stop_gradient(payoff - v)
    with tf.GradientTape() as policy_tape:
        logp = tf.nn.log_softmax(policy(ctx))
        chosen = tf.gather(logp, actions, batch_dims=1)
        policy_loss = -tf.reduce_mean(chosen * advantage)
    policy_grads = policy_tape.gradient(policy_loss, policy.trainable_variables)
    policy_grads, policy_norm = tf.clip_by_global_norm(policy_grads, 5.0)
    policy_opt.apply_gradients(zip(policy_grads, policy.trainable_variables))
    return {"value_loss": float(value_loss), "value_norm": float(value_norm), "policy_norm": float(policy_norm)}


for it in range(60):
    ctx, actions, payoff = play()
    logs = learn(ctx, actions, payoff)
    if it % 10 == 0:
        print(it, f"payoff {payoff.mean():.3f}", {k: round(x, 3) for k, x in logs.items()})
