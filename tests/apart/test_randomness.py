"""The streams of random numbers of a test that seeds, as the checker keeps them."""

import json
import random
from collections.abc import Iterator

import numpy as np
import pytest

from autograder.apart import randomness
from autograder.apart.wire import NotApart


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    """The streams of the tests' own process go on where they were."""
    ours, numpys, first = random.getstate(), np.random.get_state(), NotApart.first
    yield
    random.setstate(ours)
    np.random.set_state(numpys)
    NotApart.first = first


def test_states_cross_as_json_and_go_on_with_the_same_numbers() -> None:
    random.seed(3)
    np.random.seed(3)
    np.random.normal()  # keeps a second number for the next call
    states = json.loads(json.dumps(randomness.written()))
    expected = random.random(), np.random.normal(), np.random.rand()
    assert randomness.drawn_since(states) == ["random", "numpy"]
    randomness.go_on_from(states)
    assert randomness.drawn_since(states) == []
    assert (random.random(), np.random.normal(), np.random.rand()) == expected


def test_a_stream_that_is_ahead_is_left_alone_until_it_is_seeded_anew() -> None:
    streams = randomness.Streams()
    with streams.watched():
        np.random.seed(1)
        streams.drawn(["numpy"], streams.now())
        assert list(streams.now()) == ["random"]
        np.random.seed(2)
        np.random.rand()
        assert list(streams.now()) == ["random", "numpy"]
        streams.drawn(["numpy", "no such stream"], streams.now())
        np.random.rand()
        with pytest.raises(NotApart, match="after the student's code has"):
            streams.now()
    assert np.random.seed.__module__ != randomness.__name__ != random.seed.__module__


def test_a_seed_that_was_imported_by_its_name_is_known_by_its_state() -> None:
    from numpy.random import seed

    streams = randomness.Streams()
    with streams.watched():
        seed(1)
        streams.drawn(["numpy"], streams.now())
        seed(2)
        assert list(streams.now()) == ["random", "numpy"]
