"""Rules of chapter 05: losses that have no slope, or the slope of another loss."""

from autograder.judging.arithmetic import SAME
from autograder.judging.flow import PASSING, Asked, Flow, flow_maker, flow_of, requests
from autograder.judging.history import Finding, History
from autograder.judging.paths import Block, missing_paths, names_of, share_of
from autograder.judging.zeros import zero_paths
from autograder.observing import events as ev

#: Products in which a mask weights values, and what makes a mask of another scale out of one.
_WEIGHTING = frozenset({"Mul", "MulNoNan", "MatMul", "BatchMatMulV2", "BatchMatMulV3", "Einsum"})
_SCALING = frozenset({"Mul", "Sub", "RealDiv", "DivNoNan"})
_LOGIC = frozenset({"LogicalAnd", "LogicalOr", "LogicalNot"})
_MADE_UP = frozenset({"Fill", "Const", "OnesLike", "ZerosLike", "BroadcastTo"})


def hard_mask(history: History, earlier: tuple[Finding, ...]) -> list[Finding]:
    """A threshold that can't learn through the mask it makes, or a mask that keeps nothing.

    Needs one of two things. A variable's only way to the loss is a comparison
    with less or greater whose result selects or weights other values, or
    drowns them in a large number, whatever is done to its shape and scale in
    between: its gradient is None. Or every way from the variables goes through a product
    with a mask that is all 0, or a selection with nothing in it: their
    gradient is exactly 0 in each step. A mask that keeps some values is fine.
    """
    flow = flow_of(history)
    hit = {n: end for n, end in missing_paths(history).items() if end[1].kind == "threshold"}
    hit = {n: end for n, end in hit.items() if _selects(flow, end[0], end[1])}
    if hit:
        _, block = next(iter(hit.values()))
        name = block.operation.type if block.operation else "a comparison"
        seen = (
            f"The gradient is None for {share_of(history, hit)}: it enters the loss only as a threshold "
            f"({name}), and whether a value passes has no derivative."
        )
        return [Finding("hard-mask", names_of(history, hit), seen, block.place)]
    hit = {n: end for n, end in zero_paths(history).items() if end[1].kind == "mask"}
    if hit:
        asked, block = next(iter(hit.values()))
        loss = history.losses.get(asked.event.step)
        much = f", and the loss is {loss:g}" if loss is not None else ""
        seen = f"The gradient is exactly 0 for {share_of(history, hit)}: the mask keeps nothing{much}."
        return [Finding("hard-mask", names_of(history, hit), seen, _comparison(flow, block) or block.place)]
    return []


def _selects(flow: Flow, asked: Asked, block: Block) -> bool:
    """Whether a comparison's result chooses among values, or weights them, that the loss is made from."""
    if block.operation is None:
        return False
    route = set(flow.ancestors(asked.event.targets, asked.opened))
    waiting, seen = list(block.operation.outputs), set(block.operation.outputs)
    large: set[int] = set()
    while waiting:
        tensor = waiting.pop()
        for index in flow.takers.get(flow.resolve(tensor), ()):
            operation = flow.operation(index)
            if index not in route:
                continue
            others = [t for t in operation.inputs if t not in seen]
            if operation.type == "Where":  # the positions that boolean_mask gathers from
                return True
            choosing = operation.type in ("SelectV2", "Select") and operation.inputs[0] == tensor
            drowning = tensor in large and operation.type in ("AddV2", "Add", "Sub")
            if choosing or drowning or operation.type in _WEIGHTING:
                if any(_is_value(flow, t, route) for t in others):
                    return True
            if operation.type in _LOGIC or operation.type in SAME or operation.type in _SCALING:
                if tensor in large or any(_is_large(flow, t) for t in others):
                    large |= set(operation.outputs)
                waiting += [t for t in operation.outputs if t not in seen]
                seen |= set(operation.outputs)
    return False


def _is_large(flow: Flow, tensor: int) -> bool:
    """Whether a tensor is a number such as -1e9, which drowns the values that it is added to."""
    return any(m.largest >= 1e3 for m in flow.history.measured.get(flow.resolve(tensor), ()))


def _is_value(flow: Flow, tensor: int, route: set[int]) -> bool:
    """Whether a tensor holds values of their own: more than one number, and not filled with one.

    Or one that may well be a variable's: eager TensorFlow reads a variable that an operator
    is given without telling, so such a variable has a gradient and was never read.
    """
    maker = flow_maker(flow, tensor)
    if maker is not None:
        return maker.type not in _MADE_UP
    for index in flow.takers.get(flow.resolve(tensor), ()):
        operation = flow.operation(index)
        shape = operation.input_shapes[
            [flow.resolve(t) for t in operation.inputs].index(flow.resolve(tensor))
        ]
        return shape is None or len(shape) > 0 or _has_unseen_scalar(flow, route)
    return False


