"""A run of several phases is taken apart; turns, and steps that differ now and then, are not."""

import pytest

from autograder.judging.history import History
from autograder.judging.phases import phases_of
from autograder.observing import events as ev


def history(asked: list[tuple[int, ...]]) -> History:
    """A run in whose steps a tape was asked for these variables."""
    events: list[ev.Event] = []
    for step, numbers in enumerate(asked, 1):
        gradients = tuple(ev.Gradient(n, True, 100 + n, "finite", 1.0) for n in numbers)
        events.append(ev.GradientsAsked(step, 1, (9,), float(step), ((),), gradients, False, None))
        events.append(ev.StepEnded(step, ()))
    variables = tuple(
        ev.VariableInfo(n, f"v{n}", (2,), "float32", True, "free", "", 0, None) for n in (1, 2, 3)
    )
    return History(ev.Log(events=tuple(events), variables=variables, steps=len(asked)))


def test_what_trains_one_thing_after_the_other_has_two_phases() -> None:
    first, second = phases_of(history([(1,)] * 12 + [(1, 2)] * 15))
    assert list(first.losses) == list(range(1, 13)) and list(second.losses) == list(range(13, 28))


@pytest.mark.parametrize("asked", [[(1,)] * 30, [(1,), (2,)] * 15, [(1,)] * 20 + [(2,)] * 3, []])
def test_everything_else_is_one(asked: list[tuple[int, ...]]) -> None:
    whole = history(asked)
    assert phases_of(whole) == [whole]
