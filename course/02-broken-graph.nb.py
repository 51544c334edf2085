# %% [markdown]
# # 02 · Find where a value leaves TensorFlow
#
# **Time:** 25 minutes to read and run, then about an hour for the exercise.
#
# **You will be able to**
#
# - walk back from the loss and find the line where the path to the weights is cut;
# - say which weights a cut hits, and which go on training as if nothing had happened;
# - recognise five faults: `numpy-round-trip`, `py-function-barrier`, `integer-cast`, `stop-gradient`,
#   `assign-in-forward`, and leave their harmless look-alikes alone.
#
# **You need** lesson 01: what a tape records, and that `None` means "no path in the record". Two more words:
#
# - **Upstream** of a line is everything that was computed before it and went into it. **Downstream** is what is
#   computed from its result, up to the loss.
# - A tensor is **detached** if it has the right value and no record of how it came about.

# %%
import operator

import keras
import numpy as np
import tensorflow as tf

from autograder import chart, claim, draw_path, observe, reveal, show

keras.utils.set_random_seed(1)

# Vibration of 128 machines: log energy in six frequency bands. A worn bearing shows in bands 1, 3 and 4.
bands = tf.random.stateless_normal((128, 6), seed=(5, 1))
wear = 2.0 + 2.0 * tf.math.tanh(1.5 * bands[:, 1:2] + 1.5 * bands[:, 3:4]) + 0.5 * bands[:, 4:5]


def new_model():
    """The same network every time: an encoder makes four numbers of six bands, a head makes one of four."""
    keras.utils.set_random_seed(2)
    encoder = keras.layers.Dense(4, activation="tanh", name="encoder")
    head = keras.layers.Dense(1, name="head")
    return keras.Sequential([keras.Input((6,)), encoder, head])


def mean_squared_error(y, prediction):
    return tf.reduce_mean(tf.square(y - prediction))


# %% [markdown]
# ## A step that runs, and a loss that falls
#
# The encoder's numbers are its **code**. Somebody wanted each column of the code to have mean 0 and spread 1 before
# it goes to the head, and knew how to do that in NumPy.

# %%
model = new_model()
encoder, head = model.layers
optimizer = keras.optimizers.SGD(0.1)


def broken_step(x, y):
    with tf.GradientTape() as tape:
        code = encoder(x).numpy()
        scaled = (code - code.mean(axis=0)) / code.std(axis=0)
        loss = mean_squared_error(y, head(tf.constant(scaled)))
    gradients = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(gradients, model.trainable_variables))
    return loss


# %% [markdown]
# Everything is inside the block this time, and nothing filters the gradients. **Before you run it:** 50 calls on the
# same 128 machines. What will happen?
#
# - **a**: the step raises an exception
# - **b**: the loss is the same number 50 times
# - **c**: the loss falls, and all four variables move
# - **d**: the loss falls, and only some of the variables move

# %%
prediction = "?"

# %%
broken = observe(broken_step, [(bands, wear)] * 50, model)

moved = [v.name for v in broken.variables if v.moved]
fell = broken.error is None and broken.losses[-1] < broken.losses[0]
reveal(
    prediction,
    a=broken.error is not None,
    b=broken.error is None and len(set(broken.losses)) == 1,
    c=fell and len(moved) == 4,
    d=fell and 0 < len(moved) < 4,
)

# %% [markdown]
# ## The symptom

# %%
print("warnings:", *(text[:150] + " …" for text in broken.warnings))
show(broken=broken)

# %%
claim(
    "the loss falls to less than a fifth, while the encoder's gradients are None in every step and it never moves",
    broken.losses[-1] < 0.2 * broken.losses[0]
    and all(set(broken.variable(f"encoder/{n}").gradients) == {"none"} for n in ("kernel", "bias"))
    and moved == ["head/kernel", "head/bias"],
)

