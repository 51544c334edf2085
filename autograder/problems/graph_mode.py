"""Assignment 09: training steps in graph mode."""

import dataclasses
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from autograder.judging.networks import dense_forward, draw_weights, mean_squared_error
from autograder.judging.reference import Trajectory, agree, descend, numerical_gradient, sgd
from autograder.judging.steps import crashed, judge_loss
from autograder.judging.verdict import Property
from autograder.observing.observation import Observation
from autograder.observing.observer import observe
from autograder.problems.naming import naming_tests
from autograder.problems.problem import Inputs, Problem, Test
from autograder.problems.regression import MSE

# -- what all problems share: a model that counts how often its Python code runs ----


def _counted_network(weights: Sequence[np.ndarray], names: Sequence[str], prefix: str = "") -> Any:
    """A dense network with tanh, and a list that grows by one entry when its Python code runs."""
    import keras
    import tensorflow as tf

    tf.config.run_functions_eagerly(False)  # whatever an earlier cell said: graphs are what is asked for
    runs: list[int] = []

    class CountedDense(keras.layers.Dense):
        def call(self, inputs: Any, training: Any = None) -> Any:
            runs.append(1)
            return super().call(inputs)

    kernels = weights[0::2]
    layers = [
        (CountedDense if i == 0 else keras.layers.Dense)(
            kernel.shape[1],
            activation="tanh" if i < len(kernels) - 1 else None,
            name=prefix + names[i],
        )
        for i, kernel in enumerate(kernels)
    ]
    model = keras.Sequential([keras.Input((kernels[0].shape[0],)), *layers])
    model.set_weights([np.asarray(w, dtype=np.float32) for w in weights])
    runs.clear()
    return model, runs


def _judge_compiled(runs: Any, calls: int, limit: int) -> Property:
    """Whether the model's Python code ran at tracings only."""
    holds = type(runs) is int and 1 <= runs <= limit
    if holds:
        message = f"In {calls} calls the Python code of the model ran {runs} times: only while tracing."
    elif type(runs) is int and runs > limit:
        message = (
            f"In {calls} calls the Python code of the model ran {runs} times. The step is not compiled, "
            "or is traced again and again."
        )
    else:
        message = "The Python code of the model never ran: the model that was given was not called."
    return Property("answer", holds, message, weight=3.0)


def _seen_shapes(observation: Observation, weights: Sequence[np.ndarray], calls: int) -> bool:
    """Whether all variables were seen in all steps, with their shapes."""
    variables = observation.variables
    return [v.values[0].shape if len(v.values) == calls + 1 else None for v in variables] == [
        w.shape for w in weights
    ]


def _unseen() -> Property:
    return Property("registration", False, "The variables of the model were not all seen in every call.")


def _loss_on(x: np.ndarray, y: np.ndarray) -> Callable[[Any], float]:
    return lambda weights: mean_squared_error(y, dense_forward(weights, x))


def _draw_windows(rng: np.random.Generator, rows: int, width: int = 5) -> list[np.ndarray]:
    x = rng.normal(0, 1, (rows, width)).astype(np.float32)
    y = 1.5 + x[:, :1] - 1.2 * x[:, 1:2] + rng.normal(0, 0.3, (rows, 1))
    return [x, y.astype(np.float32)]


# -- obeys-settings: a rate and a flag that are read while tracing -------------------


def _draw_settings(rng: np.random.Generator) -> Inputs:
    """A warm-up from 0, another rate in each call, and a flag that changes both ways."""
    first = bool(rng.integers(2))
    flags = [first, first, not first, not first, first, not first, first, first, not first, first]
    flags += [not first, first]
    rates = [0.0, *(float(r) for r in np.linspace(0.03, 0.09, 11) + rng.uniform(-0.002, 0.002, 11))]
    return {
        "weights": draw_weights(rng, 5, 4, 1),
        "rates": rates,
        "flags": flags,
        "batches": [_draw_windows(rng, 20) for _ in range(12)],
    }


def _probe_settings(inputs: Inputs, make_step: Callable[..., Any]) -> Observation:
    import tensorflow as tf

    model, runs = _counted_network(inputs["weights"], ("filters", "output"))
    settings = {"rate": inputs["rates"][0], "train_filters": inputs["flags"][0]}
    made: list[Any] = []

    def call(k: int) -> Any:
        if not made:  # here, so that an error of the learner's is noted
            made.append(make_step(model, settings))
        settings["rate"], settings["train_filters"] = inputs["rates"][k], inputs["flags"][k]
        x, y = inputs["batches"][k]
        return made[0](tf.constant(x), tf.constant(y))

    seen = observe(call, [(k,) for k in range(len(inputs["batches"]))], model)
    return dataclasses.replace(seen, returned={"runs": len(runs)})


