# %% [markdown]
# # 11 · Hunt several faults in one script
#
# **Time:** 25 minutes to read and run, then about two hours for the exercise.
#
# **You will be able to**
#
# - hunt through a whole script in a fixed order of questions, with one change at a time and a log;
# - tell why a right repair may change nothing, and why a script may get no better until the last repair;
# - say when you are done: the target is reached, and every variable moves as its rule says.
#
# **You need** the chapters before this one. All four faults of this lesson come from them. Two more words:
#
# - The **target** is a number that the finished script must reach, fixed before you begin. A **baseline** is what you
#   reach without any learning, for instance by always predicting the mean.
# - **Held-out** rows are kept away from training. Only they tell whether a model has learned or remembered.
#
# ## One script, several faults
#
# So far each program had one fault, and you knew the chapter. A real script has a history. Somebody met an error,
# silenced it, met the next one, silenced that. The faults then stand in each other's light:
#
# ```
#   fault 1 hides fault 2:    repair 2 alone ─▶ nothing changes       so you think: it was not that
#                             repair 1 alone ─▶ the next symptom      so you think: that was no help
#                             both           ─▶ it learns
# ```
#
# That is why trying one repair after another, and taking each back that does not help, does not work. A method does.
#
# ## The script
#
# It predicts how many bicycles cross a bridge in an hour. It is the text of a file, so that a repair is what it is in
# life: a line that is exchanged.

# %%
import contextlib
import io
import linecache
import tempfile
import warnings
from pathlib import Path

import keras
import numpy as np
import tensorflow as tf

from autograder import chart, claim, observe, reveal, show
from autograder.diagnosis import diagnose_script

SCRIPT = '''\
"""Bicycles on a bridge, in hundreds an hour, from the hour, the temperature and the rain."""

import keras
import numpy as np
import tensorflow as tf


def load(rows=480):
    rng = np.random.default_rng(11)
    hour, temperature = rng.integers(0, 24, rows), rng.normal(12, 7, rows)
    rain = rng.exponential(0.6, rows) * (rng.random(rows) < 0.3)
    rush = 1.6 * np.exp(-(((hour - 8) / 2.5) ** 2)) + 1.9 * np.exp(-(((hour - 17) / 3) ** 2))
    bicycles = 1 + rush + 0.05 * (temperature - 12) - 0.7 * np.tanh(rain) + rng.normal(0, 0.1, rows)
    angle = 2 * np.pi * hour / 24
    waves = [wave(k * angle) for k in (1, 2) for wave in (np.cos, np.sin)]
    columns = np.stack([*waves, (temperature - 12) / 7, rain], axis=1)
    return columns.astype("float32"), bicycles.astype("float32")


def leaky(features):
    return np.maximum(features, 0.1 * features)


class Counter:
    def __init__(self):
        self.encoder = keras.layers.Dense(8, name="encoder")
        self.output = keras.layers.Dense(1, name="output")
        self.model = keras.Sequential([keras.Input((6,)), self.encoder, self.output])
        # The loss was NaN once. Since then the gradients are clipped.
        self.optimizer = keras.optimizers.SGD(0.1, momentum=0.9, global_clipnorm=0.001)

    def predict(self, x):
        return self.output(leaky(self.encoder(x)))

    def train_step(self, x, y):
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(tf.square(y - self.predict(x)))
        # With all variables here, there was a warning.
        variables = self.output.trainable_variables
        gradients = tape.gradient(loss, variables)
        self.optimizer.apply_gradients(zip(gradients, variables))
        return loss


def error(counter, x, y):
    """Mean squared error, as NumPy computes it."""
    return float(np.mean((y - np.array(counter.predict(x))[:, 0]) ** 2))


def main(epochs=4, seed=None):
    if seed is not None:
        keras.utils.set_random_seed(seed)
    x, y = load()
    counter = Counter()
    for epoch in range(epochs):
        order = np.random.permutation(360)
        for first in range(0, 360, 40):
            rows = order[first : first + 40]
            loss = counter.train_step(tf.constant(x[rows]), tf.constant(y[rows]))
        print(f"epoch {epoch + 1}: loss {float(loss):.3f}")
    print(f"held-out rows: {error(counter, x[360:], y[360:]):.3f}")
    return error(counter, x[360:], y[360:])


if __name__ == "__main__":
    main()
'''

# %% [markdown]
# Read it once. Which lines would you suspect? Then put your suspicion aside: you will measure.


