"""Where a gradient's path ends, on small logs written by hand. No TensorFlow."""

from collections.abc import Iterable

import pytest

from autograder.judging.history import Finding, History
from autograder.judging.paths import missing_paths
from autograder.judging.rules import broken_graph, graph_mode, losses, tape_scope
from autograder.judging.zeros import zero_paths
from autograder.observing import events as ev

TAPE = 1
#: Numbers of the variables' handles in these logs.
W, V = 10, 20
DATA = 5

RULES = (*tape_scope.RULES, *broken_graph.RULES, *graph_mode.RULES, *losses.RULES)


def place(line: int) -> ev.Place:
    return ev.Place("train.py", line, f"line {line}")


def op(
    kind: str,
    inputs: Iterable[int],
    *outputs: int,
    line: int = 1,
    taped: bool = True,
    dtype: str = "float32",
    flags: tuple[str, ...] = (),
    shapes: tuple[tuple[int, ...], ...] = (),
    gives: tuple[int, ...] = (4,),
    symbolic: bool = False,
) -> ev.Operation:
    inputs = tuple(inputs)
    return ev.Operation(
        step=1,
        type=kind,
        inputs=inputs,
        outputs=outputs,
        input_shapes=shapes or tuple((4,) for _ in inputs),
        output_shapes=tuple(gives for _ in outputs),
        output_dtypes=tuple(dtype for _ in outputs),
        tapes=(TAPE,) if taped else (),
        backward=False,
        updating=False,
        symbolic=symbolic,
        flags=flags,
        place=place(line),
    )


def opened(persistent: bool = False, watches: bool = True, line: int = 2) -> ev.TapeOpened:
    return ev.TapeOpened(1, TAPE, persistent, watches, place(line))


CLOSED = ev.TapeClosed(1, TAPE)


def asked(target: int, *sources: int, kinds: str = "", value: float | None = 1.0) -> ev.GradientsAsked:
    """A request; `kinds` has a letter a source: n(one), z(ero), f(inite)."""
    names = {"n": "none", "z": "zero", "f": "finite"}
    gradients = tuple(
        ev.Gradient(s, s in (W, V), None if k == "n" else 900 + s, names[k], None if k == "n" else 0.0)
        for s, k in zip(sources, kinds or "n" * len(sources))
    )
    return ev.GradientsAsked(1, TAPE, (target,), value, ((),), gradients, False, place(9))


def variable(number: int, name: str, dtype: str = "float32", trainable: bool = True) -> ev.VariableInfo:
    return ev.VariableInfo(number, name, (4,), dtype, trainable, "free", "", 0, place(1))


def history(*events: ev.Event, variables: tuple[ev.VariableInfo, ...] = (), **log: object) -> History:
    known = variables or (variable(W, "w"), variable(V, "v"))
    return History(ev.Log(events=events, variables=known, steps=1, **log))


def findings(past: History) -> dict[str, Finding]:
    found: tuple[Finding, ...] = ()
    for _, rule in RULES:
        found = (*found, *rule(past, found))
    return {finding.fault: finding for finding in found}


def end(past: History, number: int = W) -> str:
    return missing_paths(past)[number][1].kind


READ = op("ReadVariableOp", [W], 11, line=3)


# -- gradients that are None ------------------------------------------------------------------------


def test_a_gradient_that_is_there_is_no_missing_path() -> None:
    past = history(opened(), READ, op("Mul", [11, DATA], 12), CLOSED, asked(12, W, kinds="f"))
    assert not missing_paths(past)
    assert not findings(past)


def test_read_before_the_tape_is_forward_outside_tape() -> None:
    early = op("ReadVariableOp", [W], 11, line=3, taped=False)
    past = history(early, opened(), op("Mul", [11, DATA], 12), CLOSED, asked(12, W))
    assert end(past) == "before"
    assert findings(past)["forward-outside-tape"].place == place(3)


def test_the_line_that_called_the_model_is_named() -> None:
    early = op("ReadVariableOp", [W], 11, line=3, taped=False)
    call = ev.LayerCalled(1, 0, None, (), 0, (11,), (), False, place(7))
    layer = ev.LayerInfo(0, "model", "Model", (W,), (), 0)
    past = history(early, call, opened(), op("Mul", [11, DATA], 12), CLOSED, asked(12, W), layers=(layer,))
    assert findings(past)["forward-outside-tape"].place == place(7)


