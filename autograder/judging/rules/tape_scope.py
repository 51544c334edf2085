"""Rules of chapter 01: what the tape records, and how often it can be asked."""

from autograder.judging.flow import Asked, Flow, flow_of, requests
from autograder.judging.history import Finding, History
from autograder.judging.paths import Block, missing_paths, names_of, outermost_call, share_of
from autograder.observing import events as ev


def forward_outside_tape(history: History, earlier: tuple[Finding, ...]) -> list[Finding]:
    """Weights whose gradient is None because the tape was not recording when they were used.

    That may also have been in an input pipeline, inside `Dataset.map`.

    Needs: the value of the weight flows into the loss, and the first operation
    on the way that the tape did not record takes the weight itself, or ran
    before the block was entered. That operation is where the path ends.
    """
    hit = {n: end for n, end in missing_paths(history).items() if end[1].kind in ("before", "late", "paused")}
    late = [n for n, (_, block) in hit.items() if block.kind == "late"]
    if late:  # the whole rest of the forward pass was late, also for what had been read in time
        asked = {hit[n][0].index for n in late}
        hit |= {
            n: end
            for n, end in missing_paths(history).items()
            if end[1].kind == "after" and end[0].index in asked and end[1].index < hit[late[0]][1].index
        }
    if not hit:
        return []
    _, block = next(iter(hit.values()))
    kinds = {block.kind for _, block in hit.values()}
    when = "before the tape was open" if "before" in kinds else "when the tape was not recording"
    seen = (
        f"The gradient is None for {share_of(history, hit)}: their values entered the loss by operations "
        f"that ran {when}."
    )
    return [Finding("forward-outside-tape", names_of(history, hit), seen, _calling(history, hit, block))]


def _calling(history: History, hit: dict[int, tuple[Asked, Block]], block: Block) -> ev.Place | None:
    """The line that called the model, or else the line of the operation."""
    call = outermost_call(history, block.index, next(iter(hit)))
    return call.place if call is not None and call.place is not None else block.place


def loss_outside_tape(history: History, earlier: tuple[Finding, ...]) -> list[Finding]:
    """A loss, or a part of one, that was computed where the tape did not record.

    Needs one of two things. The weight's path is recorded up to an operation
    that ran after the block was left: the gradient is None. Or the loss is a
    sum of numbers, of which one comes from the same weights by operations
    that the tape did not record: those weights learn, and not from that part.
    """
    hit = {n: end for n, end in missing_paths(history).items() if end[1].kind == "after"}
    explained = {
        v for finding in earlier for v in finding.variables if finding.fault == "forward-outside-tape"
    }
    hit = {n: end for n, end in hit.items() if history.name(n) not in explained}
    if hit:
        _, block = next(iter(hit.values()))
        name = block.operation.type if block.operation else "an operation"
        seen = (
            f"The gradient is None for {share_of(history, hit)}: {name} ran after the tape's block was left, "
            "and what was differentiated was made by it."
        )
        return [Finding("loss-outside-tape", names_of(history, hit), seen, block.place)]
    return _detached_parts(history)


def _detached_parts(history: History) -> list[Finding]:
    """Parts of a loss that were computed outside the tape while the rest was recorded."""
    flow = flow_of(history)
    previous = -1
    for asked in requests(history):
        previous, asked_before = asked.index, previous
        sources = [g.source for g in asked.event.gradients if g.is_variable and g.result is not None]
        trained = {s for s in map(flow.resolve, sources) if _trainable(history, s)}
        for part in _parts(flow, asked):
            if part is None or asked.event.tape in flow.operation(part).tapes:
                continue
            route = flow.ancestors([flow.operation(part).outputs[0]])
            used = {flow.resolve(t) for index in route for t in flow.operation(index).inputs} & trained
            if not used or part < asked_before:  # a number of an earlier step, as for a scale
                continue
            place = flow.operation(part).place
            when = "before the tape was open" if part < asked.opened else "after its block was left"
            seen = (
                f"One part of what is differentiated was computed {when} from {len(used)} of the weights: "
                "it adds to the loss and not to any gradient."
            )
            names = tuple(history.name(v) for v in history.variables if v in used)
            return [Finding("loss-outside-tape", names, seen, place)]
    return []


