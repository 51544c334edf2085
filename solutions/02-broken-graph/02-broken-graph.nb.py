# %% [markdown]
# # Assignment 02: Where a value leaves TensorFlow
#
# This assignment belongs to the lesson [02 · Find where a value leaves TensorFlow](../../course/02-broken-graph.ipynb).
# It has six problems and takes about an hour.
#
# Most cells hold a program that **runs**, and whose loss even falls. Change only the cell below each task. Run the
# check under it as often as you like: it trains your step on new random data each time, and tells you what it saw.
# Your score comes from these checks and from further ones that you do not see here.
#
# In all problems a small **encoder** (a Keras layer with tanh) turns vibration readings of a machine, a few frequency
# bands, into three numbers, its **code**; a **head** (a Keras layer with one unit) estimates from the code how worn a
# bearing is. `x` has one row a machine, `y` has shape (rows, 1). "One step of the optimizer" means one step for all
# variables of the layers that the function is given.
#
# Stuck? `hint("unit-code", 1)` shows the first of three hints for a problem. Use your own problem's name, and 2 or
# 3 for more.

# %%
import keras
import numpy as np
import tensorflow as tf

from autograder import check, check_notebook, hint, observe, reset, show, solution

keras.utils.set_random_seed(1)

# %% [markdown]
# ## Problem 1: An encoder that never learns (4 points)
#
# How loud a machine is should not matter, only how its code is divided among its three entries. So each row of the
# code is divided by its length before the head sees it. The loss falls, and the encoder stays as it was.
#
# **Repair `train_step`.** One call must make one step of the optimizer that it is given, on the mean squared error
# between `y` and the head's answer to the codes of length 1 (each row divided by its Euclidean length), and return
# that error as it was before the update. The gradient is that of the whole formula: the length depends on the encoder
# as well, and counts.


# %% nbgrader={"grade": false, "grade_id": "unit-code", "locked": false, "schema_version": 3, "solution": true, "task": false}
def train_step(encoder, head, optimizer, x, y):
    """One training step on codes of length 1. Returns the loss before the update."""
    ### BEGIN SOLUTION
    variables = encoder.trainable_variables + head.trainable_variables
    with tf.GradientTape() as tape:
        code = encoder(x)
        length = tf.norm(code, axis=1, keepdims=True)
        loss = tf.reduce_mean(tf.square(y - head(code / length)))
    gradients = tape.gradient(loss, variables)
    optimizer.apply_gradients(zip(gradients, variables))
    return loss
    ### STUDENT VERSION
    # variables = encoder.trainable_variables + head.trainable_variables
    # with tf.GradientTape() as tape:
    #     code = encoder(x).numpy()
    #     length = np.linalg.norm(code, axis=1, keepdims=True)
    #     loss = tf.reduce_mean(tf.square(y - head(tf.constant(code / length))))
    # gradients = tape.gradient(loss, variables)
    # optimizer.apply_gradients(zip(gradients, variables))
    # return loss
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "unit-code--path", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check("unit-code", "path", train_step)

# %% nbgrader={"grade": true, "grade_id": "unit-code--update", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
# A hidden check stands here: does every variable move exactly as it should?
### BEGIN HIDDEN TESTS
check("unit-code", "update", train_step)
### END HIDDEN TESTS

# %% [markdown]
# ## Problem 2: A memory that forgets the way back (4 points)
#
# The same machines are measured hour after hour, in the same order, and their codes are smoothed: 0.7 × the old state
# + 0.3 × the new code. The state is kept from call to call in `state`, a variable that is not trained. Since the
# smoothing is in, the encoder does not learn any more.
#
# **Repair `smoothed_step`.** One call must
#
# 1. make one step of the given optimizer on the mean squared error between `y` and the head's answer to the smoothed
#    code. The old state counts as a constant; the code of this call does not;
# 2. leave that smoothed code in `state`: the very one that the loss of this call was computed from, made with the
#    weights before the update;
# 3. return the error before the update.


