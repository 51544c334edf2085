# %% [markdown]
# # 05 · Replace a loss that has no slope
#
# **Time:** 25 minutes to read and run, then about an hour for the exercise.
#
# **You will be able to**
#
# - say which operations answer `None`, which answer 0, and what each of them asks you to repair;
# - recognise six faults of a loss: `zero-gradient-op`, `non-differentiable-op`, `hard-mask`,
#   `loss-ignores-prediction`, `broadcast-loss` and `double-softmax`;
# - replace a loss that cannot be learned by a **surrogate**: another loss, with a slope, that is small only when the
#   one you care about is small as well;
# - examine any loss with three questions before you train.
#
# **You need** chapters 01 to 04: the tape, where `None` comes from, and the table of variables. The examples come from
# a botanic garden: measured leaves and photographs of leaves.

# %%
import keras
import numpy as np
import tensorflow as tf

from autograder import chart, claim, draw_path, observe, reveal, show

rng = np.random.default_rng(5)

# 120 leaves with four measurements each. `side` is +1 for an oak leaf and −1 for a beech leaf, in shape (120, 1).
measures = tf.constant(rng.normal(size=(120, 4)), tf.float32)
side = tf.sign(0.7 * measures[:, 1:2] - measures[:, :1] + 0.3 + 0.3 * rng.normal(size=(120, 1)))


def new_model(units=1, activation=None):
    """The same small network every time, with the same starting weights."""
    keras.utils.set_random_seed(2)
    hidden = keras.layers.Dense(8, activation="tanh", name="hidden")
    return keras.Sequential([keras.Input((4,)), hidden, keras.layers.Dense(units, activation, name="output")])


def train(model, loss_of, *batch, steps=30, rate=0.3):
    """Observe steps of gradient descent on `loss_of(model, *batch)`: tape, gradients, update."""
    optimizer = keras.optimizers.SGD(rate)

    def step(*batch):
        with tf.GradientTape() as tape:
            loss = loss_of(model, *batch)
        gradients = tape.gradient(loss, model.trainable_variables)
        optimizer.apply_gradients(zip(gradients, model.trainable_variables))
        return loss

    return observe(step, [batch] * steps, model)


# %% [markdown]
# ## A loss that says exactly what you want
#
# The model returns a score. A positive score means oak. You want few wrong leaves, so this loss counts them: where the
# sign of the score is right, `side * sign` is 1, otherwise −1. The result is the **error rate**, the share of wrong
# leaves. Nothing leaves TensorFlow, and everything is inside the tape.


# %%
def error_rate(model, x, side):
    return tf.reduce_mean(0.5 * (1.0 - side * tf.sign(model(x))))


print("wrong at the start:", float(error_rate(new_model(), measures, side)))

# %% [markdown]
# **Before you run it:** this loss is trained for 30 steps. What will happen?
#
# - **a**: the error rate falls
# - **b**: the error rate is the same number 30 times, and nothing raises
# - **c**: an exception in the first step: no gradients
#
# Write your letter in place of the question mark.

# %%
prediction = "?"

# %%
broken = train(new_model(), error_rate, measures, side)

reveal(
    prediction,
    a=broken.error is None and broken.losses[-1] < broken.losses[0],
    b=broken.error is None and len(set(broken.losses)) == 1,
    c=broken.error is not None,
)

# %% [markdown]
# ## The symptom

# %%
show(broken=broken)

# %% [markdown]
# The column **gradient** says "zero", not `None`. So the record is whole: there *is* a path from the loss to every
# weight, and what comes along it is exactly 0. The faults of chapters 01 and 02 look different.

# %%
chart("zero")

# %%
claim("every gradient is 0, in every step", {v.gradients for v in broken.variables} == {("zero",) * 30})

# %% [markdown]
# ## The diagnosis, step by step
#
# A path that carries 0: where does the slope get lost? A tape can be asked for the gradient by any tensor on the way,
# not only by variables. Walk backwards from the loss.

# %%
model = new_model()
with tf.GradientTape() as tape:
    score = model(measures)
    decision = tf.sign(score)
    loss = tf.reduce_mean(0.5 * (1.0 - side * decision))
by_decision, by_score = (np.abs(g).max() for g in tape.gradient(loss, [decision, score]))
print(f"largest slope by the decision: {by_decision:.5f}    by the score: {by_score:.5f}")

