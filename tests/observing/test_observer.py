"""Observing sees what happens, and changes nothing of it."""

import keras
import numpy as np
import pytest
import tensorflow as tf

from autograder.observing import Observation, observe
from autograder.observing.tensors import gradient_kind, loss_of
from autograder.observing.variables import find_variables

X = tf.random.stateless_normal((16, 3), seed=(1, 2))
Y = tf.reduce_sum(X, axis=1, keepdims=True)


def network():
    keras.utils.set_random_seed(0)
    layers = [keras.layers.Dense(4, "tanh", name="first"), keras.layers.Dense(1, name="second")]
    return keras.Sequential([keras.Input((3,)), *layers])


def training_step(model, optimizer):
    def step(x, y):
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(tf.square(y - model(x)))
        gradients = tape.gradient(loss, model.trainable_variables)
        optimizer.apply_gradients(zip(gradients, model.trainable_variables))
        return loss

    return step


@pytest.mark.parametrize("graph", [False, True], ids=["eager", "tf.function"])
def test_losses_and_weights_are_the_same_bit_for_bit(graph):
    runs = []
    for watched in (False, True):
        model = network()
        optimizer = keras.optimizers.Adam(0.01)
        optimizer.build(model.trainable_variables)
        step = training_step(model, optimizer)
        step = tf.function(step) if graph else step
        if watched:
            losses = list(observe(step, [(X, Y)] * 5, model).losses)
        else:
            losses = [float(step(X, Y)) for _ in range(5)]
        runs.append((losses, [w.tobytes() for w in model.get_weights()]))
    assert runs[0] == runs[1]


def test_a_healthy_step_has_finite_gradients_and_moves_everything():
    model = network()
    seen = observe(training_step(model, keras.optimizers.SGD(0.1)), [(X, Y)] * 3, model)
    assert seen.steps == 3 and seen.error is None and len(seen.losses) == 3
    assert [v.name for v in seen.variables] == ["first/kernel", "first/bias", "second/kernel", "second/bias"]
    for v in seen.variables:
        assert v.gradients == ("finite",) * 3 and v.moved and v.registered and len(v.values) == 4
        np.testing.assert_allclose(v.update_norms[0], 0.1 * v.gradient_norms[0], rtol=1e-4)


def test_the_tape_is_left_as_it_was():
    before = tf.GradientTape.gradient
    model = network()
    observe(training_step(model, keras.optimizers.SGD(0.1)), [(X, Y)], model)
    assert tf.GradientTape.gradient is before


def test_an_exception_is_kept_with_its_line_and_the_steps_before_it():
    v = tf.Variable(1.0, name="v")
    calls = []

    def step():
        calls.append(1)
        if len(calls) == 3:
            raise ValueError("the third time")
        v.assign_add(1.0)

    seen = observe(step, [()] * 5, [v])
    assert seen.steps == 2 and seen.variables[0].update_norms == (1.0, 1.0)
    assert seen.error.type == "ValueError" and seen.error.message == "the third time"
    assert seen.error.file == __file__ and seen.error.text == 'raise ValueError("the third time")'


def test_warnings_are_kept_once():
    model = network()
    second = model.layers[1]

    def step(x, y):
        code = model.layers[0](x)
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(tf.square(y - second(code)))
        gradients = tape.gradient(loss, model.trainable_variables)
        optimizer.apply_gradients(zip(gradients, model.trainable_variables))

    optimizer = keras.optimizers.SGD(0.1)
    seen = observe(step, [(X, Y)] * 3, model)
    assert len(seen.warnings) == 1 and "Gradients do not exist" in seen.warnings[0]
    assert seen.variable("first/kernel").gradients == ("none",) * 3
    assert seen.losses == (None, None, None)


def test_a_variable_that_keras_does_not_track_is_found_and_marked():
    class Scaled(keras.layers.Layer):
        def __init__(self):
            super().__init__()
            self.scale = tf.Variable(1.0)
            self.dense = keras.layers.Dense(1)

        def call(self, x):
            return self.scale * self.dense(x)

    layer = Scaled()
    layer(X)
    found = {item.name: item.registered for item in find_variables(layer)}
    assert found["scale"] is False
    assert sum(found.values()) == 2


def test_variables_of_a_module_a_list_and_a_dict():
    v = tf.Variable(1.0, name="gain")
    module = tf.Module()
    module.v = v
    assert [i.name for i in find_variables(module)] == ["gain"]
    assert [i.name for i in find_variables([v, v])] == ["gain"]
    assert [i.name for i in find_variables({"my name": v})] == ["my name"]
    with pytest.raises(TypeError, match="model, layer or tf.Module"):
        find_variables(3)


@pytest.mark.parametrize(
    ("gradient", "kind"),
    [(None, "none"), (0.0, "zero"), ([0.0, np.nan], "nan"), ([np.inf], "nan"), ([0.0, 1e-30], "finite")],
)
def test_kinds_of_gradient(gradient, kind):
    assert gradient_kind(None if gradient is None else tf.constant(gradient))[0] == kind


def test_a_sparse_gradient_is_read_by_its_rows():
    slices = tf.IndexedSlices(tf.ones((2, 2)), tf.constant([0, 5]), tf.constant([9, 2]))
    assert gradient_kind(slices) == ("finite", 2.0)


def test_a_row_that_was_read_twice_counts_as_a_sum():
    slices = tf.IndexedSlices(
        tf.constant([[3.0], [4.0], [-4.0]]), tf.constant([2, 0, 0]), tf.constant([9, 1])
    )
    assert gradient_kind(slices) == ("finite", 3.0)


def test_the_gradient_of_an_embedding_is_seen():
    table = tf.Variable([[1.0], [2.0], [3.0]], name="table")

    def step():
        with tf.GradientTape() as tape:
            loss = tf.reduce_sum(tf.gather(table, [0, 0, 2]))
        tape.gradient(loss, table)
        return loss

    assert observe(step, [()], [table]).variable("table").gradient_norms == (pytest.approx(5**0.5),)


@pytest.mark.parametrize(
    ("result", "loss"),
    [(tf.constant(2.0), 2.0), (3, 3.0), ({"loss": 1.5}, 1.5), (np.ones(2), None), ("2", None), (None, None)],
)
def test_what_counts_as_a_loss(result, loss):
    assert loss_of(result) == loss


def test_an_observation_comes_back_from_its_text():
    model = network()
    seen = observe(training_step(model, keras.optimizers.SGD(0.1)), [(X, Y)] * 2, model)
    back = Observation.from_json(seen.to_json())
    assert back.losses == seen.losses and back.steps == 2
    for a, b in zip(back.variables, seen.variables, strict=True):
        assert (a.name, a.shape, a.gradients, a.update_norms) == (
            b.name,
            b.shape,
            b.gradients,
            b.update_norms,
        )
        np.testing.assert_array_equal(a.values[1], b.values[1])
