"""A notebook in JupyterLab, used as a person does: menus, tool bar, keys."""

import time
from collections.abc import Callable
from pathlib import Path

import nbformat
import psutil
from playwright.sync_api import Locator, Page, Response

from tests.browser.conftest import PATIENCE, Lab


class LabNotebook:
    """One open notebook. Every method waits until JupyterLab has done what was asked."""

    def __init__(self, page: Page, lab: Lab, path: str):
        self.page = page
        self.lab = lab
        self.file: Path = lab.folder / path
        if page.url.startswith(lab.url):
            self._open(path)  # JupyterLab itself takes longer to load than many a notebook to run
        else:
            page.goto(f"{lab.url}/lab/tree/{path}?reset")  # without the tabs of earlier tests
        page.locator(".jp-Notebook .jp-CodeCell").first.wait_for()
        page.locator(".jp-Toolbar-kernelName", has_text="Python 3").wait_for()
        page.locator('.jp-Notebook-ExecutionIndicator[data-status="idle"]').wait_for(state="attached")

    def read(self) -> nbformat.NotebookNode:
        """The notebook as it is on disk."""
        return nbformat.read(self.file, as_version=4)

    def run_all(self) -> nbformat.NotebookNode:
        """Run all cells, save, and return what was saved.

        Like a person's, the run ends early at an error that no tag announces.
        """
        self._choose("Run", "Run All Cells")
        self._wait(lambda: "[*]:" in self._prompts(), "a cell runs")
        self._wait(lambda: "[*]:" not in self._prompts(), "all cells have run")
        self.save()
        return self.read()

    def replace(self, grade_id: str, text: str) -> None:
        """Write `text` over the cell with that grade id, and save."""
        ids = [c.metadata.get("nbgrader", {}).get("grade_id") for c in self.read().cells]
        cell = self.page.locator(f'.jp-Notebook-cell[data-windowed-list-index="{ids.index(grade_id)}"]')
        cell.scroll_into_view_if_needed()
        rendered = cell.locator(".jp-RenderedMarkdown")
        if rendered.count():
            rendered.dblclick()
        cell.locator(".cm-content").click()
        self.page.keyboard.press("Control+A")
        self.page.keyboard.insert_text(text)
        self.page.keyboard.press("Escape")
        self.save()

    def save(self) -> None:
        """Save, and wait until the server says that it is done, text source included."""
        with self.page.expect_response(_is_saved):
            self.page.locator('.jp-NotebookPanel-toolbar [data-jp-item-name="save"]').click()

    def kernel_seconds(self) -> float:
        """Processor seconds of the notebook's kernel, the youngest there is, and of the host's imports."""
        processes = psutil.Process(self.lab.pid).children(recursive=True)
        forked = [p for p in processes if "autograder.grading.host" in p.cmdline()]
        host, *_, kernel = sorted(forked, key=lambda process: process.create_time())
        used = [process.cpu_times() for process in (host, kernel)]
        return float(sum(times.user + times.system for times in used))

    def close(self) -> None:
        """End the notebook's kernel, which takes half a gigabyte with TensorFlow, and close its tab."""
        self._choose("Kernel", "Shut Down Kernel")
        self.page.locator(".jp-Toolbar-kernelName", has_text="No Kernel").wait_for()
        self._choose("File", "Close Tab")
        self.page.locator(".jp-Notebook").wait_for(state="detached")

    def validate(self) -> str:
        """Press nbgrader's button and return what its dialog says."""
        self.page.get_by_role("button", name="Validate", exact=True).click()
        dialog = self.dialog()
        dialog.wait_for(timeout=2 * PATIENCE)
        return dialog.inner_text()

    def dialog(self) -> Locator:
        return self.page.locator(".jp-Dialog-content")

    def close_dialog(self) -> None:
        self.dialog().get_by_role("button", name="Ok").click()
        self.dialog().wait_for(state="detached")

    def _open(self, path: str) -> None:
        self._choose("File", "Open from Path")
        self.page.locator(".jp-Dialog-body input").fill(path)
        self.page.locator(".jp-Dialog").get_by_role("button", name="Open").click()

    def _choose(self, menu: str, item: str) -> None:
        self.page.get_by_role("menuitem", name=menu, exact=True).click()
        self.page.locator(".lm-Menu-item", has_text=item).first.click()

    def _prompts(self) -> list[str]:
        return self.page.locator(".jp-CodeCell .jp-InputPrompt").all_text_contents()

    def _wait(self, condition: Callable[[], bool], what: str) -> None:
        end = time.monotonic() + 2 * PATIENCE / 1000
        while not condition():
            if time.monotonic() > end:
                raise TimeoutError(f"Waited {2 * PATIENCE / 1000:.0f} seconds until {what}, in vain.")
            self.page.wait_for_timeout(500)  # not time.sleep, which would stop the page as well


def _is_saved(response: Response) -> bool:
    return response.request.method == "PUT" and "/api/contents/" in response.url and response.ok
