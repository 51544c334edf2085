"""Assignment 03: which weights a training step knows, and which it doesn't."""

import dataclasses
import itertools
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from autograder.judging.networks import dense_forward, draw_weights, mean_squared_error
from autograder.judging.reference import Parameters, Rule, Trajectory, agree, descend, numerical_gradient, sgd
from autograder.judging.steps import crashed, judge_loss, judge_update
from autograder.judging.verdict import Property
from autograder.observing.networks import dense_network
from autograder.observing.observation import Observation, VariableObservation
from autograder.observing.observer import observe
from autograder.observing.variables import find_variables
from autograder.problems.naming import naming_tests
from autograder.problems.problem import Inputs, Problem, Test
from autograder.problems.regression import MSE, ROWS, STEPS, draw_regression, right_regression

# -- a model that the learner's code returns ---------------------------------------
#
# Any structure of it is right if the model computes the formula, and if training
# its trainable variables changes what it computes as it should. So a probe makes
# plain steps of its own, and keeps nothing but predictions.

#: ``predict(parts, x)``: the formula, with the starting values or later ones.
Formula = Callable[[Parameters, Any], np.ndarray]


def _probe_models(inputs: Inputs, make: Callable[[Inputs], Any]) -> Observation:
    """Make every model, then train each by gradient descent on what it says is trainable.

    Each entry of ``inputs["models"]`` has "batches", a list of [x, y], and "all":
    the x for which predictions are kept, before the first step and after each.
    """
    import tensorflow as tf

    made: list[Any] = []
    predictions: list[list[np.ndarray]] = []
    trainable: list[list[str]] = []

    def tensors(x: Any) -> Any:
        return [tf.constant(part) for part in x] if isinstance(x, list) else tf.constant(x)

    def train(model: Any, given: Inputs) -> None:
        everything = tensors(given["all"])
        seen = [np.array(model(everything), dtype=np.float64)]
        for x, y in given["batches"]:
            with tf.GradientTape() as tape:
                loss = tf.reduce_mean(tf.square(y - model(tensors(x))))
            variables = list(model.trainable_variables)
            for variable, gradient in zip(variables, tape.gradient(loss, variables)):
                if gradient is not None:
                    variable.assign_sub(inputs["rate"] * tf.convert_to_tensor(gradient))
            seen.append(np.array(model(everything), dtype=np.float64))
        predictions.append(seen)
        trainable.append([str(getattr(v, "path", v.name)) for v in variables])

    def run(model: int | None) -> None:
        if model is None:
            made.extend(make(given) for given in inputs["models"])
        else:
            train(made[model], inputs["models"][model])

    seen = observe(run, [(None,), *((i,) for i in range(len(inputs["models"])))], {})
    return dataclasses.replace(seen, returned={"predictions": predictions, "trainable": trainable})


def _predictions(observation: Observation, model: int, steps: int) -> list[np.ndarray] | None:
    """What a model predicted before and after each step, or ``None``: it may be anything."""
    models = observation.returned.get("predictions")
    seen = models[model] if type(models) is list and len(models) > model else None
    if type(seen) is not list or len(seen) != steps + 1:
        return None
    if not all(type(array) is np.ndarray for array in seen):
        return None
    return [array.astype(np.float64) for array in seen]


def _losses_of(given: Inputs, predict: Formula) -> list[Callable[[Parameters], float]]:
    def loss_on(x: Any, y: np.ndarray) -> Callable[[Parameters], float]:
        return lambda parts: mean_squared_error(y, predict(parts, x))

    return [loss_on(x, y) for x, y in given["batches"]]


#: By how much, at least, a part of the formula that is not trained changes how the
#: predictions move. Four times what two right computations may differ by.
_SHARE = 0.04


def _draw_telling(draw: Callable[[], Inputs], predict: Formula, rate: float) -> Inputs:
    """Draw a model's inputs until each part of the formula matters to what training does.

    After 100 draws the best one is taken.
    """
    best: tuple[float, Inputs] = (-1.0, {})
    for _ in range(100):
        given = draw()
        share = _smallest_share(given, predict, rate)
        best = max(best, (share, given), key=lambda pair: pair[0])
        if share >= _SHARE:
            break
    return best[1]


