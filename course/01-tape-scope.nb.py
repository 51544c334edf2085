# %% [markdown]
# # 01 · Put it inside the tape, and prove it
#
# **Time:** 20 minutes to read and run, then about an hour for the exercise.
#
# **You will be able to**
#
# - tell from a table of variables that the tape has no path to a weight;
# - recognise four faults: `forward-outside-tape`, `loss-outside-tape`, `unwatched-tensor`, `tape-used-twice`;
# - prove that a repaired step does what the gradient says, instead of hoping so because the loss falls.
#
# **You need** to have trained a Keras model with `fit`. Five words are used all the time:
#
# - A **variable** is a tensor that can be changed in place; the weights of a model are variables.
# - A **gradient** says, for each entry of a variable, how much the loss changes when that entry changes.
# - A **tape** (`tf.GradientTape`) records operations while its `with` block is open, so that gradients can be
#   computed afterwards by walking the record backwards.
# - An **optimizer** turns gradients into updates of variables.
# - A **training step** is all of it, once: forward pass, loss, gradients, update.

# %%
import keras
import tensorflow as tf

from autograder import chart, claim, draw_path, observe, reveal, show

keras.utils.set_random_seed(1)

# Hourly readings in a greenhouse (temperature, humidity, light) and the water that the plants took up.
readings = tf.random.stateless_normal((128, 3), seed=(1, 2))
water = 2.0 + tf.math.tanh(readings[:, :1]) - 0.8 * readings[:, 1:2] + 0.5 * readings[:, 2:]


def new_model():
    """The same small network every time, with the same starting weights."""
    keras.utils.set_random_seed(2)
    hidden = keras.layers.Dense(8, activation="tanh", name="hidden")
    output = keras.layers.Dense(1, name="output")
    return keras.Sequential([keras.Input((3,)), hidden, output])


def mean_squared_error(y, prediction):
    return tf.reduce_mean(tf.square(y - prediction))


# %% [markdown]
# ## A step that runs
#
# This step is taken from life. It once raised an error about missing gradients. Somebody looked for the error
# message, found the advice to skip gradients that are `None`, and since then the script runs.

# %%
model = new_model()
optimizer = keras.optimizers.SGD(0.1)


def broken_step(x, y):
    prediction = model(x)
    with tf.GradientTape() as tape:
        loss = mean_squared_error(y, prediction)
    gradients = tape.gradient(loss, model.trainable_variables)
    pairs = [(g, v) for g, v in zip(gradients, model.trainable_variables) if g is not None]
    if pairs:
        optimizer.apply_gradients(pairs)
    return loss


# %% [markdown]
# **Before you run it:** this step will be called 30 times on the same 128 rows. What will the loss do?
#
# - **a**: it falls, perhaps slowly
# - **b**: it is the same number 30 times
# - **c**: the step raises an exception before it is through
#
# Write your letter in place of the question mark.

# %%
prediction = "?"

# %%
broken = observe(broken_step, [(readings, water)] * 30, model)

reveal(
    prediction,
    a=broken.error is None and broken.losses[-1] < broken.losses[0],
    b=len(set(broken.losses)) == 1 and broken.steps == 30,
    c=broken.error is not None,
)

# %% [markdown]
# ## The symptom
#
# `observe` ran the step and listened: which gradient did the tape give for each variable, and how far did the
# variable move? `show` draws what it saw. On the left the loss, in the middle the size of each gradient, on the
# right how far each variable is from where it started. Below the picture stands the same as a table.

# %%
show(broken=broken)

# %% [markdown]
# Read the table from left to right, one question a column:
#
# 1. **registered**: does the model know this variable? Yes, all four. So the weights are not lost.
# 2. **gradient**: what did the tape answer? `None`, for all four. Not 0: `None`.
# 3. **moved by**: 0. No update was ever made.
#
# `None` and 0 are different answers. 0 says: there is a path from the loss to this variable, and its slope is zero
# here. `None` says: there is no path in the record. You will meet both in this course, and their cures are different.
# On the chart of chapter 00 you are here:

# %%
chart("none")

# %%
claim(
    "every gradient is None, in every step, and no variable moves",
    all(set(v.gradients) == {"none"} and not v.moved for v in broken.variables),
)

# %% [markdown]
# ## The diagnosis, step by step
#
# No path in the record: then what *is* in the record? A tape can tell which variables were read while its block was
# open.

# %%
prediction_before = model(readings)
with tf.GradientTape() as tape:
    loss = mean_squared_error(water, prediction_before)
print("variables read inside the block:", [v.name for v in tape.watched_variables()])

claim("the tape saw no variable at all", len(tape.watched_variables()) == 0)

# %% [markdown]
# None. The block contains one subtraction, one square and one mean, and none of them reads a weight. The weights
# were read one line earlier, when the tape was not there yet. `draw_path` runs the step once and draws it.

# %%
draw_path(broken_step, readings, water)

# %% [markdown]
# Values flow down, from line to line. The gradient comes back up, and stops at the first line that the tape did not
# record. To the tape, `prediction` is a tensor of plain numbers that fell from the sky. This is the fault
# `forward-outside-tape`.
#
# ## The repair
#
# The forward pass moves into the block. The filter goes: it has nothing left to hide, and next time it would hide
# the next fault.

# %%
model = new_model()
optimizer = keras.optimizers.SGD(0.1)


def repaired_step(x, y):
    with tf.GradientTape() as tape:
        prediction = model(x)
        loss = mean_squared_error(y, prediction)
    gradients = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(gradients, model.trainable_variables))
    return loss


repaired = observe(repaired_step, [(readings, water)] * 30, model)
show(broken=broken, repaired=repaired)

# %% [markdown]
# ## The proof
#
# The loss falls. That is good news and no proof: later chapters have faulty steps whose loss falls as well. What has
# to hold for plain gradient descent is stronger, and easy to check: **every variable moves by −(learning rate) ×
# gradient**.
#
# The gradient for the check must not come from the tape that you want to check. Take one weight, nudge it up and
# down a little, and see how the loss answers. That is a derivative without any tape.

# %%
model = new_model()
kernel = model.get_layer("hidden").kernel
row, column, nudge = 0, 0, 1e-2


def loss_with_nudge(amount):
    """The loss when one entry of the kernel is changed by `amount`. The entry is put back afterwards."""
    start = kernel.numpy()
    changed = start.copy()
    changed[row, column] += amount
    kernel.assign(changed)
    loss = float(mean_squared_error(water, model(readings)))
    kernel.assign(start)
    return loss


slope = (loss_with_nudge(+nudge) - loss_with_nudge(-nudge)) / (2 * nudge)
first = repaired.variable("hidden/kernel").values
moved = float(first[1][row, column] - first[0][row, column])
print(f"slope by nudging: {slope:.4f}    −0.1 × slope: {-0.1 * slope:.5f}    moved in step 1: {moved:.5f}")

claim(
    "the first update of this weight is −0.1 × its slope", abs(moved + 0.1 * slope) < 0.01 * abs(0.1 * slope)
)

# %%
claim(
    "the loss falls in each of the 30 steps", all(b < a for a, b in zip(repaired.losses, repaired.losses[1:]))
)

# %% [markdown]
# Note the line `first[1] - first[0]`: both are *copies* of the weight. `before = kernel` would be the same variable
# under a second name, and the difference would always be 0.
#
# ## The same fault, louder and quieter
#
# ### Loud: nothing catches the None
#
# Without the filter the same step raises. Here is the message.

# %%
model = new_model()
with tf.GradientTape() as tape:
    loss = mean_squared_error(water, prediction_before)
gradients = tape.gradient(loss, model.trainable_variables)
try:
    keras.optimizers.SGD(0.1).apply_gradients(zip(gradients, model.trainable_variables))
    message = ""
except ValueError as error:
    message = str(error)
print(message)

claim(
    "apply_gradients refuses when every gradient is None",
    message.startswith("No gradients provided for any variable"),
)

# %% [markdown]
# The message is right and says where the trouble was noticed. It does *not* say where it was made: three lines
# further up, before the `with`. Whoever repairs the line that raised ends with the filter of the first example.
#
# ### Quieter: only a part is outside
#
# Say that the hidden layer counts as "feature extraction" and moved in front of the block. One layer still learns.

# %%
model = new_model()
optimizer = keras.optimizers.SGD(0.1)
hidden, output = model.layers


