"""Assignment 08: numbers that are spoiled, though every path is there."""

from collections.abc import Callable
from typing import Any

import numpy as np

from autograder.judging.networks import dense_forward, draw_weights, mean_squared_error
from autograder.judging.reference import Parameters, Trajectory, agree, descend, sgd
from autograder.judging.steps import crashed, judge_path, judge_steps
from autograder.judging.verdict import Property
from autograder.observing.observation import Observation
from autograder.observing.observer import observe
from autograder.problems.naming import naming_tests
from autograder.problems.problem import Inputs, Problem, Test
from autograder.problems.regression import draw_regression, probe_regression


def _judge_numbers(observation: Observation, right: Trajectory) -> tuple[Property, ...]:
    """Whether everything is finite and every variable is reached: one property, for a visible test."""
    if observation.error is not None:
        return (crashed(observation.error),)
    for step in range(len(right.losses)):
        loss = observation.losses[step] if step < len(observation.losses) else None
        if loss is None:
            return (Property("loss", False, "The step should return its loss as one number."),)
        if not np.isfinite(loss):
            message = f"In step {step + 1} of {len(right.losses)} the loss is {loss}."
            return (Property("loss", False, message),)
        spoiled = [
            v.name
            for v in observation.variables
            if len(v.values) > step + 1 and not np.all(np.isfinite(v.values[step + 1]))
        ]
        if spoiled:
            message = (
                f"In step {step + 1} of {len(right.losses)} the loss is finite, "
                f"and after it {', '.join(spoiled)} holds NaN or infinity."
            )
            return (Property("update", False, message),)
    if len(observation.variables) != len(right.values[0]):
        return (Property("registration", False, "The model's four variables were not all seen."),)
    path = judge_path(observation.variables, right)
    if path.holds:
        path = Property("path", True, "Losses and weights are finite, and every variable moves.")
    return (path,)


# -- rare-alarm: the logarithm of a probability that is exactly 0 or 1 -------------

_CROSS_ENTROPY = "the mean cross-entropy of the batch"

#: How many rows of a batch have a logit in a range, and their label; None is a coin.
_LOGITS = (
    (18.0, 36.0, 5, 1),  # sure and right: 0 × log(0) in float32
    (40.0, 70.0, 2, 1),  # so sure that float64 is not enough either
    (-70.0, -18.0, 4, 0),
    # Sure and wrong, which clipping never teaches. More of one label than of the
    # other, so that the gradient of the last bias is no small difference of large ones.
    (20.0, 70.0, 6, 0),
    (-70.0, -20.0, 1, 1),
    (-4.0, 4.0, 6, None),
)


def _draw_alarm(rng: np.random.Generator) -> Inputs:
    """Inputs as `_draw_saturated` gives them, with steps that change the loss clearly."""
    while True:
        inputs = _draw_saturated(rng)
        right = _right_alarm(inputs)
        x, y = inputs["batches"][0]
        if _cross_entropy(right.values[1], x, y) < 0.95 * right.losses[0]:
            return inputs


def _draw_saturated(rng: np.random.Generator) -> Inputs:
    """A network with large logits, and batches in which some of them saturate, rightly and wrongly."""
    while True:
        weights = draw_weights(rng, 4, 5, 1)
        weights[2] = (25 * weights[2]).astype(np.float32)
        pool = rng.normal(0, 1, (3000, 4)).astype(np.float32)
        logits = dense_forward([w.astype(np.float64) for w in weights], pool)[:, 0]
        ranges = [np.flatnonzero((logits > low) & (logits < high)) for low, high, _, _ in _LOGITS]
        if all(len(rows) >= 60 for rows in ranges):
            break
    batches = []
    for _ in range(3):
        x, y = [], []
        for rows, (_, _, count, label) in zip(ranges, _LOGITS):
            x.append(pool[rng.choice(rows, count, replace=False)])
            y.append(rng.integers(0, 2, count) if label is None else np.full(count, label))
        order = rng.permutation(sum(len(part) for part in y))
        batches.append([np.concatenate(x)[order], np.concatenate(y)[order][:, None].astype(np.float32)])
    return {"weights": weights, "rate": float(rng.uniform(0.008, 0.014)), "batches": batches}


