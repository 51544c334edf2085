"""Faults of the update's direction and length: uphill, or too far."""

import math

from autograder.judging import arithmetic as ar
from autograder.judging.history import Finding, History
from autograder.judging.updates import Group, assignments_to, groups_of, loss_stands
from autograder.observing import events as ev


def ascending_sign(history: History, earlier: tuple[Finding, ...]) -> list[Finding]:
    """Every step goes up the slope of what was differentiated, or down the slope of something to be raised.

    Proof, for the step: in nearly all steps the update of every variable points
    along its gradient, and the loss rises. Dual variables that ascend beside
    weights that descend are a saddle point on purpose. Proof, for the loss: it
    is a mean of log-probabilities times given numbers, or the negative of an
    error against given targets, and the step goes down its slope.
    """
    for event in ar.differentiated(history, kept=False):
        ids = [history.resolve(g.source) for g in event.gradients if g.is_variable]
        sides = {v: _side(history, v) for v in ids if _side(history, v)}
        if not sides:
            continue
        goal = _goal(history, event)
        names = tuple(history.name(v) for v in ids if history.moved(v))
        losses = ar.finite_losses(history)
        if all(side > 0 for side in sides.values()) and goal >= 0 and _rises(losses, goal):
            seen = (
                f"Every step moves {ar.joined(names)} along the gradient instead of against it, and the loss "
                f"rises from {ar.number(losses[0])} to {ar.number(max(losses))}."
            )
            return [Finding("ascending-sign", names, seen, _step_place(history, ids) or event.place)]
        if all(side < 0 for side in sides.values()) and goal < 0:
            maker = ar.producer(history, event.targets[0]) if event.targets else None
            seen = (
                "Each step makes the number that you differentiate smaller, as it should. But that number is "
                "one that should grow: it falls when the model gets worse."
            )
            return [Finding("ascending-sign", names, seen, (maker and maker.place) or event.place)]
    return []


def _side(history: History, variable: int) -> int:
    """1 if a variable moves up its gradient in nearly all steps, −1 if down, 0 if that is not clear."""
    cosines = [s.along for s in history.updates.get(variable, {}).values() if s.along is not None]
    if len(cosines) < 2:
        return 0
    up = sum(c > 0.1 for c in cosines) / len(cosines)
    down = sum(c < -0.1 for c in cosines) / len(cosines)
    return 1 if up >= 0.9 else -1 if down >= 0.6 else 0


