"""Handles to a student's objects; here both sides of the line are in one process."""

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest
from IPython.core.interactiveshell import InteractiveShell

from autograder.apart import student, wire
from autograder.apart.handles import BadAnswer, Handle, Remote
from autograder.apart.wire import NotApart

STUDENT = """
class Point:
    unit = "m"
    def __init__(self, x): self.x = x
    def __add__(self, other): return Point(self.x + other.x)
    def __abs__(self): return abs(self.x)
    def __str__(self): return f"at {self.x}"
    def __len__(self): return self.x
class Same:
    def __init__(self, seen): self.seen = seen
    def __eq__(self, other): self.seen.append(other); return True
    def __lt__(self, other): self.seen.append(other); return True
    def __sub__(self, other): self.seen.append(other); return 0
    def __contains__(self, other): self.seen.append(other); return True
    def __getattr__(self, name): return lambda *a: True
    __gt__ = __lt__; __rsub__ = __sub__; __hash__ = None
seen = []
class Own(KeyError): pass
class Deeper(Own): pass
def double(x): return 2 * x
def fails(kind=ValueError): raise kind("no", 3)
def deeper(): raise Deeper("k")
def odd(): raise type("Odd", (BaseException,), {})("odd")
def sort(values): values.sort()
def fill(array): array[:] = 7
def grow(pair): pair[1].append(1)
def make(x): return lambda: x
def count():
    n = 0
    while True:
        yield n
        n += 1
def nothing(): return None
class Stack(list): pass
def stack(): return Stack([1])
def big(): return "x" * 5_000_000
class Within:
    def __enter__(self): return 5
    def __exit__(self, *a): pass
"""


@pytest.fixture
def there(shell: InteractiveShell) -> Iterator[Callable[[str], Any]]:
    """Gives what the student's notebook calls so, through the line."""
    shell.run_cell(STUDENT)
    remote = Remote(lambda text: repr(student.reply(text)))
    NotApart.first = BadAnswer.first = None
    yield remote.name


Names = Callable[[str], Any]


def test_plain_values_go_in_and_come_out(there: Names) -> None:
    assert there("double")(2) == 4 and there("double")("ab") == "abab"
    assert np.array_equal(there("double")(np.arange(3)), [0, 2, 4])
    assert there("nothing")() is None
    with pytest.raises(LookupError):
        there("no_such_name")


def test_an_object_has_attributes_and_does_what_the_students_class_says(there: Names) -> None:
    point = there("Point")(3)
    assert point.x == 3 and point.unit == "m" and hasattr(point, "x") and not hasattr(point, "y")
    point.x = 5
    assert point.x == 5 and str(point) == "at 5" and f"{point:>6}" == "  at 5" and len(point) == 5
    assert (point + there("Point")(2)).x == 7 and abs(point) == 5
    assert point and not there("Point")(0)
    assert (
        isinstance(point, there("Point")) and not isinstance(point, int) and not isinstance(4, there("Point"))
    )
    assert point == point and point != there("Point")(5) and point != 5
    assert callable(there("double")) and not callable(point)


def test_an_object_is_the_same_wherever_it_comes_from(there: Names) -> None:
    assert there("seen") == [] and there("Point") is there("Point")
    assert there("double").__name__ == "double"


def test_nothing_that_is_compared_with_reaches_the_students_code(there: Names) -> None:
    same = there("Same")(there("seen"))
    for compare in (
        lambda: same == 42,
        lambda: 42 == same,
        lambda: same != 42,
        lambda: same < 42,
        lambda: 42 > same,
        lambda: same - 42,
        lambda: 42 - same,
        lambda: 42 in same,
        lambda: [42] == [same],
        lambda: np.allclose(same, 42),
        lambda: float(same),
    ):
        with pytest.raises((NotApart, TypeError)):
            compare()
    assert there("seen") == []


def test_errors_arrive_by_their_builtin_name(there: Names) -> None:
    with pytest.raises(ValueError, match="no") as error:
        there("fails")()
    assert error.value.args == ("no", 3)
    own = there("Own")
    with pytest.raises(own) as error:
        there("deeper")()
    assert isinstance(error.value, KeyError) and error.value.args == ("k",)
    with pytest.raises(own):
        raise there("Deeper")("from here")
    with pytest.raises(ValueError):
        there("fails")(ValueError)
    with pytest.raises(Exception, match="odd"):
        there("odd")()