def _cross_entropy(weights: Parameters, x: np.ndarray, y: np.ndarray) -> float:
    logits = dense_forward(weights, x.astype(np.float64))
    return float(np.mean(np.logaddexp(0, logits) - y * logits))


def _right_alarm(inputs: Inputs) -> Trajectory:
    losses = [lambda weights, x=x, y=y: _cross_entropy(weights, x, y) for x, y in inputs["batches"]]
    return descend(losses, inputs["weights"], sgd(inputs["rate"]))


def _judge_alarm_finite(inputs: Inputs, observation: Observation) -> tuple[Property, ...]:
    return _judge_numbers(observation, _right_alarm(inputs))


def _judge_alarm(inputs: Inputs, observation: Observation) -> tuple[Property, ...]:
    return judge_steps(observation, _right_alarm(inputs), _CROSS_ENTROPY)


RARE_ALARM = Problem(
    name="rare-alarm",
    title="An alarm that gets too sure",
    kind="repair",
    faults=("log-of-zero",),
    hints=(
        "Find the first step with a NaN and go back to the weights before it. Which line of the loss is the "
        "first whose result is not finite?",
        "Print the probabilities of the samples on which the model is very sure. What is the logarithm of "
        "what is left of 1? And what would a clipped probability teach where it is sure and wrong?",
        "Never compute the probability: give the logits themselves to a loss that is made for them.",
    ),
    tests=(
        Test("finite", 1, _draw_alarm, probe_regression, _judge_alarm_finite),
        Test("update", 3, _draw_alarm, probe_regression, _judge_alarm, hidden=True),
    ),
)


# -- lab-gaps: NaN in the data, masked too late --------------------------------------

_COMPLETE_MSE = "the mean squared error of the complete rows (0 if there are none)"


def _with_gaps(rng: np.random.Generator, x: np.ndarray, y: np.ndarray, incomplete: int) -> list[np.ndarray]:
    """A copy of a batch in which so many rows lack a reading, the target, or both."""
    x, y = x.copy(), y.copy()
    for i, row in enumerate(rng.permutation(len(x))[:incomplete]):
        if i % 3 != 1:
            x[row, rng.integers(x.shape[1])] = np.nan
        if i % 3 != 0:
            y[row, 0] = np.nan
    return [x, y]


def _draw_gaps(rng: np.random.Generator) -> Inputs:
    inputs = draw_regression(rng)
    return {**inputs, "batches": [_with_gaps(rng, x, y, 9) for x, y in inputs["batches"]]}


def _draw_empty(rng: np.random.Generator) -> Inputs:
    """As `_draw_gaps`, but no row of the second batch is complete."""
    inputs = draw_regression(rng)
    gaps = (7, len(inputs["batches"][1][0]), 11)
    batches = [_with_gaps(rng, x, y, n) for (x, y), n in zip(inputs["batches"], gaps)]
    return {**inputs, "batches": batches}


def _right_gaps(inputs: Inputs) -> Trajectory:
    def loss_on(x: np.ndarray, y: np.ndarray) -> Callable[[Parameters], float]:
        complete = np.isfinite(x).all(axis=1) & np.isfinite(y).all(axis=1)
        if not complete.any():
            return lambda weights: 0.0
        return lambda weights: mean_squared_error(y[complete], dense_forward(weights, x[complete]))

    losses = [loss_on(x, y) for x, y in inputs["batches"]]
    return descend(losses, inputs["weights"], sgd(inputs["rate"]))


def _judge_gaps_finite(inputs: Inputs, observation: Observation) -> tuple[Property, ...]:
    return _judge_numbers(observation, _right_gaps(inputs))


def _judge_gaps(inputs: Inputs, observation: Observation) -> tuple[Property, ...]:
    # Without a complete row no gradient should reach anything, so that only
    # loss and update are judged here, not the path.
    return judge_steps(observation, _right_gaps(inputs), _COMPLETE_MSE)[-2:]


