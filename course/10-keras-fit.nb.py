# %% [markdown]
# # 10 · Find the same faults behind `fit`
#
# **Time:** 25 minutes to read and run, then about an hour and a half for the exercise.
#
# **You will be able to**
#
# - say what `compile`, the first batch and every later batch read of your settings, and what they ignore;
# - recognise four faults: `frozen-after-compile`, `recompiled-late`, `train-step-drops-gradients`,
#   `missing-training-flag`, and callbacks that stop or undo the learning;
# - see the movement of every variable behind `fit`, and prove that it is right.
#
# **You need** the chapters before, above all 04 (pairs), 07 (optimizers) and 09 (graphs, tracing). Some more words:
#
# - A **train step** is what Keras does with one batch under `fit`. It is a method, `train_step`, and you can replace it.
# - **Transfer learning**: take the lower layers (the **base**) from a model that was trained on other data, and put a
#   new last layer (the **head**) on top. **Fine-tuning**: train the base on as well.
# - A **callback** is an object that `fit` calls at the beginning and the end of epochs and batches.
# - **Moving statistics** are the mean and variance that a `BatchNormalization` layer keeps of its inputs.

# %%
import keras
import numpy as np
import tensorflow as tf

from autograder import chart, claim, diagnose, observe, reveal, show
from autograder.data import load_digits

tf.get_logger().setLevel("ERROR")  # we trace many small models on purpose; TensorFlow would warn about that

digits = load_digits()
pixels, labels = digits.train_images.reshape(-1, 64) / 16, digits.train_labels
keras.utils.set_random_seed(1)
cross_entropy = keras.losses.SparseCategoricalCrossentropy(from_logits=True)

# A base that has learned to tell 0, 1, 2, 3 and 4 apart.
trained = keras.Sequential([keras.Input((64,)), keras.layers.Dense(16, "tanh"), keras.layers.Dense(5)])
trained.compile(keras.optimizers.Adam(0.01), cross_entropy)
trained.fit(pixels[labels < 5], labels[labels < 5], epochs=3, verbose=0)
base_weights = trained.layers[0].get_weights()

# The new task, with few images: 5, 6, 7, 8 or 9?
x, y = pixels[labels >= 5][:128], labels[labels >= 5][:128] - 5


def new_model(model_class=keras.Sequential):
    """The trained base and a new head, the same each time."""
    keras.utils.set_random_seed(2)
    base, head = keras.layers.Dense(16, "tanh", name="base"), keras.layers.Dense(5, name="head")
    model = model_class([keras.Input((64,)), base, head])
    base.set_weights(base_weights)
    return model


def fit_once(model, **settings):
    """A function that fits one epoch of one batch and returns the loss, for `observe`."""
    settings = {"batch_size": 128, "verbose": 0, **settings}
    return lambda: model.fit(x, y, **settings).history["loss"][-1]


def still(run):
    return [v.name for v in run.variables if not v.moved]


# %% [markdown]
# ## A fine-tuning that runs
#
# The usual recipe: first train the head on a frozen base, then thaw the base and train on, all with `fit`.


# %%
def head_first(model):
    model.get_layer("base").trainable = False
    model.compile(keras.optimizers.SGD(0.5), cross_entropy)
    model.fit(x, y, batch_size=128, epochs=2, verbose=0)


model = new_model()
head_first(model)
model.get_layer("base").trainable = True
print("trainable now:", [v.path.split("/", 1)[1] for v in model.trainable_variables])

# %% [markdown]
# **Before you run it:** six more epochs of `fit`. What will move?
#
# **a**: base and head · **b**: only the head · **c**: nothing: `fit` raises an exception
#
# Write your letter in place of the question mark.

# %%
prediction = "?"

# %%
broken = observe(fit_once(model), [()] * 6, model)
b = still(broken) == ["base/kernel", "base/bias"]
reveal(prediction, a=broken.error is None and not still(broken), b=b, c=broken.error is not None)

# %% [markdown]
# ## The symptom

# %%
show(broken=broken)

# %%
falls = broken.losses[-1] < broken.losses[0] and broken.warnings == ()
claim("the loss falls, nothing warns, and the base never moves", falls and b)

# %% [markdown]
# All are registered and trainable. And "not asked" for every gradient? `observe` listens to tapes, and behind `fit` the
# tape is in a **graph** (chapter 09): when Keras traced it, `observe` heard symbols without values. So behind `fit` the
# last column is your witness. `diagnose` goes further: it makes the graph anew, with listeners in it.