def _smallest_share(given: Inputs, predict: Formula, rate: float) -> float:
    """The smallest relative change, over one step and over all, that one untrained part makes."""
    losses, parts = _losses_of(given, predict), given["parts"]
    share = np.inf
    for steps in (1, len(losses)):
        start = predict(parts, given["all"])
        right = predict(descend(losses[:steps], parts, sgd(rate)).values[-1], given["all"]) - start
        for j in range(len(parts)):
            without = (
                predict(descend(losses[:steps], parts, _all_but(j, rate)).values[-1], given["all"]) - start
            )
            share = min(share, float(np.linalg.norm(without - right) / np.linalg.norm(right)))
        if share < _SHARE:
            break
    return share


def _all_but(part: int, rate: float) -> Rule:
    return lambda gradients: [-rate * g * (i != part) for i, g in enumerate(gradients)]


def _trained_parts(given: Inputs, predict: Formula, rate: float, moved: np.ndarray) -> tuple[set[int], bool]:
    """Which parts of the formula one step has changed, told from how the predictions moved.

    The gradient of a first step does not depend on which parts are trained. So
    there is one right movement for each set of trained parts; the closest counts.
    The second result says whether it agrees.
    """
    parts, start = given["parts"], predict(given["parts"], given["all"])
    gradients = numerical_gradient(_losses_of(given, predict)[0], parts)
    best: tuple[float, set[int], bool] = (np.inf, set(), False)
    for chosen in itertools.product((False, True), repeat=len(parts)):
        stepped = [p - rate * g if yes else p for p, g, yes in zip(parts, gradients, chosen)]
        right = predict(stepped, given["all"]) - start
        distance = float(np.linalg.norm(right - moved))
        if distance < best[0]:
            best = distance, {i for i, yes in enumerate(chosen) if yes}, agree(moved, right)
    return best[1:]


def _judge_models(
    inputs: Inputs,
    observation: Observation,
    predict: Formula,
    names: Callable[[Inputs], list[str]],
    given_right: Sequence[str] = (),
    whole: bool = True,
) -> tuple[Property, ...]:
    """Whether each part of the formula learns; with `whole`, also whether all steps are right.

    `names` gives each part the name of the property that it belongs to. Parts
    in `given_right` learn already in the program that is to be repaired: that
    they still do earns nothing.
    """
    if observation.error is not None:
        return (crashed(observation.error),)
    stuck: dict[str, list[int]] = {}
    off: list[int] = []
    strange = False
    for i, given in enumerate(inputs["models"]):
        seen = _predictions(observation, i, len(given["batches"]))
        if seen is None:
            return (Property("answer", False, "The model gave no numbers as predictions."),)
        start = predict(given["parts"], given["all"])
        other = [array.shape for array in seen if array.shape != start.shape]
        if other:
            message = f"For {start.shape[0]} rows the model returns shape {other[0]}, not {start.shape}."
            return (Property("answer", False, message),)
        if not agree(seen[0], start):
            message = "Before any training the model does not compute the formula with the starting values."
            if i:
                message = f"This holds for model {i + 1}, made after another one: {message}"
            return (Property("answer", False, message),)
        labels = names(given)
        trained, explained = _trained_parts(given, predict, inputs["rate"], seen[1] - seen[0])
        strange = strange or not explained
        for j, label in enumerate(labels):
            stuck.setdefault(label, [])
            if j not in trained:
                stuck[label].append(i + 1)
        right = descend(_losses_of(given, predict), given["parts"], sgd(inputs["rate"]))
        moves = [predict(values, given["all"]) - start for values in right.values]
        if not all(agree(s - seen[0], m) for s, m in zip(seen[1:], moves[1:])):
            off.append(i + 1)
    if strange:
        why = "The step moves the predictions otherwise than training some parts of the formula does."
    else:
        why = f"Trainable variables of the model: {_trainable(observation)}."
    properties = [_learns(name, bool(where), name in given_right, why) for name, where in stuck.items()]
    if whole:
        if off:
            message = (
                "Training the model's trainable variables does not change its predictions as gradient "
                "descent on all parts of the formula does."
            )
        else:
            message = (
                "Trained step by step, the model predicts what gradient descent on the formula predicts."
            )
        properties.append(Property("update", not off, message))
    return tuple(properties)


