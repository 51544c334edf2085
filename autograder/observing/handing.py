"""What is handed to an optimizer: the form of the pairs, and what a zip leaves out."""

import gc
import operator
import sys
from collections.abc import Callable
from typing import Any

from autograder.observing.events import Place


def form_of_pairs(given: Any, is_variable: Callable[[Any], bool]) -> str:
    """The form of an argument of `apply_gradients`; see `events.HandedOver`. Walks through nothing."""
    if isinstance(given, zip):
        return "spent" if is_spent(given) else "pairs"
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


def is_spent(pairs: Any) -> bool:
    """Whether a zip has come to its end. (An iterator lets go of its list then.)"""
    return any(_list_of(part) is None and _remaining(part) == 0 for part in _parts(pairs))


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


def spent(place: Place | None) -> list[str]:
    """Names in the learner's innermost function that hold a zip at its end."""
    frame = sys._getframe(1)
    while frame is not None and place is not None:
        if frame.f_code.co_filename == place.file and frame.f_lineno == place.line:
            held = list(frame.f_locals.items())
            return [name for name, value in held if type(value) is zip and is_spent(value)]
        frame = frame.f_back
    return []


def _parts(pairs: Any) -> list[Any]:
    """The iterators that a zip takes from."""
    for held in gc.get_referents(pairs):
        if isinstance(held, tuple) and held and all(hasattr(part, "__next__") for part in held):
            return list(held)
    return []


def _list_of(part: Any) -> Any:
    """The list or tuple that an iterator walks through; ``None`` when it is done or of another kind."""
    if type(part) not in (type(iter([])), type(iter(()))):
        return None
    held = gc.get_referents(part)
    return held[0] if held else None


def _remaining(part: Any) -> int | None:
    """How many items are left, for iterators of lists and tuples."""
    if type(part) not in (type(iter([])), type(iter(()))):
        return None
    return operator.length_hint(part)