claim("the slope is lost between the score and its sign", by_decision > 0 and by_score == 0)

# %% [markdown]
# It is lost at `tf.sign`. Is the tape wrong, then? Ask without any tape: nudge the bias of the output and count the
# wrong leaves.

# %%
counted = []
for nudge in (-0.4, -1e-4, 0.0, 1e-4, 0.4):
    model.get_layer("output").bias.assign([nudge])
    counted.append(float(error_rate(model, measures, side)))
    print(f"bias {nudge:+.4f}: {counted[-1]:.4f}")

claim(
    "a small nudge changes the error rate by exactly 0, a large one does change it",
    counted[1] == counted[2] == counted[3] and counted[0] != counted[2] != counted[4],
)

# %% [markdown]
# ```text
#      error rate      ────┐                the same goal,    ──__
#                          └───┐            with a slope:         ──__
#                              └────                                  ──____
#               a staircase: flat nearly everywhere        downhill everywhere
# ```
#
# The tape is right. The error rate is a staircase: it stays the same until some leaf changes sides, and then it jumps.
# Gradient descent asks "which way is down from here?", and the honest answer is "nowhere". This is the fault
# `zero-gradient-op`. In the picture of the path, values go down from line to line, and the gradient comes back up as
# far as the line that makes it 0:


# %%
def gradients_by_line(x, side):
    with tf.GradientTape() as tape:
        score = model(x)
        decision = tf.sign(score)
        loss = tf.reduce_mean(0.5 * (1.0 - side * decision))
    return tape.gradient(loss, model.trainable_variables)


draw_path(gradients_by_line, measures, side)

# %% [markdown]
# ## The repair
#
# Keep the goal and change the ground. The **logistic loss** log(1 + e^(−side · score)) is large for a score far on
# the wrong side, small for one far on the right side, and slopes everywhere. It is a surrogate for the error rate.
# `tf.nn.softplus(z)` is log(1 + e^z). The error rate stays what you *report*.


# %%
def logistic_loss(model, x, side):
    return tf.reduce_mean(tf.nn.softplus(-side * model(x)))


model = new_model()
repaired = train(model, logistic_loss, measures, side)
after = float(error_rate(model, measures, side))
print(f"error rate: {broken.losses[-1]:.3f} with the broken loss, {after:.3f} with the surrogate")
show(broken=broken, repaired=repaired)

# %%
claim("the error rate falls although it was never differentiated", after < 0.3 * broken.losses[-1])

# %% [markdown]
# ## The proof
#
# As in chapter 01, the gradient for the proof must not come from the tape. Nudge one weight up and down, see how the
# surrogate answers, and compare with what the first step did.

# %%
model = new_model()
kernel = model.get_layer("hidden").kernel
start, nudge, nudged = kernel.numpy(), np.zeros((4, 8)), []
nudge[0, 0] = 1e-2
for value in (start + nudge, start - nudge):
    kernel.assign(value)
    nudged.append(float(logistic_loss(model, measures, side)))
slope = (nudged[0] - nudged[1]) / 2e-2
first = repaired.variable("hidden/kernel").values
moved = float(first[1][0, 0] - first[0][0, 0])
print(f"−0.3 × slope: {-0.3 * slope:.5f}    moved in step 1: {moved:.5f}")
claim(
    "the first update is −0.3 × the slope of the surrogate, and the surrogate falls in each step",
    abs(moved + 0.3 * slope) < 0.01 * abs(moved) and np.all(np.diff(repaired.losses) < 0),
)

# %% [markdown]
# ## The same goal without a path: `non-differentiable-op`
#
# `tf.sign` is one way to write the error rate. Here is another one, by comparison. The number is the same.


# %%
def error_rate_by_comparing(model, x, side):
    return 1.0 - tf.reduce_mean(tf.cast(tf.equal(model(x) > 0, side > 0), tf.float32))


# %% [markdown]
# **Before you run it:** the same staircase, written with `>` and `tf.equal`. What will 30 steps do?
#
# - **a**: the same as before: gradients of 0, no movement, no error
# - **b**: the gradients are `None`, and the first step raises
# - **c**: it learns

# %%
prediction = "?"

# %%
compared = train(new_model(), error_rate_by_comparing, measures, side)
print(compared.error.type, "·", compared.error.message)
reveal(
    prediction,
    a=compared.error is None and not any(v.moved for v in compared.variables),
    b=compared.error is not None and compared.steps == 0,
    c=compared.error is None and any(v.moved for v in compared.variables),
)

