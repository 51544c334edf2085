"""Assignment 05: losses without a slope, and losses with the slope of something else."""

import dataclasses
from collections.abc import Callable
from typing import Any

import numpy as np

from autograder.judging.networks import dense_forward, draw_weights, mean_squared_error
from autograder.judging.reference import Parameters, Trajectory, agree, descend, sgd
from autograder.judging.steps import DESCENT, crashed, judge_loss, judge_steps
from autograder.judging.verdict import Property
from autograder.observing.networks import dense_network
from autograder.observing.observation import Observation
from autograder.observing.observer import observe
from autograder.observing.tensors import loss_of
from autograder.problems.naming import naming_tests
from autograder.problems.problem import Inputs, Problem, Test
from autograder.problems.regression import draw_regression, probe_regression, right_regression

Judge = Callable[[Inputs, Observation], tuple[Property, ...]]


def _judges(right: Callable[[Inputs], Trajectory], loss_name: str, rule_name: str) -> tuple[Judge, Judge]:
    """Two judges of a step: of the path alone, and of path, loss and update."""

    def judge_whole(inputs: Inputs, observation: Observation) -> tuple[Property, ...]:
        return judge_steps(observation, right(inputs), loss_name, rule_name)

    def judge_first(inputs: Inputs, observation: Observation) -> tuple[Property, ...]:
        return judge_whole(inputs, observation)[:1]

    return judge_first, judge_whole


def _pair(result: Any) -> tuple[Any, Any]:
    """The two things that a step returned; two times ``None`` if it did not return two."""
    return tuple(result) if isinstance(result, (tuple, list)) and len(result) == 2 else (None, None)


def _clear_of_halves(values: np.ndarray, margin: float = 0.005) -> bool:
    """Whether every value rounds the same way on a machine with less exact products."""
    return bool(np.all(np.abs(values - np.floor(values) - 0.5) > margin))


# -- leaf-side: the share of wrong leaves, by their sign ---------------------------

_LOGISTIC = "the mean of log(1 + e^(−side · score))"


def _draw_leaf_side(rng: np.random.Generator) -> Inputs:
    inputs = draw_regression(rng)
    inputs["batches"] = [[x, np.where(y > 2, 1, -1).astype(np.float32)] for x, y in inputs["batches"]]
    return inputs


def _right_leaf_side(inputs: Inputs) -> Trajectory:
    def loss_on(x: np.ndarray, side: np.ndarray) -> Callable[[Parameters], float]:
        return lambda weights: float(np.mean(np.logaddexp(0, -side * dense_forward(weights, x))))

    return descend([loss_on(*batch) for batch in inputs["batches"]], inputs["weights"], sgd(inputs["rate"]))


_judge_leaf_learns, _judge_leaf_step = _judges(_right_leaf_side, _LOGISTIC, DESCENT)

LEAF_SIDE = Problem(
    name="leaf-side",
    title="Nobody learns to tell oak from beech",
    kind="repair",
    faults=("zero-gradient-op",),
    hints=(
        "Look at the kind of gradient that the weights get. It is not None. What is it, then?",
        "Follow the slope backwards from the loss: by the decision it is there, by the score it is not.",
        "The staircase has to go. The task gives a smooth loss of the same score and side: compute that one, "
        "differentiate it, and return it.",
    ),
    tests=(
        Test("learns", 1, _draw_leaf_side, probe_regression, _judge_leaf_learns),
        Test("update", 3, _draw_leaf_side, probe_regression, _judge_leaf_step, hidden=True),
    ),
)


# -- star-rating: rounded, and a column against a row ------------------------------

_RATING = "the mean squared error between each plant's stars and its own unrounded prediction"


def _draw_stars(rng: np.random.Generator) -> Inputs:
    while True:  # about every fifth draw is far enough from every edge
        inputs = draw_regression(rng)
        inputs["weights"][-1] += np.float32(2.5)
        for batch in inputs["batches"]:
            x = batch[0]
            raw = 3 + x[:, 0] - 0.8 * x[:, 1] + rng.normal(0, 0.3, len(x))
            batch[1] = np.clip(np.round(raw), 1, 5).astype(np.float32)
        first = {**inputs, "batches": inputs["batches"][:1]}
        if _shows_both_faults(first) and _shows_both_faults(inputs):  # the first alone is quick to reject
            return inputs