# %%
def load_script(*repairs):
    """The names that the script defines, after some lines were exchanged: pairs of (old text, new text)."""
    text = SCRIPT
    for old, new in repairs:
        assert text.count(old) == 1, f"not there exactly once: {old}"
        text = text.replace(old, new)
    file = f"bridge_{len(repairs)}.py"
    linecache.cache[file] = (len(text), None, text.splitlines(keepends=True), file)
    names = {"__name__": "bridge"}
    exec(compile(text, file, "exec"), names)
    return names


@contextlib.contextmanager
def quietly():
    """Keep back what a script prints, and its warnings."""
    with contextlib.redirect_stdout(io.StringIO()), warnings.catch_warnings(record=True):
        yield


def held_out_error(*repairs, **how):
    """Run the whole script, with these repairs, and return its error on the held-out rows."""
    with quietly():
        return load_script(*repairs)["main"](**how)


script = load_script()
first_run = script["main"]()
second_run = held_out_error()
print(f"and once more: {second_run:.3f}")

# %% [markdown]
# ## Question 0: What should come out?
#
# Without a target you do not know when to stop, and without a baseline you do not know whether anything was learned.
# The noise of the counter has a deviation of 0.1, so no model can get below an error of about 0.01. Our target: **an
# error of at most 0.15 on the held-out rows.** The baseline: the mean of the training rows, for every hour.

# %%
x, y = script["load"]()
baseline = float(np.mean((y[360:] - y[:360].mean()) ** 2))
print(f"target 0.150    baseline {baseline:.3f}    the script {first_run:.3f}")
claim("the script as it is does worse than the mean", min(first_run, second_run) > baseline)

# %% [markdown]
# ## Question 1: Does it happen again?
#
# Two runs of the same script gave two numbers. As long as that is so, you cannot tell a repair from luck. **Fix every
# seed first.** This is no repair; it makes repairs visible.

# %%
same = [held_out_error(epochs=1, seed=3) for _ in range(2)]
claim(
    "two runs differ without a seed, and not at all with one", first_run != second_run and same[0] == same[1]
)

# %% [markdown]
# ## Question 2: Can it learn twelve rows by heart?
#
# A model that can learn can learn a few rows by heart, in a second. The loss must go to nearly 0. If it does not, the
# fault is in the step, and you have a small program to hunt in.

# %%
BATCH = tf.constant(x[:12]), tf.constant(y[:12])


def by_heart(*repairs, steps=40):
    """Train the script's step on twelve rows only, under observation."""
    keras.utils.set_random_seed(3)
    counter = load_script(*repairs)["Counter"]()
    return observe(counter.train_step, [BATCH] * steps, counter.model)


# %% [markdown]
# **Before you run it:** 40 steps on the same twelve rows, with the script as it is. What will the loss do?
#
# - **a**: it rises, or becomes NaN
# - **b**: it is the same number 40 times
# - **c**: it falls in every step, and hardly gets anywhere
#
# Write your letter in place of the question mark.

# %%
prediction = "?"

# %%
found = by_heart()
falls = all(b < a for a, b in zip(found.losses, found.losses[1:]))
reveal(
    prediction,
    a=not found.losses[-1] <= found.losses[0],
    b=len(set(found.losses)) == 1,
    c=falls and found.losses[-1] > 0.9 * found.losses[0],
)

# %% [markdown]
# ## Question 3: What does each variable do?
#
# The loss falls in every step. If you had looked at the loss alone, you would now train longer. Look at the variables
# instead, from the top of the chart of chapter 00 downwards, and stop at the first answer that is not right.

# %%
show(found=found)

# %%
chart("not asked")

# %% [markdown]
# No exception; all registered; then the third question, *is there a gradient?* For `encoder` nobody asked. That is where
# you stop. The small movements of `output` are suspicious too, but they come later on the chart: **repair the first
# cause, then look again.** What you see behind an open fault may be its shadow.

# %%
kinds = {v.name: set(v.gradients) for v in found.variables}
claim(
    "nobody asks for the gradients of the encoder",
    kinds["encoder/kernel"] == kinds["encoder/bias"] == {"not asked"},
)

# %% [markdown]
# Keep a **log** while you hunt, one row a change: what you supposed, and what you saw. It saves you from going in circles.

# %%
log = []


