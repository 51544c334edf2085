"""From what was handed in to what is run: every carelessness is repaired, and said."""

import json
from typing import Any

import pytest

from autograder.grading.notebooks import read_notebook
from autograder.grading.stage import Staged, stage
from tests.grading.conftest import HIDDEN, RIGHT, SETUP, VISIBLE, Class, cell_of


def _stage(klass: Class, change: Any = None, answers: dict[str, str] | None = None) -> Staged:
    notebook = klass.answered(RIGHT if answers is None else answers)
    if change is not None:
        change(notebook)
    source = klass.source.notebooks[0]
    return stage(klass.course, "ps1", "anna", source, read_notebook(json.dumps(notebook).encode()))


def _ids(staged: Staged) -> list[str]:
    return [c.metadata.nbgrader["grade_id"] for c in staged.notebook.cells if "nbgrader" in c.metadata]


ALL = ["setup", "square", "square--visible", "square--hidden", "area", "area--partial", "essay"]


def test_an_honest_submission_is_staged_without_a_word(klass: Class) -> None:
    staged = _stage(klass)
    assert staged.notes == () and _ids(staged) == ALL
    assert cell_of(staged.notebook, "square").source == RIGHT["square"]
    assert cell_of(staged.notebook, "square--hidden").source == HIDDEN


def test_hidden_tests_are_not_in_the_student_version(klass: Class) -> None:
    assert "-3" not in json.dumps(klass.student_version())


@pytest.mark.parametrize("name", ["setup", "square--visible", "square--hidden", "area--partial", "essay"])
def test_a_deleted_cell_is_put_back_in_its_place(klass: Class, name: str) -> None:
    staged = _stage(klass, lambda nb: nb["cells"].remove(cell_of(nb, name)))
    assert _ids(staged) == ALL
    assert f"‘{name}’ was missing" in staged.notes[0]


def test_a_deleted_answer_is_not_put_back(klass: Class) -> None:
    """The released text would replace what the student wrote elsewhere."""
    staged = _stage(klass, lambda nb: nb["cells"].remove(cell_of(nb, "square")))
    assert _ids(staged) == [name for name in ALL if name != "square"]


def test_a_test_that_is_put_back_stands_below_what_was_written_above_it(klass: Class) -> None:
    def change(notebook: Any) -> None:
        notebook["cells"] = [c for c in notebook["cells"] if c is not cell_of(notebook, "square--visible")]
        answer = notebook["cells"].index(cell_of(notebook, "square"))
        notebook["cells"].insert(
            answer + 1, {"cell_type": "code", "source": "helper = 1", "metadata": {}, "outputs": []}
        )

    cells = _stage(klass, change).notebook.cells
    assert [c.source for c in cells].index("helper = 1") < [c.source for c in cells].index(VISIBLE)


def test_a_tampered_test_is_the_instructors_again(klass: Class) -> None:
    def change(notebook: Any) -> None:
        cell = cell_of(notebook, "square--visible")
        cell["source"] = "pass"
        cell["metadata"]["nbgrader"] |= {"points": 100, "grade": False, "solution": True, "locked": False}
        cell["metadata"]["tags"] = ["skip-execution", "raises-exception"]

    staged = _stage(klass, change)
    cell = cell_of(staged.notebook, "square--visible")
    assert cell.source == VISIBLE and cell.metadata.nbgrader["points"] == 1 and "tags" not in cell.metadata
    assert cell.metadata.nbgrader["grade"] and not cell.metadata.nbgrader["solution"]
    assert "‘square--visible’ is the instructor's and had been changed" in staged.notes[0]


def _twice(name: str, source: str) -> Any:
    def change(notebook: Any) -> None:
        cell = cell_of(notebook, name)
        notebook["cells"].insert(
            notebook["cells"].index(cell) + 1, json.loads(json.dumps(cell)) | {"source": source}
        )

    return change