def _right_settings(inputs: Inputs) -> Trajectory:
    calls = iter(zip(inputs["rates"], inputs["flags"]))

    def update(gradients: list[np.ndarray]) -> list[np.ndarray]:
        rate, train_filters = next(calls)
        return [-rate * g * (train_filters or i >= 2) for i, g in enumerate(gradients)]

    return descend([_loss_on(x, y) for x, y in inputs["batches"]], inputs["weights"], update)


def _settings_layer(inputs: Inputs, observation: Observation, part: slice, name: str, rule: str) -> Property:
    """Whether a layer moves, call by call, as the settings of the call say, from where the model was."""
    variables = observation.variables
    wrong = []
    for k, (x, y) in enumerate(inputs["batches"]):
        before = [v.values[k].astype(np.float64) for v in variables]
        if not all(np.all(np.isfinite(b)) for b in before):
            wrong.append(k + 1)
            continue
        gradients = numerical_gradient(_loss_on(x, y), before)
        rate = inputs["rates"][k] * (part.start >= 2 or inputs["flags"][k])
        for i in range(*part.indices(4)):
            if not agree(variables[i].values[k + 1] - before[i], -rate * gradients[i]):
                wrong.append(k + 1)
                break
    if not wrong:
        return Property("update", True, f"In every call the layer “{name}” {rule}")
    calls = ", ".join(str(k) for k in wrong[:4]) + (", …" if len(wrong) > 4 else "")
    still = not any(variables[i].moved for i in range(*part.indices(4)))
    seen = "It never moved." if still else f"Wrong in {len(wrong)} of its calls: {calls}."
    return Property("update", False, f"In every call the layer “{name}” should be one that {rule} {seen}")


_OUTPUT = "moves by −rate × gradient, with the rate that the settings have in that call."
_FILTERS = "moves by −rate × gradient if train_filters is true in that call, and stays exactly if not."


def _judge_settings_rate(inputs: Inputs, observation: Observation) -> tuple[Property, ...]:
    if observation.error is not None:
        return (crashed(observation.error),)
    if not _seen_shapes(observation, inputs["weights"], len(inputs["batches"])):
        return (_unseen(),)
    return (_settings_layer(inputs, observation, slice(2, 4), "output", _OUTPUT),)


def _judge_settings(inputs: Inputs, observation: Observation) -> tuple[Property, ...]:
    properties = _judge_settings_rate(inputs, observation)
    if len(properties) != 1 or properties[0].name != "update":
        return properties
    filters = _settings_layer(inputs, observation, slice(0, 2), "filters", _FILTERS)
    loss = judge_loss(observation, _right_settings(inputs), MSE)
    properties = (*properties, filters, loss)
    if all(p.holds for p in properties):
        properties += (_judge_compiled(observation.returned.get("runs"), len(inputs["batches"]), 6),)
    return properties


OBEYS_SETTINGS = Problem(
    name="obeys-settings",
    title="A step that obeys once",
    kind="repair",
    faults=("frozen-python-state",),
    hints=(
        "Print something in the step, call it several times with other settings, and count the lines.",
        "When does the Python code of a tf.function read the dict, and how often? What is a number that was "
        "read there in the graph?",
        "Let ordinary Python code read the settings at each call, and hand them to the compiled part in a "
        "form that the graph can take anew each time. A flag has two values only.",
    ),
    tests=(
        Test("rate", 1, _draw_settings, _probe_settings, _judge_settings_rate),
        Test("update", 3, _draw_settings, _probe_settings, _judge_settings, hidden=True),
    ),
)


# -- running-level: an average and a counter that are Python attributes --------------

_TRAINERS = ("kitchen", "hall")


def _draw_level(rng: np.random.Generator) -> Inputs:
    order = [0, 1, 1, 0, 0, 1, 0, 1, 1, 0]
    offsets = rng.permutation([1.0, 2.0])
    trainers = []
    for _ in _TRAINERS:
        trainers.append(
            {
                "weights": draw_weights(rng, 5, 4, 1),
                "rate": float(rng.uniform(0.03, 0.07)),
                "decay": float(rng.uniform(0.5, 0.8)),
            }
        )
    batches = []
    for i in order:
        x, y = _draw_windows(rng, 20)
        batches.append([i, (x + offsets[i] + rng.uniform(0, 0.4)).astype(np.float32), y])
    return {"trainers": trainers, "batches": batches}


def _number(value: Any) -> float | None:
    """A plain number of what an attribute holds, or ``None`` if it has no value."""
    try:
        return float(np.asarray(value if isinstance(value, (int, float)) else value.numpy()).reshape(()))
    except Exception:
        try:
            return float(value)
        except Exception:
            return None


