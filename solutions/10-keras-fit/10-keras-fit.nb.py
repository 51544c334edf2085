# %% [markdown]
# # Assignment 10: Behind fit
#
# This assignment belongs to the lesson [10 · Find the same faults behind fit](../../course/10-keras-fit.ipynb).
# It has six problems and takes about an hour and a
# half.
#
# Every program here **runs**, and `fit` ends without a complaint. Change only the cell below each task. Run the check
# under it as often as you like: it draws new random data each time, and tells you what it saw.
# Your score comes from these checks and from further ones that you do not see here.
#
# Stuck? `hint("late-compile", 1)` shows the first of three hints for a problem. Use your own problem's name, and 2 or
# 3 for more.

# %%
import keras
import numpy as np
import tensorflow as tf

from autograder import check, check_notebook, hint, observe, reset, show, solution

keras.utils.set_random_seed(1)
tf.get_logger().setLevel(
    "ERROR"
)  # many small models are traced here; TensorFlow would warn about their number

# %% [markdown]
# ## Problem 1: A base that never thaws (4 points)
#
# A river gauge gets a new sensor. The model has two layers, `base` and `head`. Its base comes from the old sensor and
# was frozen; the head has been trained. Now all of it should be fine-tuned on new data. It runs, the loss falls, and the
# base stays exactly where it was. Somebody added the `compile` later, "to be safe".
#
# **Repair `fine_tune`.** The model comes compiled with `SGD` at another rate, and its head has been trained by
# `train_on_batch` on a batch of this size, with the base frozen. `x` and `y` are NumPy arrays. One call must make all
# four variables trainable and make `steps` steps of plain `SGD` at the learning rate `rate`, each on all rows of `x`, on
# the mean squared error. It must return the list of the losses, one a step, each before that step's update.


# %% nbgrader={"grade": false, "grade_id": "late-compile", "locked": false, "schema_version": 3, "solution": true, "task": false}
def fine_tune(model, x, y, rate, steps):
    """Train base and head together. Returns the loss before each step."""
    ### BEGIN SOLUTION
    model.get_layer("base").trainable = True
    model.compile(keras.optimizers.SGD(rate), "mse")
    return [model.train_on_batch(x, y) for _ in range(steps)]
    ### STUDENT VERSION
    # model.get_layer("base").trainable = True
    # losses = [model.train_on_batch(x, y) for _ in range(steps)]
    # model.compile(keras.optimizers.SGD(rate), "mse")
    # return losses
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "late-compile--base", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check("late-compile", "base", fine_tune)

# %% nbgrader={"grade": true, "grade_id": "late-compile--update", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
# A hidden check stands here: do base and head end where they should, with the right losses?
### BEGIN HIDDEN TESTS
check("late-compile", "update", fine_tune)
### END HIDDEN TESTS

# %% [markdown]
# ## Problem 2: A base that will not stand still (4 points)
#
# The same model, new, trained in two phases. First everything learns, for `warm` epochs. Then the base is good enough
# and must be left alone, because other models use it too; the head goes on for `more` epochs.
# After the second phase the base is not what it was after the first.
#
# **Repair `train_in_two_phases`.** One call must train all variables for `warm` epochs, and then only those of the
# head for `more` epochs: always on the mean squared error, one batch of all rows an epoch, with `SGD` at these values
# of `rate` and `momentum`. For the head it must be **one** run: its momentum goes on from the first phase into the
# second. Return one list with the losses of all epochs, each before that epoch's update.


# %% nbgrader={"grade": false, "grade_id": "settled-base", "locked": false, "schema_version": 3, "solution": true, "task": false}
def train_in_two_phases(model, x, y, rate, momentum, warm, more):
    """All variables for `warm` epochs, then the head alone for `more`. Returns the losses."""
    ### BEGIN SOLUTION
    optimizer = keras.optimizers.SGD(rate, momentum=momentum)
    model.compile(optimizer, "mse")
    first = model.fit(x, y, batch_size=len(x), epochs=warm, verbose=0)
    model.get_layer("base").trainable = False
    model.compile(optimizer, "mse")
    second = model.fit(x, y, batch_size=len(x), epochs=more, verbose=0)
    return first.history["loss"] + second.history["loss"]
    ### STUDENT VERSION
    # model.compile(keras.optimizers.SGD(rate, momentum=momentum), "mse")
    # first = model.fit(x, y, batch_size=len(x), epochs=warm, verbose=0)
    # model.get_layer("base").trainable = False
    # second = model.fit(x, y, batch_size=len(x), epochs=more, verbose=0)
    # return first.history["loss"] + second.history["loss"]
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "settled-base--base", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check("settled-base", "base", train_in_two_phases)