def _learns(label: str, stuck: bool, given_right: bool, why: str) -> Property:
    if not stuck:
        return Property(
            "registration", True, f"One training step moves {label}.", 0.0 if given_right else 1.0
        )
    what = f"a part of {label}" if label.startswith("the ") else label
    message = f"One step on the model's trainable variables does not move {what} as it should. {why}"
    return Property("registration", False, message)


def _trainable(observation: Observation) -> str:
    """The names of the variables that the last model listed; what was sent may be anything."""
    known = observation.returned.get("trainable")
    names = known[-1] if type(known) is list and known and type(known[-1]) is list else []
    return ", ".join(str(name) for name in names) or "none at all"


# -- star-scale: a tf.Variable and a tensor as attributes of a Keras model ------------

_PEOPLE, _FILMS = 3, 4
_RATING_PARTS = ["tastes", "genres", "scale", "offset"]


def _draw_rating_model(rng: np.random.Generator, scale: float, offset: float) -> Inputs:
    everyone = [(person, film) for person in range(_PEOPLE) for film in range(_FILMS)]
    everything = np.array(everyone, dtype=np.int32)
    tastes, genres = rng.normal(0.5, 0.8, (_PEOPLE, 2)), rng.normal(0.5, 0.8, (_FILMS, 2))
    batches = []
    for _ in range(STEPS):
        pairs = everything[rng.permutation(len(everything))[:10]]
        liking = np.sum(tastes[pairs[:, 0]] * genres[pairs[:, 1]], axis=1)
        stars = offset + 1.0 + (scale + 1) * liking + rng.normal(0, 1.0, 10)
        batches.append([pairs, stars.astype(np.float32)])
    numbers = [np.array(scale, dtype=np.float32), np.array(offset, dtype=np.float32)]
    parts = [tastes.astype(np.float32), genres.astype(np.float32), *numbers]
    return {"parts": parts, "batches": batches, "all": everything}


def _draw_first_rating(rng: np.random.Generator) -> Inputs:
    rate = float(rng.uniform(0.03, 0.06))
    model = _draw_telling(lambda: _draw_rating_model(rng, 1.0, 0.0), _predict_stars, rate)
    return {"models": [model], "rate": rate}


def _draw_ratings(rng: np.random.Generator) -> Inputs:
    rate = float(rng.uniform(0.03, 0.06))

    def draw() -> Inputs:
        return _draw_rating_model(rng, rng.uniform(0.6, 1.6), rng.uniform(0.5, 3.0))

    return {"models": [_draw_telling(draw, _predict_stars, rate) for _ in range(2)], "rate": rate}


def _probe_ratings(inputs: Inputs, rating_model: Callable[..., Any]) -> Observation:
    def make(given: Inputs) -> Any:
        tastes, genres, scale, offset = given["parts"]
        return rating_model(tastes, genres, float(scale), float(offset))

    return _probe_models(inputs, make)


def _predict_stars(parts: Parameters, pairs: np.ndarray) -> np.ndarray:
    tastes, genres, scale, offset = parts
    return offset + scale * np.sum(tastes[pairs[:, 0]] * genres[pairs[:, 1]], axis=1)


def _judge_first_rating(inputs: Inputs, observation: Observation) -> tuple[Property, ...]:
    names = lambda given: _RATING_PARTS  # noqa: E731
    return _judge_models(inputs, observation, _predict_stars, names, _RATING_PARTS[:2], whole=False)


def _judge_ratings(inputs: Inputs, observation: Observation) -> tuple[Property, ...]:
    names = lambda given: _RATING_PARTS  # noqa: E731
    return _judge_models(inputs, observation, _predict_stars, names, _RATING_PARTS[:2])


STAR_SCALE = Problem(
    name="star-scale",
    title="Stars that stay in their range",
    kind="repair",
    faults=("untracked-variable", "not-a-variable"),
    hints=(
        "Call the model once and print the paths of its trainable variables. Count the numbers in them, and "
        "count those in the formula.",
        "Two weights of the formula are not in the list. Look at how each of them is made.",
        "A Keras model registers the weights that it makes itself, and variables of Keras' own kind. Both "
        "can start at a value that is handed in.",
    ),
    tests=(
        Test("moves", 1, _draw_first_rating, _probe_ratings, _judge_first_rating),
        Test("update", 3, _draw_ratings, _probe_ratings, _judge_ratings, hidden=True),
    ),
)


