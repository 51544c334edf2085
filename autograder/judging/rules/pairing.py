"""Gradients that reach no variable, or the wrong one."""

import itertools

from autograder.judging import training
from autograder.judging.history import Finding, History
from autograder.judging.rules.trainable_losses import belongs_to_loss
from autograder.judging.training import listed, names
from autograder.observing import events as ev

_WRONG_FORMS = {
    "two arguments": "apply_gradients was given two arguments, and it takes one sequence of pairs",
    "two lists": "apply_gradients was given a list of gradients and a list of variables, not pairs",
    "variables first": "apply_gradients was given (variable, gradient) where it takes (gradient, variable)",
    "gradients only": "apply_gradients was given gradients without variables",
    "pairs to apply": "optimizer.apply takes two lists, and it was given pairs",
}
#: A variable that moved before is said to stand still after so many steps without a movement.
_FEWEST_STILL = 5


def unzipped_gradients(history: History, earlier: tuple[Finding, ...]) -> list[Finding]:
    """What the optimizer was given are not pairs.

    Proof: the form of the arguments of `apply_gradients` or `apply` as they
    were handed over; or a loop over (gradients, variables) that could not
    unpack its first element, right after the tape had given gradients.
    """
    for event in history.events(ev.HandedOver):
        assert isinstance(event, ev.HandedOver)
        if event.form in _WRONG_FORMS:
            return [
                Finding(
                    "unzipped-gradients", (), f"{_WRONG_FORMS[event.form]}{_raised(history)}.", event.place
                )
            ]
    train = training.of(history)
    for event in history.events(ev.Raised):
        assert isinstance(event, ev.Raised)
        given = [a for a in train.asks if a.step == event.step and len(a.gradients) > 2]
        if given and event.type == "ValueError" and event.message.startswith("too many values to unpack"):
            if event.place != given[-1].place:
                seen = f"The tape gave {len(given[-1].gradients)} gradients, and then: {event.message}."
                return [Finding("unzipped-gradients", (), seen, event.place)]
    return []


def _raised(history: History) -> str:
    for event in history.events(ev.Raised):
        assert isinstance(event, ev.Raised)
        return f"; it raised {event.type}"
    return ""


def exhausted_zip(history: History, earlier: tuple[Finding, ...]) -> list[Finding]:
    """A zip was walked through before it reached the optimizer or the loop that updates.

    Proof: the zip that `apply_gradients` got had come to its end, or pairs had
    been taken from it whose variables never moved. Or: the tape
    gave gradients, no variable got one, and in the same step a name in the
    program held a zip that had come to its end; or, in step after step, a
    filter, a map or a generator, which may have been of one.
    """
    train = training.of(history)
    hit = _with_gradient(history)
    for event in history.events(ev.HandedOver):
        assert isinstance(event, ev.HandedOver)
        given = [a for a in train.asks if a.step == event.step and train.learns_something(a)]
        if event.form == "spent" and given:
            hit = [
                n for n in (history.resolve(g.source) for g in given[-1].gradients) if n in history.variables
            ]
            seen = (
                f"The tape gave {len(hit)} gradients. The zip of pairs that apply_gradients got "
                "was already at its end and held nothing."
            )
            return [Finding("exhausted-zip", names(history, hit), seen, event.place)]
        skipped = [n for n in map(history.resolve, event.taken) if n in history.variables]
        skipped = [n for n in skipped if not history.moved(n)]
        if event.form == "begun" and given and skipped:
            seen = (
                f"{len(event.taken)} of the pairs had been taken from the zip before apply_gradients got it: "
                f"{listed(names(history, skipped))} did not move in {history.steps} steps."
            )
            return [Finding("exhausted-zip", names(history, skipped), seen, event.place)]
    if not hit or train.trained & set(hit) or any(history.moved(v) for v in hit):
        return []
    for event in history.events(ev.SpentZip):
        assert isinstance(event, ev.SpentZip)
        if not event.is_zip and not _spent_in_each_step(history, event.name):
            continue
        what = "zip" if event.is_zip else "iterator"
        seen = (
            f"The tape gave {len(hit)} gradients, and no variable moved in {history.steps} steps. The {what} "
            f"“{event.name}” was already at its end when the step came to its update."
        )
        return [Finding("exhausted-zip", names(history, hit), seen, event.place)]
    return []


def _spent_in_each_step(history: History, name: str) -> bool:
    """Whether a name held a spent iterator step after step, as pairs do and a walk through data does not."""
    steps = {e.step for e in history.events(ev.SpentZip) if e.name == name}
    return len(steps) > 1 or any(a.symbolic and a.step in steps for a in training.of(history).asks)