# %% nbgrader={"grade": true, "grade_id": "settled-base--update", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
# A hidden check stands here: does the head go on as if nothing had happened to it?
### BEGIN HIDDEN TESTS
check("settled-base", "update", train_in_two_phases)
### END HIDDEN TESTS

# %% [markdown]
# ## Problem 3: A forecast whose loss is perfect from the start (4 points)
#
# A bakery forecasts its sales. Too little bread is worse than too much: where the forecast is below the truth, its
# squared error counts three times. Keras has no such loss, so somebody wrote a `train_step`. `fit` reports a loss of
# 0.0 in every epoch, and the forecasts stay poor.
#
# **Repair `Forecaster`.** It is made as `Forecaster([keras.Input(...), layer, layer])`, compiled with an optimizer and
# **without** a loss, and trained with `fit(x, y, …)`. Each batch must make one step of that optimizer for all trainable
# variables, on the *cost*: the mean over the rows of (3 if *y* > forecast, else 1) × (*y* − forecast)². As `"loss"`,
# `fit` must report the mean over the epoch of the batches' costs, each before its own update.


# %% nbgrader={"grade": false, "grade_id": "uneven-cost", "locked": false, "schema_version": 3, "solution": true, "task": false}
class Forecaster(keras.Sequential):
    """A stack of layers that is trained on an uneven cost."""

    ### BEGIN SOLUTION
    def train_step(self, data):
        x, y, _ = keras.utils.unpack_x_y_sample_weight(data)
        with tf.GradientTape() as tape:
            error = y - self(x, training=True)
            cost = tf.reduce_mean(tf.where(error > 0, 3.0, 1.0) * tf.square(error))
        gradients = tape.gradient(cost, self.trainable_variables)
        self.optimizer.apply(gradients, self.trainable_variables)
        if not hasattr(self, "cost"):
            self.cost = keras.metrics.Mean(name="loss")
        self.cost.update_state(cost)
        return {"loss": self.cost.result()}

    ### STUDENT VERSION
    # def train_step(self, data):
    #     x, y = data
    #     with tf.GradientTape() as tape:
    #         error = y - self(x, training=True)
    #         cost = tf.reduce_mean(tf.where(error > 0, 3.0, 1.0) * tf.square(error))
    #     for layer in self.layers:
    #         variables = layer.trainable_variables
    #         gradients = tape.gradient(cost, self.trainable_variables)[-2:]
    #     self.optimizer.apply(gradients, variables)
    #     return {"loss": cost}
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "uneven-cost--moves", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check("uneven-cost", "moves", Forecaster)

# %% nbgrader={"grade": true, "grade_id": "uneven-cost--update", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
# A hidden check stands here: is every batch a right step, and is the reported loss the cost?
### BEGIN HIDDEN TESTS
check("uneven-cost", "update", Forecaster)
### END HIDDEN TESTS

# %% [markdown]
# ## Problem 4: A normalisation that never gets to know the data (4 points)
#
# An autoencoder takes the noise out of short signals. It is written as people write such models: with a method for
# each half, and with a `train_step` that calls the halves. `fit` runs, the loss falls, every weight moves. But `norm`
# knows nothing of the data, and does not normalise.
#
# **Repair `Denoiser`.** It is made as `Denoiser(values, units)`, called once, compiled with `SGD`, and trained with
# `fit(noisy, clean, …)`. Each batch must make one step on the mean squared error between `clean` and the model's
# output **in training mode**, for all trainable variables, and let `norm` update its moving statistics once, with its
# momentum of 0.8. `fit` must report that error as `"loss"`. A plain call `model(x)` afterwards must use the moving
# statistics and change nothing. Keep the names `encoder`, `norm` and `decoder`.