def _has_unseen_scalar(flow: Flow, route: set[int]) -> bool:
    """Whether a variable of one number has a gradient, and no operation on the way to the loss reads it."""
    on_the_way = map(flow.operation, route)
    read = {flow.resolve(o.inputs[0]) for o in on_the_way if o.type == "ReadVariableOp" and o.inputs}
    return any(
        info.shape == () and number not in read and "finite" in flow.history.kinds(number)
        for number, info in flow.history.variables.items()
    )


def _comparison(flow: Flow, block: Block) -> ev.Place | None:
    """The line of the comparison that a mask was made by."""
    if block.operation is None:
        return None
    waiting = list(block.operation.inputs)
    for _ in range(64):
        if not waiting:
            return None
        maker = flow_maker(flow, waiting.pop(0))
        if maker is None:
            continue
        if maker.output_dtypes[:1] == ("bool",):
            return maker.place
        if maker.type in PASSING or maker.type in _LOGIC or maker.type == "Where":
            waiting += maker.inputs
    return None


def non_differentiable_op(history: History, earlier: tuple[Finding, ...]) -> list[Finding]:
    """A loss, or a layer, made by an operation without derivative.

    Needs: the value flows from the variable to the loss, every way is cut,
    and the first cut is an operation such as `Round`, `Floor`, `ArgMax`,
    `OneHot` or a comparison; the gradient is None. A straight-through
    estimator or a custom gradient has another way, and a gradient.
    """
    explained = {v for f in earlier if f.fault == "hard-mask" for v in f.variables}
    hit = {
        n: end
        for n, end in missing_paths(history).items()
        if end[1].kind in ("step", "threshold") and history.name(n) not in explained
    }
    if not hit:
        return []
    _, block = next(iter(hit.values()))
    name = block.operation.type if block.operation else "an operation"
    seen = (
        f"The gradient is None for {share_of(history, hit)}: the way to the loss leads through {name}, "
        "which has no derivative."
    )
    return [Finding("non-differentiable-op", names_of(history, hit), seen, block.place)]


def zero_gradient_op(history: History, earlier: tuple[Finding, ...]) -> list[Finding]:
    """An operation whose derivative is 0 on every way to the loss.

    Needs: a gradient of exactly 0 in each step, and that every way from the
    variable goes through `Sign`, or through a clip whose result was on a
    bound in every entry. A clip that some entries pass leaves a gradient.
    """
    found = []
    for kind in ("flat", "clip"):
        hit = {n: end for n, end in zero_paths(history).items() if end[1].kind == kind}
        if not hit:
            continue
        _, block = next(iter(hit.values()))
        name = block.operation.type if block.operation else "an operation"
        why = (
            f"every value that {name} gave was a bound, where the derivative is 0"
            if kind == "clip"
            else f"the way to the loss leads through {name}, whose derivative is 0 everywhere"
        )
        seen = f"The gradient is exactly 0 for {share_of(history, hit)}, in every step: {why}."
        found.append(Finding("zero-gradient-op", names_of(history, hit), seen, block.place))
    return found


def loss_ignores_prediction(history: History, earlier: tuple[Finding, ...]) -> list[Finding]:
    """A loss that is made without what the model gave.

    Needs: a model was called inside the tape, its weights were asked for, and
    nothing that it or a layer of it gave (but its penalties) enters what was
    differentiated, nor was converted to something that could. For weights
    without a layer: the tape was asked for them, they were read inside it,
    and nothing made from any of them enters the loss. Or one head of several:
    its weights never got a gradient from any tape, and what was made from them
    inside the tape is used by nothing.
    """
    flow = flow_of(history)
    ends = missing_paths(history)
    explained = {v for finding in earlier for v in finding.variables}
    for asked in requests(history):
        if not any(flow.resolve(t) in flow.maker for t in asked.event.targets):
            continue
        sources = [flow.resolve(g.source) for g in asked.event.gradients]
        ignored = [n for n in sources if n in ends and ends[n][1].kind == "ignored"]
        if not ignored or {history.name(n) for n in ignored} <= explained:
            continue
        call = _ignored_call(flow, asked, sources)
        if call is not None:
            owned = set(history.layers[call.layer].trainable)
            names = names_of(history, [n for n in sources if n in owned])
            seen = (
                f"The model {history.layers[call.layer].name} was called inside the tape, and nothing "
                f"that it gave enters the loss: {_none(len(ignored), len(sources))}."
            )
            return [Finding("loss-ignores-prediction", names, seen, _loss_line(flow, asked) or call.place)]
        if set(ignored) == set(sources) and not any(n in _layered(history) for n in ignored):
            seen = (
                "The variables were used inside the tape, and nothing made from them enters the loss: "
                f"{_none(len(ignored), len(sources))}."
            )
            place = _loss_line(flow, asked) or asked.event.place
            return [Finding("loss-ignores-prediction", names_of(history, ignored), seen, place)]
        forgotten = [n for n in ignored if history.name(n) not in explained]
        if forgotten and _returned_in_vain(flow, asked, forgotten):
            share = share_of(history, {n: ends[n] for n in forgotten})
            seen = (
                f"A part of what the model gives is made by {share} and enters no loss: the gradient is None."
            )
            place = _loss_line(flow, asked) or asked.event.place
            return [Finding("loss-ignores-prediction", names_of(history, forgotten), seen, place)]
    return []