def _with_gradient(history: History) -> list[int]:
    """Variables that a tape gave a finite gradient other than 0."""
    return [
        n
        for n in sorted(training.of(history).asked)
        if n in history.variables
        and "finite" in history.kinds(n)
        and any(norm > 0 for norm in history.norms(n) if norm == norm)
    ]


def gradients_not_applied(history: History, earlier: tuple[Finding, ...]) -> list[Finding]:
    """Gradients are computed and used for nothing.

    Proof: several steps gave finite gradients, no optimizer was ever given
    one, no assignment in the program was made from one, and no variable that
    a gradient was asked for has moved. Or all that holds for every variable of
    one request, while others are applied, as in a step with two networks; or
    for all that is left over in a program with an optimizer that is given
    nothing. A program that failed before it could apply them is not judged. Under `fit`
    the fault is called train-step-drops-gradients.
    """
    if any(f.fault in ("exhausted-zip", "unzipped-gradients", "rebound-variable") for f in earlier):
        return []
    found = unapplied(history) or dropped_requests(history)
    if not found or any(a.fitting for a in training.of(history).asks) or _rebound_in_graph(history):
        return []
    return [describe_unapplied("gradients-not-applied", history, found)]


def dropped_requests(history: History) -> list[int]:
    """Variables of requests of which nothing reached any variable, in a program that applies others."""
    train = training.of(history)
    if not train.given or history.steps < 2:
        return []
    useful, hit = set(_with_gradient(history)), set()
    for ask in train.asks:
        sources = {history.resolve(g.source) for g in ask.gradients if g.is_variable}
        sources = {n for n in sources if n in history.variables}
        if sources & useful and not any(n in train.trained or history.moved(n) for n in sources):
            hit |= sources & useful
    if has_idle_optimizer(history):
        hit |= {n for n in useful if n not in train.trained and not history.moved(n)}
    return sorted(hit)


def has_idle_optimizer(history: History) -> bool:
    """Whether one optimizer is given gradients, and another one was made and is never given any."""
    given = {applied.optimizer for applied in history.events(ev.Applied) if applied.pairs}
    return bool(given) and bool(set(history.optimizers) - given)


def _rebound_in_graph(history: History) -> bool:
    """Whether a traced function computes new values and keeps them on the Python side."""
    train = training.of(history)
    for operation in train.operations():
        if operation.symbolic and operation.type in ("Sub", "AddV2") and not operation.backward:
            changes = {n for t in operation.inputs for n in train.gradients_in(t)}
            if any(_read_for(history, t) & changes for t in operation.inputs):
                return True
    return any(history.events(ev.Leaked))


def unapplied(history: History) -> list[int]:
    """Variables with gradients in a program that applies none at all."""
    train = training.of(history)
    hit = _with_gradient(history)
    steps = {a.step for a in train.asks} | {e.step for e in history.events(ev.Computed) if hasattr(e, "step")}
    if not hit or len(steps) < 2 or train.trained & set(hit) or any(history.moved(v) for v in hit):
        return []
    if any(isinstance(e, ev.Applied) and e.pairs for e in history.events(ev.Applied)):
        return []
    if any(isinstance(e, ev.HandedOver) for e in history.events(ev.HandedOver)):
        return []
    return hit


def describe_unapplied(fault: str, history: History, hit: list[int]) -> Finding:
    """The finding for gradients that are computed and handed to nobody."""
    train = training.of(history)
    largest = max(norm for n in hit for norm in history.norms(n) if norm == norm)
    seen = (
        f"In {history.steps} steps the tape gave {len(hit)} variables finite gradients (up to "
        f"{largest:.3g}). No optimizer was given one, nothing else was computed into the "
        f"variables, and none of them moved."
    )
    place = next(a.place for a in train.asks if {history.resolve(g.source) for g in a.gradients} & set(hit))
    return Finding(fault, names(history, hit), seen, place)


def reordered_pairs(history: History, earlier: tuple[Finding, ...]) -> list[Finding]:
    """A variable got the gradient of another one.

    Proof: the tensor that was handed over for a variable was made from what
    the tape had given for a different variable (followed back through
    clipping, scaling and gathering), although the tape was asked for the
    variable's own gradient as well. One model's gradients for another one's
    variables, as with workers that share a model, are no such exchange.
    """
    train = training.of(history)
    wrong: dict[int, tuple[int, training.Given]] = {}
    for given in train.given:
        sources = train.gradients_in(given.tensor)
        if sources and given.variable not in sources and given.variable in train.asked:
            wrong.setdefault(given.variable, (min(sources), given))
    taken = {source for source, _ in wrong.values()}
    if not taken & set(wrong) and not _received_elsewhere(history, wrong):
        return []
    if not wrong:
        return []
    pairs = [
        f"{history.name(v)} got the gradient of {history.name(s)}" for v, (s, _) in sorted(wrong.items())
    ]
    seen = f"{listed(pairs, 3)}."
    place = next(iter(wrong.values()))[1].place
    return [Finding("reordered-pairs", names(history, sorted(wrong)), seen, place)]


