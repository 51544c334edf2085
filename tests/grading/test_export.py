"""Grades as Canvas and Moodle import them, checked by the rules of their own importers."""

import csv
import io
from pathlib import Path

import pytest
from nbgrader.api import Gradebook
from typer.testing import CliRunner

from autograder.cli import app
from autograder.grading.course import Course
from autograder.grading.export import Grades, Row, as_csv, read_grades, write_grades
from autograder.grading.result import GradingError

GRADES = Grades(
    {"ps1": 10.0, "ps2": 7.5},
    (
        Row("ana", "Ana", "Núñez, jr.", "ana@school.example", "1001", {"ps1": 7.0, "ps2": 2 / 3}),
        Row("bo", "", "", "", "", {"ps2": 0.0}),
        Row("=cmd()", "=1+1", "@SUM(A1)", "+x@school.example", "-5", {}),
    ),
    {},
)


def rows(platform: str, grades: Grades = GRADES) -> list[list[str]]:
    return list(csv.reader(io.StringIO(as_csv(grades, platform), newline="")))


def test_canvas_finds_its_columns_points_and_students() -> None:
    head, points, ana, bo, _ = rows("canvas")
    # GradebookImporter: five columns about the student, the last of them the section; then assignments.
    assert head == ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", "ps1", "ps2"]
    assert points == ["    Points Possible", "", "", "", "", "10", "7.5"]
    assert ana == ["Núñez, jr., Ana", "1001", "", "ana", "", "7", "0.67"]
    assert bo == ["bo", "", "", "bo", "", "", "0"]


def test_moodle_finds_an_identifier_and_one_column_a_grade_item() -> None:
    head, ana, bo, _ = rows("moodle")
    assert head == ["First name", "Last name", "Username", "ID number", "Email address", "ps1", "ps2"]
    assert ana == ["Ana", "Núñez, jr.", "ana", "1001", "ana@school.example", "7", "0.67"]
    assert bo == ["", "", "bo", "", "", "-", "0"]  # Moodle reads “-” as no grade


@pytest.mark.parametrize("platform", ["canvas", "moodle"])
@pytest.mark.parametrize("text", ["=1+1", "+1", "-1+2", "@SUM(A1)", " =1", "\t=1", "\r=1", "\n=1", "＝1"])
def test_no_name_is_a_formula(platform: str, text: str) -> None:
    grades = Grades({text: 1.0}, (Row(text, text, text, text, text, {}),), {})
    for line in rows(platform, grades):
        for cell in line:
            assert cell == "-" or not cell.lstrip().startswith(("=", "+", "-", "@", "＝")) or cell[:1] == "'"
    assert f"'{text}" in rows(platform, grades)[-1]


def test_ordinary_names_stay_as_they_are() -> None:
    assert "O'Hara-Smith" in as_csv(
        Grades({"a": 1.0}, (Row("o", "", "O'Hara-Smith", "", "", {}),), {}), "moodle"
    )


@pytest.fixture
def course(tmp_path: Path) -> Course:
    """A gradebook with a penalty, points by hand, points that wait for a hand, and somebody without work."""
    with Gradebook(f"sqlite:///{tmp_path / 'gradebook.db'}") as gradebook:
        gradebook.add_assignment("ps1")
        gradebook.add_assignment("ps9")
        gradebook.add_notebook("ps1", "ps1")
        gradebook.add_grade_cell("p--t", "ps1", "ps1", max_score=4, cell_type="code")
        for student in ("ana", "bo", "cleo", "dan"):
            gradebook.add_student(
                student, first_name=student.title(), last_name="X", email=f"{student}@s.example"
            )
        for student, auto, by_hand, penalty, waits in (
            ("ana", 4, None, 1.5, False),
            ("bo", 1, 3, None, False),
            ("cleo", 4, None, None, True),
        ):
            submission = gradebook.add_submission("ps1", student)
            submission.notebooks[0].late_submission_penalty = penalty
            grade = gradebook.find_grade("p--t", "ps1", "ps1", student)
            grade.auto_score, grade.manual_score, grade.needs_manual_grade = auto, by_hand, waits
        gradebook.db.commit()
    (tmp_path / "nbgrader_config.py").write_text("c = get_config()\n")
    return Course.open(tmp_path)


def test_the_points_are_those_that_nbgrader_exports(course: Course) -> None:
    grades = read_grades(course, [])
    assert grades.assignments == {"ps1": 4.0}  # nobody has handed in ps9
    assert {row.id: row.points for row in grades.rows} == {
        "ana": {"ps1": 2.5},
        "bo": {"ps1": 3.0},
        "cleo": {},
        "dan": {},
    }
    assert grades.waiting == {"ps1": ["cleo"]}


def test_the_command_writes_a_file_and_says_what_is_left_out(course: Course, tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["export", "canvas", "--course-dir", str(course.root)])
    assert result.exit_code == 1 and "‘cleo’" in result.output and "by hand" in result.output
    text = (course.root / "grades-canvas.csv").read_text(encoding="utf-8")
    assert '"X, Ana",,,ana,,2.5' in text
    target = tmp_path / "to.csv"
    CliRunner().invoke(
        app, ["export", "moodle", "ps1", "--course-dir", str(course.root), "--to", str(target)]
    )
    assert "Ana,X,ana,,ana@s.example,2.5" in target.read_text(encoding="utf-8")


def test_what_cannot_be_exported_gets_a_sentence(course: Course, tmp_path: Path) -> None:
    with pytest.raises(GradingError, match="Did you mean ‘ps1’"):
        read_grades(course, ["ps11"])
    with pytest.raises(GradingError, match="cannot be written"):
        write_grades(GRADES, "canvas", tmp_path / "nosuch" / "file.csv")
    empty = tmp_path / "empty"
    empty.mkdir()
    with pytest.raises(GradingError, match="no gradebook"):
        read_grades(Course.open(empty), [])
    assert CliRunner().invoke(app, ["export", "blackboard"]).exit_code == 2
