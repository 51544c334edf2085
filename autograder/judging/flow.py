"""The recorded operations as a graph through which values flow, and the requests for gradients in it."""

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
PYTHON = frozenset({"PyFunc", "PyFuncStateless", "EagerPyFunc"})
CALLS = ("PartitionedCall", "StatefulPartitionedCall", "__inference_", "__forward_", "While", "If", "Case")


CALLS += ("StatelessWhile", "StatelessIf", "StatelessCase")


#: The operation that begins a walk through a data set: what comes out of the iterator then was made by it.
ITERATING = "MakeIterator"
#: Operations that put a value where another one finds it: a variable, or an iterator over a data set.
ASSIGNING = ("Assign", "ResourceScatter", "ResourceApply", ITERATING)
REAL = ("float", "bfloat", "half", "complex", "resource", "variant", "double")


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
        if operation.type.startswith(ASSIGNING) and operation.inputs:
            self.writers[self.resolve(written(operation))].append(index)

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
            if not operation.type.startswith(ASSIGNING):
                earlier = [w for w in self.writers.get(tensor, ()) if w < index]
                found += [w for w in earlier if since < w or self.operation(w).type == ITERATING][-1:]
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
                if operation.type.startswith(ASSIGNING) and self.resolve(written(operation)) not in found:
                    made.add(self.resolve(written(operation)))
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


def written(operation: ev.Operation) -> int:
    """What an operation that puts a value somewhere writes to."""
    return operation.inputs[-1 if operation.type == ITERATING else 0]


def flow_maker(flow: Flow, tensor: int) -> ev.Operation | None:
    """The operation that made a tensor."""
    index = flow.maker.get(flow.resolve(tensor))
    return None if index is None else flow.operation(index)


_FLOWS: "weakref.WeakKeyDictionary[History, Flow]" = weakref.WeakKeyDictionary()


def flow_of(history: History) -> Flow:
    """The flow of a history's operations (made once)."""
    if history not in _FLOWS:
        _FLOWS[history] = Flow(history)
    return _FLOWS[history]


def is_kept(flow: Flow, asked: Asked) -> bool:
    """Whether the operations that made what was differentiated are in the log."""
    return any(flow.resolve(t) in flow.maker for t in asked.event.targets)