def test_what_is_changed_in_place_is_seen(there: Names) -> None:
    values, array = [3, 1, 2], np.zeros(2)
    there("sort")(values)
    there("fill")(array)
    assert values == [1, 2, 3] and list(array) == [7, 7]
    with pytest.raises(NotApart, match="whose content"):
        there("grow")((1, []))


def test_generators_with_and_functions_of_modules(there: Names) -> None:
    counted = there("count")()
    assert [next(counted), next(counted)] == [0, 1] and next(iter(counted)) == 2
    with there("Within")() as value:
        assert value == 5
    assert there("make")(np.sin)() is not None


@pytest.mark.parametrize(
    "use",
    [
        lambda there: there("double")(lambda: 1),
        lambda there: there("double")(object()),
        lambda there: there("stack")() == [1],
        lambda there: isinstance(there("stack")(), list),
        lambda there: type(there("Point")(1)) == there("Point"),  # noqa: E721
        lambda there: there("big")() == "x",
        lambda there: np.asarray(there("Point")(1)),
        lambda there: __import__("copy").deepcopy(there("Point")(1)),
        lambda there: dir(there("Point")(1)),
        lambda there: there("double")("x" * 5_000_000),
    ],
)
def test_what_cannot_be_had_is_never_taken_for_wrong(there: Names, use: Callable[[Names], Any]) -> None:
    try:
        use(there)
    except BaseException as error:
        assert isinstance(error, NotApart)
    assert NotApart.first is not None  # even if a test had caught it


def test_the_checkers_side_asks_for_no_inner_attributes(there: Names) -> None:
    point = there("Point")(1)
    for name in ("__array_interface__", "__reduce__x", "_repr_html_", "_ipython_display_", "__len_hint__"):
        assert getattr(point, name, None) is None
    assert getattr(there("Same")([]), "_repr_html_", None) is None


@pytest.mark.parametrize(
    "text",
    [
        "", "null", "[]", "{}", '{"value": 1}', '{"value": ["h"], "changed": []}',
        '{"changed": [[7, 1]], "value": 1}',
        '{"value": ["h", "1", "n", [], false, false], "changed": []}', '{"error": 5, "changed": []}',
        '{"value": ["h", 1, "n", [["call"]], false, false], "changed": []}', "[" * 100_000,
        '{"error": ["x", [], ["SystemExit", "NoSuch", 5]], "changed": []}',
    ],
)  # fmt: skip
def test_forged_replies_end_the_test(text: str) -> None:
    BadAnswer.first = None
    with pytest.raises(BadAnswer):
        Remote(lambda request: text).name("double")
    assert BadAnswer.first is not None


def test_a_forged_error_is_no_way_out() -> None:
    reply = '{"error": ["x", [], ["SystemExit"]], "args": ["x"], "text": "", "trace": "", "changed": []}'
    with pytest.raises(Exception) as error:
        Remote(lambda request: reply).ask("name", "double")
    assert type(error.value) is Exception


def test_a_forged_length_or_truth_ends_the_test() -> None:
    can = ["len", "bool", "iter", "float", "next"]
    replies = iter(
        [{"value": ["h", 1, "n", can, False, False], "changed": []}] + [{"value": "x", "changed": []}] * 9
    )
    remote = Remote(lambda request: __import__("json").dumps(next(replies)))
    handle = remote.name("double")
    assert issubclass(type(handle), Handle)
    for use in (len, bool, iter, float):
        with pytest.raises(BadAnswer):
            use(handle)


def test_objects_of_an_ended_kernel_are_no_others(there: Names) -> None:
    point, own = there("Point")(1), there("Own")
    remote = object.__getattribute__(point, "_remote")
    remote.forget_all()
    with pytest.raises(NotApart, match="ended with the student's kernel"):
        _ = point.x
    with pytest.raises(NotApart, match="ended with the student's kernel"):
        there("double")(own)


def test_the_wire_is_small() -> None:
    assert wire.MAX_BYTES <= 4_000_000