def half_outside(x, y):
    features = hidden(x)
    with tf.GradientTape() as tape:
        loss = mean_squared_error(y, output(features))
    gradients = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(gradients, model.trainable_variables))
    return loss


half = observe(half_outside, [(readings, water)] * 30, model)
print("warnings:", [text[:72] for text in half.warnings])
show(half_outside=half, repaired=repaired)

# %%
claim(
    "with half of the model outside nothing raises and the loss falls",
    half.error is None and half.losses[-1] < half.losses[0],
)

# %%
claim(
    "the hidden layer never moves",
    not half.variable("hidden/kernel").moved and not half.variable("hidden/bias").moved,
)

# %% [markdown]
# This is the expensive form. There is a falling loss, a warning that scrolls away, and a model that has quietly
# become a linear one on random features. Only the table per variable shows it.
#
# ## The last line of the loss: `loss-outside-tape`
#
# The tape differentiates the tensor that you hand it. If the operation that made this tensor ran after the block, the
# record does not lead to it.

# %%
weight = tf.Variable([[1.0], [1.0], [1.0]], name="weight")

with tf.GradientTape() as tape:
    total = tf.reduce_sum(tf.square(water - readings @ weight))
loss = total / 128.0
after = tape.gradient(loss, weight)

with tf.GradientTape() as tape:
    total = tf.reduce_sum(tf.square(water - readings @ weight))
    loss = total / 128.0
inside = tape.gradient(loss, weight)

print("divided after the block: ", after)
print("divided inside the block:", inside.numpy().ravel())
claim("one division after the block is enough to lose every gradient", after is None and inside is not None)

# %% [markdown]
# This form is loud as soon as an optimizer sees it. Its quiet sister differentiates a tensor from inside the block,
# and adds something afterwards that was meant to count:

# %%
optimizer = keras.optimizers.SGD(0.1)


def penalty_outside(x, y):
    with tf.GradientTape() as tape:
        error = mean_squared_error(y, x @ weight)
    penalty = 0.5 * tf.reduce_sum(tf.square(weight))
    optimizer.apply_gradients([(tape.gradient(error, weight), weight)])
    return error + penalty


def penalty_inside(x, y):
    with tf.GradientTape() as tape:
        total = mean_squared_error(y, x @ weight) + 0.5 * tf.reduce_sum(tf.square(weight))
    optimizer.apply_gradients([(tape.gradient(total, weight), weight)])
    return total


weight.assign([[1.0], [1.0], [1.0]])
outside = observe(penalty_outside, [(readings, water)] * 60, [weight])
weight.assign([[1.0], [1.0], [1.0]])
inside = observe(penalty_inside, [(readings, water)] * 60, [weight])
show(outside=outside, inside=inside)

# %%
size_outside, size_inside = (
    float((run.variable("weight").values[-1] ** 2).sum()) for run in (outside, inside)
)
print(f"sum of squares after 60 steps: {size_outside:.2f} with the penalty outside, {size_inside:.2f} inside")
claim(
    "outside, the penalty is reported and shrinks nothing; inside, it shrinks the weights",
    size_inside < 0.8 * size_outside,
)

# %% [markdown]
# Here every gradient is finite, every variable moves, and the loss falls. The table looks healthy. What gives the
# fault away is the question of the proof above: does the variable move by −rate × gradient *of the number that I
# report*? For the outside version it doesn't.


# %%
def follows_reported_loss(run):
    """Whether the first update is −0.1 × the slope of the reported loss (error + penalty)."""
    before, after = (tf.Variable(v) for v in run.variable("weight").values[:2])
    with tf.GradientTape() as tape:
        reported = mean_squared_error(water, readings @ before) + 0.5 * tf.reduce_sum(tf.square(before))
    step = -0.1 * tape.gradient(reported, before)
    return bool(tf.reduce_max(tf.abs(after - before - step)) < 1e-5)


print("outside:", follows_reported_loss(outside), "   inside:", follows_reported_loss(inside))
claim(
    "only the inside version follows the loss that it reports",
    follows_reported_loss(inside) and not follows_reported_loss(outside),
)

# %% [markdown]
# ## Derivatives by something that is not a variable: `unwatched-tensor`
#
# Which reading matters most? That is a derivative by the *input*. Trainable variables are watched as soon as they are
# read. A plain tensor is not: you have to say that it counts, with `tape.watch`.

