# %% [markdown]
# # 03 · Make every weight a variable that is seen
#
# **Time:** 25 minutes to read and run, then about an hour for the exercise.
#
# **You will be able to**
#
# - find a weight that the forward pass uses and the training step does not know;
# - recognise six faults: `not-a-variable`, `untracked-variable`, `frozen-variable`, `variables-read-before-build`,
#   `rebound-variable`, `integer-variable`;
# - prove of a repaired model that each of its weights is in the list, and moves as its gradient says.
#
# **You need** lessons 01 and 02. Their faults cut the path from a weight to the loss. Here the path is whole, and the
# step is the one that you proved right in lesson 01. What goes wrong is the *list* of variables that the step works on.
# Five words for it:
#
# - An **attribute** is what you store on an object with a dot: `self.scale = …`.
# - A model **registers** (or tracks) a variable when it puts it into its own lists. `model.variables` is all of them,
#   `model.trainable_variables` those that training may change.
# - An **embedding** is a table with one row of numbers for each thing, such as a person or a film. The rows are weights.
# - To **build** a layer is to make its weights. Most Keras layers do it at their first call.
# - To **freeze** a variable is to mark it as not trainable; to **thaw** it is to take the mark away.

# %%
import collections
import re
import types
import warnings

import keras
import numpy as np
import tensorflow as tf

from autograder import chart, claim, observe, reveal, show

keras.utils.set_random_seed(1)

# Who rated which film, and with how many stars, from 0 to 5. Nobody has rated the last film yet.
PEOPLE, FILMS = 12, 10
rng = np.random.default_rng(4)
every_pair = np.array([(person, film) for person in range(PEOPLE) for film in range(FILMS - 1)])
rated = every_pair[rng.permutation(len(every_pair))[:90]]
person_side, film_side = rng.normal(size=(PEOPLE, 2)), rng.normal(size=(FILMS, 2))
liking = np.sum(person_side[rated[:, 0]] * film_side[rated[:, 1]], axis=1)
pairs, stars = tf.constant(rated, tf.int32), tf.constant(5 / (1 + np.exp(-liking - 0.6)), tf.float32)


def mean_squared_error(y, prediction):
    return tf.reduce_mean(tf.square(y - prediction))


def message_of(action):
    """The exception that `action` raises, as text, without the codes for bold print."""
    try:
        action()
    except Exception as error:
        return re.sub(r"\x1b\[\d+m", "", f"{type(error).__name__}: {error}")
    return "no exception"


# %% [markdown]
# ## A model that runs
#
# Each person has a row in `taste`, each film a row in `style`. Their product says how well the two go together, and
# `liked` says how well a film does with everybody. The sigmoid brings that between 0 and 1, and `scale` stretches it to
# the range of the stars, whatever that is: it is to be learned.

# %%
normal = keras.initializers.RandomNormal  # of mean, standard deviation, seed


class RatingModel(keras.Model):
    def __init__(self):
        super().__init__(name="ratings")
        self.taste = keras.layers.Embedding(PEOPLE, 2, normal(0.0, 0.5, 1), name="taste")
        self.style = keras.layers.Embedding(FILMS, 2, normal(0.0, 0.5, 2), name="style")
        self.liked = keras.layers.Embedding(FILMS, 1, "zeros", name="liked")
        self.scale = tf.Variable(1.0, name="scale")

    def call(self, pairs):
        person, film = pairs[:, 0], pairs[:, 1]
        match = tf.reduce_sum(self.taste(person) * self.style(film), axis=1)
        return self.scale * tf.sigmoid(match + self.liked(film)[:, 0])


def train(model, optimizer, steps=30, variables=None):
    """The step of lesson 01 on all ratings, observed. It trains what the model lists, or a list of your own."""

    def step():
        with tf.GradientTape() as tape:
            loss = mean_squared_error(stars, model(pairs))
        trained = model.trainable_variables if variables is None else variables
        optimizer.apply_gradients(zip(tape.gradient(loss, trained), trained))
        return loss

    model(pairs)  # the first call builds the model
    return observe(step, [()] * steps, model)


