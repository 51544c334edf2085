# %% [markdown]
# # 04 · Give every gradient to its own variable
#
# **Time:** 25 minutes to read and run, then about 75 minutes for the exercise.
#
# **You will be able to**
#
# - prove for every variable that it moves by its own gradient, and find the one that doesn't;
# - recognise eight faults: `reordered-pairs`, `truncated-pairs`, `incomplete-variable-list`, `exhausted-zip`,
#   `unzipped-gradients`, `gradients-not-applied`, `overwritten-update`, `trained-a-copy`;
# - tell *finite-but-unmoved* from *moved-but-wrong*, and both from the `None` of the chapters before.
#
# **You need** chapters 01 to 03. In this chapter the tape, the path and the registration are in order: every gradient is
# there, finite and right. What goes wrong comes after it, in one line:
#
# ```text
#   optimizer.apply_gradients(zip(gradients, variables))
#
#        gradients   g1   g2   g3   g4     zip pairs by position, and knows nothing else
#                     │    │    │    │
#        variables   v1   v2   v3   v4     the optimizer moves each v by the g of its pair
# ```
#
# Two words more. `zip` walks through lists side by side and hands out **pairs**. What it gives is an **iterator**: it
# can be walked through once, and is then empty.

# %%
import keras
import numpy as np
import tensorflow as tf

from autograder import chart, claim, observe, reveal, show

# Levels in four frequency bands: as a studio microphone shows them, and as a cheap one does. In the cheap one a band
# leaks into its neighbours, and loud levels are squashed. A network should translate cheap into studio.
studio = tf.random.stateless_normal((128, 4), seed=(4, 1))
leak = tf.eye(4) + 0.3 * tf.random.stateless_normal((4, 4), seed=(4, 2))
cheap = tf.math.tanh(studio @ leak) + 0.05 * tf.random.stateless_normal((128, 4), seed=(4, 3))


def new_model():
    """The same small translator every time, with the same starting weights."""
    keras.utils.set_random_seed(2)
    ear = keras.layers.Dense(6, activation="tanh", name="ear")
    encoder = keras.layers.Dense(6, activation="tanh", use_bias=False, name="encoder")
    decoder = keras.layers.Dense(6, activation="tanh", use_bias=False, name="decoder")
    return keras.Sequential([keras.Input((4,)), ear, encoder, decoder, keras.layers.Dense(4, name="voice")])


def mean_squared_error(y, prediction):
    return tf.reduce_mean(tf.square(y - prediction))


# %% [markdown]
# ## A step that runs
#
# Somebody wrote the layers into a list by hand, for a printout. Later the list came in handy for the gradients too.

# %%
model = new_model()
optimizer = keras.optimizers.SGD(0.1)
ear, encoder, decoder, voice = model.layers
variables = [v for layer in (ear, decoder, encoder, voice) for v in layer.trainable_variables]


def broken_step(x, y):
    with tf.GradientTape() as tape:
        loss = mean_squared_error(y, model(x))
    gradients = tape.gradient(loss, variables)
    optimizer.apply_gradients(zip(gradients, model.trainable_variables))
    return loss


# %% [markdown]
# The kernels of encoder and decoder are both 6×6. In the list they stand the wrong way round. So each of the two gets
# the gradient of the other, 60 times.
#
# **Before you run it:** what will you see?
#
# - **a**: an exception
# - **b**: no exception, and a loss that ends above where it began, or as NaN
# - **c**: no exception, and a loss that ends below where it began
#
# Write your letter in place of the question mark.

# %%
prediction = "?"

# %%
broken = observe(broken_step, [(cheap, studio)] * 60, model)
reveal(
    prediction,
    a=broken.error is not None,
    b=broken.error is None and not broken.losses[-1] < broken.losses[0],
    c=broken.error is None and broken.losses[-1] < broken.losses[0],
)

# %% [markdown]
# ## The symptom

# %%
show(broken=broken)

# %% [markdown]
# There is no symptom. Every variable is registered, every gradient is finite, every variable moves, and the loss falls.
# All the questions that you learned to ask so far have good answers.