# %% [markdown]
# If you only look at the loss, this is a success. The table says otherwise. So does one warning, which a script that
# prints a lot will bury. On the chart you are at `None`, for a part of the model only:

# %%
chart("none")

# %% [markdown]
# ## The diagnosis: walk back from the loss
#
# The table says *that* there is a cut between encoder and loss. To find the line, stop at each intermediate tensor on
# the way back, and ask the tape for the gradient by *that* tensor. The cut is between the last station that answers
# and the first that does not.
#
# Two details from lesson 01: several questions to one tape need `persistent=True`, and a tensor that fell from the
# sky must be watched, or it would say `None` for that reason alone.


# %%
def kind(gradient):
    """What a tape answered, in a word."""
    if gradient is None:
        return "None"
    return "zero" if bool(tf.reduce_all(gradient == 0.0)) else "finite"


with tf.GradientTape(persistent=True) as tape:
    code = encoder(bands)
    array = code.numpy()
    scaled = tf.constant((array - array.mean(axis=0)) / array.std(axis=0))
    tape.watch(scaled)
    estimate = head(scaled)
    loss = mean_squared_error(wear, estimate)
stations = {"estimate": estimate, "scaled": scaled, "code": code, "encoder/kernel": encoder.kernel.value}
answers = {name: kind(tape.gradient(loss, tensor)) for name, tensor in stations.items()}
print("from the loss backwards:", answers)

claim(
    "the last station that answers is `scaled`, the first that does not is `code`",
    list(answers.values()) == ["finite", "finite", "None", "None"],
)

# %% [markdown]
# So the cut is where `scaled` is made of `code`:
#
# ```text
#   bands ──▶ encoder ──▶ code ──▶ .numpy() … tf.constant ──▶ scaled ──▶ head ──▶ loss
#             └──── upstream ───┘                             └───── downstream ─────┘
#
#   backwards:  loss ──▶ head ──▶ scaled ──✗  (a new tensor; nobody recorded where it came from)
# ```
#
# NumPy computes with plain numbers and tells no tape about it. What comes back through `tf.constant` is as detached
# as data read from a file. That is the fault `numpy-round-trip`. It cuts off exactly what lies **upstream**. The head
# comes later and trains, on four random features that nobody will ever improve. So the loss falls. `draw_path` finds
# the same cut in the record of one step, with the line of your code:

# %%
draw_path(broken_step, bands, wear)

# %% [markdown]
# ## The repair
#
# The same formula in TensorFlow. Most NumPy functions have a namesake under `tf`, `tf.math` or `keras.ops`. From here
# on the step stays the same and only the function in the **middle**, between encoder and head, differs.


# %%
def train(middle=lambda code: code, prepare=lambda x: x, steps=50):
    """Train a new model with one function before the encoder and one between encoder and head."""
    model = new_model()
    encoder, head = model.layers
    optimizer = keras.optimizers.SGD(0.1)

    def step(x, y):
        with tf.GradientTape() as tape:
            loss = mean_squared_error(y, head(middle(encoder(prepare(x)))))
        gradients = tape.gradient(loss, model.trainable_variables)
        optimizer.apply_gradients(zip(gradients, model.trainable_variables))
        return loss

    return observe(step, [(bands, wear)] * steps, model)


def standardised(code):
    return (code - tf.reduce_mean(code, axis=0)) / tf.math.reduce_std(code, axis=0)


repaired = train(standardised)
show(broken=broken, repaired=repaired)

# %% [markdown]
# ## The proof
#
# As in lesson 01: with plain SGD each weight has to move by −rate × slope, and the slope must not come from the tape.
# We will need this check several times, so here it is for any function in the middle.


# %%
def slopes(middle, run, nudge=1e-2):
    """The slope of the loss by one encoder weight, by nudging it; and the slope that it followed in step 1 of a run."""
    encoder, head = new_model().layers
    start, losses = encoder.kernel.numpy(), []
    for amount in (+nudge, -nudge):
        changed = start.copy()
        changed[1, 0] += amount
        encoder.kernel.assign(changed)
        losses.append(float(mean_squared_error(wear, head(middle(encoder(bands))))))
    before, after = run.variable("encoder/kernel").values[:2]
    return (losses[0] - losses[1]) / (2 * nudge), float(before[1, 0] - after[1, 0]) / 0.1


