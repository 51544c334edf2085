# %% [markdown]
# # Assignment 03: Weights that nobody knows
#
# This assignment belongs to the lesson [03 · Make every weight a variable that is seen](../../course/03-variable-registration.ipynb).
# It has six problems and takes about an
# hour.
#
# Most cells hold a program that **runs** and does not learn as it should. Change only the cell below each task. Run the
# check under it as often as you like: it makes your model or runs your step on new random data each time, and tells
# you what it saw. Your score comes from these checks and from further ones that you do not see here.
#
# Stuck? `hint("star-scale", 1)` shows the first of three hints for a problem. Use your own problem's name, and 2 or
# 3 for more.

# %%
import keras
import numpy as np
import tensorflow as tf

from autograder import check, check_notebook, hint, observe, reset, show, solution

keras.utils.set_random_seed(1)

# %% [markdown]
# ## Problem 1: Stars that stay in their range (4 points)
#
# A model for film ratings. For a person and a film it predicts
#
# *stars = offset + scale · (the person's row of `tastes` · the film's row of `genres`)*
#
# where the last dot is the product of the two rows, summed up. Its weights start at values that are handed in:
# `tastes` and `genres` are tables (NumPy arrays, one row for each person or film), `scale` and `offset` are numbers.
# The model trains without a complaint, but its stars keep to the same narrow range.
#
# **Repair `RatingModel`.** `RatingModel(tastes, genres, scale, offset)` must give a model that starts at these values,
# and of which a training step on `model.trainable_variables` trains all: both tables, the scale and the offset, as the
# formula has them. `model(pairs)` takes whole numbers of shape (rows, 2), a person and a film in each row, and returns
# the stars with shape (rows,). Whoever makes two models gets two that do not share weights.


# %% nbgrader={"grade": false, "grade_id": "star-scale", "locked": false, "schema_version": 3, "solution": true, "task": false}
class RatingModel(keras.Model):
    """Predicts stars for rows of (person, film). All four parts start at the given values and are trained."""

    def __init__(self, tastes, genres, scale, offset):
        super().__init__()
        start = keras.initializers.Constant
        self.tastes = keras.layers.Embedding(*tastes.shape, embeddings_initializer=start(tastes))
        self.genres = keras.layers.Embedding(*genres.shape, embeddings_initializer=start(genres))
        ### BEGIN SOLUTION
        self.scale = self.add_weight(shape=(), initializer=start(scale), name="scale")
        self.offset = self.add_weight(shape=(), initializer=start(offset), name="offset")
        ### STUDENT VERSION
        # self.scale = tf.Variable(scale, name="scale", trainable=True)
        # self.offset = tf.constant(offset)
        ### END SOLUTION

    def call(self, pairs):
        liking = tf.reduce_sum(self.tastes(pairs[:, 0]) * self.genres(pairs[:, 1]), axis=1)
        return self.offset + self.scale * liking


# %% nbgrader={"grade": true, "grade_id": "star-scale--moves", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check("star-scale", "moves", RatingModel)

# %% nbgrader={"grade": true, "grade_id": "star-scale--update", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
# A hidden check stands here: are several steps right, for other starting values and for two models?
### BEGIN HIDDEN TESTS
check("star-scale", "update", RatingModel)
### END HIDDEN TESTS

# %% [markdown]
# ## Problem 2: Only the offset learns (4 points)
#
# `make_step` prepares the training of a model and returns the step. It is handed models like this one, which predict
# stars from four numbers about a film. They are fresh: **no data has gone through them yet**.

# %%
stars_from_facts = keras.Sequential(
    [keras.layers.Dense(5, activation="tanh", name="hidden"), keras.layers.Dense(1, name="output")]
)

# %% [markdown]
# The models of the check also have a weight of their own, `offset`, which is made with `add_weight` in the
# constructor. The loss falls a little, and then no more: only `offset` learns.
#
# **Repair `make_step`.** `make_step(model, optimizer)` returns a function `step(x, y)`. `x` has shape (rows, 4), `y`
# and the prediction have shape (rows, 1). Each call of `step` must make exactly one step of that optimizer, on the
# mean squared error, for **every trainable variable** of the model, and return that error as it was before the update.
# Several models may be prepared before the first step is made, each with its own optimizer; it has momentum.


# %% nbgrader={"grade": false, "grade_id": "late-list", "locked": false, "schema_version": 3, "solution": true, "task": false}
def make_step(model, optimizer):
    """Returns step(x, y), which makes one training step and returns the loss before the update."""
    ### BEGIN SOLUTION

    def step(x, y):
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(tf.square(y - model(x, training=True)))
        all_variables = model.trainable_variables
        gradients = tape.gradient(loss, all_variables)
        optimizer.apply_gradients(zip(gradients, all_variables))
        return loss

    ### STUDENT VERSION
    # variables = model.trainable_variables
    #
    # def step(x, y):
    #     with tf.GradientTape() as tape:
    #         loss = tf.reduce_mean(tf.square(y - model(x, training=True)))
    #     gradients = tape.gradient(loss, variables)
    #     if variables:
    #         optimizer.apply_gradients(zip(gradients, variables))
    #     return loss
    #
    ### END SOLUTION
    return step


