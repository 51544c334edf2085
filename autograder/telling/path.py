"""The way of a gradient through a step, drawn: which lines the tape recorded, and where the way back ends."""

import html
import textwrap
import warnings
from collections.abc import Callable
from typing import Any

from autograder.judging.history import History
from autograder.judging.route import End, Line, Read, Route, route
from autograder.observing.events import Raised
from autograder.observing.step import record_step
from autograder.telling.places import raised_sentence

_WHY = {
    "before": "it ran before the tape was open",
    "after": "it ran after the tape was closed",
    "late": "the variable was read after the tape was closed",
    "paused": "the tape was not recording",
    "unwatched": "the tape does not watch it",
    "frozen": "it is not trainable",
    "stopped": "stop_gradient",
    "integer": "a cast to integers",
    "step": "an operation without a derivative",
    "threshold": "a comparison",
    "python function": "a Python function inside the graph",
    "assigned": "the value is stored in a variable",
    "numpy": "the value leaves TensorFlow",
    "ignored": "nothing made from it reaches the loss",
    "unused": "it is not used",
    "unknown": "no recorded way",
    "flat": "an operation whose derivative is 0",
    "clip": "every entry is on a bound of the clip",
    "mask": "the mask keeps nothing",
}
_KINDS = {"none": "None", "zero": "0", "nan": "NaN", "finite": "finite", "": "finite"}

_ROW, _GAP, _LEFT, _CODE, _TAG = 34, 22, 62, 470, 330


class DrawnPath:
    """A route that a notebook shows as a picture and a terminal as text."""

    def __init__(self, way: Route | None, raised: Raised | None = None):
        self._way = way
        self._ended = f"The step raised {raised_sentence(raised)}" if raised else ""

    def __repr__(self) -> str:
        drawn = as_text(self._way) if self._way else ""
        return "\n".join(filter(None, (drawn, self._ended))) or _NOTHING

    def _repr_html_(self) -> str:
        drawn = as_html(self._way) if self._way else ""
        said = self._ended or ("" if drawn else _NOTHING)
        return drawn + (f"<p>{html.escape(said)}</p>" if said else "")


_NOTHING = "No tape was asked for a gradient in this step, so there is no path to draw."


def draw_path(step: Callable[..., Any], *args: Any) -> DrawnPath:
    """Run ``step(*args)`` once and draw how the gradient gets from the loss to each variable, or doesn't.

    The step runs for real: what it updates is updated. Its warnings are not shown; the picture says more.
    """
    with warnings.catch_warnings(record=True):
        log = record_step(step, args, steps=1)
    raised = [event for event in log.events if isinstance(event, Raised)]
    return DrawnPath(route(History(log)), raised[-1] if raised else None)


def as_text(way: Route) -> str:
    """The route from top to bottom in the order of execution, one line of code a row."""
    rows = [("tape", "gradient", "line of code", "")]
    for line in way.lines:
        rows.append((_tape(line), _sign(line), line.text, "; ".join(_remarks(line))))
    widths = [max(len(row[i]) for row in rows) for i in range(3)]
    text = ["  ".join(cell.ljust(w) for cell, w in zip(row, widths)) + "  " + row[3] for row in rows]
    return "\n".join(
        [line.rstrip() for line in text] + [f"Never read: {', '.join(way.unread)}."] * bool(way.unread)
    )


def describe(way: Route) -> str:
    """The picture in sentences, for a reader who doesn't see it."""
    parts = ["From the first line that ran to the loss."]
    for line in way.lines:
        remarks = "; ".join(_remarks(line))
        passed = "the gradient comes through" if line.passed else "no gradient comes through"
        parts.append(f"{line.text}: tape {_tape(line)}, {passed}{'; ' + remarks if remarks else ''}.")
    return " ".join(parts)


def as_html(way: Route) -> str:
    """The route as an SVG in the page's own ink, readable in light and dark themes."""
    height = len(way.lines) * (_ROW + _GAP) + 30
    width = _LEFT + _CODE + _TAG
    drawn = [_bracket(way), *(_draw_line(i, line) for i, line in enumerate(way.lines)), *_arrows(way)]
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
        f'style="max-width:100%;height:auto" width="{width}" font-size="13" fill="currentColor" '
        f'stroke="none" font-family="sans-serif">{"".join(drawn)}</svg>'
    )
    label = html.escape(describe(way), quote=True)
    return f'<figure role="img" aria-label="{label}">{svg}</figure>'


def _tape(line: Line) -> str:
    return "records" if line.recorded else "is not recording"


def _sign(line: Line) -> str:
    return "ends here" if line.ends else ("passes" if line.passed else "—")


