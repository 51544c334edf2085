"""Every lesson and every exercise runs in JupyterLab, in a real Chromium, as students run it."""

from dataclasses import dataclass

import nbformat
import pytest
from nbgrader.utils import determine_grade, is_grade

from autograder.problems import ASSIGNMENTS
from tests.browser.lab_notebook import LabNotebook
from tests.conftest import ROOT

pytestmark = [pytest.mark.browser, pytest.mark.slow]

#: Seconds that a notebook may take on a free core, import of TensorFlow included. What is
#: measured is the kernel's processor time: other tests may be running on the other core.
LIMIT = 40

LESSONS = sorted(path.stem for path in (ROOT / "course").glob("*.ipynb"))
PATHS = [f"course/{slug}.ipynb" for slug in LESSONS] + [f"exercises/{s}/{s}.ipynb" for s in ASSIGNMENTS]

_RAN: dict[str, "Run"] = {}


@dataclass(frozen=True)
class Run:
    """A notebook as JupyterLab saved it after all its cells ran."""

    notebook: nbformat.NotebookNode
    seconds: float

    def outputs(self, announced: bool = True) -> list[nbformat.NotebookNode]:
        """The outputs of all code cells, or only of those that no tag says will raise."""
        code = [c for c in self.notebook.cells if c.cell_type == "code"]
        if not announced:
            code = [c for c in code if "raises-exception" not in c.metadata.get("tags", [])]
        return [output for cell in code for output in cell.outputs]


@pytest.fixture
def run(same_page, lab, tmp_path):
    """Runs a notebook in JupyterLab, once for all tests of this module."""

    def run(path: str) -> Run:
        if path not in _RAN:
            notebook = LabNotebook(same_page, lab, path)
            done = notebook.run_all()
            _RAN[path] = Run(done, notebook.kernel_seconds())
            same_page.screenshot(path=tmp_path / "done.png")
            notebook.close()
        return _RAN[path]

    return run


@pytest.mark.parametrize("path", PATHS)
def test_all_cells_run_and_none_raises_that_does_not_announce_it(run, path):
    done = run(path)
    errors = [o.evalue for o in done.outputs(announced=False) if o.output_type == "error"]
    assert errors == []
    assert all(c.execution_count for c in done.notebook.cells if c.cell_type == "code")
    assert done.seconds < LIMIT


@pytest.mark.parametrize("path", PATHS)
def test_no_red_block_frightens_anybody(run, path):
    """TensorFlow's log and warnings stay away: a cell announces what it shows, or catches it."""
    streams = [o for o in run(path).outputs() if o.output_type == "stream" and o.name == "stderr"]
    assert [o.text for o in streams] == []


@pytest.mark.parametrize("slug", ASSIGNMENTS)
def test_an_exercise_is_not_solved_as_given(run, slug):
    cells = [c for c in run(f"exercises/{slug}/{slug}.ipynb").notebook.cells if is_grade(c)]
    scores = {c.metadata.nbgrader.grade_id: determine_grade(c) for c in cells if c.cell_type == "code"}
    for problem in ASSIGNMENTS[slug]:
        visible = [scores[f"{problem.name}--{t.name}"] for t in problem.tests if not t.hidden and t.points]
        if visible:
            assert sum(score for score, _ in visible) < sum(points for _, points in visible), problem.name
