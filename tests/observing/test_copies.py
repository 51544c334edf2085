"""Recognising a tensor's numbers in an array."""

import numpy as np

from autograder.observing.copies import held_arrays, holds


def test_a_copy_and_a_slice_along_any_axis_are_recognised() -> None:
    part = np.arange(6.0).reshape(2, 3)
    assert holds(part.copy(), part)
    for axis in range(3):
        whole = np.zeros(np.insert(part.shape, axis, 4))
        np.moveaxis(whole, axis, 0)[2] = part
        assert holds(whole, part) and not holds(whole, part + 1)


def test_numbers_that_are_all_the_same_tell_nothing() -> None:
    assert not holds(np.zeros((3, 4)), np.zeros(4))
    assert not holds(np.array([1.0, 2.0]), np.array([1.0]))


def test_arrays_of_floats_in_the_calling_function_are_found() -> None:
    buffer, words = np.zeros((3, 4)), np.array(["a"])
    found = held_arrays()
    assert any(array is buffer for array in found) and not any(array is words for array in found)
