"""Assignment 10: compile, fit, train_step and the training flag."""

import dataclasses
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from autograder.judging.networks import dense_forward, draw_weights, mean_squared_error
from autograder.judging.reference import Rule, Trajectory, agree, descend, sgd
from autograder.judging.steps import crashed, judge_loss, judge_update
from autograder.judging.verdict import Property
from autograder.observing.networks import dense_network
from autograder.observing.observation import Observation, VariableObservation
from autograder.observing.observer import observe
from autograder.problems.naming import naming_tests
from autograder.problems.problem import Inputs, Problem, Test
from autograder.problems.regression import ROWS, draw_regression

_NAMES = ("base", "head")


def _loss_on(x: np.ndarray, y: np.ndarray) -> Callable[[Any], float]:
    return lambda weights: mean_squared_error(y, dense_forward(weights, x))


def _mixed_rates(rates: Sequence[float], momentum: float = 0.0) -> Rule:
    """Gradient descent, perhaps with momentum, with a rate of its own for each array."""
    velocity: list[np.ndarray] = []

    def update(gradients: list[np.ndarray]) -> list[np.ndarray]:
        before = velocity or [np.zeros_like(g) for g in gradients]
        pairs = zip(before, gradients, rates, strict=True)
        velocity[:] = [momentum * v - rate * g for v, g, rate in pairs]
        return list(velocity)

    return update


def _losses(observation: Observation, count: int) -> list[float] | None:
    """The returned list of losses, or ``None``: what a student's process says may be anything."""
    losses = observation.returned.get("losses")
    if type(losses) is not list or len(losses) != count or not all(type(loss) is float for loss in losses):
        return None
    return losses


def _judge_losses(observation: Observation, right: Sequence[float], each: str) -> Property:
    """Whether the returned list holds the right losses; `each` says what for, such as "epoch"."""
    losses = _losses(observation, len(right))
    if losses is None:
        message = f"You should return a list of {len(right)} numbers, a loss for each {each}."
        return Property("loss", False, message)
    wrong = [i for i, (a, b) in enumerate(zip(losses, right), 1) if not agree(a, b)]
    if wrong:
        message = (
            f"The returned loss of {each} {wrong[0]} ({losses[wrong[0] - 1]:.4g}) is not the mean squared "
            f"error before the update of that {each}. Were the weights where they should be by then?"
        )
        return Property("loss", False, message)
    return Property("loss", True, f"The returned loss is right for every {each}.")


def _judge_part(
    variables: Sequence[VariableObservation],
    part: str,
    start: Sequence[np.ndarray],
    end: Sequence[np.ndarray],
    where: str,
) -> Property:
    """Whether the variables of a layer went from `start` to `end` in one observed call."""
    wrong, still = [], []
    for variable, before, after in zip(variables, start, end):
        values = [np.asarray(v, dtype=np.float64) for v in variable.values]
        if len(values) != 2 or values[0].shape != before.shape:
            wrong.append(variable.name)
        elif not agree(values[1] - values[0], after - before):
            (wrong if variable.moved else still).append(variable.name)
    if not wrong and not still:
        return Property("update", True, f"{part} ends {where}.")
    said = [f"{', '.join(still)} did not move at all."] if still else []
    said += [f"{', '.join(wrong)} moved, but elsewhere."] if wrong else []
    return Property("update", False, f"{part} does not end {where}. {' '.join(said)}")


def _seen_all(observation: Observation, shapes: Sequence[tuple[int, ...]], steps: int) -> bool:
    values = [v.values for v in observation.variables]
    return len(values) == len(shapes) and all(
        len(v) == steps + 1 and all(a.shape == shape for a in v) for v, shape in zip(values, shapes)
    )


def _in_fits(property_: Property) -> Property:
    """The same property with words for a probe whose steps are calls of `fit`."""
    message = property_.message
    for steps, fits in (("n step", "n fit"), ("every step", "every fit"), ("eturned loss", "eported loss")):
        message = message.replace(steps, fits)
    return dataclasses.replace(property_, message=message.replace("the steps before", "the fits before"))


