"""Naming faults: the form is said, the right names count, and guessing earns nothing."""

import pytest

from autograder.observing.observation import Observation
from autograder.problems.naming import digest, naming_tests

RIGHT = {"A": ("stop-gradient", ["a", "b"]), "B": ("none", []), "C": ("integer-cast", ["c"])}
FORM, NAMES = naming_tests(3, {p: digest(p, *answer) for p, answer in RIGHT.items()})


def answered(**changes):
    """The right answer, but for some programs."""
    named = {p: {"fault": f, "variables": v} for p, (f, v) in RIGHT.items()} | changes
    return Observation(steps=0, returned={"answer": named})


def right_programs(observation):
    return [p.message.split(":")[0][-1] for p in NAMES.judge({}, observation) if p.holds]


def test_the_right_answer_holds_in_any_order_of_the_variables():
    observation = answered(A={"fault": " stop-gradient", "variables": ["b", "a"]})
    assert right_programs(observation) == ["A", "B", "C"]
    assert all(p.holds for p in FORM.judge({}, observation))


def test_a_program_counts_when_fault_and_variables_are_right():
    assert right_programs(answered(A={"fault": "stop-gradient", "variables": ["a"]})) == ["B", "C"]
    assert right_programs(answered(A={"fault": "integer-cast", "variables": ["a", "b"]})) == ["B", "C"]


def test_saying_none_everywhere_or_one_id_everywhere_earns_nothing():
    none = {p: {"fault": "none", "variables": []} for p in RIGHT}
    assert right_programs(Observation(steps=0, returned={"answer": none})) == []
    same = {p: {"fault": "integer-cast", "variables": ["c"]} for p in RIGHT}
    assert right_programs(Observation(steps=0, returned={"answer": same})) == []
    nearly = none | {"A": {"fault": "hard-mask", "variables": []}}
    assert right_programs(Observation(steps=0, returned={"answer": nearly})) == []


@pytest.mark.parametrize(
    "entry", [None, 3, "stop-gradient", {"fault": ["x"]}, {"fault": "x", "variables": "c"}]
)
def test_what_is_no_answer_is_said_and_counts_nothing(entry):
    (form,) = FORM.judge({}, answered(C=entry))
    assert not form.holds and "program C" in form.message
    assert right_programs(answered(C=entry)) == ["A", "B"]


def test_an_answer_that_is_not_given_yet_is_said():
    (form,) = FORM.judge({}, answered(B={"fault": "?", "variables": []}))
    assert not form.holds and form.message == "Not answered yet: program B."


def test_the_probe_passes_the_answer_on_as_it_is():
    assert FORM.probe({}, {"A": 1}).returned == {"answer": {"A": 1}}
