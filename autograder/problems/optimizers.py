"""Assignment 07: dead optimizers beside healthy gradients."""

import dataclasses
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from autograder.judging.networks import dense_forward, draw_weights, mean_squared_error
from autograder.judging.reference import Rule, Trajectory, agree, descend, numerical_gradient, sgd
from autograder.judging.steps import crashed, judge_steps
from autograder.judging.verdict import Property
from autograder.observing.networks import dense_network
from autograder.observing.observation import Observation
from autograder.observing.observer import observe
from autograder.problems.naming import naming_tests
from autograder.problems.problem import Inputs, Problem, Test
from autograder.problems.regression import MSE, draw_regression, right_regression

# -- warm-up-step: the rate is set on an attribute that nobody reads ----------------


def _draw_warm_up(rng: np.random.Generator) -> Inputs:
    inputs = draw_regression(rng)
    rates = [float(rng.uniform(low, low + 0.02)) for low in (0.03, 0.05, 0.08)]
    return {**inputs, "rates": rates, "momentum": float(rng.uniform(0.8, 0.9))}


def _probe_warm_up(inputs: Inputs, train_step: Callable[..., Any]) -> Observation:
    import keras
    import tensorflow as tf

    model = dense_network(inputs["weights"], names=("hidden", "output"))
    optimizer = keras.optimizers.SGD(0.0, momentum=inputs["momentum"])
    batches = [
        (model, optimizer, tf.constant(x), tf.constant(y), rate)
        for (x, y), rate in zip(inputs["batches"], inputs["rates"])
    ]
    return observe(train_step, batches, model)


def _heavy_ball(rates: Sequence[float], momentum: float) -> Rule:
    """Gradient descent with momentum whose rate is another one in each step."""
    velocity: list[np.ndarray] = []
    left = list(rates)

    def update(gradients: list[np.ndarray]) -> list[np.ndarray]:
        rate = left.pop(0)
        before = velocity or [np.zeros_like(g) for g in gradients]
        velocity[:] = [momentum * v - rate * g for v, g in zip(before, gradients, strict=True)]
        return list(velocity)

    return update


_HEAVY_BALL = "momentum × its last movement − rate × gradient of the loss"


def _judge_warm_up(inputs: Inputs, observation: Observation) -> tuple[Property, ...]:
    right = right_regression(inputs, rule=_heavy_ball(inputs["rates"], inputs["momentum"]))
    return judge_steps(observation, right, MSE, _HEAVY_BALL)


def _judge_warm_up_moves(inputs: Inputs, observation: Observation) -> tuple[Property, ...]:
    return _judge_warm_up(inputs, observation)[:1]


WARM_UP_STEP = Problem(
    name="warm-up-step",
    title="A rate that never arrives",
    kind="repair",
    faults=("zero-learning-rate",),
    hints=(
        "The gradients are finite and nothing moves. Divide the norm of the update by that of the gradient.",
        "Ask the optimizer itself, after the step, which learning rate it has and how many steps it made.",
        "The optimizer reads its rate under another name than the one that is set here. Keep the optimizer "
        "that you are given: it remembers the steps before.",
    ),
    tests=(
        Test("moves", 1, _draw_warm_up, _probe_warm_up, _judge_warm_up_moves),
        Test("update", 3, _draw_warm_up, _probe_warm_up, _judge_warm_up, hidden=True),
    ),
)


# -- storm-optimizer: a schedule and a clipping that leave nothing ------------------


def _gradient_norm(gradients: Sequence[np.ndarray]) -> float:
    return float(np.sqrt(sum(np.sum(g**2) for g in gradients)))


