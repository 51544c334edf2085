"""An observation from an untrusted process is read, or refused with a sentence."""

import json

import pytest

from autograder.observing.observation import Observation
from autograder.plain import NotPlain, dumps

GOOD = {
    "steps": 1,
    "variables": [
        {
            "name": "v",
            "shape": [],
            "dtype": "float32",
            "registered": True,
            "trainable": True,
            "gradients": ["finite"],
            "gradient_norms": [1.0],
            "update_norms": [0.1],
            "values": [],
        }
    ],
    "losses": [1.0],
    "returned": {},
    "warnings": [],
    "error": None,
}


def with_variable(**changes):
    return {**GOOD, "variables": [{**GOOD["variables"][0], **changes}]}


def test_the_good_one_is_read():
    assert Observation.from_json(dumps(GOOD)).variables[0].name == "v"


@pytest.mark.parametrize(
    "data",
    [
        [],
        {},
        {**GOOD, "steps": "1"},
        {**GOOD, "steps": True},
        {**GOOD, "losses": [1.0, 2.0]},
        {**GOOD, "losses": ["low"]},
        {**GOOD, "variables": 3},
        {**GOOD, "error": "bad"},
        {**GOOD, "returned": []},
        with_variable(gradients=["wonderful"]),
        with_variable(gradients=["finite"] * 2),
        with_variable(registered=1),
        with_variable(values=[1.0, 2.0]),
        with_variable(name=None),
        with_variable(shape=["a"]),
    ],
    ids=lambda data: json.dumps(data)[:40],
)
def test_anything_else_is_refused(data):
    with pytest.raises(NotPlain):
        Observation.from_json(dumps(data))