def test_the_first_of_two_answers_counts(klass: Class) -> None:
    staged = _stage(klass, _twice("square", "def square(x):\n    return 0"))
    assert _ids(staged) == ALL
    assert cell_of(staged.notebook, "square").source == RIGHT["square"]
    assert [c.cell_type for c in staged.notebook.cells if "return 0" in c.source] == ["markdown"]
    assert staged.notes == (
        "The cell ‘square’ is there 2 times. The first one counts; the others were not run.",
    )


def test_an_untouched_copy_does_not_count_before_the_answer(klass: Class) -> None:
    untouched = cell_of(klass.student_version(), "square")["source"]
    staged = _stage(klass, _twice("square", RIGHT["square"]), {"square": untouched, "area": RIGHT["area"]})
    assert cell_of(staged.notebook, "square").source == RIGHT["square"]
    assert "The first one that was changed counts" in staged.notes[0]


def test_a_duplicated_test_runs_once(klass: Class) -> None:
    assert _ids(_stage(klass, _twice("square--visible", "pass"))) == ALL


def test_metadata_that_was_lost_is_found_by_the_text(klass: Class) -> None:
    def change(notebook: Any) -> None:
        for cell in notebook["cells"]:
            cell["metadata"] = {}

    answers = {"square": "def square(x):\n    return x ** 2", "area": RIGHT["area"]}
    staged = _stage(klass, change, answers)
    assert _ids(staged) == ALL
    assert cell_of(staged.notebook, "square").source == answers["square"]
    assert "had lost their nbgrader metadata" in " ".join(staged.notes)


def test_an_answer_that_shares_no_word_is_found_by_its_place(klass: Class) -> None:
    text = "import operator\n\nsquare = lambda number: operator.mul(number, number)  # quite another style"

    def change(notebook: Any) -> None:
        cell_of(notebook, "square")["metadata"] = {}

    staged = _stage(klass, change, RIGHT | {"square": text})
    assert cell_of(staged.notebook, "square").source == text


def test_a_test_that_stands_above_its_answer_is_moved_below(klass: Class) -> None:
    def change(notebook: Any) -> None:
        cell = cell_of(notebook, "square--visible")
        notebook["cells"].remove(cell)
        notebook["cells"].insert(0, cell)

    staged = _stage(klass, change)
    assert _ids(staged) == ALL and "‘square--visible’ stood above what it tests" in staged.notes[0]


@pytest.mark.parametrize("schema", [0, 1, 2, 99, "three", None])
def test_odd_schema_versions_abort_nothing(klass: Class, schema: Any) -> None:
    def change(notebook: Any) -> None:
        for cell in notebook["cells"]:
            if "nbgrader" in cell["metadata"]:
                cell["metadata"]["nbgrader"]["schema_version"] = schema

    assert _ids(_stage(klass, change)) == ALL


def test_a_cell_of_another_type_is_what_the_instructor_made_it(klass: Class) -> None:
    def change(notebook: Any) -> None:
        for name, kind in (("square", "markdown"), ("square--visible", "raw"), ("essay", "code")):
            cell_of(notebook, name)["cell_type"] = kind

    staged = _stage(klass, change)
    kinds = {
        c.metadata.nbgrader["grade_id"]: c.cell_type
        for c in staged.notebook.cells
        if "nbgrader" in c.metadata
    }
    assert kinds == {name: "markdown" if name == "essay" else "code" for name in ALL}


def test_an_invented_graded_cell_is_an_ordinary_one(klass: Class) -> None:
    def change(notebook: Any) -> None:
        said = {
            "grade_id": "bonus",
            "grade": True,
            "points": 50,
            "locked": True,
            "solution": False,
            "schema_version": 3,
        }
        notebook["cells"].append(
            {"cell_type": "code", "source": "50", "metadata": {"nbgrader": said}, "outputs": []}
        )

    assert _ids(_stage(klass, change)) == ALL


def test_the_locked_setup_is_the_instructors(klass: Class) -> None:
    staged = _stage(klass, lambda nb: cell_of(nb, "setup").update(source="import math\nUNIT = 1000"))
    assert cell_of(staged.notebook, "setup").source == SETUP
