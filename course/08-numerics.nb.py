# %% [markdown]
# # 08 · Find the operation that spoils the numbers
#
# **Time:** 25 minutes to read and run, then about an hour for the exercise.
#
# **You will be able to**
#
# - find the one operation that made the first NaN, instead of guessing where it came from;
# - read the size of a gradient layer by layer, and tell NaN, exactly 0, tiny and huge apart;
# - recognise ten faults that leave every path whole and spoil what flows through it.
#
# **You need** the chapters before this one. There a gradient was missing or went to the wrong place. Here every path
# is recorded and every pair is right, and the *numbers* are of no use. Five words:
#
# - **float32** is the kind of number that TensorFlow computes with. It has about seven decimal digits and ends at
#   3.4 × 10³⁸. Beyond stands **inf**, infinity.
# - **NaN**, "not a number", is the result of what has none: 0 × inf, inf − inf, 0 / 0. A sum or product with NaN is NaN.
# - A **logit** is what the last layer gives before the sigmoid; the sigmoid turns it into a probability.
# - A unit is **saturated** where its output hardly changes with its input. Its slope there is tiny, or exactly 0.
# - The **norm** of a gradient is its length, the root of the sum of its squares: one number for "how large".

# %%
import keras
import numpy as np
import tensorflow as tf
from keras.optimizers import SGD, Adam

from autograder import chart, claim, observe, reveal, show

rng = np.random.default_rng(8)

# 256 water samples: conductivity (µS/cm), pH, turbidity (NTU, with spikes after rain), temperature (°C).
lab = rng.normal([800, 7.2, 0, 14], [150, 0.3, 1, 4], (256, 4)).astype("float32")
lab[:, 2] = np.exp(lab[:, 2])
samples = tf.constant((lab - lab.mean(axis=0)) / lab.std(axis=0))
# Two targets: is it unsafe, and how much chlorine does it consume (mg/l)?
unsafe = tf.constant((lab[:, 2:3] + rng.normal(0, 0.5, (256, 1)) > 1.5).astype("float32"))
demand = 1.0 + samples[:, :1] - 0.7 * samples[:, 2:3] ** 2 / (1 + samples[:, 2:3] ** 2)


def new_model(hidden, activation=None, start="glorot_uniform", last=None):
    """Dense layers of these widths and one output, always with the same starting weights."""
    keras.utils.set_random_seed(2)
    model = keras.Sequential([keras.Input((4,))])
    for i, width in enumerate(hidden):
        model.add(keras.layers.Dense(width, activation, kernel_initializer=start, name=f"hidden{i}"))
    model.add(keras.layers.Dense(1, last, kernel_initializer=start, name="output"))
    return model


def mse(y, prediction):
    return tf.reduce_mean(tf.square(y - prediction))


def train(model, optimizer, loss_of=mse, x=samples, y=demand, steps=30):
    """Some training steps, always on the same batch, observed."""

    def step():
        with tf.GradientTape() as tape:
            loss = loss_of(y, model(x))
        gradients = tape.gradient(loss, model.trainable_variables)
        optimizer.apply_gradients(zip(gradients, model.trainable_variables))
        return loss

    return observe(step, [()] * steps, model)


# %% [markdown]
# ## A step that runs
#
# Is a sample unsafe? The model, a logistic regression, answers with a probability. The loss is the cross-entropy,
# written down as it stands in the textbook. The step in `train` is the one that you know, and nothing is wrong with it.


# %%
def textbook(y, p):
    return -tf.reduce_mean(y * tf.math.log(p) + (1 - y) * tf.math.log(1 - p))


# %% [markdown]
# **Before you run it:** 60 steps on the same 256 samples. What will the loss do?
#
# - **a**: it falls, to the end
# - **b**: it falls for a while, and from one step on it is NaN
# - **c**: it falls for a while, and then TensorFlow raises an exception

# %%
prediction = "?"