# %%
def whole_program():
    model = new_model()
    head_first(model)
    model.get_layer("base").trainable = True
    model.fit(x, y, batch_size=128, epochs=2, verbose=0)
    model.compile(keras.optimizers.SGD(0.05), cross_entropy)  # for the slow epochs at the end
    model.fit(x, y, batch_size=128, epochs=2, verbose=0)


found = diagnose(whole_program)
found

# %%
claim("diagnose names recompiled-late", [f.fault for f in found.findings] == ["recompiled-late"])

# %%
chart("unmoved")

# %% [markdown]
# ## The diagnosis, step by step
#
# When does Keras look at `trainable`? Put a witness into the train step. Its line of Python runs when the step is
# traced, and only then.

# %%
seen = []


class Witness(keras.Sequential):
    def train_step(self, data):
        seen.append([v.path.split("/", 1)[1] for v in self.trainable_variables])
        return super().train_step(data)


model = new_model(Witness)
model.compile(keras.optimizers.SGD(0.5), cross_entropy)
after_compile = list(seen)
model.get_layer("base").trainable = False
fit_once(model, epochs=3)()
after_first = list(seen)
model.get_layer("base").trainable = True
fit_once(model, epochs=3)()
after_second = list(seen)
print("seen after compile:", after_compile, " and after both fits:", after_second)
looked = after_compile == [] and after_first == [["head/kernel", "head/bias"]] == after_second
claim("compile looks at nothing, the first batch once, the second fit not at all", looked)

# %% [markdown]
# ```text
#   compile ────────────▶ first batch ─────────────▶ every later batch
#   throws the old        traces train_step: reads    runs the graph: reads
#   graph away            trainable, and every        the values of variables
#   takes the optimizer   other Python value          (weights, rate, momentum),
#                         optimizer makes its state   nothing else
# ```
#
# So this is `recompiled-late`: the base was thawed when the graph had been made. `compile` is what throws it away, and
# it came after the epochs that should have trained the base. (Where it never comes, the diagnosis says
# `frozen-after-compile`. The cause is the same: a flag that nobody read.)
#
# ## The repair
#
# Thaw, **then** compile, with a new optimizer, then fit.

# %%
model = new_model()
head_first(model)
model.get_layer("base").trainable = True
model.compile(keras.optimizers.SGD(0.5), cross_entropy)
start = [w.copy() for w in model.get_weights()]
repaired = observe(fit_once(model), [()] * 6, model)
show(broken=broken, repaired=repaired)

# %% [markdown]
# ## The proof
#
# Step 1 must move a weight of the base by −0.5 × slope, where the slope is found without tape and without `fit`.

# %%
row, column, nudge = 20, 3, 1e-2
nudged = []
for amount in (nudge, -nudge):
    weights = [w.copy() for w in start]
    weights[0][row, column] += amount
    model.set_weights(weights)
    nudged.append(float(cross_entropy(y, model(x))))
slope = (nudged[0] - nudged[1]) / (2 * nudge)
first = repaired.variable("base/kernel").values
moved = float(first[1][row, column] - first[0][row, column])
print(f"−0.5 × slope: {-0.5 * slope:.5f}   moved in step 1: {moved:.5f}")
claim("the base's weight moves by −rate × slope", abs(moved + 0.5 * slope) < 0.05 * abs(0.5 * slope))

# %%
claim("the loss falls further than with the base asleep", repaired.losses[-1] < 0.97 * broken.losses[-1])

# %% [markdown]
# ### Loud: the old optimizer
#
# With the optimizer that has already worked, the same repair raises. It made its state for the head alone (chapter 07).

# %%
model = new_model()
head_first(model)
model.get_layer("base").trainable = True
model.compile(model.optimizer, cross_entropy)
refused = observe(model.train_on_batch, [(x, y)], model).error
print(refused.type, refused.message[:70], "…")
claim("thawed and compiled with the same optimizer, it raises", "Unknown variable" in refused.message)

# %% [markdown]
# Silent: `model.trainable = True` looks as if it thawed everything. But the model was never frozen, its layer was; and
# on TensorFlow, setting an attribute to the value that it has does nothing. Thaw the layer that you froze.

# %%
model = new_model()
model.get_layer("base").trainable = False
model.trainable = True
claim("model.trainable = True leaves the frozen layer frozen", len(model.trainable_variables) == 2)

