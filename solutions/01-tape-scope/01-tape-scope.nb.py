# %% [markdown]
# # Assignment 01: What the tape records
#
# This assignment belongs to the lesson [01 · Put it inside the tape, and prove it](../../course/01-tape-scope.ipynb).
# It has six problems and takes about an hour.
#
# Most cells hold a program that **runs** and does not learn. Change only the cell below each task. Run the check
# under it as often as you like: it trains your step on new random data each time, and tells you what it saw.
# Your score comes from these checks and from further ones that you do not see here.
#
# Stuck? `hint("sensor-step", 1)` shows the first of three hints for a problem. Use your own problem's name, and 2 or
# 3 for more.

# %%
import keras
import numpy as np
import tensorflow as tf

from autograder import check, check_notebook, hint, observe, reset, show, solution

keras.utils.set_random_seed(1)

# %% [markdown]
# ## Problem 1: A sensor that stays uncalibrated (4 points)
#
# A low-cost air sensor gives four readings, and a small network should turn them into the value of the reference
# station. Somebody wrote this training step. At first it raised an error about missing gradients; since they
# added the filter, it runs. The loss does not fall.
#
# **Repair `train_step`.** One call must make one step of the optimizer that it is given, on the mean squared error
# between `y` and the model's prediction for `x`, and return that error as it was before the update.


# %% nbgrader={"grade": false, "grade_id": "sensor-step", "locked": false, "schema_version": 3, "solution": true, "task": false}
def train_step(model, optimizer, x, y):
    """One training step on the mean squared error. Returns the loss before the update."""
    ### BEGIN SOLUTION
    variables = model.trainable_variables
    with tf.GradientTape() as tape:
        prediction = model(x, training=True)
        loss = tf.reduce_mean(tf.square(y - prediction))
    gradients = tape.gradient(loss, variables)
    optimizer.apply_gradients(zip(gradients, variables))
    return loss
    ### STUDENT VERSION
    # variables = model.trainable_variables
    # prediction = model(x, training=True)
    # with tf.GradientTape() as tape:
    #     loss = tf.reduce_mean(tf.square(y - prediction))
    # gradients = tape.gradient(loss, variables)
    # pairs = [(g, v) for g, v in zip(gradients, variables) if g is not None]
    # if pairs:
    #     optimizer.apply_gradients(pairs)
    # return loss
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "sensor-step--learns", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check("sensor-step", "learns", train_step)

# %% nbgrader={"grade": true, "grade_id": "sensor-step--update", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
# A hidden check stands here: does every variable move exactly as it should?
### BEGIN HIDDEN TESTS
check("sensor-step", "update", train_step)
### END HIDDEN TESTS

# %% [markdown]
# ## Problem 2: A penalty that costs nothing (4 points)
#
# Large weights make the calibration nervous, so this step adds a penalty: `strength` times the sum of the squares
# of all kernel entries (not the biases). The returned loss goes up when `strength` does. The trained weights are the
# same for every `strength`.
#
# **Repair `penalised_step`.** One call must make one step of the given optimizer on *mean squared error + penalty*,
# and return that sum as it was before the update.


# %% nbgrader={"grade": false, "grade_id": "penalised-step", "locked": false, "schema_version": 3, "solution": true, "task": false}
def penalised_step(model, optimizer, x, y, strength):
    """One training step on error + penalty. Returns their sum before the update."""
    ### BEGIN SOLUTION
    variables = model.trainable_variables
    with tf.GradientTape() as tape:
        error = tf.reduce_mean(tf.square(y - model(x, training=True)))
        penalty = tf.add_n([tf.reduce_sum(tf.square(layer.kernel)) for layer in model.layers])
        total = error + strength * penalty
    gradients = tape.gradient(total, variables)
    optimizer.apply_gradients(zip(gradients, variables))
    return total
    ### STUDENT VERSION
    # variables = model.trainable_variables
    # with tf.GradientTape() as tape:
    #     error = tf.reduce_mean(tf.square(y - model(x, training=True)))
    # penalty = tf.add_n([tf.reduce_sum(tf.square(layer.kernel)) for layer in model.layers])
    # gradients = tape.gradient(error, variables)
    # total = error + strength * penalty
    # optimizer.apply_gradients(zip(gradients, variables))
    # return total
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "penalised-step--penalty", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check("penalised-step", "penalty", penalised_step)

# %% nbgrader={"grade": true, "grade_id": "penalised-step--update", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
# A hidden check stands here: is it the right step on the right sum?
### BEGIN HIDDEN TESTS
check("penalised-step", "update", penalised_step)
### END HIDDEN TESTS