# %% nbgrader={"grade": true, "grade_id": "late-list--moves", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check("late-list", "moves", make_step)

# %% nbgrader={"grade": true, "grade_id": "late-list--update", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
# A hidden check stands here: does every variable move exactly as it should, from the first step on?
### BEGIN HIDDEN TESTS
check("late-list", "update", make_step)
### END HIDDEN TESTS

# %% [markdown]
# ## Problem 3: A body that never thaws (4 points)
#
# A model with two layers, `body` and `head`, comes from another data set. The plan for training it on the new one: during
# the first `warm_up` batches train the head only, afterwards train both. Somebody wrote this. It runs, and the body
# comes out as it went in. (They tried to read the list again after the thaw. Then the optimizer raised "Unknown
# variable", and they went back.)
#
# **Repair `fine_tune`.** For each batch `(x, y)` in the list `batches` make exactly one step of plain gradient descent
# with learning rate `rate` on the mean squared error: in the first `warm_up` batches for the weights of the head alone,
# in all later ones, of which there is at least one, for the weights of both layers. Return a list with the loss of each
# batch before its update. At the end nothing in the model may be left frozen.


# %% nbgrader={"grade": false, "grade_id": "thaw", "locked": false, "schema_version": 3, "solution": true, "task": false}
def fine_tune(model, batches, warm_up, rate):
    """Train the head for `warm_up` batches, then everything. Returns the loss before each update."""
    ### BEGIN SOLUTION
    body, losses = model.get_layer("body"), []
    for i, (x, y) in enumerate(batches):
        body.trainable = i >= warm_up
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(tf.square(y - model(x)))
        to_train = model.trainable_variables
        for variable, gradient in zip(to_train, tape.gradient(loss, to_train)):
            variable.assign_sub(rate * gradient)
        losses.append(float(loss))
    body.trainable = True
    return losses
    ### STUDENT VERSION
    # body = model.get_layer("body")
    # body.trainable = False
    # variables = model.trainable_variables
    # optimizer = keras.optimizers.SGD(rate)
    # losses = []
    # for i, (x, y) in enumerate(batches):
    #     if i == warm_up:
    #         body.trainable = True
    #     with tf.GradientTape() as tape:
    #         loss = tf.reduce_mean(tf.square(y - model(x)))
    #     gradients = tape.gradient(loss, variables)
    #     optimizer.apply_gradients(zip(gradients, variables))
    #     losses.append(float(loss))
    # return losses
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "thaw--losses", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check("thaw", "losses", fine_tune)

# %% nbgrader={"grade": true, "grade_id": "thaw--update", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
# A hidden check stands here: do all weights end where they should?
### BEGIN HIDDEN TESTS
check("thaw", "update", fine_tune)
### END HIDDEN TESTS

# %% [markdown]
# ## Problem 4: A player that forgets what it learned (4 points)
#
# A music player guesses whether a song will be skipped: the probability is *sigmoid(song · weight + bias)*. The two
# parameters are `tf.Variable`s in a dict, and no Keras is involved. Other parts of the player hold the same two
# variables and use them. They never notice that anything was learned.
#
# **Repair `fit_skips`.** It must make `steps` steps of plain gradient descent with learning rate `rate` on the mean of
# the cross-entropy, changing the two variables that `parameters` holds, and return a list with the loss before each
# step. Afterwards the dict must hold the same two variables under the same names.


# %% nbgrader={"grade": false, "grade_id": "skipped-songs", "locked": false, "schema_version": 3, "solution": true, "task": false}
def fit_skips(parameters, songs, skipped, rate, steps):
    """Fit parameters["weight"] and parameters["bias"]. Returns the loss before each step."""
    losses = []
    for _ in range(steps):
        with tf.GradientTape() as tape:
            logit = tf.linalg.matvec(songs, parameters["weight"]) + parameters["bias"]
            loss = tf.reduce_mean(tf.nn.sigmoid_cross_entropy_with_logits(labels=skipped, logits=logit))
        gradients = tape.gradient(loss, parameters)
        ### BEGIN SOLUTION
        for name, gradient in gradients.items():
            parameters[name].assign_sub(rate * gradient)
        ### STUDENT VERSION
        # for name, gradient in gradients.items():
        #     if gradient is not None:
        #         parameters[name] = parameters[name] - rate * gradient
        ### END SOLUTION
        losses.append(float(loss))
    return losses


