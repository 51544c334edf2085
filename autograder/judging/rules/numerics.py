"""Faults of numbers: scales that are too large or too small, of losses, inputs and gradients.

What a number of this family means is a matter of degree, so every rule asks
for a mechanism (an operation, a structure, an input) and for harm (NaN, a loss
that grows or stands still). A program that shows only one of the two is left
in peace.
"""

import math
from collections import deque
from collections.abc import Iterable

from autograder.judging import arithmetic as ar
from autograder.judging.history import Finding, History
from autograder.judging.rules.not_finite import is_explained
from autograder.judging.scale import (
    EXPLODED,
    LARGE_INPUT,
    SQUASHING,
    asked_names,
    first_spoiled,
    first_step,
    largest_input,
    shot_up,
)
from autograder.observing import events as ev

#: At s = 30 the first layer's pre-activations are dozens, where tanh and sigmoid are flat in float32.
_SATURATING_INPUT = 30.0
#: Units such as Pascal, seconds since 1970 or prices: a first layer turns them into thousands.
_HUGE_INPUT = 1_000.0
#: First over last kernel's gradient; sigmoid networks of three layers, which learn, have 1e-2.
_VANISHED = 1e-3
#: A step that moves a kernel by less than this share needs 10,000 more like it to change it at all.
_STILL = 1e-4


def sum_instead_of_mean(history: History, earlier: tuple[Finding, ...]) -> list[Finding]:
    """A loss that adds up its examples, with an optimizer that takes the size of the gradient literally.

    Needs both: the differentiated number is a sum over a batch of at least 8
    (also by `tf.nn.l2_loss`, or as a vector times itself) that nothing
    divides, and training diverges under SGD or a hand-written update. Under
    Adam and its like the sum does no harm and is no finding.
    """
    if not ar.diverges(history) or _rescaled(history):
        return []
    for event in ar.differentiated(history):
        found = _summed(history, event.targets)
        if found is not None and found[1] >= 8:
            operation, examples = found
            ids = [v.id for v in ar.trained(history)]
            norm = ar.gradient_norm(history, first_step(history), ids)
            losses = history.loss_series()
            seen = (
                f"The loss is a sum over {examples} numbers: the gradient's norm in the first step is "
                f"{ar.number(norm or math.nan)}, and the loss goes from {ar.number(losses[0])} to "
                f"{ar.number(losses[-1])}. As a mean, loss and gradient would be {examples} times smaller."
            )
            return [Finding("sum-instead-of-mean", asked_names(history), seen, operation.place)]
    return []


def _summed(history: History, targets: Iterable[int]) -> tuple[ev.Operation, int] | None:
    """The summation that ends in the loss with nothing but small change after it, and its length."""
    waiting, seen = list(targets), set()
    while waiting:
        operation = ar.producer(history, waiting.pop(0))
        if operation is None or id(operation) in seen:
            continue
        seen.add(id(operation))
        before, after = operation.input_shapes[:1], operation.output_shapes[:1]
        adds_up = operation.type in ("Sum", "L2Loss") or _is_square_length(history, operation)
        if adds_up and before and after and before[0] and after[0] is not None:
            length = _length(history, operation, before[0])
            if math.prod(after[0]) == 1 and length > 1 and not _of_weights(history, operation.inputs[0]):
                return operation, length
            waiting += operation.inputs[:1]
        elif operation.type in ar.SAME | {"Neg", "AddV2", "Add", "AddN"}:
            waiting += operation.inputs
        elif operation.type == "Mul" and _near_one(history, operation):
            waiting += operation.inputs
    return None


def _is_square_length(history: History, operation: ev.Operation) -> bool:
    """Whether a product multiplies a column by itself: the sum of its squares."""
    if operation.type not in ("MatMul", "BatchMatMulV2", "Einsum") or len(operation.inputs) < 2:
        return False
    out = operation.output_shapes[0] if operation.output_shapes else None
    same = history.resolve(operation.inputs[0]) == history.resolve(operation.inputs[1])
    return same and out is not None and math.prod(out) == 1


def _of_weights(history: History, tensor: int) -> bool:
    """Whether a tensor is a weight, or its square or size: what a penalty adds up."""
    operation = ar.producer(history, tensor)
    while operation is not None and operation.type in ar.SAME | {"Square", "Abs"} and operation.inputs:
        operation = ar.producer(history, operation.inputs[0])
    return operation is not None and operation.type in ar.READS


def _length(history: History, operation: ev.Operation, shape: tuple[int, ...]) -> int:
    """How many examples a sum adds up: the first axis, or all there is if that is unknown."""
    if shape[0] > 1:
        return shape[0]
    if -1 not in shape:
        return math.prod(shape)
    known = [o for o in ar.upstream(history, operation.inputs[:1]) if o.input_shapes]
    sizes = [s[0] for o in known for s in o.input_shapes if s and s[0] > 1 and len(s) >= 2]
    return sizes[0] if sizes else 32


def _near_one(history: History, operation: ev.Operation) -> bool:
    """Whether a product only scales by a plain number of about 1, such as ½ or a cast of 1."""
    if not all(s is not None and math.prod(s) == 1 for s in operation.input_shapes):
        return False
    sizes = [m.largest for t in operation.inputs for m in history.measured.get(history.resolve(t), ())[:1]]
    return all(value >= 0.1 for value in sizes if value == sizes[-1]) if sizes else True


def unscaled_inputs(history: History, earlier: tuple[Finding, ...]) -> list[Finding]:
    """Data far above unit scale that meet the first weights, and a training that suffers from it.

    Needs both: data whose root mean square is at least 10 are multiplied by a
    variable with nothing in between; and the loss diverges, or (from 30 on,
    where squashing units saturate) has not fallen by a tenth while the weights
    do move, or that variable's gradient is 0 in most steps behind squashing
    units, or (from 1,000 on) the loss is still far above anything that the
    targets are worth. Adam that copes with such inputs is left in peace.
    """
    if is_explained(earlier) or any(f.fault == "sum-instead-of-mean" for f in earlier):
        return []
    size, variable, place = largest_input(history)
    if variable is None or size < LARGE_INPUT:
        return []
    diverges = ar.diverges(history) or _starts_infinite(history) or shot_up(history)
    fall = ar.fall(history)
    stuck = size >= _SATURATING_INPUT and fall is not None and fall < 0.1 and history.moved(variable)
    stuck = stuck and not _nearly_zero_rate(history)
    if not (diverges or stuck or _saturated(history, size, variable) or _swamped(history, size)):
        return []
    losses = history.loss_series()
    effect = (
        f"the loss goes from {ar.number(losses[0])} over {ar.number(max(losses))} to {ar.number(losses[-1])}"
        if losses
        else "training fails"
    )
    seen = (
        f"The values that meet “{history.name(variable)}” have a root mean square of {ar.number(size)}, "
        f"where 1 would be usual, and {effect} in {history.steps} steps."
    )
    return [Finding("unscaled-inputs", asked_names(history), seen, place)]


def _saturated(history: History, size: float, variable: int) -> bool:
    """Whether the units that the data meet first stand at their ends, so that most gradients there are 0."""
    kinds = history.kinds(variable)
    squashed = any(o.type in SQUASHING for o in ar.forward(history))
    return size >= _SATURATING_INPUT and squashed and 2 * kinds.count("zero") > len(kinds)


