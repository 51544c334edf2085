"""Where a gradient becomes exactly 0: an operation whose derivative is 0 on every way to the loss."""

import weakref
from collections import defaultdict

from autograder.judging.flow import (
    CLIPS,
    FLAT,
    PASSING,
    SHAPES,
    Asked,
    Flow,
    flow_maker,
    flow_of,
    is_kept,
    requests,
)
from autograder.judging.history import History
from autograder.judging.paths import Block, operation_kind
from autograder.observing import events as ev


def zero_end(flow: Flow, asked: Asked, source: int) -> Block | None:
    """The operation whose derivative is 0 and that every way from a source to the loss goes through.

    Kinds: "flat" (`Sign`), "clip" (everything is on a bound), "mask" (a mask that keeps nothing),
    "python function" (a `py_function` whose body leaves TensorFlow).
    """
    source = flow.resolve(source)
    targets = {flow.resolve(t) for t in asked.event.targets}
    alive, blocks = {source}, []
    for index in flow.ancestors(targets, asked.opened):
        operation = flow.operation(index)
        inputs = {flow.resolve(t) for t in operation.inputs}
        if not inputs & alive or operation.type in SHAPES:
            continue
        if operation_kind(operation) and operation.type != "EagerPyFunc":
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
    if operation.type == "EagerPyFunc":
        return "python function"
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


_ZEROS: "weakref.WeakKeyDictionary[History, dict[int, tuple[Asked, Block]]]" = weakref.WeakKeyDictionary()


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
        kept = [a for a in times if is_kept(flow, a)]
        ends = [zero_end(flow, asked, number) for asked in kept]
        # a graph is the same in every step; what eager operations gave has to be seen in each of them
        symbolic = [(a, e) for a, e in zip(kept, ends) if a.event.symbolic and e is not None]
        if symbolic:
            found[number] = symbolic[-1]
        elif ends and all(end is not None for end in ends):
            found[number] = (kept[0], ends[0])
    return found
