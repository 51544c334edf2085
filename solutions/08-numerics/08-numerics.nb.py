# %% [markdown]
# # Assignment 08: Numbers that spoil the learning
#
# This assignment belongs to the lesson [08 · Find the operation that spoils the numbers](../../course/08-numerics.ipynb).
# It has six problems and takes about an hour and a
# quarter.
#
# Most cells hold a program that **runs** and does not learn. Change only the cell below each task. Run the check
# under it as often as you like: it trains your step on new random data each time, and tells you what it saw.
# Your score comes from these checks and from further ones that you do not see here.
#
# Stuck? `hint("rare-alarm", 1)` shows the first of three hints for a problem. Use your own problem's name, and 2 or
# 3 for more.

# %%
import keras
import numpy as np
import tensorflow as tf

from autograder import check, check_notebook, hint, observe, reset, show, solution

keras.utils.set_random_seed(1)

# %% [markdown]
# ## Problem 1: An alarm that gets too sure (4 points)
#
# A network reads four sensors of a pump and says whether it is about to fail. `model(x)` gives one logit a row, since
# its last layer has no activation; `y` is 1 for a failure and 0 otherwise. Training went well for hours. Then the
# loss was NaN.
#
# **Repair `train_step`.** One call must make one step of the optimizer that it is given, on the mean cross-entropy of
# the batch, and return that loss as it was before the update. Both must be right for every logit between −80 and 80,
# also where the model is sure and wrong.


# %% nbgrader={"grade": false, "grade_id": "rare-alarm", "locked": false, "schema_version": 3, "solution": true, "task": false}
def train_step(model, optimizer, x, y):
    """One training step on the mean cross-entropy. Returns the loss before the update."""
    ### BEGIN SOLUTION
    variables = model.trainable_variables
    with tf.GradientTape() as tape:
        logits = model(x, training=True)
        loss = tf.reduce_mean(tf.nn.sigmoid_cross_entropy_with_logits(labels=y, logits=logits))
    gradients = tape.gradient(loss, variables)
    optimizer.apply_gradients(zip(gradients, variables))
    return loss
    ### STUDENT VERSION
    # variables = model.trainable_variables
    # with tf.GradientTape() as tape:
    #     p = tf.sigmoid(model(x, training=True))
    #     loss = -tf.reduce_mean(y * tf.math.log(p) + (1 - y) * tf.math.log(1 - p))
    # gradients = tape.gradient(loss, variables)
    # optimizer.apply_gradients(zip(gradients, variables))
    # return loss
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "rare-alarm--finite", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check("rare-alarm", "finite", train_step)

# %% nbgrader={"grade": true, "grade_id": "rare-alarm--update", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
# A hidden check stands here: do the samples on which the model is sure and wrong count as they should?
### BEGIN HIDDEN TESTS
check("rare-alarm", "update", train_step)
### END HIDDEN TESTS

# %% [markdown]
# ## Problem 2: A laboratory that sometimes forgets (4 points)
#
# The lab measures four values of a water sample, and one more that the network should predict. Now and then one of
# these numbers is missing: then it is NaN, in `x` or in `y`. This step ignores every row whose error is NaN. After one
# call all weights are NaN.
#
# A row is **complete** when none of its numbers in `x` and in `y` is NaN. **Repair `patient_step`.** One call must
# make one step of the given optimizer (plain SGD) on the mean squared error of the complete rows, that is, the mean over the
# complete rows only, and return that error as it was before the update. If a batch has no complete row, the weights
# must stay as they are, and the returned loss must be 0.


# %% nbgrader={"grade": false, "grade_id": "lab-gaps", "locked": false, "schema_version": 3, "solution": true, "task": false}
def patient_step(model, optimizer, x, y):
    """One training step on the complete rows. Returns the loss before the update."""
    ### BEGIN SOLUTION
    complete = tf.reduce_all(tf.math.is_finite(tf.concat([x, y], axis=1)), axis=1)
    if not tf.reduce_any(complete):
        return tf.constant(0.0)
    x, y = x[complete], y[complete]
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(y - model(x, training=True)))
    gradients = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(gradients, model.trainable_variables))
    return loss
    ### STUDENT VERSION
    # with tf.GradientTape() as tape:
    #     errors = tf.square(y - model(x, training=True))
    #     known = tf.math.is_finite(errors)
    #     loss = tf.reduce_sum(tf.where(known, errors, 0.0)) / tf.reduce_sum(tf.cast(known, tf.float32))
    # gradients = tape.gradient(loss, model.trainable_variables)
    # optimizer.apply_gradients(zip(gradients, model.trainable_variables))
    # return loss
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "lab-gaps--finite", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check("lab-gaps", "finite", patient_step)

