"""Warm hosts: workers and kernels forked from them do what started ones do, and nothing is left of them."""

import os
import signal
import threading
import time
from collections.abc import Sequence

import nbformat
import psutil
import pytest
from nbformat.v4 import new_code_cell, new_notebook
from nbgrader.api import Gradebook, MissingEntry

from autograder.grading import launch, record
from autograder.grading.course import one_session, one_transaction
from autograder.grading.launch import Hosts
from autograder.grading.result import GradingError
from autograder.grading.task import Task
from tests.grading.conftest import Class

pytestmark = pytest.mark.slow

#: Loaded by nothing but the host that is told to.
MODULE = "colorsys"


def _task(*cells: str) -> Task:
    notebook = new_notebook(cells=[new_code_cell(cell) for cell in cells])
    return Task(nbformat.writes(notebook), {}, cell_seconds=10, notebook_seconds=60, one_thread=True)


def _texts(outcome: object) -> list[str]:
    assert outcome.trouble is None, outcome.trouble
    cells = nbformat.reads(outcome.notebook, 4).cells
    return ["".join(output.get("text", "") for output in cell.outputs).strip() for cell in cells]


def _hosts(others: Sequence[psutil.Process] = ()) -> list[psutil.Process]:
    """This process's hosts, but for others: those that another test has started for all that follow."""
    found = [p for p in psutil.Process().children() if "autograder.grading.host" in p.cmdline()]
    return [p for p in found if p not in others]


def test_kernels_have_what_was_loaded_and_share_nothing_else() -> None:
    others = _hosts()
    with Hosts() as hosts:
        hosts.load((MODULE,), checks=False)
        first = _texts(hosts.run_task(_task(f"import sys; print({MODULE!r} in sys.modules)", "mark = 1")))
        second = _texts(hosts.run_task(_task("print('mark' in globals())", "import os; print(os.getpid())")))
        assert len(_hosts(others)) == 2
    assert first[0] == "True" and second[0] == "False"
    assert _hosts(others) == [] and not psutil.pid_exists(int(second[1]))


def test_a_task_is_run_without_hosts_and_with_dead_ones() -> None:
    others = _hosts()
    with Hosts() as hosts:
        assert _texts(hosts.run_task(_task("print(1)"))) == ["1"]
        assert _hosts(others) == []
        hosts.load((), checks=False)
        assert _texts(hosts.run_task(_task("print(2)"))) == ["2"]
        for host in _hosts(others):
            host.kill()
        assert _texts(hosts.run_task(_task("print(3)"))) == ["3"]


def test_a_worker_that_is_killed_is_trouble_and_takes_its_kernel_along() -> None:
    def kill() -> None:
        while not launch._running:
            time.sleep(0.1)
        time.sleep(1)
        for worker in launch._running:
            os.kill(worker.pid, signal.SIGKILL)

    with Hosts() as hosts:
        hosts.load((), checks=False)
        threading.Thread(target=kill, daemon=True).start()
        outcome = hosts.run_task(_task("import time; time.sleep(30)"))
        assert outcome.trouble is not None and "SIGKILL" in outcome.trouble
        for host in _hosts():
            psutil.wait_procs(host.children(recursive=True), timeout=5)
            assert [p for p in host.children(recursive=True) if p.status() != psutil.STATUS_ZOMBIE] == []


def test_a_transaction_is_there_as_a_whole_or_not_at_all(klass: Class) -> None:
    course = klass.course
    with one_session():
        with pytest.raises(GradingError), one_transaction(course), course.gradebook() as gradebook:
            gradebook.update_or_create_student("anna")
            with course.gradebook() as same:
                assert same.find_student("anna")
            raise GradingError("The disk is full.")
        with one_transaction(course), course.gradebook() as gradebook:
            gradebook.update_or_create_student("ben")
    with Gradebook(course.coursedir.db_url) as gradebook:
        assert gradebook.find_student("ben")
        with pytest.raises(MissingEntry):
            gradebook.find_student("anna")


def test_a_submission_that_cannot_be_written_leaves_nothing_in_the_gradebook(
    klass: Class, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, os.strerror(28))

    klass.hand_in("anna")
    with monkeypatch.context() as patch:
        patch.setattr(record, "_set_permissions", full)
        result = klass.grade_one("anna")
    assert result.status == "failed" and "No space left" in result.reason
    with Gradebook(klass.course.coursedir.db_url) as gradebook, pytest.raises(MissingEntry):
        gradebook.find_submission("ps1", "anna")
    assert klass.grade_one("anna").score == 7
