"""A log, arranged for judging: what each variable went through, step by step."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from autograder.observing import events as ev


@dataclass(frozen=True)
class Finding:
    """A fault that explains what was seen."""

    #: An id of `autograder.faults`.
    fault: str
    #: Names of the variables that it hits.
    variables: tuple[str, ...]
    #: What was seen, with its numbers, in one or two sentences for the person whose program it is.
    seen: str
    place: ev.Place | None = None


class History:
    """Indexes over a log. Steps count from 1; step 0 is what came before the first one."""

    def __init__(self, log: ev.Log):
        self.log = log
        self.steps = log.steps
        self.variables = {v.id: v for v in log.variables}
        self.layers = {layer.id: layer for layer in log.layers}
        self.optimizers = {o.id: o for o in log.optimizers}
        #: Number of a variable → step → what the tape gave for it last in that step.
        self.gradients: dict[int, dict[int, ev.Gradient]] = defaultdict(dict)
        #: Number of a variable → step → how far the whole step moved it.
        self.updates: dict[int, dict[int, ev.VariableStep]] = defaultdict(dict)
        #: Step → value of the loss that was differentiated last in it.
        self.losses: dict[int, float] = {}
        #: Number of an optimizer → its applications with a known rate, in order.
        self.applied: dict[int, list[ev.Applied]] = defaultdict(list)
        #: Number of a tensor → the operation that made it (kept steps only).
        self.maker: dict[int, ev.Operation] = {}
        #: Number of a tensor → operations that used it (kept steps only).
        self.users: dict[int, list[ev.Operation]] = defaultdict(list)
        #: Number of a tensor → how large its values were, in order (see `events.Measured`).
        self.measured: dict[int, list[ev.Measured]] = defaultdict(list)
        self._events: dict[tuple[type, ...], tuple[ev.Event, ...]] = {}
        for event in log.events:
            self._take(event)

    def _take(self, event: ev.Event) -> None:
        if isinstance(event, ev.Operation):
            for tensor in event.outputs:
                self.maker[tensor] = event
            for tensor in event.inputs:
                self.users[self.resolve(tensor)].append(event)
        elif isinstance(event, ev.GradientsAsked):
            for gradient in event.gradients:
                self._take_gradient(event.step, gradient)
            if event.value is not None:
                self.losses[event.step] = event.value
        elif isinstance(event, ev.Computed):
            for gradient in event.gradients:
                self._take_gradient(event.step, gradient)
            if event.value is not None:
                self.losses[event.step] = event.value
        elif isinstance(event, ev.StepEnded):
            for step in event.variables:
                self.updates[step.variable][event.step] = step
        elif isinstance(event, ev.Measured):
            self.measured[self.resolve(event.tensor)].append(event)
        elif isinstance(event, ev.Applied):
            self.applied[event.optimizer].append(event)

    def _take_gradient(self, step: int, gradient: ev.Gradient) -> None:
        if gradient.kind:  # in a graph that was only traced nothing is known yet, except None
            self.gradients[self.resolve(gradient.source)][step] = gradient

    # -- looking things up ------------------------------------------------------------

    def resolve(self, tensor: int) -> int:
        """The number of what a graph's captured input stands for, or the number itself."""
        seen = set()
        while tensor in self.log.aliases and tensor not in seen:
            seen.add(tensor)
            tensor = self.log.aliases[tensor]
        return tensor

    def events(self, *kinds: type) -> Sequence[ev.Event]:
        """Events of these types, in order."""
        if kinds not in self._events:
            self._events[kinds] = tuple(event for event in self.log.events if isinstance(event, kinds))
        return self._events[kinds]

    def name(self, variable: int) -> str:
        """The name to show for a variable."""
        info = self.variables.get(variable)
        return info.name if info else f"variable {variable}"

    def parameters(self) -> list[ev.VariableInfo]:
        """Variables that a program may want to train: floating, and used by it, not by its tools.

        Those are the weights of layers that were called, and variables that a
        tape was asked for, that an optimizer was given, or that the program
        itself made.
        """
        asked = set(self.gradients)
        for applied in (a for group in self.applied.values() for a in group):
            asked.update(self.resolve(variable) for _, variable in applied.pairs)
        called = {n for layer in self.layers.values() for n in (*layer.trainable, *layer.frozen)}
        return [
            v
            for v in self.variables.values()
            if v.id in asked
            or (v.dtype.startswith(("float", "bfloat")) and (v.id in called or v.home != "free" or v.made_at))
        ]

    def moved(self, variable: int) -> bool:
        """Whether any step changed the variable."""
        return any(step.update_norm != 0 for step in self.updates[variable].values())

    def asked(self, variable: int) -> bool:
        """Whether any tape was asked for the variable's gradient."""
        return bool(self.gradients.get(variable))

    def kinds(self, variable: int) -> list[str]:
        """The kinds of gradient that the variable got, step by step."""
        return [g.kind for _, g in sorted(self.gradients.get(variable, {}).items())]

    def norms(self, variable: int) -> list[float]:
        """The finite norms of its gradients, step by step."""
        found = [g.norm for _, g in sorted(self.gradients.get(variable, {}).items())]
        return [norm for norm in found if norm is not None]

    def movements(self, variable: int) -> list[float]:
        """How far each step moved it."""
        return [step.update_norm for _, step in sorted(self.updates.get(variable, {}).items())]

    def loss_series(self) -> list[float]:
        """The losses, step by step."""
        return [value for _, value in sorted(self.losses.items())]

    def rates(self, optimizer: int) -> list[float]:
        """The rates that were in force, application by application."""
        return [a.rate for a in self.applied[optimizer] if a.rate is not None]
