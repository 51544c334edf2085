# %% [markdown]
# # 09 · Write a tf.function that still updates
#
# **Time:** 25 minutes to read and run, then about an hour and a half for the exercise.
#
# **You will be able to**
#
# - say of each line of a compiled step whether it runs once or in every call;
# - recognise four faults: `frozen-python-state`, `update-outside-graph`, `numpy-in-graph`,
#   `variable-created-in-graph`;
# - write a `tf.function` step that updates what it should, and prove it.
#
# **You need** chapters 01 and 07: tape, gradient, optimizer, and the state of an optimizer. Some more words:
#
# - **Eager** is TensorFlow's ordinary way: an operation runs when its line of Python runs.
# - A **graph** is a list of operations that runs without Python. `tf.function` makes one of your function, because
#   that is faster. `fit` does the same with its training step.
# - **Tracing** is how it is made: your Python code runs once, with stand-ins instead of values, and every TensorFlow
#   operation that it meets is written down. Such a stand-in is a **symbolic tensor**: it has a shape and no value.
# - A function is **traced again** when it is called with arguments for which there is no graph yet.

# %%
import functools
import time

import keras
import numpy as np
import tensorflow as tf

from autograder import chart, claim, draw_path, observe, reveal, show

tf.get_logger().setLevel("ERROR")  # it warns of many tracings, and this lesson makes many on purpose

# 96 windows of a microphone, 24 values each. The keyword rises in pitch; other sounds fall.
rng = np.random.default_rng(9)
moments, is_word = np.linspace(0, 1, 24), rng.integers(0, 2, (96, 1))
waves = np.sin(2 * np.pi * (2 * moments + (2 * is_word - 1) * moments**2)) + rng.normal(0, 0.4, (96, 24))
windows, heard = tf.constant(waves, tf.float32), tf.constant(is_word, tf.float32)


def new_model():
    """The same small network every time, with the same starting weights."""
    keras.utils.set_random_seed(2)
    filters = keras.layers.Dense(6, activation="tanh", name="filters")
    return keras.Sequential([keras.Input((24,)), filters, keras.layers.Dense(1, name="word")])


def cross_entropy(y, logits):
    return tf.reduce_mean(tf.nn.sigmoid_cross_entropy_with_logits(y, logits))


def message_of(action, line=-1):
    """The kind of error and one line of its message, or nothing."""
    try:
        action()
    except Exception as error:
        return f"{type(error).__name__}: {str(error).strip().splitlines()[line].split('Error: ')[-1]}"
    return ""


# %% [markdown]
# ## A warm-up that stays cold
#
# The rate should rise from 0 to 0.5 within ten calls. The loop sets it, the compiled step uses it.

# %%
model = new_model()
rate = 0.0


@tf.function
def broken_step(x, y):
    with tf.GradientTape() as tape:
        loss = cross_entropy(y, model(x))
    gradients = tape.gradient(loss, model.trainable_variables)
    for gradient, variable in zip(gradients, model.trainable_variables):
        variable.assign_sub(rate * gradient)
    return loss


def broken_call(k):
    global rate
    rate = 0.5 * min(1.0, k / 10)
    return broken_step(windows, heard)


# %% [markdown]
# **Before you run it:** 30 calls, k = 0 to 29, on the same 96 windows. What will you see?
#
# - **a**: the loss is level in the first call, then it falls faster and faster
# - **b**: the same loss 30 times
# - **c**: an exception, when the rate changes under the compiled step
#
# Write your letter in place of the question mark.

# %%
prediction = "?"

# %%
broken = observe(broken_call, [(k,) for k in range(30)], model)

raised, level = broken.error is not None, len(set(broken.losses)) == 1
reveal(prediction, a=not raised and broken.losses[-1] < broken.losses[0], b=not raised and level, c=raised)

# %% [markdown]
# ## The symptom

# %%
show(broken=broken)

# %%
still = not any(v.moved for v in broken.variables)
claim("nothing raises, and no variable moves, although the rate is 0.5 by now", still and rate == 0.5)

