"""Faults of numbers: NaN, gradients that vanish or explode, bad scales, units that are dead from the start.

What a number of this family means is a matter of degree, so every rule asks
for a mechanism (an operation, a structure, an input) and for harm (NaN, a loss
that grows or stands still). A program that shows only one of the two is left
in peace.
"""

import math
from collections.abc import Callable, Iterable

from autograder.judging import arithmetic as ar
from autograder.judging.history import Finding, History
from autograder.observing import events as ev

#: Operations whose derivative is not finite at the edge of their domain, so that a `where` which drops
#: their value gives 0 × inf. `Sqrt` is not among them: its gradient of an upstream 0 is 0.
_EDGES = {
    "Log", "RealDiv", "Div", "Reciprocal", "Inv", "Pow", "Rsqrt", "Xlogy", "Xdivy", "Acos", "Asin",
    "Atanh", "Acosh", "Exp", "Expm1", "Cosh", "Sinh", "Tan",
}  # fmt: skip
_CHOICES = {"Select", "SelectV2"}
_CLIPS = {"Maximum", "Minimum", "ClipByValue"}
#: Operations that treat every entry by itself, or keep the entries.
_ENTRYWISE = ar.SAME | _EDGES | _CLIPS | {
    "Add", "AddV2", "Sub", "Mul", "Neg", "Sqrt", "Square", "Abs", "Log1p", "Relu", "Sigmoid", "Softplus",
    "DivNoNan", "BiasAdd",
}  # fmt: skip
_RELUS = {"Relu", "Relu6"}
_SQUASHING = {"Sigmoid", "Tanh", "Softmax", "Softsign"}
_BENDS = _RELUS | _SQUASHING | {
    "Elu", "Selu", "LeakyRelu", "Softplus", "Erf", "Erfc", "Abs", "Square", "Pow", "Exp", "Sin", "Cos",
    "Maximum", "Minimum", "SquaredDifference", "Log", "Log1p", "LogSoftmax", "MaxPool", "RealDiv", "Select",
    "SelectV2", "Sqrt", "Rsqrt", "FusedBatchNormV3", "Sign", "Round", "Floor", "Where", "TopKV2", "Greater",
    "GreaterEqual", "Atan", "While", "StatelessWhile",
}  # fmt: skip

#: Inputs of unit scale have a root mean square near 1, pixels and most raw units one far above 10. With
#: features of size s, the curvature of a squared error grows as s²: at 10 it is a hundredfold.
_LARGE_INPUT = 10.0
#: At s = 30 the first layer's pre-activations are dozens, where tanh and sigmoid are flat in float32.
_SATURATING_INPUT = 30.0
#: A gradient this much longer than the weights, on data of unit scale, comes from multiplied factors: a
#: sum over 1,000 examples, or a single bad layer, gives three powers of ten at most.
_EXPLODED = 1e5
#: First over last kernel's gradient; sigmoid networks of three layers, which learn, have 1e-2.
_VANISHED = 1e-3
#: A step that moves a kernel by less than this share needs 10,000 more like it to change it at all.
_STILL = 1e-4


# -- NaN ----------------------------------------------------------------------------------


def nan_in_data(history: History, earlier: tuple[Finding, ...]) -> list[Finding]:
    """NaN or inf in what the program was fed, in the very step in which its numbers go bad.

    Proof: a value that no operation of the program computed is not finite, and
    in that step the loss or a gradient stops being finite. A NaN that is
    masked in time leaves both finite, and is no finding.
    """
    step = ar.first_bad_step(history)
    if step is None:
        return []
    fed = [
        m
        for m in history.events(ev.Measured)
        if not math.isfinite(m.rms) and _is_data(history, m.tensor) and m.step in (0, step)
    ]
    place = _first_use(history, [m.tensor for m in fed])
    if not fed:
        operation = _first_spoiled(history, step)
        if operation is None or "nan input" not in operation.flags:
            return []
        shapes = zip(operation.inputs, operation.input_shapes)
        unmade = [s for t, s in shapes if _is_data(history, t) and s and -1 not in s]
        if not unmade or not any(math.prod(s) > 1 for s in unmade):
            return []
        place = operation.place
    where = "a value of the data" if fed else "a value that enters your program as data"
    seen = f"In step {step}, {where} is NaN or infinite before any operation of yours; {_bad(history, step)}."
    return [Finding("nan-in-data", ar.spoiled(history), seen, place)]