LAB_GAPS = Problem(
    name="lab-gaps",
    title="A laboratory that sometimes forgets",
    kind="repair",
    faults=("nan-in-data",),
    hints=(
        "Run one step and look at the loss, at the gradients and at the weights. Which of them is finite?",
        "At which point does a missing reading meet the first weight, and at which point does the mask act? "
        "What is 0 times NaN?",
        "Decide which rows are complete before the model sees them. Take out the others, or fill their gaps "
        "and give them no weight; and think of a batch in which none is left.",
    ),
    tests=(
        Test("finite", 1, _draw_gaps, probe_regression, _judge_gaps_finite),
        Test("update", 3, _draw_empty, probe_regression, _judge_gaps, hidden=True),
    ),
)


# -- raw-units: inputs of very different size, and a sum over the batch --------------

_RAW_NAMES = ("hidden", "output")


def _draw_raw(rng: np.random.Generator) -> Inputs:
    """Readings in their own units, one column of them stuck, and batches of different sizes."""
    rows = 180
    unit = rng.normal(0, 1, (rows, 4))
    middle, spread = np.array([820.0, 7.3, 14.0, 0.0]), np.array([160.0, 0.4, 5.0, 0.0])
    x = (middle + spread * unit).astype(np.float32)
    # A multiple of 1/4: its mean over the rows is exact in float32 as well.
    x[:, 3] = rng.integers(9, 40) / 4
    y = (1 + unit[:, :1] - 1.5 * unit[:, 1:2] + 0.5 * unit[:, 2:3] + rng.normal(0, 0.3, (rows, 1))).astype(
        np.float32
    )
    sizes = rng.permutation([9, 17, 30, 42])
    return {
        "weights": draw_weights(rng, 4, 5, 1),
        "rate": float(rng.uniform(0.04, 0.08)),
        "x": x,
        "y": y,
        "batches": [rng.permutation(rows)[:size].astype(np.int32) for size in sizes],
    }


def _probe_raw(inputs: Inputs, train: Callable[..., Any]) -> Observation:
    """Run ``train(model, optimizer, x, y, batches)`` once; its losses go to `returned`."""
    import dataclasses

    import keras
    import tensorflow as tf

    from autograder.observing.networks import dense_network

    model = dense_network(inputs["weights"], names=_RAW_NAMES)
    optimizer = keras.optimizers.SGD(inputs["rate"])
    x, y = tf.constant(inputs["x"]), tf.constant(inputs["y"])
    batches = [rows.copy() for rows in inputs["batches"]]
    returned: list[Any] = []

    def run() -> None:
        returned.append(_numbers(train(model, optimizer, x, y, batches)))

    observation = observe(run, [()], model)
    return dataclasses.replace(observation, returned={"losses": returned[0] if returned else None})


def _right_raw(inputs: Inputs) -> Trajectory:
    x = inputs["x"].astype(np.float64)
    spread = x.std(axis=0)
    x = (x - x.mean(axis=0)) / np.where(spread > 0, spread, 1)

    def loss_on(rows: np.ndarray) -> Callable[[Parameters], float]:
        return lambda weights: mean_squared_error(inputs["y"][rows], dense_forward(weights, x[rows]))

    return descend([loss_on(rows) for rows in inputs["batches"]], inputs["weights"], sgd(inputs["rate"]))


def _judge_raw_first(inputs: Inputs, observation: Observation) -> tuple[Property, ...]:
    """Whether the first loss, at the weights as given, is the right one."""
    if observation.error is not None:
        return (crashed(observation.error),)
    return (_judge_losses(observation, _right_raw(inputs).losses, first_only=True),)


def _judge_raw(inputs: Inputs, observation: Observation) -> tuple[Property, ...]:
    if observation.error is not None:
        return (crashed(observation.error),)
    right = _right_raw(inputs)
    return (_judge_losses(observation, right.losses), *_judge_ends(observation, right))


