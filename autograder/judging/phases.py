"""A run that trains one thing first and another afterwards, taken apart.

How a loss goes is a question within a phase: that of the second network may begin far above the
first one's end, and nothing has grown.
"""

import dataclasses
import weakref

from autograder.judging.history import History

#: Shorter turns are one way of training, as of the two networks of a GAN.
_FEWEST_STEPS = 10
_PHASES: "weakref.WeakKeyDictionary[History, list[History]]" = weakref.WeakKeyDictionary()


def phases_of(history: History) -> list[History]:
    """The history of each phase, which begins where other variables get gradients; itself if there is one."""
    if history not in _PHASES:
        begins = _begins(history)
        _PHASES[history] = _parts(history, begins) if len(begins) > 1 else [history]
    return _PHASES[history]


def _begins(history: History) -> list[int]:
    """The steps in which a phase begins."""
    asked: dict[int, set[int]] = {}
    for variable, gradients in history.gradients.items():
        for step in gradients if variable in history.variables else ():
            asked.setdefault(step, set()).add(variable)
    steps = sorted(asked)
    begins = [s for before, s in zip([None, *steps], steps) if before is None or asked[before] != asked[s]]
    lengths = [after - s for s, after in zip(begins, [*begins[1:], history.steps + 1])]
    return begins if all(length >= _FEWEST_STEPS for length in lengths) else begins[:1]


def _parts(history: History, begins: list[int]) -> list[History]:
    log, found = history.log, []
    for first, after in zip(begins, [*begins[1:], history.steps + 2]):
        events = tuple(e for e in log.events if e.step == 0 or first <= e.step < after)
        found.append(History(dataclasses.replace(log, events=events)))
    return found
