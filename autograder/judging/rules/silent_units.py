"""Faults of numbers: gradients of exactly 0 from the start, or from some step on."""

from autograder.judging import arithmetic as ar
from autograder.judging.history import Finding, History
from autograder.judging.scale import LARGE_INPUT, RELUS, largest_input, shot_up
from autograder.observing import events as ev


def zero_initialised(history: History, earlier: tuple[Finding, ...]) -> list[Finding]:
    """Two or more weight matrices that started at zero, so that nothing tells their units apart.

    Proof: either kernels are exactly zero, and so are their gradients, in
    every step; or two kernels of which one feeds the other both started at
    zero, and the one below got no gradient at first. One zero kernel alone is
    sane, and so are several with a way round them: an output layer, residual
    branches, LoRA.
    """
    kernels = [v for v in ar.trained(history) if len(v.shape) >= 2]
    asleep = [v for v in kernels if _always_zero(history, v.id) and _dead(history, v.id)]
    started = [v for v in kernels if _started_at_zero(history, v.id)]
    if len(asleep) < 2 and (len(started) < 2 or not _one_feeds_another(history, [v.id for v in started])):
        return []
    hit = [v for v in ar.trained(history) if _dead(history, v.id)] if len(asleep) >= 2 else started
    zeros = asleep if len(asleep) >= 2 else started
    seen = f"All entries of {ar.joined(v.name for v in zeros)} were 0 before the first step" + (
        f", and in all {len(history.kinds(zeros[0].id))} steps their gradient was exactly 0."
        if len(asleep) >= 2
        else ", so that all units of a layer get the same gradient in every step."
    )
    return [Finding("zero-initialised", tuple(v.name for v in hit), seen, zeros[0].made_at)]


def _dead(history: History, variable: int, least: int = 2) -> bool:
    """Whether a variable's gradient was exactly zero in every step."""
    kinds = history.kinds(variable)
    return len(kinds) >= least and set(kinds) == {"zero"}


def _always_zero(history: History, variable: int) -> bool:
    steps = history.updates.get(variable, {})
    return bool(steps) and all(s.value_norm == 0 for s in steps.values())


def _started_at_zero(history: History, variable: int) -> bool:
    first = next(iter(sorted(history.updates.get(variable, {}).items())), None)
    if first is None:
        return False
    return first[1].norm_before == 0


def _one_feeds_another(history: History, variables: list[int]) -> bool:
    """Whether a product with one of these kernels takes the result of another, and cuts it off at the start.

    Where there is another way back, as past the zero branch of a residual block, the units do learn apart.
    """
    wanted = set(variables)
    for operation in ar.forward(history):
        if operation.type in ar.PRODUCTS and len(operation.inputs) >= 2:
            for own, other in (operation.inputs[:2], operation.inputs[1::-1]):
                kernel = ar.reads(history, own)
                below = (ar.variables_of(history, other) - {kernel}) & wanted
                if kernel in wanted and any(history.kinds(n)[:1] == ["zero"] for n in below):
                    return True
    return False


def dead_relu(history: History, earlier: tuple[Finding, ...]) -> list[Finding]:
    """A kernel and its bias with gradient exactly 0, batch after batch, below a ReLU.

    Proof: the gradient is recorded and exactly zero in every step from some
    step on (in five steps at least, or in all), each way from the variable to
    the loss passes a ReLU, its values are not zero themselves, and something
    behind that ReLU still gets a gradient. Single dead units leave the
    gradient of the whole kernel above zero, and are no finding.
    """
    if any(f.fault in ("zero-initialised", "nan-in-data", "log-of-zero") for f in earlier):
        return []
    if _thrown_later(history):
        return []  # a rate that rose threw the weights away
    if shot_up(history) and largest_input(history)[0] >= LARGE_INPUT:
        return []  # large inputs threw the weights far away, and the ReLUs with them
    zero = {v.id for v in ar.trained(history) if _dead_at_the_end(history, v.id)}
    alive = any(history.kinds(v.id)[-1:] == ["finite"] for v in ar.trained(history))
    relus = [o for o in ar.forward(history) if _is_relu(history, o)]
    if not zero or not relus:
        return []
    cut: set[int] = set()
    place = None
    for relu in relus:
        below = ar.variables_of(history, relu.inputs[0]) & zero
        proven = _lets_nothing_through(history, relu, alive)
        if proven and below and not _way_round(history, relus, below):
            cut |= below
            place = place or relu.place
    if not any(len(history.variables[n].shape) >= 1 for n in cut):
        return []
    names = tuple(v.name for v in ar.trained(history) if v.id in zero)
    kernel = min(cut)
    steps = history.kinds(kernel).count("zero")
    seen = (
        f"The gradient of {ar.joined(v.name for v in ar.trained(history) if v.id in cut)} was exactly 0 in "
        f"{steps} of {len(history.kinds(kernel))} steps: all that they feed is a ReLU, and it let nothing "
        "through for any example."
    )
    made = history.variables[kernel].made_at
    return [Finding("dead-relu", names, seen, made or place)]


def _thrown_later(history: History) -> bool:
    """Whether the loss shot up after more than ten sound steps, while there still were gradients."""
    losses = sorted(history.losses.items())
    limit = 10 * max(abs(losses[0][1]), 1e-6) if losses else 0.0
    step = next((s for s, loss in losses if not abs(loss) <= limit), 0)
    alive = [g[step] for g in history.gradients.values() if step in g]
    return step > 10 and any(g.kind != "zero" for g in alive)


def _lets_nothing_through(history: History, relu: ev.Operation, alive: bool) -> bool:
    """Whether a ReLU's result was 0 everywhere when it was last looked at.

    In a graph only the ReLUs next to the loss are measured. Of the others it
    is known if something behind them is `alive`.
    """
    if relu.symbolic:
        sizes = [m for t in relu.outputs for m in history.measured.get(history.resolve(t), ())]
        return sizes[-1].largest == 0 if sizes else alive
    same = [
        o
        for o in history.events(ev.Operation)
        if (o.type, o.place, o.backward, o.symbolic) == (relu.type, relu.place, False, False)
    ]
    return any("zero" in o.flags for o in same if o.step == same[-1].step)


def _dead_at_the_end(history: History, variable: int) -> bool:
    kinds = history.kinds(variable)
    if _dead(history, variable):
        return not _always_zero(history, variable) or len(history.variables[variable].shape) < 2
    return len(kinds) >= 10 and set(kinds[-5:]) == {"zero"} and set(kinds[len(kinds) // 2 :]) == {"zero"}


def _is_relu(history: History, operation: ev.Operation) -> bool:
    if operation.type in RELUS:
        return True
    if operation.type != "Maximum" or len(operation.inputs) != 2:
        return False
    constants = [t for t in operation.inputs if not ar.variables_of(history, t)]
    return len(constants) == 1 and all(m.largest == 0 for m in history.measured.get(constants[0], ()))


def _way_round(history: History, relus: list[ev.Operation], variables: set[int]) -> bool:
    """Whether a variable reaches the loss by a way without ReLU."""
    stops = {id(relu) for relu in relus}
    for event in ar.differentiated(history):
        waiting, seen = list(event.targets), set()
        while waiting:
            operation = ar.producer(history, waiting.pop())
            if operation is None or id(operation) in seen or id(operation) in stops:
                continue
            seen.add(id(operation))
            if any(history.resolve(t) in variables for t in operation.inputs):
                return True
            waiting += operation.inputs
    return False


RULES = (
    ("zero-initialised", zero_initialised),
    ("dead-relu", dead_relu),
)
