# %% [markdown]
# # 06 · Train the parameters of a loss
#
# **Time:** 25 minutes to read and run, then about an hour and a half for the exercise.
#
# **You will be able to**
#
# - train a parameter that belongs to a loss, in a loop of your own and in `fit`;
# - weigh several losses by learned uncertainties, derive that objective, and say when it has a lowest value;
# - recognise four faults: `loss-parameter-missing`, `loss-rebuilt-each-step`, `unbounded-loss-parameter`,
#   `ignored-layer-losses`.
#
# **You need** what a tape records (chapter 01), who owns a variable (03) and how gradients meet their variables (04).
# Four words are new:
#
# - An **objective** is the one number that training makes small: all errors and everything that is added to them.
# - A **loss object** is an instance of a class made from `keras.losses.Loss`. You call it with the true values and
#   the prediction, and it gives the loss. A **parameter** of it is a variable that it reads and that should learn.
# - A **penalty** is a part of the objective that does not look at the true values, such as the sum of the squared
#   weights. A **regularizer** is a penalty that is attached to a layer.
#
# The theme is a weather station: one network predicts a calm quantity, temperature, and a noisy one, rainfall.

# %%
import keras
import numpy as np
import tensorflow as tf

from autograder import chart, claim, observe, reveal, show

rng = np.random.default_rng(6)
hours = rng.normal(0, 1, (200, 3))  # pressure, humidity, wind
temperature = 0.8 * hours[:, :1] - 0.5 * hours[:, 1:2] + 0.3 * rng.normal(0, 1, (200, 1))
rainfall = 2 + 1.5 * hours[:, 2:] + 2.0 * rng.normal(0, 1, (200, 1))
readings = tf.constant(hours, tf.float32)
weather = tf.constant(np.hstack([temperature, rainfall]), tf.float32)


def new_model(units=8, regularizer=None):
    """The same network every time, with the same starting weights and two outputs."""
    keras.utils.set_random_seed(2)
    hidden = keras.layers.Dense(units, activation="tanh", kernel_regularizer=regularizer, name="hidden")
    return keras.Sequential([keras.Input((3,)), hidden, keras.layers.Dense(2, name="output")])


def errors_of(y, prediction):
    """The mean squared error of each column: temperature, rainfall."""
    return tf.reduce_mean(tf.square(y - prediction), axis=0)


# %% [markdown]
# ## A loss with two parameters
#
# The plain sum of both errors is nearly all rainfall. So somebody gives each error a weight, and lets training find
# the weights: `s` holds two numbers, and a large entry of `s` makes an error count little. Why the line has `+ s` in
# it is derived further down. First see whether `s` is trained at all.


# %%
class BalancedLoss(keras.losses.Loss):
    """The errors of temperature and rainfall, weighed by the learned numbers `s`."""

    def __init__(self):
        super().__init__(name="balanced")
        self.s = keras.Variable([0.0, 0.0], name="s")

    def call(self, y, prediction):
        return tf.reduce_sum(tf.exp(-self.s) * errors_of(y, prediction) + self.s)


model, balanced, optimizer = new_model(), BalancedLoss(), keras.optimizers.SGD(0.02)


def broken_step(x, y):
    with tf.GradientTape() as tape:
        loss = balanced(y, model(x))
    gradients = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(gradients, model.trainable_variables))
    return loss


# %% [markdown]
# **Before you run it:** the step is called 80 times. Nothing raises. What has become of `s`?
#
# - **a**: it has moved, for the tape records every variable that is read
# - **b**: it is still exactly 0, although the tape, if you ask it, has a finite gradient for `s`
# - **c**: it is still exactly 0, because `s` was created outside the tape and its gradient is `None`
#
# Write your letter in place of the question mark.

# %%
prediction = "?"

# %%
broken = observe(broken_step, [(readings, weather)] * 80, [*model.trainable_variables, balanced.s])

with tf.GradientTape() as tape:
    loss = balanced(weather, model(readings))