def _trainable(history: History, number: int) -> bool:
    info = history.variables.get(number)
    return info is not None and info.trainable


def _parts(flow: Flow, asked: Asked) -> list[int]:
    """Positions of the operations that gave the numbers whose sum is differentiated."""
    targets = list(map(flow.resolve, asked.event.targets))
    if len(targets) == 1 and asked.event.target_shapes[:1] not in (((),), (None,)):
        return []
    waiting, found = [flow.maker[t] for t in targets if t in flow.maker], []
    seen: set[int] = set()
    while waiting:
        index = waiting.pop()
        if index in seen:
            continue
        seen.add(index)
        operation = flow.operation(index)
        if operation.type in ("AddV2", "Add", "AddN", "Identity") and asked.event.tape in operation.tapes:
            if all(shape == () for shape in operation.input_shapes):
                waiting += [flow.maker[t] for t in map(flow.resolve, operation.inputs) if t in flow.maker]
                continue
        if operation.output_shapes[:1] == ((),):
            found.append(index)
    return found if len(found) > 1 else []


def unwatched_tensor(history: History, earlier: tuple[Finding, ...]) -> list[Finding]:
    """A source that the tape was not told to watch.

    Needs: a gradient of None for a trainable variable whose value flows into
    the loss, read by a tape that watches only what it is told to; or for a
    plain tensor that flows into what is differentiated by operations that the
    tape recorded. A tape watches trainable variables by itself and tensors
    never, so what is missing is the `watch` before the first use.

    A tensor that stands in a list with variables, that is given to an
    optimizer, or that took a variable's place is meant as a weight: other
    rules. Unless the program goes on to reckon with its gradient of 0 by itself.
    """
    hit = {n: end for n, end in missing_paths(history).items() if end[1].kind == "unwatched"}
    if hit:
        asked, block = next(iter(hit.values()))
        seen = (
            f"The gradient is None for {share_of(history, hit)}: the tape does not watch variables by itself "
            "(watch_accessed_variables=False), and these it was not told to watch before they were used."
        )
        return [
            Finding(
                "unwatched-tensor", names_of(history, hit), seen, _opened_at(history, asked) or block.place
            )
        ]
    return _unwatched_tensors(history)


def _unwatched_tensors(history: History) -> list[Finding]:
    flow = flow_of(history)
    given = {history.resolve(v) for applied in history.events(ev.Applied) for _, v in applied.pairs}
    variable_places = {
        e.place for e in history.events(ev.GradientsAsked) if any(g.is_variable for g in e.gradients)
    }
    for asked in requests(history):
        gradients = asked.event.gradients
        beside_variables = any(g.is_variable for g in gradients) or asked.event.place in variable_places
        for gradient in gradients:
            if beside_variables and (gradient.is_variable or not _is_used(history, gradient)):
                continue
            source = flow.resolve(gradient.source)
            if source == 0 or source in given or not _is_missing(flow, asked, gradient):
                continue
            if not _flows_in(flow, asked, source):
                continue
            watched = _watched_at(history, asked, source)
            when = "only after it had been used" if watched else "never"
            shown = " (which unconnected_gradients shows as 0)" if asked.event.zeros else ""
            seen = (
                f"The gradient is None{shown} for a tensor of shape {_shape_of(flow, source)}, which is "
                "not a variable: the operations that use it ran inside the tape, and the tape was "
                f"{when} told to watch it."
            )
            return [Finding("unwatched-tensor", (), seen, _opened_at(history, asked) or asked.event.place)]
    return []


def _is_used(history: History, gradient: ev.Gradient) -> bool:
    """Whether the program's own arithmetic takes the gradient up, as in a step of descent by hand."""
    return gradient.result is not None and any(
        operation.type in ("Mul", "Sub", "AddV2", "RealDiv")
        and not operation.updating
        and not operation.backward
        and gradient.result in operation.inputs
        for operation in history.events(ev.Operation)
    )


def _is_missing(flow: Flow, asked: Asked, gradient: ev.Gradient) -> bool:
    """Whether a tape gave nothing for a tensor, or a 0 that may stand for nothing.

    What was made inside the tape from something else that is watched has a gradient without being watched.
    """
    if gradient.result is None:
        return True
    if not asked.event.zeros or gradient.kind not in ("zero", ""):
        return False
    return flow.maker.get(flow.resolve(gradient.source), -1) < asked.opened


