"""Assignment 02: where a value leaves TensorFlow, and where it may."""

import dataclasses
from collections.abc import Callable
from typing import Any

import numpy as np

from autograder.judging.networks import dense_forward, draw_weights, mean_squared_error
from autograder.judging.reference import Parameters, Trajectory, agree, descend, numerical_gradient, sgd
from autograder.judging.steps import DESCENT, judge_steps
from autograder.judging.stopping import with_constants
from autograder.judging.verdict import Property
from autograder.observing.networks import dense_network
from autograder.observing.observation import Observation
from autograder.observing.observer import observe
from autograder.problems.naming import naming_tests
from autograder.problems.problem import Inputs, Problem, Test

STEPS = 3
ROWS = 24

Loss = Callable[[Parameters], float]


def _steps(
    observation: Observation, right: Trajectory, loss_name: str, rule_name: str = DESCENT
) -> tuple[Property, ...]:
    """Path, loss and update; without the loss while a variable is cut off.

    Behind a cut the loss of the first steps may come out nearly right, and
    that is no merit: it is what makes these faults silent.
    """
    properties = judge_steps(observation, right, loss_name, rule_name)
    if len(properties) == 3 and not properties[0].holds:
        return properties[0], properties[2]
    return properties


def _draw_until(
    rng: np.random.Generator,
    draw: Callable[[np.random.Generator], Inputs],
    suits: Callable[[Inputs], bool],
) -> Inputs:
    """The first inputs that suit: on which right steps are calm, and wrong ones differ by enough to see."""
    while True:
        inputs = draw(rng)
        if suits(inputs):
            return inputs


def _is_calm(inputs: Inputs, right: Trajectory) -> bool:
    """Whether another machine's rounding makes no difference that counts.

    The loss stays in its range, so that no error grows from step to step. No
    gradient is close to 0, where it is a small difference of large numbers, and
    no variable comes back to near where it started.
    """
    if max(right.losses) > 1.3 * right.losses[0]:
        return False
    for start, *after in zip(*right.values):
        moved = [float(np.linalg.norm(value - start)) for value in after]
        if min(moved) < max(0.3 * moved[0], 0.15 * inputs["rate"]):
            return False
    return True


def _draw_rows(
    rng: np.random.Generator, weights: Parameters, fits: Callable[[np.ndarray], np.ndarray]
) -> np.ndarray:
    """`ROWS` rows of readings whose codes are all as wanted: ``fits(codes)`` → one bool a row."""
    kept: list[np.ndarray] = []
    while len(kept) < ROWS:
        x = rng.normal(0, 1, (4 * ROWS, weights[0].shape[0])).astype(np.float32)
        kept.extend(x[fits(_code(weights, x))])
    return np.array(kept[:ROWS])


def _draw_target(rng: np.random.Generator, x: np.ndarray) -> np.ndarray:
    """Bearing wear, from the first two bands: shape (rows, 1)."""
    return (1 + x[:, :1] - 1.5 * x[:, 1:2] + rng.normal(0, 0.2, (len(x), 1))).astype(np.float32)


def _code(weights: Parameters, x: np.ndarray) -> np.ndarray:
    """What the encoder, the first two of `weights`, makes of the readings."""
    return np.tanh(x @ weights[0] + weights[1])


def _head(weights: Parameters, code: np.ndarray) -> np.ndarray:
    """What a head, the last two of `weights`, makes of a code."""
    return dense_forward(weights[-2:], code)


# -- unit-code: the code goes through NumPy on its way to the head -------------------


def _draw_unit(rng: np.random.Generator) -> Inputs:
    return _draw_until(rng, _draw_any_unit, lambda inputs: _is_calm(inputs, _right_unit(inputs)))


def _draw_any_unit(rng: np.random.Generator) -> Inputs:
    weights = draw_weights(rng, 4, 3, 1)
    batches = []
    for _ in range(STEPS):
        # A code close to zero has no direction, and its slope has no bounds.
        x = _draw_rows(rng, weights, lambda codes: np.linalg.norm(codes, axis=1) > 0.4)
        batches.append([x, _draw_target(rng, x)])
    return {"weights": weights, "rate": float(rng.uniform(0.05, 0.1)), "batches": batches}


