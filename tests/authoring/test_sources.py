import json
from pathlib import Path

import jupytext
import nbformat
import pytest

from autograder.authoring.sources import (
    NOTEBOOK_METADATA,
    SourceError,
    normalised,
    notebook_path,
    notebook_text,
    read_source,
)


@pytest.fixture
def read(tmp_path: Path):
    def read(text: str):
        (tmp_path / "a.nb.py").write_text(text, encoding="utf-8")
        return read_source(tmp_path / "a.nb.py")

    return read


def header(**nbgrader) -> str:
    return f"# %% nbgrader={json.dumps(nbgrader)}"


def test_the_notebook_stands_beside_its_source():
    assert notebook_path(Path("course/01-a.nb.py")) == Path("course/01-a.ipynb")


def test_cells_become_what_the_text_says(read):
    notebook = read('# %% [markdown]\n# # Title\n#\n# *text*\n\n# %% tags=["raises-exception"]\n1 / 0\n')
    assert [(c.cell_type, c.source) for c in notebook.cells] == [
        ("markdown", "# Title\n\n*text*"),
        ("code", "1 / 0"),
    ]
    assert notebook.cells[1].metadata == {"tags": ["raises-exception"]}
    assert notebook.metadata == NOTEBOOK_METADATA
    nbformat.validate(notebook)


@pytest.mark.parametrize("comment", ["# why?", "# %time is a magic", "# # why?", "# cat tail"])
def test_a_comment_that_looks_like_a_magic_stays_a_comment(read, comment):
    assert read(f"# %%\n{comment}\n").cells[0].source == comment


def test_to_jupytext_a_notebook_and_its_text_are_the_same(read):
    text = "# %%\n1\n# %%\ndef f():\n    pass\n\n# %% [markdown]\n# a\n\n\n\n# %%\ndef g():\n    pass\n"
    assert as_text(read(text)) == as_text(jupytext.reads(text, fmt="py:percent"))


def as_text(notebook: nbformat.NotebookNode) -> str:
    return jupytext.writes(nbformat.v4.new_notebook(cells=notebook.cells), fmt="py:percent")


def test_a_header_of_jupytext_leaves_no_trace(read):
    text = "# ---\n# jupyter:\n#   jupytext:\n#     formats: ipynb,.nb.py:percent\n# ---\n\n# %%\n1\n"
    notebook = read(text)
    assert notebook.metadata == NOTEBOOK_METADATA
    assert len(notebook.cells) == 1


def test_ids_come_from_contents(read):
    before = read("# %%\n1\n\n# %%\n2\n")
    after = read("# %%\n0\n\n# %%\n1\n\n# %%\n2\n")
    assert [c.id for c in before.cells] == [c.id for c in after.cells][1:]


def test_equal_cells_get_different_ids(read):
    ids = [c.id for c in read("# %%\n1\n\n# %%\n1\n\n# %%\n1\n").cells]
    assert len(set(ids)) == 3


def test_a_grade_id_is_the_id(read):
    assert read(header(grade_id="step--learns") + "\n1\n").cells[0].id == "step--learns"


def test_a_grade_id_that_is_no_cell_id_still_makes_a_valid_notebook(read):
    nbformat.validate(read(header(grade_id="schön & gut") + "\n1\n"))


def test_outputs_and_traces_of_editors_are_dropped():
    cell = nbformat.v4.new_code_cell("1", metadata={"collapsed": True, "deletable": False}, execution_count=7)
    cell.outputs = [nbformat.v4.new_output("stream", text="1")]
    notebook = normalised(nbformat.v4.new_notebook(cells=[cell], metadata={"widgets": {}}))
    assert notebook.cells[0].outputs == []
    assert notebook.cells[0].execution_count is None
    assert notebook.cells[0].metadata == {"deletable": False}
    assert notebook.metadata == NOTEBOOK_METADATA


def test_the_text_is_the_same_each_time(read):
    text = "# %% [markdown]\n# ä\n\n# %%\n1\n"
    assert notebook_text(read(text)) == notebook_text(read(text))
    assert "ä" in notebook_text(read(text))


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "has no cells"),
        ('# %% nbgrader={"grade_id": "a",\n1\n', "is not JSON"),
        (header(grade_id="a") + "\n1\n" + header(grade_id="a") + "\n2\n", "two cells have the grade id 'a'"),
    ],
)
def test_a_wrong_source_is_refused_with_a_sentence(read, text, sentence):
    with pytest.raises(SourceError, match=sentence):
        read(text)


def test_a_source_that_is_no_text_is_refused_with_a_sentence(tmp_path):
    (tmp_path / "a.nb.py").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(SourceError, match="a.nb.py cannot be read"):
        read_source(tmp_path / "a.nb.py")
