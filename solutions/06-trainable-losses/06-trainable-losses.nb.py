# %% [markdown]
# # Assignment 06: Parameters of the loss, losses of the layers
#
# This assignment belongs to the lesson [06 · Train the parameters of a loss](../../course/06-trainable-losses.ipynb).
# It has six problems and takes about an
# hour and a half.
#
# Most cells hold a program that **runs** and does not do what it should. Change only the cell below each task. Run
# the check under it as often as you like: it trains on new random data each time, and tells you what it saw. Your
# score comes from these checks and from further ones that you do not see here.
#
# Stuck? `hint("noise-balance", 1)` shows the first of three hints for a problem. Use your own problem's name, and 2
# or 3 for more.
#
# Problems 1, 2 and 6 share one objective. A network predicts two columns, one calm and one noisy, and two numbers
# `s` weigh their mean squared errors: **Σ exp(−s) · error + s**, summed over both columns. This is the loss object:

# %%
import keras
import numpy as np
import tensorflow as tf

from autograder import check, check_notebook, hint, observe, reset, show, solution

keras.utils.set_random_seed(1)


class BalancedLoss(keras.losses.Loss):
    """The errors of two columns, weighed by the learned uncertainties `s`."""

    def __init__(self):
        super().__init__(name="balanced")
        self.s = keras.Variable([0.0, 0.0], name="s")

    def call(self, y, prediction):
        errors = tf.reduce_mean(tf.square(y - prediction), axis=0)
        return tf.reduce_sum(tf.exp(-self.s) * errors + self.s)


# %% [markdown]
# ## Problem 1: A balance that nobody adjusts (4 points)
#
# A river gauge measures water level and turbidity; a small network predicts both from three readings of the weather
# upstream. `balance` is a `BalancedLoss` as above. The loss falls nicely. After a week of training `balance.s` is
# still (0, 0).
#
# **Repair `train_step`.** One call must make one step of the optimizer that it is given, on the number that
# `balance(y, prediction)` gives, for the model's trainable variables **and** `balance.s`. It must return that number
# as it was before the update. The optimizer has momentum, so it is to be used, not imitated.


# %% nbgrader={"grade": false, "grade_id": "noise-balance", "locked": false, "schema_version": 3, "solution": true, "task": false}
def train_step(model, balance, optimizer, x, y):
    """One training step for the model and for balance.s. Returns the loss before the update."""
    ### BEGIN SOLUTION
    variables = [*model.trainable_variables, balance.s]
    with tf.GradientTape() as tape:
        loss = balance(y, model(x, training=True))
    gradients = tape.gradient(loss, variables)
    optimizer.apply_gradients(zip(gradients, variables))
    return loss
    ### STUDENT VERSION
    # with tf.GradientTape() as tape:
    #     loss = balance(y, model(x, training=True))
    # gradients = tape.gradient(loss, model.trainable_variables)
    # optimizer.apply_gradients(zip(gradients, model.trainable_variables))
    # return loss
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "noise-balance--learns", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check("noise-balance", "learns", train_step)

# %% nbgrader={"grade": true, "grade_id": "noise-balance--update", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
# A hidden check stands here: do the model and s move exactly as they should?
### BEGIN HIDDEN TESTS
check("noise-balance", "update", train_step)
### END HIDDEN TESTS

# %% [markdown]
# ## Problem 2: A loss with no memory (4 points)
#
# This loop goes through a list of batches. It used to stop in the second batch with *Unknown variable*. Somebody
# found that a new optimizer makes the error go away. Now it runs, and the uncertainties that it reports jump about
# near 0.
#
# **Repair `train`.** It is given two functions: `make_loss()` returns a new `BalancedLoss`, `make_optimizer()` a new
# optimizer with momentum. `train` must make one step for each batch, in order, for the model's trainable variables
# and the loss object's `s`, **with one loss object and one optimizer for the whole run**. It must return two lists
# with one entry a batch: the loss before that batch's update, and the values of `s` right after that update.


