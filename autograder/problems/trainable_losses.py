"""Assignment 06: parameters that live in a loss, and losses that live in a layer."""

import dataclasses
from collections.abc import Callable
from typing import Any

import numpy as np

from autograder.judging.networks import dense_forward, draw_weights, mean_squared_error
from autograder.judging.reference import Trajectory, agree, descend, sgd
from autograder.judging.steps import crashed, judge_path, judge_steps, judge_update
from autograder.judging.verdict import Property
from autograder.observing.failure import describe_failure
from autograder.observing.networks import dense_network
from autograder.observing.observation import Observation
from autograder.observing.observer import observe
from autograder.observing.optimizers import buildable_in_any_trace
from autograder.problems.naming import naming_tests
from autograder.problems.problem import Inputs, Problem, Test

ROWS = 24
MOMENTUM = 0.8
OBJECTIVE = "the sum of exp(−s) × error + s over the two columns"
RULE = "what the given optimizer makes of the gradient"


def _draw_two_columns(rng: np.random.Generator, steps: int = 4) -> Inputs:
    """A network with two outputs, a learning rate, and batches whose second column is far noisier.

    Keys: "weights", "rate", and "batches", a list of [x, y] with shapes
    (`ROWS`, 3) and (`ROWS`, 2), all float32.
    """
    batches = []
    for _ in range(steps):
        x = rng.normal(0, 1, (ROWS, 3))
        calm = 0.4 * x[:, :1] - 0.3 * x[:, 1:2] + rng.normal(0, 0.2, (ROWS, 1))
        noisy = 3 + x[:, 2:] + rng.normal(0, 1.5, (ROWS, 1))
        batches.append([x.astype(np.float32), np.hstack([calm, noisy]).astype(np.float32)])
    weights = draw_weights(rng, 3, 4, 2)
    return {"weights": weights, "rate": float(rng.uniform(0.01, 0.03)), "batches": batches}


def balanced_loss(y: np.ndarray, prediction: np.ndarray, s: np.ndarray, floor: float = 0.0) -> float:
    """Σ exp(−s)·(error + floor) + s over the columns, with the mean squared error of each."""
    errors = np.mean((y - prediction) ** 2, axis=0) + floor
    return float(np.sum(np.exp(-s) * errors + s))


def _right_balanced(inputs: Inputs, start: np.ndarray | None = None, floor: float = 0.0) -> Trajectory:
    """Right steps for the network's weights and s, which comes last among the parameters."""

    def loss_on(x: np.ndarray, y: np.ndarray) -> Callable[[Any], float]:
        return lambda p: balanced_loss(y, dense_forward(p[:-1], x), p[-1], floor)

    losses = [loss_on(x, y) for x, y in inputs["batches"]]
    parameters = [*inputs["weights"], np.zeros(2) if start is None else start]
    return descend(losses, parameters, sgd(inputs["rate"], MOMENTUM))


def _network(inputs: Inputs) -> Any:
    return dense_network(inputs["weights"], names=("hidden", "output"))


def _optimizer(inputs: Inputs) -> Any:
    import keras

    return buildable_in_any_trace(keras.optimizers.SGD(inputs["rate"], momentum=MOMENTUM))


def _loss_object() -> Any:
    """A loss object as it stands in the notebook: two errors, weighed by its variable `s`."""
    import keras
    import tensorflow as tf

    class BalancedLoss(keras.losses.Loss):
        def __init__(self) -> None:
            super().__init__(name="balanced")
            self.s = keras.Variable([0.0, 0.0], name="s")

        def call(self, y: Any, prediction: Any) -> Any:
            errors = tf.reduce_mean(tf.square(y - prediction), axis=0)
            return tf.reduce_sum(tf.exp(-self.s) * errors + self.s)

    return BalancedLoss()


def _tensors(inputs: Inputs) -> list[tuple[Any, Any]]:
    import tensorflow as tf

    return [(tf.constant(x), tf.constant(y)) for x, y in inputs["batches"]]


# -- noise-balance: nobody hands the loss's parameter to the optimizer ---------------


def _probe_noise_balance(inputs: Inputs, train_step: Callable[..., Any]) -> Observation:
    model, optimizer, balance = _network(inputs), _optimizer(inputs), _loss_object()
    batches = [(model, balance, optimizer, x, y) for x, y in _tensors(inputs)]
    return observe(train_step, batches, [*model.trainable_variables, balance.s])


