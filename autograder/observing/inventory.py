"""What a program made: its variables, layers and optimizers, and where they hang."""

import dataclasses
import gc
from typing import Any

import numpy as np

from autograder.observing import events as ev

_LARGEST_KEPT = 5_000_000


class Inventory:
    """Knows everything that was made while recording, and describes it at the end."""

    def __init__(self) -> None:
        self.losses: list[Any] = []
        self.metrics: list[Any] = []
        self._variables: dict[int, tuple[Any, int, ev.Place | None]] = {}
        self._layers: dict[int, tuple[Any, int]] = {}
        self._optimizers: dict[int, tuple[Any, int, ev.Place | None]] = {}
        self._order: dict[int, int] = {}
        self._events: list[Any] = []

    # -- in the order of events -------------------------------------------------------

    def number(self, event: Any) -> None:
        """Remember when an event happened."""
        self._order[id(event)] = len(self._order)
        self._events.append(event)  # keeps its id from being given again

    def order(self, event: Any) -> int:
        """The position of an event among all events."""
        return self._order.get(id(event), len(self._order))

    # -- taking note --------------------------------------------------------------------

    def variable(self, variable: Any, step: int, place: ev.Place | None) -> None:
        """Note a `tf.Variable` that was just made."""
        number = _number(variable)  # what an `assign` returns is the same variable under a new object
        if number is not None:
            self._variables.setdefault(number, (variable, step, place))

    def layer(self, layer: Any, step: int) -> int:
        """Note a layer that was called; returns its number."""
        self._layers.setdefault(id(layer), (layer, step))
        return list(self._layers).index(id(layer))

    def optimizer(self, optimizer: Any, step: int, place: ev.Place | None) -> int:
        """Note an optimizer; returns its number."""
        self._optimizers.setdefault(id(optimizer), (optimizer, step, place))
        return list(self._optimizers).index(id(optimizer))

    def look_around(self, wanted: Any = None) -> None:
        """Note the variables, losses and metrics that exist already, wherever they are."""
        import keras
        from keras.src.optimizers.base_optimizer import BaseOptimizer
        from tensorflow.python.ops.resource_variable_ops import BaseResourceVariable

        from autograder.observing.variables import find_variables

        gc.collect()  # a model that was made anew must not share its names with the one before
        found: dict[type, list[Any]] = {
            kind: [] for kind in (BaseResourceVariable, keras.Loss, keras.Metric, BaseOptimizer)
        }
        kinds: dict[type, list[list[Any]]] = {}  # there are a million objects, and few types
        for thing in gc.get_objects():
            wanted_in = kinds.get(type(thing))
            if wanted_in is None:
                wanted_in = [things for kind, things in found.items() if issubclass(type(thing), kind)]
                kinds[type(thing)] = wanted_in
            for things in wanted_in:
                things.append(thing)
        own = {number for one in found[BaseOptimizer] for number in _numbers(_safe(one, "variables"))}
        for item in find_variables(wanted) if wanted is not None else ():
            self.variable(item.raw, 0, None)
        for variable in found[BaseResourceVariable]:
            if _number(variable) not in own:
                self.variable(variable, 0, None)
        self.losses += found[keras.Loss]
        self.metrics += found[keras.Metric]

    # -- values ---------------------------------------------------------------------------

    def values(self) -> dict[int, np.ndarray]:
        """Copies of the values of all floating variables that may be trained, by number."""
        found = {}
        own = self._bookkeeping()
        for variable, _, _ in self._variables.values():
            number = _number(variable)
            if number is None or number in own or not variable.dtype.is_floating:
                continue
            if (variable.shape.num_elements() or 0) <= _LARGEST_KEPT:
                try:
                    found[number] = np.array(variable.numpy(), dtype=np.float64)
                except Exception:  # not initialised yet, or gone with its graph
                    continue
        return found

    def _bookkeeping(self) -> set[int]:
        """Numbers of variables that optimizers, metrics and loss scales keep for themselves."""
        own: set[int] = set()
        for optimizer, _, _ in self._optimizers.values():
            own.update(_numbers(getattr(optimizer, "variables", ())))
        for metric in self.metrics:
            own.update(_numbers(getattr(metric, "variables", ())))
        return own

    def stored_at(self, tensor: Any) -> int | None:
        """The number of the one variable whose value lies where a tensor's does, if there is one."""
        address, found = _address(tensor), None
        if address is None:
            return None
        for variable, _, _ in self._variables.values():
            if variable.dtype == tensor.dtype and variable.shape == tensor.shape:
                try:
                    same = _address(variable.value()) == address
                except Exception:  # not initialised yet, or gone with its graph
                    continue
                if same and found is not None:
                    return None
                found = _number(variable) if same else found
        return found

    # -- describing -----------------------------------------------------------------------

    def describe(
        self, names: dict[str, Any]
    ) -> tuple[tuple[ev.VariableInfo, ...], tuple[ev.LayerInfo, ...], tuple[ev.OptimizerInfo, ...]]:
        """Variables, layers and optimizers as plain data. `names` are the program's global names."""
        homes = self._homes(names)
        own = self._bookkeeping()
        variables = []
        for variable, step, place in self._variables.values():
            number = _number(variable)
            if number is None or number in own:
                continue
            home, owner, name = homes.get(number, ("free", "", ""))
            variables.append(
                ev.VariableInfo(
                    id=number,
                    name=name or variable.name.removesuffix(":0"),
                    shape=tuple(-1 if n is None else int(n) for n in variable.shape),
                    dtype=variable.dtype.name,
                    trainable=bool(variable.trainable),
                    home=home,
                    owner=owner,
                    made_in_step=step,
                    made_at=place,
                )
            )
        variables = _told_apart(variables)
        layers = tuple(self._describe_layer(i, *entry) for i, entry in enumerate(self._layers.values()))
        optimizers = tuple(_describe_optimizer(i, *e) for i, e in enumerate(self._optimizers.values()))
        return tuple(variables), layers, optimizers

    def _describe_layer(self, number: int, layer: Any, step: int) -> ev.LayerInfo:
        known = list(self._layers)
        trainable = _numbers(_safe(layer, "trainable_weights"))
        others = [n for n in _numbers(_safe(layer, "weights")) if n not in trainable]
        inner = _safe(layer, "_flatten_layers") if callable(getattr(layer, "_flatten_layers", None)) else ()
        return ev.LayerInfo(
            id=number,
            name=str(getattr(layer, "name", type(layer).__name__)),
            kind=type(layer).__name__,
            trainable=tuple(trainable),
            frozen=tuple(others),
            made_in_step=step,
            activation=getattr(getattr(layer, "activation", None), "__name__", ""),
            layers=tuple(known.index(id(x)) for x in inner if id(x) in self._layers and x is not layer),
            rate=_share(getattr(layer, "rate", 0.0)),
        )

    def tensors(self, names: dict[str, Any]) -> tuple[ev.TensorInfo, ...]:
        """Plain tensors that layers, modules and the program's other objects keep as attributes."""
        import tensorflow as tf

        owners = [(str(getattr(layer, "name", "")), layer) for layer, _ in self._layers.values()]
        owners += [(type(loss).__name__, loss) for loss in self.losses]
        for key, value in names.items():
            if isinstance(value, tf.Module):
                owners += [(key, value), *((type(m).__name__, m) for m in value.submodules)]
            elif type(value).__module__ == "__main__" and not isinstance(value, type):
                owners.append((key, value))
        found: dict[int, ev.TensorInfo] = {}
        for owner, thing in owners:
            for name, value in _attributes(thing):
                number = getattr(value, "_id", None)
                if isinstance(number, int) and number not in found and value.dtype.is_floating:
                    shape = tuple(int(n) for n in value.shape)
                    array = np.asarray(value, dtype=np.float64)
                    uniform = array.size > 0 and bool((array == array.flat[0]).all())
                    found[number] = ev.TensorInfo(number, name, shape, owner, uniform)
        return tuple(found.values())

    def _homes(self, names: dict[str, Any]) -> dict[int, tuple[str, str, str]]:
        """Number of a variable → (home, owner, name). The first home found counts."""
        import tensorflow as tf

        from autograder.observing.variables import find_variables

        homes: dict[int, tuple[str, str, str]] = {}
        owners: list[tuple[str, str, Any]] = []
        for layer, _ in sorted(self._layers.values(), key=lambda e: -len(_safe(e[0], "weights"))):
            owners.append(("layer", str(getattr(layer, "name", "")), layer))
        owners += [("loss", type(loss).__name__, loss) for loss in self.losses]
        owners += [("module", key, value) for key, value in names.items() if isinstance(value, tf.Module)]
        for home, owner, thing in owners:
            for item in _find(find_variables, thing):
                number = _number(item.raw)
                if number is None:
                    continue
                kind = home if item.registered or home != "layer" else "attribute"
                if number not in homes or (homes[number][0] == "attribute" and kind == "layer"):
                    homes[number] = (kind, owner, item.name)
        for key, value in _variables_by_name(names):
            number = _number(value)
            if number is not None and number not in homes:
                unnamed = value.name.startswith("Variable") or isinstance(names.get(key), tf.Variable)
                homes[number] = ("free", "", key if unnamed else "")
        return homes

    def leaks(self, names: dict[str, Any]) -> list[tuple[str, Any]]:
        """Names and attributes that hold a symbol of a graph, with the symbol."""
        found = list(names.items())
        for layer, _ in self._layers.values():
            found += [(f"{layer.name}.{k}", v) for k, v in _held(layer)]
        for key, value in names.items():
            if type(value).__module__ == "__main__":
                found += [(f"{key}.{k}", v) for k, v in _held(value)]
        return [(name, value) for name, value in found if is_symbol(value)]


