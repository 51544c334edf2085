"""Which Python values a traced function reads, and which names it rebinds.

A `tf.function` runs its Python once, while it is traced. What it reads from
Python then is frozen in the graph; what it writes to Python happens once.
Both are found by looking at the function's bytecode and at the objects that
it refers to; nothing is called.
"""

import dis
import sys
from collections import Counter
from dataclasses import dataclass, field
from functools import cache
from types import CodeType, FunctionType
from typing import Any

import numpy as np

from autograder.observing.failure import is_learners_file
from autograder.observing.inventory import is_symbol

_PLAIN = (bool, int, float, str, np.generic)
_MODEL_METHODS = ("train_step", "compute_loss", "call", "__call__")
_MOST_FUNCTIONS = 200
_MOST_ITEMS = 1_000


#: Instructions between the reading of an attribute and what is computed from it.
_NEXT = 5


@dataclass
class PythonState:
    """What a traced function's Python code refers to."""

    #: Plain values that it reads, by a name to show.
    values: dict[str, Any] = field(default_factory=dict)
    #: Names of globals and attributes that it both reads and writes, and of containers that it may write to.
    rebound: frozenset[str] = frozenset()
    #: Names that it reads also where it does not write them, or that another method of the object reckons
    #: with: not mere counters of its own calls.
    used: frozenset[str] = frozenset()
    #: Symbols of a graph that were found in what it reads, by a name to show.
    symbols: list[tuple[str, Any]] = field(default_factory=list)

    def leaks(self) -> list[tuple[str, Any]]:
        """Symbols in names and containers that the code both reads and writes."""
        return [(name, value) for name, value in self.symbols if last_part(name) in self.rebound]


def last_part(name: str) -> str:
    """The last part of a name: "velocity" of "Trainer.velocity[0]"."""
    return name.split("[")[0].rsplit(".", 1)[-1]


class _Walk:
    """Looks through functions, and the learner's objects that they use, each once."""

    def __init__(self) -> None:
        self.values: dict[str, Any] = {}
        self.loads: Counter[str] = Counter()
        self.stores: Counter[str] = Counter()
        self.containers: set[str] = set()
        self.used_elsewhere: set[str] = set()
        self.symbols: list[tuple[str, Any]] = []
        self._seen: set[tuple[int, int]] = set()

    def function(self, function: Any, owner: Any = None) -> None:
        function, bound = _unwrap(function)
        owner = bound if owner is None else owner
        if not isinstance(function, FunctionType) or (id(function), id(owner)) in self._seen:
            return
        if len(self._seen) >= _MOST_FUNCTIONS:
            return
        self._seen.add((id(function), id(owner)))
        closure = {
            name: cell.cell_contents
            for name, cell in zip(function.__code__.co_freevars, function.__closure__ or ())
            if _filled(cell)
        }
        if not is_learners_file(function.__code__.co_filename):  # such as the step that Keras builds
            for value in closure.values():
                if isinstance(value, FunctionType) or hasattr(value, "python_function"):
                    self.function(value)
                elif hasattr(value, "train_step"):
                    self._model(value)
            return
        used = _used(function.__code__)
        self.loads.update(used.loads)
        self.stores.update(used.stores)
        if used.writes_items:
            self.containers |= set(used.loads)
        for name in used.globals:
            if name in function.__globals__:
                self._value(name, function.__globals__[name], used)
        for name, value in closure.items():
            self._value(name, value, used)
        if owner is not None:
            self._value(type(owner).__name__, owner, used)

    def _value(self, name: str, value: Any, used: "_Used", depth: int = 0) -> None:
        if isinstance(value, (list, tuple, dict)):
            items = value.items() if isinstance(value, dict) else enumerate(value[:_MOST_ITEMS])
            self.symbols += [(f"{name}[{key!r}]", item) for key, item in list(items) if is_symbol(item)]
        if is_symbol(value):
            self.symbols.append((name, value))
        elif isinstance(value, _PLAIN):
            self.values[name] = value
        elif isinstance(value, dict):
            for key, item in list(value.items()):
                if isinstance(item, _PLAIN) and (not isinstance(key, str) or key in used.constants):
                    self.values[f"{name}[{key!r}]"] = item
        elif isinstance(value, FunctionType) or hasattr(value, "python_function"):
            self.function(value)
        elif _of_learner(type(value)):
            self._object(name, value, used, depth)
        elif hasattr(value, "_flatten_layers"):
            self._model(value)

    def _object(self, name: str, value: Any, used: "_Used", depth: int) -> None:
        held = getattr(value, "__dict__", {})
        self.used_elsewhere |= {key for key in used.stores if key in held and _reckons_with(type(value), key)}
        for key in used.loads:
            if key in held and depth < 3:
                self._value(f"{name}.{key}", held[key], used, depth + 1)
            method = getattr(type(value), key, None)
            if isinstance(method, FunctionType) and key not in held:
                self.function(method, value)
            elif isinstance(method, _PLAIN) and key not in held:  # a value that the class has until it is set
                self.values[f"{name}.{key}"] = method
        for key in _MODEL_METHODS:
            method = getattr(type(value), key, None)
            if isinstance(method, FunctionType) and is_learners_file(method.__code__.co_filename):
                self.function(method, value)
        if hasattr(value, "_flatten_layers") and depth == 0:
            self._model(value)

    def _model(self, model: Any) -> None:
        """The learner's own methods of a model, of its layers and of its loss."""
        try:
            parts = [*model._flatten_layers(), getattr(model, "loss", None)]
        except Exception:  # not built, or not the Keras that we know
            return
        for part in parts:
            if isinstance(part, FunctionType):
                self.function(part)
            elif part is not None and _of_learner(type(part)):
                for key in _MODEL_METHODS:
                    method = getattr(type(part), key, None)
                    if isinstance(method, FunctionType) and is_learners_file(method.__code__.co_filename):
                        self.function(method, part)