def _returned_in_vain(flow: Flow, asked: Asked, ignored: list[int]) -> bool:
    """Whether values made from each variable come to an end that nothing uses, as a head's result does."""
    calls = [e for e in flow.events[asked.opened : asked.index] if isinstance(e, ev.LayerCalled)]
    penalties = {flow.resolve(t) for call in calls for t in call.losses}
    for number in ignored:
        made = flow.descendants(number, asked.index, asked.opened) - {number}
        ends = [t for t in made if not any(i < asked.index for i in flow.takers.get(t, ()))]
        makers = [flow_maker(flow, t) for t in ends if t not in penalties]
        if not any(o is not None and o.type not in ("ReadVariableOp", *PASSING) for o in makers):
            return False
    return True


def _none(count: int, total: int) -> str:
    return f"the gradient is None for {count} of {total} variables"


def _layered(history: History) -> set[int]:
    return {n for layer in history.layers.values() for n in (*layer.trainable, *layer.frozen)}


def _ignored_call(flow: Flow, asked: Asked, sources: list[int]) -> ev.LayerCalled | None:
    """The outermost call whose results, and whose layers' results, the loss is made without."""
    history = flow.history
    wanted = set(sources)
    calls = [
        event
        for event in flow.events[asked.opened + 1 : asked.index]
        if isinstance(event, ev.LayerCalled)
        and asked.event.tape in event.tapes
        and event.outputs
        and wanted & set(history.layers[event.layer].trainable)
    ]
    penalties = frozenset(flow.resolve(t) for call in calls for t in call.losses)
    outputs = {flow.resolve(t) for call in calls for t in call.outputs}
    route = flow.ancestors(asked.event.targets, asked.opened, penalties)
    used = {flow.resolve(t) for index in route for t in flow.operation(index).inputs}
    used |= {flow.resolve(t) for t in asked.event.targets}
    if used & outputs:
        return None
    return next((call for call in calls if call.depth == 0), None)


def _loss_line(flow: Flow, asked: Asked) -> ev.Place | None:
    """The line on which what was differentiated was made."""
    for target in asked.event.targets:
        maker = flow_maker(flow, target)
        if maker is not None and maker.place is not None:
            return maker.place
    return None


# -- (N, 1) against (N,) ----------------------------------------------------------------------------

_ELEMENTWISE = frozenset(
    {"Sub", "SquaredDifference", "Mul", "AddV2", "RealDiv", "DivNoNan", "Maximum", "Minimum", "Pow", "Xdivy"}
    | {"Xlogy", "SelectV2"}
)
_PRODUCTS = frozenset(
    {
        "MatMul",
        "BatchMatMulV2",
        "BatchMatMulV3",
        "Conv1D",
        "Conv2D",
        "Conv3D",
        "Einsum",
        "DepthwiseConv2dNative",
    }
    | {"ReadVariableOp", "ResourceGather", "GatherV2"}
)


def broadcast_loss(history: History, earlier: tuple[Finding, ...]) -> list[Finding]:
    """A column against a row: N×N differences where N were meant.

    Needs: on the way from the model to the loss, after its last product, an
    elementwise operation takes a tensor of shape (…, 1) and one of the same
    shape without that last axis, one made from trained variables and the
    other not, and gives more entries than either has. Differences of all
    pairs are written on purpose as (N, 1) against (1, N).
    """
    flow = flow_of(history)
    for asked in requests(history):
        route = flow.ancestors(asked.event.targets, asked.opened)
        sources = {flow.resolve(g.source) for g in asked.event.gradients if g.is_variable}
        made = _made_from(flow, route, sources)
        last = max((i for i in route if _ends_model(flow, i, made)), default=-1)
        for index in route:
            if index < last:
                continue
            operation = flow.operation(index)
            pair = _column_and_row(operation)
            if pair is None:
                continue
            first, second = (flow.resolve(operation.inputs[i]) in made for i in pair)
            if first == second:
                continue
            shapes = [operation.input_shapes[i] for i in pair]
            seen = (
                f"{operation.type} combines shapes {_text(shapes[0])} and {_text(shapes[1])} and gives "
                f"{_text(operation.output_shapes[0])}: every prediction meets every target."
            )
            learned = [v for v in history.variables if v in sources and v in made]
            return [Finding("broadcast-loss", names_of(history, learned), seen, operation.place)]
    return []


