"""Each property of a step is judged on its own, with a message that says what was seen."""

import dataclasses

import numpy as np
import pytest

from autograder.judging.reference import descend, sgd
from autograder.judging.steps import judge_steps
from autograder.observing.observation import Failure, Observation, VariableObservation

RIGHT = descend([lambda p: float(p[0] ** 2 + 3 * p[1] ** 2)] * 3, [np.array(1.0), np.array(2.0)], sgd(0.1))


def observed(values=None, gradients="finite", losses=RIGHT.losses):
    """An observation of two variables, as right as the reference unless told otherwise."""
    values = values or [[v[i] for v in RIGHT.values] for i in range(2)]
    variables = tuple(
        VariableObservation(
            name=name,
            shape=(),
            dtype="float64",
            registered=True,
            trainable=True,
            gradients=(gradients,) * 3,
            gradient_norms=(None if gradients == "none" else 1.0,) * 3,
            update_norms=tuple(float(abs(b - a)) for a, b in zip(path, path[1:])),
            values=tuple(np.array(v) for v in path),
        )
        for name, path in zip("ab", values)
    )
    return Observation(steps=3, variables=variables, losses=tuple(losses))


def holding(observation):
    return {p.name: p.holds for p in judge_steps(observation, RIGHT, "the loss")}


def message(observation, name):
    return next(p.message for p in judge_steps(observation, RIGHT, "the loss") if p.name == name)


def test_a_right_step_has_every_property():
    assert holding(observed()) == {"path": True, "loss": True, "update": True}


def test_a_right_step_needs_no_tape():
    assert holding(observed(gradients="not asked")) == {"path": True, "loss": True, "update": True}


def test_unmoved_variables_with_none_have_no_path():
    still = observed(values=[[1.0] * 4, [2.0] * 4], gradients="none", losses=[RIGHT.losses[0]] * 3)
    assert holding(still) == {"path": False, "loss": False, "update": False}
    assert "a, b: the tape gave None, did not move" in message(still, "path")
    assert "step 2 of 3" in message(still, "loss")


def test_moving_elsewhere_is_no_update():
    noise = observed(values=[[1.0, 1.1, 1.2, 1.3], [2.0, 1.9, 1.8, 1.7]])
    assert holding(noise)["path"] and not holding(noise)["update"]
    assert "another direction" in message(noise, "update")


def test_moving_too_far_is_said_as_distance():
    far = observed(values=[[float(1 + 1.5 * (v[0] - 1)) for v in RIGHT.values], [v[1] for v in RIGHT.values]])
    assert "a: moved by another distance" in message(far, "update")
    assert "b" not in message(far, "update").split("a:")[0].split()


def test_nan_is_named():
    assert "NaN" in message(
        observed(values=[[1.0, np.nan, np.nan, np.nan], [v[1] for v in RIGHT.values]]), "update"
    )


@pytest.mark.parametrize("losses", [[None] * 3, [np.nan] * 3, [0.0] * 3, ()])
def test_wrong_losses_are_wrong(losses):
    assert not holding(observed(losses=losses))["loss"]


def test_no_message_shows_an_expected_value():
    still = observed(values=[[1.0] * 4, [2.0] * 4], gradients="none", losses=[5.0, 5.0, 5.0])
    for p in judge_steps(still, RIGHT, "the loss"):
        assert f"{RIGHT.losses[0]:.4g}" not in p.message


def test_a_missing_variable_is_said():
    one = dataclasses.replace(observed(), variables=observed().variables[:1])
    assert holding(one) == {"registration": False}


def test_an_exception_is_the_only_property():
    failure = Failure("ValueError", "bad shapes", "step.py", 3, "loss = a @ b")
    crashed = dataclasses.replace(observed(), error=failure)
    (only,) = judge_steps(crashed, RIGHT, "the loss")
    assert (
        not only.holds and "line 3:\n  → 3 │ loss = a @ b\n" in only.message and "bad shapes" in only.message
    )