def _probe_level(inputs: Inputs, make_trainer: Callable[..., Any]) -> Observation:
    """Two trainers, called in turn. After each call both are asked for level and steps."""
    import tensorflow as tf

    models, runs, variables = [], [], {}
    for name, trainer in zip(_TRAINERS, inputs["trainers"]):
        model, counted = _counted_network(trainer["weights"], ("filters", "output"), f"{name}-")
        models.append(model)
        runs.append(counted)
        variables.update({f"{v.path.split('/', 1)[-1]}": v for v in model.trainable_variables})
    made: list[Any] = []
    noted: list[list[Any]] = []

    def call(k: int) -> Any:
        if not made:  # here, so that an error of the learner's is noted
            for model, trainer in zip(models, inputs["trainers"]):
                made.append(make_trainer(model, trainer["rate"], trainer["decay"]))
        i, x, y = inputs["batches"][k]
        loss = made[i].step(tf.constant(x), tf.constant(y))
        noted.append([[_number(t.level), _number(t.steps)] for t in made])
        return loss

    seen = observe(call, [(k,) for k in range(len(inputs["batches"]))], variables)
    return dataclasses.replace(seen, returned={"noted": noted, "runs": [len(r) for r in runs]})


def _right_level(inputs: Inputs, i: int) -> tuple[list[float], Trajectory]:
    """The levels of one trainer, before its first and after each of its calls, and its way."""
    trainer = inputs["trainers"][i]
    levels, losses = [0.0], []
    for owner, x, y in inputs["batches"]:
        if owner != i:
            continue
        losses.append(_loss_on(x.astype(np.float64) - levels[-1], y))
        mean = float(np.mean(x.astype(np.float64)))
        levels.append(trainer["decay"] * levels[-1] + (1 - trainer["decay"]) * mean)
    return levels, descend(losses, trainer["weights"], sgd(trainer["rate"]))


def _noted(inputs: Inputs, observation: Observation, k: int, i: int, which: int) -> float | None:
    noted = observation.returned.get("noted")
    try:
        value = noted[k][i][which]
    except (TypeError, IndexError, KeyError):
        return None
    return value if type(value) is float and np.isfinite(value) else None


def _judge_level_attributes(inputs: Inputs, observation: Observation) -> tuple[Property, ...]:
    if observation.error is not None:
        return (crashed(observation.error),)
    calls = [0, 0]
    wrong: dict[str, list[str]] = {"level": [], "steps": []}
    right = [_right_level(inputs, i)[0] for i in range(2)]
    for k, (owner, _, _) in enumerate(inputs["batches"]):
        calls[owner] += 1
        for i, name in enumerate(_TRAINERS):
            level, steps = (_noted(inputs, observation, k, i, which) for which in (0, 1))
            if level is None or not agree(level, right[i][calls[i]], scale=max(right[i][calls[i]], 0.1)):
                wrong["level"].append(f"after call {k + 1} the level of “{name}” is {_shown(level)}")
            if steps != float(calls[i]):
                wrong["steps"].append(f"after call {k + 1} the steps of “{name}” are {_shown(steps)}")
    level_message = "The level of each trainer is right after every call."
    if wrong["level"]:
        level_message = f"Not the running level that is asked for: {wrong['level'][0]}."
    steps_message = "Each trainer has counted its own calls."
    if wrong["steps"]:
        steps_message = f"Not the number of calls of this trainer: {wrong['steps'][0]}."
    return (
        Property("answer", not wrong["level"], level_message),
        Property("answer", not wrong["steps"], steps_message),
    )


def _shown(value: float | None) -> str:
    return "no number" if value is None else f"{value:.4g}"


def _judge_level(inputs: Inputs, observation: Observation) -> tuple[Property, ...]:
    attributes = _judge_level_attributes(inputs, observation)
    if observation.error is not None:
        return attributes
    weights = [w for trainer in inputs["trainers"] for w in trainer["weights"]]
    if not _seen_shapes(observation, weights, len(inputs["batches"])):
        return (*attributes, _unseen())
    updates, wrong_losses = [], []
    for i, name in enumerate(_TRAINERS):
        right = _right_level(inputs, i)[1]
        variables = observation.variables[4 * i : 4 * i + 4]
        wrong, done = [], 0
        for k, (owner, _, _) in enumerate(inputs["batches"]):
            if owner == i and not agree(_nan(observation.losses[k]), right.losses[done]):
                wrong_losses.append(k + 1)
            done += owner == i
            for j, variable in enumerate(variables):
                moved = variable.values[k + 1].astype(np.float64) - variable.values[0]
                expected = right.values[done][j] - right.values[0][j]
                if not agree(moved, expected) and variable.name not in wrong:
                    wrong.append(variable.name)
        message = f"The model of “{name}” moves by −rate × gradient in each of its calls, and only then."
        if wrong:
            message = (
                f"The model of “{name}” is not always where steps on the windows minus the level before "
                f"lead: {', '.join(wrong)}."
            )
        updates.append(Property("update", not wrong, message))
    message = "The returned loss is the mean squared error before the update, in every call."
    if wrong_losses:
        message = f"The returned loss is first wrong in call {wrong_losses[0]}. Which level was used there?"
    properties = (*attributes, *updates, Property("loss", not wrong_losses, message))
    if all(p.holds for p in updates):
        counts = observation.returned.get("runs")
        total = sum(counts) if type(counts) is list and all(type(c) is int for c in counts) else None
        properties += (_judge_compiled(total, len(inputs["batches"]), 6),)
    return properties