def _judge_noise_balance(inputs: Inputs, observation: Observation) -> tuple[Property, ...]:
    return judge_steps(observation, _right_balanced(inputs), OBJECTIVE, RULE)


def _judge_balance_learns(inputs: Inputs, observation: Observation) -> tuple[Property, ...]:
    return _judge_noise_balance(inputs, observation)[:1]


NOISE_BALANCE = Problem(
    name="noise-balance",
    title="A balance that nobody adjusts",
    kind="repair",
    faults=("loss-parameter-missing",),
    hints=(
        "Print balance.s before and after a step. Then ask the tape for its gradient: is that None?",
        "Follow the list of variables: which ones is the tape asked about, and which ones does the optimizer "
        "get to see?",
        "One list for the tape and for the optimizer, with everything in it that should learn. Hand it over "
        "in one call.",
    ),
    tests=(
        Test("learns", 1, _draw_two_columns, _probe_noise_balance, _judge_balance_learns),
        Test("update", 3, _draw_two_columns, _probe_noise_balance, _judge_noise_balance, hidden=True),
    ),
)


# -- new-every-batch: the loss object is made anew in each step ------------------------


def _draw_new_every_batch(rng: np.random.Generator) -> Inputs:
    return _draw_two_columns(rng, steps=5)


def _probe_new_every_batch(inputs: Inputs, train: Callable[..., Any]) -> Observation:
    """The whole run is one observed step; what it returns goes to `returned`."""
    model = _network(inputs)
    returned: dict[str, Any] = {}

    def run() -> None:
        losses, path = train(model, _loss_object, lambda: _optimizer(inputs), _tensors(inputs))
        returned["losses"] = [float(np.asarray(loss).reshape(())) for loss in losses]
        returned["path"] = [np.array(values, dtype=np.float64) for values in path]

    seen = observe(run, [()], model)
    return dataclasses.replace(seen, losses=(None,) * seen.steps, returned=returned)


def _judge_memory(inputs: Inputs, observation: Observation) -> tuple[Property, ...]:
    """Whether `s` keeps what each step taught it."""
    if observation.error is not None:
        return (crashed(observation.error),)
    path, right = observation.returned.get("path"), _right_balanced(inputs)
    steps = len(inputs["batches"])
    if type(path) is not list or not all(type(v) is np.ndarray and v.shape == (2,) for v in path):
        seen = "The second thing that train returns should be a list with the two numbers of s for each step."
        return (Property("answer", False, seen),)
    if len(path) != steps:
        seen = f"There were {steps} batches; the list of the values of s has {len(path)} entries."
        return (Property("answer", False, seen),)
    wrong = [i + 1 for i, v in enumerate(path) if not agree(v, right.values[i + 1][-1])]
    if not wrong:
        return (Property("path", True, "s goes on, in every step, from where the step before left it."),)
    if all(np.array_equal(v, path[0]) for v in path):
        seen = f"All {steps} values of s in the list are the same, ({path[0][0]:.3g}, {path[0][1]:.3g})."
    else:
        seen = (
            f"s should go on from where the step before left it. In step {wrong[0]} of {steps} it was "
            f"({path[wrong[0] - 1][0]:.3g}, {path[wrong[0] - 1][1]:.3g}), and that is not where it should be."
        )
    return (Property("path", False, seen),)


def _judge_whole_run(inputs: Inputs, observation: Observation) -> tuple[Property, ...]:
    if observation.error is not None:
        return (crashed(observation.error),)
    right = _right_balanced(inputs)
    losses = observation.returned.get("losses")
    same = (
        type(losses) is list
        and all(type(loss) is float for loss in losses)
        and agree(np.array(losses), np.array(right.losses))
    )
    if same:
        told = Property("loss", True, "The returned losses are those of the right steps, before each update.")
    else:
        told = Property(
            "loss", False, "The returned losses are not the loss before the update, batch after batch."
        )
    whole = Trajectory(right.losses[:1], (right.values[0][:-1], right.values[-1][:-1]))
    if len(observation.variables) != len(inputs["weights"]):
        return (Property("registration", False, "The model's four variables were not all seen."),)
    rule = f"{len(right.losses)} steps of one and the same optimizer"
    return (
        *_judge_memory(inputs, observation),
        told,
        judge_update(observation.variables, whole, rule),
    )