# %% nbgrader={"grade": true, "grade_id": "lab-gaps--update", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
# A hidden check stands here: do the complete rows count, and only they, and what if there is none?
### BEGIN HIDDEN TESTS
check("lab-gaps", "update", patient_step)
### END HIDDEN TESTS

# %% [markdown]
# ## Problem 3: Every reading in its own unit (4 points)
#
# `x` holds all training rows of a water meter: conductivity in µS/cm, pH, temperature in °C, and a counter that is stuck
# at one value. `batches` is a list of arrays of row numbers, each the rows of one step. The batches are of different
# sizes. The losses that come out are huge or NaN, and a rate that suits one batch does not suit the next.
#
# There are two faults in this function. **Repair `train`.** It must
#
# 1. standardise each column of `x`: subtract the column's mean and divide by its standard deviation (the one of NumPy,
#    `np.std`), both taken over *all* rows of `x`. A column whose values are all equal must become 0;
# 2. make one step of the given optimizer for each batch, in order, on the mean squared error of the batch between `y`
#    and the model's prediction for the standardised rows: the *mean* over the rows of that batch;
# 3. return a list with the loss of each batch as it was before its update.


# %% nbgrader={"grade": false, "grade_id": "raw-units", "locked": false, "schema_version": 3, "solution": true, "task": false}
def train(model, optimizer, x, y, batches):
    """One step for each batch of row numbers. Returns the losses before the updates."""
    ### BEGIN SOLUTION
    spread = tf.math.reduce_std(x, axis=0)
    scaled = (x - tf.reduce_mean(x, axis=0)) / tf.where(spread > 0, spread, 1.0)
    losses = []
    for rows in batches:
        with tf.GradientTape() as tape:
            prediction = model(tf.gather(scaled, rows), training=True)
            loss = tf.reduce_mean(tf.square(tf.gather(y, rows) - prediction))
        gradients = tape.gradient(loss, model.trainable_variables)
        optimizer.apply_gradients(zip(gradients, model.trainable_variables))
        losses.append(float(loss))
    return losses
    ### STUDENT VERSION
    # losses = []
    # for rows in batches:
    #     with tf.GradientTape() as tape:
    #         prediction = model(tf.gather(x, rows), training=True)
    #         loss = tf.reduce_sum(tf.square(tf.gather(y, rows) - prediction))
    #     gradients = tape.gradient(loss, model.trainable_variables)
    #     optimizer.apply_gradients(zip(gradients, model.trainable_variables))
    #     losses.append(float(loss))
    # return losses
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "raw-units--first", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check("raw-units", "first", train)

# %% nbgrader={"grade": true, "grade_id": "raw-units--update", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
# A hidden check stands here: are all losses right, and do all weights end where they should?
### BEGIN HIDDEN TESTS
check("raw-units", "update", train)
### END HIDDEN TESTS

# %% [markdown]
# ## Problem 4: A river below its lowest mark (4 points)
#
# A rating curve says how much water a river carries at a given height of its surface: *flow = scale · (height − level)
# ^ exponent* where the height is above `level`, and 0 where it is not. This code fits `scale`, `level` and `exponent`,
# three `tf.Variable`s, to measured flows, by gradient descent without an optimizer. The first loss is right. After one
# step all three variables are NaN.
#
# **Repair `fit_curve`.** It must make `steps` steps of plain gradient descent with learning rate `rate` on the mean
# squared error over *all* rows (some water is measured below the level too), changing the three variables in place,
# and return a list with the loss before each step. The exponent stays above 1.


