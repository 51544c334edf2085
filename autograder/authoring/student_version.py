"""The student's version of an answer cell: the broken program instead of the repair.

An answer cell of an instructor's notebook holds both, so that nobody keeps two
copies in step by hand::

    def step(x):
        ### BEGIN SOLUTION
        return repaired(x)
        ### STUDENT VERSION
        # return broken(x)
        ### END SOLUTION

The instructor's notebook runs the repair. The student gets the lines below the
divider with one comment sign less. A region without a divider becomes
nbgrader's usual stub.
"""

import re
from typing import Any

from nbformat.notebooknode import NotebookNode
from nbgrader.preprocessors import ClearSolutions
from nbgrader.utils import is_solution
from traitlets import Unicode

from autograder.authoring.given import note_given

_COMMENTED = re.compile(r"(?P<indent>\s*)#(?: (?P<text>.*))?$")


def model_answer(cell: NotebookNode) -> str:
    """The answer of an instructor's cell: its text without the student's version and without marks."""
    reader = StudentVersion()
    lines: list[str] = []
    skipping = False
    for line in cell.source.split("\n"):
        if reader.student_version_delimeter in line:
            skipping = True
        elif reader.end_solution_delimeter in line:
            skipping = False
        elif reader.begin_solution_delimeter not in line and not skipping:
            lines.append(line)
    return "\n".join(lines).strip("\n")


class StudentVersion(ClearSolutions):
    """nbgrader's ClearSolutions, with the broken program in the place of its stub.

    Raises `RuntimeError` with a sentence, which nbgrader reports, when the
    delimiters of a cell do not pair or a line below the divider is no comment.
    """

    student_version_delimeter = Unicode(
        "STUDENT VERSION",
        help="The delimiter between the solution and what the student gets in its place",
    ).tag(config=True)

    def preprocess_cell(
        self, cell: NotebookNode, resources: dict[str, Any], cell_index: int
    ) -> tuple[NotebookNode, dict[str, Any]]:
        """Give a cell to students, and note in an answer cell what it holds then."""
        cell, resources = super().preprocess_cell(cell, resources, cell_index)
        if is_solution(cell):
            note_given(cell.metadata, cell.source)
        return cell, resources

    def _replace_solution_region(self, cell: NotebookNode, language: str) -> bool:
        lines: list[str] = []
        region: list[str] | None = None  # the lines of the solution that we are in
        replaced, indent = False, ""
        for line in cell.source.split("\n"):
            if self.begin_solution_delimeter in line:
                if region is not None:
                    raise RuntimeError(f"{_name(cell)} begins a solution within a solution.")
                region, indent = [], _indent(line)
            elif self.end_solution_delimeter in line:
                if region is None:
                    raise RuntimeError(f"{_name(cell)} ends a solution that does not begin.")
                given = self._given(cell, region)
                lines += [indent + text for text in self._stub(cell, language)] if given is None else given
                region, replaced = None, True
            else:
                (lines if region is None else region).append(line)
        if region is not None:
            raise RuntimeError(f"{_name(cell)} has no {self.end_solution_delimeter}.")
        if any(self.student_version_delimeter in line for line in lines):
            raise RuntimeError(f"{_name(cell)} has {self.student_version_delimeter} outside of a solution.")
        cell.source = "\n".join(lines)
        return replaced

    def _given(self, cell: NotebookNode, region: list[str]) -> list[str] | None:
        """The lines below the divider, as the student gets them; `None` without a divider."""
        dividers = [n for n, line in enumerate(region) if self.student_version_delimeter in line]
        if not dividers:
            return None
        if len(dividers) > 1:
            raise RuntimeError(f"{_name(cell)} has more than one {self.student_version_delimeter}.")
        below = region[dividers[0] + 1 :]
        return [_uncomment(cell, line) for line in below] if cell.cell_type == "code" else below

    def _stub(self, cell: NotebookNode, language: str) -> list[str]:
        stub = self.code_stub[language] if cell.cell_type == "code" else self.text_stub
        return stub.split("\n")


def _uncomment(cell: NotebookNode, line: str) -> str:
    if not line.strip():
        return ""
    match = _COMMENTED.match(line)
    if match is None:
        raise RuntimeError(f"{_name(cell)}: a line of the student version is not a comment, “# …”: {line}")
    return (match["indent"] + match["text"]).rstrip() if match["text"] else ""


def _indent(line: str) -> str:
    return line[: len(line) - len(line.lstrip())]


def _name(cell: NotebookNode) -> str:
    grade_id = cell.metadata.get("nbgrader", {}).get("grade_id")
    return f"The cell {grade_id!r}" if grade_id else "A cell without grade id"
