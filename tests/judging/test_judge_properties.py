"""The judge, on random networks, batches, rates and orders: right steps pass, wrong ones don't."""

import numpy as np
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from autograder.judging.networks import dense_forward, draw_weights, mean_squared_error
from autograder.judging.reference import Trajectory, descend, sgd
from autograder.judging.steps import judge_steps
from autograder.observing.observation import Observation, VariableObservation

runs = st.fixed_dictionaries(
    {
        "seed": st.integers(0, 2**32 - 1),
        "widths": st.lists(st.integers(1, 5), min_size=2, max_size=4),
        "rows": st.integers(2, 16),
        "steps": st.integers(1, 4),
        "rate": st.floats(0.01, 0.3),
    }
)
quick = settings(max_examples=40, deadline=None)


def reference(run) -> Trajectory:
    """Right steps of gradient descent on the mean squared error, a fresh batch each."""
    rng = np.random.default_rng(run["seed"])
    losses = []
    for _ in range(run["steps"]):
        x = rng.normal(size=(run["rows"], run["widths"][0]))
        y = 3 + rng.normal(size=(run["rows"], run["widths"][-1]))
        losses.append(lambda w, x=x, y=y: mean_squared_error(y, dense_forward(w, x)))
    return descend(losses, draw_weights(rng, *run["widths"]), sgd(run["rate"]))


def observed(values, losses) -> Observation:
    """What `observe` would have noted of a run with these values, in float32."""
    variables = []
    for i, first in enumerate(values[0]):
        path = [np.asarray(step[i], dtype=np.float32) for step in values]
        updates = tuple(float(np.linalg.norm(b.astype(float) - a)) for a, b in zip(path, path[1:]))
        variables.append(
            VariableObservation(
                name=f"v{i}",
                shape=np.shape(first),
                dtype="float32",
                registered=True,
                trainable=True,
                gradients=("finite",) * len(updates),
                gradient_norms=(1.0,) * len(updates),
                update_norms=updates,
                values=tuple(path),
            )
        )
    return Observation(len(losses), tuple(variables), tuple(float(np.float32(loss)) for loss in losses))


def holds(observation: Observation, right: Trajectory) -> dict[str, bool]:
    return {p.name: p.holds for p in judge_steps(observation, right, "the loss")}


def smallest_move(right: Trajectory) -> float:
    """The smallest distance that any variable moves in a step, against its size."""
    return min(
        float(np.linalg.norm(b - a) / (1e-3 + np.linalg.norm(a)))
        for before, after in zip(right.values, right.values[1:])
        for a, b in zip(before, after)
    )


@quick
@given(run=runs)
def test_right_steps_in_float32_hold(run):
    right = reference(run)
    assume(smallest_move(right) > 1e-3)  # float32 resolves it
    assert all(holds(observed(right.values, right.losses), right).values())


@quick
@given(run=runs, noise=st.integers(0, 2**32 - 1))
def test_right_steps_of_a_less_exact_machine_hold(run, noise):
    """TF32 keeps 11 bits: each update is off by up to 2e-3 of its size (see `reference.TOLERANCE`)."""
    right = reference(run)
    assume(smallest_move(right) > 1e-3)
    rng = np.random.default_rng(noise)
    values = [right.values[0]]
    for before, after in zip(right.values, right.values[1:]):
        step = [(b - a) * (1 + 2e-3 * rng.uniform(-1, 1, np.shape(a))) for a, b in zip(before, after)]
        values.append(tuple(v + s for v, s in zip(values[-1], step)))
    assert holds(observed(values, right.losses), right)["update"]


@quick
@given(run=runs, which=st.integers(0, 100))
def test_a_variable_that_stays_is_noticed(run, which):
    right = reference(run)
    assume(smallest_move(right) > 1e-3)
    i = which % len(right.values[0])
    values = [tuple(right.values[0][i] if k == i else v for k, v in enumerate(step)) for step in right.values]
    assert not holds(observed(values, right.losses), right)["update"]


@quick
@given(run=runs, factor=st.one_of(st.floats(0.1, 0.95), st.floats(1.05, 5)))
def test_another_rate_is_noticed(run, factor):
    right = reference(run)
    assume(smallest_move(right) > 1e-3)
    start = right.values[0]
    values = [tuple(s + factor * (v - s) for s, v in zip(start, step)) for step in right.values]
    verdict = holds(observed(values, right.losses), right)
    assert not verdict["update"] and verdict["loss"]


@quick
@given(run=runs, seed=st.integers(0, 2**32 - 1))
def test_updates_that_went_to_another_variable_of_the_same_shape_are_noticed(run, seed):
    widths = [3] * len(run["widths"])
    assume(len(widths) > 2)
    right = reference({**run, "widths": widths})
    assume(smallest_move(right) > 1e-3)
    a, b = 0, 2  # the first two kernels
    start = right.values[0]
    moved = [[v - s for s, v in zip(start, step)] for step in right.values]
    assume(np.linalg.norm(moved[1][a] - moved[1][b]) > 0.1 * np.linalg.norm(moved[1][a]))
    values = []
    for step in moved:
        step[a], step[b] = step[b], step[a]
        values.append(tuple(s + m for s, m in zip(start, step)))
    assert not holds(observed(values, right.losses), right)["update"]


@quick
@given(run=runs)
def test_a_loss_of_after_the_update_is_noticed(run):
    right = reference(run)
    late = [*right.losses[1:], right.losses[-1] * 0.5]
    assume(all(abs(a - b) > 0.05 * abs(b) for a, b in zip(late, right.losses)))
    verdict = holds(observed(right.values, late), right)
    assert verdict["update"] or smallest_move(right) <= 1e-3
    assert not verdict["loss"]


@quick
@given(run=runs, shape=st.sampled_from([(), (1,), (7, 7)]))
def test_a_value_of_another_shape_is_no_agreement_and_no_crash(run, shape):
    right = reference(run)
    values = [(np.zeros(shape), *step[1:]) for step in right.values]
    assume(np.shape(right.values[0][0]) != shape)
    assert not holds(observed(values, right.losses), right)["update"]
