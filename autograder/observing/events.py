"""The log of a training script: what happened, in order, as plain data.

`autograder.observing.recorder` writes it beside a running program;
`autograder.judging` reads it. Nothing here refers to a TensorFlow object:
tensors, variables, tapes and optimizers are known by number.
"""

from dataclasses import dataclass, field, replace
from typing import TypeAlias


@dataclass(frozen=True)
class Place:
    """A line of the learner's own code."""

    file: str
    line: int
    text: str = ""


@dataclass(frozen=True)
class VariableInfo:
    """A variable that the program made."""

    id: int
    name: str
    shape: tuple[int, ...]
    dtype: str
    trainable: bool
    #: Where it hangs: "layer" (in some Keras layer's weights), "attribute" (an
    #: attribute of a layer that Keras does not track), "loss" (an attribute of a
    #: loss object), "module" (in a tf.Module), "free" (nowhere that was found).
    home: str
    #: Name of the layer, model, loss or module; "" for a free variable.
    owner: str
    #: The step in which it was made: 0 before the first step.
    made_in_step: int
    made_at: Place | None


@dataclass(frozen=True)
class LayerInfo:
    """A Keras layer or model that was called."""

    id: int
    name: str
    kind: str
    #: Numbers of its own and its sublayers' trainable weights and of the others.
    trainable: tuple[int, ...]
    frozen: tuple[int, ...]
    #: The step in which it was made: 0 before the first step.
    made_in_step: int
    activation: str = ""
    #: For a model: numbers of the layers in it.
    layers: tuple[int, ...] = ()
    #: Share of its inputs that a dropout layer drops while training.
    rate: float = 0.0


@dataclass(frozen=True)
class TensorInfo:
    """A plain tensor of floats that is an attribute of a layer, a module or another object with weights."""

    id: int
    name: str
    shape: tuple[int, ...]
    owner: str
    #: Every entry is the same number.
    uniform: bool


@dataclass(frozen=True)
class OptimizerInfo:
    """A Keras optimizer."""

    id: int
    kind: str
    clipnorm: float | None
    clipvalue: float | None
    global_clipnorm: float | None
    momentum: float
    #: Class of the schedule that gives its rate; "" for a plain number.
    schedule: str
    made_in_step: int
    made_at: Place | None
    nesterov: bool = False


@dataclass(frozen=True)
class Operation:
    """One operation that ran, or was put into a graph."""

    step: int
    type: str
    #: Numbers of tensors; a variable's handle counts as a tensor.
    inputs: tuple[int, ...]
    outputs: tuple[int, ...]
    #: Shapes of inputs and outputs where known; -1 for an unknown length.
    input_shapes: tuple[tuple[int, ...] | None, ...]
    output_shapes: tuple[tuple[int, ...] | None, ...]
    output_dtypes: tuple[str, ...]
    #: Tapes that were recording.
    tapes: tuple[int, ...]
    #: Part of a gradient computation, or of an optimizer's update.
    backward: bool
    updating: bool
    #: In a graph that is traced for a `tf.function`; nothing was computed then.
    symbolic: bool
    #: What was true of the result: "nan" (not finite), "zero" (every entry), "empty",
    #: "bounded" (every entry is on a bound of a clip), "saturated" (every entry is exactly 0 or 1
    #: or −1), "nan input" (not finite because an input that no operation made is not finite).
    flags: tuple[str, ...]
    place: Place | None


@dataclass(frozen=True)
class TapeOpened:
    """A `GradientTape` block was entered."""

    step: int
    tape: int
    persistent: bool
    watches_variables: bool
    place: Place | None


@dataclass(frozen=True)
class TapeClosed:
    """A `GradientTape` block was left."""

    step: int
    tape: int


@dataclass(frozen=True)
class Watched:
    """`tape.watch` was called for tensors or variables."""

    step: int
    tape: int
    tensors: tuple[int, ...]


@dataclass(frozen=True)
class Gradient:
    """What a tape gave for one source."""

    #: Number of the variable or of the tensor asked for.
    source: int
    is_variable: bool
    #: Number of the tensor given; ``None`` for no gradient.
    result: int | None
    #: "none", "zero", "nan" or "finite"; "" where only a graph was traced.
    kind: str
    norm: float | None