# %%
model = new_model([], last="sigmoid")
broken = train(model, SGD(1.0), textbook, samples, unsafe, steps=60)
finite = np.isfinite(broken.losses)
nan_at_last = finite[:10].all() and not finite[-1]
reveal(prediction, a=finite.all(), b=broken.error is None and nan_at_last, c=broken.error is not None)

# %% [markdown]
# ## The symptom
#
# Nothing raised and nothing warned. The loss falls well and ends in the middle of the picture; both gradients go from
# finite to NaN. In the log of a long training, this is where `loss: nan` begins.

# %%
show(broken=broken)

# %%
first = int(np.argmin(finite))
after = broken.variable("output/kernel").values[first + 1]
print(f"{first} finite losses, the last {broken.losses[first - 1]:.3f}; then the kernel is {after.ravel()}")
falls = np.all(np.diff(broken.losses[:first]) < 0)
claim("the loss falls until it is NaN, and that step makes every weight NaN", falls and np.isnan(after).all())

# %%
chart("nan")

# %% [markdown]
# ## The diagnosis, step by step
#
# NaN spreads. By the time you see it, it is everywhere, and the place where you see it says nothing. So go back to the
# *first* step with a NaN, take the weights as they were **before** it, and walk forward through the loss, one
# operation a line. The first line that is not finite is the culprit.

# %%
kernel, bias = (broken.variable(name).values[first] for name in ("output/kernel", "output/bias"))
walk = {"logit": samples @ kernel + bias}
walk["p"] = tf.sigmoid(walk["logit"])
walk["log(p)"] = tf.math.log(walk["p"])
walk["1 - p"] = 1 - walk["p"]
walk["log(1 - p)"] = tf.math.log(walk["1 - p"])
walk["(1 - y) * log(1 - p)"] = (1 - unsafe) * walk["log(1 - p)"]

spoiled = {name: int(np.sum(~np.isfinite(value))) for name, value in walk.items()}
print(spoiled)
print("logits of the samples with p = 1:", walk["logit"].numpy()[walk["p"].numpy() == 1])
culprit = [name for name, count in spoiled.items() if count][0]
claim("the first operation whose result is not finite is log(1 - p)", culprit == "log(1 - p)")

# %% [markdown]
# The input of that logarithm is a perfectly finite 0: for one sample `p` is *exactly* 1. Mathematically a sigmoid never
# gets there. In float32 it does, and not far out.

# %%
at = {z: float(tf.sigmoid(z)) for z in (16.0, 17.0, -17.0, -87.0, -88.0)}
print(at)
exact = at[16.0] < 1 == at[17.0] and at[-88.0] == 0 < at[-87.0]
claim("in float32 a sigmoid is exactly 1 from a logit of 17 on, and exactly 0 from −88 on", exact)

# %% [markdown]
# The sample is unsafe and the model is sure of it: it is classified *right*. So `1 - y` is 0, and 0 × log(0) =
# 0 × −inf = NaN. This is the fault `log-of-zero`. It needs no bad data and no bad rate, only a model that gets good.
# (Were `y` 0 here, the loss would be +inf. It is never −inf, as log(0) itself is.)
#
# TensorFlow can walk for you: it looks at the result of every operation, those of the backward pass included. Switch
# it on for the one step that you want to see, and off again.

# %%
tf.get_logger().setLevel("ERROR")  # it announces itself in the log otherwise
model.set_weights([kernel, bias])
tf.debugging.enable_check_numerics()
error = train(model, SGD(1.0), textbook, samples, unsafe, steps=1).error
tf.debugging.disable_check_numerics()
lines = [line.strip() for line in error.message.splitlines()]
print(error.type, *(line for line in lines if "Detected" in line or "# of" in line), sep="\n")
claim('check_numerics names the operation: "Log"', 'op "Log"' in error.message and "-Inf" in error.message)

# %% [markdown]
# The message (two lines of it) names the kind of operation. Which of your logarithms it was, the traceback says. Why a 0
# came in, nobody says: that is for you to find.
#
# ## The repair
#
# Don't compute `p` at all. Logarithm and sigmoid together are a harmless function of the logit, and TensorFlow has it
# in one piece. The last layer loses its activation, and the loss is told so: `from_logits=True`.