def _nan(loss: float | None) -> float:
    return float("nan") if loss is None else loss


RUNNING_LEVEL = Problem(
    name="running-level",
    title="A level that stands still",
    kind="repair",
    faults=("update-outside-graph",),
    hints=(
        "Print level and steps after each of three calls. What kind of thing is the level?",
        "Which lines of the step run in every call, and which ran only while it was traced?",
        "What a graph should change has to be something that can be changed in place by an operation, made "
        "before the first call. Each trainer needs its own.",
    ),
    tests=(
        Test("attributes", 1, _draw_level, _probe_level, _judge_level_attributes),
        Test("update", 3, _draw_level, _probe_level, _judge_level, hidden=True),
    ),
)


# -- fresh-noise: random numbers that are drawn once ---------------------------------

_NOISY_CALLS = 8


def _draw_noise(rng: np.random.Generator) -> Inputs:
    return {
        "weights": draw_weights(rng, 8, 4, 1),
        "rate": float(rng.uniform(0.03, 0.07)),
        "scale": float(rng.uniform(0.3, 0.6)),  # far from 1, which is its own root
        "batches": [_draw_windows(rng, 24, width=8) for _ in range(_NOISY_CALLS)],
    }


def _probe_noise(inputs: Inputs, make_noisy_step: Callable[..., Any]) -> Observation:
    import keras
    import tensorflow as tf

    model, runs = _counted_network(inputs["weights"], ("filters", "output"))
    optimizer = keras.optimizers.SGD(inputs["rate"])
    made: list[Any] = []
    used: list[Any] = []

    def call(k: int) -> Any:
        if not made:  # here, so that an error of the learner's is noted
            made.append(make_noisy_step(model, optimizer, inputs["scale"]))
        x, y = inputs["batches"][k]
        loss, windows = made[0](tf.constant(x), tf.constant(y))
        used.append(np.array(windows, dtype=np.float64))
        return loss

    seen = observe(call, [(k,) for k in range(_NOISY_CALLS)], model)
    return dataclasses.replace(seen, returned={"used": used, "runs": len(runs)})


def _noises(inputs: Inputs, observation: Observation) -> list[np.ndarray] | None:
    """The noise of each call, or ``None`` if the windows that were returned are none."""
    used = observation.returned.get("used")
    if type(used) is not list or len(used) != _NOISY_CALLS:
        return None
    noises = []
    for windows, (x, _) in zip(used, inputs["batches"]):
        if type(windows) is not np.ndarray or windows.shape != x.shape or windows.dtype != np.float64:
            return None
        if not np.all(np.isfinite(windows)):
            return None
        noises.append(windows - x.astype(np.float64))
    return noises


def _alike(noises: list[np.ndarray], limit: float) -> tuple[int, int] | None:
    """The first two calls, counted from 1, whose noises are correlated by more than the limit."""
    flat = [n.ravel() / (np.linalg.norm(n) or 1.0) for n in noises]
    for k in range(len(flat)):
        for j in range(k):
            if abs(float(flat[j] @ flat[k])) > limit:
                return j + 1, k + 1
    return None


def _judge_fresh(inputs: Inputs, observation: Observation) -> tuple[Property, ...]:
    if observation.error is not None:
        return (crashed(observation.error),)
    noises = _noises(inputs, observation)
    if noises is None:
        message = "A call should return the loss and the noisy windows, which have the shape of x."
        return (Property("answer", False, message),)
    if not all(np.any(n) for n in noises):
        return (Property("answer", False, "In some call the windows have no noise at all."),)
    alike = _alike(noises, 0.9)
    if alike:
        message = f"The noise of call {alike[1]} is that of call {alike[0]}."
        return (Property("answer", False, message),)
    return (Property("answer", True, "Every call has noise of its own."),)


def _judge_noise_kind(inputs: Inputs, noises: list[np.ndarray]) -> Property:
    """Whether the noise is normal, with the right scale, and independent from entry to entry."""
    z = np.stack(noises) / inputs["scale"]  # calls × rows × columns: 1536 numbers
    x = np.stack([x for x, _ in inputs["batches"]])
    faults = []
    if not 0.9 < float(np.sqrt(np.mean(z**2))) < 1.1:  # the spread of 1536 numbers is 0.018
        faults.append("its size is not the scale that was asked for")
    elif abs(float(np.mean(z))) > 0.2:
        faults.append("its mean is not 0")
    elif not 2.2 < float(np.mean(z**4) / np.mean(z**2) ** 2) < 4.5:
        faults.append("it is not normally distributed")
    rows = z.shape[2] * float(np.mean(np.mean(z, axis=2) ** 2))
    columns = z.shape[1] * float(np.mean(np.mean(z, axis=1) ** 2))
    if max(rows, columns) > 2.5:
        faults.append("entries of a row or of a column share their noise")
    # 192 independent entries a call: the spread of their correlation is 0.07.
    elif _alike(noises, 0.5):
        faults.append("a part of it is the same in several calls")
    if abs(float(np.mean(z * x))) > 0.25:
        faults.append("it depends on the windows")
    message = "The noise is normal, of the right size, and independent for each entry."
    return Property("answer", not faults, message if not faults else f"The noise is fresh, but {faults[0]}.")


