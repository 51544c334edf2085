"""What students wrote and what their code showed, as HTML that can run nothing: for formgrader and feedback.

The filter that nbconvert has for this keeps no table's head, no paragraph and no
drawing, so that a check's verdict became a heap of tags; and nbgrader's pages show
Markdown without any. `nbgrader_config.py` puts these two in their places.
"""

import base64
import html
import re
from typing import Any

import bleach
from bleach.css_sanitizer import CSSSanitizer
from jinja2 import pass_context
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath

#: Nothing here can run a script or ask the network for anything.
TAGS = frozenset(
    "a abbr b blockquote br caption code dd del details div dl dt em figcaption figure h1 h2 h3 h4 h5 h6 hr "
    "i img kbd li ol p pre s section small span strong sub summary sup table tbody td tfoot th thead tr u "
    "ul".split()
)


def _is_link(tag: str, name: str, value: str) -> bool:
    return name == "href" and not _starts(value, "data:")


def _is_picture(tag: str, name: str, value: str) -> bool:
    """A picture that a page asks a server for would tell who reads the page, and when."""
    return name == "alt" or (name == "src" and not _starts(value, "http", "//", "\\"))


def _starts(value: str, *beginnings: str) -> bool:
    return value.strip().lower().startswith(beginnings)


_ATTRIBUTES = {
    "*": ["class", "id", "style", "role", "aria-label", "title", "lang"],
    "a": _is_link,
    "img": _is_picture,
    "th": ["scope", "colspan", "rowspan"],
    "td": ["colspan", "rowspan"],
    "details": ["open"],
}

#: None that takes a text out of its place, hides it, or names an address.
_STYLES = CSSSanitizer(
    allowed_css_properties="border border-bottom border-collapse border-left border-top color font-family "
    "font-size font-style font-weight line-height margin margin-left margin-top max-width overflow-x padding "
    "padding-left text-align text-decoration vertical-align white-space width".split()
)

_DRAWING = re.compile(r"<svg\b[^>]*>.*?</svg\s*>", re.IGNORECASE | re.DOTALL)
_LABEL = re.compile(r'\baria-label="([^"]*)"')


def clean_html(element: str | bytes) -> str:
    """The HTML without whatever is not known to be harmless, which is shown as text instead."""
    text = element.decode() if isinstance(element, bytes) else str(element)
    cleaned = bleach.clean(
        _DRAWING.sub(_as_picture, text),
        tags=TAGS,
        attributes=_ATTRIBUTES,
        protocols=["http", "https", "mailto", "data"],
        css_sanitizer=_STYLES,
    )
    # nbgrader's pages have the style sheet of Bootstrap, which sets cells apart in such tables only.
    return cleaned.replace("<table>", '<table class="table">')


def _as_picture(drawing: re.Match[str]) -> str:
    """A drawing as a picture, in which a browser runs no script, follows no link and loads nothing."""
    label = _LABEL.search(drawing[0].split(">", 1)[0])
    data = base64.b64encode(drawing[0].encode()).decode()
    alt = html.escape(html.unescape(label[1])) if label else "A drawing."
    return f'<img style="max-width:100%" alt="{alt}" src="data:image/svg+xml;base64,{data}">'


@pass_context
def markdown2html(context: Any, source: str) -> str:
    """Markdown as nbconvert renders it, and then cleaned."""
    attachments = (context.get("cell") or {}).get("attachments", {})
    renderer = IPythonRenderer(escape=False, attachments=attachments, anchor_link_text="¶")
    return clean_html(MarkdownWithMath(renderer=renderer).render(source))