def _probe_two_layers(inputs: Inputs, train_step: Callable[..., Any], *extra: Any) -> Observation:
    """Run ``train_step(encoder, head, optimizer, x, y, *extra)`` on each batch."""
    import keras
    import tensorflow as tf

    model = dense_network(inputs["weights"], names=("encoder", "head"))
    optimizer = keras.optimizers.SGD(inputs["rate"])
    batches = [
        (*model.layers, optimizer, tf.constant(x), tf.constant(y), *extra) for x, y in inputs["batches"]
    ]
    return observe(train_step, batches, model)


def _right_unit(inputs: Inputs) -> Trajectory:
    def loss_on(x: np.ndarray, y: np.ndarray) -> Loss:
        def loss(weights: Parameters) -> float:
            code = _code(weights, x)
            return mean_squared_error(y, _head(weights, code / np.linalg.norm(code, axis=1, keepdims=True)))

        return loss

    return descend([loss_on(x, y) for x, y in inputs["batches"]], inputs["weights"], sgd(inputs["rate"]))


_UNIT_LOSS = "the mean squared error on the codes of length 1"


def _judge_unit_path(inputs: Inputs, observation: Observation) -> tuple[Property, ...]:
    return judge_steps(observation, _right_unit(inputs), _UNIT_LOSS)[:1]


def _judge_unit(inputs: Inputs, observation: Observation) -> tuple[Property, ...]:
    return _steps(observation, _right_unit(inputs), _UNIT_LOSS)


UNIT_CODE = Problem(
    name="unit-code",
    title="An encoder that never learns",
    kind="repair",
    faults=("numpy-round-trip",),
    hints=(
        "The loss falls. Look at the four variables one by one: which of them move, and what does the "
        "tape give "
        "for the others?",
        "Walk back from the loss: prediction, scaled code, code. Between which two of them does the "
        "record end? Look "
        "at both places where the code is used.",
        "Compute the length, and the division by it, with functions that the tape records. Nothing that "
        "depends on "
        "the code may pass through an array.",
    ),
    tests=(
        Test("path", 1, _draw_unit, _probe_two_layers, _judge_unit_path),
        Test("update", 3, _draw_unit, _probe_two_layers, _judge_unit, hidden=True),
    ),
)


# -- smoothed-code: the code is stored in a variable and read back -------------------

#: How much of the new code goes into the smoothed one.
_SHARE = 0.3


def _draw_smoothed(rng: np.random.Generator) -> Inputs:
    def suits(inputs: Inputs) -> bool:
        right, states = _right_smoothed(inputs)
        return _is_calm(inputs, right) and _late(inputs, right) > 0.04 * float(np.linalg.norm(states[0]))

    return _draw_until(rng, _draw_any_smoothed, suits)


def _draw_any_smoothed(rng: np.random.Generator) -> Inputs:
    weights = draw_weights(rng, 4, 3, 1)
    batches = []
    for _ in range(STEPS):
        x = rng.normal(0, 1, (ROWS, 4)).astype(np.float32)
        batches.append([x, _draw_target(rng, x)])
    return {
        "weights": weights,
        "rate": float(rng.uniform(0.2, 0.35)),
        "batches": batches,
        "state": rng.normal(0, 0.5, (ROWS, 3)).astype(np.float32),
    }


def _probe_smoothed(inputs: Inputs, train_step: Callable[..., Any]) -> Observation:
    import keras
    import tensorflow as tf

    model = dense_network(inputs["weights"], names=("encoder", "head"))
    optimizer = keras.optimizers.SGD(inputs["rate"])
    state = tf.Variable(inputs["state"], trainable=False, name="state")
    batches = [
        (*model.layers, state, optimizer, tf.constant(x), tf.constant(y)) for x, y in inputs["batches"]
    ]
    return observe(train_step, batches, [*model.trainable_variables, state])


def _smooth(old: np.ndarray, code: np.ndarray) -> np.ndarray:
    return (1 - _SHARE) * old + _SHARE * code


def _right_smoothed(inputs: Inputs) -> tuple[Trajectory, list[np.ndarray]]:
    """What right steps do to the weights, and the states after each step."""
    states = [inputs["state"].astype(np.float64)]

    def loss_on(x: np.ndarray, y: np.ndarray) -> Loss:
        def remember(weights: Parameters) -> np.ndarray:
            old = states[-1]
            states.append(_smooth(old, _code(weights, x)))
            return old

        def loss(weights: Parameters, old: np.ndarray) -> float:
            return mean_squared_error(y, _head(weights, _smooth(old, _code(weights, x))))

        return with_constants(remember, loss)

    losses = [loss_on(x, y) for x, y in inputs["batches"]]
    return descend(losses, inputs["weights"], sgd(inputs["rate"])), states[1:]