def note(supposed, run):
    """A row of the log: the loss on the twelve rows, and what each layer's kernel did."""
    row = {"supposed": supposed, "loss": f"{run.losses[0]:.3f} → {run.losses[-1]:.3g}"}
    for name in ("encoder/kernel", "output/kernel"):
        v = run.variable(name)
        row[name] = f"{v.gradients[-1]}, moved {np.linalg.norm(v.values[-1] - v.values[0]):.2g}"
    log.append(row)


note("(as found)", found)

# %% [markdown]
# ## First repair: `incomplete-variable-list`
#
# The comment tells the story: with all variables there was a warning, so the encoder was left out. That is chapter 04.

# %%
ALL_VARIABLES = (
    "variables = self.output.trainable_variables",
    "variables = [*self.encoder.trainable_variables, *self.output.trainable_variables]",
)

# %% [markdown]
# **Before you run it:** the list is complete now. What will the encoder do?
#
# - **a**: it moves, and the loss falls much further
# - **b**: its gradient is `None`, and it rests as before
# - **c**: its gradient is finite, and it rests as before
#
# Write your letter in place of the question mark.

# %%
prediction = "?"

# %%
listed = by_heart(ALL_VARIABLES)
encoder = listed.variable("encoder/kernel")
reveal(
    prediction,
    a=encoder.moved,
    b=set(encoder.gradients) == {"none"} and not encoder.moved,
    c=set(encoder.gradients) == {"finite"} and not encoder.moved,
)

# %%
note("encoder left out of the list", listed)
print("warnings:", [text[:76] for text in listed.warnings])
same_losses = np.allclose(listed.losses, found.losses, rtol=1e-6)
claim("a right repair, and not a single loss has changed", same_losses)

# %% [markdown]
# Here a hunt by trial and error ends: the repair "did not help", and is taken back. But look at the table, not at the
# loss. The symptom has changed, from *not asked* to *None*. The first fault had **hidden** the second one: as long as
# nobody asks for a gradient, nobody hears that there is none. **A repair is right if the symptom that it was for is
# gone**, not if the loss falls.

# %%
show(found=found, listed=listed)

# %% [markdown]
# ## Second repair: `numpy-round-trip`
#
# `None` means: there is no recorded path. The gradient reaches `output` and does not reach `encoder`, so the path ends
# between the two. There stands `leaky`, and it calls NumPy. That is chapter 02.

# %%
TENSORS = ("np.maximum(features, 0.1 * features)", "tf.maximum(features, 0.1 * features)")
joined = by_heart(ALL_VARIABLES, TENSORS)
note("NumPy between the layers", joined)
gone = bool(listed.warnings) and not joined.warnings
finite = all(set(v.gradients) == {"finite"} for v in joined.variables)
claim("now every gradient is finite, and the warning is gone", finite and gone)

# %% [markdown]
# ## Third repair: `clipped-to-nothing`
#
# On to the next question of the chart: *does it move?* It does, by very little. Divide, as in chapter 07, the length of
# the first update by the length of the gradient, for all variables together. For this optimizer it should be the rate,
# 0.1.


# %%
def whole_norm(norms):
    return float(np.sqrt(sum(norm**2 for norm in norms)))


gradient = whole_norm(v.gradient_norms[0] for v in joined.variables)
moved = whole_norm(v.update_norms[0] for v in joined.variables)
print(f"gradient {gradient:.3f}    update {moved:.6f}    ratio {moved / gradient:.6f}")
claim("the first update is 0.1 × 0.001 long, whatever the gradient", abs(moved - 1e-4) < 2e-6)

# %% [markdown]
# The update is as long as the rate times the limit of the clipping: every gradient is cut to 0.001. The clipping was
# somebody's answer to a NaN. A sound limit is somewhat above the usual length of a gradient.

# %%
LIMIT = ("global_clipnorm=0.001", "global_clipnorm=5.0")
unclipped = by_heart(ALL_VARIABLES, TENSORS, LIMIT)
note("clipped at 0.001", unclipped)
show(joined=joined, unclipped=unclipped)

# %% [markdown]
# Now it moves. The loss falls quickly, and then it stops, far from 0. Where?

# %%
variance = float(y[:12].var())
print(f"loss after 40 steps {unclipped.losses[-1]:.3f}    variance of the twelve numbers {variance:.3f}")
claim("it stops at the variance of y", abs(unclipped.losses[-1] - variance) < 0.05 * variance)

