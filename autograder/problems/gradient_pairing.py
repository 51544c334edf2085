"""Assignment 04: every gradient to its own variable, and applied."""

import dataclasses
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from autograder.judging.networks import dense_forward, draw_weights, mean_squared_error
from autograder.judging.pairing import judge_pairing, moved_in, own_updates
from autograder.judging.reference import Parameters, Rule, Trajectory, agree, descend, sgd
from autograder.judging.steps import crashed, judge_path, judge_steps
from autograder.judging.verdict import Property
from autograder.observing.networks import dense_network
from autograder.observing.observation import Observation, VariableObservation
from autograder.observing.observer import observe
from autograder.problems.naming import naming_tests
from autograder.problems.problem import Inputs, Problem, Test
from autograder.problems.regression import MSE

# -- what the problems share: a translator between two microphones -----------------

_BANDS = 4
_ROWS = 24
_STEPS = 4
_NAMES = ("encoder", "decoder")
#: The translator's variables in its own order.
_VARIABLES = ("encoder/kernel", "encoder/bias", "decoder/kernel", "decoder/bias")

#: A loss as a function of the weights.
_Loss = Callable[[Parameters], float]


def _draw_bands(rng: np.random.Generator, rows: Sequence[int], leak: np.ndarray) -> list[list[np.ndarray]]:
    """Batches of [x, y], one for each number of rows: levels in `_BANDS` bands from two microphones.

    `leak` says how much of each band of the second microphone the first one hears.
    """
    batches = []
    for count in rows:
        y = rng.normal(0.7, 1.0, (count, _BANDS))
        x = np.tanh(y @ leak) + rng.normal(0, 0.1, y.shape)
        batches.append([x.astype(np.float32), y.astype(np.float32)])
    return batches


def _draw_leak(rng: np.random.Generator) -> np.ndarray:
    return 0.8 * np.eye(_BANDS) + rng.normal(0, 0.3, (_BANDS, _BANDS))


def _draw_translator(rng: np.random.Generator) -> Inputs:
    """Weights (encoder kernel and bias, decoder kernel and bias), rate, momentum and batches."""
    return {
        "weights": draw_weights(rng, _BANDS, _BANDS, _BANDS),
        "rate": float(rng.uniform(0.2, 0.4)),
        "momentum": float(rng.uniform(0.5, 0.9)),
        "batches": _draw_bands(rng, [_ROWS] * _STEPS, _draw_leak(rng)),
    }


def _losses(batches: Sequence[Sequence[np.ndarray]]) -> list[_Loss]:
    """The mean squared error of each batch, as a function of the weights."""

    def loss_on(x: np.ndarray, y: np.ndarray) -> _Loss:
        return lambda weights: mean_squared_error(y, dense_forward(weights, x))

    return [loss_on(x, y) for x, y in batches]


def _redraw(draw: Callable[[], Inputs], good: Callable[[Inputs], bool]) -> Inputs:
    """Draw until the faults of a problem show clearly on the inputs."""
    while True:
        inputs = draw()
        if good(inputs):
            return inputs


def _every_move_counts(right: Trajectory, least: Sequence[float] = (0.015,)) -> bool:
    """Whether each variable moves enough in each step of a right run, and stays away from its start.

    Movements that nearly cancel would be judged by their rounding. `least` has one
    entry for each variable, or one for all.
    """
    start = right.values[0]
    bounds = np.broadcast_to(least, len(start))
    return all(
        min(np.linalg.norm(after - before), np.linalg.norm(after - first)) > bound
        for starts, afters in zip(right.values, right.values[1:])
        for first, before, after, bound in zip(start, starts, afters, bounds)
    )


def _plain(inputs: Inputs) -> Rule:
    return sgd(inputs["rate"])


def _with_momentum(inputs: Inputs) -> Rule:
    return sgd(inputs["rate"], inputs["momentum"])


_MOMENTUM_RULE = "the step of the optimizer that was given, on its own gradient"


# -- swapped-bands: the gradients come in another order than the variables ---------


def _draw_swapped(rng: np.random.Generator) -> Inputs:
    return _redraw(
        lambda: _draw_translator(rng),
        lambda inputs: _every_move_counts(
            descend(_losses(inputs["batches"]), inputs["weights"], _with_momentum(inputs))
        ),
    )