nudged, followed = slopes(standardised, repaired)
print(f"slope by nudging: {nudged:.4f}    slope that the weight followed: {followed:.4f}")
claim(
    "the first update of this encoder weight is −0.1 × its slope; after 50 steps the loss is a tenth of the broken one's",
    np.isclose(followed, nudged, rtol=0.02) and repaired.losses[-1] < 0.1 * broken.losses[-1],
)

# %% [markdown]
# ## NumPy where it does no harm
#
# People who have met this fault once fear NumPy everywhere. So: the same standardisation, in NumPy, inside the block,
# but applied to the *input*.


# %%
def numpy_standardised(x):
    array = x.numpy()
    return tf.constant((array - array.mean(axis=0)) / array.std(axis=0))


# %% [markdown]
# **Before you run it:** which variables will move?
#
# - **a**: none
# - **b**: the head only
# - **c**: all four

# %%
prediction = "?"

# %%
harmless = train(prepare=numpy_standardised)
moved = [v.name for v in harmless.variables if v.moved]
reveal(prediction, a=moved == [], b=moved == ["head/kernel", "head/bias"], c=len(moved) == 4)

# %% [markdown]
# The rule is the same: a cut hits what is upstream of it. Upstream of this one there are only data, and data want no
# gradient. It makes no difference to the numbers either:

# %%
in_tensorflow = train(prepare=standardised)
pairs = zip(harmless.variables, in_tensorflow.variables)
furthest = max(float(np.abs(a.values[-1] - b.values[-1]).max()) for a, b in pairs)
claim("NumPy or TensorFlow on the input: the same 50 steps", furthest < 1e-4)

# %% [markdown]
# ## Louder: behind the last weight
#
# If the conversion stands behind the last weight, every weight is upstream, and the optimizer has nothing left. Note
# that there is no `.numpy()` here: `np.clip` takes a tensor and converts it without a word. If the *loss itself* is
# no tensor, the tape raises, and talks about its own inside instead of about your loss.


# %%
def message_of(function, *arguments):
    """The last line of the error that a call raises, with its type; nothing if it raises none."""
    try:
        function(*arguments)
    except Exception as error:
        return f"{type(error).__name__}: {str(error).strip().splitlines()[-1].strip()}"
    return ""


model = new_model()
weights = model.trainable_variables
with tf.GradientTape(persistent=True) as tape:
    loss_of_clipped = mean_squared_error(wear, np.clip(model(bands), 0.0, 4.0))
    numpy_loss = np.mean((wear - model(bands)) ** 2)
    tensor_loss = mean_squared_error(wear, model(bands))
nothing = list(zip(tape.gradient(loss_of_clipped, weights), weights))
messages = [
    message_of(keras.optimizers.SGD(0.1).apply_gradients, nothing),
    message_of(tape.gradient, numpy_loss, weights),
    message_of(tape.gradient, float(tensor_loss), weights),
    message_of(tf.function(numpy_standardised), bands),
]
print(*messages, sep="\n")
claim(
    "NumPy on the prediction makes the optimizer raise, a loss that is no tensor the tape; and a tf.function raises",
    [text.split(":")[0] for text in messages]
    == ["ValueError", "AttributeError", "TypeError", "AttributeError"],
)

# %% [markdown]
# The last message is that of the harmless function above inside a `tf.function`. There, and so in `fit`, `.numpy()` is
# loud wherever it stands, because no values exist yet while a graph is traced (lesson 09). The silent form belongs to
# hand-written eager loops.
#
# ## Quieter: a side branch
#
# Each row of the code is divided by its spread. The code itself stays a tensor all the way, and only the *spread* goes
# through NumPy.


