"""Notebooks as no program writes them: a submission, changed by chance, as hypothesis draws it.

Each mutation is one that people, merge tools, editors and vandals make: cells are deleted,
copied, moved, split and merged, change their type, lose or double their metadata; then the whole
is written in another format, or cut off. No mutation writes code that redefines an answer, so an
answer whose text is still there, and of which nobody can doubt which cell it is, keeps its points.
"""

import json
from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st

Notebook = dict[str, Any]
Draw = Callable[[st.SearchStrategy[Any]], Any]

_TEXT = st.text(st.characters(), max_size=20)  # surrogates and control characters included
_ODD = st.one_of(
    st.sampled_from(
        [
            None, True, 0, -1, 3, 10**30, 1e300, float("nan"), float("inf"), "", "x", "\0\x1b[2J", "\ud800", [],
            {}, [[]], {"": None}, ["a", 1], {"nbgrader": {}}, "x" * 10_000, "\u202eabc", "\r\n\u2028",
        ]
    ),
    _TEXT,
    st.dictionaries(_TEXT, st.one_of(st.none(), st.integers(), _TEXT, st.lists(_TEXT, max_size=2)), max_size=2),
)  # fmt: skip

#: Code that students leave lying about; none of it touches an answer.
JUNK = (
    "", "\n\n", "x = (", "raise ValueError('x')", "import nothing_at_all", "print('here')", "# " + "x" * 5000,
    "'\\ud800'", "a\0b", "1 +", "\tx = 1", "%%bash\nls", "!ls", "<<<<<<< HEAD", "score = 100\nscore", "1000", "nan = float('nan')\nnan",
    "assert False", "-5",
)  # fmt: skip
_TYPES = ("code", "markdown", "raw", "heading", "html", "Code", 5, None, ["code"], {"code": 1})
_FIELDS = ("id", "metadata", "source", "outputs", "execution_count", "attachments", "cell_type", "extra")
_OUTPUTS = (
    [{"output_type": "execute_result", "data": {"text/plain": "4"}, "metadata": {}, "execution_count": 1}],
    [{"output_type": "execute_result", "data": "4"}],
    [{"output_type": "stream", "name": "stderr", "text": ["a", 1]}],
    [{"output_type": "stream"}],
    [{"output_type": "error", "ename": 1, "evalue": None, "traceback": "x"}],
    [{"output_type": "nonsense"}],
    [None, 7, "x", [], {}],
    {"output_type": "stream"},
    "text",
)


def _cells(notebook: Notebook) -> list[Any]:
    return notebook["cells"] if isinstance(notebook.get("cells"), list) else []


def _place(notebook: Notebook, draw: Draw) -> int:
    return draw(st.integers(0, max(0, len(_cells(notebook)) - 1)))


def _some_cell(notebook: Notebook, draw: Draw) -> dict[str, Any]:
    """A cell that can be changed; one that belongs to nothing if there is none there."""
    cells = _cells(notebook)
    cell = cells[_place(notebook, draw)] if cells else None
    return cell if isinstance(cell, dict) else {}


def text_of(cell: Any) -> str | None:
    """A cell's text as nbformat allows it, or ``None``."""
    text = cell.get("source") if isinstance(cell, dict) else None
    if isinstance(text, list) and all(isinstance(line, str) for line in text):
        return "".join(text)
    return text if isinstance(text, str) else None


def _copied(value: Any) -> Any:
    return json.loads(json.dumps(value))


def delete(notebook: Notebook, draw: Draw) -> None:
    if _cells(notebook):
        del notebook["cells"][_place(notebook, draw)]


def copy(notebook: Notebook, draw: Draw) -> None:
    if _cells(notebook):
        made = _copied(notebook["cells"][_place(notebook, draw)])
        notebook["cells"].insert(_place(notebook, draw), made)


def move(notebook: Notebook, draw: Draw) -> None:
    if _cells(notebook):
        cell = notebook["cells"].pop(_place(notebook, draw))
        notebook["cells"].insert(draw(st.integers(0, len(notebook["cells"]))), cell)


def turn_round(notebook: Notebook, draw: Draw) -> None:
    _cells(notebook).reverse()


def split(notebook: Notebook, draw: Draw) -> None:
    """As JupyterLab does: both parts have the metadata."""
    cell = _some_cell(notebook, draw)
    lines = (text_of(cell) or "").splitlines(keepends=True)
    if len(lines) > 1:
        at = draw(st.integers(1, len(lines) - 1))
        rest = _copied(cell) | {"source": "".join(lines[at:])}
        cell["source"] = "".join(lines[:at])
        place = next(i for i, c in enumerate(notebook["cells"]) if c is cell)
        notebook["cells"].insert(place + 1, rest)


def merge(notebook: Notebook, draw: Draw) -> None:
    """As JupyterLab does: the metadata of the first stays."""
    place = _place(notebook, draw)
    pair = _cells(notebook)[place : place + 2]
    texts = [text_of(cell) for cell in pair]
    if len(pair) == 2 and None not in texts:
        pair[0]["source"] = "\n".join(str(text) for text in texts)
        del notebook["cells"][place + 1]


def change_type(notebook: Notebook, draw: Draw) -> None:
    _some_cell(notebook, draw)["cell_type"] = draw(st.sampled_from(_TYPES))


def as_lines(notebook: Notebook, draw: Draw) -> None:
    cell = _some_cell(notebook, draw)
    text = text_of(cell)
    if text is not None:
        cell["source"] = text.splitlines(keepends=True)


def forget_metadata(notebook: Notebook, draw: Draw) -> None:
    """Of one cell, or as some programs do, of all."""
    cells = _cells(notebook) if draw(st.booleans()) else [_some_cell(notebook, draw)]
    for cell in cells:
        if isinstance(cell, dict):
            cell["metadata"] = {}