# %% [markdown]
# **Before you run it:** the stars have a mean of 3 and go up to 5. `scale` starts at 1. What will 30 steps do?
#
# - **a**: `scale` grows well above 1, and the loss falls
# - **b**: the first step raises an exception
# - **c**: the loss falls, and `scale` is still exactly 1

# %%
prediction = "?"

# %%
model = RatingModel()
broken = train(model, keras.optimizers.SGD(1.0))
falls, scale = broken.error is None and broken.losses[-1] < broken.losses[0], float(model.scale)
reveal(prediction, a=falls and scale > 1.5, b=broken.error is not None, c=falls and scale == 1.0)

# %% [markdown]
# ## The symptom

# %%
show(broken=broken)

# %% [markdown]
# A loss that falls and levels off. It looks like a model that is too small, or a rate that is too low. The last row of
# the table says something else:
#
# 1. **registered**: no. The variable hangs on the model, and the model does not have it in its lists.
# 2. **gradient**: *not asked*. Not `None`, not 0: no tape was asked for it.
# 3. **moved by**: 0.
#
# On the chart that is the second question, before any talk of gradients:

# %%
chart("unregistered")

# %%
best = float(tf.reduce_max(model(pairs)))
print(f"the highest prediction is {best:.2f}, the stars go up to {tf.reduce_max(stars):.2f}")
claim("no prediction gets above 1, and the loss has fallen all the same", best <= 1 and falls)

# %% [markdown]
# ## The diagnosis, step by step
#
# Two parties keep a list, and don't know of each other. The tape lists what the forward pass *read*. The model lists
# what was *registered*, and the optimizer gets what the model lists. Put the two side by side:

# %%
with tf.GradientTape() as tape:
    loss = mean_squared_error(stars, model(pairs))
read = tape.watched_variables()
known = [variable.value for variable in model.trainable_variables]  # the tf.Variable inside a Keras variable
missing = [v for v in read if not any(v is k for k in known)]

print("the tape read:    ", len(read), "variables")
print("the model lists:  ", [variable.path for variable in model.trainable_variables])
print("read, not listed: ", [v.name for v in missing])
print("its gradient:     ", tape.gradient(loss, model.scale).numpy())
claim("the only variable that is read and not listed is the scale", missing == [model.scale])

# %% [markdown]
# ```text
#   the forward pass reads:        taste   style   liked   scale
#   the tape has a path to:        taste   style   liked   scale
#   model.trainable_variables:     taste   style   liked     ·      ← the list has a hole
#   gradients are asked for:       taste   style   liked     ·
#   the optimizer moves:           taste   style   liked     ·
# ```
#
# The last line of the output matters. Asked for, the gradient is there, and it is not small. Nothing is broken between
# loss and scale; nobody asks. This is the fault `untracked-variable`: **a Keras 3 layer or model does not register a
# `tf.Variable` that you store as an attribute.** A second way to notice needs no tape: count the numbers by hand.

# %%
by_hand = PEOPLE * 2 + FILMS * 2 + FILMS * 1 + 1
print("numbers to learn, counted by hand:", by_hand, "   counted by Keras:", model.count_params())
claim("the model counts one number too few", model.count_params() == by_hand - 1)

# %% [markdown]
# ## The repair
#
# Let Keras make the weight, with `self.add_weight(…)`; or make a `keras.Variable`. One line differs.


# %%
class RepairedModel(RatingModel):
    def __init__(self):
        super().__init__()
        self.scale = self.add_weight(shape=(), initializer="ones", name="scale")


repaired = train(RepairedModel(), keras.optimizers.SGD(1.0))
show(broken=broken, repaired=repaired)

# %% [markdown]
# ## The proof
#
# As in lesson 01: nudge the weight that was stuck, see how the loss answers, and compare with its first movement.

# %%
model = RepairedModel()


def loss_at(scale):
    model.scale.assign(scale)
    return float(mean_squared_error(stars, model(pairs)))


