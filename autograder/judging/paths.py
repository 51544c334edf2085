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

from autograder.judging.history import History
from autograder.observing import events as ev

#: Operations that read the shape of a tensor, or make another of its shape: no value goes through them.
SHAPES = frozenset(
    {"Shape", "ShapeN", "Size", "Rank", "ZerosLike", "OnesLike", "BroadcastGradientArgs", "TensorListLength"}
)
#: Operations with a floating result and no derivative: TensorFlow registers none, or one that is None.
STEPS = frozenset(
    {"Round", "Rint", "Floor", "Ceil", "FloorDiv", "OneHot", "NextAfter", "Bincount", "DenseBincount"}
)
#: Comparisons whose result depends on a threshold, not on equality.
THRESHOLDS = frozenset({"Greater", "GreaterEqual", "Less", "LessEqual"})
#: Operations whose derivative is 0 wherever it exists.
FLAT = frozenset({"Sign"})
CLIPS = frozenset({"Minimum", "Maximum", "ClipByValue", "Relu6"})
#: Operations that hand a value on as it is.
PASSING = frozenset(
    {
        "Identity",
        "IdentityN",
        "Reshape",
        "ExpandDims",
        "Squeeze",
        "BroadcastTo",
        "Tile",
        "EnsureShape",
        "Cast",
    }
)
_PYTHON = frozenset({"PyFunc", "PyFuncStateless", "EagerPyFunc"})
_CALLS = ("PartitionedCall", "StatefulPartitionedCall", "__inference_", "__forward_", "While", "If", "Case")
_CALLS += ("StatelessWhile", "StatelessIf", "StatelessCase")
_ASSIGNING = ("Assign", "ResourceScatter", "ResourceApply")
_REAL = ("float", "bfloat", "half", "complex", "resource", "variant", "double")

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


class Flow:
    """The operations of a log as a graph through which values flow."""

    def __init__(self, history: History):
        self.history = history
        self.events = history.log.events
        #: Number of a tensor → position of the operation that made it.
        self.maker: dict[int, int] = {}
        #: Number of a tensor → positions of the operations that take it.
        self.takers: dict[int, list[int]] = defaultdict(list)
        #: Number of a variable's handle → positions of the operations that write to it.
        self.writers: dict[int, list[int]] = defaultdict(list)
        #: Highest number of a tensor that was given before each event.
        self.highest: list[int] = []
        highest = 0
        for index, event in enumerate(self.events):
            self.highest.append(highest)
            if isinstance(event, ev.Operation) and not event.updating:
                self._add(index, event)
                highest = max(highest, *event.outputs, *event.inputs, 0) if not event.symbolic else highest

    def _add(self, index: int, operation: ev.Operation) -> None:
        for tensor in operation.outputs:
            self.maker[self.resolve(tensor)] = index
        for tensor in dict.fromkeys(operation.inputs):
            self.takers[self.resolve(tensor)].append(index)
        if operation.type.startswith(_ASSIGNING) and operation.inputs:
            self.writers[self.resolve(operation.inputs[0])].append(index)

    def resolve(self, tensor: int) -> int:
        """What a graph's captured input stands for."""
        return self.history.resolve(tensor)

    def operation(self, index: int) -> ev.Operation:
        """The operation at a position."""
        event = self.events[index]
        assert isinstance(event, ev.Operation)
        return event

    # -- walking ------------------------------------------------------------------------

    def sources_of(self, index: int, since: int) -> list[int]:
        """Positions of the operations whose values an operation takes, also through a variable.

        A value that was written to a variable counts if it was written after `since`.
        """
        operation = self.operation(index)
        if operation.type in SHAPES:
            return []
        found = []
        for tensor in operation.inputs:
            tensor = self.resolve(tensor)
            if tensor in self.maker and self.maker[tensor] < index:
                found.append(self.maker[tensor])
            if not operation.type.startswith(_ASSIGNING):
                found += [w for w in self.writers.get(tensor, ()) if since < w < index][-1:]
        return found

    def ancestors(
        self, targets: Iterable[int], since: int = -1, without: frozenset[int] = frozenset()
    ) -> list[int]:
        """Positions of all operations that the targets were made by, in order.

        Args:
            since: position after which what is written to a variable counts as made.
            without: tensors at which the walk ends.
        """
        waiting = [self.maker[t] for t in map(self.resolve, targets) if t in self.maker and t not in without]
        found = set(waiting)
        while waiting:
            index = waiting.pop()
            for source in self.sources_of(index, since):
                outputs = self.operation(source).outputs
                if source not in found and not (outputs and set(outputs) <= without):
                    found.add(source)
                    waiting.append(source)
        return sorted(found)

    def descendants(self, tensor: int, until: int, since: int = -1) -> set[int]:
        """Numbers of all tensors made from a tensor or variable by operations before a position."""
        found, waiting = {tensor}, [tensor]
        while waiting:
            for index in self.takers.get(waiting.pop(), ()):
                operation = self.operation(index)
                if not since < index < until or operation.type in SHAPES:
                    continue
                made = set(map(self.resolve, operation.outputs))
                if operation.type.startswith(_ASSIGNING) and self.resolve(operation.inputs[0]) not in found:
                    made.add(self.resolve(operation.inputs[0]))
                waiting += made - found
                found |= made
        return found

    def leaves(self, operations: Iterable[int], variables: Iterable[int]) -> set[int]:
        """Numbers of the tensors that operations take and that neither an operation nor a variable gave."""
        known = set(variables)
        taken = {self.resolve(t) for index in operations for t in self.operation(index).inputs}
        return {t for t in taken if t not in self.maker and t not in known}


