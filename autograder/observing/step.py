"""Recording a step of a notebook: the same log as of a script."""

import contextlib
import sys
from collections.abc import Callable, Sequence
from typing import Any

from autograder.observing.events import Log
from autograder.observing.recorder import Recorder


def record_step(step: Callable[..., Any], args: Sequence[Any], steps: int, variables: Any = None) -> Log:
    """Run ``step(*args)`` up to `steps` times and record what happens.

    `step` may also train by itself, such as ``lambda: model.fit(x, y)``. A
    `tf.function` is traced afresh, so that its graph can be watched. An
    exception ends the run and is in the log.

    Args:
        variables: more variables to look at (a model, layer, `tf.Module`, list or
            dict) than those that the step uses.
    """
    recorder = Recorder(steps)
    recorder.know(variables)
    step = _untraced(step)
    with recorder.recording():
        try:
            for _ in range(steps):
                before = recorder.begun_steps
                step(*args)
                if recorder.begun_steps != before + 1:  # it doesn't train, or is a whole run of its own
                    break
        except Exception as error:
            recorder.raised(error)
    return recorder.log(_names(step))


def _untraced(step: Any) -> Any:
    """A `tf.function` without its graphs, which were made before anybody listened."""
    tensorflow = sys.modules.get("tensorflow")
    python = getattr(step, "python_function", None)
    if tensorflow is None or python is None:
        return step
    return tensorflow.function(python)


def _names(step: Any) -> dict[str, Any]:
    """What a step's code refers to by name: its globals, and what it closes over."""
    python = getattr(step, "python_function", step)
    owner = getattr(python, "__self__", None)
    python = getattr(python, "__func__", python)
    code = getattr(python, "__code__", None)
    found: dict[str, Any] = {} if owner is None else {"self": owner}
    if code is None:
        return found
    known = getattr(python, "__globals__", {})
    found.update({name: known[name] for name in code.co_names if name in known})
    for name, cell in zip(code.co_freevars, getattr(python, "__closure__", None) or ()):
        with contextlib.suppress(ValueError):  # the name has no value yet
            found[name] = cell.cell_contents
    return found