slope = (loss_at(1.01) - loss_at(0.99)) / 0.02
start, after = repaired.variable("ratings/scale").values[:2]
print(f"−1.0 × slope by nudging: {-slope:.4f}    moved in step 1: {after - start:.4f}")
claim("the scale moves by −rate × its slope", abs(after - start + slope) < 0.01 * abs(slope))

# %%
claim("the loss ends below a fifth of the broken one's", repaired.losses[-1] < 0.2 * broken.losses[-1])

# %% [markdown]
# One look-alike: nobody rated the last film, so its row of `style` never moves. That is no fault. The table is
# registered, and a row that no example uses has no slope. Look at your data before you suspect the list.

# %%
first, *_, last = repaired.variable("style/embeddings").values
rows_moved = [bool(np.any(a != b)) for a, b in zip(first, last)]
claim("the unrated film's row stays, all other rows move", rows_moved == [True] * (FILMS - 1) + [False])

# %% [markdown]
# ## `untracked-variable`, louder and quieter
#
# ### Loud: when nothing is left
#
# Take a model whose *only* weight is not registered. Now its list is empty.


# %%
class Average(keras.Model):
    def __init__(self):
        super().__init__()
        self.average = tf.Variable(0.0)

    def call(self, pairs):
        return self.average + tf.zeros(tf.shape(pairs)[0])


alone = train(Average(), keras.optimizers.SGD(0.1))
print("step by hand:", f"{alone.error.type}: {alone.error.message}")

average = Average()
average.compile(keras.optimizers.SGD(0.1), "mse")
with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("always")
    losses = average.fit(pairs, stars, epochs=3, verbose=0, batch_size=90).history["loss"]
warned = [str(w.message) for w in caught if w.category is UserWarning]
print("fit:", [round(loss, 3) for loss in losses], warned)
unpacking = "not enough values to unpack" in alone.error.message and alone.steps == 0
goes_on = max(losses) - min(losses) < 1e-5 and "not have any trainable" in warned[0]
claim(
    "by hand the step fails at unpacking; fit only warns, and goes on with the same loss",
    unpacking and goes_on,
)

# %% [markdown]
# "Not enough values to unpack": not a word about variables. Remember the sentence. It means **the list is empty**, for
# whatever reason, and you will see it again below.
#
# ### Quiet: where does a model look?
#
# Each kind of thing is put into each kind of container, and the container on a Keras layer or on a `tf.Module`. The
# latter is TensorFlow's own base class for things with variables; it knows nothing of Keras.


# %%
def finds(owner, item):
    owner.item = item
    return len(owner.variables) > 0


def small_layer():
    return keras.Sequential([keras.Input((2,)), keras.layers.Dense(1)])  # a model is a layer as well


makers = small_layer, lambda: keras.Variable(1.0), lambda: tf.Variable(1.0)
containers = {
    "itself": lambda item: item,
    "list": lambda item: [item],
    "lists in a dict": lambda item: {"first": [item]},
    "deque": lambda item: collections.deque([item]),
    "NumPy array": lambda item: np.array([item, None], dtype=object),
    "plain object": lambda item: types.SimpleNamespace(item=item),
    "function": lambda item: lambda x: item,
}
found = {}
print(f"{'':16}{'on a Keras layer':33}on a tf.Module")
print(f"{'':16}" + "".join(f"{name:11}" for name in ("layer", "keras.Var.", "tf.Var.") * 2))
for place, put in containers.items():
    owners = keras.layers.Layer, tf.Module
    found[place] = [finds(owner(), put(make())) for owner in owners for make in makers]
    print(f"{place:16}" + "".join(f"{'found' if there else '—':11}" for there in found[place]))
own, raw, lost = [True, True, False], [False, False, True], [False] * 3
in_keras = [row[:3] for row in found.values()] == [own] * 3 + [lost] * 4
in_module = [row[3:] for row in found.values()] == [raw] * 4 + [lost] * 3
claim(
    "Keras finds its own things, in lists and dicts; a tf.Module finds tf.Variables", in_keras and in_module
)

