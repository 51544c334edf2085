"""Faults of the update: what the optimizer, or a hand-written step, makes of a gradient that is sound.

The rate of an optimizer is known. For a hand-written step it is inferred: how
far the variables went, divided by the length of their gradient.
"""

import math
from collections.abc import Callable, Iterator

from autograder.judging import arithmetic as ar
from autograder.judging.history import Finding, History
from autograder.observing import events as ev

#: A float32 number keeps 24 bits: a change below 6e-8 of it is rounded away. A hundred times that leaves
#: steps two digits, and 2,000 of them change a weight by 1%. A careful fine-tuning rate, 1e-5 under Adam,
#: moves usual weights by 1e-5 of themselves or more.
_CRAWLING = 5e-6
#: With gradients of a usual size nobody means a rate below this; Adadelta's own scale is another.
_TINY_RATE = 1e-5
_ADADELTA = 1e-2
#: Weights that start at zero have no size yet; in a model of unit scale they grow to this and more.
_LEAST_SIZE = 0.1
#: A rate that is down to a hundredth of its peak while a third of the run is still to come.
_DECAYED = 1e-2
_TAIL = 0.3
#: Sane clipping cuts outliers. Here every step is cut to less than a hundredth of what the rate asks for.
_CLIPPED = 1e-2
_CLIP_OPERATIONS = {"ClipByValue", "Minimum", "Maximum"}
#: Loss and gradient of a model that has not arrived yet stay where they were to within this share.
_UNCHANGED = 0.01
_ASSIGNMENTS = {
    "AssignSubVariableOp", "AssignAddVariableOp", "AssignVariableOp", "ResourceScatterSub",
    "ResourceScatterAdd", "ResourceApplyGradientDescent",
}  # fmt: skip


class _Group:
    """Variables that are updated together: by one optimizer, or by hand."""

    def __init__(self, history: History, optimizer: ev.OptimizerInfo | None, variables: list[int]):
        self.history, self.optimizer, self.variables = history, optimizer, variables
        self.steps = [
            s for s in range(1, history.steps + 1) if ar.movement(history, s, variables) is not None
        ]

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(self.history.name(v) for v in self.variables)

    @property
    def rescales(self) -> bool:
        """Whether its steps don't follow the length of the gradient."""
        return self.optimizer is not None and self.optimizer.kind in ar.RESCALING

    def norm(self, step: int) -> float:
        """Length of its gradient; 0 for an unknown one."""
        return ar.gradient_norm(self.history, step, self.variables) or 0.0

    def went(self, step: int) -> float:
        """How far the step moved it."""
        return ar.movement(self.history, step, self.variables) or 0.0

    def progress(self, step: int) -> float:
        """How far the step moved it, as a share of the size that it has or may be expected to get."""
        return self.went(step) / max(ar.size(self.history, step, self.variables), _LEAST_SIZE)

    def share_before(self, step: int) -> float:
        """How far the step moved it, as a share of its size before the step."""
        updates = [self.history.updates[v].get(step) for v in self.variables]
        starts = [u.norm_before for u in updates if u is not None and u.norm_before is not None]
        before = math.hypot(*starts) if starts else 0.0
        return self.went(step) / before if before > 1e-6 and math.isfinite(before) else 0.0

    def rates(self) -> dict[int, float]:
        """The rate of each step: the optimizer's own, or movement over gradient."""
        if self.optimizer is not None:
            known = {a.step: a.rate for a in self.history.applied[self.optimizer.id] if a.rate is not None}
            return {step: known[step] for step in self.steps if step in known}
        return {s: self.went(s) / self.norm(s) for s in self.steps if self.norm(s) > 0}

    def has_gradient(self) -> bool:
        """Whether every step had a finite gradient that is not zero."""
        return bool(self.steps) and all(self.norm(step) > 0 for step in self.steps)

    def place(self) -> ev.Place | None:
        """The line that made the optimizer, or the line of the hand-written update."""
        if self.optimizer is not None:
            return self.optimizer.made_at
        return next((o.place for o in _assignments(self.history, self.variables)), None)


def _groups(history: History) -> list[_Group]:
    """Variables with a gradient, by the optimizer that got them first, and those updated by hand."""
    groups: dict[int | None, list[int]] = {}
    for variable in ar.trained(history):
        if not history.asked(variable.id):
            continue
        optimizer = ar.owner(history, variable.id)
        if optimizer is None and not next(_assignments(history, [variable.id]), None):
            continue
        groups.setdefault(None if optimizer is None else optimizer.id, []).append(variable.id)
    return [
        _Group(history, history.optimizers.get(k) if k is not None else None, v) for k, v in groups.items()
    ]


