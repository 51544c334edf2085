"""Rules about rates and numbers, on logs that are made by hand: each fault beside its healthy neighbours."""

import math
from collections.abc import Callable, Sequence

import pytest

from autograder.judging.diagnose import diagnose
from autograder.judging.history import History
from autograder.judging.rules import capacity, direction, not_finite, numerics, optimizers, silent_units
from autograder.observing import events as ev

NUMBERS = [*not_finite.RULES, *silent_units.RULES, *numerics.RULES, *capacity.RULES]
UPDATES = [*optimizers.RULES, *direction.RULES]
LINE = ev.Place("train.py", 7, "optimizer = SGD(0.1)")
STEPS = 30


def variable(number: int, name: str, shape: tuple[int, ...]) -> ev.VariableInfo:
    return ev.VariableInfo(number, name, shape, "float32", True, "layer", "dense", 0, LINE)


def optimizer(kind: str = "SGD", **settings: object) -> ev.OptimizerInfo:
    known = {"clipnorm": None, "clipvalue": None, "global_clipnorm": None, "momentum": 0.0, "schedule": ""}
    return ev.OptimizerInfo(0, kind, **{**known, **settings}, made_in_step=0, made_at=LINE)  # type: ignore[arg-type]


def operation(
    kind: str, inputs: Sequence[int], output: int, shape: tuple[int, ...] = (8, 4), *, step: int = 1,
    flags: tuple[str, ...] = (), shapes: Sequence[tuple[int, ...]] = (), backward: bool = False,
    symbolic: bool = False,
) -> ev.Operation:  # fmt: skip
    return ev.Operation(
        step, kind, tuple(inputs), (output,), tuple(shapes) or (shape,) * len(inputs), (shape,), ("float32",),
        (1,), backward, False, symbolic, flags, LINE,
    )  # fmt: skip


def training(
    *,
    rate: Callable[[int], float] = lambda step: 0.1,
    gradient: Callable[[int], float] = lambda step: 1.0,
    went: Callable[[int], float] | None = None,
    loss: Callable[[int], float] = lambda step: 1.0 / step,
    info: ev.OptimizerInfo | None = None,
    along: float | None = -1.0,
    turn: float | None = 0.5,
    size: float = 2.0,
    shape: tuple[int, ...] = (4, 4),
    extra: Sequence[ev.Event] = (),
    steps: int = STEPS,
) -> ev.Log:
    """A log of one variable under one optimizer; numbers are functions of the step."""
    info = info or optimizer()
    went = went or (lambda step: rate(step) * gradient(step))
    events: list[ev.Event] = list(extra)
    for step in range(1, steps + 1):
        norm = gradient(step)
        kind = "nan" if not math.isfinite(norm) else "zero" if norm == 0 else "finite"
        events.append(
            ev.GradientsAsked(
                step, 1, (900,), loss(step), ((),), (ev.Gradient(1, True, 500, kind, norm),), False, LINE
            )
        )
        events.append(ev.Applied(step, 0, ((500, 1),), rate(step), step, False, LINE))
        moved = went(step)
        state = ev.VariableStep(1, moved, size, math.isfinite(moved), along, turn, size)
        events.append(ev.StepEnded(step, (state,)))
    return ev.Log(tuple(events), (variable(1, "kernel", shape),), (), (info,), steps)


def found(log: ev.Log) -> list[str]:
    rules = [*NUMBERS, *UPDATES]
    return [finding.fault for finding in diagnose(History(log), rules, strict=True)]


def constant(step: int) -> float:
    return 3.0


def test_a_step_that_learns_has_no_finding() -> None:
    assert found(training()) == []


def test_an_empty_log_has_no_finding() -> None:
    assert found(ev.Log()) == []


# -- rates --------------------------------------------------------------------------------


def test_a_rate_of_zero_is_found_and_names_the_optimizers_line() -> None:
    log = training(rate=lambda step: 0.0, loss=constant)
    [finding] = diagnose(History(log), UPDATES, strict=True)
    assert (finding.fault, finding.variables, finding.place) == ("zero-learning-rate", ("kernel",), LINE)