@dataclass(frozen=True)
class GradientsAsked:
    """`tape.gradient` or `tape.jacobian` was called."""

    step: int
    tape: int
    #: Numbers of the tensors that were differentiated, with value and shape.
    targets: tuple[int, ...]
    value: float | None
    target_shapes: tuple[tuple[int, ...] | None, ...]
    gradients: tuple[Gradient, ...]
    symbolic: bool
    place: Place | None
    #: Asked while Keras was running `fit` or `train_on_batch`.
    fitting: bool = False
    #: Whether TensorFlow raised instead of giving gradients, and the numbers of the sources asked for.
    failed: bool = False
    sources: tuple[int, ...] = ()
    #: Asked with unconnected_gradients=ZERO: a gradient of 0 may stand for None.
    zeros: bool = False


@dataclass(frozen=True)
class Applied:
    """An optimizer was given pairs."""

    step: int
    optimizer: int
    #: (number of the gradient tensor or ``None``, number of the variable).
    pairs: tuple[tuple[int | None, int], ...]
    rate: float | None
    iteration: int | None
    symbolic: bool
    place: Place | None
    #: Lengths of the two lists where they are known and differ, and what of the longer one was left over.
    lengths: tuple[int, ...] = ()
    left: tuple[int, ...] = ()


@dataclass(frozen=True)
class HandedOver:
    """`optimizer.apply_gradients` was called: what form its arguments had.

    "pairs" is right; "two arguments", "two lists", "variables first",
    "gradients only" and "pairs to apply" are not; "empty" is an empty
    sequence, and "spent" a zip or another iterator that was walked through before;
    of one that is "begun" some pairs had been taken.
    """

    step: int
    form: str
    place: Place | None
    #: Numbers of the variables of pairs that had been taken from an iterator that is "begun".
    taken: tuple[int, ...] = ()


@dataclass(frozen=True)
class SpentZip:
    """A name of the learner's holds a zip that was walked through to its end while the step was going on."""

    step: int
    name: str
    place: Place | None
    #: A zip itself, or else a filter, a map, a generator or the like, which may be of one.
    is_zip: bool = True


@dataclass(frozen=True)
class TrainableSet:
    """The learner set `trainable` of a layer or model."""

    step: int
    layer: int
    trainable: bool
    place: Place | None
    #: Set while Keras was running `fit`, by a callback.
    fitting: bool = False


@dataclass(frozen=True)
class Compiled:
    """`model.compile` was called."""

    step: int
    layer: int
    #: Number of the optimizer; ``None`` if compile was not given one.
    optimizer: int | None
    place: Place | None


@dataclass(frozen=True)
class Fitted:
    """`model.fit` or `train_on_batch` began (noted when anything about the model is new)."""

    step: int
    layer: int
    #: The model's own `trainable`.
    trainable: bool
    #: Numbers of its trainable weights and of its other weights at that moment.
    weights: tuple[int, ...]
    frozen: tuple[int, ...]
    place: Place | None


@dataclass(frozen=True)
class ListRead:
    """The learner read a list of a layer's variables: numbers of those that were in it."""

    step: int
    layer: int
    variables: tuple[int, ...]
    place: Place | None


@dataclass(frozen=True)
class LossesRead:
    """Somebody, the learner or Keras, read `layer.losses`: numbers of those tensors."""

    step: int
    layer: int
    tensors: tuple[int, ...]


@dataclass(frozen=True)
class Converted:
    """A tensor's value went to NumPy or Python."""

    step: int
    tensor: int
    tapes: tuple[int, ...]
    place: Place | None


@dataclass(frozen=True)
class NumpyMet:
    """NumPy met an eager tensor, as in ``np.tanh(t)``, ``np.mean(t)`` or ``array - t``.

    Which tensor is not known, nor whether NumPy took its value: for an
    operator it leaves the work to TensorFlow, and an operation follows.
    """

    step: int
    tapes: tuple[int, ...]
    place: Place | None
    #: Tensors that existed then have lower numbers.
    newest: int = 0


@dataclass(frozen=True)
class LayerCalled:
    """A layer or model was called."""

    step: int
    layer: int
    #: The `training` argument as given; ``None`` if it was not given.
    training: bool | None
    tapes: tuple[int, ...]
    depth: int
    outputs: tuple[int, ...]
    #: Numbers of the tensors in `layer.losses` after the call.
    losses: tuple[int, ...]
    symbolic: bool
    place: Place | None
    #: Numbers of the tensors that it was called with.
    inputs: tuple[int, ...] = ()