# %% nbgrader={"grade": false, "grade_id": "new-every-batch", "locked": false, "schema_version": 3, "solution": true, "task": false}
def train(model, make_loss, make_optimizer, batches):
    """One step for each batch. Returns (losses before the updates, values of s after them)."""
    ### BEGIN SOLUTION
    balance, optimizer = make_loss(), make_optimizer()
    variables = [*model.trainable_variables, balance.s]
    losses, uncertainties = [], []
    for x, y in batches:
        with tf.GradientTape() as tape:
            loss = balance(y, model(x, training=True))
        gradients = tape.gradient(loss, variables)
        optimizer.apply_gradients(zip(gradients, variables))
        losses.append(float(loss))
        uncertainties.append(balance.s.numpy().copy())
    return losses, uncertainties
    ### STUDENT VERSION
    # losses, uncertainties = [], []
    # for x, y in batches:
    #     balance, optimizer = make_loss(), make_optimizer()
    #     variables = [*model.trainable_variables, balance.s]
    #     with tf.GradientTape() as tape:
    #         loss = balance(y, model(x, training=True))
    #     gradients = tape.gradient(loss, variables)
    #     optimizer.apply_gradients(zip(gradients, variables))
    #     losses.append(float(loss))
    #     uncertainties.append(balance.s.numpy().copy())
    # return losses, uncertainties
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "new-every-batch--memory", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check("new-every-batch", "memory", train)

# %% nbgrader={"grade": true, "grade_id": "new-every-batch--update", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
# A hidden check stands here: are the losses, s and the model's weights those of one run?
### BEGIN HIDDEN TESTS
check("new-every-batch", "update", train)
### END HIDDEN TESTS

# %% [markdown]
# ## Problem 3: A regularizer that regulates nothing (4 points)
#
# The code is unfamiliar: a class that trains any autoencoder it is given, a network that learns to return its own
# input. The model's layers may have losses of their own: a `kernel_regularizer`, or a layer that calls `add_loss` on
# the code in the middle. Whatever strength these have, the trained weights are the same.
#
# **Repair `Trainer`.** After `trainer = Trainer(model, optimizer)`, one call of `trainer.step(x)` must make one step
# of that optimizer on *mean squared error between `x` and the model's output, over all entries, plus every loss that
# the model's layers have for this batch*, and return that sum as it was before the update. It must work for a model
# whose layers have no losses as well.


# %% nbgrader={"grade": false, "grade_id": "sparse-code", "locked": false, "schema_version": 3, "solution": true, "task": false}
class Trainer:
    """Trains an autoencoder, batch by batch."""

    def __init__(self, model, optimizer):
        self.model = model
        self.optimizer = optimizer
        ### BEGIN SOLUTION
        self.reconstruction = keras.losses.MeanSquaredError()

    def objective(self, x):
        error = self.reconstruction(x, self.model(x, training=True))
        return error + sum(self.model.losses)

    ### STUDENT VERSION
    #     self.reconstruction = keras.losses.MeanSquaredError()
    #
    # def objective(self, x):
    #     return self.reconstruction(x, self.model(x, training=True))
    #
    ### END SOLUTION
    def step(self, x):
        """One step of the optimizer. Returns the objective before the update."""
        weights = self.model.trainable_variables
        with tf.GradientTape() as tape:
            objective = self.objective(x)
        self.optimizer.apply_gradients(zip(tape.gradient(objective, weights), weights))
        return objective


# %% nbgrader={"grade": true, "grade_id": "sparse-code--penalty", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check("sparse-code", "penalty", Trainer)

# %% nbgrader={"grade": true, "grade_id": "sparse-code--update", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
# A hidden check stands here: is it the right step on the right sum, with and without layer losses?
### BEGIN HIDDEN TESTS
check("sparse-code", "update", Trainer)
### END HIDDEN TESTS

# %% [markdown]
# ## Problem 4: Weights that run away (4 points)
#
# Again two columns, and this time no loss object: `balance` is a `tf.Variable` of shape (2,), and whoever wrote this
# step wanted training to find the weights of the two errors on its own. It finds them. The loss falls without end,
# and the predictions are useless.
#
# **Repair `balanced_step`.** Read `balance` as the logarithms of the two columns' noise variances. One call must make
# one step of the given optimizer, for the model's trainable variables and `balance`, on this objective, and return
# its value before the update:
#
# - *twice the mean negative log-likelihood* of the rows, when the noise of both columns is Gaussian and independent,
#   **without the constant terms** that hold log 2π, summed over the two columns;
# - with `floor` **added to each column's mean squared error**, so that it has a lowest value even when a column is
#   predicted without any error.
#
# The lesson derives the first part. `balance` is used as it comes: it does not start at 0.