# %% nbgrader={"grade": false, "grade_id": "smoothed-code", "locked": false, "schema_version": 3, "solution": true, "task": false}
def smoothed_step(encoder, head, state, optimizer, x, y):
    """One training step on smoothed codes, which are kept in `state`. Returns the loss before the update."""
    ### BEGIN SOLUTION
    variables = encoder.trainable_variables + head.trainable_variables
    with tf.GradientTape() as tape:
        smoothed = 0.7 * state + 0.3 * encoder(x)
        loss = tf.reduce_mean(tf.square(y - head(smoothed)))
    state.assign(smoothed)
    gradients = tape.gradient(loss, variables)
    optimizer.apply_gradients(zip(gradients, variables))
    return loss
    ### STUDENT VERSION
    # variables = encoder.trainable_variables + head.trainable_variables
    # with tf.GradientTape() as tape:
    #     state.assign(0.7 * state + 0.3 * encoder(x))
    #     loss = tf.reduce_mean(tf.square(y - head(state.read_value())))
    # gradients = tape.gradient(loss, variables)
    # optimizer.apply_gradients(zip(gradients, variables))
    # return loss
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "smoothed-code--path", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check("smoothed-code", "path", smoothed_step)

# %% nbgrader={"grade": true, "grade_id": "smoothed-code--update", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
# A hidden check stands here: does every variable move exactly as it should, and does the state hold what it should?
### BEGIN HIDDEN TESTS
check("smoothed-code", "update", smoothed_step)
### END HIDDEN TESTS

# %% [markdown]
# ## Problem 3: A resonance without damping (4 points)
#
# No network this time. A machine vibrates most when its speed meets its resonance:
# *vibration ≈ gain / √((1 − speed²)² + (damping · speed)²)*. This code fits `gain` and `damping`, two `tf.Variable`s,
# by gradient descent without an optimizer. The loss falls for a while. `damping` stays where it starts, and neither an
# error nor a warning says why.
#
# **Repair `fit_step`.** One call must make one step of plain gradient descent with learning rate `rate` on the mean
# squared error between `vibration` and the curve, change both variables in place, and return the error before the step.


# %% nbgrader={"grade": false, "grade_id": "resonance-fit", "locked": false, "schema_version": 3, "solution": true, "task": false}
def fit_step(gain, damping, speed, vibration, rate):
    """One step of gradient descent on both variables. Returns the loss before the step."""
    ### BEGIN SOLUTION
    with tf.GradientTape() as tape:
        curve = 1.0 / tf.sqrt((1.0 - speed**2) ** 2 + (damping * speed) ** 2)
        loss = tf.reduce_mean(tf.square(gain * curve - vibration))
    d_gain, d_damping = tape.gradient(loss, [gain, damping])
    gain.assign_sub(rate * d_gain)
    damping.assign_sub(rate * d_damping)
    return loss
    ### STUDENT VERSION
    # def response(speed, damping):
    #     speed, damping = speed.numpy(), damping.numpy()
    #     return 1.0 / np.sqrt((1.0 - speed**2) ** 2 + (damping * speed) ** 2)
    #
    # with tf.GradientTape() as tape:
    #     curve = tf.py_function(response, [speed, damping], tf.float32)
    #     loss = tf.reduce_mean(tf.square(gain * curve - vibration))
    # d_gain, d_damping = tape.gradient(loss, [gain, damping])
    # gain.assign_sub(rate * d_gain)
    # damping.assign_sub(rate * d_damping)
    # return loss
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "resonance-fit--damping", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check("resonance-fit", "damping", fit_step)

# %% nbgrader={"grade": true, "grade_id": "resonance-fit--update", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
# A hidden check stands here: do gain and damping go where gradient descent goes?
### BEGIN HIDDEN TESTS
check("resonance-fit", "update", fit_step)
### END HIDDEN TESTS

# %% [markdown]
# ## Problem 4: A code in steps (5 points)
#
# The code is sent over a slow radio link: each entry is rounded to the nearest multiple of 1/`levels` (`levels` is a
# number such as 2.0). The link stays, so the head must be trained on rounded codes. The encoder should be trained, too,
# and it isn't.
#
# **Repair `coarse_step`.** One call must make one step of the given optimizer on the mean squared error between `y` and
# the head's answer to the *rounded* code, and return that error as it was before the update. Rounding has no useful
# slope, so for the gradient it counts as the identity: as if, on the way back only, the rounded code were the code.