slope_of_s = tape.gradient(loss, balanced.s)
reveal(
    prediction,
    a=broken.variable("s").moved,
    b=not broken.variable("s").moved and slope_of_s is not None,
    c=not broken.variable("s").moved and slope_of_s is None,
)

# %% [markdown]
# ## The symptom

# %%
show(broken=broken)

# %% [markdown]
# Four rows are healthy. The last one isn't: `s` was **never** moved, and its gradient is neither `None` nor 0 nor tiny,
# but *not asked*: no line of the program wanted to know it. This is the fault `loss-parameter-missing`. (`registered`
# says yes here only because we handed `s` to `observe` ourselves.) On the chart:

# %%
chart("not asked")

# %%
asked = set(broken.variable("s").gradients) != {"not asked"}
claim("no tape is asked about s, and s never moves", not asked and not broken.variable("s").moved)

# %%
claim("the loss falls all the same", broken.losses[-1] < 0.8 * broken.losses[0])

# %% [markdown]
# ## The diagnosis, step by step
#
# A variable learns if three things hold. Ask them in this order.

# %%
read = any(v is balanced.s.value for v in tape.watched_variables())
listed = any(v is balanced.s for v in model.trainable_variables)
print("1. Does the tape see that s is read?      ", read)
print("2. Is there a path, and what is its slope?", slope_of_s.numpy())
print("3. Is s in the list that is trained?      ", listed)
seen = read and bool(tf.norm(slope_of_s) > 0.5)
claim("the tape sees s, made long before it, with a finite gradient; no list holds it", seen and not listed)

# %% [markdown]
# The path is there. The list is wrong: a model lists its own variables, and the loss object is no part of the model.
#
# ```text
#   readings ──▶ model (4 variables) ──▶ prediction ──▶ loss object (s) ──▶ loss
#
#   recorded:    yes                                    yes
#   in the list: yes (model.trainable_variables)        no    ◀── the fault
#   updated:     yes                                    no
# ```
#
# ## The repair
#
# One list, with everything in it that should learn, for the tape and for the optimizer.

# %%
model, balanced, optimizer = new_model(), BalancedLoss(), keras.optimizers.SGD(0.02)
variables = [*model.trainable_variables, balanced.s]


def repaired_step(x, y):
    with tf.GradientTape() as tape:
        loss = balanced(y, model(x))
    optimizer.apply_gradients(zip(tape.gradient(loss, variables), variables))
    return loss


repaired = observe(repaired_step, [(readings, weather)] * 80, variables)
show(broken=broken, repaired=repaired)

# %% [markdown]
# ## The proof
#
# `s` has to move by −0.02 × slope, and this slope is easy to find with paper and pencil. The derivative of
# `exp(−s)·error + s` by `s` is `1 − exp(−s)·error`. At the start `s` is 0, so it is `1 − error`: no tape needed.

# %%
start_errors = np.mean((weather.numpy() - new_model()(readings).numpy()) ** 2, axis=0)
expected = -0.02 * (1 - start_errors)
moved = repaired.variable("s").values[1] - repaired.variable("s").values[0]
print("expected:", expected, "  moved:", moved)
claim("the first update of s is −rate × (1 − error)", np.allclose(moved, expected, rtol=1e-3))

# %%
claim("the loss falls in each step", np.all(np.diff(repaired.losses) < 0))

# %% [markdown]
# ## In `fit` it is as silent
#
# `compile(loss=...)` takes a loss object, and `fit` calls it inside a tape. But it trains
# `model.trainable_variables`, as the broken loop did.

# %%
model, balanced = new_model(), BalancedLoss()
model.compile(optimizer=keras.optimizers.Adam(0.02), loss=balanced)
history = model.fit(readings, weather, batch_size=50, epochs=3, verbose=0).history["loss"]
print("loss per epoch:", np.round(history, 2), "  s:", balanced.s.numpy())
claim("fit lowers the loss and leaves s alone", history[-1] < history[0] and not np.any(balanced.s.numpy()))

# %% [markdown]
# The repair: let the **model own the variable** as well. The same `keras.Variable` becomes an attribute of the model
# before its first training step. Then it is one of the model's trainable variables, and `fit` trains it.