def _predicted_stars(inputs: Inputs) -> list[np.ndarray]:
    """What the model predicts before each right step, with shape (rows,), not rounded."""
    values = _right_stars(inputs).values
    return [dense_forward(w, x)[:, 0] for w, (x, _) in zip(values, inputs["batches"])]


def _shows_both_faults(inputs: Inputs) -> bool:
    """Whether rounding is safe, and all pairs differ clearly from pair by pair, in each step."""
    for predicted, (_, stars) in zip(_predicted_stars(inputs), inputs["batches"]):
        rounded = np.round(predicted)
        pairs = np.mean(np.abs(stars[:, None] - rounded)), np.mean((stars[:, None] - predicted) ** 2)
        own = np.mean(np.abs(stars - rounded)), np.mean((stars - predicted) ** 2)
        unrounded = np.mean(np.abs(stars - predicted))
        if not _clear_of_halves(predicted) or any(abs(a / b - 1) < 0.05 for a, b in zip(pairs, own)):
            return False
        if abs(unrounded / own[0] - 1) < 0.03:
            return False
    return True


def _right_stars(inputs: Inputs) -> Trajectory:
    batches = [[x, stars[:, None]] for x, stars in inputs["batches"]]
    return right_regression({**inputs, "batches": batches})


def _probe_stars(inputs: Inputs, step: Callable[..., Any]) -> Observation:
    """Keep both results of the step: the loss goes to `losses`, the other number to `returned`."""
    stars_off: list[float | None] = []

    def train_step(*arguments: Any) -> Any:
        loss, off = _pair(step(*arguments))
        stars_off.append(loss_of(off))
        return loss

    return dataclasses.replace(probe_regression(inputs, train_step), returned={"stars_off": stars_off})


_judge_stars_reached, _judge_stars_step = _judges(_right_stars, _RATING, DESCENT)


def _judge_stars(inputs: Inputs, observation: Observation) -> tuple[Property, ...]:
    properties = _judge_stars_step(inputs, observation)
    if observation.error is not None:
        return properties
    seen = observation.returned.get("stars_off")
    right = [
        float(np.mean(np.abs(stars - np.round(predicted))))
        for predicted, (_, stars) in zip(_predicted_stars(inputs), inputs["batches"])
    ]
    if type(seen) is not list or len(seen) != len(right) or not all(type(off) is float for off in seen):
        message = "The second result should be one number: how many stars the ratings are off, on average."
        return (*properties, Property("answer", False, message))
    wrong = [i for i, (a, b) in enumerate(zip(seen, right), 1) if not agree(a, b)]
    message = "The second result is how many stars the rounded predictions are off, in every step."
    if wrong:
        message = (
            f"In step {wrong[0]} the second result ({seen[wrong[0] - 1]:.4g}) is not the mean distance "
            "between each plant's stars and its own rounded prediction, before the update."
        )
    return (*properties, Property("answer", not wrong, message))


STAR_RATING = Problem(
    name="star-rating",
    title="A rating that is always the same",
    kind="repair",
    faults=("non-differentiable-op", "broadcast-loss"),
    hints=(
        "There is more than one fault here. Print the gradients before the filter, and the shape of the "
        "differences inside the loss.",
        "Which operation on the way from the model to the loss has no derivative? And how many numbers "
        "should the difference of N ratings and N predictions have?",
        "Differentiate the prediction as the model gave it, in the shape of the ratings. Round a copy of it "
        "for the number that you report.",
    ),
    tests=(
        Test("reached", 1, _draw_stars, _probe_stars, _judge_stars_reached),
        Test("update", 3, _draw_stars, _probe_stars, _judge_stars, hidden=True),
    ),
)


# -- leaf-mask: a threshold inside a comparison ------------------------------------

_SOFT_DICE = "1 − Dice of the soft mask, over all pixels of the batch"
_MOMENTUM = "what the optimizer that was given makes of the gradient, its momentum included"


def _draw_leaf_mask(rng: np.random.Generator) -> Inputs:
    batches = []
    for _ in range(4):
        shares = np.array([rng.uniform(0.2, 0.35), rng.uniform(0.6, 0.8)])
        truth = rng.random((2, 4, 4)) < shares[:, None, None]
        pixels = rng.normal(0.4, 0.2, (2, 4, 4, 3))
        pixels[..., 1] += 0.5 * truth
        batches.append([pixels.astype(np.float32), truth.astype(np.float32)])
    return {
        "channels": rng.normal([0.2, 0.8, 0.1], 0.1).astype(np.float32),
        "threshold": np.float32(rng.uniform(0.2, 0.4)),
        "width": float(rng.uniform(0.15, 0.4)),
        "rate": float(rng.uniform(0.04, 0.08)),
        "momentum": float(rng.uniform(0.5, 0.8)),
        "batches": batches,
    }


