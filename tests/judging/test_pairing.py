"""Whether each variable moves by its own gradient, judged step by step."""

import numpy as np
import pytest

from autograder.judging.pairing import judge_pairing, own_updates
from autograder.judging.reference import sgd
from autograder.observing.observation import VariableObservation

#: The loss is Σ (first − 1)² + Σ (second + 2)²: each gradient depends on its own variable.
START = [np.array([0.0, 3.0]), np.array([1.0, 5.0])]
TARGETS = (1.0, -2.0)
NAMES = ("first", "second")
RATE = 0.1


def loss(parameters):
    return float(sum(np.sum((p - t) ** 2) for p, t in zip(parameters, TARGETS)))


def gradients(values):
    return [2 * (v - t) for v, t in zip(values, TARGETS)]


def run(update, steps=3):
    """What was seen of a step that changes the values by `update`."""
    values = [START]
    for _ in range(steps):
        values.append([v + u for v, u in zip(values[-1], update(gradients(values[-1])))])
    return [seen(name, [v[i] for v in values]) for i, name in enumerate(NAMES)]


def seen(name, values):
    steps = len(values) - 1
    norms = tuple(float(np.linalg.norm(b - a)) for a, b in zip(values, values[1:]))
    return VariableObservation(
        name=name,
        shape=values[0].shape,
        dtype="float64",
        registered=True,
        trainable=True,
        gradients=("finite",) * steps,
        gradient_norms=(1.0,) * steps,
        update_norms=norms,
        values=tuple(values),
    )


def judge(variables, names=(), steps=3):
    return judge_pairing(variables, own_updates(variables, START, [loss] * steps, sgd(RATE)), names)


def test_own_gradients_pass():
    assert judge(run(lambda g: [-RATE * a for a in g])).holds


def test_swapped_gradients_are_named():
    verdict = judge(run(lambda g: [-RATE * g[1], -RATE * g[0]]))
    assert not verdict.holds
    assert "first: moved by the gradient of second in step 1." in verdict.message
    assert "second: moved by the gradient of first in step 1." in verdict.message


@pytest.mark.parametrize(
    ("update", "words"),
    [
        (lambda g: [-RATE * g[0], 0 * g[1]], "second: did not move in step 1"),
        (
            lambda g: [-RATE * g[0], -0.5 * RATE * g[1]],
            "second: moved along its own gradient, but by another",
        ),
        (lambda g: [-RATE * g[0], RATE * g[1]], "second: moved in another direction in step 1"),
    ],
)
def test_one_wrong_variable_does_not_blame_the_other(update, words):
    variables = run(update)
    assert words in judge(variables).message
    assert judge(variables, ["first"]).holds
    assert not judge(variables, ["second"]).holds


def test_nan_is_named():
    verdict = judge(run(lambda g: [-RATE * g[0], np.nan * g[1]]))
    assert "second: became NaN or infinite in step 1" in verdict.message


def test_a_run_that_starts_elsewhere_is_not_judged():
    variables = run(lambda g: [-RATE * a for a in g])
    moved = [seen(v.name, [value + 1 for value in v.values]) for v in variables]
    assert not judge(moved).holds


def test_missing_variables_and_steps_are_not_judged():
    variables = run(lambda g: [-RATE * a for a in g])
    assert not judge(variables[:1]).holds
    assert not judge(variables, steps=4).holds
    assert not judge(variables, ["first", "third"]).holds