# %% [markdown]
# **Unmoved.** And the column of gradients has an answer that is new to you: **not asked**. The tape was asked once,
# while the step was traced, and what it gave was symbolic. After that the graph runs, and there is no tape to listen
# to. So in graph mode this column says nothing about the size of a gradient. You get it in two ways: let the step
# *return* its gradients, or call the Python function inside, without the graph.

# %%
model = new_model()  # fresh weights under the old name
by_python = observe(broken_step.python_function, [(windows, heard)] * 3, model)
finite = all(set(v.gradients) == {"finite"} and v.moved for v in by_python.variables)
claim("the same function without the graph: finite gradients, and every variable moves", finite)

# %% [markdown]
# This is the mark of the whole chapter: **eager it learns, compiled it doesn't.** On the chart you are here.

# %%
chart("unmoved")

# %% [markdown]
# ## The diagnosis, step by step
#
# How often did the Python code of the step run? A tf.function counts its tracings.

# %%
print("calls: 30   tracings:", broken_step.experimental_get_tracing_count())
claim("30 calls, one tracing", broken_step.experimental_get_tracing_count() == 1)

# %% [markdown]
# And what did this one run write down? Look at the updates in the graph: what is multiplied with the gradient?

# %%
graph = broken_step.get_concrete_function(windows, heard).graph
factors = []
for operation in graph.get_operations():
    if operation.type == "AssignVariableOp":
        product = operation.inputs[1].op.inputs[1].op  # the new value is: old value − product
        factors.append([tf.get_static_value(factor) for factor in product.inputs])
        print("old value minus", *("a tensor" if f is None else f"{f:.1f} ×" for f in factors[-1]))
claim("each update in the graph has the number 0.0 in it", [f[0] for f in factors] == [0.0] * 4)

# %% [markdown]
# There is no `rate` in the graph, only a 0.0. While tracing, Python looked up the name, found a number, and the number
# was written down. This is `frozen-python-state`.
#
# ```
#   tracing (once):    your Python code ── looks up names, numbers, flags, lists ──> graph
#   every call:        arguments, variables ──> graph ──> results, changed variables
# ```
#
# What a graph reads anew in every call are its arguments that are tensors, and variables. Nothing else.
#
# ## The repair
#
# The rate has to live in a variable that is made outside, and Python assigns to it. A Keras optimizer has its rate in
# one: `optimizer.learning_rate = …` is `optimizer.learning_rate.assign(…)`, and a traced step follows it.


# %%
def train(model, optimizer, x, y):
    """The step of chapter 01. It is right, and runs with and without a graph."""
    with tf.GradientTape() as tape:
        loss = cross_entropy(y, model(x))
    gradients = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(gradients, model.trainable_variables))
    return loss


def compiled_step(model, optimizer):
    return tf.function(lambda x, y: train(model, optimizer, x, y))


model, optimizer = new_model(), keras.optimizers.SGD(0.0)
repaired_step = compiled_step(model, optimizer)


def repaired_call(k):
    optimizer.learning_rate = 0.5 * min(1.0, k / 10)
    return repaired_step(windows, heard)


repaired = observe(repaired_call, [(k,) for k in range(30)], model)
show(broken=broken, repaired=repaired)

# %% [markdown]
# ## The proof
#
# Call *k* moves each weight by −(rate of call *k*) × slope. The slope is found without tape and without graph: put the
# weights of that moment back, nudge one of them, and see how the loss answers.


# %%
def moved_and_slope(run, call, nudge=1e-2):
    """One entry of the filters' kernel, the one that moved most: by how much, and the loss's slope before."""
    change, losses = run.variables[0].values[call + 1] - run.variables[0].values[call], []
    entry = np.unravel_index(np.argmax(np.abs(change)), change.shape)
    for amount in (nudge, -nudge):
        weights = [v.values[call].copy() for v in run.variables]
        weights[0][entry] += amount
        model.set_weights(weights)
        losses.append(float(cross_entropy(heard, model(windows))))
    return float(change[entry]), (losses[0] - losses[1]) / (2 * nudge)