# %%
def spread_by_numpy(code):
    return code / np.std(code, axis=1, keepdims=True)


def spread_by_tensorflow(code):
    return code / tf.math.reduce_std(code, axis=1, keepdims=True)


side, whole = train(spread_by_numpy), train(spread_by_tensorflow)
show(side_branch=side, whole=whole)

# %% [markdown]
# No `None`, no 0, no warning. Is it the gradient, though? Ask the nudge:

# %%
(nudged, followed), (_, right) = slopes(spread_by_numpy, side), slopes(spread_by_tensorflow, whole)
print(f"slope: {nudged:.4f}    followed with NumPy: {followed:.4f}    with TensorFlow: {right:.4f}")
claim(
    "with a side branch cut, all gradients are finite, all variables move, and not along the slope of the loss",
    all(set(v.gradients) == {"finite"} and v.moved for v in side.variables)
    and side.warnings == ()
    and abs(followed - nudged) > 0.2 * abs(nudged)
    and np.isclose(right, nudged, rtol=0.02),
)

# %% [markdown]
# The weight acts on the loss along two paths, and the tape knows one. Sometimes people *want* a scale to count as a
# constant. Then write it so that a reader sees it, with `tf.stop_gradient` (below).
#
# A loss has side branches, too. A penalty that comes from NumPy is a constant: it is reported, and it does nothing.

# %%
weight = tf.Variable(tf.ones((6, 1)))
with tf.GradientTape(persistent=True) as tape:
    error = mean_squared_error(wear, bands @ weight)
    mixed = error + 0.5 * np.sum(weight.numpy() ** 2)
claim(
    "a penalty from NumPy raises the loss and leaves the gradient as it was, without an error",
    mixed > error + 1.0 and bool(tf.reduce_all(tape.gradient(mixed, weight) == tape.gradient(error, weight))),
)

# %% [markdown]
# ## Python inside TensorFlow: `py-function-barrier`
#
# `tf.py_function` and `tf.numpy_function` run a Python function as if it were one operation. Whether a gradient
# passes depends on details that look alike. Before you run the cell, guess for each of the four what the tape answers.
#
# The program: six **gains**, one a band, amplify the amplitudes before they are compressed by log(1 + z). Gains and a
# linear layer are to be learned.

# %%
amplitude = tf.exp(0.5 * bands)


def fit_gains(compress, steps=20):
    """Learn gains and a linear layer behind a function of (gain, amplitude)."""
    gain = tf.Variable(tf.ones(6), name="gain")
    weight = tf.Variable(tf.ones((6, 1)), name="weight")

    def step(x, y):
        with tf.GradientTape() as tape:
            loss = mean_squared_error(y, compress(gain, x) @ weight)
        pairs = zip(tape.gradient(loss, [gain, weight]), [gain, weight])
        keras.optimizers.SGD(0.01).apply_gradients(pairs)
        return loss

    return observe(step, [(amplitude, wear)] * steps, [gain, weight])


bodies = {
    "numpy_body": lambda gain, x: tf.py_function(lambda z: np.log1p(z.numpy()), [gain * x], tf.float32),
    "numpy_function": lambda gain, x: tf.numpy_function(lambda z: np.log1p(z), [gain * x], tf.float32),
    "captured": lambda gain, x: tf.py_function(lambda z: tf.math.log1p(gain * z), [x], tf.float32),
    "tensorflow_body": lambda gain, x: tf.py_function(lambda z: tf.math.log1p(z), [gain * x], tf.float32),
}
fits = {name: fit_gains(compress) for name, compress in bodies.items()}
gains = {name: run.variable("gain") for name, run in fits.items()}
show(**fits)

# %%
claim(
    "NumPy in the body of a py_function: zeros, without a warning. numpy_function, or a variable that is only captured "
    "and not passed in: None",
    [set(gain.gradients) for gain in gains.values()] == [{"zero"}, {"none"}, {"none"}, {"finite"}]
    and fits["numpy_body"].warnings == (),
)