RAW_UNITS = Problem(
    name="raw-units",
    title="Every reading in its own unit",
    kind="repair",
    faults=("unscaled-inputs", "sum-instead-of-mean"),
    hints=(
        "Print the gradient of the first kernel: one row a reading. How do the rows compare? Then print the "
        "gradient for a small and for a large batch.",
        "Two things give the gradient its size here: the numbers that go into the model, and the way in "
        "which the rows of a batch are put together to one loss.",
        "Bring every column to mean 0 and deviation 1, with numbers from all rows, and mind the column that "
        "never changes. Let the loss not depend on how many rows a batch has.",
    ),
    tests=(
        Test("first", 1, _draw_raw, _probe_raw, _judge_raw_first),
        Test("update", 3, _draw_raw, _probe_raw, _judge_raw, hidden=True),
    ),
)


def _numbers(result: Any) -> list[float] | None:
    """A returned sequence of numbers as plain floats, or ``None``."""
    if result is None or isinstance(result, (str, bytes, dict)):
        return None
    try:
        array = np.array([np.asarray(item, dtype=np.float64) for item in result])
    except Exception:  # a learner's object that only looks like a sequence of numbers
        return None
    return [float(number) for number in array] if array.ndim == 1 else None


def _judge_losses(observation: Observation, right: tuple[float, ...], first_only: bool = False) -> Property:
    """The returned list of losses: its length, and all of them or only the first."""
    losses = observation.returned.get("losses")
    if type(losses) is not list or not all(type(loss) is float for loss in losses):
        return Property("loss", False, "What you returned is not a list of numbers.")
    if len(losses) != len(right):
        message = f"{len(right)} steps should give as many losses; you returned {len(losses)}."
        return Property("loss", False, message)
    if first_only:
        holds = agree(losses[0], right[0])
        what = "is" if holds else "is not"
        message = (
            f"The first loss, {losses[0]:.4g}, {what} what the task says, at the weights as they were given."
        )
        return Property("loss", holds, message)
    spoiled = [i for i, loss in enumerate(losses, 1) if not np.isfinite(loss)]
    if spoiled:
        return Property("loss", False, f"Loss {spoiled[0]} of {len(right)} is {losses[spoiled[0] - 1]}.")
    wrong = [i for i, (a, b) in enumerate(zip(losses, right), 1) if not agree(a, b)]
    if wrong:
        message = f"Loss {wrong[0]} of {len(right)}, {losses[wrong[0] - 1]:.4g}, is not the right one."
        return Property("loss", False, message)
    return Property("loss", True, "Every loss is right.")


def _judge_ends(observation: Observation, right: Trajectory) -> tuple[Property, ...]:
    """For each variable, whether it ends where right steps end."""
    variables = observation.variables
    if len(variables) != len(right.values[0]) or not all(v.values for v in variables):
        return (Property("update", False, f"Not all {len(right.values[0])} variables were seen."),)
    properties = []
    for i, variable in enumerate(variables):
        moved = variable.values[-1].astype(np.float64) - variable.values[0]
        holds = agree(moved, right.values[-1][i] - right.values[0][i])
        if holds:
            what = "ends where right steps end"
        elif not variable.moved:
            what = "did not move"
        elif not np.all(np.isfinite(variable.values[-1])):
            what = "is NaN or infinite in the end"
        else:
            what = "moved, but does not end where right steps end"
        properties.append(Property("update", holds, f"{variable.name} {what}."))
    return tuple(properties)


# -- rating-curve: NaN from the branch that is not used ------------------------------

_CURVE = ("scale", "level", "exponent")


def _curve(parameters: Parameters, height: np.ndarray) -> np.ndarray:
    """The flow at each height: scale · (height − level)^exponent, and 0 below the level."""
    scale, level, exponent = (float(p) for p in parameters)
    above = np.maximum(height - level, 0)
    return scale * above**exponent