def _assignments(history: History, variables: list[int]) -> Iterator[ev.Operation]:
    """Assignments to these variables by the program itself, in its steps."""
    wanted = set(variables)
    for operation in history.events(ev.Operation):
        if (
            operation.type in _ASSIGNMENTS
            and not operation.updating
            and (operation.step or operation.symbolic)
        ):
            if operation.inputs and history.resolve(operation.inputs[0]) in wanted:
                yield operation


# -- rates --------------------------------------------------------------------------------


def optimizer_rebuilt_each_step(history: History, earlier: tuple[Finding, ...]) -> list[Finding]:
    """A new optimizer for every update, of a kind that has something to remember.

    Proof: at least three optimizers, each made after training began and used
    for one step alone, update the same variables; and they have momentum,
    averages or a schedule, all of which start anew each time. Plain SGD at a
    plain rate forgets nothing, and rebuilding it is no finding.
    """
    used: dict[int, set[int]] = {}
    hit: dict[int, int] = {}
    for number, group in history.applied.items():
        used[number] = {applied.step for applied in group}
        for applied in group:
            for _, variable in applied.pairs:
                hit[history.resolve(variable)] = hit.get(history.resolve(variable), 0) + 1
    rebuilt = [
        info
        for number, info in history.optimizers.items()
        if info.made_in_step >= 1 and len(used.get(number, ())) == 1 and _remembers(info)
    ]
    if len(rebuilt) < 3 or len(rebuilt) < 0.8 * len(used):
        return []
    info = rebuilt[-1]
    remembers = "its schedule starts at step 0" if info.schedule else "what it had averaged is gone"
    seen = (
        f"In {history.steps} steps your program made {len(rebuilt)} optimizers ({info.kind}) and used each "
        f"for a single step, so that every time {remembers}."
    )
    names = tuple(history.name(v) for v in hit if v in history.variables)
    return [Finding("optimizer-rebuilt-each-step", names, seen, info.made_at)]


def _remembers(info: ev.OptimizerInfo) -> bool:
    return info.kind != "SGD" or info.momentum > 0 or bool(info.schedule)


def zero_learning_rate(history: History, earlier: tuple[Finding, ...]) -> list[Finding]:
    """A rate of exactly 0 in every step that was watched, while gradients are sound.

    Proof: the optimizer's own rate; or, for an update by hand, an assignment
    runs in every step and moves nothing, not even variables that are 0 (where
    no step is too small for float32). A warm-up that starts at 0 has positive
    rates later, and is no finding.
    """
    found = []
    for group in _groups(history):
        if len(group.steps) < 2 or not group.has_gradient() or any(group.went(s) for s in group.steps):
            continue
        rates = group.rates()
        if group.optimizer is not None and (len(rates) < 2 or any(rates.values())):
            continue
        if group.optimizer is None and not _multiplied_by_zero(group):
            continue
        what = (
            f"the learning rate of {group.optimizer.kind}" if group.optimizer else "the factor of your update"
        )
        seen = (
            f"In all {len(group.steps)} steps {what} is 0: the gradient's norm is "
            f"{ar.number(group.norm(group.steps[0]))} in the first, and nothing moved at all."
        )
        found.append(Finding("zero-learning-rate", group.names, seen, group.place()))
    return found


def _multiplied_by_zero(group: _Group) -> bool:
    history = group.history
    for operation in _assignments(history, group.variables):
        made = ar.producer(history, operation.inputs[1]) if len(operation.inputs) > 1 else None
        if made is not None and "zero" in made.flags:
            return True
    zeros = [v for v in group.variables if all(not s.value_norm for s in history.updates[v].values())]
    return any(history.norms(v) and min(history.norms(v)) > 1e-30 for v in zeros)


