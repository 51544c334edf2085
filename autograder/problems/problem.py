"""What a problem is: its tests, its hints, and which faults it trains."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from autograder.judging.verdict import Property
from autograder.observing.observation import Observation

#: Named inputs of one run of a test, drawn afresh each time.
Inputs = dict[str, Any]


@dataclass(frozen=True)
class Test:
    """One graded test of a problem, in three steps that may run in two processes.

    `draw` and `judge` run on the trusted side and need NumPy only. `probe` runs
    beside the learner's code; it sees the drawn inputs and never what is expected.
    """

    name: str
    points: float
    #: ``draw(rng)`` → plain inputs.
    draw: Callable[[np.random.Generator], Inputs]
    #: ``probe(inputs, *answers)`` → what the learner's objects did with them.
    probe: Callable[..., Observation]
    #: ``judge(inputs, observation)`` → the properties of a right answer.
    judge: Callable[[Inputs, Observation], tuple[Property, ...]]
    #: Hidden tests are not in the student's notebook.
    hidden: bool = False


@dataclass(frozen=True)
class Problem:
    """One problem of an assignment. Its name is the grade id of its answer cell."""

    name: str
    title: str
    #: "repair", "name the fault", "transfer", "build" or "explain".
    kind: str
    #: Fault ids of `autograder.faults` that the problem trains.
    faults: tuple[str, ...]
    #: Three levels: the symptom, where to look, what kind of change.
    hints: tuple[str, str, str]
    #: Graded by tests, or by hand if there are none.
    tests: tuple[Test, ...] = ()

    def test(self, name: str) -> Test:
        """The test of that name. Raises `KeyError` if the problem has none."""
        for test in self.tests:
            if test.name == name:
                return test
        raise KeyError(name)
