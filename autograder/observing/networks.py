"""Small Keras models with given weights, for probes."""

from collections.abc import Sequence
from typing import Any

import numpy as np


def dense_network(weights: Sequence[np.ndarray], activation: str = "tanh", names: Sequence[str] = ()) -> Any:
    """A Keras model of dense layers: kernel, bias, kernel, bias, … in `weights`.

    Every layer but the last has the activation. Kernels have shape
    (inputs, units), biases (units,), all float32. `names` are layer names.
    """
    import keras

    kernels = weights[0::2]
    layers = [
        keras.layers.Dense(
            kernel.shape[1],
            activation=activation if i < len(kernels) - 1 else None,
            name=names[i] if names else None,
        )
        for i, kernel in enumerate(kernels)
    ]
    model = keras.Sequential([keras.Input((kernels[0].shape[0],)), *layers])
    model.set_weights([np.asarray(w, dtype=np.float32) for w in weights])
    return model