# %%
direct = fit_gains(lambda gain, x: tf.math.log1p(gain * x)).variable("gain").values[-1]
claim(
    "TensorFlow operations in the body, and what matters passed in: the same steps as without py_function",
    np.allclose(gains["tensorflow_body"].values[-1], direct, atol=1e-5) and gains["tensorflow_body"].moved,
)

# %% [markdown]
# The first is the most silent of the four. `py_function` finds no path through NumPy in its body, and hands back 0
# where an honest answer would be `None`. So a 0 does not always mean that the path is there.
#
# There is a fifth face. The 0 is handed back as *one* number. If the operation before it needs a whole matrix on the
# way back, you get an error about shapes that names that innocent operation:

# %%
loud = train(lambda code: tf.py_function(lambda z: np.abs(z.numpy()), [code], tf.float32), steps=1)
with tf.GradientTape() as tape:
    tape.watch(bands)
    total = tf.reduce_sum(tf.py_function(lambda z: np.abs(z.numpy()), [bands], tf.float32))
zero = tape.gradient(total, bands)
print("the gradient by a matrix:", zero)
print(loud.error.type, loud.error.message[-110:])
claim(
    "the zero has no shape; behind a Dense layer with tanh that raises, and the message does not name py_function",
    zero.shape == ()
    and loud.error.type == "InvalidArgumentError"
    and "py_function" not in loud.error.message.lower(),
)

# %% [markdown]
# **The cure:** write the body in TensorFlow, and you need no `py_function`. If it has to be NumPy, because a library
# is, say yourself what its derivative is, with `tf.custom_gradient`:


# %%
@tf.custom_gradient
def compressed(z):
    value = tf.numpy_function(lambda a: np.log1p(a), [z], tf.float32)
    return value, lambda upstream: upstream / (1.0 + z)


cured = fit_gains(lambda gain, x: compressed(gain * x)).variable("gain").values[-1]
claim(
    "with its derivative written down, NumPy trains as TensorFlow does", np.allclose(cured, direct, atol=1e-5)
)

# %% [markdown]
# ## Integers have no slope: `integer-cast`
#
# The machines send their code over a slow radio link, in steps of a quarter. The usual way to write that is the first
# line of this list; some relatives follow.

# %%
middles = {
    "int32 and back": lambda code: tf.cast(tf.cast(code * 4.0, tf.int32), tf.float32) / 4.0,
    "on a finer grid": lambda code: tf.cast(tf.cast(code * 1e6, tf.int32), tf.float32) / 1e6,
    "bool and back": lambda code: tf.cast(tf.cast(code, tf.bool), tf.float32),
    "round, no cast": lambda code: tf.round(code * 4.0) / 4.0,
    "Python numbers": lambda code: tf.constant([[float(entry) for entry in row] for row in code]),
    "bfloat16 and back": lambda code: tf.cast(tf.cast(code, tf.bfloat16), tf.float32),
    "integers that choose": lambda code: tf.where(tf.cast(code * 4.0, tf.int32) > 0, code, 0.1 * code),
    "tf.constant(code)": lambda code: tf.constant(code),
    "tnp.tanh": lambda code: tf.experimental.numpy.tanh(code),
    "scatter update": lambda code: tf.tensor_scatter_nd_update(code, [[0]], [tf.zeros(4)]),
}
kinds = {name: train(f, steps=1).variable("encoder/kernel").gradients[0] for name, f in middles.items()}
print(*(f"{name:22s}{answer}" for name, answer in kinds.items()), sep="\n")
claim(
    "integers, booleans, rounding and Python numbers detach; shorter floats, a choice by integers, and copies and "
    "edits made by TensorFlow keep the path",
    list(kinds.values()) == ["none"] * 5 + ["finite"] * 5,
)