# %% nbgrader={"grade": false, "grade_id": "denoiser", "locked": false, "schema_version": 3, "solution": true, "task": false}
class Denoiser(keras.Model):
    """A small autoencoder that takes noise out of signals."""

    def __init__(self, values, units):
        super().__init__()
        self.encoder = keras.layers.Dense(units, activation="tanh", name="encoder")
        self.norm = keras.layers.BatchNormalization(momentum=0.8, name="norm")
        self.decoder = keras.layers.Dense(values, name="decoder")
        self.error = keras.metrics.Mean(name="loss")

    ### BEGIN SOLUTION
    def encode(self, x, training=None):
        return self.norm(self.encoder(x), training=training)

    def decode(self, code):
        return self.decoder(code)

    def call(self, x, training=None):
        return self.decode(self.encode(x, training=training))

    def train_step(self, data):
        noisy, clean, _ = keras.utils.unpack_x_y_sample_weight(data)
        with tf.GradientTape() as tape:
            cleaned = self(noisy, training=True)
            loss = tf.reduce_mean(tf.square(clean - cleaned))
        gradients = tape.gradient(loss, self.trainable_variables)
        self.optimizer.apply(gradients, self.trainable_variables)
        self.error.update_state(loss)
        return {"loss": self.error.result()}

    ### STUDENT VERSION
    # def encode(self, x):
    #     return self.norm(self.encoder(x))
    #
    # def decode(self, code):
    #     return self.decoder(code)
    #
    # def call(self, x):
    #     return self.decode(self.encode(x))
    #
    # def train_step(self, data):
    #     noisy, clean = data
    #     with tf.GradientTape() as tape:
    #         code = self.encode(noisy)
    #         loss = tf.reduce_mean(tf.square(clean - self.decode(code)))
    #     gradients = tape.gradient(loss, self.trainable_variables)
    #     self.optimizer.apply(gradients, self.trainable_variables)
    #     self.error.update_state(loss)
    #     return {"loss": self.error.result()}
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "denoiser--statistics", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check("denoiser", "statistics", Denoiser)

# %% nbgrader={"grade": true, "grade_id": "denoiser--update", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
# A hidden check stands here: are statistics, weights, loss and a plain call right?
### BEGIN HIDDEN TESTS
check("denoiser", "update", Denoiser)
### END HIDDEN TESTS

# %% [markdown]
# ## Problem 5: Slow below, fast above (5 points)
#
# A common recipe for fine-tuning gives the base a small learning rate and the head a large one. `compile` takes one
# optimizer. **Write `build_model`.**
#
# It is given two layers, `base` and `head`, already built, and two rates. It must return a compiled Keras model that
# uses these very layers, `base` first. When that model is trained with `fit(x, y, …)`, each batch must make one plain
# gradient step on the *total*: the mean squared error of the batch plus the penalty of the base's kernel regularizer
# (`base.losses`). The variables of `base` move by −`slow` × gradient, those of `head` by −`fast` × gradient, both taken
# before the update. `fit` must report the total before the update as `"loss"`.
#
# What stands here returns a model that trains, with one rate that nobody asked for.


# %% nbgrader={"grade": false, "grade_id": "two-rates", "locked": false, "schema_version": 3, "solution": true, "task": false}
### BEGIN SOLUTION
class TwoRates(keras.Sequential):
    """Two layers; each has an optimizer of its own."""

    def compile(self, slow, fast):
        super().compile(loss="mse")
        self.optimizers = [keras.optimizers.SGD(slow), keras.optimizers.SGD(fast)]
        for optimizer, layer in zip(self.optimizers, self.layers):
            optimizer.build(layer.trainable_variables)

    def train_step(self, data):
        x, y, _ = keras.utils.unpack_x_y_sample_weight(data)
        with tf.GradientTape() as tape:
            total = self.compute_loss(x=x, y=y, y_pred=self(x, training=True))
        lists = [layer.trainable_variables for layer in self.layers]
        for optimizer, variables, gradients in zip(self.optimizers, lists, tape.gradient(total, lists)):
            optimizer.apply(gradients, variables)
        if not hasattr(self, "total"):
            self.total = keras.metrics.Mean(name="loss")
        self.total.update_state(total)
        return {"loss": self.total.result()}


def build_model(base, head, slow, fast):
    """A compiled model that trains `base` at the rate `slow` and `head` at the rate `fast`."""
    model = TwoRates([keras.Input((base.kernel.shape[0],)), base, head])
    model.compile(slow, fast)
    return model


### STUDENT VERSION
# def build_model(base, head, slow, fast):
#     """A compiled model that trains `base` at the rate `slow` and `head` at the rate `fast`."""
#     model = keras.Sequential([keras.Input((base.kernel.shape[0],)), base, head])
#     model.compile(keras.optimizers.SGD(), "mse")
#     return model
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "two-rates--head", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check("two-rates", "head", build_model)

# %% nbgrader={"grade": true, "grade_id": "two-rates--update", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
# A hidden check stands here: does each part move at its own rate on the total, and is the total reported?
### BEGIN HIDDEN TESTS
check("two-rates", "update", build_model)
### END HIDDEN TESTS

# %% [markdown]
# ## Problem 6: Five programs, five diagnoses (5 points)
#
# The cell below trains five small programs for six steps each and shows what happened to their variables. The comments
# say what each program means to do. Read the code and the tables, then fill in the answer cell. (Behind `compile`
# the tape works in a graph, where `observe` hears nothing: the column for the gradient says "not asked" everywhere.)
#
# For each program give **one** fault id, as text, and the names of **all variables that do not do what the program
# means them to do**, as they stand in the table. The ids to choose from are `frozen-after-compile`, `recompiled-late`,
# `train-step-drops-gradients`, `missing-training-flag`, and `none` for a program that does nothing wrong (with an empty
# list). One of the programs only looks suspicious. A program counts when both its fault and its variables are right.

