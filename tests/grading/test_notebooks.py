"""Reading a notebook file: whatever is in it, the result is well formed or a sentence."""

import json
from typing import Any

import nbformat
import pytest

from autograder.grading.notebooks import Unreadable, grade_ids, read_notebook


def _notebook(*cells: Any, **other: Any) -> bytes:
    return json.dumps(
        {"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": list(cells)} | other
    ).encode()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "is empty (0 bytes)"),
        (b"\n \0", "holds nothing but blanks"),
        (b"%PDF-1.7", "is not JSON"),
        (b'{"nbformat": 4,', "is not JSON"),
        (b"[1, 2]", "is JSON, but not a notebook"),
        (b"{}", "is JSON, but not a notebook"),
        (b"\xff\xfe{}", "is not text in UTF-8"),
        (b"[" * 100_000, "is nested too deeply"),
        (_notebook(nbformat=5), "format 5, which is newer"),
        (b'{"nbformat": 3, "worksheets": 7}', "cannot be converted"),
        (b'{"nbformat": 4, "cells": {}}', "has no list of cells"),
        (b'{"nbformat": ' + b"1" * 10_000 + b"}", "absurd length"),
    ],
)
def test_what_is_no_notebook_gets_a_sentence(data: bytes, said: str) -> None:
    with pytest.raises(Unreadable) as error:
        read_notebook(data)
    assert said in str(error.value)


def test_an_old_notebook_is_converted_and_that_is_said() -> None:
    old = nbformat.v3.new_notebook(
        worksheets=[nbformat.v3.new_worksheet(cells=[nbformat.v3.new_code_cell("x = 1")])]
    )
    read = read_notebook(json.dumps(old).encode())
    assert read.notebook.cells[0].source == "x = 1"
    assert "old notebook format 3" in read.notes[0]


def test_a_notebook_that_says_an_old_format_by_mistake_keeps_its_cells() -> None:
    read = read_notebook(_notebook({"cell_type": "code", "source": "x = 1"}, nbformat=3))
    assert read.notebook.cells[0].source == "x = 1" and "old format 3, but is not" in read.notes[0]


def test_a_notebook_without_a_format_is_read_as_today() -> None:
    read = read_notebook(b'{"cells": [{"cell_type": "code", "source": ["a = 1\\n", "b"]}]}')
    assert read.notebook.cells[0].source == "a = 1\nb"
    assert "did not say its format" in read.notes[0]


def test_only_text_and_grade_id_survive() -> None:
    cell = {
        "cell_type": "code",
        "id": "!!",
        "source": "x",
        "outputs": [{"output_type": "execute_result", "data": {"text/plain": "100"}}],
        "metadata": {
            "tags": ["skip-execution"],
            "nbgrader": {"grade_id": "p", "points": 99, "schema_version": "x"},
        },
    }
    made = read_notebook(_notebook(cell, cell)).notebook
    assert made.cells[0].outputs == [] and made.cells[0].metadata == {"nbgrader": {"grade_id": "p"}}
    assert grade_ids(made) == ["p", "p"]
    nbformat.validate(made)


@pytest.mark.parametrize("cell", [7, [], {"cell_type": "code", "source": 7}])
def test_an_impossible_cell_is_left_out_and_said(cell: Any) -> None:
    read = read_notebook(_notebook(cell, {"cell_type": "code", "source": "ok"}))
    assert [c.source for c in read.notebook.cells] == ["ok"]
    assert "has 1 cell that no notebook can have" in read.notes[0]


@pytest.mark.parametrize("kind", ["weird", "heading", None, 7, ["code"]])
def test_a_cell_of_a_kind_that_there_is_not_keeps_its_text_and_its_grade_id(kind: Any) -> None:
    about = {"nbgrader": {"grade_id": "p"}}
    read = read_notebook(_notebook({"cell_type": kind, "source": "an answer", "metadata": about}))
    assert [(c.cell_type, c.source, c.metadata) for c in read.notebook.cells] == [("raw", "an answer", about)]
    assert "has 1 cell of a kind that there is not; its text was kept" in read.notes[0]


@pytest.mark.parametrize(
    "metadata", [None, 7, {"nbgrader": 7}, {"nbgrader": {"grade_id": 7}}, {"nbgrader": {"grade_id": ""}}]
)
def test_odd_metadata_is_no_grade_id(metadata: Any) -> None:
    assert (
        grade_ids(
            read_notebook(_notebook({"cell_type": "code", "source": "", "metadata": metadata})).notebook
        )
        == []
    )


def test_half_a_surrogate_pair_can_be_written_afterwards() -> None:
    read = read_notebook(_notebook({"cell_type": "code", "source": "'\ud800'"}))
    nbformat.writes(read.notebook).encode("utf-8")