NEW_EVERY_BATCH = Problem(
    name="new-every-batch",
    title="A loss with no memory",
    kind="repair",
    faults=("loss-rebuilt-each-step",),
    hints=(
        "Look at the values of s that come back, one a batch. Where does each of them start from?",
        "What is new in each turn of the loop, and what should live as long as the run does?",
        "Two lines move out of the loop. The error that once made somebody write the second one will not "
        "come back.",
    ),
    tests=(
        Test("memory", 1, _draw_new_every_batch, _probe_new_every_batch, _judge_memory),
        Test("update", 3, _draw_new_every_batch, _probe_new_every_batch, _judge_whole_run, hidden=True),
    ),
)


# -- sparse-code: a trainer that leaves the layers' own losses out ---------------------


def _draw_sparse_code(rng: np.random.Generator) -> Inputs:
    mix = rng.normal(0, 1, (2, 4))
    batches = [
        (rng.normal(0, 1, (ROWS, 2)) @ mix + rng.normal(0, 0.3, (ROWS, 4)) + 0.5).astype(np.float32)
        for _ in range(4)
    ]
    return {
        "weights": draw_weights(rng, 4, 3, 4),
        "rate": float(rng.uniform(0.03, 0.08)),
        "batches": batches,
        "kernel_strength": float(rng.uniform(0.2, 0.4)),
        "code_strength": float(rng.uniform(1.0, 2.0)),
    }


def _regularised_network(inputs: Inputs) -> Any:
    """An autoencoder with two layer losses: one of its first kernel, one of its code."""
    import keras
    import tensorflow as tf

    class CodeCost(keras.layers.Layer):
        def call(self, code: Any) -> Any:
            self.add_loss(inputs["code_strength"] * tf.reduce_mean(tf.square(code)))
            return code

    strength = keras.regularizers.L2(inputs["kernel_strength"])
    model = keras.Sequential(
        [
            keras.Input((4,)),
            keras.layers.Dense(3, activation="tanh", kernel_regularizer=strength, name="encoder"),
            CodeCost(name="code_cost"),
            keras.layers.Dense(4, name="decoder"),
        ]
    )
    model.set_weights(inputs["weights"])
    return model


def _probe_sparse_code(inputs: Inputs, trainer_class: Callable[..., Any]) -> Observation:
    """Train a model with layer losses; then one without any, told in `returned`."""
    import tensorflow as tf

    batches = [(tf.constant(x),) for x in inputs["batches"]]

    def run(model: Any) -> Observation:
        try:
            trainer = trainer_class(model, _optimizer(inputs))
            step = trainer.step
        except Exception as raised:  # the learner's class may raise anything
            return Observation(steps=0, error=describe_failure(raised))
        return observe(step, batches, model)

    seen = run(_regularised_network(inputs))
    bare = run(dense_network(inputs["weights"], names=("encoder", "decoder")))
    told = {
        "error": None if bare.error is None else f"{bare.error.type}: {bare.error.message}",
        "losses": list(bare.losses),
        "ends": [variable.values[-1] for variable in bare.variables],
    }
    return dataclasses.replace(seen, returned={"bare": told})


def _right_sparse_code(inputs: Inputs, kernel: bool = True, code: bool = True) -> Trajectory:
    """Right steps, with or without the losses of the layers."""

    def loss_on(x: np.ndarray) -> Callable[[Any], float]:
        def loss(p: Any) -> float:
            encoded = np.tanh(x @ p[0] + p[1])
            total = mean_squared_error(x, encoded @ p[2] + p[3])
            total += inputs["kernel_strength"] * float(np.sum(p[0] ** 2)) if kernel else 0.0
            return total + (inputs["code_strength"] * float(np.mean(encoded**2)) if code else 0.0)

        return loss

    losses = [loss_on(x) for x in inputs["batches"]]
    return descend(losses, inputs["weights"], sgd(inputs["rate"], MOMENTUM))


#: Position of a variable that one layer loss moves, and that loss in words.
_TRACES = ((0, "The kernel_regularizer of the first layer"), (1, "The loss that the middle layer adds"))


