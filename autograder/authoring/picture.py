"""The picture on the README's first screen: lesson 01's broken and repaired step, from a real run.

Run it with `make picture`. The file is committed, because a README cannot run a lesson.
"""

import sys
from pathlib import Path

from autograder.authoring.sources import read_source
from autograder.telling.plots import as_svg

SOURCE = Path("course/01-tape-scope.nb.py")
PICTURE = Path("course/images/broken-and-repaired.svg")

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


def main() -> int:
    """Write the picture into the checkout."""
    root = Path.cwd()
    target = root / PICTURE
    target.parent.mkdir(exist_ok=True)
    target.write_text(draw(root), encoding="utf-8")
    print(f"Wrote {PICTURE}.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