# %% [markdown]
# So choose by the owner: `add_weight` or `keras.Variable` in Keras, `tf.Variable` in a `tf.Module` or a raw loop.
#
# ### A layer that is made inside `call`
#
# The layer is new in each call, and with it its weights.

# %%
facts = tf.random.stateless_normal((90, 3), seed=(1, 2))  # three numbers about each film


class FromFacts(keras.Model):
    def __init__(self):
        super().__init__()
        self.output_layer = keras.layers.Dense(1, name="out")

    def call(self, x):
        hidden = keras.layers.Dense(4, activation="tanh", name="hidden")
        return self.output_layer(hidden(x))


model = FromFacts()
difference = float(tf.reduce_max(tf.abs(model(facts) - model(facts))))
print("two predictions for the same films differ by up to", round(difference, 2))
print("known:", [v.path for v in model.trainable_variables])
model.compile("sgd", "mse")
in_fit = message_of(lambda: model.fit(facts, stars, verbose=0))
print("in fit:", next(line for line in in_fit.splitlines() if "singleton" in line)[:81])
loud = "singleton" in in_fit
silent = difference > 0.01 and len(model.trainable_variables) == 2
claim("only the last layer is known, each call predicts something else, and fit refuses", silent and loud)

# %% [markdown]
# The repair: make layers in `__init__`. Two predictions for one input that differ, without dropout, are its mark.
#
# ## No variable at all: `not-a-variable`
#
# `tf.ones`, `tf.constant`, `tf.random.normal` and NumPy give *values*. A value can't be changed in place, only used.

# %%
model = RatingModel()
model.scale = tf.ones(())
constant = train(model, keras.optimizers.SGD(1.0), steps=10)
with tf.GradientTape() as tape:
    loss = mean_squared_error(stars, model(pairs))
print("gradient by the constant:", tape.gradient(loss, model.scale))
refused = message_of(lambda: keras.optimizers.SGD(1.0).apply_gradients([(tf.ones(()), model.scale)]))
print("given to an optimizer:   ", refused)
show(constant_scale=constant)

# %%
no_row = not any("scale" in v.name for v in constant.variables) and float(model.scale) == 1.0
silent = constant.error is None and not constant.warnings
claim("beside healthy layers it is silent; it stays as it was, and it has no row", silent and no_row)

# %%
claim("an optimizer that is handed a tensor raises", refused.startswith("AttributeError"))

# %% [markdown]
# An untracked variable has a row that says *registered: no*. A constant has **no row**.
#
# ## Known, but frozen: `frozen-variable`
#
# The styles were frozen for the first evening of training, and nobody thawed them.

# %%
model = RepairedModel()
model(pairs)
model.style.trainable = False
optimizer = keras.optimizers.SGD(1.0)
frozen = train(model, optimizer, steps=15)
print("frozen:", [v.path for v in model.variables if not v.trainable])
show(frozen=frozen)

# %%
row = frozen.variable("style/embeddings")
silent = frozen.error is None and not frozen.warnings and frozen.losses[-1] < frozen.losses[0]
not_asked = row.registered and set(row.gradients) == {"not asked"} and not row.moved
claim("a frozen table is registered, nobody asks for its gradient, and nothing is said", silent and not_asked)

# %% [markdown]
# *Registered: yes, gradient: not asked.* Ask of each frozen variable whether you meant it. To thaw this one is
# `model.style.trainable = True`, with three traps. An optimizer that has made a step refuses further variables:

# %%
model.style.trainable = True
old, new = train(model, optimizer, steps=1), train(model, keras.optimizers.SGD(1.0), steps=1)
print(old.error.message[:54], "…")
thawed = "Unknown variable" in old.error.message and new.variable("style/embeddings").moved
claim("the old optimizer refuses the thawed table, a new one trains it", thawed)

# %%
model.trainable, model.style.trainable = False, True
claim("a layer inside a frozen model stays out of the list, thawed or not", model.trainable_variables == [])

