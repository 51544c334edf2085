"""Any Jupyter program can have its kernels from a warm host."""

import time

import nbformat
import psutil
import pytest
from nbclient import NotebookClient
from nbformat.v4 import new_code_cell, new_notebook

pytestmark = pytest.mark.slow

#: Loaded by the host before it forks; anything that a kernel would not load by itself.
MODULE = "colorsys"


@pytest.fixture
def warm(monkeypatch: pytest.MonkeyPatch) -> None:
    """Kernels come from a host that has loaded `MODULE`."""
    from autograder.grading.provisioner import WarmProvisioner

    monkeypatch.setenv("JUPYTER_DEFAULT_PROVISIONER_NAME", "autograder-warm")
    monkeypatch.setattr(WarmProvisioner.preload, "default_value", [MODULE])
    monkeypatch.setattr(WarmProvisioner.preload, "default_args", ([MODULE],))


def run(*cells: str, **settings: object) -> nbformat.NotebookNode:
    notebook = new_notebook(cells=[new_code_cell(cell) for cell in cells])
    return NotebookClient(notebook, timeout=60, **settings).execute()


def text(cell: nbformat.NotebookNode) -> str:
    return "".join(output.get("text", "") for output in cell.outputs)


def test_a_kernel_is_forked_from_a_host_that_has_loaded_what_is_slow(warm):
    notebook = run(
        f"import sys\nprint({MODULE!r} in sys.modules)", "import os\nprint(os.getpid(), os.getppid())"
    )
    assert text(notebook.cells[0]) == "True\n"
    kernel, keeper = map(int, text(notebook.cells[1]).split())
    assert not psutil.pid_exists(kernel)
    end = time.monotonic() + 5
    while psutil.pid_exists(keeper):  # the host looks after its children twice a second
        assert time.monotonic() < end
        time.sleep(0.1)


def test_kernels_share_a_host_and_nothing_else(warm):
    first = run("mark = 1\nimport os\nprint(os.getsid(os.getppid()))")
    second = run("print('mark' in globals())\nimport os\nprint(os.getsid(os.getppid()))")
    assert text(second.cells[0]) == "False\n" + text(first.cells[0])


def test_an_endless_cell_is_interrupted_and_the_notebook_goes_on(warm):
    notebook = new_notebook(cells=[new_code_cell("while True: pass"), new_code_cell("print('here')")])
    client = NotebookClient(notebook, timeout=3, interrupt_on_timeout=True, allow_errors=True)
    client.execute()
    assert notebook.cells[0].outputs[0].ename == "KeyboardInterrupt"
    assert text(notebook.cells[1]) == "here\n"
