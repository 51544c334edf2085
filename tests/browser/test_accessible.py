"""What we show can be read by everybody: axe-core finds nothing in light and dark, at 200% nothing is cut."""

import html
from collections.abc import Callable

import pytest
import tensorflow as tf
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from autograder import check, diagnose, draw_path, observe, show
from autograder.grading.lookback import Class
from autograder.grading.report import as_html as report_page
from autograder.grading.result import AssignmentResult, ProblemScore, SubmissionResult
from autograder.problems import ASSIGNMENTS
from autograder.studying.progress import Progress, Standing
from autograder.studying.show import as_page
from autograder.studying.solution import Solution
from autograder.telling.chart import chart

pytestmark = [pytest.mark.browser, pytest.mark.slow]

#: WCAG 2.1, level AA, and what axe-core calls best practice.
RULES = {"resultTypes": ["violations"]}

#: As a notebook shows what a cell returns: the front end's own colours around it.
FRAME = (
    '<!doctype html><html lang="en"><head><title>{0}</title>'
    "<style>:root{{color-scheme:light dark}}body{{background:Canvas;color:CanvasText}}</style></head>"
    "<body><main><h1>{0}</h1><h2>A section</h2><h3>A cell</h3>{1}</main></body></html>"
)


def framed(name: str, shown: object) -> str:
    return FRAME.format(html.escape(name), shown._repr_html_())


def step() -> tf.Tensor:
    with tf.GradientTape() as tape:
        loss = MOVING**2
    MOVING.assign_sub(0.1 * tape.gradient(loss, [MOVING, STILL])[0])
    return loss


def broken_step() -> tf.Tensor:
    prediction = MOVING * 2.0
    with tf.GradientTape() as tape:
        loss = prediction**2
    gradient = tape.gradient(loss, MOVING)
    if gradient is not None:
        MOVING.assign_sub(gradient)
    return loss


MOVING, STILL = tf.Variable(1.0, name="moving"), tf.Variable(1.0, name="still")


def some_progress() -> str:
    return as_page(Progress({"sensor-step": Standing(4, 4), "thermistor": Standing(1, 4)}))


def a_report() -> str:
    scores = (ProblemScore("sensor-step", 4, 4), ProblemScore("thermistor", 1, 4))
    students = (
        SubmissionResult("Ana", "graded", 5.0, 8.0, True, scores, seconds=1.5),
        SubmissionResult("Bo", "quarantined", reason="The notebook is not JSON."),
    )
    code = "def train(model, x, y):\n    total = 0\n    for a, b in zip(x, y):\n        total += model(a) * b"
    return report_page(Class(AssignmentResult("01-tape-scope", students), {"Ana": code, "Bo": code}, ""))


PAGES: dict[str, Callable[[], str]] = {
    "progress": some_progress,
    "report": a_report,
    "check": lambda: framed("check", check("sensor-step", "update", lambda *_: [][1])),
    "diagnosis": lambda: framed("diagnosis", diagnose(broken_step)),
    "run": lambda: framed("run", show(broken=observe(step, [()] * 5, [MOVING, STILL]))),
    "path": lambda: framed("path", draw_path(step)),
    "chart": lambda: framed("chart", chart("none")),
    "solution": lambda: framed(
        "solution", Solution(ASSIGNMENTS["01-tape-scope"][0], "def step():\n    pass")
    ),
}


@pytest.fixture(scope="module")
def pages() -> dict[str, str]:
    return {name: make() for name, make in PAGES.items()}


@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing_in_light_and_dark(same_page: Page, pages, name, tmp_path):
    for scheme in ("light", "dark"):
        same_page.emulate_media(color_scheme=scheme)
        same_page.set_content(pages[name])
        same_page.screenshot(path=tmp_path / f"{name}-{scheme}.png", full_page=True)
        found = Axe().run(same_page, options=RULES).response["violations"]
        assert [(v["id"], v["nodes"][0]["html"][:200], v["help"]) for v in found] == [], scheme


@pytest.mark.parametrize("name", PAGES)
def test_at_twice_the_size_the_page_does_not_scroll_sideways(same_page: Page, pages, name):
    """A window of 1280 pixels at 200% is one of 640."""
    same_page.set_viewport_size({"width": 640, "height": 450})
    same_page.set_content(pages[name])
    assert same_page.evaluate("document.documentElement.scrollWidth") <= 640
    same_page.set_viewport_size({"width": 1280, "height": 900})
