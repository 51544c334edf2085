"""Finding the variables of a learner's objects, registered or not."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from autograder.sentences import WrongType

_CONTAINERS = (list, tuple, set, frozenset)
_DEEPEST = 6


@dataclass(frozen=True)
class FoundVariable:
    """A variable, the name to show for it, and whether training can reach it."""

    variable: Any
    name: str
    registered: bool

    @property
    def raw(self) -> Any:
        """The `tf.Variable` itself: a Keras variable is a shell around one."""
        return raw_variable(self.variable)


def raw_variable(variable: Any) -> Any:
    """The `tf.Variable` inside a Keras variable; anything else as it is."""
    import keras

    return variable.value if isinstance(variable, keras.Variable) else variable


def find_variables(owner: Any) -> list[FoundVariable]:
    """The variables of a model, layer, `tf.Module`, or list or dict of variables, each once.

    For a model or module, variables that sit in an attribute but are not in
    its `variables` are found too and marked as not registered: Keras 3 does
    not track a `tf.Variable` that is a plain attribute of a layer.
    Raises `WrongType` for an object that has no variables by its type.
    """
    if isinstance(owner, dict):
        return _once(FoundVariable(v, str(key), True) for key, v in owner.items())
    if isinstance(owner, _CONTAINERS):
        return _once(FoundVariable(v, _name(v, f"variable {i}"), True) for i, v in enumerate(owner))
    if not hasattr(owner, "variables"):
        raise WrongType(
            "Give the model, layer or tf.Module whose variables are to be watched, "
            f"or a list of variables; this is a {type(owner).__name__}."
        )
    attributes = list(_attributes(owner, "", set(), _DEEPEST))
    paths = {id(v): path for path, v in reversed(attributes)}
    registered = [
        FoundVariable(v, _name(v, paths.get(id(v)) or f"variable {i}"), True)
        for i, v in enumerate(owner.variables)
    ]
    hidden = (FoundVariable(v, path, False) for path, v in attributes)
    return _once([*registered, *hidden])


def _once(found: Any) -> list[FoundVariable]:
    """Each variable once, the first finding of it, with names made unique."""
    kept: dict[int, FoundVariable] = {}
    names: dict[str, int] = {}
    for item in found:
        if id(item.raw) in kept:
            continue
        count = names[item.name] = names.get(item.name, 0) + 1
        name = item.name if count == 1 else f"{item.name} ({count})"
        kept[id(item.raw)] = FoundVariable(item.variable, name, item.registered)
    return list(kept.values())


def _name(variable: Any, otherwise: str) -> str:
    """A short readable name: layer and variable, without the model's own name."""
    path = getattr(variable, "path", None)
    if path:
        return "/".join(path.split("/")[-2:])
    name = getattr(variable, "name", otherwise).removesuffix(":0")
    return otherwise if name == "Variable" else name


def _attributes(owner: Any, path: str, seen: set[int], depth: int) -> Iterator[tuple[str, Any]]:
    """Every `tf.Variable` that hangs on an object's attributes, with its path."""
    import keras
    import tensorflow as tf

    if depth == 0 or id(owner) in seen:
        return
    seen.add(id(owner))
    if isinstance(owner, (tf.Variable, keras.Variable)):
        yield path, owner
    elif isinstance(owner, _CONTAINERS):
        for i, item in enumerate(owner):
            yield from _attributes(item, f"{path}[{i}]", seen, depth - 1)
    elif isinstance(owner, dict):
        for key, item in owner.items():
            yield from _attributes(item, f"{path}[{key!r}]", seen, depth - 1)
    elif isinstance(owner, (tf.Module, keras.layers.Layer)) or _is_plain_object(owner):
        for key, item in list(getattr(owner, "__dict__", {}).items()):
            if not key.startswith("_") and key != "optimizer":
                yield from _attributes(item, f"{path}.{key}".lstrip("."), seen, depth - 1)


def _is_plain_object(owner: Any) -> bool:
    """An instance of a class of the learner's own, such as a helper that holds layers."""
    module = type(owner).__module__.partition(".")[0]
    return hasattr(owner, "__dict__") and module not in (
        "tensorflow",
        "keras",
        "numpy",
        "builtins",
        "functools",
    )