def _probe_plain(inputs: Inputs, train_step: Callable[..., Any]) -> Observation:
    return _probe_steps({**inputs, "momentum": 0.0}, train_step)


def _probe_steps(inputs: Inputs, train_step: Callable[..., Any]) -> Observation:
    """Run ``train_step(model, optimizer, x, y)`` on each batch, with a fresh translator."""
    import keras
    import tensorflow as tf

    model = dense_network(inputs["weights"], names=_NAMES)
    optimizer = keras.optimizers.SGD(inputs["rate"], momentum=inputs["momentum"])
    optimizer.build(model.trainable_variables)
    batches = [(model, optimizer, tf.constant(x), tf.constant(y)) for x, y in inputs["batches"]]
    return observe(train_step, batches, model)


def _judge_swapped_pairing(inputs: Inputs, observation: Observation) -> tuple[Property, ...]:
    if observation.error is not None:
        return (crashed(observation.error),)
    losses = _losses(inputs["batches"])
    updates = own_updates(observation.variables, inputs["weights"], losses, _plain(inputs))
    return (judge_pairing(observation.variables, updates),)


def _judge_swapped(inputs: Inputs, observation: Observation) -> tuple[Property, ...]:
    if observation.error is not None:
        return (crashed(observation.error),)
    losses = _losses(inputs["batches"])
    right = descend(losses, inputs["weights"], _with_momentum(inputs))
    updates = own_updates(observation.variables, inputs["weights"], losses, _with_momentum(inputs))
    pairing = judge_pairing(observation.variables, updates, rule_name=_MOMENTUM_RULE)
    return (pairing, *judge_steps(observation, right, MSE, _MOMENTUM_RULE)[1:])


SWAPPED_BANDS = Problem(
    name="swapped-bands",
    title="A translator that unlearns",
    kind="repair",
    faults=("reordered-pairs",),
    hints=(
        "Gradients are finite, weights move, and still it gets worse. Whose gradient does each variable get?",
        "Write down the names in the order in which the gradients are asked for, and beside them the names "
        "in the order in which they are applied.",
        "Use one list, in one order, twice: once to ask for the gradients and once to pair them. Which order "
        "it is doesn't matter.",
    ),
    tests=(
        Test("pairing", 1, _draw_swapped, _probe_plain, _judge_swapped_pairing),
        Test("update", 3, _draw_swapped, _probe_steps, _judge_swapped, hidden=True),
    ),
)


# -- layer-rates: a rate for each layer, and a zip that stops too early ------------


def _draw_rates(rng: np.random.Generator) -> Inputs:
    def draw() -> Inputs:
        rates = [rng.uniform(0.03, 0.04), rng.uniform(0.07, 0.09), rng.uniform(0.15, 0.2)]
        inputs = _draw_translator(rng)
        # A far-off level: every variable has a long way to go, the gain as well.
        inputs["weights"][3] = rng.uniform(0.4, 0.8, _BANDS).astype(np.float32)
        inputs["batches"] = [[x, y + np.float32(3)] for x, y in inputs["batches"]]
        return {
            **inputs,
            "gain": float(rng.uniform(0.6, 1.2)),
            "rates": [float(rates[i]) for i in rng.permutation(3)],
        }

    # The gain is one number, and its gradient a sum in which much cancels.
    least = (0.01, 0.01, 0.01, 0.01, 0.04)
    return _redraw(draw, lambda inputs: _every_move_counts(_right_rates(inputs), least))


def _probe_rates(inputs: Inputs, layered_step: Callable[..., Any]) -> Observation:
    import tensorflow as tf

    model = dense_network(inputs["weights"], names=_NAMES)
    gain = tf.Variable(inputs["gain"], name="gain")
    rates = list(inputs["rates"])
    batches = [(model, gain, rates, tf.constant(x), tf.constant(y)) for x, y in inputs["batches"]]
    watched = dict(zip(_VARIABLES, model.trainable_variables))
    seen = observe(layered_step, batches, {**watched, "gain": gain})
    return dataclasses.replace(seen, returned={"rates left alone": rates == inputs["rates"]})