# %% [markdown]
# Mathematically it is the same flat stair. But TensorFlow has no derivative on file for a comparison: the path ends
# there, and the answer is `None`. The optimizer says so, because there is no gradient at all; it does not say which
# operation it was. Here is what common operations answer:


# %%
def number(condition):
    return tf.cast(condition, tf.float32)


STEPS = dict(round=tf.round, floor=tf.floor, ceil=tf.math.ceil)
STEPS |= {"argmax": lambda v: number(tf.argmax(v)), "equal": lambda v: number(tf.equal(v, 0.5))}
STEPS |= {"v > 0.4": lambda v: number(v > 0.4), "where(v > 0.4, 1, 0)": lambda v: tf.where(v > 0.4, 1.0, 0.0)}
STEPS |= {"binary_accuracy": lambda v: keras.metrics.binary_accuracy([[1.0, 0.0, 0.0, 1.0]], v[None])}
FLAT = {"sign": tf.sign, "relu(v − 10)": lambda v: tf.nn.relu(v - 10.0)}
FLAT |= {"clip_by_value(v, 10, 20)": lambda v: tf.clip_by_value(v, 10.0, 20.0)}
SLOPING = {"sort": tf.sort, "clip_by_value(v, 0, 1)": lambda v: tf.clip_by_value(v, 0.0, 1.0)}
SLOPING |= {"reduce_max": tf.reduce_max, "where(v > 0.4, v, 0)": lambda v: tf.where(v > 0.4, v, 0.0)}


def answer(function, at):
    """What a tape says of the slope of a function: "None", "0" or "finite"."""
    with tf.GradientTape() as tape:
        tape.watch(at)
        result = function(at)
    gradient = tape.gradient(result, at)
    return "None" if gradient is None else "finite" if np.any(gradient) else "0"


values = tf.constant([0.3, -1.2, 2.7, 0.5])
said = [{answer(operation, values) for operation in group.values()} for group in (STEPS, FLAT, SLOPING)]
for group, kinds in zip((STEPS, FLAT, SLOPING), said):
    print(f"{', '.join(kinds):8}", ", ".join(group))
claim(
    "steps and comparisons answer None, flat places 0, the rest has a slope",
    said == [{"None"}, {"0"}, {"finite"}],
)

# %% [markdown]
# ### Quiet, behind a penalty
#
# The optimizer raises only when *every* gradient is `None`. A weight penalty beside the dead term keeps it quiet.


# %%
def with_penalty(model, x, side):
    penalty = tf.add_n([tf.reduce_sum(tf.square(layer.kernel)) for layer in model.layers])
    return error_rate_by_comparing(model, x, side) + 0.02 * penalty


quiet = train(new_model(), with_penalty, measures, side)
show(quiet=quiet)

# %%
kernels, biases = quiet.variables[0::2], quiet.variables[1::2]
claim(
    "the kernels get finite gradients and shrink, the biases get None, and nothing raises",
    {v.gradients for v in kernels} == {("finite",) * 30}
    and {v.gradients for v in biases} == {("none",) * 30}
    and all(np.linalg.norm(v.values[-1]) < np.linalg.norm(v.values[0]) for v in kernels)
    and quiet.error is None,
)

# %% [markdown]
# *Moved but no learning*: finite gradients, movement and a falling loss, and all of it belongs to the penalty. With a
# rating from 1 to 5 stars, which people like to round inside the loss, it is the same. The repair takes the hard
# operation out of the loss and leaves it in the report.
#
# ### When the forward value must stay rounded
#
# Say that a leaf is stored as two whole numbers, a code, from which a decoder restores the measurements. The decoder
# must learn on whole numbers. A **straight-through** form rounds on the way forward and pretends, on the way back, that
# it did nothing: `c + tf.stop_gradient(tf.round(c) - c)`.


# %%
def straight_through(code):
    return code + tf.stop_gradient(tf.round(code) - code)


def train_code(rounding):
    """Train an encoder and a decoder with `rounding(code)` between them."""
    keras.utils.set_random_seed(4)
    encoder, decoder = keras.layers.Dense(2, name="encoder"), keras.layers.Dense(4, name="decoder")
    model = keras.Sequential([keras.Input((4,)), encoder, decoder])
    return train(model, lambda _, x: tf.reduce_mean(tf.square(x - decoder(rounding(encoder(x))))), measures)


