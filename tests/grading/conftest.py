"""A small nbgrader course that is not ours, without TensorFlow, and ways to hand something in."""

import json
import shutil
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from autograder.grading.batch import Options, Silent, grade
from autograder.grading.course import Course
from autograder.grading.result import AssignmentResult, SubmissionResult
from autograder.grading.source import AssignmentSource, prepare, student_version

SETUP = "import math\nUNIT = 1.0"
SQUARE = "def square(x):\n    ### BEGIN SOLUTION\n    return x * x\n    ### END SOLUTION"
VISIBLE = "assert square(2) == 4"
HIDDEN = "assert square(1) == 1\n### BEGIN HIDDEN TESTS\nassert square(-3) == 9\n### END HIDDEN TESTS"
AREA = "def area(r):\n    ### BEGIN SOLUTION\n    return math.pi * r**2 * UNIT\n    ### END SOLUTION"
PARTIAL = "score = 4 * sum(abs(area(r) - math.pi * r**2) < 1e-9 for r in (1, 2)) / 2\nscore"

RIGHT = {"square": "def square(x):\n    return x * x", "area": "def area(r):\n    return math.pi * r**2"}


def about(
    grade_id: str, *, grade: bool = False, solution: bool = False, locked: bool = False, points: float = 0
) -> Any:
    """The metadata of a cell of the instructor's."""
    said = {"grade_id": grade_id, "schema_version": 3, "task": False}
    said |= {"grade": grade, "solution": solution, "locked": locked}
    return {"nbgrader": said | ({"points": points} if grade else {})}


def instructors_notebook() -> Any:
    """Two problems with tests, one with hidden tests, one with partial credit, one graded by hand."""
    return new_notebook(
        cells=[
            new_markdown_cell("# Problem set 1"),
            new_code_cell(SETUP, metadata=about("setup", locked=True)),
            new_code_cell(SQUARE, metadata=about("square", solution=True)),
            new_code_cell(VISIBLE, metadata=about("square--visible", grade=True, locked=True, points=1)),
            new_code_cell(HIDDEN, metadata=about("square--hidden", grade=True, locked=True, points=2)),
            new_code_cell(AREA, metadata=about("area", solution=True)),
            new_code_cell(PARTIAL, metadata=about("area--partial", grade=True, locked=True, points=4)),
            new_markdown_cell("Why pi?", metadata=about("essay", grade=True, solution=True, points=3)),
        ],
        metadata={"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}},
    )


@dataclass
class Class:
    """A course in a temporary folder, with what tests do to it."""

    root: Path
    said: list[str]

    @property
    def course(self) -> Course:
        """The course, opened afresh."""
        return Course.open(self.root)

    @cached_property
    def source(self) -> AssignmentSource:
        """The assignment ps1, in the gradebook."""
        return prepare(self.course, "ps1", self.said.append)

    def student_version(self) -> dict[str, Any]:
        """The notebook that students get, as JSON."""
        folder = self.root / ".student-version"
        if not folder.exists():
            _, texts = student_version(self.course, "ps1", folder)
            (folder / "ps1.json").write_text(texts["ps1"])
        found: dict[str, Any] = json.loads((folder / "ps1.json").read_text())
        return found

    def answered(self, answers: dict[str, str]) -> dict[str, Any]:
        """The student version with these answers, by grade id."""
        notebook = self.student_version()
        for cell in notebook["cells"]:
            name = cell["metadata"].get("nbgrader", {}).get("grade_id")
            cell["source"] = answers.get(name, cell["source"])
        return notebook

    def folder(self, student: str, assignment: str = "ps1") -> Path:
        """The folder that a student hands in."""
        folder = self.root / "submitted" / student / assignment
        folder.mkdir(parents=True, exist_ok=True)
        return folder

    def hand_in(
        self, student: str, answers: dict[str, str] | None = None, change: Callable[[Any], None] | None = None
    ) -> Path:
        """Hand in answers (right ones by default), after a change of the notebook."""
        notebook = self.answered(RIGHT if answers is None else answers)
        if change is not None:
            change(notebook)
        path = self.folder(student) / "ps1.ipynb"
        path.write_text(json.dumps(notebook), encoding="utf-8")
        return path

    def grade(self, **options: Any) -> AssignmentResult:
        """Grade ps1 and keep what was said."""
        watcher = Silent()
        result = grade(self.course, "ps1", Options(**({"jobs": 2, "feedback": False} | options)), watcher)
        self.said += watcher.said
        return result

    def grade_one(self, student: str, **options: Any) -> SubmissionResult:
        """Grade one student's submission."""
        return self.grade(students=(student,), **options).submissions[0]

    def autograded(self, student: str) -> Any:
        """The graded notebook of a student."""
        return nbformat.read(self.root / "autograded" / student / "ps1" / "ps1.ipynb", 4)


def make_class(root: Path, config: str = "", notebook: Any = None) -> Class:
    """Write a course with the assignment ps1."""
    (root / "source" / "ps1").mkdir(parents=True)
    (root / "nbgrader_config.py").write_text("c = get_config()\n" + config)
    nbformat.write(notebook or instructors_notebook(), root / "source" / "ps1" / "ps1.ipynb")
    return Class(root, [])


@pytest.fixture(scope="session")
def _template(tmp_path_factory: pytest.TempPathFactory) -> Class:
    klass = make_class(
        tmp_path_factory.mktemp("template") / "course", "c.AutograderLimits.cell_seconds = 5\n"
    )
    klass.student_version()
    _ = klass.source
    return klass


@pytest.fixture
def klass(tmp_path: Path, _template: Class) -> Class:
    """A course with short limits; its assignment is in the gradebook already."""
    shutil.copytree(_template.root, tmp_path / "course", symlinks=True)
    copy = Class(tmp_path / "course", [])
    copy.source = _template.source
    return copy


def cell_of(notebook: Any, grade_id: str) -> Any:
    """The cell with this grade id."""
    return next(c for c in notebook["cells"] if c["metadata"].get("nbgrader", {}).get("grade_id") == grade_id)


def scores_of(result: SubmissionResult) -> dict[str, float]:
    """Points by problem."""
    return {problem.name: problem.score for problem in result.problems}


@pytest.fixture(autouse=True)
def _quiet() -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield
