"""Held values: the gradient of a straight-through rounding is that of the ramp under the stairs."""

import numpy as np

from autograder.judging.reference import descend, sgd
from autograder.judging.stopping import with_constants


def rounding_loss(straight_through):
    """(round(w) − 5)², with or without a slope."""

    def distance(parameters):
        return np.round(parameters[0]) - parameters[0]

    def loss(parameters, held):
        value = parameters[0] + held if straight_through else np.round(parameters[0])
        return float(np.sum((value - 5.0) ** 2))

    return with_constants(distance, loss)


def test_held_values_are_taken_at_the_parameters_of_the_step():
    run = descend([rounding_loss(True) for _ in range(2)], [np.array(2.3)], sgd(0.1))
    # Step 1: value 2, slope 2 · (2 − 5) = −6, so w = 2.9; step 2: value 3, slope −4.
    assert run.losses == (9.0, 4.0)
    assert np.allclose([v[0] for v in run.values], [2.3, 2.9, 3.3])


def test_without_held_values_the_stairs_are_flat():
    run = descend([rounding_loss(False)], [np.array(2.3)], sgd(0.1))
    assert run.values[1][0] == 2.3