# %%
model, balanced = new_model(), BalancedLoss()
model.balance_s = balanced.s
model.compile(optimizer=keras.optimizers.Adam(0.02), loss=balanced)
model.fit(readings, weather, batch_size=20, epochs=30, verbose=0)
found = np.exp(balanced.s.numpy())
print("trainable variables:", len(model.trainable_variables), "  exp(s):", found)
claim("exp(s) finds the noise: 0.3² = 0.09 and 2² = 4", np.allclose(found, [0.09, 4], rtol=0.35))

# %% [markdown]
# Nobody told the network how noisy the two quantities are. Now two ways to do this halfway, and one to do it too late:


# %%
def s_after_training(balanced, owned):
    model = new_model()
    model.owned = owned
    model.compile(optimizer=keras.optimizers.SGD(0.02), loss=balanced)
    model.train_on_batch(readings, weather)
    return balanced.s.numpy()


first, second = BalancedLoss(), BalancedLoss()
second.s = tf.Variable([0.0, 0.0])
by_object, by_tf = s_after_training(first, first), s_after_training(second, second.s)
print("s, if the model owns the loss object:", by_object, "  … a tf.Variable:", by_tf)
claim("as an attribute, a loss object or a tf.Variable does nothing", not np.any([by_object, by_tf]))

# %%
model, balanced = new_model(), BalancedLoss()
model.compile(optimizer=keras.optimizers.SGD(0.02), loss=balanced)
model.fit(readings, weather, verbose=0)
model.balance_s = balanced.s  # too late
model.fit(readings, weather, verbose=0)
still = balanced.s.numpy().copy()
model.compile(optimizer=keras.optimizers.SGD(0.02), loss=balanced)
model.fit(readings, weather, verbose=0)
print("owned after the first fit:", still, "  compiled again:", balanced.s.numpy())
claim("too late is silent, until compile is called again", not np.any(still) and np.all(balanced.s.numpy()))

# %% [markdown]
# ## Where the objective comes from
#
# Why `exp(−s)·error + s`, and not simply `weight × error`? Because it can be derived, and has a lowest value.
#
# Say that a measured value is the prediction plus Gaussian noise of variance σ². The **likelihood** is the density
# that the model gives to what was measured; training should make it large, or −2 × its logarithm small:
#
# ```text
#   density of one value     exp( −(y − p)² / 2σ² ) / √(2πσ²)
#   −2 × its logarithm       (y − p)² / σ²  +  log σ²  +  log 2π
#   mean over the rows       error / σ²     +  log σ²  +  constant       error: the mean of (y − p)²
#   with s = log σ²          exp(−s)·error  +  s       +  constant
# ```
#
# If the noises of several quantities are independent, their densities multiply and the logarithms add: one such line
# for each quantity. `s` is trained in place of σ², because any `s` is a valid one, and no σ² below 0 is.

# %%
y, p, s = weather.numpy()[:, 1], new_model()(readings).numpy()[:, 1], 0.7
density = np.exp(-((y - p) ** 2) / (2 * np.exp(s))) / np.sqrt(2 * np.pi * np.exp(s))
by_density = np.mean(-2 * np.log(density)) - np.log(2 * np.pi)
by_formula = np.exp(-s) * np.mean((y - p) ** 2) + s
claim("the formula is −2 × the mean log density, without its constant", np.isclose(by_density, by_formula))

# %% [markdown]
# Where is it lowest? The derivative `1 − exp(−s)·error` is 0 where `exp(s)` is the error, and there the objective is
# `1 + log(error)`. Try all `s` between −8 and 4, for three errors:

# %%
tried = np.linspace(-8, 4, 1201)
lowest = [tried[np.argmin(np.exp(-tried) * error + tried)] for error in (4.0, 0.09, 0.0)]
print("lowest at s =", np.round(lowest, 2), " log(error) =", np.round(np.log([4.0, 0.09]), 2), "and −∞")
at_log = np.allclose(lowest[:2], np.log([4.0, 0.09]), atol=0.01)
claim("the lowest value is at log(error); for error 0, at the end of any range", at_log and lowest[2] == -8)