# %% nbgrader={"grade": false, "grade_id": "rating-curve", "locked": false, "schema_version": 3, "solution": true, "task": false}
def fit_curve(scale, level, exponent, height, flow, rate, steps):
    """Fit the three variables by gradient descent. Returns the loss before each step."""
    ### BEGIN SOLUTION
    losses = []
    for _ in range(steps):
        with tf.GradientTape() as tape:
            above = height - level
            safe = tf.where(above > 0, above, 1.0)
            estimate = tf.where(above > 0, scale * safe**exponent, 0.0)
            loss = tf.reduce_mean(tf.square(estimate - flow))
        variables = [scale, level, exponent]
        for variable, gradient in zip(variables, tape.gradient(loss, variables)):
            variable.assign_sub(rate * gradient)
        losses.append(float(loss))
    return losses
    ### STUDENT VERSION
    # losses = []
    # for _ in range(steps):
    #     with tf.GradientTape() as tape:
    #         above = height - level
    #         estimate = tf.where(above > 0, scale * above**exponent, 0.0)
    #         loss = tf.reduce_mean(tf.square(estimate - flow))
    #     variables = [scale, level, exponent]
    #     for variable, gradient in zip(variables, tape.gradient(loss, variables)):
    #         variable.assign_sub(rate * gradient)
    #     losses.append(float(loss))
    # return losses
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "rating-curve--losses", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check("rating-curve", "losses", fit_curve)

# %% nbgrader={"grade": true, "grade_id": "rating-curve--update", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
# A hidden check stands here: does each of the three variables end where it should?
### BEGIN HIDDEN TESTS
check("rating-curve", "update", fit_curve)
### END HIDDEN TESTS

# %% [markdown]
# ## Problem 5: Which layer is it? (4 points)
#
# You want a tool that shows, for any stack of layers, where numbers are spoiled and where gradients fade or explode.
# **Write `layer_report`.** `model` is a `keras.Sequential`; some of its layers may have no kernel. The function must
# return a list with one tuple for each layer in `model.layers`, in order:
#
# 1. the layer's name,
# 2. `True` if *all* numbers of this layer's output for `x` are finite, and `False` if not,
# 3. the norm (Euclidean, the root of the sum of squares) of the gradient of the mean squared error between `y` and the
#    model's output with respect to the layer's `kernel`; `None` for a layer that has no kernel.
#
# It must leave the weights as they are. Where the error itself is not finite, any number will do as a norm. What stands
# here runs and reports nothing useful.


# %% nbgrader={"grade": false, "grade_id": "layer-report", "locked": false, "schema_version": 3, "solution": true, "task": false}
def layer_report(model, x, y):
    """For each layer: (name, is its output finite, norm of its kernel's gradient or None)."""
    ### BEGIN SOLUTION
    kernels = [layer.kernel for layer in model.layers if hasattr(layer, "kernel")]
    finite = []
    with tf.GradientTape() as tape:
        output = x
        for layer in model.layers:
            output = layer(output)
            finite.append(bool(np.all(np.isfinite(output))))
        error = tf.reduce_mean(tf.square(y - output))
    norms = iter([float(tf.norm(gradient)) for gradient in tape.gradient(error, kernels)])
    return [
        (layer.name, ok, next(norms) if hasattr(layer, "kernel") else None)
        for layer, ok in zip(model.layers, finite)
    ]
    ### STUDENT VERSION
    # error = tf.reduce_mean(tf.square(y - model(x)))
    # return [(layer.name, bool(tf.math.is_finite(error)), None) for layer in model.layers]
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "layer-report--outputs", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check("layer-report", "outputs", layer_report)

# %% nbgrader={"grade": true, "grade_id": "layer-report--norms", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
# A hidden check stands here: are the norms right where gradients fade, and where they are huge?
### BEGIN HIDDEN TESTS
check("layer-report", "norms", layer_report)
### END HIDDEN TESTS

# %% [markdown]
# ## Problem 6: Five programs, five diagnoses (5 points)
#
# The cell below trains five small programs for thirty steps each and shows what happened to their variables. Read the code
# and the tables, then fill in the answer cell.
#
# For each program give **one** fault id, as text: one of the ten of this chapter's lesson, or `none` for a program that
# does nothing wrong. One of the programs only looks suspicious. And name **all variables, as they stand in the table,
# whose gradient in the first step is NaN, or exactly 0, or smaller than a thousandth of the largest gradient of the
# same program** (the table shows the norms of the first and of the last step, and the cell prints those of the first).
# That list may be empty. A program counts when both its fault and its variables are right.