def _judge_noise(inputs: Inputs, observation: Observation) -> tuple[Property, ...]:
    properties = _judge_fresh(inputs, observation)
    if not all(p.holds for p in properties):
        return properties  # a step on the same noise for ever is what was given: no credit for it
    if not _seen_shapes(observation, inputs["weights"], _NOISY_CALLS):
        return (*properties, _unseen())
    noises = _noises(inputs, observation) or []
    wrong_loss, wrong_update = [], []
    for k, ((x, y), noise) in enumerate(zip(inputs["batches"], noises)):
        loss = _loss_on(x + noise, y)
        before = [v.values[k].astype(np.float64) for v in observation.variables]
        if not all(np.all(np.isfinite(b)) for b in before):
            return (*properties, Property("update", False, f"Before call {k + 1} a weight is not finite."))
        if not agree(_nan(observation.losses[k]), loss(before)):
            wrong_loss.append(k + 1)
        for variable, b, gradient in zip(observation.variables, before, numerical_gradient(loss, before)):
            if not agree(variable.values[k + 1] - b, -inputs["rate"] * gradient):
                wrong_update.append(k + 1)
                break
    message = "In every call the model moves by −rate × gradient on the noisy windows that were returned."
    if wrong_update:
        message = (
            f"In call {wrong_update[0]} the model does not move by −rate × gradient on the noisy windows "
            "that were returned."
        )
    update = Property("update", not wrong_update, message)
    message = "The returned loss is that of the noisy windows before the update."
    if wrong_loss:
        message = f"In call {wrong_loss[0]} the loss is not that of the returned windows before the update."
    properties += (_judge_noise_kind(inputs, noises), update, Property("loss", not wrong_loss, message))
    if all(p.holds for p in properties):
        properties += (_judge_compiled(observation.returned.get("runs"), _NOISY_CALLS, 4),)
    return properties


FRESH_NOISE = Problem(
    name="fresh-noise",
    title="Noise that never changes",
    kind="repair",
    faults=("numpy-in-graph",),
    hints=(
        "Call the step twice on the same windows and compare what it returns.",
        "What of NumPy can run in a graph at all? Find out when the line with the random numbers runs.",
        "Draw with an operation that is a part of the graph, without a fixed seed for each call; or draw "
        "outside, at each call, and hand the numbers in as a tensor.",
    ),
    tests=(
        Test("fresh", 1, _draw_noise, _probe_noise, _judge_fresh),
        Test("update", 3, _draw_noise, _probe_noise, _judge_noise, hidden=True),
    ),
)


# -- three-shops: one compiled step for several recommenders -------------------------

_SHOPS = ("books", "films", "games")


def _draw_shops(rng: np.random.Generator) -> Inputs:
    order = [int(i) for _ in range(4) for i in rng.permutation(3)]
    batches = []
    for shop in order:
        pairs = np.stack([rng.integers(0, 5, 16), rng.integers(0, 6, 16)], axis=1).astype(np.int32)
        stars = 1 + shop + np.sin(pairs[:, :1] + 2.0 * pairs[:, 1:]) + rng.normal(0, 0.1, (16, 1))
        batches.append([shop, pairs, stars.astype(np.float32)])
    return {
        "weights": [
            [rng.normal(0, 0.7, (n, 2)).astype(np.float32) for n in (5, 6)]
            + [rng.normal(0, 0.3, 1).astype(np.float32)]
            for _ in _SHOPS
        ],
        "batches": batches,
        "rate": float(rng.uniform(0.05, 0.1)),
        "momentum": float(rng.uniform(0.8, 0.9)),
    }


def _recommender(weights: Sequence[np.ndarray], runs: list[int]) -> Any:
    """Stars = user's vector · item's vector + one number for all."""
    import keras

    class Recommender(keras.Model):
        def __init__(self) -> None:
            super().__init__()
            self.users = keras.layers.Embedding(weights[0].shape[0], weights[0].shape[1], name="users")
            self.items = keras.layers.Embedding(weights[1].shape[0], weights[1].shape[1], name="items")
            self.mean = self.add_weight(shape=(1,), name="mean")

        def call(self, pairs: Any, training: Any = None) -> Any:
            runs.append(1)
            products = self.users(pairs[:, 0]) * self.items(pairs[:, 1])
            return keras.ops.sum(products, axis=1, keepdims=True) + self.mean

    model = Recommender()
    model(np.zeros((1, 2), np.int32))
    for variable, value in zip((model.users.embeddings, model.items.embeddings, model.mean), weights):
        variable.assign(value)
    return model


