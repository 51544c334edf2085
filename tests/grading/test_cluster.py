"""Grading on a Dask cluster of several processes: workers die, join or differ, and nothing is lost.

With `warm=False` the workers here run cells inline, in milliseconds.
"""

import gc
import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import distributed
import psutil
import pytest
from typer.testing import CliRunner

from autograder.cli import app
from autograder.grading import batch, cluster
from autograder.grading.batch import Options, Silent, grade
from autograder.grading.cluster import Cluster, ClusterUnusable
from autograder.grading.result import AssignmentResult, GradingError, SubmissionResult
from autograder.grading.sandbox import SANDBOX
from autograder.grading.task import Task
from tests.conftest import ROOT
from tests.grading.conftest import RIGHT, Class
from tests.grading.inline import inline_workers
from tests.grading.state import gradebook_rows

ANSWERS = (RIGHT, RIGHT | {"square": "def square(x):\n    return 4"}, RIGHT | {"area": "def area(r: pass"})


class Machines:
    """A scheduler and workers, each a process, as `dask scheduler` and `dask worker` start them."""

    def __init__(self, folder: Path):
        self._folder = folder
        self._file = folder / "scheduler.json"
        self.scheduler = self._start("scheduler", "--host", "127.0.0.1", "--port", "0")
        self.workers: list[subprocess.Popen[bytes]] = []

    def _start(self, what: str, *options: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", f"distributed.cli.dask_{what}", "--no-dashboard", *options]
        return subprocess.Popen(
            [*command, "--scheduler-file", str(self._file)],
            cwd=ROOT,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def add_worker(self) -> subprocess.Popen[bytes]:
        """Start a worker with one thread; it joins a few seconds later."""
        options = ("--no-nanny", "--local-directory", str(self._folder), "--preload", "tests.grading.inline")
        worker = self._start("worker", "--nthreads", "1", *options)
        self.workers.append(worker)
        return worker

    @property
    def address(self) -> str:
        """The scheduler's address."""
        while not self._file.exists():
            time.sleep(0.05)
        found: str = json.loads(self._file.read_text())["address"]
        return found

    def end(self) -> None:
        """End them all."""
        for process in (*self.workers, self.scheduler):
            process.kill()
            process.wait()


@pytest.fixture(scope="module")
def machines(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machines]:
    started = Machines(tmp_path_factory.mktemp("machines"))
    try:
        started.add_worker()
        started.add_worker()
        with distributed.Client(started.address, set_as_default=False) as client:
            client.wait_for_workers(2, timeout=60)
        yield started
    finally:
        started.end()


@pytest.fixture
def few_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Four are sent at a time, so that a small class is not sent at once."""
    monkeypatch.setattr(cluster, "_FEWEST", 4)


class Told(Silent):
    """A watcher that does something each time a submission is done; it is told which one, from 1."""

    def __init__(self, act: Callable[[int], None]):
        super().__init__()
        self._done = 0
        self._act = act

    def finished(self, result: SubmissionResult) -> None:
        """Act."""
        self._done += 1
        self._act(self._done)


def hand_in(klass: Class, many: int, first: str = "") -> None:
    """Hand in different answers; `first` is run before each of them."""
    for i in range(many):
        answers = ANSWERS[i % len(ANSWERS)]
        klass.hand_in(f"student-{i}", answers | {"square": f"{first}{answers['square']}"})


def graded(
    klass: Class, machines: Machines, act: Callable[[int], None], *, warm: bool = False
) -> AssignmentResult:
    with Cluster(machines.address) as runner:
        return grade(klass.course, "ps1", Options(feedback=False, warm=warm), Told(act), runner)


def graded_here(klass: Class) -> AssignmentResult:
    with inline_workers():
        return klass.grade(jobs=1, warm=False)


def hosts_of(worker: subprocess.Popen[bytes]) -> int:
    """How many warm hosts a worker keeps."""
    found = 0
    for child in psutil.Process(worker.pid).children():
        with suppress(psutil.Error):  # it has just ended
            found += "autograder.grading.host" in child.cmdline()
    return found


# -- on real machines -------------------------------------------------------------------------------


@pytest.mark.slow
def test_a_worker_is_killed_and_another_joins_late(
    klass: Class, machines: Machines, few_at_a_time: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(klass.root, tmp_path / "alone")
    alone = Class(tmp_path / "alone", [])
    hand_in(alone, 7)
    expected = graded_here(alone)
    hand_in(klass, 7, "import time\ntime.sleep(2)\n")  # so that the first is recorded while others run
    recorded: list[str] = []
    record = batch.record

    def counted(course: Any, source: Any, submission: Any, settled: Any) -> Any:
        recorded.append(submission.student)
        return record(course, source, submission, settled)

    monkeypatch.setattr(batch, "record", counted)
    doomed, survivor = machines.workers
    family: list[psutil.Process] = []
    seen: dict[str, Any] = {}

    def disturb(done: int) -> None:
        if done == 1:
            seen["tasks of the doomed"] = len(client.processing()[address])
            family.extend(psutil.Process(doomed.pid).children(recursive=True))
            doomed.kill()
            doomed.wait()
            machines.workers = [survivor, machines.add_worker()]
            while len(client.nthreads()) != 2 or address in client.nthreads():
                time.sleep(0.1)
        elif done == 7:
            seen["hosts"] = [hosts_of(worker) for worker in machines.workers]

    with distributed.Client(machines.address, set_as_default=False) as client:
        address = next(a for a, pid in client.run(os.getpid).items() if pid == doomed.pid)
        result = graded(klass, machines, disturb, warm=True)
    assert seen["tasks of the doomed"] > 0
    assert seen["hosts"] == [2, 2]  # so the late one has taken part as well
    assert [(s.student, s.status, s.score) for s in result.submissions] == [
        (s.student, "graded", s.score) for s in expected.submissions
    ]
    assert {s.score for s in result.submissions} == {3, 5, 7}
    assert Counter(recorded) == Counter(f"student-{i}" for i in range(7))
    assert gradebook_rows(klass.root / "gradebook.db") == gradebook_rows(alone.root / "gradebook.db")
    # Nothing is left: not of the one that was killed, and no hosts on those that live.
    assert len(family) > 2 and psutil.wait_procs(family, timeout=15)[1] == []
    deadline = time.monotonic() + 15
    while any(hosts_of(worker) for worker in machines.workers) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert [hosts_of(worker) for worker in machines.workers] == [0, 0]


@pytest.mark.slow
def test_interrupts_are_obeyed_as_on_one_machine(
    klass: Class, machines: Machines, few_at_a_time: None
) -> None:
    hand_in(klass, 8)

    def interrupt_twice(done: int) -> None:
        os.kill(os.getpid(), signal.SIGINT)
        os.kill(os.getpid(), signal.SIGINT)

    with pytest.raises(KeyboardInterrupt):
        graded(klass, machines, interrupt_twice)
    first = graded(klass, machines, lambda done: os.kill(os.getpid(), signal.SIGINT) if done == 2 else None)
    assert [s.unchanged for s in first.submissions].count(True) == 1
    assert 2 <= len(first.submissions) < 8 and len(first.submissions) + len(first.left) == 8
    second = graded_here(klass)
    assert {s.student for s in second.submissions if s.unchanged} == {s.student for s in first.submissions}
    assert [s.score for s in second.submissions] == [7, 5, 3, 7, 5, 3, 7, 5]


@pytest.mark.slow
def test_a_worker_with_other_versions_is_refused_with_a_sentence(
    klass: Class, machines: Machines, monkeypatch: pytest.MonkeyPatch
) -> None:
    hand_in(klass, 2)
    here = {"autograder": "0", "tensorflow": "1.15", "no-such-package": "2.0"}
    monkeypatch.setattr(cluster, "versions_of", lambda modules: here)
    with pytest.raises(ClusterUnusable) as refused:
        graded(klass, machines, lambda done: None)
    sentence = str(refused.value)
    assert (
        "The worker tcp://" in sentence and "(here: 1.15), no-such-package is missing (here: 2.0)" in sentence
    )
    assert "Install the same versions" in sentence and refused.value.exit_code == 1


@pytest.mark.slow
def test_a_cluster_that_goes_away_stops_the_batch_and_loses_nothing(
    klass: Class, machines: Machines, few_at_a_time: None
) -> None:
    """The last test on these machines: it ends them."""
    hand_in(klass, 6)
    address = machines.address

    def cut(done: int) -> None:
        machines.end()

    with pytest.raises(ClusterUnusable) as gone:
        graded(klass, machines, cut)
    assert f"The Dask cluster at {address} does not run tasks any more" in str(gone.value)
    assert "What was recorded is complete" in str(gone.value) and gone.value.exit_code == 1
    finished = graded_here(klass)
    assert [s.unchanged for s in finished.submissions].count(True) >= 1
    assert [s.score for s in finished.submissions] == [7, 5, 3, 7, 5, 3]


# -- without any -------------------------------------------------------------------------------------


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:9", "nonsense://x", "no-port", "no.invalid:8786"])
def test_a_scheduler_that_cannot_be_reached_is_wrong_usage(
    address: str, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(cluster, "PATIENCE", 0.3)
    with pytest.raises(GradingError, match=f"scheduler at {address} cannot be reached: .+ runs and") as error:
        Cluster(address)
    assert error.value.exit_code == 2
    gc.collect()  # a client that was half made would wait and complain when it is thrown away
    assert capfd.readouterr() == ("", "")


def test_without_the_package_a_sentence_says_how_to_get_it(
    klass: Class, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "distributed", None)
    done = CliRunner().invoke(app, ["grade", "--course-dir", str(klass.root), "--scheduler", "tcp://x:1"])
    assert done.exit_code == 2 and "pip install -c requirements.lock -e '.[course,cluster]'" in done.output


def test_jobs_are_not_for_a_cluster(klass: Class) -> None:
    done = CliRunner().invoke(app, ["grade", "--course-dir", str(klass.root), "-j", "2", "--scheduler", "x"])
    assert done.exit_code == 2 and "--jobs is for grading on this machine" in done.output


def test_how_many_are_sent_follows_the_cluster(monkeypatch: pytest.MonkeyPatch) -> None:
    threads: dict[str, int] = {}
    clock = iter(range(0, 1000, 2))

    class Client:
        def __init__(self, *_: Any, **__: Any):
            self.nthreads = lambda: dict(threads)
            self.status = "running"

    monkeypatch.setattr(distributed, "Client", Client)
    monkeypatch.setattr(cluster.time, "monotonic", lambda: float(next(clock)))
    said: list[str] = []
    runner = Cluster("tcp://x:1", said.append)
    assert runner.wanted() == runner.wanted() == 8 and len(said) == 1  # what grows by demand gets some
    threads["a"] = 10
    assert runner.wanted() == 20
    threads["b"] = 1000
    assert runner.wanted() == runner.at_a_time == 256
    threads.clear()
    assert runner.wanted() == 8 and len(said) == 2
    assert "tcp://x:1 has no workers at the moment" in said[1]


class Refusing:
    """A client whose tasks all end with an error."""

    status = "running"

    def __init__(self, error: Exception):
        self._error = error

    def submit(self, *_: Any, **__: Any) -> "Refusing":
        return self

    def result(self) -> None:
        raise self._error


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (
            ModuleNotFoundError("No module named 'autograder'"),
            "has no autograder, or another version of it: No",
        ),
        (
            distributed.client.FutureCancelledError("key", "lost"),
            "does not run tasks any more: key cancelled",
        ),
    ],
)
def test_what_ails_the_cluster_stops_the_batch(
    error: Exception, sentence: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(distributed, "Client", lambda *_, **__: Refusing(error))
    with pytest.raises(ClusterUnusable, match=sentence) as stopped:
        Cluster("tcp://x:1").run_task(Task("{}", {}))
    assert "What was recorded is complete" in str(stopped.value) and stopped.value.exit_code == 1


def test_a_notebook_whose_workers_are_all_killed_is_that_notebooks_trouble(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    error = distributed.KilledWorker("key", None, 3)
    monkeypatch.setattr(distributed, "Client", lambda *_, **__: Refusing(error))
    outcome = Cluster("tcp://x:1").run_task(Task("{}", {}))
    assert outcome.trouble is not None and "were killed, one after the other" in outcome.trouble


def test_a_worker_keeps_hosts_for_the_next_task_but_not_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    ended: list[threading.Event] = []

    class Hosts:
        def __init__(self, wall: object) -> None:
            self.over = threading.Event()
            ended.append(self.over)

        def end(self) -> None:
            self.over.set()

    monkeypatch.setattr(cluster, "Hosts", Hosts)
    monkeypatch.setattr(cluster, "_IDLE", 0.3)
    with cluster._hosts_for("one", None) as first, cluster._hosts_for("two", None) as other:
        assert first is not other
    with cluster._hosts_for("one", None) as again:
        assert again is first
        assert other.over.wait(5) and not first.over.wait(0.4)  # nobody ends what is in use
    assert first.over.wait(5) and len(ended) == 2
    with cluster._hosts_for("one", None) as fresh:
        assert fresh is not first


def test_a_worker_that_can_make_no_sandbox_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "obstacle", lambda wall: "The program bubblewrap is missing.")
    monkeypatch.setattr(distributed, "get_worker", lambda: SimpleNamespace(address="tcp://x:2"))
    with pytest.raises(ClusterUnusable, match="sandbox on the worker tcp://x:2. The program bubblewrap"):
        cluster.work(Task("{}", {}, isolation=SANDBOX).to_bytes(), "one", (), False, {})


def test_versions_are_those_of_what_is_installed() -> None:
    found = cluster.versions_of(("numpy.linalg", "json", "no_such_module", "yaml"))
    assert found.keys() == {"autograder", "Python", "distributed", "numpy", "yaml"}
    assert found["Python"] == ".".join(map(str, sys.version_info[:2]))
