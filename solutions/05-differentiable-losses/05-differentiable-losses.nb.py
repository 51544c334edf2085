# %% [markdown]
# # Assignment 05: Losses that can be learned
#
# This assignment belongs to the lesson [05 · Replace a loss that has no slope](../../course/05-differentiable-losses.ipynb).
# It has six problems and takes about an
# hour.
#
# Most cells hold a program that **runs** and does not learn what it should. Change only the cell below each task. Run
# the check under it as often as you like: it trains your step on new random data each time, and tells you what it saw.
# Your score comes from these checks and from further ones that you do not see here.
#
# Stuck? `hint("leaf-side", 1)` shows the first of three hints for a problem. Use your own problem's name, and 2 or 3
# for more.

# %%
import keras
import numpy as np
import tensorflow as tf

from autograder import check, check_notebook, hint, observe, reset, show, solution

keras.utils.set_random_seed(1)

# %% [markdown]
# ## Problem 1: Nobody learns to tell oak from beech (4 points)
#
# A network gives each leaf a score: positive for oak, negative for beech. `side` holds the truth, +1 or −1, in the
# shape of the score. This step wants as few wrong leaves as possible and says so to the tape. It runs, nothing
# warns, and the share of wrong leaves never changes.
#
# **Repair `train_step`.** One call must make one step of the optimizer that it is given, on the surrogate *mean of
# log(1 + e^(−side · score))* over the leaves of the batch, and return that mean as it was before the update.


# %% nbgrader={"grade": false, "grade_id": "leaf-side", "locked": false, "schema_version": 3, "solution": true, "task": false}
def train_step(model, optimizer, x, side):
    """One training step on the logistic loss. Returns the loss before the update."""
    ### BEGIN SOLUTION
    variables = model.trainable_variables
    with tf.GradientTape() as tape:
        score = model(x, training=True)
        loss = tf.reduce_mean(tf.nn.softplus(-side * score))
    gradients = tape.gradient(loss, variables)
    optimizer.apply_gradients(zip(gradients, variables))
    return loss
    ### STUDENT VERSION
    # variables = model.trainable_variables
    # with tf.GradientTape() as tape:
    #     score = model(x, training=True)
    #     loss = tf.reduce_mean(0.5 * (1.0 - side * tf.sign(score)))
    # gradients = tape.gradient(loss, variables)
    # optimizer.apply_gradients(zip(gradients, variables))
    # return loss
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "leaf-side--learns", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check("leaf-side", "learns", train_step)

# %% nbgrader={"grade": true, "grade_id": "leaf-side--update", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
# A hidden check stands here: does every variable move as the surrogate says?
### BEGIN HIDDEN TESTS
check("leaf-side", "update", train_step)
### END HIDDEN TESTS

# %% [markdown]
# ## Problem 2: A rating that is always the same (4 points)
#
# Gardeners rated plants with 1 to 5 stars. `stars` has shape (N,), the model returns shape (N, 1). Ratings are whole
# numbers, so the prediction is rounded. This step runs, and every plant keeps the rating that it had at the start.
# Whoever repairs the first fault finds that all plants then get about the same rating.
#
# **Repair `rate_step`.** One call must
#
# 1. make one step of the given optimizer on the mean squared error between each plant's stars and its prediction,
#    which is *not* rounded here, and
# 2. return two numbers: that error before the update, and how many stars the *rounded* predictions before the update
#    are off: the mean of |stars − rounded prediction|, plant by plant.


# %% nbgrader={"grade": false, "grade_id": "star-rating", "locked": false, "schema_version": 3, "solution": true, "task": false}
def rate_step(model, optimizer, x, stars):
    """One training step. Returns (loss before the update, how many stars the rounded ratings are off)."""
    ### BEGIN SOLUTION
    variables = model.trainable_variables
    with tf.GradientTape() as tape:
        rating = tf.reshape(model(x, training=True), tf.shape(stars))
        loss = tf.reduce_mean(tf.square(stars - rating))
    gradients = tape.gradient(loss, variables)
    optimizer.apply_gradients(zip(gradients, variables))
    return loss, tf.reduce_mean(tf.abs(stars - tf.round(rating)))
    ### STUDENT VERSION
    # variables = model.trainable_variables
    # with tf.GradientTape() as tape:
    #     rating = tf.round(model(x, training=True))
    #     loss = tf.reduce_mean(tf.square(stars - rating))
    # gradients = tape.gradient(loss, variables)
    # pairs = [(g, v) for g, v in zip(gradients, variables) if g is not None]
    # if pairs:
    #     optimizer.apply_gradients(pairs)
    # return loss, tf.reduce_mean(tf.abs(stars - rating))
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "star-rating--reached", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check("star-rating", "reached", rate_step)