# %% [markdown]
# ## The other way round: `frozen-after-compile`
#
# Everything has been trained for a while. Now the base should keep still, because other models use it too.

# %%
model = new_model()
model.compile(keras.optimizers.SGD(0.5), cross_entropy)
fit_once(model)()
model.get_layer("base").trainable = False
runs = [observe(fit_once(model, batch_size=size), [()], model) for size in (128, 64, 128)]
moves = ["base/kernel" not in still(run) for run in runs]
print("base moves in batches of 128, of 64, of 128 again:", moves)
claim("a base that was frozen after a fit goes on moving", moves[0] and runs[0].warnings == ())

# %%
claim("a new batch size freezes the base, the old one lets it go", moves == [True, False, True])

# %% [markdown]
# `trainable` says no, and it moves. With batches of another **size** it stands still: a new shape means a new tracing,
# which looks at `trainable`. The old graph is kept for the old shape. Two graphs, two truths, in one model.
#
# The repair: compile after every change. When you *freeze*, you may pass the same optimizer object. It knows the head,
# and its momentum and count of steps go on.

# %%
model, optimizer = new_model(), keras.optimizers.SGD(0.1, momentum=0.9)
for trainable in (True, False):
    model.get_layer("base").trainable = trainable
    model.compile(optimizer, cross_entropy)
    model.train_on_batch(x, y)
settled = observe(model.train_on_batch, [(x, y)] * 2, model)
keeps = still(settled) == ["base/kernel", "base/bias"] and int(optimizer.iterations) == 4
claim("frozen, then compiled: the base keeps still, and the same optimizer goes on counting", keeps)

# %% [markdown]
# ### Too much frozen
#
# Recipes for adversarial networks share a model: a *critic* is compiled, then frozen, then built into a second model.
# "Its own compile was before, so it still trains by itself." Not in Keras 3: what counts is the first batch.

# %%
critic = new_model()
critic.compile(keras.optimizers.SGD(0.5), cross_entropy)
critic.trainable = False  # for the second model, which comes here
frozen_critic = observe(critic.train_on_batch, [(x, y)] * 2, critic)
print(frozen_critic.warnings)
stuck = len(still(frozen_critic)) == 4 and "any trainable weights" in frozen_critic.warnings[0]
claim("frozen between compile and the first batch, the critic does not train, and Keras warns", stuck)

# %% [markdown]
# Keras warns because *nothing* is left to train. In the fine-tuning above the head was left, and there was no warning.
# The repair: train the critic with `trainable` set to True and compiled so, and the second model with it set to False.
#
# ## Too often: `recompiled-late`, second face
#
# "To be safe" compile moves into the loop over the rounds. Weights survive that. What doesn't?

# %%
losses = {}
for name, rounds, steps in (("compiled once", 1, 12), ("in 3 rounds", 3, 4)):
    model, losses[name] = new_model(), []
    for _ in range(rounds):
        model.compile(keras.optimizers.SGD(0.1, momentum=0.9), cross_entropy)
        losses[name] += [model.train_on_batch(x, y) for _ in range(steps)]
    count = int(model.optimizer.iterations)
    print(f"{name:<13} loss after 12 steps: {losses[name][-1]:.3f}   optimizer.iterations: {count}")
same = np.allclose(losses["compiled once"][:5], losses["in 3 rounds"][:5], rtol=1e-4)
claim("compile keeps the weights: the next round's first loss is as if nothing had been", same)

# %%
slower = losses["in 3 rounds"][-1] > 1.1 * losses["compiled once"][-1]
claim("a new optimizer in every round forgets momentum and steps", slower and count == 4)

# %% [markdown]
# Everything moves, but by another rule: only the count of iterations shows it.
#
# ## A step of your own: `train-step-drops-gradients`
#
# Your own `train_step` replaces all of Keras' step. This one computes a loss and its gradients.


# %%
class OwnStep(keras.Sequential):
    def update(self, gradients, variables):
        pass

    def train_step(self, data):
        images, digits, _ = keras.utils.unpack_x_y_sample_weight(data)
        with tf.GradientTape() as tape:
            loss = cross_entropy(digits, self(images, training=True))
        self.update(tape.gradient(loss, self.trainable_variables), self.trainable_variables)
        return {"loss": loss}


