"""What crosses by what it is, what loses its overrides, and what is refused."""

import json
import math
from collections import Counter, OrderedDict, defaultdict, deque, namedtuple
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import IntEnum
from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from autograder.apart import wire
from autograder.apart.wire import NotApart, NotPlain

Point = namedtuple("Point", "x y")


def _refuse(value: Any) -> list[Any]:
    raise NotPlain(f"no plain value: {type(value).__name__}")


def _there_and_back(value: Any) -> Any:
    return wire.loads(wire.dumps(value, _refuse), _refuse)


@pytest.mark.parametrize(
    "value",
    [
        None, True, 0, -5, 2**63, -(7**900), 1.5, -0.0, math.inf, "text ü \ud800", b"\x00\xff",
        bytearray(b"ab"),
        2 + 3j, [1, [2.0, "x"]], (1, (2,)), {1: "a", (2, 3): [None]}, {1, 2}, frozenset({1}), range(3, 90,
        7),
        Fraction(-3, 7), Decimal("1.10"), date(2026, 1, 2), datetime(2026, 1, 2, 3, 4, 5, 6), timedelta(1,
        2, 3),
        Counter("hello"), OrderedDict(b=1, a=2), deque([1, 2]), defaultdict(None, {"a": 1}), Point(1, [2]),
    ],
    ids=lambda value: type(value).__name__,
)  # fmt: skip
def test_plain_values_cross_as_what_they_are(value: Any) -> None:
    back = _there_and_back(value)
    assert back == value and repr(back) == repr(value)  # so that 1 is not True, nor 0.0 -0.0
    assert type(back) is type(value) or type(value) is Point


def test_integers_of_any_length_cross() -> None:
    assert _there_and_back(-(7**9000)) == -(7**9000)


def test_not_a_number_crosses() -> None:
    assert math.isnan(_there_and_back(math.nan))


@pytest.mark.parametrize(
    "array",
    [np.arange(6).reshape(2, 3), np.array(2.5), np.zeros((0, 3), bool), np.array(["a", "bcd"]), np.ones(2,
    "c8")],
)  # fmt: skip
def test_arrays_keep_type_and_shape(array: Any) -> None:
    back = _there_and_back(array)
    assert back.dtype == array.dtype and back.shape == array.shape and np.array_equal(back, array)
    back[...] = back  # it can be written to


def test_numbers_of_numpy_stay_what_they_are() -> None:
    back = _there_and_back(np.float32(0.1))
    assert type(back) is np.float32 and back == np.float32(0.1)


def test_a_subclass_loses_what_it_overrides() -> None:
    class Sly(int):
        def __eq__(self, other: object) -> bool:
            return True

        def __int__(self) -> int:
            return 4

        __hash__ = None  # type: ignore[assignment]

    class Text(str):
        def __str__(self) -> str:
            return "expected"

    back = _there_and_back(Sly(7))
    assert back == 7 and back != 4 and isinstance(back, int) and int(back) == 7
    assert _there_and_back(Text("x")) == "x"
    with pytest.raises(NotApart, match="‘bonus’"):
        _ = back.bonus


def test_a_class_that_lies_about_itself_is_no_plain_value() -> None:
    class Liar:
        __class__ = int  # type: ignore[assignment]

    class Kind(IntEnum):
        A = 1

    class Array(np.ndarray):
        def __eq__(self, other: object) -> bool:  # type: ignore[override]
            return True

    for value in (Liar(), Kind.A, np.zeros(2).view(Array), np.array([object()]), object(), print, [Liar()]):
        with pytest.raises(NotPlain):
            wire.dumps(value, _refuse)


def test_what_is_too_large_or_too_deep_does_not_cross() -> None:
    deep: list[Any] = []
    for _ in range(100):
        deep = [deep]
    endless: list[Any] = []
    endless.append(endless)
    huge = (np.zeros(10**6), "x" * 5_000_000, b"x" * 5_000_000, 1 << 10**8, list(range(10**6)))
    for value in (deep, endless, *huge):
        with pytest.raises(NotPlain):
            wire.dumps(value, _refuse)


@pytest.mark.parametrize(
    "raw",
    [
        ["l"], ["l", 5], ["no such tag", 1], [], [1], {"a": 1}, ["i", "zz"], ["f", "x"], ["b", "%%%"],
        ["r", [1]],
        ["d", [[1]]], ["s", [["l", []]]], ["fr", ["0x1", "0x0"]], ["a", "|O8", [1], ""],
        ["a", "<f8", [2], "AAAA"],
        ["a", "<f8", [-1], ""], ["a", "<f8", "x", ""],
        ["nt", "1x", ["a"], [1]], ["nt", "P", ["a", "a"], [1, 2]],
        ["sub", "int", "X", "text"], ["sub", "object", "X", 1], ["h", 1], ["x", 1, 2],
    ],
    ids=repr,
)  # fmt: skip
def test_forged_values_are_refused(raw: Any) -> None:
    with pytest.raises(NotPlain):
        wire.loads(json.dumps(raw), _refuse)


def test_forged_texts_are_refused() -> None:
    for text in ("", "{", "[" * 100_000, '"' + "x" * 5_000_000 + '"', json.dumps(["l", [0] * 300_000])):
        with pytest.raises(NotPlain):
            wire.loads(text, _refuse)
