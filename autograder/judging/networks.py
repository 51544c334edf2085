"""The same small models in NumPy, for the reference."""

from collections.abc import Callable

import numpy as np

from autograder.judging.reference import Parameters


def dense_forward(weights: Parameters, x: np.ndarray, activation: Callable = np.tanh) -> np.ndarray:
    """Output of dense layers (kernel, bias, kernel, bias, …): shape (rows of x, last units).

    Every layer but the last has the activation.
    """
    for i in range(0, len(weights), 2):
        x = x @ weights[i] + weights[i + 1]
        if i + 2 < len(weights):
            x = activation(x)
    return x


def draw_weights(rng: np.random.Generator, *widths: int) -> list[np.ndarray]:
    """Random float32 weights of dense layers: kernels at scale 1/√inputs, biases around 0."""
    weights = []
    for inputs, units in zip(widths, widths[1:]):
        weights.append(rng.normal(0, 1 / np.sqrt(inputs), (inputs, units)).astype(np.float32))
        weights.append(rng.normal(0, 0.1, units).astype(np.float32))
    return weights


def mean_squared_error(y: np.ndarray, prediction: np.ndarray) -> float:
    """Mean of the squared differences. Shapes must be equal."""
    if y.shape != prediction.shape:
        raise ValueError(f"shapes differ: {y.shape} and {prediction.shape}")
    return float(np.mean((y - prediction) ** 2))