_NOT_SEEN = Property("registration", False, "The model's variables were not all seen.")

# -- late-compile: unfrozen, fitted, and only then compiled --------------------------


def _draw_late_compile(rng: np.random.Generator) -> Inputs:
    return {
        **draw_regression(rng),
        "first_rate": float(rng.uniform(0.02, 0.04)),
        "first_steps": int(rng.integers(2, 4)),
        "steps": int(rng.integers(5, 8)),
    }


def _probe_late_compile(inputs: Inputs, fine_tune: Callable[..., Any]) -> Observation:
    """Train the head on one table, the base frozen, and hand the model over for another table."""
    import keras

    model = dense_network(inputs["weights"], names=_NAMES)
    (x, y), (new_x, new_y), _ = inputs["batches"]
    model.get_layer("base").trainable = False
    model.compile(keras.optimizers.SGD(inputs["first_rate"]), "mse")
    for _ in range(inputs["first_steps"]):
        model.train_on_batch(x, y)
    losses: list[float] = []

    def run() -> None:
        returned = fine_tune(model, new_x, new_y, inputs["rate"], inputs["steps"])
        losses.extend(float(np.asarray(loss)) for loss in returned)

    variables = [getattr(model.get_layer(n), kind) for n in _NAMES for kind in ("kernel", "bias")]
    seen = observe(run, [()], variables)
    return dataclasses.replace(seen, losses=(None,) * seen.steps, returned={"losses": losses})


def _right_late_compile(inputs: Inputs) -> Trajectory:
    first, second, _ = inputs["batches"]
    rates = [0.0, 0.0, inputs["first_rate"], inputs["first_rate"]]
    losses = [_loss_on(*first)] * inputs["first_steps"]
    start = descend(losses, inputs["weights"], _mixed_rates(rates)).values[-1]
    return descend([_loss_on(*second)] * inputs["steps"], start, sgd(inputs["rate"]))


def _judge_base_moves(inputs: Inputs, observation: Observation) -> tuple[Property, ...]:
    if observation.error is not None:
        return (crashed(observation.error),)
    if not _seen_all(observation, [w.shape for w in inputs["weights"]], 1):
        return (_NOT_SEEN,)
    still = [v.name for v in observation.variables[:2] if not v.moved]
    message = f"{' and '.join(still)} did not move at all." if still else "The base moves."
    return (Property("update", not still, message),)


def _judge_late_compile(inputs: Inputs, observation: Observation) -> tuple[Property, ...]:
    if observation.error is not None:
        return (crashed(observation.error),)
    if not _seen_all(observation, [w.shape for w in inputs["weights"]], 1):
        return (_NOT_SEEN,)
    right = _right_late_compile(inputs)
    start, end = right.values[0], right.values[-1]
    where = f"where {inputs['steps']} steps of gradient descent at the new rate end"
    return (
        _judge_part(observation.variables[:2], "The base", start[:2], end[:2], where),
        _judge_part(observation.variables[2:], "The head", start[2:], end[2:], where),
        _judge_losses(observation, right.losses, "step"),
    )


LATE_COMPILE = Problem(
    name="late-compile",
    title="A base that never thaws",
    kind="repair",
    faults=("recompiled-late",),
    hints=(
        "Compare the weights of base and head before and after the call. Which of them moved, and which "
        "learning rate was used?",
        "Keras runs a graph that was made at the first batch after the last compile. What was trainable "
        "then, and which rate did the optimizer have?",
        "The order of three lines matters: what may move, how it should move, and the training itself. And "
        "an optimizer that has already worked knows the old variables only.",
    ),
    tests=(
        Test("base", 1, _draw_late_compile, _probe_late_compile, _judge_base_moves),
        Test("update", 3, _draw_late_compile, _probe_late_compile, _judge_late_compile, hidden=True),
    ),
)


# -- settled-base: frozen after a fit, without a compile -----------------------------