# %% [markdown]
# So the objective is bounded below **as long as the errors stay away from 0**. With real noise and more rows than the
# network can learn by heart, they do. With ten rows and 32 hidden units, they don't. (`tf.function` makes this loop
# fast and nothing else. Chapter 09 is about it.)


# %%
def train_long(objective, start, steps, rows=200, units=8):
    """Adam on `objective(errors, prediction, parameter)`. Returns losses and the parameter, step by step."""
    model, parameter, optimizer = new_model(units), tf.Variable(start), keras.optimizers.Adam(0.02)
    variables = [*model.trainable_variables, parameter]
    x, y = readings[:rows], weather[:rows]

    @tf.function
    def step():
        with tf.GradientTape() as tape:
            prediction = model(x)
            loss = objective(errors_of(y, prediction), prediction, parameter)
        optimizer.apply_gradients(zip(tape.gradient(loss, variables), variables))
        return loss, tf.identity(parameter)

    return [np.array(column) for column in zip(*[step() for _ in range(steps)])]


ten_rows, floor = dict(start=[0.0, 0.0], steps=600, rows=10, units=32), 0.01
by_heart, s_by_heart = train_long(lambda e, p, s: tf.reduce_sum(tf.exp(-s) * e + s), **ten_rows)
floored, s_floored = train_long(lambda e, p, s: tf.reduce_sum(tf.exp(-s) * (e + floor) + s), **ten_rows)
for n in (0, 200, 400, 599):
    print(f"step {n + 1:4}: loss {by_heart[n]:6.2f}, s {np.round(s_by_heart[n], 1)}", end="     ")
    print(f"with a floor: loss {floored[n]:5.2f}, s {np.round(s_floored[n], 1)}")
runs_off = s_by_heart[-1].max() < -5 and by_heart.min() < -8
claim("learned by heart: both entries of s fall below −5, and the loss below −8", runs_off)

# %% [markdown]
# The cure is a **floor**: add a small number to each error, the square of the noise that you do not believe you can
# beat. With 0.01 in `exp(−s)·(error + 0.01) + s` no column can ever get below `1 + log(0.01)`.

# %%
stops = np.allclose(s_floored[-1], np.log(floor), atol=0.2)
above = floored.min() >= 2 * (1 + np.log(floor)) - 1e-3
claim("s stops at log(0.01) = −4.6, the loss stays above 2 × (1 + log 0.01) = −7.2", stops and above)

# %% [markdown]
# ## The weight of a penalty that trains itself: `unbounded-loss-parameter`
#
# A colleague adds a penalty that keeps predictions small, and does not know how strong it should be. "Let training
# find out": `alpha` becomes a variable, in the right list, with a gradient.

# %%
model, alpha, optimizer = new_model(), tf.Variable(1.0, name="alpha"), keras.optimizers.Adam(0.05)
with_alpha = [*model.trainable_variables, alpha]


def size(prediction):
    return tf.reduce_mean(tf.square(prediction))


def self_chosen_penalty(x, y):
    with tf.GradientTape() as tape:
        prediction = model(x)
        loss = tf.reduce_sum(errors_of(y, prediction)) + alpha * size(prediction)
    optimizer.apply_gradients(zip(tape.gradient(loss, with_alpha), with_alpha))
    return loss


# %% [markdown]
# **Before you run it:** what does `alpha` do in 70 steps?
#
# - **a**: it rises: the more penalty, the simpler the model
# - **b**: it falls to about 0 and stays there, because no penalty is the cheapest
# - **c**: it falls past 0 and on, and the loss with it, while the error ends above where it started

# %%
prediction = "?"