def _judge_traces(inputs: Inputs, observation: Observation) -> tuple[Property, ...]:
    """Whether each layer loss shows in how the encoder moves."""
    if observation.error is not None:
        return (crashed(observation.error),)
    right = _right_sparse_code(inputs)
    if len(observation.variables) != len(inputs["weights"]):
        return (Property("path", False, "The model's four variables were not all seen."),)
    properties = []
    for i, name in _TRACES:
        without = _right_sparse_code(inputs, kernel=i != 0, code=i != 1)
        values = observation.variables[i].values
        share = right.values[-1][i] - without.values[-1][i]
        holds = False
        if len(values) == len(right.values) and values[-1].shape == share.shape:
            seen = np.sum((values[-1] - without.values[-1][i]) * share) / np.sum(share**2)
            # All of it is 1, nothing 0. Without the other layer loss it is somewhat off.
            holds = bool(0.5 < seen < 1.5)
        said = "shows in how the encoder moves." if holds else "leaves no trace in how the encoder moves."
        properties.append(Property("path", holds, f"{name} {said}"))
    return tuple(properties)


def _judge_bare(inputs: Inputs, observation: Observation) -> Property:
    """Whether a model without any layer loss is trained as well."""
    bare = observation.returned.get("bare")
    bare = bare if type(bare) is dict else {}
    if bare.get("error") is not None:
        return Property("runs", False, f"On a model without layer losses your trainer raised {bare['error']}")
    right = _right_sparse_code(inputs, kernel=False, code=False)
    losses, ends = bare.get("losses"), bare.get("ends")
    holds = (
        type(losses) is list
        and all(type(loss) is float for loss in losses)
        and agree(np.array(losses), np.array(right.losses))
        and type(ends) is list
        and len(ends) == len(inputs["weights"])
        and all(type(end) is np.ndarray for end in ends)
        and all(
            end.shape == start.shape and agree(end - start.astype(np.float64), last - start)
            for end, start, last in zip(ends, inputs["weights"], right.values[-1])
        )
    )
    if holds:
        return Property("update", True, "A model without layer losses is trained on its error alone.")
    return Property("update", False, "A model without layer losses is not trained on its error alone.")


def _judge_sparse_code(inputs: Inputs, observation: Observation) -> tuple[Property, ...]:
    if observation.error is not None:
        return (crashed(observation.error),)
    name = "the mean squared error plus the losses of all layers"
    _, *steps = judge_steps(observation, _right_sparse_code(inputs), name, RULE)
    properties = (*_judge_traces(inputs, observation), *steps)
    # The given program trains such a model, so that this counts for nothing alone.
    return (*properties, _judge_bare(inputs, observation)) if all(p.holds for p in properties) else properties


SPARSE_CODE = Problem(
    name="sparse-code",
    title="A regularizer that regulates nothing",
    kind="transfer",
    faults=("ignored-layer-losses",),
    hints=(
        "Train two models that differ only in the strength of the regularizer. Do their weights differ?",
        "Keras collects what layers want to add to the loss in one list of the model. Who reads that list, "
        "and when is it filled?",
        "Add the whole list to the loss, while the tape records and after this batch has gone through the "
        "model. Think of a model whose list is empty.",
    ),
    tests=(
        Test("penalty", 1, _draw_sparse_code, _probe_sparse_code, _judge_traces),
        Test("update", 3, _draw_sparse_code, _probe_sparse_code, _judge_sparse_code, hidden=True),
    ),
)


# -- runaway-weights: the weights of the errors minimise themselves --------------------

_FLOORED = "the objective of the task"


def _draw_runaway(rng: np.random.Generator) -> Inputs:
    start = rng.uniform(-0.5, 0.5, 2).astype(np.float32)
    return {**_draw_two_columns(rng), "start": start, "floor": float(rng.uniform(0.1, 0.3))}


def _draw_long_runaway(rng: np.random.Generator) -> Inputs:
    """The same batch many times, so that it can be learned by heart."""
    inputs = _draw_runaway(rng)
    return {**inputs, "batches": inputs["batches"][:1] * 80}


def _probe_runaway(inputs: Inputs, balanced_step: Callable[..., Any]) -> Observation:
    import tensorflow as tf

    model, optimizer = _network(inputs), _optimizer(inputs)
    balance = tf.Variable(inputs["start"], name="balance")
    batches = [(model, balance, optimizer, x, y, inputs["floor"]) for x, y in _tensors(inputs)]
    seen = observe(balanced_step, batches, [*model.trainable_variables, balance])
    if len(seen.losses) > 10:  # the judge of the long run needs the ends only; values in between are many
        ends = [[v.values[0], v.values[-1]] for v in seen.variables]
        seen = dataclasses.replace(
            seen,
            variables=tuple(dataclasses.replace(v, values=()) for v in seen.variables),
            returned={"ends": ends},
        )
    return seen


