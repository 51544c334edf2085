# %% [markdown]
# # Assignment 04: To each variable its own gradient
#
# This assignment belongs to the lesson [04 · Give every gradient to its own variable](../../course/04-gradient-pairing.ipynb).
# It has six problems and takes about 75
# minutes.
#
# You work with a translator between two microphones. It hears the levels of four frequency bands from a cheap
# microphone and answers with the levels that a good microphone would have shown. The model has two layers, `encoder`
# and `decoder`, four units each. So the two kernels have the same shape, and the two biases as well: a gradient that
# goes astray finds a place where it fits.
#
# Most cells hold a program that **runs** and does not train what it should. Change only the cell below each task. Run
# the check under it as often as you like: it runs your code on new random data each time, and tells you what it saw.
# Your score comes from these checks and from further ones that you do not see here.
#
# Stuck? `hint("swapped-bands", 1)` shows the first of three hints for a problem. Use your own problem's name, and 2 or
# 3 for more.

# %%
import keras
import numpy as np
import tensorflow as tf

from autograder import check, check_notebook, hint, observe, reset, show, solution

keras.utils.set_random_seed(1)


def mean_squared_error(y, prediction):
    return tf.reduce_mean(tf.square(y - prediction))


# %% [markdown]
# ## Problem 1: A translator that unlearns (4 points)
#
# No message, no `None`: every gradient is finite and every weight moves. The translations get worse.
#
# **Repair `train_step`.** `model` is the translator, `x` and `y` are levels of the cheap and of the good microphone,
# both of shape (rows, 4). One call must make one step of the optimizer that it is given (any Keras optimizer), on all
# variables of the model, on the mean squared error between `y` and the model's output for `x`, and return that error
# as it was before the update.


# %% nbgrader={"grade": false, "grade_id": "swapped-bands", "locked": false, "schema_version": 3, "solution": true, "task": false}
def train_step(model, optimizer, x, y):
    """One training step on the mean squared error. Returns the loss before the update."""
    ### BEGIN SOLUTION
    variables = model.trainable_variables
    with tf.GradientTape() as tape:
        loss = mean_squared_error(y, model(x, training=True))
    gradients = tape.gradient(loss, variables)
    optimizer.apply_gradients(zip(gradients, variables, strict=True))
    return loss
    ### STUDENT VERSION
    # # Gradients run backwards, so the last layer comes first.
    # by_layer = [layer.trainable_variables for layer in reversed(model.layers)]
    # with tf.GradientTape() as tape:
    #     loss = mean_squared_error(y, model(x, training=True))
    # gradients = [g for layer in tape.gradient(loss, by_layer) for g in layer]
    # optimizer.apply_gradients(zip(gradients, model.trainable_variables))
    # return loss
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "swapped-bands--pairing", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check("swapped-bands", "pairing", train_step)

# %% nbgrader={"grade": true, "grade_id": "swapped-bands--update", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
# A hidden check stands here: is it the right step of other optimizers as well, and the right loss?
### BEGIN HIDDEN TESTS
check("swapped-bands", "update", train_step)
### END HIDDEN TESTS

# %% [markdown]
# ## Problem 2: Five variables, three rates (5 points)
#
# Here the output of the model is multiplied by one more number that should be learned, the variable `gain`: the
# translation of `x` is `gain * model(x)`. Encoder, decoder and gain each have a learning rate of their own: `rates` is
# a list of three numbers, in this order. Somebody wrote the update by hand, in a loop over a `zip`.
#
# **Repair `layered_step`.** One call must move each of the five variables (two of the encoder, two of the decoder,
# and `gain`) by −(rate of its part) × its gradient, where all gradients are those at the values before the call. The
# loss is the mean squared error between `y` and the translation. Return it as it was before the update. Leave the list
# `rates` as it is.


# %% nbgrader={"grade": false, "grade_id": "layer-rates", "locked": false, "schema_version": 3, "solution": true, "task": false}
def layered_step(model, gain, rates, x, y):
    """One step of gradient descent with a rate for each part. Returns the loss before the update."""
    ### BEGIN SOLUTION
    encoder, decoder = model.layers
    parts = [encoder.trainable_variables, decoder.trainable_variables, [gain]]
    with tf.GradientTape() as tape:
        loss = mean_squared_error(y, gain * model(x, training=True))
    for rate, variables, gradients in zip(rates, parts, tape.gradient(loss, parts), strict=True):
        for variable, gradient in zip(variables, gradients, strict=True):
            variable.assign_sub(rate * gradient)
    return loss
    ### STUDENT VERSION
    # variables = model.trainable_variables
    # with tf.GradientTape() as tape:
    #     loss = mean_squared_error(y, gain * model(x, training=True))
    # gradients = tape.gradient(loss, variables)
    # for rate, variable, gradient in zip(rates, variables, gradients):
    #     variable.assign_sub(rate * gradient)
    # return loss
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "layer-rates--reach", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check("layer-rates", "reach", layered_step)

