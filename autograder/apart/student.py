"""Inside the kernel, beside the student's code: does what the checker asks with the student's objects.

Imported before the first cell. Whoever tampers with it forges the values of their
own functions, and nothing else: expected values and verdicts are never here.
"""

import builtins
import importlib
import json
import operator
import os
import traceback
from collections.abc import Callable, Sequence
from typing import Any

from IPython import get_ipython

from autograder.apart import randomness, wire

#: Objects that the checker has handles to. They live as long as the kernel.
_held: dict[int, Any] = {}
_numbers: dict[int, int] = {}
_MOST_HELD = 100_000
_TEXT = 2000


class Missing(LookupError):
    """The student's notebook does not define a name."""


def _name(name: str) -> Any:
    shell = get_ipython()
    names = shell.user_ns if shell is not None else {}
    if name not in names:
        raise Missing(name)
    return names[name]


def _is_instance(value: Any, kind: Any) -> bool:
    return issubclass(type(value), kind)  # by its class, whatever ``__class__`` says


#: All that can be asked for.
DOES: dict[str, Callable[..., Any]] = {
    "name": _name,
    "call": lambda function, *args, **kwargs: function(*args, **kwargs),
    "isinstance": _is_instance,
    "issubclass": issubclass,
    "enter": lambda value: type(value).__enter__(value),
    "exit": lambda value: type(value).__exit__(value, None, None, None),
    "getattr": getattr, "setattr": setattr, "delattr": delattr,
    "getitem": operator.getitem, "setitem": operator.setitem, "delitem": operator.delitem,
    "len": len, "iter": iter, "next": next, "reversed": reversed, "bool": bool,
    "str": str, "repr": repr, "int": int, "float": float, "complex": complex, "index": operator.index,
    "neg": operator.neg, "pos": operator.pos, "abs": abs, "invert": operator.invert, "round": round,
    "add": operator.add, "sub": operator.sub, "mul": operator.mul, "truediv": operator.truediv,
    "floordiv": operator.floordiv, "mod": operator.mod, "pow": operator.pow, "matmul": operator.matmul,
    "and": operator.and_, "or": operator.or_, "xor": operator.xor,
}  # fmt: skip

#: What a handle can do → the method that says so.
CAN = {
    "call": "__call__", "len": "__len__", "iter": "__iter__", "next": "__next__", "reversed": "__reversed__",
    "getitem": "__getitem__", "setitem": "__setitem__", "delitem": "__delitem__",
    "bool": "__bool__", "int": "__int__", "float": "__float__", "complex": "__complex__",
    "index": "__index__", "enter": "__enter__",
}  # fmt: skip


class Reply:
    """Text on its way out: IPython writes it as it is."""

    def __init__(self, text: str):
        self._text = text

    def __repr__(self) -> str:
        return self._text


def reply(text: str) -> Reply:
    """Do what a request says; whatever comes of it is the reply."""
    request = json.loads(text)
    args = [wire.decode(raw, _taken) for raw in request["args"]]
    kwargs = {name: wire.decode(raw, _taken) for name, raw in request["kwargs"].items()}
    given = [*args, *kwargs.values()]
    before = [_written(value) for value in given]
    if "streams" in request:
        randomness.go_on_from(request["streams"])
    answer: dict[str, Any]
    try:
        answer = {"value": _written(DOES[request["do"]](*args, **kwargs))}
    except KeyboardInterrupt:
        raise
    except Missing:
        answer = {"missing": True}
    except BaseException as error:
        answer = _failure(error)
    after = [_written(value) for value in given]
    answer["changed"] = [[i, now] for i, (was, now) in enumerate(zip(before, after)) if was != now]
    if "streams" in request:
        answer["drew"] = randomness.drawn_since(request["streams"])
    written = json.dumps(answer, allow_nan=False)
    if len(written) > wire.MAX_BYTES:
        written = json.dumps({"large": True})
    return Reply(written)


def _written(value: Any) -> Any:
    """A value as JSON; as a whole by a handle if it is too large or too deep to cross."""
    try:
        return wire.encode(value, _handed)
    except wire.NotPlain:
        return _handed(value)


def _handed(value: Any) -> list[Any]:
    if isinstance(value, type) and issubclass(value, BaseException):
        return _kind_of_error(value)
    kind = type(value)
    # By the classes themselves: what a class says of itself does not count.
    can = [what for what, method in CAN.items() if any(method in vars(c) for c in kind.__mro__)]
    own = [c for c in kind.__mro__ if c is not object]
    return [
        "h",
        _number(value),
        kind.__name__[:100],
        can,
        any("__eq__" in vars(c) for c in own) and not isinstance(value, type),
        any(c.__module__ != "__main__" for c in own),
    ]


def _number(value: Any) -> int:
    known = _numbers.get(id(value))
    if known is not None:
        return known
    if len(_held) >= _MOST_HELD:
        raise MemoryError("the test holds too many objects")
    number = len(_held) + 1
    _held[number], _numbers[id(value)] = value, number
    return number


def _kind_of_error(kind: type[BaseException]) -> list[Any]:
    own = [c for c in kind.__mro__ if vars(builtins).get(c.__name__) is not c]
    names = [c.__name__ for c in kind.__mro__ if c not in own]
    return ["x", [[_number(c), c.__name__[:100]] for c in own], names]


def _failure(error: BaseException) -> dict[str, Any]:
    try:
        text = str(error)[:_TEXT]
    except BaseException:
        text = ""
    args: Sequence[Any] = error.args if isinstance(error.args, tuple) else ()
    try:
        written = [wire.encode(value, _refused) for value in args]
        if len(json.dumps(written)) > 2 * _TEXT:
            raise wire.NotPlain("too long")
    except Exception:
        written = [text]
    frames = [f for f in traceback.extract_tb(error.__traceback__)[1:] if f.filename != __file__]
    trace = "\n".join(map(_told, frames[-10:]))[-2 * _TEXT :]
    return {"error": _kind_of_error(type(error)), "args": written, "text": text, "trace": trace}


def _told(frame: traceback.FrameSummary) -> str:
    cell = "ipykernel" in frame.filename or frame.filename.startswith("<")
    where = "" if cell else f"{os.path.basename(frame.filename)}, "
    return f"  {where}line {frame.lineno}, in {frame.name}\n    {frame.line}"


def _refused(value: Any) -> list[Any]:
    raise wire.NotPlain("no plain value")


def _taken(raw: list[Any]) -> Any:
    """An object that the checker refers to: one of the student's, or one of a module."""
    if raw[0] == "h":
        return _held[raw[1]]
    if raw[0] == "ref":
        return operator.attrgetter(raw[2])(importlib.import_module(raw[1]))
    raise wire.NotPlain("it has no such form")