def _variables_by_name(names: dict[str, Any]) -> list[tuple[str, Any]]:
    """Variables that the program's names hold, also in lists, dicts and objects: "w", "ws[0]", "net.w"."""
    import tensorflow as tf

    found = []
    for key, value in names.items():
        items: Any = [(key, value)]
        if isinstance(value, (list, tuple)):
            items = [(f"{key}[{i}]", item) for i, item in enumerate(value)]
        elif isinstance(value, dict):
            items = [(f"{key}[{name!r}]", item) for name, item in value.items()]
        elif type(value).__module__ == "__main__" and not isinstance(value, type):
            items = [(f"{key}.{name}", item) for name, item in _held(value)]
        found += [(name, item) for name, item in items if isinstance(item, tf.Variable)]
    return found


def _told_apart(variables: list[ev.VariableInfo]) -> list[ev.VariableInfo]:
    """Variables of one name get numbers: "w", "w (2)"."""
    count: dict[str, int] = {}
    found = []
    for variable in variables:
        times = count[variable.name] = count.get(variable.name, 0) + 1
        name = variable.name if times == 1 else f"{variable.name} ({times})"
        found.append(variable if times == 1 else dataclasses.replace(variable, name=name))
    return found


def _find(find: Any, thing: Any) -> list[Any]:
    import keras
    import tensorflow as tf

    try:
        if hasattr(thing, "variables"):
            return find(thing)
        held = getattr(thing, "__dict__", {})
        return find({k: v for k, v in held.items() if isinstance(v, (tf.Variable, keras.Variable))})
    except Exception:  # the learner's objects may do anything when their attributes are read
        return []


