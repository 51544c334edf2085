"""The model solution opens when the problem is solved, and not before."""

import shutil
from pathlib import Path

import nbformat
import pytest

from autograder.authoring.student_version import model_answer
from autograder.grading.course import Course
from autograder.problems import ASSIGNMENTS
from autograder.sentences import UnknownName
from autograder.studying.progress import FILE, Progress, Standing, write_progress
from autograder.studying.solution import Solution, open_solution

SLUG = "01-tape-scope"


@pytest.fixture(scope="module")
def folder(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A clone of the course with one chapter."""
    folder = tmp_path_factory.mktemp("learner")
    shutil.copy(root / "nbgrader_config.py", folder)
    for name in ("solutions", "exercises"):
        shutil.copytree(root / name / SLUG, folder / name / SLUG)
    return folder


@pytest.fixture
def course(folder: Path) -> Course:
    (folder / FILE).unlink(missing_ok=True)
    return Course.open(folder)


def test_before_the_problem_is_solved_it_says_how_to_get_there(course):
    said = repr(open_solution(course, "sensor-step"))
    assert 'check_notebook("01-tape-scope")' in said and 'hint("sensor-step", 1)' in said
    assert "tape.gradient" not in said
    write_progress(Progress({"sensor-step": Standing(2, 4, tries=1, answer="a")}), course.root / FILE)
    said = repr(open_solution(course, "sensor-step"))
    assert "not solved yet" in said and 'hint("sensor-step", 2)' in said


def test_after_it_the_repair_is_shown_with_its_reason(course):
    write_progress(Progress({"sensor-step": Standing(4, 4, 1, "a")}), course.root / FILE)
    shown = open_solution(course, "sensor-step")
    assert isinstance(shown, Solution)
    assert shown.text.startswith("def train_step(") and "        prediction = model(x" in shown.text
    assert "###" not in shown.text and "if pairs" not in shown.text
    compile(shown.text, "solution", "exec")
    assert "A tape records operations only while its block is open." in repr(shown)
    assert "<pre><code>def train_step" in shown._repr_html_()
    assert not isinstance(open_solution(course, "thermistor"), Solution)


def test_an_answer_in_words_has_to_be_written_first(course):
    file = course.root / "exercises" / SLUG / f"{SLUG}.ipynb"
    assert "Write yours first" in repr(open_solution(course, "divided-loss"))
    notebook = nbformat.read(file, as_version=4)
    [cell] = [c for c in notebook.cells if c.metadata.get("nbgrader", {}).get("grade_id") == "divided-loss"]
    for words, opens in ((5, False), (40, True)):
        cell.source = "word " * words
        nbformat.write(notebook, file)
        assert isinstance(open_solution(course, "divided-loss"), Solution) is opens
    assert "not in the record" in repr(open_solution(course, "divided-loss"))


def test_every_problem_has_a_solution_to_show(root):
    for slug, problems in ASSIGNMENTS.items():
        cells = nbformat.read(root / f"solutions/{slug}/{slug}.ipynb", as_version=4).cells
        answers = {c.metadata.nbgrader.grade_id: model_answer(c) for c in cells if "nbgrader" in c.metadata}
        for problem in problems:
            assert answers[problem.name] and "###" not in answers[problem.name]
            if problem.tests:
                compile(answers[problem.name], problem.name, "exec")


def test_a_class_without_solutions_gets_a_sentence(tmp_path):
    said = repr(open_solution(Course.open(tmp_path), "sensor-step"))
    assert "not on this machine" in said


def test_an_unknown_problem_is_said(course):
    with pytest.raises(UnknownName, match="Did you mean 'sensor-step'"):
        open_solution(course, "sensorstep")
