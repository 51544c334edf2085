# %% [markdown]
# # Assignment 07: Dead optimizers
#
# This assignment belongs to the lesson [07 · Tell a dead optimizer from a dead gradient](../../course/07-optimizers.ipynb).
# It has six problems and takes about an hour and
# a half.
#
# Every program here **runs**, and its gradients are finite. Change only the cell below each task. Run the check under
# it as often as you like: it draws new random data each time, and tells you what it saw. Your score comes from these
# checks and from further ones that you do not see here.
#
# Stuck? `hint("warm-up-step", 1)` shows the first of three hints for a problem. Use your own problem's name, and 2 or
# 3 for more.

# %%
import keras
import numpy as np
import tensorflow as tf

from autograder import check, check_notebook, hint, observe, reset, show, solution

keras.utils.set_random_seed(1)

# %% [markdown]
# ## Problem 1: A rate that never arrives (4 points)
#
# The demand model of a town is trained with a warm-up: each call of `train_step` is told the learning rate `rate` for
# this one step. The optimizer is made once, outside, as an `SGD` with learning rate 0 and with momentum. The gradients
# are fine, and not a single weight moves.
#
# **Repair `train_step`.** One call must make one step of the optimizer that it is given (its momentum goes on from
# call to call), with the learning rate `rate`, on the mean squared error between `y` and the model's prediction for
# `x`. It must return that error as it was before the update.


# %% nbgrader={"grade": false, "grade_id": "warm-up-step", "locked": false, "schema_version": 3, "solution": true, "task": false}
def train_step(model, optimizer, x, y, rate):
    """One training step with this learning rate. Returns the loss before the update."""
    ### BEGIN SOLUTION
    optimizer.learning_rate = rate
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(y - model(x, training=True)))
    gradients = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(gradients, model.trainable_variables))
    return loss
    ### STUDENT VERSION
    # optimizer.lr = rate
    # with tf.GradientTape() as tape:
    #     loss = tf.reduce_mean(tf.square(y - model(x, training=True)))
    # gradients = tape.gradient(loss, model.trainable_variables)
    # optimizer.apply_gradients(zip(gradients, model.trainable_variables))
    # return loss
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "warm-up-step--moves", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check("warm-up-step", "moves", train_step)

# %% nbgrader={"grade": true, "grade_id": "warm-up-step--update", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
# A hidden check stands here: is every step one of the given optimizer, with its own rate?
### BEGIN HIDDEN TESTS
check("warm-up-step", "update", train_step)
### END HIDDEN TESTS

# %% [markdown]
# ## Problem 2: An optimizer for stormy days (4 points)
#
# On stormy days the demand jumps, and the gradient is ten times as long as usual. Somebody prepared the optimizer for
# that, and added a schedule. With this optimizer nothing is learned, on any day.
#
# **Repair `make_optimizer`.** It must return a new optimizer that makes plain gradient descent steps (no momentum),
# such that
#
# - the learning rate is `rate` for each of the first `batches_per_epoch` steps, half of it for each of the next
#   `batches_per_epoch` steps, a quarter for the next, and so on: constant within an epoch, halved from epoch to epoch;
# - when the norm of all gradients **together** is greater than `limit`, all of them are multiplied by one factor that
#   brings this norm to `limit`; otherwise they are used as they are.
#
# The check trains a model with it, by a right step like that of problem 1.


# %% nbgrader={"grade": false, "grade_id": "storm-optimizer", "locked": false, "schema_version": 3, "solution": true, "task": false}
def make_optimizer(rate, batches_per_epoch, limit):
    """A new optimizer: SGD, its rate halved after each epoch, its gradients clipped together at limit."""
    ### BEGIN SOLUTION
    schedule = keras.optimizers.schedules.ExponentialDecay(
        rate, decay_steps=batches_per_epoch, decay_rate=0.5, staircase=True
    )
    return keras.optimizers.SGD(schedule, global_clipnorm=limit)
    ### STUDENT VERSION
    # schedule = keras.optimizers.schedules.ExponentialDecay(rate, decay_steps=1, decay_rate=0.5)
    # return keras.optimizers.SGD(schedule, global_clipnorm=1e-6)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "storm-optimizer--first-epoch", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check("storm-optimizer", "first-epoch", make_optimizer)

