"""What the rules about numbers ask of a history: which step went bad, how far steps went, what feeds what."""

import math
from collections.abc import Iterable, Iterator

from autograder.judging.history import History
from autograder.observing import events as ev

#: Operations that give the same numbers in another shape or precision.
SAME = {
    "Cast", "Identity", "IdentityN", "Reshape", "ExpandDims", "Squeeze", "Transpose", "ConcatV2", "Pack",
    "StridedSlice", "GatherV2", "Snapshot", "EnsureShape", "PlaceholderWithDefault", "Slice", "Unpack",
}  # fmt: skip
PRODUCTS = {"MatMul", "BatchMatMulV2", "BatchMatMulV3", "Conv1D", "Conv2D", "Conv3D", "Einsum", "Mul"}
READS = {"ReadVariableOp", "ResourceGather", "ResourceGatherNd"}
CALLS = ("PartitionedCall", "StatefulPartitionedCall", "__inference", "__forward")
#: Optimizers whose steps don't grow with the gradient.
RESCALING = {
    "Adam", "AdamW", "Adamax", "Nadam", "RMSprop", "Adagrad", "Adadelta", "Ftrl", "Lion", "Adafactor",
    "Lamb", "Muon", "LossScaleOptimizer",
}  # fmt: skip


# -- operations ---------------------------------------------------------------------------


def producer(history: History, tensor: int) -> ev.Operation | None:
    """The operation that made a tensor; a graph's captured input counts as what it stands for."""
    return history.maker.get(history.resolve(tensor)) or history.maker.get(tensor)


def upstream(history: History, tensors: Iterable[int]) -> Iterator[ev.Operation]:
    """The operations that lead to these tensors, nearest first."""
    waiting, seen = list(tensors), set()
    while waiting:
        operation = producer(history, waiting.pop(0))
        if operation is None or id(operation) in seen:
            continue
        seen.add(id(operation))
        yield operation
        waiting += operation.inputs


def differentiated(history: History, kept: bool = True) -> list[ev.GradientsAsked]:
    """One call for gradients of variables at each line: the first whose operations were kept.

    Args:
        kept: leave out lines of which no call's operations were kept.
    """
    first: dict[object, ev.GradientsAsked] = {}
    bare: dict[object, ev.GradientsAsked] = {}
    for event in history.events(ev.GradientsAsked):
        if any(gradient.is_variable for gradient in event.gradients):
            key = (event.place, tuple(gradient.source for gradient in event.gradients))
            known = first if any(producer(history, target) for target in event.targets) else bare
            if event.symbolic or key not in known:  # of several graphs, the last is the one that runs on
                known[key] = event
    return list(first.values()) if kept else list({**bare, **first}.values())


def forward(history: History) -> list[ev.Operation]:
    """Operations on the way to what is differentiated; also those inside functions that it calls."""
    found: dict[int, ev.Operation] = {}
    for event in differentiated(history):
        for operation in upstream(history, event.targets):
            found[id(operation)] = operation
    if any(operation.type.startswith(CALLS) for operation in found.values()):
        for operation in history.events(ev.Operation):
            if operation.symbolic and not operation.backward and not operation.updating:
                found[id(operation)] = operation
    return list(found.values())


def reads(history: History, tensor: int) -> int | None:
    """The variable whose own value a tensor is, perhaps reshaped or cast; ``None`` if it is none."""
    operation = producer(history, tensor)
    while operation is not None and operation.type in SAME and operation.inputs:
        operation = producer(history, operation.inputs[0])
    if operation is not None and operation.type in READS:
        number = history.resolve(operation.inputs[0])
        return number if number in history.variables else None
    return None


def variables_of(history: History, tensor: int) -> set[int]:
    """The variables that a tensor depends on."""
    found = set()
    for operation in upstream(history, [tensor]):
        for number in operation.inputs:
            if history.resolve(number) in history.variables:
                found.add(history.resolve(number))
    return found


def data_size(history: History, tensor: int) -> float | None:
    """Root mean square of a tensor that is data, also behind operations that keep its values."""
    waiting, seen = [tensor], set()
    while waiting:
        number = waiting.pop(0)
        if number in seen:
            continue
        seen.add(number)
        sizes = [m.rms for m in history.measured.get(history.resolve(number), ()) if math.isfinite(m.rms)]
        if sizes:
            return sizes[0]
        operation = producer(history, number)
        if operation is not None and operation.type in SAME:
            waiting += operation.inputs
    return None