# %%
model = new_model()

with tf.GradientTape() as tape:
    loss = mean_squared_error(water, model(readings))
unwatched = tape.gradient(loss, readings)

with tf.GradientTape() as tape:
    tape.watch(readings)
    loss = mean_squared_error(water, model(readings))
watched = tape.gradient(loss, readings)

print("not watched:", unwatched)
print("watched:    ", watched.shape)
claim("a plain tensor has no gradient unless it is watched", unwatched is None and watched.shape == (128, 3))

# %% [markdown]
# When does `watch` have to come? Before the tensor is used. The record keeps an operation only if one of its inputs
# counts at that moment. There is an exception that makes a wrong order work by luck: if a *variable* takes part in
# the same operation, the operation is recorded for the variable's sake, and a `watch` that comes later still finds it.

# %%
price = tf.constant(3.0)
amount = tf.Variable(2.0)

with tf.GradientTape() as tape:
    cost = price * price
    tape.watch(price)
late_alone = tape.gradient(cost, price)

with tf.GradientTape() as tape:
    cost = amount * price
    tape.watch(price)
late_beside_a_variable = tape.gradient(cost, price)

print("watched late, alone:            ", late_alone)
print("watched late, beside a variable:", float(late_beside_a_variable))
claim(
    "a late watch is too late, unless the operation was recorded anyway",
    late_alone is None and late_beside_a_variable == 2.0,
)

# %% [markdown]
# Watch first, and you never need to know which case you have. Two more things to know:
#
# - `GradientTape(watch_accessed_variables=False)` switches the automatic watching off, for variables as well. A
#   variable that you then forget to watch has the gradient `None`.
# - A weight of a Keras layer is not a `tf.Variable` but holds one, and `tape.watch` wants the one inside: `.value`.

# %%
kernel = model.get_layer("hidden").kernel

with tf.GradientTape(watch_accessed_variables=False) as tape:
    tape.watch(kernel.value)
    loss = mean_squared_error(water, model(readings))
gradients = dict(
    zip([v.path for v in model.trainable_variables], tape.gradient(loss, model.trainable_variables))
)
print({path: "None" if g is None else "finite" for path, g in gradients.items()})

try:
    tf.GradientTape().watch(kernel)
    refused = False
except ValueError:
    refused = True
claim("tape.watch refuses a Keras weight itself", refused)

# %%
claim(
    "without automatic watching only the watched kernel has a gradient",
    sum(g is not None for g in gradients.values()) == 1,
)

# %% [markdown]
# ## One recording, used again: `tape-used-twice`
#
# A tape gives one set of gradients and then throws its record away. Ask twice and it raises. The message is a good
# one.

# %%
encoder, head = new_model().layers

with tf.GradientTape() as tape:
    loss = mean_squared_error(water, head(encoder(readings)))
tape.gradient(loss, encoder.trainable_variables)
try:
    tape.gradient(loss, head.trainable_variables)
    message = ""
except RuntimeError as error:
    message = str(error)
print(message)
claim("the second request raises", "non-persistent" in message)

# %% [markdown]
# Two repairs are right. Ask for everything at once: for two lists of variables you get two lists of gradients. Or make
# the tape `persistent=True` and open a new one in every step.

# %%
with tf.GradientTape() as tape:
    loss = mean_squared_error(water, head(encoder(readings)))
for_encoder, for_head = tape.gradient(loss, (encoder.trainable_variables, head.trainable_variables))

claim("one request gives the gradients of both lists", len(for_encoder) == 2 and len(for_head) == 2)

# %% [markdown]
# The tempting third one is to open a persistent tape **once**. Nothing raises. But a record is a record of the past:
# its gradient belongs to the weights of that moment, and it is applied again and again wherever the weights are now.

# %%
gain = tf.Variable(0.0, name="gain")
signal = readings[:, :1]
echo = 1.5 * signal

with tf.GradientTape(persistent=True) as old_tape:
    old_loss = mean_squared_error(echo, gain * signal)


def stale_step():
    gain.assign_sub(0.1 * old_tape.gradient(old_loss, gain))
    return mean_squared_error(echo, gain * signal)