# %%
cross_entropy = keras.losses.BinaryCrossentropy(from_logits=True)
model = new_model([])
repaired = train(model, SGD(1.0), cross_entropy, samples, unsafe, steps=60)
show(broken=broken, repaired=repaired)

# %% [markdown]
# ## The proof
#
# For the check the loss is written a third time: in NumPy, in float64, as log(1 + eᶻ) − y·z. Nudge each weight a
# little, and the slope comes without a tape. Start from the weights at which the broken step failed.


# %%
def loss_at(kernel):
    z = samples.numpy().astype("float64") @ kernel + bias
    return np.mean(np.logaddexp(0, z) - unsafe.numpy() * z)


nudges = 1e-4 * np.eye(4)[:, :, None]
slopes = np.array([(loss_at(kernel + nudge) - loss_at(kernel - nudge)) / 2e-4 for nudge in nudges])
model.set_weights([kernel, bias])
train(model, SGD(1.0), cross_entropy, samples, unsafe, steps=1)
moved = (model.get_weights()[0] - kernel).ravel()
print("−1.0 × slope:", -slopes.round(5), "   moved:", moved.round(5))
right = np.allclose(moved, -slopes, rtol=1e-2, atol=1e-5)
claim("where the broken step gave NaN, the repaired one moves every weight by −rate × slope", right)

# %%
same = np.allclose(broken.losses[:first], repaired.losses[:first], rtol=1e-4)
falls = np.all(np.diff(repaired.losses) < 0)
claim("the losses agree while both are finite, and the repaired one goes on falling", same and falls)

# %% [markdown]
# ### Tempting repairs
#
# The most popular one keeps `p` away from 0 and 1, by clipping or by a small number in the logarithm. Take one sample
# on which the model is sure and **wrong**: logit 30, label 0. Of all samples this one should teach the most.

# %%
keras_loss = keras.losses.binary_crossentropy
versions = {
    "as it was": lambda y, z: textbook(y, tf.sigmoid(z)),
    "clipped p": lambda y, z: textbook(y, tf.clip_by_value(tf.sigmoid(z), 1e-7, 1 - 1e-7)),
    "log(1 - p + 1e-7)": lambda y, z: -tf.math.log(1 - tf.sigmoid(z) + 1e-7),
    "Keras loss, tf.sigmoid": lambda y, z: keras_loss(y, tf.sigmoid(z)),
    "Keras loss, Keras sigmoid": lambda y, z: keras_loss(y, keras.ops.sigmoid(z)),
    "from logits": lambda y, z: keras_loss(y, z, from_logits=True),
    "spoiled losses to 0": lambda y, z: tf.where(z < 17, textbook(y, tf.sigmoid(z)), 0.0),
}
slope = {}
for name, version in versions.items():
    z = tf.Variable([30.0])
    with tf.GradientTape() as tape:
        loss = version(tf.constant([0.0]), z)
    slope[name] = float(tape.gradient(loss, z)[0])
    print(f"{name:<27}loss {float(tf.squeeze(loss)):5.1f}   gradient {slope[name]}")

popular = ("clipped p", "log(1 - p + 1e-7)", "Keras loss, tf.sigmoid")
never = all(slope[name] == 0 for name in popular)
taught = slope["from logits"] == slope["Keras loss, Keras sigmoid"] == 1
clipped = tf.clip_by_norm([np.nan, 1.0], 1.0).numpy()
late = np.isnan(slope["spoiled losses to 0"]) and np.isnan(clipped).all()
claim("clipped p: NaN turns into exactly 0. Dropped loss, clipped gradient: NaN", never and taught and late)

# %% [markdown]
# Kept away from 0 and 1, a loud symptom becomes a silent one: this sample is never learned. The fifth line is a courtesy
# of Keras 3: its own sigmoid, such as the activation of a layer, leaves a note of the logits on the result, and its own
# loss reads the note if nothing comes between them. To drop a spoiled loss, or to clip a gradient that is NaN, is too late.
#
# ## Finite loss, NaN gradient: `nan-in-unused-branch`
#
# The chlorine dose is to be log(z) for an estimate `z`, and 0 where `z` is 0. No logarithm of 0 is ever *used* here.

