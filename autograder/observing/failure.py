"""An exception as plain data, with its place in the learner's own code."""

import functools
import sysconfig
import traceback
from pathlib import Path

from autograder.observing.observation import Failure

_LONGEST_MESSAGE = 2_000
_PACKAGES = (
    sysconfig.get_paths()["stdlib"],
    sysconfig.get_paths()["purelib"],
    sysconfig.get_paths()["platlib"],
)
_OURS = str(Path(__file__).resolve().parents[1])


def describe_failure(error: BaseException) -> Failure:
    """What was raised, and the deepest line that is neither a library's nor ours."""
    place = None
    for frame in traceback.extract_tb(error.__traceback__):
        if is_learners_file(frame.filename):
            place = frame
    message = str(error)[:_LONGEST_MESSAGE]
    if isinstance(error, SyntaxError) and place is None:
        return Failure(type(error).__name__, message, error.filename, error.lineno, error.text)
    if place is None:
        return Failure(type(error).__name__, message)
    return Failure(type(error).__name__, message, place.filename, place.lineno, place.line)


@functools.lru_cache(maxsize=4096)
def is_learners_file(filename: str) -> bool:
    """Whether a file name of a frame is neither the standard library's, a package's nor ours."""
    if filename.startswith("<frozen"):
        return False
    return not filename.startswith((*_PACKAGES, _OURS))
