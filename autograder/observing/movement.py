"""How far each step moves each variable, and which way: along its gradient, and along its last step."""

import numpy as np

from autograder.observing import events as ev
from autograder.observing.board import cosine, shares_of
from autograder.observing.inventory import Inventory

#: Of variables with at most so many entries the values themselves are kept; of others the norm.
_FEW_ENTRIES = 8

#: Number of a variable → its first and its last value.
Values = dict[int, tuple[tuple[float, ...], tuple[float, ...]]]


class Movement:
    """The values of all variables at a step's begin, and what has become of them at its end."""

    def __init__(self, inventory: Inventory):
        self._inventory = inventory
        self._before: dict[int, np.ndarray] = {}
        #: Of variables of a few entries.
        self.values: Values = {}
        #: Number of a variable → shares of its last gradient and of its last update; see `shares_of`.
        self._slopes: dict[int, np.ndarray] = {}
        self._updates: dict[int, np.ndarray] = {}

    def begin(self, values: dict[int, np.ndarray] | None) -> None:
        """A step begins; `values` are those of now, if they are known from the end of the last one."""
        self._slopes.clear()
        self._before = self._inventory.values() if values is None else values

    def sloped(self, number: int, shares: np.ndarray) -> None:
        """Note the shares of a variable's gradient in this step."""
        self._slopes[number] = shares

    def end(self) -> tuple[dict[int, np.ndarray], tuple[ev.VariableStep, ...]]:
        """The values at the end of a step, and how far it moved each variable that was there before."""
        after = self._inventory.values()
        known = ((n, self._before[n], value) for n, value in after.items() if n in self._before)
        moved = tuple(self._moved(n, was, value) for n, was, value in known if was.shape == value.shape)
        return after, moved

    def _moved(self, number: int, before: np.ndarray, value: np.ndarray) -> ev.VariableStep:
        if value.size <= _FEW_ENTRIES:
            first, _ = self.values.get(number, (tuple(before.flatten().tolist()), ()))
            self.values[number] = (first, tuple(value.flatten().tolist()))
        finite = bool(np.all(np.isfinite(value)))
        update = float(np.linalg.norm(value - before)) if finite else float("nan")
        shares = shares_of(value - before) if finite else None
        along = cosine(shares, self._slopes.get(number))
        turn = cosine(shares, self._updates.get(number))
        if shares is not None and shares.any():
            self._updates[number] = shares
        norm, start = float(np.linalg.norm(value)), float(np.linalg.norm(before))
        return ev.VariableStep(number, update, norm, finite, along, turn, start)
