"""A submitted notebook file, read with care: whatever is in it, what comes out is well formed."""

import json
from dataclasses import dataclass
from typing import Any

import nbformat
from nbformat.notebooknode import NotebookNode, from_dict


class Unreadable(ValueError):
    """The file is no notebook that can be graded; the text is the rest of a sentence about it."""


@dataclass(frozen=True)
class ReadNotebook:
    """A notebook without outputs and with nothing but what grading needs."""

    notebook: NotebookNode
    #: Ends of sentences about what had to be mended, such as “was in the format of 2013”.
    notes: tuple[str, ...] = ()


def read_notebook(data: bytes) -> ReadNotebook:
    """Read a notebook file of any age. Raises `Unreadable` with the end of a sentence."""
    raw = _json(data)
    notes: list[str] = []
    version = raw.get("nbformat")
    if isinstance(version, float) and version.is_integer():
        version = int(version)
    if type(version) is not int:
        if not isinstance(raw.get("cells"), list):
            raise Unreadable("is JSON, but not a notebook: it has no “nbformat” and no cells")
        notes.append("did not say its format; it was read as format 4")
    elif version > 4:
        raise Unreadable(f"is in notebook format {version}, which is newer than this grader knows (4)")
    elif version < 4 and _is_newer(raw):
        notes.append(f"says that it is in the old format {version}, but is not; it was read as format 4")
    elif version < 4:
        raw = _upgraded(raw, version)
        notes.append(f"was in the old notebook format {version} and has been converted")
    if not isinstance(raw.get("cells"), list):
        raise Unreadable("has no list of cells")
    cells, dropped, odd = [], 0, 0
    for position, cell in enumerate(raw["cells"]):
        made = _cell(cell, position)
        if made is None:
            dropped += 1
            continue
        odd += made.cell_type != cell.get("cell_type")
        cells.append(made)
    if odd:
        whose = "their" if odd > 1 else "its"
        notes.append(f"has {odd} cell{'s' * (odd > 1)} of a kind that there is not; {whose} text was kept")
    if dropped:
        notes.append(f"has {dropped} cell{'s' * (dropped > 1)} that no notebook can have; they were left out")
    return ReadNotebook(nbformat.v4.new_notebook(cells=cells), tuple(notes))


def _json(data: bytes) -> dict[str, Any]:
    if not data:
        raise Unreadable("is empty (0 bytes)")
    if not data.strip(b"\0 \t\r\n"):
        raise Unreadable("holds nothing but blanks")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Unreadable("is not text in UTF-8") from None
    try:
        raw = json.loads(text)
    except RecursionError:
        raise Unreadable("is nested too deeply for a notebook") from None
    except ValueError as error:
        raise Unreadable(f"is not JSON ({_where(error)})") from None
    if not isinstance(raw, dict):
        raise Unreadable("is JSON, but not a notebook")
    return raw


def _where(error: ValueError) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"line {error.lineno}: {error.msg}"
    return "it holds a number of absurd length"


def _is_newer(raw: dict[str, Any]) -> bool:
    """Whether the cells are where, and as, only format 4 has them."""
    cells = raw.get("cells") if "worksheets" not in raw else None
    return isinstance(cells, list) and any(isinstance(cell, dict) and "source" in cell for cell in cells)


def _upgraded(raw: dict[str, Any], version: int) -> dict[str, Any]:
    try:
        return dict(nbformat.convert(from_dict({"nbformat_minor": 0, "metadata": {}, **raw}), 4))
    except Exception:  # whatever is wrong inside an old notebook, it cannot be read
        raise Unreadable(f"is in the old notebook format {version} and cannot be converted") from None


def _cell(cell: Any, position: int) -> NotebookNode | None:
    """A cell made afresh: its type, its text, and what it says of nbgrader; no tags, no outputs."""
    if not isinstance(cell, dict):
        return None
    kind = cell.get("cell_type")
    if kind not in ("code", "markdown", "raw"):
        kind = "raw"  # nothing runs it, but an answer may be in it
    text = cell.get("source", "")
    if isinstance(text, list) and all(isinstance(line, str) for line in text):
        text = "".join(text)
    if not isinstance(text, str):
        return None
    made = new_cell(kind, _encodable(text), f"cell-{position}")
    metadata = cell.get("metadata")
    said = metadata.get("nbgrader") if isinstance(metadata, dict) else None
    grade_id = said.get("grade_id") if isinstance(said, dict) else None
    if isinstance(grade_id, str) and grade_id:
        made.metadata["nbgrader"] = {"grade_id": _encodable(grade_id)}
    attachments = cell.get("attachments")
    if kind == "markdown" and _are_attachments(attachments):
        made["attachments"] = attachments
    return made


def new_cell(kind: str, text: str, name: str = "cell") -> NotebookNode:
    """A cell as nbformat makes it, without checking each against the schema, which is slow."""
    made = {"cell_type": kind, "id": name, "metadata": {}, "source": text}
    return from_dict(made | ({"outputs": [], "execution_count": None} if kind == "code" else {}))


def _are_attachments(value: Any) -> bool:
    return (
        isinstance(value, dict)
        and bool(value)
        and all(isinstance(b, dict) and all(isinstance(d, str) for d in b.values()) for b in value.values())
    )


def _encodable(text: str) -> str:
    # JSON can spell half of a surrogate pair, which no file can hold.
    return text.encode("utf-8", "replace").decode("utf-8")


def grade_ids(notebook: NotebookNode) -> list[str]:
    """The grade ids in a notebook that `read_notebook` made, in order, repeats included."""
    return [c.metadata["nbgrader"]["grade_id"] for c in notebook.cells if "nbgrader" in c.metadata]
