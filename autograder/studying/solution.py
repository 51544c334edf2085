"""The model solution of a problem, for those who have solved it."""

import html
from dataclasses import dataclass

import nbformat
from nbformat.notebooknode import NotebookNode
from nbgrader.utils import compute_checksum

from autograder.authoring.student_version import model_answer
from autograder.faults import fault
from autograder.grading.course import Course
from autograder.problems import Problem, assignment_of, find_problem
from autograder.studying.progress import FILE, read_progress
from autograder.telling.lesson import Note

#: An answer in words that is shorter has not been tried.
_WORDS = 20


@dataclass(frozen=True)
class Solution:
    """How we solved a problem. Shows itself in notebooks and terminals."""

    problem: Problem
    text: str

    @property
    def why(self) -> list[tuple[str, str]]:
        """What was wrong and what cures it: (heading, sentences), one for each fault of the problem."""
        faults = [fault(name) for name in self.problem.faults]
        return [(entry.title, f"{entry.cause} {entry.cure}") for entry in faults]

    def __repr__(self) -> str:
        why = [f"{title}. {text}" for title, text in self.why]
        return "\n\n".join([f"{self.problem.name}: {self.problem.title}", self.text, *why])

    def _repr_html_(self) -> str:
        why = "".join(
            f"<p><strong>{html.escape(title)}.</strong> {html.escape(text)}</p>" for title, text in self.why
        )
        name = f"{self.problem.name}: {self.problem.title}"
        text = html.escape(self.text)
        shown = f"<pre><code>{text}</code></pre>" if self.problem.tests else f"<p>{text}</p>"
        return f"<p><strong>{html.escape(name)}</strong></p>{shown}{why}"


def open_solution(course: Course, name: str) -> Solution | Note:
    """The model solution of a solved problem, or a sentence that says how to get there.

    Solved is what a check of the saved notebook found to pass every test; an
    answer in words must have been written. Raises `UnknownName` if there is no
    such problem, and `GradingError` if the progress cannot be read.
    """
    problem, assignment = find_problem(name), assignment_of(name)
    cell = _cell(course, "source", assignment, name)
    if cell is None:
        return Note(f"The solution of {name} is not on this machine. Whoever teaches this course has it.")
    if problem.tests:
        progress = read_progress(course.root / FILE)
        if not progress.is_solved(problem):
            standing = progress.problems.get(name)
            level = min(standing.tries + 1, len(problem.hints)) if standing else 1
            return Note(
                f"{name} is not solved yet, as far as your last check knows. Save the notebook and run "
                f'check_notebook("{assignment}"): when every check passes, this opens. '
                f'Until then there is hint("{name}", {level}).'
            )
    elif not _is_written(_cell(course, "release", assignment, name)):
        return Note(
            f"{name} is answered in words. Write yours first, {_WORDS} words or more, and save the notebook: "
            f'then this opens, and you can compare. There is also hint("{name}", 1).'
        )
    return Solution(problem, model_answer(cell))


def _is_written(cell: NotebookNode | None) -> bool:
    if cell is None or compute_checksum(cell) == cell.metadata.nbgrader.get("checksum"):
        return False
    return len(cell.source.split()) >= _WORDS


def _cell(course: Course, step: str, assignment: str, name: str) -> NotebookNode | None:
    """A problem's answer cell in the instructor's notebook ("source") or the learner's ("release")."""
    for path in sorted(course.folder(step, ".", assignment).glob("*.ipynb")):
        try:
            cells = nbformat.read(path, as_version=4).cells
        except (OSError, ValueError, AttributeError):
            continue
        for cell in cells:
            if cell.metadata.get("nbgrader", {}).get("grade_id") == name:
                return cell
    return None