def _swamped(history: History, size: float) -> bool:
    """Whether inputs of such a size keep the loss far above what predicting nothing at all would cost.

    That is the mean square of the targets (their size, for an absolute error), or, for a cross-entropy,
    the logarithm of the number of classes: a loss of 10 is that of 20,000 classes.
    """
    losses = ar.finite_losses(history)
    if size < _HUGE_INPUT or len(losses) < 6:
        return False
    end = ar.median(losses[-max(len(losses) // 3, 2) :])
    operations = ar.forward(history)
    if any("CrossEntropy" in o.type or o.type in ("Softplus", "Log1p", "LogSoftmax") for o in operations):
        return end > 10
    targets = [
        rms
        for o in operations
        if o.type in ("Sub", "SquaredDifference") and len(o.inputs) == 2
        for other, tensor in (o.inputs, o.inputs[::-1])
        if ar.variables_of(history, other) and not ar.variables_of(history, tensor)
        if (rms := ar.data_size(history, tensor)) is not None
    ]
    worth = max((max(rms, rms**2) for rms in targets), default=math.inf)
    return end > 10 * max(worth, 1.0)


def _starts_infinite(history: History) -> bool:
    return any(not math.isfinite(value) for value in history.loss_series())


def _nearly_zero_rate(history: History) -> bool:
    """Whether the loss stands because nothing moves to speak of, whatever the inputs are."""
    ids = [v.id for v in ar.trained(history)]
    shares = [
        (ar.movement(history, step, ids) or 0.0) / max(ar.size(history, step, ids), 1e-30)
        for step in range(1, history.steps + 1)
    ]
    return max(shares, default=0.0) < 1e-6


def exploding_gradient(history: History, earlier: tuple[Finding, ...]) -> list[Finding]:
    """A gradient that is huge in the first steps already, on data of unit scale, and does harm.

    Needs: in one of the first three steps the gradient is at least 1e5 times as
    long as the weights were (or the forward pass overflows), the inputs are not
    large, and the weights are thrown far away or the numbers end as inf or NaN.
    A rate that is merely too large starts from moderate gradients instead.
    """
    if is_explained(earlier) or any(f.fault in ("sum-instead-of-mean", "unscaled-inputs") for f in earlier):
        return []
    ids = [v.id for v in ar.trained(history)]
    first = first_step(history)
    worst = 0.0
    for step in range(first, first + 3):
        norm, before = ar.gradient_norm(history, step, ids), _size_before(history, step, ids)
        if norm is not None and norm > EXPLODED * max(before, 1.0) and _thrown(history, step, ids):
            worst = max(worst, norm)
            break
        if norm is None or norm > EXPLODED:
            break
    overflow = _overflows_at_once(history)
    if (not worst and not overflow) or largest_input(history)[0] >= LARGE_INPUT:
        return []
    if overflow and not worst:
        what = "The forward pass overflows in the first step already"
    else:
        what = f"The gradient's norm is {ar.number(worst)} in the first steps, the weights' before it "
        what += ar.number(_size_before(history, first, ids))
    losses = history.loss_series()
    seen = (
        f"{what}; the loss goes from {ar.number(losses[0])} to {ar.number(losses[-1])}." if losses else what
    )
    return [Finding("exploding-gradient", asked_names(history), seen, _asked_at(history))]


def _size_before(history: History, step: int, ids: list[int]) -> float:
    """Norm of all variables before a step."""
    steps = [history.updates.get(number, {}).get(step) for number in ids]
    known = [s.norm_before for s in steps if s is not None and s.norm_before is not None]
    return math.hypot(*known, 0.0)


def _thrown(history: History, step: int, ids: list[int]) -> bool:
    """Whether the step moved the weights by ten times their size, or made them or the loss not finite."""
    moved = ar.movement(history, step, ids)
    bad = ar.first_bad_step(history)
    return bad is not None or (moved is not None and moved > 10 * max(_size_before(history, step, ids), 1e-6))


def _overflows_at_once(history: History) -> bool:
    first = first_step(history)
    loss = history.losses.get(first)
    if loss is None or math.isfinite(loss):
        return False
    products = [o for o in ar.forward(history) if o.type in ar.PRODUCTS]
    spoiled = first_spoiled(history, first)
    if spoiled is not None:
        return spoiled.type in ar.PRODUCTS | {"Square", "Pow", "AddV2"} and "nan input" not in spoiled.flags
    return len(products) >= 5


def vanishing_gradient(history: History, earlier: tuple[Finding, ...]) -> list[Finding]:
    """Kernels whose gradients fall from layer to layer towards the input, until the first stand still.

    Needs: at least three products with weights between the first kernel and
    the last (of three kernels, or of one that is used again and again, as in a
    recurrent cell); the median gradient of the first at most 1e-3 of the last
    one's, falling in most links of the chain; and a first kernel that moves by
    less than 1e-4 of itself a step. Under Adam, which rescales, such kernels do move, and this is silent.
    """
    far = _distances(history)
    chain = sorted(far, key=lambda n: -far[n])
    if len(chain) < 2 or far[chain[0]] - far[chain[-1]] < 3:
        return []
    norms = [ar.median(history.norms(n)) for n in chain]
    if not all(math.isfinite(norm) and norm > 0 for norm in norms):
        return []
    if _lost_from_the_start(history, chain):
        seen = (
            f"The loss is {ar.number(history.loss_series()[0])}, and yet no kernel's gradient is longer than "
            f"{ar.number(max(norms))} from the first step on: of {len(chain)} layers in a row each makes the "
            "signal, and the gradient, smaller."
        )
        return [
            Finding("vanishing-gradient", asked_names(history), seen, history.variables[chain[0]].made_at)
        ]
    falling = sum(a < b for a, b in zip(norms, norms[1:]))
    if norms[0] > _VANISHED * norms[-1] or falling < 0.66 * (len(chain) - 1):
        return []
    still = [n for n in chain if _relative_movement(history, n) < _STILL and n != chain[-1]]
    if not still or still[0] != chain[0]:
        return []
    squashing = sum(o.type in SQUASHING for o in ar.forward(history))
    through = f" Between them lie {squashing} sigmoid, tanh or softmax layers." if squashing >= 2 else ""
    still_by = ar.number(_relative_movement(history, chain[0]))
    seen = (
        f"The gradient's norm is {ar.number(norms[-1])} at “{history.name(chain[-1])}” and "
        f"{ar.number(norms[0])} at “{history.name(chain[0])}”, {far[chain[0]] - far[chain[-1]]} products "
        f"further down; a step moves the latter by {still_by} of its size.{through}"
    )
    below = [v.name for v in ar.trained(history) if _relative_to_last(history, v.id, norms[-1]) < _VANISHED]
    return [Finding("vanishing-gradient", tuple(below), seen, history.variables[chain[0]].made_at)]


def _lost_from_the_start(history: History, chain: list[int]) -> bool:
    """Whether all kernels have next to no gradient in the first step already, and stand still."""
    losses = history.loss_series()
    if len(chain) < 4 or not losses or not math.isfinite(losses[0]):
        return False
    first = [history.norms(n)[0] for n in chain]
    still = all(_relative_movement(history, n) < 0.1 * _STILL for n in chain)
    return still and max(first) < 1e-4 * abs(losses[0])


def _relative_to_last(history: History, variable: int, last: float) -> float:
    norm = ar.median(history.norms(variable))
    return norm / last if math.isfinite(norm) else math.inf


def _relative_movement(history: History, variable: int) -> float:
    steps = history.updates.get(variable, {}).values()
    return ar.median(s.update_norm / s.value_norm for s in steps if s.finite and s.value_norm)


def _distances(history: History) -> dict[int, int]:
    """Kernel → the fewest products with weights that lie between its own use and the loss.

    A kernel that is used again and again, as in a recurrent cell, counts each
    time for what lies below it. Tables of embeddings are kernels, too.
    """
    found: dict[int, int] = {}
    for event in ar.differentiated(history):
        waiting = deque((target, 0) for target in event.targets)
        seen: set[int] = set()
        while waiting:
            tensor, far = waiting.popleft()
            operation = ar.producer(history, tensor)
            if operation is None or id(operation) in seen:
                continue
            seen.add(id(operation))
            used = _kernels_used(history, operation)
            for kernel in used:
                found[kernel] = min(found.get(kernel, far), far)
            if used and operation.type in ar.PRODUCTS:
                waiting.extend((source, far + 1) for source in operation.inputs)
            else:
                waiting.extendleft((source, far) for source in operation.inputs)
    return found


def _kernels_used(history: History, operation: ev.Operation) -> list[int]:
    if operation.type == "ResourceGather":
        used = [history.resolve(operation.inputs[0])]
    elif operation.type in ar.PRODUCTS - {"Mul"} and len(operation.inputs) >= 2:
        used = [n for n in (ar.reads(history, t) for t in operation.inputs[:2]) if n is not None]
    else:
        return []
    known = [n for n in used if n in history.variables and history.norms(n)]
    return [n for n in known if len(history.variables[n].shape) >= 2]


# -- shared -------------------------------------------------------------------------------


def _asked_at(history: History) -> ev.Place | None:
    return next((event.place for event in history.events(ev.GradientsAsked) if event.place), None)


def _rescaled(history: History) -> bool:
    """Whether every variable is updated by an optimizer that does not follow the gradient's size."""
    owners = [ar.owner(history, v.id) for v in ar.trained(history)]
    return bool(owners) and all(o is not None and o.kind in ar.RESCALING for o in owners)


RULES = (
    ("sum-instead-of-mean", sum_instead_of_mean),
    ("unscaled-inputs", unscaled_inputs),
    ("exploding-gradient", exploding_gradient),
    ("vanishing-gradient", vanishing_gradient),
)
