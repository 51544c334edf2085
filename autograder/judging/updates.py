"""Variables that are updated together: their rate, their gradient, how far each step goes."""

import math
from collections.abc import Iterator

from autograder.judging import arithmetic as ar
from autograder.judging.history import History
from autograder.observing import events as ev

#: Weights that start at zero have no size yet; in a model of unit scale they grow to this and more.
_LEAST_SIZE = 0.1
#: Loss and gradient of a model that has not arrived yet stay where they were to within this share.
UNCHANGED = 0.01
_ASSIGNMENTS = {
    "AssignSubVariableOp", "AssignAddVariableOp", "AssignVariableOp", "ResourceScatterSub",
    "ResourceScatterAdd", "ResourceApplyGradientDescent",
}  # fmt: skip


class Group:
    """Variables that are updated together: by one optimizer, or by hand."""

    def __init__(self, history: History, optimizer: ev.OptimizerInfo | None, variables: list[int]):
        self.history, self.optimizer, self.variables = history, optimizer, variables
        self.steps = [
            s for s in range(1, history.steps + 1) if ar.movement(history, s, variables) is not None
        ]

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(self.history.name(v) for v in self.variables)

    @property
    def rescales(self) -> bool:
        """Whether its steps don't follow the length of the gradient."""
        return self.optimizer is not None and self.optimizer.kind in ar.RESCALING

    def norm(self, step: int) -> float:
        """Length of its gradient; 0 for an unknown one."""
        return ar.gradient_norm(self.history, step, self.variables) or 0.0

    def went(self, step: int) -> float:
        """How far the step moved it."""
        return ar.movement(self.history, step, self.variables) or 0.0

    def progress(self, step: int) -> float:
        """How far the step moved it, as a share of the size that it has or may be expected to get."""
        return self.went(step) / max(ar.size(self.history, step, self.variables), _LEAST_SIZE)

    def promise(self, step: int) -> float:
        """By how much the loss can change in a step at most, to first order: gradient norm × distance."""
        return self.norm(step) * self.went(step)

    def share_before(self, step: int) -> float:
        """How far the step moved it, as a share of its size before the step (or a usual one, from zeros)."""
        updates = [self.history.updates[v].get(step) for v in self.variables]
        starts = [u.norm_before for u in updates if u is not None and u.norm_before is not None]
        before = math.hypot(*starts) if starts else 0.0
        count = sum(math.prod(self.history.variables[v].shape) for v in self.variables)
        return self.went(step) / max(before, _LEAST_SIZE * math.sqrt(count)) if math.isfinite(before) else 0.0

    def rates(self) -> dict[int, float]:
        """The rate of each step: the optimizer's own, or movement over gradient."""
        if self.optimizer is not None:
            known = {a.step: a.rate for a in self.history.applied[self.optimizer.id] if a.rate is not None}
            return {step: known[step] for step in self.steps if step in known}
        return {s: self.went(s) / self.norm(s) for s in self.steps if self.norm(s) > 0}

    def has_gradient(self) -> bool:
        """Whether every step had a finite gradient that is not zero."""
        return bool(self.steps) and all(self.norm(step) > 0 for step in self.steps)

    def place(self) -> ev.Place | None:
        """The line that made the optimizer, or the line of the hand-written update."""
        if self.optimizer is not None:
            return self.optimizer.made_at
        return next((o.place for o in assignments_to(self.history, self.variables)), None)


def groups_of(history: History) -> list[Group]:
    """Variables with a gradient, by the optimizer that got them first, and those updated by hand.

    Computed once for a history.
    """
    known = vars(history)
    if "groups" not in known:
        known["groups"] = _groups(history)
    return known["groups"]


def _groups(history: History) -> list[Group]:
    groups: dict[int | None, list[int]] = {}
    for variable in ar.trained(history):
        if not history.asked(variable.id):
            continue
        optimizer = ar.owner(history, variable.id)
        if optimizer is None and not next(assignments_to(history, [variable.id]), None):
            continue
        groups.setdefault(None if optimizer is None else optimizer.id, []).append(variable.id)
    return [
        Group(history, history.optimizers.get(k) if k is not None else None, v) for k, v in groups.items()
    ]


def assignments_to(history: History, variables: list[int]) -> Iterator[ev.Operation]:
    """Assignments to these variables by the program itself, in its steps."""
    wanted = set(variables)
    for operation in history.events(ev.Operation):
        if (
            operation.type in _ASSIGNMENTS
            and not operation.updating
            and (operation.step or operation.symbolic)
        ):
            if operation.inputs and history.resolve(operation.inputs[0]) in wanted:
                yield operation


def loss_stands(history: History) -> bool:
    """Whether the loss is where it was, to within 1%, over the run."""
    fall = ar.fall(history)
    if fall is None:
        losses = ar.finite_losses(history)
        return len(losses) >= 2 and abs(losses[-1] - losses[0]) <= UNCHANGED * abs(losses[0])
    return abs(fall) <= UNCHANGED or _same_batches(history)


def _same_batches(history: History) -> bool:
    """Whether losses repeat with a period, as they do when only the batch changes."""
    losses = ar.finite_losses(history)
    for period in range(1, len(losses) // 2 + 1):
        pairs = list(zip(losses, losses[period:]))
        if len(pairs) >= 4 and all(abs(a - b) <= 1e-3 * abs(a) for a, b in pairs):
            return True
    return False
