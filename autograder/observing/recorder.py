"""Recording what a running program does to its variables, as a `Log`.

The recorder listens at the few places where training happens: operations,
tapes, optimizers, layers, `tf.function`. It adds nothing to what an eager
program computes; in a graph it adds copies of the gradients' norms, so that
they can be read afterwards.
"""

import contextlib
import dataclasses
import logging
import warnings
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import numpy as np

from autograder.observing import events as ev
from autograder.observing.board import Board, Slot, shares_of
from autograder.observing.copies import held_arrays, holds, is_worth_comparing
from autograder.observing.flags import LARGEST_INSPECTED, flags_of
from autograder.observing.handing import form_of_pairs, left_over, spent, taken
from autograder.observing.horizon import Horizon
from autograder.observing.inventory import Inventory
from autograder.observing.movement import Movement, Values
from autograder.observing.patches import Patches
from autograder.observing.place import called_by_learner, current_place, place_of, set_by_learner
from autograder.observing.python_state import PythonState, last_part, python_state
from autograder.observing.tensors import (
    MOST_OPERATIONS,
    asks_for_zeros,
    constant_of,
    dtype_of,
    gradient_kind,
    is_eager,
    is_symbolic,
    is_tensor,
    is_variable,
    leaves,
    losses_of_layer,
    masks_behind,
    next_number,
    number_of,
    rate_of,
    root_graph,
    scalar_of,
    shape_of,
    takes_slots,
)

#: Operations of these steps are kept, those of the step that is the last, and of the first after news.
_KEPT_STEPS = (0, 1, 2)
_MOST_KEPT_STEPS = 12
#: What is expected when something was thawed after a fit.
_COMPILE = "compile"
_MOST_MEMBERS = 1_000


class EnoughSteps(BaseException):
    """Ends the program when it has trained for as many steps as were asked for.

    Not an `Exception`, so that a program's own ``except Exception`` lets it pass.
    """


