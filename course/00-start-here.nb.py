# %% [markdown]
# # 00 · What one training step does
#
# **Time:** 15 minutes to read and run. This chapter has no exercise; the first one belongs to chapter 01.
#
# **You will be able to**
#
# - say what one training step does to each variable, station by station;
# - read the table and the picture that this course shows of a step;
# - tell six symptoms apart that all look like "it does not learn", and say where each one leads.
#
# **You need** to have trained a Keras model with `fit`. Nothing else. Words that are new are explained where they
# first appear, and once more in the [glossary](glossary.md).
#
# ## The two sentences that this course is about
#
# A model that does not learn rarely says so. Its weights stay where they are, or move in a wrong way, and the
# program runs to its end. Whoever looks only at the loss finds out days later. You will look at the **variables**
# instead: one step, one variable at a time.

# %%
import keras
import numpy as np
import tensorflow as tf

from autograder import chart, claim, diagnose, draw_path, observe, reveal, show

keras.utils.set_random_seed(3)

# A bakery: temperature, weekday and advance orders of 96 days (scaled), and the loaves that were sold (in hundreds).
days = tf.random.stateless_normal((96, 3), seed=(3, 1))
loaves = 1.5 + tf.math.tanh(days[:, 2:]) - 0.6 * days[:, :1] + 0.3 * days[:, 1:2]


def new_model():
    """The same small network every time, with the same starting weights."""
    keras.utils.set_random_seed(4)
    hidden = keras.layers.Dense(6, activation="tanh", name="hidden")
    output = keras.layers.Dense(1, name="output")
    return keras.Sequential([keras.Input((3,)), hidden, output])


# %% [markdown]
# ## One training step, station by station
#
# `fit` repeats one thing many times: a **training step**. A step has five stations. Here they are, one by one, on a
# fresh model.
#
# **Station 1, the forward pass.** The model computes a **prediction** from the data, and the **loss**: one number
# that is small when the prediction is good. The **weights** of the model are **variables**: tensors that can be
# changed in place. The dense layers of this model have four, two kernels and two biases.
#
# **Station 2, the tape.** `tf.GradientTape` records the operations of the forward pass while its `with` block is open.

# %%
model = new_model()
optimizer = keras.optimizers.SGD(learning_rate=0.1)

with tf.GradientTape() as tape:
    prediction = model(days)
    loss = tf.reduce_mean(tf.square(loaves - prediction))

print("variables:", [variable.path for variable in model.trainable_variables])
print("loss:     ", float(loss))
claim("the model has four trainable variables", len(model.trainable_variables) == 4)

# %% [markdown]
# **Station 3, the gradient.** The tape is walked backwards, from the loss to each variable. What comes out is the
# **gradient**: one number for each entry of the variable, which says how much the loss changes when that entry does.

# %%
gradients = tape.gradient(loss, model.trainable_variables)
for variable, gradient in zip(model.trainable_variables, gradients):
    print(
        f"{variable.path:<26} shape {tuple(variable.shape)!s:<7} norm of the gradient {tf.norm(gradient):.3f}"
    )

claim(
    "each gradient has the shape of its variable",
    all(g.shape == v.shape for g, v in zip(gradients, model.trainable_variables)),
)

# %% [markdown]
# The **norm** of a gradient is its length, one number for the whole variable: the square root of the sum of the
# squares of its entries. It says whether there is much or little to be learned here, and nothing about where to go.
#
# **Station 4, the pairs.** Each gradient is put together with its own variable. **Station 5, the update.** The
# **optimizer** takes the pairs and changes the variables. For plain gradient descent (`SGD`) it is one line of
# arithmetic: new value = old value − learning rate × gradient.

# %%
before = [variable.numpy().copy() for variable in model.trainable_variables]
pairs = zip(gradients, model.trainable_variables)
optimizer.apply_gradients(pairs)
moved = [variable.numpy() - old for variable, old in zip(model.trainable_variables, before)]

