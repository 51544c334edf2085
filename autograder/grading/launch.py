"""Running one task in a worker process of its own: bytes in, bytes out, nothing left behind.

Two warm hosts serve a batch. One has loaded what the notebooks import, and
forks kernels. The other has loaded what judges them, and forks workers; no
student's code ever comes near it.
"""

import os
import selectors
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Protocol

from autograder.grading import reaper
from autograder.grading.environment import environment
from autograder.grading.host import KERNEL_MODULES, ForkedWorker, NoHost, WarmHost, warm_host
from autograder.grading.result import GradingError
from autograder.grading.sandbox import Wall
from autograder.grading.scratch import scratch_folder
from autograder.grading.task import Outcome, Task

#: Seconds, on top of the notebook's own limit, for starting kernels and writing results.
GRACE = 300.0
#: No outcome is larger than this; a worker that writes more is not to be believed.
_MOST_BYTES = 500_000_000

#: Runs a task, given as bytes, within so many seconds, and returns the outcome's bytes.
Launch = Callable[[bytes, float], bytes]

Worker = subprocess.Popen[bytes] | ForkedWorker

_running: set[Worker] = set()

#: What answers this package's own tests: in the kernel, beside the student's code, and in the worker.
_INSIDE = ("autograder.grading.warm_inside",)
_JUDGING = ("autograder.grading.verdicts", "autograder.checking")


def default_jobs() -> int:
    """As many jobs as this process may use cores."""
    try:
        return max(1, len(os.sched_getaffinity(0)))
    except AttributeError:
        return max(1, os.cpu_count() or 1)


def uses_all_cores(jobs: int) -> bool:
    """Whether so many jobs (0: one per core) fill the cores, so that each should use one thread only."""
    return not jobs or jobs >= default_jobs()


class Runner(Protocol):
    """Runs the tasks of a batch: on this machine (`Hosts`), or on others (`cluster.Cluster`)."""

    #: As many threads may wait in `run_task` at a time.
    at_a_time: int
    #: Whether a task should use one thread only, because others use the other cores.
    one_thread: bool

    def wanted(self) -> int:
        """How many tasks should be ready or running now."""

    def show(self, readable: tuple[str, ...]) -> None:
        """Let kernels in a sandbox read these folders as well; to be called before `load`."""

    def load(self, modules: Iterable[str], *, checks: bool) -> None:
        """Have the modules of the notebooks loaded; with `checks`, what this package's own tests need."""

    def run_task(self, task: Task) -> Outcome:
        """Run a task. What goes wrong with it alone is the outcome's trouble."""

    def stop(self) -> None:
        """End what runs at once; nothing is run any more. May be called again."""


class Hosts:
    """The two warm hosts of a command: they load what is slow while other work is done."""

    def __init__(self, jobs: int = 0, wall: Wall | None = None):
        """`jobs` tasks run at a time; 0 is one a core. With a `wall`, kernels are forked inside it."""
        self.at_a_time = jobs or default_jobs()
        self.one_thread = uses_all_cores(jobs)
        self._wall = wall
        self._kernels: WarmHost | None = None
        self._workers: WarmHost | None = None
        self._loaded: set[str] = set()
        self._ended = False

    def start(self) -> None:
        """Start both hosts, if they are not there yet, without waiting for them."""
        if self._kernels is None:
            self._kernels = self._kernel_host()
            self._workers = WarmHost(("autograder.grading.warm_worker",), dict(os.environ))

    def _kernel_host(self) -> WarmHost:
        env = environment(Path(tempfile.gettempdir()), one_thread=self.one_thread, wall=self._wall)
        return WarmHost(KERNEL_MODULES, env, self._wall)

    def wanted(self) -> int:
        """As many as run wait ready, so that none waits for the coordinator."""
        return 2 * self.at_a_time

    def show(self, readable: tuple[str, ...]) -> None:
        """Let kernels inside the wall read these folders as well; to be called before `load`."""
        if self._wall is None or readable == self._wall.readable:
            return
        self._wall = Wall(readable)
        if self._kernels is not None:  # what stands inside a wall is settled when it is built
            self._kernels.end()
            self._kernels = self._kernel_host()

    def load(self, modules: Iterable[str], *, checks: bool) -> None:
        """Have the modules of the notebooks loaded; with `checks`, what this package's own tests need."""
        self.start()
        for host, names in (
            (self._kernels, (*modules, *(_INSIDE if checks else ()))),
            (self._workers, _JUDGING if checks else ()),
        ):
            assert host is not None
            host.load([name for name in names if name not in self._loaded])
            self._loaded.update(names)

    def run_task(self, task: Task) -> Outcome:
        """Run a task in a forked worker with a forked kernel, as far as there can be either."""
        kernels = self._kernels.address() if self._kernels is not None else None
        return run_task(replace(task, host=kernels), self._launch)

    def _launch(self, task: bytes, seconds: float) -> bytes:
        workers = self._workers.address() if self._workers is not None else None
        if workers is not None:
            try:
                return launch_worker(task, seconds, workers)
            except NoHost:
                pass  # slower, but as good
        if self._ended:
            raise WorkerFailed("The batch was stopped")
        return launch_worker(task, seconds)

    def end(self) -> None:
        """End both hosts; nothing is run any more."""
        self._ended = True
        for host in (self._workers, self._kernels):
            if host is not None:
                host.end()

    def stop(self) -> None:
        """End both hosts, and every worker of this process."""
        self.end()
        end_all_workers()

    def __enter__(self) -> "Hosts":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.end()