follows = []
for k, rate_of_call in ((0, 0.0), (2, 0.1), (5, 0.25), (12, 0.5)):
    moved, slope = moved_and_slope(repaired, k)
    print(f"call {k:>2}: −{rate_of_call} × slope = {-rate_of_call * slope:+.6f}   moved {moved:+.6f}")
    follows.append(abs(moved + rate_of_call * slope) <= 0.03 * abs(rate_of_call * slope))
claim("in calls 0, 2, 5 and 12 the weight moves by −rate × slope, with the rate of that call", all(follows))

# %%
once = repaired_step.experimental_get_tracing_count() == 1
claim("one tracing, and the loss falls to a third", once and repaired.losses[-1] < repaired.losses[0] / 3)

# %% [markdown]
# ### A number as an argument
#
# What if the rate were an argument of the step? **Before you run it:** four calls with the Python numbers 0.1, 0.2,
# 0.3 and again 0.2. How often is the step traced? **a**: once · **b**: three times · **c**: four times
# (Write your letter into the first line, then run the cell.)

# %%
prediction = "?"


def tracings(second_arguments, rows=(96,), **options):
    """How often a function of windows and one more argument is traced."""
    function = tf.function(lambda x, factor: tf.reduce_sum(x) if factor is None else x * factor, **options)
    for n in rows:
        for argument in second_arguments:
            function(windows[:n], argument)
    return function.experimental_get_tracing_count()


numbers = (0.1, 0.2, 0.3)
counts = {
    "Python numbers": tracings([*numbers, 0.2]),
    "True and False": tracings([True, False, True]),
    "tensors": tracings([tf.constant(n) for n in numbers]),
    "variables": tracings([tf.Variable(n) for n in numbers]),
    "3 numbers of rows": tracings([None], rows=(96, 50, 7)),
    "the same, reduce_retracing": tracings([None], rows=(96, 50, 7), reduce_retracing=True),
}
count = counts["Python numbers"]
reveal(prediction, a=count == 1, b=count == 3, c=count == 4)

# %%
print(counts)
right = [*counts.values()] == [3, 2, 1, 1, 3, 2]
claim("one for each Python value or shape; one for all tensors or variables", right)

# %% [markdown]
# So a Python number as an argument is not frozen, and its results are right. It costs a tracing for each new value. For
# a flag that is fine, it has two values. For a rate pass `tf.constant(rate)`.
#
# ### What else is frozen
#
# Everything that your Python code reads: flags, lists, `layer.trainable`, attributes of objects, a NumPy array, and
# *which* object a name leads to. Here a step reads its data from a global name, as scripts do that began in a notebook.
# The files are sorted: the first batch has no keyword in it, the last one nothing else.

# %%
model, optimizer = new_model(), keras.optimizers.SGD(0.5)
order = np.argsort(is_word[:, 0])
batches = [(tf.gather(windows, rows), tf.gather(heard, rows)) for rows in np.split(order, 3)]
batch = batches[0]


@tf.function
def reads_global_batch():
    x, y = batch
    return train(model, optimizer, x, y)


def next_batch(k):
    global batch
    batch = batches[k % 3]
    return reads_global_batch()


first_only = observe(next_batch, [(k,) for k in range(30)], model)
by_batch = [float(cross_entropy(y, model(x))) for x, y in batches]
print("after 30 calls, loss on each batch:", np.round(by_batch, 2))
show(first_only=first_only)

# %%
falls, unlearned = np.all(np.diff(first_only.losses) < 0), by_batch[2] > 0.5
claim("the loss falls in every call, and the batch of keywords is not learned", falls and unlearned)

# %% [markdown]
# **Moved, but not learning what you show it.** Every variable moves, every gradient is right, for one batch in three.
# The table is healthy. A loss that falls too smoothly over changing batches gives it away. The repair: data are
# arguments. Two more that are read once:

