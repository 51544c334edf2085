"""The data set that the course carries (licence: README.md beside this file)."""

from dataclasses import dataclass
from importlib.resources import files

import numpy as np

_TRAINING = 1_200


@dataclass(frozen=True)
class Digits:
    """Handwritten digits: images of shape (rows, 8, 8) with values from 0 to 16, and labels from 0 to 9."""

    train_images: np.ndarray
    train_labels: np.ndarray
    test_images: np.ndarray
    test_labels: np.ndarray


def load_digits() -> Digits:
    """1,200 images to train on and 597 others to test with, as they were collected: raw, not scaled.

    Images are float32, labels int64. The writers of the first and the last
    images are in part different people, as in life.
    """
    with files(__package__).joinpath("digits.npz").open("rb") as file, np.load(file) as stored:
        images, labels = stored["images"].astype(np.float32), stored["labels"].astype(np.int64)
    return Digits(images[:_TRAINING], labels[:_TRAINING], images[_TRAINING:], labels[_TRAINING:])
