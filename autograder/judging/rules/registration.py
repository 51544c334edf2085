"""Weights that are no variables, or variables that nobody sees."""

from collections.abc import Iterable

from autograder.judging import training
from autograder.judging.flow import PASSING
from autograder.judging.history import Finding, History
from autograder.judging.training import listed, names
from autograder.observing import events as ev

_MIXING = ("MatMul", "BatchMatMulV2", "Einsum", "Mul", "AddV2", "Add", "BiasAdd", "Sub", "Conv2D", "RealDiv")
_PARTS = {"StridedSlice", "GatherV2", "Slice", "Unpack", "Split", "Transpose", "ConcatV2", "Pack", "GatherNd"}
#: How TensorFlow names tensors that are made as starting values.
_DRAWN = ("random_normal", "random_uniform", "truncated_normal", "zeros", "ones", "Fill")
#: Random features are meant to stay as they are: fixed projections under a wave.
_WAVES = ("Cos", "Sin")


def not_a_variable(history: History, earlier: tuple[Finding, ...]) -> list[Finding]:
    """A plain tensor is used as a weight.

    Proof, loud: the program gave the optimizer a plain tensor where a variable
    belongs, or asked for a tensor's gradient and then failed to change the
    tensor in place. Silent: a layer, module or other object keeps a tensor
    that was drawn at random, or that has the same value everywhere, as weights
    have that are about to be learned; the loss depends on it where activations
    are mixed with it, and no step can change it. Tables of constants are
    neither, and fixed random features go through a sine or cosine.
    """
    if any(event.form in ("variables first", "two lists") for event in history.events(ev.HandedOver)):
        return []  # what stands in the variable's place is the gradient
    found = _tensors_given(history) or _tensors_changed(history) or _tensors_leaked(history)
    return found or _tensors_kept(history)


def _tensors_given(history: History) -> list[Finding]:
    for event in history.events(ev.Applied):
        assert isinstance(event, ev.Applied)
        plain = [v for _, v in event.pairs if v and history.resolve(v) not in history.variables]
        if plain and not any(_rebinding(history, t) for t in plain):
            seen = (
                f"Of {len(event.pairs)} pairs that the optimizer was given, {len(plain)} name a plain tensor."
            )
            return [Finding("not-a-variable", (), seen, _first_made(history, plain) or event.place)]
    return []


def _tensors_changed(history: History) -> list[Finding]:
    for event in history.events(ev.Raised):
        assert isinstance(event, ev.Raised)
        if event.type != "AttributeError" or "Tensor" not in event.message or made_too_late(history, event):
            continue
        if any(f"'{word}" in event.message for word in ("assign", "_unique_id", "handle", "trainable")):
            seen = f"The program tried to change a plain tensor in place: {_last_line(event.message)}."
            return [Finding("not-a-variable", (), seen, event.place)]
    return []


def made_too_late(history: History, raised: ev.Raised) -> bool:
    """Whether weights of a Keras model have no value, because its first call was in a later trace.

    Keras puts a variable off that TensorFlow forbids to make; the tape is then
    asked for something that has no handle.
    """
    asks = [a for a in history.events(ev.GradientsAsked)]
    late = bool(asks) and asks[-1].failed and asks[-1].symbolic and asks[-1].step == raised.step
    return late and "'SymbolicTensor' object has no attribute 'handle'" in raised.message


def _last_line(message: str) -> str:
    """What an exception says, without the stack that AutoGraph puts before it."""
    lines = [line.strip() for line in message.strip().splitlines() if line.strip()]
    return lines[-1].rstrip(".") if lines else ""


def _tensors_leaked(history: History) -> list[Finding]:
    """A layer made its weights as tensors while a graph was built, and they are gone with the graph."""
    for event in history.events(ev.Raised):
        assert isinstance(event, ev.Raised)
        drawn = any(word in event.message.split("shape=")[0] for word in _DRAWN)
        if event.type != "InaccessibleTensorError" or not drawn:
            continue
        kept = [e.name for e in history.events(ev.Leaked) if isinstance(e, ev.Leaked) and "." in e.name]
        if kept:
            seen = (
                f"{kept[0]} is a plain tensor with starting values. It was gone with the graph that made it."
            )
            return [Finding("not-a-variable", (kept[0],), seen, event.place)]
    return []


