"""Faults behind `compile` and `fit`, and models that are not told that they train."""

from collections import defaultdict

from autograder.judging import training
from autograder.judging.history import Finding, History
from autograder.judging.rules import pairing
from autograder.judging.training import listed, names
from autograder.observing import events as ev

#: With fewer compilations than these there is no habit: head first, then everything, is good practice.
_FEWEST_ROUNDS = 3


def frozen_after_compile(history: History, earlier: tuple[Finding, ...]) -> list[Finding]:
    """`trainable` was set after compile, nobody compiled again, and Keras did the other thing.

    Proof, first form: the layer was frozen when a compiled model that holds it
    had been fitted; nobody compiled again; and in the fit that followed the
    optimizer went on moving its weights. Second form: the layer was thawed at
    such a time, and its weights stayed. Third form: a model was frozen between
    its own compile and its first batch, and then trained by itself, with
    nothing trainable in it.
    """
    for index, event in enumerate(history.log.events):
        if not isinstance(event, ev.TrainableSet):
            continue
        if event.trainable:
            found = _stays(history, index, event)
        else:
            found = _keeps_moving(history, index, event) or _never_moves(history, index, event)
        if found and found.fault == "frozen-after-compile":
            return [found]
    return []


def _keeps_moving(history: History, index: int, event: ev.TrainableSet) -> Finding | None:
    frozen = _weights(history, event.layer)
    before = [e for e in history.log.events[:index] if isinstance(e, ev.Fitted)]
    models = {e.layer for e in before if frozen & {*e.weights}}
    later = history.log.events[index + 1 :]
    again = [e for e in later if isinstance(e, ev.Compiled) and frozen & _weights(history, e.layer)]
    until = min((e.step for e in again), default=history.steps)
    fitted = [e for e in later if isinstance(e, ev.Fitted) and e.layer in models and e.step <= until]
    thawed = [e for e in later if isinstance(e, ev.TrainableSet) and e.trainable and e.layer == event.layer]
    until = min((e.step for e in thawed), default=until)
    given = {history.resolve(v) for e in history.events(ev.Applied) for _, v in getattr(e, "pairs", ())}
    moved = {
        n: sum(s.update_norm for step, s in history.updates[n].items() if event.step < step <= until)
        for n in sorted(frozen & given)
    }
    hit = [n for n, far in moved.items() if far > 0]
    if not (fitted or (event.fitting and models)) or not hit:
        return None
    seen = (
        f"After trainable was set to False, {listed(names(history, hit))} moved by {sum(moved.values()):.3g} "
        f"in the steps {event.step + 1} to {until}: nobody compiled the model again before the next fit."
    )
    return Finding("frozen-after-compile", names(history, hit), seen, event.place)


def _never_moves(history: History, index: int, event: ev.TrainableSet) -> Finding | None:
    frozen = _weights(history, event.layer)
    compiled = [e.layer for e in history.log.events[:index] if isinstance(e, ev.Compiled)]
    for later in history.log.events[index + 1 :]:
        if isinstance(later, ev.Fitted) and later.layer in compiled and not later.weights:
            hit = [n for n in sorted(frozen & set(later.frozen)) if not history.moved(n)]
            name = history.layers[later.layer].name
            if hit and frozen >= set(later.frozen) - _statistics(history):
                seen = (
                    f"{name} was compiled, then frozen, and then trained by itself: none of its "
                    f"{len(hit)} weights was trainable when its first batch came, and none moved."
                )
                return Finding("frozen-after-compile", names(history, hit), seen, event.place)
    return None


def _weights(history: History, layer: int) -> set[int]:
    info = history.layers[layer]
    return {*info.trainable, *info.frozen}


def _statistics(history: History) -> set[int]:
    """Variables that are no parameters: moving statistics, counters and the like."""
    return {n for n, v in history.variables.items() if not v.trainable}