# %% nbgrader={"grade": true, "grade_id": "layer-rates--update", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
# A hidden check stands here: does each variable move with its own rate, and is the loss right?
### BEGIN HIDDEN TESTS
check("layer-rates", "update", layered_step)
### END HIDDEN TESTS

# %% [markdown]
# ## Problem 3: Two optimizers, and only one plays (5 points)
#
# `encoder` and `decoder` are the two layers; the translation of `x` is `decoder(encoder(x))`. Each layer has an
# optimizer of its own. To protect a loudspeaker, no entry of the decoder's kernel may be greater than `limit` or less
# than `-limit` after a step. The loss falls a little, and the decoder never moves. Repair one thing, and there is still
# something in the decoder that doesn't move.
#
# **Repair `duet_step`.** One call must
#
# 1. make one step of `encoder_optimizer` on the encoder's two variables and one step of `decoder_optimizer` on the
#    decoder's two, on the mean squared error, with all gradients taken at the weights before the call;
# 2. then clip `decoder.kernel`, and nothing else, to the range from `-limit` to `limit`;
# 3. return the error as it was before the update.


# %% nbgrader={"grade": false, "grade_id": "duet-step", "locked": false, "schema_version": 3, "solution": true, "task": false}
def duet_step(encoder, decoder, encoder_optimizer, decoder_optimizer, x, y, limit):
    """One step of both optimizers, then the limit for the decoder's kernel. Returns the loss before."""
    ### BEGIN SOLUTION
    players = [(encoder_optimizer, encoder), (decoder_optimizer, decoder)]
    variables = [layer.trainable_variables for _, layer in players]
    with tf.GradientTape() as tape:
        loss = mean_squared_error(y, decoder(encoder(x)))
    gradients = tape.gradient(loss, variables)
    for (optimizer, _), own, theirs in zip(players, gradients, variables, strict=True):
        optimizer.apply_gradients(zip(own, theirs, strict=True))
    decoder.kernel.assign(tf.clip_by_value(decoder.kernel, -limit, limit))
    return loss
    ### STUDENT VERSION
    # limited = tf.clip_by_value(decoder.kernel, -limit, limit)
    # variables = encoder.trainable_variables + decoder.trainable_variables
    # with tf.GradientTape() as tape:
    #     loss = mean_squared_error(y, decoder(encoder(x)))
    # pairs = zip(tape.gradient(loss, variables), variables)
    #
    # ours = {id(v) for v in encoder.trainable_variables}
    # for_encoder = [(g, v) for g, v in pairs if id(v) in ours]
    # for_decoder = [(g, v) for g, v in pairs if id(v) not in ours]
    # encoder_optimizer.apply_gradients(for_encoder)
    # if for_decoder:  # without this line it raised "not enough values to unpack"
    #     decoder_optimizer.apply_gradients(for_decoder)
    # decoder.kernel.assign(limited)
    # return loss
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "duet-step--moves", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check("duet-step", "moves", duet_step)

# %% nbgrader={"grade": true, "grade_id": "duet-step--update", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
# A hidden check stands here: is it the right step of both optimizers, and then the limit?
### BEGIN HIDDEN TESTS
check("duet-step", "update", duet_step)
### END HIDDEN TESTS

# %% [markdown]
# ## Problem 4: The best weights, lost (4 points)
#
# Some recordings are spoilt: a plug was the wrong way round, or a level was turned down. So this function looks at
# check data after each batch, remembers the best weights, and hands them over at the end. It doesn't crash. But the
# model that comes out translates hardly better than before.
#
# **Repair `train_keeping_best`.** `batches` is a list of pairs `(x, y)`. One call must
#
# 1. make one step of the given optimizer on the mean squared error of each batch, in order, starting from the weights
#    that `model` has when the function is called;
# 2. after each of these steps compute the mean squared error on the check data, `x_check` and `y_check`;
# 3. at the end leave `model`, the object that was given, with the weights that it had after the step with the smallest
#    check error;
# 4. return the list of check errors, one for each batch.
#
# The optimizer is new when the function is called and isn't used again afterwards.