# -- late-list: the variables are read before the model is built ---------------------

_LATE_NAMES = ("offset", "hidden/kernel", "hidden/bias", "output/kernel", "output/bias")
_MOMENTUM = 0.9


def _draw_late(rng: np.random.Generator) -> Inputs:
    models = []
    for _ in range(2):
        drawn = draw_regression(rng)
        models.append({**drawn, "offset": float(rng.uniform(-1, 1))})
    return {"models": models, "rate": float(rng.uniform(0.02, 0.04))}


def _late_start(given: Inputs) -> list[np.ndarray]:
    return [np.array(given["offset"], dtype=np.float32), *given["weights"]]


def _unbuilt_network(given: Inputs) -> Any:
    """A Keras model that makes its layers' weights, the given ones, at its first call."""
    import keras

    class StarModel(keras.Model):
        def __init__(self) -> None:
            super().__init__(name="stars")
            offset, *weights = (keras.initializers.Constant(value) for value in _late_start(given))
            self.offset = self.add_weight(shape=(), initializer=offset, name="offset")
            units = given["weights"][0].shape[1]
            self.hidden = keras.layers.Dense(units, "tanh", True, *weights[:2], name="hidden")
            self.out = keras.layers.Dense(1, None, True, *weights[2:], name="output")

        def build(self, input_shape: Any) -> None:  # so that model.build(shape) builds the layers, too
            self.hidden.build(input_shape)
            self.out.build((None, self.hidden.units))

        def call(self, x: Any) -> Any:
            return self.offset + self.out(self.hidden(x))

        def values(self) -> list[np.ndarray] | None:
            if not self.out.built:
                return None
            weights = [self.offset, *self.hidden.weights, *self.out.weights]
            return [np.array(w.numpy(), copy=True) for w in weights]

    return StarModel()


def _probe_late(inputs: Inputs, make_step: Callable[..., Any]) -> Observation:
    """Make a step for each of two models that are not built yet, and take the steps in turn."""
    import keras
    import tensorflow as tf

    models = [_unbuilt_network(given) for given in inputs["models"]]
    steps: list[Any] = []

    def state() -> list[np.ndarray]:
        pairs = zip(models, inputs["models"])
        return [v for model, given in pairs for v in model.values() or _late_start(given)]

    states = [state()]

    def run(which: int, x: Any, y: Any) -> Any:
        if not steps:
            for model in models:
                steps.append(make_step(model, keras.optimizers.SGD(inputs["rate"], momentum=_MOMENTUM)))
        loss = steps[which](x, y)
        states.append(state())
        return loss

    batches = [
        (which, *(tf.constant(a) for a in given["batches"][i]))
        for i in range(STEPS)
        for which, given in enumerate(inputs["models"])
    ]
    seen = observe(run, batches, {})
    names = [f"{name} of model {i}" for i in (1, 2) for name in _LATE_NAMES]
    variables = [
        _seen_variable(name, [values[i] for values in states[: seen.steps + 1]])
        for i, name in enumerate(names)
    ]
    return dataclasses.replace(seen, variables=tuple(variables))


def _seen_variable(name: str, values: list[np.ndarray]) -> VariableObservation:
    updates = [after.astype(np.float64) - before for before, after in zip(values, values[1:])]
    return VariableObservation(
        name=name,
        shape=values[0].shape,
        dtype=values[0].dtype.name,
        registered=True,
        trainable=True,
        gradients=("not asked",) * len(updates),
        gradient_norms=(None,) * len(updates),
        update_norms=tuple(float(np.linalg.norm(update)) for update in updates),
        values=tuple(values),
    )