def _draw_curve(rng: np.random.Generator) -> Inputs:
    """Heights of which almost half are below the level, at the start and throughout."""
    while True:
        level = float(rng.uniform(0.8, 1.0))
        dry = rng.uniform(0.1, level - 0.2, 14)
        # Some are wet by little: they tell who sorts the rows at another level.
        wet = np.concatenate([rng.uniform(level + 0.3, level + 0.55, 6), rng.uniform(level + 0.5, 2.5, 10)])
        height = rng.permutation(np.concatenate([dry, wet])).astype(np.float32)
        true = (rng.uniform(2.0, 2.5), level, rng.uniform(1.6, 1.9))
        flow = _curve(true, height.astype(np.float64))
        # Some water is measured below the level as well: these rows count.
        flow += np.where(flow > 0, rng.normal(0, 0.1, 30), rng.uniform(0.8, 1.6, 30))
        inputs = {
            "height": height,
            "flow": flow.astype(np.float32),
            "start": [float(rng.uniform(1.2, 1.8)), level, float(rng.uniform(1.3, 1.7))],
            "rate": float(rng.uniform(0.008, 0.014)),
            "steps": int(rng.integers(4, 8)),
        }
        right = _right_curve(inputs)
        moves = [abs(float(b - a)) for a, b in zip(right.values[0], right.values[-1])]
        falls = right.losses[1] < 0.94 * right.losses[0]
        if falls and min(moves) > 0.01 and moves[1] < 0.25 and right.values[-1][2] > 1.1:
            return inputs


def _probe_curve(inputs: Inputs, fit: Callable[..., Any]) -> Observation:
    """Run ``fit(scale, level, exponent, height, flow, rate, steps)`` once."""
    import dataclasses

    import tensorflow as tf

    variables = [tf.Variable(value, name=name) for value, name in zip(inputs["start"], _CURVE)]
    height, flow = tf.constant(inputs["height"]), tf.constant(inputs["flow"])
    returned: list[Any] = []

    def run() -> None:
        returned.append(_numbers(fit(*variables, height, flow, inputs["rate"], inputs["steps"])))

    observation = observe(run, [()], variables)
    return dataclasses.replace(observation, returned={"losses": returned[0] if returned else None})


def _right_curve(inputs: Inputs) -> Trajectory:
    height, flow = inputs["height"].astype(np.float64), inputs["flow"].astype(np.float64)

    def loss(parameters: Parameters) -> float:
        return float(np.mean((_curve(parameters, height) - flow) ** 2))

    start = [np.asarray(value, dtype=np.float64) for value in inputs["start"]]
    return descend([loss] * inputs["steps"], start, sgd(inputs["rate"]))


def _judge_curve_losses(inputs: Inputs, observation: Observation) -> tuple[Property, ...]:
    if observation.error is not None:
        return (crashed(observation.error),)
    return (_judge_losses(observation, _right_curve(inputs).losses),)


def _judge_curve(inputs: Inputs, observation: Observation) -> tuple[Property, ...]:
    if observation.error is not None:
        return (crashed(observation.error),)
    right = _right_curve(inputs)
    return (*_judge_ends(observation, right), _judge_losses(observation, right.losses))


RATING_CURVE = Problem(
    name="rating-curve",
    title="A river below its lowest mark",
    kind="transfer",
    faults=("nan-in-unused-branch",),
    hints=(
        "Print the loss and the three gradients of the first step. Which of them is finite?",
        "What does the formula give for a height below the level, before tf.where drops it? And what does "
        "the backward pass make of it?",
        "Choosing between results is not enough. Choose the argument as well, so that the power never sees a "
        "number that it has no slope for.",
    ),
    tests=(
        Test("losses", 1, _draw_curve, _probe_curve, _judge_curve_losses),
        Test("update", 3, _draw_curve, _probe_curve, _judge_curve, hidden=True),
    ),
)


# -- layer-report: build the tool that finds the layer -------------------------------

_WORDS = ("inlet", "sieve", "settle", "sand", "carbon", "ozone", "blend", "tower", "valve", "outlet")

#: How each stack of layers misbehaves → the activation of its hidden layers.
_STACKS = {"fading": "sigmoid", "huge": "linear", "nan": "tanh", "infinite": "tanh"}

#: The steepness of the exponential in the "infinite" stack, and where it leaves float32.
_STEEP, _LARGEST = 400.0, float(np.finfo(np.float32).max)


def _draw_report(rng: np.random.Generator) -> Inputs:
    """Four stacks: gradients fade in one, are huge in one, and two have an operation that spoils two rows."""
    while True:
        x = rng.normal(0, 1, (20, 4)).astype(np.float32)
        stacks = {kind: _draw_stack(rng, kind) for kind in _STACKS}
        shifts = {kind: _shift(kind, stacks[kind], x) for kind in ("nan", "infinite")}
        if None not in shifts.values():
            break
    for kind, shift in shifts.items():
        stacks[kind]["shift"] = shift
    y = (2 + x[:, :1] - x[:, 1:2]).astype(np.float32)
    return {"stacks": stacks, "x": x, "y": y}


