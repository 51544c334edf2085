# %% [markdown]
# # Assignment 09: Steps that are compiled once
#
# This assignment belongs to the lesson [09 · Write a tf.function that still updates](../../course/09-graph-mode.ipynb).
# It has six problems and takes about an hour and a
# half.
#
# Every program here **runs**. Change only the cell below each task. Run the check under it as often as you like: it
# draws new random data each time, and tells you what it saw. Your score comes from these checks and from further ones
# that you do not see here.
#
# In all problems the step has to stay **compiled**: the model that you are given is called in a `tf.function`, and its
# Python code runs only while that is traced, a few times at most, however often the step is called. The checks count.
#
# Stuck? `hint("obeys-settings", 1)` shows the first of three hints for a problem. Use your own problem's name, and 2 or
# 3 for more.

# %%
import keras
import numpy as np
import tensorflow as tf

from autograder import check, check_notebook, hint, observe, reset, show, solution

keras.utils.set_random_seed(1)

# %% [markdown]
# ## Problem 1: A step that obeys once (4 points)
#
# A microphone listens for a keyword, and a small network is trained on windows of sound. The training loop changes a
# dict between the calls: `settings["rate"]` is a warm-up from 0, a Python number, another one in each call, and
# `settings["train_filters"]`, `True` or `False`, says whether the first layer is trained. The step obeys the settings
# of the first call and no others.
#
# **Repair `make_step`.** It must return a function `step(x, y)`. The caller keeps `settings`, changes it, and calls
# `step` again. One call must
#
# - make one step of plain gradient descent on the mean squared error between `y` and the model's prediction for `x`,
#   with the rate that `settings["rate"]` has at this call;
# - leave the first layer, `model.layers[0]`, exactly as it is if `settings["train_filters"]` is false at this call, and
#   train it like all others if it is true;
# - return the mean squared error before the update.
#
# In twelve calls the model's Python code may run six times at most.


# %% nbgrader={"grade": false, "grade_id": "obeys-settings", "locked": false, "schema_version": 3, "solution": true, "task": false}
def make_step(model, settings):
    """A compiled training step that obeys the settings of each call. Returns the step."""
    ### BEGIN SOLUTION

    @tf.function
    def compiled(x, y, rate, train_filters):
        variables = model.trainable_variables
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(tf.square(y - model(x, training=True)))
        gradients = tape.gradient(loss, variables)
        for index, (gradient, variable) in enumerate(zip(gradients, variables)):
            if train_filters or index >= 2:
                variable.assign_sub(rate * gradient)
        return loss

    def step(x, y):
        rate = tf.constant(settings["rate"], tf.float32)
        return compiled(x, y, rate, bool(settings["train_filters"]))

    return step
    ### STUDENT VERSION
    # @tf.function
    # def step(x, y):
    #     variables = model.trainable_variables
    #     with tf.GradientTape() as tape:
    #         loss = tf.reduce_mean(tf.square(y - model(x, training=True)))
    #     gradients = tape.gradient(loss, variables)
    #     for index, (gradient, variable) in enumerate(zip(gradients, variables)):
    #         if settings["train_filters"] or index >= 2:
    #             variable.assign_sub(settings["rate"] * gradient)
    #     return loss
    #
    # return step
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "obeys-settings--rate", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check("obeys-settings", "rate", make_step)

# %% nbgrader={"grade": true, "grade_id": "obeys-settings--update", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
# A hidden check stands here: does every layer move as the settings of each call say, in a compiled step?
### BEGIN HIDDEN TESTS
check("obeys-settings", "update", make_step)
### END HIDDEN TESTS

# %% [markdown]
# ## Problem 2: A level that stands still (4 points)
#
# Two rooms are loud in different ways, so each has a trainer of its own. A trainer subtracts a running *level* from
# the windows before the model sees them, and counts its steps. Both are Python attributes. Print them after a few
# calls, and you see that neither does what it should.
#
# **Repair `Trainer`.** `Trainer(model, rate, decay)` must have a method `step` and two attributes, `level` and `steps`.
# Both begin at 0. One call of `step(x, y)` must
#
# 1. make one step of plain gradient descent with rate `rate` on the mean squared error between `y` and
#    `model(x - level)`, where `level` is the level from before this call;
# 2. then set the level to `decay` × level + (1 − `decay`) × mean of all entries of `x`, and raise `steps` by 1;
# 3. return the mean squared error before the update.
#
# After each call `level` and `steps` must be numbers, or variables that hold numbers. Several trainers are used in
# turn, and none may disturb another. In ten calls, of two trainers together, the models' Python code may run six times
# at most.