def _received_elsewhere(history: History, wrong: dict[int, tuple[int, training.Given]]) -> bool:
    """Whether the exchange is within one request: both variables were asked for together."""
    train = training.of(history)
    for variable, (source, _) in wrong.items():
        for ask in train.asks:
            if {variable, source} <= {history.resolve(g.source) for g in ask.gradients}:
                return True
    return False


def truncated_pairs(history: History, earlier: tuple[Finding, ...]) -> list[Finding]:
    """The shorter of two lists cut off the pairs.

    Proof: the lengths of the two lists that were zipped, or that
    `optimizer.apply` was given, differ, and the variables beyond the shorter
    one never move. Or: a request gave gradients for n variables, exactly its
    first k reached their variables, and the others never moved; and there is no
    second optimizer that they may have been meant for.
    """
    train = training.of(history)
    for event in history.events(ev.Applied):
        assert isinstance(event, ev.Applied)
        if not event.left:
            continue
        rest = [train.gradient_of.get(n, history.resolve(n)) for n in event.left]
        hit = [n for n in rest if n in history.variables and not history.moved(n)]
        if hit:
            gradients, variables = event.lengths
            seen = (
                f"{gradients} gradients were paired with {variables} variables, so that "
                f"{listed(names(history, hit))} got none and did not move in {history.steps} steps."
            )
            return [Finding("truncated-pairs", names(history, hit), seen, event.place)]
    return [] if has_idle_optimizer(history) else _prefix_only(history)


def _prefix_only(history: History) -> list[Finding]:
    train = training.of(history)
    for ask in train.asks:
        order = [history.resolve(g.source) for g in ask.gradients if g.is_variable]
        got = [n in train.trained or history.moved(n) for n in order]
        count = sum(got)
        if not 0 < count < len(order) or not all(got[:count]):
            continue
        hit = [n for n in order[count:] if n in history.variables and any(history.norms(n))]
        hit = [n for n in hit if not train.remade(n)]  # made anew in each step, and so never seen to move
        if hit and len(hit) == len(order) - count:
            seen = (
                f"The tape gave {len(order)} gradients and only the first {count} reached their variables: "
                f"{listed(names(history, hit))} did not move in {history.steps} steps."
            )
            place = next((g.place for g in train.given if g.variable == order[0]), ask.place)
            return [Finding("truncated-pairs", names(history, hit), seen, place)]
    return []


def incomplete_variable_list(history: History, earlier: tuple[Finding, ...]) -> list[Finding]:
    """The loss depends on trainable variables that the program never asks for, or never hands over.

    Proof: a recorded path with a derivative leads from the variable to what
    was differentiated; it is trainable and in no request of the whole run (or
    it is asked for, gets a finite gradient, and is in no pair); nothing ever
    moved it or put a value into it, so that it is neither trained in turns nor
    a copy that is kept on purpose; and other variables of the loss are
    trained. What another rule explains is left to it, as is a traced step
    whose Python values have changed since: its list may depend on them.
    """
    train = training.of(history)
    known = {v for f in earlier for v in f.variables}
    if (
        unapplied(history)
        or any(history.events(ev.PythonChanged))
        or any(f.fault in ("exhausted-zip", "unzipped-gradients") for f in earlier)
    ):
        return []
    hit, asks = [], []
    for number, ask in [] if train.failed_at_once() else train.left_out():
        info = history.variables[number]
        if train.ever_frozen(number) or info.name in known or info.made_in_step > 0:
            continue
        if _is_copied_from(history, number):
            continue
        if train.learns_something(ask) and not belongs_to_loss(history, number, ask):
            hit.append(number)
            asks.append(ask)
    whole = set(dropped_requests(history))
    dropped = [
        n
        for n in _with_gradient(history)
        if n not in whole
        and train.given
        and n not in train.trained
        and not train.remade(n)
        and not history.moved(n)
        and history.name(n) not in known
    ]
    if dropped and not hit:
        seen = (
            f"The tape gave a finite gradient for {listed(names(history, dropped))}, no pair "
            f"that an optimizer was given has it, and nothing there moved in {history.steps} steps."
        )
        return [Finding("incomplete-variable-list", names(history, dropped), seen, train.given[0].place)]
    if not hit:
        return []
    count = len({history.resolve(g.source) for g in asks[0].gradients})
    seen = (
        f"The loss depends on {listed(names(history, hit))}, which did not move in {history.steps} steps: "
        f"the tape is asked for {count} other variables only."
    )
    return [Finding("incomplete-variable-list", names(history, hit), seen, asks[0].place)]