def python_state(function: Any) -> PythonState:
    """What a `tf.function` refers to, in its own code and in the learner's functions that it uses."""
    walk = _Walk()
    walk.function(function)
    rebound = {name for name in walk.stores if walk.loads[name]}
    used = {name for name in rebound if walk.loads[name] > walk.stores[name]}
    used |= rebound & walk.used_elsewhere
    return PythonState(walk.values, frozenset(rebound | walk.containers), frozenset(used), walk.symbols)


@dataclass
class _Used:
    globals: set[str]
    #: Names of globals, closures and attributes that are read and written, with how often.
    loads: Counter[str]
    stores: Counter[str]
    constants: set[str]
    #: Whether an item of some container is assigned.
    writes_items: bool


@cache  # asked before and after each call of a function
def _used(code: CodeType) -> _Used:
    """What bytecode reads and writes, with that of the functions defined inside."""
    used = _Used(set(), Counter(), Counter(), set(), False)
    waiting = [code]
    while waiting:
        current = waiting.pop()
        waiting += [c for c in current.co_consts if isinstance(c, CodeType)]
        used.constants |= {c for c in current.co_consts if isinstance(c, str)}
        for instruction in dis.get_instructions(current):
            name, operation = instruction.argval, instruction.opname
            if operation in ("STORE_SUBSCR", "STORE_SLICE"):
                used.writes_items = True
            if not isinstance(name, str):
                continue
            if operation in ("LOAD_GLOBAL", "LOAD_NAME"):
                used.globals.add(name)
                used.loads[name] += 1
            elif operation in ("LOAD_ATTR", "LOAD_METHOD", "LOAD_DEREF", "LOAD_CLOSURE"):
                used.loads[name] += 1
            elif operation in ("STORE_ATTR", "STORE_GLOBAL", "STORE_DEREF"):
                used.stores[name] += 1
    return used


@cache
def _reckons_with(kind: type, name: str) -> bool:
    """Whether a method of the learner's class computes something from an attribute, or compares it."""
    for method in vars(kind).values():
        if not isinstance(method, FunctionType) or not is_learners_file(method.__code__.co_filename):
            continue
        instructions = list(dis.get_instructions(method.__code__))
        for i, instruction in enumerate(instructions):
            if instruction.opname == "LOAD_ATTR" and instruction.argval == name:
                if any(map(_is_reckoning, instructions[i + 1 : i + _NEXT])):
                    return True
    return False


def _is_reckoning(instruction: dis.Instruction) -> bool:
    """Whether a bytecode instruction computes with two values, and does not just count on (``+=``)."""
    name = instruction.opname
    if name == "BINARY_OP":
        return not instruction.argrepr.endswith("=")
    return name == "COMPARE_OP" or (name.startswith("BINARY_") and name != "BINARY_SUBSCR")


def _unwrap(function: Any) -> tuple[Any, Any]:
    """The Python function behind a `tf.function` or method, and the object that it is bound to."""
    from tensorflow.python.util import tf_decorator

    function = getattr(function, "python_function", function)
    try:
        _, function = tf_decorator.unwrap(function)
    except Exception:  # something that only looks like a function
        return None, None
    owner = getattr(function, "__self__", None)
    owner = getattr(owner, "target", owner)  # TensorFlow keeps a weak reference to the object
    return getattr(function, "__func__", function), owner


def _of_learner(kind: type) -> bool:
    module = sys.modules.get(kind.__module__)
    if kind.__module__ == "__main__":
        return True
    file = getattr(module, "__file__", None)
    return isinstance(file, str) and is_learners_file(file)


def _filled(cell: Any) -> bool:
    try:
        return cell.cell_contents is not None
    except ValueError:  # the name has no value yet
        return False
