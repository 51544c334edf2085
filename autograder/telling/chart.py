"""The decision chart: from what you see of a variable to the chapters that explain it.

One chart for the whole course. It is drawn in the page's own ink, fits on one
printed page, and can mark the branch that a lesson is about.
"""

import html
import textwrap
from dataclasses import dataclass

from autograder.faults import CHAPTERS


@dataclass(frozen=True)
class Exit:
    """An answer that ends the search: what to read, and why."""

    #: Short name, for `chart("none")`.
    name: str
    answer: str
    meaning: str
    chapters: tuple[str, ...]


@dataclass(frozen=True)
class Question:
    """One question about a step or a variable: answers that lead out, and the one that leads on."""

    text: str
    exits: tuple[Exit, ...]
    onward: str


QUESTIONS = (
    Question(
        "Does the step raise an exception?",
        (
            Exit(
                "raises",
                "yes",
                "The line that raised is where the fault was noticed. Ask the next questions of what it got.",
                ("01", "03", "04", "09"),
            ),
        ),
        "no",
    ),
    Question(
        "Is every weight in the table, and registered?",
        (Exit("unregistered", "no", "Nobody told the model that this is a weight.", ("03",)),),
        "yes",
    ),
    Question(
        "Which gradient does the tape give for it?",
        (
            Exit("not asked", "not asked for", "It is missing from the list of variables.", ("04", "06")),
            Exit(
                "none",
                "None",
                "No recorded path leads from the loss to it. Draw the path and look for its end.",
                ("01", "02", "03", "05"),
            ),
            Exit("zero", "0", "There is a path, and its slope is 0.", ("05", "08")),
            Exit("nan", "NaN or inf", "The path went through an invalid value.", ("08",)),
            Exit("tiny", "tiny or huge", "Scale, depth or saturation.", ("08",)),
        ),
        "finite, of a sound size",
    ),
    Question(
        "Does it move?",
        (
            Exit(
                "unmoved",
                "no",
                "The gradient never arrives, or the optimizer makes nothing of it.",
                ("04", "07", "09", "10"),
            ),
        ),
        "yes",
    ),
    Question(
        "Does it move as the rule says: −rate × its own gradient?",
        (
            Exit(
                "moved wrongly",
                "no",
                "A wrong pair, a second hand on the variable, or lost state.",
                ("04", "07"),
            ),
        ),
        "yes",
    ),
    Question(
        "Does the loss that you care about fall?",
        (
            Exit(
                "no learning",
                "no",
                "It learns something else, or too fast, or it cannot learn this.",
                ("05", "06", "07", "08"),
            ),
        ),
        "yes: it learns",
    ),
)

NAMES = tuple(way_out.name for question in QUESTIONS for way_out in question.exits)

_LEFT, _RIGHT, _LINE = 330, 590, 17


class Chart:
    """The chart, as a picture in a notebook and as text in a terminal."""

    def __init__(self, here: str | None = None):
        self._here = here

    def __repr__(self) -> str:
        return as_text(self._here)

    def _repr_html_(self) -> str:
        return as_html(self._here)


def chart(here: str | None = None) -> Chart:
    """The decision chart of the course, with one branch marked if you name it.

    Raises `ValueError`, with the names there are, for an unknown branch.
    """
    if here is not None and here not in NAMES:
        raise ValueError(f"The chart has no branch {here!r}. Its branches are: {', '.join(NAMES)}.")
    return Chart(here)


def as_text(here: str | None = None) -> str:
    """The chart as an indented list."""
    lines = []
    for number, question in enumerate(QUESTIONS, 1):
        lines.append(f"{number}. {question.text}")
        for way_out in question.exits:
            mark = "  ◀ you are here" if way_out.name == here else ""
            read = f"Read {_chapters(way_out)}."
            lines.append(f"   {way_out.answer} → {way_out.meaning} {read}{mark}")
        last = number == len(QUESTIONS)
        lines.append(f"   {question.onward}." if last else f"   {question.onward} → question {number + 1}")
    return "\n".join(lines)


def as_html(here: str | None = None) -> str:
    """The chart as an SVG in the page's own ink; screen readers get `as_text`."""
    label = html.escape(" ".join(as_text(here).split()), quote=True)
    return f'<figure role="img" aria-label="{label}">{as_svg(here)}</figure>'