# %% nbgrader={"grade": false, "grade_id": "best-weights", "locked": false, "schema_version": 3, "solution": true, "task": false}
def train_keeping_best(model, optimizer, batches, x_check, y_check):
    """Train on each batch once, end with the best weights. Returns the check error after each batch."""
    ### BEGIN SOLUTION
    best, checks = model.get_weights(), []
    for x, y in batches:
        with tf.GradientTape() as tape:
            loss = mean_squared_error(y, model(x, training=True))
        gradients = tape.gradient(loss, model.trainable_variables)
        optimizer.apply_gradients(zip(gradients, model.trainable_variables, strict=True))
        error = float(mean_squared_error(y_check, model(x_check)))
        if not checks or error < min(checks):
            best = model.get_weights()  # copies: they stay as they are
        checks.append(error)
    model.set_weights(best)
    return checks
    ### STUDENT VERSION
    # student = keras.models.clone_model(model)  # leave the model alone until we know what is best
    # best, checks = model.variables, []
    # for x, y in batches:
    #     with tf.GradientTape() as tape:
    #         loss = mean_squared_error(y, student(x, training=True))
    #     gradients = tape.gradient(loss, student.trainable_variables)
    #     optimizer.apply_gradients(zip(gradients, student.trainable_variables))
    #     error = float(mean_squared_error(y_check, student(x_check)))
    #     if not checks or error < min(checks):
    #         best = student.variables
    #     checks.append(error)
    # for variable, value in zip(model.variables, best):
    #     variable.assign(value)
    # return checks
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "best-weights--checks", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check("best-weights", "checks", train_keeping_best)

# %% nbgrader={"grade": true, "grade_id": "best-weights--kept", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
# A hidden check stands here: which weights does the model hold in the end?
### BEGIN HIDDEN TESTS
check("best-weights", "kept", train_keeping_best)
### END HIDDEN TESTS

# %% [markdown]
# ## Problem 5: One step from a batch in parts (4 points)
#
# A batch that is too large for memory comes in parts. `parts` is a list of pairs `(x, y)`, and the parts have different
# numbers of rows.
#
# **Write `step_in_parts`.** One call must make *one* step of the optimizer that it is given (any Keras optimizer), on
# the mean squared error over all rows of all parts: each row counts the same, whatever part it came in. It must return
# that error as it was before the update. What stands here is a first try. It computes gradients, hides a message and
# trains nothing.


# %% nbgrader={"grade": false, "grade_id": "in-parts", "locked": false, "schema_version": 3, "solution": true, "task": false}
def step_in_parts(model, optimizer, parts):
    """One optimizer step on the mean squared error over all parts. Returns that error before the update."""
    ### BEGIN SOLUTION
    variables = model.trainable_variables
    rows = sum(x.shape[0] for x, _ in parts)
    total = [tf.zeros_like(v) for v in variables]
    error = 0.0
    for x, y in parts:
        with tf.GradientTape() as tape:
            loss = mean_squared_error(y, model(x, training=True)) * (x.shape[0] / rows)
        total = [t + g for t, g in zip(total, tape.gradient(loss, variables), strict=True)]
        error += float(loss)
    optimizer.apply_gradients(zip(total, variables, strict=True))
    return error
    ### STUDENT VERSION
    # variables = model.trainable_variables
    # for x, y in parts:
    #     with tf.GradientTape() as tape:
    #         loss = mean_squared_error(y, model(x, training=True))
    #     gradients = tape.gradient(loss, variables)
    #     try:
    #         optimizer.apply_gradients(gradients, variables)
    #     except TypeError:
    #         pass  # some parts are too small, it seems
    # return loss
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "in-parts--moves", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check("in-parts", "moves", step_in_parts)

# %% nbgrader={"grade": true, "grade_id": "in-parts--update", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
# A hidden check stands here: is it the one right step for all rows?
### BEGIN HIDDEN TESTS
check("in-parts", "update", step_in_parts)
### END HIDDEN TESTS

# %% [markdown]
# ## Problem 6: Five programs, five diagnoses (5 points)
#
# The cell below runs five programs for ten steps each and shows what happened to the variables of `model`. **Each of
# them is meant to train all four variables of `model` by plain gradient descent on the mean squared error.** Read the
# code and the tables, then fill in the answer cell.
#
# For each program give **one** fault id, as text, and the names of **all variables that do not learn as they should**
# because of it, as they stand in the table. If two ids seem to fit, take the one that names the line that you would
# change. The ids to choose from are `gradients-not-applied`, `unzipped-gradients`, `reordered-pairs`,
# `truncated-pairs`, `exhausted-zip`, `incomplete-variable-list`, `overwritten-update`, `trained-a-copy`, and `none` for
# a program that does nothing wrong (with an empty list). One of the programs only looks suspicious. A program counts
# when both its fault and its variables are right.

