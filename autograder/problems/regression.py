"""A regression on fresh batches of readings: the training step that many problems share."""

from collections.abc import Callable
from typing import Any

import numpy as np

from autograder.judging.networks import dense_forward, draw_weights, mean_squared_error
from autograder.judging.reference import Rule, Trajectory, descend, sgd
from autograder.observing.networks import dense_network
from autograder.observing.observation import Observation
from autograder.observing.observer import observe
from autograder.problems.problem import Inputs

STEPS = 3
ROWS = 24
MSE = "the mean squared error of the batch"


def draw_regression(rng: np.random.Generator, widths: tuple[int, ...] = (4, 5, 1)) -> Inputs:
    """Weights of dense layers of these widths, a learning rate, and a fresh batch for each step.

    Keys: "weights", "rate", and "batches", a list of [x, y] with shapes
    (`ROWS`, ``widths[0]``) and (`ROWS`, 1), all float32.
    """
    batches = []
    for _ in range(STEPS):
        x = rng.normal(0, 1, (ROWS, widths[0])).astype(np.float32)
        y = (2 + x[:, :1] - 1.5 * x[:, 1:2] + rng.normal(0, 0.3, (ROWS, 1))).astype(np.float32)
        batches.append([x, y])
    return {
        "weights": draw_weights(rng, *widths),
        "rate": float(rng.uniform(0.05, 0.15)),
        "batches": batches,
    }


def probe_regression(inputs: Inputs, train_step: Callable[..., Any], *extra: Any) -> Observation:
    """Run ``train_step(model, optimizer, x, y, *extra)`` on each batch, with a fresh model and SGD."""
    import keras
    import tensorflow as tf

    model = dense_network(inputs["weights"], names=("hidden", "output"))
    optimizer = keras.optimizers.SGD(inputs["rate"])
    batches = [(model, optimizer, tf.constant(x), tf.constant(y), *extra) for x, y in inputs["batches"]]
    return observe(train_step, batches, model)


def right_regression(
    inputs: Inputs,
    penalty: Callable[[Any], float] = lambda weights: 0.0,
    rule: Rule | None = None,
) -> Trajectory:
    """What right steps on the mean squared error plus a penalty of the weights do.

    The rule is plain gradient descent at ``inputs["rate"]`` unless another is given.
    """

    def loss_on(x: np.ndarray, y: np.ndarray) -> Callable[[Any], float]:
        return lambda weights: mean_squared_error(y, dense_forward(weights, x)) + penalty(weights)

    losses = [loss_on(x, y) for x, y in inputs["batches"]]
    return descend(losses, inputs["weights"], rule or sgd(inputs["rate"]))