# %% nbgrader={"grade": false, "grade_id": "running-level", "locked": false, "schema_version": 3, "solution": true, "task": false}
class Trainer:
    """Trains a model on windows minus a running level. Has the level and the number of steps as attributes."""

    ### BEGIN SOLUTION
    def __init__(self, model, rate, decay):
        self.model, self.rate, self.decay = model, rate, decay
        self.level = tf.Variable(0.0, trainable=False)
        self.steps = tf.Variable(0, trainable=False)

    @tf.function
    def step(self, x, y):
        variables = self.model.trainable_variables
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(tf.square(y - self.model(x - self.level, training=True)))
        for gradient, variable in zip(tape.gradient(loss, variables), variables):
            variable.assign_sub(self.rate * gradient)
        self.level.assign(self.decay * self.level + (1.0 - self.decay) * tf.reduce_mean(x))
        self.steps.assign_add(1)
        return loss

    ### STUDENT VERSION
    # def __init__(self, model, rate, decay):
    #     self.model, self.rate, self.decay = model, rate, decay
    #     self.level = 0.0
    #     self.steps = 0
    #
    # @tf.function
    # def step(self, x, y):
    #     variables = self.model.trainable_variables
    #     with tf.GradientTape() as tape:
    #         loss = tf.reduce_mean(tf.square(y - self.model(x - self.level, training=True)))
    #     for gradient, variable in zip(tape.gradient(loss, variables), variables):
    #         variable.assign_sub(self.rate * gradient)
    #     self.level = self.decay * self.level + (1.0 - self.decay) * tf.reduce_mean(x)
    #     self.steps += 1
    #     return loss
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "running-level--attributes", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check("running-level", "attributes", Trainer)

# %% nbgrader={"grade": true, "grade_id": "running-level--update", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
# A hidden check stands here: do level, steps, weights and loss go as they should, in two rooms in turn?
### BEGIN HIDDEN TESTS
check("running-level", "update", Trainer)
### END HIDDEN TESTS

# %% [markdown]
# ## Problem 3: Noise that never changes (4 points)
#
# A keyword should be found in any noise, so noise is added to the windows while training. The model gets very good at
# one noise in particular.
#
# **Repair `make_noisy_step`.** It must return a function `step(x, y)`. One call must
#
# - add noise to `x`: for each entry a number of its own, from the normal distribution with mean 0 and standard
#   deviation `scale`, drawn anew in every call;
# - make one step of the given optimizer on the mean squared error between `y` and the prediction for the noisy windows;
# - return two things: that error before the update, and the noisy windows that were used, of the shape of `x`.
#
# In eight calls the model's Python code may run four times at most.


# %% nbgrader={"grade": false, "grade_id": "fresh-noise", "locked": false, "schema_version": 3, "solution": true, "task": false}
def make_noisy_step(model, optimizer, scale):
    """A compiled step on windows with noise. One call of it returns (loss, noisy windows)."""
    ### BEGIN SOLUTION

    @tf.function
    def step(x, y):
        noisy = x + scale * tf.random.normal(tf.shape(x))
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(tf.square(y - model(noisy, training=True)))
        gradients = tape.gradient(loss, model.trainable_variables)
        optimizer.apply_gradients(zip(gradients, model.trainable_variables))
        return loss, noisy

    return step
    ### STUDENT VERSION
    # @tf.function
    # def step(x, y):
    #     noisy = x + np.random.normal(0.0, scale, x.shape).astype("float32")
    #     with tf.GradientTape() as tape:
    #         loss = tf.reduce_mean(tf.square(y - model(noisy, training=True)))
    #     gradients = tape.gradient(loss, model.trainable_variables)
    #     optimizer.apply_gradients(zip(gradients, model.trainable_variables))
    #     return loss, noisy
    #
    # return step
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "fresh-noise--fresh", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check("fresh-noise", "fresh", make_noisy_step)