def _rates_start(inputs: Inputs) -> list[np.ndarray]:
    return [*inputs["weights"], np.asarray(inputs["gain"], dtype=np.float64)]


def _rates_losses(inputs: Inputs) -> list[_Loss]:
    def loss_on(x: np.ndarray, y: np.ndarray) -> _Loss:
        return lambda p: mean_squared_error(y, p[4] * dense_forward(p[:4], x))

    return [loss_on(x, y) for x, y in inputs["batches"]]


def _rates_rule(inputs: Inputs) -> Rule:
    encoder, decoder, gain = inputs["rates"]
    rates = (encoder, encoder, decoder, decoder, gain)
    return lambda gradients: [-rate * g for rate, g in zip(rates, gradients, strict=True)]


def _right_rates(inputs: Inputs) -> Trajectory:
    return descend(_rates_losses(inputs), _rates_start(inputs), _rates_rule(inputs))


def _judge_rates_reach(inputs: Inputs, observation: Observation) -> tuple[Property, ...]:
    """Whether each variable moves along its own gradient, whatever the distance."""
    if observation.error is not None:
        return (crashed(observation.error),)
    variables = observation.variables
    updates = own_updates(variables, _rates_start(inputs), _rates_losses(inputs), _rates_rule(inputs))
    if updates is None:
        return (Property("registration", False, "The five variables were not all seen in every step."),)
    reasons = {v.name: _reach(v, i, updates) for i, v in enumerate(variables)}
    bad = {name: reason for name, reason in reasons.items() if reason}
    if bad:
        said = "; ".join(f"{name} {reason}" for name, reason in bad.items())
        return (Property("pairing", False, f"Not every variable follows its own gradient: {said}."),)
    return (Property("pairing", True, "Each of the five variables moves against its own gradient."),)


def _reach(variable: VariableObservation, i: int, updates: list[list[np.ndarray]]) -> str:
    """What is wrong with a variable's directions, in words; empty if nothing is."""
    for step, update in enumerate(updates):
        moved, wanted = moved_in(variable, step), update[i]
        size = float(np.linalg.norm(moved))
        if size == 0:
            return f"does not move in step {step + 1}"
        unit = float(np.linalg.norm(wanted)) or 1.0
        if not np.isfinite(size) or not agree(moved / size, wanted / unit):
            return f"moves in another direction in step {step + 1}"
    return ""


_RATES_MSE = "the mean squared error of gain × the model's output"
_RATES_RULE = "−(its rate) × its own gradient"


def _judge_rates(inputs: Inputs, observation: Observation) -> tuple[Property, ...]:
    if observation.error is not None:
        return (crashed(observation.error),)
    variables = observation.variables
    updates = own_updates(variables, _rates_start(inputs), _rates_losses(inputs), _rates_rule(inputs))
    return (
        judge_pairing(variables, updates, ("encoder/bias", "decoder/kernel"), _RATES_RULE),
        judge_pairing(variables, updates, ("decoder/bias",), _RATES_RULE),
        judge_pairing(variables, updates, ("gain",), _RATES_RULE),
        *judge_steps(observation, _right_rates(inputs), _RATES_MSE, _RATES_RULE)[1:],
        _judge_rates_left_alone(observation),
    )


def _judge_rates_left_alone(observation: Observation) -> Property:
    if observation.returned.get("rates left alone") is True:
        return Property("answer", True, "The list of rates is as it was.", weight=0.0)
    return Property("answer", False, "The list `rates` is no longer as it was before the calls.")


LAYER_RATES = Problem(
    name="layer-rates",
    title="Five variables, three rates",
    kind="repair",
    faults=("truncated-pairs", "incomplete-variable-list"),
    hints=(
        "List the five variables and how far each one moves in one step. Which move by exactly 0?",
        "Count the entries of everything that goes into the zip. A zip is as long as the shortest of them. "
        "And which variable is in no list at all?",
        "Build one list of all five variables and one list of five rates in the same order; then say "
        "strict=True, so that a length that differs raises.",
    ),
    tests=(
        Test("reach", 1, _draw_rates, _probe_rates, _judge_rates_reach),
        Test("update", 4, _draw_rates, _probe_rates, _judge_rates, hidden=True),
    ),
)


# -- duet-step: a zip that is used up, and an update that is overwritten -----------


