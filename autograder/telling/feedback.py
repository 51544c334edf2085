"""A verdict in a learner's words, for the notebook, the terminal and the gradebook."""

import html
import os
import textwrap

from autograder.faults import CHAPTERS
from autograder.judging.verdict import Property, Verdict
from autograder.sentences import Sentence

_MARKS = {True: "✓ holds", False: "✗ not yet"}


def as_text(verdict: Verdict) -> str:
    """The verdict as lines of text: the score, then one line a property."""
    lines = [_headline(verdict)]
    for p in verdict.properties:
        lines += f"  {_MARKS[p.holds]}: {p.message}".splitlines()
    return "\n".join(lines)


def as_html(verdict: Verdict) -> str:
    """The verdict as an HTML table that carries its meaning in words, not in colour."""
    rows = "".join(_row(p) for p in verdict.properties)
    return (
        f"<p><strong>{html.escape(_headline(verdict))}</strong></p>"
        '<table><thead><tr><th scope="col">Property</th><th scope="col">Holds?</th>'
        f'<th scope="col">What was seen</th></tr></thead><tbody>{rows}</tbody></table>'
        f"{'' if verdict.passed else _to_read(verdict.problem)}"
    )


def _to_read(problem: str) -> str:
    """The lesson of a problem; nothing for one that is not of the course."""
    from autograder.problems import assignment_of  # not in a kernel that only asks

    try:
        slug = assignment_of(problem)
    except LookupError:
        return ""
    return f"<p>To read again: lesson {slug[:2]}, “{html.escape(CHAPTERS[slug])}”.</p>"


def _row(p: Property) -> str:
    return (
        f'<tr><th scope="row">{html.escape(p.name)}</th><td style="white-space:nowrap">{_MARKS[p.holds]}</td>'
        f'<td style="text-align:left;white-space:pre-line">{html.escape(p.message)}</td></tr>'
    )


def _headline(verdict: Verdict) -> str:
    state = "passed" if verdict.passed else "not passed yet"
    points = f"{verdict.score:g} of {verdict.max_score:g} points" if verdict.max_score else "worth no points"
    return f"{verdict.problem}, test “{verdict.test}”: {state}, {points}."


class Feedback:
    """A verdict that a notebook shows.

    Its plain-text form is the score alone, because nbgrader reads a test
    cell's points from the text of its result. Front ends show the HTML form.
    """

    def __init__(self, verdict: Verdict):
        self.verdict = verdict

    def __repr__(self) -> str:
        return f"{self.verdict.score:g}"

    def _repr_html_(self) -> str:
        return as_html(self.verdict)


class NotPassed(Sentence, AssertionError):
    """A test that did not pass, for tools that only look for an exception."""


def raise_if_validating(verdict: Verdict) -> None:
    """Raise `NotPassed` under `nbgrader validate`, which shows a message only of an error."""
    if os.environ.get("NBGRADER_EXECUTION") == "validate" and not verdict.passed:
        lines = as_text(verdict).splitlines()
        # The dialog that shows it does not wrap lines.
        raise NotPassed("\n".join(textwrap.fill(line, 90, subsequent_indent="    ") for line in lines))
