"""Workers without processes: a task's cells run here, one after the other, in a namespace of their own.

What tests of journal, gradebook and folders need of a worker is its outcome, and
this one costs a hundredth of what a real one does. Never for code that anybody
handed in.
"""

import ast
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest import mock

import nbformat
from nbformat.notebooknode import NotebookNode
from nbformat.v4 import new_output

from autograder.grading import launch
from autograder.grading.task import Outcome, Task


def run_inline(task: bytes, seconds: float, host: str | None = None) -> bytes:
    """Stands in for `launch.launch_worker`."""
    notebook = nbformat.reads(Task.from_bytes(task).notebook, as_version=4)
    run_cells(notebook)
    return Outcome(nbformat.writes(notebook, version=4)).to_bytes()


def run_cells(notebook: NotebookNode) -> None:
    """Run a notebook's code in this process, and write its outputs."""
    names: dict[str, Any] = {}
    code = (cell for cell in notebook.cells if cell.cell_type == "code")
    for count, cell in enumerate(code, start=1):
        cell["execution_count"] = count
        cell["outputs"] = []
        try:
            value = _run(cell.source, names)
        except Exception as error:
            kind = type(error).__name__
            cell.outputs.append(new_output("error", ename=kind, evalue=str(error), traceback=[kind]))
        else:
            if value is not None:
                data = {"text/plain": repr(value)}
                cell.outputs.append(new_output("execute_result", data=data, execution_count=count))


def _run(source: str, names: dict[str, Any]) -> Any:
    """Run a cell; returns the value of its last expression."""
    tree = ast.parse(source)
    last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    exec(compile(tree, "cell", "exec"), names)
    return eval(compile(ast.Expression(last.value), "cell", "eval"), names) if last else None


_real = launch.launch_worker


def dask_setup(_worker: Any) -> None:
    """Called by `dask worker --preload tests.grading.inline`: what no warm host forks is run inline."""

    def launch_worker(task: bytes, seconds: float, host: str | None = None) -> bytes:
        return _real(task, seconds, host) if host is not None else run_inline(task, seconds)

    launch.launch_worker = launch_worker


@contextmanager
def inline_workers(inline: bool = True) -> Iterator[None]:
    """While the block runs, batches of this process start no worker; or again real ones.

    Use `Options(warm=False)` with it.
    """
    with mock.patch.object(launch, "launch_worker", run_inline if inline else _real):
        yield
