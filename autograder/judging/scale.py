"""Sizes and structure that several rules about numbers look at: large inputs, jumps, bends, kernels."""

import math

from autograder.judging import arithmetic as ar
from autograder.judging.history import History
from autograder.observing import events as ev

RELUS = {"Relu", "Relu6"}
SQUASHING = {"Sigmoid", "Tanh", "Softmax", "Softsign"}
#: Inputs of unit scale have a root mean square near 1, pixels and most raw units one far above 10. With
#: features of size s, the curvature of a squared error grows as s²: at 10 it is a hundredfold.
LARGE_INPUT = 10.0
#: A gradient this much longer than the weights, on data of unit scale, comes from multiplied factors: a
#: sum over 1,000 examples, or a single bad layer, gives three powers of ten at most.
EXPLODED = 1e5


def first_spoiled(history: History, step: int) -> ev.Operation | None:
    """The first forward operation of a step whose result is not finite."""
    for operation in history.events(ev.Operation):
        if operation.step == step and "nan" in operation.flags:
            if not (operation.backward or operation.updating or operation.type in ar.READS):
                return operation
    return None


def largest_input(history: History) -> tuple[float, int | None, ev.Place | None]:
    best: tuple[float, int | None, ev.Place | None] = (0.0, None, None)
    for operation in ar.forward(history):
        if operation.type not in ar.PRODUCTS or len(operation.inputs) < 2:
            continue
        first, second = operation.inputs[:2]
        for data, weights in ((first, second), (second, first)):
            variable = ar.reads(history, weights)
            if variable is None or ar.variables_of(history, data):
                continue
            size = ar.data_size(history, data)
            if size is not None and size > best[0]:
                best = (size, variable, operation.place)
    return best


def shot_up(history: History) -> bool:
    """Whether one of the first steps made the loss more than ten times as large."""
    losses = history.loss_series()[:5]
    return len(losses) > 1 and math.isfinite(losses[0]) and max(losses) > 10 * max(abs(losses[0]), 1e-6)


def asked_names(history: History) -> tuple[str, ...]:
    return tuple(v.name for v in ar.trained(history) if history.asked(v.id))


def first_step(history: History) -> int:
    return min((step for gradients in history.gradients.values() for step in gradients), default=1)