# %%
weight = tf.Variable([[0.0], [0.0], [1.0], [0.0]], name="weight")
dose = tf.constant(0.3 * np.log1p(lab[:, 2:3]))


def careless(z):
    return tf.where(z > 0, tf.math.log(z), 0.0)


def careful(z):
    safe = tf.where(z > 0, z, 1.0)
    return tf.where(z > 0, tf.math.log(safe), 0.0)


def loss_and_gradient(rule):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(dose - rule(tf.nn.relu(samples @ weight))))
    return float(loss), tape.gradient(loss, weight).numpy().ravel()


# %% [markdown]
# **Before you run it:** what do the loss and its gradient say for `careless`?
#
# - **a**: both are finite, because `tf.where` takes the other branch
# - **b**: both are NaN
# - **c**: the loss is finite, the gradient is NaN

# %%
prediction = "?"

# %%
loss, gradient = loss_and_gradient(careless)
print(f"loss {loss:.3f}   gradient {gradient}")
number, broke = np.isfinite(loss), np.isnan(gradient).all()
reveal(prediction, a=number and not broke, b=not number and broke, c=number and broke)

# %% [markdown]
# `tf.where` chooses between *values*; both branches are computed, and both are differentiated. To the branch that was
# not chosen the backward pass hands a 0, and multiplies it by the slope there:
#
# ```text
#   forward:   z = 0 ──▶ log(z) = −inf ──▶ where: drops it, takes 0.0
#   backward:  NaN ◀── 0 × 1/z = 0 × inf ◀── where: hands back 0
# ```
#
# The cure is the **double where** of `careful`: the *argument* is made safe as well, so that the unused branch has a
# finite slope.

# %%
loss_again, gradient = loss_and_gradient(careful)
print(f"loss {loss_again:.3f}   gradient {gradient.round(3)}")
healed = loss_again == loss and np.isfinite(gradient).all() and gradient.all()
claim("with the double where the loss is the same and the gradient is finite", healed)

# %%
functions = {"log": tf.math.log, "1/z": lambda z: 1 / z, "z**0.5": lambda z: z**0.5, "tf.sqrt": tf.sqrt}
at_zero = {}
for name, function in functions.items():
    z = tf.Variable(0.0)
    with tf.GradientTape() as tape:
        chosen = tf.where(z > 0, function(z), 0.0)
    at_zero[name] = float(tape.gradient(chosen, z))
print(at_zero)
others = all(np.isnan(at_zero[name]) for name in ("log", "1/z", "z**0.5"))
claim("unused at z = 0, log, 1/z and z**0.5 give NaN; tf.sqrt gives 0", others and at_zero["tf.sqrt"] == 0)

# %% [markdown]
# **How to tell:** with `log-of-zero` the loss is NaN too. If your first NaN stands in a *gradient*, look for a `where`.
#
# ## NaN from the first batch on: `nan-in-data`
#
# One of 256 samples has no turbidity reading. Somebody knew, and left it out of the loss.

# %%
holes = tf.where(tf.reshape(tf.range(1024), (256, 4)) == 70, np.nan, samples)


def masked_mse(y, prediction):
    each = tf.square(y - prediction)
    return tf.reduce_mean(tf.where(tf.math.is_nan(each), 0.0, each))


complete = np.isfinite(holes).all(axis=1)
plain = train(new_model([8], "tanh"), SGD(0.1), x=holes, steps=3)
masked = train(new_model([8], "tanh"), SGD(0.1), masked_mse, x=holes, steps=3)
dropped = train(new_model([8], "tanh"), SGD(0.1), x=holes[complete], y=demand[complete], steps=3)
print("plain:", plain.losses, "\nmasked:", masked.losses, "\ndropped:", dropped.losses)
show(masked=masked)