def _right_late(inputs: Inputs) -> Trajectory:
    def loss_on(x: np.ndarray, y: np.ndarray) -> Callable[[Parameters], float]:
        return lambda parts: mean_squared_error(y, parts[0] + dense_forward(parts[1:], x))

    runs = []
    for given in inputs["models"]:
        losses = [loss_on(x, y) for x, y in given["batches"]]
        runs.append(descend(losses, _late_start(given), sgd(inputs["rate"], _MOMENTUM)))
    first, second = runs
    losses = [loss for pair in zip(first.losses, second.losses) for loss in pair]
    values = [first.values[(i + 1) // 2] + second.values[i // 2] for i in range(2 * STEPS + 1)]
    return Trajectory(tuple(losses), tuple(values))


def _judge_all_move(inputs: Inputs, observation: Observation) -> tuple[Property, ...]:
    if observation.error is not None:
        return (crashed(observation.error),)
    if [v.name.partition(" ")[0] for v in observation.variables] != [*_LATE_NAMES, *_LATE_NAMES]:
        return (Property("registration", False, "The variables of the two models were not all seen."),)
    stuck = [v.name for v in observation.variables if not v.moved]
    if stuck:
        message = f"These never move: {', '.join(stuck)}. Has the list that your step trains all of them?"
        return (Property("registration", False, message),)
    return (Property("registration", True, "Every variable of both models moves."),)


def _judge_late(inputs: Inputs, observation: Observation) -> tuple[Property, ...]:
    moves = _judge_all_move(inputs, observation)
    if observation.error is not None or len(observation.variables) != 2 * len(_LATE_NAMES):
        return moves
    right = _right_late(inputs)
    rule = "what SGD with momentum says"
    return (
        *moves,
        judge_loss(observation, right, MSE),
        judge_update(observation.variables, right, rule),
    )


LATE_LIST = Problem(
    name="late-list",
    title="Only the offset learns",
    kind="repair",
    faults=("variables-read-before-build",),
    hints=(
        "Print the list that the step trains. After the first step, compare it with the model's own list.",
        "When does a Dense layer make its kernel and bias, and when is the list read?",
        "Read the list when the weights exist. The first step may be the moment, or each step, or you build "
        "the model yourself.",
    ),
    tests=(
        Test("moves", 1, _draw_late, _probe_late, _judge_all_move),
        Test("update", 3, _draw_late, _probe_late, _judge_late, hidden=True),
    ),
)


# -- thaw: a layer that was frozen, and stays so ----------------------------------

_LAYERS = ("body", "head")


def _draw_thaw(rng: np.random.Generator) -> Inputs:
    models = []
    for _ in range(2):
        warm_up = int(rng.integers(1, 4))
        drawn = [draw_regression(rng) for _ in range(2)]
        batches = [batch for d in drawn for batch in d["batches"]][: warm_up + 3]
        models.append({"weights": drawn[0]["weights"], "batches": batches, "warm_up": warm_up})
    return {"models": models, "rate": float(rng.uniform(0.1, 0.15))}


def _probe_thaw(inputs: Inputs, fine_tune: Callable[..., Any]) -> Observation:
    import tensorflow as tf

    models = [dense_network(given["weights"], names=_LAYERS) for given in inputs["models"]]
    losses: list[Any] = []

    def run(which: int) -> None:
        given = inputs["models"][which]
        batches = [(tf.constant(x), tf.constant(y)) for x, y in given["batches"]]
        returned = fine_tune(models[which], batches, given["warm_up"], inputs["rate"])
        losses.append([float(np.asarray(loss)) for loss in returned])

    named = {
        f"{item.name} of model {i}": item.variable
        for i, model in enumerate(models, 1)
        for item in find_variables(model)
    }
    seen = observe(run, [(0,), (1,)], named)
    return dataclasses.replace(seen, losses=(None,) * seen.steps, returned={"losses": losses})


def _right_thaw(inputs: Inputs) -> list[Trajectory]:
    runs = []
    for given in inputs["models"]:
        rule = _head_first(given["warm_up"], inputs["rate"])
        runs.append(right_regression({**given, "rate": inputs["rate"]}, rule=rule))
    return runs


def _head_first(warm_up: int, rate: float) -> Rule:
    """Gradient descent that leaves the body alone during the warm-up."""
    step = itertools.count()

    def update(gradients: list[np.ndarray]) -> list[np.ndarray]:
        warm = next(step) < warm_up
        return [0 * g if warm and i < 2 else -rate * g for i, g in enumerate(gradients)]

    return update


def _judge_thaw_losses(inputs: Inputs, observation: Observation) -> tuple[Property, ...]:
    if observation.error is not None:
        return (crashed(observation.error),)
    returned = observation.returned.get("losses")
    for i, right in enumerate(_right_thaw(inputs)):
        losses = returned[i] if type(returned) is list and len(returned) > i else None
        if type(losses) is not list or not all(type(loss) is float for loss in losses):
            return (Property("loss", False, "What you returned is not a list of numbers."),)
        if len(losses) != len(right.losses):
            message = f"{len(right.losses)} batches should give as many losses; you returned {len(losses)}."
            return (Property("loss", False, message),)
        wrong = [k for k, (a, b) in enumerate(zip(losses, right.losses)) if not agree(a, b)]
        if wrong:
            warm_up = inputs["models"][i]["warm_up"]
            message = (
                f"With {warm_up} warm-up batches, the loss on batch {wrong[0] + 1} of {len(losses)} "
                f"({losses[wrong[0]]:.4g}) is not that of the training which the task describes."
            )
            return (Property("loss", False, message),)
    return (Property("loss", True, "The losses are right, during the warm-up and after it."),)


def _judge_thaw(inputs: Inputs, observation: Observation) -> tuple[Property, ...]:
    if observation.error is not None:
        return (crashed(observation.error),)
    right = [array for run in _right_thaw(inputs) for array in zip(run.values[0], run.values[-1])]
    if len(observation.variables) != len(right):
        return (Property("update", False, "The variables of the two models were not all seen."),)
    wrong = []
    for variable, (start, end) in zip(observation.variables, right):
        moved = variable.values[-1].astype(np.float64) - variable.values[0] if variable.values else np.nan
        if not agree(moved, end - start):
            wrong.append(variable.name + ("" if variable.moved else " (did not move at all)"))
    message = "All weights end where the described training ends."
    if wrong:
        message = f"Not where the described training ends: {', '.join(wrong)}."
    update = Property("update", not wrong, message, weight=2.0)
    frozen = [v.name for v in observation.variables if not v.trainable]
    message = f"Still marked as not trainable: {', '.join(frozen)}." if frozen else "Nothing is left frozen."
    left = Property("registration", not frozen, message, weight=1.0 if frozen else 0.0)
    return (update, *_judge_thaw_losses(inputs, observation), left)


THAW = Problem(
    name="thaw",
    title="A body that never thaws",
    kind="repair",
    faults=("frozen-variable",),
    hints=(
        "Compare the body's kernel before the call and after it. Then print the list that is trained, before "
        "and after the thaw.",
        "A switch was turned, and a list was read. Which came first, and does the one follow the other?",
        "Work with a list that fits the phase. An optimizer only accepts variables that it knew at its first "
        "step; there is more than one way to respect that.",
    ),
    tests=(
        Test("losses", 1, _draw_thaw, _probe_thaw, _judge_thaw_losses),
        Test("update", 3, _draw_thaw, _probe_thaw, _judge_thaw, hidden=True),
    ),
)


# -- skipped-songs: raw variables whose names are rebound ---------------------------


def _draw_skips(rng: np.random.Generator) -> Inputs:
    while True:  # about every fifth draw ends with weights of length 1, which hides that they were normalised
        songs = rng.normal(0, 1, (ROWS, 3)).astype(np.float32)
        taste = rng.normal(0, 1, 3)
        skipped = (songs @ taste + 0.5 + rng.normal(0, 0.5, ROWS) > 0).astype(np.float32)
        inputs = {
            "songs": songs,
            "skipped": skipped,
            "weight": rng.normal(0, 1, 3).astype(np.float32),
            "bias": np.array(rng.uniform(-1, 1), dtype=np.float32),
            "rate": float(rng.uniform(0.4, 0.8)),
            "steps": int(rng.integers(4, 8)),
        }
        if abs(np.linalg.norm(_right_skips(inputs).values[-1][0]) - 1) > 0.1:
            return inputs


def _probe_skips(inputs: Inputs, fit_skips: Callable[..., Any]) -> Observation:
    import tensorflow as tf

    originals = {name: tf.Variable(inputs[name], name=name) for name in ("weight", "bias")}
    handed = dict(originals)
    losses: list[float] = []
    held: dict[str, np.ndarray] = {}

    def run() -> None:
        data = tf.constant(inputs["songs"]), tf.constant(inputs["skipped"])
        returned = fit_skips(handed, *data, inputs["rate"], inputs["steps"])
        losses.extend(float(np.asarray(loss)) for loss in returned)
        held.update({str(name): np.array(value, dtype=np.float64) for name, value in handed.items()})

    seen = observe(run, [()], originals)
    return dataclasses.replace(
        seen, losses=(None,) * seen.steps, returned={"losses": losses, "held": dict(held)}
    )


def _right_skips(inputs: Inputs) -> Trajectory:
    songs, skipped = (inputs[name].astype(np.float64) for name in ("songs", "skipped"))

    def loss(parts: Parameters) -> float:
        logit = songs @ parts[0] + parts[1]
        return float(np.mean(np.logaddexp(0, logit) - skipped * logit))

    return descend([loss] * inputs["steps"], [inputs["weight"], inputs["bias"]], sgd(inputs["rate"]))


def _judge_skip_losses(inputs: Inputs, observation: Observation) -> tuple[Property, ...]:
    if observation.error is not None:
        return (crashed(observation.error),)
    losses, right = observation.returned.get("losses"), _right_skips(inputs)
    if type(losses) is not list or not all(type(loss) is float for loss in losses):
        return (Property("loss", False, "What you returned is not a list of numbers."),)
    if len(losses) != inputs["steps"]:
        message = f"{inputs['steps']} steps should give as many losses; you returned {len(losses)}."
        return (Property("loss", False, message),)
    wrong = [k for k, (a, b) in enumerate(zip(losses, right.losses)) if not agree(a, b)]
    if not wrong:
        return (Property("loss", True, "The losses are those of gradient descent, step by step."),)
    shown = ", ".join(f"{v:.4g}" for v in losses)
    message = f"From step {wrong[0] + 1} on, the returned losses ({shown}) are not those of gradient descent."
    return (Property("loss", False, message),)


def _judge_skips(inputs: Inputs, observation: Observation) -> tuple[Property, ...]:
    if observation.error is not None:
        return (crashed(observation.error),)
    if [v.name for v in observation.variables] != ["weight", "bias"]:
        return (Property("update", False, "The two variables, weight and bias, were not both seen."),)
    right = _right_skips(inputs)
    held = observation.returned.get("held")
    held = held if type(held) is dict else {}
    properties = []
    for i, variable in enumerate(observation.variables):
        end = right.values[-1][i]
        moved = variable.values[-1].astype(np.float64) - variable.values[0] if variable.values else np.nan
        in_place = agree(moved, end - right.values[0][i])
        same = type(held.get(variable.name)) is np.ndarray and agree(held[variable.name], end)
        if in_place and same:
            message = f"{variable.name} ends where {inputs['steps']} steps of gradient descent end."
        elif in_place:
            message = f"{variable.name} is right, but the dict holds something else under its name now."
        elif not variable.moved:
            message = f"The variable {variable.name} that was handed in has the value that it had before."
        else:
            message = (
                f"{variable.name} moved, but not to where {inputs['steps']} steps of gradient descent end."
            )
        properties.append(Property("update", in_place and same, message))
    extra = sorted(set(held) ^ {"weight", "bias"})
    if extra:
        message = f"The dict should have the entries weight and bias, as before; see {', '.join(extra)}."
        properties.append(Property("answer", False, message))
    return (*properties, *_judge_skip_losses(inputs, observation))


SKIPPED_SONGS = Problem(
    name="skipped-songs",
    title="A player that forgets what it learned",
    kind="transfer",
    faults=("rebound-variable",),
    hints=(
        "Print the losses. When do they change, and when do they stop? Then print the two variables.",
        "What kind of object does the dict hold before the first step, and what kind after it?",
        "Change the variables where they are. The sign = does not: it puts another object under the name.",
    ),
    tests=(
        Test("losses", 1, _draw_skips, _probe_skips, _judge_skip_losses),
        Test("update", 3, _draw_skips, _probe_skips, _judge_skips, hidden=True),
    ),
)


# -- play-counts: build a model from whole numbers and a list of layers ---------------

_SONGS = 4


def _draw_song_model(rng: np.random.Generator, layers: int) -> Inputs:
    plays = rng.integers(0, 6, _SONGS)
    widths = (3, *(int(rng.integers(3, 5)) for _ in range(layers - 1)), 1)
    weights = [1.3 * w for w in draw_weights(rng, *widths)]
    liked = rng.normal(0, 1.5, _SONGS)
    batches = []
    for _ in range(STEPS):
        features = rng.normal(0, 1, (ROWS, 3)).astype(np.float32)
        songs = rng.permutation(np.arange(ROWS) % _SONGS).astype(np.int32)
        network = dense_forward(weights, features)[:, 0]
        minutes = plays[songs] + liked[songs] - network + 0.5 * features[:, 0] + rng.normal(0.4, 0.3, ROWS)
        batches.append([[features, songs], minutes.astype(np.float32)])
    features = rng.normal(0, 1, (12, 3)).astype(np.float32)
    everything = [features, (np.arange(12) % _SONGS).astype(np.int32)]
    parts = [plays.astype(np.float64), *(w.astype(np.float32) for w in weights)]
    return {"parts": parts, "batches": batches, "all": everything}


def _draw_songs(rng: np.random.Generator, *layers: int) -> Inputs:
    rate = float(rng.uniform(0.05, 0.1))
    models = [_draw_telling(lambda n=n: _draw_song_model(rng, n), _predict_minutes, rate) for n in layers]
    return {"models": models, "rate": rate}


def _draw_two_layers(rng: np.random.Generator) -> Inputs:
    return _draw_songs(rng, 2)


def _draw_song_models(rng: np.random.Generator) -> Inputs:
    return _draw_songs(rng, *(int(n) for n in rng.permutation([1, 3])))


def _probe_songs(inputs: Inputs, song_model: Callable[..., Any]) -> Observation:
    def make(given: Inputs) -> Any:
        plays, *weights = given["parts"]
        return song_model([int(n) for n in plays], weights[0::2], weights[1::2])

    return _probe_models(inputs, make)


def _predict_minutes(parts: Parameters, x: Any) -> np.ndarray:
    features, songs = x
    return parts[0][songs] + dense_forward(parts[1:], features)[:, 0]


def _song_parts(given: Inputs) -> list[str]:
    return ["popularity", *("the layers" for _ in given["parts"][1:])]


def _judge_two_layers(inputs: Inputs, observation: Observation) -> tuple[Property, ...]:
    return _judge_models(inputs, observation, _predict_minutes, _song_parts, whole=False)


def _judge_songs(inputs: Inputs, observation: Observation) -> tuple[Property, ...]:
    return _judge_models(inputs, observation, _predict_minutes, _song_parts)


PLAY_COUNTS = Problem(
    name="play-counts",
    title="A model that starts from play counts",
    kind="build",
    faults=("integer-variable", "untracked-variable", "not-a-variable"),
    hints=(
        "Call your model once. How many trainable variables does it list, of which types, and how many "
        "should there be for two layers?",
        "Ask of each weight: is it a variable at all, does Keras register it, and can a gradient change a "
        "number of this type?",
        "Make all weights in the constructor, in the way that Keras registers, and as floats. A list of "
        "layers is fine.",
    ),
    tests=(
        Test("moves", 1, _draw_two_layers, _probe_songs, _judge_two_layers),
        Test("update", 4, _draw_song_models, _probe_songs, _judge_songs, hidden=True),
    ),
)


# -- which-weights: name the fault ---------------------------------------------------

#: `autograder.problems.naming` makes these of the answers.
_KEY = {
    "A": "27cabe7da2433154",
    "B": "1654b942c828efea",
    "C": "b558f1837fefdf83",
    "D": "02364b00a3547489",
    "E": "8f53340746daef03",
}


WHICH_WEIGHTS = Problem(
    name="which-weights",
    title="Five programs, five diagnoses",
    kind="name the fault",
    faults=("untracked-variable", "frozen-variable", "rebound-variable", "integer-variable"),
    hints=(
        "Look for the variables that moved by 0, and read their rows from left to right.",
        "Not registered, not asked and None have different causes. Where two rows look alike, find the line "
        "of the program that made the variable or the list.",
        "One program is healthy: what stands still in it is meant to. Ask of each unmoved variable whether a "
        "gradient should move it.",
    ),
    tests=naming_tests(5, _KEY),
)

PROBLEMS = (STAR_SCALE, LATE_LIST, THAW, SKIPPED_SONGS, PLAY_COUNTS, WHICH_WEIGHTS)
