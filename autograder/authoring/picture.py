"""The pictures that are files: lesson 01's broken and repaired step, from a real run, and the decision chart.

Run it with `make picture`. The files are committed, because a README cannot run
a lesson, and because the chart is to be printed.
"""

import sys
from pathlib import Path

from autograder.authoring.sources import read_source
from autograder.telling import chart
from autograder.telling.plots import as_svg

SOURCE = Path("course/01-tape-scope.nb.py")
PICTURE = Path("course/images/broken-and-repaired.svg")
CHART = Path("course/images/decision-chart.svg")

#: An image file has no page whose text colour it could take, so it asks for the reader's theme.
_STYLE = "<style>svg{color:#1f2328}@media(prefers-color-scheme:dark){svg{color:#e6edf3}}</style>"


def draw(root: Path) -> str:
    """Run the lesson up to the comparison of both steps and return the picture as SVG text.

    Raises `RuntimeError` if the lesson no longer makes `broken` and `repaired`.
    """
    names: dict[str, object] = {"__name__": "lesson"}
    for cell in read_source(root / SOURCE).cells:
        if cell.cell_type == "code":
            exec(compile(cell.source, str(SOURCE), "exec"), names)  # our own lesson
        if "broken" in names and "repaired" in names:
            svg = as_svg({"broken": names["broken"], "repaired": names["repaired"]})
            start = svg.index(">") + 1
            return svg[:start] + _STYLE + svg[start:]
    raise RuntimeError(f"{SOURCE} does not observe a broken and a repaired step any more.")


def draw_chart() -> str:
    """The decision chart, black on white: for paper."""
    return chart.as_svg(ink="#000000", paper="#ffffff") + "\n"


def main() -> int:
    """Write the pictures into the checkout."""
    root = Path.cwd()
    for path, svg in ((PICTURE, draw(root)), (CHART, draw_chart())):
        (root / path).parent.mkdir(exist_ok=True)
        (root / path).write_text(svg, encoding="utf-8")
        print(f"Wrote {path}.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