def _storm_rate(inputs: Inputs, step: int) -> float:
    """The rate of a step, counted from 0: halved after each epoch."""
    return inputs["rate"] * 0.5 ** (step // inputs["batches_per_epoch"])


def _storm_losses(inputs: Inputs) -> list[Callable[[Any], float]]:
    def loss_on(x: np.ndarray, y: np.ndarray) -> Callable[[Any], float]:
        return lambda weights: mean_squared_error(y, dense_forward(weights, x))

    return [loss_on(x, y) for x, y in inputs["batches"]]


def _storm_norms(inputs: Inputs) -> list[float]:
    """Norm of all gradients together before each right step."""
    norms: list[float] = []

    def update(gradients: list[np.ndarray]) -> list[np.ndarray]:
        norms.append(_gradient_norm(gradients))
        factor = min(1.0, inputs["limit"] / norms[-1])
        rate = _storm_rate(inputs, len(norms) - 1)
        return [-rate * factor * g for g in gradients]

    descend(_storm_losses(inputs), inputs["weights"], update)
    return norms


def _draw_storm(rng: np.random.Generator) -> Inputs:
    """Ordinary batches, and two of a storm: the first one, and one in the second epoch.

    The limit lies clearly between the norms of the gradients of both kinds.
    """
    while True:
        per_epoch = int(rng.integers(3, 5))
        storms = {0, per_epoch + int(rng.integers(0, per_epoch))}
        batches = []
        for step in range(2 * per_epoch + 2):
            x = rng.normal(0, 1, (16, 3)).astype(np.float32)
            y = 1 + x[:, :1] - 1.5 * x[:, 1:2] + rng.normal(0, 0.3, (16, 1))
            batches.append([x, (y * (12 if step in storms else 1)).astype(np.float32)])
        inputs = {
            "weights": draw_weights(rng, 3, 4, 1),
            "rate": float(rng.uniform(0.03, 0.06)),
            "batches_per_epoch": per_epoch,
            "limit": float(rng.uniform(8, 12)),
            "batches": batches,
        }
        norms = _storm_norms(inputs)
        ordinary = [n for k, n in enumerate(norms) if k not in storms]
        stormy = [n for k, n in enumerate(norms) if k in storms]
        if max(ordinary) < 0.8 * inputs["limit"] and min(stormy) > 2.5 * inputs["limit"]:
            if min(ordinary) > 0.3:
                return inputs


def _probe_storm(inputs: Inputs, make_optimizer: Callable[..., Any]) -> Observation:
    """Train a model by a right step with the optimizer that the learner makes."""
    import tensorflow as tf

    model = dense_network(inputs["weights"], names=("hidden", "output"))
    made: list[Any] = []

    def step(x: Any, y: Any) -> Any:
        if not made:  # here, so that an error of the learner's is noted
            made.append(make_optimizer(inputs["rate"], inputs["batches_per_epoch"], inputs["limit"]))
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(tf.square(y - model(x)))
        gradients = tape.gradient(loss, model.trainable_variables)
        made[0].apply_gradients(zip(gradients, model.trainable_variables))
        return loss

    batches = [(tf.constant(x), tf.constant(y)) for x, y in inputs["batches"]]
    return observe(step, batches, model)


def _storm_steps(inputs: Inputs, observation: Observation) -> list[bool] | None:
    """For each step, whether all variables together moved as they should from where they were."""
    values = [v.values for v in observation.variables]
    if [v[0].shape if len(v) else None for v in values] != [w.shape for w in inputs["weights"]]:
        return None
    if any(len(v) != len(inputs["batches"]) + 1 for v in values):
        return None
    right = []
    for step, loss in enumerate(_storm_losses(inputs)):
        before = [v[step].astype(np.float64) for v in values]
        moved = np.concatenate([np.ravel(v[step + 1] - b) for v, b in zip(values, before)])
        if not all(np.all(np.isfinite(b)) for b in before):
            right.append(False)
            continue
        gradients = numerical_gradient(loss, before)
        factor = min(1.0, inputs["limit"] / _gradient_norm(gradients))
        expected = -_storm_rate(inputs, step) * factor * np.concatenate([np.ravel(g) for g in gradients])
        right.append(agree(moved, expected))
    return right


def _share(name: str, right: list[bool], first: int, good: str, bad: str) -> Property:
    """One property of several steps; the message of a failure names the first wrong one."""
    wrong = [first + i + 1 for i, holds in enumerate(right) if not holds]
    return Property(name, not wrong, good if not wrong else f"{bad} The first one is step {wrong[0]}.")


def _judge_first_epoch(inputs: Inputs, observation: Observation) -> tuple[Property, ...]:
    if observation.error is not None:
        return (crashed(observation.error),)
    right = _storm_steps(inputs, observation)
    if right is None:
        return (Property("update", False, "The model's variables were not all seen in every step."),)
    clipped = Property(
        "update",
        right[0],
        "The step on the storm is cut to rate × limit and keeps its direction."
        if right[0]
        else "The first batch is a storm, its gradient is longer than the limit. The model does not move by "
        "rate × limit in the direction of that gradient.",
    )
    ordinary = _share(
        "update",
        right[1 : inputs["batches_per_epoch"]],
        1,
        "In the ordinary steps of the first epoch the model moves by −rate × gradient.",
        "In the first epoch, with gradients shorter than the limit, not every step moves the model by "
        "−rate × gradient.",
    )
    return clipped, ordinary


def _judge_storm(inputs: Inputs, observation: Observation) -> tuple[Property, ...]:
    first = _judge_first_epoch(inputs, observation)
    right = None if observation.error is not None else _storm_steps(inputs, observation)
    if right is None:
        return first
    later = _share(
        "update",
        right[inputs["batches_per_epoch"] :],
        inputs["batches_per_epoch"],
        "In the second and third epoch every step has the rate of its epoch.",
        "In the second and third epoch not every step is right for half and a quarter of the rate.",
    )
    return *first, dataclasses.replace(later, weight=2.0)


STORM_OPTIMIZER = Problem(
    name="storm-optimizer",
    title="An optimizer for stormy days",
    kind="repair",
    faults=("decayed-to-nothing", "clipped-to-nothing"),
    hints=(
        "Print, for some steps, the norm of the gradient, the norm of the update, and their ratio.",
        "Two settings make the updates vanish. What does a schedule count, and how long are the usual "
        "gradients compared with the limit?",
        "Let the schedule count the batches of an epoch and fall in stairs, and clip all gradients together "
        "at the limit that you are given.",
    ),
    tests=(
        Test("first-epoch", 1, _draw_storm, _probe_storm, _judge_first_epoch),
        Test("update", 3, _draw_storm, _probe_storm, _judge_storm, hidden=True),
    ),
)


# -- day-shape: a similarity whose sign is turned once too often --------------------


def _similarity(y: np.ndarray, prediction: np.ndarray) -> float:
    """Cosine similarity of each row of y and its prediction, averaged over the rows."""
    norms = np.linalg.norm(y, axis=1) * np.linalg.norm(prediction, axis=1)
    return float(np.mean(np.sum(y * prediction, axis=1) / norms))


def _right_shape(inputs: Inputs) -> Trajectory:
    """Gradient descent on −similarity; its losses are the similarities before each step."""

    def loss_on(x: np.ndarray, y: np.ndarray) -> Callable[[Any], float]:
        return lambda weights: -_similarity(y, dense_forward(weights, x))

    losses = [loss_on(x, y) for x, y in inputs["batches"]]
    right = descend(losses, inputs["weights"], sgd(inputs["rate"]))
    return dataclasses.replace(right, losses=tuple(-loss for loss in right.losses))


def _draw_shape(rng: np.random.Generator) -> Inputs:
    """Batches on which the similarity is not near 0, so that its sign shows, and not near 1."""
    while True:
        weights = draw_weights(rng, 3, 4, 5)
        batches = []
        pattern = rng.normal(0, 1, (3, 5))
        for _ in range(3):
            x = rng.normal(0, 1, (16, 3))
            y = 1.5 + x @ pattern + rng.normal(0, 0.2, (16, 5))
            batches.append([x.astype(np.float32), y.astype(np.float32)])
        inputs = {"weights": weights, "rate": float(rng.uniform(0.4, 0.8)), "batches": batches}
        if not all(0.2 < _similarity(y, dense_forward(weights, x)) < 0.5 for x, y in batches):
            continue  # cheap, and rarely true
        if all(0.2 < similarity < 0.8 for similarity in _right_shape(inputs).losses):
            return inputs


def _probe_shape(inputs: Inputs, train_step: Callable[..., Any]) -> Observation:
    import keras
    import tensorflow as tf

    model = dense_network(inputs["weights"], names=("hidden", "profile"))
    optimizer = keras.optimizers.SGD(inputs["rate"])
    batches = [(model, optimizer, tf.constant(x), tf.constant(y)) for x, y in inputs["batches"]]
    return observe(train_step, batches, model)


def _judge_shape_improves(inputs: Inputs, observation: Observation) -> tuple[Property, ...]:
    """Whether each step raises the similarity of its own batch."""
    if observation.error is not None:
        return (crashed(observation.error),)
    values = [v.values for v in observation.variables]
    steps = len(inputs["batches"])
    if [v[0].shape if len(v) == steps + 1 else None for v in values] != [w.shape for w in inputs["weights"]]:
        return (Property("update", False, "The model's variables were not all seen in every step."),)
    for step, (x, y) in enumerate(inputs["batches"]):
        before, after = (
            _similarity(y, dense_forward([v[k].astype(np.float64) for v in values], x))
            for k in (step, step + 1)
        )
        if not after > before + 1e-3:
            message = (
                f"Step {step + 1} takes the similarity on its own batch from {before:.3f} to {after:.3f}. "
                "A step should raise it."
            )
            return (Property("update", False, message),)
    return (Property("update", True, "Each step raises the similarity on its own batch."),)


def _judge_shape(inputs: Inputs, observation: Observation) -> tuple[Property, ...]:
    # The given step moves every variable as well, the wrong way: no credit for a path.
    properties = judge_steps(
        observation, _right_shape(inputs), "the mean cosine similarity before the update"
    )
    return properties[1:] if len(properties) > 1 else properties


DAY_SHAPE = Problem(
    name="day-shape",
    title="A forecast upside down",
    kind="repair",
    faults=("ascending-sign",),
    hints=(
        "Predict one batch before and after some steps, and compare the shapes with the true ones.",
        "What does the Keras loss of this name give for a perfect prediction? What does the optimizer then "
        "make of its negative?",
        "Count how often the sign is turned round between the similarity and the optimizer. Once is right. "
        "And the number that is returned should be 1 for a perfect forecast.",
    ),
    tests=(
        Test("improves", 1, _draw_shape, _probe_shape, _judge_shape_improves),
        Test("update", 3, _draw_shape, _probe_shape, _judge_shape, hidden=True),
    ),
)


# -- districts: several models, and an error that is silenced by a new optimizer ----

_DISTRICTS = ("north", "south", "harbour")


def _draw_districts(rng: np.random.Generator) -> Inputs:
    """Three rounds over the districts and one more batch, in an order that is drawn."""
    order: list[int] = []
    while len(order) < 10:
        order.extend(int(i) for i in rng.permutation(3))
    batches = []
    for district in order[:10]:
        x = rng.normal(0, 1, (16, 3)).astype(np.float32)
        y = 1 + district - x[:, :1] + (0.5 + district) * x[:, 1:2] + rng.normal(0, 0.3, (16, 1))
        batches.append([district, x, y.astype(np.float32)])
    return {
        "weights": [draw_weights(rng, 3, 4, 1) for _ in _DISTRICTS],
        "batches": batches,
        "rate": float(rng.uniform(0.02, 0.04)),
        "momentum": float(rng.uniform(0.85, 0.92)),
    }


def _probe_districts(inputs: Inputs, train_districts: Callable[..., Any]) -> Observation:
    import tensorflow as tf

    models = {
        name: dense_network(weights, names=("hidden", "output"))
        for name, weights in zip(_DISTRICTS, inputs["weights"])
    }
    variables = {
        f"{name}/{layer.name}/{kind}": getattr(layer, kind)
        for name, model in models.items()
        for layer in model.layers
        for kind in ("kernel", "bias")
    }
    losses: list[float] = []

    def run() -> None:
        batches = [(_DISTRICTS[i], tf.constant(x), tf.constant(y)) for i, x, y in inputs["batches"]]
        returned = train_districts(models, batches, inputs["rate"], inputs["momentum"])
        losses.extend(float(np.asarray(loss)) for loss in returned)

    seen = observe(run, [()], variables)
    return dataclasses.replace(seen, losses=(None,) * seen.steps, returned={"losses": losses})


def _right_districts(inputs: Inputs) -> list[Trajectory]:
    """Each district on its own: its batches in order, with its own momentum."""

    def loss_on(x: np.ndarray, y: np.ndarray) -> Callable[[Any], float]:
        return lambda weights: mean_squared_error(y, dense_forward(weights, x))

    return [
        descend(
            [loss_on(x, y) for i, x, y in inputs["batches"] if i == district],
            inputs["weights"][district],
            sgd(inputs["rate"], inputs["momentum"]),
        )
        for district in range(len(_DISTRICTS))
    ]


def _floats(value: Any) -> list[float] | None:
    """A list of numbers, or ``None``: what a student's process says may be anything."""
    return value if type(value) is list and all(type(v) is float for v in value) else None


def _judge_districts_losses(inputs: Inputs, observation: Observation) -> tuple[Property, ...]:
    if observation.error is not None:
        return (crashed(observation.error),)
    losses = _floats(observation.returned.get("losses"))
    if losses is None or len(losses) != len(inputs["batches"]):
        message = f"You should return a list of {len(inputs['batches'])} numbers, a loss for each batch."
        return (Property("loss", False, message),)
    expected = [list(right.losses) for right in _right_districts(inputs)]
    for step, (district, _, _) in enumerate(inputs["batches"]):
        if not agree(losses[step], expected[district].pop(0)):
            message = (
                f"From batch {step + 1} on, of {_DISTRICTS[district]}, the returned losses are not those of "
                "gradient descent with momentum. Was the model where it should be by then?"
            )
            return (Property("loss", False, message),)
    return (Property("loss", True, "The returned losses are right for every batch."),)


def _judge_districts(inputs: Inputs, observation: Observation) -> tuple[Property, ...]:
    if observation.error is not None:
        return (crashed(observation.error),)
    if [v.shape for v in observation.variables] != [w.shape for ws in inputs["weights"] for w in ws]:
        return (Property("registration", False, "The variables of the three models were not all seen."),)
    properties = []
    for i, (name, right) in enumerate(zip(_DISTRICTS, _right_districts(inputs))):
        wrong, still = [], []
        for j, variable in enumerate(observation.variables[4 * i : 4 * i + 4]):
            if len(variable.values) != 2:
                wrong.append(variable.name)
                continue
            moved = variable.values[1].astype(np.float64) - variable.values[0]
            if not agree(moved, right.values[-1][j] - right.values[0][j]):
                (wrong if variable.moved else still).append(variable.name)
        count = len(right.losses)
        message = f"The model of {name} ends where {count} steps with its own momentum end."
        if wrong or still:
            said = [f"{', '.join(still)}: did not move."] if still else []
            said += [f"{', '.join(wrong)}: moved elsewhere."] if wrong else []
            message = (
                f"The model of {name} does not end where {count} steps with its own momentum end. "
                f"{' '.join(said)}"
            )
        properties.append(Property("update", not wrong and not still, message))
    return (*properties, *_judge_districts_losses(inputs, observation))


DISTRICTS = Problem(
    name="districts",
    title="Three districts, one memory",
    kind="transfer",
    faults=("unknown-variable", "optimizer-rebuilt-each-step"),
    hints=(
        "Print the optimizer's count of iterations in the loop. How far does it get?",
        "The error that is caught here says who the optimizer knows. What is thrown away when a new one "
        "takes its place?",
        "No error has to be caught if every model meets an optimizer that knows its variables from the "
        "beginning and is kept until the end.",
    ),
    tests=(
        Test("losses", 1, _draw_districts, _probe_districts, _judge_districts_losses),
        Test("update", 3, _draw_districts, _probe_districts, _judge_districts, hidden=True),
    ),
)


# -- own-rate: a fixed rate is huge in one unit and tiny in another -----------------

_UNITS = ("large numbers", "small numbers")


def _draw_own_rate(rng: np.random.Generator) -> Inputs:
    """Two data sets that differ in the unit of x: large numbers and very small ones."""
    tables = []
    for unit in (rng.uniform(20, 60), rng.uniform(0.5e-4, 2e-4)):
        # Columns that go together and have a mean: neither the curvatures along the axes nor the
        # covariances are those that count.
        x = rng.normal(0, 1, (24, 1)) + 0.7 * rng.normal(0, 1, (24, 3))
        x = x - x.mean(axis=0) + rng.uniform(0.6, 1.0)
        slopes = rng.choice([-1, 1], (3, 1)) * rng.uniform(1, 2, (3, 1))
        y = x @ slopes + rng.normal(0, 0.2, (24, 1))
        start = rng.normal(0, 0.3, (3, 1)) / unit
        tables.append([a.astype(np.float32) for a in (start, x * unit, y)])
    return {"tables": tables, "share": float(rng.uniform(0.3, 0.7)), "steps": int(rng.integers(4, 7))}


def _probe_own_rate(inputs: Inputs, fit_demand: Callable[..., Any]) -> Observation:
    """Fit both data sets in turn. Rates and losses go to `returned`, one entry a data set."""
    import tensorflow as tf

    kernels = [tf.Variable(table[0], name=f"kernel {i}") for i, table in enumerate(inputs["tables"])]
    answers: list[dict[str, Any]] = []

    def run(i: int) -> None:
        _, x, y = inputs["tables"][i]
        rate, losses = fit_demand(
            kernels[i], tf.constant(x), tf.constant(y), inputs["share"], inputs["steps"]
        )
        numbers = [float(np.asarray(loss).reshape(())) for loss in losses]
        answers.append({"rate": float(np.asarray(rate).reshape(())), "losses": numbers})

    seen = observe(run, [(i,) for i in range(len(kernels))], kernels)
    return dataclasses.replace(seen, losses=(None,) * seen.steps, returned={"answers": answers})


def _right_rate(inputs: Inputs, i: int) -> float:
    x = inputs["tables"][i][1].astype(np.float64)
    return inputs["share"] * 2 / float(np.linalg.eigvalsh(2 / len(x) * x.T @ x)[-1])


def _right_own_rate(inputs: Inputs, i: int) -> Trajectory:
    start, x, y = (a.astype(np.float64) for a in inputs["tables"][i])
    loss = lambda parameters: mean_squared_error(y, x @ parameters[0])  # noqa: E731
    return descend([loss] * inputs["steps"], [start], sgd(_right_rate(inputs, i)))


def _answered(observation: Observation, i: int) -> tuple[float, list[float]] | None:
    answers = observation.returned.get("answers")
    answer = answers[i] if type(answers) is list and len(answers) > i else None
    if type(answer) is not dict or type(answer.get("rate")) is not float:
        return None
    losses = _floats(answer.get("losses"))
    return None if losses is None else (answer["rate"], losses)


def _judge_own_rate_losses(inputs: Inputs, observation: Observation) -> tuple[Property, ...]:
    """Whether the losses fall as they should, for both units."""
    if observation.error is not None:
        return (crashed(observation.error),)
    properties = []
    for i, unit in enumerate(_UNITS):
        answer, right = _answered(observation, i), np.array(_right_own_rate(inputs, i).losses)
        if answer is None or len(answer[1]) != inputs["steps"]:
            message = f"With {unit} you should return a rate and {inputs['steps']} losses, all numbers."
            properties.append(Property("loss", False, message))
            continue
        holds = agree(np.array(answer[1]), right)
        shown = ", ".join(f"{loss:.4g}" for loss in answer[1])
        message = f"With {unit} the losses ({shown}) are "
        message += "right." if holds else "not those of gradient descent at the rate that was asked for."
        properties.append(Property("loss", holds, message))
    return tuple(properties)


def _judge_own_rate(inputs: Inputs, observation: Observation) -> tuple[Property, ...]:
    losses = _judge_own_rate_losses(inputs, observation)
    if observation.error is not None:
        return losses
    if [v.shape for v in observation.variables] != [t[0].shape for t in inputs["tables"]]:
        return (Property("registration", False, "The two kernels were not both seen."),)
    properties = []
    for i, (unit, variable) in enumerate(zip(_UNITS, observation.variables)):
        answer, right = _answered(observation, i), _right_own_rate(inputs, i)
        holds = answer is not None and agree(answer[0], _right_rate(inputs, i))
        message = f"With {unit} the returned rate is {'' if holds else 'not '}the given share of the limit."
        properties.append(Property("answer", holds, message))
        values = variable.values
        holds = len(values) == 3 and agree(
            values[i + 1].astype(np.float64) - values[i], right.values[-1][0] - right.values[0][0]
        )
        where = f"where {inputs['steps']} steps of gradient descent at that rate end."
        message = f"With {unit} the kernel {'ends' if holds else 'does not end'} {where}"
        if not variable.moved:
            message = f"With {unit} the kernel did not move at all."
        properties.append(Property("update", holds, message))
    return (*properties, *losses)


OWN_RATE = Problem(
    name="own-rate",
    title="A step that finds its own rate",
    kind="build",
    faults=("huge-learning-rate", "tiny-learning-rate"),
    hints=(
        "Run the given program with x in large units and in very small ones, and print the losses and how "
        "far the kernel moves.",
        "The limit of the rate comes from the largest curvature of the loss. What does the curvature of a "
        "mean squared error depend on: on y, on the kernel, or on x?",
        "Compute the matrix of second derivatives from x, with the factor that the mean brings, and take its "
        "largest eigenvalue. The lesson does this for one data set.",
    ),
    tests=(
        Test("losses", 1, _draw_own_rate, _probe_own_rate, _judge_own_rate_losses),
        Test("update", 4, _draw_own_rate, _probe_own_rate, _judge_own_rate, hidden=True),
    ),
)


# -- which-optimizer-fault: name the fault ------------------------------------------

#: `autograder.problems.naming` makes these of the answers.
_KEY = {
    "A": "873dab6918299520",
    "B": "09660517bc4a3b12",
    "C": "7361791590196359",
    "D": "99fc1570e9d48c3c",
    "E": "881f302331b7d5a3",
}


WHICH_FAULT = Problem(
    name="which-optimizer-fault",
    title="Five programs, five diagnoses",
    kind="name the fault",
    faults=(
        "clipped-to-nothing",
        "ascending-sign",
        "decayed-to-nothing",
        "tiny-learning-rate",
    ),
    hints=(
        "All gradients are finite. Compare the columns: which variables move by next to nothing although "
        "their gradient is large, and which gradients grow?",
        "Follow each variable to the line that changes it. By which number is its gradient multiplied in the "
        "first step, and in the tenth?",
        "One of the five programs only looks suspicious. If every variable follows the gradient of what "
        'should become small, the fault is "none" and the list is empty.',
    ),
    tests=naming_tests(5, _KEY),
)

PROBLEMS = (WARM_UP_STEP, STORM_OPTIMIZER, DAY_SHAPE, DISTRICTS, OWN_RATE, WHICH_FAULT)