def test_paused_recording_is_forward_outside_tape() -> None:
    paused = op("ReadVariableOp", [W], 11, line=3, taped=False)
    past = history(opened(), paused, op("Mul", [11, DATA], 12), CLOSED, asked(12, W))
    assert end(past) == "paused"
    assert set(findings(past)) == {"forward-outside-tape"}


def test_the_last_operation_after_the_block_is_loss_outside_tape() -> None:
    past = history(opened(), READ, CLOSED, op("Mean", [11], 12, line=6, taped=False), asked(12, W))
    assert end(past) == "after"
    found = findings(past)
    assert set(found) == {"loss-outside-tape"}
    assert found["loss-outside-tape"].variables == ("w",)
    assert found["loss-outside-tape"].place == place(6)


def test_all_of_it_after_the_block_is_forward_outside_tape() -> None:
    late = op("ReadVariableOp", [W], 11, taped=False)
    past = history(opened(), CLOSED, late, op("Mean", [11], 12, taped=False), asked(12, W))
    assert set(findings(past)) == {"forward-outside-tape"}


def test_an_added_penalty_from_before_the_block_is_silent_loss_outside_tape() -> None:
    past = history(
        op("L2Loss", [W], 31, line=1, taped=False, gives=()),
        opened(),
        READ,
        op("Mean", [11], 12, gives=()),
        op("AddV2", [12, 31], 13, shapes=((), ()), gives=()),
        CLOSED,
        asked(13, W, kinds="f"),
    )
    found = findings(past)
    assert set(found) == {"loss-outside-tape"}
    assert found["loss-outside-tape"].place == place(1)


def test_a_target_made_before_the_block_is_fine() -> None:
    """A DQN target comes from the same weights, outside the tape, on purpose."""
    past = history(
        op("ReadVariableOp", [W], 31, taped=False),
        op("Max", [31, DATA], 32, taped=False),
        opened(),
        READ,
        op("SquaredDifference", [11, 32], 12),
        op("Mean", [12], 13, gives=()),
        CLOSED,
        asked(13, W, kinds="f"),
    )
    assert not findings(past)


def test_a_tape_that_watches_nothing_by_itself() -> None:
    events = (READ, op("Mean", [11], 12), CLOSED, asked(12, W))
    assert end(history(opened(watches=False), *events)) == "unwatched"
    watched = history(opened(watches=False), ev.Watched(1, TAPE, (W,)), *events[:-1], asked(12, W, kinds="f"))
    assert not missing_paths(watched)


def test_a_plain_tensor_has_to_be_watched() -> None:
    events = (op("Mul", [DATA, DATA], 12), CLOSED, asked(12, DATA))
    assert set(findings(history(opened(), *events))) == {"unwatched-tensor"}


def test_a_tensor_among_variables_is_meant_as_a_weight() -> None:
    past = history(opened(), READ, op("Mul", [11, DATA], 12), CLOSED, asked(12, W, DATA, kinds="fn"))
    assert not findings(past)


@pytest.mark.parametrize(
    ("operation", "kind", "fault"),
    [
        (op("StopGradient", [11], 12), "stopped", "stop-gradient"),
        (op("Cast", [11], 12, dtype="int32"), "integer", "integer-cast"),
        (op("Cast", [11], 12, dtype="bool"), "integer", "integer-cast"),
        (op("Round", [11], 12), "step", "non-differentiable-op"),
        (op("ArgMax", [11, DATA], 12, dtype="int64"), "step", "non-differentiable-op"),
        (op("Equal", [11, DATA], 12, dtype="bool"), "step", "non-differentiable-op"),
        (op("Greater", [11, DATA], 12, dtype="bool"), "threshold", "non-differentiable-op"),
        (op("PyFunc", [11], 12), "python function", "py-function-barrier"),
    ],
)
def test_the_first_step_without_derivative_is_named(operation: ev.Operation, kind: str, fault: str) -> None:
    past = history(
        opened(), READ, operation, op("Cast", [12], 13), op("Mean", [13], 14), CLOSED, asked(14, W)
    )
    assert end(past) == kind
    assert set(findings(past)) == {fault}


def test_a_cast_to_another_floating_type_is_no_end() -> None:
    half = op("Cast", [11], 12, dtype="float16")
    past = history(opened(), READ, half, op("Round", [12], 13, dtype="float16"), CLOSED, asked(13, W))
    assert end(past) == "step"