def _is_data(history: History, tensor: int) -> bool:
    """Whether a tensor is fed to the program, or made from such data before the first step."""
    operation = ar.producer(history, tensor)
    if history.resolve(tensor) in history.variables:
        return False
    fed = operation is None or operation.type in (
        "Placeholder",
        "Const",
        "IteratorGetNext",
        "IteratorGetNextSync",
    )
    return fed or (operation.step == 0 and not operation.symbolic and not ar.variables_of(history, tensor))


def _first_use(history: History, tensors: Iterable[int]) -> ev.Place | None:
    for tensor in tensors:
        for operation in history.users.get(history.resolve(tensor), ()):
            if operation.place is not None:
                return operation.place
    return None


def _first_spoiled(history: History, step: int) -> ev.Operation | None:
    """The first forward operation of a step whose result is not finite."""
    for operation in history.events(ev.Operation):
        if operation.step == step and "nan" in operation.flags:
            if not (operation.backward or operation.updating or operation.type in ar.READS):
                return operation
    return None


def _bad(history: History, step: int) -> str:
    loss = history.losses.get(step)
    if loss is not None and not math.isfinite(loss):
        return f"the loss of that step is {ar.number(loss)}"
    return "the gradient of that step is NaN"


def nan_in_unused_branch(history: History, earlier: tuple[Finding, ...]) -> list[Finding]:
    """A finite loss with a NaN gradient, through a `where` that drops a log, a quotient or a power.

    Proof: loss and weights are finite in the step in which a gradient is first
    NaN, and on the way to the loss a selection takes, entry by entry, from an
    operation whose derivative is not finite at the edge of its domain.
    """
    step = ar.first_bad_step(history)
    loss = None if step is None else history.losses.get(step)
    if step is None or loss is None or not math.isfinite(loss) or _explained(earlier):
        return []
    hit = tuple(
        history.name(number)
        for number, gradients in history.gradients.items()
        if number in history.variables and step in gradients and gradients[step].kind == "nan"
    )
    for operation in ar.forward(history):
        if operation.type in _CHOICES and hit:
            edge = _edge(history, operation.inputs[1:])
            if edge is not None:
                seen = (
                    f"In step {step} the loss is {ar.number(loss)}, and yet the gradient is NaN for "
                    f"{ar.joined(hit)}. On the way to the loss a tf.where chooses between values, and one "
                    f"branch goes through “{edge.type}”."
                )
                return [Finding("nan-in-unused-branch", hit, seen, edge.place or operation.place)]
    return []


def _edge(history: History, tensors: Iterable[int]) -> ev.Operation | None:
    waiting, seen = list(tensors), set()
    while waiting:
        operation = ar.producer(history, waiting.pop(0))
        if operation is None or id(operation) in seen or operation.type not in _ENTRYWISE:
            continue
        seen.add(id(operation))
        if operation.type in _EDGES and not _by_constant(history, operation):
            return operation
        waiting += operation.inputs
    return None


def _by_constant(history: History, operation: ev.Operation) -> bool:
    """A quotient by a number, or a power with no variable in it, has no edge that matters here."""
    if operation.type in ("RealDiv", "Div") and len(operation.inputs) == 2:
        return not ar.variables_of(history, operation.inputs[1])
    return not any(ar.variables_of(history, tensor) for tensor in operation.inputs)


def log_of_zero(history: History, earlier: tuple[Finding, ...]) -> list[Finding]:
    """The loss stops being finite at a logarithm that nothing keeps away from zero.

    Proof, eagerly: a `Log` gave a result that is not finite from inputs that
    are. In a graph, where single values are not seen: the loss goes from a
    finite, moderate value to NaN or inf (or is so from the start, on finite
    data), and the way to it takes the logarithm of something that is neither
    clipped nor has a constant added.
    """
    step = ar.first_bad_step(history)
    if step is None or math.isfinite(history.losses.get(step, math.nan)) or _explained(earlier):
        return []
    logs = [o for o in ar.forward(history) if o.type == "Log"]
    for operation in history.events(ev.Operation):
        if operation.type == "Log" and operation.step == step and "nan" in operation.flags:
            if "nan input" not in operation.flags and not operation.backward:
                return [_log_finding(history, step, operation)]
    before = [value for s, value in history.losses.items() if s < step]
    grew = before and max(before, key=abs) > 10 * max(abs(before[0]), 1.0)
    traced = [o for o in logs if o.symbolic and not _kept_positive(history, o.inputs[0])]
    if traced and not grew and not _large_gradients(history, step):
        return [_log_finding(history, step, traced[0])]
    return []