def run_task(task: Task, launch: Launch | None = None) -> Outcome:
    """Run a task. Never raises: what goes wrong with the worker is the outcome's trouble."""
    started = time.monotonic()
    try:
        return Outcome.from_bytes((launch or launch_worker)(task.to_bytes(), task.notebook_seconds + GRACE))
    except (WorkerFailed, GradingError) as error:
        return Outcome(trouble=str(error), seconds=time.monotonic() - started)
    except (ValueError, OSError) as error:
        trouble = f"The worker process gave no usable result: {error}"
        return Outcome(trouble=trouble, seconds=time.monotonic() - started)


def warm_host_for(
    preload: tuple[str, ...], *, checks: bool, one_thread: bool, wall: Wall | None = None
) -> AbstractContextManager[str | None]:
    """A warm host while a block runs, with the environment that kernels get; inside a wall if there is one.

    With `checks`, it has loaded what answers this package's own tests as well.
    """
    inside = _INSIDE if checks else ()
    env = environment(Path(tempfile.gettempdir()), one_thread=one_thread, wall=wall)
    return warm_host((*preload, *inside), env, wall)


class WorkerFailed(RuntimeError):
    """A worker process did not do its work; the text is a sentence."""


def launch_worker(task: bytes, seconds: float, host: str | None = None) -> bytes:
    """Start a worker process, give it the task, and return the outcome's bytes.

    `host` is the address of a warm host of workers, if there is one; raises
    `NoHost` when it cannot be reached.
    Raises `WorkerFailed` when it takes more than `seconds`, ends early, or
    writes too much. Whatever it started has ended when this returns.
    """
    with scratch_folder() as place:
        folder = str(place)
        with open(os.path.join(folder, "complaints"), "w+b") as complaints:
            worker = _start(folder, complaints.fileno(), host)
            try:
                outcome = _exchange(worker, task, time.monotonic() + seconds, seconds)
                code = worker.wait(30)
            except (WorkerFailed, subprocess.TimeoutExpired) as error:
                raise WorkerFailed(f"{error}{_last_line(complaints)}") from None
            finally:
                end_worker(worker, folder)
            if code != 0:
                raise WorkerFailed(f"The worker process {_how_it_ended(code)}{_last_line(complaints)}.")
            return outcome


def _start(folder: str, complaints: int, host: str | None) -> Worker:
    home = str(Path(__file__).resolve().parents[2])
    env = dict(os.environ)
    if "PYTHONPATH" in env:
        env["AUTOGRADER_PYTHONPATH"] = env["PYTHONPATH"]  # for the kernel, which shall not see ours
    env |= {
        "PYTHONPATH": os.pathsep.join(filter(None, [home, env.get("PYTHONPATH")])),
        "TMPDIR": folder,
        reaper.MARK: folder,
    }
    worker: Worker
    if host is not None:
        worker = ForkedWorker(host, env, folder, complaints)
        _running.add(worker)
        return worker
    worker = subprocess.Popen(
        [sys.executable, "-m", "autograder.grading.worker"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=complaints,
        cwd=folder,
        env=env,
        start_new_session=True,  # Ctrl-C is for the coordinator, which lets running work finish
        bufsize=0,
    )
    _running.add(worker)
    return worker


def _exchange(worker: Worker, task: bytes, deadline: float, seconds: float) -> bytes:
    """Write the task and read the outcome at the same time, so that neither can block the other."""
    assert worker.stdin is not None and worker.stdout is not None
    os.set_blocking(worker.stdin.fileno(), False)
    unsent = memoryview(len(task).to_bytes(8, "big") + task)
    received: list[bytes] = []
    size = 0
    with selectors.DefaultSelector() as selector:
        selector.register(worker.stdin, selectors.EVENT_WRITE)
        selector.register(worker.stdout, selectors.EVENT_READ)
        while True:
            if time.monotonic() > deadline:
                raise WorkerFailed(
                    f"The worker process was not done after {seconds:.0f} seconds and was ended"
                )
            for key, _ in selector.select(timeout=0.5):
                if key.fileobj is worker.stdin:
                    try:
                        unsent = unsent[os.write(worker.stdin.fileno(), unsent) :]
                    except BrokenPipeError:
                        unsent = unsent[:0]
                    if not unsent:
                        selector.unregister(
                            worker.stdin
                        )  # it stays open: its end would tell the worker to stop
                else:
                    piece = os.read(worker.stdout.fileno(), 1 << 20)
                    if not piece:
                        return b"".join(received)
                    received.append(piece)
                    size += len(piece)
                    if size > _MOST_BYTES:
                        raise WorkerFailed("The worker process wrote more than any notebook can hold")


def end_worker(worker: Worker, mark: str) -> None:
    """End a worker and all that it started; harmless if it has ended already."""
    clean = worker.poll() == 0
    if not clean:
        if worker.poll() is None:
            reaper.end_descendants(worker.pid)
            worker.kill()
    worker.wait()
    if not clean:
        reaper.end_marked(mark)  # what had lost its parents
    for stream in (worker.stdin, worker.stdout):
        if stream is not None:
            stream.close()
    _running.discard(worker)


def end_all_workers() -> None:
    """End every worker of this process at once."""
    for worker in list(_running):
        try:
            reaper.end_descendants(worker.pid, 1.0)
            worker.kill()
        except OSError:
            continue


def _how_it_ended(code: int) -> str:
    if code >= 0:
        return f"ended with code {code}"
    try:
        return f"was ended by {signal.Signals(-code).name}"
    except ValueError:
        return f"was ended by signal {-code}"


def _last_line(complaints: object) -> str:
    complaints.seek(0, os.SEEK_END)  # type: ignore[attr-defined]
    complaints.seek(max(0, complaints.tell() - 2000))  # type: ignore[attr-defined]
    lines = complaints.read().decode("utf-8", "replace").strip().splitlines()  # type: ignore[attr-defined]
    return f": {lines[-1]}" if lines else ""