# %% nbgrader={"grade": true, "grade_id": "fresh-noise--update", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
# A hidden check stands here: is the noise of the right kind, and is each step right on the noisy windows?
### BEGIN HIDDEN TESTS
check("fresh-noise", "update", make_noisy_step)
### END HIDDEN TESTS

# %% [markdown]
# ## Problem 4: Only the first shop learns (4 points)
#
# Three shops have a recommender each: a Keras model with an embedding of its users and one of its items (an
# **embedding** is a table with a row of trainable numbers for each user or item). One row of `pairs` is a user's and an
# item's number, and the model predicts the stars that this user gives to this item. One compiled step should serve all
# shops. "Some calls raised a strange error about variables; I catch it and report the loss." Since then it runs, and
# one shop learns.
#
# `models` is a dict from a shop's name to its model, `batches` a list of `(name, pairs, stars)` in any order.
#
# **Repair `train_shops`.** For each batch, in order, it must make one step of SGD with learning rate `rate` and
# momentum `momentum`, on the mean squared error between `stars` and the prediction for `pairs`, for that shop's model
# only: each model ends where it would end if it were trained alone, on its own batches. It must return a list with the
# loss of each batch, before its step. In twelve batches of three shops the models' Python code may run nine times at
# most.


# %% nbgrader={"grade": false, "grade_id": "three-shops", "locked": false, "schema_version": 3, "solution": true, "task": false}
def train_shops(models, batches, rate, momentum):
    """Train the models in place. Returns the loss of each batch before its step."""
    ### BEGIN SOLUTION
    optimizers = {name: keras.optimizers.SGD(rate, momentum=momentum) for name in models}
    for name, model in models.items():
        optimizers[name].build(model.trainable_variables)

    @tf.function
    def step(model, optimizer, pairs, stars):
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(tf.square(stars - model(pairs, training=True)))
        gradients = tape.gradient(loss, model.trainable_variables)
        optimizer.apply_gradients(zip(gradients, model.trainable_variables))
        return loss

    return [float(step(models[name], optimizers[name], pairs, stars)) for name, pairs, stars in batches]
    ### STUDENT VERSION
    # optimizers = {name: keras.optimizers.SGD(rate, momentum=momentum) for name in models}
    #
    # @tf.function
    # def step(model, optimizer, pairs, stars):
    #     with tf.GradientTape() as tape:
    #         loss = tf.reduce_mean(tf.square(stars - model(pairs, training=True)))
    #     gradients = tape.gradient(loss, model.trainable_variables)
    #     optimizer.apply_gradients(zip(gradients, model.trainable_variables))
    #     return loss
    #
    # losses = []
    # for name, pairs, stars in batches:
    #     try:
    #         loss = step(models[name], optimizers[name], pairs, stars)
    #     except Exception:  # some calls raise, something about singleton variables: report the loss at least
    #         loss = tf.reduce_mean(tf.square(stars - models[name](pairs)))
    #     losses.append(float(loss))
    # return losses
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "three-shops--losses", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check("three-shops", "losses", train_shops)

# %% nbgrader={"grade": true, "grade_id": "three-shops--update", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
# A hidden check stands here: does each model end where it would end alone, in compiled steps?
### BEGIN HIDDEN TESTS
check("three-shops", "update", train_shops)
### END HIDDEN TESTS

# %% [markdown]
# ## Problem 5: A policy that learns in a graph (5 points)
#
# A **policy** chooses one of several actions in each state of a game: `policy(states)` gives one row of logits a state,
# and their softmax is the probability π of each action. (A **logit** is the number from which a softmax makes a
# probability.) What was done well should become likelier. "Well" is measured against a *baseline*, a running average
# of the rewards, and a bonus keeps the policy from giving up actions too early.
#
# **Write `make_policy_step`.** It must return a function `step(states, actions, rewards, bonus)`. `actions` holds the
# number of the action that was taken in each state, `rewards` what it earned, and `bonus` is a Python number, another
# one in each call. The baseline begins at 0 and belongs to this step alone. One call must
#
# 1. compute, with the baseline from before this call and means over the rows,
#    loss = − mean((reward − baseline) · log π(action)) − `bonus` · mean(entropy), where the entropy of a row is
#    − Σ π · log π over all actions;
# 2. make one step of the given optimizer, which has momentum, on this loss;
# 3. set the baseline to `decay` × baseline + (1 − `decay`) × mean of the rewards;
# 4. return two numbers, as tensors or Python numbers: the loss before the update, and the new baseline.
#
# Two steps, for two policies, are used in turn. In twelve calls, of both together, the policies' Python code may run
# six times at most. What stands here runs, learns nothing and returns nothing useful.