def _probe_shops(inputs: Inputs, train_shops: Callable[..., Any]) -> Observation:
    import tensorflow as tf

    tf.config.run_functions_eagerly(False)
    runs: list[int] = []
    models = {name: _recommender(weights, runs) for name, weights in zip(_SHOPS, inputs["weights"])}
    runs.clear()
    variables = {
        f"{name}/{part}": variable
        for name, model in models.items()
        for part, variable in (
            ("users", model.users.embeddings),
            ("items", model.items.embeddings),
            ("mean", model.mean),
        )
    }
    losses: list[float] = []

    def run() -> None:
        batches = [(_SHOPS[i], tf.constant(p), tf.constant(s)) for i, p, s in inputs["batches"]]
        returned = train_shops(models, batches, inputs["rate"], inputs["momentum"])
        losses.extend(float(np.asarray(loss)) for loss in returned)

    seen = observe(run, [()], variables)
    return dataclasses.replace(
        seen, losses=(None,) * seen.steps, returned={"losses": losses, "runs": len(runs)}
    )


def _right_shops(inputs: Inputs) -> list[Trajectory]:
    def loss_on(pairs: np.ndarray, stars: np.ndarray) -> Callable[[Any], float]:
        def loss(weights: Any) -> float:
            users, items, mean = weights
            scores = np.sum(users[pairs[:, 0]] * items[pairs[:, 1]], axis=1, keepdims=True) + mean
            return mean_squared_error(stars, scores)

        return loss

    return [
        descend(
            [loss_on(p, s) for i, p, s in inputs["batches"] if i == shop],
            inputs["weights"][shop],
            sgd(inputs["rate"], inputs["momentum"]),
        )
        for shop in range(len(_SHOPS))
    ]


def _judge_shops_losses(inputs: Inputs, observation: Observation) -> tuple[Property, ...]:
    if observation.error is not None:
        return (crashed(observation.error),)
    losses = observation.returned.get("losses")
    count = len(inputs["batches"])
    if type(losses) is not list or len(losses) != count or not all(type(v) is float for v in losses):
        return (Property("loss", False, f"You should return a list of {count} numbers, one a batch."),)
    expected = [list(right.losses) for right in _right_shops(inputs)]
    for k, (shop, _, _) in enumerate(inputs["batches"]):
        if not agree(losses[k], expected[shop].pop(0)):
            message = (
                f"The loss of batch {k + 1}, of “{_SHOPS[shop]}”, is not that of gradient descent with "
                "momentum. Was that model where it should be by then?"
            )
            return (Property("loss", False, message),)
    return (Property("loss", True, "The returned losses are right for every batch."),)


def _judge_shops(inputs: Inputs, observation: Observation) -> tuple[Property, ...]:
    if observation.error is not None:
        return (crashed(observation.error),)
    if not _seen_shapes(observation, [w for weights in inputs["weights"] for w in weights], 1):
        return (_unseen(),)
    properties = []
    first = inputs["batches"][0][0]
    for i, right in enumerate(_right_shops(inputs)):
        wrong, still = [], []
        for j, variable in enumerate(observation.variables[3 * i : 3 * i + 3]):
            moved = variable.values[1].astype(np.float64) - variable.values[0]
            if not agree(moved, right.values[-1][j] - right.values[0][j]):
                (wrong if variable.moved else still).append(variable.name)
        holds = not wrong and not still
        message = f"The model of “{_SHOPS[i]}” ends where {len(right.losses)} steps with its momentum end."
        if not holds:
            said = [f"{', '.join(still)}: did not move."] if still else []
            said += [f"{', '.join(wrong)}: moved elsewhere."] if wrong else []
            message = message.replace("ends where", "does not end where", 1) + " " + " ".join(said)
        # The shop that comes first is trained by the program as it was given: no credit for it.
        if i != first or not holds:
            properties.append(Property("update", holds, message))
    properties.extend(_judge_shops_losses(inputs, observation))
    if all(p.holds for p in properties):
        properties.append(
            _judge_compiled(observation.returned.get("runs"), len(inputs["batches"]), 3 * len(_SHOPS))
        )
    return tuple(properties)


THREE_SHOPS = Problem(
    name="three-shops",
    title="Only the first shop learns",
    kind="transfer",
    faults=("variable-created-in-graph",),
    hints=(
        "Compare each model before and after. Which one moves? Then print the error that is caught.",
        "The message speaks of variables that are created in a call. Nobody creates one here, so ask what "
        "an optimizer with momentum does when it is used for the first time.",
        "Whatever is made at first use can be made before the compiled step runs. Or give each model a "
        "compiled step of its own. Nothing has to be caught then.",
    ),
    tests=(
        Test("losses", 1, _draw_shops, _probe_shops, _judge_shops_losses),
        Test("update", 3, _draw_shops, _probe_shops, _judge_shops, hidden=True),
    ),
)


