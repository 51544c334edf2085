# %% [markdown]
# # 07 · Tell a dead optimizer from a dead gradient
#
# **Time:** 25 minutes to read and run, then about an hour and a half for the exercise.
#
# **You will be able to**
#
# - tell from three numbers whether the gradient or the optimizer stops a weight;
# - recognise eight faults: `zero-learning-rate`, `tiny-learning-rate`, `huge-learning-rate`, `decayed-to-nothing`,
#   `clipped-to-nothing`, `optimizer-rebuilt-each-step`, `unknown-variable`, `ascending-sign`;
# - prove that an update is what the optimizer's rule says.
#
# **You need** chapter 01: tape, gradient, optimizer, training step. Some more words:
#
# - The **learning rate**, or rate, is the number by which plain gradient descent (**SGD**) multiplies the gradient:
#   update = −rate × gradient. A **schedule** gives the rate for each step. A **warm-up** is one that starts low.
# - The **norm** of some numbers is their length, the root of the sum of their squares. We write it |g|.
# - The **state** of an optimizer is what it remembers: the number of steps made, and averages of past gradients.
#   **Momentum** is such an average that SGD can use; Adam keeps two.
# - **Clipping** shortens a gradient that is longer than a limit, before the optimizer uses it.

# %%
import keras
import numpy as np
import tensorflow as tf

from autograder import chart, claim, observe, reveal, show

# 96 hours of a small town: temperature, time of day, and the electricity that was used, in megawatts.
rng = np.random.default_rng(7)
temperature, angle = rng.normal(10, 7, (96, 1)), 2 * np.pi * rng.integers(0, 24, (96, 1)) / 24
columns = np.hstack([(temperature - 10) / 7, np.cos(angle), np.sin(angle)])
used = 3 + columns @ [[-0.5], [0], [-0.8]] + 0.3 * columns[:, :1] ** 2 + rng.normal(0, 0.1, (96, 1))
weather, demand = tf.constant(columns, tf.float32), tf.constant(used, tf.float32)


def new_model():
    """The same small network every time, with the same starting weights."""
    keras.utils.set_random_seed(2)
    hidden = keras.layers.Dense(8, activation="tanh", name="hidden")
    return keras.Sequential([keras.Input((3,)), hidden, keras.layers.Dense(1, name="output")])


def mean_squared_error(y, prediction):
    return tf.reduce_mean(tf.square(y - prediction))


def right_step(model, optimizer, x, y, loss_of=mean_squared_error):
    """The training step of chapter 01. It is right; in this lesson the optimizer goes wrong."""
    with tf.GradientTape() as tape:
        loss = loss_of(y, model(x))
    gradients = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(gradients, model.trainable_variables))
    return loss


def train(optimizer, steps, new=new_model):
    """The right step with this optimizer, on a new model."""
    model = new()
    return observe(lambda x, y: right_step(model, optimizer, x, y), [(weather, demand)] * steps, model)


def message_of(action):
    try:
        action()
    except Exception as error:
        return str(error)
    return ""


# %% [markdown]
# ## A warm-up that never warms up
#
# The rate should rise to 0.1 within ten steps. The optimizer begins at 0, and each step sets the rate for itself.

# %%
model, optimizer = new_model(), keras.optimizers.SGD(0.0)


def warm_up_step(x, y):
    optimizer.lr = 0.1 * min(1.0, (int(optimizer.iterations) + 1) / 10)
    return right_step(model, optimizer, x, y)


# %% [markdown]
# **Before you run it:** 30 calls on the same 96 hours. What will you see?
#
# - **a**: the loss falls
# - **b** or **c**: the same loss 30 times, with gradients that are `None` (**b**), or finite and not 0 (**c**)
# - **d**: the step raises an exception
#
# Write your letter in place of the question mark.

# %%
prediction = "?"

# %%
broken = observe(warm_up_step, [(weather, demand)] * 30, model)
kinds = {kind for v in broken.variables for kind in v.gradients}
raised, level = broken.error is not None, len(set(broken.losses)) == 1
falls = not raised and broken.losses[-1] < broken.losses[0]
reveal(prediction, a=falls, b=level and kinds == {"none"}, c=level and kinds == {"finite"}, d=raised)

# %% [markdown]
# ## The symptom

# %%
show(broken=broken)

