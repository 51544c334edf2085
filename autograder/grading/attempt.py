"""Trying one answer: graded as a submission, by the same code, without touching a gradebook.

All that is common to several answers is done once, and they share warm hosts.
"""

import itertools
from collections.abc import Collection, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from typing import Any

import nbformat
from nbgrader.utils import determine_grade

from autograder.grading.batch import make_task, settle_outcome
from autograder.grading.course import Course
from autograder.grading.earlier import built_on
from autograder.grading.launch import Hosts, default_jobs
from autograder.grading.names import did_you_mean, shown
from autograder.grading.notebooks import read_notebook
from autograder.grading.record import problem_of
from autograder.grading.result import GradingError
from autograder.grading.sandbox import PROCESS, wall_for
from autograder.grading.scratch import scratch_folder
from autograder.grading.settle import Settled
from autograder.grading.source import (
    AssignmentSource,
    NotebookSource,
    SourceCell,
    model_answers,
    modules_of,
    prepare,
    student_version,
)
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
    hosts: Hosts | None = None,
    isolation: str = PROCESS,
) -> list[AttemptResult]:
    """Grade texts as answers to a problem, each in a fresh student version; results in the same order.

    `hosts` are warm hosts that somebody keeps for several calls, or has started
    early; without them, the texts share hosts of their own. One's own answers
    need no sandbox; `isolation` asks for one.

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
    with ExitStack() as stack:
        if hosts is None:
            hosts = stack.enter_context(Hosts(min(default_jobs(), len(texts)), wall_for(isolation)))
        hosts.show(course.limits.readable)
        modules, checks = modules_of(course, assignment)
        hosts.load(modules, checks=checks)  # while the tasks are made
        notebook, tests, tasks = _tasks(course, assignment, problem, texts, hosts.one_thread, isolation)
        with ThreadPoolExecutor(hosts.at_a_time) as pool:
            try:
                outcomes = list(pool.map(hosts.run_task, tasks))
            except BaseException:
                hosts.stop()  # Ctrl-C: the pool waits for what it has begun
                raise
    return [_result(assignment, problem, notebook, tests, outcome) for outcome in outcomes]


def _tasks(
    course: Course, assignment: str, problem: str, texts: Sequence[str], one_thread: bool, isolation: str
) -> tuple[NotebookSource, list[SourceCell], list[Task]]:
    """The problem's notebook and tests, and one task for each text."""
    with scratch_folder() as folder:
        scratch, student = student_version(course, assignment, folder)
        source = prepare(scratch, assignment, say=lambda sentence: None)
        notebook = _find(source, problem)
        tests = [c for c in notebook.cells if c.is_test and problem_of(c.name) == problem]
        if not tests:
            raise GradingError(
                f"The problem {shown(problem)} of {shown(assignment)} has no tests; it is graded by hand.", 2
            )
        answers = model_answers(course, assignment, notebook.name)
        tasks = [
            _task(
                scratch,
                source,
                notebook,
                student[notebook.name],
                problem,
                kept,
                one_thread=one_thread,
                isolation=isolation,
            )
            for kept in (_with_what_it_builds_on(text, problem, answers) for text in texts)
        ]
    return notebook, tests, tasks


def _find(source: AssignmentSource, problem: str) -> NotebookSource:
    answers = {c.name: n for n in source.notebooks for c in n.cells if c.solution and c.cell_type == "code"}
    if problem in answers:
        return answers[problem]
    raise GradingError(
        f"The assignment {shown(source.name)} has no problem {shown(problem)} that is answered with code. "
        f"{did_you_mean(problem, answers)}"
        + (f" Its problems are: {', '.join(answers)}." if answers else ""),
        2,
    )


def _with_what_it_builds_on(text: str, problem: str, answers: dict[str, str]) -> dict[str, str]:
    """An answer, and the model's answers to earlier problems that it uses, by grade id."""
    earlier = dict(itertools.takewhile(lambda item: item[0] != problem, answers.items()))
    return {name: answers[name] for name in built_on(text, earlier)} | {problem: text}


def _task(
    course: Course,
    source: AssignmentSource,
    notebook: NotebookSource,
    student_text: str,
    problem: str,
    kept: dict[str, str],
    *,
    one_thread: bool,
    isolation: str,
) -> Task:
    """The student version with these answers; other problems' cells are left out, to save time."""
    read = read_notebook(student_text.encode("utf-8"))
    for submitted in read.notebook.cells:
        grade_id = submitted.metadata.get("nbgrader", {}).get("grade_id")
        if grade_id in kept:
            submitted["source"] = kept[grade_id]
    staged = stage(course, source.name, _STUDENT, notebook, read).notebook
    staged.cells = _needed(staged.cells, problem, kept)
    return make_task(
        notebook,
        nbformat.writes(staged, version=4),
        {},
        dict(source.files),
        course.limits,
        one_thread=one_thread,
        isolation=isolation,
    )


def _needed(cells: list[Any], problem: str, kept: Collection[str]) -> list[Any]:
    """The cells up to the problem's last test, without those of other problems that are not kept."""
    ids = [_graded_as(cell.metadata.get("nbgrader", {})) for cell in cells]
    owners = [None if name is None else problem_of(name) for name in ids]
    last = max(i for i, owner in enumerate(owners) if owner == problem)
    return [
        cell
        for cell, name, owner in zip(cells[: last + 1], ids, owners, strict=False)
        if owner in (None, problem) or name in kept
    ]


def _graded_as(about: Any) -> str | None:
    graded = about.get("grade_id") and (about.get("grade") or about.get("solution"))
    return about["grade_id"] if graded else None


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