def test_a_value_that_goes_through_another_variable() -> None:
    past = history(
        opened(),
        READ,
        op("AssignVariableOp", [V, 11], line=4),
        op("ReadVariableOp", [V], 12),
        CLOSED,
        asked(12, W),
    )
    found = findings(past)
    assert set(found) == {"assign-in-forward"}
    assert found["assign-in-forward"].place == place(4)


def test_an_update_before_the_tape_is_no_assignment_in_the_forward_pass() -> None:
    past = history(
        op("ReadVariableOp", [W], 30, taped=False),
        op("AssignSubVariableOp", [V, 30], taped=False),
        opened(),
        READ,
        op("ReadVariableOp", [V], 12),
        op("Mean", [12], 13),
        CLOSED,
        asked(13, W, V, kinds="nf"),
    )
    assert end(past) == "ignored"


def test_numpy_needs_a_younger_constant_in_the_loss() -> None:
    converted = ev.Converted(1, 12, (TAPE,), place(5))
    start = (opened(), READ, op("Tanh", [11], 12), converted)
    round_trip = history(*start, op("Mean", [50], 51), CLOSED, asked(51, W))
    assert findings(round_trip)["numpy-round-trip"].place == place(5)
    only_printed = history(*start, op("Mean", [DATA], 51), CLOSED, asked(51, W))
    assert end(only_printed) == "ignored"


def test_numpy_that_is_known_by_its_call_only() -> None:
    start = (opened(), READ, op("Tanh", [11], 12), ev.NumpyMet(1, (TAPE,), place(5)))
    called = history(*start, op("Mean", [50], 51, line=6), CLOSED, asked(51, W))
    assert end(called) == "numpy"
    operator = history(
        *start, op("Sub", [50, 12], 52, line=5), op("Mean", [51], 53, line=6), CLOSED, asked(53, W)
    )
    assert end(operator) == "ignored"


def test_a_number_instead_of_a_tensor_is_a_loud_round_trip() -> None:
    failed = ev.GradientsAsked(1, TAPE, (0,), None, (None,), (), False, place(9), failed=True, sources=(W,))
    past = history(opened(), READ, ev.Converted(1, 11, (TAPE,), place(5)), CLOSED, failed)
    found = findings(past)
    assert found["numpy-round-trip"].place == place(5)
    assert found["numpy-round-trip"].variables == ("w",)


def test_shapes_carry_no_value() -> None:
    past = history(
        opened(), READ, op("Shape", [11], 12, dtype="int32"), op("Mul", [12, DATA], 13), CLOSED, asked(13, W)
    )
    assert end(past) == "ignored"


def test_a_variable_that_is_never_read() -> None:
    past = history(opened(), READ, CLOSED, asked(11, W, V, kinds="fn"))
    assert end(past, V) == "unused"
    assert not findings(past)


def test_frozen_and_integer_variables_are_for_other_rules() -> None:
    frozen = (variable(W, "w", trainable=False), variable(V, "v", dtype="int32"))
    past = history(opened(), READ, CLOSED, asked(11, W, V), variables=frozen)
    assert not missing_paths(past)


def test_a_gradient_in_another_request_is_enough() -> None:
    past = history(opened(), READ, CLOSED, asked(DATA, W), asked(11, W, kinds="f"))
    assert not missing_paths(past)


def test_a_captured_handle_is_the_variable_itself() -> None:
    inner = op("ReadVariableOp", [110], 111, symbolic=True)
    stop = op("StopGradient", [111], 112, symbolic=True)
    past = history(opened(), inner, stop, CLOSED, asked(112, W), aliases={110: W})
    assert end(past) == "stopped"


def test_a_function_that_is_called_is_looked_into() -> None:
    inside = (op("MatMul", [110, 100], 111, symbolic=True), op("StopGradient", [111], 112, symbolic=True))
    call = op("__forward_f_1", [DATA, W], 12)
    past = history(*inside, opened(), call, CLOSED, asked(12, W), aliases={110: W})
    assert end(past) == "stopped"


# -- masks, zeros, and the rest -----------------------------------------------------------------------


def test_a_threshold_that_selects_values_is_a_hard_mask() -> None:
    past = history(
        opened(),
        READ,
        op("ReadVariableOp", [V], 21),
        op("Greater", [21, 11], 12, dtype="bool"),
        op("SelectV2", [12, 21, 6], 13),
        CLOSED,
        asked(13, W, V, kinds="nf"),
    )
    found = findings(past)
    assert set(found) == {"hard-mask"}
    assert found["hard-mask"].variables == ("w",)