def clipped_to_nothing(history: History, earlier: tuple[Finding, ...]) -> list[Finding]:
    """Steps cut to a tiny part of what rate and gradient ask for, by clipping.

    Proof: clipping is configured in the optimizer, or lies between the tape's
    gradient and the update; SGD or a hand-written step; in every step the
    movement is less than a hundredth of rate × gradient (or, by hand, less
    than 1e-5 of the weights); and the loss has not changed by 1%.
    """
    found = []
    for group in _groups(history):
        if not group.has_gradient() or group.rescales or not _clips(group) or not _stands(history):
            continue
        rates = group.rates()
        cut = [group.went(s) / (rates[s] * group.norm(s)) for s in rates if rates[s] and group.norm(s)]
        small = all(group.progress(s) < 1e-3 for s in group.steps)
        if group.optimizer is None:
            tight = all(group.progress(s) < 2 * _CRAWLING for s in group.steps)
        else:
            momentum = 1 / max(1 - group.optimizer.momentum, 1e-3)
            tight = bool(cut) and max(cut) < _CLIPPED * momentum
        if not tight or not small:
            continue
        step = group.steps[0]
        seen = (
            f"The gradient's norm is {ar.number(group.norm(step))}, and after clipping a step moves the "
            f"variables by {ar.number(group.went(step))} in all; the median loss went from "
            f"{_first_and_last(history)} in {history.steps} steps."
        )
        found.append(Finding("clipped-to-nothing", group.names, seen, _clip_place(group) or group.place()))
    return found


def _clips(group: _Group) -> bool:
    info = group.optimizer
    if info is not None and any((info.clipnorm, info.clipvalue, info.global_clipnorm)):
        return True
    return _clip_operation(group) is not None


def _clip_operation(group: _Group) -> ev.Operation | None:
    """A clip on the way from a gradient that the tape gave to the update."""
    history = group.history
    results = {g.result for e in history.events(ev.GradientsAsked) for g in e.gradients if g.result}
    given = [
        gradient
        for applied in history.events(ev.Applied)
        for gradient, variable in applied.pairs
        if gradient is not None and history.resolve(variable) in group.variables
    ]
    given += [o.inputs[1] for o in _assignments(history, group.variables) if len(o.inputs) > 1]
    waiting, seen = given, set()
    while waiting:
        tensor = waiting.pop()
        operation = ar.producer(history, tensor)
        if tensor in results or operation is None or id(operation) in seen or operation.backward:
            continue
        seen.add(id(operation))
        if operation.type in _CLIP_OPERATIONS:
            return operation
        waiting += operation.inputs
    return None


def _clip_place(group: _Group) -> ev.Place | None:
    operation = _clip_operation(group)
    return operation.place if operation is not None else None


def decayed_to_nothing(history: History, earlier: tuple[Finding, ...]) -> list[Finding]:
    """A rate that falls to next to nothing while there is still a gradient to follow.

    Proof: after its peak the rate is below a hundredth of it for at least 30%
    of the steps watched (a schedule made for the whole run gets there at its
    very end); over those steps the loss stands still to within 1%, and the
    gradient is still at least a tenth of what it was, so nothing has arrived.
    """
    found = []
    for group in _groups(history):
        rates = group.rates()
        if len(rates) < 6 or not group.has_gradient():
            continue
        peak_step = max(rates, key=lambda s: rates[s])
        peak = rates[peak_step]
        tail = [s for s in rates if s > peak_step and rates[s] < _DECAYED * peak]
        last = list(rates)[-3:]
        if peak <= 0 or len(tail) < _TAIL * len(rates) or not all(s in tail for s in last):
            continue
        if group.optimizer is None and not _falls_steadily([rates[s] for s in rates if rates[s] > 0]):
            continue
        early = ar.median(group.norm(s) for s in group.steps[:3])
        late = ar.median(group.norm(s) for s in tail[-3:])
        if late < 0.1 * early or not _stands_in(history, tail):
            continue
        first = tail[0]
        seen = (
            f"The learning rate was {ar.number(peak)} in step {peak_step}, {ar.number(rates[first])} in step "
            f"{first} and {ar.number(rates[last[-1]])} in step {last[-1]}. The gradient's norm is still "
            f"{ar.number(late)}, after {ar.number(early)} at the start, and the loss stands at "
            f"{ar.number(history.loss_series()[-1])}."
        )
        found.append(Finding("decayed-to-nothing", group.names, seen, group.place()))
    return found


def _falls_steadily(rates: list[float]) -> bool:
    """Whether an inferred rate falls by a similar factor each time, as one does that is computed."""
    falling = sum(b <= a * 1.001 for a, b in zip(rates, rates[1:]))
    return len(rates) >= 4 and falling >= 0.9 * (len(rates) - 1)


