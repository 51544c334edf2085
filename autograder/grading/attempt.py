"""Trying one answer: graded as a submission, by the same code, without touching a gradebook.

The corpus of attempts runs hundreds of answers through `try_answers`. All that
is common to them is done once, and their kernels are forked from a warm host.
"""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, nullcontext
from dataclasses import asdict, dataclass, replace
from typing import Any

import nbformat
from nbgrader.utils import determine_grade

from autograder.grading.batch import make_task, settle_outcome
from autograder.grading.course import Course
from autograder.grading.launch import Launch, default_jobs, run_task, warm_host_for
from autograder.grading.names import did_you_mean, shown
from autograder.grading.notebooks import read_notebook
from autograder.grading.record import problem_of
from autograder.grading.result import GradingError
from autograder.grading.sandbox import PROCESS, SANDBOX, Wall
from autograder.grading.scratch import scratch_folder
from autograder.grading.settle import Settled
from autograder.grading.source import AssignmentSource, NotebookSource, SourceCell, prepare, student_version
from autograder.grading.stage import stage
from autograder.grading.task import Outcome, Task

_STUDENT = "attempt"


@dataclass(frozen=True)
class TestResult:
    """What one test says of an attempt."""

    name: str
    passed: bool
    score: float
    max_score: float
    message: str


@dataclass(frozen=True)
class AttemptResult:
    """What all tests of a problem say of an attempt."""

    assignment: str
    problem: str
    score: float
    max_score: float
    tests: tuple[TestResult, ...]
    #: Sentences about cells that were stopped or ended the kernel.
    notes: tuple[str, ...] = ()

    @property
    def passed(self) -> bool:
        """Whether every test passes."""
        return all(test.passed for test in self.tests)

    def to_json(self) -> dict[str, Any]:
        """This result with the keys of the command's contract."""
        return asdict(self)


def try_answers(
    course: Course,
    assignment: str,
    problem: str,
    texts: Sequence[str],
    jobs: int | None = None,
    launch: Launch | None = None,
    host: str | None = None,
    isolation: str = PROCESS,
) -> list[AttemptResult]:
    """Grade texts as answers to a problem, each in a fresh student version; results in the same order.

    `host` is the address of a warm host that somebody keeps for several calls
    (see `warm_host_for`); without it, several texts share one of their own.
    One's own answers need no sandbox; `isolation` asks for one.

    Raises `GradingError` for an unknown assignment or problem (with the names
    there are), and when the grader itself cannot do its work.
    """
    known = course.assignments()
    if assignment not in known:
        raise GradingError(
            f"There is no assignment {shown(assignment)} in {course.root}. {did_you_mean(assignment, known)}",
            2,
        )
    if not any(course.folder("source", ".", assignment).glob("*.ipynb")):
        raise GradingError(
            f"The assignment {shown(assignment)} has no instructor's notebook in {course.root}.", 2
        )
    jobs = jobs or default_jobs()
    with scratch_folder() as folder:
        scratch, student = student_version(course, assignment, folder)
        source = prepare(scratch, assignment, say=lambda sentence: None)
        notebook, cell = _find(source, problem)
        tests = [c for c in notebook.cells if c.is_test and problem_of(c.name) == problem]
        if not tests:
            raise GradingError(
                f"The problem {shown(problem)} of {shown(assignment)} has no tests; it is graded by hand.", 2
            )
        tasks = [
            replace(
                _task(
                    scratch,
                    source,
                    notebook,
                    student[notebook.name],
                    cell,
                    problem,
                    text,
                    one_thread=jobs > 1,
                ),
                isolation=isolation,
            )
            for text in texts
        ]
    if not tasks:
        return []
    # For a single answer a host would only add its own start.
    warm: AbstractContextManager[str | None] = nullcontext(host)
    if len(tasks) > 1 and host is None:
        wall = Wall(tasks[0].readable) if isolation == SANDBOX else None
        warm = warm_host_for(notebook.imports, checks=True, one_thread=jobs > 1, wall=wall)
    with warm as host, ThreadPoolExecutor(min(jobs, len(tasks))) as pool:
        outcomes = list(pool.map(lambda task: run_task(replace(task, host=host), launch), tasks))
    return [_result(assignment, problem, notebook, tests, outcome) for outcome in outcomes]


def _find(source: AssignmentSource, problem: str) -> tuple[NotebookSource, SourceCell]:
    answers = {
        c.name: (n, c) for n in source.notebooks for c in n.cells if c.solution and c.cell_type == "code"
    }
    if problem in answers:
        return answers[problem]
    raise GradingError(
        f"The assignment {shown(source.name)} has no problem {shown(problem)} that is answered with code. "
        f"{did_you_mean(problem, answers)}"
        + (f" Its problems are: {', '.join(answers)}." if answers else ""),
        2,
    )


def _task(
    course: Course,
    source: AssignmentSource,
    notebook: NotebookSource,
    student_text: str,
    cell: SourceCell,
    problem: str,
    text: str,
    *,
    one_thread: bool,
) -> Task:
    """The student version with this answer; other problems' answers and tests are left out, to save time."""
    read = read_notebook(student_text.encode("utf-8"))
    for submitted in read.notebook.cells:
        if submitted.metadata.get("nbgrader", {}).get("grade_id") == cell.name:
            submitted["source"] = text
    staged = stage(course, source.name, _STUDENT, notebook, read).notebook
    staged.cells = _needed(staged.cells, problem)
    return make_task(
        notebook,
        nbformat.writes(staged, version=4),
        dict(source.files),
        course.limits,
        one_thread=one_thread,
        isolation=PROCESS,
    )


def _needed(cells: list[Any], problem: str) -> list[Any]:
    """The cells up to the problem's last test, without other problems' answers and tests."""
    owners = [
        problem_of(about["grade_id"]) if _is_graded(about := c.metadata.get("nbgrader", {})) else None
        for c in cells
    ]
    last = max(i for i, owner in enumerate(owners) if owner == problem)
    return [c for c, owner in zip(cells[: last + 1], owners, strict=False) if owner in (None, problem)]


def _is_graded(about: Any) -> bool:
    return bool(about.get("grade_id") and (about.get("grade") or about.get("solution")))


def _result(
    assignment: str, problem: str, notebook: NotebookSource, tests: list[SourceCell], outcome: Outcome
) -> AttemptResult:
    results = results_of_tests(tests, settle_outcome(notebook, outcome), outcome)
    return AttemptResult(
        assignment,
        problem,
        round(sum(r.score for r in results), 4),
        sum(r.max_score for r in results),
        results,
        outcome.notes,
    )


def results_of_tests(
    tests: Sequence[SourceCell], settled: Settled, outcome: Outcome
) -> tuple[TestResult, ...]:
    """What these tests say in a notebook that has been run."""
    judged = {test.grade_id: test for test in outcome.tests}
    cells = {c.metadata.get("nbgrader", {}).get("grade_id"): c for c in settled.notebook.cells}
    results = []
    for test in tests:
        score, points = determine_grade(cells[test.name])
        told = judged.get(test.name)
        message = told.message if told else settled.doubtful.get(test.name) or _error_of(cells[test.name])
        passed = told.passed if told else score == points and test.name not in settled.doubtful
        name = test.name.split("--", 1)[1] if "--" in test.name else test.name
        results.append(TestResult(name, passed, float(score or 0.0), points, message))
    return tuple(results)


def _error_of(cell: Any) -> str:
    for output in cell.outputs:
        if output.output_type == "error":
            return f"{output.ename}: {output.evalue}"
    return "passed"