# %%
model, optimizer = new_model(), keras.optimizers.SGD(0.5)
step = compiled_step(model, optimizer)
step(windows, heard)
model.layers[0].trainable = False
late = observe(step, [(windows, heard)], model)
claim("a layer that is frozen after the tracing goes on moving", late.variable("filters/kernel").moved)

# %%
gain, factor, one = tf.Variable(1.0), 1.0, tf.constant(1.0)
by_variable, by_constant = tf.function(lambda x: gain * x), tf.function(lambda x: tf.constant(factor) * x)
by_variable(one), by_constant(one)
old, gain, factor = gain, tf.Variable(5.0), 5.0  # the names are rebound
rebound = float(by_variable(one)), float(by_constant(one))
old.assign(7.0)
seen = rebound == (1, 1) and by_variable(one) == 7
claim("neither a tf.constant inside nor a rebound variable is followed; the old variable is", seen)

# %% [markdown]
# So "make it a variable" is half the repair. The other half is: made once, and changed with `assign`.
#
# ## Written once: `update-outside-graph`
#
# The other direction. What your step *changes* in Python, it changes while tracing. This one learns a threshold by
# hand, keeps a running loudness, counts its calls, prints, and collects its losses.


# %%
class Spotter:
    def __init__(self):
        self.slope = tf.Variable(tf.zeros((24, 1)), name="slope")
        self.threshold = self.first_threshold = tf.Variable([0.5], name="threshold")
        self.loudness, self.calls, self.losses = 0.0, 0, []

    @tf.function
    def step(self, x, y):
        self.loudness = 0.9 * self.loudness + 0.1 * tf.reduce_mean(tf.abs(x))
        with tf.GradientTape() as tape:
            loss = cross_entropy(y, x @ self.slope - self.threshold)
        d_slope, d_threshold = tape.gradient(loss, [self.slope, self.threshold])
        self.slope.assign_sub(0.5 * d_slope)
        self.threshold = self.threshold - 0.5 * d_threshold
        self.calls += 1
        self.losses.append(loss)
        print("this line runs while tracing")
        return loss


spotter = Spotter()
outside = observe(spotter.step, [(windows, heard)] * 20, [spotter.slope, spotter.first_threshold])
print(f"calls: {spotter.calls}   losses kept: {len(spotter.losses)}   loudness: {spotter.loudness}")
show(outside=outside)

# %%
moved = [v.moved for v in outside.variables]
once = spotter.calls == len(spotter.losses) == 1
claim(
    "only the slope moves; after 20 calls the counter is 1, one loss is kept", moved == [True, False] and once
)

# %% [markdown]
# Nothing raised. `self.threshold = …` did not change the variable; it hung something else under its name, once
# (`rebound-variable` of chapter 03, at tracing). What hangs there now is a symbolic tensor, a stand-in that has leaked
# out of its graph. It is noticed later, in another place of your script: when somebody wants its value, or when it gets
# into another graph, such as the next tracing of this very step, here for a batch of another size.

# %%
value = message_of(lambda: spotter.threshold.numpy())
other = message_of(tf.function(lambda: 2.0 * spotter.loudness), line=0)
tracing = message_of(lambda: spotter.step(windows[:50], heard[:50]))
print(value, other, tracing, sep="\n")
three = "'numpy'" in value and "scope" in other and "NoneType" in tracing
claim("no value; out of scope; and None as gradient of a threshold that is no variable now", three)

# %% [markdown]
# The second message says *that* a tensor left its graph. It doesn't say which attribute carried it out: look for `self.… =`,
# `.append` and `global` in the step. The repair: state that the step changes is a variable made outside, changed by
# `assign`. What Python should collect is *returned*, and collected outside.