def test_a_warm_up_from_zero_is_healthy() -> None:
    assert found(training(rate=lambda step: 0.01 * (step - 1))) == []


@pytest.mark.parametrize("rate", [1e-6, 1e-8, 1e-10])
def test_a_tiny_rate_is_found(rate: float) -> None:
    assert found(training(rate=lambda step: rate, loss=constant)) == ["tiny-learning-rate"]


@pytest.mark.parametrize("rate", [1e-3, 1e-4])
def test_a_small_but_sane_rate_is_healthy(rate: float) -> None:
    assert found(training(rate=lambda step: rate, loss=lambda step: 3.0 - 0.0001 * step)) == []


def test_a_small_gradient_at_the_end_of_training_is_no_tiny_rate() -> None:
    assert found(training(gradient=lambda step: 1e-7, loss=constant)) == []


def test_a_rate_that_decays_at_once_is_found() -> None:
    log = training(rate=lambda step: 0.1 * 0.1**step, loss=lambda step: 2.0 + 0.5**step)
    assert found(log) == ["decayed-to-nothing"]


def test_a_cosine_over_the_whole_run_is_healthy() -> None:
    log = training(rate=lambda step: 0.05 * (1 + math.cos(math.pi * step / STEPS)))
    assert found(log) == []


def test_a_rate_that_falls_after_everything_is_learned_is_healthy() -> None:
    log = training(
        rate=lambda step: 0.1 if step < 10 else 1e-5,
        gradient=lambda step: 1.0 / step**3,
        loss=lambda step: 0.5 + 1.0 / step**3,
    )
    assert found(log) == []


def test_clipping_to_nothing_is_found_under_sgd() -> None:
    log = training(info=optimizer(clipnorm=1e-6), went=lambda step: 1e-7, loss=constant)
    assert found(log) == ["clipped-to-nothing"]


def test_sane_clipping_is_healthy() -> None:
    log = training(info=optimizer(clipnorm=1.0), gradient=lambda step: 20.0, went=lambda step: 0.1)
    assert found(log) == []


def test_clipping_under_adam_is_healthy() -> None:
    log = training(info=optimizer("Adam", clipnorm=1e-6), went=lambda step: 0.01)
    assert found(log) == []


def rebuilt(kind: str, momentum: float) -> ev.Log:
    log = training()
    makers = tuple(
        ev.OptimizerInfo(n, kind, None, None, None, momentum, "", n + 1, LINE) for n in range(STEPS)
    )
    events = [
        ev.Applied(e.step, e.step - 1, e.pairs, e.rate, 0, False, LINE) if isinstance(e, ev.Applied) else e
        for e in log.events
    ]
    return ev.Log(tuple(events), log.variables, (), makers, STEPS)


def test_an_optimizer_for_each_step_is_found_where_it_has_state() -> None:
    assert found(rebuilt("Adam", 0.0)) == ["optimizer-rebuilt-each-step"]
    assert found(rebuilt("SGD", 0.9)) == ["optimizer-rebuilt-each-step"]


def test_plain_sgd_for_each_step_is_healthy() -> None:
    assert found(rebuilt("SGD", 0.0)) == []


def test_unknown_variable_is_found_from_its_exception() -> None:
    raised = ev.Raised(
        2, "ValueError", "Unknown variable: <Variable path=dense/kernel>. This optimizer", LINE
    )
    log = training(steps=2, extra=[raised])
    assert "unknown-variable" in found(log)


# -- direction ----------------------------------------------------------------------------


def test_steps_up_the_slope_are_found() -> None:
    assert found(training(along=1.0, turn=1.0, loss=lambda step: 1.0 + 0.05 * step)) == ["ascending-sign"]


def test_climbing_a_reward_that_may_be_negative_is_healthy() -> None:
    assert found(training(along=1.0, turn=1.0, loss=lambda step: -3.0 + 0.05 * step)) == []