# %%
error_before = float(tf.reduce_sum(errors_of(weather, model(readings))))
unbounded = observe(self_chosen_penalty, [(readings, weather)] * 70, with_alpha)
error_after = float(tf.reduce_sum(errors_of(weather, model(readings))))
print(f"alpha {alpha.numpy():.2f}, loss {unbounded.losses[-1]:.0f}")
print(f"error before: {error_before:.1f}, after: {error_after:.1f}")
reveal(
    prediction,
    a=alpha > 1,
    b=abs(alpha) < 0.2,
    c=alpha < -1 and unbounded.losses[-1] < 0 and error_after > error_before,
)

# %%
show(unbounded=unbounded)

# %% [markdown]
# Every gradient is finite, every variable moves, the loss falls far below 0, and the predictions are ruined. The
# symptom is *moved, but not learned*. No line is wrong. The **objective** is: its derivative by `alpha` is the penalty,
# which is never below 0, so a smaller `alpha` is always better. There is no lowest value.
#
# Tell it from an exploding gradient: there the loss *rises*. And from a healthy learned `s`, whose loss may be below 0
# as well: there the errors fall, and the loss settles.

# %%
claim("alpha falls in every single step", np.all(np.diff(unbounded.variable("alpha").values) < 0))

# %% [markdown]
# ### Tempting repairs
#
# Keep the weight positive, then it cannot run away? It can't. But bounded is not enough: the lowest value has to be
# where you want it. Three ways, 150 steps each:

# %%
softplus, clipped, softmax = tf.math.softplus, tf.nn.relu, tf.nn.softmax
a1 = train_long(lambda e, p, a: tf.reduce_sum(e) + softplus(a) * size(p), 1.0, 150)[1]
a2 = train_long(lambda e, p, a: tf.reduce_sum(e) + clipped(a) * size(p), 1.0, 150)[1]
a3 = train_long(lambda e, p, a: tf.reduce_sum(softmax(a) * e), [0.0, 0.0], 150)[1]
print(f"strength of the penalty, softplus(alpha):     {softplus(a1[0]):.2f} → {softplus(a1[-1]):.2f}")
print(f"strength of the penalty, clipped at 0:        {clipped(a2[0]):.2f} → {clipped(a2[-1]):.2f}")
print(f"weights of the two errors, a softmax of them: {softmax(a3[0]).numpy()} → {softmax(a3[-1]).numpy()}")
claim("softplus: the strength falls in every step, towards 0", np.all(np.diff(softplus(a1)) < 0))

# %%
parked, taken = clipped(a2[-1]) == 0, softmax(a3[-1])[0] > 0.85
claim("clipped: parked at exactly 0, no penalty; softmax: nearly all to the easy quantity", parked and taken)

# %% [markdown]
# What is right instead:
#
# - **For the strength of a penalty:** fix it. Train with several values and keep the one with the lowest error on rows
#   that were not trained on. The rows that are trained on always vote for no penalty.
# - **For the weights of several errors:** the likelihood, as above. There a small weight `exp(−s)` has its price, `+ s`.
#
# ## A new loss object in every step: `loss-rebuilt-each-step`
#
# Back to `BalancedLoss`. Here `s` is in the list. The loss object is made where it is used:

# %%
model, optimizer = new_model(), keras.optimizers.SGD(0.02)
after_step, one_step_from_0 = [], []


def rebuilt_step(x, y, optimizer):
    balanced = BalancedLoss()
    variables = [*model.trainable_variables, balanced.s]
    with tf.GradientTape() as tape:
        prediction = model(x)
        loss = balanced(y, prediction)
    optimizer.apply_gradients(zip(tape.gradient(loss, variables), variables))
    after_step.append(balanced.s.numpy().copy())
    one_step_from_0.append(-0.02 * (1 - errors_of(y, prediction)))
    return loss


rebuilt = observe(rebuilt_step, [(readings, weather, optimizer)] * 3, model)
print(rebuilt.steps, "step was made. Then:", rebuilt.error.message)
claim("the second step raises", rebuilt.steps == 1 and rebuilt.error.message.startswith("Unknown variable"))

# %% [markdown]
# The message is right: the optimizer has never seen this `s`. It does not say why: every `BalancedLoss()` brings its
# own. Its last sentence proposes a new optimizer. Whoever follows it has a program that runs, and is silently wrong:

