"""The class report holds everybody, escapes what students wrote, and is replaced at once."""

from xml.etree import ElementTree

import pytest

from autograder.grading.report import as_html, write_report
from autograder.grading.result import AssignmentResult, GradingError, ProblemScore, SubmissionResult

RESULT = AssignmentResult(
    "ps1",
    (
        SubmissionResult("Ana", "graded", 3.0, 4.0, True, (ProblemScore("a", 2, 2), ProblemScore("b", 1, 2))),
        SubmissionResult("Bo", "graded", 1.0, 4.0, False, (ProblemScore("a", 0, 2), ProblemScore("b", 1, 2))),
        SubmissionResult("<script>", "quarantined", reason="The notebook ‘<img src=x>’ is not JSON."),
    ),
)


class Folder:
    """As much of a course as a report needs."""

    def __init__(self, root):
        self.root = root


def test_everybody_is_in_it_with_points_and_remarks():
    page = as_html(RESULT)
    body = ElementTree.fromstring(page.split("<body>")[1].join(["<body>", ""]).replace("</html>", ""))
    rows = [["".join(cell.itertext()) for cell in row] for row in body.find("table/tbody")]
    assert rows[0] == ["Ana", "graded", "2", "1", "3 of 4", ""]
    assert rows[2][:5] == ["<script>", "quarantined", "–", "–", "–"]
    assert "".join(body.find("table/tfoot").itertext()) == "mean1.001.002.00"
    assert "2 of 3 submissions are graded. 1 of them wait" in "".join(body.find("p").itertext())


def test_nothing_that_a_student_wrote_is_markup():
    page = as_html(RESULT)
    assert "<script" not in page and "<img" not in page


def test_it_is_written_beside_the_gradebook_and_replaced(tmp_path):
    first = write_report(Folder(tmp_path), RESULT)
    assert first == tmp_path / "report-ps1.html"
    write_report(Folder(tmp_path), AssignmentResult("ps1"))
    assert "0 of 0 submissions" in first.read_text(encoding="utf-8")
    assert [p.name for p in tmp_path.iterdir()] == ["report-ps1.html"]


def test_a_folder_that_takes_no_file_is_said(tmp_path):
    with pytest.raises(GradingError, match="report cannot be written"):
        write_report(Folder(tmp_path / "nosuch"), RESULT)