# %% [markdown]
# The third is nasty. Whether a *tape* watches a variable is settled when the variable is **made**. Freeze a layer of
# this model before its first call, thaw it later, and it is in the list, but its gradient is `None`.

# %%
model = RepairedModel()
model.style.trainable = False
model(pairs)  # built while frozen
model.style.trainable = True
too_late = train(model, keras.optimizers.SGD(1.0), steps=10)
row = too_late.variable("style/embeddings")
print("gradient:", set(row.gradients), "  warnings:", [text[:75] for text in too_late.warnings])
listed = any(v is model.style.embeddings for v in model.trainable_variables)
claim("built while frozen, thawed later: listed, and None", listed and set(row.gradients) == {"none"})

# %%
weight = keras.Variable(1.0, trainable=False)
weight.trainable = True
with tf.GradientTape() as tape:
    square = tf.square(weight)
claim("the same for a weight that is made with trainable=False", tape.gradient(square, weight) is None)

# %% [markdown]
# So build first and freeze then, and make no weight with `trainable=False` that you want to train one day.
#
# ## The list was read too early: `variables-read-before-build`
#
# This code is tidy: it reads the list once, before the loop.

# %%
model = RepairedModel()
variables = model.trainable_variables
early = train(model, keras.optimizers.SGD(1.0), steps=15, variables=variables)
print("read before the first call:", [v.path for v in variables])
show(early_list=early)

# %%
only_scale = [v.name for v in early.variables if v.moved] == ["ratings/scale"]
claim("the embeddings had no weights yet: only the scale moves", len(variables) == 1 and only_scale)

# %% [markdown]
# The list is a snapshot; it never grows. Three repairs are right: begin the model with `keras.Input`, call it once
# before you read, or read the list in each step. A frozen variable says *registered: yes, not asked* as well, but here
# `trainable` is true. The loud form is an empty list, and you know its message:

# %%
unbuilt = keras.Sequential([keras.layers.Dense(1)])
empty = train(unbuilt, keras.optimizers.SGD(1.0), variables=unbuilt.trainable_variables)
print(empty.error.message)
claim("a list that was read too early stays empty", "not enough values to unpack" in empty.error.message)

# %% [markdown]
# ## A new value under an old name: `rebound-variable`
#
# Now without Keras. Stars are a mean, plus how kind a person is, plus how good a film is: three raw variables, and the
# update by hand, as in a textbook.

# %%
is_person, is_film = tf.one_hot(pairs[:, 0], PEOPLE), tf.one_hot(pairs[:, 1], FILMS)


def new_parts():
    start = {"mean": tf.zeros(()), "kindness": tf.zeros(PEOPLE), "quality": tf.zeros(FILMS)}
    return {name: tf.Variable(value) for name, value in start.items()}


def loss_and_gradients(parts):
    with tf.GradientTape() as tape:
        kind = tf.linalg.matvec(is_person, parts["kindness"])
        good = tf.linalg.matvec(is_film, parts["quality"])
        loss = mean_squared_error(stars, parts["mean"] + kind + good)
    return loss, tape.gradient(loss, parts)


def textbook_step(parts):
    loss, gradients = loss_and_gradients(parts)
    for name, gradient in gradients.items():
        if gradient is not None:
            parts[name] = parts[name] - 0.2 * gradient
    return loss


# %% [markdown]
# **Before you run it:** what will the loss do in 20 steps?
#
# - **a**: it falls from step to step
# - **b**: it is the same number 20 times
# - **c**: it falls once, and then it is the same number for ever

# %%
prediction = "?"

# %%
parts = new_parts()
rebound = observe(textbook_step, [(parts,)] * 20, dict(parts))
values = len(set(rebound.losses))
reveal(prediction, a=values == 20, b=values == 1, c=values == 2 and rebound.losses[1] < rebound.losses[0])

# %%
show(rebound=rebound)