def _draw_duet(rng: np.random.Generator) -> Inputs:
    def draw() -> Inputs:
        limit = float(rng.uniform(0.4, 0.6))
        inputs = _draw_translator(rng)
        # What must not be limited begins beyond the limit, what must be limited below it.
        signs = rng.choice([-1, 1], (3, _BANDS))
        first, bias = inputs["weights"][0], (signs[:2] * rng.uniform(0.7, 1.0, (2, _BANDS)))
        first[0] = 1.5 * limit * signs[2]
        kernel = rng.uniform(-0.95 * limit, 0.95 * limit, (_BANDS, _BANDS))
        return {
            **inputs,
            "weights": [first, *(w.astype(np.float32) for w in (bias[0], kernel, bias[1]))],
            "rates": [float(rng.uniform(0.1, 0.2)), float(rng.uniform(0.35, 0.5))],
            "momenta": [float(rng.uniform(0.7, 0.9)), float(rng.uniform(0.2, 0.4))],
            "limit": limit,
        }

    def good(inputs: Inputs) -> bool:
        right, free = _right_duet(inputs), _right_duet({**inputs, "limit": 1e6})
        if not _every_move_counts(right):
            return False
        moved = right.values[-1][2] - right.values[0][2]
        cut = free.values[-1][2] - right.values[-1][2]
        free_entries = np.mean(np.abs(right.values[-1][2]) < inputs["limit"])
        return free_entries >= 0.4 and np.linalg.norm(cut) > 0.2 * np.linalg.norm(moved)

    return _redraw(draw, good)


def _probe_duet(inputs: Inputs, duet_step: Callable[..., Any]) -> Observation:
    import keras
    import tensorflow as tf

    model = dense_network(inputs["weights"], names=_NAMES)
    encoder, decoder = model.layers
    optimizers = []
    for layer, rate, momentum in zip(model.layers, inputs["rates"], inputs["momenta"]):
        optimizer = keras.optimizers.SGD(rate, momentum=momentum)
        optimizer.build(layer.trainable_variables)
        optimizers.append(optimizer)
    batches = [
        (encoder, decoder, *optimizers, tf.constant(x), tf.constant(y), inputs["limit"])
        for x, y in inputs["batches"]
    ]
    return observe(duet_step, batches, dict(zip(_VARIABLES, model.trainable_variables)))


def _duet_rule(inputs: Inputs) -> Rule:
    """The two optimizers, without the limit."""
    encoder, decoder = (sgd(rate, m) for rate, m in zip(inputs["rates"], inputs["momenta"]))
    return lambda gradients: [*encoder(gradients[:2]), *decoder(gradients[2:])]


def _limited(values: Sequence[np.ndarray], limit: float) -> list[np.ndarray]:
    return [np.clip(v, -limit, limit) if i == 2 else v for i, v in enumerate(values)]


def _right_duet(inputs: Inputs) -> Trajectory:
    rule = _duet_rule(inputs)
    values = [tuple(np.array(w, dtype=np.float64) for w in inputs["weights"])]
    seen: list[float] = []
    for loss in _losses(inputs["batches"]):
        step = descend([loss], values[-1], rule)
        seen += step.losses
        values.append(tuple(_limited(step.values[1], inputs["limit"])))
    return Trajectory(tuple(seen), tuple(values))


_DUET_RULE = "the step of its own optimizer, then the limit for decoder/kernel"


def _judge_duet_moves(inputs: Inputs, observation: Observation) -> tuple[Property, ...]:
    if observation.error is not None:
        return (crashed(observation.error),)
    right = _right_duet(inputs)
    if len(observation.variables) != len(right.values[0]):
        return (Property("registration", False, "The four variables were not all seen."),)
    return (judge_path(observation.variables, right),)


def _judge_duet(inputs: Inputs, observation: Observation) -> tuple[Property, ...]:
    if observation.error is not None:
        return (crashed(observation.error),)
    variables, losses = observation.variables, _losses(inputs["batches"])
    updates = own_updates(variables, inputs["weights"], losses, _duet_rule(inputs))
    if updates is not None:
        for step, update in enumerate(updates):
            before = [v.values[step].astype(np.float64) for v in variables]
            after = _limited([b + u for b, u in zip(before, update)], inputs["limit"])
            updates[step] = [a - b for a, b in zip(after, before)]
    return (
        judge_pairing(variables, updates, ("decoder/bias",), "the step of its own optimizer"),
        judge_pairing(variables, updates, ("decoder/kernel",), "the optimizer's step, then the limit"),
        *judge_steps(observation, _right_duet(inputs), MSE, _DUET_RULE)[1:],
    )


DUET_STEP = Problem(
    name="duet-step",
    title="Two optimizers, and only one plays",
    kind="repair",
    faults=("exhausted-zip", "overwritten-update"),
    hints=(
        "The decoder gets finite gradients and never moves. Print how many pairs each optimizer is given.",
        "A zip can be walked through once: who walks first, and what is left? Once that is mended, look at "
        "the value that the kernel is given at the end: when was it computed?",
        "Keep the pairs in a list. Compute the limited kernel from the value that the optimizer has just "
        "written, not from the one before.",
    ),
    tests=(
        Test("moves", 1, _draw_duet, _probe_duet, _judge_duet_moves),
        Test("update", 4, _draw_duet, _probe_duet, _judge_duet, hidden=True),
    ),
)


# -- best-weights: a copy is trained, and a second name is taken for a snapshot ----


_BATCHES = 7


def _draw_best(rng: np.random.Generator) -> Inputs:
    """Batches of which some are spoilt, so that the best weights are neither the last ones nor
    those at the first rise of the check error, nor those of the smallest training loss. The
    weights before all training are better than all of them, and don't count.
    """

    def draw() -> Inputs:
        inputs, leak = _draw_translator(rng), _draw_leak(rng)
        batches = _draw_bands(rng, [_ROWS] * _BATCHES, leak)
        for i in (0, 1, 3, _BATCHES - 2):
            batches[i][1] = -2 * batches[i][1]  # too loud, a plug with its poles the wrong way round
        batches[-1] = [0.1 * side for side in batches[-1]]  # hardly anything recorded
        check = _draw_bands(rng, [40], leak)[0]
        return {**inputs, "momentum": 0.3, "batches": batches, "check": check}

    def good(inputs: Inputs) -> bool:
        right = _right_best(inputs)
        checks = _right_checks(inputs, right)
        best = int(np.argmin(checks))
        others = np.delete(checks, best)
        return (
            1 < best < _BATCHES - 2
            and others.min() > 1.05 * checks[best]
            and _losses([inputs["check"]])[0](inputs["weights"]) < 0.95 * checks[best]
            and checks[1] > 1.05 * checks[0]
            and int(np.argmin(right.losses)) not in (best, best + 1)
        )

    return _redraw(draw, good)


def _right_best(inputs: Inputs) -> Trajectory:
    return descend(_losses(inputs["batches"]), inputs["weights"], _with_momentum(inputs))


def _right_checks(inputs: Inputs, right: Trajectory) -> np.ndarray:
    """The loss on the check data after each step."""
    (loss,) = _losses([inputs["check"]])
    return np.array([loss(values) for values in right.values[1:]])


def _probe_best(inputs: Inputs, train_keeping_best: Callable[..., Any]) -> Observation:
    import keras
    import tensorflow as tf

    model = dense_network(inputs["weights"], names=_NAMES)
    optimizer = keras.optimizers.SGD(inputs["rate"], momentum=inputs["momentum"])
    returned: list[Any] = []

    def run() -> None:
        batches = [(tf.constant(x), tf.constant(y)) for x, y in inputs["batches"]]
        checks = train_keeping_best(model, optimizer, batches, *map(tf.constant, inputs["check"]))
        returned.extend(float(np.asarray(value).reshape(())) for value in checks)

    seen = observe(run, [()], model)
    return dataclasses.replace(seen, losses=(None,) * seen.steps, returned={"checks": returned})


