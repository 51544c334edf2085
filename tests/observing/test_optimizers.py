"""An optimizer of a probe works in a step that was decorated once, and is a usual one otherwise."""

import pytest

from autograder.observing.optimizers import buildable_in_any_trace


@pytest.fixture
def tf():
    return pytest.importorskip("tensorflow")


def momentum_sgd():
    import keras

    return buildable_in_any_trace(keras.optimizers.SGD(0.1, momentum=0.5))


def test_a_step_that_is_decorated_once_serves_several_optimizers(tf):
    @tf.function
    def step(optimizer, variable):
        optimizer.apply_gradients([(tf.ones(()), variable)])

    for _ in range(2):
        optimizer, variable = momentum_sgd(), tf.Variable(0.0)
        for _ in range(2):
            step(optimizer, variable)
        assert variable.numpy() == pytest.approx(-0.1 - 0.15)


def test_it_still_refuses_a_variable_that_it_was_not_built_for(tf):
    optimizer = momentum_sgd()
    optimizer.apply_gradients([(tf.ones(()), tf.Variable(0.0))])
    with pytest.raises(ValueError, match="Unknown variable"):
        optimizer.apply_gradients([(tf.ones(()), tf.Variable(0.0))])