def _masked(flags: tuple[str, ...]) -> History:
    return history(
        opened(),
        READ,
        op("Greater", [DATA, 6], 30, dtype="bool", line=4),
        op("Cast", [30], 31, flags=flags),
        op("Mul", [31, 11], 12, flags=flags),
        CLOSED,
        asked(12, W, kinds="z", value=0.0),
    )


def test_a_mask_that_keeps_nothing() -> None:
    found = findings(_masked(("zero",)))
    assert set(found) == {"hard-mask"}
    assert found["hard-mask"].place == place(4)


def test_a_mask_that_keeps_something_does_not_explain_a_zero() -> None:
    assert not zero_paths(_masked(()))


@pytest.mark.parametrize(
    ("operation", "found"),
    [
        (op("Sign", [11], 12), {"zero-gradient-op"}),
        (op("Minimum", [11, DATA], 12, flags=("bounded",)), {"zero-gradient-op"}),
        (op("Minimum", [11, DATA], 12), set()),
        (op("Maximum", [11, DATA], 12, flags=("bounded", "zero")), set()),  # a ReLU by hand
        (op("Relu", [11], 12, flags=("zero",)), set()),
    ],
)
def test_zero_gradients(operation: ev.Operation, found: set[str]) -> None:
    past = history(opened(), READ, operation, op("Mean", [12], 13), CLOSED, asked(13, W, kinds="z"))
    assert set(findings(past)) == found


def test_a_second_way_past_the_sign_is_no_zero_gradient_op() -> None:
    past = history(
        opened(), READ, op("Sign", [11], 12), op("Mul", [12, 11], 13), CLOSED, asked(13, W, kinds="z")
    )
    assert not findings(past)


def test_a_clip_in_a_graph_is_known_by_its_measured_size() -> None:
    def clipped(rms: float) -> History:
        return history(
            opened(),
            op("Minimum", [110, 120], 112, symbolic=True),
            op("Mean", [112], 113, symbolic=True),
            CLOSED,
            ev.GradientsAsked(
                1, TAPE, (113,), None, ((),), (ev.Gradient(W, True, 900, "", None),), True, place(9)
            ),
            ev.Measured(1, 112, 1.0, rms),
            ev.Computed(1, 0.0, (ev.Gradient(W, True, None, "zero", 0.0),)),
            aliases={110: W},
        )

    assert set(findings(clipped(1.0))) == {"zero-gradient-op"}
    assert not findings(clipped(0.7))


def _compared(first: tuple[int, ...], second: tuple[int, ...], gives: tuple[int, ...], both: bool) -> History:
    return history(
        opened(),
        READ,
        op("MatMul", [DATA, 11], 12, gives=first),
        op("Sub", [12, 12 if both else 6], 13, shapes=(first, second), gives=gives, line=5),
        op("Mean", [13], 14, gives=()),
        CLOSED,
        asked(14, W, kinds="f"),
    )


@pytest.mark.parametrize(
    ("first", "second", "gives", "both", "fault"),
    [
        ((8, 1), (8,), (8, 8), False, True),
        ((8,), (8, 1), (8, 8), False, True),
        ((-1, 1), (-1,), (-1, -1), False, True),
        ((8, 1), (8, 1), (8, 1), False, False),
        ((8, 1), (1, 8), (8, 8), False, False),  # all pairs, on purpose
        ((8, 1), (8,), (8, 8), True, False),  # all pairs of predictions
        ((8, 3), (8, 1), (8, 3), False, False),
        ((1, 1), (1,), (1, 1), False, False),
    ],
)
def test_columns_against_rows(
    first: tuple[int, ...], second: tuple[int, ...], gives: tuple[int, ...], both: bool, fault: bool
) -> None:
    found = findings(_compared(first, second, gives, both))
    assert set(found) == ({"broadcast-loss"} if fault else set())


@pytest.mark.parametrize(
    ("operations", "fault"),
    [
        ((op("SparseSoftmaxCrossEntropyWithLogits", [12, DATA], 14),), True),
        ((op("Reshape", [12, 6], 13), op("SoftmaxCrossEntropyWithLogits", [13, DATA], 14)), True),
        ((op("SoftmaxCrossEntropyWithLogits", [DATA, 12], 14),), False),  # soft labels
        ((op("Log", [12], 13), op("SoftmaxCrossEntropyWithLogits", [13, DATA], 14)), False),
        ((op("MatMul", [12, DATA], 13), op("Softmax", [13], 14)), False),  # attention
        ((op("Softmax", [12], 14),), True),
    ],
)
def test_softmax_of_a_softmax(operations: tuple[ev.Operation, ...], fault: bool) -> None:
    past = history(opened(), READ, op("Softmax", [11], 12), *operations, CLOSED, asked(14, W, kinds="f"))
    assert set(findings(past)) == ({"double-softmax"} if fault else set())


