"""Feedback shows words to people and the bare score to nbgrader."""

import pytest

from autograder.judging.verdict import Property, Verdict
from autograder.telling.feedback import Feedback, NotPassed, as_html, as_text, raise_if_validating

HALF = Verdict(
    "p", "t", 2, (Property("path", True, "All reached."), Property("loss", False, "<b>is</b> off"))
)
FULL = Verdict("p", "t", 2, (Property("path", True, "All reached."),))


def test_nbgrader_reads_the_score():
    assert float(repr(Feedback(HALF))) == 1
    assert float(repr(Feedback(FULL))) == 2


def test_people_read_what_holds_and_what_does_not():
    text = as_text(HALF)
    assert "1 of 2 points" in text and "✓ holds: All reached." in text and "✗ not yet: <b>is</b> off" in text


def test_html_escapes_what_a_learner_wrote():
    assert "<b>is" not in as_html(HALF) and "&lt;b&gt;is" in as_html(HALF)


def test_only_validation_raises(monkeypatch):
    raise_if_validating(HALF)
    monkeypatch.setenv("NBGRADER_EXECUTION", "validate")
    raise_if_validating(FULL)
    with pytest.raises(NotPassed, match="not passed yet, 1 of 2 points"):
        raise_if_validating(HALF)


def test_what_is_not_passed_names_the_lesson_to_read_again():
    properties = (Property("path", True, "It is there."), Property("update", False, "It is not."))
    told = as_html(Verdict("sensor-step", "update", 3.0, properties))
    assert "To read again: lesson 01, “Put it inside the tape, and prove it”." in told
    assert "To read again" not in as_html(Verdict("sensor-step", "update", 3.0, properties[:1]))
    assert "To read again" not in as_html(Verdict("of-another-course", "update", 3.0, properties))