# %% nbgrader={"grade": false, "grade_id": "runaway-weights", "locked": false, "schema_version": 3, "solution": true, "task": false}
def balanced_step(model, balance, optimizer, x, y, floor):
    """One training step for the model and the balance. Returns the objective before the update."""
    ### BEGIN SOLUTION
    variables = [*model.trainable_variables, balance]
    with tf.GradientTape() as tape:
        errors = tf.reduce_mean(tf.square(y - model(x, training=True)), axis=0)
        total = tf.reduce_sum(tf.exp(-balance) * (errors + floor) + balance)
    gradients = tape.gradient(total, variables)
    optimizer.apply_gradients(zip(gradients, variables))
    return total
    ### STUDENT VERSION
    # variables = [*model.trainable_variables, balance]
    # with tf.GradientTape() as tape:
    #     errors = tf.reduce_mean(tf.square(y - model(x, training=True)), axis=0)
    #     total = tf.reduce_sum(balance * errors)
    # gradients = tape.gradient(total, variables)
    # optimizer.apply_gradients(zip(gradients, variables))
    # return total
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "runaway-weights--bounded", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check("runaway-weights", "bounded", balanced_step)

# %% nbgrader={"grade": true, "grade_id": "runaway-weights--update", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
# A hidden check stands here: is it the right step on the right objective?
### BEGIN HIDDEN TESTS
check("runaway-weights", "update", balanced_step)
### END HIDDEN TESTS

# %% [markdown]
# ## Problem 5: Five programs, five diagnoses (5 points)
#
# The cell below trains five small programs and shows what happened to their variables. Read the code and the tables,
# then fill in the answer cell.
#
# For each program give **one** fault id, as text, and a list of variables, named as in the table:
#
# | Fault id | Variables to name |
# |---|---|
# | `loss-parameter-missing` | every parameter of the loss that nobody updates |
# | `loss-rebuilt-each-step` | every parameter of the loss that starts anew in each step |
# | `unbounded-loss-parameter` | every variable that alone can lower the objective without end, with all others as they are at the start |
# | `ignored-layer-losses` | every variable that a left-out layer loss is computed from |
# | `none` | an empty list: the program does nothing wrong |
#
# One of the programs only looks suspicious. A program counts when both its fault and its variables are right.

# %%
rows = tf.random.stateless_normal((64, 4), seed=(6, 1))
noise = tf.random.stateless_normal((64, 1), seed=(6, 2))
flow = tf.reduce_sum(rows[:, :2], axis=1, keepdims=True) + 0.1 * noise


def small_model(regularizer=None):
    keras.utils.set_random_seed(8)
    encoder = keras.layers.Dense(3, "tanh", kernel_regularizer=regularizer, name="encoder")
    return keras.Sequential([keras.Input((4,)), encoder, keras.layers.Dense(1, name="head")])


class NoiseLoss(keras.losses.Loss):
    def __init__(self):
        super().__init__(name="noise")
        self.log_noise = keras.Variable(0.0, name="log_noise")

    def call(self, y, prediction):
        error = tf.reduce_mean(tf.square(y - prediction))
        return tf.exp(-self.log_noise) * error + self.log_noise


def program_a():
    model, criterion = small_model(), NoiseLoss()
    model.compile(optimizer=keras.optimizers.SGD(0.05), loss=criterion)
    watched = [*model.trainable_variables, criterion.log_noise]
    return observe(lambda x, y: model.train_on_batch(x, y), [(rows, flow)] * 20, watched)


def program_b():
    model, criterion, make_optimizer = small_model(), NoiseLoss(), keras.optimizers.SGD
    watched = [*model.trainable_variables, criterion.log_noise]

    def step(x, y):
        criterion, optimizer = NoiseLoss(), make_optimizer(0.05)
        variables = [*model.trainable_variables, criterion.log_noise]
        with tf.GradientTape() as tape:
            loss = criterion(y, model(x))
        optimizer.apply_gradients(zip(tape.gradient(loss, variables), variables))
        return loss

    return observe(step, [(rows, flow)] * 20, watched)


def program_c():
    model, criterion, optimizer = small_model(), NoiseLoss(), keras.optimizers.SGD(0.05)
    variables = [*model.trainable_variables, criterion.log_noise]

    def step(x, y):
        with tf.GradientTape() as tape:
            loss = criterion(y, model(x))
        optimizer.apply_gradients(zip(tape.gradient(loss, variables), variables))
        return loss

    return observe(step, [(rows, flow)] * 120, variables)


