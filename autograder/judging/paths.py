"""Where a gradient's path ends: walking the operations that were recorded between a variable and a loss.

A tape gives ``None`` for a variable when no chain of recorded, differentiable
operations leads from it to the number that was differentiated. The value may
still flow: through operations that nobody recorded, through an integer,
through another variable, through NumPy. `None`'s cause is the first step at
which the value goes on and the derivative does not. All of this is read off
the log; nothing is run.
"""

import weakref
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from autograder.judging.flow import (
    ASSIGNING,
    CALLS,
    PYTHON,
    REAL,
    SHAPES,
    STEPS,
    THRESHOLDS,
    Asked,
    Flow,
    flow_maker,
    flow_of,
    is_kept,
    requests,
    written,
)
from autograder.judging.history import History
from autograder.observing import events as ev

#: Why a path ends; see `Block.kind`.
KINDS = (
    "before",  # an operation ran before the tape was open
    "after",  # an operation ran after the tape was closed
    "late",  # the variable itself was read only after the tape was closed
    "paused",  # an operation ran while the tape did not record
    "unwatched",  # the tape was not told to watch this variable or tensor
    "frozen",  # a tape watches by itself only what is trainable
    "stopped",  # stop_gradient
    "integer",  # a cast to an integer or to bool
    "step",  # an operation without derivative
    "threshold",  # a comparison with less or greater
    "python function",  # py_function or numpy_function
    "assigned",  # written to a variable, and read from there
    "numpy",  # taken to NumPy or Python; what came back is a new constant
    "ignored",  # read, but nothing made from it reaches the loss
    "unused",  # never read
    "unknown",
)


@dataclass(frozen=True)
class Block:
    """Where a gradient's path ends."""

    #: One of `KINDS`.
    kind: str
    #: The operation at which it ends, if there is one.
    operation: ev.Operation | None = None
    #: The learner's line.
    place: ev.Place | None = None
    #: Position of the operation, or of the conversion, among the log's events.
    index: int = -1


def path_end(flow: Flow, asked: Asked, source: int) -> Block:
    """Where the path from a source to what was differentiated ends, for a gradient that is None."""
    source = flow.resolve(source)
    targets = [flow.resolve(t) for t in asked.event.targets]
    route = flow.ancestors(targets, asked.opened)
    blocks, flowing, _ = _blocks(flow, asked, source, route)
    if flowing & set(targets) or any(flow.resolve(t) == source for t in targets):
        return (
            _first_of(_enough(flow, asked, source, route, blocks))
            or _first_of(blocks)
            or _inside_calls(flow, asked, source, route)
            or Block("unknown")
        )
    return (
        _converted(flow, asked, source, targets, route)
        or _hidden_in_python(flow, asked, source, route)
        or _not_reaching(flow, asked, source)
    )


def _first_of(blocks: list[Block]) -> Block | None:
    """The block that tells most: inside the tape before outside it, then the earliest."""
    rank = {"before": 3, "late": 2, "unwatched": 2, "frozen": 2, "after": 1}
    return min(blocks, key=lambda b: (rank.get(b.kind, 0), b.index), default=None)


def _enough(flow: Flow, asked: Asked, source: int, route: list[int], blocks: list[Block]) -> list[Block]:
    """The blocks of those kinds without which there would be a gradient: not those on a mere side branch."""
    targets = set(map(flow.resolve, asked.event.targets))
    kinds = dict.fromkeys(block.kind for block in blocks)
    if len(kinds) < 2:
        return blocks
    found = [kind for kind in kinds if _blocks(flow, asked, source, route, kind)[2] & targets]
    return [block for block in blocks if block.kind in found]


def _blocks(
    flow: Flow, asked: Asked, source: int, route: list[int], passed: str = ""
) -> tuple[list[Block], set[int], set[int]]:
    """The blocks on all ways from a source along a route; tensors that its value flows to; those with a path.

    Args:
        passed: a kind of block that is taken to let the derivative through.
    """
    flowing, open_ = {source}, {source}
    blocks = []
    for index in route:
        operation = flow.operation(index)
        inputs = {flow.resolve(t) for t in operation.inputs}
        if operation.type in SHAPES or not inputs & flowing:
            continue
        outputs = set(map(flow.resolve, operation.outputs))
        assigning = operation.type.startswith(ASSIGNING)
        if assigning:
            outputs = {flow.resolve(written(operation))}
            if not inputs - outputs & flowing:
                continue  # only the variable itself flows
        block = None
        if inputs & open_:
            kind = "assigned" if assigning else _kind(flow, asked, source, index)
            block = Block(kind, operation, operation.place, index) if kind and kind != passed else None
            if block is not None:
                blocks.append(block)
        if inputs & open_ and block is None:
            open_ |= outputs
        flowing |= outputs
    return blocks, flowing, open_


