"""Rules of chapter 02: values that leave the graph of recorded operations on their way to the loss."""

from autograder.judging.flow import Asked, flow_of
from autograder.judging.history import Finding, History
from autograder.judging.paths import Block, missing_paths, names_of, share_of
from autograder.judging.zeros import zero_paths
from autograder.observing import events as ev


def numpy_round_trip(history: History, earlier: tuple[Finding, ...]) -> list[Finding]:
    """A value that went to NumPy or Python, and came back as a constant.

    Needs: no operations lead from the variable to the loss; something made
    from the variable, or itself, was converted in the same step; and the loss
    uses a value that no operation made and that is younger than the
    conversion. Or the loss itself is not a tensor any more when the tape is
    asked for its gradient, and something made from a variable was converted
    inside the tape.
    """
    hit = _ends(history, "numpy")
    if not hit:
        return _number_as_loss(history)
    _, block = next(iter(hit.values()))
    made = f"the result of {block.operation.type}" if block.operation else "its value"
    if block.operation is not None and block.operation.type in ("VarHandleOp", "ReadVariableOp"):
        made = "its value"
    seen = (
        f"The gradient is None for {share_of(history, hit)}: {made} was taken to NumPy or Python, and what "
        "the loss was made from afterwards is a new constant, without a record of where it came from."
    )
    return [Finding("numpy-round-trip", names_of(history, hit), seen, block.place)]


def _number_as_loss(history: History) -> list[Finding]:
    """The loud form: what was to be differentiated is a NumPy or Python number."""
    flow = flow_of(history)
    for index, event in enumerate(history.log.events):
        if not isinstance(event, ev.GradientsAsked) or not event.failed or any(event.targets):
            continue
        sources = [history.resolve(n) for n in event.sources if history.resolve(n) in history.variables]
        made = {t: s for s in sources for t in flow.descendants(s, index)}
        for before in flow.events[:index]:
            converted = isinstance(before, ev.Converted) and before.tensor in made
            if (converted or isinstance(before, ev.NumpyMet)) and event.tape in before.tapes:
                seen = (
                    "tape.gradient was asked for the gradient of a plain number, not of a tensor: what was "
                    "made from the variables had been taken to NumPy or Python."
                )
                return [Finding("numpy-round-trip", names_of(history, sources), seen, before.place)]
    return []


def py_function_barrier(history: History, earlier: tuple[Finding, ...]) -> list[Finding]:
    """A Python function in the graph that no derivative goes through.

    Needs: the variable's way to the loss goes through `numpy_function` or
    `py_function`, or the loss comes from such a function and the variable is
    used nowhere outside it; and the gradient is None. (TensorFlow operations
    inside `py_function`, on its arguments, do keep the gradient; a body that
    goes through NumPy gives 0, in every step.)
    """
    found = _simple(
        history,
        "py-function-barrier",
        "python function",
        "the way to the loss leads through a Python function ({operation}), and none back",
    )
    hit = {n: end for n, end in zero_paths(history).items() if end[1].kind == "python function"}
    if found or not hit:
        return found or _fails_on_the_way_back(history)
    _, block = next(iter(hit.values()))
    seen = (
        f"The gradient is exactly 0 for {share_of(history, hit)}, in every step: each way to the loss leads "
        "through a Python function whose result is no longer made from its arguments by TensorFlow."
    )
    return [Finding("py-function-barrier", names_of(history, hit), seen, block.place)]


def _fails_on_the_way_back(history: History) -> list[Finding]:
    """TensorFlow raised in `tape.gradient`, on a way that leads through a Python function that met NumPy.

    Such a function gives a gradient of a wrong shape, at which the operation before it takes offence.
    """
    flow = flow_of(history)
    raised = next(iter(history.events(ev.Raised)), None)
    for event in history.events(ev.GradientsAsked):
        if not event.failed or raised is None:
            continue
        if raised.place != event.place or raised.type != "InvalidArgumentError":
            continue
        for position in flow.ancestors(event.targets):
            operation = flow.operation(position)
            if operation.type != "EagerPyFunc" or not _met_numpy(history, position):
                continue
            sources = {history.resolve(n) for n in event.sources} & set(history.variables)
            hit = [n for n in history.variables if n in sources and _feeds(history, n, position)]
            seen = (
                "tape.gradient raised on its way back through a Python function whose body goes through "
                f"NumPy: the gradient that it gave for {len(hit)} of {len(sources)} variables has a wrong "
                "shape."
            )
            return [Finding("py-function-barrier", names_of(history, hit), seen, operation.place)]
    return []


def _met_numpy(history: History, position: int) -> bool:
    """Whether a tensor went to NumPy in the step in which a Python function ran, before it ended."""
    step = history.log.events[position].step
    before = history.log.events[:position]
    return any(isinstance(e, (ev.Converted, ev.NumpyMet)) and e.step == step and e.tapes for e in before)


def _feeds(history: History, variable: int, position: int) -> bool:
    flow = flow_of(history)
    made = flow.descendants(variable, position)
    return bool(made & set(map(flow.resolve, flow.operation(position).inputs)))


def integer_cast(history: History, earlier: tuple[Finding, ...]) -> list[Finding]:
    """A cast to an integer or to bool on the way.

    Needs: the recorded way from the variable is cut first by a `Cast` whose
    result is not a floating type, and every other way is cut too (the gradient is None).
    """
    return _simple(
        history,
        "integer-cast",
        "integer",
        "on the way to the loss a cast gives {dtype}, and numbers of that type have no derivative",
    )


def stop_gradient(history: History, earlier: tuple[Finding, ...]) -> list[Finding]:
    """`tf.stop_gradient` on every way from a variable to the loss.

    Needs: a tape was asked for a trainable variable, never gave a gradient,
    and the recorded way is cut by `StopGradient`. On a target network or a
    baseline, whose variables no tape is asked for or which learn by another
    loss, that is what it is for.
    """
    return _simple(
        history, "stop-gradient", "stopped", "tf.stop_gradient stands on the way from it to the loss"
    )


def assign_in_forward(history: History, earlier: tuple[Finding, ...]) -> list[Finding]:
    """A value that is written to a variable in the forward pass, and read from there.

    Needs: the value flows from the variable into an assignment inside the
    tape, and from the variable that was assigned on to the loss; the gradient
    is None, because reading a variable starts a new path.
    """
    return _simple(
        history,
        "assign-in-forward",
        "assigned",
        "what was made from it is written to another variable and read from there, and a tape does not "
        "follow a value through an assignment",
    )


def _simple(history: History, fault: str, kind: str, reason: str) -> list[Finding]:
    """One finding for all variables whose path ends in one way, at the first such line."""
    hit = _ends(history, kind)
    if not hit:
        return []
    _, block = next(iter(hit.values()))
    operation = block.operation.type if block.operation else "an operation"
    dtype = next(iter(block.operation.output_dtypes), "") if block.operation else ""
    why = reason.format(operation=operation, dtype=dtype)
    return [
        Finding(
            fault,
            names_of(history, hit),
            f"The gradient is None for {share_of(history, hit)}: {why}.",
            block.place,
        )
    ]


def _ends(history: History, kind: str) -> dict[int, tuple[Asked, Block]]:
    return {n: end for n, end in missing_paths(history).items() if end[1].kind == kind}


RULES = (
    ("numpy-round-trip", numpy_round_trip),
    ("py-function-barrier", py_function_barrier),
    ("integer-cast", integer_cast),
    ("stop-gradient", stop_gradient),
    ("assign-in-forward", assign_in_forward),
)
