"""What formgrader and feedback show: verdicts as they are, nothing that runs, no hidden test."""

import re

import nbformat
import pytest
from nbconvert import HTMLExporter
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from autograder.grading.course import Course
from autograder.grading.harmless import clean_html
from autograder.grading.hidden import HideTests
from autograder.judging.verdict import Property, Verdict
from autograder.telling.chart import chart
from autograder.telling.feedback import as_html
from tests.conftest import ROOT
from tests.grading.conftest import about

VERDICT = as_html(Verdict("p", "update", 3.0, (Property("update", False, "kernel moves\nby too much"),)))

#: What a browser might run, follow unasked, or fetch.
HARMFUL = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<a href='javascript:alert(1)'>x</a>",
    "<a href='data:text/html,<script>alert(1)</script>'>x</a>",
    "<svg onload=alert(1)><script>alert(1)</script><a xlink:href='javascript:alert(1)'>x</a></svg>",
    "<svg><a xlink:href='javascript:alert(1)'>x</a>",
    "<svg><style></svg><img src=x onerror=alert(1)></style>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe><form action=x><button>x</button></form>",
    "<img src='https://elsewhere.example/seen.png'><img src='//elsewhere.example/seen.png'>",
    "<div style='background:url(https://elsewhere.example/);position:fixed;top:0'>x</div>",
    "<meta http-equiv=refresh content='0;url=https://elsewhere.example/'>",
)
ALIVE = re.compile(
    r"<(?:script|iframe|svg|math|style|form|meta|object)\b|<[^>]*\b(?:on\w+|href|src)=\"(?:javascript|http|//|data:text)"
    r"|<[^>]*\bon\w+=|<[^>]*style=\"[^\"]*(?:url|position)",
    re.IGNORECASE,
)


def test_a_verdict_keeps_its_table() -> None:
    assert clean_html(VERDICT).replace(';"', '"').replace('<table class="table">', "<table>") == VERDICT


def test_a_drawing_becomes_a_picture_with_its_text() -> None:
    drawn = chart("none")._repr_html_()
    cleaned = clean_html(drawn)
    assert "<svg" in drawn and "<svg" not in cleaned
    assert 'src="data:image/svg+xml;base64,' in cleaned and 'aria-label="1. Does the step' in cleaned


@pytest.mark.parametrize("harmful", HARMFUL)
def test_nothing_that_runs_or_asks_the_network_is_left(harmful: str) -> None:
    cleaned = clean_html(harmful)
    assert not ALIVE.search(cleaned), cleaned


def test_the_course_s_settings_reach_nbconvert() -> None:
    config = Course.open(ROOT).config
    code = new_code_cell("p()", outputs=[new_output("execute_result", {"text/html": VERDICT})])
    notebook = new_notebook(cells=[new_markdown_cell(f"{HARMFUL[0]} $a < b$\n\n| x |\n|---|\n| 1 |"), code])
    page, _ = HTMLExporter(config=config, template_name="classic").from_notebook_node(notebook)
    assert '<th scope="col">Property</th>' in page and "alert(1)" in page
    assert "<script>alert" not in page and "$a &lt; b$" in page and "<td>1</td>" in page.replace("\n", "")
    assert HideTests in config.GenerateFeedback.preprocessors


def test_hidden_tests_are_hidden_and_answers_stay() -> None:
    test = "# A hidden check stands here.\n### BEGIN HIDDEN TESTS\nassert secret\n### END HIDDEN TESTS"
    mine = "### BEGIN HIDDEN TESTS\nassert mine"
    cells = [
        new_code_cell(test, metadata=about("p--t", grade=True, locked=True, points=1)),
        new_code_cell(mine, metadata=about("p", solution=True)),
        new_code_cell(mine),
    ]
    shown, _ = HideTests().preprocess(new_notebook(cells=cells), {})
    assert [cell.source for cell in nbformat.from_dict(shown).cells] == [
        "# A hidden check stands here.",
        mine,
        mine,
    ]
