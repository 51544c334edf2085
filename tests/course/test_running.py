"""Every solution runs top to bottom in a kernel and earns full marks. (tests/browser runs the rest.)"""

from pathlib import Path

import nbformat
import psutil
import pytest
from nbclient import NotebookClient
from nbgrader.utils import determine_grade, is_grade

from autograder.problems import ASSIGNMENTS

pytestmark = pytest.mark.slow

#: Processor seconds that a notebook may take in a kernel that has TensorFlow loaded already; to
#: load it takes 2 to 7 seconds, and all of it shall take less than 40.
LIMIT = 33


@pytest.mark.parametrize("slug", ASSIGNMENTS)
def test_a_solution_runs_top_to_bottom_and_scores_full_marks(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, slug: str
) -> None:
    monkeypatch.setenv("JUPYTER_DEFAULT_PROVISIONER_NAME", "autograder-warm")
    notebook = nbformat.read(root / f"solutions/{slug}/{slug}.ipynb", as_version=4)
    client = NotebookClient(notebook, timeout=120, resources={"metadata": {"path": str(tmp_path)}})
    with client.setup_kernel():
        for index, cell in enumerate(notebook.cells):
            client.execute_cell(cell, index)
        used = psutil.Process(client.km.provisioner.pid).cpu_times()
    tests = [c for c in notebook.cells if is_grade(c) and c.cell_type == "code"]
    scores = {cell.metadata.nbgrader.grade_id: determine_grade(cell) for cell in tests}
    assert {name: score for name, (score, points) in scores.items() if score != points} == {}
    assert used.user + used.system < LIMIT
