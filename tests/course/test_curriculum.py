"""Every fault is taught and practised in its chapter."""

from pathlib import Path

import pytest

from autograder.faults import CHAPTERS, FAULTS, Fault
from autograder.problems import ASSIGNMENTS

each_fault = pytest.mark.parametrize("entry", FAULTS, ids=lambda entry: entry.id)


def test_each_chapter_with_faults_has_an_assignment() -> None:
    assert list(ASSIGNMENTS) == [slug for slug in CHAPTERS if slug != "00-start-here"]


@each_fault
def test_the_lesson_names_the_fault(root: Path, entry: Fault) -> None:
    lesson = (root / "course" / f"{entry.chapter}.nb.py").read_text(encoding="utf-8")
    assert f"`{entry.id}`" in lesson


@each_fault
def test_a_problem_of_the_chapter_is_about_the_fault(entry: Fault) -> None:
    assert any(entry.id in problem.faults for problem in ASSIGNMENTS[entry.chapter])


@each_fault
def test_a_fault_is_repaired_or_named_by_students(entry: Fault) -> None:
    """Hidden tests judge it: an explanation alone would not do."""
    problems = [p for slug in ASSIGNMENTS for p in ASSIGNMENTS[slug] if entry.id in p.faults]
    assert any(test.hidden for problem in problems for test in problem.tests)
