"""2,000 notebooks that chance has changed: each is graded or quarantined, and what is honest in it counts.

Nothing is random in it: the same notebooks are drawn each time. For most of them, execution is a
plain `exec` in this process, and nbgrader's own tables are left out; a few go the whole way.
"""

import shutil
from typing import Any
from unittest import mock

import nbformat
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from nbgrader.utils import determine_grade

from autograder.grading import stage
from autograder.grading.result import GRADED, QUARANTINED
from autograder.grading.sandbox import SANDBOX
from autograder.grading.screen import Candidate, Quarantine, read
from autograder.grading.settle import settle
from tests.grading.conftest import RIGHT, SETUP, Class, make_class
from tests.grading.inline import inline_workers, run_cells
from tests.grading.sandboxed import need_sandbox
from tests.hostile.course import tree_of
from tests.hostile.mutations import Notebook, mutated, text_of

pytestmark = pytest.mark.slow

_NOTEBOOKS = 2000
#: So many go through gradebook and folders as well, and so many of these through kernels.
_IN_BATCH, _IN_KERNELS = 100, 40
_POINTS = {"square--visible": 1.0, "square--hidden": 2.0, "area--partial": 4.0}
_ESSAY = "Because circles are round."
_ALL = {"max_examples": _NOTEBOOKS, "derandomize": True, "database": None, "deadline": None}
_ALL["suppress_health_check"] = list(HealthCheck)


@pytest.fixture(scope="module")
def klass(tmp_path_factory: pytest.TempPathFactory) -> Class:
    """A course of its own, whose source no submission may change."""
    klass = make_class(tmp_path_factory.mktemp("fuzz") / "course")
    _ = klass.source
    return klass


@pytest.fixture(scope="module")
def honest(klass: Class) -> Notebook:
    """The notebook that is changed: right answers to all that there is."""
    notebook = klass.answered(RIGHT | {"essay": _ESSAY})
    for number, cell in enumerate(notebook["cells"]):
        cell["id"] = f"cell-{number}"  # nbformat draws them
    return notebook


class _Grader:
    """The way of one submission through a batch, without kernels and without the gradebook."""

    def __init__(self, klass: Class):
        self.course, self.source = klass.course, klass.source
        self.notebook, self.limits = self.source.notebooks[0], self.course.limits
        self.folder = klass.folder("anna")

    def graded(self, data: bytes) -> Notebook | None:
        """The notebook as it would be recorded; ``None`` for what is quarantined."""
        (self.folder / "ps1.ipynb").write_bytes(data)
        submission = read(self.course, Candidate("anna", self.folder), self.source, self.limits)
        if isinstance(submission, Quarantine):
            assert submission.reason.endswith(".") and len(submission.reason) > 20
            return None
        with mock.patch.object(stage, "sanitise", lambda *given: given[-1]):
            staged = stage.stage(self.course, "ps1", "anna", self.notebook, submission.notebooks["ps1"])
        run_cells(staged.notebook)
        outcome = nbformat.v4.reads(nbformat.v4.writes(staged.notebook))
        return settle(self.notebook, outcome).notebook


def _by_name(notebook: Notebook) -> dict[str, Any]:
    return {c.metadata.nbgrader.grade_id: c for c in notebook.cells if "nbgrader" in c.metadata}


def _name_of(cell: Any) -> str | None:
    """The grade id that a cell of a submission claims."""
    metadata = cell.get("metadata") if isinstance(cell, dict) else None
    about = metadata.get("nbgrader") if isinstance(metadata, dict) else None
    name = about.get("grade_id") if isinstance(about, dict) else None
    return name if isinstance(name, str) else None


def _ids(grader: _Grader) -> set[str]:
    return {cell.name for cell in grader.notebook.cells}


def _deserved(made: Notebook | None, grader: _Grader) -> set[str]:
    """The problems whose right answer is in exactly one cell, and nothing says otherwise."""
    cells = made.get("cells") if made is not None else None
    if not isinstance(cells, list):
        return set()
    locked = {c.name: c.released for c in grader.notebook.cells if c.locked}
    found = set()
    for problem, answer in RIGHT.items():
        with_it = [cell for cell in cells if f"def {problem}" in (text_of(cell) or "")]
        claiming = [cell for cell in cells if _name_of(cell) == problem]
        if len(with_it) != 1 or any(cell is not with_it[0] for cell in claiming):
            continue
        cell, text = with_it[0], text_of(with_it[0])
        name = _name_of(cell)
        harmless = {answer} | {
            f"{a}\n{b}" for a in (SETUP, *RIGHT.values()) for b in (SETUP, *RIGHT.values()) if a != b
        }
        if name in _ids(grader) - locked.keys() - {problem}:
            continue  # it says that it answers something else
        if name in locked:  # an answer that was merged into the instructor's cell beside it
            harmless = {f"{locked[name]}\n{answer}", f"{answer}\n{locked[name]}"}
        if text in harmless and (name == problem or cell.get("cell_type") == "code"):
            found.add(problem)
    return found


def test_no_notebook_stops_grading_or_gains_points_and_what_is_honest_counts(
    klass: Class, honest: Notebook
) -> None:
    grader, before, seen = _Grader(klass), tree_of(klass.root / "source"), {"graded": 0, "honest": 0}

    @settings(**_ALL)
    @given(mutated(honest))
    def grade_one(drawn: tuple[bytes, Notebook | None]) -> None:
        data, made = drawn
        notebook = grader.graded(data)
        if notebook is None:
            assert made is None or made.get("nbformat") != 4 or not isinstance(made.get("cells"), list)
            return
        there = _by_name(notebook)
        scores = {name: determine_grade(there[name])[0] for name in _POINTS}
        assert all(0 <= scores[name] <= _POINTS[name] for name in _POINTS)
        deserved = _deserved(made, grader)
        for name, points in _POINTS.items():
            assert scores[name] == points or name.split("--")[0] not in deserved
        seen["graded"] += 1
        seen["honest"] += len(deserved)

    grade_one()
    assert seen["graded"] > _NOTEBOOKS / 2 and seen["honest"] > _NOTEBOOKS / 2
    assert tree_of(klass.root / "source") == before


def test_some_go_the_whole_way_and_are_worth_the_same(klass: Class, honest: Notebook) -> None:
    """Through nbgrader's own preprocessors and the gradebook, and some of them through kernels."""
    need_sandbox()
    drawn: list[bytes] = []

    @settings(**_ALL | {"max_examples": _IN_BATCH, "phases": [Phase.generate]})
    @given(mutated(honest))
    def keep(one: tuple[bytes, Notebook | None]) -> None:
        drawn.append(one[0])

    keep()
    grader, expected = _Grader(klass), {}
    for number, data in enumerate(drawn):
        notebook = grader.graded(data)
        student = f"{number:03d}"
        (klass.folder(student) / "ps1.ipynb").write_bytes(data)
        if notebook is None:
            expected[student] = (QUARANTINED, None)
        else:
            there = _by_name(notebook)
            expected[student] = (GRADED, sum(determine_grade(there[name])[0] for name in _POINTS))
    shutil.rmtree(grader.folder.parent)

    submitted = tree_of(klass.root / "submitted")
    with inline_workers():
        inline = klass.grade(jobs=1, warm=False)
    assert {s.student: (s.status, s.score) for s in inline.submissions} == expected
    some = tuple(expected)[:_IN_KERNELS]
    run = klass.grade(students=some, force=True, isolation=SANDBOX)
    assert {s.student: (s.status, s.score) for s in run.submissions} == {s: expected[s] for s in some}
    assert tree_of(klass.root / "submitted") == submitted