def _judge_best_checks(inputs: Inputs, observation: Observation) -> tuple[Property, ...]:
    """Whether the check losses are those of the model that should be trained."""
    if observation.error is not None:
        return (crashed(observation.error),)
    checks = observation.returned.get("checks")
    if type(checks) is not list or not all(type(value) is float for value in checks):
        return (Property("loss", False, "What you returned is not a list of numbers."),)
    if len(checks) != _BATCHES:
        message = f"{_BATCHES} batches should give as many check losses; you returned {len(checks)}."
        return (Property("loss", False, message),)
    right = _right_checks(inputs, _right_best(inputs))
    wrong = [i for i, (a, b) in enumerate(zip(checks, right), 1) if not agree(a, b)]
    if wrong:
        message = (
            f"Check loss {wrong[0]} of {_BATCHES} ({checks[wrong[0] - 1]:.4g}) is not that of the model "
            "you were given, after one step of the optimizer for each batch so far."
        )
        return (Property("loss", False, message),)
    return (Property("loss", True, "The check losses are those of the model that you were given."),)


def _judge_best(inputs: Inputs, observation: Observation) -> tuple[Property, ...]:
    if observation.error is not None:
        return (crashed(observation.error),)
    right = _right_best(inputs)
    best = int(np.argmin(_right_checks(inputs, right)))
    variables = observation.variables
    whole = len(variables) == len(right.values[0]) and all(v.values for v in variables)
    if not whole:
        return (Property("registration", False, "The model's four variables were not all seen."),)
    return (_judge_kept(variables, right, best), *_judge_best_checks(inputs, observation))


def _judge_kept(variables: Sequence[VariableObservation], right: Trajectory, best: int) -> Property:
    """Whether the model holds the weights after step `best` (counted from 0)."""
    holding = [step for step in range(len(right.values)) if _holds(variables, right, step)]
    if best + 1 in holding:
        return Property("update", True, "The model ends with the weights of its best check loss.", 2.0)
    if not any(v.moved for v in variables):
        message = "The model that you were given has not moved at all."
    elif len(right.values) - 1 in holding:
        message = "The model ends with the weights of the last batch, and these are not its best."
    elif holding:
        message = "The model ends with weights that it had at another time than at its best."
    else:
        message = "The model ends with weights that it should not have had after any batch."
    return Property("update", False, message, 2.0)


def _holds(variables: Sequence[VariableObservation], right: Trajectory, step: int) -> bool:
    """Whether all variables are now where a right run has them after so many steps."""
    return all(
        agree(v.values[-1] - v.values[0].astype(np.float64), at - start)
        for v, at, start in zip(variables, right.values[step], right.values[0])
    )


BEST_WEIGHTS = Problem(
    name="best-weights",
    title="The best weights, lost",
    kind="transfer",
    faults=("trained-a-copy",),
    hints=(
        "Compare the model's kernels before and after the call with numbers that you copied yourself.",
        "Three things are called the model here: the one that was given, the one that is trained, the one "
        "that is remembered. Which of them share their weights, and which don't?",
        "Train the model that was given. Remember numbers, not variables: a list of variables changes along "
        "with the model.",
    ),
    tests=(
        Test("checks", 1, _draw_best, _probe_best, _judge_best_checks),
        Test("kept", 3, _draw_best, _probe_best, _judge_best, hidden=True),
    ),
)


# -- in-parts: build one step from a batch that comes in parts ---------------------


def _draw_parts(rng: np.random.Generator) -> Inputs:
    """Batches in three parts of unequal size, each with a level of its own."""

    def draw() -> Inputs:
        leak = _draw_leak(rng)
        batches = []
        for _ in range(3):
            parts = _draw_bands(rng, rng.permutation([5, 9, 18]).tolist(), leak)
            for part in parts:
                part[1] += rng.normal(0, 1, _BANDS).astype(np.float32)
            batches.append(parts)
        return {**_draw_translator(rng), "batches": batches}

    def good(inputs: Inputs) -> bool:
        even = [lambda w, parts=p: np.mean([f(w) for f in _losses(parts)]) for p in inputs["batches"]]
        right = _right_parts(inputs)
        other = descend(even, inputs["weights"], _with_momentum(inputs))
        first = zip(right.values[0], right.values[1], other.values[1])
        return _every_move_counts(right) and all(
            np.linalg.norm(c - b) > 0.05 * np.linalg.norm(b - a) for a, b, c in first
        )

    return _redraw(draw, good)


def _parts_losses(inputs: Inputs) -> list[_Loss]:
    return _losses([[np.concatenate(side) for side in zip(*parts)] for parts in inputs["batches"]])