def _address(tensor: Any) -> int | None:
    """Where a tensor's value lies in memory; ``None`` where it does not lie open."""
    try:
        # not `_numpy`, which gives a copy of a single number, and any address with it
        return int(np.asarray(memoryview(tensor)).__array_interface__["data"][0])
    except Exception:  # on another device, or of a type without a plain layout
        return None


def _share(rate: Any) -> float:
    return float(rate) if isinstance(rate, (int, float)) else 0.0


def _attributes(thing: Any) -> list[tuple[str, Any]]:
    """Eager tensors among an object's attributes, also in lists, tuples and dicts of them."""
    import tensorflow as tf

    found: list[tuple[str, Any]] = []
    for key, value in list(getattr(thing, "__dict__", {}).items()):
        if key.startswith("_"):
            continue
        items = value.values() if isinstance(value, dict) else value
        members = list(items) if isinstance(value, (list, tuple, dict)) and len(value) <= 100 else [value]
        found += [
            (key, m)
            for m in members
            if isinstance(m, tf.Tensor) and hasattr(m, "numpy") and not isinstance(m, tf.Variable)
        ]
    return found


def _safe(thing: Any, name: str) -> list[Any]:
    try:
        value = getattr(thing, name)
        return list(value() if callable(value) else value)
    except Exception:  # a layer that was never built, or a property that raises
        return []


def _number(variable: Any) -> int | None:
    handle = getattr(variable, "handle", None)
    number = getattr(handle, "_id", None)
    return number if isinstance(number, int) else None


def _numbers(variables: Any) -> list[int]:
    return [n for n in (_number(v) for v in variables) if n is not None]


def _held(thing: Any) -> list[tuple[str, Any]]:
    """An object's own attributes, but for private ones."""
    return [(k, v) for k, v in getattr(thing, "__dict__", {}).items() if not k.startswith("_")]


def is_symbol(value: Any) -> bool:
    """Whether a value is a tensor of a graph, without a value of its own."""
    import tensorflow as tf

    return isinstance(value, tf.Tensor) and not hasattr(value, "numpy") and hasattr(value, "graph")


def _describe_optimizer(number: int, optimizer: Any, step: int, place: ev.Place | None) -> ev.OptimizerInfo:
    schedule = getattr(optimizer, "_learning_rate", None)
    return ev.OptimizerInfo(
        id=number,
        kind=type(optimizer).__name__,
        clipnorm=getattr(optimizer, "clipnorm", None),
        clipvalue=getattr(optimizer, "clipvalue", None),
        global_clipnorm=getattr(optimizer, "global_clipnorm", None),
        momentum=float(getattr(optimizer, "momentum", 0.0) or 0.0),
        schedule="" if schedule is None or hasattr(schedule, "assign") else type(schedule).__name__,
        made_in_step=step,
        made_at=place,
        nesterov=bool(getattr(optimizer, "nesterov", False)),
    )
