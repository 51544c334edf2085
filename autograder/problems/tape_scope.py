"""Assignment 01: what the tape records, and what it doesn't."""

import dataclasses
from collections.abc import Callable
from typing import Any

import numpy as np

from autograder.judging.networks import dense_forward, mean_squared_error
from autograder.judging.reference import Trajectory, agree, descend, numerical_gradient, sgd
from autograder.judging.steps import crashed, judge_steps
from autograder.judging.verdict import Property
from autograder.observing.observation import Observation
from autograder.observing.observer import observe
from autograder.problems.naming import naming_tests
from autograder.problems.problem import Inputs, Problem, Test
from autograder.problems.regression import MSE, draw_regression, probe_regression, right_regression

# -- sensor-step: the forward pass is outside the tape ---------------------------


def _judge_learns(inputs: Inputs, observation: Observation) -> tuple[Property, ...]:
    return judge_steps(observation, right_regression(inputs), MSE)[:1]


def _judge_step(inputs: Inputs, observation: Observation) -> tuple[Property, ...]:
    return judge_steps(observation, right_regression(inputs), MSE)


SENSOR_STEP = Problem(
    name="sensor-step",
    title="A sensor that stays uncalibrated",
    kind="repair",
    faults=("forward-outside-tape",),
    hints=(
        "Look at the weights before and after a step. Then print the gradients, before they are filtered.",
        "A tape records operations while its block is open. Which operation connects the weights with the "
        "loss, and is the block open when it runs?",
        "Move one line. The filter of the gradients then has nothing left to hide, and you can drop it.",
    ),
    tests=(
        Test("learns", 1, draw_regression, probe_regression, _judge_learns),
        Test("update", 3, draw_regression, probe_regression, _judge_step, hidden=True),
    ),
)


# -- penalised-step: a part of the loss is added after the block -------------------


def _draw_penalised(rng: np.random.Generator) -> Inputs:
    return {**draw_regression(rng), "strength": float(rng.uniform(0.2, 0.4))}


def _probe_penalised(inputs: Inputs, train_step: Callable[..., Any]) -> Observation:
    return probe_regression(inputs, train_step, inputs["strength"])


def _right_penalised(inputs: Inputs) -> Trajectory:
    def penalty(weights: Any) -> float:
        return inputs["strength"] * sum(float(np.sum(w**2)) for w in weights[0::2])

    return right_regression(inputs, penalty)


_PENALISED = "the mean squared error plus strength × the sum of the squared kernel entries"


def _judge_penalty_counts(inputs: Inputs, observation: Observation) -> tuple[Property, ...]:
    """Whether the kernels move differently from how they would without the penalty."""
    if observation.error is not None:
        return (crashed(observation.error),)
    without, right = right_regression(inputs), _right_penalised(inputs)
    ignored = []
    if len(observation.variables) != len(right.values[0]):
        return (Property("path", False, "The model's four variables were not all seen."),)
    for i, variable in enumerate(observation.variables):
        if i % 2:  # biases are not penalised
            continue
        if len(variable.values) != len(right.values):
            ignored.append(variable.name)
            continue
        moved = variable.values[-1] - variable.values[0].astype(np.float64)
        plain_move = without.values[-1][i] - without.values[0][i]
        share = right.values[-1][i] - without.values[-1][i]
        if not variable.moved or agree(moved, plain_move, scale=20 * float(np.linalg.norm(share))):
            ignored.append(variable.name)
    if ignored:
        names = " and ".join(ignored)
        message = f"The penalty leaves no trace in how {names} moved: they move as if strength were 0."
        return (Property("path", False, message),)
    return (Property("path", True, "The penalty changes how the kernels move."),)


def _judge_penalised(inputs: Inputs, observation: Observation) -> tuple[Property, ...]:
    if observation.error is not None:
        return (crashed(observation.error),)
    # A step without the penalty has a path to every variable as well: what
    # counts here is the path from the penalty.
    steps = judge_steps(observation, _right_penalised(inputs), _PENALISED)[1:]
    return (*_judge_penalty_counts(inputs, observation), *steps)


PENALISED_STEP = Problem(
    name="penalised-step",
    title="A penalty that costs nothing",
    kind="repair",
    faults=("loss-outside-tape",),
    hints=(
        "Train with strength 0 and with strength 10. The losses differ; do the weights?",
        "Which number is returned, and which number is differentiated? When was each part computed?",
        "Compute the whole loss while the tape is recording, and differentiate the whole loss.",
    ),
    tests=(
        Test("penalty", 1, _draw_penalised, _probe_penalised, _judge_penalty_counts),
        Test("update", 3, _draw_penalised, _probe_penalised, _judge_penalised, hidden=True),
    ),
)


# -- which-fault: name the fault ---------------------------------------------------

#: `autograder.problems.naming` makes these of the answers.
_KEY = {
    "A": "978c2f5e102c29fd",
    "B": "09660517bc4a3b12",
    "C": "6c5461c46da6680a",
    "D": "ad64de34aef18b20",
}