# %%
class RepairedSpotter(Spotter):
    def __init__(self):
        super().__init__()
        self.loudness, self.calls = tf.Variable(0.0, name="loudness"), tf.Variable(0, name="calls")

    @tf.function
    def step(self, x, y):
        with tf.GradientTape() as tape:
            loss = cross_entropy(y, x @ self.slope - self.threshold)
        d_slope, d_threshold = tape.gradient(loss, [self.slope, self.threshold])
        self.slope.assign_sub(0.5 * d_slope)
        self.threshold.assign_sub(0.5 * d_threshold)
        self.loudness.assign(0.9 * self.loudness + 0.1 * tf.reduce_mean(tf.abs(x)))
        self.calls.assign_add(1)
        return loss


spotter = RepairedSpotter()
state = [spotter.slope, spotter.threshold, spotter.loudness, spotter.calls]
inside = observe(spotter.step, [(windows, heard)] * 20, state)
show(outside=outside, inside=inside)

# %%
start, after = (float(value[0]) for value in inside.variable("threshold").values[:2])
slope = float(np.mean(is_word)) - 1 / (1 + np.exp(start))  # of the loss by the threshold, by the formula
right = [abs(after - start + 0.5 * slope) < 1e-4, spotter.calls == 20]
right += [abs(spotter.loudness - np.abs(waves).mean() * (1 - 0.9**20)) < 1e-3]
claim("the threshold moves by −0.5 × slope; calls and loudness are those of 20 calls", all(right))

# %% [markdown]
# ## No values yet: `numpy-in-graph`
#
# NumPy needs values, and a symbolic tensor has none. In eager code NumPy cut the gradient silently (chapter 02). In a
# graph it is loud. The message depends on the way there: a NumPy function, `.numpy()` of a tensor, or of a weight.

# %%
model = new_model()
kernel = model.get_layer("filters").kernel
messages = [
    message_of(lambda: tf.function(lambda x: np.exp(model(x)))(windows)),
    message_of(lambda: tf.function(lambda x: model(x).numpy())(windows)),
    message_of(lambda: tf.function(lambda x: kernel.numpy())(windows)),
]
print(*messages, sep="\n")
kinds = [message.split(":")[0] for message in messages]
expected = ["NotImplementedError", "AttributeError", "NotImplementedError"]
claim("np.exp of a tensor, .numpy() of a tensor, .numpy() of a weight: three messages", kinds == expected)

# %% [markdown]
# The first message is right: a symbolic tensor went to a NumPy call. The second sounds like a typing error, and isn't.
# None of them says that the same line ran in eager code *and cut the gradient*. That is why the best known way to get
# rid of the message is no repair: switch the graphs off.

# %%
model, optimizer = new_model(), keras.optimizers.SGD(0.5)


@tf.function
def loud_step(x, y):
    with tf.GradientTape() as tape:
        hidden = model.layers[0](x)
        scaled = hidden / np.max(np.abs(hidden))
        squeezed = tf.constant(np.cbrt(scaled))
        loss = cross_entropy(y, model.layers[1](squeezed))
    gradients = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(gradients, model.trainable_variables))
    return loss


tf.config.run_functions_eagerly(True)
silenced = observe(loud_step, [(windows, heard)] * 8, model)
way = draw_path(loud_step, windows, heard)
tf.config.run_functions_eagerly(False)
show(silenced=silenced)

# %%
none = set(silenced.variable("filters/kernel").gradients) == {"none"}
stuck = [v.moved for v in silenced.variables] == [False, False, True, True]
claim("with graphs switched off nothing raises, and the filters' gradient is None", none and stuck)

# %%
way

# %% [markdown]
# The loud fault has become the silent one of chapter 02: **None** for what lies before the NumPy call. (Switching the
# graphs off for an hour is a fine way to *look* at a step: `print` and a debugger work then. It repairs nothing.) The
# repair is the TensorFlow function of the same name: `tf.reduce_max`, `tf.abs`, `tf.sign(z) * tf.abs(z) ** (1 / 3)`.
#
# ### Silent forms
#
# NumPy that needs no symbolic tensor runs, once, while tracing. Random numbers are the trap: the same "random" mask
# for ever. A fixed table is a healthy look-alike: computed once is just right for it.