def _stands_in(history: History, steps: list[int]) -> bool:
    losses = [history.losses[s] for s in steps if s in history.losses]
    if len(losses) < 4 or not all(math.isfinite(value) for value in losses):
        return False
    half = len(losses) // 2
    start, end = sum(losses[:half]) / half, sum(losses[-half:]) / half
    return abs(start - end) <= 5 * _UNCHANGED * abs(start)


def tiny_learning_rate(history: History, earlier: tuple[Finding, ...]) -> list[Finding]:
    """Steps at the edge of what float32 can tell, with a gradient that is not small.

    Proof: the rate is at most 1e-5 (Adadelta, whose default is known to look
    frozen: 1e-2); in most steps all variables together move by less than 5e-6
    of their size, a hundred times the resolution of float32, and in none by
    ten times that; the gradient is not small itself; and the loss stands.
    """
    found = []
    for group in _groups(history):
        if len(group.steps) < 3 or not group.has_gradient() or not _stands(history):
            continue
        rates = [rate for rate in group.rates().values()]
        positive = [rate for rate in rates if rate > 0]
        by_hand_lost = group.optimizer is None and not positive
        if not by_hand_lost and (not positive or min(rates) <= 0 and group.optimizer is not None):
            continue
        adadelta = group.optimizer is not None and group.optimizer.kind == "Adadelta"
        limit = 10 * _CRAWLING if adadelta else _CRAWLING
        shares = [group.progress(s) for s in group.steps]
        if max(shares) > 10 * limit or ar.median(shares) > limit:
            continue
        if positive and max(positive) > (_ADADELTA if adadelta else _TINY_RATE):
            continue
        if ar.median(group.norm(s) for s in group.steps) < 1e-4:
            continue
        step = group.steps[0]
        rate = (
            f"The learning rate is {ar.number(positive[0])}"
            if positive
            else "The rate of your update is tiny"
        )
        seen = (
            f"{rate}: the gradient's norm is {ar.number(group.norm(step))}, and a step moves the variables "
            f"by {ar.number(ar.median(shares))} of their size, where float32 keeps what is above 6e-8. The "
            f"median loss went from {_first_and_last(history)} in {history.steps} steps."
        )
        found.append(Finding("tiny-learning-rate", group.names, seen, group.place()))
    return found


def _stands(history: History) -> bool:
    """Whether the loss is where it was, to within 1%, over the run."""
    fall = ar.fall(history)
    if fall is None:
        losses = ar.finite_losses(history)
        return len(losses) >= 2 and abs(losses[-1] - losses[0]) <= _UNCHANGED * abs(losses[0])
    return abs(fall) <= _UNCHANGED or _same_batches(history)