WHICH_FAULT = Problem(
    name="which-fault",
    title="Four programs, four diagnoses",
    kind="name the fault",
    faults=("forward-outside-tape", "loss-outside-tape", "unwatched-tensor"),
    hints=(
        "Read the table of each program first: for which variables is the gradient None?",
        "For each of them, follow the path from the variable to the number that is differentiated. "
        "Where on this path is the tape not recording?",
        "One of the four programs only looks suspicious. A program in which every variable follows "
        'its gradient has the fault "none" and an empty list.',
    ),
    tests=naming_tests(4, _KEY),
)


# -- thermistor: one recording, used again and again -------------------------------


def _draw_thermistor(rng: np.random.Generator) -> Inputs:
    resistance = rng.uniform(0.5, 3.0, 30).astype(np.float32)
    celsius = (25 - 12 * np.log(resistance) + rng.normal(0, 0.5, 30)).astype(np.float32)
    return {
        "resistance": resistance,
        "celsius": celsius,
        "start": [np.float32(rng.uniform(5, 15)), np.float32(rng.uniform(-5, 5))],
        "rate": float(rng.uniform(0.05, 0.2)),
        "steps": int(rng.integers(4, 8)),
    }


def _probe_thermistor(inputs: Inputs, calibrate: Callable[..., Any]) -> Observation:
    import tensorflow as tf

    offset, slope = (tf.Variable(float(v), name=n) for v, n in zip(inputs["start"], ("offset", "slope")))
    losses: list[float] = []

    def run() -> None:
        data = tf.constant(inputs["resistance"]), tf.constant(inputs["celsius"])
        returned = calibrate(offset, slope, *data, inputs["rate"], inputs["steps"])
        losses.extend(float(np.asarray(loss)) for loss in returned)

    seen = observe(run, [()], [offset, slope])
    return dataclasses.replace(seen, losses=(None,) * seen.steps, returned={"losses": losses})


def _right_thermistor(inputs: Inputs) -> Trajectory:
    def loss(parameters: Any) -> float:
        offset, slope = parameters
        return float(
            np.mean(
                (offset + slope * np.log(inputs["resistance"].astype(np.float64)) - inputs["celsius"]) ** 2
            )
        )

    start = [np.asarray(v, dtype=np.float64) for v in inputs["start"]]
    return descend([loss] * inputs["steps"], start, sgd(inputs["rate"]))


def _returned_losses(observation: Observation) -> list[float] | None:
    """The list of losses, or ``None``: what a student's process says may be anything."""
    losses = observation.returned.get("losses")
    if type(losses) is not list or not all(type(loss) is float for loss in losses):
        return None
    return losses


def _judge_thermistor_falls(inputs: Inputs, observation: Observation) -> tuple[Property, ...]:
    """Whether the returned losses fall from step to step."""
    if observation.error is not None:
        return (crashed(observation.error),)
    losses = _returned_losses(observation)
    if losses is None:
        return (Property("loss", False, "What you returned is not a list of numbers."),)
    if len(losses) != inputs["steps"]:
        return (
            Property(
                "loss",
                False,
                f"{inputs['steps']} steps should give as many losses; you returned {len(losses)}.",
            ),
        )
    right = _right_thermistor(inputs)
    if agree(np.array(losses), np.array(right.losses)):
        return (Property("loss", True, "The losses fall, step by step, as gradient descent says."),)
    if len(set(losses)) == 1:
        return (
            Property(
                "loss", False, f"All {len(losses)} returned losses are the same number, {losses[0]:.4g}."
            ),
        )
    shown = ", ".join(f"{v:.4g}" for v in losses)
    return (
        Property(
            "loss", False, f"The returned losses ({shown}) are not those of gradient descent on this data."
        ),
    )


def _judge_thermistor(inputs: Inputs, observation: Observation) -> tuple[Property, ...]:
    """Where `offset` and `slope` are after all steps."""
    if observation.error is not None:
        return (crashed(observation.error),)
    right = _right_thermistor(inputs)
    properties = []
    for i, variable in enumerate(observation.variables[:2]):
        if not variable.values:
            continue
        moved = variable.values[-1].astype(np.float64) - variable.values[0]
        holds = agree(moved, right.values[-1][i] - right.values[0][i])
        if holds:
            message = f"{variable.name} ends where {inputs['steps']} steps of gradient descent end."
        elif not variable.moved:
            message = f"{variable.name} did not move in {inputs['steps']} steps."
        else:
            first, last = float(variable.values[0]), float(variable.values[-1])
            message = (
                f"{variable.name} went from {first:.4g} to {last:.4g}; "
                f"that is not where {inputs['steps']} steps of gradient descent end."
            )
        properties.append(Property("update", holds, message))
    if len(properties) != 2:
        return (Property("update", False, "The two variables, offset and slope, were not both seen."),)
    return (*properties, *_judge_thermistor_falls(inputs, observation))


