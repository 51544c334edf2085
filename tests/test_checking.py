"""Asking, answering and judging agree, in one process and over text."""

import json

import pytest

from autograder import check, plain
from autograder.checking import answer, ask, judge_answer, no_verdict

DIAGNOSES = {program: {"fault": "none", "variables": []} for program in "ABCD"}


def test_the_same_seed_asks_the_same_and_another_does_not():
    first, again, other = (ask("thermistor", "update", seed) for seed in (1, 1, 2))
    assert plain.dumps(first.inputs) == plain.dumps(again.inputs) != plain.dumps(other.inputs)


def test_inputs_hold_nothing_that_is_expected():
    assert set(ask("sensor-step", "update", 0).inputs) == {"weights", "rate", "batches"}


def test_a_step_is_judged_over_text():
    question = ask("thermistor", "update", 3)
    verdict = judge_answer(
        question, answer("thermistor", "update", plain.dumps(question.inputs), lambda *a: [0.0])
    )
    assert verdict.score == 0 and "did not move" in verdict.properties[0].message


def test_in_place_and_over_text_say_the_same():
    question = ask("which-fault", "names")
    over_text = judge_answer(
        question, answer("which-fault", "names", plain.dumps(question.inputs), DIAGNOSES)
    )
    assert check("which-fault", "names", DIAGNOSES).verdict == over_text


@pytest.mark.parametrize("text", ["", "[]", "{}", json.dumps({"dict": {"steps": 1}}), "x" * 5_000_000])
def test_what_is_no_observation_gets_no_points_and_a_sentence(text):
    verdict = judge_answer(ask("sensor-step", "update"), text)
    assert verdict.score == 0 and "no usable answer" in verdict.properties[0].message


def test_a_test_that_could_not_run_gets_no_points_and_the_reason():
    verdict = no_verdict(ask("sensor-step", "update"), "The kernel died.")
    assert (verdict.score, verdict.max_score) == (0, 3) and verdict.properties[
        0
    ].message == "The kernel died."


def test_unknown_names_are_said():
    with pytest.raises(LookupError, match="There is no problem 'nosuch'. The problems are: .*sensor-step"):
        ask("nosuch", "update")
    with pytest.raises(LookupError, match="no test 'nosuch'. Its tests are: learns, update"):
        ask("sensor-step", "nosuch")