def _made_from(flow: Flow, route: list[int], sources: set[int]) -> set[int]:
    """Numbers of the tensors on a route that come from sources by operations that keep a derivative."""
    made = set(sources)
    for index in route:
        operation = flow.operation(index)
        if set(map(flow.resolve, operation.inputs)) & made and operation.output_dtypes[:1] not in (
            ("int32",),
            ("int64",),
            ("bool",),
        ):
            made |= set(map(flow.resolve, operation.outputs))
    return made


def _ends_model(flow: Flow, index: int, made: set[int]) -> bool:
    """Whether an operation still belongs to the model: a product with, or the reading of, a weight."""
    operation = flow.operation(index)
    return operation.type in _PRODUCTS and bool(set(map(flow.resolve, operation.inputs)) & made)


def _column_and_row(operation: ev.Operation) -> tuple[int, int] | None:
    """Positions of the inputs (…, N, 1) and (…, N) that an elementwise operation spread over each other."""
    if operation.type not in _ELEMENTWISE or not operation.output_shapes:
        return None
    out = operation.output_shapes[0]
    shapes = operation.input_shapes
    for a, long in enumerate(shapes):
        for b, short in enumerate(shapes):
            if not long or not short or out is None or long[-1] != 1 or long[:-1] != short:
                continue
            if out == (*long[:-1], short[-1]) and short[-1] != 1:
                return a, b
    return None


def _text(shape: tuple[int, ...] | None) -> str:
    if shape is None:
        return "(unknown)"
    inner = ", ".join("N" if n == -1 else str(n) for n in shape)
    return f"({inner},)" if len(shape) == 1 else f"({inner})"


# -- twice -----------------------------------------------------------------------------------------------

_CROSS_ENTROPIES = frozenset({"SoftmaxCrossEntropyWithLogits", "SparseSoftmaxCrossEntropyWithLogits"})


def double_softmax(history: History, earlier: tuple[Finding, ...]) -> list[Finding]:
    """Probabilities given to a loss that applies the softmax itself.

    Needs: the result of `Softmax` enters, unchanged but for its shape or its
    floating type, a cross-entropy with logits as its logits, or another
    softmax; and what comes out enters the loss. A mean of several such results
    is no logits either. A softmax given as labels is fine.
    """
    flow = flow_of(history)
    for asked in requests(history):
        route = flow.ancestors(asked.event.targets, asked.opened)
        sources = {flow.resolve(g.source) for g in asked.event.gradients if g.is_variable}
        made = _made_from(flow, route, sources)
        for index in route:
            operation = flow.operation(index)
            if operation.type not in (*_CROSS_ENTROPIES, "Softmax", "LogSoftmax"):
                continue
            if operation.type in _CROSS_ENTROPIES:
                softmax = _probabilities_behind(flow, operation.inputs[0], made)
            else:
                softmax = _softmax_behind(flow, operation.inputs[0])
            if softmax is None or not set(map(flow.resolve, softmax.inputs)) & made:
                continue
            classes = (softmax.output_shapes[0] or (-1,))[-1]
            seen = f"The result of a Softmax{_at(softmax.place)} goes into {operation.type} as logits" + (
                f", over {classes} classes." if classes > 0 else "."
            )
            learned = [v for v in history.variables if v in sources and v in made]
            return [Finding("double-softmax", names_of(history, learned), seen, operation.place)]
        last = max((i for i in route if _ends_model(flow, i, made)), default=-1)
        for index in route:
            squashed = _squashed_twice(flow, index, made) if index > last else None
            if squashed is not None and set(map(flow.resolve, squashed.inputs)) & made:
                seen = (
                    f"The result of a {squashed.type}{_at(squashed.place)} goes into a cross-entropy that "
                    "takes logits and applies the sigmoid itself."
                )
                learned = [v for v in history.variables if v in sources and v in made]
                place = flow.operation(index).place
                return [Finding("double-softmax", names_of(history, learned), seen, place)]
    return _warned_of_probabilities(history)


