"""Plain data: what may cross between the process that runs a learner's code and the one that judges it.

Plain data is ``None``, booleans, numbers, strings, lists, dicts with string
keys, and NumPy arrays of numbers. It travels as JSON text, never as a pickle,
and whoever reads it decides how large and how deep it may be.
"""

import base64
import binascii
import json
import math
from typing import Any

import numpy as np

MAX_BYTES = 4_000_000
MAX_DEPTH = 12
MAX_ITEMS = 10_000

_ARRAY_KINDS = "biuf"  # bool, signed, unsigned, float


class NotPlain(ValueError):
    """A value is not plain data, or it is larger or deeper than the reader allows."""


def dumps(value: Any) -> str:
    """Write plain data as JSON text.

    Tuples become lists, NumPy scalars become numbers. Raises `NotPlain` for
    anything else, such as an object or an array of strings.
    """
    return json.dumps(_encode(value, MAX_DEPTH), allow_nan=False)


def loads(text: str) -> Any:
    """Read what `dumps` wrote.

    Raises `NotPlain` when the text is no such JSON, or goes over `MAX_BYTES`,
    `MAX_DEPTH` or `MAX_ITEMS`. Nothing in the text is ever executed.
    """
    if len(text) > MAX_BYTES:
        raise NotPlain(f"the data has {len(text):,} characters; {MAX_BYTES:,} are allowed")
    try:
        raw = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise NotPlain(f"the data is not JSON: {error}") from None
    return _decode(raw, MAX_DEPTH)


def _encode(value: Any, depth: int) -> Any:
    if depth == 0:
        raise NotPlain(f"the data is nested more than {MAX_DEPTH} levels deep")
    if isinstance(value, np.ndarray):
        if value.dtype.kind not in _ARRAY_KINDS:
            raise NotPlain(f"an array of {value.dtype} is not an array of numbers")
        data = np.ascontiguousarray(value)
        return {
            "array": base64.b64encode(data.tobytes()).decode("ascii"),
            "dtype": data.dtype.str,
            "shape": list(value.shape),
        }
    if isinstance(value, np.generic):
        value = value.item()
    if value is None or isinstance(value, (bool, int, str)):
        return value
    if isinstance(value, float):
        return value if math.isfinite(value) else {"float": repr(value)}
    if isinstance(value, (list, tuple)):
        return [_encode(item, depth - 1) for item in value]
    if isinstance(value, dict):
        if not all(isinstance(key, str) for key in value):
            raise NotPlain("the keys of a dict must be strings")
        return {"dict": {key: _encode(item, depth - 1) for key, item in value.items()}}
    raise NotPlain(f"a value of type {type(value).__name__} is not plain data")


def _decode(raw: Any, depth: int) -> Any:
    if depth == 0:
        raise NotPlain(f"the data is nested more than {MAX_DEPTH} levels deep")
    if raw is None or isinstance(raw, (bool, int, float, str)):
        return raw
    if isinstance(raw, list):
        if len(raw) > MAX_ITEMS:
            raise NotPlain(f"a list has {len(raw):,} items; {MAX_ITEMS:,} are allowed")
        return [_decode(item, depth - 1) for item in raw]
    if raw.keys() == {"dict"} and isinstance(raw["dict"], dict):
        if len(raw["dict"]) > MAX_ITEMS:
            raise NotPlain(f"a dict has {len(raw['dict']):,} items; {MAX_ITEMS:,} are allowed")
        return {key: _decode(item, depth - 1) for key, item in raw["dict"].items()}
    if raw.keys() == {"float"} and raw["float"] in ("nan", "inf", "-inf"):
        return float(raw["float"])
    if raw.keys() == {"array", "dtype", "shape"}:
        return _decode_array(raw)
    raise NotPlain(f"unexpected keys {sorted(raw)}")


def _decode_array(raw: dict[str, Any]) -> np.ndarray:
    try:
        dtype = np.dtype(raw["dtype"])
        if dtype.kind not in _ARRAY_KINDS or not all(type(n) is int and n >= 0 for n in raw["shape"]):
            raise NotPlain("an array has a type or a shape that is not allowed")
        data = base64.b64decode(raw["array"], validate=True)
        return np.frombuffer(data, dtype=dtype).reshape(raw["shape"]).copy()
    except (TypeError, ValueError, AttributeError, binascii.Error) as error:
        raise NotPlain(f"an array cannot be read: {error}") from None
