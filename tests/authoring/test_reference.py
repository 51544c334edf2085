"""The pages and the picture that are made from the code say what the code says."""

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

from autograder import reference
from autograder.authoring import architecture, cases
from tests.warm_python import WarmPython


@pytest.fixture(scope="module")
def made(root: Path) -> dict[Path, str]:
    return reference.files(root)


@pytest.mark.parametrize("path", [reference.COMMANDS, reference.PYTHON, architecture.PICTURE], ids=str)
def test_each_file_is_what_its_source_makes_of_it(root: Path, made: dict[Path, str], path: Path) -> None:
    assert (root / path).read_text(encoding="utf-8") == made[path], "Run `make pages`."


def test_every_option_stands_in_the_reference(made: dict[Path, str]) -> None:
    page = made[reference.COMMANDS]
    assert {"--course-dir", "--isolation", "--force", "--steps"} <= set(re.findall(r"--[a-z-]+", page))
    assert "observe(" in made[reference.PYTHON] and "- `steps`:" in made[reference.PYTHON]


def test_the_arrows_are_the_imports(root: Path, made: dict[Path, str]) -> None:
    graph = architecture.imports(root)
    drawn = architecture.arrows(graph)
    picture = made[architecture.PICTURE]
    assert ElementTree.fromstring(picture).get("aria-label") == "; ".join(
        f"{a} imports {b}" for a, b in drawn
    )
    assert picture.count("<path") == len(drawn) and picture.count("<rect") == len(graph)
    only_drawn = {part: {b for a, b in drawn if a == part} for part in graph}
    for part in graph:
        assert architecture.reached(only_drawn, part) == architecture.reached(graph, part)
        assert part not in architecture.reached(graph, part), f"{part} imports itself by others"


def test_what_is_left_out_of_the_picture_imports_nothing(root: Path) -> None:
    for name in architecture.SHARED - {"data"}:
        assert "from autograder" not in (root / "autograder" / f"{name}.py").read_text(encoding="utf-8"), name


def test_every_part_says_what_it_is(root: Path) -> None:
    assert [box.name for box in architecture.boxes(root) if not box.purpose] == []


# -- the page of broken programs ----------------------------------------------------------


def said(text: str) -> list[str]:
    """What matters of a diagnosis: the faults with their places, and how it ends."""
    found = re.findall(r"^\[\d+\] ([\w-]+  \S+:\d+)", text, re.MULTILINE)
    return found + re.findall(r"^I (?:found|could).*$", text, re.MULTILINE)


@pytest.mark.parametrize("name", cases.CASES)
def test_the_page_shows_the_programs_and_their_repairs(root: Path, name: str) -> None:
    page, case = (root / cases.PAGE).read_text(encoding="utf-8"), cases.read(root, name)
    assert f"```python\n{case.broken}\n```" in page and f"```diff\n{case.repair}\n```" in page
    assert case.broken.count("\n") < 60


@pytest.mark.slow
@pytest.mark.parametrize("name", cases.CASES)
@pytest.mark.parametrize("end", ["", "_repaired"], ids=["broken", "repaired"])
def test_the_page_shows_what_the_command_says(root: Path, warm: WarmPython, name: str, end: str) -> None:
    page = (root / cases.PAGE).read_text(encoding="utf-8")
    shown = page.split(f"$ autograder diagnose {name}{end}.py\n")[1].split("\n```")[0]
    code = f"""
import os, sys
from autograder.cli import main
os.chdir({str(root / cases.FOLDER)!r})
sys.argv = ["autograder", "diagnose", "{name}{end}.py"]
main()"""
    done = warm.run(code)
    assert said(done.stdout) == said(shown), "Run `make pages`."
    assert done.returncode == (0 if end else 1)
