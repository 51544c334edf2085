"""Handles: what the checker has of an object that stays in the student's kernel.

A handle can be called, and has attributes, items and a length if the object has.
What comes of it is a plain value or another handle. Nothing that is expected is
ever shown to the student's code by comparing: equality of handles is identity, and
where that cannot be what the test means, the test cannot be judged apart.
"""

import builtins
import contextlib
import json
import sys
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any, NoReturn

from autograder.apart import wire
from autograder.apart.randomness import Streams
from autograder.apart.wire import NotApart, NotPlain

#: Of the attributes that Python itself looks for, those that a test may ask a student's object for.
_ASKED = frozenset({"__name__", "__qualname__", "__doc__", "__annotations__", "__dict__", "__slots__"})
_BINARY = ("add", "sub", "mul", "truediv", "floordiv", "mod", "pow", "matmul", "and", "or", "xor")
_UNARY = ("neg", "pos", "abs", "invert", "round")
_ORDER = ("lt", "le", "gt", "ge")
_MUTABLE = (list, dict, set, bytearray)


class BadAnswer(wire.Decisive):
    """The kernel has answered what no honest kernel answers."""


#: Sends a request to the student's kernel, as text; gives the reply.
Send = Callable[[str], str]


class Remote:
    """The objects of one student's kernel, as far as the checker has handles to them."""

    def __init__(self, send: Send):
        self._send = send
        self._handles: dict[int, Handle] = {}
        self._kinds: dict[int, type[BaseException]] = {}
        #: Of a test that seeds; the student's code goes on with its random numbers.
        self.streams: Streams | None = None

    def forget_all(self) -> None:
        """The kernel has ended, and with it all objects; another one stands in its place."""
        self._handles.clear()
        self._kinds.clear()

    def name(self, name: str) -> Any:
        """What the student's notebook calls so. Raises `LookupError` if it is nothing."""
        return self.ask("name", name)

    def ask(self, what: str, *args: Any, **kwargs: Any) -> Any:
        """Have something done with the student's objects; raises what that raises, by builtin names."""
        try:
            written = [wire.encode(value, self._handed) for value in args]
            named = {name: wire.encode(value, self._handed) for name, value in kwargs.items()}
        except NotPlain as error:
            raise NotApart(f"passes something to the student's code that cannot be sent: {error}") from None
        request = {"do": what, "args": written, "kwargs": named}
        states = {}
        if self.streams is not None:
            request["streams"] = states = self.streams.now()
        text = self._send(_text(request))
        try:
            answer = wire.parse(text)
            if self.streams is not None:
                self.streams.drawn(answer.get("drew", []), states)
            failure = self._received(answer, [*args, *kwargs.values()])
        except NotPlain as error:
            raise BadAnswer(f"the kernel sent no usable answer: {error}") from None
        except (TypeError, ValueError, KeyError, IndexError, AttributeError) as error:
            raise BadAnswer(f"the kernel sent no usable answer: {error!r}"[:300]) from None
        if failure is not None:
            raise failure from None
        if answer.get("missing"):
            raise LookupError(args[0])
        return self._value

    def _received(self, answer: dict[str, Any], given: list[Any]) -> BaseException | None:
        """Take in a reply: what the request has changed, and its value, or what it has raised."""
        if answer.get("large"):
            raise NotApart(f"gets a value of more than {wire.MAX_BYTES:,} bytes")
        for index, raw in answer["changed"]:
            _change(given[index], wire.decode(raw, self._taken))
        if "error" in answer:
            return self._failure(answer)
        self._value = None if answer.get("missing") else wire.decode(answer["value"], self._taken)
        return None

    def _failure(self, answer: dict[str, Any]) -> BaseException:
        kind = self._kind_of_error(answer["error"])
        args = [wire.decode(raw, self._taken) for raw in answer["args"]]
        text = str(answer["text"])[:2000]
        error: BaseException = Exception(f"{kind.__name__}: {text}")
        for given in (args, [text]):
            with contextlib.suppress(Exception):  # some kinds want what only their own code knows
                error = kind(*given)
                break
        error.students_trace = str(answer["trace"])[:4000]  # type: ignore[attr-defined]
        return error

    def _taken(self, raw: list[Any]) -> Any:
        if raw[0] == "x":
            return self._kind_of_error(raw)
        if raw[0] != "h":
            raise NotPlain("it has no such form")
        _, number, name, can, equal, foreign = raw
        if type(number) is not int or not all(type(word) is str for word in (name, *can)):
            raise NotPlain("it has no such form")
        if number not in self._handles:
            kind = _class_with(frozenset(can))
            self._handles[number] = kind(self, number, name[:100], bool(equal), bool(foreign))
        return self._handles[number]

    def _kind_of_error(self, raw: list[Any]) -> type[BaseException]:
        """The class of an error: a builtin one, or one of the student's own below the nearest builtin one."""
        _, own, names = raw
        kind: type[BaseException] = Exception
        for name in names:
            found = vars(builtins).get(name) if type(name) is str else None
            if isinstance(found, type) and issubclass(found, Exception):
                kind = found
                break
        for number, name in reversed(own):
            if number not in self._kinds:
                self._kinds[number] = type(str(name)[:100], (kind,), {"students_number": number})
            kind = self._kinds[number]
        return kind

    def _handed(self, value: Any) -> list[Any]:
        if issubclass(type(value), Handle):
            if self._handles.get(number_of(value)) is not value:
                raise NotApart("uses an object that ended with the student's kernel")
            return ["h", number_of(value)]
        if issubclass(type(value), type) and "students_number" in vars(value):
            if self._kinds.get(vars(value)["students_number"]) is not value:
                raise NotApart("uses a class that ended with the student's kernel")
            return ["h", vars(value)["students_number"]]
        reference = _reference(value)
        if reference is not None:
            return ["ref", *reference]
        kind = type(value).__name__
        what = "a function" if kind in ("function", "method") else f"an object of type {kind}"
        raise NotApart(f"passes {what} to the student's code")


