"""What students and instructors do with the course, in a real Chromium."""

from pathlib import Path

import nbformat
import pytest

from autograder.authoring.sources import read_source
from autograder.problems import ASSIGNMENTS
from tests.browser.lab_notebook import LabNotebook

pytestmark = [pytest.mark.browser, pytest.mark.slow]

SLUG = "01-tape-scope"
EXPLANATION = "The division ran after the block, so the record does not lead to the loss."


def errors(notebook: nbformat.NotebookNode) -> list[str]:
    """The errors that no tag announces."""
    code = [
        c
        for c in notebook.cells
        if c.cell_type == "code" and "raises-exception" not in c.metadata.get("tags", [])
    ]
    return [o.evalue for cell in code for o in cell.outputs if o.output_type == "error"]


def answer(root: Path, problem: str) -> str:
    """A right answer out of the corpus of attempts."""
    attempts = sorted((root / "tests/attempts" / SLUG / problem).glob("right-*.py"))
    return attempts[0].read_text(encoding="utf-8").rstrip("\n")


def test_the_session_opens_on_the_start_page_and_asks_nothing(page, lab, tmp_path):
    page.goto(lab.url)
    page.locator(".jp-RenderedMarkdown h1", has_text="Start here").wait_for()
    page.locator(".jp-DirListing-item", has_text=f"{SLUG}.ipynb").wait_for()
    page.wait_for_timeout(2000)  # time for a question to appear
    page.screenshot(path=tmp_path / "start.png")
    names = page.locator(".jp-DirListing-itemText").all_inner_texts()
    assert f"{SLUG}.nb.py" not in names
    assert page.locator(".Toastify__toast").count() == 0
    assert page.locator(".jp-Dialog").count() == 0


def test_a_student_solves_the_assignment_and_validates_it(page, lab, root, tmp_path):
    notebook = LabNotebook(page, lab, f"exercises/{SLUG}/{SLUG}.ipynb")
    assert errors(notebook.run_all()) == []

    said = notebook.validate()
    page.screenshot(path=tmp_path / "nothing-solved.png")
    visible = {
        p.name: [f'check("{p.name}", "{t.name}"' for t in p.tests if not t.hidden] for p in ASSIGNMENTS[SLUG]
    }
    assert all(test in said for tests in visible.values() for test in tests)
    notebook.close_dialog()

    notebook.replace("sensor-step", answer(root, "sensor-step"))
    said = notebook.validate()
    page.screenshot(path=tmp_path / "one-solved.png")
    assert [name for name, tests in visible.items() if any(test in said for test in tests)] == [
        p.name for p in ASSIGNMENTS[SLUG] if p.name != "sensor-step" and p.tests
    ]
    notebook.close_dialog()

    for problem in ASSIGNMENTS[SLUG]:
        notebook.replace(problem.name, answer(root, problem.name) if problem.tests else EXPLANATION)
    said = notebook.validate()
    page.screenshot(path=tmp_path / "all-solved.png")
    assert "Success" in said and "failed" not in said


def test_an_instructor_s_edit_in_the_lab_reaches_the_text_source(page, lab):
    source = lab.folder / f"solutions/{SLUG}/{SLUG}.nb.py"
    before = source.read_text(encoding="utf-8")
    notebook = LabNotebook(page, lab, f"solutions/{SLUG}/{SLUG}.ipynb")
    notebook.replace("divided-loss", "### BEGIN SOLUTION\nEdited in the lab.\n### END SOLUTION")

    after = source.read_text(encoding="utf-8")
    assert "# Edited in the lab.\n" in after
    changed = set(after.splitlines()) - set(before.splitlines())
    assert changed == {"# Edited in the lab."}
    assert [c.source for c in read_source(source).cells] == [c.source for c in notebook.read().cells]
