"""What crosses between a student's kernel and the checker that runs tests: values as JSON, never a pickle.

Plain values cross by what they are: numbers, text, containers, arrays of NumPy,
tensors of TensorFlow. Everything else stays where it is, and a *handle* to it
crosses. Whoever reads decides how large and how deep a value may be.
"""

import base64
import json
import math
import re
import sys
from collections import Counter, OrderedDict, defaultdict, deque, namedtuple
from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from functools import cache
from typing import Any

MAX_BYTES = 4_000_000
MAX_ITEMS = 200_000
MAX_DEPTH = 20

#: Integers beyond this cross in hexadecimal, which Python reads at any length.
_LARGE = 1 << 63
_DTYPE = re.compile(r"[<>|=]?[biufcSUMm]\d+(\[\d*\w+\])?")


class NotPlain(ValueError):
    """A value cannot cross by what it is: no plain value, or too large, or too deep."""


class Decisive(BaseException):
    """Ends a test without a verdict. It is remembered, even where a test catches everything."""

    first: str | None = None

    def __init__(self, text: str):
        super().__init__(text)
        kind = type(self)
        kind.first = kind.first or text


class NotApart(Decisive):
    """The test needs something that cannot be had through the line; the text completes “The test …”."""


#: Turns what is not plain into plain JSON, or raises `NotPlain`; and back.
Hand = Callable[[Any], list[Any]]
Take = Callable[[list[Any]], Any]

_ITEMS: dict[str, type] = {"l": list, "t": tuple, "s": set, "fs": frozenset, "q": deque}
_PAIRS: dict[str, Any] = {"d": dict, "od": OrderedDict, "k": Counter, "dd": lambda p: defaultdict(None, p)}
_TAGS: dict[type, str] = {kind: tag for tag, kind in (_ITEMS | _PAIRS).items() if isinstance(kind, type)}
_TAGS[defaultdict] = "dd"

#: Kind → tag, how it is written, how it is read.
_FORMS: dict[type, tuple[str, Callable[[Any], Any], Callable[[Any], Any]]] = {
    complex: ("c", lambda v: [repr(v.real), repr(v.imag)], lambda p: complex(float(p[0]), float(p[1]))),
    bytes: ("b", lambda v: base64.b64encode(v).decode(), lambda p: base64.b64decode(p, validate=True)),
    bytearray: ("ba", lambda v: base64.b64encode(v).decode(), lambda p: bytearray(base64.b64decode(p))),
    range: ("r", lambda v: [hex(v.start), hex(v.stop), hex(v.step)], lambda p: range(*_integers(p))),
    Fraction: ("fr", lambda v: [hex(v.numerator), hex(v.denominator)], lambda p: Fraction(*_integers(p))),
    Decimal: ("dc", str, Decimal),
    date: ("da", date.isoformat, date.fromisoformat),
    datetime: ("dt", datetime.isoformat, datetime.fromisoformat),
    timedelta: ("td", lambda v: [v.days, v.seconds, v.microseconds], lambda p: timedelta(*p)),
}  # fmt: skip
#: All kinds that cross by what they are, besides numbers and text.
KINDS = (*_TAGS, *_FORMS)
_READ = {tag: read for tag, _, read in _FORMS.values()}
#: Subclasses of these cross as their base value: whatever they override stays behind.
_BASES: dict[str, tuple[type, Callable[[Any], Any]]] = {
    "int": (int, int.__int__),
    "float": (float, float.__float__),
    "str": (str, str.__str__),
    "bytes": (bytes, lambda v: bytes.__getitem__(v, slice(None))),
}


def dumps(value: Any, hand: Hand) -> str:
    """Write a value as JSON text. Raises `NotPlain` where neither this module nor `hand` can write it."""
    text = json.dumps(encode(value, hand), allow_nan=False)
    if len(text) > MAX_BYTES:
        raise NotPlain(f"it is larger than {MAX_BYTES:,} bytes")
    return text


def loads(text: str, take: Take) -> Any:
    """Read what `dumps` wrote; nothing in it is ever executed. Raises `NotPlain` for anything else."""
    return decode(parse(text), take)


def parse(text: str) -> Any:
    """The JSON of a text of bounded size. Raises `NotPlain`."""
    if len(text) > MAX_BYTES + 1000:
        raise NotPlain(f"it is larger than {MAX_BYTES:,} bytes")
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise NotPlain(f"it is no JSON: {error}") from None


def encode(value: Any, hand: Hand) -> Any:
    """A value as JSON. Raises `NotPlain`."""
    return _Writer(hand).write(value, MAX_DEPTH)


def decode(raw: Any, take: Take) -> Any:
    """The value that `encode` wrote. Raises `NotPlain` for anything else."""
    try:
        return _Reader(take).read(raw, MAX_DEPTH)
    except NotPlain:
        raise
    except Exception as error:  # whatever is wrong with it
        raise NotPlain(f"it cannot be read: {error!r}"[:300]) from None