# %% nbgrader={"grade": true, "grade_id": "skipped-songs--losses", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check("skipped-songs", "losses", fit_skips)

# %% nbgrader={"grade": true, "grade_id": "skipped-songs--update", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
# A hidden check stands here: do the variables themselves end where they should?
### BEGIN HIDDEN TESTS
check("skipped-songs", "update", fit_skips)
### END HIDDEN TESTS

# %% [markdown]
# ## Problem 5: A model that starts from play counts (5 points)
#
# How many minutes a day will a song be played? The model adds two numbers: how popular the song is, and what a small
# network makes of three features of the listener. **Build it.** `SongModel(plays, kernels, biases)` must give a model
# with these weights, all of them trainable and none besides:
#
# - `popularity`: one number for each song. It starts at `plays`, a list of whole numbers, one for each song.
# - dense layers, one for each entry of `kernels` and `biases`, which are lists of NumPy arrays of the same length: the
#   starting values of kernel and bias of each layer. **The length differs from model to model** and is at least 1. All
#   layers but the last have `tanh`, the last has none and gives one number.
#
# `model([features, songs])` takes the listeners' features, shape (rows, 3), and the numbers of the songs, whole numbers
# of shape (rows,). It returns *popularity of the song + output of the last layer*, shape (rows,). A training step on
# `model.trainable_variables` must train all weights.
#
# What stands here is a sketch. It gives the right minutes for the starting values, and not one of its weights can learn.


# %% nbgrader={"grade": false, "grade_id": "play-counts", "locked": false, "schema_version": 3, "solution": true, "task": false}
class SongModel(keras.Model):
    """Minutes = popularity of the song + a network of the listener's features."""

    def __init__(self, plays, kernels, biases):
        super().__init__()
        ### BEGIN SOLUTION
        self.popularity = keras.Variable(plays, dtype="float32", name="popularity")
        self.network = [
            keras.layers.Dense(
                bias.size,
                activation="tanh" if i + 1 < len(kernels) else None,
                kernel_initializer=keras.initializers.Constant(kernel),
                bias_initializer=keras.initializers.Constant(bias),
            )
            for i, (kernel, bias) in enumerate(zip(kernels, biases))
        ]
        ### STUDENT VERSION
        # self.popularity = tf.Variable(plays, name="popularity")
        # self.weights_and_biases = list(zip(kernels, biases))
        ### END SOLUTION

    def call(self, inputs):
        value, songs = inputs
        ### BEGIN SOLUTION
        for layer in self.network:
            value = layer(value)
        return tf.gather(self.popularity, songs) + value[:, 0]
        ### STUDENT VERSION
        # for i, (kernel, bias) in enumerate(self.weights_and_biases):
        #     value = tf.matmul(value, tf.constant(kernel)) + bias
        #     if i + 1 < len(self.weights_and_biases):
        #         value = tf.tanh(value)
        # return tf.gather(tf.cast(self.popularity, tf.float32), songs) + value[:, 0]
        ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "play-counts--moves", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check("play-counts", "moves", SongModel)

# %% nbgrader={"grade": true, "grade_id": "play-counts--update", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
# A hidden check stands here: are models with other numbers of layers right, and are several steps?
### BEGIN HIDDEN TESTS
check("play-counts", "update", SongModel)
### END HIDDEN TESTS

# %% [markdown]
# ## Problem 6: Five programs, five diagnoses (5 points)
#
# The cell below trains five small programs for ten steps each and shows what happened to their variables. Read the
# code and the tables, then fill in the answer cell.
#
# For each program give **one** fault id, as text, and the names of **all variables that do not learn as they should**
# because of it, as they stand in the table. The ids to choose from are `not-a-variable`, `untracked-variable`,
# `frozen-variable`, `variables-read-before-build`, `rebound-variable`, `integer-variable`, and `none` for a program that
# does nothing wrong (with an empty list). A program counts when both its fault and its variables are right.

# %%
rng = np.random.default_rng(3)
seen = np.array([(person, film) for person in range(6) for film in range(5)])[rng.permutation(30)[:24]]
given = tf.constant(2.0 + 0.4 * seen[:, 0] - 0.3 * seen[:, 1] + rng.normal(0, 0.2, 24), tf.float32)
pairs = tf.constant(seen, tf.int32)


def squared_error(prediction):
    return tf.reduce_mean(tf.square(given - prediction))


def train(model, optimizer):
    def step():
        with tf.GradientTape() as tape:
            loss = squared_error(model(pairs))
        variables = model.trainable_variables
        optimizer.apply_gradients(zip(tape.gradient(loss, variables), variables))
        return loss

    model(pairs)
    return observe(step, [()] * 10, model)