# %%
claim(
    "with swapped pairs nothing raises, all gradients are finite, all variables move, and the loss falls",
    broken.error is None
    and all(set(v.gradients) == {"finite"} and v.moved for v in broken.variables)
    and broken.losses[-1] < 0.7 * broken.losses[0],
)

# %% [markdown]
# Four variables learn, two are pushed about, and the sum of it is a falling loss. This symptom is *moved-but-wrong*, and
# only one question finds it: **does each variable move by its own gradient?**

# %%
chart("moved wrongly")

# %% [markdown]
# ## The diagnosis, step by step
#
# First the slopes, without a tape. The network is four products of matrices, so NumPy can compute its loss, and each
# weight can be nudged up and down. Then, for each variable: whose slope explains its first movement?


# %%
def loss_of(weights):
    kernel, bias, encode, decode, head, offset = weights
    heard = np.tanh(np.tanh(np.tanh(cheap.numpy() @ kernel + bias) @ encode) @ decode)
    return np.mean((studio.numpy() - heard @ head - offset) ** 2)


def slopes(weights, nudge=1e-5):
    """The derivative of the loss by every entry of every array."""
    weights = [w.astype(np.float64) for w in weights]
    result = [np.zeros_like(w) for w in weights]
    for array, slope in zip(weights, result):
        for place in np.ndindex(array.shape):
            array[place] += nudge
            above = loss_of(weights)
            array[place] -= 2 * nudge
            slope[place] = (above - loss_of(weights)) / (2 * nudge)
            array[place] += nudge
    return result


def whose(run, rate=0.1):
    """Variable → the variable by whose gradient it moved in step 1, or "nothing", or "?"."""
    slope = dict(zip([v.name for v in run.variables], slopes([v.values[0] for v in run.variables])))
    answer = {}
    for variable in run.variables:
        moved = variable.values[1].astype(np.float64) - variable.values[0]
        answer[variable.name] = "?" if moved.any() else "nothing"
        for name, s in slope.items():
            if s.shape == moved.shape and np.linalg.norm(moved + rate * s) < 0.01 * np.linalg.norm(rate * s):
                answer[variable.name] = name
    return answer


movers = whose(broken)
for name, mover in movers.items():
    print(f"{name:15} moved by the gradient of {mover:15} {'' if mover == name else '← not its own'}")
claim(
    "encoder and decoder move by each other's gradient, the other four by their own",
    [name for name in movers if movers[name] != name] == ["encoder/kernel", "decoder/kernel"],
)

# %% [markdown]
# There it is: `reordered-pairs`. `zip` knows positions, no names. Two lists in different orders are two different
# lists, even if they hold the same variables.
#
# ## The repair
#
# **One list, used twice.** Its order doesn't matter, as long as it is the same in both places.
#
# `train` below does everything of a training step up to the gradients, and does it right. The last line is left to an
# `update` that you hand in: most of the steps that are still to come differ in this line only.


# %%
def train(update, steps=30, rate=0.1, left_out=0):
    """Train a new translator. `update(optimizer, gradients, variables)` ends each step."""
    model = new_model()
    optimizer = keras.optimizers.SGD(rate)
    variables = model.trainable_variables[left_out:]

    def step(x, y):
        with tf.GradientTape() as tape:
            loss = mean_squared_error(y, model(x))
        update(optimizer, tape.gradient(loss, variables), variables)
        return loss

    return observe(step, [(cheap, studio)] * steps, model)


def usual(optimizer, gradients, variables):
    optimizer.apply_gradients(zip(gradients, variables))


def unmoved(run, kind):
    """Names of the variables that got this kind of gradient in every step, and moved by exactly 0."""
    return [v.name for v in run.variables if not v.moved and set(v.gradients) == {kind}]


repaired = train(usual, steps=60)
show(broken=broken, repaired=repaired)

# %% [markdown]
# ## The proof

# %%
right = whose(repaired)
print(f"loss in step 60: swapped {broken.losses[-1]:.3f}, right {repaired.losses[-1]:.3f}")
claim(
    "in the repaired step each variable moves by −0.1 × its own slope, and the loss ends clearly lower",
    all(mover == name for name, mover in right.items()) and repaired.losses[-1] < 0.8 * broken.losses[-1],
)