def test_steps_that_turn_back_and_a_growing_loss_are_a_huge_rate() -> None:
    log = training(turn=-1.0, gradient=lambda step: 4.0**step, loss=lambda step: 16.0**step)
    assert found(log) == ["huge-learning-rate"]


def test_noise_between_batches_is_healthy() -> None:
    assert found(training(turn=-0.1, loss=lambda step: 1.0 + 0.3 * (-1) ** step)) == []


# -- numbers ------------------------------------------------------------------------------


def spoiled_from(step: int) -> dict[str, Callable[[int], float]]:
    return {
        "loss": lambda s: math.nan if s >= step else 0.1,
        "gradient": lambda s: math.nan if s >= step else 1.0,
        "went": lambda s: math.nan if s >= step else 0.1,
    }


def test_a_nan_among_the_data_is_found() -> None:
    fed = ev.Measured(4, 77, math.nan, math.nan)
    assert found(training(extra=[fed], **spoiled_from(4))) == ["nan-in-data"]


def test_a_nan_among_the_data_that_is_masked_is_healthy() -> None:
    assert found(training(extra=[ev.Measured(4, 77, math.nan, math.nan)])) == []


def test_a_log_of_zero_is_found_where_the_log_was_taken() -> None:
    log = operation("Log", [300], 301, step=4, flags=("nan",))
    assert found(training(extra=[log], **spoiled_from(4))) == ["log-of-zero"]


def test_a_log_in_a_graph_is_found_unless_a_clip_or_a_constant_guards_it() -> None:
    sigmoid = operation("Sigmoid", [200], 300, symbolic=True)
    clip = operation("Maximum", [300, 299], 302, symbolic=True)
    bare = operation("Log", [300], 303, symbolic=True)
    guarded = operation("Log", [302], 303, symbolic=True)
    loss = operation("Neg", [303], 900, symbolic=True)
    assert found(training(extra=[sigmoid, bare, loss], **spoiled_from(4))) == ["log-of-zero"]
    assert found(training(extra=[sigmoid, clip, guarded, loss], **spoiled_from(4))) == []


def test_descending_on_a_log_probability_is_found() -> None:
    softmax = operation("LogSoftmax", [200], 300)
    chosen = operation("GatherNd", [300, 299], 301)
    weighted = operation("Mul", [301, 298], 302)
    mean = operation("Mean", [302, 297], 900, ())
    read = operation("ReadVariableOp", [1], 200)
    assert found(training(extra=[read, softmax, chosen, weighted, mean])) == ["ascending-sign"]
    negated = operation("Neg", [302], 303)
    mean = operation("Mean", [303, 297], 900, ())
    assert found(training(extra=[read, softmax, chosen, weighted, negated, mean])) == []


def where_with(kind: str) -> list[ev.Event]:
    read = operation("ReadVariableOp", [1], 200)
    return [read, operation(kind, [200], 300), operation("SelectV2", [199, 300, 298], 900)]


def test_nan_behind_a_where_is_found_by_its_finite_loss() -> None:
    bad = {"gradient": lambda step: math.nan, "went": lambda step: math.nan}
    assert found(training(extra=where_with("Log"), **bad)) == ["nan-in-unused-branch"]


def test_a_where_around_sqrt_is_not_blamed() -> None:
    bad = {"gradient": lambda step: math.nan, "went": lambda step: math.nan}
    assert found(training(extra=where_with("Sqrt"), **bad)) == []


def test_a_where_without_nan_is_healthy() -> None:
    assert found(training(extra=where_with("Log"))) == []


def summed(length: int) -> list[ev.Event]:
    return [operation("Sum", [300, 299], 900, (), shapes=[(length,), (1,)])]


def test_a_summed_loss_that_diverges_under_sgd_is_found() -> None:
    log = training(extra=summed(128), turn=-1.0, loss=lambda step: 50.0**step)
    assert found(log) == ["sum-instead-of-mean"]


def test_a_summed_loss_that_learns_is_healthy() -> None:
    assert found(training(extra=summed(128))) == []


