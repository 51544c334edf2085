"""The picture of a gradient's way says, line by line, what the tape recorded and where the way ends."""

import keras
import numpy as np
import pytest
import tensorflow as tf

from autograder import draw_path
from autograder.judging.history import History
from autograder.judging.route import Line, route
from autograder.observing.step import record_step

X = tf.random.stateless_normal((16, 3), seed=(1, 2))
Y = tf.random.stateless_normal((16, 1), seed=(1, 3))


def new_model():
    keras.utils.set_random_seed(1)
    layers = [keras.layers.Dense(4, "tanh", name="hidden"), keras.layers.Dense(1, name="output")]
    return keras.Sequential([keras.Input((3,)), *layers])


def forward_outside(model, x, y):
    prediction = model(x)
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(y - prediction))
    tape.gradient(loss, model.trainable_variables)


def rounded_inside(model, x, y):
    hidden, output = model.layers
    with tf.GradientTape() as tape:
        code = hidden(x)
        rounded = tf.round(code * 4) / 4
        prediction = output(rounded)
        loss = tf.reduce_mean(tf.square(y - prediction))
    tape.gradient(loss, model.trainable_variables)


def through_numpy(model, x, y):
    hidden, output = model.layers
    with tf.GradientTape() as tape:
        code = hidden(x)
        smooth = np.tanh(code.numpy())
        prediction = output(tf.constant(smooth))
        loss = tf.reduce_mean(tf.square(y - prediction))
    tape.gradient(loss, model.trainable_variables)


def signed(model, x, y):
    with tf.GradientTape() as tape:
        sign = tf.sign(model(x))
        loss = tf.reduce_mean(tf.square(y - sign))
    tape.gradient(loss, model.trainable_variables)


def healthy(model, x, y):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(y - model(x)))
    tape.gradient(loss, model.trainable_variables)


def lines(step) -> dict[str, Line]:
    """The first word of each line → the line."""
    way = route(History(record_step(step, (new_model(), X, Y), steps=1)))
    assert way is not None
    return {line.text.split()[0]: line for line in way.lines}


def ends(line: Line) -> dict[str, set[str]]:
    return {end.kind: set(end.variables) for end in line.ends}


def test_what_ran_before_the_tape_was_open_is_where_the_way_ends():
    found = lines(forward_outside)
    assert list(found) == ["prediction", "loss"]
    assert not found["prediction"].recorded and not found["prediction"].passed
    assert ends(found["prediction"]) == {
        "before": {"hidden/kernel", "hidden/bias", "output/kernel", "output/bias"}
    }
    assert found["loss"].recorded and found["loss"].passed and found["loss"].is_loss


@pytest.mark.parametrize("step", [rounded_inside, tf.function(rounded_inside)], ids=["eager", "graph"])
def test_the_way_passes_below_an_operation_without_derivative(step):
    found = lines(step)
    assert list(found) == ["code", "rounded", "prediction", "loss"]
    assert ends(found["rounded"]) == {"step": {"hidden/kernel", "hidden/bias"}}
    assert not found["code"].passed and found["prediction"].passed
    assert {read.name for read in found["prediction"].reads} == {"output/kernel", "output/bias"}
    assert found["loss"].uses == (2,)


def test_numpy_is_where_the_value_leaves():
    found = lines(through_numpy)
    assert ends(found["smooth"]) == {"numpy": {"hidden/kernel", "hidden/bias"}}
    assert found["smooth"].recorded  # the tape was open; NumPy left it nothing to record
    assert found["prediction"].passed and not found["code"].passed


def test_a_derivative_of_zero_is_named_as_such():
    found = lines(signed)
    assert list(ends(found["sign"])) == ["flat"]
    assert {read.gradient for read in found["sign"].reads} == {"zero"}


def test_text_and_picture_say_the_same():
    drawn = draw_path(forward_outside, new_model(), X, Y)
    text, page = repr(drawn), drawn._repr_html_()
    for words in ("it ran before the tape was open", "this is what was differentiated"):
        assert words in text and words in page
    assert "is not recording  ends here  prediction = model(x)" in text
    assert 'role="img"' in page and "aria-label" in page and "currentColor" in page
    assert "#" not in page.replace("&#", "")  # no colour of its own


def test_a_healthy_step_has_no_end():
    text = repr(draw_path(healthy, new_model(), X, Y))
    assert "✗" not in text and "passes" in text


def test_a_step_without_a_tape_has_nothing_to_draw():
    assert "nothing to draw" not in repr(draw_path(healthy, new_model(), X, Y))
    drawn = draw_path(lambda: None)
    assert "no path to draw" in repr(drawn) and "no path to draw" in drawn._repr_html_()


def test_code_is_text_and_never_markup():
    def step(model, x, y):
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(tf.square(y - model(x))) if 1 < 2 else "<b>"
        tape.gradient(loss, model.trainable_variables)

    page = draw_path(step, new_model(), X, Y)._repr_html_()
    assert "<b>" not in page and "&lt;b&gt;" in page
