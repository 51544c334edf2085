"""Checking one's own notebook: graded like a submission, hidden tests included, without a gradebook."""

from dataclasses import dataclass
from pathlib import Path

import nbformat
from nbgrader.utils import compute_checksum, is_solution

from autograder.grading.attempt import TestResult, results_of_tests
from autograder.grading.batch import make_task, settle_outcome
from autograder.grading.course import Course
from autograder.grading.launch import run_task
from autograder.grading.names import did_you_mean, shown
from autograder.grading.notebooks import ReadNotebook, Unreadable, read_notebook
from autograder.grading.record import problem_of
from autograder.grading.result import GradingError
from autograder.grading.scratch import scratch_folder
from autograder.grading.source import AssignmentSource, NotebookSource, prepare, student_version
from autograder.grading.stage import stage
from autograder.grading.task import Task

#: A folder with this file in it is a course.
_CONFIGURATION = "nbgrader_config.py"
_LEARNER = "learner"


@dataclass(frozen=True)
class OwnProblem:
    """How one problem of a learner's notebook stands."""

    name: str
    score: float
    max_score: float
    tests: tuple[TestResult, ...]
    #: Tells one answer from another; empty while it is the one that was given.
    answer: str

    @property
    def solved(self) -> bool:
        """Whether every test passes."""
        return all(test.passed for test in self.tests)


@dataclass(frozen=True)
class OwnAssignment:
    """How a learner's notebooks of one assignment stand. Problems without tests are not among them."""

    assignment: str
    problems: tuple[OwnProblem, ...]
    #: Sentences about cells that were stopped, mended or left out.
    notes: tuple[str, ...]

    @property
    def solved(self) -> bool:
        """Whether every problem is solved."""
        return all(problem.solved for problem in self.problems)


@dataclass(frozen=True)
class _Own:
    """One notebook of the learner's, ready to be run."""

    source: NotebookSource
    #: Problem → what tells its answer from another, for all that are not as they were given.
    answers: dict[str, str]
    notes: tuple[str, ...]
    task: Task


def find_course(folder: Path | None = None) -> Course:
    """The course in `folder`, or the one that the current folder lies in. Raises `GradingError`."""
    if folder is None:
        here = Path.cwd()
        found = [place for place in (here, *here.parents) if (place / _CONFIGURATION).is_file()]
        folder = found[0] if found else None
    return Course.open(folder)


def begun(course: Course) -> list[str]:
    """The assignments in which the learner has changed an answer, in the course's order."""
    return [
        assignment
        for assignment in course.source_assignments()
        if any(map(_is_begun, course.folder("release", ".", assignment).glob("*.ipynb")))
    ]


def _is_begun(place: Path) -> bool:
    """Whether an answer is not as it was given; nbgrader writes a checksum of that into its cell."""
    try:
        cells = nbformat.read(place, as_version=4).cells
        answers = [cell for cell in cells if is_solution(cell)]
        return any(compute_checksum(cell) != cell.metadata.nbgrader.get("checksum") for cell in answers)
    except Exception:
        return True  # whatever is wrong with it, the check will say it


def check_own(course: Course, assignment: str) -> OwnAssignment:
    """Grade the learner's own notebooks of an assignment, as they are saved in the release folder.

    Raises `GradingError` with a sentence if there is no such assignment, or no
    notebook that can be read.
    """
    known = course.source_assignments()
    if assignment not in known:
        raise GradingError(
            f"There is no assignment {shown(assignment)} in {course.root}. {did_you_mean(assignment, known)}",
            2,
        )
    with scratch_folder() as folder:
        scratch, _ = student_version(course, assignment, folder)
        source = prepare(scratch, assignment, say=lambda sentence: None)
        own = [_ready(course, scratch, source, notebook) for notebook in source.notebooks]
    problems: list[OwnProblem] = []
    notes: list[str] = []
    for notebook in own:
        found, said = _checked(notebook)
        problems += found
        notes += said
    return OwnAssignment(assignment, tuple(problems), tuple(notes))


def _ready(course: Course, scratch: Course, source: AssignmentSource, notebook: NotebookSource) -> _Own:
    read = _read(course.folder("release", ".", source.name) / f"{notebook.name}.ipynb")
    staged = stage(scratch, source.name, _LEARNER, notebook, read)
    task = make_task(
        notebook,
        nbformat.v4.writes(staged.notebook),
        {},
        dict(source.files),
        course.limits,
        one_thread=False,
        isolation="process",
    )
    given = {cell.name: cell.checksum for cell in notebook.cells if cell.solution}
    now = {c.metadata.nbgrader.grade_id: compute_checksum(c) for c in staged.notebook.cells if is_solution(c)}
    answers = {name: mark for name, mark in now.items() if mark != given.get(name)}
    return _Own(notebook, answers, staged.notes, task)


def _checked(own: _Own) -> tuple[list[OwnProblem], tuple[str, ...]]:
    outcome = run_task(own.task)
    settled = settle_outcome(own.source, outcome)
    tests: dict[str, list[TestResult]] = {}
    for cell in own.source.cells:
        if cell.is_test:
            [result] = results_of_tests([cell], settled, outcome)
            tests.setdefault(problem_of(cell.name), []).append(result)
    problems = [
        OwnProblem(
            name,
            round(sum(test.score for test in found), 4),
            sum(test.max_score for test in found),
            tuple(found),
            own.answers.get(name, ""),
        )
        for name, found in tests.items()
    ]
    return problems, (*own.notes, *outcome.notes)


def _read(place: Path) -> ReadNotebook:
    try:
        return read_notebook(place.read_bytes())
    except OSError as error:
        raise GradingError(f"Your notebook {place} cannot be read: {error.strerror}.") from None
    except Unreadable as error:
        raise GradingError(f"Your notebook {place} {error}.") from None
