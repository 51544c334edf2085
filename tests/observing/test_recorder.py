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


def test_beyond_the_steps_asked_for_what_is_not_new_is_no_part_of_the_log():
    plain, longer = Recorder(steps=2), Recorder(steps=2, beyond=60)
    for recorder in (plain, longer):
        with recorder.recording():
            by_hand()
    logs = plain.log(), longer.log()
    assert logs[1].steps == 2 and logs[1].stopped == "steps"
    assert [type(e) for e in logs[0].events] == [type(e) for e in logs[1].events]
    assert list(logs[0].values.values()) == list(logs[1].values.values())


def test_beyond_the_steps_asked_for_another_phase_is_watched():
    def two_phases():
        by_hand()
        by_hand()  # other variables, by the same line
        eager()

    recorder = Recorder(steps=4, beyond=60)
    with recorder.recording():
        two_phases()
    log = recorder.log()
    assert log.steps > 8 and {e.step for e in log.events if isinstance(e, ev.Operation)} >= {1, 2, 7, 8}
    assert [e.step for e in log.events if isinstance(e, ev.StepEnded)] == list(range(1, log.steps + 1))


def test_values_that_are_written_into_an_array_are_heard():
    layer, buffer = keras.layers.Dense(3), np.zeros((2, 32, 3), np.float32)
    recorder = Recorder()
    with recorder.recording():
        with tf.GradientTape() as tape:
            buffer[1] = made = layer(X)
            loss = tf.reduce_mean(tf.constant(buffer.mean(0)) ** 2)
        tape.gradient(loss, layer.trainable_variables)
    log = recorder.log()
    converted = [e.tensor for e in log.events if isinstance(e, ev.Converted)]
    [call] = [e for e in log.events if isinstance(e, ev.LayerCalled)]
    assert set(call.outputs) <= set(converted) and made.shape == (32, 3)


def test_ending_a_program_is_no_exception_that_it_could_catch():
    assert not issubclass(EnoughSteps, Exception)


def test_everything_is_put_back():
    before = tf.GradientTape.gradient, keras.Layer.__call__, keras.optimizers.SGD.apply
    with Recorder().recording():
        assert tf.GradientTape.gradient is not before[0]
    assert (tf.GradientTape.gradient, keras.Layer.__call__, keras.optimizers.SGD.apply) == before


# -- single facts -------------------------------------------------------------------------


def heard(program, steps: int = 8, names: dict | None = None) -> ev.Log:
    """The log of a program that is called once."""
    recorder = Recorder(steps=steps)
    with recorder.recording():
        try:
            program()
        except Exception as error:
            recorder.raised(error)
    return recorder.log(names)


def of_kind(log: ev.Log, kind: type) -> list:
    return [event for event in log.events if isinstance(event, kind)]


def handing_over(form):
    """A step that hands pairs to an optimizer in a form."""

    def program():
        layer, optimizer = keras.layers.Dense(1), keras.optimizers.SGD(0.1)
        layer.build((None, 4))
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(tf.square(layer(X) - Y))
        gradients = tape.gradient(loss, layer.trainable_variables)
        optimizer.apply_gradients(form(gradients, layer.trainable_variables))

    return program


def half_taken(gradients, variables):
    pairs = zip(gradients, variables)
    next(pairs)
    return pairs


def spent_generator(gradients, variables):
    pairs = ((g, v) for g, v in zip(gradients, variables))
    list(pairs)
    return pairs


@pytest.mark.parametrize(
    ("form", "word", "taken"),
    [
        (zip, "pairs", 0),
        (half_taken, "begun", 1),
        (spent_generator, "spent", 0),
        (lambda gradients, variables: zip(variables, gradients), "variables first", 0),
    ],
)
def test_the_form_of_what_is_handed_over_is_heard(form, word, taken):
    [event] = of_kind(heard(handing_over(form)), ev.HandedOver)
    assert event.form == word and len(event.taken) == taken


@pytest.mark.parametrize(
    "convert", [lambda t: np.array(t), lambda t: np.asarray(t), lambda t: np.array([t]), np.tanh, float]
)
def test_values_that_numpy_reads_are_heard(convert):
    def program():
        weight = tf.Variable(1.0)
        with tf.GradientTape():
            convert(tf.exp(weight))

    log = heard(program)
    met = [e for e in log.events if isinstance(e, (ev.Converted, ev.NumpyMet))]
    assert met and all(event.tapes for event in met)


def test_a_layer_that_is_frozen_by_a_callback_is_heard_as_such():
    model = network()

    class Freeze(keras.callbacks.Callback):
        def on_epoch_begin(self, epoch, logs=None):
            if epoch == 1:
                self.model.layers[0].trainable = False

    def program():
        model.compile("sgd", "mse")
        model.fit(X, Y, epochs=2, verbose=0, callbacks=[Freeze()])
        model.layers[0].trainable = True

    assert [e.fitting for e in of_kind(heard(program), ev.TrainableSet)] == [True, False]


@pytest.mark.parametrize("traced", [False, True])
def test_zeros_for_unconnected_gradients_are_heard(traced):
    weight = tf.Variable(1.0)

    def step(unconnected):
        with tf.GradientTape() as tape:
            loss = tf.constant(2.0) * 3.0
        return tape.gradient(loss, weight, unconnected_gradients=unconnected)

    run = tf.function(step) if traced else step
    log = heard(lambda: [run("zero"), run("none")])
    assert [event.zeros for event in of_kind(log, ev.GradientsAsked)] == [True, False]


def test_a_graph_tells_how_large_the_last_relu_before_the_loss_is():
    weight = tf.Variable(-np.ones((4, 2), np.float32))

    @tf.function
    def step(x):
        with tf.GradientTape() as tape:
            inner = tf.nn.relu(x @ weight + 9.0)
            outer = tf.nn.relu(-inner)
            loss = tf.reduce_mean(outer)
        weight.assign_sub(tape.gradient(loss, weight))

    log = heard(lambda: step(tf.constant(X)))
    relus = [o.outputs[0] for o in of_kind(log, ev.Operation) if o.type == "Relu"]
    measured = {m.tensor: m.largest for m in of_kind(log, ev.Measured)}
    assert measured[relus[1]] == 0 and relus[0] not in measured


def test_values_of_small_variables_are_kept_and_names_told_apart():
    weights = [tf.Variable(1.0), tf.Variable(tf.ones((40,)))]

    def program():
        same = [tf.Variable(2.0, name="w"), tf.Variable(3.0, name="w")]
        for _ in range(2):
            with tf.GradientTape() as tape:
                loss = weights[0] * tf.reduce_sum(weights[1]) + same[0] * same[1]
            gradients = tape.gradient(loss, [*weights, *same])
            weights[0].assign_sub(0.1 * gradients[0])

    recorder = Recorder()
    recorder.know(weights)
    with recorder.recording():
        program()
    log = recorder.log({"weights": weights})
    names = {v.name: v.id for v in log.variables}
    assert {"weights[0]", "weights[1]", "w", "w (2)"} <= set(names)
    assert log.values[names["weights[0]"]] == ((1.0,), (pytest.approx(-7.0),))
    assert names["weights[1]"] not in log.values