# %%
spoiled = np.isnan(plain.losses).all() and all(
    np.isnan(v.values[n]).any() for v in masked.variables for n in (1, 3)
)
perfect = np.isfinite(masked.losses[0]) and masked.losses[1] == 0 and dropped.losses[2] < dropped.losses[0]
claim("one step spoils every variable, for good, masked or not; masked, the loss is 0.0", spoiled and perfect)

# %% [markdown]
# A loss of 0.0, as if all were learned: now *every* prediction is NaN, and the mask removes every sample. The mask acts
# on the loss; the NaN sits before the first weight. The gradient of a kernel is *input × what comes back*, and for this
# sample that is NaN × 0 = NaN. Take the sample out before it meets a weight, or fill the hole (with the column's mean,
# say). Look at the targets too. Weights that are NaN never recover: start again from fresh ones.
#
# ## Tiny: `vanishing-gradient`
#
# Somebody made the model "deep" and gave every layer a sigmoid. Ask for the gradient of each kernel.


# %%
def kernel_norms(model):
    """The norm of the gradient of each kernel, from the first layer to the last."""
    with tf.GradientTape() as tape:
        loss = mse(demand, model(samples, training=True))
    kernels = [layer.kernel for layer in model.layers if hasattr(layer, "kernel")]
    return np.array([float(tf.norm(gradient)) for gradient in tape.gradient(loss, kernels)])


deep = {name: new_model([16] * 8, name) for name in ("sigmoid", "tanh", "relu", "leaky_relu", "elu")}
deep["wide sigmoid"] = new_model([64] * 8, "sigmoid")
blocks = []
for _ in range(8):
    blocks += [keras.layers.Dense(16), keras.layers.BatchNormalization(), keras.layers.Activation("sigmoid")]
deep["sigmoid + BatchNorm"] = keras.Sequential([keras.Input((4,)), *blocks, keras.layers.Dense(1)])

norms = {name: kernel_norms(model) for name, model in deep.items()}
for layer, norm in zip(deep["sigmoid"].layers, norms["sigmoid"]):
    print(f"{layer.name:<8} {norm:8.1e}  {'#' * int(4 * (np.log10(norm) + 6))}")
ratio = {name: float(norm[0] / norm[-1]) for name, norm in norms.items()}
print("first / last:", {name: f"{value:.1e}" for name, value in ratio.items()})
keep = min(ratio[name] for name in ("tanh", "relu", "leaky_relu", "elu", "sigmoid + BatchNorm")) > 0.1
fade = max(ratio["sigmoid"], ratio["wide sigmoid"]) < 1e-4
claim("eight sigmoids, wide or not, leave less than a ten-thousandth, the others over a tenth", fade and keep)

# %% [markdown]
# A bar has one # for a quarter of a power of ten. With each layer on its way back the gradient loses a factor: the slope
# of a sigmoid is 0.25 at most, and all the slopes multiply. Nothing is None, nothing is 0, nothing warns.

# %%
variance = float(tf.math.reduce_variance(demand))
vanishing, reaching = (train(deep[name], SGD(0.1), steps=20) for name in ("sigmoid", "elu"))
for name, run in (("sigmoid", vanishing), ("elu", reaching)):
    first_moved, last_moved = (sum(run.variables[i].update_norms) for i in (0, -2))
    print(f"{name:<8} first kernel moved {first_moved:.0e}, last {last_moved:.0e}, loss {run.losses[-1]:.3f}")
print(f"the loss of a model that always says the mean: {variance:.3f}")
stuck = sum(vanishing.variables[0].update_norms) < 1e-3 and abs(vanishing.losses[-1] - variance) < 0.02
learns = reaching.losses[-1] < variance / 2
claim("with sigmoids the first kernel stands, and the model says the mean; elu learns", stuck and learns)

# %% [markdown]
# **How to tell:** the gradient is tiny at the front and healthy at the back. Tiny everywhere is another fault.
#
# ## Huge: `exploding-gradient`
#
# The same, with factors above 1. Four connected tanks: hour by hour, their levels are multiplied with the same matrix.