# -- steps --------------------------------------------------------------------------------


def trained(history: History) -> list[ev.VariableInfo]:
    """Variables that some tape was asked for, or that an optimizer was given."""
    given = {history.resolve(v) for group in history.applied.values() for a in group for _, v in a.pairs}
    return [v for v in history.parameters() if history.asked(v.id) or v.id in given]


def first_bad_step(history: History) -> int | None:
    """The first step with a loss, a gradient or a variable that is not finite."""
    bad = [step for step, value in history.losses.items() if not math.isfinite(value)]
    for gradients in history.gradients.values():
        bad += [step for step, gradient in gradients.items() if gradient.kind == "nan"]
    for number, updates in history.updates.items():
        if number in history.gradients:
            bad += [step for step, update in updates.items() if not update.finite]
    return min(bad, default=None)


def spoiled(history: History) -> tuple[str, ...]:
    """Names of the variables that got a gradient that is not finite, or became so themselves."""
    return tuple(
        v.name
        for v in trained(history)
        if "nan" in history.kinds(v.id) or any(not u.finite for u in history.updates[v.id].values())
    )


def gradient_norm(history: History, step: int, variables: Iterable[int]) -> float | None:
    """Norm over all finite gradients of a step."""
    norms = [history.gradients[v][step].norm for v in variables if step in history.gradients.get(v, {})]
    known = [norm for norm in norms if norm is not None and math.isfinite(norm)]
    return math.hypot(*known) if known else None


def movement(history: History, step: int, variables: Iterable[int]) -> float | None:
    """How far a step moved all these variables together."""
    norms = [history.updates[v][step].update_norm for v in variables if step in history.updates.get(v, {})]
    known = [norm for norm in norms if math.isfinite(norm)]
    return math.hypot(*known) if known else None


def size(history: History, step: int, variables: Iterable[int]) -> float:
    """Norm of all these variables together after a step."""
    norms = [history.updates[v][step].value_norm for v in variables if step in history.updates.get(v, {})]
    return math.hypot(*(norm for norm in norms if math.isfinite(norm)), 0.0)


def median(values: Iterable[float]) -> float:
    """The middle value; NaN for none."""
    ordered = sorted(values)
    if not ordered:
        return float("nan")
    half = len(ordered) // 2
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2


def finite_losses(history: History) -> list[float]:
    """The finite losses, step by step."""
    return [value for value in history.loss_series() if math.isfinite(value)]


def fall(history: History) -> float | None:
    """By which share the loss fell from the first to the last third of the run; negative if it rose.

    Thirds, because batches differ; ``None`` for fewer than 6 losses.
    """
    losses = finite_losses(history)
    if len(losses) < 6:
        return None
    third = max(len(losses) // 3, 2)
    start, end = median(losses[:third]), median(losses[-third:])
    return (start - end) / abs(start) if start else None


def diverges(history: History) -> bool:
    """Whether the loss stops being finite, or ends at more than ten times its start."""
    losses = history.loss_series()
    if len(losses) < 2 or not math.isfinite(losses[0]):
        return False
    if not all(math.isfinite(value) for value in losses):
        return True
    return median(losses[-3:]) > 10 * max(abs(losses[0]), 1e-6)


def owner(history: History, variable: int) -> ev.OptimizerInfo | None:
    """The optimizer that was given the variable first."""
    for number, group in history.applied.items():
        if any(history.resolve(v) == variable for applied in group for _, v in applied.pairs):
            return history.optimizers.get(number)
    return None


def number(value: float) -> str:
    """A number as people write it: three digits."""
    if math.isnan(value):
        return "NaN"
    if math.isinf(value):
        return "inf" if value > 0 else "−inf"
    return f"{value:.3g}"


def joined(names: Iterable[str], most: int = 4) -> str:
    """Names as a list in words, cut short when there are many."""
    names = list(names)
    shown = [f"“{name}”" for name in names[:most]]
    if len(names) > most:
        return f"{', '.join(shown)} and {len(names) - most} more"
    return " and ".join([", ".join(shown[:-1]), shown[-1]]) if len(shown) > 1 else "".join(shown)