def recompiled_late(history: History, earlier: tuple[Finding, ...]) -> list[Finding]:
    """Compile came too late for what was unfrozen, or comes in every round.

    Proof, first form: layers were set trainable after a fit, the model was
    fitted again before it was compiled, and their weights did not move in any
    step of that. Second form: the same line compiled the same model at least three
    times, each time with a new optimizer that has a state to lose, and a fit
    after each; nothing was frozen or unfrozen in between.
    """
    for index, event in enumerate(history.log.events):
        if isinstance(event, ev.TrainableSet) and event.trainable:
            found = _stays(history, index, event)
            if found and found.fault == "recompiled-late":
                return [found]
    return _every_round(history)


def _stays(history: History, index: int, event: ev.TrainableSet) -> Finding | None:
    """What was thawed does not move: compile comes too late, or never."""
    thawed = _weights(history, event.layer) - _statistics(history)
    models = {
        e.layer
        for e in history.log.events[:index]
        if isinstance(e, ev.Fitted) and thawed & _weights(history, e.layer) and e.step < event.step + 1
    }
    again, fitted = None, None
    for later in history.log.events[index + 1 :]:
        if isinstance(later, ev.Compiled) and later.layer in models:
            again = later
            break
        if isinstance(later, ev.Fitted) and later.layer in models:
            fitted = later
    until = again.step if again else history.steps
    hit = [
        n
        for n in sorted(thawed)
        if not any(s.update_norm for k, s in history.updates[n].items() if event.step < k <= until)
    ]
    hit = [n for n in hit if history.variables.get(n) and training.is_float(history.variables[n])]
    goes_on = fitted is not None or (event.fitting and bool(models))
    if not goes_on or until <= event.step or not hit or event.step == 0:
        return None
    when = "and compile came only after it" if again else "and nobody compiled in between"
    seen = (
        f"{listed(names(history, hit))} were set trainable after step {event.step}; in the fit that followed "
        f"they did not move in the {until - event.step} steps that were seen, {when}."
    )
    if again is None:
        return Finding("frozen-after-compile", names(history, hit), seen, event.place)
    return Finding("recompiled-late", names(history, hit), seen, again.place)


def _every_round(history: History) -> list[Finding]:
    rounds: dict[tuple[int, ev.Place | None], list[ev.Compiled]] = defaultdict(list)
    fitted_since: dict[int, bool] = {}
    for event in history.log.events:
        if isinstance(event, ev.Compiled):
            if event.layer not in fitted_since or fitted_since[event.layer]:
                rounds[event.layer, event.place].append(event)
            fitted_since[event.layer] = False
        elif isinstance(event, ev.Fitted):
            fitted_since[event.layer] = True
        elif isinstance(event, ev.TrainableSet):
            rounds.clear()
    for (layer, place), compiled in rounds.items():
        optimizers = [history.optimizers[c.optimizer] for c in compiled if c.optimizer is not None]
        if len({o.id for o in optimizers}) < _FEWEST_ROUNDS or not any(_has_state(o) for o in optimizers):
            continue
        steps = [c.step for c in compiled]
        seen = (
            f"{history.layers[layer].name} was compiled {len(compiled)} times in {history.steps} steps, each "
            f"time with a new {optimizers[0].kind} that remembers nothing; the last time at step {steps[-1]}."
        )
        return [Finding("recompiled-late", (), seen, place)]
    return []


def _has_state(optimizer: ev.OptimizerInfo) -> bool:
    """Whether an optimizer remembers anything that is worth keeping."""
    return optimizer.kind != "SGD" or optimizer.momentum > 0 or bool(optimizer.schedule)


def train_step_drops_gradients(history: History, earlier: tuple[Finding, ...]) -> list[Finding]:
    """A `train_step` computes gradients and hands them to nobody.

    Proof: as for gradients-not-applied, and Keras was running `fit` or
    `train_on_batch` when the gradients were asked for.
    """
    if any(f.fault in ("exhausted-zip", "unzipped-gradients", "rebound-variable") for f in earlier):
        return []
    found = pairing.unapplied(history) or pairing.dropped_requests(history)
    if not found or not any(a.fitting for a in training.of(history).asks):
        return []
    return [pairing.describe_unapplied("train-step-drops-gradients", history, found)]