def _judge_bounded(inputs: Inputs, observation: Observation) -> tuple[Property, ...]:
    """Whether a long run stays above the bound of the objective, and learns."""
    if observation.error is not None:
        return (crashed(observation.error),)
    lowest = 2 * (1 + np.log(inputs["floor"]))
    losses = [np.nan if loss is None else loss for loss in observation.losses]
    steps = len(inputs["batches"])
    bad = [
        i for i, loss in enumerate(losses, 1) if not np.isfinite(loss) or loss < lowest - 0.01 * abs(lowest)
    ]
    bounded = len(losses) == steps and not bad
    if bounded:
        said = f"In {steps} steps the loss never goes below what the objective can reach."
    elif bad and np.isfinite(losses[bad[0] - 1]):
        said = (
            f"In step {bad[0]} of {steps} the returned loss is {losses[bad[0] - 1]:.4g}. "
            "An objective that is bounded in the way of the task has no such values."
        )
    else:
        said = f"Of {steps} steps, not every one returned a finite number as its loss."
    ends = observation.returned.get("ends")
    return (Property("loss", bounded, said), _judge_columns(inputs, ends))


def _judge_columns(inputs: Inputs, ends: Any) -> Property:
    """Whether both columns are predicted better at the end, and the balance follows their errors."""
    shapes = [w.shape for w in (*inputs["weights"], inputs["start"])]
    well_formed = (
        type(ends) is list
        and len(ends) == len(shapes)
        and all(type(e) is list and len(e) == 2 and all(type(v) is np.ndarray for v in e) for e in ends)
        and all(v.shape == shape for e, shape in zip(ends, shapes) for v in e)
    )
    if not well_formed:
        return Property("path", False, "The model's variables and the balance were not all seen.")
    x, y = inputs["batches"][0]

    def errors(moment: int) -> np.ndarray:
        weights = [e[moment].astype(np.float64) for e in ends[:-1]]
        return np.mean((y - dense_forward(weights, x)) ** 2, axis=0)

    first, last, balance = errors(0), errors(1), ends[-1][1]
    if not (np.all(np.isfinite(last)) and np.all(np.isfinite(balance))):
        return Property("path", False, "At the end of a long run some weights are NaN or infinite.")
    if not np.all(last < first):
        return Property(
            "path", False, "After a long run at least one column is predicted worse than at the start."
        )
    if np.linalg.norm(balance - np.log(last + inputs["floor"])) > 0.5:
        seen = (
            "Both columns are predicted better than at the start, but the balance does not tell their noise."
        )
        return Property("path", False, seen)
    return Property("path", True, "Both columns are predicted better, and the balance tells their noise.")


def _judge_runaway(inputs: Inputs, observation: Observation) -> tuple[Property, ...]:
    right = _right_balanced(inputs, start=inputs["start"], floor=inputs["floor"])
    if observation.error is not None:
        return (crashed(observation.error),)
    first, *others = judge_steps(observation, right, _FLOORED, RULE)
    # The given program moves every variable as well: that alone is worth nothing.
    return tuple(others) if first.name == "path" and first.holds else (first, *others)


RUNAWAY_WEIGHTS = Problem(
    name="runaway-weights",
    title="Weights that run away",
    kind="repair",
    faults=("unbounded-loss-parameter",),
    hints=(
        "Print the loss and the balance over many steps. Which of the two would you call a success?",
        "Take the derivative of the total with respect to one entry of the balance. Can it ever be zero "
        "while there is an error left?",
        "Write down the density of Gaussian noise and take minus two times its logarithm. A small variance "
        "then has a price, and so has a large one.",
    ),
    tests=(
        Test("bounded", 1, _draw_long_runaway, _probe_runaway, _judge_bounded),
        Test("update", 3, _draw_runaway, _probe_runaway, _judge_runaway, hidden=True),
    ),
)


# -- which-loss-fault: name the fault --------------------------------------------------

#: `autograder.problems.naming` makes these of the answers.
_KEY = {
    "A": "5ce44779a1a392d1",
    "B": "3813f3e3db4199c6",
    "C": "b558f1837fefdf83",
    "D": "783c1c2fedf44735",
    "E": "bdbd7a04152aa1b7",
}