# %%
still = not any(v.moved for v in broken.variables)
claim("every gradient is finite and not 0, and no variable ever moves", kinds == {"finite"} and still)

# %% [markdown]
# In chapter 01 the loss stood just as still, but the gradient was `None`. Here the tape has done its work. The trouble
# comes after it:
#
# ```
#   loss ──── tape ────> gradient g ──── optimizer ────> update Δw ────> weight w
#        None, zero, NaN                 finite but unmoved, or
#        begin here                      wrongly moved: this chapter
# ```

# %%
chart("unmoved")

# %% [markdown]
# ## The diagnosis, step by step
#
# Put three numbers side by side for each variable: |g|, |Δw| and |w|. For plain SGD the ratio **|Δw| / |g|** is the
# rate that was *really* used. You will look at it in the whole chapter.


# %%
def three_norms(run, step=1):
    """Print what one step did to each variable."""
    print(f"step {step:<11}       |g|      |Δw|       |w|   |Δw| / |g|")
    for v in run.variables:
        g, moved, w = v.gradient_norms[step - 1], v.update_norms[step - 1], np.linalg.norm(v.values[step - 1])
        print(f"{v.name:<14} {g:11.3g} {moved:9.3g} {w:9.3g} {moved / g:12.3g}")


def ratios(run):
    """|Δw| / |g| of the first variable, step by step."""
    return np.array(run.variables[0].update_norms) / np.array(run.variables[0].gradient_norms)


three_norms(broken)

# %% [markdown]
# The ratio is 0 in every row: the optimizer multiplies by 0. Or was it never called? Ask it.

# %%
steps_made, rate = int(optimizer.iterations), float(optimizer.learning_rate)
print(f"steps made: {steps_made}   learning_rate: {rate}   lr: {optimizer.lr}")
claim("optimizer.lr = … leaves the rate at 0", steps_made == 30 and rate == 0 < optimizer.lr)

# %% [markdown]
# 30 steps were made, each with rate 0: this is `zero-learning-rate`. Up to TensorFlow 2.15 (Keras 2), `lr` was a second
# name of the rate. In Keras 3 it is nothing but an attribute that Python lets you add.
#
# ## The repair
#
# The rate is called `learning_rate`.

# %%
model, optimizer = new_model(), keras.optimizers.SGD(0.0)


def repaired_step(x, y):
    optimizer.learning_rate = 0.1 * min(1.0, (int(optimizer.iterations) + 1) / 10)
    return right_step(model, optimizer, x, y)


repaired = observe(repaired_step, [(weather, demand)] * 30, model)
show(broken=broken, repaired=repaired)

# %% [markdown]
# ## The proof
#
# The loss falls; that is no proof. The proof: step *k* moves a weight by −(rate of step *k*) × slope, and the slope is
# found without the tape. Put the weights of that moment back, nudge one entry, see how the loss answers.


# %%
def moved_and_slope(run, step, nudge=1e-2):
    """The first entry of the hidden kernel: how far a step moved it, and the loss's slope just before."""
    losses = []
    for amount in (nudge, -nudge):
        weights = [v.values[step - 1].copy() for v in run.variables]
        weights[0][0, 0] += amount
        model.set_weights(weights)
        losses.append(float(mean_squared_error(demand, model(weather))))
    after, before = run.variables[0].values[step], run.variables[0].values[step - 1]
    return float((after - before)[0, 0]), (losses[0] - losses[1]) / (2 * nudge)


follows = []
for step, rate in ((1, 0.01), (5, 0.05), (12, 0.1)):
    moved, slope = moved_and_slope(repaired, step)
    print(f"step {step:>2}: −{rate} × slope = {-rate * slope:+.6f}   moved {moved:+.6f}")
    follows.append(abs(moved + rate * slope) < 0.02 * abs(rate * slope))
claim("in steps 1, 5 and 12 the weight moves by −rate × slope, with the rate of that step", all(follows))

# %%
claim("and the loss falls to less than a tenth", repaired.losses[-1] < 0.1 * repaired.losses[0])

# %% [markdown]
# ### Loud and silent zeros
#
# A rate of 0 can also come from a division in whole numbers. Keras notices that one by its type. A float 0.0 passes,
# and no clever optimizer makes up for it.

