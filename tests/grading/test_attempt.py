"""Trying answers: the same verdicts as for a submission, on our course and on another."""

import shutil
from pathlib import Path

import pytest

from autograder.grading.attempt import try_answers
from autograder.grading.course import Course
from autograder.grading.result import GradingError
from tests.grading.conftest import RIGHT, Class
from tests.sample_class import ASSIGNMENT, attempt


def test_an_unknown_assignment_or_problem_is_wrong_usage(klass: Class) -> None:
    with pytest.raises(GradingError, match="Did you mean ‘ps1’") as error:
        try_answers(klass.course, "ps2", "square", ["x"])
    assert error.value.exit_code == 2
    with pytest.raises(GradingError, match="Its problems are: square, area") as error:
        try_answers(klass.course, "ps1", "essay", ["x"])
    assert error.value.exit_code == 2


@pytest.mark.slow
def test_plain_tests_of_another_course(klass: Class) -> None:
    texts = [
        RIGHT["square"],
        "def square(x):\n    return {1: 1, 2: 4}[x]",
        "import os; os._exit(1)",
        "def square(x",
    ]
    results = try_answers(klass.course, "ps1", "square", texts)
    assert [(r.score, r.max_score, r.passed) for r in results] == [
        (3, 3, True),
        (1, 3, False),
        (0, 3, False),
        (0, 3, False),
    ]
    assert [(t.name, t.passed) for t in results[1].tests] == [("visible", True), ("hidden", False)]
    assert "KeyError" in results[1].tests[1].message
    assert "ended the kernel" in results[2].notes[0]


@pytest.mark.slow
def test_partial_credit_of_another_course(klass: Class) -> None:
    [result] = try_answers(klass.course, "ps1", "area", ["def area(r):\n    return math.pi if r == 1 else 0"])
    assert (result.score, result.max_score, result.passed) == (2, 4, False)


@pytest.mark.slow
def test_trying_touches_nothing_of_the_course(klass: Class, tmp_path: Path) -> None:
    (klass.root / "gradebook.db").unlink()
    shutil.rmtree(klass.root / ".student-version")
    before = sorted(str(p) for p in klass.root.rglob("*"))
    try_answers(klass.course, "ps1", "square", [RIGHT["square"]])
    assert sorted(str(p) for p in klass.root.rglob("*")) == before


@pytest.mark.slow
def test_our_own_problems(root: Path) -> None:
    texts = [attempt("which-fault", "right-in-order"), attempt("which-fault", "wrong-all-none")]
    right, wrong = try_answers(Course.open(root), ASSIGNMENT, "which-fault", texts)
    assert right.passed and right.score == right.max_score == 4
    assert not wrong.passed and wrong.score == 0 and "not yet" in wrong.tests[-1].message