# %% nbgrader={"grade": true, "grade_id": "storm-optimizer--update", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
# A hidden check stands here: is every step of three epochs right, on storms and on ordinary days?
### BEGIN HIDDEN TESTS
check("storm-optimizer", "update", make_optimizer)
### END HIDDEN TESTS

# %% [markdown]
# ## Problem 3: A forecast upside down (4 points)
#
# This model forecasts the *shape* of a day: a row of `y` has one number for each block of hours. What counts is the
# cosine similarity between a row of `y` and the same row of the prediction, averaged over the rows of the batch: 1 is
# a perfect shape, −1 the opposite. The longer the training, the worse the similarity.
#
# **Repair `profile_step`.** One call must make one step of the given optimizer that *minimises the negative* of this
# mean similarity, so that the similarity rises. It must return the mean similarity as it was before the update (for a
# perfect forecast it returns 1).


# %% nbgrader={"grade": false, "grade_id": "day-shape", "locked": false, "schema_version": 3, "solution": true, "task": false}
def profile_step(model, optimizer, x, y):
    """One step towards a larger cosine similarity. Returns the similarity before the update."""
    ### BEGIN SOLUTION
    with tf.GradientTape() as tape:
        loss = keras.losses.CosineSimilarity()(y, model(x, training=True))
    gradients = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(gradients, model.trainable_variables))
    return -loss
    ### STUDENT VERSION
    # with tf.GradientTape() as tape:
    #     similarity = keras.losses.CosineSimilarity()(y, model(x, training=True))
    #     loss = -similarity  # the similarity should become large
    # gradients = tape.gradient(loss, model.trainable_variables)
    # optimizer.apply_gradients(zip(gradients, model.trainable_variables))
    # return similarity
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "day-shape--improves", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check("day-shape", "improves", profile_step)

# %% nbgrader={"grade": true, "grade_id": "day-shape--update", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
# A hidden check stands here: is the step right, and the number that is returned?
### BEGIN HIDDEN TESTS
check("day-shape", "update", profile_step)
### END HIDDEN TESTS

# %% [markdown]
# ## Problem 4: Three districts, one memory (4 points)
#
# Each district of the town has a model of its own. Batches arrive in any order, and each belongs to one district. The
# loop used to raise "Unknown variable". Somebody followed the last sentence of the message, and now it runs. It learns
# as if the momentum were not there.
#
# `models` is a dict from a district's name to its Keras model, `batches` a list of `(name, x, y)`.
#
# **Repair `train_districts`.** For each batch, in order, it must make one step of SGD with learning rate `rate` and
# momentum `momentum`, on the mean squared error, for that district's model only: each model ends where it would end if
# it were trained alone, on its own batches. It must return a list with the loss of each batch, before its step.


# %% nbgrader={"grade": false, "grade_id": "districts", "locked": false, "schema_version": 3, "solution": true, "task": false}
def train_districts(models, batches, rate, momentum):
    """Train the models in place. Returns the loss of each batch before its step."""
    ### BEGIN SOLUTION
    optimizers = {name: keras.optimizers.SGD(rate, momentum=momentum) for name in models}
    losses = []
    for name, x, y in batches:
        variables = models[name].trainable_variables
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(tf.square(y - models[name](x, training=True)))
        gradients = tape.gradient(loss, variables)
        optimizers[name].apply_gradients(zip(gradients, variables))
        losses.append(float(loss))
    return losses
    ### STUDENT VERSION
    # optimizer = keras.optimizers.SGD(rate, momentum=momentum)
    # losses = []
    # for name, x, y in batches:
    #     variables = models[name].trainable_variables
    #     with tf.GradientTape() as tape:
    #         loss = tf.reduce_mean(tf.square(y - models[name](x, training=True)))
    #     gradients = tape.gradient(loss, variables)
    #     try:
    #         optimizer.apply_gradients(zip(gradients, variables))
    #     except ValueError:  # Unknown variable … you should recreate a new optimizer instance
    #         optimizer = keras.optimizers.SGD(rate, momentum=momentum)
    #         optimizer.apply_gradients(zip(gradients, variables))
    #     losses.append(float(loss))
    # return losses
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "districts--losses", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check("districts", "losses", train_districts)

