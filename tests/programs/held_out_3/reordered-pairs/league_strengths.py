# fault: reordered-pairs
# Estimates attack and defence strengths of football teams from goal differences.
import numpy as np
import tensorflow as tf

rng = np.random.default_rng(33)
n_teams, n_games = 16, 600
true_attack = rng.normal(size=n_teams)
true_defence = rng.normal(size=n_teams)
home = rng.integers(0, n_teams, n_games)
away = rng.integers(0, n_teams, n_games)
goals = (1.4 + true_attack[home] - true_defence[away] + rng.normal(scale=0.2, size=n_games)).astype("float32")

attack = tf.Variable(tf.zeros(n_teams), name="attack")
defence = tf.Variable(tf.zeros(n_teams), name="defence")
base = tf.Variable(1.0, name="base")
optimizer = tf.keras.optimizers.SGD(learning_rate=0.5)


def expected_goals(h, a):
    return base + tf.gather(attack, h) - tf.gather(defence, a)


@tf.function
def fit_round(h, a, y):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(expected_goals(h, a) - y))
    gradients = tape.gradient(loss, [base, attack, defence])
    gradients = [tf.convert_to_tensor(g) for g in gradients]
    optimizer.apply_gradients(zip(gradients, [base, defence, attack]))
    return loss


for r in range(40):
    loss = fit_round(tf.constant(home), tf.constant(away), tf.constant(goals))
    if r % 8 == 0:
        print("round", r, "squared error", loss.numpy())

top = np.argsort(-attack.numpy())[:3]
print("best attacks:", top, "really:", np.argsort(-true_attack)[:3])
