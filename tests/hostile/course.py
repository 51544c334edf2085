"""The course that hostile submissions are handed in to: plain tests, no TensorFlow, tight limits."""

import json
import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from tests.grading.conftest import Class, about, make_class

#: What every submission deserves that answers both problems.
FULL = 6.0
#: Hidden tests compare with it, so whoever shows it has seen them.
EXPECTED = 271828

HONEST = {
    "double": "def double(x):\n    return 2 * x",
    "total": "def total(values):\n    return sum(values)",
}
WRONG = "def double(x):\n    return 0"

CONFIG = """
c.AutograderLimits.cell_seconds = 3
c.AutograderLimits.notebook_seconds = 15
c.AutograderLimits.cpu_seconds = 12
c.AutograderLimits.memory_megabytes = 500
c.AutograderLimits.scratch_megabytes = 60
c.AutograderLimits.processes = 60
c.AutograderLimits.output_bytes = 100_000
c.AutograderLimits.notebook_megabytes = 5
c.AutograderLimits.submission_megabytes = 5
c.AutograderLimits.files = 50
"""


def _solution(lines: str) -> str:
    head, body = lines.split("\n", 1)
    return f"{head}\n    ### BEGIN SOLUTION\n{body}\n    ### END SOLUTION"


def instructors_notebook() -> Any:
    """Two problems, one with a hidden test."""
    hidden = f"### BEGIN HIDDEN TESTS\nassert double({EXPECTED // 2}) == {EXPECTED}\n### END HIDDEN TESTS"
    test = {"grade": True, "locked": True}
    return new_notebook(
        cells=[
            new_markdown_cell("# Problem set 1"),
            new_code_cell("import math\nLIMIT = 100", metadata=about("setup", locked=True)),
            new_code_cell(_solution(HONEST["double"]), metadata=about("double", solution=True)),
            new_code_cell("assert double(2) == 4", metadata=about("double--visible", points=1, **test)),
            new_code_cell(
                f"assert double(0) == 0\n{hidden}", metadata=about("double--hidden", points=2, **test)
            ),
            new_code_cell(_solution(HONEST["total"]), metadata=about("total", solution=True)),
            new_code_cell("assert total([1, 2, 3]) == 6", metadata=about("total--test", points=3, **test)),
        ],
        metadata={"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}},
    )


@dataclass
class Hostile:
    """The course, and what stands in for what hostile submissions look for on a machine."""

    klass: Class
    #: Names in a case's text → what they stand for here.
    names: dict[str, str] = field(default_factory=dict)

    def filled(self, text: str) -> str:
        """A case's text with the paths and ports of this machine."""
        for name, value in self.names.items():
            text = text.replace(name, value)
        return text

    def hand_in(self, student: str, notebook: Any, files: dict[str, bytes] | None = None) -> Path:
        """Write a submission; returns its folder."""
        folder = self.klass.folder(student)
        text = notebook if isinstance(notebook, bytes) else json.dumps(notebook).encode()
        (folder / "ps1.ipynb").write_bytes(text)
        for name, data in (files or {}).items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(data)
        return folder


def make_course(root: Path) -> Class:
    """Write the course."""
    return make_class(root, CONFIG, instructors_notebook())


def tree_of(folder: Path) -> dict[str, object]:
    """Everything below a folder, by path, links as links; to see that nothing has changed."""
    found: dict[str, object] = {}
    for place, folders, files in os.walk(folder):
        for name in (*folders, *files):
            path = Path(place, name)
            if path.is_symlink():
                found[str(path)] = os.readlink(path)
            else:
                found[str(path)] = path.read_bytes() if path.is_file() else path.stat().st_mode
    return found
