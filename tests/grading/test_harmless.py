"""What a graded notebook shows: harmless things stay as they are, the others stay to be read."""

import time
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbconvert.exporters import HTMLExporter
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output, new_raw_cell

from autograder.grading.course import Course
from autograder.grading.harmless import make_harmless
from autograder.judging.verdict import Property, Verdict
from autograder.telling.feedback import as_html
from tests.grading.conftest import about


def _markdown(text: str, **attachments: dict[str, str]) -> Any:
    cell = new_markdown_cell(text)
    if attachments:
        cell["attachments"] = {f"{name}.png": data for name, data in attachments.items()}
    make_harmless(new_notebook(cells=[cell, new_code_cell(metadata=about("p", grade=True))]))
    return cell


def _shown(cell: Any) -> str:
    return str(HTMLExporter(template_name="basic").from_notebook_node(new_notebook(cells=[cell]))[0])


def _output(data: dict[str, Any], metadata: dict[str, Any] | None = None) -> Any:
    cell = new_code_cell(outputs=[new_output("display_data", data=data, metadata=metadata or {})])
    notebook = new_notebook(cells=[cell])
    make_harmless(notebook)
    nbformat.validate(notebook)
    return cell.outputs[0]


@pytest.mark.parametrize(
    "text",
    [
        '# Why *pi*?\n\nBecause `a < b` & "so", it\'s\n\n- x\n- y\n\n1. z\n\n> quoted\n\n---\n',
        "| a | b |\n|:-:|--:|\n| 1 | 2 |",
        "```python\nx = '<script>'\n\ny = 1\n```",
        "$a < b$ and $$\\frac{a}{b} > \\href{https://example.org}{c}$$",
        "H<sub>2</sub>O<br><b>bold</b> [link](https://example.org/?a=1&b=2) <https://example.org>",
        "- [x] done\n- [ ] not ~~yet~~",
        "<div>\n\n**inside**\n\n</div>",
        "![a](data:image/png;base64,iVBORw0KGgo=)",
        "",
    ],
)
def test_ordinary_markdown_stays_as_it_was_written(text: str) -> None:
    assert _markdown(text).source == text


def test_an_attached_picture_stays() -> None:
    cell = _markdown("![a](attachment:a.png)", a={"image/png": "iVBORw0KGgo="})
    assert cell.attachments == {"a.png": {"image/png": "iVBORw0KGgo="}}


def test_what_could_run_stays_to_be_read_with_the_rest_as_it_was_formatted() -> None:
    cell = _markdown("# Title\n\n*So* <script>run()</script>\n\n```\na\n\nb\n```\n<img src=x onerror=run()>")
    shown = _shown(cell)
    assert "<em>So</em> &lt;script&gt;run()&lt;/script&gt;" in shown and "<script" not in shown
    assert "<h1" in shown and "a\n\nb" in shown.replace("&#10;", "\n") and "onerror" not in shown


def test_a_picture_that_is_not_attached_stops_no_page() -> None:
    assert "attachment:gone.png" in _shown(_markdown("see ![p](attachment:gone.png) ``` and `````"))


def test_no_heading_takes_the_place_of_what_grades_a_cell() -> None:
    for text in ("# p", "# p-comment", "<h2 id='p'>x</h2>", "<p class='score full-credit' id=p>x</p>"):
        shown = _shown(_markdown(text))
        assert 'id="p"' not in shown and 'id="p-comment"' not in shown and "full-credit" not in shown


def test_raw_text_is_text() -> None:
    cell = new_raw_cell("<img src=x onerror=run()>")
    make_harmless(new_notebook(cells=[cell]))
    assert cell.source == "&lt;img src=x onerror=run()&gt;"


def test_tables_pictures_and_text_of_outputs_stay() -> None:
    style = "<style scoped>th{color:red}</style>"
    table = '<table border="1" class="dataframe"><tbody><tr><th>a</th></tr></tbody></table>'
    kept = _output({"text/html": f"<div>{style}{table}</div>", "text/plain": "a"}).data
    assert kept == {"text/html": f"<div>{table}</div>", "text/plain": "a"}
    png = {"image/png": "iVBORw0KGgo=\n", "image/svg+xml": "<svg/>", "text/latex": "$x$"}
    sizes = {"image/png": {"width": 30, "height": "1 onload=run()"}, "filenames": {"image/png": "http://x"}}
    output = _output(png, sizes)
    assert output.data == png and output.metadata == {"image/png": {"width": 30}}


@pytest.mark.parametrize(
    "data",
    [
        {"application/javascript": "run()"},
        {"application/vnd.jupyter.widget-view+json": {"model_id": "x"}},
        {"image/png": 'x" onerror="run()'},
        {"application/x-nonsense": "x"},
    ],
)
def test_an_output_that_runs_is_named_instead(data: dict[str, Any]) -> None:
    assert _output(data).data == {"text/plain": f"[An output that is not shown here: {next(iter(data))}]"}
    assert _output(data | {"text/plain": "words"}).data == {"text/plain": "words"}


def test_much_markup_takes_little_time() -> None:
    cells = [new_markdown_cell("<div>" * 50_000), new_markdown_cell("<b>" * 2_900)]
    outputs = [new_output("display_data", data={"text/html": "<div>" * 2_900}) for _ in range(3)]
    notebook = new_notebook(cells=[*cells, new_code_cell(outputs=outputs)])
    began = time.process_time()
    make_harmless(notebook)
    assert time.process_time() - began < 30
    assert cells[0].source.startswith("```text\n<div>")


def test_verdicts_are_shown_as_tables_with_the_settings_of_this_course(root: Path) -> None:
    verdict = as_html(Verdict("p", "t", 1.0, (Property("moves", False, "a < b\nc"),)))
    output = _output({"text/html": verdict})
    cell = new_code_cell(
        outputs=[output, new_output("display_data", data={"text/html": verdict + "<script>x</script>"})]
    )
    exporter = HTMLExporter(config=Course.open(root).config, template_name="basic")
    shown = exporter.from_notebook_node(new_notebook(cells=[cell]))[0]
    assert shown.count('<th scope="col">Property</th>') == 2 and "&lt;th" not in shown
    assert "a &lt; b" in shown and "<script>" not in shown