#: What Keras says when it is promised logits and finds the activation that made them into probabilities.
_NOT_LOGITS = "thus does not represent logits"


def _warned_of_probabilities(history: History) -> list[Finding]:
    """Keras itself noticed: it was promised logits, got probabilities, and took what they were made from.

    The arithmetic is then right by this favour alone, and only where the
    activation is the very last operation; the program asks for it twice.
    """
    for event in history.events(ev.Warned):
        if _NOT_LOGITS in event.message:
            asked = next(iter(requests(history)), None)
            sources = [] if asked is None else [history.resolve(g.source) for g in asked.event.gradients]
            activation = "Sigmoid" if "igmoid" in event.message else "Softmax"
            seen = (
                f"The loss was told from_logits=True, and the model ends in a {activation}. Keras noticed, "
                "and took the numbers before it this once; any operation in between, and it would not."
            )
            place = next((e.place for e in history.events(ev.Compiled)), None)
            place = place or (asked.event.place if asked else None)
            learned = [n for n in sources if n in history.variables]
            return [Finding("double-softmax", names_of(history, learned), seen, place)]
    return []


def _squashed_twice(flow: Flow, index: int, made: set[int]) -> ev.Operation | None:
    """The sigmoid or softmax whose result z an operation takes as log(1 + exp(±z)), as with logits."""
    operation = flow.operation(index)
    if operation.type == "Log1p":
        exponential = flow_maker(flow, operation.inputs[0])
        if exponential is None or exponential.type != "Exp":
            return None
        operation = exponential
    elif operation.type != "Softplus":
        return None
    waiting = list(operation.inputs)
    for _ in range(12):
        tensor = waiting.pop(0) if waiting else 0
        maker = flow_maker(flow, tensor)
        if maker is None:
            continue
        squashed = _probabilities_behind(flow, tensor, made, ("Sigmoid", "Softmax"))
        if squashed is not None:
            return squashed
        if maker.type in ("Neg", "Abs", "SelectV2", "Select", "Minimum", "Maximum") or maker.type in PASSING:
            waiting += maker.inputs
    return None


def _at(place: ev.Place | None) -> str:
    return f" on line {place.line}" if place is not None else ""


def _softmax_behind(flow: Flow, tensor: int) -> ev.Operation | None:
    """The softmax that gave a tensor, but for changes of shape and floating type."""
    for _ in range(12):
        maker = flow_maker(flow, tensor)
        if maker is None or maker.type == "Softmax":
            return maker
        if maker.type not in PASSING or not maker.inputs:
            return None
        tensor = maker.inputs[0]
    return None


def _probabilities_behind(
    flow: Flow, tensor: int, made: set[int], kinds: tuple[str, ...] = ("Softmax",)
) -> ev.Operation | None:
    """The activation that gave a tensor, also if it is a mean of several activations' results.

    A mixture of probabilities is made by sums, means, and products with a weight; all that is learned and
    added up has to be probabilities, of as many classes.
    """
    waiting, found = [tensor], None
    for _ in range(48):
        if not waiting:
            return found
        maker = flow_maker(flow, waiting.pop())
        if maker is None or (maker.type in ("Mean", "Sum") and not _keeps_classes(maker)):
            return None
        learned = [t for t in maker.inputs if flow.resolve(t) in made]
        if maker.type in kinds:
            found = found or maker
        elif maker.type in PASSING or maker.type in ("Mean", "Sum", "ClipByValue"):
            waiting += maker.inputs[:1]
        elif maker.type in ("AddV2", "Add", "AddN", "Pack", "ConcatV2", "Minimum", "Maximum") and learned:
            waiting += learned
        elif maker.type in ("Mul", "RealDiv", "DivNoNan"):
            shapes = zip(maker.inputs, maker.input_shapes)
            whole = [t for t, shape in shapes if t in learned and shape == maker.output_shapes[0]]
            if len(whole) != 1:
                return None
            waiting += whole
        else:
            return None
    return None


def _keeps_classes(operation: ev.Operation) -> bool:
    """Whether a sum or mean leaves the last axis, that of the classes, as long as it is."""
    shapes = [*operation.input_shapes[:1], *operation.output_shapes[:1]]
    return len(shapes) == 2 and all(shapes) and shapes[0][-1] == shapes[1][-1]


RULES = (
    ("hard-mask", hard_mask),
    ("non-differentiable-op", non_differentiable_op),
    ("zero-gradient-op", zero_gradient_op),
    ("loss-ignores-prediction", loss_ignores_prediction),
    ("broadcast-loss", broadcast_loss),
    ("double-softmax", double_softmax),
)