def _log_finding(history: History, step: int, operation: ev.Operation) -> Finding:
    before = history.losses.get(step - 1)
    was = (
        f" after {ar.number(before)} the step before" if before is not None and math.isfinite(before) else ""
    )
    seen = (
        f"In step {step} the loss is {ar.number(history.losses.get(step, math.nan))}{was}, and the way to it "
        "takes the logarithm of a number that has become 0."
    )
    return Finding("log-of-zero", ar.spoiled(history), seen, operation.place)


def _kept_positive(history: History, tensor: int) -> bool:
    """Whether a clip, a constant that is added, or a softplus or exp keeps a value away from zero."""
    waiting, seen = [tensor], set()
    while waiting:
        operation = ar.producer(history, waiting.pop(0))
        if operation is None or id(operation) in seen or operation.type not in _ENTRYWISE:
            continue
        seen.add(id(operation))
        if operation.type in _CLIPS | {"Softplus", "Exp"}:
            return True
        if operation.type in ("Add", "AddV2"):
            scalars = [s for s in operation.input_shapes if s is not None and math.prod(s) == 1]
            if scalars and not all(ar.variables_of(history, t) for t in operation.inputs):
                return True
        waiting += operation.inputs
    return False


def _large_gradients(history: History, step: int) -> bool:
    ids = [v.id for v in ar.trained(history)]
    norms = [ar.gradient_norm(history, s, ids) for s in range(1, step)]
    return any(norm is not None and norm > _EXPLODED for norm in norms)


def _explained(earlier: tuple[Finding, ...]) -> bool:
    return any(f.fault in ("nan-in-data", "nan-in-unused-branch", "log-of-zero") for f in earlier)


# -- zero ---------------------------------------------------------------------------------