# %% [markdown]
# Casting back gives floats again, but not the path: the record ended at the integers. A finer grid doesn't help.
#
# ### When the rounding is wanted: straight through
#
# The link *is* coarse, so training without the rounding would train another system. But a staircase has the slope 0
# almost everywhere, and no gradient of it can help. The usual way out: send the rounded value forward, and pretend on
# the way back that the staircase were the ramp under it. That is a **straight-through estimator**:


# %%
def rounded(code):
    return tf.round(code * 4.0) / 4.0


def straight_through(code):
    return code + tf.stop_gradient(rounded(code) - code)  # the value of rounded(code), and the slope 1


cut, through = train(rounded), train(straight_through)
show(rounded=cut, straight_through=through)

# %% [markdown]
# What is the proof here? The nudge finds a slope of 0, which is true and useless. Freeze the distance between stair
# and ramp, which is what `stop_gradient` does, and nudge again:

# %%
code = new_model().layers[0](bands)
distance = rounded(code) - code
flat, followed = slopes(rounded, through, nudge=1e-5)
ramp, _ = slopes(lambda code: code + distance, through)
print(f"slope of the staircase: {flat:.4f}    of the ramp: {ramp:.4f}    followed: {followed:.4f}")
claim(
    "the staircase is flat; straight through follows the ramp, and ends at a far lower loss",
    flat == 0.0 and np.isclose(followed, ramp, rtol=0.02) and through.losses[-1] < 0.2 * cut.losses[-1],
)

# %% [markdown]
# So it is an estimate on purpose, not the gradient of the loss. Say so in a comment when you use it.
#
# ## A barrier that somebody put there: `stop-gradient`
#
# `tf.stop_gradient` and `keras.ops.stop_gradient` pass the value on and end the path. Somebody let the head warm up on
# a fixed encoder, and forgot the line. Its loud and its quiet form are those of NumPy.

# %%
left_over, plain = train(keras.ops.stop_gradient), train()
print(f"last loss with the line: {left_over.losses[-1]:.3f}, without: {plain.losses[-1]:.3f}")
claim(
    "upstream of a stop_gradient the gradient is None, not 0, and the head trains",
    set(left_over.variable("encoder/kernel").gradients) == {"none"}
    and left_over.variable("head/kernel").moved,
)


# %%
def spread_stopped(code):
    return code / tf.stop_gradient(tf.math.reduce_std(code, axis=1, keepdims=True))


stopped = train(spread_stopped, steps=1)
with tf.GradientTape() as tape:
    loss = mean_squared_error(wear, tf.stop_gradient(model(bands)))
message = message_of(
    keras.optimizers.SGD(0.1).apply_gradients, list(zip(tape.gradient(loss, weights), weights))
)
claim(
    "behind the last weight it makes apply_gradients raise; on a side branch it gives the very step that NumPy gave",
    message.startswith("ValueError: No gradients provided")
    and np.allclose(*(run.variable("encoder/kernel").values[1] for run in (stopped, side)), atol=1e-4),
)

# %% [markdown]
# ### Where it belongs
#
# For most machines nobody knows how long they will last. A common trick is to learn from one's own estimate one hour
# later: *life now ≈ 1 hour + 0.9 × life later*. The right-hand side is a **target**. The estimate should move towards
# it, and the target should not come down to meet the estimate. So the target gets a `stop_gradient`.

# %%
later = bands + 0.3 * tf.random.stateless_normal((128, 6), seed=(5, 2))
model = new_model()
with tf.GradientTape(persistent=True) as tape:
    targets = {f.__name__: 1.0 + 0.9 * f(model(later)) for f in (tf.stop_gradient, np.array, tf.identity)}
    losses = {name: mean_squared_error(target, model(bands)) for name, target in targets.items()}
