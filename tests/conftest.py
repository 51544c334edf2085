"""What all tests share."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from IPython.core.interactiveshell import InteractiveShell

from autograder.environment import put_tools_on_path
from tests.warm_python import WarmPython

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


def user_environment() -> dict[str, str]:
    """As a person has it who sets nothing: what TensorFlow says when it starts is not switched off."""
    environment = {**os.environ, "CUDA_VISIBLE_DEVICES": "-1", "COLUMNS": "100"}
    environment.pop("TF_CPP_MIN_LOG_LEVEL", None)
    return environment


@pytest.fixture(scope="session")
def warm(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WarmPython]:
    """A Python that has imported TensorFlow, and forks."""
    with WarmPython(tmp_path_factory.mktemp("warm"), user_environment()) as python:
        yield python


@pytest.fixture
def shell() -> Iterator[InteractiveShell]:
    """An IPython of its own, which ends with the test."""
    InteractiveShell.clear_instance()
    yield InteractiveShell.instance(colors="nocolor")
    InteractiveShell.clear_instance()


@pytest.fixture(scope="session")
def built(root: Path) -> dict[Path, bytes]:
    """What the text sources of the course make: path relative to the checkout → content."""
    from autograder.authoring.notebooks import build

    return build(root)
