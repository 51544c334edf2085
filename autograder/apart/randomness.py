"""The common streams of random numbers, `random`'s and NumPy's, that a test seeds for the student's code.

They are the same on both sides when the student's code begins: its stream goes on where the test's is.
The test's never goes on where the student's is, or the student would choose the numbers of the test.
Where that could matter, the test cannot be judged apart.
"""

import contextlib
import random
import sys
from collections.abc import Callable, Iterator
from typing import Any

from autograder.apart import wire
from autograder.apart.wire import NotApart

#: Right after a seed, both generators (the Mersenne Twister) stand here: all of their numbers are unused.
_FRESH = 624


def written() -> dict[str, Any]:
    """The streams' states here, as JSON."""
    states: dict[str, Any] = {"random": random.getstate()}
    if (numpy := sys.modules.get("numpy")) is not None:
        states["numpy"] = numpy.random.get_state()
    return {name: wire.encode(state, _refused) for name, state in states.items()}


def go_on_from(states: dict[str, Any]) -> None:
    """Set streams here as `written` says; those of a module that is not loaded here are nobody's."""
    if "random" in states:
        random.setstate(wire.decode(states["random"], _refused))
    numpy = sys.modules.get("numpy")
    if numpy is not None and "numpy" in states:
        numpy.random.set_state(wire.decode(states["numpy"], _refused))


def drawn_since(states: dict[str, Any]) -> list[str]:
    """The streams that are somewhere else now."""
    now = written()
    return [name for name, state in states.items() if name in now and now[name] != state]


class Streams:
    """In the checker: the streams of one test, and from which the student's code has drawn."""

    def __init__(self) -> None:
        #: Name of a stream that is ahead in the student's kernel → its state here, from where that began.
        self._ahead: dict[str, Any] = {}

    @contextlib.contextmanager
    def watched(self) -> Iterator[None]:
        """While the block runs, a new seed begins a stream anew, whoever has drawn before."""
        modules: dict[str, Any] = {"random": random}
        if (numpy := sys.modules.get("numpy")) is not None:
            modules["numpy"] = numpy.random
        kept = {name: module.seed for name, module in modules.items()}
        for name, module in modules.items():
            module.seed = self._telling(name, module.seed)
        try:
            yield
        finally:
            for name, module in modules.items():
                module.seed = kept[name]

    def _telling(self, name: str, seed: Callable[..., None]) -> Callable[..., None]:
        def tell(*args: Any, **kwargs: Any) -> None:
            seed(*args, **kwargs)
            self._ahead.pop(name, None)

        return tell

    def now(self) -> dict[str, Any]:
        """The states from which the student's code is to go on, of the streams in which it is not ahead.

        Raises `NotApart` if it is ahead in one from which the test has drawn since.
        """
        states = {}
        for name, state in written().items():
            if name in self._ahead:
                if state == self._ahead[name]:
                    continue
                if not _is_fresh(state):
                    raise NotApart("draws random numbers after the student's code has, from the same stream")
                del self._ahead[name]
            states[name] = state
        return states

    def drawn(self, names: list[str], states: dict[str, Any]) -> None:
        """The student's code has drawn from these streams, which began with these states."""
        self._ahead |= {name: states[name] for name in names if name in states}


def _is_fresh(state: Any) -> bool:
    """Whether a state, as `written` gives it, is one right after a seed."""
    parts = wire.decode(state, _refused)
    position = parts[1][-1] if len(parts) == 3 else parts[2]
    return int(position) == _FRESH


def _refused(value: Any) -> Any:
    raise wire.NotPlain("no state of random numbers")