# %% [markdown]
# ## Fourth repair: `broadcast-loss`
#
# The variance is the error of somebody who always answers with the mean. That is the best answer if every prediction is
# compared with every row. Look at the shapes, as in chapter 05.

# %%
counter = load_script(ALL_VARIABLES, TENSORS, LIMIT)["Counter"]()
difference = BATCH[1] - counter.predict(BATCH[0])
print("y", BATCH[1].shape, "  prediction", counter.predict(BATCH[0]).shape, "  difference", difference.shape)
claim("twelve rows give 144 differences", difference.shape == (12, 12))

# %%
COLUMN = ("tf.square(y - self.predict(x))", "tf.square(y - self.predict(x)[:, 0])")
repaired = by_heart(ALL_VARIABLES, TENSORS, LIMIT, COLUMN)
note("(12,) against (12, 1)", repaired)
show(found=found, repaired=repaired)

# %%
claim("twelve rows are learned by heart", repaired.losses[-1] < 0.05 * repaired.losses[0])

# %% [markdown]
# The log, as it stands now:

# %%
for row in log:
    print(f"{row['supposed']:<30} loss {row['loss']:<16}", end="")
    print(f"encoder: {row['encoder/kernel']:<26} output: {row['output/kernel']}")

# %% [markdown]
# ## The proof
#
# Is it the *right* step? Nudge a weight, without any tape, and compare. The nudged loss is the one in NumPy, so that a
# slip in the script's own loss would show.

# %%
names = load_script(ALL_VARIABLES, TENSORS, LIMIT, COLUMN)
keras.utils.set_random_seed(3)
counter = names["Counter"]()
start = counter.encoder.kernel.numpy()
losses = []
for nudge in (0.01, -0.01):
    changed = start.copy()
    changed[4, 2] += nudge
    counter.encoder.kernel.assign(changed)
    losses.append(names["error"](counter, *BATCH))
slope = (losses[0] - losses[1]) / 0.02
values = repaired.variable("encoder/kernel").values
first_move = float(values[1][4, 2] - values[0][4, 2])
print(f"−0.1 × slope {-0.1 * slope:+.5f}    moved {first_move:+.5f}")
claim(
    "the first step moves this weight by −rate × slope",
    abs(first_move + 0.1 * slope) < 0.02 * abs(0.1 * slope),
)

# %% [markdown]
# And the whole script, against the target:

# %%
REPAIRS = {"variables": ALL_VARIABLES, "tensors": TENSORS, "limit": LIMIT, "column": COLUMN}
finished = [held_out_error(*REPAIRS.values(), seed=seed) for seed in (1, 2)]
print("error on the held-out rows:", [f"{value:.3f}" for value in finished])
claim("the repaired script reaches the target, with two seeds", max(finished) < 0.15)

# %% [markdown]
# ## No repair alone, and none too many
#
# Was each of the four needed? Try each alone, and try to leave each out.

# %%
alone = {name: held_out_error(repair, seed=1) for name, repair in REPAIRS.items()}
without = {
    name: held_out_error(*(r for other, r in REPAIRS.items() if other != name), seed=1) for name in REPAIRS
}
as_found = held_out_error(seed=1)
print(f"as found {as_found:.3f}    baseline {baseline:.3f}    target 0.150    all four {finished[0]:.3f}\n")
for name in REPAIRS:
    print(f"{name:<10} alone {alone[name]:.3f}    all but this one {without[name]:.3f}")

# %%
claim(
    "none of the four reaches the target alone, and none can be left out",
    min(alone.values()) > 0.5 * baseline and min(without.values()) > 0.15,
)

# %% [markdown]
# Somebody who keeps only what helps at once never gets to the end of this script:

# %%
unseen = [name for name in ("variables", "tensors") if abs(alone[name] - as_found) < 1e-3]
claim("two right repairs leave the result of the whole script unchanged", len(unseen) == 2)

# %% [markdown]
# ## Let a tool take the first look
#
# In a terminal you would write `autograder diagnose bridge.py`. It runs the script for some steps, watches every variable,
# and names what it is sure of. Here we call what that command calls.


# %%
def look(*repairs):
    """What `autograder diagnose` says of the script with these repairs."""
    text = SCRIPT
    for old, new in repairs:
        text = text.replace(old, new)
    with tempfile.TemporaryDirectory() as folder, quietly():
        file = Path(folder) / "bridge.py"
        file.write_text(text)
        return diagnose_script(file, steps=8)


diagnosis = look()
diagnosis