class Taste(keras.Model):
    """Base of several programs: person and film, two tables."""

    def __init__(self):
        super().__init__(name="model")
        keras.utils.set_random_seed(5)
        self.people = keras.layers.Embedding(6, 2, "glorot_uniform", name="people")
        self.films = keras.layers.Embedding(5, 2, "glorot_uniform", name="films")

    def call(self, pairs):
        return tf.reduce_sum(self.people(pairs[:, 0]) * self.films(pairs[:, 1]), axis=1)


class Baseline:
    def __init__(self):
        self.mean = keras.Variable(0.0)
        self.per_film = keras.Variable(tf.zeros(5))


def program_a():
    class WithBaseline(Taste):
        def __init__(self):
            super().__init__()
            self.baseline = Baseline()

        def call(self, pairs):
            return super().call(pairs) + self.baseline.mean + tf.gather(self.baseline.per_film, pairs[:, 1])

    return train(WithBaseline(), keras.optimizers.SGD(0.1))


def program_b():
    model = Taste()
    model.films.trainable = False  # the first evening: the people only
    train(model, keras.optimizers.SGD(0.5))
    model.films.trainable = True  # from here on: both
    return train(model, keras.optimizers.SGD(0.5))


def program_c():
    module = tf.Module()
    module.mean, module.per_person = (
        tf.Variable(0.0, name="mean"),
        tf.Variable(tf.zeros(6), name="per_person"),
    )
    module.steps = tf.Variable(0, trainable=False, name="steps")

    def step():
        with tf.GradientTape() as tape:
            loss = squared_error(module.mean + tf.gather(module.per_person, pairs[:, 0]))
        for variable, gradient in zip(
            [module.mean, module.per_person], tape.gradient(loss, [module.mean, module.per_person])
        ):
            variable.assign_sub(0.3 * tf.convert_to_tensor(gradient))
        module.steps.assign_add(1)
        return loss

    return observe(step, [()] * 10, module)


def program_d():
    class WithCounts(Taste):
        def __init__(self):
            super().__init__()
            self.popularity = keras.Variable(np.bincount(seen[:, 1], minlength=5), name="popularity")
            self.average = keras.Variable(0.0, name="average")

        def call(self, pairs):
            popular = 0.1 * keras.ops.cast(self.popularity, "float32")
            return super().call(pairs) + self.average + tf.gather(popular, pairs[:, 1])

    return train(WithCounts(), keras.optimizers.SGD(0.1))


def program_e():
    model, optimizer = Taste(), keras.optimizers.SGD(0.1)
    model.average, model.slope = keras.Variable(1.0, name="average"), keras.Variable(0.0, name="slope")
    model(pairs)

    def step():
        with tf.GradientTape() as tape:
            fits = model(pairs) + model.average + model.slope * tf.cast(pairs[:, 0], tf.float32)
            loss = squared_error(fits)
        tables, numbers = [model.people.embeddings, model.films.embeddings], [model.average, model.slope]
        for_tables, for_numbers = tape.gradient(loss, (tables, numbers))
        optimizer.apply_gradients(zip(for_tables, tables))
        for number, gradient in zip(numbers, for_numbers):
            number -= 0.1 * gradient
        return loss

    return observe(step, [()] * 10, model)


show(A=program_a(), B=program_b(), C=program_c(), D=program_d(), E=program_e())

# %% nbgrader={"grade": false, "grade_id": "which-weights", "locked": false, "schema_version": 3, "solution": true, "task": false}
### BEGIN SOLUTION
diagnoses = {
    "A": {"fault": "untracked-variable", "variables": ["baseline.mean", "baseline.per_film"]},
    "B": {"fault": "frozen-variable", "variables": ["films/embeddings"]},
    "C": {"fault": "none", "variables": []},
    "D": {"fault": "integer-variable", "variables": ["popularity"]},
    "E": {"fault": "rebound-variable", "variables": ["average", "slope"]},
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

# %% nbgrader={"grade": true, "grade_id": "which-weights--form", "locked": true, "points": 0, "schema_version": 3, "solution": false, "task": false}
check("which-weights", "form", diagnoses)

# %% nbgrader={"grade": true, "grade_id": "which-weights--names", "locked": true, "points": 5, "schema_version": 3, "solution": false, "task": false}
# A hidden check stands here: are the faults and the variables right?
### BEGIN HIDDEN TESTS
check("which-weights", "names", diagnoses)
### END HIDDEN TESTS

# %% [markdown]
# ## All six done?
#
# Save the notebook. `check_notebook("03-variable-registration")` then grades it, hidden checks included, and opens
# `solution(…)` for each problem that is solved.
#
# Next: [04 · Give every gradient to its own variable](../../course/04-gradient-pairing.ipynb).
# What is still open stands on the [start page](../../course/index.ipynb).
