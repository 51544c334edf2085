"""A learner's check and progress, for a terminal, a notebook, and a page of its own."""

import html
from dataclasses import dataclass
from pathlib import Path

from autograder.faults import CHAPTERS, FAULTS, chapter_faults
from autograder.grading.attempt import TestResult
from autograder.problems import ASSIGNMENTS, find_problem
from autograder.studying.own import OwnAssignment, OwnProblem
from autograder.studying.progress import Progress

_STYLE = """
body { font: 16px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 60rem; padding: 0 1rem;
       color: #1b1b1b; background: #fff; }
table { border-collapse: collapse; }
th, td { border-bottom: 1px solid #767676; padding: .4rem .8rem; text-align: left; vertical-align: top; }
@media (prefers-color-scheme: dark) { body { color: #eee; background: #16181c; } }
"""


class Checked:
    """What a check found, as text."""

    def __init__(self, own: OwnAssignment, progress: Progress):
        self._text = check_as_text(own, progress)

    def __repr__(self) -> str:
        return self._text


def check_as_text(own: OwnAssignment, progress: Progress) -> str:
    """What a check found: problem by problem, with the next hint where an answer was changed in vain."""
    lines = [own.assignment]
    lines += own.notes
    for problem in own.problems:
        lines += ["", *_problem(problem, progress)]
    solved = sum(problem.solved for problem in own.problems)
    score, most = sum(p.score for p in own.problems), sum(p.max_score for p in own.problems)
    lines += ["", f"{solved} of {len(own.problems)} problems solved, {score:g} of {most:g} points."]
    return "\n".join(lines)


def _problem(problem: OwnProblem, progress: Progress) -> list[str]:
    points = f"{problem.score:g} of {problem.max_score:g} points"
    if problem.solved:
        return [f"✓ {problem.name}: solved, {points}"]
    if not problem.answer:
        return [f"· {problem.name}: not begun"]
    lines = [f"✗ {problem.name}: not solved yet, {points}"]
    lines += [_said(problem, test) for test in problem.tests if not test.passed]
    standing = progress.problems.get(problem.name)
    tries = standing.tries if standing else 1
    try:
        hints = find_problem(problem.name).hints
    except LookupError:  # a problem of another course
        return lines
    level = min(max(tries, 1), len(hints))
    return [*lines, f"  Hint {level} of {len(hints)}: {hints[level - 1]}"]


def _said(problem: OwnProblem, test: TestResult) -> str:
    # A test of this course says its own name; one of another course may only have raised.
    named = test.message.startswith(problem.name)
    return "  " + (test.message if named else f"{test.name}: {test.message}").replace("\n", "\n  ")


@dataclass(frozen=True)
class _Chapter:
    slug: str
    title: str
    solved: int
    problems: int
    #: (fault id, whether the learner has solved a problem about it)
    faults: tuple[tuple[str, bool], ...]


def _chapters(progress: Progress) -> list[_Chapter]:
    rows = []
    for slug, problems in ASSIGNMENTS.items():
        judged = [problem for problem in problems if problem.tests]
        solved = sum(progress.is_solved(problem) for problem in judged)
        faults = tuple((fault.id, fault.id in progress.faults) for fault in chapter_faults(slug))
        rows.append(_Chapter(slug, CHAPTERS[slug], solved, len(judged), faults))
    return rows


def _headline(progress: Progress) -> str:
    chapters = _chapters(progress)
    solved, problems = sum(c.solved for c in chapters), sum(c.problems for c in chapters)
    return (
        f"{solved} of {problems} problems solved; "
        f"you have met {len(progress.faults)} of {len(FAULTS)} faults in a problem that you solved."
    )


def _next(progress: Progress) -> str:
    if progress.next is None:
        return "Everything is solved."
    assignment, problem = progress.next
    return f"Next: {problem.name} (“{problem.title}”) in {_exercise(assignment)}."


def _exercise(assignment: str) -> str:
    return f"exercises/{assignment}/{assignment}.ipynb"


def _linked(text: str, path: str, root: str | None) -> str:
    """A text as HTML, as a link to a path in the course if the course can be reached from here."""
    if root is None:
        return html.escape(text)
    return f'<a href="{html.escape(Path(root, path).as_posix())}">{html.escape(text)}</a>'


def _next_as_html(progress: Progress, root: str | None) -> str:
    if progress.next is None or root is None:
        return html.escape(_next(progress))
    assignment, problem = progress.next
    name = f"{problem.name} (“{problem.title}”)"
    return f"Next: {_linked(name, _exercise(assignment), root)}."


def progress_lines(progress: Progress) -> list[str]:
    """All progress in two sentences: how much is solved, and what is next."""
    return [_headline(progress), _next(progress)]


class Shown:
    """Progress that a notebook shows as a table and a terminal as lines."""

    def __init__(self, progress: Progress, root: str | None = None):
        self.progress = progress
        #: The course's folder as seen from the notebook that shows this, for links; `None` for no links.
        self.root = root

    def __repr__(self) -> str:
        width = max(len(slug) for slug in ASSIGNMENTS)
        lines = []
        for chapter in _chapters(self.progress):
            known = sum(solved for _, solved in chapter.faults)
            faults = f"   faults {known} of {len(chapter.faults)}" if chapter.faults else ""
            lines.append(f"{chapter.slug:<{width}}   solved {chapter.solved} of {chapter.problems}{faults}")
        return "\n".join([*lines, "", *progress_lines(self.progress)])

    def _repr_html_(self) -> str:
        rows = "".join(
            f'<tr><th scope="row" style="text-align:left">'
            f"{_linked(f'{c.slug[:2]} · {c.title}', f'course/{c.slug}.ipynb', self.root)}</th>"
            f"<td>{_linked(f'{c.solved} of {c.problems}', _exercise(c.slug), self.root)}</td>"
            f'<td style="text-align:left">{_map(c.faults)}</td></tr>'
            for c in _chapters(self.progress)
        )
        return (
            f"<p><strong>{html.escape(_headline(self.progress))}</strong><br>"
            f"{_next_as_html(self.progress, self.root)}</p>"
            '<table><thead><tr><th scope="col" style="text-align:left">Lesson</th>'
            '<th scope="col">Exercise: solved</th>'
            '<th scope="col" style="text-align:left">Faults that you can diagnose</th></tr></thead>'
            f"<tbody>{rows}</tbody></table>"
        )


def _map(faults: tuple[tuple[str, bool], ...]) -> str:
    if not faults:
        return "those of all chapters"
    # The sign tells it as well as the weight, and a screen reader says the word.
    return ", ".join(
        f'<strong><span aria-label="solved">✓</span> {html.escape(name)}</strong>'
        if solved
        else f'<span aria-label="not yet">○</span> {html.escape(name)}'
        for name, solved in faults
    )


def as_page(progress: Progress) -> str:
    """The progress as a whole HTML page that can be kept and printed."""
    return (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>Your progress</title><style>{_STYLE}</style></head>"
        f"<body><main><h1>Your progress</h1>{Shown(progress)._repr_html_()}</main></body></html>\n"
    )