def _draw_settled(rng: np.random.Generator) -> Inputs:
    return {
        **draw_regression(rng),
        "rate": float(rng.uniform(0.02, 0.04)),
        "momentum": float(rng.uniform(0.75, 0.85)),
        "warm": int(rng.integers(2, 4)),
        "more": int(rng.integers(3, 5)),
    }


def _probe_settled(inputs: Inputs, train: Callable[..., Any]) -> Observation:
    model = dense_network(inputs["weights"], names=_NAMES)
    x, y = inputs["batches"][0]
    losses: list[float] = []

    def run() -> None:
        numbers = (inputs[key] for key in ("rate", "momentum", "warm", "more"))
        losses.extend(float(np.asarray(loss)) for loss in train(model, x, y, *numbers))

    variables = [getattr(model.get_layer(n), kind) for n in _NAMES for kind in ("kernel", "bias")]
    seen = observe(run, [()], variables)
    return dataclasses.replace(seen, losses=(None,) * seen.steps, returned={"losses": losses})


def _right_settled(inputs: Inputs) -> Trajectory:
    """Momentum for all; after the warm epochs the base stays, and the head's momentum goes on."""
    rule = sgd(inputs["rate"], inputs["momentum"])
    steps = 0

    def update(gradients: list[np.ndarray]) -> list[np.ndarray]:
        nonlocal steps
        steps += 1
        updates = rule(gradients)
        if steps > inputs["warm"]:
            return [*(np.zeros_like(u) for u in updates[:2]), *updates[2:]]
        return updates

    losses = [_loss_on(*inputs["batches"][0])] * (inputs["warm"] + inputs["more"])
    return descend(losses, inputs["weights"], update)


def _judge_settles(inputs: Inputs, observation: Observation) -> tuple[Property, ...]:
    if observation.error is not None:
        return (crashed(observation.error),)
    if not _seen_all(observation, [w.shape for w in inputs["weights"]], 1):
        return (_NOT_SEEN,)
    right = _right_settled(inputs)
    start, warm = right.values[0], right.values[inputs["warm"]]
    where = "where the first phase left it"
    return (_judge_part(observation.variables[:2], "The base", start[:2], warm[:2], where),)


def _judge_settled(inputs: Inputs, observation: Observation) -> tuple[Property, ...]:
    base = _judge_settles(inputs, observation)
    if observation.error is not None or base == (_NOT_SEEN,):
        return base
    right = _right_settled(inputs)
    start, end = right.values[0], right.values[-1]
    where = "where both phases with one unbroken momentum end"
    head = _judge_part(observation.variables[2:], "The head", start[2:], end[2:], where)
    return (*base, dataclasses.replace(head, weight=2.0), _judge_losses(observation, right.losses, "epoch"))


SETTLED_BASE = Problem(
    name="settled-base",
    title="A base that will not stand still",
    kind="repair",
    faults=("frozen-after-compile", "recompiled-late"),
    hints=(
        "Copy the base's kernel after the first phase and again at the end. Is it the same?",
        "When does fit look at trainable? And what would a new optimizer not know about the head that the "
        "old one knows?",
        "Make fit look again, and give it the very optimizer that has already worked. Freezing is the case "
        "in which it may be kept.",
    ),
    tests=(
        Test("base", 1, _draw_settled, _probe_settled, _judge_settles),
        Test("update", 3, _draw_settled, _probe_settled, _judge_settled, hidden=True),
    ),
)


# -- uneven-cost: a train_step that drops gradients and reports 0.0 ------------------

_FITS = 2


def _draw_uneven(rng: np.random.Generator) -> Inputs:
    """For each of two fits a table of two batches."""
    inputs = draw_regression(rng)
    tables = []
    for _ in range(_FITS):
        x = rng.normal(0, 1, (2 * ROWS, 4)).astype(np.float32)
        y = 2 + x[:, :1] - 1.5 * x[:, 1:2] + rng.normal(0, 0.3, (2 * ROWS, 1))
        tables.append([x, y.astype(np.float32)])
    return {"weights": inputs["weights"], "rate": float(rng.uniform(0.03, 0.06)), "tables": tables}