def forge_metadata(notebook: Notebook, draw: Draw) -> None:
    """One field of nbgrader's, with a value of another cell's, or of no cell's."""
    cell, other = _some_cell(notebook, draw), _some_cell(notebook, draw)
    said = cell.get("metadata", {}).get("nbgrader") if isinstance(cell.get("metadata"), dict) else None
    if isinstance(said, dict):
        field = draw(
            st.sampled_from(["grade_id", "points", "locked", "grade", "solution", "schema_version", "task"])
        )
        theirs = other["metadata"].get("nbgrader") if isinstance(other.get("metadata"), dict) else None
        known = theirs.get(field) if isinstance(theirs, dict) else None
        said[field] = draw(st.one_of(st.just(known), st.booleans(), st.just(10**6), _ODD))


def odd_field(notebook: Notebook, draw: Draw) -> None:
    cell = _some_cell(notebook, draw)
    field = draw(st.sampled_from(_FIELDS))
    if draw(st.booleans()):
        cell.pop(field, None)
    else:
        cell[field] = draw(_ODD)


def odd_nbgrader(notebook: Notebook, draw: Draw) -> None:
    cell = _some_cell(notebook, draw)
    if isinstance(cell.get("metadata"), dict):
        cell["metadata"]["nbgrader"] = draw(_ODD)


def odd_outputs(notebook: Notebook, draw: Draw) -> None:
    _some_cell(notebook, draw)["outputs"] = draw(st.sampled_from(_OUTPUTS))


def attach(notebook: Notebook, draw: Draw) -> None:
    """To any cell, as `Insert → Image` does; or what is no picture."""
    good = {"a.png": {"image/png": "iVBORw0KGgo="}}
    _some_cell(notebook, draw)["attachments"] = draw(
        st.one_of(st.just(good), _ODD, st.just({"a": {"b": "\ud800"}}))
    )


def same_ids(notebook: Notebook, draw: Draw) -> None:
    same = draw(_ODD)
    for cell in _cells(notebook):
        if isinstance(cell, dict):
            cell["id"] = same


def add_junk(notebook: Notebook, draw: Draw) -> None:
    kind = draw(st.sampled_from(["code", "markdown", "raw"]))
    made = {"cell_type": kind, "metadata": draw(st.sampled_from([{}, {"tags": ["raises-exception"]}]))}
    made["source"] = draw(st.sampled_from(JUNK))
    _cells(notebook).insert(_place(notebook, draw), made)


def add_no_cell(notebook: Notebook, draw: Draw) -> None:
    _cells(notebook).insert(_place(notebook, draw), draw(_ODD))


def bury(notebook: Notebook, draw: Draw) -> None:
    """Something nested, deeper or less deep than Python's own stack."""
    deep: Any = []
    for _ in range(draw(st.sampled_from([20, 300]))):
        deep = [deep]
    _some_cell(notebook, draw)[draw(st.sampled_from(_FIELDS))] = deep


def odd_top(notebook: Notebook, draw: Draw) -> None:
    field = draw(st.sampled_from(["metadata", "nbformat_minor", "nbformat", "extra", "cells"]))
    if draw(st.booleans()):
        notebook.pop(field, None)
    else:
        notebook[field] = draw(st.one_of(st.integers(0, 6), st.just(4.0), _ODD))


#: Those that happen most are there most often.
_COMMON = (
    delete,
    copy,
    move,
    split,
    merge,
    change_type,
    forget_metadata,
    forge_metadata,
    add_junk,
    odd_field,
)
_RARE = (
    as_lines, turn_round, odd_nbgrader, odd_outputs, attach, same_ids, add_no_cell, bury, odd_top,
)  # fmt: skip
_MUTATION = st.one_of(st.sampled_from(_COMMON), st.sampled_from(_RARE))


def _third_format(notebook: Notebook) -> Notebook:
    """The format of 2013, with whatever the cells are."""
    cells = _copied(_cells(notebook))
    for cell in cells:
        if isinstance(cell, dict) and cell.get("cell_type") == "code":
            cell["input"] = cell.pop("source", "")
            cell |= {"language": "python", "collapsed": False}
    return {"nbformat": 3, "nbformat_minor": 0, "metadata": {"name": ""}, "worksheets": [{"cells": cells}]}


def _cut_off(data: bytes, draw: Draw) -> bytes:
    return data[: draw(st.integers(0, len(data)))]


def _overwritten(data: bytes, draw: Draw) -> bytes:
    at = draw(st.integers(0, len(data) - 1))
    return data[:at] + draw(st.binary(max_size=4)) + data[at + 1 :]


_ENCODINGS: tuple[Callable[[bytes, Draw], bytes], ...] = (
    _cut_off,
    _overwritten,
    lambda data, draw: data.decode().encode("utf-8-sig"),
    lambda data, draw: data.decode().encode("utf-16"),
    lambda data, draw: data + data,
    lambda data, draw: data.replace(b'"cell_type"', b'"cell_type": "raw", "cell_type"'),
    lambda data, draw: data.replace(b"\\n", b"\n"),
    lambda data, draw: b"\0" * len(data),
)


@st.composite
def mutated(draw: Draw, notebook: Notebook) -> tuple[bytes, Notebook | None]:
    """The bytes of a changed notebook; and the notebook itself if they say it in full."""
    made = _copied(notebook)
    for mutation in draw(st.lists(_MUTATION, min_size=1, max_size=6)):
        mutation(made, draw)
    way = draw(st.integers(0, 11))
    if way == 0:
        return json.dumps(_third_format(made)).encode(), None
    data = json.dumps(made).encode()
    if way == 1:
        return draw(st.sampled_from(_ENCODINGS))(data, draw), None
    return data, made