cut, passed = train_code(tf.round), train_code(straight_through)
print("warnings of the first:", [text[:66] for text in cut.warnings])
show(round=cut, straight_through=passed)

# %%
claim(
    "a plain round leaves the encoder with None while the decoder learns; straight through, both learn, and better",
    set(cut.variable("encoder/kernel").gradients) == {"none"}
    and abs(cut.losses[0] - passed.losses[0]) < 1e-4
    and passed.losses[-1] < 0.9 * cut.losses[-1] < 0.9 * cut.losses[0],
)

# %% [markdown]
# This gradient is *not* the slope of the loss, which is still a staircase. It is a chosen direction that usually leads
# down. Use it when the forward value must be hard, and a surrogate otherwise.
#
# ### The other operation that answers 0
#
# The second form of `zero-gradient-op` is in the list above, too: a prediction that is clipped *in the loss*.

# %%
slopes = {}
for low, high in ((0.0, 1.0), (10.0, 20.0)):
    with tf.GradientTape() as tape:
        tape.watch(values)
        clipped = tf.clip_by_value(values, low, high)
    slopes[low] = tape.gradient(clipped, values).numpy().tolist()
    print(f"{values.numpy()} clipped to {low:g}…{high:g}: slope {slopes[low]}")
claim("inside the bounds the slope is 1, outside 0", slopes == {0.0: [1, 0, 0, 1], 10.0: [0, 0, 0, 0]})

# %% [markdown]
# If only some predictions are outside, the others train, and nobody notices. Clip what you report, not what you
# differentiate, or end the model in a sigmoid.
#
# ## A threshold that should learn: `hard-mask`
#
# Twelve photographs, 8 × 8 pixels. A pixel belongs to the leaf if it is greener than a threshold, and the threshold
# should learn. A **mask** is an image of 0s and 1s that says which pixels count. **Dice** measures how well two masks
# agree: twice the overlap divided by both areas, 1 for equal masks. The loss is 1 − Dice.

# %%
truth = number(rng.random((12, 8, 8)) < 0.4)
green = 0.45 * truth + 0.25 + 0.08 * tf.constant(rng.normal(size=(12, 8, 8)), tf.float32)


def dice_loss(mask):
    return 1.0 - 2.0 * tf.reduce_sum(mask * truth) / (tf.reduce_sum(mask) + tf.reduce_sum(truth))


def learn_threshold(mask_at):
    """Start at 0.2 and descend on 1 − Dice. Leaves the variable alone where its gradient is None."""
    threshold = tf.Variable(0.2, name="threshold")

    def step():
        with tf.GradientTape() as tape:
            loss = dice_loss(mask_at(threshold))
        gradient = tape.gradient(loss, threshold)
        if gradient is not None:
            threshold.assign_sub(0.03 * gradient)
        return loss

    return observe(step, [()] * 25, [threshold])


hard = learn_threshold(lambda threshold: number(green > threshold))
soft = learn_threshold(lambda threshold: tf.sigmoid((green - threshold) / 0.05))
sharp = learn_threshold(lambda threshold: tf.sigmoid((green - threshold) / 1e-6))
show(hard=hard, soft=soft, sharp=sharp)

# %%
found = soft.variable("threshold").values[-1]
dice = [1.0 - float(dice_loss(number(green > t))) for t in (0.2, found)]
print(f"threshold 0.200 → {found:.3f}, Dice of the hard mask {dice[0]:.2f} → {dice[1]:.2f}")
kinds = [set(run.variable("threshold").gradients) for run in (hard, soft, sharp)]
claim(
    "the threshold gets None from a comparison, a slope from a soft sigmoid, 0 from one that is nearly a step",
    kinds == [{"none"}, {"finite"}, {"zero"}] and dice[1] > dice[0] + 0.2,
)

# %% [markdown]
# The soft mask is `tf.sigmoid((green - threshold) / width)`: nearly 1 well above the threshold, nearly 0 well below.
# Choose a width of the size of your noise. Make it tiny, as in the third run, and the mask gets as hard as the one that
# you replaced, its flatness included: a surrogate can be too faithful.
#
# ### Masking values is fine
#
# A mask cuts the path only for what goes *through the comparison*. Values that a mask keeps have their full slope. But
# a mask can keep nothing, and then three usual ways to take a mean differ:

