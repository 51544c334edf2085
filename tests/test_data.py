"""The data that the course carries is whole, and its licence is stated."""

import numpy as np

from autograder.data import load_digits


def test_the_digits_are_whole():
    digits = load_digits()
    assert digits.train_images.shape == (1200, 8, 8) and digits.test_images.shape == (597, 8, 8)
    assert digits.train_images.dtype == np.float32 and digits.train_labels.dtype == np.int64
    assert digits.train_images.min() == 0 and digits.train_images.max() == 16
    for labels in (digits.train_labels, digits.test_labels):
        counts = np.bincount(labels, minlength=10)
        assert len(counts) == 10 and counts.min() > 0.08 * len(labels)


def test_nothing_is_shared_between_two_loads():
    first = load_digits()
    first.train_images[:] = 0
    assert load_digits().train_images.max() == 16


def test_the_licence_is_stated(root):
    text = (root / "autograder/data/README.md").read_text(encoding="utf-8")
    assert "CC BY 4.0" in text and "digits.npz" in text