def zero_initialised(history: History, earlier: tuple[Finding, ...]) -> list[Finding]:
    """Two or more weight matrices that started at zero, so that nothing tells their units apart.

    Proof: either kernels are exactly zero, and so are their gradients, in
    every step; or two kernels of which one feeds the other both started at
    zero (after the first step their norm is the length of that step). One
    zero kernel alone is sane: an output layer, a residual branch, LoRA.
    """
    kernels = [v for v in ar.trained(history) if len(v.shape) >= 2]
    asleep = [v for v in kernels if _always_zero(history, v.id) and _dead(history, v.id)]
    started = [v for v in kernels if _started_at_zero(history, v.id)]
    if len(asleep) < 2 and (len(started) < 2 or not _one_feeds_another(history, [v.id for v in started])):
        return []
    hit = [v for v in ar.trained(history) if _dead(history, v.id)] if len(asleep) >= 2 else started
    zeros = asleep if len(asleep) >= 2 else started
    seen = f"All entries of {ar.joined(v.name for v in zeros)} were 0 before the first step" + (
        f", and in all {history.steps} steps their gradient was exactly 0."
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
    """Whether a product with one of these kernels takes the result of a product with another."""
    wanted = set(variables)
    for operation in ar.forward(history):
        if operation.type in ar.PRODUCTS and len(operation.inputs) >= 2:
            for own, other in (operation.inputs[:2], operation.inputs[1::-1]):
                kernel = ar.reads(history, own)
                if kernel in wanted and (ar.variables_of(history, other) - {kernel}) & wanted:
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
    zero = {v.id for v in ar.trained(history) if _dead_at_the_end(history, v.id)}
    alive = any(history.kinds(v.id)[-1:] == ["finite"] for v in ar.trained(history))
    relus = [o for o in ar.forward(history) if _is_relu(history, o)]
    if not zero or not relus:
        return []
    cut: set[int] = set()
    place = None
    for relu in relus:
        below = ar.variables_of(history, relu.inputs[0]) & zero
        proven = "zero" in relu.flags or (relu.symbolic and alive)
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


def _dead_at_the_end(history: History, variable: int) -> bool:
    kinds = history.kinds(variable)
    if _dead(history, variable):
        return not _always_zero(history, variable) or len(history.variables[variable].shape) < 2
    return len(kinds) >= 10 and set(kinds[-5:]) == {"zero"} and set(kinds[len(kinds) // 2 :]) == {"zero"}


def _is_relu(history: History, operation: ev.Operation) -> bool:
    if operation.type in _RELUS:
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


# -- scale --------------------------------------------------------------------------------


def sum_instead_of_mean(history: History, earlier: tuple[Finding, ...]) -> list[Finding]:
    """A loss that adds up its examples, with an optimizer that takes the size of the gradient literally.

    Needs both: the differentiated number is a sum over a batch of at least 8
    that nothing divides, and training diverges under SGD or a hand-written
    update. Under Adam and its like the sum does no harm and is no finding.
    """
    if not ar.diverges(history) or _rescaled(history):
        return []
    for event in ar.differentiated(history):
        found = _summed(history, event.targets)
        if found is not None and found[1] >= 8:
            operation, examples = found
            ids = [v.id for v in ar.trained(history)]
            norm = ar.gradient_norm(history, _first_step(history), ids)
            losses = history.loss_series()
            seen = (
                f"The loss is a sum over {examples} numbers: the gradient's norm in the first step is "
                f"{ar.number(norm or math.nan)}, and the loss goes from {ar.number(losses[0])} to "
                f"{ar.number(losses[-1])}. As a mean, loss and gradient would be {examples} times smaller."
            )
            return [Finding("sum-instead-of-mean", _names(history), seen, operation.place)]
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
        if operation.type == "Sum" and before and after and before[0] and after[0] is not None:
            length = _length(history, operation, before[0])
            if math.prod(after[0]) == 1 and length > 1:
                return operation, length
            waiting += operation.inputs[:1]
        elif operation.type in ar.SAME | {"Neg", "AddV2", "Add", "AddN"}:
            waiting += operation.inputs
        elif operation.type == "Mul" and _near_one(history, operation):
            waiting += operation.inputs
    return None


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
    do move. Adam that copes with such inputs is left in peace.
    """
    if _explained(earlier) or any(f.fault == "sum-instead-of-mean" for f in earlier):
        return []
    size, variable, place = _largest_input(history)
    if variable is None or size < _LARGE_INPUT:
        return []
    diverges = ar.diverges(history) or _starts_infinite(history)
    fall = ar.fall(history)
    stuck = size >= _SATURATING_INPUT and fall is not None and fall < 0.1 and history.moved(variable)
    if not (diverges or (stuck and not _nearly_zero_rate(history))):
        return []
    losses = history.loss_series()
    effect = (
        f"the loss goes from {ar.number(losses[0])} to {ar.number(losses[-1])}"
        if losses
        else "training fails"
    )
    seen = (
        f"The values that meet “{history.name(variable)}” have a root mean square of {ar.number(size)}, "
        f"where 1 would be usual, and {effect} in {history.steps} steps."
    )
    return [Finding("unscaled-inputs", _names(history), seen, place)]


def _largest_input(history: History) -> tuple[float, int | None, ev.Place | None]:
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
    if _explained(earlier) or any(f.fault in ("sum-instead-of-mean", "unscaled-inputs") for f in earlier):
        return []
    ids = [v.id for v in ar.trained(history)]
    first = _first_step(history)
    worst = 0.0
    for step in range(first, first + 3):
        norm, before = ar.gradient_norm(history, step, ids), _size_before(history, step, ids)
        if norm is not None and norm > _EXPLODED * max(before, 1.0) and _thrown(history, step, ids):
            worst = max(worst, norm)
            break
        if norm is None or norm > _EXPLODED:
            break
    overflow = _overflows_at_once(history)
    if (not worst and not overflow) or _largest_input(history)[0] >= _LARGE_INPUT:
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
    return [Finding("exploding-gradient", _names(history), seen, _asked_at(history))]


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
    first = _first_step(history)
    loss = history.losses.get(first)
    if loss is None or math.isfinite(loss):
        return False
    products = [o for o in ar.forward(history) if o.type in ar.PRODUCTS]
    spoiled = _first_spoiled(history, first)
    if spoiled is not None:
        return spoiled.type in ar.PRODUCTS | {"Square", "Pow", "AddV2"} and "nan input" not in spoiled.flags
    return len(products) >= 5


def vanishing_gradient(history: History, earlier: tuple[Finding, ...]) -> list[Finding]:
    """Kernels whose gradients fall from layer to layer towards the input, until the first stand still.

    Needs: a chain of at least four kernels, each feeding the next; the median
    gradient of the first at most 1e-3 of the last one's, falling in most links
    of the chain; and a first kernel that moves by less than 1e-4 of itself a
    step. Under Adam, which rescales, such kernels do move, and this is silent.
    """
    chain = _chain(history)
    if len(chain) < 4:
        return []
    norms = [ar.median(history.norms(n)) for n in chain]
    if not all(math.isfinite(norm) and norm > 0 for norm in norms):
        return []
    falling = sum(a < b for a, b in zip(norms, norms[1:]))
    if norms[0] > _VANISHED * norms[-1] or falling < 0.75 * (len(chain) - 1):
        return []
    still = [n for n in chain if _relative_movement(history, n) < _STILL and n != chain[-1]]
    if not still or still[0] != chain[0]:
        return []
    squashing = sum(o.type in _SQUASHING for o in ar.forward(history))
    through = f" Between them lie {squashing} sigmoid, tanh or softmax layers." if squashing >= 2 else ""
    seen = (
        f"The gradient's norm is {ar.number(norms[-1])} at “{history.name(chain[-1])}” and "
        f"{ar.number(norms[0])} at “{history.name(chain[0])}”, {len(chain) - 1} layers further down; a step "
        f"moves the latter by {ar.number(_relative_movement(history, chain[0]))} of its size.{through}"
    )
    below = [v.name for v in ar.trained(history) if _relative_to_last(history, v.id, norms[-1]) < _VANISHED]
    return [Finding("vanishing-gradient", tuple(below), seen, history.variables[chain[0]].made_at)]


def _relative_to_last(history: History, variable: int, last: float) -> float:
    norm = ar.median(history.norms(variable))
    return norm / last if math.isfinite(norm) else math.inf


def _relative_movement(history: History, variable: int) -> float:
    steps = history.updates.get(variable, {}).values()
    return ar.median(s.update_norm / s.value_norm for s in steps if s.finite and s.value_norm)


def _chain(history: History) -> list[int]:
    """Kernels in the order in which they follow one another on the way from the data to the loss."""
    depth: dict[int, int] = {}
    for operation in ar.forward(history):
        if operation.type not in ar.PRODUCTS - {"Mul"} or len(operation.inputs) < 2:
            continue
        for own, other in (operation.inputs[:2], operation.inputs[1::-1]):
            kernel = ar.reads(history, own)
            if kernel is not None and len(history.variables[kernel].shape) >= 2 and history.norms(kernel):
                below = ar.variables_of(history, other)
                kernels = [n for n in below if len(history.variables[n].shape) >= 2 and history.norms(n)]
                depth[kernel] = max(depth.get(kernel, 0), len(kernels))
    return sorted(depth, key=lambda n: depth[n])


def too_little_capacity(history: History, earlier: tuple[Finding, ...]) -> list[Finding]:
    """Weights that move, a loss that has levelled off high, and a model that cannot do better.

    Needs a reason in the structure: kernels that follow each other with no bend
    in between, the inner one at least as wide as an end of the pair (so that
    it is no deliberate bottleneck); a hidden layer of a single unit; or a lone
    linear layer whose loss stands at the logarithm of the number of classes,
    which is what guessing gives. And the plateau: the last third of the run
    is less than 3% better than the second, after every weight has moved.
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
    elif any(_is_thread(history, n) for n in kernels[:-1]):
        reason = "a hidden layer has a single unit"
    elif len(kernels) == 1 and (classes := _guessing(end)):
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
    return [Finding("too-little-capacity", _names(history), seen, history.variables[kernels[0]].made_at)]


def _is_thread(history: History, kernel: int) -> bool:
    shape = history.variables[kernel].shape
    return len(shape) >= 2 and shape[-1] == 1 and math.prod(shape) > 1


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
    if not (end > 0.97 * middle and end > 0.3 * start and end < 1.5 * start):
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


# -- shared -------------------------------------------------------------------------------


def _names(history: History) -> tuple[str, ...]:
    return tuple(v.name for v in ar.trained(history) if history.asked(v.id))


def _first_step(history: History) -> int:
    return min((step for gradients in history.gradients.values() for step in gradients), default=1)


def _asked_at(history: History) -> ev.Place | None:
    return next((event.place for event in history.events(ev.GradientsAsked) if event.place), None)


def _rescaled(history: History) -> bool:
    """Whether every variable is updated by an optimizer that does not follow the gradient's size."""
    owners = [ar.owner(history, v.id) for v in ar.trained(history)]
    return bool(owners) and all(o is not None and o.kind in ar.RESCALING for o in owners)


Rule = Callable[[History, tuple[Finding, ...]], list[Finding]]

RULES: tuple[tuple[str, Rule], ...] = (
    ("nan-in-data", nan_in_data),
    ("nan-in-unused-branch", nan_in_unused_branch),
    ("log-of-zero", log_of_zero),
    ("zero-initialised", zero_initialised),
    ("dead-relu", dead_relu),
    ("sum-instead-of-mean", sum_instead_of_mean),
    ("unscaled-inputs", unscaled_inputs),
    ("exploding-gradient", exploding_gradient),
    ("vanishing-gradient", vanishing_gradient),
    ("too-little-capacity", too_little_capacity),
)
