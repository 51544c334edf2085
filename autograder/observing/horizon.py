"""How long to watch a program: so many steps, and on for a little while in case something new comes.

Most programs do the same in each step, and their first steps tell all there is to tell. In others the
first steps are another phase: a network is trained before it is frozen, a schedule has its first
milestone, a bad example comes in the second epoch. So the program goes on for a moment after the steps
asked for. If nothing new happens in it, what was heard in the meantime is dropped, and the log is the
same as if the program had been ended in time. It goes on for longer while something is known to come: a
line that will freeze or thaw a layer, or a compile after one.
"""

import time

#: Beyond the steps asked for, so many times as many at most.
_MOST_BEYOND = 2
#: How often the steps asked for begin anew.
_MOST_RENEWALS = 2
#: A program that computes gradients and applies none is ended after this many times the steps asked for.
_PATIENCE = 4
#: A rate or a loss is new if it is this much above all that was seen, a rate also if it is as good as 0.
_HIGHER_RATE = 3.0
_LOWER_RATE = 1e-2
_HIGHER_LOSS = 10.0


class Horizon:
    """Decides when a program is ended.

    Args:
        steps: so many steps that train are watched in any case.
        seconds: so long it may go on beyond them, to see whether something new comes. Of the processor's
            time, so that a busy machine sees no less of a program.
    """

    def __init__(self, steps: int, seconds: float = 0.0):
        self._steps = steps
        self._seconds = seconds
        self._limit = steps
        self._since: float | None = None
        self._renewals = 0
        self._applied = 0
        self._seen: set[object] = set()
        self._expected: set[object] = set()
        self._rate = 0.0
        self._loss = 0.0
        #: The last step that counts, while nothing new has happened after it.
        self.cut: int | None = None

    def is_reached(self, step: int, applied: int) -> bool:
        """Whether to end the program, which has finished `step` steps; `applied` of them trained."""
        self._applied = applied
        if applied < self._limit and step < _PATIENCE * self._limit:
            return False
        if not self._seconds or applied < self._limit:
            return True
        if self._since is None:
            self._since, self.cut = time.process_time(), step
        late = time.process_time() - self._since > self._seconds
        far = applied >= self._limit + _MOST_BEYOND * self._steps
        return late or (far and not self._expected)

    def expect(self, what: object) -> None:
        """Something will come, or may: until then only the time ends the program."""
        self._expected.add(what)

    def met(self, what: object) -> None:
        """What was expected has come, which is news, however often there has been news before."""
        if what in self._expected:
            self._renewals = min(self._renewals, _MOST_RENEWALS - 1)
            self._expected.discard(what)

    def news(self) -> bool:
        """Something new happened; returns whether the steps begin anew because of it."""
        if self._since is None:
            return False
        if self._renewals == _MOST_RENEWALS:
            return False
        self._renewals += 1
        self._limit = self._applied + self._steps
        self._since, self.cut = None, None
        return True

    def is_new(self, what: object) -> bool:
        """Whether this is met for the first time."""
        if what in self._seen:
            return False
        self._seen.add(what)
        return True

    def is_new_rate(self, rate: float | None) -> bool:
        """Whether a learning rate is far from those before."""
        if rate is None:
            return False
        before = self._rate
        if self._since is None:
            self._rate = max(self._rate, rate)
        if rate < _LOWER_RATE * before:
            return self._since is not None and self.is_new("low rate")
        return rate > _HIGHER_RATE * before > 0

    def is_new_loss(self, loss: float | None) -> bool:
        """Whether a loss is far above those before, or not a number any more."""
        if loss is None:
            return False
        if loss != loss or abs(loss) == float("inf"):
            return self.is_new("loss not finite")
        before = self._loss
        if self._since is None:
            self._loss = max(self._loss, abs(loss))
        return abs(loss) > _HIGHER_LOSS * before > 0