def _text(request: dict[str, Any]) -> str:
    text = json.dumps(request, allow_nan=False)
    if len(text) > wire.MAX_BYTES:
        raise NotApart(f"passes more than {wire.MAX_BYTES:,} bytes to the student's code")
    return text


def _reference(value: Any) -> tuple[str, str] | None:
    """Module and name of something that both processes can import, such as `math.sin`."""
    name = getattr(value, "__qualname__", None) or getattr(value, "__name__", None)
    if not isinstance(name, str):
        return None
    for module in (getattr(value, "__module__", None), "numpy"):
        if isinstance(module, str) and module != "__main__" and module in sys.modules:
            found: Any = sys.modules[module]
            for part in name.split("."):
                found = getattr(found, part, None)
            if found is value:
                return module, name
    return None


def _change(ours: Any, theirs: Any) -> None:
    """Do to a value what the student's code did to its copy."""
    kind = type(ours)
    numpy = sys.modules.get("numpy")
    if kind in _MUTABLE and type(theirs) is kind:
        if kind in (list, bytearray):
            ours[:] = theirs
        else:
            ours.clear()
            ours.update(theirs)
    elif numpy is not None and kind is numpy.ndarray is type(theirs):
        if ours.shape != theirs.shape or ours.dtype != theirs.dtype or not ours.flags.writeable:
            raise NotApart("passes an array whose shape the student's code changes")
        ours[...] = theirs
    elif kind in (tuple, *wire.KINDS):
        raise NotApart(f"passes a {kind.__name__} whose content the student's code changes")


class Handle:
    """An object in the student's kernel."""

    __slots__ = ("_remote", "_number", "_name", "_equal", "_foreign")

    def __init__(self, remote: Remote, number: int, name: str, equal: bool, foreign: bool):
        for slot, value in zip(Handle.__slots__, (remote, number, name, equal, foreign)):
            object.__setattr__(self, slot, value)

    @property  # type: ignore[misc]
    def __class__(self) -> type:  # what isinstance asks
        if object.__getattribute__(self, "_foreign"):
            _cannot(f"asks what kind of object a {name_of(self)} of the student's code is")
        return type(self)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__") and name not in _ASKED or name.startswith(("_repr_", "_ipython_")):
            raise AttributeError(f"{name_of(self)!r} object has no attribute {name!r}")
        return _ask(self, "getattr", self, name)

    def __setattr__(self, name: str, value: Any) -> None:
        _ask(self, "setattr", self, name, value)

    def __delattr__(self, name: str) -> None:
        _ask(self, "delattr", self, name)

    def __eq__(self, other: Any) -> bool:
        if other is self:
            return True
        if object.__getattribute__(self, "_equal") or _is_class(other):
            _cannot(f"compares objects by what the student's code says of them (a {name_of(self)})")
        return False

    def __ne__(self, other: Any) -> bool:
        return not self == other

    def __hash__(self) -> int:
        return hash(number_of(self))

    def __bool__(self) -> bool:
        can = type(self).can
        if "bool" in can:
            return _plain(_ask(self, "bool", self), bool)
        return "len" not in can or len(self) > 0  # type: ignore[arg-type]

    def __contains__(self, item: Any) -> bool:
        if "iter" not in type(self).can:
            _cannot(f"looks for something in a {name_of(self)} of the student's code")
        return any(item is each or item == each for each in self)  # type: ignore[attr-defined]

    def __str__(self) -> str:
        return _plain(_ask(self, "str", self), str)

    def __repr__(self) -> str:
        return _plain(_ask(self, "repr", self), str)

    def __format__(self, form: str) -> str:
        return format(str(self), form)

    def __instancecheck__(self, value: Any) -> bool:
        return _plain(_ask(self, "isinstance", value, self), bool)

    def __subclasscheck__(self, kind: Any) -> bool:
        return _plain(_ask(self, "issubclass", kind, self), bool)

    def __reduce_ex__(self, protocol: Any) -> NoReturn:
        _cannot("copies an object of the student's code")

    def __array__(self, *args: Any, **kwargs: Any) -> NoReturn:
        _cannot(f"makes an array of a {name_of(self)} of the student's code")

    def __dir__(self) -> NoReturn:
        _cannot("lists the attributes of an object of the student's code")