# %% [markdown]
# `parts[name] - …` makes a new tensor, and `=` puts it where the variable was. The variable keeps its value; the tensor
# has the new one, so the loss falls once. In the next step the tape meets tensors that it does not watch, and answers
# `None`. The filter, again, hides the only message there would have been.

# %%
unmoved = not any(v.moved for v in rebound.variables)
tensors = not any(isinstance(part, tf.Variable) for part in parts.values())
claim("no variable has moved; the dict holds tensors now", unmoved and tensors)

# %% [markdown]
# The repair changes the variable in place. That is a whole and honest way to train: it does what SGD does.


# %%
def in_place_step(parts):
    loss, gradients = loss_and_gradients(parts)
    for name, gradient in gradients.items():
        parts[name].assign_sub(0.2 * gradient)
    return loss


sgd, by_sgd, by_hand = keras.optimizers.SGD(0.2), new_parts(), new_parts()
in_place = observe(in_place_step, [(by_hand,)] * 20, by_hand)
for _ in range(20):
    gradients = loss_and_gradients(by_sgd)[1]
    sgd.apply_gradients([(gradients[name], by_sgd[name]) for name in by_sgd])
show(rebound=rebound, in_place=in_place)

# %%
same = all(np.allclose(by_hand[name], by_sgd[name], atol=1e-5) for name in by_hand)
claim("assign_sub ends where SGD ends", same and in_place.losses[-1] < in_place.losses[0])

# %% [markdown]
# The name may also be that of a loop. Which forms are loud?

# %%
raw, of_keras = [tf.Variable(1.0)], [keras.Variable(1.0)]
for variable in raw:
    variable = variable - 0.1
for variable in of_keras:
    variable -= 0.1


def minus_equals():
    for variable in raw:
        variable -= 0.1


print("-= on a tf.Variable:", message_of(minus_equals)[:68])
unmoved = float(raw[0]) == 1.0 and float(of_keras[0].value) == 1.0
claim("v = v - … is silent and moves nothing; so is v -= … on a Keras variable", unmoved)

# %%
claim("v -= … on a tf.Variable raises", "is not supported" in message_of(minus_equals))

# %% [markdown]
# ## A variable of whole numbers: `integer-variable`
#
# A good first guess of how much a film is liked is how often it was rated. `bincount` counts, and counts are integers.


# %%
class Counted(RepairedModel):
    def __init__(self, dtype=None):
        super().__init__()
        counts = np.bincount(rated[:, 1], minlength=FILMS)
        self.watched = keras.Variable(counts, dtype=dtype, name="watched")

    def call(self, pairs):
        bonus = 0.1 * keras.ops.cast(self.watched, "float32")
        return super().call(pairs) + tf.gather(bonus, pairs[:, 1])


of_integers = train(Counted(), keras.optimizers.SGD(0.5), steps=10)
of_floats = train(Counted("float32"), keras.optimizers.SGD(0.5), steps=10)
print("warnings:", [text[:50] for text in of_integers.warnings])
show(of_integers=of_integers, of_floats=of_floats)

# %%
whole, real = of_integers.variable("watched"), of_floats.variable("watched")
none = whole.registered and set(whole.gradients) == {"none"} and len(of_integers.warnings) == 1
still = not whole.moved and real.moved
claim("registered, asked for, and None, with one warning; made as floats, it moves", none and still)

# %% [markdown]
# The type is settled when the variable is made; the cast in `call` comes too late. Look how innocent the start can
# be, and how the fault sounds when it is alone:

# %%
made = tf.Variable(3), tf.Variable([1, 2]), keras.Variable(3)
with tf.GradientTape() as tape:
    loss = mean_squared_error(stars, tf.cast(made[0], tf.float32) * tf.ones(90))
pair = tape.gradient(loss, made[0]), made[0]
alone = message_of(lambda: keras.optimizers.SGD(0.1).apply_gradients([pair]))
print([v.dtype for v in made], alone)
integers = [keras.backend.standardize_dtype(v.dtype) for v in made] == ["int32"] * 3
claim(
    "all three are int32; alone it is loud, in words of lesson 01",
    integers and "No gradients provided" in alone,
)

