"""Watching a training step run, without changing what it computes.

`observe` runs a step a few times and notes, for each variable, which gradient
the tape gave and how far the value moved. It listens at `GradientTape.gradient`
and reads values before and after; it adds no operation to the step itself.
"""

import contextlib
import warnings
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np

from autograder.observing.failure import describe_failure
from autograder.observing.observation import Observation, VariableObservation
from autograder.observing.variables import FoundVariable, find_variables, raw_variable


def observe(
    step: Callable[..., Any],
    batches: Sequence[Sequence[Any]],
    variables: Any,
) -> Observation:
    """Run ``step(*batch)`` for each batch and note what happens to the variables.

    Args:
        step: a training step. What it returns is taken as its loss if it is
            one number (or a dict with a number under "loss").
        batches: the arguments of each step, such as ``[(x, y)] * 20``.
        variables: the model, layer or `tf.Module` that is trained, or a list
            or dict of variables.

    Returns:
        The observation. If the step raises, `error` says what and where, and
        the steps before it are kept.

    Raises:
        TypeError: `variables` is nothing that has variables.
    """
    found = find_variables(variables)
    values = {item.name: [_value(item)] for item in found}
    gradients: dict[str, list[tuple[str, float | None]]] = {item.name: [] for item in found}
    losses: list[float | None] = []
    error = None
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always", UserWarning)
        for batch in batches:
            with _tape_gradients() as seen:
                try:
                    result = step(*batch)
                except Exception as raised:  # the learner's code may raise anything
                    error = describe_failure(raised)
                    break
            losses.append(loss_of(result))
            for item in found:
                values[item.name].append(_value(item))
                gradients[item.name].append(seen.get(id(item.raw), ("not asked", None)))
    messages = dict.fromkeys(str(w.message) for w in caught if issubclass(w.category, UserWarning))
    return Observation(
        steps=len(losses),
        variables=tuple(_summary(item, gradients[item.name], values[item.name]) for item in found),
        losses=tuple(losses),
        warnings=tuple(messages),
        error=error,
    )


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


@contextlib.contextmanager
def _tape_gradients() -> Iterator[dict[int, tuple[str, float | None]]]:
    """Listen to every tape while the block runs.

    Gives a dict: id of a `tf.Variable` → kind and norm of the last gradient
    that a tape returned for it.
    """
    import tensorflow as tf

    seen: dict[int, tuple[str, float | None]] = {}
    original = tf.GradientTape.gradient

    def gradient(self: Any, target: Any, sources: Any, *args: Any, **kwargs: Any) -> Any:
        result = original(self, target, sources, *args, **kwargs)
        for source, value in zip(_leaves(sources), _leaves(result)):
            # Not the symbols of a tf.function. An embedding's gradient is tf.IndexedSlices.
            if value is None or hasattr(getattr(value, "values", value), "numpy"):
                seen[id(raw_variable(source))] = gradient_kind(value)
        return result

    tf.GradientTape.gradient = gradient
    try:
        yield seen
    finally:
        tf.GradientTape.gradient = original


def _leaves(structure: Any) -> list[Any]:
    """The items of a tape's sources or gradients in order, ``None`` included."""
    if isinstance(structure, dict):
        return [leaf for key in sorted(structure) for leaf in _leaves(structure[key])]
    if isinstance(structure, (list, tuple)):
        return [leaf for item in structure for leaf in _leaves(item)]
    return [structure]


def _value(item: FoundVariable) -> np.ndarray:
    return np.array(item.raw.numpy(), copy=True)  # an alias would move with the variable


def _summary(
    item: FoundVariable, gradients: list[tuple[str, float | None]], values: list[np.ndarray]
) -> VariableObservation:
    updates = [after.astype(np.float64) - before for before, after in zip(values, values[1:])]
    return VariableObservation(
        name=item.name,
        shape=tuple(int(n) for n in item.raw.shape),
        dtype=item.raw.dtype.name,
        registered=item.registered,
        trainable=bool(item.variable.trainable),
        gradients=tuple(kind for kind, _ in gradients),
        gradient_norms=tuple(norm for _, norm in gradients),
        update_norms=tuple(float(np.linalg.norm(update)) for update in updates),
        values=tuple(values),
    )