# %% nbgrader={"grade": true, "grade_id": "star-rating--update", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
# A hidden check stands here: is it the right step on the right error, and the right number of stars?
### BEGIN HIDDEN TESTS
check("star-rating", "update", rate_step)
### END HIDDEN TESTS

# %% [markdown]
# ## Problem 3: A threshold that stays where it was put (4 points)
#
# Photographs of leaves, `pixels` with shape (n, h, w, 3). How green a pixel is, is a weighted sum of its three colour
# channels; the weights `channels` (shape (3,)) should be learned. Pixels that are greener than `threshold`, which should
# be learned as well, make the mask of the leaf. `truth`, with shape (n, h, w), holds the mask that a botanist drew, 1 or
# 0 a pixel. Both are `tf.Variable`s. The loss falls. Look at the threshold.
#
# **Repair `mask_step`.** The *soft mask* of a pixel is sigmoid((greenness − threshold) / width), and the loss is
#
# > 1 − 2 · Σ (mask · truth) / (Σ mask + Σ truth), each sum over all pixels of the whole batch.
#
# One call must make one step of the optimizer that it is given, for both variables, on this loss with the soft mask,
# and return the loss before the update.


# %% nbgrader={"grade": false, "grade_id": "leaf-mask", "locked": false, "schema_version": 3, "solution": true, "task": false}
def mask_step(channels, threshold, optimizer, pixels, truth, width):
    """One training step on 1 − Dice of the soft mask. Returns the loss before the update."""
    ### BEGIN SOLUTION
    with tf.GradientTape() as tape:
        greenness = tf.tensordot(pixels, channels, 1)
        mask = tf.sigmoid((greenness - threshold) / width)
        overlap = tf.reduce_sum(mask * truth)
        loss = 1.0 - 2.0 * overlap / (tf.reduce_sum(mask) + tf.reduce_sum(truth))
    gradients = tape.gradient(loss, [channels, threshold])
    optimizer.apply_gradients(zip(gradients, [channels, threshold]))
    return loss
    ### STUDENT VERSION
    # with tf.GradientTape() as tape:
    #     greenness = tf.tensordot(pixels, channels, 1)
    #     mask = greenness * tf.cast(greenness > threshold, tf.float32)
    #     overlap = tf.reduce_sum(mask * truth)
    #     loss = 1.0 - 2.0 * overlap / (tf.reduce_sum(mask) + tf.reduce_sum(truth))
    # gradients = tape.gradient(loss, [channels, threshold])
    # optimizer.apply_gradients(zip(gradients, [channels, threshold]))
    # return loss
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "leaf-mask--threshold", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check("leaf-mask", "threshold", mask_step)

# %% nbgrader={"grade": true, "grade_id": "leaf-mask--update", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
# A hidden check stands here: do both variables move as the soft loss says?
### BEGIN HIDDEN TESTS
check("leaf-mask", "update", mask_step)
### END HIDDEN TESTS

# %% [markdown]
# ## Problem 4: An encoder that never learns its code (4 points)
#
# A camera in the greenhouse may send two whole numbers a leaf, no more. `encoder` makes a code of two numbers from four
# measurements, the code is rounded and sent, and `decoder` restores the measurements from it. The loss falls a little,
# because the decoder learns. The encoder never does.
#
# **Repair `code_step`.** The decoder must go on working with the rounded code, also while training. On the way back
# the rounding must count as the identity: the gradient by the code is taken to be the gradient by the rounded code.
# One call must make one step of the given optimizer on the mean squared error between `x` and what is restored, for
# all variables of both models, and return that error before the update.