def _flows_in(flow: Flow, asked: Asked, source: int) -> bool:
    """Whether a tensor enters what is differentiated by recorded operations, unwatched at its first use."""
    users = [
        i for i in flow.ancestors(asked.event.targets, asked.opened) if source in flow.operation(i).inputs
    ]
    recorded = [i for i in users if asked.event.tape in flow.operation(i).tapes]
    if not recorded:
        return False
    watched = _watched_at(flow.history, asked, source)
    return watched is None or watched > recorded[0]


def _watched_at(history: History, asked: Asked, source: int) -> int | None:
    for index in range(asked.opened + 1, asked.index):
        event = history.log.events[index]
        if isinstance(event, ev.Watched) and event.tape == asked.event.tape and source in event.tensors:
            return index
    return None


def _shape_of(flow: Flow, tensor: int) -> str:
    for index in flow.takers.get(tensor, ()):
        operation = flow.operation(index)
        return str(operation.input_shapes[list(operation.inputs).index(tensor)])
    return "that is not known"


def _opened_at(history: History, asked: Asked) -> ev.Place | None:
    event = history.log.events[asked.opened] if asked.opened >= 0 else None
    return event.place if isinstance(event, ev.TapeOpened) else None


def tape_used_twice(history: History, earlier: tuple[Finding, ...]) -> list[Finding]:
    """A recording that was used up, or that is out of date.

    Needs one of two things. A tape that is not persistent was asked again
    after it had given gradients: its recording is gone, and TensorFlow raises
    a RuntimeError. Or one recording was asked for the same gradient again
    after the variables had moved: it gives the gradient of the old values.
    """
    return _asked_again(history) or _stale(history)


def _asked_again(history: History) -> list[Finding]:
    opened: dict[int, ev.TapeOpened] = {}
    asked: dict[int, ev.GradientsAsked] = {}
    for event in history.log.events:
        if isinstance(event, ev.TapeOpened):
            opened[event.tape] = event
            asked.pop(event.tape, None)
        elif isinstance(event, ev.GradientsAsked) and event.tape in opened:
            first = asked.setdefault(event.tape, event)
            if first is event or opened[event.tape].persistent:
                continue
            hit = tuple(history.name(n) for n in event.sources if history.resolve(n) in history.variables)
            seen = (
                f"A tape that is not persistent was asked for gradients twice: first{_at(first.place)}, "
                f"then{_at(event.place)}."
            )
            return [Finding("tape-used-twice", hit, seen, event.place)]
    return []


def _at(place: ev.Place | None) -> str:
    return f" on line {place.line}" if place is not None else ""


def _stale(history: History) -> list[Finding]:
    """The same targets and sources asked of the same recording, with movement in between."""
    asked: dict[tuple[int, tuple[int, ...], int], int] = {}
    times: dict[tuple[int, tuple[int, ...], int], int] = {}
    last: dict[int, ev.GradientsAsked] = {}
    moved: list[tuple[int, int]] = []
    for index, event in enumerate(history.log.events):
        if isinstance(event, ev.TapeOpened):
            asked = {key: at for key, at in asked.items() if key[0] != event.tape}
        elif isinstance(event, ev.StepEnded):
            moved += [(index, v.variable) for v in event.variables if v.update_norm]
        elif isinstance(event, ev.GradientsAsked) and not event.symbolic:
            for gradient in event.gradients:
                key = (event.tape, event.targets, history.resolve(gradient.source))
                at = asked.setdefault(key, index)
                if any(at < i and v == key[2] for i, v in moved) and gradient.result is not None:
                    times[key] = times.get(key, 1) + 1
                    last[key[2]] = event
    if not times:
        return []
    names = tuple(history.name(v) for v in history.variables if v in last)
    place = next(iter(last.values())).place
    seen = (
        f"One recording was asked {max(times.values())} times for the gradient of the same loss, while the "
        "variables moved: it is the gradient of the first step every time."
    )
    return [Finding("tape-used-twice", names, seen, place)]


RULES = (
    ("forward-outside-tape", forward_outside_tape),
    ("loss-outside-tape", loss_outside_tape),
    ("unwatched-tensor", unwatched_tensor),
    ("tape-used-twice", tape_used_twice),
)
