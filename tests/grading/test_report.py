"""The class report holds everybody, escapes what students wrote, and is replaced at once."""

from xml.etree import ElementTree

import pytest

from autograder.grading.lookback import Class, look_back
from autograder.grading.report import as_html, write_report
from autograder.grading.result import AssignmentResult, GradingError, ProblemScore, SubmissionResult

RESULT = AssignmentResult(
    "01-tape-scope",
    (
        SubmissionResult(
            "Ana",
            "graded",
            7.0,
            8.0,
            True,
            (ProblemScore("sensor-step", 4, 4), ProblemScore("thermistor", 3, 4)),
            seconds=1.5,
        ),
        SubmissionResult(
            "Bo",
            "graded",
            1.0,
            8.0,
            False,
            (ProblemScore("sensor-step", 0, 4), ProblemScore("thermistor", 1, 4)),
            reason="A test cell was missing.",
            seconds=2.5,
            attention=True,
        ),
        SubmissionResult("<script>", "quarantined", reason="The notebook ‘<img src=x>’ is not JSON."),
    ),
    left=("Cleo",),
)
COPIED = """def train(model, x, y):
    total = 0
    for a, b in zip(x, y):
        total += model(a) * b - 3
    return total"""
CODE = {
    "Ana": COPIED,
    "Bo": "# mine <b>\n" + COPIED.replace("total", "result"),
    "Cleo": "while True:\n    pass",
    "Dan": "x = [i ** 2 for i in range(7)]\nprint(x, sep='')",
}


def page(seen: Class) -> ElementTree.Element:
    return ElementTree.fromstring(as_html(seen).removeprefix("<!doctype html>"))


def words(element: ElementTree.Element) -> str:
    return "".join(element.itertext())


@pytest.fixture(scope="module")
def body() -> ElementTree.Element:
    found = page(Class(RESULT, CODE, "")).find("body/main")
    assert found is not None
    return found


def test_everybody_is_in_it_with_points_and_remarks(body):
    rows = [[words(cell) for cell in row] for row in body.find("table/tbody")]
    assert rows[0] == ["Ana", "graded", "4", "3", "7 of 8", ""]
    assert rows[2][:5] == ["<script>", "quarantined", "–", "–", "–"]
    assert words(body.find("table/tfoot")) == "mean2.002.004.00"
    summary = words(body.find("p"))
    assert "2 of 4 submissions are graded. 1 of them wait" in summary and "Not graded yet: Cleo." in summary


def test_the_distribution_counts_everybody_who_is_graded(body):
    tables = body.findall("table")
    counts = {words(row[0]): words(row[1]) for row in tables[1].find("tbody")}
    assert counts["10–20 %"] == "1" and counts["80–90 %"] == "1" and sum(map(int, counts.values())) == 2


def test_each_problem_has_its_distribution_and_the_hardest_comes_first(body):
    rows = [[words(cell) for cell in row] for row in body.findall("table")[2].find("tbody")]
    assert rows == [["sensor-step", "50%", "1", "0", "1"], ["thermistor", "50%", "0", "2", "0"]]


def test_the_fault_that_the_class_did_not_find_comes_first(body):
    rows = [[words(cell) for cell in row] for row in body.findall("table")[3].find("tbody")]
    assert [row[0].split("The")[0].split("A ")[0][:9] for row in rows] == ["forward-o", "tape-used"]
    assert [row[1] for row in rows] == ["50%", "50%"]
    assert rows[1][2:] == ["0", "thermistor, sensitivity"]


def test_those_who_need_a_look_are_listed(body):
    listed = [words(item) for item in body.find("ul")]
    assert listed[0] == "Ana (graded): Waits for points by hand in formgrader."
    assert listed[1] == "Bo (graded): A test cell was missing."
    assert listed[2].startswith("<script> (quarantined)")


def test_similar_submissions_stand_side_by_side(body):
    (pair,) = body.findall("details")
    assert words(pair.find("summary")).startswith("Ana and Bo: ")
    left, right = (words(cell) for cell in pair.find("table/tbody/tr"))
    assert "total" in left and "result" in right


def test_the_slowest_come_first(body):
    assert [words(item) for item in body.find("ol")] == ["Bo: 2.5 s", "Ana: 1.5 s"]


def test_nothing_that_a_student_wrote_is_markup():
    text = as_html(Class(RESULT, CODE, ""))
    assert "<script" not in text and "<img" not in text and "<b>" not in text


def test_a_course_that_is_not_ours_has_no_faults_to_tell_of():
    text = as_html(Class(AssignmentResult("ps1", RESULT.submissions), {}, ""))
    assert "By fault" not in text and "Similar" not in text


class Folder:
    """As much of a course as a report needs."""

    def __init__(self, root):
        self.root = root


def test_it_is_written_beside_the_gradebook_and_replaced(tmp_path):
    first = write_report(Folder(tmp_path), Class(RESULT, CODE, ""))
    assert first == tmp_path / "report-01-tape-scope.html"
    write_report(Folder(tmp_path), Class(AssignmentResult("01-tape-scope"), {}, ""))
    assert "0 of 0 submissions" in first.read_text(encoding="utf-8")
    assert [p.name for p in tmp_path.iterdir()] == ["report-01-tape-scope.html"]


def test_a_folder_that_takes_no_file_is_said(tmp_path):
    with pytest.raises(GradingError, match="report cannot be written"):
        write_report(Folder(tmp_path / "nosuch"), Class(RESULT, CODE, ""))


@pytest.mark.slow
def test_a_class_is_looked_back_at_as_it_was_graded(klass):
    from tests.grading.conftest import RIGHT

    klass.hand_in("Ana", RIGHT)
    klass.hand_in("Bo", RIGHT | {"square": "def square(x):\n    return 0"})
    graded = klass.grade()
    klass.hand_in("Cleo", RIGHT)
    seen = look_back(klass.course, "ps1")
    assert seen.result.left == ("Cleo",)
    for before, after in zip(graded.submissions, seen.result.submissions, strict=True):
        assert (before.student, before.score, before.problems) == (after.student, after.score, after.problems)
        assert after.seconds > 0
    assert "return 0" in seen.code["Bo"] and "assert" not in seen.code["Bo"]
    assert "assert square(2) == 4" in seen.given and "return x * x" not in seen.given