# %% nbgrader={"grade": false, "grade_id": "whole-codes", "locked": false, "schema_version": 3, "solution": true, "task": false}
def code_step(encoder, decoder, optimizer, x):
    """One training step of both models through a rounded code. Returns the loss before the update."""
    ### BEGIN SOLUTION
    variables = encoder.trainable_variables + decoder.trainable_variables
    with tf.GradientTape() as tape:
        code = encoder(x, training=True)
        sent = code + tf.stop_gradient(tf.round(code) - code)
        loss = tf.reduce_mean(tf.square(x - decoder(sent, training=True)))
    gradients = tape.gradient(loss, variables)
    optimizer.apply_gradients(zip(gradients, variables))
    return loss
    ### STUDENT VERSION
    # variables = encoder.trainable_variables + decoder.trainable_variables
    # with tf.GradientTape() as tape:
    #     sent = tf.round(encoder(x, training=True))
    #     loss = tf.reduce_mean(tf.square(x - decoder(sent, training=True)))
    # gradients = tape.gradient(loss, variables)
    # optimizer.apply_gradients(zip(gradients, variables))
    # return loss
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "whole-codes--encoder", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check("whole-codes", "encoder", code_step)

# %% nbgrader={"grade": true, "grade_id": "whole-codes--update", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
# A hidden check stands here: is the code whole on the way forward, and does everything move as it should?
### BEGIN HIDDEN TESTS
check("whole-codes", "update", code_step)
### END HIDDEN TESTS

# %% [markdown]
# ## Problem 5: Most pixels have no label (4 points)
#
# Each pixel of a leaf is healthy, spotted or dead: class 0, 1 or 2. `x` has one row of four numbers a pixel. `labels`
# has one integer a pixel, and −1 where nobody labelled it. The model ends in a softmax: it returns three
# *probabilities* a pixel.
#
# **Write `pixel_step`.** The loss is the mean, over the *labelled* pixels only, of the cross-entropy −ln(probability of
# the labelled class). One call must make one step of the given optimizer, plain gradient descent, on it and return the
# loss before the update. If no pixel of a batch is labelled, the loss is 0, and the call leaves every variable as it is.
# What stands here was written in a hurry.


# %% nbgrader={"grade": false, "grade_id": "sick-pixels", "locked": false, "schema_version": 3, "solution": true, "task": false}
def pixel_step(model, optimizer, x, labels):
    """One training step on the cross-entropy of the labelled pixels. Returns the loss before the update."""
    ### BEGIN SOLUTION
    variables = model.trainable_variables
    labelled = tf.cast(labels >= 0, tf.float32)
    with tf.GradientTape() as tape:
        probabilities = model(x, training=True)
        errors = keras.losses.sparse_categorical_crossentropy(tf.maximum(labels, 0), probabilities)
        loss = tf.reduce_sum(errors * labelled) / tf.maximum(tf.reduce_sum(labelled), 1.0)
    gradients = tape.gradient(loss, variables)
    optimizer.apply_gradients(zip(gradients, variables))
    return loss
    ### STUDENT VERSION
    # variables = model.trainable_variables
    # with tf.GradientTape() as tape:
    #     output = model(x, training=True)
    #     errors = tf.nn.sparse_softmax_cross_entropy_with_logits(tf.maximum(labels, 0), output)
    #     loss = tf.reduce_mean(errors)
    # gradients = tape.gradient(loss, variables)
    # optimizer.apply_gradients(zip(gradients, variables))
    # return loss
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "sick-pixels--loss", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check("sick-pixels", "loss", pixel_step)

# %% nbgrader={"grade": true, "grade_id": "sick-pixels--update", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
# A hidden check stands here: is it the right step, also for a batch in which nothing is labelled?
### BEGIN HIDDEN TESTS
check("sick-pixels", "update", pixel_step)
### END HIDDEN TESTS

# %% [markdown]
# ## Problem 6: Five losses, five diagnoses (5 points)
#
# The cell below trains five small programs for ten steps each and shows what happened to their variables. Read the
# code and the tables, then fill in the answer cell.
#
# For each program give **one** fault id, as text, and the names of **all variables that are hit**, as they stand in the
# table: those whose gradient is `None` or 0 because of the fault, or, where all gradients are finite, all that are
# trained by the wrong loss. The ids to choose from are `zero-gradient-op`, `non-differentiable-op`, `hard-mask`,
# `loss-ignores-prediction`, `broadcast-loss`, `double-softmax`, and `none` for a program that does nothing wrong (with an
# empty list). One of the programs only looks suspicious. A program counts when both its fault and its variables are
# right.

# %%
leaves = tf.random.stateless_normal((48, 4), seed=(0, 5))
area = 2.0 + leaves[:, 0] - 0.5 * leaves[:, 1]
is_oak = tf.cast(leaves[:, 2:3] + 0.3 * leaves[:, 3:] > 0, tf.float32)
measured = leaves[:, 3] > -0.5


