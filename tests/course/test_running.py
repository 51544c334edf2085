"""Every notebook runs top to bottom in a kernel, as students and instructors run it."""

import time
from dataclasses import dataclass
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient
from nbgrader.utils import determine_grade, is_grade

from autograder.problems import ASSIGNMENTS
from tests.conftest import ROOT

pytestmark = pytest.mark.slow

#: Seconds that a notebook may take, from the start of its kernel.
LIMIT = 40

LESSONS = sorted(path.stem for path in (ROOT / "course").glob("*.ipynb"))


@dataclass(frozen=True)
class Run:
    notebook: nbformat.NotebookNode
    seconds: float

    def scores(self) -> dict[str, tuple[float, float]]:
        """Grade id → (score, points) of each test, as nbgrader reads them from the outputs."""
        cells = [c for c in self.notebook.cells if is_grade(c) and c.cell_type == "code"]
        return {cell.metadata.nbgrader.grade_id: determine_grade(cell) for cell in cells}


@pytest.fixture(scope="session")
def run(root: Path, tmp_path_factory: pytest.TempPathFactory):
    """Runs a notebook of the checkout once, in an empty folder. An unannounced error raises."""
    runs: dict[str, Run] = {}

    def run(path: str) -> Run:
        if path not in runs:
            notebook = nbformat.read(root / path, as_version=4)
            folder = tmp_path_factory.mktemp("run")
            client = NotebookClient(
                notebook, timeout=2 * LIMIT, resources={"metadata": {"path": str(folder)}}
            )
            start = time.monotonic()
            client.execute()
            runs[path] = Run(notebook, time.monotonic() - start)
        return runs[path]

    return run


def stderr(notebook: nbformat.NotebookNode) -> list[str]:
    outputs = [o for c in notebook.cells if c.cell_type == "code" for o in c.outputs]
    return [o.text for o in outputs if o.output_type == "stream" and o.name == "stderr"]


@pytest.mark.parametrize("slug", LESSONS)
def test_a_lesson_runs_top_to_bottom(run, slug):
    assert run(f"course/{slug}.ipynb").seconds < LIMIT


@pytest.mark.parametrize("slug", ASSIGNMENTS)
def test_a_solution_runs_top_to_bottom_and_scores_full_marks(run, slug):
    done = run(f"solutions/{slug}/{slug}.ipynb")
    assert done.seconds < LIMIT
    assert {name: score for name, (score, points) in done.scores().items() if score != points} == {}


@pytest.mark.parametrize("slug", ASSIGNMENTS)
def test_an_exercise_runs_as_given_and_is_not_solved_yet(run, slug):
    done = run(f"exercises/{slug}/{slug}.ipynb")
    assert done.seconds < LIMIT
    scores = done.scores()
    for problem in ASSIGNMENTS[slug]:
        visible = [scores[f"{problem.name}--{t.name}"] for t in problem.tests if not t.hidden and t.points]
        if visible:
            assert sum(score for score, _ in visible) < sum(points for _, points in visible), problem.name


@pytest.mark.parametrize(
    "path", [f"course/{s}.ipynb" for s in LESSONS] + [f"exercises/{s}/{s}.ipynb" for s in ASSIGNMENTS]
)
def test_nothing_is_written_to_stderr_that_a_cell_does_not_announce(run, path):
    """A red block that nobody explains frightens; TensorFlow's log and warnings stay away."""
    assert stderr(run(path).notebook) == []
