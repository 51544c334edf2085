"""Temporary folders that a kill leaves behind only until the next one is made."""

import os
import shutil
import stat
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from autograder.grading.result import GradingError

try:
    import fcntl
except ImportError:  # Windows has no such lock, so nothing is swept there
    fcntl = None  # type: ignore[assignment]

_PREFIX = "autograder-scratch-"


@contextmanager
def scratch_folder() -> Iterator[Path]:
    """A private temporary folder while the block runs.

    The folder is locked, and the lock ends with its holder. So whoever comes
    next can tell the folders of processes that were killed, and removes them.
    Raises `GradingError` where no folder can be made.
    """
    _sweep()
    folder, lock = _make()
    try:
        yield folder
    finally:
        remove_tree(folder)
        if lock is not None:
            os.close(lock)


def _make() -> tuple[Path, int | None]:
    while True:
        try:
            folder = Path(tempfile.mkdtemp(prefix=_PREFIX))
        except OSError as error:
            raise GradingError(
                f"No temporary folder can be made in {tempfile.gettempdir()}: {error.strerror}. "
                "Make room there, or name another place in the variable TMPDIR."
            ) from error
        if fcntl is None:
            return folder, None
        lock = _locked(folder, wait=True)
        if lock is not None or folder.exists():  # not every file system has locks
            return folder, lock
        # Between the two somebody has swept it away, so there is another try.


def _sweep() -> None:
    """Remove the folders that nobody holds any more."""
    for folder in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        if fcntl is not None and (lock := _locked(folder, wait=False)) is not None:
            remove_tree(folder)
            os.close(lock)


def _locked(folder: Path, *, wait: bool) -> int | None:
    """A lock on a folder of ours; ``None`` if it is gone, another's, or held."""
    try:
        lock = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    except OSError:
        return None
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        if os.fstat(lock).st_uid == os.geteuid() and folder.exists():
            return lock
    except OSError:
        pass
    os.close(lock)
    return None


def remove_tree(folder: str | os.PathLike[str]) -> None:
    """Remove a folder, whatever rights a student's code has taken from it."""

    def make_writable(_function: Callable[..., object], path: str, _error: object) -> None:
        for place in (os.path.dirname(path), path):
            try:
                if not os.path.islink(place):
                    os.chmod(place, stat.S_IRWXU)
            except OSError:
                pass

    for _ in range(2):  # the second time, what stood in the way is writable
        shutil.rmtree(folder, onerror=make_writable)
