"""Putting an answer back to how it was given, without losing the attempt.

In a notebook that is open, a file may not be changed under the editor. So
`reset_here` asks the front end to change the cell, as Jupyter's messages allow;
`reset_file` is for a notebook that is closed.
"""

import ast
import json
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from autograder.authoring.given import given_text
from autograder.sentences import Sentence, UnknownName
from autograder.studying.carry import text_of
from autograder.telling.lesson import Note

#: Stands between an answer as it was given and the attempts that were made.
KEPT = "--- Your attempt before the reset. Delete it when you no longer need it. ---"
_KEPT_IN_WORDS = "> *Your answer before the reset. Delete it when you no longer need it.*"


@dataclass(frozen=True)
class _Answer:
    """An answer cell in a file."""

    file: Path
    #: The whole notebook as JSON, with the cell in it.
    notebook: dict[str, Any]
    cell: dict[str, Any]

    @property
    def text(self) -> str:
        return text_of(self.cell)

    @property
    def given(self) -> str:
        text = given_text(self.cell)
        if text is None:
            raise Sentence(
                f"{self.file.name} does not say how its answers were given: it comes from an older release. "
                "Get a fresh copy of the notebook, and copy from there what you need."
            )
        return text


def restarted(given: str, attempt: str, code: bool = True) -> str:
    """The text of an answer cell that begins anew, with the attempt below as comments (or as a quotation)."""
    line = f"# {KEPT}" if code else _KEPT_IN_WORDS
    attempt, _, earlier = attempt.partition(line)
    if not attempt.strip() or attempt.strip() == given.strip():
        kept = ""
    else:
        sign = "#" if code else ">"
        lines = attempt.strip("\n").splitlines()
        kept = "\n".join([line, *([">"] if not code else []), *(f"{sign} {text}".rstrip() for text in lines)])
    earlier = f"{line}{earlier.rstrip()}" if earlier.strip() else ""
    return "\n\n\n".join(part for part in (given.rstrip("\n"), kept, earlier) if part)


def reset_file(folder: Path, problem: str) -> Path:
    """Reset the answer to a problem in the closed notebook of a folder, and return the notebook's path.

    Raises `UnknownName` if no notebook there has such an answer, and `Sentence` if
    it cannot be reset; nothing has changed then.
    """
    answer = _find(folder, problem)
    text = restarted(answer.given, answer.text, answer.cell.get("cell_type") == "code")
    answer.cell["source"] = text.splitlines(keepends=True)
    beside = answer.file.with_name(f"{answer.file.name}~")
    try:
        beside.write_text(json.dumps(answer.notebook, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
        os.replace(beside, answer.file)
    except OSError as error:
        raise Sentence(f"{answer.file} cannot be written: {error.strerror}. Nothing has changed.") from None
    return answer.file


def reset_here(problem: str) -> Note:
    """Reset the answer cell that runs this, or put the start into a new cell if another one does."""
    answer = _find(Path.cwd(), problem)
    given, shell = answer.given, _shell()
    if os.environ.get("NBGRADER_EXECUTION") or shell is None:
        return Note("Nothing is reset: this works in a notebook that somebody edits.")
    if answer.cell.get("cell_type") != "code":
        return Note(
            f"{problem} is answered in words, in a cell that cannot run this. Close the notebook, and use "
            f"“autograder reset” in a terminal."
        )
    attempt = _without_call(shell.user_ns.get("In", [""])[-1], problem)
    if not _names(given) & _names(attempt):
        shell.set_next_input(given, replace=False)
        return Note(
            f"How {problem} was given stands in a new cell below. Your answer has not changed. To put the "
            f'answer cell itself back, write reset("{problem}") into its first line and run it.'
        )
    shell.set_next_input(restarted(given, attempt), replace=True)
    return Note(
        f"{problem} is as it was given. Your attempt stands below it, in comments. Run the cell again."
    )


def _shell() -> Any:
    try:
        from IPython import get_ipython
    except ImportError:
        return None
    return get_ipython()


def _without_call(text: str, problem: str) -> str:
    call = re.compile(rf"(autograder\.)?reset\(\s*(['\"]){re.escape(problem)}\2\s*\)\s*;?\s*(#.*)?")
    return "\n".join(line for line in text.splitlines() if not call.fullmatch(line.strip()))


def _names(text: str) -> set[str]:
    """What a cell defines: by these names an answer cell is known from any other."""
    try:
        body = ast.parse(text).body
    except SyntaxError:
        return set()
    found: set[str] = set()
    for statement in body:
        if isinstance(statement, (ast.FunctionDef, ast.ClassDef)):
            found.add(statement.name)
        elif isinstance(statement, (ast.Assign, ast.AnnAssign)):
            found |= {node.id for node in ast.walk(statement) if _is_set(node)}
    return found


def _is_set(node: ast.AST) -> bool:
    return isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)


def _find(folder: Path, problem: str) -> _Answer:
    known = []
    for answer in _answers(folder):
        name = answer.cell["metadata"]["nbgrader"]["grade_id"]
        if name == problem:
            return answer
        known.append(str(name))
    if not known:
        raise UnknownName(f"No notebook in {folder} has a problem to answer.")
    raise UnknownName(
        f"No notebook in {folder} has an answer cell {problem!r}. There are: {', '.join(known)}."
    )


def _answers(folder: Path) -> Iterator[_Answer]:
    """The answer cells of all notebooks in a folder; a file that is no notebook has none."""
    for file in sorted(folder.glob("*.ipynb")):
        try:
            notebook = json.loads(file.read_text(encoding="utf-8"))
            cells = notebook["cells"]
            found = [cell for cell in cells if cell["metadata"].get("nbgrader", {}).get("solution")]
            answers = [
                _Answer(file, notebook, cell) for cell in found if cell["metadata"]["nbgrader"]["grade_id"]
            ]
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            continue
        yield from answers