# %%
errors = tf.Variable([0.7, 0.2, 0.5], name="errors")
MEANS = {
    "boolean_mask, mean": lambda e, keep: tf.reduce_mean(tf.boolean_mask(e, keep > 0)),
    "sum / count": lambda e, keep: tf.reduce_sum(e * keep) / tf.reduce_sum(keep),
    "sum / max(count, 1)": lambda e, keep: tf.reduce_sum(e * keep) / tf.maximum(tf.reduce_sum(keep), 1.0),
}
kept = {}
for name, mean in MEANS.items():
    for count, keep in ((2, [1.0, 1.0, 0.0]), (0, [0.0, 0.0, 0.0])):
        with tf.GradientTape() as tape:
            loss = mean(errors, tf.constant(keep))
        kept[name, count] = float(loss), tape.gradient(loss, errors).numpy().tolist()
        print(f"{name:22}keeps {count}: loss {float(loss):.2f}, gradient {kept[name, count][1]}")
(loss_a, slope_a), (loss_b, slope_b), last = (kept[name, 0] for name in MEANS)
claim(
    "what is kept has a slope; if nothing is: NaN with gradient 0, NaN with NaN, and 0 with 0",
    all(kept[name, 2][1] == [0.5, 0.5, 0] for name in MEANS)
    and (np.isnan([loss_a, loss_b, *slope_b]).all() and slope_a == [0, 0, 0] and last == (0, [0, 0, 0])),
)

# %% [markdown]
# The last form is safe. A loss of exactly 0 from it still deserves a look: perhaps the mask keeps nothing in any batch.
#
# ## A loss that looks the other way: `loss-ignores-prediction`
#
# The model has two outputs, species and cover. In the loss, the name of one of them slipped.

# %%
oak = number(side > 0)
cover = tf.sigmoid(1.5 * measures[:, :1] - measures[:, 3:])  # how much of a photograph is leaf, 0 to 1


def slipped(model, x, oak, cover):
    species, predicted = model(x)
    species_loss = tf.nn.sigmoid_cross_entropy_with_logits(labels=oak, logits=species)
    return tf.reduce_mean(species_loss) + tf.reduce_mean(tf.square(cover - tf.reduce_mean(cover)))


leaf = keras.Input((4,))
heads = [keras.layers.Dense(1, name=name)(leaf) for name in ("species", "cover")]
ignoring = train(keras.Model(leaf, heads), slipped, measures, oak, cover)
print("warnings:", [text[:62] for text in ignoring.warnings])
show(ignoring=ignoring)

# %%
claim(
    "the output that the loss does not use gets None, while the loss falls",
    set(ignoring.variable("cover/kernel").gradients) == {"none"} and ignoring.losses[-1] < ignoring.losses[0],
)

# %% [markdown]
# `None`, as from a rounding. How do you tell? Change the prediction and look at the loss. A loss with a rounding
# changes with its prediction. This one does not: no operation is to blame, a name is.
#
# ## A column against a row: `broadcast-loss`
#
# Now the cover is a plain list of 120 numbers, shape (120,). The model returns a column, shape (120, 1). The loss is
# the mean squared error, written by hand.
#
# **Before you run it:** 80 steps. Where does the loss end?
#
# - **a**: near 0, as it does for targets of shape (120, 1)
# - **b**: near the variance of the targets
# - **c**: nowhere: the shapes do not fit, and TensorFlow raises

# %%
prediction = "?"

# %%
cover_list = tf.reshape(cover, [-1])


def squared_error(model, x, cover):
    return tf.reduce_mean(tf.square(cover - model(x)))


models = new_model(), new_model()
row = train(models[0], squared_error, measures, cover_list, steps=80, rate=0.5)
column = train(models[1], squared_error, measures, cover, steps=80, rate=0.5)
variance = float(tf.math.reduce_variance(cover))
print(f"last loss: {row.losses[-1]:.4f} (list), {column.losses[-1]:.4f} (column)    variance: {variance:.4f}")
reveal(
    prediction,
    a=row.error is None and row.losses[-1] < 0.2 * variance,
    b=row.error is None and abs(row.losses[-1] - variance) < 0.1 * variance,
    c=row.error is not None,
)

# %%
show(list=row, column=column)