def _tensors_kept(history: History) -> list[Finding]:
    train = training.of(history)
    found = []
    for tensor in history.log.tensors:
        if tensor.id in train.gradient_of or not _looks_like_weights(history, tensor):
            continue
        asks = [a for a in train.kept_asks() if tensor.id in train.behind(a) and train.learns_something(a)]
        if asks and _is_mixed(history, tensor.id):
            seen = (
                f"{tensor.owner}.{tensor.name}, of shape {tensor.shape}, is a plain tensor. The "
                f"loss depends on it, and no tape was asked for its gradient in {history.steps} steps."
            )
            found.append(Finding("not-a-variable", (tensor.name,), seen, _first_made(history, [tensor.id])))
    return found


def _is_mixed(history: History, tensor: int) -> bool:
    """Whether a tensor, or a part of it, meets other values in a product or a sum."""
    frontier = {tensor}
    for _ in range(4):
        users = [user for t in frontier for user in history.users[t]]
        if any(user.type in _MIXING for user in users):
            return True
        frontier = {out for user in users if user.type in PASSING | _PARTS for out in user.outputs}
    return False


def _looks_like_weights(history: History, tensor: ev.TensorInfo) -> bool:
    """Drawn at random or the same everywhere, before training, and not under a wave."""
    size = 1
    for length in tensor.shape:
        size *= length
    if size < 2 or not (tensor.uniform or _random(history, tensor.id)):
        return False
    operation = history.maker.get(tensor.id)
    if operation is not None and (operation.step > 0 or operation.symbolic):
        return False
    frontier = {tensor.id}
    for _ in range(4):
        users = [user for t in frontier for user in history.users[t]]
        if any(user.type in _WAVES for user in users):
            return False
        frontier = {out for user in users for out in user.outputs}
    return True


def _random(history: History, tensor: int) -> bool:
    found, waiting = set(), [tensor]
    while waiting:
        operation = history.maker.get(waiting.pop())
        if operation is None or operation.outputs in found:
            continue
        found.add(operation.outputs)
        if "Random" in operation.type or "Multinomial" in operation.type:
            return True
        waiting += [history.resolve(t) for t in operation.inputs]
    return False


def _first_made(history: History, tensors: Iterable[int]) -> ev.Place | None:
    operations = [history.maker[t] for t in tensors if t in history.maker]
    return operations[0].place if operations else None


def untracked_variable(history: History, earlier: tuple[Finding, ...]) -> list[Finding]:
    """A variable is used inside a Keras model that does not know it.

    Proof: between what the model was called with and what it returned lies a
    read of a trainable variable that is not among the model's weights; no tape
    was ever asked for it and no step moved it. That holds for an attribute
    that Keras does not track, for layers in another object, and for a layer
    that is new in each call.
    """
    train = training.of(history)
    hit: dict[int, tuple[ev.LayerInfo, ev.LayerCalled]] = {}
    for number in _unseen(history):
        for call in _outer_calls(history):
            model = history.layers[call.layer]
            inside = number in train.upstream(call.outputs, 0, without=call.inputs)
            if inside and number not in model.trainable and number not in model.frozen:
                hit[number] = (model, call)
                break
    hit = {n: found for n, found in hit.items() if not train.frozen(n) or train.layer_of.get(n) is None}
    if not hit:
        return []
    model = next(iter(hit.values()))[0]
    every = sorted({other for n in hit for other in (train.remade(n) or [n])})
    shown = names(history, every)
    times = f"; {len(every)} of them were made while training" if any(map(train.remade, hit)) else ""
    seen = (
        f"{model.name} uses {listed(shown)}, and {'they are' if len(shown) > 1 else 'it is'} not among its "
        f"{len(model.trainable)} trainable weights. No tape was asked for it, and it did not move{times}."
    )
    return [Finding("untracked-variable", shown, seen, history.variables[min(hit)].made_at)]


def _unseen(history: History) -> list[int]:
    """Trainable variables that no tape was asked for and that nothing moved."""
    train = training.of(history)
    left = [n for n, _ in train.left_out()]
    if not train.asks or not any(a.gradients for a in train.asks):
        left += [
            v.id
            for v in history.variables.values()
            if training.is_float(v)
            and v.trainable
            and not history.moved(v.id)
            and not train.set_by_hand(v.id)
        ]
    left = [n for n in dict.fromkeys(left) if history.variables[n].trainable]
    return [n for n in left if not train.copies_a_value(n)]


