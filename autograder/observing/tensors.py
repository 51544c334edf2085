"""Reading TensorFlow's objects: numbers, shapes, kinds, and where a graph's tensors come from."""

from collections import deque
from typing import Any

import numpy as np

MOST_OPERATIONS = 20_000


def is_symbolic() -> bool:
    import tensorflow as tf

    return not tf.executing_eagerly()


def root_graph() -> Any:
    """The outermost graph that is being traced."""
    import tensorflow as tf

    graph = tf.compat.v1.get_default_graph()
    while getattr(getattr(graph, "outer_graph", None), "captures", None) is not None:
        graph = graph.outer_graph
    return graph


def leaves(structure: Any) -> list[Any]:
    """The items of a tape's sources or gradients in order, ``None`` included."""
    if isinstance(structure, dict):
        return [leaf for key in sorted(structure) for leaf in leaves(structure[key])]
    if isinstance(structure, (list, tuple)):
        return [leaf for item in structure for leaf in leaves(item)]
    return [structure]


def is_variable(thing: Any) -> bool:
    import keras
    import tensorflow as tf

    return isinstance(thing, (tf.Variable, keras.Variable))


def is_tensor(thing: Any) -> bool:
    import tensorflow as tf

    return isinstance(thing, tf.Tensor) and not is_variable(thing)


def is_eager(thing: Any) -> bool:
    """Whether something is an eager tensor, by its type alone: NumPy's functions are called often."""
    return type(thing).__name__ == "EagerTensor" and hasattr(thing, "_id")


def number_of(thing: Any) -> int:
    """The number of a tensor, or of a variable (that of its handle); 0 for anything else."""
    if hasattr(thing, "handle"):
        thing = thing.handle
    thing = getattr(thing, "values", thing)
    number = getattr(thing, "_id", None)
    return number if isinstance(number, int) else 0


def next_number() -> int:
    """A number that no tensor has yet."""
    from tensorflow.python.framework import ops

    return ops.uid()


def shape_of(thing: Any) -> tuple[int, ...] | None:
    shape = getattr(thing, "shape", None)
    rank = getattr(shape, "rank", None)
    if rank is None:
        return None
    return tuple(-1 if n is None else int(n) for n in shape)


def dtype_of(thing: Any) -> str:
    return getattr(getattr(thing, "dtype", None), "name", "")


def loss_of(result: Any) -> float | None:
    """The one number that a step returned as its loss, or ``None``."""
    if isinstance(result, dict):
        result = result.get("loss")
    if result is None or isinstance(result, (str, bytes, bool)):
        return None
    try:
        array = np.asarray(result)
        if array.size != 1 or array.dtype.kind not in "iuf":
            return None
        return float(array.reshape(()))
    except Exception:  # an object of the learner's that only looks like a number
        return None


def gradient_kind(gradient: Any) -> tuple[str, float | None]:
    """Which symptom a gradient is ("none", "zero", "nan" or "finite") and its norm.

    Infinite entries count as "nan": both mean that the step went through an
    invalid value. Sparse gradients (`tf.IndexedSlices`) are read by their rows.
    """
    if gradient is None:
        return "none", None
    array = np.asarray(getattr(gradient, "values", gradient), dtype=np.float64)
    if hasattr(gradient, "values"):  # a row that was read twice is there twice
        rows, place = np.unique(np.asarray(gradient.indices), return_inverse=True)
        summed = np.zeros((len(rows), *array.shape[1:]))
        np.add.at(summed, place, array)
        array = summed
    if not np.all(np.isfinite(array)):
        return "nan", float("nan")
    norm = float(np.sqrt(np.sum(array**2)))
    return ("zero" if norm == 0 else "finite"), norm


def scalar_of(targets: list[Any]) -> float | None:
    """The value of the one number that was differentiated."""
    return loss_of(targets[0]) if len(targets) == 1 else None


def asks_for_zeros(output: Any = None, unconnected: Any = None, *_: Any, **named: Any) -> bool:
    """Whether `tape.gradient` was told to give 0 where there is no path."""
    import tensorflow as tf

    chosen = named.get("unconnected_gradients", unconnected)
    return chosen in (tf.UnconnectedGradients.ZERO, "zero")


def rate_of(optimizer: Any) -> tuple[float | None, int | None]:
    try:
        return float(np.asarray(optimizer.learning_rate)), int(np.asarray(optimizer.iterations))
    except Exception:  # a schedule of the learner's may raise
        return None, None


def losses_of_layer(layer: Any, depth: int) -> list[Any]:
    """What an outermost model has in `losses`: penalties and the like."""
    if depth:
        return []
    try:
        return list(layer.losses)
    except Exception:  # `losses` may run the learner's own code
        return []


def masks_behind(target: Any) -> list[Any]:
    """Tensors of a graph that a loss is made from: casts of truth values, and results of clips.

    Also those ReLUs that have no other ReLU behind them on the way to the loss.
    """
    found, seen, waiting = [], set(), deque([(target.op, True)])
    while waiting and len(seen) < MOST_OPERATIONS:
        operation, last = waiting.popleft()
        if id(operation) in seen:
            continue
        seen.add(id(operation))
        if last and operation.type == "Relu":
            found.append(operation.outputs[0])
        last = last and operation.type != "Relu"
        waiting.extend((tensor.op, last) for tensor in operation.inputs)
        is_mask = operation.type == "Cast" and operation.inputs[0].dtype.name == "bool"
        if (is_mask or operation.type in CLIPS) and operation.outputs[0].dtype.is_floating:
            found.append(operation.outputs[0])
    return found[:_MOST_MASKS]


def takes_slots(graph: Any) -> bool:
    """Whether operations may be added to a graph: not to loops, branches, or functions of a data set."""
    return type(graph).__name__ == "FuncGraph" and not graph.name.startswith(("Dataset", "__backward"))


def constant_of(tensor: Any) -> Any:
    """The value of a graph's constant."""
    import tensorflow as tf

    return tf.get_static_value(tensor)


_MOST_MASKS = 64
CLIPS = ("Minimum", "Maximum", "ClipByValue", "Relu6")