# %% nbgrader={"grade": true, "grade_id": "districts--update", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
# A hidden check stands here: does each model end where it would end alone?
### BEGIN HIDDEN TESTS
check("districts", "update", train_districts)
### END HIDDEN TESTS

# %% [markdown]
# ## Problem 5: A step that finds its own rate (5 points)
#
# The weather comes from two stations, one of which reports in large numbers and one in very small ones. A fixed rate
# cannot serve both: try the program below on `x` in large units, then on `x` in tiny units.
#
# **Write `fit_demand`.** The forecast is `x @ kernel`, without a bias; `kernel` is a `tf.Variable` with one column.
# The limit of plain gradient descent is 2 / λmax, where λmax is the largest eigenvalue of the matrix of second
# derivatives of the mean squared error by the entries of the kernel. One call must
#
# 1. take as its learning rate `share` × this limit (`share` is between 0 and 1);
# 2. make `steps` steps of plain gradient descent with it on the mean squared error, changing `kernel` in place;
# 3. return two things: the rate, as one number, and a list with the loss before each step.


# %% nbgrader={"grade": false, "grade_id": "own-rate", "locked": false, "schema_version": 3, "solution": true, "task": false}
def fit_demand(kernel, x, y, share, steps):
    """Fit the kernel by gradient descent at a share of the largest rate. Returns (rate, losses)."""
    ### BEGIN SOLUTION
    curvature = 2.0 * tf.transpose(x) @ x / len(x)
    rate = share * 2.0 / float(tf.linalg.eigvalsh(curvature)[-1])
    optimizer = keras.optimizers.SGD(rate)
    losses = []
    for _ in range(steps):
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(tf.square(y - x @ kernel))
        optimizer.apply_gradients([(tape.gradient(loss, kernel), kernel)])
        losses.append(float(loss))
    return rate, losses
    ### STUDENT VERSION
    # rate = 0.1
    # optimizer = keras.optimizers.SGD(rate)
    # losses = []
    # for _ in range(steps):
    #     with tf.GradientTape() as tape:
    #         loss = tf.reduce_mean(tf.square(y - x @ kernel))
    #     optimizer.apply_gradients([(tape.gradient(loss, kernel), kernel)])
    #     losses.append(float(loss))
    # return rate, losses
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "own-rate--losses", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check("own-rate", "losses", fit_demand)

# %% nbgrader={"grade": true, "grade_id": "own-rate--update", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
# A hidden check stands here: are the rate and the movement of the kernel right, for both stations?
### BEGIN HIDDEN TESTS
check("own-rate", "update", fit_demand)
### END HIDDEN TESTS

# %% [markdown]
# ## Problem 6: Five programs, five diagnoses (5 points)
#
# The cell below trains five small programs for ten steps each and shows what happened to their variables. Read the
# code and the tables, then fill in the answer cell.
#
# For each program give **one** fault id, as text, and the names of **all variables that do not learn as they should**
# because of it, as they stand in the table. The ids to choose from are `zero-learning-rate`, `tiny-learning-rate`,
# `huge-learning-rate`, `decayed-to-nothing`, `clipped-to-nothing`, `optimizer-rebuilt-each-step`, `unknown-variable`,
# `ascending-sign`, and `none` for a program that does nothing wrong (with an empty list). One of the programs only
# looks suspicious. A program counts when both its fault and its variables are right.

# %%
weather = tf.random.stateless_normal((64, 4), seed=(0, 7))
demand = 3.0 + tf.reduce_sum(weather[:, :2], axis=1, keepdims=True)
blocks = tf.concat([1.0 + weather[:, :1], 1.0 - weather[:, 1:2], tf.ones((64, 1))], axis=1)


def two_layers(outputs=1):
    keras.utils.set_random_seed(7)
    layers = [keras.layers.Dense(3, "tanh", name="encoder"), keras.layers.Dense(outputs, name="head")]
    return keras.Sequential([keras.Input((4,)), *layers])


