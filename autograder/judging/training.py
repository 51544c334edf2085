"""How a program trains: what its losses depend on, and which gradient goes to which variable.

Everything here is read off the log. A dependence counts only where a
derivative could go: through recorded operations with floating results, and
not through operations that stop it.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from autograder.judging.flow import FLAT, SHAPES, STEPS, THRESHOLDS
from autograder.judging.history import History
from autograder.observing import events as ev

_BLOCKING = SHAPES | STEPS | THRESHOLDS | FLAT
_BLOCKING |= {"StopGradient", "PreventGradient", "ArgMax", "ArgMin", "Equal"}
_REAL = ("float", "bfloat", "half", "double", "resource", "variant", "")
_ASSIGNING = ("Assign", "ResourceScatter", "ResourceApply", "ResourceStridedSliceAssign")
_NO_READS = ("VarHandleOp", "VarIsInitializedOp", "DestroyResourceOp", "VariableShape")
#: How far a gradient is followed on its way to an optimizer (clipping, scaling, accumulating).
_FARTHEST = 40


@dataclass(frozen=True)
class Given:
    """A gradient that reached a variable: by an optimizer, or by an assignment in the program."""

    step: int
    variable: int
    #: Number of the tensor that was handed over.
    tensor: int
    by_optimizer: bool
    place: ev.Place | None


class Training:
    """What `of` finds out about a program. Numbers of variables are those of `History.variables`."""

    def __init__(self, history: History):
        self.history = history
        self.asks = [a for a in history.events(ev.GradientsAsked) if isinstance(a, ev.GradientsAsked)]
        #: Variables that any tape was asked for.
        self.asked = {history.resolve(g.source) for a in self.asks for g in a.gradients if g.is_variable}
        #: Number of a gradient's tensor → variable that it belongs to.
        self.gradient_of = {
            g.result: history.resolve(g.source)
            for a in self.asks
            for g in a.gradients
            if g.result is not None and g.is_variable
        }
        self._gradients_in: dict[int, frozenset[int]] = {}
        self._behind: dict[int, frozenset[int]] = {}
        #: Variable → operations that write to it, in order (kept steps only).
        self.writes: dict[int, list[ev.Operation]] = defaultdict(list)
        for operation in self.operations():
            if operation.type.startswith(_ASSIGNING) and operation.inputs:
                self.writes[history.resolve(operation.inputs[0])].append(operation)
        self.given = [*self._given_to_optimizers(), *self._given_by_hand()]
        #: Variables that an optimizer got, or that the program changed with a gradient.
        self.trained = {g.variable for g in self.given}
        self.layer_of = _innermost_layers(history)

    def operations(self) -> Iterator[ev.Operation]:
        """All operations that were kept, in order."""
        return (e for e in self.history.log.events if isinstance(e, ev.Operation))

    # -- where gradients go -----------------------------------------------------------

    def _given_to_optimizers(self) -> Iterator[Given]:
        for event in self.history.events(ev.Applied):
            assert isinstance(event, ev.Applied)
            for tensor, variable in event.pairs:
                if tensor is not None:
                    yield Given(event.step, self.history.resolve(variable), tensor, True, event.place)

    def _given_by_hand(self) -> Iterator[Given]:
        for variable, operations in self.writes.items():
            for operation in operations:
                if operation.updating or len(operation.inputs) < 2:
                    continue
                tensor = operation.inputs[-1]
                if variable in self.history.variables and self.gradients_in(tensor):
                    yield Given(operation.step, variable, tensor, False, operation.place)

    def gradients_in(self, tensor: int) -> frozenset[int]:
        """Variables whose gradients a tensor was made from: the nearest ones, level by level.

        A step goes to inputs of the same shape, so that the scale that a clip
        multiplies every gradient by (which depends on all of them) does not
        count; and through variables in which gradients were gathered.
        """
        if tensor not in self._gradients_in:
            self._gradients_in[tensor] = self._follow_gradients(tensor)
        return self._gradients_in[tensor]

    def _follow_gradients(self, tensor: int) -> frozenset[int]:
        level, seen = {self.history.resolve(tensor)}, set()
        for _ in range(_FARTHEST):
            found = {self.gradient_of[t] for t in level if t in self.gradient_of}
            if found or not level:
                return frozenset(found)
            seen |= level
            level = {t for old in level for t in self._sources_of_value(old)} - seen
        return frozenset()

    def _sources_of_value(self, tensor: int) -> Iterator[int]:
        history = self.history
        for write in self.writes.get(tensor, ()):  # a variable in which gradients are gathered
            if not write.updating:
                yield from map(history.resolve, write.inputs[1:])
        operation = history.maker.get(tensor)
        if operation is None or operation.type in SHAPES:
            return
        position = operation.outputs.index(tensor)
        shape = operation.output_shapes[position]
        if operation.type == "IdentityN":
            yield history.resolve(operation.inputs[position])
            return
        for source, other in zip(operation.inputs, operation.input_shapes):
            source = history.resolve(source)
            if shape is None or other is None or other == shape or source in history.variables:
                yield source
            elif operation.type == "UnsortedSegmentSum":  # the rows of a sparse gradient, made dense
                yield source
                return

    # -- what losses depend on --------------------------------------------------------

    def upstream(self, targets: Iterable[int], tape: int, without: Iterable[int] = ()) -> set[int]:
        """Numbers of the tensors and variables that targets depend on, along paths with a derivative."""
        history, stops = self.history, set(map(self.history.resolve, without))
        found: set[int] = set()
        waiting = [history.resolve(t) for t in targets]
        while waiting:
            tensor = waiting.pop()
            if tensor in found or tensor in stops:
                continue
            found.add(tensor)
            operation = history.maker.get(tensor)
            if operation is None or operation.type in _BLOCKING or operation.type in _NO_READS:
                continue
            if tape and operation.tapes and tape not in operation.tapes:
                continue
            if tape and not operation.tapes and not operation.symbolic:
                continue
            place = operation.outputs.index(tensor) if tensor in operation.outputs else 0
            if place < len(operation.output_dtypes) and not operation.output_dtypes[place].startswith(_REAL):
                continue
            waiting += [history.resolve(t) for t in operation.inputs]
        return found

    def behind(self, ask: ev.GradientsAsked) -> frozenset[int]:
        """Tensors and variables that what was differentiated depends on."""
        if id(ask) not in self._behind:
            self._behind[id(ask)] = frozenset(self.upstream(ask.targets, ask.tape))
        return self._behind[id(ask)]

    def kept_asks(self) -> list[ev.GradientsAsked]:
        """Requests for gradients whose operations are in the log."""
        return [a for a in self.asks if any(self.history.resolve(t) in self.history.maker for t in a.targets)]

    def set_by_hand(self, variable: int) -> bool:
        """Whether the program gave the variable a value after it was made, beside any update."""
        writes = [w for w in self.writes[variable] if not w.updating and not self.gradients_in(w.inputs[-1])]
        if writes and writes[0].symbolic:  # made in a graph, and given the same value again before it runs
            writes = [w for w in writes if w is writes[0] or not w.symbolic or self._is_known(w.inputs[-1])]
        return len(writes) > 1

    def _is_known(self, tensor: int) -> bool:
        """Whether an operation in the log made the tensor, or it is a variable."""
        tensor = self.history.resolve(tensor)
        return tensor in self.history.maker or tensor in self.history.variables

    def calls(self, tape: int) -> list[ev.LayerCalled]:
        """Calls of layers and models while a tape was open."""
        calls = self.history.events(ev.LayerCalled)
        return [c for c in calls if isinstance(c, ev.LayerCalled) and tape in c.tapes]

    def left_out(self) -> list[tuple[int, ev.GradientsAsked]]:
        """(variable, request): trainable variables that a differentiated loss depends on and nobody trains.

        No tape was ever asked for them, nothing ever changed them, and nothing
        was put into them after they were made (as is into a target network, or
        a base whose weights were loaded).
        """
        found: dict[int, ev.GradientsAsked] = {}
        for ask in self.kept_asks():
            for number in self.behind(ask):
                info = self.history.variables.get(number)
                if info is None or number in self.asked or number in found or not is_float(info):
                    continue
                if not self.history.moved(number) and not self.set_by_hand(number):
                    found[number] = ask
        return sorted(found.items())

    def failed_at_once(self) -> bool:
        """Whether an exception ended the program in its first step, before it could do all it does in one."""
        return self.history.log.stopped == "error" and self.history.steps <= 1

    def copies_a_value(self, variable: int) -> bool:
        """Whether it was made to hold something that was computed from other variables."""
        writes = self.writes.get(variable)
        found, waiting = set(), [self.history.resolve(t) for t in writes[0].inputs[1:]] if writes else []
        while waiting:
            tensor = waiting.pop()
            operation = self.history.maker.get(tensor)
            if tensor in self.history.variables:
                return True
            if tensor not in found and operation is not None:
                waiting += [self.history.resolve(t) for t in operation.inputs]
            found.add(tensor)
        return False

    def learns_something(self, ask: ev.GradientsAsked) -> bool:
        """Whether any variable of a request gets a gradient, so that the loss is no dead end itself."""
        return any(g.result is not None for g in ask.gradients)

    def frozen(self, variable: int) -> bool:
        """Whether it is marked as not trainable, itself or by its layer, at the end of the program."""
        info = self.history.variables[variable]
        if not info.trainable:
            return True
        holders = [x for x in self.history.layers.values() if variable in x.trainable or variable in x.frozen]
        return bool(holders) and not any(variable in layer.trainable for layer in holders)

    def ever_frozen(self, variable: int) -> bool:
        """Whether it is marked as not trainable, or the program set `trainable` of its layer at any time."""
        return self.frozen(variable) or any(
            variable in (*layer.trainable, *layer.frozen)
            for event in self.history.events(ev.TrainableSet)
            if isinstance(event, ev.TrainableSet)
            for layer in [self.history.layers[event.layer]]
        )

    def made_at_random(self, variable: int) -> bool:
        """Whether its starting value was drawn at random."""
        writes = self.writes.get(variable)
        if not writes:
            return False
        found, waiting = set(), [self.history.resolve(t) for t in writes[0].inputs[1:]]
        while waiting:
            tensor = waiting.pop()
            operation = self.history.maker.get(tensor)
            if tensor in found or operation is None:
                continue
            found.add(tensor)
            if "Random" in operation.type or "Multinomial" in operation.type:
                return True
            waiting += [self.history.resolve(t) for t in operation.inputs]
        return False

    def remade(self, variable: int) -> list[int]:
        """The variables made at the same line in other steps as well, if there are; else none."""
        info = self.history.variables[variable]
        if info.made_at is None:
            return []
        same = [
            v
            for v in self.history.variables.values()
            if v.made_at == info.made_at and v.shape == info.shape and is_float(v)
        ]
        if {v.made_in_step for v in same} != {0, 1}:  # what comes before the first tape is in step 0
            same = [v for v in same if v.made_in_step > 0]
        by_step: dict[int, int] = defaultdict(int)
        for v in same:
            by_step[v.made_in_step] += 1
        return [v.id for v in same] if len(by_step) > 1 else []


def is_float(info: ev.VariableInfo) -> bool:
    """Whether a variable holds real numbers."""
    return info.dtype.startswith(("float", "bfloat"))


def of(history: History) -> Training:
    """The `Training` of a history, computed once."""
    known = vars(history)
    if "training" not in known:
        known["training"] = Training(history)
    return known["training"]


def names(history: History, variables: Iterable[int]) -> tuple[str, ...]:
    """The names of variables, each once."""
    return tuple(dict.fromkeys(history.name(v) for v in variables))


def listed(items: Iterable[str], most: int = 4) -> str:
    """Names as a person would list them: "a, b and 3 more"."""
    items = list(dict.fromkeys(items))
    if len(items) > most:
        return f"{', '.join(items[:most])} and {len(items) - most} more"
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} and {items[-1]}" if items else ""


def _innermost_layers(history: History) -> dict[int, ev.LayerInfo]:
    """Variable → the smallest layer that holds it."""
    found: dict[int, ev.LayerInfo] = {}
    for layer in sorted(history.layers.values(), key=lambda x: -len(x.trainable) - len(x.frozen)):
        for number in (*layer.trainable, *layer.frozen):
            found[number] = layer
    return found