# %%
good = 0.5 + tf.random.stateless_normal((64, 4), seed=(4, 1))
cheap = tf.math.tanh(good @ (tf.eye(4) + 0.3 * tf.random.stateless_normal((4, 4), seed=(4, 2))))


def translator():
    keras.utils.set_random_seed(4)
    model = keras.Sequential(
        [
            keras.Input((4,)),
            keras.layers.Dense(4, "tanh", name="encoder"),
            keras.layers.Dense(4, name="decoder"),
        ]
    )
    return model, keras.optimizers.SGD(0.1)


def program_a():
    model, optimizer = translator()

    def step(x, y):
        with tf.GradientTape() as tape:
            loss = mean_squared_error(y, model(x))
        pairs = zip(tape.gradient(loss, model.trainable_variables), model.trainable_variables)
        gradient, variable = next(pairs)
        if not np.all(np.isfinite(gradient)):
            raise ValueError(f"{variable.path} has a gradient that is not finite")
        optimizer.apply_gradients(pairs)
        return loss

    return observe(step, [(cheap, good)] * 10, model)


def program_b():
    model, optimizer = translator()
    skipped = []

    def step(x, y):
        variables = model.trainable_variables
        with tf.GradientTape() as tape:
            loss = mean_squared_error(y, model(x))
        gradients = tape.gradient(loss, variables)
        try:
            optimizer.apply_gradients((gradients, variables))
        except (TypeError, ValueError) as error:
            skipped.append(error)  # a bad batch must not stop the night's run
        return loss

    return observe(step, [(cheap, good)] * 10, model)


def program_c():
    model, optimizer = translator()
    variables = model.trainable_variables[::-1]
    before = [v.numpy() for v in variables]

    def step(x, y):
        with tf.GradientTape() as tape:
            loss = mean_squared_error(y, model(x))
        for gradient, variable, start in zip(tape.gradient(loss, variables), variables, before):
            variable.assign_sub(0.1 * gradient)
            if not np.all(np.isfinite(variable.numpy())):
                variable.assign(start)
        return loss

    return observe(step, [(cheap, good)] * 10, model)


def program_d():
    model, optimizer = translator()
    encoder, decoder = model.layers
    asked = [encoder.kernel, decoder.kernel, encoder.bias, decoder.bias]
    given = [encoder.kernel, decoder.kernel, decoder.bias, encoder.bias]

    def step(x, y):
        with tf.GradientTape() as tape:
            loss = mean_squared_error(y, model(x))
        optimizer.apply_gradients(zip(tape.gradient(loss, asked), given, strict=True))
        return loss

    return observe(step, [(cheap, good)] * 10, model)


def program_e():
    model, optimizer = translator()
    network = keras.models.clone_model(model)
    network.set_weights(model.get_weights())

    def step(x, y):
        with tf.GradientTape() as tape:
            loss = mean_squared_error(y, network(x))
        gradients = tape.gradient(loss, network.trainable_variables)
        optimizer.apply_gradients(zip(gradients, network.trainable_variables))
        return loss

    return observe(step, [(cheap, good)] * 10, model)


show(A=program_a(), B=program_b(), C=program_c(), D=program_d(), E=program_e())

# %% nbgrader={"grade": false, "grade_id": "which-pairing", "locked": false, "schema_version": 3, "solution": true, "task": false}
### BEGIN SOLUTION
everything = ["encoder/kernel", "encoder/bias", "decoder/kernel", "decoder/bias"]
diagnoses = {
    "A": {"fault": "exhausted-zip", "variables": ["encoder/kernel"]},
    "B": {"fault": "unzipped-gradients", "variables": everything},
    "C": {"fault": "none", "variables": []},
    "D": {"fault": "reordered-pairs", "variables": ["encoder/bias", "decoder/bias"]},
    "E": {"fault": "trained-a-copy", "variables": everything},
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

# %% nbgrader={"grade": true, "grade_id": "which-pairing--form", "locked": true, "points": 0, "schema_version": 3, "solution": false, "task": false}
check("which-pairing", "form", diagnoses)

# %% nbgrader={"grade": true, "grade_id": "which-pairing--names", "locked": true, "points": 5, "schema_version": 3, "solution": false, "task": false}
# A hidden check stands here: are the faults and the variables right?
### BEGIN HIDDEN TESTS
check("which-pairing", "names", diagnoses)
### END HIDDEN TESTS

# %% [markdown]
# ## All six done?
#
# Save the notebook. `check_notebook("04-gradient-pairing")` then grades it, hidden checks included, and opens
# `solution(…)` for each problem that is solved.
#
# Next: [05 · Replace a loss that has no slope](../../course/05-differentiable-losses.ipynb).
# What is still open stands on the [start page](../../course/index.ipynb).
