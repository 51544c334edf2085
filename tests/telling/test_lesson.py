"""What a lesson claims must hold, and exactly one prediction is right."""

import pytest

from autograder import claim, hint, reveal


def test_an_untrue_claim_stops_the_lesson():
    assert "Measured just now: water is wet" in repr(claim("water is wet", True))
    with pytest.raises(AssertionError, match="water is dry"):
        claim("water is dry", False)


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("b", "that is what happened"),
        (" B ", "that is what happened"),
        ("a", "What happened is b"),
        ("?", "not chosen"),
    ],
)
def test_a_prediction_is_compared_with_what_was_measured(said, answer):
    assert answer in repr(reveal(said, a=False, b=True))


@pytest.mark.parametrize("outcomes", [{"a": True, "b": True}, {"a": False, "b": False}])
def test_a_question_with_no_or_two_right_choices_is_an_error(outcomes):
    with pytest.raises(AssertionError, match="overlap or leave something out"):
        reveal("a", **outcomes)


def test_hints_have_three_levels():
    assert repr(hint("sensor-step", 2)).startswith("Hint 2 of 3: ")
    with pytest.raises(ValueError, match="level 1, 2 and 3"):
        hint("sensor-step", 4)
    with pytest.raises(LookupError, match="There is no problem 'nosuch'"):
        hint("nosuch")
