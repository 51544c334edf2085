"""Putting what a learner wrote into a newer release of the same notebook."""

import copy
from dataclasses import dataclass
from typing import Any

from autograder.authoring.given import given_text

Notebook = dict[str, Any]


@dataclass(frozen=True)
class Carried:
    """A new release with a learner's work in it."""

    notebook: Notebook
    #: The problems whose answers were put in.
    answers: tuple[str, ...]
    #: Problems that were answered and that the new release does not have.
    left: tuple[str, ...]


def carry_over(mine: Notebook, before: Notebook, new: Notebook) -> Carried:
    """The new release with the answers that were changed, and the cells that were added.

    `before` is the release that `mine` was begun with. Answers that are still as
    they were given, the course's own cells and all outputs are those of the new
    release. Raises `KeyError`, `TypeError` or `AttributeError` if one of the three
    is no notebook.
    """
    given = {_grade_id(cell): text_of(cell) for cell in before["cells"] if _is_answer(cell)}
    changed = {
        _grade_id(cell): cell
        for cell in mine["cells"]
        if _is_answer(cell) and text_of(cell) != given.get(_grade_id(cell), given_text(cell))
    }
    result = copy.deepcopy(new)
    taken = []
    for cell in result["cells"]:
        if _is_answer(cell) and _grade_id(cell) in changed:
            cell["source"] = changed[_grade_id(cell)]["source"]
            taken.append(_grade_id(cell))
    _add(mine["cells"], before["cells"], result["cells"])
    return Carried(result, tuple(taken), tuple(name for name in changed if name not in taken))


def _add(mine: list[Any], before: list[Any], result: list[Any]) -> None:
    """Insert the learner's own cells, each behind the cell that it stood behind."""
    known_ids = {cell.get("id") for cell in before}
    known_texts = {text_of(cell) for cell in before}  # an editor may have given every cell another id
    place = 0
    for cell in mine:
        here = [i for i, other in enumerate(result) if _same(cell, other)]
        if here:
            place = here[0] + 1
        elif (
            cell.get("id") not in known_ids
            and text_of(cell) not in known_texts
            and not cell["metadata"].get("nbgrader")
            and text_of(cell).strip()
        ):
            result.insert(place, copy.deepcopy(cell))
            place += 1


def _same(cell: dict[str, Any], other: dict[str, Any]) -> bool:
    if _grade_id(cell) or _grade_id(other):
        return _grade_id(cell) == _grade_id(other)
    return cell.get("id") is not None and cell.get("id") == other.get("id")


def text_of(cell: dict[str, Any]) -> str:
    """A cell's text; a file may hold it in lines."""
    source = cell.get("source", "")
    return "".join(source) if isinstance(source, list) else str(source)


def _grade_id(cell: dict[str, Any]) -> str:
    return str(cell["metadata"].get("nbgrader", {}).get("grade_id", ""))


def _is_answer(cell: dict[str, Any]) -> bool:
    return bool(cell["metadata"].get("nbgrader", {}).get("solution"))