gradients = {name: tape.gradient(loss, model.trainable_variables) for name, loss in losses.items()}
print({name: [kind(g) for g in by_variable] for name, by_variable in gradients.items()})
stopped, by_numpy, free = (by_variable[0].numpy() for by_variable in gradients.values())
claim(
    "with the stop on the target all gradients are finite; NumPy gives the same ones, and no stop gives others",
    all(kind(g) == "finite" for g in gradients["stop_gradient"])
    and np.allclose(stopped, by_numpy, atol=1e-5)
    and np.linalg.norm(free - stopped) > 0.2 * np.linalg.norm(stopped),
)

# %% [markdown]
# Without the stop all gradients are finite as well, so no table tells you which of the two was meant. Ask of each
# `stop_gradient`: *is there still a path from the loss to every weight that should learn from it?* Here there is.
#
# ## A value that was parked: `assign-in-forward`
#
# The code jumps from hour to hour, so somebody smooths it: 70 % of the old value, 30 % of the new one. The old value
# has to be kept somewhere, and a variable is the place to keep things.

# %%
state = tf.Variable(tf.zeros((128, 4)), trainable=False, name="state")


def parked(code):
    state.assign(0.7 * state + 0.3 * code)
    return tf.identity(state)


def handed_on(code):
    smoothed = 0.7 * state + 0.3 * code
    state.assign(smoothed)
    return smoothed


assigned = train(parked)
state.assign(tf.zeros((128, 4)))
handed = train(handed_on)
show(parked=assigned, handed_on=handed)

# %%
claim(
    "stored in a variable and read back: None upstream. Handed on as a tensor: all train, from the same first loss to a "
    "far lower one",
    set(assigned.variable("encoder/kernel").gradients) == {"none"}
    and all(set(v.gradients) == {"finite"} and v.moved for v in handed.variables)
    and abs(handed.losses[0] - assigned.losses[0]) < 1e-4
    and handed.losses[-1] < 0.3 * assigned.losses[-1],
)

# %% [markdown]
# `assign` copies numbers into a box. Reading the box is recorded, so the path ends at the box. Hand `smoothed` on as a
# tensor and store it *besides*: that keeps both the path and the memory.
#
# The walk back finds this fault, too: watch the box, and it is the last station that answers. A variable that is only
# *written* in the forward pass, for later, does no harm. And like NumPy, all of this is harmless on the data.

# %%
encoder, head = new_model().layers
with tf.GradientTape(persistent=True) as tape:
    tape.watch(state)
    code = encoder(bands)
    stored = mean_squared_error(wear, head(parked(code)))
    state.assign(code)
    written = mean_squared_error(wear, head(code))
answers = [kind(tape.gradient(*pair)) for pair in ((stored, state), (stored, code), (written, code))]
print("by the box: {}    by the code: {}    only written: {}".format(*answers))
claim(
    "the gradient reaches the variable and goes no further; a variable written beside the path does no harm",
    answers == ["finite", "None", "finite"],
)

# %%
on_data = [
    lambda x: tf.cast(tf.cast(x * 4.0, tf.int32), tf.float32),
    lambda x: tf.numpy_function(np.tanh, [x], tf.float32),
    lambda x: tf.stop_gradient(x),
    lambda x: tf.identity(tf.Variable(x)),
]
runs = [train(prepare=prepare, steps=1) for prepare in on_data]
claim(
    "on the data, integers, numpy_function, stop_gradient and a variable cost no gradient",
    all(v.gradients == ("finite",) for run in runs for v in run.variables),
)

# %% [markdown]
# ## Tempting repairs that repair nothing
#
# These are tried on the first program. They begin *behind* the cut, and that is too late.

# %%
kernel = encoder.kernel.value
with tf.GradientTape(persistent=True) as tape:
    detached = numpy_standardised(encoder(bands))
    tape.watch(detached)
    watched = mean_squared_error(wear, head(detached))
    converted = mean_squared_error(wear, head(tf.convert_to_tensor(detached.numpy())))
    made_variable = mean_squared_error(wear, head(tf.identity(tf.Variable(detached))))
    penalised = watched + 0.01 * tf.reduce_sum(tf.square(kernel))
