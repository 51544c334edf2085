"""Running somebody's training script under the recorder."""

import ast
import contextlib
import os
import signal
import sys
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

from autograder.observing.events import Log
from autograder.observing.recorder import Recorder


class OutOfTime(BaseException):
    """Ends a script whose time is up. Not an `Exception`, so that the script does not catch it."""


def record_script(
    script: Path,
    arguments: Sequence[str] = (),
    steps: int = 30,
    seconds: float = 60,
    recorder: Recorder | None = None,
) -> Log:
    """Run a script as `__main__`, in its own folder, and return what was recorded.

    The script is ended after `steps` training steps or `seconds` seconds of
    wall time. What it raises is part of the log, also `SystemExit` with a
    message or a code other than 0.

    Raises:
        OSError: the script cannot be read.
    """
    script = script.resolve(strict=True)
    source = script.read_bytes()
    recorder = recorder or Recorder(steps)
    recorder.expect(str(script), _lines_that_freeze_or_thaw(source))
    module = ModuleType("__main__")
    module.__file__ = str(script)
    with _as_started(script, arguments, module), recorder.recording():
        try:
            with _time_limit(seconds):
                exec(compile(source, str(script), "exec"), module.__dict__)  # what the command is for
        except OutOfTime:
            recorder.timed_out()
        except SystemExit as ended:
            if ended.code not in (None, 0):
                recorder.raised(ended)
        except Exception as error:
            recorder.raised(error)
    return recorder.log(module.__dict__)


def _lines_that_freeze_or_thaw(source: bytes) -> list[int]:
    """Lines that set `trainable` of something. Says how long to watch, never what is wrong."""
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError):
        return []  # running it will say so
    stores = (n for n in ast.walk(tree) if isinstance(n, ast.Attribute) and isinstance(n.ctx, ast.Store))
    return [node.lineno for node in stores if node.attr == "trainable"]


@contextlib.contextmanager
def _as_started(script: Path, arguments: Sequence[str], module: ModuleType) -> Iterator[None]:
    """Arguments, folder, import path and `__main__` as if Python had been started with the script."""
    before = sys.argv, os.getcwd(), sys.path[:], sys.modules["__main__"]
    sys.argv = [str(script), *arguments]
    sys.modules["__main__"] = module
    os.chdir(script.parent)
    sys.path.insert(0, str(script.parent))
    try:
        yield
    finally:
        sys.argv, folder, sys.path[:], sys.modules["__main__"] = before
        os.chdir(folder)


@contextlib.contextmanager
def _time_limit(seconds: float) -> Iterator[None]:
    """Raise `OutOfTime` in the main thread when the time is up (where signals exist)."""
    if threading.current_thread() is not threading.main_thread() or not hasattr(signal, "setitimer"):
        yield
        return

    def ring(*_: Any) -> None:
        raise OutOfTime

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
