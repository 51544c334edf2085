"""What was recorded of each variable and of the steps, beside the findings: plain facts for whoever asks.

Who owns a variable, whether a tape saw it read, which optimizer got which
gradient for it, how far the first step went and how far the optimizer's rule
says it goes, values at the start and at the end; for the steps: rates,
clipping, tracings, warnings, the exception.
"""

import math
from dataclasses import dataclass

from autograder.judging import arithmetic as ar
from autograder.judging import training
from autograder.judging.history import History
from autograder.observing import events as ev

#: Optimizers whose first step is the rate for each entry with a gradient, whatever that gradient's size.
_SIGN_LIKE = ("Adam", "AdamW", "Adamax", "Lion")


@dataclass(frozen=True)
class VariableRecord:
    """The facts about one variable."""

    dtype: str
    #: Name of the layer, module or loss that holds it; ``None`` for one that nothing holds.
    owner: str | None
    #: Whether a tape was recording when it was read (in the steps of which operations were kept).
    read_in_tape: bool
    #: The optimizer that was given it; ``None`` for none.
    optimizer: str | None
    #: Names of the variables whose gradients reached it: its own, if all is well.
    gradient_from: tuple[str, ...]
    #: How far the first step moved it, and how far the optimizer's rule says that it goes at that gradient
    #: (for Adam and its like: at most); ``None`` where that is not known.
    first_update: float | None
    predicted_update: float | None
    #: Norm before the first step and after the last, and the values themselves if they are few.
    first_norm: float | None
    last_norm: float | None
    first_value: tuple[float, ...] | None
    last_value: tuple[float, ...] | None


@dataclass(frozen=True)
class OptimizerRecord:
    """The facts about one optimizer."""

    name: str
    schedule: str | None
    clipnorm: float | None
    clipvalue: float | None
    global_clipnorm: float | None
    #: The rate in force, application by application.
    learning_rates: tuple[float, ...]
    line: int | None


@dataclass(frozen=True)
class StepsRecord:
    """The facts about the steps as a whole."""

    optimizers: tuple[OptimizerRecord, ...]
    #: Function → how often it was traced.
    tracings: dict[str, int]
    #: Warnings, each once.
    warnings: tuple[str, ...]
    #: What ended the program, whether a finding explains it or not.
    raised: ev.Raised | None


def of_variable(history: History, variable: ev.VariableInfo) -> VariableRecord:
    """The facts about a variable."""
    train, number = training.of(history), variable.id
    given = [g for g in train.given if g.variable == number]
    sources = dict.fromkeys(source for g in given for source in sorted(train.gradients_in(g.tensor)))
    owner = ar.owner(history, number)
    steps = sorted(history.updates.get(number, {}).items())
    first_value, last_value = history.log.values.get(number, (None, None))
    return VariableRecord(
        dtype=variable.dtype,
        owner=variable.owner or None,
        read_in_tape=_read_in_tape(history, number),
        optimizer=names_of_optimizers(history).get(owner.id) if owner else None,
        gradient_from=tuple(history.name(source) for source in sources),
        first_update=steps[0][1].update_norm if steps else None,
        predicted_update=_predicted(history, variable, owner, steps[0][0]) if steps and owner else None,
        first_norm=steps[0][1].norm_before if steps else None,
        last_norm=steps[-1][1].value_norm if steps else None,
        first_value=first_value,
        last_value=last_value,
    )


def _read_in_tape(history: History, number: int) -> bool:
    return any(
        o.tapes and not o.backward and not o.updating and not o.type.startswith(("Assign", "Var"))
        for o in history.users.get(number, ())
    )


def _predicted(
    history: History, variable: ev.VariableInfo, optimizer: ev.OptimizerInfo, step: int
) -> float | None:
    """How far the rule of an optimizer that has no memory yet moves a variable at this step's gradient.

    Known for a variable's own gradient that came from the tape as it is.
    """
    train = training.of(history)
    given = [g for g in train.given if g.variable == variable.id]
    if not given or any(train.gradient_of.get(g.tensor) != variable.id for g in given):
        return None
    gradient = history.gradients.get(variable.id, {}).get(step)
    rate = next(
        (a.rate for a in history.applied[optimizer.id] if a.step == step and a.rate is not None), None
    )
    if gradient is None or gradient.norm is None or rate is None or optimizer.schedule:
        return None
    if optimizer.kind in _SIGN_LIKE:
        return rate * math.sqrt(math.prod(variable.shape)) if gradient.norm else 0.0
    if optimizer.kind != "SGD" or optimizer.clipvalue or optimizer.global_clipnorm:
        return None
    norm = min(gradient.norm, optimizer.clipnorm) if optimizer.clipnorm else gradient.norm
    return rate * norm * (1 + optimizer.momentum if optimizer.nesterov else 1)


def names_of_optimizers(history: History) -> dict[int, str]:
    """Number of each optimizer that was used → its class, with a number where there are several of it."""
    used = [info for number, info in history.optimizers.items() if history.applied.get(number)]
    kinds = [info.kind for info in used]
    count: dict[str, int] = {}
    names = {}
    for info in used:
        count[info.kind] = count.get(info.kind, 0) + 1
        names[info.id] = f"{info.kind} ({count[info.kind]})" if kinds.count(info.kind) > 1 else info.kind
    return names


def of_steps(history: History) -> StepsRecord:
    """The facts about the steps."""
    optimizers = tuple(
        OptimizerRecord(
            name=name,
            schedule=info.schedule or None,
            clipnorm=info.clipnorm,
            clipvalue=info.clipvalue,
            global_clipnorm=info.global_clipnorm,
            learning_rates=tuple(history.rates(number)),
            line=info.made_at.line if info.made_at else None,
        )
        for number, name in names_of_optimizers(history).items()
        for info in [history.optimizers[number]]
    )
    tracings: dict[str, int] = {}
    for traced in history.events(ev.Traced):
        assert isinstance(traced, ev.Traced)
        tracings[traced.function] = max(tracings.get(traced.function, 0), traced.count)
    warnings = dict.fromkeys(w.message for w in history.events(ev.Warned) if isinstance(w, ev.Warned))
    raised = [e for e in history.events(ev.Raised) if isinstance(e, ev.Raised)]
    return StepsRecord(optimizers, tracings, tuple(warnings), raised[-1] if raised else None)
