"""What is handed to an optimizer: the form of the pairs, and what a zip leaves out."""

import gc
import operator
import sys
from collections.abc import Callable
from types import GeneratorType
from typing import Any

from autograder.observing.failure import is_learners_file

_LIST_ITERATORS = (type(iter([])), type(iter(())))
#: So many of the learner's functions are looked at, the innermost first.
_MOST_FRAMES = 4
#: What walks through a zip as it is itself walked through.
_LAZY = (zip, map, filter, enumerate, GeneratorType)
_ITERATORS = (zip, map, filter, enumerate, GeneratorType, *_LIST_ITERATORS)


def form_of_pairs(given: Any, is_variable: Callable[[Any], bool]) -> str:
    """The form of an argument of `apply_gradients`; see `events.HandedOver`. Walks through nothing."""
    if isinstance(given, _ITERATORS):
        if is_spent(given):
            return "spent"
        return "variables first" if _swapped(given, is_variable) else "pairs"
    if not isinstance(given, (list, tuple)):
        return "pairs"
    if not given:
        return "empty"
    if all(isinstance(item, (list, tuple)) for item in given):
        if len(given) == 2 and given[1] and all(map(is_variable, given[1])):
            if not any(map(is_variable, given[0])):
                return "two lists"
        first = given[0]
        if len(first) == 2 and is_variable(first[0]) and not is_variable(first[1]):
            return "variables first"
        return "pairs"
    return "gradients only"


def _swapped(pairs: Any, is_variable: Callable[[Any], bool]) -> bool:
    """Whether a zip of two lists starts with a variable and something that is none."""
    lists = [_list_of(part) for part in _parts(pairs)] if isinstance(pairs, zip) else []
    if len(lists) != 2 or not all(lists):
        return False
    return is_variable(lists[0][0]) and not is_variable(lists[1][0])


def is_spent(pairs: Any) -> bool:
    """Whether an iterator has come to its end. (An iterator lets go of its list then.)"""
    if isinstance(pairs, GeneratorType):
        return pairs.gi_frame is None
    if isinstance(pairs, _LIST_ITERATORS):
        return _list_of(pairs) is None and _remaining(pairs) == 0
    return any(isinstance(part, _ITERATORS) and is_spent(part) for part in _parts(pairs))


def taken(pairs: Any) -> list[Any]:
    """The second items (variables) of pairs that were taken from a zip before, if some are left in it."""
    if not isinstance(pairs, zip):
        return []
    parts = _parts(pairs)
    items, rest = (_list_of(parts[-1]), _remaining(parts[-1])) if parts else (None, None)
    return list(items)[: len(items) - rest] if items is not None and rest else []


def left_over(
    gradients: Any, variables: Any, number: Callable[[Any], int]
) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Lengths of the two lists, where they differ, and the numbers of what the longer one has over.

    Args:
        gradients: a list; or a zip of both that has not been walked through, with ``None`` for `variables`.
    """
    if variables is not None:
        lists = [list(gradients), list(variables)]
    else:
        lists = []
        for part in _parts(gradients):
            items, rest = _list_of(part), _remaining(part)
            if items is None or rest is None:
                return (), ()
            lists.append(list(items)[len(items) - rest :])
    if len(lists) != 2 or len(lists[0]) == len(lists[1]):
        return (), ()
    shorter = min(map(len, lists))
    longer = max(lists, key=len)
    return tuple(map(len, lists)), tuple(number(item) for item in longer[shorter:])


def _is_spent_iterator(value: Any) -> bool:
    return isinstance(value, _LAZY) and is_spent(value)


def spent() -> list[tuple[str, bool]]:
    """Names in the learner's functions that are run that hold an iterator at its end; whether it is a zip."""
    found, frame, seen = [], sys._getframe(1), 0
    while frame is not None and seen < _MOST_FRAMES:
        if is_learners_file(frame.f_code.co_filename) and frame.f_code.co_name != "<module>":
            seen += 1
            held = list(frame.f_locals.items())
            found += [(name, type(value) is zip) for name, value in held if _is_spent_iterator(value)]
        elif is_learners_file(frame.f_code.co_filename):
            held = list(frame.f_globals.items())
            return found + [(name, type(value) is zip) for name, value in held if _is_spent_iterator(value)]
        frame = frame.f_back
    return found


def _parts(pairs: Any) -> list[Any]:
    """The iterators that a zip, map, filter or enumeration takes from."""
    found = []
    for held in gc.get_referents(pairs):
        if isinstance(held, tuple) and held and all(hasattr(part, "__next__") for part in held):
            return list(held)
        if hasattr(held, "__next__"):
            found.append(held)
    return found


def _list_of(part: Any) -> Any:
    """The list or tuple that an iterator walks through; ``None`` when it is done or of another kind."""
    if not isinstance(part, _LIST_ITERATORS):
        return None
    held = gc.get_referents(part)
    return held[0] if held else None


def _remaining(part: Any) -> int | None:
    """How many items are left, for iterators of lists and tuples."""
    if not isinstance(part, _LIST_ITERATORS):
        return None
    return operator.length_hint(part)
