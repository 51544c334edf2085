"""A student's first hour in JupyterLab: from the start page to a solved problem, and back."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PATIENCE, Lab
from tests.browser.lab_notebook import LabNotebook
from tests.sample_class import attempt

pytestmark = [pytest.mark.browser, pytest.mark.slow]

SLUG = "01-tape-scope"
EXERCISE = f"exercises/{SLUG}/{SLUG}.ipynb"
WRONG = attempt("sensor-step", "wrong-sum-instead-of-mean").rstrip("\n")
RIGHT = attempt("sensor-step", "right-moved-into-block").rstrip("\n")


def answer(notebook: LabNotebook) -> str:
    """The text of the answer cell in the saved notebook."""
    [cell] = [
        c for c in notebook.read().cells if c.metadata.get("nbgrader", {}).get("grade_id") == "sensor-step"
    ]
    return cell.source


def write_and_run(notebook: LabNotebook, grade_id: str, text: str) -> None:
    """Write over the cell with that grade id, run it, wait until it is done, and save."""
    notebook.replace(grade_id, text)
    run_selected(notebook)


def run_selected(notebook: LabNotebook) -> str:
    """Run the cell that is selected, and return what it shows."""
    cell = notebook.page.locator(".jp-Notebook-cell.jp-mod-active")
    cell.locator(".jp-InputPrompt").click()  # to save has taken the focus away
    notebook.page.keyboard.press("Control+Enter")
    expect(cell.locator(".jp-InputPrompt")).to_have_text(re.compile(r"\[\d+\]:"), timeout=2 * PATIENCE)
    shown = cell.locator(".jp-OutputArea-output")
    return "\n".join(shown.all_inner_texts())


def ask(notebook: LabNotebook, text: str) -> str:
    """Run `text` in a new cell below the one that is selected, and return what it shows."""
    notebook.page.locator(".jp-Notebook-cell.jp-mod-active .jp-InputPrompt").click()
    notebook.page.keyboard.press("b")
    notebook.page.keyboard.press("Enter")
    notebook.page.keyboard.insert_text(text)
    return run_selected(notebook)


def test_the_start_page_says_what_is_next_and_leads_there(page, lab: Lab, tmp_path):
    page.goto(lab.url)
    page.locator(".jp-Toolbar-kernelName", has_text="Python 3").wait_for()
    page.locator('.jp-Notebook-ExecutionIndicator[data-status="idle"]').wait_for(state="attached")
    page.locator(".jp-CodeCell .cm-content").first.click()
    page.keyboard.press("Control+Enter")
    following = page.locator(".jp-OutputArea-output a", has_text="sensor-step")
    following.wait_for()
    page.screenshot(path=tmp_path / "start.png")
    following.click()
    page.locator(".lm-TabBar-tab", has_text=f"{SLUG}.ipynb").wait_for()
    page.wait_for_url(f"**/{EXERCISE}")
    page.locator(".jp-RenderedMarkdown a", has_text="01 · Put it inside").last.click()
    page.wait_for_url(f"**/course/{SLUG}.ipynb")


def test_an_attempt_is_reset_in_place_and_the_solution_opens_when_it_is_solved(page, lab: Lab, tmp_path):
    notebook = LabNotebook(page, lab, EXERCISE)
    given = answer(notebook)
    page.locator(".jp-CodeCell .cm-content").first.click()
    run_selected(notebook)

    write_and_run(notebook, "sensor-step", f'reset("sensor-step")\n{WRONG}')
    notebook.save()
    page.screenshot(path=tmp_path / "reset.png")
    begun_anew = answer(notebook)
    assert begun_anew.startswith(f"{given}\n\n\n# --- Your attempt before the reset.")
    assert f"# {WRONG.splitlines()[-1]}" in begun_anew

    assert "not solved yet" in ask(notebook, 'solution("sensor-step")')
    write_and_run(notebook, "sensor-step", RIGHT)
    notebook.save()
    assert "✓ sensor-step: solved" in ask(notebook, f'check_notebook("{SLUG}")')
    assert "records operations only while its block is open" in ask(notebook, 'solution("sensor-step")')
    page.screenshot(path=tmp_path / "solution.png")
