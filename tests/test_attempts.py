"""The attempt corpus: right answers of any style pass, wrong ones never do.

`tests/attempts/<assignment>/<problem>/{right,wrong}-*.py` are graded by the
same code as `autograder try`, each with inputs drawn for its run.
"""

from functools import cache
from pathlib import Path

import pytest

from autograder.grading.attempt import AttemptResult, try_answers
from autograder.grading.course import Course
from autograder.problems import ASSIGNMENTS
from tests.conftest import ROOT

CORPUS = ROOT / "tests" / "attempts"
PROBLEMS = [(slug, p) for slug, problems in ASSIGNMENTS.items() for p in problems if p.tests]
FILES = sorted(CORPUS.glob("*/*/*.py"))

pytestmark = pytest.mark.slow


@cache
def results(assignment: str, problem: str) -> dict[Path, AttemptResult]:
    """All attempts at a problem, graded once for all tests of this module."""
    files = [file for file in FILES if file.parent == CORPUS / assignment / problem]
    texts = [file.read_text(encoding="utf-8") for file in files]
    return dict(zip(files, try_answers(Course.open(ROOT), assignment, problem, texts), strict=True))


def result_of(file: Path) -> AttemptResult:
    return results(file.parents[1].name, file.parent.name)[file]


def told(result: AttemptResult) -> str:
    return "\n".join(f"{t.name}: {t.score:g}/{t.max_score:g} {t.message}" for t in result.tests)


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.name}/{file.stem}")
def test_an_attempt_is_judged_as_its_name_says(file):
    result = result_of(file)
    kind = file.name.split("-")[0]
    assert kind in ("right", "wrong")
    if kind == "right":
        assert result.passed and result.score == result.max_score, told(result)
    else:
        assert not result.passed and result.score < result.max_score, told(result)


@pytest.mark.parametrize(("assignment", "problem"), PROBLEMS, ids=lambda x: getattr(x, "name", x))
def test_every_test_is_failed_by_a_wrong_attempt(assignment, problem):
    wrong = [r for file, r in results(assignment, problem.name).items() if file.name.startswith("wrong-")]
    failed = {test.name for result in wrong for test in result.tests if not test.passed}
    assert failed == {test.name for test in problem.tests}


@pytest.mark.parametrize(("assignment", "problem"), PROBLEMS, ids=lambda x: getattr(x, "name", x))
def test_the_corpus_is_large_enough(assignment, problem):
    names = [file.name for file in results(assignment, problem.name)]
    enough = (2, 6) if problem.kind == "name the fault" else (4, 6)
    assert sum(n.startswith("right-") for n in names) >= enough[0]
    assert sum(n.startswith("wrong-") for n in names) >= enough[1]


@pytest.mark.parametrize(("assignment", "problem"), PROBLEMS, ids=lambda x: getattr(x, "name", x))
def test_a_problem_is_not_solved_as_given(assignment, problem, given):
    result = given(assignment, problem.name)
    assert result.score == 0 and not result.passed, told(result)


@pytest.fixture(scope="module")
def given():
    """Grades the student version as it is."""
    import nbformat

    def grade(assignment: str, problem: str) -> AttemptResult:
        student = nbformat.read(ROOT / "exercises" / assignment / f"{assignment}.ipynb", as_version=4)
        cells = {c.metadata.get("nbgrader", {}).get("grade_id"): c for c in student.cells}
        return try_answers(Course.open(ROOT), assignment, problem, [cells[problem].source])[0]

    return grade