def test_a_summed_loss_under_adam_is_healthy() -> None:
    assert found(training(extra=summed(128), info=optimizer("Adam"))) == []


def product(rms: float) -> list[ev.Event]:
    return [
        ev.Measured(1, 100, 3 * rms, rms),
        operation("ReadVariableOp", [1], 200),
        operation("MatMul", [100, 200], 900, shapes=[(8, 4), (4, 4)]),
    ]


def test_large_inputs_that_make_the_loss_explode_are_found() -> None:
    log = training(extra=product(4000.0), turn=-1.0, loss=lambda step: 1e6**step)
    assert found(log) == ["unscaled-inputs"]


def test_large_inputs_that_leave_the_loss_where_it_is_are_found() -> None:
    assert found(training(extra=product(150.0), loss=lambda step: 0.69)) == ["unscaled-inputs"]


def test_large_inputs_with_which_training_copes_are_healthy() -> None:
    assert found(training(extra=product(150.0))) == []


def test_a_gradient_that_is_huge_at_once_is_found() -> None:
    log = training(
        extra=product(1.0),
        gradient=lambda step: 1e10 if step == 1 else math.nan,
        went=lambda step: 1e9 if step == 1 else math.nan,
        loss=lambda step: 1e10 if step == 1 else math.nan,
    )
    assert found(log) == ["exploding-gradient"]


def many(kernels: Sequence[float], kind: str = "finite", values: float = 2.0, relu: bool = False) -> ev.Log:
    """A log of kernels in a row with these gradient norms, first layer first, under SGD(0.1)."""
    numbers = range(1, len(kernels) + 1)
    events: list[ev.Event] = []
    below = 100
    for n in numbers:
        events.append(operation("ReadVariableOp", [n], 200 + n))
        last = n == len(kernels)
        events.append(
            operation("MatMul", [below, 200 + n], 900 if last else 300 + n, shapes=[(8, 4), (4, 4)])
        )
        if not last:
            name = "Relu" if relu else "Sigmoid"
            flags = ("zero",) if relu and kernels[0] == 0 else ()
            events.append(operation(name, [300 + n], 400 + n, flags=flags))
        below = 400 + n
    for step in range(1, STEPS + 1):
        gradients = tuple(
            ev.Gradient(n, True, 500 + n, "zero" if norm == 0 else kind, norm)
            for n, norm in zip(numbers, kernels)
        )
        events.append(ev.GradientsAsked(step, 1, (900,), 0.7, ((),), gradients, False, LINE))
        events.append(ev.Applied(step, 0, tuple((500 + n, n) for n in numbers), 0.1, step, False, LINE))
        states = tuple(
            ev.VariableStep(n, 0.1 * norm, values, True, -1.0, 0.9, values)
            for n, norm in zip(numbers, kernels)
        )
        events.append(ev.StepEnded(step, states))
    variables = tuple(variable(n, f"kernel {n}", (4, 4)) for n in numbers)
    return ev.Log(tuple(events), variables, (), (optimizer(),), STEPS)


def test_gradients_that_fade_over_many_layers_are_found() -> None:
    log = many([1e-8, 1e-6, 1e-4, 1e-2, 1.0])
    [finding] = diagnose(History(log), NUMBERS, strict=True)
    assert finding.fault == "vanishing-gradient"
    assert "kernel 1" in finding.variables and "kernel 5" not in finding.variables


def test_the_usual_slope_of_three_sigmoid_layers_is_healthy() -> None:
    assert "vanishing-gradient" not in found(many([9e-3, 0.1, 1.0]))


def test_kernels_of_zeros_with_zero_gradient_are_found() -> None:
    assert found(many([0.0, 0.0], values=0.0)) == ["zero-initialised"]


def test_a_relu_that_lets_nothing_through_is_found() -> None:
    assert found(many([0.0, 1.0], relu=True)) == ["dead-relu"]


def test_a_relu_that_lets_something_through_is_healthy() -> None:
    assert "dead-relu" not in found(many([0.3, 1.0], relu=True))
