"""The worker's end of a checker: starts it, tells it what to run, passes its questions on, ends it."""

import contextlib
import json
import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from autograder.grading.host import ForkedChecker, NoHost
from autograder.grading.kernel import Sink
from autograder.grading.room import Room

#: Seconds that a checker has to come back after an interrupt, and to get ready.
_GRACE, _READY = 3.0, 120.0
#: No line of a checker is longer than this; what it asks and shows is limited besides.
_MOST_BYTES = 100_000_000


class CheckerGone(RuntimeError):
    """The checker has ended, or did not come back in time."""


class StopTest(Exception):
    """The student's kernel cannot answer any more; the test is over."""


@dataclass(frozen=True)
class Answer:
    """What the student's kernel answers, and what its code printed meanwhile."""

    text: str
    printed: dict[str, str]


#: Passes a request on to the student's kernel, which has so many seconds. Raises `StopTest`.
Ask = Callable[[str, float], Answer]


@dataclass(frozen=True)
class Said:
    """How a test ended, besides what it showed."""

    #: What the test needs that cannot be had apart from the student's code.
    not_apart: str | None = None
    #: What the student's kernel sent that no honest one sends.
    bad_answer: str | None = None
    #: The student's kernel could not answer.
    stopped: bool = False
    #: The test itself was still running when its time was over.
    late: bool = False


class Checker:
    """One checker process."""

    def __init__(self, host: str | None, env: dict[str, str], folder: str, room: Room | None = None):
        """Fork it from a host, or start it. Raises `NoHost` if there is to be a room, and there is none."""
        self._process: ForkedChecker | subprocess.Popen[bytes] | None = None
        self._unread = b""
        if host is not None:
            try:
                self._process = ForkedChecker(host, env, folder, room)
                return
            except NoHost:
                if room is not None:
                    raise
        home = str(Path(__file__).resolve().parents[2])
        self._process = subprocess.Popen(
            [sys.executable, "-m", "autograder.apart.checker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=folder,
            env=env | {"PYTHONPATH": os.pathsep.join(filter(None, [home, env.get("PYTHONPATH")]))},
            bufsize=0,
            start_new_session=True,
        )

    def tell(self, message: dict[str, Any], seconds: float = _READY) -> None:
        """Tell it something that needs nothing of the student's. Raises `CheckerGone`."""
        self._talk(message, seconds, None, lambda shown: None)

    def test(self, source: str, count: int, seconds: float, ask: Ask, show: Sink) -> Said:
        """Run a test cell, and show what it shows. Raises `CheckerGone`."""
        return self._talk({"test": source, "count": count}, seconds, ask, show)

    def _talk(self, message: dict[str, Any], seconds: float, ask: Ask | None, show: Sink) -> Said:
        deadline = time.monotonic() + seconds
        late = stopped = False
        self._say(message)
        while True:
            heard = self._hear(deadline)
            if heard is None:
                if late:
                    raise CheckerGone("it did not come back")
                late = True
                self._interrupt()
                deadline = time.monotonic() + _GRACE
            elif "show" in heard:
                kind = heard["show"]
                about = {"msg_type": kind, "header": {"msg_type": kind}, "parent_header": {}}
                show(about | {"content": heard["content"]})
            elif "ask" in heard:
                left = deadline - time.monotonic()
                try:
                    if ask is None or late or left <= 0:
                        late = late or left <= 0
                        raise StopTest
                    answer = ask(heard["ask"], left)
                    self._say({"reply": answer.text, "printed": answer.printed})
                except StopTest:
                    stopped = stopped or not late
                    deadline = max(deadline, time.monotonic() + _GRACE)
                    self._say({"stop": True})
            elif "done" in heard:
                done = heard["done"]
                return Said(done.get("not_apart"), done.get("bad_answer"), stopped, late)

    def _say(self, message: dict[str, Any]) -> None:
        assert self._process is not None and self._process.stdin is not None
        unsent = memoryview(json.dumps(message).encode() + b"\n")
        try:
            while unsent:
                unsent = unsent[self._process.stdin.write(unsent) :]
        except OSError as error:
            raise CheckerGone(str(error)) from None

    def _hear(self, deadline: float) -> dict[str, Any] | None:
        """The next message; ``None`` when there is none in time."""
        assert self._process is not None and self._process.stdout is not None
        pieces = [self._unread]
        size = len(self._unread)
        while b"\n" not in pieces[-1]:
            left = deadline - time.monotonic()
            if left <= 0 or not select.select([self._process.stdout], [], [], left)[0]:
                self._unread = b"".join(pieces)
                return None
            pieces.append(os.read(self._process.stdout.fileno(), 1 << 20))
            size += len(pieces[-1])
            if not pieces[-1] or size > _MOST_BYTES:
                raise CheckerGone("it ended")
        line, _, self._unread = b"".join(pieces).partition(b"\n")
        heard: dict[str, Any] = json.loads(line)
        return heard

    def _interrupt(self) -> None:
        with contextlib.suppress(OSError):
            assert self._process is not None
            os.killpg(self._process.pid, signal.SIGINT)

    def end(self) -> None:
        """End it, whatever state it is in."""
        process, self._process = self._process, None
        if process is None:
            return
        with contextlib.suppress(OSError):
            os.killpg(process.pid, signal.SIGKILL)
        with contextlib.suppress(subprocess.TimeoutExpired, OSError):
            process.wait(5)
        for stream in (process.stdin, process.stdout):
            if stream is not None:
                stream.close()