# %%
inflow = tf.constant(rng.normal(0, 1, (40, 8, 4)).astype("float32"))
flow = tf.Variable(keras.initializers.Orthogonal(gain=1.3, seed=3)((4, 4)), name="flow")
start = flow.numpy()


def tank_gradient(hours):
    with tf.GradientTape() as tape:
        level = tf.zeros((8, 4))
        for hour in range(hours):
            level = level @ flow + inflow[hour]
        loss = tf.reduce_mean(tf.square(level))
    return loss, tape.gradient(loss, flow)


def tank_run(steps, optimizer):
    def step():
        loss, gradient = tank_gradient(hours=20)
        optimizer.apply_gradients([(gradient, flow)])
        return loss

    flow.assign(start)
    return observe(step, [()] * steps, [flow]).losses


sizes = [float(tf.norm(tank_gradient(hours)[1])) for hours in (5, 10, 20, 40)]
print("gradient norm after 5, 10, 20, 40 hours:", *(f"{size:.0e}" for size in sizes))
plain, clipped = tank_run(4, SGD(0.05)), tank_run(25, SGD(0.05, global_clipnorm=1.0))
print("plain:  ", *(f"{loss:.3g}" for loss in plain))
print("clipped:", *(f"{loss:.3g}" for loss in clipped[::4]))
flow.assign(start / 1.3)
with_gain_1 = float(tf.norm(tank_gradient(40)[1]))
print(f"gain 1, 40 hours: gradient norm {with_gain_1:.0e}")
grows = sizes[3] > 1e3 * sizes[2] > 1e5 * sizes[1] and with_gain_1 < 1e-5 * sizes[3]
tamed = np.isnan(plain[-1]) and np.isfinite(clipped).all() and clipped[-1] < 1e-3 * clipped[0]
claim("the norm grows by powers of ten; one plain step ends in NaN; clipped, the loss falls", grows and tamed)

# %% [markdown]
# `global_clipnorm` shortens the whole gradient and keeps its direction, as long as the gradient is finite. It is first
# aid. The cure is to make the factor smaller: starting weights with gain 1, normalisation, fewer repeated steps.
#
# ## Larger by the size of the batch: `sum-instead-of-mean`


# %%
def total(y, prediction):
    return tf.reduce_sum(tf.square(y - prediction))


mean_run, sum_run = (train(new_model([8], "tanh"), SGD(0.05), loss_of) for loss_of in (mse, total))
adam_runs = [train(new_model([8], "tanh"), Adam(0.05), loss_of, steps=10) for loss_of in (mse, total)]
factor = sum_run.variables[0].gradient_norms[0] / mean_run.variables[0].gradient_norms[0]
print(f"first gradient, sum / mean: {factor:.2f}; losses {sum_run.losses[-1]}, {mean_run.losses[-1]:.3f}")
diverged = abs(factor - 256) < 0.1 and np.isnan(sum_run.losses[-1]) and mean_run.losses[-1] < 0.1
same = np.allclose(*(run.variables[0].values[-1] for run in adam_runs), rtol=1e-3, atol=1e-4)
claim("256 samples, 256 times the gradient: SGD ends in NaN, Adam takes the same path", diverged and same)

# %% [markdown]
# **How to tell:** take the gradient on half of the batch: a mean stays about the same, a sum halves. A rate divided by
# 256 is right until the batch size changes, and the last batch of an epoch is often smaller.
#
# ## Different by the unit: `unscaled-inputs`
#
# A linear model on the raw lab values: hundreds of µS/cm beside a pH of 7.

# %%
raw = tf.constant(lab)
model = new_model([])
with tf.GradientTape() as tape:
    loss = mse(demand, model(raw))
by_feature = np.abs(tape.gradient(loss, model.layers[0].kernel).numpy().ravel())
print("gradient by feature:", by_feature.round())
fast, slow = (train(new_model([]), SGD(rate), x=raw).losses[-1] for rate in (0.1, 1e-6))
scaled = train(new_model([]), SGD(0.1)).losses[-1]
print(f"last losses: raw, rate 0.1: {fast}; raw, rate 1e-6: {slow:.2f}; standardised, rate 0.1: {scaled:.3f}")
no_rate = by_feature[0] > 50 * by_feature[1:].max() and np.isnan(fast) and slow > 2 * variance
claim("raw: NaN, or worse than saying the mean. Standardised, it learns", no_rate and scaled < 0.1)

