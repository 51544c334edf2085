"""Parameters and penalties that belong to a loss."""

from autograder.judging import training
from autograder.judging.history import Finding, History
from autograder.judging.training import listed, names
from autograder.observing import events as ev

_LOSS_WORDS = ("loss", "criterion", "objective", "likelihood", "penalty")
_LINEAR = (
    "AddV2",
    "Add",
    "AddN",
    "Sum",
    "Mean",
    "Identity",
    "Reshape",
    "Squeeze",
    "ExpandDims",
    "Cast",
    "Pack",
    "StridedSlice",
    "Unpack",
    "ConcatV2",
    "Split",
    "ReadVariableOp",
)
_NEVER_NEGATIVE = (
    "Square",
    "SquaredDifference",
    "Abs",
    "L2Loss",
    "Softplus",
    "Relu",
    "Exp",
    "Sqrt",
    "SparseSoftmaxCrossEntropyWithLogits",
    "SoftmaxCrossEntropyWithLogits",
)


def loss_parameter_missing(history: History, earlier: tuple[Finding, ...]) -> list[Finding]:
    """A parameter of the loss is trained by nobody.

    Proof: the loss depends on a trainable variable that no tape was asked for
    and nothing moved, while others are trained; and it belongs to the loss:
    it is an attribute of a loss object, or it meets the prediction only after
    the prediction has met the target.
    """
    train = training.of(history)
    hit, asks = [], []
    for number, ask in [] if train.failed_at_once() else train.left_out():
        if train.frozen(number) or train.remade(number) or not train.learns_something(ask):
            continue
        if belongs_to_loss(history, number, ask):
            hit.append(number)
            asks.append(ask)
    if not hit:
        return []
    count = len({history.resolve(g.source) for g in asks[0].gradients})
    seen = (
        f"The loss depends on {listed(names(history, hit))}, which kept the starting value in "
        f"{history.steps} steps: the tape is asked for {count} other variables only."
    )
    return [Finding("loss-parameter-missing", names(history, hit), seen, history.variables[hit[0]].made_at)]


def belongs_to_loss(history: History, number: int, ask: ev.GradientsAsked) -> bool:
    """Whether a variable is a part of the loss, not of the model."""
    info, train = history.variables[number], training.of(history)
    if info.home == "loss" or any(word in info.owner.lower() for word in _LOSS_WORDS if info.owner):
        return True
    if info.home == "layer" and train.layer_of.get(number) is not None:
        return False
    return _after_target(history, number, ask)


def _after_target(history: History, number: int, ask: ev.GradientsAsked) -> bool:
    """Whether every meeting of the variable with trained values comes after those met outside data."""
    train = training.of(history)
    behind = train.behind(ask)
    trained = {history.resolve(g.source) for g in ask.gradients} - {number}
    from_variable = _made_from(history, {number}, behind)
    from_trained = _made_from(history, trained, behind)
    meetings = 0
    for operation in train.operations():
        outputs = {history.resolve(t) for t in operation.outputs}
        if operation.backward or operation.updating or not outputs & behind:
            continue
        inputs = {history.resolve(t) for t in operation.inputs}
        others = (inputs & from_trained) - from_variable - {number}
        if inputs & (from_variable | {number}) and others:
            meetings += 1
            if operation.type in ("Sub", "SquaredDifference") and _chosen_for(history, number, others):
                continue
            if not any(_has_met_target(history, other, from_trained) for other in others):
                return False
    return meetings > 0


def _chosen_for(history: History, number: int, others: set[int]) -> bool:
    """Whether rows of a variable, chosen as centers are, are what a model's result is compared with."""
    chosen = any(user.type in ("ResourceGather", "GatherV2") for user in _readers(history, number))
    calls = [c for c in history.events(ev.LayerCalled) if isinstance(c, ev.LayerCalled) and c.depth == 0]
    return chosen and all(any(other in c.outputs for c in calls) for other in others)


def _readers(history: History, number: int) -> list[ev.Operation]:
    """Operations that take a variable, or its value."""
    users = list(history.users[number])
    return users + [
        u
        for user in users
        if user.type == "ReadVariableOp"
        for t in user.outputs
        for u in history.users[history.resolve(t)]
    ]


def _made_from(history: History, sources: set[int], within: frozenset[int]) -> set[int]:
    found: set[int] = set()
    waiting = list(sources)
    while waiting:
        for user in history.users[waiting.pop()]:
            if user.backward or user.updating:
                continue
            for out in map(history.resolve, user.outputs):
                if out in within and out not in found:
                    found.add(out)
                    waiting.append(out)
    return found


