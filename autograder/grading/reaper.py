"""Ending processes: a submission's whole family, wherever its members went."""

import ctypes
import os
import sys
import time

import psutil

#: Set in a worker and in all that it starts, so that orphans can be found.
MARK = "AUTOGRADER_TASK"

_PR_SET_DUMPABLE = 4
_PR_SET_CHILD_SUBREAPER = 36


def adopt_orphans() -> None:
    """Become the parent of orphaned descendants (Linux), so that none escapes by forking twice."""
    _prctl(_PR_SET_CHILD_SUBREAPER, 1)


def close_to_others() -> None:
    """Keep other processes of the same user out of this one's memory and open files (Linux)."""
    _prctl(_PR_SET_DUMPABLE, 0)


def open_to_others() -> None:
    """Undo `close_to_others` in a forked process that is trusted with nothing."""
    _prctl(_PR_SET_DUMPABLE, 1)


def _prctl(option: int, value: int) -> None:
    if sys.platform == "linux":
        try:
            ctypes.CDLL(None, use_errno=True).prctl(option, value, 0, 0, 0)
        except (OSError, AttributeError):
            pass  # another C library: the marked environment still finds the orphans


def end_descendants(pid: int | None = None, seconds: float = 5.0) -> list[int]:
    """Kill every descendant of a process (of this one by default); returns those that would not die."""
    if pid is None and _is_childless():
        return []
    deadline = time.monotonic() + seconds
    while True:
        try:
            family = [p for p in psutil.Process(pid).children(recursive=True) if _lives(p)]
        except psutil.NoSuchProcess:
            return []
        if not family:
            return []
        for stop in (True, False):  # stop them all first, so that none forks while another is killed
            for process in family:
                try:
                    process.suspend() if stop else process.kill()
                except psutil.Error:
                    pass
        psutil.wait_procs(family, timeout=0.2)
        if pid is None:
            _collect()
        if time.monotonic() > deadline:
            return [process.pid for process in family if process.is_running()]


def end_marked(mark: str) -> None:
    """Kill every process whose environment carries this mark."""
    for process in psutil.process_iter():
        try:
            if process.pid != os.getpid() and process.environ().get(MARK) == mark:
                process.kill()
        except psutil.Error:
            continue


def _is_childless() -> bool:
    """Whether this process has no children, those that it adopted included: then it has no descendants."""
    try:
        os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOHANG | os.WNOWAIT)
        return False
    except ChildProcessError:
        return True
    except (OSError, AttributeError):  # not everywhere
        return False


def _lives(process: psutil.Process) -> bool:
    try:
        return process.status() != psutil.STATUS_ZOMBIE
    except psutil.Error:
        return False


def _collect() -> None:
    """Bury dead children, those that were adopted included."""
    try:
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass
    except OSError:
        pass
