"""A log as JSON text, to be kept, sent, and judged somewhere else. Nothing in it is ever executed."""

import json
import math
import types
import typing
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any

from autograder.observing import events as ev


class NotALog(ValueError):
    """A text is not a log, or not one of this version."""


def dumps(log: ev.Log) -> str:
    """The log as JSON. What is not finite is written as "nan", "inf" or "-inf"."""
    return json.dumps(_encode(log), allow_nan=False, separators=(",", ":"))


def loads(text: str) -> ev.Log:
    """Read what `dumps` wrote. Raises `NotALog` with what is wrong if it is anything else."""
    try:
        return _decode(json.loads(text), ev.Log)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise NotALog(f"This is not a log: {error}.") from None


def _encode(value: Any) -> Any:
    if is_dataclass(value):
        content = {field.name: _encode(getattr(value, field.name)) for field in fields(value)}
        return {"is": type(value).__name__, **content}
    if isinstance(value, tuple):
        return [_encode(item) for item in value]
    if isinstance(value, dict):
        return [[_encode(key), _encode(item)] for key, item in value.items()]
    if isinstance(value, float) and not math.isfinite(value):
        return repr(value)
    if value is None or isinstance(value, (bool, int, float, str)):
        return value
    raise TypeError(f"{type(value).__name__} is not plain data")


def _decode(raw: Any, wanted: Any) -> Any:
    """Build a value of the type that the field's annotation says, and nothing else."""
    origin, arguments = typing.get_origin(wanted), typing.get_args(wanted)
    if origin in (types.UnionType, typing.Union):
        return _decode_one_of(raw, arguments)
    if is_dataclass(wanted):
        return _decode_dataclass(raw, wanted)
    if origin is tuple:
        items = _of(list, raw)
        kinds = [arguments[0]] * len(items) if arguments[1:] == (...,) else arguments
        if len(kinds) != len(items):
            raise ValueError(f"expected {len(kinds)} items, found {len(items)}")
        return tuple(_decode(item, kind) for item, kind in zip(items, kinds))
    if origin is dict:
        return {_decode(key, arguments[0]): _decode(item, arguments[1]) for key, item in _of(list, raw)}
    if wanted is float:
        return float(raw if raw in ("nan", "inf", "-inf") or type(raw) is int else _of(float, raw))
    if wanted is type(None):
        return _of(type(None), raw)
    return _of(wanted, raw)


def _decode_one_of(raw: Any, kinds: tuple[Any, ...]) -> Any:
    if isinstance(raw, dict):
        named = {kind.__name__: kind for kind in kinds if is_dataclass(kind)}
        return _decode_dataclass(raw, named[raw["is"]])
    if raw is None and type(None) in kinds:
        return None
    (kind,) = (kind for kind in kinds if kind is not type(None) and not is_dataclass(kind))
    return _decode(raw, kind)


def _decode_dataclass(raw: Any, wanted: Any) -> Any:
    content = dict(_of(dict, raw))
    if content.pop("is") != wanted.__name__:
        raise ValueError(f"expected {wanted.__name__}")
    hints = _hints(wanted)
    return wanted(**{name: _decode(item, hints[name]) for name, item in content.items()})


@cache
def _hints(wanted: type) -> dict[str, Any]:
    return typing.get_type_hints(wanted)


def _of(kind: type, value: Any) -> Any:
    if type(value) is not kind:
        raise TypeError(f"expected {kind.__name__}, found {type(value).__name__}")
    return value