# %% [markdown]
# No single rate suits all four features. Behind a tanh the same fault has another face: the raw values push every unit
# to ±1, where its float32 slope is exactly 0. `keras.layers.Normalization`, adapted to the training data and put first
# in the model, is the repair that stays with the model.

# %%
scale = keras.layers.Normalization()
scale.adapt(lab)
flat = train(new_model([8], "tanh"), SGD(0.1), x=raw, steps=3)
zero = set(flat.variables[0].gradients) == {"zero"} and np.allclose(scale(raw), samples, atol=1e-4)
claim("raw into tanh: the first kernel's gradient is exactly 0. Normalization gives the scaled samples", zero)

# %% [markdown]
# ## Exactly 0: `zero-initialised` and `dead-relu`
#
# Two programs with relu units, one table. In the first, all kernels start at zero. In the second the demand is given in
# µg/l instead of mg/l: targets a hundred times as large, and one oversized step at the start.

# %%
zeros = train(new_model([8], "relu", start="zeros"), SGD(0.1))
milligrams = train(new_model([8], "relu"), SGD(0.01))
micrograms = train(new_model([8], "relu"), SGD(0.01), y=100 * demand)
show(zeros=zeros, micrograms=micrograms)

# %% [markdown]
# Both end with a gradient of exactly 0 everywhere but in the last bias, which goes to the mean of the target. Gradients
# don't tell them apart. The *kernels* and the *activity* of the units do.

# %%
hidden_kernel, hidden_bias = (v.values[-1] for v in micrograms.variables[:2])
active = (samples @ hidden_kernel + hidden_bias).numpy() > 0
print(
    "zeros, kernel:", np.unique(zeros.variables[0].values[-1]), "  micrograms, active on", active.sum(axis=0)
)
zero = {v.gradients[-1] for run in (zeros, micrograms) for v in run.variables[:3]} == {"zero"}
still = not any(v.moved for v in zeros.variables[:3]) and not active.any()
learns = milligrams.losses[-1] < 0.3 * milligrams.losses[0] and keras.ops.leaky_relu(-1.0) < 0
claim("zeros: kernels stay 0. Dead: no unit is active; in mg/l it learns", zero and still and learns)

# %% [markdown]
# A ReLU whose input is negative for every sample has slope 0 for every sample, and no later rate brings it back. Scale
# the target, start with a smaller rate, or use `leaky_relu`, which keeps a slope.
#
# With zeros, nothing breaks the symmetry between the units. With sigmoids that looks quite different:

# %%
symmetric = train(new_model([8], "sigmoid", start="zeros"), SGD(0.3))
single = train(new_model([], start="zeros"), SGD(0.1))
units = symmetric.variables[0].values[-1]
print(units.round(3)[:, :4], f"\nloss {symmetric.losses[0]:.2f} → {symmetric.losses[-1]:.2f}")
twins = np.ptp(units, axis=1).max() < 1e-4 and symmetric.losses[-1] < 0.2 * symmetric.losses[0]
fine = single.losses[-1] < 0.1
claim("sigmoid units from zero move and stay one and the same unit; a single layer learns", twins and fine)

# %% [markdown]
# ## Healthy gradients, no learning: `too-little-capacity`
#
# Water is bad for the pipes if it is acid and soft (it corrodes) or neither (it leaves scale).

# %%
kinds = tf.constant([[1.0, 1, 0, 0], [1.0, -1, 0, 0], [-1.0, 1, 0, 0], [-1.0, -1, 0, 0]])
bad = tf.constant([[1.0], [0.0], [0.0], [1.0]])
capacity = {}
models = {"one layer": new_model([]), "two layers": new_model([8]), "with tanh": new_model([8], "tanh")}
for name, model in models.items():
    run = capacity[name] = train(model, SGD(1.0), cross_entropy, x=kinds, y=bad, steps=40)
    print(f"{name:<11} kernel moved {sum(run.variables[0].update_norms):.2f}, loss {run.losses[-1]:.4f}")