def _kind(flow: Flow, asked: Asked, source: int, index: int) -> str:
    """Why no derivative goes through an operation; "" if one does."""
    operation = flow.operation(index)
    reading = source in map(flow.resolve, operation.inputs)
    if asked.event.tape not in operation.tapes or not asked.opened < index:
        if index < asked.opened:
            return "before"
        if index > asked.closed:
            return "late" if reading else "after"
        return "paused"
    if reading:
        watching = _watching(flow, asked, source, index)
        if watching:
            return watching
    return operation_kind(operation)


def _watching(flow: Flow, asked: Asked, source: int, index: int) -> str:
    """Why a tape does not watch a source when an operation reads it; "" if it does."""
    for event in flow.events[asked.opened : index]:
        if isinstance(event, ev.Watched) and event.tape == asked.event.tape:
            if source in map(flow.resolve, event.tensors):
                return ""
    info = flow.history.variables.get(source)
    if info is not None and not info.trainable:
        return "frozen"
    return "" if asked.watches and (info is not None or _is_variable(asked, source)) else "unwatched"


def _is_variable(asked: Asked, source: int) -> bool:
    return any(g.source == source and g.is_variable for g in asked.event.gradients)


def operation_kind(operation: ev.Operation) -> str:
    """Why no derivative goes through an operation that a tape recorded; "" if one does."""
    if operation.type == "StopGradient":
        return "stopped"
    if operation.type in PYTHON:
        return "python function"
    if operation.type in THRESHOLDS:
        return "threshold"
    if operation.type in STEPS:
        return "step"
    dtypes = [dtype for dtype in operation.output_dtypes if dtype]
    if dtypes and not any(dtype.startswith(REAL) for dtype in dtypes):
        return "integer" if operation.type == "Cast" else "step"
    return ""


def _inside_calls(flow: Flow, asked: Asked, source: int, route: list[int]) -> Block | None:
    """A block inside a function that was called on the way: in the graph that was traced for it."""
    if not any(flow.operation(index).type.startswith(CALLS) for index in route):
        return None
    reached = {source}
    for index, operation in enumerate(flow.events[: asked.index]):
        if not isinstance(operation, ev.Operation) or not operation.symbolic or operation.backward:
            continue
        if operation.type in SHAPES or not reached & set(map(flow.resolve, operation.inputs)):
            continue
        kind = operation_kind(operation)
        if kind:
            return Block(kind, operation, operation.place, index)
        reached |= set(map(flow.resolve, operation.outputs))
    return None


def _converted(flow: Flow, asked: Asked, source: int, targets: list[int], route: list[int]) -> Block | None:
    """A conversion to NumPy or Python of something made from the source, if the loss can have come from it.

    It can if the loss uses a value that no operation made and that is younger
    than the conversion.
    """
    if asked.event.symbolic:
        return None
    made = flow.descendants(source, asked.index)
    leaves = flow.leaves(route, flow.history.variables) | {t for t in targets if t not in flow.maker}
    for index in range(asked.index):
        event = flow.events[index]
        if not isinstance(event, ev.Converted) or flow.resolve(event.tensor) not in made:
            continue
        here = asked.event.tape in event.tapes and index > asked.opened
        if not here and event.step != asked.event.step:
            continue
        if any(leaf == 0 or leaf > flow.highest[index] for leaf in leaves):
            return Block("numpy", flow_maker(flow, event.tensor), event.place, index)
    return _met_by_numpy(flow, asked, source, leaves)


def _met_by_numpy(flow: Flow, asked: Asked, source: int, leaves: set[int]) -> Block | None:
    """A call of NumPy inside the tape, after the last thing made from the source, which no operation uses.

    For an operator such as ``array - tensor`` NumPy leaves the work to
    TensorFlow, and an operation follows on the same line: that is no call.
    """
    made = flow.descendants(source, asked.index, asked.opened)
    ends = [t for t in made if t in flow.maker and not flow.takers.get(t)]
    for index in range(asked.opened + 1, asked.index):
        event = flow.events[index]
        if not isinstance(event, ev.NumpyMet) or asked.event.tape not in event.tapes:
            continue
        if _left_to_tensorflow(flow, asked, index, event):
            continue
        before = [t for t in ends if flow.maker[t] < index]
        if before and any(leaf == 0 or leaf > flow.highest[index] for leaf in leaves):
            last = max(before, key=lambda t: flow.maker[t])
            return Block("numpy", flow_maker(flow, last), event.place, index)
    return None


