"""What `pip install .` gives without extras: the diagnosis, and a sentence where more is needed."""

import importlib.metadata
import re

import pytest

from autograder.authoring.cases import FOLDER
from tests.conftest import ROOT
from tests.warm_python import Done, WarmPython

_WITHOUT = """
import sys

extra = {extra!r}
for name in [name for name in sys.modules if name.split(".")[0] in extra]:
    del sys.modules[name]

class NotInstalled:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in extra:
            raise ModuleNotFoundError(f"No module named {{name!r}}", name=name)

sys.meta_path.insert(0, NotInstalled())
import importlib.util
found = importlib.util.find_spec
importlib.util.find_spec = lambda name, package=None: None if name in extra else found(name, package)
from autograder.cli import main
sys.argv = {arguments!r}
main()
"""


@pytest.fixture(scope="module")
def extra() -> set[str]:
    """The modules that only extras bring, by what the package declares."""
    declared = importlib.metadata.requires("autograder") or []
    base = {_name(line) for line in declared if "extra ==" not in line}
    extras = {_name(line) for line in declared if "extra ==" in line} - base
    homes = importlib.metadata.packages_distributions()
    modules = {module for module, homes in homes.items() if {home.lower() for home in homes} & extras}
    assert {"nbgrader", "psutil", "matplotlib", "distributed"} <= modules
    return modules | {"IPython", "nbformat", "nbclient", "nbconvert", "jupyter_client", "traitlets"}


def _name(requirement: str) -> str:
    return re.split(r"[^A-Za-z0-9._-]", requirement)[0].lower()


def run(warm: WarmPython, extra: set[str], *arguments: str) -> Done:
    return warm.run(_WITHOUT.format(extra=extra, arguments=["autograder", *arguments]))


def test_a_diagnosis_needs_no_course_and_no_nbgrader(warm: WarmPython, extra: set[str]) -> None:
    done = run(warm, extra, "diagnose", str(ROOT / FOLDER / "spring_module.py"))
    assert done.returncode == 1 and "loss-parameter-missing" in done.stdout, done.stderr


@pytest.mark.parametrize("command", [["grade"], ["check"], ["doctor"]], ids=" ".join)
def test_another_command_says_what_it_needs(warm: WarmPython, extra: set[str], command: list[str]) -> None:
    done = run(warm, extra, *command)
    assert done.returncode == 2 and done.stderr.count("\n") == 1
    assert "is for courses" in done.stderr and "pip install" in done.stderr