# %%
readings = tf.random.stateless_normal((64, 4), seed=(0, 8))
corner = tf.cast(readings[:, :1] * readings[:, 1:2] > 0, tf.float32)
slope = 2.0 + readings[:, :1] - readings[:, 1:2]
loud = tf.cast(readings[:, :1] + readings[:, 1:2] > -0.5, tf.float32)
cross_entropy = keras.losses.BinaryCrossentropy(from_logits=True)
squares = keras.losses.MeanSquaredError()


def run(layers, y, loss_of, rate):
    keras.utils.set_random_seed(5)
    model = keras.Sequential([keras.Input((4,)), *layers])
    optimizer = keras.optimizers.SGD(rate)

    def step(x):
        with tf.GradientTape() as tape:
            loss = loss_of(y, model(x))
        gradients = tape.gradient(loss, model.trainable_variables)
        optimizer.apply_gradients(zip(gradients, model.trainable_variables))
        return loss

    return observe(step, [(readings,)] * 30, model)


def dense(units, name, **options):
    return keras.layers.Dense(units, name=name, **options)


programs = {
    # Are the first two readings on the same side of 0?
    "A": run([dense(6, "first"), dense(1, "last")], corner, cross_entropy, 0.5),
    # The units shall be quiet at the start.
    "B": run(
        [
            dense(6, "first", activation="relu", bias_initializer=keras.initializers.Constant(-9)),
            dense(1, "last"),
        ],
        slope,
        squares,
        0.1,
    ),
    "C": run(
        [*(dense(5, f"part{i}", activation="sigmoid") for i in range(7)), dense(1, "last")],
        slope,
        squares,
        0.1,
    ),
    # Nothing shall be learned before the first step.
    "D": run([dense(1, "only", kernel_initializer="zeros")], loud, cross_entropy, 0.5),
    "E": run(
        [
            dense(6, "first", activation="tanh", kernel_initializer="zeros"),
            dense(1, "last", kernel_initializer="zeros"),
        ],
        slope,
        squares,
        0.1,
    ),
}
for letter, seen in programs.items():
    print(letter, {v.name: f"{v.gradient_norms[0]:.2g}" for v in seen.variables})
    print("  losses:", *(f"{loss:.3f}" for loss in seen.losses[::4]))
show(**programs)

# %% nbgrader={"grade": false, "grade_id": "which-number", "locked": false, "schema_version": 3, "solution": true, "task": false}
### BEGIN SOLUTION
diagnoses = {
    "A": {"fault": "too-little-capacity", "variables": []},
    "B": {"fault": "dead-relu", "variables": ["first/kernel", "first/bias", "last/kernel"]},
    "C": {
        "fault": "vanishing-gradient",
        "variables": [f"part{i}/{name}" for i in range(3) for name in ("kernel", "bias")],
    },
    "D": {"fault": "none", "variables": []},
    "E": {"fault": "zero-initialised", "variables": ["first/kernel", "first/bias", "last/kernel"]},
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

# %% nbgrader={"grade": true, "grade_id": "which-number--form", "locked": true, "points": 0, "schema_version": 3, "solution": false, "task": false}
check("which-number", "form", diagnoses)

# %% nbgrader={"grade": true, "grade_id": "which-number--names", "locked": true, "points": 5, "schema_version": 3, "solution": false, "task": false}
# A hidden check stands here: are the faults and the variables right?
### BEGIN HIDDEN TESTS
check("which-number", "names", diagnoses)
### END HIDDEN TESTS

# %% [markdown]
# ## All six done?
#
# Save the notebook. `check_notebook("08-numerics")` then grades it, hidden checks included, and opens
# `solution(…)` for each problem that is solved.
#
# Next: [09 · Write a tf.function that still updates](../../course/09-graph-mode.ipynb).
# What is still open stands on the [start page](../../course/index.ipynb).
