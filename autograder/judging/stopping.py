"""Losses with parts that count as constants: what `stop_gradient` does, for the reference."""

from collections.abc import Callable
from typing import Any

from autograder.judging.reference import Parameters


def with_constants(
    constants: Callable[[Parameters], Any], loss: Callable[[Parameters, Any], float]
) -> Callable[[Parameters], float]:
    """The loss of one step, in which some values are held while the parameters are varied.

    Args:
        constants: computes the held values, once, at the parameters of the
            first call: those at which `descend` asks for the loss of the step.
        loss: the loss of (parameters, held values).
    """
    held: list[Any] = []

    def of_step(parameters: Parameters) -> float:
        if not held:
            held.append(constants(parameters))
        return loss(parameters, held[0])

    return of_step
