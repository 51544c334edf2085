"""Batches that are disturbed: ``python -m tests.grading.disturbed`` forks one for each line on its stdin.

The process has imported everything and graded once, so that a batch costs what
it does and not what starting Python costs. A batch can be killed, or find its
disk full, at the n-th thing that it does to files and gradebook, or be killed
after some time; instead of the coordinator, a worker or a warm host can be.
"""

import gc
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import psutil

#: What a batch does to files, as Python's audit hooks call it.
_FILE_EVENTS = ("open", "os.rename", "os.remove", "os.rmdir", "os.mkdir", "os.chmod", "os.symlink")
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT


@dataclass(frozen=True)
class Run:
    """One batch, and how it is disturbed."""

    root: str
    #: Where temporary folders are made.
    tmp: str
    options: dict[str, Any] = field(default_factory=dict)
    #: Cells run in the coordinator; otherwise real workers and a warm host run them.
    inline: bool = True
    #: Kill at this event of the batch, counted from 0.
    kill_at: int | None = None
    #: From this event on nothing can be written.
    full_from: int | None = None
    #: Kill after so many seconds: "coordinator", "worker" or "host".
    kill_after: float | None = None
    victim: str = "coordinator"


@dataclass(frozen=True)
class Ended:
    """How a batch ended."""

    #: The exit code; negative for a signal.
    code: int
    #: The result, if it came to one: as JSON, or as the sentence of a `GradingError`.
    result: dict[str, Any] | None
    sentence: str
    said: list[str]
    #: How many events there were.
    events: int
    seconds: float
    #: Commands of processes that would not end.
    left: list[str]
    #: A process was killed from outside.
    killed: bool


class Batches:
    """The test's end: a process that runs batches, for as long as a block runs."""

    def __enter__(self) -> "Batches":
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.grading.disturbed"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        return self

    def __exit__(self, *error: object) -> None:
        assert self._process.stdin is not None and self._process.stdout is not None
        self._process.stdin.close()
        self._process.stdout.close()
        self._process.wait()

    def run(self, run: Run) -> Ended:
        """Run a batch to its end."""
        assert self._process.stdin is not None and self._process.stdout is not None
        self._process.stdin.write(json.dumps(asdict(run)) + "\n")
        self._process.stdin.flush()
        return Ended(**json.loads(self._process.stdout.readline()))


# -- the process that forks -----------------------------------------------------------------------


def main() -> None:
    """Get warm, then run what is asked for."""
    from autograder.grading import reaper

    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    reaper.adopt_orphans()
    _get_warm()
    gc.collect()
    gc.freeze()  # the batches share what is there now
    for line in sys.stdin:
        answers.write(json.dumps(asdict(_forked(Run(**json.loads(line))))) + "\n")
        answers.flush()


def _get_warm() -> None:
    from tests.grading.conftest import make_class
    from tests.grading.inline import inline_workers

    with warnings.catch_warnings(), tempfile.TemporaryDirectory() as folder, inline_workers():
        warnings.simplefilter("ignore")
        klass = make_class(Path(folder) / "course")
        klass.hand_in("anna")
        klass.grade(warm=False, feedback=True)


def _forked(run: Run) -> Ended:
    with tempfile.TemporaryDirectory() as folder:
        account = Path(folder) / "account.json"
        started = time.monotonic()
        pid = os.fork()
        if pid == 0:
            code = 70
            try:
                code = _batch(run, account)
            finally:
                sys.stderr.flush()
                os._exit(code)
        killed = run.kill_after is not None and _killed(pid, run.victim, run.kill_after)
        _, status = os.waitpid(pid, 0)
        seconds = time.monotonic() - started
        told = json.loads(account.read_text()) if account.exists() else {}
        return Ended(
            os.waitstatus_to_exitcode(status),
            told.get("result"),
            told.get("sentence", ""),
            told.get("said", []),
            told.get("events", 0),
            seconds,
            _still_there(),
            killed,
        )