# -- policy-step: build a compiled step with a baseline -------------------------------


def _draw_policy(rng: np.random.Generator) -> Inputs:
    order = [0, 1, 1, 0, 0, 1, 0, 1, 0, 1, 1, 0]
    learners = []
    for _ in range(2):
        learners.append(
            {
                "weights": draw_weights(rng, 4, 4, 3),
                "rate": float(rng.uniform(0.1, 0.2)),
                "momentum": float(rng.uniform(0.5, 0.8)),
                "decay": float(rng.uniform(0.6, 0.85)),
                "offset": float(rng.uniform(2, 4)),
            }
        )
    batches = []
    for i in order:
        states = rng.normal(0, 1, (20, 4)).astype(np.float32)
        actions = rng.integers(0, 3, 20).astype(np.int32)
        rewards = learners[i]["offset"] + states[np.arange(20), actions] + rng.normal(0, 0.3, 20)
        bonus = float(rng.uniform(0.3, 0.8))
        batches.append([i, states, actions, rewards.astype(np.float32), bonus])
    return {"learners": learners, "batches": batches}


def _probe_policy(inputs: Inputs, make_policy_step: Callable[..., Any]) -> Observation:
    """Two learners with a policy, an optimizer and a step each, called in turn."""
    import keras
    import tensorflow as tf

    policies, counts, variables = [], [], {}
    for i, learner in enumerate(inputs["learners"]):
        policy, counted = _counted_network(learner["weights"], ("hidden", "actions"), f"{'AB'[i]}-")
        policies.append(policy)
        counts.append(counted)
        variables.update({v.path.split("/", 1)[-1]: v for v in policy.trainable_variables})
    optimizers = [keras.optimizers.SGD(a["rate"], momentum=a["momentum"]) for a in inputs["learners"]]
    made: list[Any] = []
    baselines: list[Any] = []

    def call(k: int) -> Any:
        if not made:  # here, so that an error of the learner's is noted
            for policy, optimizer, learner in zip(policies, optimizers, inputs["learners"]):
                made.append(make_policy_step(policy, optimizer, learner["decay"]))
        i, states, actions, rewards, bonus = inputs["batches"][k]
        tensors = tf.constant(states), tf.constant(actions), tf.constant(rewards)
        loss, baseline = made[i](*tensors, bonus)
        baselines.append(_number(baseline))
        return loss

    seen = observe(call, [(k,) for k in range(len(inputs["batches"]))], variables)
    return dataclasses.replace(
        seen, returned={"baselines": baselines, "runs": sum(len(counted) for counted in counts)}
    )


def _right_policy(inputs: Inputs, i: int) -> tuple[list[float], Trajectory]:
    """Baselines after each call of a learner, and its way."""
    learner = inputs["learners"][i]

    def loss_on(states: Any, actions: Any, advantage: Any, bonus: float) -> Callable[[Any], float]:
        def loss(weights: Any) -> float:
            logits = dense_forward(weights, states)
            logs = logits - np.log(np.sum(np.exp(logits), axis=1, keepdims=True))
            entropy = -np.sum(np.exp(logs) * logs, axis=1)
            chosen = logs[np.arange(len(actions)), actions]
            return float(-np.mean(advantage * chosen) - bonus * np.mean(entropy))

        return loss

    baselines, losses = [0.0], []
    for owner, states, actions, rewards, bonus in inputs["batches"]:
        if owner == i:
            rewards = rewards.astype(np.float64)
            losses.append(loss_on(states.astype(np.float64), actions, rewards - baselines[-1], bonus))
            mean = float(np.mean(rewards))
            baselines.append(learner["decay"] * baselines[-1] + (1 - learner["decay"]) * mean)
    return baselines[1:], descend(losses, learner["weights"], sgd(learner["rate"], learner["momentum"]))


def _judge_policy_returns(inputs: Inputs, observation: Observation) -> tuple[Property, ...]:
    """Loss and baseline of the first call of each learner."""
    if observation.error is not None:
        return (crashed(observation.error),)
    wrong = {"loss": [], "baseline": []}
    right = [_right_policy(inputs, i) for i in range(2)]
    for k in range(2):
        i = inputs["batches"][k][0]
        if not agree(_nan(observation.losses[k]), right[i][1].losses[0]):
            wrong["loss"].append(_shown(observation.losses[k]))
        if not agree(_nan(_baseline(observation, k)), right[i][0][0]):
            wrong["baseline"].append(_shown(_baseline(observation, k)))
    loss = "In the first call of a step the loss is that of the task."
    if wrong["loss"]:
        loss = f"In the first call of a step the loss is {wrong['loss'][0]}; that is not the task's formula."
    baseline = "After the first call the baseline is the one that the task asks for."
    if wrong["baseline"]:
        baseline = f"After the first call the baseline is {wrong['baseline'][0]}; that is not the task's."
    return (
        Property("loss", not wrong["loss"], loss),
        Property("answer", not wrong["baseline"], baseline),
    )


