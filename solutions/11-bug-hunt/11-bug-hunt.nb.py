# %% [markdown]
# # Assignment 11: The sorting office
#
# This assignment belongs to the lesson [11 · Hunt several faults in one script](../../course/11-bug-hunt.ipynb).
# It has six problems and takes about two hours.
#
# A sorting office reads handwritten digits. Somebody wrote the training script below, on real images, and it **runs**:
# no error, no warning, a loss for every epoch. The model reads no better than a dice. The script has seven parts. Five
# of them have one fault each, and the faults hide one another.
#
# You will name the five, repair them part by part, and put the script together again. The target: **at least 85% of
# the held-out digits read rightly after 12 epochs.** The repaired script gets there in a few seconds, with room to spare.
#
# The images are part of *Optical Recognition of Handwritten Digits* by E. Alpaydin and C. Kaynak (1998), UCI Machine
# Learning Repository, licence CC BY 4.0: 8 × 8 pixels with values from 0 to 16. There are 1,200 to train on; 597 others,
# in part by other writers, are held out.
#
# Work as in the lesson: fix the seed, change one thing at a time, look again, and keep a log. Problem 6 asks for it.
# Stuck? `hint("two-aims", 1)` shows the first of three hints for a problem. Use your own problem's name, and 2 or 3 for
# more.

# %%
from types import SimpleNamespace

import keras
import numpy as np
import tensorflow as tf

from autograder import check, check_notebook, diagnose, hint, observe, reset, show, solution
from autograder.data import load_digits

keras.utils.set_random_seed(1)
digits = load_digits()

# %% [markdown]
# ## The script
#
# What each part is for stands in its docstring. **The docstrings are right**; where the code does something else, the
# code is wrong.


# %%
# -- part A: the images
def prepare(images, train_images):
    """Images as rows of 64 numbers, in units in which the training images have mean 0 and deviation 1."""
    rows = images.reshape(len(images), 64).astype("float32")
    return rows / 255.0


# -- part B: the model
class Strokes(keras.layers.Layer):
    """A few strokes that are looked for in the image: tanh(images @ kernel + bias)."""

    def __init__(self, units, **kwargs):
        super().__init__(**kwargs)
        self.units = units

    def build(self, shape):
        start = keras.initializers.GlorotUniform()
        self.kernel = tf.Variable(start((shape[-1], self.units)), name="kernel")
        self.bias = self.add_weight(shape=(self.units,), initializer="zeros", name="bias")

    def call(self, images):
        return tf.tanh(images @ self.kernel + self.bias)


def build_model():
    """Ten strokes, a layer that mixes them, and two outputs: which digit it is, and the image itself."""
    images = keras.Input((64,))
    mixed = keras.layers.Dense(24, activation="tanh", name="mix")(Strokes(10, name="strokes")(images))
    digit = keras.layers.Dense(10, name="digit")(mixed)
    picture = keras.layers.Dense(64, name="picture")(mixed)
    return keras.Model(images, [digit, picture])


# -- part C: the loss
class Aim(tf.Module):
    """The loss: the digit's cross-entropy, and the picture's squared error with a weight that is trained."""

    def __init__(self):
        super().__init__()
        self.weight = tf.Variable(1.0, name="weight")

    def __call__(self, labels, images, digit, picture):
        digit_error = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(labels, digit))
        picture_error = tf.reduce_mean(tf.square(images - picture))
        return digit_error + self.weight * picture_error


# -- part D: the batches
def batches(images, labels, rng):
    """One epoch: the rows in a new order, 40 at a time, with a little noise on the images."""
    order = rng.permutation(len(images))
    for first in range(0, len(images) - 39, 40):
        rows = order[first : first + 40]
        noisy = images[rows] + 0.3 * rng.normal(size=(40, 64))
        yield tf.constant(noisy, tf.float32), tf.constant(labels[rows])


# -- part E: the optimizer
def make_optimizer(batches_per_epoch):
    """Momentum, gradients clipped at 1, and a rate that begins at 0.1 and halves every four epochs."""
    rate = keras.optimizers.schedules.ExponentialDecay(0.1, decay_steps=4, decay_rate=0.5)
    return keras.optimizers.SGD(rate, momentum=0.9, global_clipnorm=1.0)


