"""Finding the learner's line that is being executed."""

import functools
import linecache
import os
import sys

from autograder.observing.events import Place
from autograder.observing.failure import is_learners_file

_CONVERTING = ("convert_to_numpy",)
_CONVERTING_FILES = (f"{os.sep}constant_op.py", f"{os.sep}traceback_utils.py")


def current_place(skip: int = 1) -> Place | None:
    """The innermost line on the stack that belongs to the learner, or ``None``."""
    frame = sys._getframe(skip)
    while frame is not None:
        if is_learners_file(frame.f_code.co_filename):
            return place_of(frame.f_code.co_filename, frame.f_lineno)
        frame = frame.f_back
    return None


@functools.lru_cache(maxsize=4096)
def place_of(file: str, line: int) -> Place:
    """A line as a place: for a line that AutoGraph generated, the one that the learner wrote."""
    file, line = _origin(file, line)
    return Place(file, line, linecache.getline(file, line).strip())


def _origin(file: str, line: int) -> tuple[str, int]:
    """The line that the learner wrote, for a line that AutoGraph generated from it."""
    if not os.path.basename(file).startswith("__autograph_generated_file"):
        return file, line
    try:
        from tensorflow.python.autograph.impl import api
        from tensorflow.python.autograph.pyct.origin_info import LineLocation

        for made in list(api._TRANSPILER._cache._cache.values()):
            for factory in made.values():
                origin = factory.source_map.get(LineLocation(file, line))
                if origin is not None:
                    return origin.loc.filename, origin.loc.lineno
    except (AttributeError, ImportError):  # not how this TensorFlow keeps it
        pass
    return file, line


def called_by_learner() -> bool:
    """Whether a method of a tensor was called for the learner: not by TensorFlow or Keras for themselves.

    NumPy and other libraries call it when the learner hands them a tensor. So
    do `keras.ops.convert_to_numpy` and `tf.constant`, which are for that.
    """
    frame = sys._getframe(1)
    while frame is not None:
        file = frame.f_code.co_filename
        if is_learners_file(file):
            return True
        own = any(f"{os.sep}{package}{os.sep}" in file for package in ("tensorflow", "keras"))
        if own and frame.f_code.co_name not in _CONVERTING and not file.endswith(_CONVERTING_FILES):
            return False
        frame = frame.f_back
    return False


def set_by_learner() -> bool:
    """Whether the learner's own code set the attribute that is being set."""
    frame = sys._getframe(1)
    while frame is not None:
        if is_learners_file(frame.f_code.co_filename):
            return True
        ours = os.path.dirname(frame.f_code.co_filename) == os.path.dirname(__file__)
        if not ours and "setattr" not in frame.f_code.co_name:
            return False
        frame = frame.f_back
    return False