# %% [markdown]
# Without the second run, who would know that the first curve is a bad one?
#
# ## The same fault, louder and quieter
#
# **Other shapes raise, in the middle of the update.** Here the last two gradients change places, those of a kernel and
# a bias.

# %%
model = new_model()
variables, start = model.trainable_variables, model.get_weights()
with tf.GradientTape() as tape:
    loss = mean_squared_error(studio, model(cheap))
gradients = tape.gradient(loss, variables)
try:
    keras.optimizers.SGD(0.1).apply_gradients(zip(gradients[:4] + [gradients[5], gradients[4]], variables))
except tf.errors.InvalidArgumentError as error:
    message = str(error)
print(message[message.find("Cannot") :])
moved = [(v.numpy() != before).any() for v, before in zip(variables, start)]
claim(
    "other shapes are refused, and the four pairs before them are applied",
    "Cannot update" in message and moved == [True] * 4 + [False] * 2,
)

# %% [markdown]
# The message names two shapes. It does not name the variable, and it does not say that the model has half an update
# behind it. Don't catch this error and go on.
#
# **Written by hand, a wrong shape may pass.** A Keras variable computes `v - update` and assigns the result, and the
# subtraction broadcasts: the gradient of a bias, shape (6,), fits a 6×6 kernel.

# %%
kernel, before = variables[2], variables[2].numpy()
kernel.assign_sub(0.1 * gradients[1])
each_row = np.allclose(before - kernel.numpy(), 0.1 * tf.stack([gradients[1]] * 6), atol=1e-6)
claim("a Keras kernel takes the gradient of a bias, once in each row, and says nothing", each_row)

# %% [markdown]
# ## No pairs at all: `unzipped-gradients`
#
# `apply_gradients` wants one sequence of (gradient, variable) pairs. Here are four other things that people hand
# over. (`observe` catches what a step raises, and keeps it as `error`.)

# %%
wrong_calls = {
    "apply_gradients(gradients, variables)": lambda o, g, v: o.apply_gradients(g, v),
    "apply_gradients(gradients)": lambda o, g, v: o.apply_gradients(g),
    "apply_gradients((gradients, variables))": lambda o, g, v: o.apply_gradients((g, v)),
    "apply_gradients(zip(variables, gradients))": lambda o, g, v: o.apply_gradients(zip(v, g)),
}
errors = [train(call, steps=1).error for call in wrong_calls.values()]
for text, error in zip(wrong_calls, errors):
    print(f"{text}\n    {error.type}: {error.message}")
claim("all four raise, with three types of error", len({error.type for error in errors}) == 3)

# %% [markdown]
# None of the messages says "zip". The first counts the optimizer itself as an argument. The last one, about
# `_unique_id`, says that a tensor stands where a variable should. The repair is the usual line, or `optimizer.apply`,
# which does take two lists: `optimizer.apply(gradients, variables)`. **The silent form** hides the message:


# %%
def shielded(optimizer, gradients, variables):
    try:
        optimizer.apply_gradients((gradients, variables))
    except (TypeError, ValueError):
        pass  # one bad batch must not stop the night's run


night = train(shielded)
claim(
    "behind a try, gradients are finite, no variable moves, and the loss is level",
    len(unmoved(night, "finite")) == 6 and len(set(night.losses)) == 1,
)

# %% [markdown]
# ## The zip was used up: `exhausted-zip`
#
# You want to look at the pairs before they are applied. So you count them.


# %%
def counting(optimizer, gradients, variables):
    pairs = zip(gradients, variables)
    print("pairs that I looked at:", len(list(pairs)))
    optimizer.apply_gradients(pairs)


counted = train(counting, steps=1).error
print(f"{counted.type}: {counted.message}")
no_variables = train(usual, left_out=6, steps=1).error
claim(
    "a used zip raises, and a list without variables raises with the same message",
    counted.message == no_variables.message == "not enough values to unpack (expected 2, got 0)",
)

