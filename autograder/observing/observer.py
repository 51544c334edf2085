"""Watching a training step run, without changing what it computes.

`observe` runs a step a few times and notes, for each variable, which gradient
the tape gave and how far the value moved. It listens at `GradientTape.gradient`
and reads values before and after; it adds no operation to the step itself.
That is all that judging an answer needs, and costs next to nothing; the
`Recorder` hears everything that a diagnosis needs.
"""

import contextlib
import warnings
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np

from autograder.observing.failure import describe_failure
from autograder.observing.observation import Observation, VariableObservation
from autograder.observing.patches import Patches
from autograder.observing.tensors import gradient_kind, leaves, loss_of
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


@contextlib.contextmanager
def _tape_gradients() -> Iterator[dict[int, tuple[str, float | None]]]:
    """Listen to every tape while the block runs.

    Gives a dict: id of a `tf.Variable` → kind and norm of the last gradient
    that a tape returned for it.
    """
    import tensorflow as tf

    seen: dict[int, tuple[str, float | None]] = {}

    def gradient(call: Callable, tape: Any, target: Any, sources: Any, *args: Any, **kwargs: Any) -> Any:
        result = call(target, sources, *args, **kwargs)
        for source, value in zip(leaves(sources), leaves(result)):
            # Not the symbols of a tf.function. An embedding's gradient is tf.IndexedSlices.
            if value is None or hasattr(getattr(value, "values", value), "numpy"):
                seen[id(raw_variable(source))] = gradient_kind(value)
        return result

    with Patches() as patches:
        patches.wrap(tf.GradientTape, "gradient", gradient)
        yield seen


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
