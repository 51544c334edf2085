"""Text sources of notebooks: one jupytext py:percent file each, with the suffix ``.nb.py``.

The notebook made from a text depends on the text alone: ids come from the
cells' contents, metadata is fixed, and there are no outputs. So a notebook in
git changes exactly when its text does.
"""

import hashlib
import re
from pathlib import Path

import jupytext
import nbformat
from nbformat.notebooknode import NotebookNode

from autograder.authoring.given import KEY

SUFFIX = ".nb.py"

#: What a notebook says of itself; nbgrader picks its stubs by the language.
NOTEBOOK_METADATA = {
    "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}

#: Where the text has other blank lines than jupytext would write. Without it
#: JupyterLab refuses to open a notebook that is younger than its text, because
#: the two differ in a blank line.
SPACING = "lines_to_next_cell"

#: What a cell may say of itself. Anything else is a trace of an editor.
_CELL_METADATA = ("deletable", "editable", "nbgrader", "tags", SPACING, KEY)

#: Without the last setting jupytext takes a comment such as “# why?” for a commented magic.
_PERCENT = {"extension": ".py", "format_name": "percent", "comment_magics": False}

_NBGRADER_HEADER = re.compile(r"^# %%.*\bnbgrader\s*=", re.MULTILINE)


class SourceError(ValueError):
    """A text source cannot become a notebook; the message is a sentence that names the file."""


def notebook_path(source: Path) -> Path:
    """The notebook that is built from a text source: ``a.nb.py`` → ``a.ipynb``."""
    return source.with_name(source.name.removesuffix(SUFFIX) + ".ipynb")


def read_source(path: Path) -> NotebookNode:
    """The notebook that a text source describes.

    Raises `SourceError` when the file is not readable as text, has no cells,
    gives one grade id to two cells, or has an nbgrader header that is not JSON.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise SourceError(f"{path} cannot be read: {error}.") from None
    notebook = normalised(jupytext.reads(text, fmt=_PERCENT))
    if not notebook.cells:
        raise SourceError(f"{path} has no cells; a cell begins with a line “# %%”.")
    marked = [cell for cell in notebook.cells if "nbgrader" in cell.metadata]
    if len(marked) != len(_NBGRADER_HEADER.findall(text)):
        raise SourceError(f"{path}: the nbgrader=… in the header of a cell is not JSON.")
    _refuse_repeated_grade_ids(path, marked)
    return notebook


def normalised(notebook: NotebookNode) -> NotebookNode:
    """A copy of a notebook without outputs, with the metadata and the ids of this project."""
    cells, taken = [], set()
    for cell in notebook.cells:
        made = {
            "code": nbformat.v4.new_code_cell,
            "markdown": nbformat.v4.new_markdown_cell,
            "raw": nbformat.v4.new_raw_cell,
        }[cell.cell_type](cell.source)
        made.metadata.update({key: cell.metadata[key] for key in _CELL_METADATA if key in cell.metadata})
        made.id = _cell_id(made, taken)
        taken.add(made.id)
        cells.append(made)
    return nbformat.v4.new_notebook(cells=cells, metadata=NOTEBOOK_METADATA)


def notebook_text(notebook: NotebookNode) -> str:
    """The notebook as the text of an ``.ipynb`` file."""
    return nbformat.writes(notebook, version=4) + "\n"


def _cell_id(cell: NotebookNode, taken: set[str]) -> str:
    """The grade id, or a digest of the text, so that inserting a cell renames no other."""
    grade_id = cell.metadata.get("nbgrader", {}).get("grade_id")
    if grade_id and re.fullmatch(r"[A-Za-z0-9_-]{1,64}", grade_id):
        wanted = grade_id
    else:
        digest = hashlib.sha256(f"{cell.cell_type}\n{cell.source}".encode())
        wanted = f"{cell.cell_type}-{digest.hexdigest()[:8]}"
    cell_id, copies = wanted, 1
    while cell_id in taken:
        copies += 1
        cell_id = f"{wanted[:60]}-{copies}"
    return cell_id


def _refuse_repeated_grade_ids(path: Path, cells: list[NotebookNode]) -> None:
    seen: set[str] = set()
    for cell in cells:
        grade_id = cell.metadata.nbgrader.get("grade_id", "")
        if grade_id in seen:
            raise SourceError(f"{path}: two cells have the grade id {grade_id!r}; each needs its own.")
        seen.add(grade_id)
