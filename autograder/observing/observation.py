"""What was seen of a training step, as plain data.

An `Observation` holds numbers and names only. It can be written as text, read
in another process, and judged there, long after the learner's objects are gone.
"""

import dataclasses
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from autograder import plain

#: The kinds of gradient that a variable can get in one step. They are
#: different symptoms with different causes, so nothing here merges them.
#: ``"not asked"``: no tape was asked for this variable's gradient in the step.
GRADIENT_KINDS = ("none", "zero", "nan", "finite", "not asked")


@dataclass(frozen=True)
class VariableObservation:
    """One variable over all observed steps. Tuples have one entry a step, in order."""

    name: str
    shape: tuple[int, ...]
    dtype: str
    #: Reachable from the model or the variable list that the step trains.
    registered: bool
    trainable: bool
    #: One of `GRADIENT_KINDS` a step.
    gradients: tuple[str, ...]
    #: Euclidean norm of the gradient; ``None`` where the kind is "none" or "not asked".
    gradient_norms: tuple[float | None, ...]
    #: Euclidean norm of (value after the step − value before it).
    update_norms: tuple[float, ...]
    #: The value before the first step and then after each step (one entry
    #: more than there are steps); empty when values were not kept.
    values: tuple[np.ndarray, ...] = ()

    @property
    def moved(self) -> bool:
        """Whether any step changed the value at all."""
        return any(norm != 0 for norm in self.update_norms)


@dataclass(frozen=True)
class Failure:
    """An exception that ended the run, with its place in the learner's own code."""

    type: str
    message: str
    #: The deepest line that belongs to the learner; ``None`` if there is none.
    file: str | None = None
    line: int | None = None
    text: str | None = None


@dataclass(frozen=True)
class Observation:
    """Everything that was seen while a step ran `steps` times."""

    steps: int
    variables: tuple[VariableObservation, ...] = ()
    #: What the step returned as its loss; ``None`` where that is not one number.
    losses: tuple[float | None, ...] = ()
    #: Other plain values that the learner's code returned, by name.
    returned: dict[str, Any] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()
    error: Failure | None = None

    def variable(self, name: str) -> VariableObservation:
        """The variable of that name. Raises `KeyError` if none was observed."""
        for variable in self.variables:
            if variable.name == name:
                return variable
        raise KeyError(name)

    def to_json(self) -> str:
        """This observation as JSON text; `from_json` reads it back."""
        return plain.dumps(dataclasses.asdict(self))

    @classmethod
    def from_json(cls, text: str) -> "Observation":
        """Read an observation that may come from an untrusted process.

        Raises `plain.NotPlain` when the text is anything but an observation
        whose parts have the types that this module declares.
        """
        data = plain.loads(text)
        try:
            steps = _of(int, data["steps"])
            if len(data["losses"]) not in (0, steps):
                raise TypeError("losses does not have one entry a step")
            return cls(
                steps=steps,
                variables=tuple(_variable(item, steps) for item in data["variables"]),
                losses=tuple(_number_or_none(item) for item in data["losses"]),
                returned=_of(dict, data["returned"]),
                warnings=tuple(_of(str, item) for item in data["warnings"]),
                error=None if data["error"] is None else _failure(data["error"]),
            )
        except (KeyError, TypeError, AttributeError) as error:
            raise plain.NotPlain(f"not an observation: {error!r}") from None


def _of(kind: type, value: Any) -> Any:
    if type(value) is not kind:
        raise TypeError(f"expected {kind.__name__}, got {type(value).__name__}")
    return value


def _number_or_none(value: Any) -> float | None:
    if value is None:
        return None
    return float(value if type(value) is int else _of(float, value))


def _variable(item: dict[str, Any], steps: int) -> VariableObservation:
    for kind in item["gradients"]:
        if kind not in GRADIENT_KINDS:
            raise TypeError(f"unknown kind of gradient {kind!r}")
    for column in ("gradients", "gradient_norms", "update_norms"):
        if len(item[column]) != steps:
            raise TypeError(f"{column} does not have one entry a step")
    if len(item["values"]) not in (0, steps + 1):
        raise TypeError("values does not have one entry more than there are steps")
    if any(list(value.shape) != item["shape"] for value in item["values"]):
        raise TypeError("a value does not have the variable's shape")
    return VariableObservation(
        name=_of(str, item["name"]),
        shape=tuple(_of(int, n) for n in item["shape"]),
        dtype=_of(str, item["dtype"]),
        registered=_of(bool, item["registered"]),
        trainable=_of(bool, item["trainable"]),
        gradients=tuple(item["gradients"]),
        gradient_norms=tuple(_number_or_none(n) for n in item["gradient_norms"]),
        update_norms=tuple(float(_of(float, n)) for n in item["update_norms"]),
        values=tuple(_of(np.ndarray, value) for value in item["values"]),
    )


def _failure(item: dict[str, Any]) -> Failure:
    return Failure(
        type=_of(str, item["type"]),
        message=_of(str, item["message"]),
        file=None if item["file"] is None else _of(str, item["file"]),
        line=None if item["line"] is None else _of(int, item["line"]),
        text=None if item["text"] is None else _of(str, item["text"]),
    )
