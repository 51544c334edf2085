"""The way of a gradient through one step, line by line: what the tape recorded, and where the way ends."""

from dataclasses import dataclass

from autograder.judging.flow import Asked, Flow, requests
from autograder.judging.history import History
from autograder.judging.paths import Block, operation_kind, path_end
from autograder.judging.zeros import zero_end
from autograder.observing import events as ev


@dataclass(frozen=True)
class Read:
    """A variable at the line that reads it, with what the tape gave for it."""

    name: str
    #: "none", "zero", "nan" or "finite"; "" where only a graph was traced.
    gradient: str
    norm: float | None


@dataclass(frozen=True)
class End:
    """The variables whose way ends at a line, and why (a kind of `paths.Block`)."""

    kind: str
    variables: tuple[str, ...]


@dataclass(frozen=True)
class Line:
    """One line of the learner's that computed something between the variables and the loss."""

    number: int
    text: str
    #: Whether the tape that was asked was recording when this ran.
    recorded: bool
    #: Whether the gradient came through here on its way back from the loss.
    passed: bool
    reads: tuple[Read, ...] = ()
    ends: tuple[End, ...] = ()
    #: What was differentiated was made here.
    is_loss: bool = False
    #: Positions, in `Route.lines`, of the lines whose results are used here.
    uses: tuple[int, ...] = ()


@dataclass(frozen=True)
class Route:
    """One request for gradients: the lines that ran for it, in order."""

    lines: tuple[Line, ...]
    #: Variables with a gradient that is None although no line read them.
    unread: tuple[str, ...] = ()


def route(history: History) -> Route | None:
    """The route of the last request for gradients whose operations are known; ``None`` without one."""
    flow = Flow(history)
    found = [a for a in requests(history) if any(flow.resolve(t) in flow.maker for t in a.event.targets)]
    return _route(flow, found[-1]) if found else None


def _route(flow: Flow, asked: Asked) -> Route:
    ran = _operations(flow, asked)
    blocks = _blocks(flow, asked)
    keys = list(dict.fromkeys([_key(flow.operation(i).place) for i in ran]))
    for block in blocks.values():
        if block.place is not None and _key(block.place) not in keys:
            keys.append(_key(block.place))
    keys.sort(key=lambda key: _first(flow, key))
    passed = _passed(flow, asked, ran)
    targets = {flow.resolve(t) for t in asked.event.targets}
    at = {i: keys.index(_key(flow.operation(i).place)) for i in ran}
    reads = _reads(flow, asked, at)
    lines = []
    for position, (file, number) in enumerate(keys):
        here = [i for i in ran if at[i] == position]
        ends: dict[str, list[str]] = {}
        for source, block in blocks.items():
            if block.place is not None and _key(block.place) == (file, number):
                ends.setdefault(block.kind, []).append(flow.history.name(source))
        lines.append(
            Line(
                number=number,
                text=_text(flow, (file, number)),
                recorded=_recorded(flow, asked, (file, number)),
                passed=any(i in passed for i in here),
                reads=tuple(read for where, read in reads if where == position),
                ends=tuple(End(kind, tuple(names)) for kind, names in ends.items()),
                is_loss=any(targets & set(map(flow.resolve, flow.operation(i).outputs)) for i in here),
                uses=_uses(flow, at, here, position),
            )
        )
    unread = [flow.history.name(source) for source, block in blocks.items() if block.place is None]
    return Route(tuple(lines), tuple(unread))


def _operations(flow: Flow, asked: Asked) -> list[int]:
    """Positions of the operations of the learner's lines, of all steps up to the request."""
    found = []
    for index, event in enumerate(flow.events[: asked.index]):
        if isinstance(event, ev.Operation) and event.place is not None and event.type != "Placeholder":
            if not event.backward and not event.updating and event.symbolic == asked.event.symbolic:
                found.append(index)
    needed = set(flow.ancestors([flow.resolve(t) for t in asked.event.targets]))
    for gradient in asked.event.gradients:
        made = flow.descendants(flow.resolve(gradient.source), asked.index)
        needed |= {i for i in found if made & set(map(flow.resolve, flow.operation(i).outputs))}
    return [i for i in found if i in needed]


def _blocks(flow: Flow, asked: Asked) -> dict[int, Block]:
    """Number of each variable without a gradient, or with one of 0, → where its way ends."""
    found = {}
    for gradient in asked.event.gradients:
        source = flow.resolve(gradient.source)
        if gradient.result is None and gradient.kind in ("none", ""):
            found[source] = path_end(flow, asked, source)
        elif gradient.kind == "zero":
            block = zero_end(flow, asked, source)
            if block is not None:
                found[source] = block
    return found


def _passed(flow: Flow, asked: Asked, ran: list[int]) -> set[int]:
    """The operations that the gradient came through, walking back from what was differentiated."""
    waiting = [flow.maker[t] for t in map(flow.resolve, asked.event.targets) if t in flow.maker]
    seen: set[int] = set()
    while waiting:
        index = waiting.pop()
        operation = flow.operation(index)
        if index in seen or operation_kind(operation):
            continue
        if asked.event.tape not in operation.tapes or index < asked.opened:
            continue
        seen.add(index)
        waiting += flow.sources_of(index, asked.opened)
    return seen & set(ran)


def _reads(flow: Flow, asked: Asked, at: dict[int, int]) -> list[tuple[int, Read]]:
    """(position of the line, variable), for the first line that reads each variable."""
    found = []
    for gradient in asked.event.gradients:
        source = flow.resolve(gradient.source)
        readers = sorted(i for i in flow.takers.get(source, ()) if i in at)
        if readers:
            read = Read(flow.history.name(source), gradient.kind, gradient.norm)
            found.append((at[readers[0]], read))
    return found


def _uses(flow: Flow, at: dict[int, int], here: list[int], position: int) -> tuple[int, ...]:
    makers = {flow.maker.get(flow.resolve(t)) for i in here for t in flow.operation(i).inputs}
    return tuple(sorted({at[m] for m in makers if m in at} - {position}))


def _key(place: ev.Place | None) -> tuple[str, int]:
    return (place.file, place.line) if place is not None else ("", 0)


def _first(flow: Flow, key: tuple[str, int]) -> int:
    """Position of the first event at a line."""
    for index, event in enumerate(flow.events):
        if _key(getattr(event, "place", None)) == key:
            return index
    return len(flow.events)


def _recorded(flow: Flow, asked: Asked, key: tuple[str, int]) -> bool:
    here = [event for event in flow.events if _key(getattr(event, "place", None)) == key]
    return any(asked.event.tape in getattr(event, "tapes", ()) for event in here)


def _text(flow: Flow, key: tuple[str, int]) -> str:
    for event in flow.events:
        place = getattr(event, "place", None)
        if place is not None and _key(place) == key and place.text:
            return str(place.text).strip()
    return f"line {key[1]}"
