"""A log comes back from its text as it was, is judged alike, and another text is refused."""

import math
import warnings

import pytest

from autograder.diagnosis import from_log
from autograder.observing import events as ev
from autograder.observing.logfile import NotALog, dumps, loads
from autograder.observing.step import record_step


@pytest.fixture(scope="module")
def log():
    """What a step leaves that rounds in the middle."""
    import keras
    import tensorflow as tf

    keras.utils.set_random_seed(1)
    hidden, output = keras.layers.Dense(3, name="hidden"), keras.layers.Dense(1, name="output")
    optimizer = keras.optimizers.SGD(0.1)
    x, y = tf.ones((4, 2)), tf.zeros((4, 1))
    hidden(x), output(hidden(x))

    def step():
        weights = [*hidden.trainable_variables, *output.trainable_variables]
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(tf.square(y - output(tf.round(hidden(x)))))
        optimizer.apply_gradients(zip(tape.gradient(loss, weights), weights))

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # Keras tells of the missing gradients
        return record_step(step, (), steps=3)


def test_a_log_comes_back_as_it_was(log):
    assert len(log.events) > 20
    assert loads(dumps(log)) == log


def test_what_comes_back_is_judged_alike(log):
    first, second = from_log(log), from_log(loads(dumps(log)))
    assert first.to_json() == second.to_json()
    assert [f.fault for f in first.findings] == ["non-differentiable-op"]


def test_numbers_that_are_not_finite_come_back():
    event = ev.Measured(1, 2, math.inf, math.nan)
    (back,) = loads(dumps(ev.Log(events=(event,)))).events
    assert back.largest == math.inf and math.isnan(back.rms)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        '{"is": "Log"',
        '{"is": "Path"}',
        '{"is": "Log", "steps": "3"}',
        '{"is": "Log", "events": [{"is": "Popen"}]}',
        '{"is": "Log", "events": [{"is": "Leaked", "step": 1, "name": 2, "place": null}]}',
        '{"is": "Log", "unknown": 1}',
        "[" * 100_000,
    ],
)
def test_another_text_is_refused_with_a_sentence(text):
    with pytest.raises(NotALog, match="This is not a log"):
        loads(text)