# %%
model = new_model()
after_step, one_step_from_0 = [], []
silent = observe(rebuilt_step, [(readings, weather, keras.optimizers.SGD(0.02)) for _ in range(80)], model)
for n in (1, 2, 10, 80):
    kept = repaired.variable("s").values[n]
    print(f"step {n:2}: s {after_step[n - 1].round(3)}   with one loss object: {kept.round(3)}")
always = np.allclose(after_step, one_step_from_0, atol=1e-4)
claim("after every step, s is one step away from 0, where it began", always)

# %%
same = np.allclose(silent.losses, broken.losses, rtol=1e-4)
claim("for the model it is as if nobody trained s: its losses are those of the broken step", same)

# %% [markdown]
# `s` moves, its gradient is finite, the optimizer gets it: *moved, and forgotten*.
#
# **The repair** is the order of lines of `repaired_step`: loss object and optimizer are made once, before the loop,
# outside the step. That `s` is created outside the tape is no fault: the diagnosis at the top found a finite gradient.
#
# **Look-alike:** an `s` that hovers near its start could also come from a tiny learning rate. Print it at the *start*
# of each step: if it is exactly the starting value every time, it is this fault.
#
# ## Losses that layers bring along: `ignored-layer-losses`
#
# Now the other way round: a loss of the model that *your step* doesn't know. A `kernel_regularizer` is a wish of a
# layer. `fit` and `train_on_batch` grant it. A loop of your own has to.


# %%
def loop(model, with_layer_losses):
    optimizer = keras.optimizers.SGD(0.02)

    def step(x, y):
        with tf.GradientTape() as tape:
            loss = tf.reduce_sum(errors_of(y, model(x)))
            if with_layer_losses:
                loss += sum(model.losses)
        gradients = tape.gradient(loss, model.trainable_variables)
        optimizer.apply_gradients(zip(gradients, model.trainable_variables))
        return loss

    return observe(step, [(readings, weather)] * 30, model)


strong = keras.regularizers.L2(1.0)
without = loop(new_model(), with_layer_losses=False)
ignored = loop(new_model(regularizer=strong), with_layer_losses=False)
heeded = loop(new_model(regularizer=strong), with_layer_losses=True)
show(ignored=ignored, heeded=heeded)

# %%
claim("ignored: a strong regularizer changes not a digit of the losses", ignored.losses == without.losses)

# %% [markdown]
# The table of `ignored` is healthy from top to bottom. You find the fault with a question that the table cannot
# answer: *does anything change when I make the regularizer ten times as strong?*
#
# Layers collect their losses in `model.losses`: one entry for each regularizer, and one for each `add_loss` that a
# layer calls in its forward pass. The proof that `heeded` follows them, by hand: the derivative of 1.0 × the sum of
# the squared weights is 2 × the weights.

# %%
kernels, kernels_ignored = (run.variable("hidden/kernel").values for run in (heeded, ignored))
share, by_hand = kernels[1] - kernels_ignored[1], -0.02 * 2 * kernels[0]
claim("its share of the first update is −rate × 2 × kernel", np.allclose(share, by_hand, atol=1e-5))

# %%
model = new_model(regularizer=strong)
model.compile(optimizer=keras.optimizers.SGD(0.02), loss=lambda y, p: tf.reduce_sum(errors_of(y, p)))
for _ in range(30):
    model.train_on_batch(readings, weather)
same = np.allclose(model.layers[0].kernel.numpy(), kernels[-1], atol=1e-3)
claim("Keras' own training adds model.losses: it ends where heeded ends", same)

# %% [markdown]
# Three conditions for `loss += sum(model.losses)`: **inside the block**, or it is `loss-outside-tape` of chapter 01,
# reported and never followed; **after the forward pass** of this batch, because what `add_loss` put there in the batch
# before is old; and `sum`, not `tf.add_n`, if the list may be empty.


# %%
class QuietCode(keras.layers.Layer):
    def call(self, code):
        self.add_loss(0.1 * tf.reduce_mean(tf.square(code)))
        return code