def _outer_calls(history: History) -> list[ev.LayerCalled]:
    """Calls of models and layers from outside, in training."""
    calls = [c for c in history.events(ev.LayerCalled) if isinstance(c, ev.LayerCalled) and c.depth == 0]
    return [c for c in calls if c.tapes or _fits_without_weights(history, c.layer)]


def _fits_without_weights(history: History, layer: int) -> bool:
    fits = [f for f in history.events(ev.Fitted) if isinstance(f, ev.Fitted) and f.layer == layer]
    return bool(fits) and not history.layers[layer].trainable


def variables_read_before_build(history: History, earlier: tuple[Finding, ...]) -> list[Finding]:
    """The list of variables is older than the variables.

    Proof: the program read a layer's list of variables; afterwards the layer
    made a variable that belongs into it; the loss depends on that variable, or
    the list that the tape was asked with is empty; and no tape was ever asked
    for it.
    """
    train = training.of(history)
    made = {
        out: index
        for index, event in enumerate(history.log.events)
        if isinstance(event, ev.Operation) and event.type == "VarHandleOp"
        for out in event.outputs
    }
    left = {n for n, _ in train.left_out()}
    nothing_asked = bool(train.asks) and not any(a.gradients for a in train.asks)
    for index, event in enumerate(history.log.events):
        if not isinstance(event, ev.ListRead):
            continue
        layer = history.layers[event.layer]
        late = [n for n in layer.trainable if n not in event.variables and made.get(n, -1) > index]
        hit = [n for n in late if n in left or (nothing_asked and not history.moved(n))]
        if hit:
            seen = (
                f"When the variables of {layer.name} were read, there were {len(event.variables)}; "
                f"{listed(names(history, hit))} came into being later. No tape was asked for them."
            )
            return [Finding("variables-read-before-build", names(history, hit), seen, event.place)]
    return []


def frozen_variable(history: History, earlier: tuple[Finding, ...]) -> list[Finding]:
    """A variable that should learn is marked as not trainable.

    Proof, first form: the program itself asks the tape for the variable and
    gets nothing, because a tape does not watch what is not trainable. Second
    form: the loss depends on the variable inside a model of which other parts
    are trained; it kept the random value that it started with; it was not
    trained before, nothing was loaded into it, and it is no side branch, such
    as a layer that is wrapped by trained adapters. Third form: nothing at all
    in the model that is being trained is trainable.
    """
    train = training.of(history)
    asked = [
        n
        for n in sorted(train.asked)
        if n in history.variables
        and not history.variables[n].trainable
        and training.is_float(history.variables[n])
        and set(history.kinds(n)) == {"none"}
        and any(n in train.behind(a) for a in train.kept_asks())
        and not history.moved(n)
    ]
    if asked:
        shown = listed(names(history, asked))
        seen = f"The tape was asked for {shown} and gave None, because {shown} is marked as not trainable."
        return [Finding("frozen-variable", names(history, asked), seen, history.variables[asked[0]].made_at)]
    hit = [n for n in _frozen_at_random(history) if n not in {v for f in earlier for v in f.variables}]
    if not hit:
        return _nothing_trainable(history)
    seen = (
        f"{listed(names(history, hit))} kept the random values of the start in all "
        f"{history.steps} steps. The loss depends on {'them' if len(hit) > 1 else 'it'}, and "
        f"other weights of the model are trained."
    )
    return [Finding("frozen-variable", names(history, hit), seen, _frozen_where(history, hit))]


def _frozen_at_random(history: History) -> list[int]:
    train = training.of(history)
    hit = []
    for number, ask in train.left_out():
        if not train.frozen(number) or not train.learns_something(ask) or _waves_follow(history, number):
            continue
        layer = train.layer_of.get(number)
        if layer is None:
            info = history.variables[number]
            if info.home == "module" and info.shape and train.made_at_random(number):
                hit.append(number)
        elif _in_trained_model(history, number, ask) and (
            _weight_by_mistake(history, layer, number)
            if layer.trainable
            else _layer_by_mistake(history, layer)
        ):
            hit.append(number)
    return hit


def _layer_by_mistake(history: History, layer: ev.LayerInfo) -> bool:
    """Whether a frozen layer has random weights, and nothing that says that it was frozen on purpose."""
    train = training.of(history)
    own = (*layer.trainable, *layer.frozen)
    if not any(train.made_at_random(n) for n in own) or _beside_adapters(history, layer):
        return False
    holders = [m for m in history.layers.values() if set(own) <= {*m.trainable, *m.frozen}]
    return not any(_frozen_after_compile(history, m) for m in holders)


