"""Optimizers for probes."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any


def buildable_in_any_trace(optimizer: Any) -> Any:
    """The same Keras optimizer, which may also make its variables in a later trace of a `tf.function`.

    A `tf.function` may create variables in its first trace only. A step that is
    decorated once would work for the first of several tests, and raise for the
    optimizer of the second. A graph belongs to its thread, so that variables which
    another thread makes belong to none.
    """
    build = optimizer.build

    def build_outside_of_graphs(variables: Any) -> None:
        with ThreadPoolExecutor(1) as thread:
            thread.submit(build, variables).result()

    optimizer.build = build_outside_of_graphs
    return optimizer