claim(
    "every variable moved by −0.1 × its gradient",
    all(np.allclose(m, -0.1 * g, rtol=1e-4, atol=1e-6) for m, g in zip(moved, gradients)),
)

# %% [markdown]
# That is all. Each station can fail, and most failures are silent:
#
# ```text
#   data ─▶ 1 forward ─▶ 2 tape ─▶ 3 gradient ─▶ 4 pairs ─▶ 5 update ─▶ the variable has moved
#             │             │           │             │           │
#             │             │           │             │           └ rate 0, clipped away, lost state   (07)
#             │             │           │             └ wrong variable, too few pairs, none            (04)
#             │             │           └ None, 0, NaN, tiny, huge                                     (02, 05, 08)
#             │             └ recorded too little                                                      (01)
#             └ a weight that nobody registered                                                        (03)
# ```
#
# ## A step that runs
#
# Somebody wants to train the whole network and writes this. It runs without a warning.

# %%
model = new_model()
optimizer = keras.optimizers.SGD(0.1)
output_layer = model.get_layer("output")


def broken_step(x, y):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(y - model(x)))
    weights = output_layer.trainable_variables
    optimizer.apply_gradients(zip(tape.gradient(loss, weights), weights))
    return loss


# %% [markdown]
# **Before you run it:** the step is called 40 times. What will you see?
#
# - **a**: the loss falls, although a part of the network never learns
# - **b**: the loss stays where it is
# - **c**: the step raises an exception, because a part of the network is left out
#
# Write your letter in place of the question mark. A guess is as good as knowledge here: what you have said once, you
# will remember.

# %%
prediction = "?"

# %%
broken = observe(broken_step, [(days, loaves)] * 40, model)
stuck = [variable.name for variable in broken.variables if not variable.moved]

reveal(
    prediction,
    a=broken.error is None and broken.losses[-1] < 0.9 * broken.losses[0] and bool(stuck),
    b=broken.error is None and abs(broken.losses[-1] - broken.losses[0]) < 1e-3,
    c=broken.error is not None,
)

# %% [markdown]
# ## Reading the picture and the table
#
# `observe` runs a step and listens. `show` draws what it saw: on the left the loss, in the middle the norm of each
# gradient, on the right how far each variable is from where it started. The same stands below as a table.

# %%
show(broken)

# %% [markdown]
# Ask of each row, from left to right:
#
# | Column | Question | If not |
# |---|---|---|
# | registered | Does the model know this variable? | chapter 03 |
# | gradient | What did the tape answer: `None`, zero, NaN, or a finite number? "—" means that nobody asked. | chapters 01, 02, 04, 05, 08 |
# | gradient norm | Is it of a sound size, and does it change from step to step? | chapter 08 |
# | moved by | Did the variable change at all? | chapters 04, 07, 09, 10 |
#
# Here the two rows of `hidden` are registered, nobody asked for their gradient, and they never moved. The loss fell
# all the same: the last layer does what it can with the random features that the first one gives it.

# %%
claim(
    "the loss falls, and the hidden layer never moves",
    broken.losses[-1] < 0.9 * broken.losses[0] and stuck == ["hidden/kernel", "hidden/bias"],
)

# %% [markdown]
# ## Asking for a diagnosis
#
# `diagnose` watches a step in the same way and names the fault, if it knows it: what it saw, why that is so, what to
# try, and the chapter to read. It works on any code of yours, also from the command line: `autograder diagnose
# train.py`.

# %%
model = new_model()
optimizer = keras.optimizers.SGD(0.1)
output_layer = model.get_layer("output")
diagnosis = diagnose(broken_step, days, loaves, steps=10)
claim(
    "the fault is named: incomplete-variable-list",
    [f.fault for f in diagnosis.findings] == ["incomplete-variable-list"],
)

# %%
diagnosis

# %% [markdown]
# ## The repair, and its proof
#
# All variables get a gradient and a pair.

