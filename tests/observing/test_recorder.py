"""The recorder hears what a program does, and the program computes the same bits."""

import keras
import numpy as np
import pytest
import tensorflow as tf

from autograder.observing import events as ev
from autograder.observing.recorder import EnoughSteps, Recorder

X = np.random.default_rng(0).normal(size=(32, 4)).astype(np.float32)
Y = (X[:, :1] - 0.5 * X[:, 1:2]).astype(np.float32)


def network():
    keras.utils.set_random_seed(3)
    layers = [keras.layers.Dense(6, "relu"), keras.layers.Dropout(0.2), keras.layers.Dense(1)]
    return keras.Sequential([keras.Input((4,)), *layers])


def eager():
    model, optimizer = network(), keras.optimizers.Adam(0.01)
    losses = []
    for _ in range(6):
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(tf.square(Y - model(X, training=True)))
        gradients = tape.gradient(loss, model.trainable_variables)
        optimizer.apply_gradients(zip(gradients, model.trainable_variables))
        losses.append(float(loss))
    return losses, model.get_weights()


def graph():
    model, optimizer = network(), keras.optimizers.SGD(0.05, momentum=0.9)

    @tf.function
    def step(x, y):
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(tf.square(y - model(x, training=True)))
        gradients = tape.gradient(loss, model.trainable_variables)
        optimizer.apply_gradients(zip(gradients, model.trainable_variables))
        return loss

    return [float(step(tf.constant(X), tf.constant(Y))) for _ in range(6)], model.get_weights()


def fit():
    model = network()
    model.compile(keras.optimizers.Adam(0.01), "mse")
    history = model.fit(X, Y, batch_size=8, epochs=2, verbose=0)
    return history.history["loss"], model.get_weights()


def by_hand():
    weight = tf.Variable(np.ones((4, 1), np.float32))
    losses = []
    for _ in range(6):
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(tf.square(Y - X @ weight))
        weight.assign_sub(0.1 * tape.gradient(loss, weight))
        losses.append(float(loss))
    return losses, [weight.numpy()]


PROGRAMS = [eager, graph, fit, by_hand]


@pytest.mark.parametrize("program", PROGRAMS, ids=lambda p: p.__name__)
def test_losses_and_weights_are_the_same_bit_for_bit(program):
    losses, weights = program()
    with Recorder(steps=1000).recording():
        heard_losses, heard_weights = program()
    assert heard_losses == losses
    assert [w.tobytes() for w in heard_weights] == [w.tobytes() for w in weights]


@pytest.mark.parametrize(("program", "steps"), [(eager, 6), (graph, 6), (fit, 8), (by_hand, 6)])
def test_every_step_is_counted_with_its_loss_and_gradients(program, steps):
    recorder = Recorder(steps=1000)
    with recorder.recording():
        program()
    log = recorder.log()
    assert log.steps == steps and log.stopped == "end"
    ended = [e for e in log.events if isinstance(e, ev.StepEnded)]
    assert [e.step for e in ended] == list(range(1, steps + 1))
    assert all(v.update_norm > 0 for e in ended for v in e.variables)
    seen = [e for e in log.events if isinstance(e, (ev.GradientsAsked, ev.Computed)) and e.value is not None]
    assert len(seen) == steps
    assert all(g.kind == "finite" for e in seen for g in e.gradients)


@pytest.mark.parametrize("program", PROGRAMS, ids=lambda p: p.__name__)
def test_a_program_is_ended_after_the_steps_that_were_asked_for(program):
    recorder = Recorder(steps=2)
    with recorder.recording():
        program()
        pytest.fail("the program ran on")
    assert recorder.log().stopped == "steps" and recorder.log().steps == 2


def test_ending_a_program_is_no_exception_that_it_could_catch():
    assert not issubclass(EnoughSteps, Exception)


def test_everything_is_put_back():
    before = tf.GradientTape.gradient, keras.Layer.__call__, keras.optimizers.SGD.apply
    with Recorder().recording():
        assert tf.GradientTape.gradient is not before[0]
    assert (tf.GradientTape.gradient, keras.Layer.__call__, keras.optimizers.SGD.apply) == before