def fresh_step():
    with tf.GradientTape() as tape:
        loss = mean_squared_error(echo, gain * signal)
    gain.assign_sub(0.1 * tape.gradient(loss, gain))
    return mean_squared_error(echo, gain * signal)


stale = observe(stale_step, [()] * 30, [gain])
gain.assign(0.0)
fresh = observe(fresh_step, [()] * 30, [gain])
show(recorded_once=stale, recorded_each_step=fresh)

# %%
claim(
    "the reused recording gives the same gradient for ever",
    len(set(stale.variable("gain").gradient_norms)) == 1,
)

# %%
claim(
    "its loss falls at first and then runs away, past where it started",
    min(stale.losses) < 0.1 * stale.losses[0] and stale.losses[-1] > 2 * stale.losses[0],
)

# %% [markdown]
# A gradient norm that does not change by a single digit while the weights move is the mark of this fault. Look for
# flat lines in the middle picture, not only for `None`.
#
# ## Tempting repairs that repair nothing
#
# You may be tempted to *make* the gradient exist. All of these leave the weights where they are.

# %%
raw = tf.Variable([[1.0], [1.0], [1.0]])
detached = readings @ raw

with tf.GradientTape(persistent=True) as tape:
    tape.watch(detached)
    loss_watched = mean_squared_error(water, detached)
    loss_copied = mean_squared_error(water, tf.identity(detached))
zeros = tape.gradient(loss_watched, raw, unconnected_gradients="zero")

claim("watching the detached prediction gives the weights nothing", tape.gradient(loss_watched, raw) is None)

# %%
claim("a copy of a detached tensor is detached as well", tape.gradient(loss_copied, raw) is None)

# %%
claim(
    "unconnected_gradients='zero' turns None into 0, and 0 moves nothing", bool(tf.reduce_all(zeros == 0.0))
)

# %% [markdown]
# ## What you may read elsewhere
#
# Much-read explanations of weights that don't update disagree with what you have just measured. Fairly sorted:
#
# | You may read | Measured here |
# |---|---|
# | With the forward pass before the block, gradients are typically zero, and the loop runs on without effect. | **Half right.** Nothing is learned. But the gradients are `None`, and without a filter the first step raises. The cure that is given, moving the forward pass in, is right. |
# | Every operation that affects the loss must be inside the block. | **Half right.** Every operation *between the variables and the loss*. What happens to the data before it meets a weight may be outside, and may be NumPy. |
# | A parameter gets no gradient because it was created outside the block. | **Wrong.** A tape records what is read, not what is created. Every weight of every model is created outside. |
# | Something done to the loss after the block has no effect on the weights. | **Right**, with two faces: differentiate the result and everything is `None`; differentiate what was inside and the rest is ignored. |
#
# The second and third row, measured:

# %%
prepared = (readings.numpy() - readings.numpy().mean(axis=0)) / readings.numpy().std(axis=0)
model = new_model()
with tf.GradientTape() as tape:
    loss = mean_squared_error(water, model(tf.constant(prepared)))
claim(
    "NumPy on the data, outside the block, costs no gradient",
    None not in tape.gradient(loss, model.trainable_variables),
)

# %%
created_long_ago = tf.Variable(0.5)
with tf.GradientTape() as tape:
    loss = mean_squared_error(water, created_long_ago * signal)
claim("a variable created before the block has a gradient", tape.gradient(loss, created_long_ago) is not None)

# %% [markdown]
# ## Key points
#
# - `None` means: no recorded path. It never means 0. Look for the place where the record ends.
# - What counts is what runs while the block is open: from the first use of a variable to the very number that you
#   differentiate.
# - A filter for `None` gradients hides this fault and the next one. Let it raise.
# - Trainable variables are watched when they are read. Watch everything else yourself, first.
# - One recording, one step. A gradient that never changes was recorded in the past.
# - A falling loss proves little. The proof is: every variable moves by −rate × gradient of the loss that you report.
#
# ## Now you
#
# The exercise is in [`exercises/01-tape-scope`](../exercises/01-tape-scope/01-tape-scope.ipynb): two steps to repair,
# one loop in unfamiliar code, one step to build, four programs to diagnose, and one question to answer in words.
#
# After that: [02 · Find where a value leaves TensorFlow](02-broken-graph.ipynb), or back to the [start page](index.ipynb).
