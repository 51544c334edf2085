"""What a graded notebook shows: text, tables, pictures; nothing that runs, asks a server, or poses as a page.

formgrader and nbgrader's feedback put a student's markdown into their pages as it is, and a student's
outputs as well unless the course is configured otherwise. So what we write to ``autograded/`` is made
harmless before, whatever the course's configuration: markdown is rendered as nbconvert does it, cleaned
by a list of what is allowed, and put back as HTML where cleaning made a difference. What is not allowed
stays to be read, as text.
"""

import base64
import html
import re
from typing import Any

import bleach
from bleach.css_sanitizer import CSSSanitizer
from jinja2 import pass_context
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath
from nbformat.notebooknode import NotebookNode, from_dict
from nbformat.v4 import new_notebook

_TAGS = frozenset(
    "a abbr b blockquote br caption center code col colgroup dd del details div dl dt em figcaption figure "
    "h1 h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p pre q s samp small span strike strong sub summary sup "
    "table tbody td tfoot th thead tr u ul var".split()
)
#: Of these, none can name an address.
_STYLES = (
    "background-color", "border", "border-bottom", "border-collapse", "border-left", "border-top", "color",
    "font-family", "font-size", "font-style", "font-weight", "height", "line-height", "margin", "margin-left",
    "margin-top", "max-width", "overflow-x", "padding", "padding-left", "text-align", "text-decoration",
    "vertical-align", "white-space", "width",
)  # fmt: skip
_ANYWHERE = ("title", "lang", "dir", "align", "style", "role", "aria-label", "scope")
_IN_TABLES = ("colspan", "rowspan", "border", "width", "height", "valign")
#: Colours of code, as the highlighter calls them. Other classes belong to the page: some of its buttons.
_CLASSES = re.compile(
    r"task-list-item|highlight|hl-[\w-]+|dataframe|anchor-link|[a-z]{1,2}\d?|[a-z]{2}[a-z\d]?", re.ASCII
)
#: Elements of the page itself, which its scripts look for.
_OF_THE_PAGE = ("notebook", "notebook-container", "statusmessage")
_PICTURE = re.compile(r"data:image/(?:png|jpeg|gif|webp|svg\+xml);base64,[A-Za-z0-9+/=\s]*", re.ASCII)
_BASE64 = re.compile(r"[A-Za-z0-9+/=\s]*", re.ASCII)
_SIZE = re.compile(r"\d{1,5}(?:\.\d+)?(?:px|%|em)?", re.ASCII)
_BOX = re.compile(r'<input class="task-list-item-checkbox" type="checkbox" disabled( checked)?/>')
_INVISIBLE = re.compile(r"<(script|style)\b.*?(?:</\1\s*>|\Z)", re.DOTALL | re.IGNORECASE)

_DRAWING = re.compile(r"<svg\b[^>]*>.*?</svg\s*>", re.IGNORECASE | re.DOTALL)
_LABEL = re.compile(r'\baria-label="([^"]*)"')

#: Outputs that are shown as they are: text, which pages escape, and SVG, which they show as a picture.
_KEPT = ("text/plain", "text/latex", "application/json", "image/svg+xml")
_PICTURES = ("image/png", "image/jpeg")
#: Tags, entities and attributes in one piece, and in all pieces of a notebook: cleaning deeply nested
#: ones takes time by their square.
_MOST_MARKUP, _MOST_TOGETHER = 3000, 10_000


def make_harmless(notebook: NotebookNode) -> None:
    """Change the cells of a graded notebook so that whatever shows them runs nothing."""
    _Cleaner(notebook).clean()


def clean_html(text: str | bytes) -> str:
    """HTML with nothing but what is allowed: a filter for nbconvert in place of its own of this name.

    Its own knows no headings, paragraphs and heads of tables, and shows their tags.
    """
    text = text.decode("utf-8", "replace") if isinstance(text, bytes) else str(text)
    cleaned = _Cleaner(new_notebook()).cleaned(text)
    if cleaned is None:
        return html.escape(text)
    # nbgrader's pages have the style sheet of Bootstrap, which sets cells apart in such tables only.
    return cleaned.replace("<table>", '<table class="table">')


@pass_context
def markdown2html(context: Any, source: str) -> str:
    """Markdown as nbconvert renders it, and then cleaned: a filter in place of nbconvert's."""
    rendered = _rendered(source, (context.get("cell") or {}).get("attachments", {}))
    return clean_html(rendered if rendered is not None else html.escape(source))