def _probe_leaf_mask(inputs: Inputs, step: Callable[..., Any]) -> Observation:
    import keras
    import tensorflow as tf

    channels = tf.Variable(inputs["channels"], name="channels")
    threshold = tf.Variable(float(inputs["threshold"]), name="threshold")
    optimizer = keras.optimizers.SGD(inputs["rate"], momentum=inputs["momentum"])
    first = channels, threshold, optimizer
    batches = [(*first, tf.constant(p), tf.constant(t), inputs["width"]) for p, t in inputs["batches"]]
    return observe(step, batches, [channels, threshold])


def _right_leaf_mask(inputs: Inputs) -> Trajectory:
    def loss_on(pixels: np.ndarray, truth: np.ndarray) -> Callable[[Parameters], float]:
        def loss(parameters: Parameters) -> float:
            channels, threshold = parameters
            mask = 1 / (1 + np.exp(-(pixels @ channels - threshold) / inputs["width"]))
            return float(1 - 2 * np.sum(mask * truth) / (np.sum(mask) + np.sum(truth)))

        return loss

    losses = [loss_on(p.astype(np.float64), t.astype(np.float64)) for p, t in inputs["batches"]]
    start = [inputs["channels"], np.asarray(inputs["threshold"])]
    return descend(losses, start, sgd(inputs["rate"], inputs["momentum"]))


_judge_mask_reached, _judge_mask = _judges(_right_leaf_mask, _SOFT_DICE, _MOMENTUM)

LEAF_MASK = Problem(
    name="leaf-mask",
    title="A threshold that stays where it was put",
    kind="transfer",
    faults=("hard-mask",),
    hints=(
        "Train for some steps and look at both variables. One moves, the other never does. Which kind of "
        "gradient does each get?",
        "At which operation does the threshold enter the loss? Has that operation a derivative?",
        "Put a smooth gate of the given width in the place of the comparison, and use the gate itself as the "
        "mask in Dice.",
    ),
    tests=(
        Test("threshold", 1, _draw_leaf_mask, _probe_leaf_mask, _judge_mask_reached),
        Test("update", 3, _draw_leaf_mask, _probe_leaf_mask, _judge_mask, hidden=True),
    ),
)


# -- whole-codes: rounded on the way forward, straight through on the way back -----

_RESTORED = "the mean squared error of what the decoder restores from the rounded code"
_STRAIGHT = "−(learning rate) × gradient, with the rounding counted as the identity on the way back"


def _draw_codes(rng: np.random.Generator) -> Inputs:
    while True:  # about every second draw is far enough from every edge
        weights = draw_weights(rng, 4, 2, 4)
        weights[0] *= np.float32(1.3)
        inputs = {
            "weights": weights,
            "rate": float(rng.uniform(0.15, 0.3)),
            "batches": [rng.normal(0, 1, (10, 4)).astype(np.float32) for _ in range(3)],
        }
        right = _right_codes(inputs)
        if not all(_clear_of_halves(x @ w[0] + w[1]) for x, w in zip(inputs["batches"], right.values)):
            continue
        without_rounding = descend(
            [_restoring(x, 0.0) for x in inputs["batches"]], weights, sgd(inputs["rate"])
        )
        if all(abs(a / b - 1) > 0.03 for a, b in zip(without_rounding.losses, right.losses)):
            return inputs


def _restoring(x: np.ndarray, offset: np.ndarray | float) -> Callable[[Parameters], float]:
    """The error of what is restored from the code plus an offset that does not depend on the weights."""

    def loss(weights: Parameters) -> float:
        code = x @ weights[0] + weights[1] + offset
        return mean_squared_error(x, code @ weights[2] + weights[3])

    return loss