# %% nbgrader={"grade": false, "grade_id": "policy-step", "locked": false, "schema_version": 3, "solution": true, "task": false}
def make_policy_step(policy, optimizer, decay):
    """A compiled step of a policy. One call of it returns (loss before the update, new baseline)."""
    ### BEGIN SOLUTION
    baseline = tf.Variable(0.0, trainable=False)
    optimizer.build(policy.trainable_variables)

    @tf.function
    def compiled(states, actions, rewards, bonus):
        with tf.GradientTape() as tape:
            logs = tf.nn.log_softmax(policy(states, training=True))
            chosen = tf.gather(logs, actions, axis=1, batch_dims=1)
            entropy = -tf.reduce_sum(tf.exp(logs) * logs, axis=1)
            gained = tf.reduce_mean((rewards - baseline) * chosen)
            loss = -gained - bonus * tf.reduce_mean(entropy)
        gradients = tape.gradient(loss, policy.trainable_variables)
        optimizer.apply_gradients(zip(gradients, policy.trainable_variables))
        baseline.assign(decay * baseline + (1.0 - decay) * tf.reduce_mean(rewards))
        return loss, baseline.read_value()

    def step(states, actions, rewards, bonus):
        return compiled(states, actions, rewards, tf.constant(bonus, tf.float32))

    return step
    ### STUDENT VERSION
    # @tf.function
    # def step(states, actions, rewards, bonus):
    #     logits = policy(states, training=True)
    #     return 0.0 * tf.reduce_mean(logits), 0.0
    #
    # return step
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "policy-step--first-call", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check("policy-step", "first-call", make_policy_step)

# %% nbgrader={"grade": true, "grade_id": "policy-step--update", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
# A hidden check stands here: are weights, loss and baseline right in every call, in a compiled step?
### BEGIN HIDDEN TESTS
check("policy-step", "update", make_policy_step)
### END HIDDEN TESTS

# %% [markdown]
# ## Problem 6: Five programs, five diagnoses (5 points)
#
# The cell below trains five small programs for eight steps each and shows what happened to their variables. Read the
# code and the tables, then fill in the answer cell. The column of gradients says "not asked" for a healthy variable as
# well: the tape is asked only while the step is traced.
#
# For each program give **one** fault id, as text, and the names of **all variables that do not learn as they should**
# because of it, as they stand in the table. The ids to choose from are `variable-created-in-graph`,
# `frozen-python-state`, `numpy-in-graph`, `update-outside-graph`, and `none` for a program that does nothing wrong
# (with an empty list). A number that NumPy made while the step was traced counts as `numpy-in-graph`. One of the
# programs only looks suspicious. A program counts when both its fault and its variables are right.

# %%
windows = tf.random.stateless_normal((48, 6), seed=(0, 9))
loudness = 1.0 + tf.reduce_sum(windows[:, :2], axis=1, keepdims=True)


def two_layers():
    keras.utils.set_random_seed(7)
    layers = [keras.layers.Dense(3, "tanh", name="filters"), keras.layers.Dense(1, name="head")]
    return keras.Sequential([keras.Input((6,)), *layers])


def program_a():
    model = two_layers()
    plan = {"calls": 0, "frozen for": 3}

    @tf.function
    def compiled(x, y):
        variables = model.trainable_variables
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(tf.square(y - model(x)))
        for index, (g, v) in enumerate(zip(tape.gradient(loss, variables), variables)):
            if index >= 2 or plan["calls"] > plan["frozen for"]:
                v.assign_sub(0.05 * g)
        return loss

    def step(x, y):
        plan["calls"] += 1
        return compiled(x, y)

    return observe(step, [(windows, loudness)] * 8, model)