def _left_to_tensorflow(flow: Flow, asked: Asked, index: int, event: ev.NumpyMet) -> bool:
    """Whether an operation on the same line follows at once, that takes a tensor which was there before."""
    later = flow.events[index + 1 : asked.index]
    following = next((e for e in later if isinstance(e, (ev.Operation, ev.NumpyMet))), None)
    if not isinstance(following, ev.Operation) or following.place != event.place:
        return False
    return any(t in flow.maker or 0 < t < event.newest for t in following.inputs)


def _hidden_in_python(flow: Flow, asked: Asked, source: int, route: list[int]) -> Block | None:
    """A Python function that the loss comes from, when the source is read nowhere else before the loss."""
    functions = [index for index in route if flow.operation(index).type in PYTHON]
    readers = [i for i in flow.takers.get(source, ()) if asked.opened < i < asked.index and _reads(flow, i)]
    if functions and not readers:
        operation = flow.operation(functions[0])
        return Block("python function", operation, operation.place, functions[0])
    return None


def _reads(flow: Flow, index: int) -> bool:
    operation = flow.operation(index)
    return not operation.type.startswith(("Assign", "VarIsInit", "VarHandle")) and not operation.backward


def _not_reaching(flow: Flow, asked: Asked, source: int) -> Block:
    readers = [i for i in flow.takers.get(source, ()) if _reads(flow, i) and i < asked.index]
    inside = [i for i in readers if i > asked.opened]
    if not inside:
        return Block("unused")
    operation = flow.operation(inside[0])
    return Block("ignored", operation, operation.place, inside[0])


# -- for all variables of a history ----------------------------------------------------------------

_ENDS: "weakref.WeakKeyDictionary[History, dict[int, tuple[Asked, Block]]]" = weakref.WeakKeyDictionary()


def missing_paths(history: History) -> dict[int, tuple[Asked, Block]]:
    """Number of each variable that never got a gradient from a tape → a request for it, and the path's end.

    Only variables that a tape was asked for, that are trainable and floating;
    what is frozen or an integer never has a path, and other rules say so.
    """
    if history not in _ENDS:
        _ENDS[history] = _missing_paths(history)
    return _ENDS[history]


def _missing_paths(history: History) -> dict[int, tuple[Asked, Block]]:
    flow = flow_of(history)
    asked_for: dict[int, list[Asked]] = defaultdict(list)
    given, zeros = set(), set()
    for asked in requests(history):
        for gradient in asked.event.gradients:
            number = history.resolve(gradient.source)
            asked_for[number].append(asked)
            if asked.event.zeros and gradient.kind in ("zero", ""):
                zeros.add(number)  # perhaps for want of a path
            elif gradient.result is not None or gradient.kind not in ("none", ""):
                given.add(number)
    for event in history.events(ev.Computed):
        numbers = {history.resolve(g.source): g.kind for g in event.gradients}
        given |= {n for n, kind in numbers.items() if kind != "zero" or n not in zeros}
    found = {}
    for number, times in asked_for.items():
        info = history.variables.get(number)
        if number in given or info is None or not info.trainable or not info.dtype.startswith(REAL):
            continue
        kept = [a for a in times if is_kept(flow, a)] or times
        chosen = kept[-1] if kept[-1].event.symbolic else kept[0]
        end = path_end(flow, chosen, number)
        if number not in zeros or (is_kept(flow, chosen) and end.kind != "unknown"):
            found[number] = (chosen, end)
    return found


def outermost_call(history: History, index: int, variable: int | None = None) -> ev.LayerCalled | None:
    """The outermost call of a layer or model that an operation was a part of.

    A call is noted when it returns, so it is the first outermost one after the operation.
    """
    for event in history.log.events[index:]:
        if isinstance(event, (ev.GradientsAsked, ev.StepEnded)):
            return None
        if isinstance(event, ev.LayerCalled) and event.depth == 0:
            layer = history.layers.get(event.layer)
            owned = layer is not None and variable in (*layer.trainable, *layer.frozen)
            return event if variable is None or owned else None
    return None


# -- in words --------------------------------------------------------------------------------------


def names_of(history: History, hit: Iterable[int]) -> tuple[str, ...]:
    """The names of variables."""
    return tuple(history.name(number) for number in hit)


def share_of(history: History, hit: dict[int, tuple[Asked, Block]]) -> str:
    """ "3 of 7 variables", of those that the tape was asked for."""
    asked = {history.resolve(g.source) for a, _ in hit.values() for g in a.event.gradients}
    shown = " (which unconnected_gradients shows as 0)" if any(a.event.zeros for a, _ in hit.values()) else ""
    return f"{len(hit)} of {len(asked)} variables{shown}"