# %% [markdown]
# TensorFlow follows NumPy's **broadcasting**: a row minus a column is a table of all pairs. Every prediction is
# compared with every target, and the best answer to all of them is their mean. Gradients are finite, weights move, the
# loss falls, and then it stops. *Moved but no learning*, and the table cannot tell. One line can:

# %%
differences = cover_list - models[0](measures)
print("shape of the differences:", differences.shape)
spread = [float(tf.math.reduce_variance(m(measures))) / variance for m in models]
claim(
    "the differences are 120 × 120, and the predictions hardly differ from each other",
    differences.shape == (120, 120) and spread[0] < 0.05 < 0.8 < spread[1],
)

# %% [markdown]
# The repair is `tf.reshape(cover, (-1, 1))`, or a loss object of Keras, which aligns the two. `compile`
# aligns them too, before it calls a loss that you wrote: the same function is right there and wrong in your own loop.

# %%
model = new_model()
model.compile("sgd", loss=lambda y, prediction: tf.reduce_mean(tf.square(y - prediction)))
by_hand = [float(squared_error(model, measures, y)) for y in (cover_list, cover)]
by_object = float(keras.losses.MeanSquaredError()(cover_list, model(measures)))
by_compile = model.evaluate(measures, cover_list, verbose=0)
print(f"list: {by_hand[0]:.4f} by hand, {by_object:.4f} by the object, {by_compile:.4f} by hand in compile")
claim(
    "the loss object, and compile around a loss of yours, give for the list what is right for the column",
    np.allclose([by_object, by_compile], by_hand[1], rtol=1e-4) and by_hand[0] > 1.1 * by_hand[1],
)

# %% [markdown]
# ## One softmax too many: `double-softmax`
#
# Three species now. **Logits** are scores without limits; a **softmax** turns them into probabilities. The functions of
# `tf.nn` with "with_logits" in their name apply a softmax themselves. Give them probabilities, and it happens twice.

# %%
species = tf.argmax(measures @ tf.constant(rng.normal(size=(4, 3)), tf.float32), axis=1)


def cross_entropy(logits):
    return tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(labels=species, logits=logits))


def train_classes(activation):
    model = new_model(3, activation)
    return train(model, lambda model, x: cross_entropy(model(x)), measures, steps=40, rate=3.0)


twice, once = train_classes("softmax"), train_classes(None)
certain = tf.one_hot(species, 3)
print(
    f"last loss: {twice.losses[-1]:.3f} twice, {once.losses[-1]:.3f} once; "
    f"of a certain and perfect prediction, twice: {float(cross_entropy(certain)):.3f}"
)
show(twice=twice, once=once)

# %%
floor = float(cross_entropy(certain))
sigmoid_floor = float(tf.nn.sigmoid_cross_entropy_with_logits(labels=1.0, logits=1.0))
claim(
    "nothing warns, and the loss cannot come below log(1 + 2/e) = 0.55; with a sigmoid twice it is 0.31",
    twice.warnings == ()
    and np.allclose([floor, sigmoid_floor], [np.log(1 + 2 / np.e), np.log(1 + 1 / np.e)], atol=1e-5)
    and once.losses[-1] < floor < twice.losses[-1],
)

# %% [markdown]
# The second softmax sees numbers between 0 and 1 only, so it cannot tell "certain" from "rather likely".
#
# Do the losses of Keras fall for it, if you tell them `from_logits=True`? Often they notice, warn and repair it: the
# model's output carries a note about the softmax that made it. The note is easily lost on the way.

# %%
from_logits = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
plain, soft_end = new_model(3), new_model(3, "softmax")
FORMS = {
    "Dense(3, 'softmax')": lambda: from_logits(species, soft_end(measures)),
    "tf.nn.softmax, tf.function": tf.function(lambda: from_logits(species, tf.nn.softmax(plain(measures)))),
    "tf.nn.softmax, eager": lambda: from_logits(species, tf.nn.softmax(plain(measures))),
    "Dense(3, 'softmax'), reshaped": lambda: from_logits(species, tf.reshape(soft_end(measures), (-1, 3))),
}
right, outcome = float(from_logits(species, plain(measures))), []
for name, form in FORMS.items():
    run = observe(form, [()], plain)
    outcome.append((len(run.warnings), abs(run.losses[0] - right) < 1e-4))
    print(f"{name:31}warnings: {outcome[-1][0]}    loss is that of the logits: {outcome[-1][1]}")