def _has_met_target(history: History, tensor: int, from_trained: set[int]) -> bool:
    """Whether on the way to a tensor something made by the model met data: labels, not inputs."""
    found, waiting = set(), [tensor]
    while waiting:
        tensor = waiting.pop()
        operation = history.maker.get(tensor)
        if tensor in found or operation is None or tensor not in from_trained:
            continue
        found.add(tensor)
        inputs = [history.resolve(t) for t in operation.inputs]
        if "CrossEntropy" in operation.type:
            return True
        for t, shape in zip(inputs, operation.input_shapes):
            known = t in from_trained or t in history.variables
            data = t not in history.maker or history.maker[t].type in (
                "Placeholder",
                "IteratorGetNext",
                "Cast",
            )
            reading = t in history.maker and history.maker[t].type == "ReadVariableOp"
            model = any(i in from_trained and not _is_read(history, i) for i in inputs)
            if model and not known and data and not reading and shape and operation.type in _COMPARING:
                return True
        waiting += inputs
    return False


_COMPARING = (
    "Sub",
    "SquaredDifference",
    "Mul",
    "RealDiv",
    "Maximum",
    "Minimum",
    "Equal",
    "SelectV2",
    "AddV2",
)


def _is_read(history: History, tensor: int) -> bool:
    operation = history.maker.get(tensor)
    return operation is not None and operation.type == "ReadVariableOp"


def loss_rebuilt_each_step(history: History, earlier: tuple[Finding, ...]) -> list[Finding]:
    """A loss with a parameter is made anew in each step.

    Proof: at the same line, in several steps, a trainable variable was made
    that the loss depends on; the program asks for its gradient; and it is no
    input that is optimised for one batch, but meets values that other trained
    variables were used for. (A layer that is made in each call is an untracked
    variable.)
    """
    train = training.of(history)
    for number in sorted(history.variables):
        info = history.variables[number]
        same = train.remade(number)
        if not same or not info.trainable or (info.home == "layer" and number in train.layer_of):
            continue
        asks = [a for a in train.kept_asks() if number in train.behind(a)]
        asks = [a for a in asks if info.home == "loss" or _meets_trained(history, number, a)]
        if not asks or not (set(same) & train.asked or info.home == "loss"):
            continue
        seen = (
            f"In {history.steps} steps {len(same)} variables {info.name} of shape {info.shape} "
            f"were made at the same line, each with the starting value{_unknown(history)}."
        )
        return [Finding("loss-rebuilt-each-step", names(history, same), seen, _rebuilt_at(history, info))]
    return []


def _meets_trained(history: History, number: int, ask: ev.GradientsAsked) -> bool:
    """Whether the variable meets values made from other variables, rather than going into them."""
    train = training.of(history)
    behind = train.behind(ask)
    others = {n for n in train.asked if n in history.variables and n != number and n in behind}
    others = {n for n in others if not train.remade(n)}
    mine, theirs = _made_from(history, {number}, behind), _made_from(history, others, behind)
    for operation in train.operations():
        if operation.backward or operation.updating:
            continue
        inputs = {history.resolve(t) for t in operation.inputs}
        met = (inputs & theirs) - mine
        if inputs & mine and any(not _is_read(history, t) for t in met):
            return True
    return False


def _unknown(history: History) -> str:
    for event in history.events(ev.Raised):
        assert isinstance(event, ev.Raised)
        if "nknown variable" in event.message or "singleton tf.Variable" in event.message:
            return f"; {event.type} followed, because the optimizer or the graph knows only the first"
    return ""


def _rebuilt_at(history: History, info: ev.VariableInfo) -> ev.Place | None:
    return info.made_at


def unbounded_loss_parameter(history: History, earlier: tuple[Finding, ...]) -> list[Finding]:
    """The weight of a penalty is minimised together with the penalty.

    Proof: a trained variable enters the loss only as a factor of a term that
    cannot be negative, or of one number for a constraint, which is learned
    together with it, and what follows is linear: the more negative it is (for
    a constraint that holds, the more positive), the lower the loss, without
    end. Its own gradient reaches it unchanged in sign, and it moves. A
    logarithm, an exponential or any other use of it bounds the loss or keeps
    the factor positive, and then nothing is said.
    """
    train = training.of(history)
    for ask in train.kept_asks():
        for gradient in ask.gradients:
            number = history.resolve(gradient.source)
            info = history.variables.get(number)
            if info is None or not gradient.is_variable or not history.moved(number) or len(info.shape) > 1:
                continue
            if not _only_a_factor(history, number, ask) or _turned_round(history, number):
                continue
            low = min(history.loss_series(), default=0.0)
            moved = sum(history.movements(number))
            seen = (
                f"{info.name} enters the loss only as the factor of a term, and is minimised together with "
                f"it: it went {moved:.3g} in {history.steps} steps, and the loss got down to {low:.4g}."
            )
            return [Finding("unbounded-loss-parameter", (info.name,), seen, info.made_at)]
    return []