# %%
noises = {
    "np.random": tf.function(lambda: tf.constant(rng.normal(size=3))),
    "tf.random": tf.function(lambda: tf.random.normal((3,))),
    "a fixed seed": tf.function(lambda: tf.random.stateless_normal((3,), seed=(1, 2))),
}
same = [bool(tf.reduce_all(noise() == noise())) for noise in noises.values()]
claim("NumPy's noise repeats, as with a fixed seed; that of tf.random is new", same == [True, False, True])

# %%
taper = tf.function(lambda x: x * np.hanning(24).astype("float32"))
claim("a table of NumPy works", np.allclose(taper(windows), windows * np.hanning(24), atol=1e-6))

# %% [markdown]
# ## Made again at each call: `variable-created-in-graph`
#
# A variable that your step makes would be a new one in every call, in eager code: untrained for ever, or an empty
# optimizer state (`optimizer-rebuilt-each-step`). A graph refuses. It refuses everything that *has* variables, too:


# %%
class WeightedLoss(keras.losses.MeanSquaredError):
    def __init__(self):
        super().__init__()
        self.weight = tf.Variable(1.0)  # to be trained (chapter 06)


made_inside = {
    "a layer": lambda: keras.layers.Dense(2)(windows),
    "an optimizer": lambda: keras.optimizers.SGD(0.1).learning_rate + 0.0,
    "a metric": lambda: keras.metrics.Mean()(windows),
    "a loss with its own weight": lambda: WeightedLoss()(heard, heard),
    "dropout": lambda: keras.layers.Dropout(0.5)(windows, training=True),
    "a loss without variables": lambda: keras.losses.MeanSquaredError()(heard, heard),
}
messages = {name: message_of(tf.function(make)) for name, make in made_inside.items()}
print(messages["dropout"])
refused = ["only supports singleton tf.Variables" in message for message in messages.values()]
print(dict(zip(messages, ("raises" if no else "runs" for no in refused))))
claim("what has variables is refused; a loss without them is not", refused == [True] * 5 + [False])

# %% [markdown]
# The message doesn't say *which* object made a variable, and often it is one that you didn't think of. "Singleton …
# on the first call" is the exception to the rule: what is made **once**, at the first call, and kept, is allowed. A model
# without `Input`, and the state of an optimizer, are made just then. The step is traced twice for it.

# %%
keras.utils.set_random_seed(2)
lazy = keras.Sequential([keras.layers.Dense(6, "tanh", name="filters"), keras.layers.Dense(1, name="word")])
step = compiled_step(lazy, keras.optimizers.Adam(0.05))
lazy_losses = [float(step(windows, heard)) for _ in range(5)]
twice, falls = step.experimental_get_tracing_count() == 2, lazy_losses[4] < lazy_losses[0]
claim("a model and Adam that are built in the first call: two tracings, and it learns", twice and falls)

# %% [markdown]
# ### Two models, one step
#
# A second model through the same compiled step: that is a second tracing, and no longer the first call. Each model has
# its own SGD with momentum, the step is called for the kitchen, then for the hall, and errors are caught.


# %%
def train_both(build, momentum=0.9):
    """Ten calls for each of two models: the messages of all errors, and what happened to the filters."""
    models = {name: new_model() for name in ("kitchen", "hall")}
    optimizers = {name: keras.optimizers.SGD(0.1, momentum=momentum) for name in models}
    if build:
        for name, model in models.items():
            optimizers[name].build(model.trainable_variables)
    messages, shared_step = [], tf.function(train)

    def call():
        for name in models:
            step = functools.partial(shared_step, models[name], optimizers[name])
            messages.append(name + " " + message_of(lambda step=step: step(windows, heard)))

    kernels = {f"{name}/kernel": model.layers[0].kernel for name, model in models.items()}
    return messages, observe(call, [()] * 10, kernels)


messages, caught = train_both(build=False)
show(caught=caught)

# %%
moved = [v.moved for v in caught.variables]
claim("only the kitchen learns", moved == [True, False])