def _late(inputs: Inputs, right: Trajectory) -> float:
    """By how much the first state differs if it is made with the weights after the update."""
    x = inputs["batches"][0][0]
    return _SHARE * float(np.linalg.norm(_code(right.values[1], x) - _code(right.values[0], x)))


_SMOOTHED_LOSS = "the mean squared error on the smoothed codes"


def _without_state(observation: Observation) -> Observation:
    return dataclasses.replace(observation, variables=observation.variables[:4])


def _judge_smoothed_path(inputs: Inputs, observation: Observation) -> tuple[Property, ...]:
    return judge_steps(_without_state(observation), _right_smoothed(inputs)[0], _SMOOTHED_LOSS)[:1]


def _judge_state(inputs: Inputs, observation: Observation, right: Trajectory, states: list) -> Property:
    """Whether the state holds the smoothed code of each step, made with the weights before its update."""
    name = "state"
    if len(observation.variables) != 5 or len(observation.variables[4].values) != len(states) + 1:
        return Property("answer", False, "The state was not seen in every step.")
    values = observation.variables[4].values[1:]
    # A state made too late is told from a right one by a tenth of what that changes.
    unit = 10 * _late(inputs, right)
    wrong = [
        i for i, (seen, state) in enumerate(zip(values, states), 1) if not agree(seen, state, scale=unit)
    ]
    if not wrong:
        return Property("answer", True, "After each step the state holds the smoothed code of that step.")
    where = f"After step {wrong[0]} of {len(states)}"
    if not observation.variables[4].moved:
        return Property("answer", False, f"The {name} never changed.")
    return Property(
        "answer",
        False,
        f"{where} the {name} does not hold 0.7 × the old state + 0.3 × the code that this step used for "
        f"its loss.",
    )


def _judge_smoothed(inputs: Inputs, observation: Observation) -> tuple[Property, ...]:
    right, states = _right_smoothed(inputs)
    properties = _steps(_without_state(observation), right, _SMOOTHED_LOSS)
    if not properties[0].holds:  # crashed or cut: the state is then what the given program makes of it
        return properties
    return (*properties, _judge_state(inputs, observation, right, states))


SMOOTHED_CODE = Problem(
    name="smoothed-code",
    title="A memory that forgets the way back",
    kind="repair",
    faults=("assign-in-forward",),
    hints=(
        "Print the gradients of the four variables of the two layers. Which are None, and what do these "
        "have in common?",
        "The head reads the smoothed code. From where does it read it, and does the tape know how it came "
        "to be there?",
        "Name the smoothed code as a tensor, hand this tensor to the head, and store it as well.",
    ),
    tests=(
        Test("path", 1, _draw_smoothed, _probe_smoothed, _judge_smoothed_path),
        Test("update", 3, _draw_smoothed, _probe_smoothed, _judge_smoothed, hidden=True),
    ),
)


# -- resonance-fit: the model is a Python function that TensorFlow calls -------------


def _response(speed: np.ndarray, damping: np.ndarray) -> np.ndarray:
    return 1 / np.sqrt((1 - speed**2) ** 2 + (damping * speed) ** 2)


def _draw_resonance(rng: np.random.Generator) -> Inputs:
    def suits(inputs: Inputs) -> bool:
        right = _right_resonance(inputs)
        damping = [float(values[1]) for values in right.values]
        # The slope by the damping must depend on the gain, or the order of the two updates would not matter.
        loss = _resonance_loss(inputs)
        start = right.values[0]
        moved_gain = [right.values[1][0], start[1]]
        own, after = (numerical_gradient(loss, p)[1] for p in (start, moved_gain))
        return _is_calm(inputs, right) and min(damping) > 0.3 and abs(own - after) > 0.08 * abs(own)

    return _draw_until(rng, _draw_any_resonance, suits)


def _draw_any_resonance(rng: np.random.Generator) -> Inputs:
    # Both sides of the resonance, where the curve is steep but not a needle.
    speed = rng.uniform(0.3, 1.8, 40).astype(np.float32)
    damping = rng.uniform(0.4, 0.5)
    vibration = 2.0 * _response(speed, damping) + rng.normal(0, 0.05, 40)
    return {
        "speed": speed,
        "vibration": vibration.astype(np.float32),
        "start": [np.float32(rng.uniform(2.8, 3.1)), np.float32(rng.uniform(0.55, 0.7))],
        "rate": float(rng.uniform(0.03, 0.04)),
        "steps": int(rng.integers(3, 6)),
    }