def number_of(handle: Handle) -> int:
    """The number by which the kernel knows the object."""
    return int(object.__getattribute__(handle, "_number"))


def name_of(handle: Handle) -> str:
    """What the student's code calls the object's class; never more than a word in a message."""
    return str(object.__getattribute__(handle, "_name"))


def _ask(handle: Handle, what: str, *args: Any, **kwargs: Any) -> Any:
    return object.__getattribute__(handle, "_remote").ask(what, *args, **kwargs)


def _cannot(what: str) -> NoReturn:
    raise NotApart(what)


def _plain(value: Any, kind: type) -> Any:
    if type(value) is not kind:
        raise BadAnswer(f"the kernel sent no {kind.__name__} where only that can be")
    return value


def _is_class(value: Any) -> bool:
    return issubclass(type(value), type) and issubclass(value, Handle)


# -- what only some handles can do ------------------------------------------------------------------


def _call(self: Handle, *args: Any, **kwargs: Any) -> Any:
    return _ask(self, "call", self, *args, **kwargs)


def _iter(self: Handle) -> Iterator[Any]:
    iterator = _ask(self, "iter", self)
    if not (issubclass(type(iterator), Handle) and "next" in type(iterator).can):
        raise BadAnswer("the kernel sent no iterator where only that can be")
    return iterator  # type: ignore[no-any-return]


def _length(self: Handle) -> int:
    return int(_plain(_ask(self, "len", self), int))


def _number_as(what: str, kind: type) -> Callable[[Handle], Any]:
    return lambda self: _plain(_ask(self, what, self), kind)


def _exit(self: Handle, kind: Any, error: Any, trace: Any) -> bool:
    if kind is not None:
        _cannot("raises an error inside a “with” block of the student's code")
    return bool(_ask(self, "exit", self))


def _next(self: Handle) -> Any:
    return _ask(self, "next", self)


def _get_item(self: Handle, key: Any) -> Any:
    return _ask(self, "getitem", self, key)


_METHODS: dict[str, dict[str, Any]] = {
    "call": {"__call__": _call},
    "len": {"__len__": _length},
    "iter": {"__iter__": _iter},
    "next": {"__next__": _next},
    "reversed": {"__reversed__": lambda self: _ask(self, "reversed", self)},
    "getitem": {"__getitem__": _get_item},
    "setitem": {"__setitem__": lambda self, key, value: _ask(self, "setitem", self, key, value)},
    "delitem": {"__delitem__": lambda self, key: _ask(self, "delitem", self, key)},
    "bool": {},
    "int": {"__int__": _number_as("int", int)},
    "float": {"__float__": _number_as("float", float)},
    "complex": {"__complex__": _number_as("complex", complex)},
    "index": {"__index__": _number_as("index", int)},
    "enter": {"__enter__": lambda self: _ask(self, "enter", self), "__exit__": _exit},
}


@cache
def _class_with(can: frozenset[str]) -> Any:
    """The class of handles to objects that can do this; Python looks for such methods in classes only."""
    methods: dict[str, Any] = {"__slots__": (), "can": can}
    for what in can:
        methods |= _METHODS.get(what, {})
    return type("StudentsObject", (Handle,), methods)


def _both(what: str) -> Callable[[Handle, Any], Any]:
    def operate(self: Handle, other: Any) -> Any:
        # A plain operand may be what the test expects, and is none of the student's business.
        if not issubclass(type(other), Handle):
            _cannot(f"calculates with a {name_of(self)} of the student's code")
        return _ask(self, what, self, other)

    return operate


def _refuse(self: Handle, other: Any) -> NoReturn:
    _cannot(f"calculates with, or compares, a {name_of(self)} of the student's code")


for _what in _BINARY:
    setattr(Handle, f"__{_what}__", _both(_what))
    setattr(Handle, f"__r{_what}__", _refuse)
for _what in _UNARY:
    setattr(Handle, f"__{_what}__", lambda self, *args, _what=_what: _ask(self, _what, self, *args))
for _what in _ORDER:
    setattr(Handle, f"__{_what}__", _refuse)