class Recorder:
    """Listens while its `recording` block is open; `log` gives what it heard.

    Args:
        steps: the program is ended by `EnoughSteps` when it starts the step after these.
        beyond: so many seconds of processor time it may go on, in case something new comes; see `Horizon`.
    """

    def __init__(self, steps: int = 30, beyond: float = 0.0):
        self._horizon = Horizon(steps, beyond)
        self._kept_steps = set(_KEPT_STEPS)
        self._step = 0
        self._events: list[ev.Event] = []
        self._operations: dict[int, list[ev.Event]] = {}
        self._first_bad_step: int | None = None
        self._inventory = Inventory()
        self._tapes: list[Any] = []
        self._tape_numbers: dict[int, int] = {}
        self._kept: list[Any] = []  # tensors whose numbers must not be given again
        self._sites: set[Any] = set()
        self._movement = Movement(self._inventory)
        self._values_at_cut: Values = {}
        self._backward = 0
        self._updating = 0
        self._layer_depth = 0
        self._quiet = 0
        self._functions: list[Any] = []
        self._training_functions: set[int] = set()
        self._board: Board | None = None
        self._slots: dict[int, list[Slot]] = {}
        self._applied_in: dict[int, list[Any]] = {}
        self._traced: dict[int, Any] = {}
        self._states: dict[int, tuple[int, dict[str, Any]]] = {}
        self._graphs: dict[int, Any] = {}
        self._fed: dict[int, Any] = {}
        self._stopped = "end"
        self._finished_steps = 0
        self._applied_steps = 0
        self._applied_now = False
        self._asked: set[int] = set()
        self._step_gradients: set[int] = set()
        self._fitting = 0
        self._fits: dict[int, ev.Fitted] = {}
        self._lists: set[tuple[int, tuple[int, ...]]] = set()
        self._setting = 0
        self._spent: set[ev.SpentZip] = set()
        self._made_in_tape: list[Any] = []
        self._made: set[int] = set()  # numbers of tensors that operations made, or that were looked at
        self._handed: tuple[tuple[int, ...], tuple[int, ...]] | None = None
        self._function_trains = False
        self._traced_events: list[tuple[int, ev.Event]] = []

    # -- what a caller uses -------------------------------------------------------

    @contextlib.contextmanager
    def recording(self) -> Iterator["Recorder"]:
        """Listen while the block runs. `EnoughSteps` ends the block; other exceptions pass through."""
        from tensorflow.python.framework import op_callbacks

        with Patches() as patches, warnings.catch_warnings():
            self._install(patches)
            op_callbacks.add_op_callback(self._on_operation)
            try:
                yield self
            except EnoughSteps:
                self._stopped = "steps"
            finally:
                op_callbacks.remove_op_callback(self._on_operation)
                with self._quietly():
                    self._end_step()

    @property
    def begun_steps(self) -> int:
        """Training steps that were begun so far."""
        return self._step

    @property
    def finished_steps(self) -> int:
        """Training steps that were finished so far."""
        return self._finished_steps

    def know(self, variables: Any = None) -> None:
        """Take note of what was made before recording, as in the earlier cells of a notebook.

        Args:
            variables: variables, or what has some, to look at in any case.
        """
        self._inventory.look_around(variables)

    def expect(self, file: str, lines: Iterable[int]) -> None:
        """Take note of lines that will freeze or thaw layers, if the program comes to them."""
        for line in lines:
            self._horizon.expect((file, line))

    def raised(self, error: BaseException) -> None:
        """Note the exception that ended the program."""
        from autograder.observing.failure import describe_failure

        failure = describe_failure(error)
        place = None
        if failure.file is not None and failure.line is not None:
            place = place_of(failure.file, failure.line)
        self._news()
        self._horizon.cut = None
        self._stopped = "error"
        self._events.append(ev.Raised(self._step, failure.type, failure.message, place))

    def timed_out(self) -> None:
        """Note that the program was ended because its time was up."""
        self._stopped = "time"

    def log(self, names: dict[str, Any] | None = None) -> ev.Log:
        """Everything that was heard, as plain data.

        Args:
            names: the program's own global names, searched for variables and
                leaked symbols.
        """
        with self._quietly():
            kept = [e for step in sorted(self._operations) for e in self._operations[step]]
            leaks = self._leaks(names or {})
            order = sorted([*kept, *self._events], key=lambda e: self._inventory.order(e))
            variables, layers, optimizers = self._inventory.describe(names or {})
            log = ev.Log(
                events=tuple(order),
                variables=variables,
                layers=layers,
                optimizers=optimizers,
                steps=self._finished_steps,
                stopped=self._stopped,
                aliases=self._aliases(),
                tensors=self._inventory.tensors(names or {}),
                values=dict(self._movement.values),
            )
            cut = self._horizon.cut
            if cut is not None:
                log = dataclasses.replace(ev.until(log, cut), values=self._values_at_cut)
            return dataclasses.replace(log, events=(*log.events, *leaks))

    # -- steps ----------------------------------------------------------------------

    def _note(self, event: ev.Event, detailed: bool = False) -> None:
        self._inventory.number(event)
        if self._functions and is_symbolic():
            graph = root_graph()
            if not getattr(graph, "name", "").startswith("__backward"):  # made for a trace, after it
                self._traced_events.append((id(graph), event))
        if detailed:
            bucket = self._operations.setdefault(self._step, [])
            if len(bucket) < MOST_OPERATIONS:
                bucket.append(event)
        else:
            self._events.append(event)

    def _begin_step(self) -> None:
        before = self._end_step()
        watching = self._horizon.cut is None
        if self._horizon.is_reached(self._finished_steps, self._applied_steps):
            raise EnoughSteps
        if watching and self._horizon.cut is not None:
            self._values_at_cut = dict(self._movement.values)
        self._step += 1
        self._sites.clear()
        self._made_in_tape.clear()
        self._step_gradients.clear()
        with self._quietly():
            self._movement.begin(before)

    def _end_step(self) -> dict[int, np.ndarray] | None:
        """Note how far each variable moved; returns their values now, unless the step had ended before."""
        if self._step == 0 or self._finished_steps == self._step:
            return None
        self._finished_steps = self._step
        with self._quietly():
            after, moved = self._movement.end()
        self._note(ev.StepEnded(self._step, moved))
        if self._applied_now or any(m.update_norm != 0 for m in moved if m.variable in self._asked):
            self._applied_steps += 1
        self._applied_now = False
        self._drop_old_operations()
        return after

    def _drop_old_operations(self) -> None:
        wanted = {*self._kept_steps, self._step, self._first_bad_step, self._horizon.cut}
        for step in list(self._operations):
            if step not in wanted:
                del self._operations[step]
        if self._step not in self._kept_steps:
            self._kept.clear()

    def _news(self, new: bool = True) -> None:
        """Something happened that had not before: what follows is looked at like the first steps."""
        if not new:
            return
        self._horizon.news()
        if self._step not in self._kept_steps and len(self._kept_steps) < _MOST_KEPT_STEPS:
            self._kept_steps.update(range(self._step, self._step + 3))

    def _at_site(self, *site: Any) -> None:
        """Something that happens once a step happens again: a new step has begun."""
        if self._functions:
            return
        if self._step == 0 or site in self._sites:
            self._begin_step()
        self._sites.add(site)

    @contextlib.contextmanager
    def _quietly(self) -> Iterator[None]:
        """What happens in the block is the recorder's own doing."""
        self._quiet += 1
        try:
            yield
        finally:
            self._quiet -= 1

    # -- listening --------------------------------------------------------------------

    def _install(self, patches: Patches) -> None:
        import keras
        import tensorflow as tf
        from keras.src.optimizers.base_optimizer import BaseOptimizer
        from tensorflow.python.eager.polymorphic_function.polymorphic_function import Function
        from tensorflow.python.framework.ops import _EagerTensorBase
        from tensorflow.python.ops.resource_variable_ops import BaseResourceVariable

        tape = tf.GradientTape
        patches.wrap(tape, "__enter__", self._tape_enter)
        patches.wrap(tape, "__exit__", self._tape_exit)
        patches.wrap(tape, "watch", self._watch)
        patches.wrap(tape, "gradient", self._gradient)
        patches.wrap(tape, "jacobian", self._gradient)
        patches.wrap(BaseOptimizer, "__init__", self._optimizer_made)
        patches.wrap(BaseOptimizer, "apply", self._apply)
        patches.wrap(BaseOptimizer, "apply_gradients", self._apply_gradients)
        patches.wrap(BaseResourceVariable, "__init__", self._variable_made)
        patches.wrap(keras.Layer, "__call__", self._layer_call)
        patches.wrap_property(keras.Layer, "trainable", written=self._trainable_set)
        patches.wrap_property(keras.Layer, "losses", read=self._losses_read)
        for name in ("trainable_variables", "trainable_weights", "variables", "weights"):
            patches.wrap_property(keras.Layer, name, read=self._list_read)
        for owner in keras.Model.__mro__:
            for name, listener in (
                ("compile", self._compile),
                ("fit", self._fit),
                ("train_on_batch", self._fit),
            ):
                if name in owner.__dict__ and owner.__module__.startswith("keras.src.backend.tensorflow"):
                    patches.wrap(owner, name, listener)
                elif name == "compile" and name in owner.__dict__:
                    patches.wrap(owner, name, listener)
        patches.wrap(keras.losses.Loss, "__init__", self._loss_made)
        patches.wrap(keras.metrics.Metric, "__init__", self._metric_made)
        patches.wrap(Function, "__call__", self._function_call)
        for owner in (_EagerTensorBase, BaseResourceVariable, keras.Variable):
            for name in ("numpy", "__array__", "__float__", "__int__"):
                if name in owner.__dict__:
                    patches.wrap(owner, name, self._convert)
        for name in ("array", "asarray", "asanyarray", "ascontiguousarray"):
            patches.listen_to(np, name, self._array_made)
        for name in ("__array_ufunc__", "__array_function__"):
            patches.notice_lookups(_EagerTensorBase, name, self._numpy_met)
        show_one, shown = warnings.showwarning, set()

        def show(message: Any, *args: Any, **kwargs: Any) -> None:
            self._note(ev.Warned(self._step, str(message)))
            if str(message) not in shown:  # as without us, each once
                shown.add(str(message))
                show_one(message, *args, **kwargs)

        warnings.simplefilter("always", UserWarning)
        warnings.showwarning = show
        patches.attach(logging.getLogger("tensorflow"), self._warned)

    def _warned(self, message: str) -> None:
        self._note(ev.Warned(self._step, message))

    def _tape_enter(self, call: Callable, tape: Any) -> Any:
        if self._quiet:
            return call()
        place = current_place()
        symbolic = is_symbolic()
        if not self._tapes and not symbolic:
            self._at_site("tape", place)
        number = self._tape_numbers.setdefault(id(tape), len(self._tape_numbers) + 1)
        self._kept.append(tape)
        self._tapes.append(tape)
        watches = bool(tape._watch_accessed_variables)
        self._note(ev.TapeOpened(self._step, number, bool(tape._persistent), watches, place))
        return call()

    def _tape_exit(self, call: Callable, tape: Any, *args: Any) -> Any:
        result = call(*args)
        if tape in self._tapes:
            self._tapes.remove(tape)
            self._note(ev.TapeClosed(self._step, self._tape_numbers[id(tape)]))
        return result

    def _watch(self, call: Callable, tape: Any, tensor: Any) -> Any:
        result = call(tensor)
        numbers = tuple(number_of(leaf) for leaf in leaves(tensor))
        self._note(ev.Watched(self._step, self._tape_numbers.get(id(tape), 0), numbers))
        return result

    def _gradient(
        self, call: Callable, tape: Any, target: Any = None, sources: Any = None, *args: Any, **kwargs: Any
    ) -> Any:
        if self._quiet or self._backward:
            return call(target, sources, *args, **kwargs)
        place = current_place()
        symbolic = is_symbolic()
        if not symbolic:
            numbers = tuple(number_of(leaf) for leaf in leaves(sources))
            if ("gradient", place, numbers) in self._sites and not self._functions:
                self._begin_step()
            self._sites.add(("gradient", place, numbers))
        self._backward += 1
        try:
            result = call(target, sources, *args, **kwargs)
        except Exception:
            self._note_failure(tape, target, sources, symbolic, place)
            raise
        finally:
            self._backward -= 1
        with self._quietly():
            zeros = asks_for_zeros(*args, **kwargs)
            self._note_gradients(tape, target, sources, result, symbolic, place, zeros)
        return result

    def _note_failure(
        self, tape: Any, target: Any, sources: Any, symbolic: bool, place: ev.Place | None
    ) -> None:
        """Note that a tape was asked for gradients and raised."""
        targets = [leaf for leaf in leaves(target) if leaf is not None]
        self._note(
            ev.GradientsAsked(
                self._step,
                self._tape_numbers.get(id(tape), 0),
                tuple(number_of(t) for t in targets),
                None,
                tuple(shape_of(t) for t in targets),
                (),
                symbolic,
                place,
                failed=True,
                sources=tuple(number_of(leaf) for leaf in leaves(sources)),
            )
        )

    def _note_gradients(
        self,
        tape: Any,
        target: Any,
        sources: Any,
        result: Any,
        symbolic: bool,
        place: ev.Place | None,
        zeros: bool,
    ) -> None:
        gradients = []
        for source, value in zip(leaves(sources), leaves(result)):
            kind, norm = ("", None) if symbolic and value is not None else gradient_kind(value)
            number = None if value is None else number_of(value)
            if number is not None:
                self._step_gradients.add(number)
            gradients.append(ev.Gradient(number_of(source), is_variable(source), number, kind, norm))
            self._asked.add(number_of(source))
            if kind == "finite" and is_variable(source) and hasattr(value, "numpy"):
                self._movement.sloped(number_of(source), shares_of(np.asarray(value, dtype=np.float64)))
        self._kept.append(result)
        targets = [leaf for leaf in leaves(target) if leaf is not None]
        if symbolic:
            self._add_slots(targets, leaves(sources), leaves(result))
        value = None if symbolic else scalar_of(targets)
        asked = tuple(g.source for g in gradients if g.is_variable)
        self._news(self._horizon.is_new(("asked", place, asked)))
        self._news(self._horizon.is_new_loss(value))
        self._note(
            ev.GradientsAsked(
                self._step,
                self._tape_numbers.get(id(tape), 0),
                tuple(number_of(t) for t in targets),
                value,
                tuple(shape_of(t) for t in targets),
                tuple(gradients),
                symbolic,
                place,
                self._fitting > 0,
                zeros=zeros,
            )
        )

    def _apply(
        self, call: Callable, optimizer: Any, grads: Any, trainable_variables: Any = None, **kwargs: Any
    ) -> Any:
        if self._quiet or self._updating:
            return call(grads, trainable_variables, **kwargs)
        handed, self._handed = self._handed, None
        grads = list(grads)
        if any(isinstance(pair, tuple) for pair in grads):
            self._note(ev.HandedOver(self._step, "pairs to apply", current_place()))
        chosen = trainable_variables
        if chosen is not None:
            chosen = trainable_variables = list(trainable_variables)
        elif getattr(optimizer, "built", False):
            chosen = optimizer._trainable_variables
        place = current_place()
        symbolic = is_symbolic()
        if symbolic and self._functions:
            self._function_began()
        elif self._step == 0:
            self._begin_step()
        with self._quietly():
            pairs = tuple(
                (None if g is None else number_of(g), number_of(v)) for g, v in zip(grads, chosen or [])
            )
            rate, iteration = (None, None) if symbolic else rate_of(optimizer)
            self._kept.append(grads)
            number = self._inventory.optimizer(optimizer, self._step, place)
            self._news(self._horizon.is_new(("applied", place, tuple(v for _, v in pairs))))
            self._news(self._horizon.is_new_rate(rate))
            lengths, left = handed or left_over(grads, chosen or [], number_of)
            self._note(ev.Applied(self._step, number, pairs, rate, iteration, symbolic, place, lengths, left))
            self._applied_now = True
            if symbolic and self._functions:
                self._applied_in.setdefault(id(self._functions[0]), []).append(optimizer)
        self._updating += 1
        try:
            return call(grads, trainable_variables, **kwargs)
        finally:
            self._updating -= 1

    def _apply_gradients(self, call: Callable, optimizer: Any, *args: Any, **kwargs: Any) -> Any:
        """Look at what is handed over before it is walked through."""
        if not self._quiet and not self._updating:
            with self._quietly():
                given = args[0] if args else kwargs.get("grads_and_vars")
                form = "two arguments" if len(args) > 1 else form_of_pairs(given, is_variable)
                gone = tuple(number_of(v) for v in taken(given) if is_variable(v)) if form == "pairs" else ()
                form = "begun" if gone else form
                self._note(ev.HandedOver(self._step, form, current_place(), gone))
                self._handed = left_over(given, None, number_of) if isinstance(given, zip) else None
        return call(*args, **kwargs)

    def _trainable_set(self, call: Callable, layer: Any, value: Any) -> None:
        self._setting += 1
        try:
            call(value)
        finally:
            self._setting -= 1
        if not self._quiet and not self._setting and set_by_learner():
            with self._quietly():
                number = self._inventory.layer(layer, self._step)
                place, fitting = current_place(), self._fitting > 0
                if place is not None:
                    self._horizon.met((place.file, place.line))
                if value and self._fits:
                    self._horizon.expect(_COMPILE)
                self._news()
                self._note(ev.TrainableSet(self._step, number, bool(value), place, fitting))

    def _losses_read(self, call: Callable, layer: Any) -> Any:
        losses = call()
        if not self._quiet and losses:
            with self._quietly():
                number = self._inventory.layer(layer, self._step)
                tensors = tuple(number_of(loss) for loss in losses)
                self._kept.append(list(losses))
                self._note(ev.LossesRead(self._step, number, tensors), detailed=True)
        return losses

    def _list_read(self, call: Callable, layer: Any) -> Any:
        variables = call()
        if not self._quiet and called_by_learner():
            with self._quietly():
                numbers = tuple(number_of(variable) for variable in variables)
                layer_number = self._inventory.layer(layer, self._step)
                if is_symbolic() or (layer_number, numbers) not in self._lists:
                    self._lists.add((layer_number, numbers))
                    self._note(ev.ListRead(self._step, layer_number, numbers, current_place()))
        return variables

    def _compile(self, call: Callable, model: Any, *args: Any, **kwargs: Any) -> Any:
        result = call(*args, **kwargs)
        if not self._quiet:
            with self._quietly():
                optimizer, place = getattr(model, "optimizer", None), current_place()
                number = (
                    None if optimizer is None else self._inventory.optimizer(optimizer, self._step, place)
                )
                layer = self._inventory.layer(model, self._step)
                self._horizon.met(_COMPILE)
                self._news()
                self._note(ev.Compiled(self._step, layer, number, place))
                self._fits.pop(layer, None)
        return result

    def _fit(self, call: Callable, model: Any, *args: Any, **kwargs: Any) -> Any:
        if not self._quiet and not self._fitting:
            with self._quietly():
                layer = self._inventory.layer(model, self._step)
                weights = tuple(number_of(v) for v in model.trainable_weights)
                frozen = tuple(number_of(v) for v in model.non_trainable_weights)
                event = ev.Fitted(self._step, layer, bool(model.trainable), weights, frozen, current_place())
                known = self._fits.get(layer)
                if known is None or (known.trainable, known.weights) != (event.trainable, event.weights):
                    self._fits[layer] = event
                    self._news()
                    self._note(event)
        self._fitting += 1
        try:
            return call(*args, **kwargs)
        finally:
            self._fitting -= 1

    def _optimizer_made(self, call: Callable, optimizer: Any, *args: Any, **kwargs: Any) -> Any:
        result = call(*args, **kwargs)
        if not self._quiet:
            self._inventory.optimizer(optimizer, self._step, current_place())
        return result

    def _variable_made(self, call: Callable, variable: Any, *args: Any, **kwargs: Any) -> Any:
        result = call(*args, **kwargs)
        if not self._quiet:
            self._inventory.variable(variable, self._step, current_place())
        return result

    def _loss_made(self, call: Callable, loss: Any, *args: Any, **kwargs: Any) -> Any:
        result = call(*args, **kwargs)
        self._inventory.losses.append(loss)
        return result

    def _metric_made(self, call: Callable, metric: Any, *args: Any, **kwargs: Any) -> Any:
        result = call(*args, **kwargs)
        self._inventory.metrics.append(metric)
        return result

    def _layer_call(self, call: Callable, layer: Any, *args: Any, **kwargs: Any) -> Any:
        if self._quiet:
            return call(*args, **kwargs)
        self._layer_depth += 1
        try:
            result = call(*args, **kwargs)
        finally:
            self._layer_depth -= 1
        with self._quietly():
            number = self._inventory.layer(layer, self._step)
            training = kwargs.get("training")
            self._note(
                ev.LayerCalled(
                    self._step,
                    number,
                    training if isinstance(training, bool) else None,
                    self._open_tapes(),
                    self._layer_depth,
                    tuple(number_of(leaf) for leaf in leaves(result) if is_tensor(leaf)),
                    tuple(number_of(leaf) for leaf in losses_of_layer(layer, self._layer_depth)),
                    is_symbolic(),
                    current_place(),
                    tuple(number_of(leaf) for leaf in leaves([*args, *kwargs.values()]) if is_tensor(leaf)),
                ),
                detailed=True,
            )
        return result

    def _convert(self, call: Callable, tensor: Any, *args: Any, **kwargs: Any) -> Any:
        if not self._quiet and not self._updating and not self._backward and called_by_learner():
            with self._quietly(), contextlib.suppress(Exception):
                if self._step in self._kept_steps:
                    self._look_for_spent_zips()
                event = ev.Converted(self._step, number_of(tensor), self._open_tapes(), current_place())
                self._note(event, detailed=True)
        return call(*args, **kwargs)

    def _array_made(self, value: Any = None, *args: Any) -> None:
        """NumPy reads an eager tensor's memory, and no method of it is called."""
        if self._quiet or self._updating or self._backward:
            return
        members = value if isinstance(value, (list, tuple)) and len(value) <= _MOST_MEMBERS else (value,)
        tensors = [member for member in members if is_eager(member)]
        if tensors and called_by_learner():
            with self._quietly():
                tapes, place = self._open_tapes(), current_place()
                for tensor in tensors:
                    event = ev.Converted(self._step, number_of(tensor), tapes, place)
                    self._note(event, detailed=True)

    def _numpy_met(self) -> None:
        if not self._quiet and not self._updating and not self._backward and called_by_learner():
            with self._quietly():
                event = ev.NumpyMet(self._step, self._open_tapes(), current_place(), next_number())
                self._note(event, detailed=True)

    # -- operations -------------------------------------------------------------------

    def _on_operation(
        self, op_type: Any, inputs: Any, attrs: Any, outputs: Any, op_name: Any = None, graph: Any = None
    ) -> None:
        if self._quiet:
            return
        name = op_type.decode() if isinstance(op_type, bytes) else op_type
        symbolic = graph is not None
        if symbolic:
            self._graphs[id(graph)] = graph
        self._kept.append((inputs, outputs))
        if self._updating and not name.startswith(_WRITES):
            # An optimizer's own arithmetic, most of a step's operations: only what it writes is of interest.
            self._made.update(map(number_of, outputs))
            return
        if self._step in self._kept_steps and not self._backward and not self._updating:
            self._look_for_spent_zips()
        with self._quietly():
            if not symbolic:
                self._note_hidden_reads(inputs)
                self._made.update(map(number_of, outputs))
                if self._tapes and not self._backward and self._step in self._kept_steps:
                    self._made_in_tape += [t for t in outputs if is_worth_comparing(t)]
            flags = () if symbolic else flags_of(name, inputs, outputs)
            if "nan" in flags and self._first_bad_step is None and self._step not in self._kept_steps:
                self._first_bad_step = self._step
            place = current_place()
            if not symbolic and not self._backward and self._changes_weights(name, inputs):
                self._news(self._horizon.is_new(("changes weights", place)))
            self._note(
                ev.Operation(
                    self._step,
                    name,
                    tuple(number_of(t) for t in inputs),
                    tuple(number_of(t) for t in outputs),
                    tuple(shape_of(t) for t in inputs),
                    tuple(shape_of(t) for t in outputs),
                    tuple(dtype_of(t) for t in outputs),
                    self._open_tapes(),
                    self._backward > 0,
                    self._updating > 0,
                    symbolic,
                    flags,
                    place,
                ),
                detailed=True,
            )
            if not self._backward and not self._updating:
                self._measure(name, inputs, outputs, graph)

    def _changes_weights(self, name: str, inputs: Any) -> bool:
        """Whether the program itself writes to a variable that trains, or computes with a gradient.

        A line that does so for the first time is another way to train.
        """
        if self._updating or self._step == 0:
            return False
        if name.startswith(_WRITES):
            return number_of(inputs[0]) in self._asked
        return any(number_of(t) in self._step_gradients for t in inputs)

    def _note_hidden_reads(self, inputs: Any) -> None:
        """Note reads of variables that TensorFlow makes below Python, as in ``2.0 * v``.

        Such a read is no operation that can be listened to; but what it gives
        lies where the variable's value lies, and no operation made it. What is
        written to a variable is no such read: it lies there afterwards, and two
        variables that begin with the same constant lie at the same place.
        """
        if any(dtype_of(tensor) == "resource" for tensor in inputs):
            self._made.update(map(number_of, inputs))
            return
        for tensor in inputs:
            number = number_of(tensor)
            if number in self._made or not is_tensor(tensor) or tensor.dtype.name == "resource":
                continue
            self._made.add(number)
            handle = self._inventory.stored_at(tensor)
            if handle is not None:
                shape, tapes = shape_of(tensor), self._open_tapes()
                read = ev.Operation(
                    self._step,
                    "ReadVariableOp",
                    (handle,),
                    (number,),
                    ((),),
                    (shape,),
                    (dtype_of(tensor),),
                    tapes,
                    self._backward > 0,
                    self._updating > 0,
                    False,
                    (),
                    current_place(),
                )
                self._note(read, detailed=True)
            elif self._step in self._kept_steps and self._tapes and not self._backward:
                self._note_copies(tensor)

    def _note_copies(self, constant: Any) -> None:
        """Note tensors whose values were written into an array that comes back as a constant.

        NumPy reads an eager tensor's memory for ``array[t] = tensor``, and nothing can be listened to; but
        the array, or one that the learner's code holds and may have gone on calculating with, has the very
        numbers of a tensor that the tape had seen made.
        """
        if not constant.dtype.is_floating or constant.shape.num_elements() > LARGEST_INSPECTED:
            return
        arrays = [constant._numpy()] if constant.shape.rank else []
        arrays += held_arrays() if self._made_in_tape else []
        copied = [t for t in self._made_in_tape if any(holds(array, t._numpy()) for array in arrays)]
        self._made_in_tape = [t for t in self._made_in_tape if not any(t is other for other in copied)]
        for tensor in copied:
            event = ev.Converted(self._step, number_of(tensor), self._open_tapes(), current_place())
            self._note(event, detailed=True)

    def _measure(self, name: str, inputs: Any, outputs: Any, graph: Any) -> None:
        """Note how large data are: what enters a product, and what a graph is fed."""
        if graph is None:
            if name in (*_PRODUCTS, *_DIFFERENCES) and self._step in self._kept_steps:
                for tensor in inputs:
                    self._note_size(number_of(tensor), tensor)
        elif name == "Const":
            self._note_size(number_of(outputs[0]), constant_of(outputs[0]))
        elif self._functions and takes_slots(graph):
            if name in _FEEDS:
                self._fed.update(
                    {number_of(tensor): tensor for tensor in outputs if tensor.dtype.is_floating}
                )
                return
            # Only now, when a fed tensor is used, is it certain that what is added to the graph will run.
            slots = self._slots.setdefault(id(self._functions[0]), [])
            for tensor in inputs:
                if (
                    getattr(tensor, "graph", None) is graph
                    and self._fed.pop(number_of(tensor), None) is not None
                ):
                    row = self._board.measure(tensor)
                    if row is not None:
                        slots.append(Slot(row, fed=number_of(tensor)))

    def _note_size(self, number: int, tensor: Any) -> None:
        dtype = getattr(tensor, "dtype", None)
        if dtype is None or np.size(tensor) > LARGEST_INSPECTED or "float" not in str(dtype):
            return
        value = np.asarray(tensor, dtype=np.float64)
        if value.size:
            largest, rms = float(np.max(np.abs(value))), float(np.sqrt(np.mean(np.square(value))))
            sign = int(np.max(value) > 0) - int(np.min(value) < 0)
            self._note(ev.Measured(self._step, number, largest, rms, sign), detailed=True)

    def _look_for_spent_zips(self) -> None:
        """Note names in the learner's function that hold a zip with nothing left in it."""
        place = current_place()
        for name, is_zip in spent():
            event = ev.SpentZip(self._step, name, place, is_zip)
            if is_symbolic() or event not in self._spent:
                self._spent.add(event)
                self._note(event)

    def _open_tapes(self) -> tuple[int, ...]:
        return tuple(self._tape_numbers[id(tape)] for tape in self._tapes if tape._recording)

    # -- graphs -----------------------------------------------------------------------

    def _function_call(self, call: Callable, function: Any, *args: Any, **kwargs: Any) -> Any:
        if self._quiet or self._functions or is_symbolic():
            return call(*args, **kwargs)
        if self._board is None:
            with self._quietly():
                self._board = Board()
        self._function_trains = False
        if id(function) in self._training_functions:
            self._function_began()
        before = function.experimental_get_tracing_count()
        with self._quietly():
            state = python_state(function) if not before or id(function) in self._states else PythonState()
        self._functions.append(function)
        try:
            result = call(*args, **kwargs)
        finally:
            self._functions.pop()
            self._kept.append(function)
            traced = function.experimental_get_tracing_count()
            if traced != before:
                name = getattr(function, "__name__", "function")
                self._drop_discarded_traces()
                self._note(ev.Traced(self._step, name, traced, current_place()))
                with self._quietly():
                    self._note_changes(function, name, state)
        if self._function_trains:
            with self._quietly():
                self._after_training(function, traced)
        return result

    def _function_began(self) -> None:
        """The function that is called, or traced, is a training step."""
        if self._function_trains:
            return
        import tensorflow as tf

        self._function_trains = True
        if self._functions:
            self._training_functions.add(id(self._functions[0]))
        with tf.init_scope():  # values can be read and written only outside the graph that is traced
            self._begin_step()
            with self._quietly():
                self._board.clear()

    def _drop_discarded_traces(self) -> None:
        """Forget all traces of this call but the last.

        A function that makes variables is traced twice, and only the second graph runs.
        """
        if self._traced_events:
            last = self._traced_events[-1][0]
            dropped = {id(event) for graph, event in self._traced_events if graph != last}
            self._events = [e for e in self._events if id(e) not in dropped]
            for step, bucket in self._operations.items():
                self._operations[step] = [e for e in bucket if id(e) not in dropped]
            self._traced_events.clear()

    def _after_training(self, function: Any, traced: int) -> None:
        """Read what the graph left on the board, and the rate that its optimizers used."""
        loss, gradients = None, []
        for slot, norm, total, shares in self._board.read(self._slots.get(id(function), [])):
            if slot.source is not None and shares.any():
                self._movement.sloped(number_of(slot.source), shares)
            if slot.fed:
                self._note(ev.Measured(self._step, slot.fed, total, norm))
            elif slot.source is None:
                loss = total if loss is None else loss
            else:
                gradients.append(slot.gradient(norm))
        self._news(self._horizon.is_new_loss(loss))
        self._note(ev.Computed(self._step, loss, tuple(gradients)))
        for optimizer in dict.fromkeys(self._applied_in.get(id(function), [])):
            rate, iteration = rate_of(optimizer)
            number = self._inventory.optimizer(optimizer, self._step, None)
            self._news(self._horizon.is_new_rate(rate))
            self._note(ev.Applied(self._step, number, (), rate, iteration, False, None))
        self._compare_state(function, getattr(function, "__name__", "function"), traced)

    def _note_changes(self, function: Any, name: str, before: PythonState) -> None:
        """Note Python values that a function reads, and changed while it was traced."""
        self._traced[id(function)] = function
        after = python_state(function)
        changed = tuple(
            key
            for key, value in after.values.items()
            if key in before.values and before.values[key] != value and last_part(key) in after.used
        )
        if changed:
            self._note(ev.ChangedWhileTraced(self._step, name, changed, current_place()))

    def _leaks(self, names: dict[str, Any]) -> list[ev.Leaked]:
        """Symbols that were left in Python: first those in what a traced function reads and writes."""
        found: dict[int, ev.Leaked] = {}
        for function in self._traced.values():
            for name, symbol in python_state(function).leaks():
                found.setdefault(number_of(symbol), ev.Leaked(self._step, name, number_of(symbol), True))
        for name, symbol in self._inventory.leaks(names):
            found.setdefault(number_of(symbol), ev.Leaked(self._step, name, number_of(symbol)))
        return list(found.values())

    def _compare_state(self, function: Any, name: str, traced: int) -> None:
        """Note Python values that changed since the function was last traced."""
        state = python_state(function).values
        known = self._states.get(id(function))
        if known is None or known[0] != traced:
            self._states[id(function)] = (traced, state)
            return
        changed = tuple(key for key, value in state.items() if key in known[1] and known[1][key] != value)
        if changed:
            switches = tuple(key for key in changed if isinstance(state[key], (bool, str)))
            self._note(ev.PythonChanged(self._step, name, changed, current_place(), switches))

    def _add_slots(self, targets: list[Any], sources: list[Any], results: list[Any]) -> None:
        """Let the graph that is being traced keep its loss and its gradients' norms in variables."""
        if not self._functions or any(not is_tensor(t) for t in targets):
            return
        self._function_began()
        slots = self._slots.setdefault(id(self._functions[0]), [])
        kept = [(None, targets[0])] if len(targets) == 1 and targets[0].shape.rank in (0, None) else []
        kept += [(source, value) for source, value in zip(sources, results) if value is not None]
        for source, value in kept:
            tensor = getattr(value, "values", value)
            row = self._board.keep(tensor) if tensor.dtype.is_floating else None
            if row is not None:
                slots.append(Slot(row, source))
        for target in targets:
            self._add_mask_slots(target)

    def _add_mask_slots(self, target: Any) -> None:
        """Let the graph also keep how large masks and clipped values on the way to a loss are."""
        slots = self._slots.setdefault(id(self._functions[0]), [])
        for tensor in masks_behind(target):
            row = self._board.measure(tensor)
            if row is not None:
                slots.append(Slot(row, fed=number_of(tensor)))

    def _aliases(self) -> dict[int, int]:
        """Graph inputs and the eager tensors (such as variables' handles) that they stand for."""
        found = {}
        for graph in self._graphs.values():
            with contextlib.suppress(AttributeError):
                for outer, inner in graph.captures:
                    found[number_of(inner)] = number_of(outer)
        return found


#: Operations that write to variables, by the beginnings of their names.
_WRITES = ("Assign", "Resource")
#: Operations that multiply data by weights, and those that bring values into a graph.
_PRODUCTS = ("MatMul", "BatchMatMulV2", "Mul", "Conv1D", "Conv2D", "Conv3D", "Einsum")
_DIFFERENCES = ("Sub", "SquaredDifference")
_FEEDS = ("Placeholder", "IteratorGetNext", "IteratorGetNextSync")