def _only_a_factor(history: History, number: int, ask: ev.GradientsAsked) -> bool:
    """Whether all that is made of the variable is a product with a term that is never negative, then sums."""
    train = training.of(history)
    behind = train.behind(ask)
    trained = {history.resolve(g.source) for g in ask.gradients} - {number}
    from_trained = _made_from(history, trained, behind)
    products = 0
    waiting, found = [(number, False)], set()
    while waiting:
        tensor, multiplied = waiting.pop()
        if (tensor, multiplied) in found:
            continue
        found.add((tensor, multiplied))
        for user in history.users[tensor]:
            outputs = [history.resolve(t) for t in user.outputs]
            if user.backward or user.updating or not set(outputs) & behind:
                continue
            if user.type == "Mul" and not multiplied:
                other = [history.resolve(t) for t in user.inputs if history.resolve(t) != tensor]
                bounded = other and other[0] in from_trained
                if bounded and (
                    _never_negative(history, other[0]) or _is_constraint(history, user, other[0])
                ):
                    products += 1
                    waiting += [(out, True) for out in outputs]
                elif other and _constant(history, other[0]):
                    waiting += [(out, False) for out in outputs]
                else:
                    return False
            elif user.type in ("Mul", "RealDiv", "DivNoNan") and multiplied:
                if not any(_constant(history, history.resolve(t)) for t in user.inputs):
                    return False
                waiting += [(out, True) for out in outputs]
            elif user.type in ("AddV2", "Add", "AddN") and not multiplied:
                return False
            elif user.type in _LINEAR:
                waiting += [(out, multiplied) for out in outputs]
            else:
                return False
    return products > 0


def _is_constraint(history: History, product: ev.Operation, tensor: int) -> bool:
    """Whether a factor is a single number, or one for each multiplier, that compares with a bound.

    Behind stop_gradient it is a given number, as in the loss of a multiplier that is trained by itself.
    """
    shapes = set(product.input_shapes)
    operation = history.maker.get(tensor)
    if len(shapes) != 1 or len(next(iter(shapes)) or ()) > 1 or operation is None:
        return False
    if next(iter(shapes)) is None or operation.type not in ("Sub", "AddV2"):
        return False
    return any(_constant(history, history.resolve(t)) for t in operation.inputs)


def _constant(history: History, tensor: int) -> bool:
    """A plain number: nothing made it, or a constant of a graph."""
    operation = history.maker.get(tensor)
    return tensor not in history.variables and (operation is None or operation.type in ("Const", "Cast"))


def _never_negative(history: History, tensor: int) -> bool:
    """Whether a tensor is a square, an absolute value and the like, or a mean, sum or stack of such."""
    operation = history.maker.get(tensor)
    if operation is None:
        return False
    if operation.type in _NEVER_NEGATIVE:
        return True
    inputs = [history.resolve(t) for t in operation.inputs]
    if operation.type in ("Pow", "Mul"):
        if operation.type == "Mul" and len(set(inputs)) == 1:
            return True
        if operation.type == "Pow":
            return True
    if operation.type in ("Sum", "Mean", "Identity", "Reshape", "Squeeze", "ExpandDims", "Cast", "Max"):
        return _never_negative(history, inputs[0])
    if operation.type in ("AddV2", "Add", "AddN", "Pack"):
        return all(_never_negative(history, t) for t in inputs)
    if operation.type in ("Mul", "RealDiv", "DivNoNan"):
        return any(_never_negative(history, t) for t in inputs) and any(_constant(history, t) for t in inputs)
    return False


def _turned_round(history: History, number: int) -> bool:
    """Whether the gradient's sign is changed before it reaches the variable, as for a multiplier."""
    train = training.of(history)
    for given in train.given:
        if given.variable != number:
            continue
        operation = history.maker.get(given.tensor)
        if operation is not None and operation.type == "Neg":
            return True
        if not given.by_optimizer and any(
            w.type == "AssignAddVariableOp" and w.inputs[-1] == given.tensor for w in train.writes[number]
        ):
            return operation is None or operation.type != "Neg"
    return False


def ignored_layer_losses(history: History, earlier: tuple[Finding, ...]) -> list[Finding]:
    """Layers have losses of their own and the loss that is differentiated has none of them.

    Proof: a model was called inside the tape and what it gave enters the loss;
    the tape is asked for its weights; after the call it has losses of its own;
    and no such loss, of this model or of any layer, enters the loss.
    """
    train = training.of(history)
    read = {
        history.resolve(t)
        for e in history.events(ev.LossesRead)
        if isinstance(e, ev.LossesRead)
        for t in e.tensors
    }
    for ask in train.kept_asks():
        behind = train.behind(ask)
        sources = {history.resolve(g.source) for g in ask.gradients}
        for call in train.calls(ask.tape):
            model = history.layers[call.layer]
            if call.depth or not call.losses or not sources & set(model.trainable):
                continue
            if not {history.resolve(t) for t in call.outputs} & behind:
                continue
            if behind & (read | {history.resolve(t) for t in call.losses}):
                continue
            plural = "loss" if len(call.losses) == 1 else "losses"
            seen = (
                f"{model.name} has {len(call.losses)} {plural} of its own after the call, and what "
                f"is differentiated contains none of them."
            )
            return [Finding("ignored-layer-losses", (), seen, ask.place)]
    return []


RULES = (
    ("loss-rebuilt-each-step", loss_rebuilt_each_step),
    ("loss-parameter-missing", loss_parameter_missing),
    ("unbounded-loss-parameter", unbounded_loss_parameter),
    ("ignored-layer-losses", ignored_layer_losses),
)