def _probe_resonance(inputs: Inputs, fit_step: Callable[..., Any]) -> Observation:
    import tensorflow as tf

    gain, damping = (tf.Variable(float(v), name=n) for v, n in zip(inputs["start"], ("gain", "damping")))
    data = tf.constant(inputs["speed"]), tf.constant(inputs["vibration"])
    return observe(fit_step, [(gain, damping, *data, inputs["rate"])] * inputs["steps"], [gain, damping])


def _resonance_loss(inputs: Inputs) -> Loss:
    speed, vibration = (inputs[name].astype(np.float64) for name in ("speed", "vibration"))

    def loss(parameters: Parameters) -> float:
        gain, damping = parameters
        return mean_squared_error(vibration, gain * _response(speed, damping))

    return loss


def _right_resonance(inputs: Inputs) -> Trajectory:
    start = [np.asarray(v, dtype=np.float64) for v in inputs["start"]]
    return descend([_resonance_loss(inputs)] * inputs["steps"], start, sgd(inputs["rate"]))


_RESONANCE_LOSS = "the mean squared error of the curve"


def _judge_resonance_path(inputs: Inputs, observation: Observation) -> tuple[Property, ...]:
    return judge_steps(observation, _right_resonance(inputs), _RESONANCE_LOSS)[:1]


def _judge_resonance(inputs: Inputs, observation: Observation) -> tuple[Property, ...]:
    return _steps(observation, _right_resonance(inputs), _RESONANCE_LOSS)


RESONANCE_FIT = Problem(
    name="resonance-fit",
    title="A resonance without damping",
    kind="transfer",
    faults=("py-function-barrier",),
    hints=(
        "Print both derivatives in every step. One of them is never None and yet never tells you anything.",
        "The tape meets the curve as one operation. What is computed inside it, with which library, and "
        "who could know "
        "its derivative?",
        "Write the curve with functions that TensorFlow can differentiate. Then you can call it as it is, "
        "without a "
        "wrapper around it.",
    ),
    tests=(
        Test("damping", 1, _draw_resonance, _probe_resonance, _judge_resonance_path),
        Test("update", 3, _draw_resonance, _probe_resonance, _judge_resonance, hidden=True),
    ),
)


# -- coarse-code: the code is sent in steps, and the encoder should learn all the same -


def _coarse(code: np.ndarray, levels: float) -> np.ndarray:
    return np.round(code * levels) / levels


def _coarse_loss(x: np.ndarray, y: np.ndarray, levels: float) -> Loss:
    """The loss on rounded codes; its slope is that of the codes moved by a constant."""

    def distance(weights: Parameters) -> np.ndarray:
        code = _code(weights, x)
        return _coarse(code, levels) - code

    def loss(weights: Parameters, moved_by: np.ndarray) -> float:
        return mean_squared_error(y, _head(weights, _code(weights, x) + moved_by))

    return with_constants(distance, loss)


def _draw_coarse(rng: np.random.Generator) -> Inputs:
    return _draw_until(rng, _draw_any_coarse, lambda inputs: _is_calm(inputs, _right_coarse(inputs)))


def _draw_any_coarse(rng: np.random.Generator) -> Inputs:
    levels = float(rng.integers(2, 4))
    rate = float(rng.uniform(0.1, 0.2))
    weights = start = draw_weights(rng, 4, 3, 1)
    start[2] *= 2  # a head that listens to its code: the rounding is then felt in the loss

    def is_clear(codes: np.ndarray) -> np.ndarray:
        """No entry is so close to the edge of a stair that another machine might round it otherwise."""
        return np.all(np.abs((codes * levels) % 1 - 0.5) > 0.06, axis=1)

    batches = []
    for _ in range(STEPS):
        # Rounding must make a difference that is well above what two machines differ by.
        while True:
            x = _draw_rows(rng, weights, is_clear)
            code = _code(weights, x)
            y = (_head(weights, code) + rng.normal(0.6, 0.5, (ROWS, 1)) + 0.5 * x[:, :1]).astype(np.float32)
            rounded, plain = (mean_squared_error(y, _head(weights, c)) for c in (_coarse(code, levels), code))
            if abs(rounded - plain) > 0.05 * rounded:
                break
        batches.append([x, y])
        weights = descend([_coarse_loss(x, y, levels)], weights, sgd(rate)).values[-1]
    return {"weights": start, "rate": rate, "batches": batches, "levels": levels}