# %%
readings = np.random.default_rng(5).normal(0, 1, (32, 4)).astype("float32")
target = readings[:, :2].sum(axis=1, keepdims=True) + 0.5


def two_layers(model_class=keras.Sequential):
    keras.utils.set_random_seed(7)
    base, head = keras.layers.Dense(3, "tanh", name="base"), keras.layers.Dense(1, name="head")
    return model_class([keras.Input((4,)), base, head])


def six_batches(model):
    return observe(model.train_on_batch, [(readings, target)] * 6, model)


def program_a():
    # The base is trained for one step with the head. From then on it must keep still.
    model = two_layers()
    model.compile(keras.optimizers.SGD(0.05), "mse")
    model.train_on_batch(readings, target)
    model.get_layer("base").trainable = False
    return six_batches(model)


class NamedStep(keras.Sequential):
    def train_step(self, data):
        x, y, _ = keras.utils.unpack_x_y_sample_weight(data)
        with tf.GradientTape() as tape:
            loss = self.compute_loss(x=x, y=y, y_pred=self(x, training=True))
        variables = self.trainable_variables
        by_name = {v.name: (g, v) for g, v in zip(tape.gradient(loss, variables), variables)}
        self.optimizer.apply_gradients(by_name.values())
        return {"loss": loss}


def program_b():
    # All four variables are trained, each by its own gradient.
    model = two_layers(NamedStep)
    model.compile(keras.optimizers.SGD(0.05), "mse")
    return six_batches(model)


def program_c():
    # The base comes from another project and must not change; only the head is trained.
    model = two_layers()
    model.compile(keras.optimizers.SGD(0.05), "mse")
    model.get_layer("base").trainable = False
    return six_batches(model)


class Normalised(keras.Model):
    def __init__(self):
        super().__init__()
        self.norm = keras.layers.BatchNormalization(name="norm")
        self.head = keras.layers.Dense(1, name="head")

    def call(self, inputs):
        return self.head(self.norm(inputs))


def program_d():
    # The inputs are normalised by what the layer norm learns about them; norm and head are trained.
    keras.utils.set_random_seed(7)
    model = Normalised()
    model(readings)
    model.compile(keras.optimizers.SGD(0.05), "mse")
    return six_batches(model)


def program_e():
    # One step for the head alone, with a frozen base. Then both are trained, and made ready for slower steps.
    model = two_layers()
    model.get_layer("base").trainable = False
    model.compile(keras.optimizers.SGD(0.05), "mse")
    model.train_on_batch(readings, target)
    model.get_layer("base").trainable = True
    seen = six_batches(model)
    model.compile(keras.optimizers.SGD(0.005), "mse")
    return seen


show(A=program_a(), B=program_b(), C=program_c(), D=program_d(), E=program_e())

# %% nbgrader={"grade": false, "grade_id": "which-fit-fault", "locked": false, "schema_version": 3, "solution": true, "task": false}
### BEGIN SOLUTION
diagnoses = {
    "A": {"fault": "frozen-after-compile", "variables": ["base/kernel", "base/bias"]},
    "B": {"fault": "train-step-drops-gradients", "variables": ["base/kernel", "base/bias"]},
    "C": {"fault": "none", "variables": []},
    "D": {"fault": "missing-training-flag", "variables": ["norm/moving_mean", "norm/moving_variance"]},
    "E": {"fault": "recompiled-late", "variables": ["base/kernel", "base/bias"]},
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

# %% nbgrader={"grade": true, "grade_id": "which-fit-fault--form", "locked": true, "points": 0, "schema_version": 3, "solution": false, "task": false}
check("which-fit-fault", "form", diagnoses)

# %% nbgrader={"grade": true, "grade_id": "which-fit-fault--names", "locked": true, "points": 5, "schema_version": 3, "solution": false, "task": false}
# A hidden check stands here: are the faults and the variables right?
### BEGIN HIDDEN TESTS
check("which-fit-fault", "names", diagnoses)
### END HIDDEN TESTS

# %% [markdown]
# ## All six done?
#
# Save the notebook. `check_notebook("10-keras-fit")` then grades it, hidden checks included, and opens
# `solution(…)` for each problem that is solved.
#
# Next: [11 · Hunt several faults in one script](../../course/11-bug-hunt.ipynb).
# What is still open stands on the [start page](../../course/index.ipynb).
