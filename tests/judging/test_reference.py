"""The reference agrees with other ways to compute the same thing, and its tolerance is argued."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from autograder.judging.networks import dense_forward, draw_weights, mean_squared_error
from autograder.judging.reference import TOLERANCE, adam, agree, descend, numerical_gradient, sgd


def test_gradient_of_a_quadratic_is_exact():
    (gradient,) = numerical_gradient(lambda p: float(np.sum(p[0] ** 2)), [np.array([1.0, -2.0, 3.0])])
    np.testing.assert_allclose(gradient, [2.0, -4.0, 6.0], rtol=1e-8)


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 2**32), inputs=st.integers(1, 5), units=st.integers(1, 6), rows=st.integers(1, 12))
def test_gradient_of_a_network_is_that_of_backpropagation(seed, inputs, units, rows):
    rng = np.random.default_rng(seed)
    weights = [w.astype(np.float64) for w in draw_weights(rng, inputs, units, 1)]
    x, y = rng.normal(size=(rows, inputs)), rng.normal(size=(rows, 1))
    numerical = numerical_gradient(lambda w: mean_squared_error(y, dense_forward(w, x)), weights)
    for a, b in zip(numerical, _backpropagate(weights, x, y), strict=True):
        np.testing.assert_allclose(a, b, rtol=1e-5, atol=1e-8)


@settings(max_examples=25, deadline=None)
@given(rate=st.floats(1e-3, 0.4), steps=st.integers(1, 6), start=st.floats(-5, 5))
def test_gradient_descent_on_a_parabola_has_its_closed_form(rate, steps, start):
    trajectory = descend([lambda p: float(p[0] ** 2)] * steps, [np.array(start)], sgd(rate))
    np.testing.assert_allclose(
        [float(v[0]) for v in trajectory.values],
        [start * (1 - 2 * rate) ** k for k in range(steps + 1)],
        rtol=1e-6,
        atol=1e-9,
    )
    assert len(trajectory.losses) == steps


RULES = {
    "sgd": (lambda: sgd(0.1), {"class_name": "SGD", "config": {"learning_rate": 0.1}}),
    "momentum": (
        lambda: sgd(0.1, momentum=0.9),
        {"class_name": "SGD", "config": {"learning_rate": 0.1, "momentum": 0.9}},
    ),
    "adam": (lambda: adam(0.05), {"class_name": "Adam", "config": {"learning_rate": 0.05}}),
}


@pytest.mark.parametrize("name", RULES)
def test_a_rule_moves_a_parameter_as_the_optimizer_of_keras_does(name):
    import keras
    import tensorflow as tf

    make_rule, config = RULES[name]
    start = np.array([1.0, -2.0, 0.5])
    scale = np.array([1.0, 3.0, 0.2])
    right = descend([lambda p: float(np.sum(scale * p[0] ** 2))] * 8, [start], make_rule())
    optimizer = keras.optimizers.deserialize(config)
    variable = tf.Variable(start)
    for values in right.values[1:]:
        with tf.GradientTape() as tape:
            loss = tf.reduce_sum(scale * variable**2)
        optimizer.apply_gradients([(tape.gradient(loss, variable), variable)])
        # Keras keeps beta_2 in float32, where 1 − 0.999 is off by 3e-5.
        np.testing.assert_allclose(variable.numpy(), values[0], rtol=1e-4)


@pytest.mark.parametrize("seed", range(10))
def test_arithmetic_with_tf32_factors_stays_within_half_the_tolerance(seed):
    """Right steps on a machine that keeps 11 bits of each factor of a matrix product must pass."""
    rng = np.random.default_rng(seed)
    weights = draw_weights(rng, 4, 5, 1)
    x = rng.normal(size=(24, 4)).astype(np.float32)
    y = (2 + x[:, :1] - 1.5 * x[:, 1:2]).astype(np.float32)
    exact = _backpropagate([w.astype(np.float64) for w in weights], x.astype(np.float64), y)
    rounded = _backpropagate(weights, x, y, product=lambda a, b: _tf32(a) @ _tf32(b))
    for a, b in zip(rounded, exact, strict=True):
        assert np.linalg.norm(a - b) < 0.5 * TOLERANCE * np.linalg.norm(b)


@pytest.mark.parametrize("seen", [np.nan, np.inf, 1.02, -1.0, np.ones(2)])
def test_agree_refuses(seen):
    assert not agree(seen, 1.0)


def test_agree_allows_rounding():
    assert agree(np.float32(1.0) + np.float32(1e-6), 1.0)


def _backpropagate(weights, x, y, product=np.matmul):
    """The gradient of the mean squared error of a tanh network with one hidden layer, by the chain rule."""
    kernel, bias, head, head_bias = weights
    hidden = np.tanh(product(x, kernel) + bias)
    error = 2 * (product(hidden, head) + head_bias - y) / y.size
    inner = product(error, head.T) * (1 - hidden**2)
    return [product(x.T, inner), inner.sum(axis=0), product(hidden.T, error), error.sum(axis=0)]


def _tf32(array):
    """Round float32 numbers to the 10 stored bits that TF32 keeps of a fraction."""
    bits = np.ascontiguousarray(array, dtype=np.float32).view(np.uint32)
    return ((bits + np.uint32(0x1000)) & np.uint32(0xFFFFE000)).view(np.float32)