def program_b():
    slope = tf.Variable(tf.zeros((6, 1)), name="slope")
    threshold = tf.Variable([0.5], name="threshold")
    parts = {"slope": slope, "threshold": threshold}

    @tf.function
    def step(x, y):
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(tf.square(y - (x @ parts["slope"] - parts["threshold"])))
        d_slope, d_threshold = tape.gradient(loss, [parts["slope"], parts["threshold"]])
        slope.assign_sub(0.05 * d_slope)
        parts["threshold"] = parts["threshold"] - 0.05 * d_threshold
        return loss

    return observe(step, [(windows, loudness)] * 8, [slope, threshold])


def program_c():
    model = two_layers()
    optimizer = keras.optimizers.SGD(0.0, momentum=0.5)  # its state is made at the first call
    traced = []

    @tf.function
    def compiled(x, y):
        traced.append("once more")
        taper = np.hanning(8)[1:-1].astype("float32")
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(tf.square(y - model(x * taper)))
        gradients = tape.gradient(loss, model.trainable_variables)
        optimizer.apply_gradients(zip(gradients, model.trainable_variables))
        return loss

    def step(x, y):
        optimizer.learning_rate = 0.01 * (1 + int(optimizer.iterations))
        return compiled(x, y)

    return observe(step, [(windows, loudness)] * 8, model)


def program_d():
    models = {
        name: keras.Sequential([keras.Input((6,)), keras.layers.Dense(1)]) for name in ("left", "right")
    }
    optimizers = {name: keras.optimizers.Adam(0.05) for name in models}
    variables = {
        f"{name}/{part}": getattr(model.layers[0], part)
        for name, model in models.items()
        for part in ("kernel", "bias")
    }

    @tf.function
    def compiled(model, optimizer, x, y):
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(tf.square(y - model(x)))
        gradients = tape.gradient(loss, model.trainable_variables)
        optimizer.apply_gradients(zip(gradients, model.trainable_variables))
        return loss

    def step(x, y):
        total = 0.0
        for name, model in models.items():
            try:
                total += compiled(model, optimizers[name], x, y)
            except Exception:
                total += tf.reduce_mean(tf.square(y - model(x)))
        return total

    return observe(step, [(windows, loudness)] * 8, variables)


def program_e():
    generator = np.random.default_rng(3)
    branches = [tf.Variable(tf.zeros((6, 1)), name=f"branch-{i}") for i in range(4)]

    @tf.function
    def step(x, y):
        awake = [branches[i] for i in generator.permutation(4)[:2]]  # each step trains two of the four
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(tf.square(y - x @ tf.add_n(branches)))
        for g, v in zip(tape.gradient(loss, awake), awake):
            v.assign_sub(0.05 * g)
        return loss

    return observe(step, [(windows, loudness)] * 8, branches)


show(A=program_a(), B=program_b(), C=program_c(), D=program_d(), E=program_e())

# %% nbgrader={"grade": false, "grade_id": "which-graph-fault", "locked": false, "schema_version": 3, "solution": true, "task": false}
### BEGIN SOLUTION
diagnoses = {
    "A": {"fault": "frozen-python-state", "variables": ["filters/kernel", "filters/bias"]},
    "B": {"fault": "update-outside-graph", "variables": ["threshold"]},
    "C": {"fault": "none", "variables": []},
    "D": {"fault": "variable-created-in-graph", "variables": ["right/kernel", "right/bias"]},
    "E": {"fault": "numpy-in-graph", "variables": ["branch-0", "branch-1"]},
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

# %% nbgrader={"grade": true, "grade_id": "which-graph-fault--form", "locked": true, "points": 0, "schema_version": 3, "solution": false, "task": false}
check("which-graph-fault", "form", diagnoses)

# %% nbgrader={"grade": true, "grade_id": "which-graph-fault--names", "locked": true, "points": 5, "schema_version": 3, "solution": false, "task": false}
# A hidden check stands here: are the faults and the variables right?
### BEGIN HIDDEN TESTS
check("which-graph-fault", "names", diagnoses)
### END HIDDEN TESTS

# %% [markdown]
# ## All six done?
#
# Save the notebook. `check_notebook("09-graph-mode")` then grades it, hidden checks included, and opens
# `solution(…)` for each problem that is solved.
#
# Next: [10 · Find the same faults behind fit](../../course/10-keras-fit.ipynb).
# What is still open stands on the [start page](../../course/index.ipynb).
