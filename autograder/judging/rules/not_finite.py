"""Faults of numbers: NaN and infinities, and where they come from."""

import math
from collections.abc import Callable, Iterable

from autograder.judging import arithmetic as ar
from autograder.judging.history import Finding, History
from autograder.judging.scale import EXPLODED, first_spoiled
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
        operation = first_spoiled(history, step)
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
    if step is None or loss is None or not math.isfinite(loss) or is_explained(earlier):
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
    if step is None or math.isfinite(history.losses.get(step, math.nan)) or is_explained(earlier):
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
    return any(norm is not None and norm > EXPLODED for norm in norms)


def is_explained(earlier: tuple[Finding, ...]) -> bool:
    return any(f.fault in ("nan-in-data", "nan-in-unused-branch", "log-of-zero") for f in earlier)


Rule = Callable[[History, tuple[Finding, ...]], list[Finding]]


RULES: tuple[tuple[str, Rule], ...] = (
    ("nan-in-data", nan_in_data),
    ("nan-in-unused-branch", nan_in_unused_branch),
    ("log-of-zero", log_of_zero),
)