def _probe_uneven(inputs: Inputs, model_class: Callable[..., Any]) -> Observation:
    """Fit a model of the learner's class to each table in turn, one epoch of two batches each."""
    import keras

    layers = dense_network(inputs["weights"], names=_NAMES).layers
    made: list[Any] = []

    def run(x: Any, y: Any) -> Any:
        if not made:  # here, so that an error of the learner's is noted
            made.append(model_class([keras.Input((4,)), *layers]))
            made[0].compile(optimizer=keras.optimizers.SGD(inputs["rate"]))
        history = made[0].fit(x, y, batch_size=ROWS, epochs=1, shuffle=False, verbose=0).history
        return history["loss"][-1] if "loss" in history else None

    variables = [getattr(layer, kind) for layer in layers for kind in ("kernel", "bias")]
    return observe(run, [tuple(table) for table in inputs["tables"]], variables)


def _uneven_loss(x: np.ndarray, y: np.ndarray) -> Callable[[Any], float]:
    def loss(weights: Any) -> float:
        error = y - dense_forward(weights, x)
        return float(np.mean(np.where(error > 0, 3.0, 1.0) * error**2))

    return loss


def _right_uneven(inputs: Inputs) -> Trajectory:
    """One entry a fit: the mean of its two batches' losses, and the weights after both."""
    halves = [(x[i : i + ROWS], y[i : i + ROWS]) for x, y in inputs["tables"] for i in (0, ROWS)]
    steps = descend([_uneven_loss(x, y) for x, y in halves], inputs["weights"], sgd(inputs["rate"]))
    means = tuple(float(np.mean(steps.losses[i : i + 2])) for i in range(0, 2 * _FITS, 2))
    return Trajectory(means, steps.values[::2])


def _judge_uneven_moves(inputs: Inputs, observation: Observation) -> tuple[Property, ...]:
    if observation.error is not None:
        return (crashed(observation.error),)
    if not _seen_all(observation, [w.shape for w in inputs["weights"]], _FITS):
        return (_NOT_SEEN,)
    still = [v.name for v in observation.variables if not v.moved]
    said = f"{', '.join(still)} did not move in {_FITS} fits." if still else "Every variable moves."
    return (Property("update", not still, said),)


def _judge_uneven(inputs: Inputs, observation: Observation) -> tuple[Property, ...]:
    if observation.error is not None:
        return (crashed(observation.error),)
    if not _seen_all(observation, [w.shape for w in inputs["weights"]], _FITS):
        return (_NOT_SEEN,)
    right = _right_uneven(inputs)
    reported = judge_loss(observation, right, "the mean over the epoch of the batches' cost")
    update = judge_update(observation.variables, right)
    return dataclasses.replace(_in_fits(update), weight=2.0), _in_fits(reported)


UNEVEN_COST = Problem(
    name="uneven-cost",
    title="A forecast whose loss is perfect from the start",
    kind="repair",
    faults=("train-step-drops-gradients",),
    hints=(
        "fit reports a loss of 0.0. Compute the cost of a batch yourself, and compare the weights of each "
        "layer before and after a fit.",
        "Follow each gradient from the tape to the optimizer: which of them arrive? And where does fit take "
        "the number from that it shows as loss?",
        "Hand over all gradients with all trainable variables. Keep the cost in a metric that takes the mean "
        "over the epoch, and return its result.",
    ),
    tests=(
        Test("moves", 1, _draw_uneven, _probe_uneven, _judge_uneven_moves),
        Test("update", 3, _draw_uneven, _probe_uneven, _judge_uneven, hidden=True),
    ),
)


# -- denoiser: a forward pass that is not told that it trains ------------------------

_MOMENTUM, _EPSILON = 0.8, 1e-3
_PARTS = (
    "encoder/kernel", "encoder/bias", "norm/gamma", "norm/beta",
    "decoder/kernel", "decoder/bias", "norm/moving_mean", "norm/moving_variance",
)  # fmt: skip