def missing_training_flag(history: History, earlier: tuple[Finding, ...]) -> list[Finding]:
    """Layers that behave differently in training were not told that it is training.

    Proof: the outermost call, inside the tape, was not given training=True,
    and what it gave enters the loss. A layer with moving statistics, whose
    other weights are trained, never changed them in any step; or a dropout
    layer with a rate above 0 drew no random number. A layer that is called
    with the flag elsewhere, or whose weights are frozen, is left alone.
    """
    train = training.of(history)
    for ask in train.kept_asks():
        behind = train.behind(ask)
        calls = train.calls(ask.tape)
        told = [c for c in calls if c.depth == 0 and c.training is True]
        untold = [c for c in calls if c.depth == 0 and c.training is not True]
        untold = [c for c in untold if {history.resolve(t) for t in c.outputs} & behind]
        if told and _share_layers(history, told, untold):
            continue
        sources = {history.resolve(g.source) for g in ask.gradients}
        untold = [c for c in untold if sources & set(history.layers[c.layer].trainable)]
        inside = {i for c in untold for i in (c.layer, *history.layers[c.layer].layers)}
        still = _still_statistics(history, inside, sources)
        silent = _silent_dropout(history, inside) if not still else []
        if not untold or not (still or silent):
            continue
        place = untold[0].place
        if still:
            seen = (
                f"The model was called in training without training=True: {listed(names(history, still))} "
                f"kept the starting value in {history.steps} steps, while the weights beside them moved."
            )
        else:
            seen = (
                f"The model was called in training without training=True: {listed(silent)} dropped nothing."
            )
        return [Finding("missing-training-flag", names(history, still), seen, place)]
    return _told_otherwise(history)


def _told_otherwise(history: History) -> list[Finding]:
    """A model that is told that it trains, and tells a dropout layer of its own that it does not.

    A layer inside a part that is called with training=False as a whole, as a
    frozen base is, is left alone: it lies deeper.
    """
    waiting: list[ev.LayerCalled] = []
    for call in history.events(ev.LayerCalled):
        assert isinstance(call, ev.LayerCalled)
        if call.depth == 1 and call.training is False and history.layers[call.layer].rate > 0:
            waiting.append(call)
        elif call.depth == 0:
            silent = [
                c for c in waiting if c.tapes and call.training is True and set(c.outputs) <= set(c.inputs)
            ]
            if silent:
                name = history.layers[silent[0].layer].name
                seen = f"The model was called with training=True and calls its {name} with training=False."
                return [Finding("missing-training-flag", (), seen, silent[0].place)]
            waiting = []
    return []


def _share_layers(history: History, one: list[ev.LayerCalled], other: list[ev.LayerCalled]) -> bool:
    """Whether all that was called without the flag is also called with it."""
    told = {i for c in one for i in (c.layer, *history.layers[c.layer].layers)}
    return bool(other) and all(c.layer in told for c in other)


def _still_statistics(history: History, layers: set[int], sources: set[int]) -> list[int]:
    found = []
    for number in sorted(layers):
        layer = history.layers[number]
        if layer.layers or not (set(layer.trainable) & sources or not layer.trainable):
            continue
        moving = [
            n for n in layer.frozen if n in history.variables and ".moving_" in f".{_last(history.name(n))}"
        ]
        beside = any(history.moved(n) for n in sources)
        if moving and beside and not any(history.moved(n) for n in moving):
            if layer.trainable or not any(history.variables[n].trainable for n in layer.frozen):
                found += moving
    return found


def _last(name: str) -> str:
    return name.rsplit("/", 1)[-1].rsplit(".", 1)[-1]


def _silent_dropout(history: History, inside: set[int]) -> list[str]:
    """Names of dropout layers that gave back what they were called with, whenever a tape was open."""
    outcomes: dict[int, list[bool]] = defaultdict(list)
    for call in history.events(ev.LayerCalled):
        assert isinstance(call, ev.LayerCalled)
        if call.tapes and call.layer in inside and history.layers[call.layer].rate > 0 and call.inputs:
            outcomes[call.layer].append(set(call.outputs) <= set(call.inputs))
    return [history.layers[n].name for n, same in outcomes.items() if all(same)]


RULES = (
    ("frozen-after-compile", frozen_after_compile),
    ("recompiled-late", recompiled_late),
    ("train-step-drops-gradients", train_step_drops_gradients),
    ("missing-training-flag", missing_training_flag),
)