def run(model, loss_of, variables=None):
    """Ten steps of gradient descent on `loss_of()`."""
    variables = model.trainable_variables if variables is None else variables
    optimizer = keras.optimizers.SGD(0.05)

    def step():
        with tf.GradientTape() as tape:
            loss = loss_of()
        gradients = tape.gradient(loss, variables)
        optimizer.apply_gradients(zip(gradients, variables))
        return loss

    return observe(step, [()] * 10, variables)


def two_layers(seed=7):
    keras.utils.set_random_seed(seed)
    hidden = keras.layers.Dense(5, "tanh", name="hidden")
    return keras.Sequential([keras.Input((4,)), hidden, keras.layers.Dense(1, name="output")])


def program_a():
    model = two_layers()

    def loss_of():
        predicted = model(leaves)
        return tf.reduce_mean(tf.abs(predicted - area))

    return run(model, loss_of)


def program_b():
    keras.utils.set_random_seed(7)
    leaf = keras.Input((4,))
    code = keras.layers.Dense(5, "tanh", name="code")(leaf)
    model = keras.Model(leaf, [keras.layers.Dense(1, name=name)(code) for name in ("oak", "area")])

    oak_before, area_before = model(leaves)

    def loss_of():
        oak_now, area_now = model(leaves)
        kind_loss = tf.nn.sigmoid_cross_entropy_with_logits(labels=is_oak, logits=oak_now)
        area_loss = tf.square(area_before[:, 0] - area)
        return tf.reduce_mean(kind_loss) + tf.reduce_mean(area_loss)

    return run(model, loss_of)


def program_c():
    model = two_layers()

    def loss_of():
        errors = tf.square(model(leaves)[:, 0] - area)
        kept = tf.boolean_mask(errors, measured)
        return tf.reduce_sum(kept) / tf.reduce_sum(tf.cast(measured, tf.float32))

    return run(model, loss_of)


def program_d():
    model = two_layers()
    model.get_layer("output").bias.assign([12.0])

    def loss_of():
        chance = tf.clip_by_value(model(leaves), 0.01, 0.99)
        return -tf.reduce_mean(is_oak * tf.math.log(chance) + (1 - is_oak) * tf.math.log(1 - chance))

    return run(model, loss_of)


def program_e():
    slope = tf.Variable(0.5, name="slope")
    smallest = tf.Variable(-0.2, name="smallest")

    def loss_of():
        large = leaves[:, 0] > smallest
        predicted = 2.0 + tf.where(large, slope * leaves[:, 0], 0.0)
        return tf.reduce_mean(tf.square(predicted - area))

    return run(None, loss_of, [slope, smallest])


show(A=program_a(), B=program_b(), C=program_c(), D=program_d(), E=program_e())

# %% nbgrader={"grade": false, "grade_id": "five-losses", "locked": false, "schema_version": 3, "solution": true, "task": false}
### BEGIN SOLUTION
diagnoses = {
    "A": {
        "fault": "broadcast-loss",
        "variables": ["hidden/kernel", "hidden/bias", "output/kernel", "output/bias"],
    },
    "B": {"fault": "loss-ignores-prediction", "variables": ["area/kernel", "area/bias"]},
    "C": {"fault": "none", "variables": []},
    "D": {
        "fault": "zero-gradient-op",
        "variables": ["hidden/kernel", "hidden/bias", "output/kernel", "output/bias"],
    },
    "E": {"fault": "hard-mask", "variables": ["smallest"]},
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

# %% nbgrader={"grade": true, "grade_id": "five-losses--form", "locked": true, "points": 0, "schema_version": 3, "solution": false, "task": false}
check("five-losses", "form", diagnoses)

# %% nbgrader={"grade": true, "grade_id": "five-losses--names", "locked": true, "points": 5, "schema_version": 3, "solution": false, "task": false}
# A hidden check stands here: are the faults and the variables right?
### BEGIN HIDDEN TESTS
check("five-losses", "names", diagnoses)
### END HIDDEN TESTS

# %% [markdown]
# ## All six done?
#
# Save the notebook. `check_notebook("05-differentiable-losses")` then grades it, hidden checks included, and opens
# `solution(…)` for each problem that is solved.
#
# Next: [06 · Train the parameters of a loss](../../course/06-trainable-losses.ipynb).
# What is still open stands on the [start page](../../course/index.ipynb).