def _draw_denoiser(rng: np.random.Generator) -> Inputs:
    """Weights and tables on which training mode and inference differ clearly, also in the loss."""
    while True:
        kernel, bias, out, out_bias = draw_weights(rng, 6, 3, 6)
        gamma, beta = rng.uniform(0.7, 1.3, 3), rng.normal(0, 0.2, 3)
        mean, variance = rng.normal(0, 0.3, 3), rng.uniform(0.5, 1.5, 3)
        mixing = rng.normal(0, 1, (2, 6))
        tables = []
        for _ in range(3):
            clean = rng.normal(0, 1, (20, 2)) @ mixing + rng.uniform(0.5, 1.5)
            noisy = clean + rng.normal(0, 0.3, clean.shape)
            tables.append([noisy.astype(np.float32), clean.astype(np.float32)])
        weights = [kernel, bias + 0.3, gamma, beta, out, out_bias, mean, variance]
        x, y = tables[0]
        in_training = mean_squared_error(y, _denoise(weights, x, *_code_statistics(weights, x)))
        in_inference = mean_squared_error(y, _denoise(weights, x, mean, variance))
        if abs(in_inference - in_training) > 0.05 * in_training:
            return {
                "weights": [w.astype(np.float32) for w in weights],
                "rate": float(rng.uniform(0.1, 0.2)),
                "tables": tables[:2],
                "fresh": tables[2][0][:5],
            }


def _probe_denoiser(inputs: Inputs, model_class: Callable[..., Any]) -> Observation:
    """Fit the learner's model to two tables, one batch each, and let it clean fresh signals."""
    import keras
    import tensorflow as tf

    try:
        model = model_class(6, 3)
        model(tf.constant(inputs["fresh"]))
        named = {name: getattr(getattr(model, name.split("/")[0]), name.split("/")[1]) for name in _PARTS}
        for name, value in zip(_PARTS, inputs["weights"]):
            named[name].assign(value)
        model.compile(keras.optimizers.SGD(inputs["rate"]), "mse")
    except Exception as error:  # the learner's class may raise anything
        from autograder.observing.failure import describe_failure

        return Observation(steps=0, error=describe_failure(error))
    cleaned: list[np.ndarray] = []

    def run(x: Any, y: Any) -> Any:
        loss = model.fit(x, y, batch_size=len(x), epochs=1, shuffle=False, verbose=0).history["loss"][-1]
        if x is inputs["tables"][-1][0]:
            # The second answer shows whether the first one changed anything.
            cleaned.extend(np.array(model(tf.constant(inputs["fresh"])), np.float64) for _ in range(2))
        return loss

    seen = observe(run, [tuple(table) for table in inputs["tables"]], named)
    return dataclasses.replace(seen, returned={"cleaned": cleaned})


def _denoise(
    weights: Sequence[np.ndarray], x: np.ndarray, mean: np.ndarray, variance: np.ndarray
) -> np.ndarray:
    kernel, bias, gamma, beta, out, out_bias = weights[:6]
    code = np.tanh(x @ kernel + bias)
    return ((code - mean) / np.sqrt(variance + _EPSILON) * gamma + beta) @ out + out_bias


