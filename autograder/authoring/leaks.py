"""Looks for text of a solution or of a hidden test where students can read it."""

from nbformat.notebooknode import NotebookNode

#: Words that only an instructor's notebook has.
MARKERS = ("BEGIN SOLUTION", "STUDENT VERSION", "END SOLUTION", "BEGIN HIDDEN TESTS", "END HIDDEN TESTS")


def secret_lines(notebook: NotebookNode) -> set[str]:
    """The lines of an instructor's notebook that no student may read.

    These are the lines of solutions and hidden tests, except those that also
    stand somewhere open: a repair shares most lines with the broken program.
    """
    secret: set[str] = set()
    visible: set[str] = set()
    for cell in notebook.cells:
        hidden, shown = _split(cell)
        secret.update(hidden)
        visible.update(shown)
    return {line for line in secret - visible if any(c.isalnum() for c in line)}


def find_leaks(notebook: NotebookNode, text: str) -> list[str]:
    """The markers and secret lines of an instructor's notebook that `text` contains."""
    lines = {line.strip() for line in text.splitlines()}
    return [marker for marker in MARKERS if marker in text] + sorted(secret_lines(notebook) & lines)


def open_text(notebook: NotebookNode) -> str:
    """All text of a notebook that a reader sees, cell by cell."""
    return "\n".join(cell.source for cell in notebook.cells)


def _split(cell: NotebookNode) -> tuple[list[str], list[str]]:
    """The hidden and the open lines of a cell, without indentation."""
    lines = [line.strip() for line in cell.source.splitlines()]
    nbgrader = cell.metadata.get("nbgrader", {})
    if nbgrader.get("solution") and not any("BEGIN SOLUTION" in line for line in lines):
        return lines, []
    hidden: list[str] = []
    shown: list[str] = []
    target = shown
    for line in lines:
        if "BEGIN SOLUTION" in line or "BEGIN HIDDEN TESTS" in line:
            target = hidden
        elif "STUDENT VERSION" in line or "END SOLUTION" in line or "END HIDDEN TESTS" in line:
            target = shown
        else:
            target.append(line)
    # The student version stands in comments; students see it without them.
    shown += [line.removeprefix("#").strip() for line in shown]
    return hidden, shown