def _right_codes(inputs: Inputs) -> Trajectory:
    """Steps in which the rounding of the moment counts as a constant that is added to the code."""
    current: Parameters = [np.asarray(w, dtype=np.float64) for w in inputs["weights"]]
    losses, values = [], [tuple(current)]
    for batch in inputs["batches"]:
        x = batch.astype(np.float64)
        code = x @ current[0] + current[1]
        step = descend([_restoring(x, np.round(code) - code)], current, sgd(inputs["rate"]))
        current = step.values[-1]
        losses.append(step.losses[0])
        values.append(step.values[-1])
    return Trajectory(tuple(losses), tuple(values))


def _probe_codes(inputs: Inputs, step: Callable[..., Any]) -> Observation:
    import keras
    import tensorflow as tf

    encoder = dense_network(inputs["weights"][:2], names=("encoder",))
    decoder = dense_network(inputs["weights"][2:], names=("decoder",))
    optimizer = keras.optimizers.SGD(inputs["rate"])
    batches = [(encoder, decoder, optimizer, tf.constant(x)) for x in inputs["batches"]]
    return observe(step, batches, [*encoder.variables, *decoder.variables])


_judge_codes_reached, _judge_codes = _judges(_right_codes, _RESTORED, _STRAIGHT)

WHOLE_CODES = Problem(
    name="whole-codes",
    title="An encoder that never learns its code",
    kind="transfer",
    faults=("non-differentiable-op",),
    hints=(
        "The loss falls, and yet something stands still. Which variables move, and which get None?",
        "The rounding must stay on the way forward. What should the tape believe of it on the way back?",
        "Add to the code a correction that makes it whole, and let the tape take this correction, all of it, "
        "for a constant.",
    ),
    tests=(
        Test("encoder", 1, _draw_codes, _probe_codes, _judge_codes_reached),
        Test("update", 3, _draw_codes, _probe_codes, _judge_codes, hidden=True),
    ),
)


# -- sick-pixels: build a masked cross-entropy on probabilities --------------------

_MASKED = "the mean cross-entropy over the labelled pixels"


def _draw_pixels(rng: np.random.Generator) -> Inputs:
    batches, empty = [], int(rng.integers(1, 3))
    direction = rng.normal(0, 1, (4, 3))
    for step in range(4):
        x = rng.normal(0, 1, (24, 4)).astype(np.float32)
        labels = np.argmax(x @ direction, axis=1).astype(np.int32)
        hidden = np.arange(24) >= (0 if step == empty else rng.integers(9, 15))
        batches.append([x, np.where(rng.permutation(hidden), -1, labels).astype(np.int32)])
    return {
        "weights": draw_weights(rng, 4, 5, 3),
        "rate": float(rng.uniform(0.3, 0.6)),
        "batches": batches,
        "empty": empty,
    }


def _probe_pixels(inputs: Inputs, step: Callable[..., Any]) -> Observation:
    import keras
    import tensorflow as tf

    hidden, output = inputs["weights"][0].shape[1], inputs["weights"][2].shape[1]
    model = keras.Sequential(
        [
            keras.Input((4,)),
            keras.layers.Dense(hidden, activation="tanh", name="hidden"),
            keras.layers.Dense(output, activation="softmax", name="output"),
        ]
    )
    model.set_weights(inputs["weights"])
    optimizer = keras.optimizers.SGD(inputs["rate"])
    batches = [(model, optimizer, tf.constant(x), tf.constant(labels)) for x, labels in inputs["batches"]]
    return observe(step, batches, model)


def _pixel_loss(x: np.ndarray, labels: np.ndarray) -> Callable[[Parameters], float]:
    """The loss of a batch as a function of the weights."""
    labelled = labels >= 0

    def loss(weights: Parameters) -> float:
        if not np.any(labelled):
            return 0.0
        logits = dense_forward(weights, x)[labelled]
        top = np.max(logits, axis=1)
        all_of_them = top + np.log(np.sum(np.exp(logits - top[:, None]), axis=1))
        return float(np.mean(all_of_them - logits[np.arange(len(logits)), labels[labelled]]))

    return loss


def _right_pixels(inputs: Inputs) -> Trajectory:
    losses = [_pixel_loss(*batch) for batch in inputs["batches"]]
    return descend(losses, inputs["weights"], sgd(inputs["rate"]))


