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