# %% [markdown]
# ## Problem 3: A thermometer that runs away (4 points)
#
# A thermistor's resistance falls as it gets warmer: *celsius ≈ offset + slope · ln(resistance)*. This code fits
# `offset` and `slope`, two `tf.Variable`s, by gradient descent without an optimizer. It used to raise an error about
# a non-persistent tape; since it says `persistent=True`, it runs. The numbers that come out are far off, and with
# more steps they get worse.
#
# **Repair `calibrate`.** It must make `steps` steps of plain gradient descent with learning rate `rate` on the mean
# squared error, changing `offset` and `slope` in place, and return a list with the loss before each step.


# %% nbgrader={"grade": false, "grade_id": "thermistor", "locked": false, "schema_version": 3, "solution": true, "task": false}
def calibrate(offset, slope, resistance, celsius, rate, steps):
    """Fit the two variables by gradient descent. Returns the loss before each step."""
    ### BEGIN SOLUTION
    losses = []
    for _ in range(steps):
        with tf.GradientTape() as tape:
            estimate = offset + slope * tf.math.log(resistance)
            loss = tf.reduce_mean(tf.square(estimate - celsius))
        d_offset, d_slope = tape.gradient(loss, [offset, slope])
        offset.assign_sub(rate * d_offset)
        slope.assign_sub(rate * d_slope)
        losses.append(float(loss))
    return losses
    ### STUDENT VERSION
    # with tf.GradientTape(persistent=True) as tape:
    #     estimate = offset + slope * tf.math.log(resistance)
    #     loss = tf.reduce_mean(tf.square(estimate - celsius))
    # losses = []
    # for _ in range(steps):
    #     offset.assign_sub(rate * tape.gradient(loss, offset))
    #     slope.assign_sub(rate * tape.gradient(loss, slope))
    #     losses.append(float(loss))
    # return losses
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "thermistor--losses", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check("thermistor", "losses", calibrate)

# %% nbgrader={"grade": true, "grade_id": "thermistor--update", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
# A hidden check stands here: do offset and slope end where they should?
### BEGIN HIDDEN TESTS
check("thermistor", "update", calibrate)
### END HIDDEN TESTS

# %% [markdown]
# ## Problem 4: Which reading matters? (4 points)
#
# Before you trust the calibration you want to know how much each reading changes the loss. **Write `sensitive_step`.**
# One call must
#
# 1. make one step of the given optimizer on the mean squared error, as in problem 1, and
# 2. return two things: the loss before the update, and the *sensitivity*: the derivative of that same loss with
#    respect to `x`, one number for each entry of `x`.
#
# `x` is a plain tensor, not a variable. What stands here runs the forward pass and returns nothing useful.


# %% nbgrader={"grade": false, "grade_id": "sensitivity", "locked": false, "schema_version": 3, "solution": true, "task": false}
def sensitive_step(model, optimizer, x, y):
    """One training step. Returns (loss before the update, derivative of that loss by x)."""
    ### BEGIN SOLUTION
    variables = model.trainable_variables
    with tf.GradientTape() as tape:
        tape.watch(x)
        loss = tf.reduce_mean(tf.square(y - model(x, training=True)))
    gradients, sensitivity = tape.gradient(loss, (variables, x))
    optimizer.apply_gradients(zip(gradients, variables))
    return loss, sensitivity
    ### STUDENT VERSION
    # loss = tf.reduce_mean(tf.square(y - model(x, training=True)))
    # return loss, None
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "sensitivity--shape", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check("sensitivity", "shape", sensitive_step)

# %% nbgrader={"grade": true, "grade_id": "sensitivity--update", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
# A hidden check stands here: is the step right, and is the sensitivity that of the same loss?
### BEGIN HIDDEN TESTS
check("sensitivity", "update", sensitive_step)
### END HIDDEN TESTS

# %% [markdown]
# ## Problem 5: Four programs, four diagnoses (4 points)
#
# The cell below trains four small programs for ten steps each and shows what happened to their variables. Read the
# code and the tables, then fill in the answer cell.
#
# For each program give **one** fault id, as text, and the names of **all variables that do not learn as they should**
# because of it, as they stand in the table. The ids to choose from are `forward-outside-tape`, `loss-outside-tape`,
# `unwatched-tensor`, `tape-used-twice`, and `none` for a program that does nothing wrong (with an empty list). One of
# the programs only looks suspicious. A program counts when both its fault and its variables are right.

# %%
readings = tf.random.stateless_normal((64, 4), seed=(0, 1))
target = tf.reduce_sum(readings[:, :2], axis=1, keepdims=True) + 0.5


def two_layers():
    keras.utils.set_random_seed(7)
    model = keras.Sequential(
        [keras.Input((4,)), keras.layers.Dense(3, "tanh", name="encoder"), keras.layers.Dense(1, name="head")]
    )
    return model, keras.optimizers.SGD(0.05)


def program_a():
    model, optimizer = two_layers()
    encoder, head = model.layers

    def step(x, y):
        code = encoder(x)
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(tf.square(y - head(code)))
        gradients = tape.gradient(loss, model.trainable_variables)
        optimizer.apply_gradients(zip(gradients, model.trainable_variables))
        return loss

    return observe(step, [(readings, target)] * 10, model)


