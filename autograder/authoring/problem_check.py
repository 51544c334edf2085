"""Whether a problem is ready for students: said for each rule that it breaks.

A problem that is solved as given teaches nothing, and a test that no wrong
attempt fails tests nothing. So a problem comes with attempts, and they are graded.
"""

from pathlib import Path

import nbformat
from nbformat.notebooknode import NotebookNode

from autograder.authoring.given import given_text
from autograder.authoring.leaks import find_leaks, open_text, secret_lines
from autograder.authoring.sources import SUFFIX, read_source
from autograder.authoring.student_version import model_answer
from autograder.grading.attempt import AttemptResult, try_answers
from autograder.grading.course import Course
from autograder.problems import Problem, assignment_of, find_problem

#: So many attempts at least show that a test judges what an answer does, not how it is written.
RIGHT, WRONG = 4, 6


def check_problem(course: Course, name: str) -> list[str]:
    """What is not in order with a problem, as sentences; nothing if it is ready.

    Raises `UnknownName` if there is no such problem, `SourceError` if its
    notebook's text is not right, and `GradingError` if the grader cannot do its work.
    """
    problem, assignment = find_problem(name), assignment_of(name)
    source = read_source(course.root / "solutions" / assignment / f"{assignment}{SUFFIX}")
    cells = {c.metadata.nbgrader.grade_id: c for c in source.cells if "nbgrader" in c.metadata}
    wanted = {name, *(f"{name}--{test.name}" for test in problem.tests)}
    missing = sorted(wanted - set(cells))
    if missing:
        return [f"solutions/{assignment}/{assignment}{SUFFIX} has no cell with the grade id {missing[0]}."]
    said = _to_do(problem, source, cells[name])
    said += _hints(problem, secret_lines(source))
    built, student = (
        _read(course.folder(step, ".", assignment), assignment) for step in ("source", "release")
    )
    if _texts(built) != _texts(source) or _cell(student, name) is None:
        return [*said, "The notebooks are not those of the text: run `make notebooks`, then check again."]
    said += [
        f"Students can read this line of a solution: {leak}"
        for leak in find_leaks(source, open_text(student))
    ]
    if not problem.tests:
        return said
    given = given_text(_cell(student, name)) or ""
    attempts = sorted((course.root / "tests" / "attempts" / assignment / name).glob("*.py"))
    texts = [given, model_answer(cells[name]), *(path.read_text("utf-8") for path in attempts)]
    as_given, model, *results = try_answers(course, assignment, name, texts)
    if as_given.passed:
        said.append("It is solved as it is given to students.")
    if not model.passed:
        said.append(f"The solution does not get full marks: {_why(model)}")
    return said + _attempts(problem, attempts, results)


def _to_do(problem: Problem, source: NotebookNode, answer: NotebookNode) -> list[str]:
    """Where the template still says TODO: in the declaration, or in a cell of the problem or before it."""
    place = source.cells.index(answer)
    texts = [problem.title, *problem.hints]
    texts += [
        c.source
        for c in source.cells
        if c.metadata.get("nbgrader", {}).get("grade_id", "").split("--")[0] == problem.name
    ]
    texts += [source.cells[place - 1].source] if place else []
    lines = [line.strip(" #") for text in texts for line in text.splitlines() if "TODO" in line]
    return [f"Still to do: {line}" for line in lines]


def _hints(problem: Problem, secret: set[str]) -> list[str]:
    if len({hint.strip() for hint in problem.hints} - {""}) < len(problem.hints):
        return ["It needs three hints that differ."]
    return [
        f"Hint {level} gives a line of the solution away: {line}"
        for level, hint in enumerate(problem.hints, 1)
        for line in sorted(secret)
        if line in hint
    ]


def _attempts(problem: Problem, files: list[Path], results: list[AttemptResult]) -> list[str]:
    right = [(f, r) for f, r in zip(files, results) if f.name.startswith("right-")]
    wrong = [(f, r) for f, r in zip(files, results) if f.name.startswith("wrong-")]
    said = [f"{file.name} should get full marks: {_why(r)}" for file, r in right if not r.passed]
    said += [f"{file.name} should not get full marks." for file, r in wrong if r.passed]
    for kind, found, least in (("right", right, RIGHT), ("wrong", wrong, WRONG)):
        if len(found) < least:
            said.append(f"It needs {least} {kind} attempts and has {len(found)}.")
    failed = {test.name for _, result in wrong for test in result.tests if not test.passed}
    for test in problem.tests:
        if test.points and test.name not in {name.removeprefix(f"{problem.name}--") for name in failed}:
            said.append(f"No wrong attempt fails the test “{test.name}”.")
    return said


def _why(result: AttemptResult) -> str:
    return next((test.message for test in result.tests if not test.passed), "")


def _read(folder: Path, assignment: str) -> NotebookNode:
    path = folder / f"{assignment}.ipynb"
    return nbformat.read(path, as_version=4) if path.is_file() else nbformat.v4.new_notebook()


def _texts(notebook: NotebookNode) -> list[str]:
    return [cell.source for cell in notebook.cells]


def _cell(notebook: NotebookNode, name: str) -> NotebookNode | None:
    found = (c for c in notebook.cells if c.metadata.get("nbgrader", {}).get("grade_id") == name)
    return next(found, None)