def _right_parts(inputs: Inputs) -> Trajectory:
    return descend(_parts_losses(inputs), inputs["weights"], _with_momentum(inputs))


def _probe_parts(inputs: Inputs, step_in_parts: Callable[..., Any]) -> Observation:
    import keras
    import tensorflow as tf

    model = dense_network(inputs["weights"], names=_NAMES)
    optimizer = keras.optimizers.SGD(inputs["rate"], momentum=inputs["momentum"])
    optimizer.build(model.trainable_variables)
    batches = [
        (model, optimizer, [(tf.constant(x), tf.constant(y)) for x, y in parts])
        for parts in inputs["batches"]
    ]
    return observe(step_in_parts, batches, model)


_PARTS_MSE = "the mean squared error over the rows of all parts"


def _judge_parts_moves(inputs: Inputs, observation: Observation) -> tuple[Property, ...]:
    """Whether the first step moves each variable roughly where its gradient points."""
    if observation.error is not None:
        return (crashed(observation.error),)
    variables = observation.variables
    updates = own_updates(
        variables, inputs["weights"], _parts_losses(inputs), lambda gradients: [-g for g in gradients]
    )
    if updates is None:
        return (Property("registration", False, "The model's four variables were not all seen."),)
    still = [v.name for v in variables if not np.any(moved_in(v, 0))]
    away = [v.name for v, down in zip(variables, updates[0]) if not float(np.sum(moved_in(v, 0) * down)) > 0]
    if still:
        return (Property("update", False, f"After the first step, {', '.join(still)} did not move."),)
    if away:
        return (Property("update", False, f"{', '.join(away)}: the first step does not lead downhill."),)
    return (Property("update", True, "The first step moves every variable downhill."),)


def _judge_parts(inputs: Inputs, observation: Observation) -> tuple[Property, ...]:
    if observation.error is not None:
        return (crashed(observation.error),)
    losses = _parts_losses(inputs)
    updates = own_updates(observation.variables, inputs["weights"], losses, _with_momentum(inputs))
    pairing = judge_pairing(observation.variables, updates, rule_name=_MOMENTUM_RULE)
    return (pairing, *judge_steps(observation, _right_parts(inputs), _PARTS_MSE, _MOMENTUM_RULE)[1:])


IN_PARTS = Problem(
    name="in-parts",
    title="One step from a batch in parts",
    kind="build",
    faults=("gradients-not-applied", "unzipped-gradients"),
    hints=(
        "Gradients are computed and no weight moves. What does the line in the try raise, if you let it?",
        "Look at what the optimizer is handed. Then ask what a row counts for in the sum: as much in the "
        "smallest part as in the largest?",
        "Weight each part's gradients by its share of the rows, add them up variable by variable, then hand "
        "over pairs once. The loss is added up in the same way.",
    ),
    tests=(
        Test("moves", 1, _draw_parts, _probe_parts, _judge_parts_moves),
        Test("update", 3, _draw_parts, _probe_parts, _judge_parts, hidden=True),
    ),
)


# -- which-pairing: name the fault -------------------------------------------------

#: `autograder.problems.naming` makes these of the answers.
_KEY = {
    "A": "029e7dea0a3be34e",
    "B": "962a68360fda463c",
    "C": "b558f1837fefdf83",
    "D": "ca0650e632dd9c46",
    "E": "d2512ca527d9c819",
}


WHICH_PAIRING = Problem(
    name="which-pairing",
    title="Five programs, five diagnoses",
    kind="name the fault",
    faults=("unzipped-gradients", "reordered-pairs", "exhausted-zip", "trained-a-copy"),
    hints=(
        "Read the tables first: which variables have a finite gradient and moved by 0, and for which was no "
        "gradient asked?",
        "A table can look healthy. For each program write down, variable by variable, whose gradient it is "
        "given, and what becomes of the pair before and after the update.",
        'One of the programs only looks suspicious: there the fault is "none" and the list is empty. In the '
        "others, count how often each iterator is walked through, and which object is trained.",
    ),
    tests=naming_tests(5, _KEY),
)


PROBLEMS = (SWAPPED_BANDS, LAYER_RATES, DUET_STEP, BEST_WEIGHTS, IN_PARTS, WHICH_PAIRING)