def _is_copied_from(history: History, number: int) -> bool:
    """Whether the program copies a variable's value into another one as it trains: a part of its own."""
    return any(
        number in _read_for(history, write.inputs[-1])
        for variable, writes in training.of(history).writes.items()
        for write in writes
        if variable != number and not write.updating and (write.step > 0 or write.symbolic)
    )


def overwritten_update(history: History, earlier: tuple[Finding, ...]) -> list[Finding]:
    """An assignment throws away what the optimizer did.

    Proof: the variable got a finite gradient in each step and an optimizer or
    an assignment in the program applied it; in the same steps something else
    was assigned to it afterwards; and from the second step on, or from a later
    one that is followed by several more, the variable ends each step exactly
    where it began.
    """
    train = training.of(history)
    hit: dict[int, ev.Operation] = {}
    since = 0
    for number in sorted(train.trained):
        if number not in history.variables or not any(history.norms(number)):
            continue
        still = _still_since(history, number)
        if still is None:
            continue
        over = [w for w in train.writes[number] if w.step >= still - 1 and w.step > 0 and not w.updating]
        over = [w for w in over if not train.gradients_in(w.inputs[-1])]
        traced = any(w.symbolic for w in over)  # once in the graph is once in each step
        if (traced or len({w.step for w in over}) > 1) and _positive_rate(history, number):
            hit[number] = over[-1]
            since = max(since, still)
    if not hit:
        return []
    variables = sorted(hit)
    begun = "the second one" if since <= 2 else f"step {since}"
    seen = (
        f"{listed(names(history, variables))} got a gradient in each step, and each step from "
        f"{begun} on ends exactly where it began: the program assigns a value after the update."
    )
    return [Finding("overwritten-update", names(history, variables), seen, hit[variables[0]].place)]


def _still_since(history: History, number: int) -> int | None:
    """The step from which on the variable ends each step where it began, gradients or not.

    The second step, or one before the last few: a single step may well be taken back.
    """
    steps = _steps_of(history, number)
    still = [step for step, _ in itertools.takewhile(lambda s: not s[1], reversed(steps))]
    first = min((step for step in still if step >= 2), default=None)
    if first is None or (first > 2 and len(still) < _FEWEST_STILL):
        return None
    applied = [g for g in training.of(history).given if g.variable == number and g.step >= first]
    return first if first <= 2 or len({g.step for g in applied}) >= _FEWEST_STILL else None


def _steps_of(history: History, number: int) -> list[tuple[int, float]]:
    return [(step, move.update_norm) for step, move in sorted(history.updates.get(number, {}).items())]


def _positive_rate(history: History, number: int) -> bool:
    """Whether the rate was above 0 where an optimizer had the variable."""
    optimizers = {
        e.optimizer
        for e in history.events(ev.Applied)
        if isinstance(e, ev.Applied) and number in {history.resolve(v) for _, v in e.pairs}
    }
    return not optimizers or any(rate > 0 for o in optimizers for rate in history.rates(o))


def trained_a_copy(history: History, earlier: tuple[Finding, ...]) -> list[Finding]:
    """The weights that were trained are not the weights that are looked at.

    Proof: variables that no tape ever used and nothing ever moved have twins,
    of the same shapes in the same order, that are trained; and the twins were
    made from them: with values read from them, or as a clone with the same
    names, or the program called the untrained one outside of training. Or a
    value is compared with itself under a second name, after a step moved it.
    """
    train = training.of(history)
    used = {n for a in train.kept_asks() for n in train.behind(a)} | train.asked
    still = {
        n
        for n, v in history.variables.items()
        if training.is_float(v) and v.trainable and n not in used and not history.moved(n)
    }
    still = {n for n in still if not train.set_by_hand(n)}
    found = _copied_variables(history, still) or _copied_models(history, still)
    return found or _alias(history)