# %%
model = new_model()
optimizer = keras.optimizers.SGD(0.1)


def repaired_step(x, y):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(y - model(x)))
    weights = model.trainable_variables
    optimizer.apply_gradients(zip(tape.gradient(loss, weights), weights))
    return loss


repaired = observe(repaired_step, [(days, loaves)] * 40, model)
show(broken=broken, repaired=repaired)

# %% [markdown]
# Two things make a proof. The loss is lower than before, and **every** variable moves as the rule says. For the second
# one, the gradient must not come from the step that is on trial. Here it comes from nudging a weight and looking at
# the loss, without any tape.

# %%
model = new_model()
kernel = model.get_layer("hidden").kernel


def loss_with(value):
    """The loss when the entry [0, 0] of the hidden kernel has this value. The kernel is put back afterwards."""
    start = kernel.numpy()
    changed = start.copy()
    changed[0, 0] = value
    kernel.assign(changed)
    loss = float(tf.reduce_mean(tf.square(loaves - model(days))))
    kernel.assign(start)
    return loss


entry = float(kernel.numpy()[0, 0])
slope = (loss_with(entry + 0.01) - loss_with(entry - 0.01)) / 0.02
values = repaired.variable("hidden/kernel").values
claim(
    "the first update of this weight is −0.1 × its slope",
    abs((values[1] - values[0])[0, 0] + 0.1 * slope) < 0.02 * abs(0.1 * slope),
)

# %%
claim("with all four variables the loss ends lower", repaired.losses[-1] < 0.9 * broken.losses[-1])

# %% [markdown]
# ## Six symptoms that are not the same
#
# "My model doesn't learn" is six different observations. Each has its own causes, and a cure for one does nothing
# for another. Here they are, side by side, as small as possible: one weight, one loss, one question to the tape.

# %%
weight = tf.Variable(1.0)
data = tf.constant([0.5, 1.0, 2.0])


def gradient_of(loss_function):
    """What the tape answers for the one weight."""
    with tf.GradientTape() as tape:
        loss = loss_function()
    return tape.gradient(loss, weight)


none = gradient_of(lambda: tf.reduce_sum(tf.round(weight * data)))
zero = gradient_of(lambda: tf.reduce_sum(tf.clip_by_value(weight * data + 10.0, 0.0, 1.0)))
nan = gradient_of(lambda: tf.reduce_sum(tf.math.log(weight - 1.0) * (weight - 1.0)))
tiny = gradient_of(lambda: tf.reduce_sum(tf.sigmoid(weight * data + 15.0)))
finite = gradient_of(lambda: tf.reduce_sum(tf.square(weight * data)))

for name, gradient in {"None": none, "zero": zero, "NaN": nan, "tiny": tiny, "finite": finite}.items():
    print(f"{name:<7} {'None' if gradient is None else f'{float(gradient):.3g}'}")

# %%
claim("rounding has no derivative: the tape answers None", none is None)

# %%
claim("a clip that clips everything has the derivative 0", float(zero) == 0.0)

# %%
claim("a path through log(0) gives NaN", bool(tf.math.is_nan(nan)))

# %%
claim("a saturated sigmoid gives a tiny gradient, which is neither None nor 0", 0 < float(tiny) < 1e-4)

# %% [markdown]
# The last two symptoms come with a healthy gradient. A gradient can be **finite while the variable does not move**,
# because it never arrives. And a variable can **move while nothing is learned**, because it follows the wrong thing.

# %%
weight.assign(1.0)
tf.keras.optimizers.SGD(learning_rate=0.0).apply_gradients([(finite, weight)])
unmoved = float(weight)

tf.keras.optimizers.SGD(learning_rate=0.1).apply_gradients([(-finite, weight)])
climbed = float(weight)
print(f"rate 0: the weight is {unmoved};  wrong sign: the weight is {climbed}, farther from the best value 0")

claim("with a finite gradient and a rate of 0 the weight stays exactly where it is", unmoved == 1.0)