@dataclass(frozen=True)
class Asked:
    """One request for gradients, with the tape's block that it refers to."""

    index: int
    event: ev.GradientsAsked
    #: Positions at which the tape's block was entered and left; the end of the log if it was not left.
    opened: int
    closed: int
    watches: bool


def requests(history: History) -> list[Asked]:
    """All requests for gradients that went through, in order."""
    opened: dict[int, tuple[int, bool]] = {}
    closed: dict[int, int] = {}
    found = []
    for index, event in enumerate(history.log.events):
        if isinstance(event, ev.TapeOpened):
            opened[event.tape] = (index, event.watches_variables)
            closed.pop(event.tape, None)
        elif isinstance(event, ev.TapeClosed):
            closed[event.tape] = index
        elif isinstance(event, ev.GradientsAsked) and event.gradients:
            begin, watches = opened.get(event.tape, (-1, True))
            found.append(Asked(index, event, begin, closed.get(event.tape, len(history.log.events)), watches))
    return found


def path_end(flow: Flow, asked: Asked, source: int) -> Block:
    """Where the path from a source to what was differentiated ends, for a gradient that is None."""
    source = flow.resolve(source)
    targets = [flow.resolve(t) for t in asked.event.targets]
    route = flow.ancestors(targets, asked.opened)
    blocks, flowing = _blocks(flow, asked, source, route)
    if flowing & set(targets) or any(flow.resolve(t) == source for t in targets):
        return _first_of(blocks) or _inside_calls(flow, asked, source, route) or Block("unknown")
    return (
        _converted(flow, asked, source, targets, route)
        or _hidden_in_python(flow, asked, source, route)
        or _not_reaching(flow, asked, source)
    )


def _first_of(blocks: list[Block]) -> Block | None:
    """The block that tells most: inside the tape before outside it, then the earliest."""
    rank = {"before": 3, "late": 2, "unwatched": 2, "frozen": 2, "after": 1}
    return min(blocks, key=lambda b: (rank.get(b.kind, 0), b.index), default=None)


def _blocks(flow: Flow, asked: Asked, source: int, route: list[int]) -> tuple[list[Block], set[int]]:
    """The blocks on all ways from a source along a route, and the tensors that its value flows to."""
    flowing, open_ = {source}, {source}
    blocks = []
    for index in route:
        operation = flow.operation(index)
        inputs = {flow.resolve(t) for t in operation.inputs}
        if operation.type in SHAPES or not inputs & flowing:
            continue
        outputs = set(map(flow.resolve, operation.outputs))
        assigning = operation.type.startswith(_ASSIGNING)
        if assigning:
            outputs = {flow.resolve(operation.inputs[0])}
            if not inputs - outputs & flowing:
                continue  # only the variable itself flows
        block = None
        if inputs & open_:
            kind = "assigned" if assigning else _kind(flow, asked, source, index)
            block = Block(kind, operation, operation.place, index) if kind else None
            if block is not None:
                blocks.append(block)
        if inputs & open_ and block is None:
            open_ |= outputs
        flowing |= outputs
    return blocks, flowing


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
    if operation.type in _PYTHON:
        return "python function"
    if operation.type in THRESHOLDS:
        return "threshold"
    if operation.type in STEPS:
        return "step"
    dtypes = [dtype for dtype in operation.output_dtypes if dtype]
    if dtypes and not any(dtype.startswith(_REAL) for dtype in dtypes):
        return "integer" if operation.type == "Cast" else "step"
    return ""