# %% [markdown]
# **Before you run it:** nothing is done with the gradients. Which loss does `fit` report, three epochs long?
#
# **a**: a falling one · **b**: three times the same number, more than 1 · **c**: 0.0, 0.0, 0.0
# (Write your letter into the first line, then run the cell.)

# %%
prediction = "?"
model = new_model(OwnStep)
model.compile(keras.optimizers.SGD(0.5))
dropped = observe(fit_once(model), [()] * 3, model)
reported = set(dropped.losses)
falling = dropped.losses[-1] < dropped.losses[0]
reveal(prediction, a=falling, b=len(reported) == 1 and min(reported) > 1, c=reported == {0.0})

# %%
claim("nothing moves, and nothing warns", len(still(dropped)) == 4 and dropped.warnings == ())

# %% [markdown]
# A loss of 0.0 looks like perfection. It says that nobody measured: if the keys that you return are those of the
# model's metrics, `fit` shows the *metrics*, and "loss" was never updated. That is a second fault. A step that drops its
# gradients can report a true, level loss as well:


# %%
class Reported(OwnStep):
    def train_step(self, data):
        loss = super().train_step(data)["loss"]
        if not hasattr(self, "seen_loss"):
            self.seen_loss = keras.metrics.Mean(name="loss")
        self.seen_loss.update_state(loss)
        return {"loss": self.seen_loss.result()}


def own_run(update):
    """Six batches of the step that reports its loss and does this with its gradients."""
    model = new_model(Reported)
    model.compile(keras.optimizers.SGD(0.5))
    model.update = lambda gradients, variables: update(model.optimizer, gradients, variables)
    return observe(lambda: model.train_on_batch(x, y, return_dict=True), [()] * 6, model)


none = own_run(lambda optimizer, gradients, variables: None)
half = own_run(lambda optimizer, gradients, variables: optimizer.apply(gradients[-2:], variables[-2:]))
whole = own_run(lambda optimizer, gradients, variables: optimizer.apply(gradients, variables))
show(none=none, half=half, whole=whole)

# %%
level = len(set(none.losses)) == 1 and none.losses[0] > 1
falls, stays = half.losses[-1] < half.losses[0], still(half) == ["base/kernel", "base/bias"]
claim("all dropped: a true, level loss. Half of them: it falls, the base stays", level and falls and stays)

# %% [markdown]
# ### Look inside, and know what the look changes
#
# `compile(..., run_eagerly=True)` runs the step's Python for each batch: `print` works, and `observe` hears the tape.

# %%
model = new_model(OwnStep)
model.compile(keras.optimizers.SGD(0.5), run_eagerly=True)
inside = observe(fit_once(model), [()] * 2, model)
kinds = {kind for v in inside.variables for kind in v.gradients}
unmoved = len(still(inside)) == 4
claim("run eagerly, the gradients are there, finite, and nothing moves", kinds == {"finite"} and unmoved)

# %% [markdown]
# Finite and unmoved: the gradients never arrive. (`None` would have been a cut path.) But an eager run reads `trainable`
# in every batch, so faults of the frozen kind **vanish** while you look:

# %%
model = new_model()
model.compile(keras.optimizers.SGD(0.5), cross_entropy, run_eagerly=True)
model.train_on_batch(x, y)
model.get_layer("base").trainable = False
looked_at = observe(model.train_on_batch, [(x, y)], model)
claim("run eagerly, a late freeze works at once", still(looked_at) == ["base/kernel", "base/bias"])

# %% [markdown]
# Behind `fit`, a path that is cut for a part of the model gives a warning, but once, when the step is traced. Later
# epochs and later fits are silent.


# %%
class Cut(keras.Sequential):
    def call(self, inputs, training=None):
        base, head = self.layers
        return head(tf.stop_gradient(base(inputs)))


model = new_model(Cut)
model.compile(keras.optimizers.SGD(0.5), cross_entropy)
told = [len(observe(fit_once(model), [()], model).warnings) for _ in range(3)]
claim("three fits, one warning of missing gradients", told == [1, 0, 0])

# %% [markdown]
# ### What else an override drops
#
# Penalties of layers (chapter 06) are in `compute_loss`, and in no loss that you write yourself.

