"""Rules of chapter 09: what tracing does to a step that would be sound when run eagerly."""

import re

from autograder.judging.history import Finding, History
from autograder.judging.rules.registration import made_too_late
from autograder.observing import events as ev

_TO_NUMPY = re.compile(
    r"to a numpy array|NumPy call|numpy\(\) is only available|no attribute '(numpy|item|tolist)'"
    r"|(float|int|complex)\(\) argument must be .*Tensor'|only size-1 arrays",
    re.IGNORECASE,
)
_NEW_VARIABLES = re.compile(
    r"singleton tf\.Variables? created on the first call|tried to create variables on non-first call"
    r"|Tensor-typed variable initializers must|lifted out of the function",
    re.IGNORECASE,
)


def variable_created_in_graph(history: History, earlier: tuple[Finding, ...]) -> list[Finding]:
    """A traced function that makes variables each time it is traced.

    Needs: the program ended with TensorFlow's refusal to make variables after
    the first trace; and the variable that it was making is the program's own,
    not one that an optimizer makes for itself.
    """
    raised = _raised(history)
    if raised is not None and made_too_late(history, raised):
        seen = (
            "A function was traced again for a model that had not been called before: the model makes its "
            "weights when it is first called, and TensorFlow allows that only in the first trace."
        )
        return [Finding("variable-created-in-graph", (), seen, raised.place)]
    if raised is None or not _NEW_VARIABLES.search(raised.message):
        return []
    if any(o.made_at is not None and o.made_at == raised.place for o in history.optimizers.values()):
        return []
    if any(a.place is not None and a.place == raised.place for a in history.events(ev.Applied)):
        return []  # the optimizer made its own variables too late
    here = [v for v in history.variables.values() if v.made_at is not None and v.made_at == raised.place]
    names = tuple(dict.fromkeys(v.name for v in here))
    seen = (
        "A function was traced a second time and made variables again; TensorFlow allows that only in the "
        f"first trace{_at(raised.place)}."
    )
    return [Finding("variable-created-in-graph", names, seen, raised.place)]


def numpy_in_graph(history: History, earlier: tuple[Finding, ...]) -> list[Finding]:
    """NumPy, or a conversion to a Python number, in a function that is being traced.

    Needs: the program ended when something asked for the value of a symbolic
    tensor, and the last operation before that was put into a graph, not run.
    """
    raised = _raised(history)
    if raised is None or not _TO_NUMPY.search(raised.message):
        return []
    last = None
    for event in history.events(ev.Operation):
        last = event if not event.updating else last
    symbolic = "symbolic" in raised.message.lower() or "numpy() is only" in raised.message
    if not symbolic and (last is None or not last.symbolic):
        return []
    kind = raised.type
    seen = (
        f"{kind} while a graph was traced{_at(raised.place)}: the value of a tensor was asked for, and a "
        "tensor of a graph has none until the graph runs."
    )
    return [Finding("numpy-in-graph", (), seen, raised.place)]


def _raised(history: History) -> ev.Raised | None:
    return next(iter(history.events(ev.Raised)), None)


def _at(place: ev.Place | None) -> str:
    return f" (line {place.line})" if place is not None else ""


def frozen_python_state(history: History, earlier: tuple[Finding, ...]) -> list[Finding]:
    """A Python value that a traced function reads, and that changed afterwards.

    Needs: a function that trains was called with other Python values in the
    names that its code reads than at its last trace, and was not traced again.
    The graph goes on with the old values.
    """
    changes: dict[str, dict[str, list[int]]] = {}
    first: dict[str, ev.PythonChanged] = {}
    for event in history.events(ev.PythonChanged):
        first.setdefault(event.function, event)
        for name in event.names:
            changes.setdefault(event.function, {}).setdefault(name, []).append(event.step)
    found = []
    for function, names in changes.items():
        steps = max(len(s) for s in names.values())
        listed = ", ".join(sorted(names)[:4])
        seen = (
            f"{listed} changed in Python, and {_called(function)}, which reads it, ran {steps} more "
            f"{'time' if steps == 1 else 'times'} with the value that it was traced with."
        )
        found.append(Finding("frozen-python-state", _unmoved(history), seen, first[function].place))
    return found


def _called(function: str) -> str:
    return "the step that fit runs" if function.endswith(("_on_iterator", "_on_data")) else f"{function}()"


def _unmoved(history: History) -> tuple[str, ...]:
    """Trainable variables that got a gradient of their own and that no step moved."""
    return tuple(
        v.name
        for v in history.variables.values()
        if v.trainable and history.asked(v.id) and history.updates.get(v.id) and not history.moved(v.id)
    )


def update_outside_graph(history: History, earlier: tuple[Finding, ...]) -> list[Finding]:
    """A change of Python state in a traced function: it happens once.

    Needs one of two things. A name or container that the traced code both
    reads and writes holds a symbol of the finished graph: the new value never
    left the graph, and the next call starts from the old one. Or a Python
    number that the code reads was changed by the function while it was
    traced, and the function then ran again without being traced.
    """
    leaks = [e for e in history.events(ev.Leaked) if e.read]
    if leaks:
        maker = history.maker.get(leaks[0].tensor)
        names = list(dict.fromkeys(leak.name.split("[")[0] for leak in leaks))
        seen = (
            f"{', '.join(names[:4])} {'holds' if len(names) == 1 else 'hold'} a symbol of the graph, not a "
            "value: what was set while the function was traced is never set again."
        )
        return [Finding("update-outside-graph", _unmoved(history), seen, maker.place if maker else None)]
    for event in history.events(ev.ChangedWhileTraced):
        again = [e for e in history.events(ev.Traced) if e.function == event.function and e.step > event.step]
        if not again and history.steps - event.step >= 2:
            names = ", ".join(event.names)
            seen = (
                f"{names} changed while {event.function}() was traced in step {event.step}, and not in the "
                f"{history.steps - event.step} steps after it."
            )
            return [Finding("update-outside-graph", (), seen, event.place)]
    return []


RULES = (
    ("variable-created-in-graph", variable_created_in_graph),
    ("numpy-in-graph", numpy_in_graph),
    ("update-outside-graph", update_outside_graph),
    ("frozen-python-state", frozen_python_state),
)