def _baseline(observation: Observation, k: int) -> float | None:
    baselines = observation.returned.get("baselines")
    value = baselines[k] if type(baselines) is list and len(baselines) > k else None
    return value if type(value) is float else None


def _judge_policy(inputs: Inputs, observation: Observation) -> tuple[Property, ...]:
    if observation.error is not None:
        return (crashed(observation.error),)
    weights = [w for learner in inputs["learners"] for w in learner["weights"]]
    if not _seen_shapes(observation, weights, len(inputs["batches"])):
        return (_unseen(),)
    right = [_right_policy(inputs, i) for i in range(2)]
    done = [0, 0]
    bad_loss, bad_baseline, bad_update = [], [], {}
    for k, (owner, *_) in enumerate(inputs["batches"]):
        if not agree(
            _nan(observation.losses[k]),
            right[owner][1].losses[done[owner]],
            scale=max(0.3, abs(right[owner][1].losses[done[owner]])),
        ):
            bad_loss.append(k + 1)
        if not agree(_nan(_baseline(observation, k)), right[owner][0][done[owner]]):
            bad_baseline.append(k + 1)
        done[owner] += 1
        for n, variable in enumerate(observation.variables):
            i, j = divmod(n, 4)
            way = right[i][1].values[: done[i] + 1]
            length = sum(float(np.linalg.norm(b[j] - a[j])) for a, b in zip(way, way[1:]))
            moved = variable.values[k + 1].astype(np.float64) - variable.values[0]
            if not agree(moved, way[-1][j] - way[0][j], scale=length):
                bad_update.setdefault(variable.name, k + 1)
    update = "Every variable moves as the optimizer says, in the calls of its own step."
    if bad_update:
        name, call = next(iter(bad_update.items()))
        still = [v.name for v in observation.variables if not v.moved]
        update = f"{name} is first in call {call} not where the optimizer should have brought it."
        update += f" Never moved: {', '.join(still)}." if still else ""
    loss = "The loss is right in every call."
    if bad_loss:
        loss = f"The loss is first wrong in call {bad_loss[0]}. Which baseline, and which bonus?"
    baseline = "The baseline is right in every call."
    if bad_baseline:
        baseline = f"The baseline is first wrong in call {bad_baseline[0]}."
    properties = (
        Property("update", not bad_update, update),
        Property("loss", not bad_loss, loss),
        Property("answer", not bad_baseline, baseline),
    )
    if all(p.holds for p in properties):
        properties += (_judge_compiled(observation.returned.get("runs"), len(inputs["batches"]), 6),)
    return properties


POLICY_STEP = Problem(
    name="policy-step",
    title="A policy that learns in a graph",
    kind="build",
    faults=("update-outside-graph", "frozen-python-state"),
    hints=(
        "Write the step without tf.function first, and compare two calls by hand. Then compile it and "
        "compare again: what differs?",
        "Two things change from call to call: the baseline, which the step itself changes, and the bonus, "
        "which comes from outside as a Python number.",
        "Keep the baseline in something that is made before the first call and assigned to inside. Turn the "
        "bonus into a tensor before it enters the compiled part.",
    ),
    tests=(
        Test("first-call", 1, _draw_policy, _probe_policy, _judge_policy_returns),
        Test("update", 4, _draw_policy, _probe_policy, _judge_policy, hidden=True),
    ),
)


# -- which-graph-fault: name the fault -------------------------------------------------

#: `autograder.problems.naming` makes these of the answers.
_KEY = {
    "A": "5f6b994f3c035728",
    "B": "973c034d3f573d3e",
    "C": "b558f1837fefdf83",
    "D": "01b4492397487911",
    "E": "2336a55d415f3737",
}


WHICH_FAULT = Problem(
    name="which-graph-fault",
    title="Five programs, five diagnoses",
    kind="name the fault",
    faults=(
        "frozen-python-state",
        "update-outside-graph",
        "variable-created-in-graph",
        "numpy-in-graph",
    ),
    hints=(
        "For each program: which variables never move? The column of gradients says little here, since the "
        "tape is asked only while tracing.",
        "For each of them find the line that should change it or should use it. Does this line leave an "
        "operation in the graph, with the value of that call?",
        "One of the five only looks suspicious: what it does in Python may happen once. If every variable "
        'moves as it should, the fault is "none" and the list is empty.',
    ),
    tests=naming_tests(5, _KEY),
)

PROBLEMS = (OBEYS_SETTINGS, RUNNING_LEVEL, FRESH_NOISE, THREE_SHOPS, POLICY_STEP, WHICH_FAULT)
