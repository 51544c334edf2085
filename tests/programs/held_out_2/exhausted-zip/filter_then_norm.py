# fault: exhausted-zip
# Matrix factorisation of movie ratings with plain variables and a hand-written SGD step.
import numpy as np
import tensorflow as tf

tf.random.set_seed(5)
rng = np.random.default_rng(5)
USERS, MOVIES, RANK = 30, 40, 4

true = rng.normal(size=(USERS, RANK)) @ rng.normal(size=(RANK, MOVIES)) / 2
pairs_seen = np.argwhere(rng.random((USERS, MOVIES)) < 0.4)
ratings = tf.constant(true[tuple(pairs_seen.T)], tf.float32)
user_id, movie_id = tf.constant(pairs_seen[:, 0]), tf.constant(pairs_seen[:, 1])

tables = {
    "user": tf.Variable(tf.random.normal((USERS, RANK), stddev=0.3), name="user"),
    "movie": tf.Variable(tf.random.normal((MOVIES, RANK), stddev=0.3), name="movie"),
    "user_bias": tf.Variable(tf.zeros((USERS,)), name="user_bias"),
    "movie_bias": tf.Variable(tf.zeros((MOVIES,)), name="movie_bias"),
}


def predict(u, m):
    score = tf.reduce_sum(tf.gather(tables["user"], u) * tf.gather(tables["movie"], m), axis=1)
    return score + tf.gather(tables["user_bias"], u) + tf.gather(tables["movie_bias"], m)


LEARNING_RATE = 2.0
for step in range(30):
    with tf.GradientTape() as tape:
        error = predict(user_id, movie_id) - ratings
        loss = tf.reduce_mean(error ** 2) + 1e-3 * tf.reduce_mean(tables["user"] ** 2)
    variables = list(tables.values())
    updates = filter(lambda gv: gv[0] is not None, zip(tape.gradient(loss, variables), variables))
    norm = tf.linalg.global_norm([tf.convert_to_tensor(g) for g, _ in updates])
    for gradient, variable in updates:
        variable.assign_sub(LEARNING_RATE * tf.convert_to_tensor(gradient))
    if step % 6 == 0:
        print(f"step {step:2d} rmse {float(tf.sqrt(tf.reduce_mean(error ** 2))):.4f} |g| {float(norm):.4f}")
