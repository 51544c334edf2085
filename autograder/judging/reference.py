"""What a right step would have done, computed apart from the learner's code.

Everything is NumPy in float64. Gradients are central differences of the plain
loss function, so the reference shares nothing with TensorFlow's derivatives
(the idea of `tf.test.compute_gradient`).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

#: Arrays of a model in the order of its variables.
Parameters = Sequence[np.ndarray]

#: Step of the central difference. Its error is of order h² ≈ 1e-10 from the
#: curvature plus 1e-16 / h ≈ 1e-11 from rounding: far below `TOLERANCE`.
_H = 1e-5

#: Largest relative difference that two right computations may show. float32
#: keeps 24 bits: sums over a few hundred terms agree to about 1e-5. TF32 keeps
#: 11 bits of each factor of a matrix product (5e-4), which grows to about 2e-3
#: through the layers of our models (tests/judging measures it). The faults that
#: the exercises are about differ by several percent and more.
TOLERANCE = 1e-2


@dataclass(frozen=True)
class Trajectory:
    """What a run of right steps does: the loss before each update, the values after each."""

    losses: tuple[float, ...]
    #: One entry more than there are steps; each a tuple of arrays, one a variable.
    values: tuple[tuple[np.ndarray, ...], ...]


def numerical_gradient(loss: Callable[[Parameters], float], parameters: Parameters) -> list[np.ndarray]:
    """∂loss/∂parameters by central differences, array by array, in float64."""
    work = [np.array(p, dtype=np.float64) for p in parameters]
    gradients = []
    for array in work:
        gradient = np.zeros_like(array)
        for index in np.ndindex(array.shape):
            middle = array[index]
            array[index] = middle + _H
            above = loss(work)
            array[index] = middle - _H
            below = loss(work)
            array[index] = middle
            gradient[index] = (above - below) / (2 * _H)
        gradients.append(gradient)
    return gradients


#: An update rule: the gradients of one step → what is added to each parameter.
#: It keeps its own moments, so that each run needs a fresh one.
Rule = Callable[[list[np.ndarray]], list[np.ndarray]]


def sgd(rate: float, momentum: float = 0.0, decay: float = 1.0) -> Rule:
    """Gradient descent, with a heavy ball if there is momentum: v ← m·v − rate·g, w ← w + v.

    After each step the rate is multiplied by `decay`.
    """
    velocity: list[np.ndarray] = []
    step = 0

    def update(gradients: list[np.ndarray]) -> list[np.ndarray]:
        nonlocal step
        now = rate * decay**step
        step += 1
        before = velocity or [np.zeros_like(g) for g in gradients]
        velocity[:] = [momentum * v - now * g for v, g in zip(before, gradients, strict=True)]
        return list(velocity)

    return update


def adam(rate: float, beta_1: float = 0.9, beta_2: float = 0.999, epsilon: float = 1e-7) -> Rule:
    """Adam as Keras computes it, with the bias correction in the rate (Kingma and Ba, 2015, section 2).

    Where a gradient is of the size of `epsilon` or smaller, central differences
    are too coarse for its sign: draw inputs whose gradients are well above.
    """
    first: list[np.ndarray] = []
    second: list[np.ndarray] = []
    step = 0

    def update(gradients: list[np.ndarray]) -> list[np.ndarray]:
        nonlocal step
        step += 1
        zeros = [np.zeros_like(g) for g in gradients]
        first[:] = [beta_1 * m + (1 - beta_1) * g for m, g in zip(first or zeros, gradients, strict=True)]
        second[:] = [
            beta_2 * v + (1 - beta_2) * g**2 for v, g in zip(second or zeros, gradients, strict=True)
        ]
        corrected = rate * np.sqrt(1 - beta_2**step) / (1 - beta_1**step)
        return [-corrected * m / (np.sqrt(v) + epsilon) for m, v in zip(first, second, strict=True)]

    return update


def descend(
    losses: Sequence[Callable[[Parameters], float]], parameters: Parameters, rule: Rule
) -> Trajectory:
    """One step of the rule for each loss function in turn.

    The loss functions differ from step to step when each step has its own batch.
    """
    current = tuple(np.array(p, dtype=np.float64) for p in parameters)
    values, seen = [current], []
    for loss in losses:
        seen.append(float(loss(current)))
        updates = rule(numerical_gradient(loss, current))
        current = tuple(p + update for p, update in zip(current, updates, strict=True))
        values.append(current)
    return Trajectory(tuple(seen), tuple(values))


def agree(seen: np.ndarray | float, right: np.ndarray | float, scale: float | None = None) -> bool:
    """Whether two results are equal up to `TOLERANCE`, by Euclidean norm.

    The difference is measured against the norm of `right`, or against `scale`
    where that is the natural unit. Shapes must match; NaN never agrees.
    """
    seen, right = np.asarray(seen, dtype=np.float64), np.asarray(right, dtype=np.float64)
    if seen.shape != right.shape or not np.all(np.isfinite(seen)):
        return False
    unit = float(np.linalg.norm(right)) if scale is None else scale
    return float(np.linalg.norm(seen - right)) <= TOLERANCE * unit