def test_a_model_whose_output_the_loss_does_without() -> None:
    layer = ev.LayerInfo(0, "model", "Model", (W, V), (), 0)
    call = ev.LayerCalled(1, 0, None, (TAPE,), 0, (12,), (22,), False, place(3))
    past = history(
        opened(),
        READ,
        op("Tanh", [11], 12),
        op("ReadVariableOp", [V], 21),
        op("L2Loss", [21], 22),
        call,
        op("Mean", [DATA], 30),
        op("AddV2", [30, 22], 31),
        CLOSED,
        asked(31, W, V, kinds="nf"),
        layers=(layer,),
    )
    found = findings(past)
    assert set(found) == {"loss-ignores-prediction"}
    assert found["loss-ignores-prediction"].variables == ("w", "v")


TWO_HEADS = (
    opened(),
    READ,
    op("Tanh", [11], 12),
    op("ReadVariableOp", [V], 21),
    ev.LayerCalled(1, 0, None, (TAPE,), 0, (12, 21), (), False, place(3)),
    op("Mean", [21], 31),
    CLOSED,
    asked(31, W, V, kinds="nf"),
)


def test_a_head_that_one_loss_does_not_use_is_no_fault() -> None:
    layer = ev.LayerInfo(0, "model", "Model", (W, V), (), 0)
    other = (
        opened(),
        op("ReadVariableOp", [W], 41),
        op("Mean", [41], 42),
        CLOSED,
        asked(42, W, V, kinds="fn"),
    )
    assert not findings(history(*TWO_HEADS, *other, layers=(layer,)))


def test_a_head_that_no_loss_uses_is_found_and_named() -> None:
    layer = ev.LayerInfo(0, "model", "Model", (W, V), (), 0)
    found = findings(history(*TWO_HEADS, layers=(layer,)))
    assert set(found) == {"loss-ignores-prediction"}
    assert found["loss-ignores-prediction"].variables == ("w",)


# -- the tape, and graphs -----------------------------------------------------------------------------------


def test_a_spent_tape() -> None:
    again = ev.GradientsAsked(1, TAPE, (12,), None, ((),), (), False, place(10), failed=True, sources=(V,))
    events = (READ, CLOSED, asked(11, W, kinds="f"), again)
    found = findings(history(opened(), *events))
    assert set(found) == {"tape-used-twice"}
    assert found["tape-used-twice"].place == place(10)
    assert not findings(history(opened(persistent=True), *events[:-1], asked(11, V, kinds="f")))


@pytest.mark.parametrize("moved", [0.0, 0.5])
def test_one_recording_for_many_steps(moved: float) -> None:
    ended = ev.StepEnded(1, (ev.VariableStep(W, moved, 1.0, True),))
    past = history(
        opened(persistent=True), READ, CLOSED, asked(11, W, kinds="f"), ended, asked(11, W, kinds="f")
    )
    assert set(findings(past)) == ({"tape-used-twice"} if moved else set())


def test_only_symbols_that_the_code_reads_again_are_a_fault() -> None:
    made = op("AddV2", [100, 101], 102, symbolic=True, line=8)
    assert not findings(history(made, ev.Leaked(1, "history[0]", 102)))
    found = findings(history(made, ev.Leaked(1, "trainer.velocity[0]", 102, read=True)))
    assert found["update-outside-graph"].place == place(8)


def test_changed_python_values() -> None:
    found = findings(history(ev.PythonChanged(2, "train_step", ("rate",), place(4))))
    assert set(found) == {"frozen-python-state"}


@pytest.mark.parametrize(("symbolic", "faults"), [(True, {"numpy-in-graph"}), (False, set())])
def test_numpy_in_a_graph_needs_a_graph(symbolic: bool, faults: set[str]) -> None:
    last = op("Exp", [11], 12, symbolic=symbolic)
    raised = ev.Raised(1, "AttributeError", "'Tensor' object has no attribute 'numpy'", place(4))
    assert set(findings(history(last, raised))) == faults