claim(
    "Keras repairs, with a warning, the first two; the last two are silent and double",
    outcome == [(1, True), (1, True), (0, False), (0, False)],
)

# %% [markdown]
# The repair: one softmax. Either the last layer has no activation and the loss takes logits, or the layer has the
# softmax and a Keras loss has `from_logits=False`.
#
# ## Three questions for any loss
#
# Ask before you train, on predictions that you make up: what does it give for a **perfect** prediction (about 0)? Does
# it **change** with the prediction? What is its gradient **by the prediction**?

# %%
stars = tf.round(3.0 + measures[:, 1:2])
EXAMINED = {
    "sign": (9.0 * side, lambda p: tf.reduce_mean(0.5 * (1 - side * tf.sign(p)))),
    "round": (stars, lambda p: tf.reduce_mean(tf.square(stars - tf.round(p)))),
    "ignores": (cover, lambda p: tf.reduce_mean(tf.square(cover - tf.reduce_mean(cover)))),
    "broadcast": (cover, lambda p: tf.reduce_mean(tf.square(cover_list - p))),
    "double softmax": (certain, cross_entropy),
    "logistic loss": (9.0 * side, lambda p: tf.reduce_mean(tf.nn.softplus(-side * p))),
    "squared error": (cover, lambda p: tf.reduce_mean(tf.square(cover - p))),
}
sound = set()
for name, (perfect, loss_of) in EXAMINED.items():
    other = perfect[::-1] * 0.9
    at_perfect, at_other, kind = float(loss_of(perfect)), float(loss_of(other)), answer(loss_of, other)
    print(f"{name:16}perfect: {at_perfect:.3f}    other: {at_other:.3f}    gradient: {kind}")
    if at_perfect < 0.01 and at_other != at_perfect and kind == "finite":
        sound.add(name)
claim("each fault fails a question; the two sound losses pass", sound == {"logistic loss", "squared error"})

# %% [markdown]
# ## Tempting repairs that repair nothing

# %%
pushed = train(new_model(), error_rate, measures, side, rate=1000.0)
attempts = (
    lambda v: tf.floor(v + 0.5),
    lambda v: tf.identity(tf.round(v)),
    lambda v: v + tf.stop_gradient(tf.round(v)) - v,
)
claim(
    "1000 times 0 is 0; another rounding and a copy give None; a misplaced bracket in a straight-through form gives 0",
    not any(v.moved for v in pushed.variables)
    and [answer(attempt, values) for attempt in attempts] == ["None", "None", "0"],
)

# %% [markdown]
# ## What you may read elsewhere
#
# | You may read | Measured here |
# |---|---|
# | The gradient of `tf.round` is zero almost everywhere, so the weights barely change. | **Wrong** on TensorFlow, right in a mathematics book. The tape gives `None`, and a loss with nothing else in it raises in the first step. |
# | The gradient of non-differentiable operations is typically zero. | **Mostly wrong.** Rounding, argmax and comparisons give `None`; `tf.sign` and saturated clips give 0. The difference decides whether you get an error. |
# | A loss without derivative acts like a constant, and training goes on without an error. | **Half right.** So it does for a gradient of 0. `None` alone raises; beside a penalty it goes on. |
# | Masking values can stop the updates. | **Half right.** Values that are kept have their slope. What stops is a threshold inside the comparison, and a batch of which nothing is kept. |
# | Make a custom loss of TensorFlow operations, then it is differentiable. | **Half right.** It is not enough: every broken loss of this lesson is made of TensorFlow operations. |
#
# ## Key points
#
# - `None` from a loss: an operation without derivative, or the prediction is not in it. 0: a flat stair.
# - Optimise a surrogate with a slope. Report the hard number.
# - Rounding, clipping and thresholds belong in the report. If the forward value must be hard, go straight through.
# - Masks may choose values. They cannot teach the threshold that made them, and they may choose nothing.
# - Finite gradients and moving weights do not make a loss right. Print the shapes, and ask the three questions.
# - One softmax: in the model or in the loss.
#
# ## Now you
#
# The exercise is in [`exercises/05-differentiable-losses`](../exercises/05-differentiable-losses/05-differentiable-losses.ipynb):
# two steps to repair, two in unfamiliar code, one to build, and five programs to diagnose.
#
# After that: [06 · Train the parameters of a loss](06-trainable-losses.ipynb), or back to the [start page](index.ipynb).