model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(4), QuietCode(), keras.layers.Dense(2)])
model(readings[:50])
with tf.GradientTape(persistent=True) as tape:
    too_early = sum(model.losses)
    model(readings[50:])
    in_time = sum(model.losses)
slopes = [tape.gradient(loss, model.layers[0].kernel) for loss in (too_early, in_time)]
print(f"before the forward pass: {too_early:.4f}, gradient {slopes[0]}")
print(f"after it:                {in_time:.4f}, gradient of shape {slopes[1].shape}")
claim("before the forward pass, what add_loss left is old, without a path", slopes[0] is None)

# %%
try:
    added = tf.add_n(new_model().losses)
except ValueError as error:
    added = str(error)
print(added)
claim("tf.add_n refuses an empty list; sum gives 0", type(added) is str and sum(new_model().losses) == 0)

# %% [markdown]
# ## What you may read elsewhere
#
# A much-read explanation of trainable loss parameters, fairly sorted:
#
# | You may read | Measured here |
# |---|---|
# | With `compile` and `fit`, a variable of the loss object is not updated. | **Right.** |
# | The reason: it was created outside the tape, and so its gradient is `None`. | **Wrong.** The gradient is finite. It is not in the list that `fit` trains. |
# | You notice it by a loss that stagnates. | **Wrong.** The model's own variables learn, and the loss falls. |
# | The loss's `call` should open a tape of its own and return the loss and the gradients. | **Wrong.** A loss object that returns two things raises, and the outer tape is enough. |
# | Write `CustomLoss()` in the step, and again where you need its parameter. | **Wrong.** Each call makes another parameter. One that is not the loss's own has the gradient `None`. |
# | One list, model's variables plus the loss's, for tape and optimizer. | **Right**, with one loss object. |
# | Error plus `alpha` × penalty, with `alpha` trained, is a fair example. | **Wrong.** It has no lowest value. |
#
# The fourth and the fifth row, measured:


# %%
class ReturnsTwoThings(BalancedLoss):
    def call(self, y, prediction):
        with tf.GradientTape() as inner:
            loss = super().call(y, prediction)
        return loss, [inner.gradient(loss, self.s)]


try:
    returned = ReturnsTwoThings()(weather, new_model()(readings))
except tf.errors.InvalidArgumentError as error:
    returned = str(error)
print(returned)
claim("a loss whose call returns loss and gradients raises", "Shapes of all inputs must match" in returned)

# %%
with tf.GradientTape() as tape:
    loss = BalancedLoss()(weather, new_model()(readings))
claim("the gradient of another object's s is None", tape.gradient(loss, BalancedLoss().s) is None)

# %% [markdown]
# ## Key points
#
# | Fault | Gradient of the parameter | It moves | What betrays it |
# |---|---|---|---|
# | `loss-parameter-missing` | finite, but nobody asks | never | a row *never* in the table |
# | `loss-rebuilt-each-step` | finite | one step, then forgotten | *Unknown variable*, or each step begins at the start |
# | `unbounded-loss-parameter` | finite | without end | the loss falls below 0 and on while the errors grow |
# | `ignored-layer-losses` | (no parameter) | everything moves | another strength changes nothing |
#
# - A model lists its own variables. What belongs to the loss is handed over by you: in the list of your loop, or as a
#   `keras.Variable` that the model owns before its first step. A loss object lives as long as the training does.
# - Before you train a weight of the objective, ask what its derivative is, and where it is 0.
# - `exp(−s)·error + s` is the Gaussian likelihood. It is bounded while the error stays away from 0; a floor keeps it so.
# - In a loop of your own, add `sum(model.losses)`: inside the tape, after the forward pass.
#
# ## Now you
#
# The exercise is in [`exercises/06-trainable-losses`](../exercises/06-trainable-losses/06-trainable-losses.ipynb):
# three programs to repair, one class in unfamiliar code, five programs to diagnose, and one model to build for `fit`.
#
# After that: [07 · Tell a dead optimizer from a dead gradient](07-optimizers.ipynb), or back to the [start page](index.ipynb).