# %% [markdown]
# So the message fits two faults. Tell them apart with `len(variables)`: 0 is a fault of registration, from chapter 03;
# 6 means that somebody walked through the zip before.
#
# **Before you run the next cell:** now only the *first* pair is looked at, with `next(pairs)`, in each step.
#
# - **a**: it raises as before
# - **b**: it runs, and no variable moves
# - **c**: it runs, and all variables but one move
# - **d**: it runs, and all variables move

# %%
prediction = "?"


# %%
def peek(optimizer, gradients, variables):
    pairs = zip(gradients, variables)
    first_gradient, _ = next(pairs)
    tf.debugging.assert_all_finite(first_gradient, "the first gradient is not finite")
    optimizer.apply_gradients(pairs)


peeking = train(peek)
stuck = unmoved(peeking, "finite")
reveal(
    prediction,
    a=peeking.error is not None,
    b=peeking.error is None and len(stuck) == 6,
    c=peeking.error is None and len(stuck) == 1,
    d=peeking.error is None and len(stuck) == 0,
)

# %%
show(peeking=peeking)

# %%
claim("the pair that was looked at is gone, and its variable never moves", stuck == ["ear/kernel"])

# %% [markdown]
# A finite gradient and a movement of exactly 0 in the same row: *finite-but-unmoved*. The loss falls with the others.
# `any(g is None for g, _ in pairs)`, a filter, a sum of norms: all of them walk. The repair is `pairs = list(zip(…))`,
# which can be walked through as often as you like.
#
# ## Cut off, or never listed: `truncated-pairs` and `incomplete-variable-list`
#
# Two more ways to a variable that moves by exactly 0. First a loop with a rate for each layer: four layers, four rates,
# and six variables. Then a list in which somebody forgot the first layer.

# %%
rates = [0.1, 0.1, 0.1, 0.1]  # one for each layer


def rate_by_rate(optimizer, gradients, variables):
    for gradient, variable, rate in zip(gradients, variables, rates):
        variable.assign_sub(rate * gradient)


truncated = train(rate_by_rate)
incomplete = train(usual, left_out=2)  # the list of variables begins behind those of the first layer
show(truncated=truncated, incomplete=incomplete)

# %%
claim(
    "cut off: finite gradients and a movement of exactly 0; left out: not asked and exactly 0; nobody warns",
    unmoved(truncated, "finite") == ["voice/kernel", "voice/bias"]
    and unmoved(incomplete, "not asked") == ["ear/kernel", "ear/bias"]
    and truncated.warnings == incomplete.warnings == (),
)

# %% [markdown]
# The column *gradient* tells the two apart. **finite** and moved 0: there was a gradient, and it was lost on the way to
# the variable. **not asked** and moved 0: no tape was asked for one. (Leaving a layer out on purpose is called freezing,
# and is no fault.)
#
# The repair is one list of all variables, and six rates for it. A guard against lists of different lengths is
# `strict=True`. It knows nothing of their order. And `optimizer.apply` has no such guard.

# %%
strict = train(lambda o, g, v: list(zip(g, v, rates, strict=True)), steps=1)
print(f"{strict.error.type}: {strict.error.message}")
cut_off = train(lambda o, g, v: o.apply(g[:4], v), steps=1)
claim(
    "strict=True raises when lengths differ; optimizer.apply cuts its two lists without a word",
    strict.error.type == "ValueError" and [v.moved for v in cut_off.variables] == [True] * 4 + [False] * 2,
)

# %% [markdown]
# ## Computed, and dropped: `gradients-not-applied`
#
# The step below should update once for every eight batches. The counter is made anew in each call.


# %%
counts = []


def every_eighth(optimizer, gradients, variables):
    seen = 0
    seen += 1
    if seen % 8 == 0:
        optimizer.apply_gradients(zip(gradients, variables))
    counts.append(int(optimizer.iterations))


never = train(every_eighth)
show(never_applied=never)

# %%
claim(
    "every gradient is finite, nothing moves, the loss is the same in each step, and the optimizer counts 0",
    len(unmoved(never, "finite")) == 6 and len(set(never.losses)) == 1 and counts[-1] == 0,
)

