"""What a traced graph leaves behind for the recorder: norms and sums, in the rows of a variable."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from autograder.observing import events as ev
from autograder.observing.tensors import is_variable, number_of

#: A gradient or an update is summed over this many stretches of equal length: enough to tell
#: whether two of them point the same way, and little to keep.
_SHARES = 16


def shares_of(value: np.ndarray) -> np.ndarray:
    """Sums over `_SHARES` stretches of the flattened values."""
    flat = value.reshape(-1)
    return np.pad(flat, (0, -flat.size % _SHARES)).reshape(_SHARES, -1).sum(axis=1)


def _shares_in_graph(wide: Any) -> Any:
    """As `shares_of`, for a tensor of a graph."""
    import tensorflow as tf

    flat = tf.reshape(wide, [-1])
    padded = tf.pad(flat, [[0, tf.math.floormod(-tf.size(flat), _SHARES)]])
    return tf.reduce_sum(tf.reshape(padded, [_SHARES, -1]), axis=1)


def cosine(a: np.ndarray | None, b: np.ndarray | None) -> float | None:
    if a is None or b is None:
        return None
    with np.errstate(all="ignore"):
        size = float(np.linalg.norm(a)) * float(np.linalg.norm(b))
        value = float(np.dot(a, b)) / size if size else float("nan")
    return value if np.isfinite(value) else None


class Board:
    """A variable in which graphs leave sums and norms, to be read after they ran.

    It is made before any graph is traced: in the middle of a trace no variable may be made.
    """

    _ROWS = 4096
    _COLUMNS = 2 + _SHARES

    def __init__(self) -> None:
        import tensorflow as tf

        start = np.zeros((self._ROWS, self._COLUMNS))
        self._variable = tf.Variable(start, trainable=False, dtype=tf.float64)
        self._used = 0

    def keep(self, tensor: Any) -> int | None:
        """Add the operations that store a tensor's sum and norm; returns the row, if one is left."""
        import tensorflow as tf

        if self._used == self._ROWS:
            return None
        wide = tf.cast(tensor, tf.float64)
        return self._write([tf.reduce_sum(wide), tf.norm(wide)], _shares_in_graph(wide))

    def _write(self, numbers: list[Any], shares: Any) -> int:
        import tensorflow as tf

        row, self._used = self._used, self._used + 1
        self._variable.scatter_nd_update([[row]], [tf.concat([tf.stack(numbers), shares], axis=0)])
        return row

    def measure(self, tensor: Any) -> int | None:
        """As `keep`, with the largest absolute value and the root of the mean square."""
        import tensorflow as tf

        if self._used == self._ROWS:
            return None
        wide = tf.cast(tensor, tf.float64)
        sizes = [tf.reduce_max(tf.abs(wide)), tf.sqrt(tf.reduce_mean(tf.square(wide)))]
        return self._write(sizes, tf.zeros(_SHARES, tf.float64))

    def clear(self) -> None:
        """Mark all rows as not written: a norm is never negative."""
        self._variable.assign(np.full((self._ROWS, self._COLUMNS), -1.0))

    def read(self, slots: list["Slot"]) -> list[tuple["Slot", float, float, np.ndarray]]:
        """(slot, norm, sum, shares) of the slots whose operations ran since `clear`."""
        rows = self._variable.numpy()
        ran = [(slot, rows[slot.row]) for slot in slots if rows[slot.row, 1] != -1.0]
        return [(slot, float(row[1]), float(row[0]), row[2:]) for slot, row in ran]


@dataclass(frozen=True)
class Slot:
    """A row of the board: a source's gradient, the size of what a graph is fed, or else the loss."""

    row: int
    source: Any = None
    #: Number of the tensor that the graph is fed with.
    fed: int = 0

    def gradient(self, norm: float) -> ev.Gradient:
        """The norm as a gradient of the slot's source."""
        kind = "nan" if not np.isfinite(norm) else "zero" if norm == 0 else "finite"
        return ev.Gradient(number_of(self.source), is_variable(self.source), None, kind, norm)
