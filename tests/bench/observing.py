"""What it costs to be watched: a training step bare, under `observe`, and under the recorder of `diagnose`.

Each kind of step runs in blocks, bare and watched in turn, so that a machine
that is busy with other things disturbs both alike. The figures are medians of
processor time a step.
"""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass

STEPS, ROUNDS = 20, 3


@dataclass(frozen=True)
class Cost:
    """Processor milliseconds of one step."""

    step: str
    watched_by: str
    bare: float
    watched: float

    @property
    def ratio(self) -> float:
        """How many times a bare step a watched one costs."""
        return self.watched / self.bare


def measure() -> list[Cost]:
    """Every kind of step, watched in both ways."""
    return [
        _cost(name, watcher, make) for name, make in _steps().items() for watcher in ("observe", "diagnose")
    ]


def _steps() -> dict[str, Callable[[], tuple[Callable[[], object], object]]]:
    """Name → what makes a fresh step and the model that it trains."""
    import keras
    import tensorflow as tf

    x = tf.random.stateless_normal((256, 32), seed=(1, 2))
    y = tf.random.stateless_normal((256, 1), seed=(1, 3))
    images = tf.random.stateless_normal((32, 28, 28, 1), seed=(1, 4))
    labels = tf.argmax(tf.random.stateless_normal((32, 10), seed=(1, 5)), axis=1)

    def dense() -> keras.Model:
        keras.utils.set_random_seed(1)
        layers = [keras.layers.Dense(64, "relu"), keras.layers.Dense(64, "relu"), keras.layers.Dense(1)]
        return keras.Sequential([keras.Input((32,)), *layers])

    def convolutional() -> keras.Model:
        keras.utils.set_random_seed(1)
        layers = [
            keras.layers.Conv2D(16, 3, activation="relu"),
            keras.layers.MaxPooling2D(),
            keras.layers.Conv2D(32, 3, activation="relu"),
            keras.layers.Flatten(),
            keras.layers.Dense(10),
        ]
        return keras.Sequential([keras.Input((28, 28, 1)), *layers])

    def regression() -> tuple[Callable[[], object], object]:
        model, optimizer = dense(), keras.optimizers.Adam(1e-3)

        def step() -> object:
            with tf.GradientTape() as tape:
                loss = tf.reduce_mean(tf.square(y - model(x, training=True)))
            gradients = tape.gradient(loss, model.trainable_variables)
            optimizer.apply_gradients(zip(gradients, model.trainable_variables))
            return loss

        return step, model

    def classification() -> tuple[Callable[[], object], object]:
        model, optimizer = convolutional(), keras.optimizers.Adam(1e-3)
        loss_function = keras.losses.SparseCategoricalCrossentropy(from_logits=True)

        def step() -> object:
            with tf.GradientTape() as tape:
                loss = loss_function(labels, model(images, training=True))
            gradients = tape.gradient(loss, model.trainable_variables)
            optimizer.apply_gradients(zip(gradients, model.trainable_variables))
            return loss

        return step, model

    return {"dense network, eager": regression, "convolutions, eager": classification}


def _cost(name: str, watcher: str, make: Callable[[], tuple[Callable[[], object], object]]) -> Cost:
    bare, watched = [], []
    for _ in range(ROUNDS):
        step, model = make()
        step()  # the optimizer makes its variables
        bare.append(_timed(lambda step=step: [step() for _ in range(STEPS)]))
        watched.append(_timed(lambda step=step, model=model: _watch(watcher, step, model)))
    return Cost(name, watcher, 1000 * statistics.median(bare), 1000 * statistics.median(watched))


def _watch(watcher: str, step: Callable[[], object], model: object) -> None:
    from autograder import diagnose, observe

    if watcher == "observe":
        observe(step, [()] * STEPS, model)
    else:
        diagnose(step, steps=STEPS)


def _timed(run: Callable[[], object]) -> float:
    start = time.process_time()
    run()
    return (time.process_time() - start) / STEPS


def main() -> None:
    """Print the table."""
    print(f"{'step':<24} {'watched by':<10} {'bare':>9} {'watched':>9} {'ratio':>6}")
    for cost in measure():
        figures = f"{cost.bare:>6.1f} ms {cost.watched:>6.1f} ms {cost.ratio:>6.2f}"
        print(f"{cost.step:<24} {cost.watched_by:<10} {figures}")


if __name__ == "__main__":
    main()