chance = all(abs(capacity[name].losses[-1] - np.log(2)) < 1e-3 for name in ("one layer", "two layers"))
went = all(sum(run.variables[0].update_norms) > 0.1 for run in capacity.values())
falls = capacity["with tanh"].losses[-1] < 0.1
claim("without a tanh the weights move and the loss stops at ln 2, chance", chance and went and falls)

# %% [markdown]
# Here no number is at fault: every gradient is right and leads to the best that this model *can* say. **How to tell:** let
# it learn a few samples by heart. If it can't, more steps won't help.
#
# ## The ten, by what you see
#
# | You see | It may be | What tells them apart |
# |---|---|---|
# | NaN in the very first loss | `nan-in-data` | `np.isnan(x).sum(axis=0)`; the targets too |
# | NaN in a later loss, small norms before | `log-of-zero` | walk forward to the first bad operation |
# | NaN in a later loss, huge norms before | `exploding-gradient`, `unscaled-inputs`, `sum-instead-of-mean` | does the norm grow with the depth, the unit, the batch? |
# | finite loss, NaN gradient | `nan-in-unused-branch`, masked `nan-in-data` | a `where`; a mask on the loss |
# | gradient exactly 0 | `zero-initialised`, `dead-relu`, raw inputs into tanh | are kernels 0? is any unit active? |
# | tiny at the front only | `vanishing-gradient` | the norms, layer by layer |
# | healthy, moved, no learning | `too-little-capacity` | can it learn a few samples by heart? |
# | None | none of these | chapters 01 to 03 |
#
# ## What you may read elsewhere
#
# | You may read | Measured here |
# |---|---|
# | Through sigmoid or tanh layers gradients fade until the first layers stand still. | **Half right.** Through eight sigmoids under SGD, yes; through eight tanh layers with Keras' start, no; and a model with two hidden sigmoid layers under Adam learns (below). |
# | ReLU, leaky ReLU, ELU and batch normalisation help. | **Right**, all four. |
# | The danger of log(0) is a loss of −inf. | **Half right.** The logarithm is −inf; the loss is NaN or +inf, and only once a probability is *exactly* 0 or 1. |
# | A sum in place of the mean may hinder learning. | **Half right.** SGD ends in NaN; Adam does not mind. |
# | Clipping is needed against exploding gradients. | **Right**, as long as they are finite. |
# | With too little capacity the weights don't change. | **Wrong.** They change, and the loss stops at chance. |

# %%
model = new_model([128, 64], "sigmoid")
adam = train(model, Adam(0.01), steps=25)
moved = sum(adam.variables[0].update_norms)
learns = moved > 1 and adam.losses[-1] < 0.5 * variance
claim("two hidden sigmoid layers under Adam: the first kernel moves and the loss falls", learns)

# %% [markdown]
# ## Key points
#
# - NaN spreads. Go back to the weights *before* the first one and walk forward; the first bad operation is the cause.
# - Leave logarithm and sigmoid to one function of the logits. Clipping trades NaN for 0.
# - Both branches of `tf.where` are differentiated. Make the argument safe, not only the result.
# - A mask on the loss does not keep a NaN in the data from the weights: NaN × 0 is NaN.
# - Ask how the gradient's size changes with the layer, the feature and the batch.
# - Exactly 0 is no small number: nothing gets through. Look at the kernels, and at which units are active.
# - Healthy gradients and moving weights don't prove that the model can say what you want.
#
# ## Now you
#
# The exercise is in [`exercises/08-numerics`](../exercises/08-numerics/08-numerics.ipynb): three steps to repair, one
# formula in unfamiliar code, a tool to build, and five programs to diagnose.
#
# After that: [09 · Write a tf.function that still updates](09-graph-mode.ipynb), or back to the [start page](index.ipynb).