# %% nbgrader={"grade": false, "grade_id": "coarse-code", "locked": false, "schema_version": 3, "solution": true, "task": false}
def coarse_step(encoder, head, optimizer, x, y, levels):
    """One training step on codes rounded to multiples of 1/levels. Returns the loss before the update."""
    ### BEGIN SOLUTION
    variables = encoder.trainable_variables + head.trainable_variables
    with tf.GradientTape() as tape:
        code = encoder(x)
        coarse = code + tf.stop_gradient(tf.round(code * levels) / levels - code)
        loss = tf.reduce_mean(tf.square(y - head(coarse)))
    gradients = tape.gradient(loss, variables)
    optimizer.apply_gradients(zip(gradients, variables))
    return loss
    ### STUDENT VERSION
    # variables = encoder.trainable_variables + head.trainable_variables
    # with tf.GradientTape() as tape:
    #     code = encoder(x)
    #     sent = tf.cast(tf.round(code * levels), tf.int8)
    #     coarse = tf.cast(sent, tf.float32) / levels
    #     loss = tf.reduce_mean(tf.square(y - head(coarse)))
    # gradients = tape.gradient(loss, variables)
    # optimizer.apply_gradients(zip(gradients, variables))
    # return loss
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "coarse-code--path", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check("coarse-code", "path", coarse_step)

# %% nbgrader={"grade": true, "grade_id": "coarse-code--update", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
# A hidden check stands here: is it the right step on the rounded code?
### BEGIN HIDDEN TESTS
check("coarse-code", "update", coarse_step)
### END HIDDEN TESTS

# %% [markdown]
# ## Problem 5: A passenger that does not steer (5 points)
#
# A second head reads the same code and says whether a machine needs an alarm. The encoder is there for the wear; the
# alarm head may use its code, but must not change it. **Write `alarm_step`.** With
#
# - *wear loss*: the mean squared error between `wear` and `wear_head`'s answer to the code, and
# - *alarm loss*: the mean binary cross-entropy between `alarm` (0 or 1) and `alarm_head`'s answer to the code, which is
#   a logit,
#
# one call must
#
# 1. make one step of the given optimizer in which the encoder and the wear head follow the gradient of the wear loss,
#    and the alarm head follows the gradient of the alarm loss. The alarm loss has no influence on the encoder;
# 2. return wear loss + alarm loss, before the update, as one number.
#
# What stands here computes both losses and trains nothing. It already has a `stop_gradient`. Is it in the right place?


# %% nbgrader={"grade": false, "grade_id": "alarm-head", "locked": false, "schema_version": 3, "solution": true, "task": false}
def alarm_step(encoder, wear_head, alarm_head, optimizer, x, wear, alarm):
    """One training step. Returns wear loss + alarm loss before the update."""
    ### BEGIN SOLUTION
    layers = [encoder, wear_head, alarm_head]
    variables = [v for layer in layers for v in layer.trainable_variables]
    with tf.GradientTape() as tape:
        code = encoder(x)
        wear_loss = tf.reduce_mean(tf.square(wear - wear_head(code)))
        logits = alarm_head(tf.stop_gradient(code))
        alarm_loss = tf.reduce_mean(tf.nn.sigmoid_cross_entropy_with_logits(alarm, logits))
        total = wear_loss + alarm_loss
    gradients = tape.gradient(total, variables)
    optimizer.apply_gradients(zip(gradients, variables))
    return total
    ### STUDENT VERSION
    # code = tf.stop_gradient(encoder(x))
    # wear_loss = tf.reduce_mean(tf.square(wear - wear_head(code)))
    # logits = alarm_head(code)
    # alarm_loss = tf.reduce_mean(tf.nn.sigmoid_cross_entropy_with_logits(alarm, logits))
    # return wear_loss + alarm_loss
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "alarm-head--path", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check("alarm-head", "path", alarm_step)

# %% nbgrader={"grade": true, "grade_id": "alarm-head--update", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
# A hidden check stands here: does each layer follow its own loss, and only that?
### BEGIN HIDDEN TESTS
check("alarm-head", "update", alarm_step)
### END HIDDEN TESTS

# %% [markdown]
# ## Problem 6: Five programs, five diagnoses (5 points)
#
# The cell below trains five small programs for ten steps each and shows what happened to their variables. Read the
# code and the tables, then fill in the answer cell.
#
# For each program give **one** fault id, as text, and the names of **all variables that do not learn as they should**
# because of it, as they stand in the table. The ids to choose from are `numpy-round-trip`, `py-function-barrier`,
# `integer-cast`, `stop-gradient`, `assign-in-forward`, and `none` for a program that does nothing wrong (with an empty
# list). One of the programs only looks suspicious. A program counts when both its fault and its variables are right.

# %%
bands = tf.random.stateless_normal((64, 4), seed=(0, 2))
worn = 1.0 + tf.math.tanh(bands[:, :1] - bands[:, 1:2])