def _same_batches(history: History) -> bool:
    """Whether losses repeat with a period, as they do when only the batch changes."""
    losses = ar.finite_losses(history)
    for period in range(1, len(losses) // 2 + 1):
        pairs = list(zip(losses, losses[period:]))
        if len(pairs) >= 4 and all(abs(a - b) <= 1e-3 * abs(a) for a, b in pairs):
            return True
    return False


def _first_and_last(history: History) -> str:
    """The loss at the start and at the end: medians of a third of the run each, because batches differ."""
    losses = ar.finite_losses(history)
    third = max(len(losses) // 3, 1)
    return f"{ar.median(losses[:third]):.5g} to {ar.median(losses[-third:]):.5g}"


# -- direction and length -----------------------------------------------------------------


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
        names = tuple(history.name(v) for v in sides)
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
        elif kind in ("Square", "Abs") and _is_difference(history, inputs[0]):
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
            if len(varying) == 1 and all(_not_negative(history, number) for number in given):
                waiting.append((varying[0], sign))
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


def _not_negative(history: History, tensor: int) -> bool:
    """A factor is taken for a weight, unless its sign was just turned round."""
    operation = ar.producer(history, tensor)
    return operation is None or operation.type != "Neg"


def _step_place(history: History, variables: list[int]) -> ev.Place | None:
    place = next((o.place for o in _assignments(history, variables)), None)
    if place is not None:
        return place
    applied = [a for a in history.events(ev.Applied) if a.place is not None]
    return applied[0].place if applied else None


def huge_learning_rate(history: History, earlier: tuple[Finding, ...]) -> list[Finding]:
    """Steps that overshoot: down the slope, and yet the loss grows or jumps about.

    Needs gradients that start moderate and updates that point down them, no
    earlier finding that explains a diverging loss, and one of: the loss ends
    not finite or above ten times its start while steps turn back on each other
    or grow; the first steps are longer than the weights themselves and the
    loss ends above where it began; steps turn round every time and the loss
    has not fallen. For SGD on a squared error that is a rate above 2/curvature.
    """
    if any(f.fault in _DIVERGING for f in earlier):
        return []
    found = []
    for group in _groups(history):
        losses = history.loss_series()
        if not group.steps or len(losses) < 3 or not math.isfinite(losses[0]):
            continue
        turn = _turn(group)
        finite = ar.finite_losses(history)
        third = max(len(finite) // 3, 1)
        ended = ar.median(finite[-third:])
        worse = ar.diverges(history) or ended > 2 * abs(finite[0]) + 1e-12
        longest = max((group.share_before(s) for s in group.steps[:5]), default=0.0)
        swings = turn < -0.7 and ended > 0.9 * finite[0] > 0 and not _stands(history)
        if not ((worse and (turn < -0.3 or longest > 0.5)) or swings):
            continue
        rates = [rate for rate in group.rates().values() if rate > 0]
        back = f" Successive steps point against each other (cosine {turn:.2f})." if turn < -0.3 else ""
        far = (
            f" A step moves the weights by up to {ar.number(longest)} times their size."
            if longest > 0.5
            else ""
        )
        seen = (
            f"With a learning rate of {ar.number(rates[0]) if rates else 'unknown size'} the loss goes from "
            f"{ar.number(losses[0])} over {ar.number(max(finite))} to {ar.number(losses[-1])}.{back}{far}"
        )
        found.append(Finding("huge-learning-rate", group.names, seen, group.place()))
    return found


_DIVERGING = {
    "nan-in-data", "nan-in-unused-branch", "log-of-zero", "sum-instead-of-mean", "unscaled-inputs",
    "exploding-gradient", "ascending-sign", "reordered-pairs", "unbounded-loss-parameter",
}  # fmt: skip


def _turn(group: _Group) -> float:
    """The median cosine between a step and the one before, over the first ten steps and all variables."""
    cosines = [
        group.history.updates[v][s].turn
        for v in group.variables
        for s in group.steps[:10]
        if s in group.history.updates[v] and group.history.updates[v][s].turn is not None
    ]
    return ar.median(c for c in cosines if c is not None) if cosines else 0.0


# -- exceptions ---------------------------------------------------------------------------


def unknown_variable(history: History, earlier: tuple[Finding, ...]) -> list[Finding]:
    """Keras refused an update because the optimizer was built for other variables.

    Proof: the exception itself. A loss that is made anew in each step has new
    variables each time, which is then the cause and reported as such.
    """
    if any(f.fault in ("loss-rebuilt-each-step", "optimizer-rebuilt-each-step") for f in earlier):
        return []
    for raised in history.events(ev.Raised):
        if "Unknown variable" in raised.message or "can only be called for the variables" in raised.message:
            known, new = _known_and_new(history)
            what = f"It had been built for {ar.joined(known)}." if known else ""
            which = f" for {ar.joined(new)}" if new else ""
            seen = f"In step {raised.step} the optimizer raised “Unknown variable”{which}. {what}".strip()
            return [Finding("unknown-variable", tuple(new), seen, raised.place)]
    return []


def _known_and_new(history: History) -> tuple[list[str], list[str]]:
    """Names in the last optimizer's first call, and those in its last call that were not among them."""
    calls = [a for a in history.events(ev.Applied) if a.pairs]
    if not calls:
        return [], []
    last = calls[-1]
    first = next(a for a in calls if a.optimizer == last.optimizer)
    known = {history.resolve(v) for _, v in first.pairs}
    new = [history.resolve(v) for _, v in last.pairs if history.resolve(v) not in known]
    return [history.name(v) for v in known], [history.name(v) for v in new]


Rule = Callable[[History, tuple[Finding, ...]], list[Finding]]

RULES: tuple[tuple[str, Rule], ...] = (
    ("unknown-variable", unknown_variable),
    ("optimizer-rebuilt-each-step", optimizer_rebuilt_each_step),
    ("zero-learning-rate", zero_learning_rate),
    ("clipped-to-nothing", clipped_to_nothing),
    ("decayed-to-nothing", decayed_to_nothing),
    ("tiny-learning-rate", tiny_learning_rate),
    ("ascending-sign", ascending_sign),
    ("huge-learning-rate", huge_learning_rate),
)