def program_b():
    model, optimizer = two_layers()

    def step(x, y):
        with tf.GradientTape() as tape:
            scaled = (x.numpy() - x.numpy().mean()) / x.numpy().std()
            loss = tf.reduce_mean(tf.square(y - model(tf.constant(scaled))))
        gradients = tape.gradient(loss, model.trainable_variables)
        optimizer.apply_gradients(zip(gradients, model.trainable_variables))
        return float(loss)

    return observe(step, [(readings, target)] * 10, model)


def program_c():
    model, optimizer = two_layers()

    def step(x, y):
        with tf.GradientTape(watch_accessed_variables=False) as tape:
            for layer in model.layers:
                tape.watch(layer.kernel.value)
            loss = tf.reduce_mean(tf.square(y - model(x)))
        gradients = tape.gradient(loss, model.trainable_variables)
        optimizer.apply_gradients(zip(gradients, model.trainable_variables))
        return loss

    return observe(step, [(readings, target)] * 10, model)


def program_d():
    weight = tf.Variable(tf.zeros((4, 1)), name="weight")
    log_noise = tf.Variable(0.0, name="log_noise")
    optimizer = keras.optimizers.SGD(0.05)

    def step(x, y):
        with tf.GradientTape() as tape:
            error = tf.reduce_mean(tf.square(y - x @ weight))
        loss = error * tf.exp(-log_noise) + log_noise
        gradients = tape.gradient(error, [weight, log_noise])
        optimizer.apply_gradients(zip(gradients, [weight, log_noise]))
        return loss

    return observe(step, [(readings, target)] * 10, [weight, log_noise])


show(A=program_a(), B=program_b(), C=program_c(), D=program_d())

# %% nbgrader={"grade": false, "grade_id": "which-fault", "locked": false, "schema_version": 3, "solution": true, "task": false}
### BEGIN SOLUTION
diagnoses = {
    "A": {"fault": "forward-outside-tape", "variables": ["encoder/kernel", "encoder/bias"]},
    "B": {"fault": "none", "variables": []},
    "C": {"fault": "unwatched-tensor", "variables": ["encoder/bias", "head/bias"]},
    "D": {"fault": "loss-outside-tape", "variables": ["log_noise"]},
}
### STUDENT VERSION
# diagnoses = {
#     "A": {"fault": "?", "variables": []},
#     "B": {"fault": "?", "variables": []},
#     "C": {"fault": "?", "variables": []},
#     "D": {"fault": "?", "variables": []},
# }
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "which-fault--form", "locked": true, "points": 0, "schema_version": 3, "solution": false, "task": false}
check("which-fault", "form", diagnoses)

# %% nbgrader={"grade": true, "grade_id": "which-fault--names", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
# A hidden check stands here: are the faults and the variables right?
### BEGIN HIDDEN TESTS
check("which-fault", "names", diagnoses)
### END HIDDEN TESTS

# %% [markdown]
# ## Problem 6: Why does a division stop the learning? (2 points)
#
# The two halves of this cell differ in one thing: where the sum is divided by the number of rows.

# %%
slope = tf.Variable(0.5)

with tf.GradientTape() as tape:
    total = tf.reduce_sum(tf.square(target - slope * readings[:, :1]))
    loss = total / 64.0
print("divided inside the block:", tape.gradient(loss, slope))

with tf.GradientTape() as tape:
    total = tf.reduce_sum(tf.square(target - slope * readings[:, :1]))
loss = total / 64.0
print("divided after the block: ", tape.gradient(loss, slope))

# %% [markdown]
# **Explain in three to six sentences** why the second gradient is `None` although `total` was computed inside the
# block, why it is `None` and not 0, and what a training step that skips `None` gradients would show you on this
# program. Your instructor reads this answer.

# %% [markdown] nbgrader={"grade": true, "grade_id": "divided-loss", "locked": false, "points": 2, "schema_version": 3, "solution": true, "task": false}
# ### BEGIN SOLUTION
# The tape keeps a record of the operations that ran while its block was open: here everything up to `total`. The
# division ran after the block, so the tensor `loss` that it made is not in the record, and no recorded path leads
# from `loss` back to `slope`. TensorFlow answers `None` for "no path"; 0 would mean that there is a path and that its
# derivative is zero. A step that skips `None` gradients runs without an error, prints the same loss for ever (on
# the same data), and `slope` never moves.
# ### END SOLUTION

# %% [markdown]
# ## All six done?
#
# Save the notebook. `check_notebook("01-tape-scope")` then grades it, hidden checks included, and opens
# `solution(…)` for each problem that is solved.
#
# Next: [02 · Find where a value leaves TensorFlow](../../course/02-broken-graph.ipynb).
# What is still open stands on the [start page](../../course/index.ipynb).
