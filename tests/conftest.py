"""What all tests share."""

import os
from pathlib import Path

import pytest

from autograder.environment import put_tools_on_path

#: The checkout that is tested.
ROOT = Path(__file__).resolve().parents[1]

#: What nbgrader_config.py gives the kernels that it starts.
KERNEL_ENVIRONMENT = {"CUDA_VISIBLE_DEVICES": "-1", "TF_CPP_MIN_LOG_LEVEL": "3"}


def pytest_configure() -> None:
    """Give the kernels that tests start what those have that grade."""
    put_tools_on_path()
    os.environ.update(KERNEL_ENVIRONMENT)


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout that is tested; tests only read it."""
    return ROOT


@pytest.fixture(scope="session")
def built(root: Path) -> dict[Path, bytes]:
    """What the text sources of the course make: path relative to the checkout → content."""
    from autograder.authoring.notebooks import build

    return build(root)