def _inside_calls(flow: Flow, asked: Asked, source: int, route: list[int]) -> Block | None:
    """A block inside a function that was called on the way: in the graph that was traced for it."""
    if not any(flow.operation(index).type.startswith(_CALLS) for index in route):
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
        following = next(
            (e for e in flow.events[index + 1 : asked.index] if isinstance(e, ev.Operation)), None
        )
        if (
            following is not None
            and following.place == event.place
            and set(following.inputs) & set(flow.maker)
        ):
            continue
        before = [t for t in ends if flow.maker[t] < index]
        if before and any(leaf == 0 or leaf > flow.highest[index] for leaf in leaves):
            last = max(before, key=lambda t: flow.maker[t])
            return Block("numpy", flow_maker(flow, last), event.place, index)
    return None


def flow_maker(flow: Flow, tensor: int) -> ev.Operation | None:
    """The operation that made a tensor."""
    index = flow.maker.get(flow.resolve(tensor))
    return None if index is None else flow.operation(index)


def _hidden_in_python(flow: Flow, asked: Asked, source: int, route: list[int]) -> Block | None:
    """A Python function that the loss comes from, when the source is read nowhere else before the loss."""
    functions = [index for index in route if flow.operation(index).type in _PYTHON]
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


# -- gradients that are zero -----------------------------------------------------------------


def zero_end(flow: Flow, asked: Asked, source: int) -> Block | None:
    """The operation whose derivative is 0 and that every way from a source to the loss goes through.

    Kinds: "flat" (`Sign`), "clip" (everything is on a bound), "mask" (a mask that keeps nothing).
    """
    source = flow.resolve(source)
    targets = {flow.resolve(t) for t in asked.event.targets}
    alive, blocks = {source}, []
    for index in flow.ancestors(targets, asked.opened):
        operation = flow.operation(index)
        inputs = {flow.resolve(t) for t in operation.inputs}
        if not inputs & alive or operation.type in SHAPES or operation_kind(operation):
            continue
        kind = _zero_kind(flow, index, alive)
        if kind:
            blocks.append(Block(kind, operation, operation.place, index))
        else:
            alive |= set(map(flow.resolve, operation.outputs))
    if alive & targets:
        return None
    return min(blocks, key=lambda b: b.index, default=None)


def _zero_kind(flow: Flow, index: int, alive: set[int]) -> str:
    """Why an operation's derivative is 0 for what comes from `alive`; "" if it is not known to be."""
    operation = flow.operation(index)
    if operation.type in FLAT:
        return "flat"
    if operation.type in CLIPS and on_bound(flow, index) and not _is_rectifier(flow, index):
        return "clip"
    others = [flow.resolve(t) for t in operation.inputs if flow.resolve(t) not in alive]
    if operation.type in ("Mul", "MulNoNan", "MatMul", "BatchMatMulV2"):
        if any(is_zero(flow, t) and mask_of(flow, t) is not None for t in others):
            return "mask"
    if operation.type in ("SelectV2", "Select", "Where") and operation.inputs:
        condition = flow.resolve(operation.inputs[0])
        branches = [t for t in map(flow.resolve, operation.inputs[1:]) if t in alive]
        if is_zero(flow, operation.outputs[0]) and not any(is_zero(flow, t) for t in branches):
            return "" if _from(flow, condition, set(branches)) else "mask"
    if operation.type in ("GatherV2", "GatherNd", "StridedSlice", "DynamicPartition"):
        if (
            "empty" in operation.flags
            or operation.output_shapes[:1]
            and 0 in (operation.output_shapes[0] or ())
        ):
            return "mask"
    return ""


def on_bound(flow: Flow, index: int) -> bool:
    """Whether every entry of a clip's result was on a bound."""
    operation = flow.operation(index)
    if not operation.symbolic:
        return "bounded" in operation.flags
    sizes = _sizes(flow, operation.outputs[0])
    return bool(sizes) and all(m.largest == m.rms for m in sizes)


def _is_rectifier(flow: Flow, index: int) -> bool:
    """Whether a clip is one half only, and its result is 0: a ReLU written as a maximum."""
    operation = flow.operation(index)
    if operation.type != "Maximum" or not is_zero(flow, operation.outputs[0]):
        return False
    before = [flow_maker(flow, t) for t in operation.inputs]
    after = [flow.operation(i) for t in operation.outputs for i in flow.takers.get(flow.resolve(t), ())]
    return not any(o is not None and o.type == "Minimum" for o in (*before, *after))