# %%
hall = [message for message in messages if message.startswith("hall")]
print(hall[0][:74], hall[1], sep="\n")
known = ["singleton" in message for message in hall]
claim("first the known message; then another, from a half-made optimizer", known == [True] + [False] * 9)

# %% [markdown]
# **Unmoved**, for the second model only, and behind an `except` it is silent. With plain SGD, which keeps no averages,
# the same program works. So the fault appears on the day when you change the optimizer. Two repairs: build each
# optimizer before the step is called, or make a compiled step for each model.

# %%
_, plain = train_both(build=False, momentum=0.0)
claim("without momentum both models move", all(v.moved for v in plain.variables))

# %%
messages, built = train_both(build=True)
fine = not any("Error" in m for m in messages) and all(v.moved for v in built.variables)
claim("with optimizer.build before, nothing raises and both models move", fine)

# %% [markdown]
# ## Which one is it?
#
# | Compiled, you see | Symptom | Fault | Look at |
# |---|---|---|---|
# | it does what it did in the first call, whatever you change | unmoved, or moved for old data | `frozen-python-state` | names, flags and lists that the step reads |
# | counters say 1, an attribute is a symbolic tensor, one weight stays | unmoved, beside moving ones | `update-outside-graph` | `self.… =`, `append`, `global` in the step |
# | NotImplementedError, or no attribute `numpy`; or noise that repeats | an exception; `None` once graphs are off | `numpy-in-graph` | NumPy between weights and loss; `np.random` |
# | ValueError about singleton variables | an exception; unmoved if caught | `variable-created-in-graph` | layers, optimizers, metrics made inside; state made at first use |
#
# Tempting repairs that repair nothing: `tf.constant(rate)` *inside* the step, `global` in front of the name, a new
# variable under the old name, `run_functions_eagerly(True)`, an `except` around the call.

# %% [markdown]
# ## What you may read elsewhere
#
# | You may read | Measured here |
# |---|---|
# | `tf.function` makes a training step faster. | **Right.** Measured below. |
# | A compiled step that makes its loss object, with a trainable parameter, inside trains model and parameter efficiently. | **Wrong.** It raises. Make the loss once, outside (chapter 06). |
# | NumPy inside a TensorFlow function silently detaches the weights. | **Wrong in a graph**: it raises. **Right in eager code**, and in a graph that was switched off. |
# | A trainable parameter must be created inside the tape. | **Wrong** (chapter 01), and in a graph the very thing that raises. |
# | Print loss and weights in the step to see what happens. | **Half right.** `print` speaks once, of symbols. Return the values. |


# %%
seconds = []
for function in (step.python_function, step):
    begin = time.process_time()
    for _ in range(30):
        function(windows, heard)
    seconds.append(time.process_time() - begin)
print(f"30 steps: {seconds[0]:.2f} s eager, {seconds[1]:.2f} s compiled")
claim("compiled, the step takes less than half the time", seconds[1] < 0.5 * seconds[0])

# %% [markdown]
# ## Key points
#
# - Tracing runs your Python once. Only TensorFlow operations are left in the graph, with the Python values of that moment.
# - In every call a graph reads its tensor arguments and its variables, and changes variables by `assign`. Whatever changes
#   has to be one of these. Whatever Python should keep has to be returned.
# - Make models, optimizers, metrics and variables outside, once. Build an optimizer before it meets a shared step.
# - Count the tracings: `step.experimental_get_tracing_count()`. One is fine; one for each call is not.
# - Suspect the graph? Call `step.python_function`. Eager it learns, compiled it doesn't: this chapter. Neither does:
#   another one.
# - An error that goes away when graphs are switched off is not repaired.
#
# ## Now you
#
# The exercise is in [`exercises/09-graph-mode`](../exercises/09-graph-mode/09-graph-mode.ipynb): three programs to
# repair, one loop over several recommenders, one policy to train in a graph, and five programs to diagnose.
#
# After that: [10 · Find the same faults behind fit](10-keras-fit.ipynb), or back to the [start page](index.ipynb).