# %%
penalised = keras.Sequential([keras.Input((64,)), keras.layers.Dense(5, kernel_regularizer="l2")])
penalised.compile("sgd", cross_entropy)
with_penalty = float(penalised.compute_loss(x=x, y=y, y_pred=penalised(x)))
without, penalty = float(cross_entropy(y, penalised(x))), float(penalised.losses[0])
claim("compute_loss adds the penalty", abs(with_penalty - without - penalty) < 1e-4 and penalty > 0.05)

# %% [markdown]
# ## Nobody says that this is training: `missing-training-flag`
#
# `BatchNormalization` and `Dropout` behave differently in training. They learn of it by the **training flag**:
# `model(x)` means inference, `model(x, training=True)` training. Keras' step passes it to a `call` that has an argument
# of that name. Which of these get it?


# %%
class Parts(keras.Model):
    def __init__(self):
        super().__init__()
        layers = keras.layers
        self.base, self.norm = layers.Dense(16, "tanh", name="base"), layers.BatchNormalization(name="norm")
        self.drop, self.head = layers.Dropout(0.5), layers.Dense(5, name="head")


class NoFlag(Parts):
    def call(self, x):
        return self.head(self.drop(self.norm(self.base(x))))


class NotHandedOn(Parts):
    def call(self, x, training=None):
        return self.head(self.drop(self.norm(self.base(x))))


class HandedOn(Parts):
    def call(self, x, training=False):
        return self.head(self.drop(self.norm(self.base(x), training=training), training=training))


flags = {}
for kind in (NoFlag, NotHandedOn, HandedOn):
    keras.utils.set_random_seed(3)
    model = kind()
    model(x)
    model.compile(keras.optimizers.SGD(0.1), cross_entropy)
    run = observe(model.train_on_batch, [(x, y)] * 2, model)
    flags[kind.__name__] = run
    print(f"{kind.__name__:<12} did not move: {still(run)}")
statistics = ["norm/moving_mean", "norm/moving_variance"]
unmoved = {name: [v for v in still(run) if v in statistics] for name, run in flags.items()}
quiet = flags["NoFlag"].warnings == ()
claim("without the argument the statistics never move, silently", quiet and unmoved["NoFlag"] == statistics)

# %%
same = flags["NotHandedOn"].losses == flags["HandedOn"].losses
same = same and unmoved["NotHandedOn"] == []
claim("with the argument, handing it on makes no difference: inner calls inherit it", same)

# %% [markdown]
# So the repair is `training=None` in the signature; in a step of your own also `self(x, training=True)`, and every
# method on the way that isn't `call` must pass it on. Don't write `training=True` into `call` itself: then predictions
# drop units too, and no two of them agree.

# %%
agree = np.allclose(model(x, training=True), model(x, training=True))
claim("with training=True two predictions of the same rows differ", not agree)

# %% [markdown]
# These statistics have no gradient and no optimizer. Their rule is 0.99 × old + 0.01 × batch; here it is, apart from Keras.

# %%
v = {item.name: item.values for item in flags["HandedOn"].variables}
code = np.tanh(x @ v["base/kernel"][0] + v["base/bias"][0])
right = np.allclose(v["norm/moving_mean"][1], 0.01 * code.mean(axis=0), atol=1e-5)
right = right and np.allclose(v["norm/moving_variance"][1], 0.99 + 0.01 * code.var(axis=0), atol=1e-4)
claim("after one batch: 0.99 × start + 0.01 × the batch's mean and variance", right)

# %% [markdown]
# Two look-alikes. With 0.99, two steps leave 98 % of the starting values: statistics that **lag** after few steps are no
# fault, they need more steps or a smaller `momentum`. And a normalisation that is **frozen** keeps its statistics on
# purpose, flag or not:

# %%
norm = keras.layers.BatchNormalization(trainable=False)
norm(x, training=True)
claim("a frozen normalisation does not update its statistics", not np.any(norm.moving_mean))

# %% [markdown]
# ## Callbacks that stop or undo
#
# `fit` did everything right, and a callback took it away. Three of the kind:

# %%
model = new_model()
model.compile(keras.optimizers.SGD(0.5), cross_entropy)
undo = keras.callbacks.EarlyStopping("loss", mode="max", patience=3, restore_best_weights=True)
history = model.fit(x, y, batch_size=128, epochs=20, verbose=0, callbacks=[undo]).history["loss"]
after = float(cross_entropy(y, model(x)))
print("epochs:", len(history), " last reported:", round(history[-1], 3), " the model now:", round(after, 3))
undone = len(history) == 4 and abs(after - history[1]) < 1e-3
claim("a wrong mode stops after 4 epochs, and restores the weights of epoch 1", undone)