def as_svg(here: str | None = None, ink: str = "currentColor", paper: str = "none") -> str:
    """The chart as SVG text. `ink` and `paper` are CSS colours; the defaults follow the page."""
    parts, y, boxes = [], 16, []
    for question in QUESTIONS:
        heights = [_exit_height(way_out) for way_out in question.exits]
        tall = sum(heights) + 10 * (len(heights) - 1)
        height = max(tall, 48)
        boxes.append(y + height / 2)
        top = y + (height - tall) / 2
        for way_out, exit_height in zip(question.exits, heights):
            parts.append(_exit(way_out, top, exit_height, boxes[-1], way_out.name == here))
            top += exit_height + 10
        y += height + 40
    for number, (question, middle) in enumerate(zip(QUESTIONS, boxes), 1):
        parts.append(_question(number, question, middle))
        below = boxes[number] if number < len(boxes) else None
        parts.append(_onward(question, middle, below))
    width = _LEFT + _RIGHT + 20
    background = "" if paper == "none" else f'<rect width="{width}" height="{y}" fill="{paper}"/>'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {y}" width="{width}" '
        f'style="max-width:100%;height:auto" font-family="sans-serif" font-size="13" fill="{ink}" '
        f'color="{ink}">{background}{"".join(parts)}</svg>'
    )


def _chapters(way_out: Exit) -> str:
    return ("chapter " if len(way_out.chapters) == 1 else "chapters ") + ", ".join(way_out.chapters)


def _exit_rows(way_out: Exit) -> list[tuple[str, str]]:
    """The lines of an exit's box with their font weights: what it means, then the chapters to read."""
    titles = [f"{slug[:2]} {slug[3:]}" for slug in CHAPTERS if slug[:2] in way_out.chapters]
    rows = [(row, "normal") for row in textwrap.wrap(way_out.meaning, 64)]
    return rows + [(row, "bold") for row in textwrap.wrap("→ " + ", ".join(titles), 68)]


def _exit_height(way_out: Exit) -> int:
    return 12 + _LINE * len(_exit_rows(way_out))


def _question(number: int, question: Question, middle: float) -> str:
    words = question.text.split()
    half = len(question.text) > 36
    rows = [question.text] if not half else _halves(words)
    start = middle + 5 - _LINE / 2 * (len(rows) - 1)
    rows[0] = f"{number}  {rows[0]}"
    text = "".join(
        f'<text x="24" y="{start + _LINE * k}" font-weight="bold">{html.escape(row)}</text>'
        for k, row in enumerate(rows)
    )
    box = f'<rect x="10" y="{middle - 24}" width="{_LEFT - 60}" height="48" rx="6" '
    return box + 'fill="none" stroke="currentColor" stroke-width="1.5"/>' + text


def _halves(words: list[str]) -> list[str]:
    total, first = len(" ".join(words)), []
    while words and len(" ".join([*first, words[0]])) <= total / 2 + 3:
        first.append(words.pop(0))
    return [" ".join(first), "   " + " ".join(words)]


def _exit(way_out: Exit, top: float, tall: float, middle: float, here: bool) -> str:
    x = _LEFT + 84
    centre = top + tall / 2
    bend = f"M {_LEFT - 50} {middle} H {_LEFT - 30} V {centre} H {x - 6}"
    line = f'<path d="{bend}" fill="none" stroke="currentColor"/>'
    said = html.escape(way_out.answer)
    answer = f'<text x="{_LEFT - 24}" y="{centre - 5}" font-style="italic">{said}</text>'
    text = "".join(
        f'<text x="{x + 8}" y="{top + 19 + _LINE * k}" font-weight="{weight}">{html.escape(row)}</text>'
        for k, (row, weight) in enumerate(_exit_rows(way_out))
    )
    box = (
        f'<rect x="{x}" y="{top}" width="{_RIGHT - 90}" height="{tall}" rx="4" fill="none" '
        f'stroke="currentColor" stroke-width="{3 if here else 0.8}"/>'
    )
    mark = (
        f'<text x="{x + _RIGHT - 98}" y="{top + 19}" text-anchor="end" font-weight="bold">you are here</text>'
        if here
        else ""
    )
    return line + answer + box + text + mark


def _onward(question: Question, middle: float, below: float | None) -> str:
    """The answer that leads on, with an arrow to the question below if there is one."""
    x, start = (_LEFT - 40) / 2, middle + 24
    said = html.escape(question.onward)
    if below is None:
        return f'<text x="24" y="{start + 24}" font-style="italic">{said}</text>'
    end = below - 26
    arrow = f'<path d="M {x} {start} V {end} m -5 -8 l 5 8 l 5 -8" fill="none" stroke="currentColor"/>'
    return arrow + f'<text x="{x + 10}" y="{(start + end) / 2 + 5}" font-style="italic">{said}</text>'