def _judge_pixel_loss(inputs: Inputs, observation: Observation) -> tuple[Property, ...]:
    """The loss of each labelled batch, at the weights that the learner's own step had by then.

    One batch would not do: now and then a wrong loss comes out right on it.
    """
    if observation.error is not None:
        return (crashed(observation.error),)
    batches, weights = inputs["batches"], [v.values for v in observation.variables]
    shapes = [np.shape(values[0]) if len(values) == len(batches) + 1 else None for values in weights]
    if len(observation.losses) != len(batches) or shapes != [w.shape for w in inputs["weights"]]:
        return (Property("loss", False, "The loss and the weights were not seen in every step."),)
    finite = [all(np.all(np.isfinite(values[k])) for values in weights) for k in range(len(batches))]
    steps = [k for k in range(len(batches)) if k != inputs["empty"] and (finite[k] or k == 0)]
    at = tuple([values[k].astype(np.float64) for values in weights] for k in steps)
    right = tuple(_pixel_loss(*batches[k])(own) for k, own in zip(steps, at))
    seen = dataclasses.replace(
        observation, steps=len(steps), losses=tuple(observation.losses[k] for k in steps)
    )
    return (judge_loss(seen, Trajectory(right, at), _MASKED),)


def _judge_pixels(inputs: Inputs, observation: Observation) -> tuple[Property, ...]:
    # Weights that follow a wrong loss are reached and move as well, so "path" is no merit here.
    properties = judge_steps(observation, _right_pixels(inputs), _MASKED)
    if len(properties) == 1:
        return properties
    return (*properties[1:], _judge_empty_batch(inputs, observation))


def _judge_empty_batch(inputs: Inputs, observation: Observation) -> Property:
    """Whether a batch without labels has loss 0 and moves nothing, in a step that does move otherwise."""
    empty = inputs["empty"]
    if not all(v.moved and len(v.values) == len(inputs["batches"]) + 1 for v in observation.variables):
        return Property("answer", False, "Not every variable moves in the batches that have labels.")
    loss = observation.losses[empty] if len(observation.losses) > empty else None
    if loss is None or loss != 0:
        said = "no number" if loss is None else f"{loss:.4g}"
        message = f"A batch without any labelled pixel should have loss 0; it has {said}."
        return Property("answer", False, message)
    around = {v.name: v.values[empty : empty + 2] for v in observation.variables}
    moved = [name for name, (before, after) in around.items() if not np.array_equal(before, after)]
    if moved:
        return Property("answer", False, f"A batch without any labelled pixel moved {', '.join(moved)}.")
    return Property("answer", True, "A batch without any labelled pixel has loss 0 and moves nothing.")


SICK_PIXELS = Problem(
    name="sick-pixels",
    title="Most pixels have no label",
    kind="build",
    faults=("double-softmax", "hard-mask"),
    hints=(
        "Give the loss a perfect, certain prediction. It should be 0. What does it give? And what does it "
        "make of a pixel that nobody labelled?",
        "What does the model return, and what does the function of the loss expect? By which number is "
        "the sum divided, and can that number be 0?",
        "Take the cross-entropy of probabilities. Keep the labelled pixels only, divide by how many they "
        "are, and guard that division.",
    ),
    tests=(
        Test("loss", 1, _draw_pixels, _probe_pixels, _judge_pixel_loss),
        Test("update", 3, _draw_pixels, _probe_pixels, _judge_pixels, hidden=True),
    ),
)


# -- five-losses: name the fault ---------------------------------------------------

#: `autograder.problems.naming` makes these of the answers.
_KEY = {
    "A": "ee082d6ece74d801",
    "B": "2f44c8a82c029c4d",
    "C": "b558f1837fefdf83",
    "D": "9f56799d412b0620",
    "E": "6e8c225e6a422bcd",
}

FIVE_LOSSES = Problem(
    name="five-losses",
    title="Five losses, five diagnoses",
    kind="name the fault",
    faults=("broadcast-loss", "loss-ignores-prediction", "zero-gradient-op", "hard-mask"),
    hints=(
        "Sort the programs by the column of gradients first: None, zero, or finite everywhere.",
        "For None, follow the variable to the loss: does it end at an operation, or does it never get there? "
        "For finite gradients and a loss that stops, ask for the shapes inside the loss.",
        "One of the five is healthy. A mask that chooses among values takes nothing from the values that it "
        "keeps.",
    ),
    tests=naming_tests(5, _KEY),
)


PROBLEMS = (LEAF_SIDE, STAR_RATING, LEAF_MASK, WHOLE_CODES, SICK_PIXELS, FIVE_LOSSES)

__all__ = ["PROBLEMS"]