def _probe_coarse(inputs: Inputs, train_step: Callable[..., Any]) -> Observation:
    return _probe_two_layers(inputs, train_step, inputs["levels"])


def _right_coarse(inputs: Inputs) -> Trajectory:
    losses = [_coarse_loss(x, y, inputs["levels"]) for x, y in inputs["batches"]]
    return descend(losses, inputs["weights"], sgd(inputs["rate"]))


_COARSE_LOSS = "the mean squared error on the rounded codes"
_COARSE_RULE = "−(learning rate) × gradient, where the rounding counts as the identity on the way back"


def _judge_coarse_path(inputs: Inputs, observation: Observation) -> tuple[Property, ...]:
    """Path and loss: a gradient that is had by not rounding at all is not wanted."""
    properties = _steps(observation, _right_coarse(inputs), _COARSE_LOSS, _COARSE_RULE)
    return tuple(p for p in properties if p.name != "update")


def _judge_coarse(inputs: Inputs, observation: Observation) -> tuple[Property, ...]:
    return _steps(observation, _right_coarse(inputs), _COARSE_LOSS, _COARSE_RULE)


COARSE_CODE = Problem(
    name="coarse-code",
    title="A code in steps",
    kind="repair",
    faults=("integer-cast",),
    hints=(
        "Take the integer type away and keep the rounding. Does the encoder get a gradient now?",
        "A staircase has no useful slope, so no way of writing it will give one. What should the step do "
        "on the way "
        "back, according to the task?",
        "Let the value be the rounded code and the slope that of the code. One well-placed stop_gradient "
        "around their "
        "difference does that.",
    ),
    tests=(
        Test("path", 1, _draw_coarse, _probe_coarse, _judge_coarse_path),
        Test("update", 4, _draw_coarse, _probe_coarse, _judge_coarse, hidden=True),
    ),
)


# -- alarm-head: a stop_gradient that belongs there ----------------------------------


def _draw_alarm(rng: np.random.Generator) -> Inputs:
    def suits(inputs: Inputs) -> bool:
        right = _right_alarm(inputs)
        x = inputs["batches"][0][0]
        before, after = (_code(weights, x) for weights in right.values[:2])
        # An alarm head that is trained on the encoder's next code must be seen to be.
        return _is_calm(inputs, right) and np.linalg.norm(after - before) > 0.15 * np.linalg.norm(before)

    return _draw_until(rng, _draw_any_alarm, suits)


def _draw_any_alarm(rng: np.random.Generator) -> Inputs:
    encoder, wear_head, alarm_head = (draw_weights(rng, *widths) for widths in ((4, 3), (3, 1), (3, 1)))
    alarm_head[0] *= 3  # an alarm that would disturb the encoder, if it could
    batches = []
    for _ in range(STEPS):
        x = rng.normal(0, 1, (ROWS, 4)).astype(np.float32)
        wear = (0.5 * _draw_target(rng, x)).astype(np.float32)
        alarm = (x[:, 2:3] + rng.normal(0, 0.5, (ROWS, 1)) > 0.5).astype(np.float32)
        batches.append([x, wear, alarm])
    return {
        "weights": [*encoder, *wear_head, *alarm_head],
        "rate": float(rng.uniform(0.15, 0.3)),
        "batches": batches,
    }


def _probe_alarm(inputs: Inputs, train_step: Callable[..., Any]) -> Observation:
    import keras
    import tensorflow as tf

    weights = inputs["weights"]
    layers = [
        keras.layers.Dense(3, activation="tanh", name="encoder"),
        keras.layers.Dense(1, name="wear"),
        keras.layers.Dense(1, name="alarm"),
    ]
    for i, layer in enumerate(layers):
        layer.build((None, weights[2 * i].shape[0]))
        layer.set_weights(weights[2 * i : 2 * i + 2])
    optimizer = keras.optimizers.SGD(inputs["rate"])
    batches = [(*layers, optimizer, *(tf.constant(a) for a in batch)) for batch in inputs["batches"]]
    return observe(train_step, batches, [v for layer in layers for v in layer.trainable_variables])


def _cross_entropy(labels: np.ndarray, logits: np.ndarray) -> float:
    """Mean binary cross-entropy, in the form that does not overflow."""
    return float(np.mean(np.logaddexp(0, logits) - labels * logits))