THERMISTOR = Problem(
    name="thermistor",
    title="A thermometer that runs away",
    kind="transfer",
    faults=("tape-used-twice",),
    hints=(
        "Print the two gradients in every step. How do they change while offset and slope change?",
        "Gradients come from what the tape recorded. How often does this code record, and with which values?",
        "Record anew in every step: the block belongs inside the loop. One call gives both gradients.",
    ),
    tests=(
        Test("losses", 1, _draw_thermistor, _probe_thermistor, _judge_thermistor_falls),
        Test("update", 3, _draw_thermistor, _probe_thermistor, _judge_thermistor, hidden=True),
    ),
)


# -- sensitivity: build a step that also differentiates its input ------------------


def _probe_sensitivity(inputs: Inputs, step: Callable[..., Any]) -> Observation:
    """Keep both results of the step: the loss goes to `losses`, the rest to `returned`."""
    sensitivities: list[np.ndarray] = []

    def train_step(*arguments: Any) -> Any:
        loss, sensitivity = step(*arguments)
        sensitivities.append(None if sensitivity is None else np.array(sensitivity, dtype=np.float64))
        return loss

    return dataclasses.replace(
        probe_regression(inputs, train_step), returned={"sensitivities": sensitivities}
    )


def _sensitivity(observation: Observation, step: int) -> np.ndarray | None:
    """What the learner returned as sensitivity in one step, or ``None`` if that is no array."""
    sensitivities = observation.returned.get("sensitivities")
    if type(sensitivities) is not list or len(sensitivities) <= step:
        return None
    return sensitivities[step] if type(sensitivities[step]) is np.ndarray else None


def _is_sensitivity(seen: np.ndarray | None, inputs: Inputs, step: int, right: Trajectory) -> bool:
    """Whether an array is ∂loss/∂x of one step, before its update."""
    if seen is None:
        return False
    x, y = inputs["batches"][step]
    weights = right.values[step]
    expected = numerical_gradient(lambda p: mean_squared_error(y, dense_forward(weights, p[0])), [x])[0]
    return agree(seen, expected)


def _judge_shape(inputs: Inputs, observation: Observation) -> tuple[Property, ...]:
    if observation.error is not None:
        return (crashed(observation.error),)
    first = _sensitivity(observation, 0)
    expected = inputs["batches"][0][0].shape
    if first is None:
        return (
            Property(
                "path", False, "The sensitivity is None: the tape has no path from the loss to the input."
            ),
        )
    if first.shape != expected:
        message = (
            f"The sensitivity has shape {first.shape}; one number for each entry of x has shape {expected}."
        )
        return (Property("answer", False, message),)
    if not np.any(first):
        return (Property("path", False, "Every entry of the sensitivity is 0."),)
    return (Property("answer", True, "The step returns one number for each entry of x, and not only zeros."),)


def _judge_sensitivity(inputs: Inputs, observation: Observation) -> tuple[Property, ...]:
    right = right_regression(inputs)
    properties = judge_steps(observation, right, MSE)
    if observation.error is not None:
        return properties
    wrong = [
        step + 1
        for step in range(len(inputs["batches"]))
        if not _is_sensitivity(_sensitivity(observation, step), inputs, step, right)
    ]
    if wrong:
        message = (
            f"In step {wrong[0]} of {len(inputs['batches'])} the sensitivity is not the derivative "
            "of that step's loss with respect to x, taken at the weights before the update."
        )
    else:
        message = "The sensitivity is the derivative of the loss with respect to x, in every step."
    return (*properties, Property("answer", not wrong, message, weight=2.0))


SENSITIVITY = Problem(
    name="sensitivity",
    title="Which reading matters?",
    kind="build",
    faults=("unwatched-tensor", "tape-used-twice"),
    hints=(
        "Variables are watched on their own. x is a tensor: print what the tape gives for it.",
        "Two things have to be said before the forward pass, or asked in one go after it: that x counts, "
        "and which derivatives you want from this recording.",
        "Watch x at the start of the block. Ask for the gradients of the variables and of x in one call.",
    ),
    tests=(
        Test("shape", 1, draw_regression, _probe_sensitivity, _judge_shape),
        Test("update", 3, draw_regression, _probe_sensitivity, _judge_sensitivity, hidden=True),
    ),
)


EXPLAIN = Problem(
    name="divided-loss",
    title="Why does a division stop the learning?",
    kind="explain",
    faults=("loss-outside-tape",),
    hints=(
        "Run the cell and look at what kind of gradient it prints.",
        "Which operation is the last one that the tape recorded?",
        "Say what the tape knows of the tensor that you differentiate, and what it would have to know.",
    ),
)

PROBLEMS = (SENSOR_STEP, PENALISED_STEP, THERMISTOR, SENSITIVITY, WHICH_FAULT, EXPLAIN)