def program_d():
    model, optimizer = small_model(keras.regularizers.L2(0.5)), keras.optimizers.SGD(0.05)

    def step(x, y):
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(tf.square(y - model(x)))
        gradients = tape.gradient(loss, model.trainable_variables)
        optimizer.apply_gradients(zip(gradients, model.trainable_variables))
        return loss

    return observe(step, [(rows, flow)] * 20, model)


def program_e():
    model, optimizer = small_model(), keras.optimizers.Adam(0.05)
    strength = tf.Variable(1.0, name="strength")
    variables = [*model.trainable_variables, strength]

    def step(x, y):
        with tf.GradientTape() as tape:
            prediction = model(x)
            smoothness = tf.reduce_mean(tf.square(prediction))
            loss = tf.reduce_mean(tf.square(y - prediction)) + strength * smoothness
        optimizer.apply_gradients(zip(tape.gradient(loss, variables), variables))
        return loss

    return observe(step, [(rows, flow)] * 50, variables)


show(A=program_a(), B=program_b(), C=program_c(), D=program_d(), E=program_e())

# %% nbgrader={"grade": false, "grade_id": "which-loss-fault", "locked": false, "schema_version": 3, "solution": true, "task": false}
### BEGIN SOLUTION
diagnoses = {
    "A": {"fault": "loss-parameter-missing", "variables": ["log_noise"]},
    "B": {"fault": "loss-rebuilt-each-step", "variables": ["log_noise"]},
    "C": {"fault": "none", "variables": []},
    "D": {"fault": "ignored-layer-losses", "variables": ["encoder/kernel"]},
    "E": {"fault": "unbounded-loss-parameter", "variables": ["strength"]},
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

# %% nbgrader={"grade": true, "grade_id": "which-loss-fault--form", "locked": true, "points": 0, "schema_version": 3, "solution": false, "task": false}
check("which-loss-fault", "form", diagnoses)

# %% nbgrader={"grade": true, "grade_id": "which-loss-fault--names", "locked": true, "points": 5, "schema_version": 3, "solution": false, "task": false}
# A hidden check stands here: are the faults and the variables right?
### BEGIN HIDDEN TESTS
check("which-loss-fault", "names", diagnoses)
### END HIDDEN TESTS

# %% [markdown]
# ## Problem 6: A balance that fit adjusts (5 points)
#
# Now without a loop of your own. **Write `with_balance`.** It is given a built Keras model `network` with two output
# columns, and an optimizer. It must return two things:
#
# 1. `trainer`, a compiled Keras model. Each step of `trainer.fit(x, y, …)` must be one step of that optimizer on
#    Σ exp(−s) · error + s, as above, for the variables of `network` **and** for `s`. The network itself is to be
#    trained, not a copy of it; `trainer` may be `network` or a model of your own around it.
# 2. `s`, the variable that is trained along: two numbers, both 0 at the start.
#
# What `fit` prints as its loss is not judged. You may use `BalancedLoss` from the top, or not. What stands here runs,
# and learns something else.


# %% nbgrader={"grade": false, "grade_id": "fit-balance", "locked": false, "schema_version": 3, "solution": true, "task": false}
def with_balance(network, optimizer):
    """A compiled model that fit trains together with its balance. Returns (trainer, s)."""
    ### BEGIN SOLUTION
    balance = BalancedLoss()
    network.balance_s = balance.s
    network.compile(optimizer=optimizer, loss=balance)
    return network, balance.s
    ### STUDENT VERSION
    # s = keras.Variable([0.0, 0.0], name="s")
    # network.compile(optimizer=optimizer, loss="mse")
    # return network, s
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "fit-balance--reached", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check("fit-balance", "reached", with_balance)

# %% nbgrader={"grade": true, "grade_id": "fit-balance--update", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
# A hidden check stands here: do the network and s end where they should?
### BEGIN HIDDEN TESTS
check("fit-balance", "update", with_balance)
### END HIDDEN TESTS

# %% [markdown]
# ## All six done?
#
# Save the notebook. `check_notebook("06-trainable-losses")` then grades it, hidden checks included, and opens
# `solution(…)` for each problem that is solved.
#
# Next: [07 · Tell a dead optimizer from a dead gradient](../../course/07-optimizers.ipynb).
# What is still open stands on the [start page](../../course/index.ipynb).