class _Cleaner:
    def __init__(self, notebook: NotebookNode):
        self._cells = notebook.cells
        names = [cell.metadata.get("nbgrader", {}).get("grade_id", "") for cell in self._cells]
        ends = ("", "-comment", "_extra_credit")
        #: Ids by which the page finds what grades a cell: no heading may have one.
        self._taken = {*_OF_THE_PAGE, *(name + end for name in names for end in ends)}
        self._left = _MOST_TOGETHER
        self._bleach = bleach.Cleaner(
            tags=_TAGS, attributes=self._allowed, protocols=("http", "https", "mailto", "data"),
            css_sanitizer=CSSSanitizer(allowed_css_properties=_STYLES),
        )  # fmt: skip

    def clean(self) -> None:
        """Go through all cells."""
        for cell in self._cells:
            if cell.cell_type == "markdown":
                self._markdown_cell(cell)
            elif cell.cell_type == "raw" and "<" in cell.source:
                cell["source"] = html.escape(cell.source, quote=False)
            for output in cell.get("outputs", []):
                if output.output_type in ("display_data", "execute_result"):
                    self._output(output)

    def _allowed(self, tag: str, name: str, value: str) -> bool:
        if name == "src":
            return tag == "img" and _PICTURE.fullmatch(value) is not None
        if name == "href":
            return tag == "a" and not value.strip().lower().startswith("data:")
        if name == "class":
            return all(_CLASSES.fullmatch(word) for word in value.split())
        if name == "id":
            return tag in ("h1", "h2", "h3", "h4", "h5", "h6") and value not in self._taken
        if tag in ("img", "table", "tr", "td", "th", "col", "colgroup") and name in _IN_TABLES:
            return name == "valign" or _SIZE.fullmatch(value) is not None
        return name in _ANYWHERE or (tag, name) in (("img", "alt"), ("ol", "start"), ("details", "open"))

    def cleaned(self, text: str) -> str | None:
        """HTML with nothing but what is allowed; ``None`` if it is too much to be looked at."""
        text = _DRAWING.sub(_as_picture, text)
        size = text.count("<") + text.count("&") + text.count("=")
        if size > min(_MOST_MARKUP, self._left):
            return None
        self._left -= size
        try:
            return str(self._bleach.clean(text))
        except Exception:  # whatever it stumbles over is not shown as HTML
            return None

    # -- markdown ---------------------------------------------------------------------

    def _markdown_cell(self, cell: NotebookNode) -> None:
        attachments = cell.get("attachments", {})
        rendered = _rendered(cell.source, attachments)
        cleaned = self.cleaned(rendered) if rendered is not None else None
        if cleaned is not None and _plain(cleaned) == _plain(rendered or ""):
            return
        cell.pop("attachments", None)  # what there was of pictures is in the text now
        if cleaned is not None:
            # On one line: markdown leaves a block of HTML alone until the next empty one.
            block = f"<div>{cleaned.strip()}</div>".replace("\r", "").replace("\n", "&#10;")
            if (_rendered(block, {}) or "").strip() == block:
                cell["source"] = block
                return
        cell["source"] = _as_code(cell.source)

    # -- outputs ----------------------------------------------------------------------

    def _output(self, output: NotebookNode) -> None:
        kept: dict[str, object] = {}
        left_out = []
        for kind, value in output.data.items():
            text = (
                "".join(value)
                if isinstance(value, list) and all(isinstance(v, str) for v in value)
                else value
            )
            if kind in _KEPT:
                kept[kind] = value
            elif kind in _PICTURES and isinstance(text, str) and _BASE64.fullmatch(text):
                kept[kind] = text
            elif kind in ("text/html", "text/markdown") and isinstance(text, str):
                drawn = _DRAWING.sub(_as_picture, text)  # first: a drawing may have styles of its own
                shown = _INVISIBLE.sub("", drawn) if kind == "text/html" else _rendered(text, {})
                cleaned = self.cleaned(shown) if shown is not None else None
                if cleaned is not None:
                    kept.setdefault("text/html", cleaned)
                else:
                    left_out.append(kind)
            else:
                left_out.append(kind)
        if left_out and not kept:
            kept["text/plain"] = f"[An output that is not shown here: {', '.join(sorted(left_out))[:200]}]"
        output["data"] = from_dict(kept)
        output["metadata"] = from_dict(
            {
                kind: sizes
                for kind in _PICTURES
                if kind in kept and (sizes := _sizes(output.metadata.get(kind)))
            }
        )


def _as_picture(drawing: re.Match[str]) -> str:
    """A drawing as a picture, in which a browser runs no script, follows no link and loads nothing."""
    label = _LABEL.search(drawing[0].split(">", 1)[0])
    data = base64.b64encode(drawing[0].encode()).decode()
    alt = html.escape(html.unescape(label[1])) if label else "A drawing."
    return f'<img style="max-width:100%" alt="{alt}" src="data:image/svg+xml;base64,{data}">'


def _sizes(said: object) -> dict[str, int]:
    """Width and height of a picture: whole numbers, since pages write them as they are."""
    if not isinstance(said, dict):
        return {}
    return {n: said[n] for n in ("width", "height") if type(said.get(n)) is int and 0 < said[n] < 10_000}


def _rendered(text: str, attachments: dict[str, dict[str, str]]) -> str | None:
    """Markdown as nbconvert shows it, or ``None`` if it cannot show it."""
    if len(text) > 500_000:
        return None
    try:
        renderer = IPythonRenderer(escape=False, attachments=attachments)
        rendered = MarkdownWithMath(renderer=renderer).render(text)
        return _BOX.sub(lambda box: "☑ " if box[1] else "☐ ", rendered)
    except Exception:  # such as a picture that is not attached
        return None


def _plain(text: str) -> str:
    """HTML in a spelling in which what nbconvert and the cleaner write can be compared."""
    for ours, theirs in (("&quot;", '"'), ("&#39;", "'"), ("&#182;", "¶"), (" />", ">"), ("/>", ">")):
        text = text.replace(ours, theirs)
    return re.sub(r'style="text-align: ?(\w+);?"', r'style="text-align:\1"', text).strip()


def _as_code(text: str) -> str:
    longest = max((len(run) for run in re.findall(r"`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}text\n{text}\n{fence}"