def _code_statistics(weights: Sequence[np.ndarray], x: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    code = np.tanh(x @ weights[0] + weights[1])
    return code.mean(axis=0), code.var(axis=0)


def _right_denoiser(inputs: Inputs) -> Trajectory:
    """Weights by gradient descent through the batch statistics; moving statistics by their own rule."""
    values = [tuple(np.asarray(w, np.float64) for w in inputs["weights"])]
    losses = []
    for x, y in inputs["tables"]:
        x, y = x.astype(np.float64), y.astype(np.float64)
        loss = lambda w: mean_squared_error(y, _denoise(w, x, *_code_statistics(w, x)))  # noqa: B023, E731
        step = descend([loss], values[-1][:6], sgd(inputs["rate"]))
        moving = [
            _MOMENTUM * old + (1 - _MOMENTUM) * new
            for old, new in zip(values[-1][6:], _code_statistics(values[-1], x))
        ]
        values.append((*step.values[-1], *moving))
        losses.extend(step.losses)
    return Trajectory(tuple(losses), tuple(values))


_STATISTICS = "the batch's mean and variance, as BatchNormalization does in training"


def _judge_statistics_move(inputs: Inputs, observation: Observation) -> tuple[Property, ...]:
    if observation.error is not None:
        return (crashed(observation.error),)
    if not _seen_all(observation, [w.shape for w in inputs["weights"]], len(inputs["tables"])):
        return (_NOT_SEEN,)
    right = _right_denoiser(inputs)
    return (_statistics(observation, Trajectory(right.losses[:1], right.values[:2])),)


def _statistics(observation: Observation, right: Trajectory) -> Property:
    moving = dataclasses.replace(right, values=tuple(values[6:] for values in right.values))
    return _in_fits(judge_update(observation.variables[6:], moving, f"a share of {_STATISTICS}"))


def _judge_denoiser(inputs: Inputs, observation: Observation) -> tuple[Property, ...]:
    if observation.error is not None:
        return (crashed(observation.error),)
    if not _seen_all(observation, [w.shape for w in inputs["weights"]], len(inputs["tables"])):
        return (_NOT_SEEN,)
    right = _right_denoiser(inputs)
    weights = Trajectory(right.losses, tuple(values[:6] for values in right.values))
    update = judge_update(observation.variables[:6], weights)
    reported = judge_loss(observation, right, "the mean squared error of the batch in training mode")
    end = right.values[-1]
    expected = _denoise(end, inputs["fresh"].astype(np.float64), *end[6:])
    cleaned = observation.returned.get("cleaned")
    if type(cleaned) is not list or [type(c) for c in cleaned] != [np.ndarray, np.ndarray]:
        holds = False
    else:
        holds = all(agree(c, expected) for c in cleaned)
    message = (
        "After training, a plain call uses the moving statistics, and gives the same answer again."
        if holds
        else "After training, a plain call model(x) should use the trained weights and the moving "
        "statistics, and change nothing. It answers otherwise."
    )
    return (
        _statistics(observation, right),
        _in_fits(update),
        _in_fits(reported),
        Property("answer", holds, message),
    )


DENOISER = Problem(
    name="denoiser",
    title="A normalisation that never gets to know the data",
    kind="transfer",
    faults=("missing-training-flag",),
    hints=(
        "Print the moving mean and variance of norm before and after a fit.",
        "fit passes the training flag to whom? Follow the forward pass of train_step line by line: which "
        "call is told that it trains? And a plain model(x) afterwards must not be told so.",
        "Let the flag travel: from train_step through every method to the layer that needs it, and be absent "
        "when nobody says that this is training.",
    ),
    tests=(
        Test("statistics", 1, _draw_denoiser, _probe_denoiser, _judge_statistics_move),
        Test("update", 3, _draw_denoiser, _probe_denoiser, _judge_denoiser, hidden=True),
    ),
)


# -- two-rates: build a model whose fit trains two parts at two rates ----------------


def _draw_two_rates(rng: np.random.Generator) -> Inputs:
    return {
        **draw_regression(rng),
        "slow": float(rng.uniform(0.02, 0.03)),
        "fast": float(rng.uniform(0.08, 0.12)),
        "strength": float(rng.uniform(0.1, 0.2)),
    }


def _probe_two_rates(inputs: Inputs, build_model: Callable[..., Any]) -> Observation:
    import keras

    kernel, bias, out, out_bias = inputs["weights"]
    penalty = keras.regularizers.L2(inputs["strength"])
    base = keras.layers.Dense(len(bias), activation="tanh", kernel_regularizer=penalty, name="base")
    head = keras.layers.Dense(1, name="head")
    for layer, values in ((base, (kernel, bias)), (head, (out, out_bias))):
        layer.build((None, values[0].shape[0]))
        layer.set_weights(values)
    made: list[Any] = []

    def run(x: Any, y: Any) -> Any:
        if not made:  # here, so that an error of the learner's is noted
            made.append(build_model(base, head, inputs["slow"], inputs["fast"]))
        history = made[0].fit(x, y, batch_size=ROWS, epochs=1, shuffle=False, verbose=0).history
        return history["loss"][-1] if "loss" in history else None

    variables = [base.kernel, base.bias, head.kernel, head.bias]
    return observe(run, [tuple(batch) for batch in inputs["batches"]], variables)


def _right_two_rates(inputs: Inputs) -> Trajectory:
    def loss_on(x: np.ndarray, y: np.ndarray) -> Callable[[Any], float]:
        error = _loss_on(x, y)
        return lambda weights: error(weights) + inputs["strength"] * float(np.sum(weights[0] ** 2))

    rates = [inputs["slow"]] * 2 + [inputs["fast"]] * 2
    return descend([loss_on(x, y) for x, y in inputs["batches"]], inputs["weights"], _mixed_rates(rates))


_TWO_RATES = "−(its own rate) × gradient of the error plus penalty"


def _judge_first_rates(inputs: Inputs, observation: Observation) -> tuple[Property, ...]:
    if observation.error is not None:
        return (crashed(observation.error),)
    if not _seen_all(observation, [w.shape for w in inputs["weights"]], len(inputs["batches"])):
        return (_NOT_SEEN,)
    right = _right_two_rates(inputs)
    heads = Trajectory(right.losses[:1], tuple(values[2:] for values in right.values[:2]))
    return (_in_fits(judge_update(observation.variables[2:], heads, _TWO_RATES)),)


def _judge_two_rates(inputs: Inputs, observation: Observation) -> tuple[Property, ...]:
    if observation.error is not None:
        return (crashed(observation.error),)
    if not _seen_all(observation, [w.shape for w in inputs["weights"]], len(inputs["batches"])):
        return (_NOT_SEEN,)
    right = _right_two_rates(inputs)
    update = judge_update(observation.variables, right, _TWO_RATES)
    reported = judge_loss(observation, right, "the mean squared error plus the penalty, before the update")
    return dataclasses.replace(_in_fits(update), weight=2.0), _in_fits(reported)


TWO_RATES = Problem(
    name="two-rates",
    title="Slow below, fast above",
    kind="build",
    faults=("train-step-drops-gradients", "recompiled-late"),
    hints=(
        "Divide the movement of each layer in one fit by its gradient: the ratio is the rate that was used. "
        "It should be one number for base and another one for head.",
        "Keras gives one optimizer to all variables. Which method decides what a batch does, and what does "
        "the loss in it have to contain besides the error?",
        "Write your own train_step: the loss with the penalties of the layers, two lists of gradients, and "
        "for each list an optimizer of its own. Report the loss through a metric.",
    ),
    tests=(
        Test("head", 1, _draw_two_rates, _probe_two_rates, _judge_first_rates),
        Test("update", 4, _draw_two_rates, _probe_two_rates, _judge_two_rates, hidden=True),
    ),
)


# -- which-fit-fault: name the fault -------------------------------------------------

#: `autograder.problems.naming` makes these of the answers.
_KEY = {
    "A": "6d1dc2d3efda2787",
    "B": "07d05f886344e117",
    "C": "b558f1837fefdf83",
    "D": "d93237301a8b0162",
    "E": "45cdd886e44b495e",
}

WHICH_FAULT = Problem(
    name="which-fit-fault",
    title="Five programs, five diagnoses",
    kind="name the fault",
    faults=(
        "frozen-after-compile",
        "recompiled-late",
        "train-step-drops-gradients",
        "missing-training-flag",
    ),
    hints=(
        "Ask of each variable what the program means to do with it. Which move that should stand still, and "
        "which stand still that should move?",
        "For every line that sets trainable: was there a batch between the last compile and this line, and "
        "is there a compile between this line and the next batch?",
        "One of the five programs only looks suspicious. If every variable does what the program means it to "
        'do, the fault is "none" and the list is empty.',
    ),
    tests=naming_tests(5, _KEY),
)

PROBLEMS = (LATE_COMPILE, SETTLED_BASE, UNEVEN_COST, DENOISER, TWO_RATES, WHICH_FAULT)