@dataclass(frozen=True)
class Traced:
    """A `tf.function` was traced (its Python body ran)."""

    step: int
    function: str
    count: int
    place: Place | None


@dataclass(frozen=True)
class PythonChanged:
    """Python values that a `tf.function` was traced with and that have changed since."""

    step: int
    function: str
    names: tuple[str, ...]
    place: Place | None
    #: Those of them that are truth values or words: they choose what the code does.
    switches: tuple[str, ...] = ()


@dataclass(frozen=True)
class ChangedWhileTraced:
    """Python values that a `tf.function` reads, and that it changed itself while it was traced."""

    step: int
    function: str
    names: tuple[str, ...]
    place: Place | None


@dataclass(frozen=True)
class Leaked:
    """A name of the learner's that holds a symbol of a finished graph instead of a value."""

    step: int
    name: str
    #: Number of the symbol.
    tensor: int = 0
    #: Whether the traced code also reads what the name holds: it was meant to carry a value on.
    read: bool = False


@dataclass(frozen=True)
class VariableStep:
    """What a whole step did to one variable."""

    variable: int
    update_norm: float
    value_norm: float
    finite: bool
    #: Cosine between the update and the last gradient: −1 straight down, 1 straight up.
    along: float | None = None
    #: Cosine between the update and the one before: −1 is a full turn.
    turn: float | None = None
    #: Norm of its value before the step.
    norm_before: float | None = None


@dataclass(frozen=True)
class StepEnded:
    """A step is over: how far each variable moved."""

    step: int
    variables: tuple[VariableStep, ...]


@dataclass(frozen=True)
class Computed:
    """Values that a graph computed in one run: a loss, or gradients (see `Gradient.kind`)."""

    step: int
    #: Loss, if the graph computes one.
    value: float | None
    gradients: tuple[Gradient, ...]


@dataclass(frozen=True)
class Measured:
    """How large the values of a tensor were: what a graph was fed, or what entered a product."""

    step: int
    tensor: int
    #: Largest absolute value, and the root of the mean square; not finite if a value is not.
    largest: float
    rms: float
    #: −1 if no value is above 0 and one is below, 1 if the other way round, 0 for values of both signs.
    sign: int = 0


@dataclass(frozen=True)
class Warned:
    """A Python warning, or one that Keras or TensorFlow logged."""

    step: int
    message: str


@dataclass(frozen=True)
class Raised:
    """The exception that ended the program."""

    step: int
    type: str
    message: str
    place: Place | None


Event: TypeAlias = (
    Operation
    | TapeOpened
    | TapeClosed
    | Watched
    | GradientsAsked
    | Applied
    | HandedOver
    | SpentZip
    | TrainableSet
    | Compiled
    | Fitted
    | ListRead
    | LossesRead
    | Converted
    | NumpyMet
    | LayerCalled
    | Traced
    | PythonChanged
    | ChangedWhileTraced
    | Leaked
    | StepEnded
    | Computed
    | Measured
    | Warned
    | Raised
)


@dataclass(frozen=True)
class Log:
    """Everything that was recorded of a program."""

    #: Events in order. Operations, calls and conversions are kept for some
    #: steps only (the first ones, the last one, and the first that went wrong).
    events: tuple[Event, ...] = ()
    variables: tuple[VariableInfo, ...] = ()
    layers: tuple[LayerInfo, ...] = ()
    optimizers: tuple[OptimizerInfo, ...] = ()
    #: Steps that were finished.
    steps: int = 0
    #: Why recording stopped: "end", "steps", "time" or "error".
    stopped: str = "end"
    #: Numbers of tensors that are the same thing: a graph's captured input and what it stands for.
    aliases: dict[int, int] = field(default_factory=dict)
    #: Plain tensors where weights are usually kept.
    tensors: tuple[TensorInfo, ...] = ()
    #: Number of a variable of a few entries → its value before the first step and after the last.
    values: dict[int, tuple[tuple[float, ...], tuple[float, ...]]] = field(default_factory=dict)


def until(log: Log, step: int) -> Log:
    """A log as it was when a step had ended and the next one had not begun."""
    return replace(
        log,
        events=tuple(e for e in log.events if e.step <= step),
        variables=tuple(v for v in log.variables if v.made_in_step <= step),
        layers=tuple(layer for layer in log.layers if layer.made_in_step <= step),
        optimizers=tuple(o for o in log.optimizers if o.made_in_step <= step),
        steps=min(log.steps, step),
        stopped="steps",
    )
