"""Plain data goes through text unchanged, and nothing else goes through."""

import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from autograder import plain

scalars = st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.floats(allow_nan=False) | st.text()
values = st.recursive(
    scalars, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=20
)


@given(values)
def test_values_come_back_equal(value):
    assert plain.loads(plain.dumps(value)) == value


@given(
    arrays.arrays(dtype=arrays.floating_dtypes(sizes=(16, 32, 64)) | arrays.integer_dtypes(), shape=(2, 3))
)
def test_arrays_come_back_with_type_and_shape(array):
    back = plain.loads(plain.dumps(array))
    assert back.dtype == array.dtype
    np.testing.assert_array_equal(back, array)


def test_nan_and_infinity_come_back():
    back = plain.loads(plain.dumps([float("nan"), float("-inf")]))
    assert np.isnan(back[0]) and back[1] == float("-inf")


@pytest.mark.parametrize("value", [object(), {1: 2}, np.array(["text"]), np.array([object()]), {"f": len}])
def test_anything_else_is_refused(value):
    with pytest.raises(plain.NotPlain):
        plain.dumps(value)


def test_a_subclass_loses_its_overrides():
    class Liar(str):
        def __eq__(self, other):
            return True

        __hash__ = str.__hash__

    assert type(plain.loads(plain.dumps(Liar("x")))) is str


@pytest.mark.parametrize(
    "text",
    [
        "no json",
        json.dumps({"array": "AAAA", "dtype": "|O", "shape": [1]}),
        json.dumps({"array": "AAAA", "dtype": "<f4", "shape": [10**9]}),
        json.dumps({"array": "AAAA", "dtype": "<f4", "shape": [-1]}),
        json.dumps({"unknown": 1}),
        json.dumps({"float": "1e999"}),
        "[" * 50 + "]" * 50,
        "[" * 100_000,
        "1" * (plain.MAX_BYTES + 1),
        json.dumps([0] * (plain.MAX_ITEMS + 1)),
    ],
    ids=lambda text: text[:30],
)
def test_bad_text_is_refused(text):
    with pytest.raises(plain.NotPlain):
        plain.loads(text)