# -- part F: the training steps
class Trainer:
    """Makes training steps. Until epoch `thaw` only the two outputs and the loss learn, then everything."""

    def __init__(self, model, aim, optimizer, thaw):
        self.model, self.aim, self.optimizer, self.thaw = model, aim, optimizer, thaw
        self.epoch = 0
        optimizer.build([*model.trainable_variables, *aim.trainable_variables])

    def start_epoch(self, epoch):
        self.epoch = epoch

    @tf.function
    def step(self, images, labels):
        with tf.GradientTape() as tape:
            loss = self.aim(labels, images, *self.model(images))
        if self.epoch >= self.thaw:
            layers = self.model.layers
        else:
            layers = [self.model.get_layer("digit"), self.model.get_layer("picture")]
        variables = [v for layer in layers for v in layer.trainable_variables]
        variables += self.aim.trainable_variables
        self.optimizer.apply_gradients(zip(tape.gradient(loss, variables), variables))
        return loss


# -- the whole, and part G: what is reported in the end
def train(train_images, train_labels, epochs, seed):
    """Train a new model on raw images and their labels. Returns the model."""
    keras.utils.set_random_seed(seed)
    rng = np.random.default_rng(seed)
    rows = prepare(train_images, train_images)
    model, aim = build_model(), Aim()
    trainer = Trainer(model, aim, make_optimizer(len(rows) // 40), thaw=2)
    for epoch in range(epochs):
        trainer.start_epoch(epoch)
        losses = [float(trainer.step(*batch)) for batch in batches(rows, train_labels, rng)]
        print(f"epoch {epoch + 1:>2}: loss {np.mean(losses):.4g}")
    return model


def evaluate(model, train_images, images, labels):
    """The share of digits that the model reads rightly, and how often each digit is missed."""
    digit, picture = model(prepare(images, train_images))
    missed = np.argmax(digit, axis=1) != labels
    print(f"read rightly: {1 - missed.mean():.1%}")
    for name in range(10):
        print(f"  of the {(labels == name).sum()} images of a {name}: {missed[labels == name].sum()} missed")
    return float(1 - missed.mean())


def report_confusions(model, train_images, images, labels, most=3):
    """The pairs of digits that are mixed up most often."""
    digit, picture = model(prepare(images, train_images))
    table = np.zeros((10, 10), int)
    np.add.at(table, (labels, np.argmax(digit, axis=1)), 1)
    np.fill_diagonal(table, 0)
    for place in np.argsort(-table, axis=None)[:most]:
        shown, read = np.unravel_index(place, table.shape)
        print(f"{table[shown, read]} times a {shown} was read as a {read}")


def report_pictures(model, train_images, images):
    """How well the model draws the images that it is shown, beside drawing the mean image each time."""
    rows = prepare(images, train_images)
    digit, picture = model(rows)
    mean_image = prepare(train_images, train_images).mean(axis=0)
    error, baseline = np.mean((rows - picture) ** 2), np.mean((rows - mean_image) ** 2)
    print(f"picture error: {error:.3g}, with the mean image: {baseline:.3g}")


def report(model, digits):
    """All that is known of a trained model, on the held-out images. Returns the share that it reads rightly."""
    share = evaluate(model, digits.train_images, digits.test_images, digits.test_labels)
    report_confusions(model, digits.train_images, digits.test_images, digits.test_labels)
    report_pictures(model, digits.train_images, digits.test_images)
    return share


# %% [markdown]
# Here it runs for three epochs, with a watch on every variable. (A traced step keeps its gradients to itself, so the
# column of gradients is empty. You can look at a step as you like: more epochs, parts alone, `diagnose`, or with
# `tf.config.run_functions_eagerly(True)`, which you should set back to `False` afterwards. Mind that a program may behave
# differently while you look.)


# %%
def watched(epochs):
    """The script, step by step under `observe`. Returns what was seen and the model."""
    keras.utils.set_random_seed(1)
    rng = np.random.default_rng(1)
    rows = prepare(digits.train_images, digits.train_images)
    model, aim = build_model(), Aim()
    trainer = Trainer(model, aim, make_optimizer(len(rows) // 40), thaw=2)
    strokes, mix, digit, picture = model.layers[1:]
    known = [*model.variables, *aim.variables]
    everything = SimpleNamespace(
        strokes=strokes, mix=mix, digit=digit, picture=picture, aim=aim, variables=known
    )

    def step(epoch, images, labels):
        trainer.start_epoch(epoch)
        return trainer.step(images, labels)

    steps = [(e, *batch) for e in range(epochs) for batch in batches(rows, digits.train_labels, rng)]
    return observe(step, steps, everything), model


seen, model = watched(epochs=3)
report(model, digits)
show(script=seen)

# %% [markdown]
# ## Problem 1: Seven parts, five faults (5 points)
#
# For each part, A to G, give **one** fault id of this course, as text, and the variables at which the fault sits. Two
# parts do nothing wrong: their fault is `none`, with an empty list.
#
# - *The variables at which a fault sits* are those that it leaves out, holds still or drives away by itself, also when
#   all other faults are repaired. Use the names of the table.
# - If a fault sits in the data or in the rate, before any single variable, write `["all"]`.
#
# All ids of the course are possible; the cell below lists them, and `describe("dead-relu")` says what one means. A part
# counts when both its fault and its variables are right.

# %%
from autograder.faults import FAULTS


def describe(name):
    for fault in FAULTS:
        if fault.id == name:
            print(f"{fault.title}. {fault.symptom}")


print(*(fault.id for fault in FAULTS))

# %% nbgrader={"grade": false, "grade_id": "five-at-once", "locked": false, "schema_version": 3, "solution": true, "task": false}
### BEGIN SOLUTION
diagnoses = {
    "A": {"fault": "unscaled-inputs", "variables": ["all"]},
    "B": {"fault": "untracked-variable", "variables": ["strokes.kernel"]},
    "C": {"fault": "unbounded-loss-parameter", "variables": ["weight"]},
    "D": {"fault": "none", "variables": []},
    "E": {"fault": "decayed-to-nothing", "variables": ["all"]},
    "F": {
        "fault": "frozen-python-state",
        "variables": ["strokes.kernel", "strokes/bias", "mix/kernel", "mix/bias"],
    },
    "G": {"fault": "none", "variables": []},
}
### STUDENT VERSION
# diagnoses = {
#     "A": {"fault": "?", "variables": []},
#     "B": {"fault": "?", "variables": []},
#     "C": {"fault": "?", "variables": []},
#     "D": {"fault": "?", "variables": []},
#     "E": {"fault": "?", "variables": []},
#     "F": {"fault": "?", "variables": []},
#     "G": {"fault": "?", "variables": []},
# }
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "five-at-once--form", "locked": true, "points": 0, "schema_version": 3, "solution": false, "task": false}
check("five-at-once", "form", diagnoses)

# %% nbgrader={"grade": true, "grade_id": "five-at-once--names", "locked": true, "points": 5, "schema_version": 3, "solution": false, "task": false}
# A hidden check stands here: are the faults and the variables right?
### BEGIN HIDDEN TESTS
check("five-at-once", "names", diagnoses)
### END HIDDEN TESTS

# %% [markdown]
# ## Problem 2: The images, and the layer that reads them (4 points)
#
# Parts A and B once more. **Repair `prepare` and `Strokes`.**
#
# - `prepare(images, train_images)` must return the images as an array of shape (images, 64), minus the mean of *all* pixels
#   of `train_images`, divided by their standard deviation: one mean and one deviation for everything. It must leave both
#   arguments as they are.
# - `Strokes(units)` must be a Keras layer that computes `tanh(images @ kernel + bias)`, with the weights `kernel` (at first
#   Glorot uniform) and `bias` (at first zeros), and both must be trained with the model that contains the layer.


# %% nbgrader={"grade": false, "grade_id": "scan-and-strokes", "locked": false, "schema_version": 3, "solution": true, "task": false}
### BEGIN SOLUTION
def prepare(images, train_images):
    """Images as rows of 64 numbers, in units in which the training images have mean 0 and deviation 1."""
    rows = images.reshape(len(images), 64).astype("float32")
    return (rows - train_images.mean()) / train_images.std()


class Strokes(keras.layers.Layer):
    """A few strokes that are looked for in the image: tanh(images @ kernel + bias)."""

    def __init__(self, units, **kwargs):
        super().__init__(**kwargs)
        self.units = units

    def build(self, shape):
        self.kernel = self.add_weight(
            shape=(shape[-1], self.units), initializer="glorot_uniform", name="kernel"
        )
        self.bias = self.add_weight(shape=(self.units,), initializer="zeros", name="bias")

    def call(self, images):
        return tf.tanh(images @ self.kernel + self.bias)


### STUDENT VERSION
# def prepare(images, train_images):
#     """Images as rows of 64 numbers, in units in which the training images have mean 0 and deviation 1."""
#     rows = images.reshape(len(images), 64).astype("float32")
#     return rows / 255.0
#
#
# class Strokes(keras.layers.Layer):
#     """A few strokes that are looked for in the image: tanh(images @ kernel + bias)."""
#
#     def __init__(self, units, **kwargs):
#         super().__init__(**kwargs)
#         self.units = units
#
#     def build(self, shape):
#         start = keras.initializers.GlorotUniform()
#         self.kernel = tf.Variable(start((shape[-1], self.units)), name="kernel")
#         self.bias = self.add_weight(shape=(self.units,), initializer="zeros", name="bias")
#
#     def call(self, images):
#         return tf.tanh(images @ self.kernel + self.bias)
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "scan-and-strokes--scale", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check("scan-and-strokes", "scale", prepare, Strokes)

# %% nbgrader={"grade": true, "grade_id": "scan-and-strokes--layer", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
# A hidden check stands here: do the weights of the layer learn as those of any other layer?
### BEGIN HIDDEN TESTS
check("scan-and-strokes", "layer", prepare, Strokes)
### END HIDDEN TESTS

# %% [markdown]
# ## Problem 3: A loss that falls for ever (4 points)
#
# Part C once more. With a rate that lasts, this loss falls below every number that you name. **Repair `Aim`.** `Aim()` must
# offer one trainable number *s* in its `trainable_variables`, 0 at first, and calling it must return
#
# *digit error + exp(−s) × picture error + s*
#
# where the digit error is the mean cross-entropy of the digit logits, and the picture error the mean squared difference
# of `images` and `picture`, as they are now. Each `Aim()` has an *s* of its own.


# %% nbgrader={"grade": false, "grade_id": "two-aims", "locked": false, "schema_version": 3, "solution": true, "task": false}
### BEGIN SOLUTION
class Aim(tf.Module):
    """The loss: the digit's cross-entropy, and the picture's squared error with a weight that is trained."""

    def __init__(self):
        super().__init__()
        self.s = tf.Variable(0.0, name="s")

    def __call__(self, labels, images, digit, picture):
        digit_error = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(labels, digit))
        picture_error = tf.reduce_mean(tf.square(images - picture))
        return digit_error + tf.exp(-self.s) * picture_error + self.s


### STUDENT VERSION
# class Aim(tf.Module):
#     """The loss: the digit's cross-entropy, and the picture's squared error with a weight that is trained."""
#
#     def __init__(self):
#         super().__init__()
#         self.weight = tf.Variable(1.0, name="weight")
#
#     def __call__(self, labels, images, digit, picture):
#         digit_error = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(labels, digit))
#         picture_error = tf.reduce_mean(tf.square(images - picture))
#         return digit_error + self.weight * picture_error
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "two-aims--bounded", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check("two-aims", "bounded", Aim)

# %% nbgrader={"grade": true, "grade_id": "two-aims--update", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
# A hidden check stands here: does everything move by the gradient of this sum?
### BEGIN HIDDEN TESTS
check("two-aims", "update", Aim)
### END HIDDEN TESTS

# %% [markdown]
# ## Problem 4: Layers that never wake up (4 points)
#
# Part F once more. **Repair `Trainer`.**
#
# - `Trainer(model, aim, optimizer, thaw)` keeps its arguments. The model has layers named `strokes`, `mix`, `digit` and
#   `picture`.
# - `start_epoch(epoch)` is called at the beginning of each epoch, with a whole number, counted from 0; the first call may
#   be with any number.
# - `step(images, labels)` makes one step of the given optimizer on the aim and returns its value before the update. Until
#   epoch `thaw` only `digit`, `picture` and the variables of the aim move; from that epoch on, everything does.
#
# There may be several trainers, one after another, each with its own model, aim and optimizer. The optimizer has a
# momentum: it must remember the steps before the thaw. The step should stay a `tf.function`, in whatever form.


# %% nbgrader={"grade": false, "grade_id": "late-start", "locked": false, "schema_version": 3, "solution": true, "task": false}
### BEGIN SOLUTION
class Trainer:
    """Makes training steps. Until epoch `thaw` only the two outputs and the loss learn, then everything."""

    def __init__(self, model, aim, optimizer, thaw):
        self.model, self.aim, self.optimizer, self.thaw = model, aim, optimizer, thaw
        self.epoch = 0
        self.traced_step = tf.function(self.one_step)  # traced once for each value of awake
        optimizer.build([*model.trainable_variables, *aim.trainable_variables])

    def start_epoch(self, epoch):
        self.epoch = epoch

    def step(self, images, labels):
        return self.traced_step(images, labels, awake=self.epoch >= self.thaw)

    def one_step(self, images, labels, awake):
        with tf.GradientTape() as tape:
            loss = self.aim(labels, images, *self.model(images))
        if awake:
            layers = self.model.layers
        else:
            layers = [self.model.get_layer("digit"), self.model.get_layer("picture")]
        variables = [v for layer in layers for v in layer.trainable_variables]
        variables += self.aim.trainable_variables
        self.optimizer.apply_gradients(zip(tape.gradient(loss, variables), variables))
        return loss


### STUDENT VERSION
# class Trainer:
#     """Makes training steps. Until epoch `thaw` only the two outputs and the loss learn, then everything."""
#
#     def __init__(self, model, aim, optimizer, thaw):
#         self.model, self.aim, self.optimizer, self.thaw = model, aim, optimizer, thaw
#         self.epoch = 0
#         optimizer.build([*model.trainable_variables, *aim.trainable_variables])
#
#     def start_epoch(self, epoch):
#         self.epoch = epoch
#
#     @tf.function
#     def step(self, images, labels):
#         with tf.GradientTape() as tape:
#             loss = self.aim(labels, images, *self.model(images))
#         if self.epoch >= self.thaw:
#             layers = self.model.layers
#         else:
#             layers = [self.model.get_layer("digit"), self.model.get_layer("picture")]
#         variables = [v for layer in layers for v in layer.trainable_variables]
#         variables += self.aim.trainable_variables
#         self.optimizer.apply_gradients(zip(tape.gradient(loss, variables), variables))
#         return loss
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "late-start--thaw", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check("late-start", "thaw", Trainer)

# %% nbgrader={"grade": true, "grade_id": "late-start--update", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
# A hidden check stands here: is every step the right one, before and after the thaw?
### BEGIN HIDDEN TESTS
check("late-start", "update", Trainer)
### END HIDDEN TESTS

# %% [markdown]
# ## Problem 5: The whole script (5 points)
#
# Part E, and the function that puts the parts together. `build_model`, `batches` and the reports stand as they are in the
# script above; the others are yours, from the cells above. **Make the script reach the target.**
#
# - `make_optimizer(batches_per_epoch)` must return an SGD optimizer with momentum 0.9, gradients clipped at a norm of 1
#   (that of all gradients together), and a rate of 0.1 that halves every four epochs, smoothly or in stairs.
# - `train(train_images, train_labels, epochs, seed)` must return the trained model, with its four layers in their sizes.
#
# The check trains your model for 12 epochs, on images that are all turned or mirrored in some way and digits that have
# other names, and reads the held-out images with its weights.


# %% nbgrader={"grade": false, "grade_id": "reach-the-target", "locked": false, "schema_version": 3, "solution": true, "task": false}
### BEGIN SOLUTION
def make_optimizer(batches_per_epoch):
    """Momentum, gradients clipped at 1, and a rate that begins at 0.1 and halves every four epochs."""
    rate = keras.optimizers.schedules.ExponentialDecay(0.1, decay_steps=4 * batches_per_epoch, decay_rate=0.5)
    return keras.optimizers.SGD(rate, momentum=0.9, global_clipnorm=1.0)


def train(train_images, train_labels, epochs, seed):
    """Train a new model on raw images and their labels. Returns the model."""
    keras.utils.set_random_seed(seed)
    rng = np.random.default_rng(seed)
    rows = prepare(train_images, train_images)
    model, aim = build_model(), Aim()
    trainer = Trainer(model, aim, make_optimizer(len(rows) // 40), thaw=2)
    for epoch in range(epochs):
        trainer.start_epoch(epoch)
        losses = [float(trainer.step(*batch)) for batch in batches(rows, train_labels, rng)]
        print(f"epoch {epoch + 1:>2}: loss {np.mean(losses):.4g}")
    return model


### STUDENT VERSION
# def make_optimizer(batches_per_epoch):
#     """Momentum, gradients clipped at 1, and a rate that begins at 0.1 and halves every four epochs."""
#     rate = keras.optimizers.schedules.ExponentialDecay(0.1, decay_steps=4, decay_rate=0.5)
#     return keras.optimizers.SGD(rate, momentum=0.9, global_clipnorm=1.0)
#
#
# def train(train_images, train_labels, epochs, seed):
#     """Train a new model on raw images and their labels. Returns the model."""
#     keras.utils.set_random_seed(seed)
#     rng = np.random.default_rng(seed)
#     rows = prepare(train_images, train_images)
#     model, aim = build_model(), Aim()
#     trainer = Trainer(model, aim, make_optimizer(len(rows) // 40), thaw=2)
#     for epoch in range(epochs):
#         trainer.start_epoch(epoch)
#         losses = [float(trainer.step(*batch)) for batch in batches(rows, train_labels, rng)]
#         print(f"epoch {epoch + 1:>2}: loss {np.mean(losses):.4g}")
#     return model
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "reach-the-target--rate", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check("reach-the-target", "rate", train, make_optimizer)

# %% nbgrader={"grade": true, "grade_id": "reach-the-target--target", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
# A hidden check stands here: does the trained model read at least 85% of the held-out digits, and draw them?
### BEGIN HIDDEN TESTS
check("reach-the-target", "target", train, make_optimizer)
### END HIDDEN TESTS

# %% [markdown]
# See for yourself what the whole script reads now:

# %%
model = train(digits.train_images, digits.train_labels, epochs=12, seed=1)
report(model, digits)

# %% [markdown]
# ## Problem 6: The log of your hunt (3 points)
#
# **Write the log of your hunt**, in five to ten sentences or as a table: what you supposed, what you changed, which numbers
# you saw before and after. Then explain **one pair of faults of which one hides the other**: what you see with both, with
# only the first repaired, with only the second repaired, and why. Your instructor reads this answer.

# %% [markdown] nbgrader={"grade": true, "grade_id": "hunt-log", "locked": false, "points": 3, "schema_version": 3, "solution": true, "task": false}
# ### BEGIN SOLUTION
# | Supposed | Changed | Seen |
# |---|---|---|
# | The rate dies (nothing moves after ten steps) | `decay_steps` | now the loss falls below 0 and on; the reading stays at 10% |
# | The loss has no lower end (`weight` runs to minus infinity) | exp(−s) and s | the loss levels off, the reading stays low |
# | The rows are tiny (0 to 0.06) | mean and deviation | the loss falls well; the reading is about 60% |
# | `strokes` and `mix` never move, in no epoch | the epoch as a variable | `mix` and the bias of `strokes` move, the kernel does not |
# | The kernel is not in the list of variables | `add_weight` | about 90% |
#
# The dying rate hides the loss without an end. With both, the loss stands still and looks merely stuck, because `weight`
# takes a few small steps and no more. With the rate repaired alone it runs away, and the script looks worse than before.
# With the loss repaired alone nothing seems to change, because nothing moves any more when it would matter. A repair that
# makes the numbers worse can still be right.
# ### END SOLUTION

# %% [markdown]
# ## All six done?
#
# Save the notebook. `check_notebook("11-bug-hunt")` then grades it, hidden checks included, and opens
# `solution(…)` for each problem that is solved.
#
# This was the last exercise. What is still open stands on the [start page](../../course/index.ipynb).