def _draw_stack(rng: np.random.Generator, kind: str) -> dict[str, Any]:
    """Weights and names of the layers of one stack, and where its own operation is (−1: nowhere)."""
    own = kind in ("nan", "infinite")
    hidden = int(rng.integers(3, 6) if own else rng.integers(5, 8))
    weights = draw_weights(rng, 4, *[5] * hidden, 1)
    if kind == "huge":
        weights[0::2] = [(4 * kernel).astype(np.float32) for kernel in weights[0::2]]
    return {
        "weights": weights,
        "names": [str(name) for name in rng.permutation(_WORDS)[: hidden + 1 + own]],
        # An infinite number survives no tanh: that operation comes last but one.
        "own_at": {"nan": int(rng.integers(1, hidden)), "infinite": hidden}.get(kind, -1),
    }


def _shift(kind: str, stack: dict[str, Any], x: np.ndarray) -> float | None:
    """What to add before the stack's own operation so that it spoils two rows, not the first or the last.

    ``None`` if that is not clearly possible with these rows.
    """
    a = x.astype(np.float64)
    for kernel, bias in zip(stack["weights"][0 : 2 * stack["own_at"] : 2], stack["weights"][1::2]):
        a = np.tanh(a @ kernel + bias)
    extreme = a.min(axis=1) if kind == "nan" else -a.max(axis=1)
    order = np.argsort(extreme)
    second, third = extreme[order[1]], extreme[order[2]]
    if {0, len(x) - 1} & {int(row) for row in order[:2]} or third - second < (
        0.02 if kind == "nan" else 0.005
    ):
        return None
    middle = float(second + third) / 2
    return -middle if kind == "nan" else float(np.log(_LARGEST)) / _STEEP + middle


def _probe_report(inputs: Inputs, report: Callable[..., Any]) -> Observation:
    """Run ``report(model, x, y)`` on each stack; the reports go to `returned` as plain lists."""
    import dataclasses

    import keras
    import tensorflow as tf

    class Own(keras.layers.Layer):
        def __init__(self, kind: str, **options: Any):
            super().__init__(**options)
            self.kind, self.shift = kind, inputs["stacks"][kind]["shift"]

        def call(self, values: Any) -> Any:
            values = values + self.shift
            return tf.math.log(values) if self.kind == "nan" else tf.exp(_STEEP * values)

    reports: dict[str, Any] = {}
    models = {}
    for kind, stack in inputs["stacks"].items():
        kernels, names = stack["weights"][0::2], list(stack["names"])
        layers: list[Any] = []
        for kernel in kernels:
            if len(layers) == stack["own_at"]:
                layers.append(Own(kind, name=names[len(layers)]))
            activation = None if kernel is kernels[-1] else _STACKS[kind]
            layers.append(keras.layers.Dense(kernel.shape[1], activation, name=names[len(layers)]))
        models[kind] = keras.Sequential([keras.Input((4,)), *layers])
        models[kind].set_weights(stack["weights"])
    x, y = tf.constant(inputs["x"]), tf.constant(inputs["y"])

    def run(kind: str) -> None:
        reports[kind] = _plain_report(report(models[kind], x, y))

    variables = {f"{kind}/{v.path}": v for kind, model in models.items() for v in model.variables}
    observation = observe(run, [(kind,) for kind in models], variables)
    return dataclasses.replace(observation, returned={"reports": reports})


def _plain_report(result: Any) -> list[Any]:
    """The entries of a report as lists of plain values; what does not fit becomes ``None``."""
    try:
        return [_plain_entry(entry) for entry in list(result)[:50]]
    except Exception:  # a learner's object that only looks like a list
        return []