class _Writer:
    def __init__(self, hand: Hand):
        self._hand = hand
        self._items = MAX_ITEMS
        self._bytes = MAX_BYTES

    def write(self, value: Any, depth: int) -> Any:
        kind = type(value)
        if value is None or kind is bool:
            return value
        if kind is int:
            return value if -_LARGE < value < _LARGE else ["i", self._sized(hex(value))]
        if kind is float:
            return value if math.isfinite(value) else ["f", repr(value)]
        if kind is str:
            return self._sized(value)
        if kind in _TAGS:
            return self._container(_TAGS[kind], value, depth)
        if kind in _FORMS:
            if kind in (bytes, bytearray):
                self._sized(value)
            tag, write, _ = _FORMS[kind]
            return [tag, write(value)]
        return self._other(value, kind, depth)

    def _sized(self, text: Any) -> Any:
        self._bytes -= len(text)
        if self._bytes < 0:
            raise NotPlain(f"it is larger than {MAX_BYTES:,} bytes")
        return text

    def _container(self, tag: str, value: Any, depth: int) -> list[Any]:
        self._items -= len(value)
        if self._items < 0:
            raise NotPlain(f"it has more than {MAX_ITEMS:,} items")
        if depth == 0:
            raise NotPlain(f"it is more than {MAX_DEPTH} levels deep")
        if tag in _PAIRS:
            return [tag, [[self.write(k, depth - 1), self.write(v, depth - 1)] for k, v in value.items()]]
        return [tag, [self.write(item, depth - 1) for item in value]]

    def _other(self, value: Any, kind: type, depth: int) -> Any:
        numpy, tensorflow = sys.modules.get("numpy"), sys.modules.get("tensorflow")
        if numpy is not None and (kind is numpy.ndarray or issubclass(kind, numpy.generic)):
            if kind is numpy.ndarray or kind.__module__ == "numpy":
                array = numpy.ascontiguousarray(value)
                if _DTYPE.fullmatch(array.dtype.str):
                    self._sized(range(array.nbytes))
                    data = base64.b64encode(array.tobytes()).decode()
                    shape = list(value.shape)
                    return ["a" if kind is numpy.ndarray else "n", array.dtype.str, shape, data]
        elif tensorflow is not None and _is_tensor(tensorflow, kind):
            return ["tf", self.write(value.numpy(), depth)]
        elif _is_named_tuple(kind):
            return ["nt", kind.__name__, list(kind._fields), [self.write(v, depth - 1) for v in value]]
        elif not hasattr(kind, "__members__"):  # an enumeration is known by identity
            for name, (base, bare) in _BASES.items():
                if issubclass(kind, base):
                    return ["sub", name, kind.__name__[:100], self.write(bare(value), depth)]
        return self._hand(value)


class _Reader:
    def __init__(self, take: Take):
        self._take = take
        self._items = MAX_ITEMS

    def read(self, raw: Any, depth: int) -> Any:
        if raw is None or isinstance(raw, (bool, int, float, str)):
            return raw
        if not isinstance(raw, list) or not raw or not isinstance(raw[0], str):
            raise NotPlain("it has no such form")
        tag, payload = raw[0], raw[1:]
        if tag in _ITEMS or tag in _PAIRS:
            return self._container(tag, payload[0], depth)
        if tag == "i":
            return int(payload[0], 16)
        if tag == "f":
            return float(payload[0])
        if tag in _READ:
            return _READ[tag](payload[0])
        if tag in ("a", "n"):
            return _array(*payload)[() if tag == "n" else ...]
        if tag == "tf":
            if "tensorflow" not in sys.modules:
                raise NotApart("gets a tensor, but nothing in the instructor's notebook imports TensorFlow")
            return sys.modules["tensorflow"].constant(self.read(payload[0], depth))
        if tag == "nt":
            return _named_tuple(payload[0], tuple(payload[1]))(*(self.read(v, depth - 1) for v in payload[2]))
        if tag == "sub":
            base = _BASES[payload[0]][0]
            value = self.read(payload[2], depth)
            if type(value) is not base:
                raise NotPlain("it has no such form")
            return _bare(base, payload[1])(value)
        return self._take(raw)

    def _container(self, tag: str, content: list[Any], depth: int) -> Any:
        self._items -= len(content)
        if self._items < 0 or depth == 0:
            raise NotPlain("it has too many items or levels")
        if tag in _PAIRS:
            return _PAIRS[tag]({self.read(k, depth - 1): self.read(v, depth - 1) for k, v in content})
        return _ITEMS[tag]([self.read(item, depth - 1) for item in content])


def _integers(texts: list[str]) -> list[int]:
    return [int(text, 16) for text in texts]


def _array(dtype: str, shape: list[int], data: str) -> Any:
    import numpy

    if not _DTYPE.fullmatch(dtype) or not all(type(n) is int and 0 <= n < 1 << 40 for n in shape):
        raise NotPlain("an array has a type or a shape that is not allowed")
    content = base64.b64decode(data, validate=True)
    return numpy.frombuffer(content, dtype=numpy.dtype(dtype)).reshape(shape).copy()


def _is_tensor(tensorflow: Any, kind: type) -> bool:
    return kind.__name__ == "EagerTensor" and issubclass(kind, tensorflow.Tensor)


def _is_named_tuple(kind: type) -> bool:
    return kind.__mro__[1:] == (tuple, object) and isinstance(getattr(kind, "_fields", None), tuple)


@cache
def _named_tuple(name: str, fields: tuple[str, ...]) -> Any:
    return namedtuple(name, fields)


@cache
def _bare(base: type, name: str) -> type:
    """The class of a value whose own class stayed behind; what only that one has cannot be had."""

    def missing(self: Any, attribute: str) -> Any:
        if attribute.startswith("_"):
            raise AttributeError(attribute)
        raise NotApart(f"uses ‘{attribute}’ of a value of the student's own kind of {base.__name__}")

    return type(name, (base,), {"__getattr__": missing})