def _rises(losses: list[float], goal: int) -> bool:
    """Whether the loss goes up over the run; without a known goal, only one that is never negative counts."""
    if len(losses) < 3 or (goal == 0 and min(losses) < 0):
        return False
    third = max(len(losses) // 3, 1)
    start, end = ar.median(losses[:third]), ar.median(losses[-third:])
    return end > start + 0.01 * abs(start)


_ERRORS = {
    "SquaredDifference", "SparseSoftmaxCrossEntropyWithLogits", "SoftmaxCrossEntropyWithLogits", "L2Loss",
}  # fmt: skip
_LIKELIHOODS = {"LogSoftmax"}


def _goal(history: History, event: ev.GradientsAsked) -> int:
    """What the differentiated number is: 1 an error that should fall, −1 one that should rise, 0 unknown.

    Follows it back through sums, means, scalings and changes of sign to
    operations whose meaning is plain. Parts that disagree leave it unknown.
    """
    found: set[int] = set()
    waiting: list[tuple[int, int]] = [(target, 1) for target in event.targets]
    seen: set[tuple[int, int]] = set()
    while waiting:
        tensor, sign = waiting.pop()
        operation = ar.producer(history, tensor)
        if operation is None or (id(operation), sign) in seen:
            continue
        seen.add((id(operation), sign))
        kind, inputs = operation.type, operation.inputs
        if kind in _ERRORS:
            found.add(sign)
        elif kind in ("Square", "Abs", "Pow") and _is_difference(history, inputs[0]):
            found.add(sign)
        elif kind in _LIKELIHOODS or (kind == "Log" and _is_probability(history, inputs[0])):
            found.add(-sign)
        elif kind == "Neg":
            waiting.append((inputs[0], -sign))
        elif kind == "Sub":
            waiting += [(inputs[0], sign), (inputs[1], -sign)]
        elif kind in ("Mean", "Sum", "RealDiv", "DivNoNan", "GatherNd", "ResourceGather", *ar.SAME):
            waiting.append((inputs[0], sign))
        elif kind in ("AddV2", "Add", "AddN"):
            waiting += [(number, sign) for number in inputs]
        elif kind == "Mul":
            varying = [number for number in inputs if ar.variables_of(history, number)]
            given = [number for number in inputs if number not in varying]
            if len(varying) == 1 and _is_direction(history, varying[0]):
                found.add(-sign)  # a cosine with given vectors, which is largest where they agree
                continue
            if len(varying) == 1 and all(_not_negative(history, number) for number in given):
                below = sum(_is_negative(history, number) for number in given)
                waiting.append((varying[0], -sign if below % 2 else sign))
    return found.pop() if len(found) == 1 else 0


def _is_difference(history: History, tensor: int) -> bool:
    """Whether a tensor is a prediction minus given targets."""
    operation = ar.producer(history, tensor)
    while operation is not None and operation.type in ar.SAME and operation.inputs:
        operation = ar.producer(history, operation.inputs[0])
    if operation is None or operation.type != "Sub":
        return False
    return sum(bool(ar.variables_of(history, number)) for number in operation.inputs) == 1


def _is_probability(history: History, tensor: int) -> bool:
    operation = ar.producer(history, tensor)
    while operation is not None and operation.type in ar.SAME | {
        "ClipByValue",
        "Minimum",
        "Maximum",
        "AddV2",
    }:
        operation = ar.producer(history, operation.inputs[0]) if operation.inputs else None
    return operation is not None and operation.type in ("Softmax", "Sigmoid")


def _is_negative(history: History, tensor: int) -> bool:
    """Whether all values of a given factor are below 0."""
    return any(m.sign < 0 for m in history.measured.get(history.resolve(tensor), ())[:1])


def _is_direction(history: History, tensor: int) -> bool:
    """Whether vectors were divided by their length, so that only their direction is left."""
    operation = ar.producer(history, tensor)
    while operation is not None and operation.type in ar.SAME and operation.inputs:
        operation = ar.producer(history, operation.inputs[0])
    if operation is None or operation.type not in ("Mul", "RealDiv", "DivNoNan"):
        return False
    lengths = operation.inputs if operation.type == "Mul" else operation.inputs[1:]
    return any(_is_length(history, number) for number in lengths)


def _is_length(history: History, tensor: int) -> bool:
    """Whether a tensor is a root of a sum of squares, or one over it, perhaps kept away from zero."""
    passing = ar.SAME | {"Minimum", "Maximum", "AddV2", "Add", "Sqrt", "Rsqrt", "Reciprocal", "RealDiv"}
    waiting, roots = [tensor], 0
    while waiting:
        operation = ar.producer(history, waiting.pop())
        if operation is None:
            continue
        if operation.type == "Sum" and roots:
            squared = ar.producer(history, operation.inputs[0])
            if squared is not None and (
                squared.type == "Square" or squared.type == "Mul" and len(set(squared.inputs)) == 1
            ):
                return True
        roots += operation.type in ("Sqrt", "Rsqrt")
        if operation.type in passing:
            waiting += operation.inputs
    return False


def _not_negative(history: History, tensor: int) -> bool:
    """A factor is taken for a weight, unless its sign was just turned round."""
    operation = ar.producer(history, tensor)
    return operation is None or operation.type != "Neg"


def _step_place(history: History, variables: list[int]) -> ev.Place | None:
    place = next((o.place for o in assignments_to(history, variables)), None)
    if place is not None:
        return place
    applied = [a for a in history.events(ev.Applied) if a.place is not None]
    return applied[0].place if applied else None


def huge_learning_rate(history: History, earlier: tuple[Finding, ...]) -> list[Finding]:
    """Steps that overshoot: down the slope, and yet the loss grows or jumps about.

    Needs gradients that start moderate and updates that point down them, no
    earlier finding that explains a diverging loss, and one of: the loss ends
    not finite or above ten times its start while steps turn back on each other
    or grow; the first steps, or those after a rise of the rate, are longer than
    half the weights and the loss ends above where it began, or shot up tenfold
    and did not come back; steps turn
    round every time, are long enough to be felt in the loss, and it has not
    fallen. For SGD on a squared error that is a rate above 2/curvature.
    """
    if any(f.fault in _DIVERGING for f in earlier):
        return []
    found = []
    for group in groups_of(history):
        losses = history.loss_series()
        if not group.steps or len(losses) < 3 or not math.isfinite(losses[0]) or _sweeps(group):
            continue
        window = _before_it_went_wrong(group, losses)
        turn = _turn(group, window)
        finite = ar.finite_losses(history)
        third = max(len(finite) // 3, 1)
        ended = ar.median(finite[-third:])
        worse = ar.diverges(history) or ended > 3 * abs(finite[0]) + 1e-12
        firmly = ar.diverges(history) or ended > 3 * ar.median(map(abs, finite[:third]))
        raised = _after_a_rise(group)
        early = [*(window[:5] if window == group.steps[:10] else window), *raised]
        longest = max((share for s in early if math.isfinite(share := group.share_before(s))), default=0.0)
        swings = turn < -0.7 and ended > 0.9 * finite[0] > 0 and not loss_stands(history)
        swings = swings and ar.median(map(group.promise, window)) > _FELT * abs(ar.median(finite))
        spike = max(finite) > 10 * max(abs(finite[0]), 1e-6) and ended > 0.5 * abs(finite[0])
        if not (((worse or spike) and longest > 0.5) or (firmly and turn < -0.3) or swings):
            continue
        rates = [rate for rate in group.rates().values() if rate > 0]
        rate = max(rates) if raised else next(iter(rates), None)
        back = f" Successive steps point against each other (cosine {turn:.2f})." if turn < -0.3 else ""
        far = (
            f" A step moves the weights by up to {ar.number(longest)} times their size."
            if longest > 0.5
            else ""
        )
        seen = (
            f"With a learning rate of {ar.number(rate) if rate else 'unknown size'} the loss goes from "
            f"{ar.number(losses[0])} over {ar.number(max(finite))} to {ar.number(losses[-1])}.{back}{far}"
        )
        found.append(Finding("huge-learning-rate", group.names, seen, group.place()))
    return found


_DIVERGING = {
    "nan-in-data", "nan-in-unused-branch", "log-of-zero", "sum-instead-of-mean", "unscaled-inputs",
    "exploding-gradient", "ascending-sign", "reordered-pairs", "unbounded-loss-parameter",
}  # fmt: skip


#: What a step promises is felt if it is this share of the loss. A step that overshoots promises at least four
#: times what the loss is above its minimum; one that only follows the noise of its batch promises little.
_FELT = 0.1


def _sweeps(group: Group) -> bool:
    """Whether the rate rises from step to step through two powers of ten: a search for a rate."""
    rates = [rate for rate in group.rates().values() if rate > 0] if group.optimizer is not None else []
    rising = sum(b > a for a, b in zip(rates, rates[1:]))
    return len(rates) >= 8 and rising >= 0.9 * (len(rates) - 1) and rates[-1] > 100 * rates[0]


def _before_it_went_wrong(group: Group, losses: list[float]) -> list[int]:
    """The ten steps up to the one in which the loss went ten times above its start; or else the first ten.

    A rate may be too large from a milestone of its schedule on, after many steps that were sound.
    """
    limit = 10 * max(abs(losses[0]), 1e-6)
    bad = [s for s, loss in sorted(group.history.losses.items()) if not abs(loss) <= limit]
    steps = [s for s in group.steps if bad and s <= bad[0]]
    return steps[-10:] if len(steps) > 10 else group.steps[:10]


def _after_a_rise(group: Group) -> list[int]:
    """The five steps from each one on in which the rate is three times what it was."""
    rates = group.rates() if group.optimizer is not None else {}
    rises = [b for a, b in zip(rates, list(rates)[1:]) if rates[b] > 3 * rates[a] > 0]
    return [s for s in group.steps if any(rise <= s < rise + 5 for rise in rises)]


def _turn(group: Group, steps: list[int]) -> float:
    """The median cosine between a step and the one before, over some steps and all variables."""
    cosines = [
        group.history.updates[v][s].turn
        for v in group.variables
        for s in steps
        if s in group.history.updates[v] and group.history.updates[v][s].turn is not None
    ]
    return ar.median(c for c in cosines if c is not None) if cosines else 0.0


RULES = (
    ("ascending-sign", ascending_sign),
    ("huge-learning-rate", huge_learning_rate),
)
