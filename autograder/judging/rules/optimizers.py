"""Faults of the update: what the optimizer, or a hand-written step, makes of a gradient that is sound.

The rate of an optimizer is known. For a hand-written step it is inferred: how
far the variables went, divided by the length of their gradient.
"""

import math
from collections.abc import Callable

from autograder.judging import arithmetic as ar
from autograder.judging.history import Finding, History
from autograder.judging.updates import UNCHANGED, Group, assignments_to, groups_of, loss_stands
from autograder.observing import events as ev

#: A float32 number keeps 24 bits: a change below 6e-8 of it is rounded away. A hundred times that leaves
#: steps two digits, and 2,000 of them change a weight by 1%. A careful fine-tuning rate, 1e-5 under Adam,
#: moves usual weights by 1e-5 of themselves or more.
_CRAWLING = 5e-6
#: With gradients of a usual size nobody means a rate below this; Adadelta's own scale is another.
_TINY_RATE = 1e-5
_ADADELTA = 1e-2
#: A rate that is down to a hundredth of its peak while a third of the run is still to come.
_DECAYED = 1e-2
_TAIL = 0.3
#: Sane clipping cuts outliers. Here every step is cut to less than a hundredth of what the rate asks for.
_CLIPPED = 1e-2
#: Steps that change a weight by less than this part of itself change no loss that could be told from noise.
_NOTHING = 1e-6
_CLIP_OPERATIONS = {"ClipByValue", "Minimum", "Maximum"}


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
        return _made_in_trace(history)
    info = rebuilt[-1]
    remembers = "its schedule starts at step 0" if info.schedule else "what it had averaged is gone"
    seen = (
        f"In {history.steps} steps your program made {len(rebuilt)} optimizers ({info.kind}) and used each "
        f"for a single step, so that every time {remembers}."
    )
    names = tuple(history.name(v) for v in hit if v in history.variables)
    return [Finding("optimizer-rebuilt-each-step", names, seen, info.made_at)]


def _made_in_trace(history: History) -> list[Finding]:
    """The loud form: a function makes an optimizer each time it is traced, and TensorFlow refuses."""
    for raised in history.events(ev.Raised):
        made = [o for o in history.optimizers.values() if o.made_at is not None and o.made_at == raised.place]
        if made and "singleton tf.Variable" in raised.message:
            seen = (
                f"Each trace of a function makes its own {made[0].kind}. An optimizer has variables, and "
                "TensorFlow allows new ones only in the first trace."
            )
            return [Finding("optimizer-rebuilt-each-step", (), seen, raised.place)]
    return []


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
    for group in groups_of(history):
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


def _multiplied_by_zero(group: Group) -> bool:
    history = group.history
    for operation in assignments_to(history, group.variables):
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
    than 1e-5 of the weights); and the loss has not changed by 1%, or cannot
    have changed because of such steps: none is a millionth of the weights.
    """
    found = []
    for group in groups_of(history):
        if not group.has_gradient() or group.rescales or not _clips(group):
            continue
        stands = loss_stands(history) or all(group.progress(s) < _NOTHING for s in group.steps)
        if not stands:
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


def _clips(group: Group) -> bool:
    info = group.optimizer
    if info is not None and any((info.clipnorm, info.clipvalue, info.global_clipnorm)):
        return True
    return _clip_operation(group) is not None


def _clip_operation(group: Group) -> ev.Operation | None:
    """A clip on the way from a gradient that the tape gave to the update."""
    history = group.history
    results = {g.result for e in history.events(ev.GradientsAsked) for g in e.gradients if g.result}
    given = [
        gradient
        for applied in history.events(ev.Applied)
        for gradient, variable in applied.pairs
        if gradient is not None and history.resolve(variable) in group.variables
    ]
    given += [o.inputs[1] for o in assignments_to(history, group.variables) if len(o.inputs) > 1]
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


def _clip_place(group: Group) -> ev.Place | None:
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
    for group in groups_of(history):
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
    return abs(start - end) <= 5 * UNCHANGED * abs(start)


def tiny_learning_rate(history: History, earlier: tuple[Finding, ...]) -> list[Finding]:
    """Steps at the edge of what float32 can tell, with a gradient that is not small.

    Proof: the rate is at most 1e-5 (Adadelta, whose default is known to look
    frozen: 1e-2); in most steps all variables together move by less than 5e-6
    of their size, a hundred times the resolution of float32, and in none by
    ten times that; the gradient is not small itself; and the loss stands, or
    changes only because the batches do: all steps together cannot have changed
    it by a hundredth.
    """
    found = []
    for group in groups_of(history):
        if len(group.steps) < 3 or not group.has_gradient():
            continue
        if not loss_stands(history) and not _cannot_be_felt(history, group):
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


def _cannot_be_felt(history: History, group: Group) -> bool:
    """Whether all steps together are too short to change the loss by a hundredth, to first order."""
    losses = ar.finite_losses(history)
    promised = sum(map(group.promise, group.steps))
    return len(losses) >= 2 and promised < UNCHANGED * abs(ar.median(losses))


def _first_and_last(history: History) -> str:
    """The loss at the start and at the end: medians of a third of the run each, because batches differ."""
    losses = ar.finite_losses(history)
    third = max(len(losses) // 3, 1)
    return f"{ar.median(losses[:third]):.5g} to {ar.median(losses[-third:]):.5g}"


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


RULES = (
    ("unknown-variable", unknown_variable),
    ("optimizer-rebuilt-each-step", optimizer_rebuilt_each_step),
    ("zero-learning-rate", zero_learning_rate),
    ("clipped-to-nothing", clipped_to_nothing),
    ("decayed-to-nothing", decayed_to_nothing),
    ("tiny-learning-rate", tiny_learning_rate),
)