def _plain_entry(entry: Any) -> list[Any] | None:
    if not isinstance(entry, (tuple, list)) or len(entry) != 3:
        return None
    name, finite, norm = entry
    finite = np.asarray(finite)
    if norm is not None:
        norm = np.asarray(norm, dtype=np.float64)
        norm = float(norm.reshape(())) if norm.size == 1 else "no number"
    return [
        str(name),
        bool(finite) if finite.dtype == bool and finite.size == 1 else None,
        norm,
    ]


def _activated(kind: str, z: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Output and slope of the activation of a stack's hidden layers."""
    if _STACKS[kind] == "sigmoid":
        a = 1 / (1 + np.exp(-z))
        return a, a * (1 - a)
    if _STACKS[kind] == "tanh":
        return np.tanh(z), 1 - np.tanh(z) ** 2
    return z, np.ones_like(z)


def _right_report(kind: str, stack: dict[str, Any], x: np.ndarray, y: np.ndarray) -> list[list[Any]]:
    """The report of a stack by backpropagation in float64.

    A fading gradient is too small for central differences, so that it is the
    chain rule here. Norms are NaN where the loss is.
    """
    kernels = [w.astype(np.float64) for w in stack["weights"][0::2]]
    biases = [w.astype(np.float64) for w in stack["weights"][1::2]]
    entries: list[list[Any]] = []
    into, slopes = [], []
    a = x.astype(np.float64)
    for i, (kernel, bias) in enumerate(zip(kernels, biases)):
        if len(entries) == stack["own_at"]:
            with np.errstate(invalid="ignore"):
                a = np.log(a + stack["shift"]) if kind == "nan" else np.exp(_STEEP * (a + stack["shift"]))
            a[a > _LARGEST] = np.inf
            entries.append([stack["names"][len(entries)], bool(np.all(np.isfinite(a))), None])
        into.append(a)
        with np.errstate(invalid="ignore"):
            z = a @ kernel + bias
        a, slope = (z, np.ones_like(z)) if i == len(kernels) - 1 else _activated(kind, z)
        slopes.append(slope)
        entries.append([stack["names"][len(entries)], bool(np.all(np.isfinite(a))), np.nan])
    if not np.all(np.isfinite(a)):
        return entries
    delta = 2 * (a - y) / a.size
    norms = []
    for kernel, before, slope in zip(kernels[::-1], into[::-1], slopes[::-1]):
        delta = delta * slope
        norms.append(float(np.linalg.norm(before.T @ delta)))
        delta = delta @ kernel.T
    for entry, norm in zip(entries, norms[::-1], strict=True):
        entry[2] = norm
    return entries


def _judge_outputs(inputs: Inputs, observation: Observation) -> tuple[Property, ...]:
    """Whether names and finiteness are right in all reports."""
    if observation.error is not None:
        return (crashed(observation.error),)
    for kind, stack in inputs["stacks"].items():
        right = _right_report(kind, stack, inputs["x"], inputs["y"])
        seen = _seen_report(observation, kind)
        if seen is None or len(seen) != len(right):
            count = "no list" if seen is None else f"a list of {len(seen)}"
            message = f"For {len(right)} layers the report is {count}; it needs one entry a layer."
            return (Property("answer", False, message),)
        for i, (mine, theirs) in enumerate(zip(right, seen), 1):
            if theirs is None:
                message = f"Entry {i} of a report is not (name, True or False, number or None)."
                return (Property("answer", False, message),)
            if theirs[0] != mine[0]:
                message = f"Entry {i} of a report has the name {theirs[0][:40]!r}; it is not that layer's."
                return (Property("answer", False, message),)
            if theirs[1] is not mine[1]:
                word = {True: "finite", False: "not finite"}.get(theirs[1], "neither finite nor not")
                message = f"The output of layer {i} ({mine[0]}) of {len(right)} is reported as {word}."
                return (Property("answer", False, message + " It is otherwise."),)
    return (Property("answer", True, "Each layer has its name, and whether its output is finite."),)


def _seen_report(observation: Observation, kind: str) -> list[Any] | None:
    """One of the reports, each entry ``None`` or of the types it must have."""
    reports = observation.returned.get("reports")
    seen = reports.get(kind) if type(reports) is dict else None
    if type(seen) is not list:
        return None
    return [entry if _is_entry(entry) else None for entry in seen]


def _is_entry(entry: Any) -> bool:
    return (
        type(entry) is list
        and len(entry) == 3
        and type(entry[0]) is str
        and type(entry[1]) is bool
        and (entry[2] is None or type(entry[2]) is float)
    )


def _judge_report(inputs: Inputs, observation: Observation) -> tuple[Property, ...]:
    if observation.error is not None:
        return (crashed(observation.error),)
    norms = [_judge_norms(kind, inputs["stacks"][kind], inputs, observation) for kind in ("fading", "huge")]
    return (*_judge_outputs(inputs, observation), *norms, _judge_kernels(inputs, observation))


def _judge_norms(kind: str, stack: dict[str, Any], inputs: Inputs, observation: Observation) -> Property:
    """Whether the gradient norms of one stack are right, and its weights are left alone."""
    what = {"fading": "whose gradients fade", "huge": "whose gradients are huge"}[kind]
    moved = [v.name for v in observation.variables if v.moved]
    if moved or not observation.variables:
        return Property("update", False, "A report must leave the weights as they are; some of them moved.")
    right, seen = _right_report(kind, stack, inputs["x"], inputs["y"]), _seen_report(observation, kind)
    if seen is None or len(seen) != len(right) or None in seen:
        return Property("answer", False, f"For the model {what} there is no report with an entry a layer.")
    wrong = [a[0] for a, b in zip(right, seen) if b[2] is None or not agree(b[2], a[2])]
    if wrong:
        message = f"In the model {what}, the norm of {len(wrong)} of {len(right)} layers is not right."
        return Property("answer", False, message)
    return Property("answer", True, f"In the model {what}, every norm is right, from layer to layer.")


def _judge_kernels(inputs: Inputs, observation: Observation) -> Property:
    """Whether exactly the layers without a kernel have the norm ``None``."""
    for kind, stack in inputs["stacks"].items():
        seen = _seen_report(observation, kind)
        if seen is None or len(seen) != len(stack["names"]) or None in seen:
            return Property("answer", False, "Not every model has a report with an entry a layer.")
        if any((entry[2] is None) != (i == stack["own_at"]) for i, entry in enumerate(seen)):
            return Property(
                "answer", False, "The norm is None for a layer without a kernel, and for no other."
            )
    return Property("answer", True, "Every layer without a kernel has the norm None, and no other.")


LAYER_REPORT = Problem(
    name="layer-report",
    title="Which layer is it?",
    kind="build",
    faults=("vanishing-gradient", "exploding-gradient"),
    hints=(
        "A model that is called as a whole shows its last output only. Where do the outputs in between go?",
        "Hand x from layer to layer yourself, and look at each result. The gradients of all kernels come "
        "from one recording of the whole model.",
        "One loop for the outputs, one tape for the norms, then put them together; some layers have no "
        "kernel.",
    ),
    tests=(
        Test("outputs", 1, _draw_report, _probe_report, _judge_outputs),
        Test("norms", 3, _draw_report, _probe_report, _judge_report, hidden=True),
    ),
)


# -- which-number: name the fault ----------------------------------------------------

#: `autograder.problems.naming` makes these of the answers.
_KEY = {
    "A": "28e24fee6f12fee0",
    "B": "ec57528bb54607ea",
    "C": "9f5e6a1d4e9b516e",
    "D": "f6f77898e5822691",
    "E": "fd73874b48f8b17a",
}

WHICH_NUMBER = Problem(
    name="which-number",
    title="Five programs, five diagnoses",
    kind="name the fault",
    faults=("too-little-capacity", "dead-relu", "vanishing-gradient", "zero-initialised"),
    hints=(
        "Sort the programs by what their table says: exactly 0, tiny at the front, or healthy everywhere.",
        "Two tables look alike and have different causes. What are the kernels at the start, and which units "
        "are active?",
        "Where all gradients are healthy, ask what the model could say at all, and what its loss does. One "
        "of the five programs only looks suspicious.",
    ),
    tests=naming_tests(5, _KEY),
)


PROBLEMS = (RARE_ALARM, LAB_GAPS, RAW_UNITS, RATING_CURVE, LAYER_REPORT, WHICH_NUMBER)