# %% [markdown]
# ## One table for all six
#
# | What you see | Fault | Where to repair |
# |---|---|---|
# | a weight of your formula has **no row** | `not-a-variable` | where it is made |
# | registered **no** | `untracked-variable` | where it is made or kept |
# | registered yes, **not asked**, `trainable` false | `frozen-variable` | at the switch, then a new optimizer |
# | registered yes, **not asked**, `trainable` true | `variables-read-before-build` | where the list is read |
# | **finite**, at least at first, and never moves | `rebound-variable` | in the update |
# | **`None`**, and the dtype is an integer | `integer-variable` | at the starting value |
#
# A `None` with a float dtype is a cut path (lessons 01 and 02), or the third trap of freezing.
#
# ## Tempting repairs that repair nothing

# %%
model = RatingModel()
model.scale = tf.Variable(1.0, trainable=True)
model.also_here = [model.scale]
model.trainable = True
with tf.GradientTape() as tape:
    tape.watch(model.scale)
    loss = mean_squared_error(stars, model(pairs))
listed = any(v.value is model.scale for v in model.trainable_variables)
claim("trainable=True, a list, model.trainable = True and tape.watch register nothing", not listed)

# %% [markdown]
# One is half a repair: you may hand the variable to your own step, as `[*model.trainable_variables, model.scale]`. Your
# step then trains it. `fit` still doesn't, and the model doesn't save it.

# %%
model.compile(keras.optimizers.SGD(0.1), "mse")
model.fit(pairs, stars, verbose=0)
after_fit = float(model.scale)
both = [*model.trainable_variables, model.scale]
train(model, keras.optimizers.SGD(0.1), steps=1, variables=both)
print("after fit:", after_fit, "  after your step:", round(float(model.scale), 2))
half = after_fit == 1.0 and float(model.scale) != 1.0 and len(model.get_weights()) == 3
claim("your own list trains it; fit leaves it, and get_weights() lacks it", half)

# %% [markdown]
# ## What you may read elsewhere
#
# | You may read | Measured here |
# |---|---|
# | A weight that is a plain tensor is not tracked; make it a `tf.Variable`. | **First half right. The cure was right on TensorFlow 2.15 with Keras 2.** A Keras 3 layer or model does not track a `tf.Variable` either. In a `tf.Module` and in raw loops the cure is right. |
# | Such a model runs without learning, and its weight changes through its initialisation only. | **Half right.** Beside healthy layers it runs; alone, the step raises. And the weight does not change at all. |
# | An optimizer cannot update a `tf.constant`. | **Right.** It raises an `AttributeError`. |
# | Weights stand still when one forgets to mark them as trainable. | **Right**, and silently so when others train. |
# | Keras loses layers in Python lists and dicts. | **Wrong.** It finds them there, and loses them in other objects. |
# | Updates must go through `apply_gradients`; assigning by hand fails. | **Wrong.** `assign_sub` ends where SGD ends. What fails is `=`, which assigns nothing to the variable. |
#
# ## Key points
#
# - A training step works on a *list*. A weight that is not in it is not broken: nobody asks for it.
# - Compare what the tape read with what the model lists. Count your weights by hand.
# - Keras: `add_weight` or `keras.Variable`. `tf.Module` and raw loops: `tf.Variable`.
# - "Not enough values to unpack" means that the list is empty: untracked, all frozen, or read too early.
# - Build, then freeze. Read the list after the first call, and again after you freeze or thaw.
# - `=` gives a name to a new value. Only `assign`, `assign_sub`, `assign_add` and an optimizer change a variable.
# - Write starting values as floats.
#
# ## Now you
#
# The exercise is in [`exercises/03-variable-registration`](../exercises/03-variable-registration/03-variable-registration.ipynb):
# three programs to repair, one loop in unfamiliar code, one model to build, and five programs to diagnose.
#
# After that: [04 · Give every gradient to its own variable](04-gradient-pairing.ipynb), or back to the [start page](index.ipynb).
