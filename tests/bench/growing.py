"""How grading grows: seconds a submission, and memory of the coordinator, as a class gets larger.

    python -m tests.bench.growing [--sizes 10 100 1000] [--rounds 3]

The submissions are cheap ones, of the plain course of `tests.bench.grading`, so
that what grows with their number cannot hide behind their cells. What is told of
a size is the median of its rounds.
"""

import argparse
import json
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from autograder.environment import put_tools_on_path
from tests.bench.grading import Measured, measure

COURSE = "without TensorFlow"
PICTURE = Path(".bench") / "growing.svg"


@dataclass(frozen=True)
class Size:
    """What a class of one size needed."""

    submissions: int
    #: From command to exit.
    seconds: float
    #: The most that the coordinator held, in millions of bytes.
    megabytes: float
    #: Seconds for each submission beyond the next smaller size: without what every batch needs to start.
    further: float | None = None


def growth(measured: Sequence[Measured]) -> list[Size]:
    """One `Size` for each measurement, in the order of their sizes."""
    sizes = sorted(
        (Size(m.submissions, m.seconds, m.measures["megabytes"]) for m in measured),
        key=lambda size: size.submissions,
    )
    return sizes[:1] + [
        Size(
            size.submissions,
            size.seconds,
            size.megabytes,
            (size.seconds - smaller.seconds) / (size.submissions - smaller.submissions),
        )
        for smaller, size in pairwise(sizes)
    ]


def main() -> None:
    """Print the table, and draw it."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.growing", description=__doc__.split("\n")[0])
    parser.add_argument(
        "--sizes", type=int, nargs="+", default=[10, 100, 1000], help="submissions in a batch"
    )
    parser.add_argument("--rounds", type=int, default=3, help="times that each batch is graded")
    arguments = parser.parse_args()
    put_tools_on_path()  # nbgrader starts programs of the environment by their names
    print(f"\n{COURSE}: {'all':>26} {'a submission':>14} {'each further one':>17} {'coordinator':>12}")
    measured: list[Measured] = []
    for number in sorted(set(arguments.sizes)):
        measured += measure(COURSE, number, arguments.rounds, feedback=False, graders=("ours",))
        size = growth(measured)[-1]
        further = "" if size.further is None else f"{size.further:.3f} s"
        each = f"{size.seconds / size.submissions:.3f} s"
        print(
            f"{size.submissions:>12} submissions {size.seconds:>19.1f} s {each:>14} {further:>17} "
            f"{size.megabytes:>9.0f} MB",
            flush=True,
        )
    draw(growth(measured), PICTURE)
    print(f"Picture: {PICTURE}")


def draw(sizes: Sequence[Size], file: Path) -> None:
    """Seconds a submission and memory of the coordinator by size, as an SVG file; the figures beside it."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(7, 4.5), layout="constrained")
    above, below = figure.subplots(2, sharex=True)
    numbers = [size.submissions for size in sizes]
    above.plot(numbers, [s.seconds / s.submissions for s in sizes], "o-", label="all seconds, start included")
    later = [(s.submissions, s.further) for s in sizes if s.further is not None]
    if later:
        above.plot(*zip(*later), "s--", label="each further one")
    above.set_ylabel("seconds a submission")
    above.set_ylim(bottom=0)
    above.legend()
    below.plot(numbers, [size.megabytes for size in sizes], "o-", color="black")
    below.set_ylabel("coordinator, MB")
    below.set_ylim(bottom=0)
    below.set_xscale("log")
    below.set_xticks(numbers, [f"{number:,}" for number in numbers])
    below.minorticks_off()
    below.set_xlabel("submissions")
    file.parent.mkdir(exist_ok=True)
    figure.savefig(file)
    file.with_suffix(".json").write_text(json.dumps([vars(size) for size in sizes], indent=1))


if __name__ == "__main__":
    main()