def _remarks(line: Line) -> list[str]:
    ended = {name for end in line.ends for name in end.variables}
    found = [_end(end) for end in line.ends]
    found += _read([read for read in line.reads if read.name not in ended])
    if line.is_loss:
        found.append("this is what was differentiated")
    return found


def _end(end: End) -> str:
    return f"✗ {_WHY.get(end.kind, end.kind)}: {', '.join(end.variables)}"


def _read(reads: list[Read]) -> list[str]:
    """What the tape gave, variables with the same answer together."""
    words: dict[str, list[str]] = {}
    for read in reads:
        norm = f", norm {read.norm:.3g}" if read.norm is not None and read.gradient == "finite" else ""
        words.setdefault(_KINDS[read.gradient] + norm, []).append(read.name)
    return [f"{', '.join(names)}: {word}" for word, names in words.items()]


# -- the picture ----------------------------------------------------------------------------


def _top(i: int) -> int:
    return 14 + i * (_ROW + _GAP)


def _draw_line(i: int, line: Line) -> str:
    top, middle = _top(i), _top(i) + _ROW / 2
    dash = "" if line.passed else ' stroke-dasharray="5 4"'
    box = (
        f'<rect x="{_LEFT}" y="{top}" width="{_CODE}" height="{_ROW}" rx="5" fill="none" '
        f'stroke="currentColor" stroke-width="{1.8 if line.passed else 1}"{dash}/>'
    )
    shown = line.text if len(line.text) <= 58 else line.text[:57] + "…"
    code = (
        f'<text x="{_LEFT + 10}" y="{middle + 4.5}" font-family="monospace" xml:space="preserve">'
        f"{html.escape(shown)}</text>"
    )
    remarks = _wrapped(_remarks(line))
    start = middle + 4.5 - 8 * (len(remarks) - 1)
    tags = "".join(
        f'<text x="{_LEFT + _CODE + 14}" y="{start + 16 * k}">{html.escape(text)}</text>'
        for k, text in enumerate(remarks)
    )
    return box + code + tags


def _wrapped(remarks: list[str], width: int = 46) -> list[str]:
    rows = [row for remark in remarks for row in textwrap.wrap(remark, width, subsequent_indent="   ")]
    return rows if len(rows) <= 3 else [*rows[:2], rows[2].rstrip(",;") + " …"]


def _bracket(way: Route) -> str:
    """A bar beside the lines that the tape recorded."""
    parts = []
    recorded = [i for i, line in enumerate(way.lines) if line.recorded]
    runs: list[list[int]] = []
    for i in recorded:
        if runs and i == runs[-1][-1] + 1:
            runs[-1].append(i)
        else:
            runs.append([i])
    for run in runs:
        top, bottom = _top(run[0]) - 6, _top(run[-1]) + _ROW + 6
        middle = (top + bottom) / 2
        parts.append(
            f'<path d="M 30 {top} H 24 V {bottom} H 30" fill="none" stroke="currentColor" stroke-width="2"/>'
            f'<text x="16" y="{middle}" text-anchor="middle" font-size="11" '
            f'transform="rotate(-90 16 {middle})">tape</text>'
        )
    return "".join(parts)


def _arrows(way: Route) -> list[str]:
    """Values flow down (thin); the gradient comes back up (thick) where it passes on both ends."""
    parts = []
    for i, line in enumerate(way.lines):
        for source in line.uses:
            if source >= i:  # a loop in the learner's code
                continue
            back = line.passed and way.lines[source].passed
            if source == i - 1:
                parts.append(_straight(_LEFT + 40, source, i, back))
            else:
                parts.append(_around(source, i, back))
    return parts


def _straight(x: float, source: int, i: int, back: bool) -> str:
    top, bottom = _top(source) + _ROW, _top(i)
    thin = (
        f'<path d="M {x} {top + 2} V {bottom - 3} m -4 -6 l 4 6 l 4 -6" fill="none" stroke="currentColor"/>'
    )
    if not back:
        return thin
    x += 26
    return thin + (
        f'<path d="M {x} {bottom - 2} V {top + 4} m -6 8 l 6 -8 l 6 8" fill="none" '
        'stroke="currentColor" stroke-width="3"/>'
        f'<text x="{x + 12}" y="{(top + bottom) / 2 + 4}" font-size="11">gradient</text>'
    )


def _around(source: int, i: int, back: bool) -> str:
    top, bottom = _top(source) + _ROW / 2, _top(i) + _ROW / 2
    x = max(36, _LEFT - 8 - 6 * (i - source))
    width = 3 if back else 1
    return (
        f'<path d="M {_LEFT} {top} H {x} V {bottom} H {_LEFT}" fill="none" stroke="currentColor" '
        f'stroke-width="{width}"/>'
    )
