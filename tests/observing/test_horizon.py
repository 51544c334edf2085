"""How long a program is watched: the steps asked for, and on where something new comes."""

import time

from autograder.observing.horizon import Horizon


def walk(horizon: Horizon, steps: int, news_at: int = 0) -> int:
    """Train until the horizon is reached; returns the number of steps that ran."""
    for step in range(steps):
        if horizon.is_reached(step, step):
            return step
        if step + 1 == news_at:
            horizon.news()
    return steps


def test_without_time_beyond_it_ends_with_the_steps_asked_for() -> None:
    horizon = Horizon(5)
    assert walk(horizon, 100) == 5 and horizon.cut is None


def test_what_comes_beyond_and_is_not_new_is_cut() -> None:
    horizon = Horizon(5, seconds=60)
    assert walk(horizon, 12) == 12 and horizon.cut == 5
    assert walk(Horizon(5, seconds=60), 1_000) == 15


def test_news_beyond_let_the_steps_begin_anew() -> None:
    horizon = Horizon(5, seconds=60)
    assert walk(horizon, 14, news_at=8) == 14 and horizon.cut == 12


def test_the_time_beyond_runs_out() -> None:
    horizon = Horizon(2, seconds=0.001)
    assert not horizon.is_reached(2, 2)
    started = time.process_time()
    while time.process_time() - started < 0.01:
        pass
    assert horizon.is_reached(3, 3) and horizon.cut == 2


def test_news_within_the_steps_asked_for_change_nothing() -> None:
    horizon = Horizon(5)
    assert walk(horizon, 100, news_at=3) == 5


def test_rates_and_losses_far_from_those_before_are_new() -> None:
    horizon = Horizon(2, seconds=60)
    assert not any(horizon.is_new_rate(rate) for rate in (0.1, 0.1, 0.05))
    assert not any(horizon.is_new_loss(loss) for loss in (1.0, 0.5))
    horizon.is_reached(2, 2)
    assert not horizon.is_new_rate(0.2) and horizon.is_new_rate(1.0) and horizon.is_new_rate(1e-4)
    assert not horizon.is_new_loss(2.0) and horizon.is_new_loss(50.0) and horizon.is_new_loss(float("nan"))


def test_while_something_is_expected_only_the_time_ends_the_program() -> None:
    horizon = Horizon(5, seconds=60)
    horizon.expect("compile")
    assert walk(horizon, 1_000) == 1_000
    horizon.met("compile")
    assert horizon.news()
    assert walk(Horizon(5, seconds=60), 1_000) == 15


def test_what_was_expected_is_news_however_often_there_was_some() -> None:
    horizon = Horizon(2, seconds=60)
    horizon.expect(("train.py", 30))
    for applied in (2, 4):
        assert not horizon.is_reached(applied, applied)
        assert horizon.news()
    assert not horizon.is_reached(6, 6)
    horizon.met(("train.py", 30))
    assert horizon.news()
    assert not horizon.is_reached(7, 7)
    assert not horizon.is_reached(8, 8)
    assert not horizon.news()