def _right_alarm(inputs: Inputs) -> Trajectory:
    def loss_on(x: np.ndarray, wear: np.ndarray, alarm: np.ndarray) -> Loss:
        def loss(weights: Parameters, held_code: np.ndarray) -> float:
            wear_loss = mean_squared_error(wear, dense_forward(weights[2:4], _code(weights, x)))
            return wear_loss + _cross_entropy(alarm, dense_forward(weights[4:6], held_code))

        return with_constants(lambda weights: _code(weights, x), loss)

    return descend([loss_on(*batch) for batch in inputs["batches"]], inputs["weights"], sgd(inputs["rate"]))


_ALARM_LOSS = "the wear loss plus the alarm loss"
_ALARM_RULE = (
    "−(learning rate) × gradient of its own loss: the encoder and the wear head of the wear loss, the "
    "alarm head of the "
    "alarm loss"
)


def _judge_alarm_path(inputs: Inputs, observation: Observation) -> tuple[Property, ...]:
    return judge_steps(observation, _right_alarm(inputs), _ALARM_LOSS, _ALARM_RULE)[:1]


def _judge_alarm(inputs: Inputs, observation: Observation) -> tuple[Property, ...]:
    right = _right_alarm(inputs)
    properties = _steps(observation, right, _ALARM_LOSS, _ALARM_RULE)
    if len(properties) < 3 or properties[2].holds:
        return properties
    return (*properties[:2], *_by_part(observation, right))


def _by_part(observation: Observation, right: Trajectory) -> tuple[Property, ...]:
    """The update, part by part, so that a step that is right for the heads only says so."""
    parts = {"the encoder": (0, 1), "the wear head": (2, 3), "the alarm head": (4, 5)}
    properties = []
    for name, members in parts.items():
        seen = [observation.variables[i] for i in members]
        first = _first_wrong_step(seen, [[v[i] for i in members] for v in right.values])
        if first is None:
            message = f"In every step {name} moves as its own loss says."
        elif not any(v.moved for v in seen):
            message = f"{name.capitalize()} did not move."
        else:
            message = f"{name.capitalize()} moves otherwise than its own loss says, first in step {first}."
        properties.append(Property("update", first is None, message))
    return tuple(properties)


def _first_wrong_step(variables: list, right: list[list[np.ndarray]]) -> int | None:
    for step in range(1, len(right)):
        for variable, before, after in zip(variables, right[0], right[step]):
            if len(variable.values) <= step:
                return step
            if not agree(variable.values[step] - np.asarray(variable.values[0], np.float64), after - before):
                return step
    return None


ALARM_HEAD = Problem(
    name="alarm-head",
    title="A passenger that does not steer",
    kind="build",
    faults=("stop-gradient",),
    hints=(
        "Add the missing parts of a step first. Then ask for the gradients of all six variables: which "
        "are None?",
        "Draw the two paths from the encoder to the sum of the losses. One of them should carry a "
        "gradient back, and "
        "one should not.",
        "The barrier belongs on the branch that leads to the alarm head, and nowhere else.",
    ),
    tests=(
        Test("path", 1, _draw_alarm, _probe_alarm, _judge_alarm_path),
        Test("update", 4, _draw_alarm, _probe_alarm, _judge_alarm, hidden=True),
    ),
)


# -- five-cuts: name the fault -------------------------------------------------------

#: `autograder.problems.naming` makes these of the answers.
_KEY = {
    "A": "2d1fbe99e2845ec3",
    "B": "c6f1422c5eb90f91",
    "C": "4ed94a1030795ac7",
    "D": "f6f77898e5822691",
    "E": "4e39ad597f7cb7db",
}

FIVE_CUTS = Problem(
    name="five-cuts",
    title="Five programs, five diagnoses",
    kind="name the fault",
    faults=("py-function-barrier", "assign-in-forward", "numpy-round-trip", "integer-cast"),
    hints=(
        "Start with the tables: which variables have None, which have 0, and which are healthy?",
        "Walk back from the loss in the code of each program, and stop at the first line whose result the "
        "tape cannot "
        "follow.",
        "One program has the things that frighten and no fault: ask for each of them what lies upstream "
        "of it and "
        "whether that should learn.",
    ),
    tests=naming_tests(5, _KEY),
)

PROBLEMS = (UNIT_CODE, SMOOTHED_CODE, RESONANCE_FIT, COARSE_CODE, ALARM_HEAD, FIVE_CUTS)