def _weight_by_mistake(history: History, layer: ev.LayerInfo, number: int) -> bool:
    """Whether one weight of a layer is random and frozen, its others are trained, and none of them adapts it.

    A low-rank adaptation trains two factors whose product has the frozen weight's shape.
    """
    shape = history.variables[number].shape
    shapes = [history.variables[n].shape for n in layer.trainable if n in history.variables]
    adapted = any(len(a) == len(b) == 2 and (a[0], b[1]) == shape for a in shapes for b in shapes)
    return bool(shape) and not adapted and training.of(history).made_at_random(number)


def _in_trained_model(history: History, number: int, ask: ev.GradientsAsked) -> bool:
    """Whether an outermost model that holds the variable also holds what is trained by this request."""
    train = training.of(history)
    asked = {history.resolve(g.source) for g in ask.gradients}
    for call in train.calls(ask.tape):
        model = history.layers[call.layer]
        if call.depth == 0 and number in model.frozen and asked & set(model.trainable):
            return True
    return False


def _beside_adapters(history: History, layer: ev.LayerInfo) -> bool:
    """Whether a small layer around this one has trainable weights of its own, as LoRA has."""
    own = {*layer.trainable, *layer.frozen}
    for other in history.layers.values():
        inner = {n for i in other.layers for n in (*history.layers[i].trainable, *history.layers[i].frozen)}
        if other is not layer and own <= {*other.trainable, *other.frozen} and set(other.trainable) - inner:
            return True
    return False


def _waves_follow(history: History, number: int) -> bool:
    frontier = {number}
    for _ in range(5):
        users = [user for t in frontier for user in history.users[t]]
        if any(user.type in _WAVES for user in users):
            return True
        frontier = {history.resolve(out) for user in users if not user.updating for out in user.outputs}
    return False


def _nothing_trainable(history: History) -> list[Finding]:
    """A model whose weights are all frozen is fitted, or its empty list is given to a tape."""
    train = training.of(history)
    if any(a.gradients for a in train.asks):
        return []
    for call in history.events(ev.LayerCalled):
        assert isinstance(call, ev.LayerCalled)
        model = history.layers[call.layer]
        weights = [
            n for n in model.frozen if history.variables.get(n) and training.is_float(history.variables[n])
        ]
        weights = [n for n in weights if not _plain_name(history.name(n)).endswith(_STATISTICS)]
        if (
            call.depth
            or model.trainable
            or not weights
            or not (call.tapes or _was_fitted(history, call.layer))
        ):
            continue
        if _frozen_after_compile(history, model):
            continue
        seen = f"None of the {len(weights)} weights of {model.name} is trainable: no step can change one."
        return [Finding("frozen-variable", names(history, weights), seen, _frozen_where(history, weights))]
    return []


def _plain_name(name: str) -> str:
    """A name without the number that tells it from others of the same name."""
    return name.split(" (")[0]


_STATISTICS = ("moving_mean", "moving_variance", "mean", "variance", "count")


def _was_fitted(history: History, layer: int) -> bool:
    return any(isinstance(f, ev.Fitted) and f.layer == layer for f in history.events(ev.Fitted))


def _frozen_after_compile(history: History, model: ev.LayerInfo) -> bool:
    order = [e for e in history.events(ev.Compiled, ev.TrainableSet) if _concerns(history, e, model)]
    return len(order) > 1 and isinstance(order[0], ev.Compiled) and isinstance(order[-1], ev.TrainableSet)


def _concerns(history: History, event: ev.Event, model: ev.LayerInfo) -> bool:
    if isinstance(event, ev.Compiled):
        return event.layer == model.id
    assert isinstance(event, ev.TrainableSet)
    return event.layer == model.id or event.layer in model.layers


def _frozen_where(history: History, hit: list[int]) -> ev.Place | None:
    """The line that froze them: where `trainable` was set, or else where they were made."""
    for event in history.events(ev.TrainableSet):
        assert isinstance(event, ev.TrainableSet)
        layer = history.layers[event.layer]
        if not event.trainable and hit[0] in (*layer.frozen, *layer.trainable):
            return event.place
    return history.variables[hit[0]].made_at


