"""A verdict: which properties of an answer hold, and what that is worth."""

import math
from dataclasses import dataclass


@dataclass(frozen=True)
class Property:
    """One thing that a right answer has, judged on its own."""

    #: What is judged: "runs", "loss", "path", "registration", "pairing", "update" or "answer".
    name: str
    holds: bool
    #: For the learner: what was seen and what should be, without an expected value.
    message: str
    #: Its share of the test's points, relative to the other properties.
    weight: float = 1.0


@dataclass(frozen=True)
class Verdict:
    """What one test says of one answer."""

    problem: str
    test: str
    max_score: float
    properties: tuple[Property, ...]

    @property
    def passed(self) -> bool:
        """Every property holds."""
        return bool(self.properties) and all(p.holds for p in self.properties)

    @property
    def score(self) -> float:
        """The points earned: finite, between 0 and `max_score`, to a hundredth.

        Rounded down, so that only an answer with every property gets everything.
        """
        if self.passed:
            return self.max_score
        total = sum(p.weight for p in self.properties)
        held = sum(p.weight for p in self.properties if p.holds)
        return math.floor(100 * self.max_score * held / total) / 100 if total > 0 else 0.0