# %% [markdown]
# Computing a gradient changes nothing. A forgotten `apply_gradients`, a condition that is never true, new values that
# are computed and not assigned: all look like this. `optimizer.iterations` counts the updates; here it stays at 0, and
# that tells this fault from its look-alikes below. The repair: apply, in every step, or keep the counter outside.
#
# ## Applied, and undone: `overwritten-update`
#
# The factory has calibrated the last kernel. A helper puts the calibration back at the end of each step, "to be safe".

# %%
calibration = new_model().get_layer("voice").kernel.numpy()


def calibrated(optimizer, gradients, variables):
    optimizer.apply_gradients(zip(gradients, variables))
    variables[4].assign(calibration)
    counts.append(int(optimizer.iterations))


overwritten = train(calibrated)
show(overwritten=overwritten)

# %%
claim(
    "30 updates are made and undone: finite gradients, a movement of exactly 0, for this variable only",
    unmoved(overwritten, "finite") == ["voice/kernel"] and counts[-1] == 30,
)

# %% [markdown]
# In the table it looks like a truncated pair. But here the pair is complete, and the optimizer did its work. To tell
# them apart, read the variable once more, directly after `apply_gradients`. The repair is to drop the assignment, or to
# make it before the training. Assigning as such does no harm: further down, `assign_sub` replaces the optimizer.
#
# ## The wrong object: `trained-a-copy`
#
# "I train a copy, so that I can go back." Then the original is evaluated.

# %%
model = new_model()
student = keras.models.clone_model(model)
optimizer = keras.optimizers.SGD(0.1)


def student_step(x, y):
    with tf.GradientTape() as tape:
        loss = mean_squared_error(y, student(x))
    gradients = tape.gradient(loss, student.trainable_variables)
    optimizer.apply_gradients(zip(gradients, student.trainable_variables))
    return loss


of_the_model = observe(student_step, [(cheap, studio)] * 30, model)
show(what_happened_to_the_model=of_the_model)

# %%
claim(
    "the loss falls, and the model that you look at was never asked for a gradient and never moved",
    of_the_model.losses[-1] < of_the_model.losses[0] and len(unmoved(of_the_model, "not asked")) == 6,
)

# %%
fresh = keras.models.clone_model(model).get_weights()[0]
model.set_weights(student.get_weights())
handed_over = float(mean_squared_error(studio, model(cheap))) < of_the_model.losses[-1]
claim(
    "a clone starts with weights of its own; set_weights hands the learned ones over",
    handed_over and not np.allclose(fresh, new_model().get_weights()[0]),
)

# %% [markdown]
# A falling loss and *no row that moves*: the loss belongs to another object. The repair is to train the model itself, or
# to hand the weights over as above. The same fault: a function that builds its model anew at each call, a cell that
# makes the model and is run again after the training, and the arrays of `get_weights()`: they are copies.
#
# **The mirror image is a second name, taken for a copy.** Then the weight does move, and the "before" moves along.

# %%
kernel, array = model.get_layer("voice").kernel, model.get_weights()[4]
second_name, snapshot = kernel, kernel.numpy().copy()
array -= 0.1
unchanged = (kernel.numpy() == snapshot).all()
usual(keras.optimizers.SGD(0.1), gradients, model.trainable_variables)
by_name, by_copy = float(tf.norm(kernel - second_name)), float(tf.norm(kernel - snapshot))
print(f"moved, against its second name: {by_name}    against the copy: {by_copy:.4f}")
claim(
    "changing an array of get_weights() changes no weight; a second name moves along, a copy stays",
    unchanged and by_name == 0 and by_copy > 0.001,
)

# %% [markdown]
# ## Unusual, and right
#
# Before you suspect unusual code, ask it the question. All of these do what the usual line does.