def with_two_optimizers(for_encoder, for_head):
    """Each of the two layers has an optimizer of its own."""
    model = two_layers()
    encoder, head = model.layers

    def step(x, y):
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(tf.square(y - model(x)))
        down = tape.gradient(loss, (encoder.trainable_variables, head.trainable_variables))
        for_encoder.apply_gradients(zip(down[0], encoder.trainable_variables))
        for_head.apply_gradients(zip(down[1], head.trainable_variables))
        return loss

    return observe(step, [(weather, demand)] * 10, model)


def program_a():
    cautious = keras.optimizers.SGD(0.05, global_clipnorm=1e-5)
    return with_two_optimizers(cautious, keras.optimizers.SGD(0.05))


def program_b():
    model, optimizer = two_layers(outputs=3), keras.optimizers.SGD(0.5)

    def step(x, y):
        with tf.GradientTape() as tape:
            loss = keras.losses.CosineSimilarity()(y, model(x))
        gradients = tape.gradient(loss, model.trainable_variables)
        optimizer.apply_gradients(zip(gradients, model.trainable_variables))
        return loss

    return observe(step, [(weather, blocks)] * 10, model)


def program_c():
    schedule = keras.optimizers.schedules.ExponentialDecay(0.05, decay_steps=1, decay_rate=0.05)
    return with_two_optimizers(keras.optimizers.SGD(0.05), keras.optimizers.SGD(schedule))


def program_d():
    base = tf.Variable([2.0], name="base")
    effects = tf.Variable(tf.zeros((4, 1)), name="effects")
    rates = {"base": 1e-9, "effects": 0.1}
    optimizers = {name: keras.optimizers.SGD(rate) for name, rate in rates.items()}

    def step(x, y):
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(tf.square(y - (x @ effects + base)))
        for_base, for_effects = tape.gradient(loss, [base, effects])
        optimizers["base"].apply_gradients([(for_base, base)])
        optimizers["effects"].apply_gradients([(for_effects, effects)])
        return loss

    return observe(step, [(weather, demand)] * 10, [base, effects])


def program_e():
    base = tf.Variable([2.0], name="base")
    effects = tf.Variable(tf.zeros((4, 1)), name="effects")

    def step(x, y):
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(tf.square(x @ effects + base - y))
        for_base, for_effects = tape.gradient(loss, [base, effects])
        base.assign_add(0.1 * for_base)
        effects.assign_sub(0.1 * for_effects)
        return loss

    return observe(step, [(weather, demand)] * 10, [base, effects])


show(A=program_a(), B=program_b(), C=program_c(), D=program_d(), E=program_e())

# %% nbgrader={"grade": false, "grade_id": "which-optimizer-fault", "locked": false, "schema_version": 3, "solution": true, "task": false}
### BEGIN SOLUTION
diagnoses = {
    "A": {"fault": "clipped-to-nothing", "variables": ["encoder/kernel", "encoder/bias"]},
    "B": {"fault": "none", "variables": []},
    "C": {"fault": "decayed-to-nothing", "variables": ["head/kernel", "head/bias"]},
    "D": {"fault": "tiny-learning-rate", "variables": ["base"]},
    "E": {"fault": "ascending-sign", "variables": ["base"]},
}
### STUDENT VERSION
# diagnoses = {
#     "A": {"fault": "?", "variables": []},
#     "B": {"fault": "?", "variables": []},
#     "C": {"fault": "?", "variables": []},
#     "D": {"fault": "?", "variables": []},
#     "E": {"fault": "?", "variables": []},
# }
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "which-optimizer-fault--form", "locked": true, "points": 0, "schema_version": 3, "solution": false, "task": false}
check("which-optimizer-fault", "form", diagnoses)

# %% nbgrader={"grade": true, "grade_id": "which-optimizer-fault--names", "locked": true, "points": 5, "schema_version": 3, "solution": false, "task": false}
# A hidden check stands here: are the faults and the variables right?
### BEGIN HIDDEN TESTS
check("which-optimizer-fault", "names", diagnoses)
### END HIDDEN TESTS

# %% [markdown]
# ## All six done?
#
# Save the notebook. `check_notebook("07-optimizers")` then grades it, hidden checks included, and opens
# `solution(…)` for each problem that is solved.
#
# Next: [08 · Find the operation that spoils the numbers](../../course/08-numerics.ipynb).
# What is still open stands on the [start page](../../course/index.ipynb).
