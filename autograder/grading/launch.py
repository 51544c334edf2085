"""Running one task in a worker process of its own: bytes in, bytes out, nothing left behind."""

import os
import selectors
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

from autograder.grading import reaper
from autograder.grading.environment import environment
from autograder.grading.host import warm_host
from autograder.grading.result import GradingError
from autograder.grading.scratch import scratch_folder
from autograder.grading.task import Outcome, Task

#: Seconds, on top of the notebook's own limit, for starting kernels and writing results.
GRACE = 300.0
#: No outcome is larger than this; a worker that writes more is not to be believed.
_MOST_BYTES = 500_000_000

#: Runs a task somewhere and returns its outcome: the seam for other ways of doing it.
Launch = Callable[[bytes, float], bytes]

_running: set[subprocess.Popen[bytes]] = set()


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
    preload: tuple[str, ...], *, checks: bool, one_thread: bool
) -> AbstractContextManager[str | None]:
    """A warm host while a block runs, with the environment that kernels get.

    With `checks`, it has loaded what answers this package's own tests as well.
    """
    inside = ("autograder.grading.inside",) if checks else ()
    env = environment(Path(tempfile.gettempdir()), one_thread=one_thread)
    return warm_host((*preload, *inside), env)


class WorkerFailed(RuntimeError):
    """A worker process did not do its work; the text is a sentence."""


def launch_worker(task: bytes, seconds: float) -> bytes:
    """Start a worker process, give it the task, and return the outcome's bytes.

    Raises `WorkerFailed` when it takes more than `seconds`, ends early, or
    writes too much. Whatever it started has ended when this returns.
    """
    with scratch_folder() as place:
        folder = str(place)
        with open(os.path.join(folder, "complaints"), "w+b") as complaints:
            worker = _start(folder, complaints.fileno())
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


def _start(folder: str, complaints: int) -> subprocess.Popen[bytes]:
    home = str(Path(__file__).resolve().parents[2])
    env = dict(os.environ)
    if "PYTHONPATH" in env:
        env["AUTOGRADER_PYTHONPATH"] = env["PYTHONPATH"]  # for the kernel, which shall not see ours
    env |= {
        "PYTHONPATH": os.pathsep.join(filter(None, [home, env.get("PYTHONPATH")])),
        "TMPDIR": folder,
        reaper.MARK: folder,
    }
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


def _exchange(worker: subprocess.Popen[bytes], task: bytes, deadline: float, seconds: float) -> bytes:
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


def end_worker(worker: subprocess.Popen[bytes], mark: str) -> None:
    """End a worker and all that it started; harmless if it has ended already."""
    clean = worker.poll() == 0
    if not clean:
        reaper.end_descendants(worker.pid)
        if worker.poll() is None:
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