WHICH_LOSS_FAULT = Problem(
    name="which-loss-fault",
    title="Five programs, five diagnoses",
    kind="name the fault",
    faults=(
        "loss-parameter-missing",
        "loss-rebuilt-each-step",
        "unbounded-loss-parameter",
        "ignored-layer-losses",
    ),
    hints=(
        "Two tables have a row that never moves, and they look the same. Only the code tells them apart.",
        "For each program ask: what is the objective, who computes it, who owns its parameters, and who "
        "updates them?",
        "A loss below 0 is not a fault by itself. Ask whether there is a lowest value. One program has the "
        'fault "none" and an empty list.',
    ),
    tests=naming_tests(5, _KEY),
)


# -- fit-balance: build a model that fit trains together with its balance ---------------

#: Epochs of each call of `fit`; a batch is one step.
_EPOCHS = 2


def _draw_fit_balance(rng: np.random.Generator) -> Inputs:
    return _draw_two_columns(rng, steps=3)


def _probe_fit_balance(inputs: Inputs, with_balance: Callable[..., Any]) -> Observation:
    network = _network(inputs)
    own = list(network.variables)  # before the answer may add s to them
    try:
        trainer, s = with_balance(network, _optimizer(inputs))

        def step(x: Any, y: Any) -> None:
            trainer.fit(x, y, batch_size=ROWS, epochs=_EPOCHS, verbose=0)

        return observe(step, _tensors(inputs), [*own, s])
    except Exception as raised:  # the learner's function may raise anything, or return anything
        return Observation(steps=0, error=describe_failure(raised))


def _right_fit_balance(inputs: Inputs) -> Trajectory:
    """What is seen of right steps when one looks after each call of `fit` only."""
    repeated = [batch for batch in inputs["batches"] for _ in range(_EPOCHS)]
    right = _right_balanced({**inputs, "batches": repeated})
    return Trajectory(right.losses[::_EPOCHS], right.values[::_EPOCHS])


def _judge_fit_balance(inputs: Inputs, observation: Observation) -> tuple[Property, ...]:
    if observation.error is not None:
        return (crashed(observation.error),)
    variables, right = observation.variables, _right_fit_balance(inputs)
    if len(variables) != len(right.values[0]):
        return (Property("registration", False, "The network's four variables and s were not all seen."),)
    s, start = variables[-1], right.values[0][-1]
    if s.shape != (2,) or not s.values or not np.array_equal(s.values[0], start):
        seen = "The variable that you return should hold two numbers, both 0 before training."
        return (Property("registration", False, seen),)
    network = Trajectory(right.losses, tuple(values[:-1] for values in right.values))
    balance = Trajectory(right.losses, tuple(values[-1:] for values in right.values))
    rule = f"{RULE}, over {_EPOCHS} epochs of fit"
    return (
        judge_update(variables[:-1], network, rule),
        judge_update(variables[-1:], balance, rule),
    )


def _judge_fit_reaches(inputs: Inputs, observation: Observation) -> tuple[Property, ...]:
    """Whether `fit` moves everything that it should, wherever to."""
    properties = _judge_fit_balance(inputs, observation)
    if any(p.name in ("runs", "registration") for p in properties):
        return properties[:1]
    variables = observation.variables
    path = judge_path(variables, _right_fit_balance(inputs))
    stuck = [v.name for v in variables if not v.moved]
    if path.holds or not stuck:
        # Inside fit the gradients are not seen; what moves has a path.
        return (Property("path", True, "fit moves the network's variables and s."),)
    return (Property("path", False, f"fit does not move {', '.join(stuck)}."),)


FIT_BALANCE = Problem(
    name="fit-balance",
    title="A balance that fit adjusts",
    kind="build",
    faults=("loss-parameter-missing",),
    hints=(
        "Compare the list of the trainer's trainable variables with what you want to be trained.",
        "fit updates the variables of the model it is called on. How does a variable become one of them?",
        "Let the trainer own the variable before its first step: as an attribute, or as a weight that it "
        "adds itself. The loss then reads that same variable.",
    ),
    tests=(
        Test("reached", 1, _draw_fit_balance, _probe_fit_balance, _judge_fit_reaches),
        Test("update", 4, _draw_fit_balance, _probe_fit_balance, _judge_fit_balance, hidden=True),
    ),
)

PROBLEMS = (NOISE_BALANCE, NEW_EVERY_BATCH, SPARSE_CODE, RUNAWAY_WEIGHTS, WHICH_LOSS_FAULT, FIT_BALANCE)