# %% [markdown]
# It names the fault that you found last: it compares shapes, and does not need a loss that stands still for that. The
# two rows of `encoder` it shows without a finding. So it, too, sees one layer at a time: after each repair, let it look
# again.

# %%
steps = {"as found": (), "two repairs": (COLUMN, ALL_VARIABLES), "three": (COLUMN, ALL_VARIABLES, TENSORS)}
named = {what: [finding.fault for finding in look(*repairs).findings] for what, repairs in steps.items()}
print(named)
first, second = named["as found"], named["two repairs"]
claim("it names one fault at first, and another one later", first == ["broadcast-loss"] != second != [])

# %% [markdown]
# If a list is empty, mind that the script is sound in none of the three. **A tool that finds nothing has not proved that
# nothing is there.** The proof is still yours.
#
# ## Tempting, and of no use here
#
# *A larger rate. Another optimizer.* Both are cheap to try, and both go past the question what each variable does.

# %%
RATE = "keras.optimizers.SGD(0.1, momentum=0.9, global_clipnorm=0.001)"
larger, adam = RATE.replace("0.1,", "1.0,"), "keras.optimizers.Adam(0.01)"
tempting = {new: held_out_error((RATE, new), seed=1) for new in (larger, adam)}
for what, value in tempting.items():
    print(f"{value:.3f}  {what}")
claim("neither gets as far as the baseline; Adam gets further", baseline < tempting[adam] < tempting[larger])

# %% [markdown]
# Adam gets further, and is the more harmful of the two. It makes up for the clipping: one symptom is gone, and its
# cause is still there.
#
# ## A fault that goes away when you look
#
# A traced step (`tf.function`, chapter 09) can be run line by line after `tf.config.run_functions_eagerly(True)`, and that
# is handy in a hunt. But it changes the program: Python is then read in every call, not once.

# %%
pace = {"rate": 0.0}
level = tf.Variable(0.0)


@tf.function
def towards_one():
    level.assign_add(pace["rate"] * (1.0 - level))
    return level.read_value()


def after_the_change():
    """Where a second call leads, after a first one with rate 0 and a change of the rate to 0.5."""
    level.assign(0.0)
    pace["rate"] = 0.0
    towards_one()
    pace["rate"] = 0.5
    return float(towards_one())


traced = after_the_change()
tf.config.run_functions_eagerly(True)
looked_at = after_the_change()
tf.config.run_functions_eagerly(False)
print(f"traced: {traced}    looked at: {looked_at}")
claim("the frozen rate is there when traced, and gone when looked at", traced == 0.0 and looked_at == 0.5)

# %% [markdown]
# If a fault is gone in eager mode, that is a finding: look for what Python does in the step (`frozen-python-state`,
# `update-outside-graph`).
#
# ## What you may read elsewhere
#
# | You may read | Measured here |
# |---|---|
# | If printed weights hardly change, the parameters are not updated. | **Half right.** In the script as found, `output` was updated in every step, by very little, and `encoder` never. Two faults, two cures. |
# | Print intermediate values and gradients, and you will find the source. | **Half right.** All gradients that the script asked for were finite. What nobody asks for is in no printout. |
# | Work through a list of usual causes until it learns. | **Half right.** The causes are the right ones. But two of the four repairs change nothing when they stand alone. |
# | A falling loss shows that the step is sound. | **Wrong.** It fell in every one of the 40 first steps, with four faults. |
#
# ## Key points
#
# - Before you hunt: a target, a baseline, fixed seeds.
# - Make it small: a step that cannot learn twelve rows by heart will not learn a thousand.
# - Ask the questions of the chart in their order, for each variable: registered? gradient? moved? as the rule says? does
#   the right loss fall? Stop at the first bad answer, repair that, and **look again**.
# - One change at a time, and a row in the log for each. A repair is right if *its* symptom is gone, even when the
#   result does not change or gets worse: one fault hides another.
# - Not asked, None, finite but tiny movements, moved but no learning: this script went through all of them in turn.
# - You are done when the target is reached on held-out rows **and** every variable moves as its rule says.
#
# ## Now you
#
# The exercise is in [`exercises/11-bug-hunt`](../exercises/11-bug-hunt/11-bug-hunt.ipynb): a whole script that reads
# handwritten digits, real ones, with five faults. Name them, repair them, reach the target, and keep a log.
#
# After that you are through. The [start page](index.ipynb) shows what is still open.