zeros = tape.gradient(watched, kernel, unconnected_gradients="zero")
difference = tf.reduce_max(tf.abs(tape.gradient(penalised, kernel) - 0.02 * kernel))
claim(
    "watched, converted once more, made a variable: None. unconnected_gradients='zero': 0, which moves nothing. With a "
    "penalty: finite, and the gradient of the penalty alone",
    [tape.gradient(loss, kernel) for loss in (watched, converted, made_variable)] == [None] * 3
    and kind(zeros) == "zero"
    and difference < 1e-6,
)

# %% [markdown]
# The penalty looks best: no more `None`, and everything moves. But the encoder's weights only shrink. Of the wear they
# learn nothing.

# %% [markdown]
# ## Which symptom is which?
#
# | What the table shows | What it can be in this chapter |
# |---|---|
# | `None` for all variables; `apply_gradients` raises | the cut is behind the last weight |
# | `None` for some, the loss falls, one warning | the cut is in the middle; all five faults can look like this |
# | 0 for some, no warning | NumPy in the body of a `py_function`; or a real slope of zero (lessons 05 and 08) |
# | all finite, everything moves, the proof fails | a side branch is cut |
# | all finite, the proof holds | no fault, however much NumPy or `stop_gradient` you see in the code |
#
# ## What you may read elsewhere
#
# | You may read | Measured here |
# |---|---|
# | A NumPy operation before a Dense layer keeps its weights from learning. | **Wrong.** It cuts what is upstream, and there are only data. The weights take the same path as with TensorFlow. |
# | With a loss that is not made of TensorFlow operations, training goes on without an error. | **Half right.** A loss that is wholly NumPy or Python raises. A *mixed* one runs, and its NumPy part does nothing. |
# | Casting to a type that isn't floating-point, and back, breaks the path. | **Right.** Casts between floating types keep it. |
# | Modifying tensor values directly breaks it. | **Half right.** A tensor can't be modified in place at all. A copy through a variable cuts; scatter updates and their kind don't. |
# | Gradients don't pass `tf.py_function` unless you define them. | **Half right.** They do if its body is TensorFlow and all that matters is passed in; not otherwise. |
# | `stop_gradient` makes the gradient zero, and the printed weights stay the same. | **Half right.** They don't change. But the answer is `None`, and if it is so for all, the first step raises. |
# | Run it with `optimizer.minimize(loss, var_list)`. | **Right on TensorFlow 2.15**, with Keras 2. The optimizers of Keras 3 have no such method. |

# %%
message = message_of(operator.setitem, bands, 0, 0.0)  # bands[0] = 0.0
print(message)
claim(
    "a tensor cannot be modified in place, and a Keras 3 optimizer has no minimize",
    message.startswith("TypeError") and not hasattr(keras.optimizers.SGD(0.1), "minimize"),
)

# %% [markdown]
# ## Key points
#
# - A cut hits what is upstream of it. What is downstream trains on, the loss falls, and the fault is silent.
# - Walk back from the loss. Between the last station that answers and the first `None` stands the line.
# - NumPy, Python numbers, integers, `tf.numpy_function`, a read-back variable and `stop_gradient` end the path. On
#   data that no weight has touched, all of them are harmless.
# - NumPy in the body of a `py_function` answers 0 instead of `None`.
# - A cut side branch shows in no table. Only the proof finds it: the update is not that of the loss.
# - Repair by staying in TensorFlow. Where a rounding is wanted, use a straight-through estimator and say so.
#
# ## Now you
#
# The exercise is in [`exercises/02-broken-graph`](../exercises/02-broken-graph/02-broken-graph.ipynb): three steps to
# repair, a resonance curve in unfamiliar code, one step to build, and five programs to diagnose.
#
# After that: [03 · Make every weight a variable that is seen](03-variable-registration.ipynb), or back to the [start page](index.ipynb).
