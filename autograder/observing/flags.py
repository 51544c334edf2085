"""What is true of an operation's result: NaN, all zero, on a bound, saturated."""

from typing import Any

import numpy as np

from autograder.observing.tensors import CLIPS

LARGEST_INSPECTED = 2_000_000
_SATURATING = ("Sigmoid", "Tanh", "Softmax")


def flags_of(name: str, inputs: Any, outputs: Any) -> tuple[str, ...]:
    """What is true of an operation's first result; see `events.Operation.flags`."""
    for output in outputs:
        dtype = getattr(output, "dtype", None)
        if dtype is None or not dtype.is_floating or output.shape.num_elements() is None:
            continue
        size = output.shape.num_elements()
        if size == 0:
            return ("empty",)
        if size > LARGEST_INSPECTED:
            return ()
        value = np.asarray(output, dtype=np.float32)
        if not np.isfinite(value).all():
            return ("nan", "nan input") if _nan_among(inputs) else ("nan",)
        found = []
        if not value.any():
            found.append("zero")
        if name in CLIPS and _bounded(name, value, inputs):
            found.append("bounded")
        if name in _SATURATING and np.isin(value, (-1.0, 0.0, 1.0)).all():
            found.append("saturated")
        return tuple(found)
    return ()


def _bounded(name: str, value: np.ndarray, inputs: Any) -> bool:
    if name == "Relu6":
        return bool(np.isin(value, (0.0, 6.0)).all())
    bounds = [np.asarray(bound, dtype=np.float32) for bound in inputs[1:]]
    first = np.asarray(inputs[0], dtype=np.float32)
    return any(bool(np.all(value == bound)) and not np.all(value == first) for bound in bounds)


def _nan_among(inputs: Any) -> bool:
    for tensor in inputs:
        dtype = getattr(tensor, "dtype", None)
        if dtype is not None and dtype.is_floating:
            if not np.isfinite(np.asarray(tensor, dtype=np.float32)).all():
                return True
    return False
