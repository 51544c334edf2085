"""What git holds of the course: built from its sources, without outputs, without secrets."""

import ast
import json
from pathlib import Path

import nbformat
import pytest

from autograder.authoring.leaks import find_leaks
from autograder.authoring.notebooks import stale
from autograder.authoring.sources import read_source
from autograder.problems import ASSIGNMENTS, Problem
from tests.conftest import ROOT

NOTEBOOKS = sorted(
    p.relative_to(ROOT) for d in ("course", "solutions", "exercises") for p in (ROOT / d).rglob("*.ipynb")
)
NOTEBOOKS = [path for path in NOTEBOOKS if ".ipynb_checkpoints" not in path.parts]
PROBLEMS = [
    pytest.param(assignment, problem, id=f"{assignment}-{problem.name}")
    for assignment, problems in ASSIGNMENTS.items()
    for problem in problems
]
HIDDEN = ("### BEGIN HIDDEN TESTS", "### END HIDDEN TESTS")

every_notebook = pytest.mark.parametrize("path", NOTEBOOKS, ids=str)
every_assignment = pytest.mark.parametrize("assignment", ASSIGNMENTS)
every_problem = pytest.mark.parametrize(("assignment", "problem"), PROBLEMS)


def solution(assignment: str) -> nbformat.NotebookNode:
    return read_source(ROOT / "solutions" / assignment / f"{assignment}.nb.py")


def exercise(assignment: str) -> nbformat.NotebookNode:
    return nbformat.read(ROOT / "exercises" / assignment / f"{assignment}.ipynb", as_version=4)


def graded_cells(notebook: nbformat.NotebookNode) -> dict[str, nbformat.NotebookNode]:
    return {c.metadata.nbgrader.grade_id: c for c in notebook.cells if "nbgrader" in c.metadata}


def test_no_notebook_is_stale(root, built):
    assert stale(root, built) == []


def test_each_chapter_has_lesson_solution_and_exercise(root):
    for assignment in ASSIGNMENTS:
        assert (root / f"course/{assignment}.ipynb").is_file()
        assert (root / f"solutions/{assignment}/{assignment}.ipynb").is_file()
        assert (root / f"exercises/{assignment}/{assignment}.ipynb").is_file()


@every_notebook
def test_a_notebook_in_git_has_no_outputs(root, path):
    notebook = nbformat.read(root / path, as_version=4)
    nbformat.validate(notebook)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert [cell.outputs for cell in code] == [[]] * len(code)
    assert [cell.execution_count for cell in code] == [None] * len(code)


@every_assignment
def test_no_file_for_students_shows_a_secret(root, assignment):
    for path in (root / "exercises" / assignment).rglob("*"):
        if path.is_file():
            text = path.read_text(encoding="utf-8", errors="replace")
            if path.suffix == ".ipynb":
                text += "\n".join(cell.source for cell in json_cells(text))
            assert find_leaks(solution(assignment), text) == [], path


def json_cells(text: str) -> list[nbformat.NotebookNode]:
    return nbformat.reads(text, as_version=4).cells


@every_assignment
def test_every_graded_cell_belongs_to_a_problem(assignment):
    wanted = set()
    for problem in ASSIGNMENTS[assignment]:
        wanted |= {problem.name} | {f"{problem.name}--{test.name}" for test in problem.tests}
    assert set(graded_cells(solution(assignment))) == wanted


def test_problem_names_are_unique_over_all_assignments():
    names = [problem.name for problems in ASSIGNMENTS.values() for problem in problems]
    assert len(names) == len(set(names))


@every_problem
def test_points_are_those_of_the_problem(assignment, problem):
    cells = graded_cells(solution(assignment))
    for test in problem.tests:
        assert cells[f"{problem.name}--{test.name}"].metadata.nbgrader.points == test.points


@every_problem
def test_a_test_cell_is_one_call_of_check(assignment, problem):
    cells = graded_cells(solution(assignment))
    for test in problem.tests:
        lines = cells[f"{problem.name}--{test.name}"].source.splitlines()
        if test.hidden:
            assert lines[0].startswith("# ") and (lines[1], lines[-1]) == HIDDEN
            lines = lines[2:-1]
        statements = ast.parse("\n".join(lines)).body
        assert len(statements) == 1 and is_check(statements[0], problem.name, test.name)


def is_check(statement: ast.stmt, problem: str, test: str) -> bool:
    call = statement.value if isinstance(statement, ast.Expr) else None
    return (
        isinstance(call, ast.Call)
        and isinstance(call.func, ast.Name)
        and call.func.id == "check"
        and not call.keywords
        and [ast.literal_eval(argument) for argument in call.args[:2]] == [problem, test]
        and all(isinstance(argument, ast.Name) for argument in call.args[2:])
        and len(call.args) > 2
    )


@every_problem
def test_students_see_the_visible_tests_and_one_line_of_each_hidden_one(assignment, problem):
    cells = graded_cells(exercise(assignment))
    for test in problem.tests:
        lines = cells[f"{problem.name}--{test.name}"].source.splitlines()
        assert len(lines) == 1
        assert lines[0].startswith("# " if test.hidden else f'check("{problem.name}", "{test.name}", ')


@every_problem
def test_a_program_to_repair_is_given_as_a_running_program(assignment, problem: Problem):
    ours, theirs = graded_cells(solution(assignment)), graded_cells(exercise(assignment))
    if not problem.tests:  # written in words
        assert ours[problem.name].cell_type == theirs[problem.name].cell_type == "markdown"
        return
    given = theirs[problem.name].source
    assert "NotImplementedError" not in given
    assert ast.dump(ast.parse(given)) != ast.dump(ast.parse(ours[problem.name].source))


def test_the_text_that_leaks_is_looked_for_in_real_text(root):
    """The search for secrets finds the solution itself, so it can find something."""
    for assignment in ASSIGNMENTS:
        whole = (root / "solutions" / assignment / f"{assignment}.nb.py").read_text(encoding="utf-8")
        assert len(find_leaks(solution(assignment), whole)) > 5


def test_fixed_metadata_only(root):
    for path in NOTEBOOKS:
        metadata = json.loads((root / Path(path)).read_text(encoding="utf-8"))["metadata"]
        assert sorted(metadata) == ["kernelspec", "language_info"]