# %%
message = message_of(lambda: keras.optimizers.SGD(1 // 20))
print(message)
claim("1 // 20 is the whole number 0, and Keras refuses a whole number", "should be float" in message)

# %%
adam_at_zero = train(keras.optimizers.Adam(0.0), steps=3)
claim("Adam(0.0) is accepted and moves nothing", not any(v.moved for v in adam_at_zero.variables))

# %% [markdown]
# ## Not 0, and still nothing: `tiny-learning-rate`
#
# A plain weighted sum: three effects of the weather that start at 0, and a base load, the bias, that starts at 1. The
# rate 1e-8 was copied from another project. 100 steps with a slope near −4.6 should raise the base load by 0.0000046.
#
# **Before you run it:** what will the bias be? **a**: about 1.0000046 · **b**: exactly 1.0 · **c**: NaN
# (Write your letter into the first line, then run the cell.)

# %%
prediction = "?"


def weighted_sum():
    layer = keras.layers.Dense(1, kernel_initializer="zeros", bias_initializer="ones", name="sum")
    return keras.Sequential([keras.Input((3,)), layer])


tiny = train(keras.optimizers.SGD(1e-8), 100, weighted_sum)
bias = tiny.variable("sum/bias").values[-1]
reveal(prediction, a=1e-6 < bias - 1 < 1e-5, b=bias == 1.0, c=np.isnan(bias))

# %%
three_norms(tiny)
smaller = tiny.variable("sum/kernel").gradient_norms[0] < tiny.variable("sum/bias").gradient_norms[0]
claim("the kernel moves, with a smaller gradient", tiny.variable("sum/kernel").moved and smaller)

# %% [markdown]
# A float32 has 24 binary digits; just above 1 the numbers lie 0.00000012 apart. What you add must be more than half of
# that gap, or the sum is rounded back to 1, every time. Near 0 they lie much closer, so a weight there creeps.
# **That is how tiny differs from zero: the weights near 0 move, the others don't.**

# %%
one, up, down = np.float32([1, 5.5e-8, 2.5e-8])
claim("in float32, 1 + 5.5e-8 is 1, and so is 1 − 2.5e-8", one + up == one == one - down)

# %% [markdown]
# The repair: raise the rate by factors of ten until the loss falls visibly. Ten steps each show both ends.

# %%
sweep = {rate: train(keras.optimizers.SGD(rate), 10).losses for rate in (1e-7, 1e-3, 1e-1, 1.0)}
for rate, losses in sweep.items():
    print(f"rate {rate:<7g} loss {losses[0]:.5g} → {losses[-1]:.5g}")
claim("0.1 learns; 1e-7 changes next to nothing, 1.0 explodes", sweep[0.1][-1] < 1 < 1e6 < sweep[1.0][-1])

# %% [markdown]
# ## Too far: `huge-learning-rate`
#
# How much is too much? For a weighted sum with the mean squared error there is an exact answer. **Curvature** says how
# fast the slope changes as you walk. The largest curvature over all directions, λmax, is the largest eigenvalue of the
# matrix of second derivatives, here 2/n · XᵀX. Plain SGD converges below 2 / λmax and diverges above.

# %%
inputs = np.hstack([columns, np.ones((96, 1))])  # the last column is for the bias
limit = 2 / np.linalg.eigvalsh(2 / 96 * inputs.T @ inputs)[-1]
print(f"limit of the rate: {limit:.3f}")
below, above = (train(keras.optimizers.SGD(f * limit), 60, weighted_sum) for f in (0.95, 1.05))
show(below=below, above=above)

# %%
converges, explodes = below.losses[-1] < 0.02 * below.losses[0], above.losses[-1] > 1000 * above.losses[0]
claim("5 % below the limit it converges, 5 % above it explodes", converges and explodes)

# %% [markdown]
# The repair is a smaller rate, and fresh weights if some are NaN (chapter 08). The tempting repair is to **clip** the
# gradient: the loss stays finite, jumps to and fro, and misses the minimum.

# %%
clipped = train(keras.optimizers.SGD(1.05 * limit, global_clipnorm=1.0), 40, weighted_sum).losses
print(f"clipped: {clipped[-2]:.3f}, {clipped[-1]:.3f}   minimum: {below.losses[-1]:.3f}")
claim("clipped, the loss is bounded and misses the minimum", 14 > clipped[-1] > 2 * below.losses[-1])

# %% [markdown]
# ## It began so well: `decayed-to-nothing`
#
# "Divide the rate by ten after each epoch." But `decay_steps` counts optimizer steps, one a batch, and not epochs.

# %%
ExponentialDecay = keras.optimizers.schedules.ExponentialDecay
schedule = ExponentialDecay(0.1, decay_steps=1, decay_rate=0.1)
decayed = train(keras.optimizers.SGD(schedule), 12)
slower = train(keras.optimizers.SGD(ExponentialDecay(0.1, decay_steps=30, decay_rate=0.1)), 12)
show(decayed=decayed, slower=slower)

# %%
print("|Δw| / |g| in steps 1 to 5:", *(f"{ratio:.2g}" for ratio in ratios(decayed)[:5]))
rates = [float(schedule(k)) for k in range(5)]
claim("the ratio is the schedule's rate, step by step", np.allclose(ratios(decayed)[:5], rates, rtol=0.05))

# %%
slope = decayed.variables[0].gradient_norms[-1]
claim("the loss stops far too high, with a large gradient", decayed.losses[-1] > 3 and slope > 1)

# %% [markdown]
# A look-alike is a run that has **converged**: its updates shrink as well, but because |g| shrinks; the ratio stays.
# Here |g| stays and the ratio shrinks.

# %%
norms, same = repaired.variables[0].gradient_norms, np.allclose(ratios(repaired)[10:], 0.1, rtol=1e-2)
claim("in the repaired run above |g| shrinks and the ratio stays", norms[-1] < norms[0] / 10 and same)

# %% [markdown]
# The repair is a schedule that counts in batches. The tempting one, to set the rate by hand, raises a clear message.

# %%
message = message_of(lambda: setattr(keras.optimizers.SGD(schedule), "learning_rate", 0.1))
print(message)
claim("the rate of an optimizer with a schedule cannot be set", "not settable" in message)

# %% [markdown]
# ## Cut short: `clipped-to-nothing`
#
# Clipping should be a safety net. 1e-6 is a fine tolerance elsewhere; as a limit it cuts every gradient to that length.

# %%
cut = train(keras.optimizers.SGD(0.1, global_clipnorm=1e-6), 12)
show(cut=cut)

# %%
three_norms(cut)
claim("the ratio is below a millionth in every step", np.all(ratios(cut) < 1e-6))

# %% [markdown]
# The tape gives the gradient *before* clipping, so the table looks healthy up to the last column. The mark of clipping
# is an update of the **same length in every step**, rate × limit, however long the gradient is. A less extreme limit
# shows it well:

# %%
v = train(keras.optimizers.SGD(0.1, clipnorm=0.5), 6).variable("output/kernel")
print("|g|:", np.round(v.gradient_norms, 2), "  |Δw|:", np.round(v.update_norms, 4))
same = np.allclose(v.update_norms, 0.1 * 0.5, rtol=1e-3)
claim("|g| changes, |Δw| is 0.1 × 0.5 each time", same and np.ptp(v.gradient_norms) > 0.5)

# %% [markdown]
# Three arguments, three meanings: `clipvalue` cuts each entry, `clipnorm` the gradient of each variable on its own,
# `global_clipnorm` all gradients together by one factor. Only the last keeps the direction of the step; set it above
# the usual norm of all gradients. Here each cuts (3, 4) and (0.3, 0.4) with a limit of 1:

# %%
for name in ("clipvalue", "clipnorm", "global_clipnorm"):
    g, w = tf.constant([[3.0, 4.0], [0.3, 0.4]]), [tf.Variable([0.0, 0.0]), tf.Variable([0.0, 0.0])]
    keras.optimizers.SGD(1.0, **{name: 1.0}).apply_gradients(zip(tf.unstack(g), w))
    print(f"{name:<16}", *(-v.numpy().round(3) for v in w))
claim("after global_clipnorm one is still ten times the other", np.allclose(w[0], 10 * w[1].numpy()))

# %% [markdown]
# Adam divides by the size of past gradients, so it undoes most of a steady cut.

# %%
adam_cut = train(keras.optimizers.Adam(0.1, clipnorm=1e-6), 12)
claim("Adam learns with the same limit of 1e-6", adam_cut.losses[-1] < 0.5 * adam_cut.losses[0])

# %% [markdown]
# ## No memory: `optimizer-rebuilt-each-step`
#
# A step that makes its own optimizer looks tidy. But it has a new one in every step, with an empty state.


# %%
def train_rebuilding(make, steps):
    model = new_model()
    return observe(lambda x, y: right_step(model, make(), x, y), [(weather, demand)] * steps, model)


# %% [markdown]
# **Before you run it:** for which of plain SGD, SGD with momentum, and Adam does it make a difference?
# **a**: for none · **b**: for momentum and Adam · **c**: for all three (first line again)

# %%
prediction = "?"
makers = {
    "plain": lambda: keras.optimizers.SGD(0.02),
    "momentum": lambda: keras.optimizers.SGD(0.02, momentum=0.9),
    "adam": lambda: keras.optimizers.Adam(0.05),
    "warm-up": lambda: keras.optimizers.SGD(keras.optimizers.schedules.PolynomialDecay(0.0, 10, 0.1)),
}
rebuilt = {name: train_rebuilding(make, 10) for name, make in makers.items()}
kept = {name: train(make(), 10) for name, make in makers.items()}
differs = [name for name in ("plain", "momentum", "adam") if kept[name].losses != rebuilt[name].losses]
reveal(prediction, a=differs == [], b=differs == ["momentum", "adam"], c=len(differs) == 3)

# %%
for name in makers:
    print(f"{name:<9} loss {kept[name].losses[-1]:.3f} kept, {rebuilt[name].losses[-1]:.3f} rebuilt")
same = np.allclose(rebuilt["momentum"].losses, kept["plain"].losses, rtol=1e-4)
claim("momentum in a new optimizer each step is no momentum: it moves as plain SGD does", same)

# %% [markdown]
# Adam's first step moves every entry by the rate, however large its gradient. Rebuilt, every step is a first step: it
# follows the signs of the gradient only, and does not slow down as the gradient shrinks. Finite, moving, even
# learning, and still not Adam.

# %%
v = rebuilt["adam"].variable("hidden/kernel")
print("|g|: ", np.round(v.gradient_norms[::2], 3), "  |Δw|:", np.round(v.update_norms[::2], 4))
same = np.allclose(v.update_norms, 0.05 * np.sqrt(24), rtol=1e-2)
claim("each |Δw| is that of 24 entries which all move by 0.05", same)

# %% [markdown]
# The worst case looks like the start of this lesson: a schedule that is asked for step 0 for ever. Inside a
# `tf.function` (chapter 09) the fault is loud, which is a kindness.

# %%
claim("a warm-up from 0 stays at 0", not any(v.moved for v in rebuilt["warm-up"].variables))

# %%
graph_step = tf.function(lambda v: keras.optimizers.Adam(0.05).apply_gradients([(2 * v, v)]))
message = message_of(lambda: graph_step(tf.Variable(1.0)))
print(message.strip().splitlines()[-1].strip())
claim("a tf.function refuses to make an optimizer", "only supports singleton tf.Variables" in message)

# %% [markdown]
# ## Strangers: `unknown-variable`
#
# Demand differs between workdays and weekends, so there are two models. One optimizer seems enough for both.

# %%
workday, weekend = new_model(), new_model()
late = keras.optimizers.SGD(0.02, momentum=0.9)
right_step(workday, late, weather, demand)
message = message_of(lambda: right_step(weekend, late, weather, demand))
print(message[:52], "…", message.split(">. ")[-1])
claim("an optimizer refuses variables that are new to it", message.startswith("Unknown variable"))

# %% [markdown]
# An optimizer makes its state at its first call, for the variables of that call. A second model, a model made anew, or
# one call for each layer meets this message. It is exact. But its last sentence invites the tempting repair: catch the
# error, make a new optimizer, go on. Then nothing raises, and each switch throws the momentum away.

# %%
once = keras.optimizers.SGD(0.02)
calls = [lambda v=v: once.apply_gradients([(tf.ones(v.shape), v)]) for v in workday.trainable_variables]
accepted = [message_of(call) == "" for call in calls]
claim("of one call for each variable only the first is accepted", accepted == [True, False, False, False])


# %%
def in_turn(models, optimizer_for):
    turns = [(k % 2,) for k in range(16)]  # 16 steps, the two models in turn
    return observe(lambda i: right_step(models[i], optimizer_for(i), weather, demand), turns, models[0])


pairs = [[new_model(), new_model()] for _ in range(3)]
own, shared = [makers["momentum"](), makers["momentum"]()], makers["momentum"]()
shared.build(pairs[1][0].trainable_variables + pairs[1][1].trainable_variables)
one_each, one_for_both = in_turn(pairs[0], lambda i: own[i]), in_turn(pairs[1], lambda i: shared)
silenced = in_turn(pairs[2], lambda i: makers["momentum"]())  # what catching the error comes to
print(f"loss at the end: {silenced.losses[-1]:.3f} silenced, {one_each.losses[-1]:.3f} with one each")
claim("silencing the error costs the momentum", silenced.losses[-1] > 1.5 * one_each.losses[-1])

# %%
same = np.allclose(one_for_both.losses, one_each.losses, rtol=1e-4)
claim("right: one optimizer each, or one that is built for all variables before it is used", same)

# %% [markdown]
# For Adam, and with a schedule, prefer one each: the shared one has counted the steps of both. And *before* matters:

# %%
claim("the shared one made 16 steps, the others 8", shared.iterations == 16 == 2 * own[0].iterations)

# %%
late.build(workday.trainable_variables + weekend.trainable_variables)
message = message_of(lambda: right_step(weekend, late, weather, demand))
claim("build after the first call is silent and changes nothing", message.startswith("Unknown variable"))

# %% [markdown]
# ## The wrong way: `ascending-sign`
#
# Finite gradients, everything moves, and the forecast gets worse. One sign in a hand-written update is enough:


# %%
def uphill_step(x, y):
    with tf.GradientTape() as tape:
        loss = mean_squared_error(y, model(x))
    for variable, gradient in zip(model.trainable_variables, tape.gradient(loss, model.trainable_variables)):
        variable.assign_add(0.01 * gradient)
    return loss


model = new_model()
uphill = observe(uphill_step, [(weather, demand)] * 15, model)
claim("the loss rises in every step", np.all(np.diff(uphill.losses) > 0))

# %% [markdown]
# A huge rate makes the loss rise as well. The direction tells them apart: a huge step *starts* downhill and goes too
# far, this one starts uphill.

# %%
huge = train(keras.optimizers.SGD(1.0), 3)
pairs = [moved_and_slope(run, 1) for run in (uphill, huge)]
print([f"moved by {moved / slope:+.3f} × slope" for moved, slope in pairs])
signs = [np.sign(moved * slope) for moved, slope in pairs]
claim("here the first update has the sign of the slope; at a huge rate the opposite one", signs == [1, -1])

# %% [markdown]
# The quiet form has a **falling** loss. The shape of a day's demand is compared by cosine similarity: 1 for the same
# shape, −1 for the opposite. "It should become large, so I minimise its negative." But the Keras *loss* of that name
# is the negative already.

# %%
days = tf.random.stateless_normal((32, 4), seed=(3, 4))
shapes = tf.concat([1 + 2 * days[:, :1], -days[:, 1:2], days[:, 2:3] + days[:, 3:], tf.ones((32, 1))], axis=1)
cosine_loss = keras.losses.CosineSimilarity()


def train_shape(sign):
    keras.utils.set_random_seed(3)
    model, optimizer = keras.Sequential([keras.Input((4,)), keras.layers.Dense(4)]), keras.optimizers.SGD(0.3)
    signed = lambda y, p: sign * cosine_loss(y, p)  # noqa: E731
    run = observe(lambda x, y: right_step(model, optimizer, x, y, signed), [(days, shapes)] * 20, model)
    similarity = -float(cosine_loss(shapes, model(days)))
    print(f"sign {sign:+d}: loss {run.losses[0]:.2f} → {run.losses[-1]:.2f}, similarity {similarity:.2f}")
    return run.losses, similarity


(negated, wrong_way), (as_it_is, right_way) = train_shape(-1), train_shape(+1)
claim("negated, the loss falls and the shape turns", negated[-1] < negated[0] and wrong_way < 0 < right_way)

# %% [markdown]
# So a negative loss is no fault by itself. Ask: what is this loss for a *perfect* forecast, and is that its minimum?

# %%
perfect = [float(cosine_loss(shapes, shapes)), float(keras.metrics.CosineSimilarity()(shapes, shapes))]
claim("perfect: the loss is −1, the metric of the same name +1", np.allclose(perfect, [-1, 1]))

# %% [markdown]
# ## Which one is it?
#
# | Beside finite gradients you see | Symptom | Fault | Look at |
# |---|---|---|---|
# | ratio 0 for every variable, in every step | unmoved | `zero-learning-rate` | `float(optimizer.learning_rate)` |
# | weights near 0 creep, larger ones stay | partly unmoved | `tiny-learning-rate` | ten times the rate |
# | the ratio falls, the gradient doesn't | moved, then unmoved | `decayed-to-nothing` | the schedule at steps 0, 1, 2 … |
# | SGD: \|Δw\| stays the same while \|g\| changes | as good as unmoved | `clipped-to-nothing` | the clipping arguments |
# | the same with Adam; no momentum; a warm-up stays low | moved by another rule | `optimizer-rebuilt-each-step` | `int(optimizer.iterations)` |
# | the loss jumps or grows; steps start downhill | moved too far, then NaN | `huge-learning-rate` | 2 / λmax, or a tenth of the rate |
# | the forecast gets worse; steps start uphill | moved, no learning | `ascending-sign` | the loss of a perfect forecast |
# | ValueError: Unknown variable | an exception | `unknown-variable` | the variables of the first call |
#
# ## What you may read elsewhere
#
# | You may read | Measured here |
# |---|---|
# | A rate of 0 stops every update. | **Right**, with SGD and with Adam, without a message. |
# | `SGD(0.001)` is very low, the model will hardly learn. | **Half right.** Slow, not stuck: see below. |
# | Too high a rate oscillates and does not converge. | **Right**, and you can compute where that begins. |
# | A rate that decays too fast or too early stalls the training. | **Right.** Count in batches. |
# | Clipping is needed against exploding gradients. | **Half the story.** Too low a limit stops SGD, and clipping does not repair a huge rate. |
# | An unsuitable optimizer leaves weights unchanged; take an advanced one. | **Half right.** Adadelta's default rate looks like it. Adam at rate 0 stands as still. |
# | Call `optimizer.minimize(loss, var_list)`. Set `optimizer.lr`. | **Right on TensorFlow 2.15.** In Keras 3 one is gone, the other is ignored. |

# %%
linear, same_rows = weighted_sum(), tf.data.Dataset.from_tensors((weather, demand)).repeat(500)
linear.compile(keras.optimizers.SGD(0.001), "mse", steps_per_execution=100)
losses = linear.fit(same_rows, epochs=10, verbose=0, shuffle=False).history["loss"]
print(f"mean loss of the first 500 steps {losses[0]:.3f}, of steps 4,501 to 5,000 {losses[-1]:.3f}")
claim("slow, and at the minimum in the end", losses[0] > 1 and abs(losses[-1] - below.losses[-1]) < 0.01)

# %%
adadelta = train(keras.optimizers.Adadelta(), 8)
moved, little = all(v.moved for v in adadelta.variables), adadelta.losses[-1] > 0.999 * adadelta.losses[0]
claim("Adadelta moves every variable, and the loss by less than 0.1 %", moved and little)

# %%
claim("no minimize and no lr in Keras 3", not {"minimize", "lr"} & set(dir(keras.optimizers.SGD(0.1))))

# %% [markdown]
# ## Key points
#
# - Compare |g|, |Δw| and |w|. A dead gradient is `None` or 0; a dead optimizer has a healthy |g| and no |Δw|.
# - |Δw| / |g| is the rate that SGD really used. Watch it over the steps: 0, falling, or not what you set.
# - Ask the optimizer: `float(optimizer.learning_rate)`, `int(optimizer.iterations)`.
# - An optimizer has a memory. Make it once, for all the variables that it will ever train. An error that a new
#   optimizer silences is not repaired.
# - Know the loss of a perfect prediction, and that your step goes towards it.
#
# ## Now you
#
# The exercise is in [`exercises/07-optimizers`](../exercises/07-optimizers/07-optimizers.ipynb): three programs to
# repair, one loop over several models, one step to build that finds its own rate, and five programs to diagnose.
#
# After that: [08 · Find the operation that spoils the numbers](08-numerics.ipynb), or back to the [start page](index.ipynb).