def _killed(pid: int, victim: str, seconds: float) -> bool:
    """Kill one process of a batch; a worker or a host as soon as there is one after that time."""
    deadline = time.monotonic() + seconds
    coordinator = psutil.Process(pid)
    while coordinator.status() != psutil.STATUS_ZOMBIE:
        found = [pid] if victim == "coordinator" else _helpers(coordinator, victim)
        if time.monotonic() >= deadline and found:
            os.kill(random.Random(seconds).choice(found), signal.SIGKILL)
            return True
        time.sleep(0.005)
    return False


def _helpers(coordinator: psutil.Process, victim: str) -> list[int]:
    """The warm hosts of a coordinator, or the workers: its own children, or those of the host of workers."""
    found = []
    for child in coordinator.children():
        try:
            words = " ".join(child.cmdline())
            if "autograder.grading.host" in words and victim == "host":
                found.append(child.pid)
            elif victim == "worker" and "autograder.grading.warm_worker" in words:
                found += [process.pid for process in child.children(recursive=True)]
            elif victim == "worker" and "autograder.grading.worker" in words:
                found.append(child.pid)
        except psutil.Error:
            continue
    return sorted(found)


def _still_there(seconds: float = 15.0) -> list[str]:
    """What a batch has left running, after giving it some time; dead processes are buried."""
    deadline = time.monotonic() + seconds
    while True:
        try:
            while os.waitpid(-1, os.WNOHANG)[0]:
                pass
        except ChildProcessError:
            return []
        if time.monotonic() > deadline:
            return [" ".join(p.cmdline()) for p in psutil.Process().children(recursive=True)]
        time.sleep(0.01)


# -- the batch ------------------------------------------------------------------------------------


def _batch(run: Run, account: Path) -> int:
    from autograder.grading.batch import Options, Silent, grade
    from autograder.grading.course import Course
    from autograder.grading.result import GradingError
    from tests.grading.inline import inline_workers

    warnings.simplefilter("ignore")
    os.environ["TMPDIR"] = tempfile.tempdir = run.tmp
    options = Options(**({"jobs": 1 if run.inline else 2, "warm": not run.inline} | run.options))
    watcher, told = Silent(), {}
    count = _disturb(run)
    code = 0
    try:
        if run.inline:
            with inline_workers():
                result = grade(Course.open(run.root), "ps1", options, watcher)
        else:
            result = grade(Course.open(run.root), "ps1", options, watcher)
        told["result"] = result.to_json()
        code = 1 if result.needs_attention else 0
    except GradingError as error:
        told["sentence"], code = str(error), error.exit_code
    events = count()
    account.write_text(json.dumps(told | {"said": watcher.said, "events": events}))
    return code


def _disturb(run: Run) -> Callable[[], int]:
    """Count what the batch does, and disturb it where it shall be; returns what ends the counting."""
    import sqlite3

    import sqlalchemy

    count = 0
    over = False

    def happened(error: Exception | None) -> None:
        nonlocal count
        if over:
            return
        count += 1
        if run.kill_at == count - 1:
            os.kill(os.getpid(), signal.SIGKILL)
        if run.full_from is not None and count > run.full_from and error is not None:
            raise error

    def on_audit(event: str, arguments: tuple[Any, ...]) -> None:
        if over or event not in _FILE_EVENTS or (event == "open" and not arguments[2] & _WRITING):
            return
        place = os.fspath(arguments[0]) if isinstance(arguments[0], str | os.PathLike) else ""
        if place.startswith((run.root, run.tmp)):
            needs_room = event in ("open", "os.mkdir", "os.symlink")
            happened(OSError(28, "No space left on device", place) if needs_room else None)

    def on_sql(*_: object) -> None:
        full = sqlite3.OperationalError("database or disk is full")
        happened(sqlalchemy.exc.OperationalError("", {}, full))

    def end() -> int:
        nonlocal over
        over = True
        return count

    sys.addaudithook(on_audit)
    sqlalchemy.event.listen(sqlalchemy.Engine, "commit", on_sql)
    sqlalchemy.event.listen(sqlalchemy.Engine, "before_cursor_execute", _writing_only(on_sql))
    return end


def _writing_only(happened: Callable[[], None]) -> Callable[..., None]:
    def before(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if statement.split(None, 1)[0].upper() not in ("SELECT", "PRAGMA"):
            happened()

    return before


if __name__ == "__main__":
    main()