def rebound_variable(history: History, earlier: tuple[Finding, ...]) -> list[Finding]:
    """The result of ``v - rate * g`` went to a name, not into the variable.

    Proof: an operation took the variable's value and something made from its
    gradient and gave a tensor of the variable's shape; nothing wrote that, or
    anything else, to the variable, which has not moved by the end; and no
    optimizer had it. Or a variable that was trained does not move from there
    on, and the tape is asked for that tensor in its place. (In a traced
    function the fault is called update-outside-graph.)
    """
    train = training.of(history)
    hit: dict[int, ev.Operation] = {}
    for operation in train.operations():
        if operation.type not in ("Sub", "AddV2", "Add") or operation.backward or operation.updating:
            continue
        if not operation.symbolic and len(operation.inputs) == 2:
            variable = _rebinding(history, operation.outputs[0])
            never = variable and variable not in train.trained and not history.moved(variable)
            if variable and (never or _replaced(history, variable, operation)):
                hit.setdefault(variable, operation)
    if not hit:
        return []
    variables = sorted(hit)
    first = hit[variables[0]]
    since = f"since step {first.step}" if history.moved(variables[0]) else f"in {history.steps} steps"
    seen = (
        f"{listed(names(history, variables))}: a new value was computed from the old one and the "
        f"gradient, but nothing wrote it into the variable, which did not move {since}."
    )
    return [Finding("rebound-variable", names(history, variables), seen, first.place)]


def _replaced(history: History, variable: int, operation: ev.Operation) -> bool:
    """Whether a variable stands still from an operation on, and tapes are asked for its result instead."""
    later = [move for step, move in history.updates[variable].items() if step >= operation.step]
    asks = (a for a in training.of(history).asks if a.step > operation.step)
    return not any(move.update_norm for move in later) and any(
        gradient.source == operation.outputs[0] for ask in asks for gradient in ask.gradients
    )


def _rebinding(history: History, tensor: int) -> int | None:
    """The variable of which a tensor is the old value plus something made from its gradient."""
    train = training.of(history)
    operation = history.maker.get(tensor)
    if operation is None or operation.type not in ("Sub", "AddV2", "Add") or len(operation.inputs) != 2:
        return None
    for value, change in (operation.inputs, operation.inputs[::-1]):
        read = history.maker.get(value)
        if read is None or read.type != "ReadVariableOp":
            continue
        variable = history.resolve(read.inputs[0])
        if variable in train.gradients_in(change) and variable in history.variables:
            return variable
    return None


def integer_variable(history: History, earlier: tuple[Finding, ...]) -> list[Finding]:
    """A variable of whole numbers is asked for a gradient, or stops the program by its type.

    Proof: the tape was asked for a variable of an integer type, and there is
    never a gradient for one; or an operation refused to mix floats with the
    trainable integer variable that was read for it.
    """
    train = training.of(history)
    hit = [
        n
        for n in sorted(train.asked)
        if n in history.variables and history.variables[n].dtype.startswith(("int", "uint"))
    ]
    if hit:
        kinds = listed({history.variables[n].dtype for n in hit})
        seen = f"The tape was asked for {listed(names(history, hit))} of type {kinds} and gave None."
        return [Finding("integer-variable", names(history, hit), seen, history.variables[hit[0]].made_at)]
    return _refused(history)


def _refused(history: History) -> list[Finding]:
    for event in history.events(ev.Raised):
        assert isinstance(event, ev.Raised)
        if "float" not in event.message or "int" not in event.message or event.place is None:
            continue
        reads = [o for o in training.of(history).operations() if o.type == "ReadVariableOp"]
        reads = [o for o in reads if o.place and o.place.line == event.place.line and o.step == event.step]
        for read in reversed(reads):
            info = history.variables.get(history.resolve(read.inputs[0]))
            if info and info.trainable and info.dtype.startswith(("int", "uint")):
                seen = f"{info.name} is of type {info.dtype}, and an operation with floats refused it."
                return [Finding("integer-variable", (info.name,), seen, info.made_at)]
    return []


RULES = (
    ("integer-variable", integer_variable),
    ("rebound-variable", rebound_variable),
    ("variables-read-before-build", variables_read_before_build),
    ("untracked-variable", untracked_variable),
    ("not-a-variable", not_a_variable),
    ("frozen-variable", frozen_variable),
)
