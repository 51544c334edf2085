"""Faults of numbers: a model that cannot do better, however its weights move."""

import math

from autograder.judging import arithmetic as ar
from autograder.judging.history import Finding, History
from autograder.judging.scale import RELUS, SQUASHING, asked_names
from autograder.observing import events as ev

_BENDS = RELUS | SQUASHING | {
    "Elu", "Selu", "LeakyRelu", "Softplus", "Erf", "Erfc", "Abs", "Square", "Pow", "Exp", "Sin", "Cos",
    "Maximum", "Minimum", "SquaredDifference", "Log", "Log1p", "LogSoftmax", "MaxPool", "RealDiv", "Select",
    "SelectV2", "Sqrt", "Rsqrt", "FusedBatchNormV3", "Sign", "Round", "Floor", "Where", "TopKV2", "Greater",
    "GreaterEqual", "Atan", "While", "StatelessWhile",
}  # fmt: skip


def too_little_capacity(history: History, earlier: tuple[Finding, ...]) -> list[Finding]:
    """Weights that move, a loss that has levelled off high, and a model that cannot do better.

    Needs a reason in the structure: kernels that follow each other with no bend
    in between, the inner one at least as wide as an end of the pair (so that
    it is no deliberate bottleneck); a hidden layer of a single unit, trained
    together with the next one, so that it is no network's result; or a lone
    linear layer whose loss stands at the logarithm of the number of classes,
    which is what guessing gives. And the plateau: the last third of the run
    is less than 3% better than the second, or level in itself, after every
    weight has moved.
    """
    if earlier or not _levelled_off(history):
        return []
    losses = ar.finite_losses(history)
    third = max(len(losses) // 3, 2)
    end = sum(losses[-third:]) / third
    kernels = _kernels(history)
    reason = ""
    if not kernels:
        return []
    if _flat_stack(history):
        reason = "layers follow each other with no activation in between, and add up to one linear layer"
    elif any(
        _is_thread(history, n, after) and _asked_together(history, n, after)
        for n, after in zip(kernels, kernels[1:])
    ):
        reason = "a hidden layer has a single unit"
    elif len(kernels) == 1 and (classes := _guessing(end)) and _tells_apart(history, kernels[0], classes):
        reason = (
            f"the model is one linear layer, and {ar.number(math.log(classes))} is what guessing between "
        )
        reason += f"{classes} classes gives"
    if not reason:
        return []
    seen = (
        f"Gradients are finite and the weights move, but the loss has settled at about {ar.number(end)} "
        f"after {ar.number(losses[0])} in the first step: {reason}."
    )
    return [Finding("too-little-capacity", asked_names(history), seen, history.variables[kernels[0]].made_at)]


def _tells_apart(history: History, kernel: int, classes: int) -> bool:
    """Whether a kernel gives as many results as there are classes, and they go into a logarithm."""
    results = history.variables[kernel].shape[-1]
    logarithms = any("CrossEntropy" in o.type or o.type.startswith("Log") for o in ar.forward(history))
    return logarithms and (results == classes or (results == 1 and classes == 2))


def _is_thread(history: History, kernel: int, after: int) -> bool:
    """Whether a kernel has a single result, and the next one takes no more than that."""
    shape, following = history.variables[kernel].shape, history.variables[after].shape
    single = len(shape) >= 2 and shape[-1] == 1 and math.prod(shape) > 1
    return single and len(following) >= 2 and following[-2] == 1


def _asked_together(history: History, one: int, other: int) -> bool:
    """Whether one request is for both: layers of one network, and not of two that play against each other."""
    for asked in history.events(ev.GradientsAsked):
        assert isinstance(asked, ev.GradientsAsked)
        if {one, other} <= {history.resolve(g.source) for g in asked.gradients}:
            return True
    return False


def _kernels(history: History) -> list[int]:
    """Variables that enter a product on the way to the loss, those near the data first."""
    found = []
    for operation in ar.forward(history):
        if operation.type in ar.PRODUCTS and len(operation.inputs) >= 2:
            for factor in operation.inputs[:2]:
                kernel = ar.reads(history, factor)
                if kernel is not None and kernel not in found and history.norms(kernel):
                    found.append(kernel)
    return found[::-1]


def _levelled_off(history: History) -> bool:
    losses = ar.finite_losses(history)
    if len(losses) < 12 or len(losses) != len(history.loss_series()) or min(losses) < 0:
        return False
    third = len(losses) // 3
    middle = sum(losses[third : 2 * third]) / third
    end = sum(losses[-third:]) / third
    start = sum(losses[:third]) / third
    half = third // 2
    before, after = ar.median(losses[-third:-half]), ar.median(losses[-half:])
    level = end > 0.97 * middle or (end > 0.9 * middle and abs(after - before) < 0.04 * end)
    if not (level and end > 0.3 * start and end < 1.5 * start):
        return False
    moving = [v for v in ar.trained(history) if history.norms(v.id)]
    return bool(moving) and all(_distance(history, v.id) > 0.05 for v in moving if len(v.shape) >= 2)


def _distance(history: History, variable: int) -> float:
    """Sum of all movements as a share of the variable's size: whether it had a chance to get anywhere."""
    steps = history.updates.get(variable, {})
    sizes = [s.value_norm for s in steps.values() if s.finite]
    return sum(s.update_norm for s in steps.values() if s.finite) / max(max(sizes, default=0.0), 1e-12)


def _flat_stack(history: History) -> bool:
    """Whether the result of a product with a kernel goes straight, bias aside, into another product."""
    flat = False
    operations = ar.forward(history)
    if any(o.type in _BENDS and _inside(history, o) for o in operations):
        return False
    for operation in operations:
        if operation.type not in ar.PRODUCTS - {"Mul"} or len(operation.inputs) < 2:
            continue
        outer = ar.reads(history, operation.inputs[1])
        inner = _straight(history, operation.inputs[0])
        if outer is None or inner is None or outer == inner:
            continue
        a, b = history.variables[inner].shape, history.variables[outer].shape
        if len(a) == 2 and len(b) == 2 and a[1] >= min(a[0], b[1]):
            flat = True
    return flat


def _inside(history: History, operation: ev.Operation) -> bool:
    """Whether a bend lies inside the model: behind a kernel and before another one."""
    if not any(ar.variables_of(history, t) for t in operation.inputs):
        return False
    results = set(map(history.resolve, operation.outputs))
    waiting, seen = list(results), set()
    while waiting:
        for user in history.users.get(waiting.pop(), ()):
            if id(user) in seen or user.backward or user.updating:
                continue
            seen.add(id(user))
            if user.type in ar.PRODUCTS - {"Mul"} and any(
                ar.reads(history, t) is not None for t in user.inputs
            ):
                return True
            waiting += map(history.resolve, user.outputs)
    return False


def _straight(history: History, tensor: int) -> int | None:
    """The kernel of the product that a tensor comes from with only shifts and reshaping in between."""
    operation = ar.producer(history, tensor)
    while operation is not None:
        if operation.type in ar.PRODUCTS - {"Mul"} and len(operation.inputs) >= 2:
            return ar.reads(history, operation.inputs[1])
        if operation.type not in ar.SAME | {"BiasAdd", "AddV2", "Add"} or not operation.inputs:
            return None
        operation = ar.producer(history, operation.inputs[0])
    return None


def _guessing(loss: float) -> int:
    """How many classes a loss at the level of guessing speaks for, from 2 to 10; 0 for another loss."""
    for classes in range(2, 11):
        if abs(loss - math.log(classes)) < 0.03 * math.log(classes):
            return classes
    return 0


RULES = (("too-little-capacity", too_little_capacity),)