# %%
unusual = {
    "optimizer.apply": lambda o, g, v: o.apply(g, v),
    "a list of tuples": lambda o, g, v: o.apply_gradients([(g[i], v[i]) for i in range(6)]),
    "assign_sub by hand": lambda o, g, v: [variable.assign_sub(0.1 * g[i]) for i, variable in enumerate(v)],
    "both lists backwards": lambda o, g, v: usual(o, g[::-1], v[::-1]),
    "two optimizers": lambda o, g, v: [
        usual(o, g[:3], v[:3]),
        usual(keras.optimizers.SGD(0.1), g[3:], v[3:]),
    ],
}
unusual = {name: train(update, steps=10) for name, update in unusual.items()}
for name, run in unusual.items():
    print(f"{name:20} loss in step 10: {run.losses[-1]:.6f}")
claim(
    "all five move each variable by its own gradient, and their losses are those of the repaired step",
    all(whose(run) == right and np.allclose(run.losses, repaired.losses[:10]) for run in unusual.values()),
)

# %% [markdown]
# ## Tempting repairs that repair nothing
#
# Back to the swapped pairs of the beginning. You may be tempted to add checks, or to turn the rate down.


# %%
def cautious(optimizer, gradients, variables):
    swapped = [gradients[i] for i in (0, 1, 3, 2, 4, 5)]
    pairs = list(zip(swapped, variables, strict=True))
    assert all(g is not None and g.shape == v.shape for g, v in pairs)
    optimizer.apply_gradients(pairs)


careful = train(cautious, rate=0.01)
claim(
    "strict=True, a check of shapes and a small rate see nothing; the two still move by each other's gradient",
    careful.error is None and whose(careful, 0.01) == movers,
)

# %% [markdown]
# ## What you may read elsewhere
#
# | You may read | Measured here |
# |---|---|
# | Gradients and variables that aren't zipped give a TypeError, or mix up silently if the lists are equally long. | **Half right.** Two lists raise a TypeError, whatever their lengths. What mixes up silently is a `zip` of two lists in different orders. The cure that is given, `zip`, is right, and not enough. |
# | Weights must be changed by the optimizer; to assign to them directly bypasses it, and training fails. | **Wrong.** `assign_sub` gave the same losses as SGD. What fails is an assignment that *undoes* the update, each time. |
# | `optimizer.minimize(loss, variables)` trains the variables in the list, and a variable that is left out stays as it is. | **Right on TensorFlow 2.15.** Keras 3 has no `minimize`. The second half holds with a tape as well. |

# %%
unequal = train(lambda o, g, v: o.apply_gradients(g[:3], v), steps=1).error
claim(
    "two lists of other lengths raise the same TypeError; an optimizer of Keras 3 has no minimize",
    unequal.message == errors[0].message and not hasattr(keras.optimizers.SGD(0.1), "minimize"),
)

# %% [markdown]
# ## Key points
#
# | gradient | moved | loss | look for |
# |---|---|---|---|
# | finite | 0, for all; the optimizer counted 0 | level | `gradients-not-applied`, or an error that was swallowed |
# | finite | 0, for some | falls | `truncated-pairs`, `exhausted-zip`, `overwritten-update` |
# | not asked | 0, for some | falls | `incomplete-variable-list` |
# | not asked | 0, for all | falls | `trained-a-copy` |
# | finite | yes, but not by its own gradient | may fall | `reordered-pairs` |
# | an exception in step 1 | 0 | — | `unzipped-gradients`, `exhausted-zip` |
#
# - A finite gradient is no update, a movement is not the right movement, and a falling loss proves neither.
# - One list of variables, used twice. `strict=True` guards its length, nothing guards its order.
# - A `zip` is walked through once. If you want to look at it, make it a list.
# - Train the object that you evaluate, and compare with copied numbers: `.numpy().copy()`.
# - The proof is for each variable: it moves by −rate × its own gradient.
#
# ## Now you
#
# The exercise is in [`exercises/04-gradient-pairing`](../exercises/04-gradient-pairing/04-gradient-pairing.ipynb):
# three steps to repair, one function in unfamiliar code, one step to build, and five programs to diagnose.
#
# After that: [05 · Replace a loss that has no slope](05-differentiable-losses.ipynb), or back to the [start page](index.ipynb).
