"""What test cells show, and what nbgrader makes of it: never full marks for something odd."""

from typing import Any

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook, new_output
from nbgrader.utils import determine_grade

from autograder.grading.settle import settle
from autograder.grading.source import NotebookSource, SourceCell

TEST = SourceCell("p--t", "code", True, True, False, False, 2.0, "assert x", None, "assert x")
SOURCE = NotebookSource("nb", (TEST,), "python3", ())


def _graded(*outputs: Any, count: int | None = 1) -> tuple[float, dict[str, str], Any]:
    said = {"grade_id": "p--t", "grade": True, "solution": False, "locked": True, "points": 2.0}
    cell = new_code_cell(
        "assert x", outputs=list(outputs), execution_count=count, metadata={"nbgrader": said}
    )
    settled = settle(SOURCE, new_notebook(cells=[cell]))
    nbformat.validate(settled.notebook)
    score, _ = determine_grade(settled.notebook.cells[0])
    return score, settled.doubtful, settled.notebook.cells[0]


def _result(text: str) -> Any:
    return new_output("execute_result", data={"text/plain": text}, execution_count=1)


_ERROR = new_output("error", ename="AssertionError", evalue="", traceback=[])


def test_silence_is_full_marks() -> None:
    assert _graded()[:2] == (2.0, {})


def test_a_warning_on_stderr_decides_nothing_and_stays_to_be_read() -> None:
    score, doubtful, cell = _graded(new_output("stream", name="stderr", text="failed call to cuInit"))
    assert (score, doubtful) == (2.0, {})
    assert "cuInit" in cell.outputs[0].text


def test_an_error_is_no_points_whatever_else_is_there() -> None:
    assert _graded(_ERROR)[0] == 0
    assert _graded(_result("2"), _ERROR)[0] == 0
    assert _graded(_ERROR, _result("2"))[0] == 0


@pytest.mark.parametrize("text", ["0", "0.5", "2", "2.0", " 1e0 "])
def test_a_number_between_none_and_all_is_the_score(text: str) -> None:
    assert _graded(_result(text))[:2] == (float(text), {})


@pytest.mark.parametrize("text", ["nan", "-1", "-inf", "inf", "2.0001", "'ok'", "True", "array(1.)", ""])
def test_any_other_result_is_no_points_and_a_person_decides(text: str) -> None:
    score, doubtful, _ = _graded(_result(text))
    assert score == 0
    assert "p--t" in doubtful["p--t"] and "looked at it" in doubtful["p--t"]


def test_two_results_are_no_score_either() -> None:
    assert _graded(_result("2"), _result("2"))[0] == 0


def test_a_result_without_text_is_no_score() -> None:
    output = new_output("execute_result", data={"text/html": "2"}, execution_count=1)
    assert _graded(output)[0] == 0


def test_a_test_that_did_not_run_has_no_points() -> None:
    assert _graded(count=None)[0] == 0