# %% [markdown]
# (The weights at the *end* of epoch 1 give the loss that epoch 2 reports first.) `mode="max"` calls the highest loss the
# best. Compare what `fit` reported last with the model that you have in hand.

# %%
model = new_model()
model.compile(keras.optimizers.SGD(0.5), cross_entropy)
slow_start = keras.callbacks.LearningRateScheduler(lambda epoch: 0.5 * (epoch // 10))
scheduled = observe(fit_once(model, epochs=2, callbacks=[slow_start]), [()], model)
claim("epoch // 10 is 0 for ten epochs: the rate is 0, nothing moves", len(still(scheduled)) == 4)

# %%
thaw = keras.callbacks.LambdaCallback(
    on_epoch_begin=lambda epoch, logs: setattr(model.get_layer("base"), "trainable", epoch >= 2)
)
model = new_model()
model.compile(keras.optimizers.SGD(0.5), cross_entropy)
thawed = observe(fit_once(model, epochs=4, callbacks=[thaw]), [()], model)
nothing = still(thawed) == ["base/kernel", "base/bias"]
claim("a callback that thaws in epoch 2 of a running fit thaws nothing", nothing)

# %% [markdown]
# For that, leave `fit`, compile, and call it again with `initial_epoch`.
#
# ## What the reported loss is
#
# The mean over the epoch of each batch's loss *before* its update, in training mode. The model that you get is another.

# %%
model = new_model()
model.compile(keras.optimizers.SGD(0.5), cross_entropy)
mean_loss, now = fit_once(model, batch_size=16)(), float(cross_entropy(y, model(x)))
print(f"reported for the epoch: {mean_loss:.3f}   the same rows afterwards: {now:.3f}")
claim("the reported loss is not that of the model you have", now < 0.9 * mean_loss)

# %% [markdown]
# ## Which one is it?
#
# | Behind `fit` you see | Symptom | Fault | Ask |
# |---|---|---|---|
# | `trainable` is True, the layer stands still until `compile` | unmoved | `recompiled-late` | what did the last tracing see? |
# | `trainable` is True, the layer stands still for ever | unmoved | `frozen-after-compile` | was there a compile since? |
# | `trainable` is False, the layer moves | moved, against your will | `frozen-after-compile` | was there a compile since? |
# | all move, each round starts slowly again | moved by another rule | `recompiled-late` | `int(model.optimizer.iterations)` |
# | loss 0.0 or level; finite gradients when run eagerly | finite, unmoved | `train-step-drops-gradients` | which gradients reach `apply`? |
# | weights move, moving statistics don't | moved, half trained | `missing-training-flag` | does `call` have `training`? |
# | rate 0 or tiny; weights of an earlier epoch | unmoved, or undone | a callback | fit once without callbacks |
#
# ## What you may read elsewhere
#
# | You may read | Measured here |
# |---|---|
# | You must compile after setting `trainable`. | **Half right.** After a batch, yes. Between compile and the first batch it counts without. |
# | Compiling again resets the model. | **Wrong** for the weights, **right** for a new optimizer's state. |
# | Every layer must be handed `training`, or Dropout won't work. | **Wrong** today: inner calls inherit it. But `call` must take it. |
# | Parameters of a loss stay fixed because they were made outside the tape. | **Wrong reason.** `fit` differentiates by `model.trainable_variables` and by nothing else (chapter 06). |

# %% [markdown]
# ## Key points
#
# - compile forgets the graph; the first batch makes a new one from what is true then; later batches only run it.
# - Change `trainable`, then compile, then fit. New optimizer when you thaw; the same one is fine when you freeze.
# - Your own `train_step` is responsible for everything: flag, penalties, **all** gradients, the reported loss.
# - `call` needs `training=None`. Look at the moving statistics: they have no gradient, only the forward pass moves them.
# - A reported loss is a report. Compare weights before and after, and the model in hand with what was reported.
#
# ## Now you
#
# The exercise is in [`exercises/10-keras-fit`](../exercises/10-keras-fit/10-keras-fit.ipynb): three programs to repair,
# an autoencoder that never meets its data, a model to build that learns at two rates, and five programs to diagnose.
#
# After that: [11 · Hunt several faults in one script](11-bug-hunt.ipynb), or back to the [start page](index.ipynb).