def is_zero(flow: Flow, tensor: int) -> bool:
    """Whether every entry of a tensor was seen to be 0, whenever it was looked at."""
    maker = flow_maker(flow, tensor)
    if maker is None:
        return False
    if not maker.symbolic:
        return "zero" in maker.flags
    sizes = _sizes(flow, tensor)
    if sizes:
        return all(m.largest == 0 for m in sizes)
    if maker.type in PASSING and maker.inputs:
        return is_zero(flow, maker.inputs[0])
    return False


def _sizes(flow: Flow, tensor: int) -> list[ev.Measured]:
    number = flow.resolve(tensor)
    return [m for m in flow.history.events(ev.Measured) if flow.resolve(m.tensor) == number]


def mask_of(flow: Flow, tensor: int) -> ev.Operation | None:
    """The cast from a truth value that a tensor is a mask by; ``None`` if it is no such mask."""
    for _ in range(8):
        maker = flow_maker(flow, tensor)
        if maker is None or not maker.inputs:
            return None
        if maker.type == "Cast":
            before = flow_maker(flow, maker.inputs[0])
            if before is not None and before.output_dtypes[:1] == ("bool",):
                return maker
            return None
        if maker.type not in PASSING:
            return None
        tensor = maker.inputs[0]
    return None


def _from(flow: Flow, condition: int, branches: set[int]) -> bool:
    """Whether a condition compares one of the branches itself, as in a ReLU that is written with `where`."""
    maker = flow_maker(flow, condition)
    return maker is not None and bool(branches & set(map(flow.resolve, maker.inputs)))


# -- for all variables of a history ----------------------------------------------------------------

_FLOWS: "weakref.WeakKeyDictionary[History, Flow]" = weakref.WeakKeyDictionary()
_ENDS: "weakref.WeakKeyDictionary[History, dict[int, tuple[Asked, Block]]]" = weakref.WeakKeyDictionary()
_ZEROS: "weakref.WeakKeyDictionary[History, dict[int, tuple[Asked, Block]]]" = weakref.WeakKeyDictionary()


def flow_of(history: History) -> Flow:
    """The flow of a history's operations (made once)."""
    if history not in _FLOWS:
        _FLOWS[history] = Flow(history)
    return _FLOWS[history]


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
    given = {history.resolve(g.source) for e in history.events(ev.Computed) for g in e.gradients}
    asked_for: dict[int, list[Asked]] = defaultdict(list)
    for asked in requests(history):
        for gradient in asked.event.gradients:
            number = history.resolve(gradient.source)
            asked_for[number].append(asked)
            if gradient.result is not None or gradient.kind not in ("none", ""):
                given.add(number)
    found = {}
    for number, times in asked_for.items():
        info = history.variables.get(number)
        if number in given or info is None or not info.trainable or not info.dtype.startswith(_REAL):
            continue
        kept = [a for a in times if _is_kept(flow, a)] or times
        chosen = kept[-1] if kept[-1].event.symbolic else kept[0]
        found[number] = (chosen, path_end(flow, chosen, number))
    return found


def zero_paths(history: History) -> dict[int, tuple[Asked, Block]]:
    """Number of each variable whose gradient was 0 in every step → a request for it, and what makes it 0.

    Only variables for which an operation with derivative 0 was found.
    """
    if history not in _ZEROS:
        _ZEROS[history] = _zero_paths(history)
    return _ZEROS[history]


def _zero_paths(history: History) -> dict[int, tuple[Asked, Block]]:
    flow = flow_of(history)
    asked_for: dict[int, list[Asked]] = defaultdict(list)
    for asked in requests(history):
        for gradient in asked.event.gradients:
            asked_for[history.resolve(gradient.source)].append(asked)
    found = {}
    for number, times in asked_for.items():
        kinds = set(history.kinds(number))
        if kinds != {"zero"} or number not in history.variables:
            continue
        kept = [a for a in times if _is_kept(flow, a)]
        ends = [zero_end(flow, asked, number) for asked in kept]
        # a graph is the same in every step; what eager operations gave has to be seen in each of them
        symbolic = [(a, e) for a, e in zip(kept, ends) if a.event.symbolic and e is not None]
        if symbolic:
            found[number] = symbolic[-1]
        elif ends and all(end is not None for end in ends):
            found[number] = (kept[0], ends[0])
    return found


def _is_kept(flow: Flow, asked: Asked) -> bool:
    """Whether the operations that made what was differentiated are in the log."""
    return any(flow.resolve(t) in flow.maker for t in asked.event.targets)


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
    return f"{len(hit)} of {len(asked)} variables"
