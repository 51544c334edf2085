"""An exception as plain data, with its place in the learner's own code."""

import functools
import re
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


#: Colours for a terminal, which Keras puts into its messages.
_COLOURS = re.compile(r"\x1b\[[0-9;]*m")

#: What Keras puts around the message of an exception that passes through a layer or a model.
_AROUND = re.compile(
    r"Exception encountered when calling .+?\.\n\n(?P<message>.+?)(?:\n\nArguments received by .*)?\Z",
    re.DOTALL,
)


def core_message(error: BaseException) -> str:
    """What an exception says, without colours and without the frame that Keras puts around it."""
    message = _COLOURS.sub("", str(error)).strip()
    while framed := _AROUND.match(message):  # one frame around the other, where a layer holds layers
        message = framed["message"].strip()
    return message


def describe_failure(error: BaseException) -> Failure:
    """What was raised, and the deepest line that is neither a library's nor ours."""
    place = None
    for frame in traceback.extract_tb(error.__traceback__):
        if is_learners_file(frame.filename):
            place = frame
    message = core_message(error)[:_LONGEST_MESSAGE]
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