def three_layers():
    keras.utils.set_random_seed(8)
    layers = [
        keras.layers.Dense(4, "tanh", name="encoder"),
        keras.layers.Dense(3, "tanh", name="middle"),
        keras.layers.Dense(1, name="head"),
    ]
    return keras.Sequential([keras.Input((4,)), *layers]), keras.optimizers.SGD(0.1)


def train(loss_of, variables, optimizer):
    def step(x, y):
        with tf.GradientTape() as tape:
            loss = loss_of(x, y)
        gradients = tape.gradient(loss, variables)
        optimizer.apply_gradients(zip(gradients, variables))
        return loss

    return observe(step, [(bands, worn)] * 10, variables)


def program_a():
    gain, weight = tf.Variable([1.0] * 4, name="gain"), tf.Variable([[0.5]] * 4, name="weight")

    def loss_of(x, y):
        bounded = tf.py_function(lambda z: np.arctan(z), [gain * x], tf.float32)
        return tf.reduce_mean(tf.square(y - bounded @ weight))

    return train(loss_of, [gain, weight], keras.optimizers.SGD(0.1))


def program_b():
    model, optimizer = three_layers()
    log_scale = tf.Variable(0.0, name="log_scale")

    def loss_of(x, y):
        scale = float(tf.exp(log_scale))
        return tf.reduce_mean(tf.square(y - scale * model(x)))

    return train(loss_of, [*model.trainable_variables, log_scale], optimizer)


def program_c():
    model, optimizer = three_layers()
    encoder, middle, head = model.layers
    memory = tf.Variable(tf.zeros((64, 4)), trainable=False)

    def loss_of(x, y):
        memory.assign(0.5 * memory + 0.5 * encoder(x))
        return tf.reduce_mean(tf.square(y - head(middle(memory.read_value()))))

    return train(loss_of, model.trainable_variables, optimizer)


def program_d():
    model, optimizer = three_layers()
    encoder, middle, head = model.layers
    last_code = tf.Variable(tf.zeros((64, 3)), trainable=False)

    def loss_of(x, y):
        scaled = tf.constant((x.numpy() - x.numpy().mean()) / x.numpy().std())
        code = middle(encoder(scaled))
        last_code.assign(code)
        steady = tf.stop_gradient(head(last_code.read_value()))
        target = 0.9 * y + 0.1 * steady
        return tf.reduce_mean(tf.square(target - head(code)))

    return train(loss_of, model.trainable_variables, optimizer)


def program_e():
    model, optimizer = three_layers()
    encoder, middle, head = model.layers

    def loss_of(x, y):
        code = middle(encoder(x))
        stored = tf.cast(127.0 * code, tf.int8)
        return tf.reduce_mean(tf.square(y - head(tf.cast(stored, tf.float32) / 127.0)))

    return train(loss_of, model.trainable_variables, optimizer)


show(A=program_a(), B=program_b(), C=program_c(), D=program_d(), E=program_e())

# %% nbgrader={"grade": false, "grade_id": "five-cuts", "locked": false, "schema_version": 3, "solution": true, "task": false}
### BEGIN SOLUTION
diagnoses = {
    "A": {"fault": "py-function-barrier", "variables": ["gain"]},
    "B": {"fault": "numpy-round-trip", "variables": ["log_scale"]},
    "C": {"fault": "assign-in-forward", "variables": ["encoder/kernel", "encoder/bias"]},
    "D": {"fault": "none", "variables": []},
    "E": {
        "fault": "integer-cast",
        "variables": ["encoder/kernel", "encoder/bias", "middle/kernel", "middle/bias"],
    },
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

# %% nbgrader={"grade": true, "grade_id": "five-cuts--form", "locked": true, "points": 0, "schema_version": 3, "solution": false, "task": false}
check("five-cuts", "form", diagnoses)

# %% nbgrader={"grade": true, "grade_id": "five-cuts--names", "locked": true, "points": 5, "schema_version": 3, "solution": false, "task": false}
# A hidden check stands here: are the faults and the variables right?
### BEGIN HIDDEN TESTS
check("five-cuts", "names", diagnoses)
### END HIDDEN TESTS

# %% [markdown]
# ## All six done?
#
# Save the notebook. `check_notebook("02-broken-graph")` then grades it, hidden checks included, and opens
# `solution(…)` for each problem that is solved.
#
# Next: [03 · Make every weight a variable that is seen](../../course/03-variable-registration.ipynb).
# What is still open stands on the [start page](../../course/index.ipynb).