def _copied_variables(history: History, still: set[int]) -> list[Finding]:
    """Trained variables whose starting value was read from one that nothing trains."""
    train = training.of(history)
    twins = {}
    for copy in sorted(train.trained):
        writes = train.writes.get(copy)
        if writes and copy in history.variables and not writes[0].updating:
            for source in _read_for(history, writes[0].inputs[-1]):
                if source in still and history.variables[source].shape == history.variables[copy].shape:
                    twins[source] = copy
    if not twins:
        return []
    seen = (
        f"{listed(names(history, twins))} did not move in {history.steps} steps: the steps train "
        f"copies that were made from the value at the start."
    )
    return [
        Finding("trained-a-copy", names(history, twins), seen, _made(history, next(iter(twins.values()))))
    ]


def _read_for(history: History, tensor: int) -> set[int]:
    """Variables that a tensor is the plain value of."""
    for _ in range(6):
        operation = history.maker.get(history.resolve(tensor))
        if operation is None or not operation.inputs:
            return set()
        source = history.resolve(operation.inputs[0])
        if operation.type == "ReadVariableOp":
            return {source}
        if operation.type not in ("Identity", "Cast", "Reshape"):
            return set()
        tensor = source
    return set()


def _copied_models(history: History, still: set[int]) -> list[Finding]:
    train = training.of(history)
    for original in history.layers.values():
        own = [n for n in original.trainable if n in history.variables]
        if not own or not set(own) <= still or not original.layers:
            continue
        for copy in history.layers.values():
            twins = [n for n in copy.trainable if n in history.variables]
            if copy is original or not twins or not set(twins) <= train.asked:
                continue
            if [history.variables[n].shape for n in own] != [history.variables[n].shape for n in twins]:
                continue
            if _same_names(history, original, copy) or _looked_at(history, original.id):
                seen = (
                    f"{len(twins)} weights were trained that belong to another model than "
                    f"the {original.name} that was made first; its own {len(own)} weights have the same "
                    "shapes and did not move."
                )
                return [Finding("trained-a-copy", names(history, own), seen, _made(history, twins[0]))]
    return []


def _same_names(history: History, original: ev.LayerInfo, copy: ev.LayerInfo) -> bool:
    """As a clone's are: Keras gives any other second model new names."""
    inner = [[history.layers[i].name for i in x.layers] for x in (original, copy)]
    return original.name == copy.name and inner[0] == inner[1]


def _looked_at(history: History, layer: int) -> bool:
    """Whether the program called the model outside of training, on values."""
    calls = [c for c in history.events(ev.LayerCalled) if isinstance(c, ev.LayerCalled) and c.layer == layer]
    calls = [c for c in calls if c.depth == 0 and not c.tapes and not c.symbolic and c.outputs]
    return bool(calls) and not any(_becomes_data(history, c) for c in calls)


def _becomes_data(history: History, call: ev.LayerCalled) -> bool:
    """Whether what a model gave enters training, as a teacher does, or may: it goes to NumPy whole."""
    converted = {e.tensor for e in history.events(ev.Converted) if isinstance(e, ev.Converted)}
    found, waiting = set(), list(call.outputs)
    while waiting:
        tensor = waiting.pop()
        if tensor in found:
            continue
        found.add(tensor)
        maker = history.maker.get(tensor)
        shape = maker.output_shapes[maker.outputs.index(tensor)] if maker else None
        if tensor in converted and shape != ():
            return True
        for user in history.users[tensor]:
            if user.tapes:
                return True
            waiting += map(history.resolve, user.outputs)
    return False


def _made(history: History, number: int) -> ev.Place | None:
    return history.variables[number].made_at if number in history.variables else None


def _alias(history: History) -> list[Finding]:
    """A variable minus itself, outside of training."""
    train = training.of(history)
    for operation in train.operations():
        if operation.type not in ("Sub", "SquaredDifference", "NotEqual", "Equal") or operation.tapes:
            continue
        if operation.symbolic or operation.backward or operation.updating or operation.step == 0:
            continue
        sources = [_read_for(history, t) for t in operation.inputs]
        if len(sources) == 2 and sources[0] and sources[0] == sources[1]:
            number = min(sources[0])
            if number in history.variables and history.moved(number):
                seen = f"{history.name(number)} is compared with itself: both names are the same variable."
                return [Finding("trained-a-copy", (history.name(number),), seen, operation.place)]
    return []


RULES = (
    ("unzipped-gradients", unzipped_gradients),
    ("exhausted-zip", exhausted_zip),
    ("gradients-not-applied", gradients_not_applied),
    ("reordered-pairs", reordered_pairs),
    ("truncated-pairs", truncated_pairs),
    ("overwritten-update", overwritten_update),
    ("incomplete-variable-list", incomplete_variable_list),
    ("trained-a-copy", trained_a_copy),
)