# %%
claim("with the sign turned round the weight moves, away from the minimum", climbed > 1.0)

# %% [markdown]
# Keep these apart: **None ≠ zero ≠ tiny ≠ NaN ≠ finite but unmoved ≠ moved but not learning.** The whole course is
# ordered by this list, and so is the chart below.
#
# ## The chart
#
# Start at the top with the variable that worries you. Every later chapter comes back to this chart. It is also a
# file to print, on one page: [decision chart](images/decision-chart.svg).

# %%
chart()

# %% [markdown]
# In the example above you would have gone: no exception; every weight is in the table; the gradient was *not asked
# for*. That leads to chapter 04, and that is where this fault is taught.
#
# ## Drawing the path
#
# For `None` there is one more tool. `draw_path` runs a step once and draws, line by line, what the tape recorded, how
# the gradient came back, and where its way ended. Here is a step that rounds in the middle.

# %%
model = new_model()
hidden, output = model.layers


def rounding_step(x, y):
    with tf.GradientTape() as tape:
        features = hidden(x)
        tidy = tf.round(10.0 * features) / 10.0
        loss = tf.reduce_mean(tf.square(y - output(tidy)))
    return tape.gradient(loss, model.trainable_variables)


draw_path(rounding_step, days, loaves)

# %%
answers = rounding_step(days, loaves)
claim(
    "below the rounding there is no gradient, above it there is",
    answers[0] is None and answers[1] is None and answers[2] is not None and answers[3] is not None,
)

# %% [markdown]
# ## The tools, once more
#
# | Tool | What it does |
# |---|---|
# | `observe(step, batches, model)` | runs a step on some batches and notes what happens to each variable |
# | `show(run)`, `show(broken=…, repaired=…)` | draws one run, or several side by side |
# | `draw_path(step, …)` | draws where the gradient comes through, and where its way ends |
# | `diagnose(step, …)` | names the fault |
# | `chart("none")` | shows the chart, with a mark where you are |
# | `claim(statement, holds)` | states something about TensorFlow that was just measured; an untrue claim raises |
# | `reveal(prediction, …)` | compares what you predicted with what happened |
# | `check(…)`, `hint("problem", 1)` | in the exercises: check your repair, and ask for a hint |
# | `check_notebook("01-tape-scope")`, `progress()` | grade all of a saved exercise, hidden tests included; see what is next |
#
# ## What you may read elsewhere
#
# | You may read | Measured here |
# |---|---|
# | These bugs show as a stagnant loss, NaN values or no learning. | **Half right.** The loss of the broken step fell from its first step to its last. And many of these bugs are loud: they raise in the first step, with a message that names another place. |
# | If the loss falls, the model learns. | **Wrong.** A part of it does. |
# | The gradient of an operation that cannot be differentiated is typically zero. | **Wrong.** For rounding it is `None`, which is another symptom with another cure. |
#
# The loud form of the second station, measured: with nothing recorded, the first step raises.

# %%
model = new_model()
early = model(days)
with tf.GradientTape() as tape:
    loss = tf.reduce_mean(tf.square(loaves - early))
try:
    keras.optimizers.SGD(0.1).apply_gradients(
        zip(tape.gradient(loss, model.trainable_variables), model.trainable_variables)
    )
    message = ""
except ValueError as error:
    message = str(error)
print(message)
claim("a step without any gradient raises at once", message.startswith("No gradients provided"))

# %% [markdown]
# ## Key points
#
# - A training step has five stations: forward, tape, gradient, pairs, update.
# - Look at variables, not at the loss. For each one: registered? which gradient? moved? as the rule says?
# - None, zero, tiny, NaN, finite but unmoved, moved but not learning: six symptoms with different causes.
# - A falling loss proves little. A proof is an update that equals what the rule says, computed apart.
#
# ## Next
#
# Go on with [01 · Put it inside the tape, and prove it](01-tape-scope.ipynb), or back to the [start page](index.ipynb).
