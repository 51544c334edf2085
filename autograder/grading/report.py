"""The class report: one self-contained HTML file with everybody's points and what is to be said of them."""

import html
import os
from pathlib import Path

from autograder.grading.course import Course
from autograder.grading.names import shown
from autograder.grading.result import AssignmentResult, GradingError, SubmissionResult

#: Readable in light and dark themes and on paper; meaning is in words, never in colour alone.
_STYLE = """
:root{color-scheme:light dark}
body{font:16px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:70rem;padding:0 1rem}
table{border-collapse:collapse;width:100%}
caption{text-align:left;padding:.5rem 0}
th,td{border-bottom:1px solid;padding:.3rem .6rem;text-align:right;vertical-align:top}
th:first-child,td.words{text-align:left}
"""


def write_report(course: Course, result: AssignmentResult) -> Path:
    """Write ``report-ASSIGNMENT.html`` into the course's folder; returns its path.

    The file is the grader's own and is made anew each time. Raises
    `GradingError` if it cannot be written.
    """
    target = course.root / f"report-{result.assignment}.html"
    building = target.with_suffix(".html.new")
    try:
        building.write_text(as_html(result), encoding="utf-8")
        os.replace(building, target)
    except OSError as error:
        raise GradingError(f"The report cannot be written to {target}: {error.strerror}.") from error
    return target


def as_html(result: AssignmentResult) -> str:
    """The report as a page. Whatever comes from students is escaped."""
    problems = {p.name: p.max_score for s in result.submissions for p in s.problems}
    head = "".join(
        f'<th scope="col">{html.escape(name)}<br/>of {points:g}</th>' for name, points in problems.items()
    )
    rows = "".join(_row(submission, list(problems)) for submission in result.submissions)
    title = html.escape(f"Report: {result.assignment}")
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
        f"<style>{_STYLE}</style></head><body><h1>{title}</h1><p>{html.escape(_summary(result))}</p>"
        f'<table><caption>Points by student and problem</caption><thead><tr><th scope="col">student</th>'
        f'<th scope="col">status</th>{head}<th scope="col">total</th><th scope="col">to say</th></tr></thead>'
        f"<tbody>{rows}</tbody>{_averages(result, list(problems))}</table></body></html>\n"
    )


def _summary(result: AssignmentResult) -> str:
    graded = [s for s in result.submissions if s.score is not None]
    by_hand = sum(s.needs_manual_grade for s in graded)
    sentence = f"{len(graded)} of {len(result.submissions)} submissions are graded."
    return f"{sentence} {by_hand} of them wait for points by hand in formgrader." if by_hand else sentence


def _row(submission: SubmissionResult, problems: list[str]) -> str:
    scores = {p.name: f"{p.score:g}" for p in submission.problems}
    cells = "".join(f"<td>{scores.get(name, '–')}</td>" for name in problems)
    total = "–" if submission.score is None else f"{submission.score:g} of {submission.max_score:g}"
    return (
        f'<tr><th scope="row">{html.escape(shown(submission.student)[1:-1])}</th><td>{submission.status}</td>'
        f'{cells}<td>{total}</td><td class="words">{html.escape(submission.reason)}</td></tr>'
    )


def _averages(result: AssignmentResult, problems: list[str]) -> str:
    """A last row: the mean of each problem over the graded submissions."""
    graded = [s for s in result.submissions if s.score is not None]
    if not graded:
        return ""
    by_name = [{p.name: p.score for p in s.problems} for s in graded]
    means = "".join(f"<td>{sum(s.get(n, 0.0) for s in by_name) / len(graded):.2f}</td>" for n in problems)
    total = sum(s.score or 0.0 for s in graded) / len(graded)
    return f'<tfoot><tr><th scope="row">mean</th><td></td>{means}<td>{total:.2f}</td><td></td></tr></tfoot>'
