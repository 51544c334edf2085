"""Grading a class: `autograder grade` beside stock `nbgrader autograde`, on the same submissions.

    python -m tests.bench.grading [--sizes 4 16] [--rounds 1]

Both graders get fresh copies of the same course, in turn, and their scores are
compared cell by cell. Two courses are graded: chapter 01 of this one, and a
plain one without TensorFlow, whose tests are ordinary assertions.
"""

import argparse
import json
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from autograder.environment import put_tools_on_path
from tests.sample_class import ASSIGNMENT, CLASS, Sample, write_class

BIN = Path(sys.executable).parent
GRADERS = {
    "stock": [str(BIN / "nbgrader"), "autograde"],
    "ours": [str(BIN / "autograder"), "grade", "--no-feedback"],
}
PLAIN = "plain"
PICTURE = Path(".bench") / "grading.svg"


@dataclass(frozen=True)
class Measured:
    """What one grader needed for one batch."""

    course: str
    submissions: int
    grader: str
    #: Median of the rounds, from command to exit.
    seconds: float
    #: (student, cell) → points.
    scores: dict[tuple[str, str], float | None]


def measure(course: str, submissions: int, rounds: int) -> list[Measured]:
    """Grade a batch with both graders in turn, `rounds` times each."""
    with tempfile.TemporaryDirectory() as folder:
        template = Path(folder) / "template"
        COURSES[course](template, submissions)
        seconds: dict[str, list[float]] = {grader: [] for grader in GRADERS}
        scores: dict[str, dict[tuple[str, str], float | None]] = {}
        for i in range(rounds):
            for grader, command in GRADERS.items():
                copy = Path(folder) / f"{grader}-{i}"
                shutil.copytree(template, copy)
                start = time.monotonic()
                assignment = ASSIGNMENT if course == "chapter 01" else PLAIN
                done = subprocess.run([*command, assignment], cwd=copy, capture_output=True, text=True)
                seconds[grader].append(time.monotonic() - start)
                if done.returncode not in (0, 1):
                    sys.exit(f"{' '.join(command)} failed:\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
                scores[grader] = read_scores(copy / "gradebook.db", assignment)
        return [
            Measured(course, submissions, grader, statistics.median(seconds[grader]), scores[grader])
            for grader in GRADERS
        ]


def read_scores(gradebook: Path, assignment: str) -> dict[tuple[str, str], float | None]:
    """The automatic scores in a gradebook."""
    from nbgrader.api import Gradebook

    with Gradebook(f"sqlite:///{gradebook}") as book:
        return {
            (submission.student.id, grade.name): grade.auto_score
            for submission in book.assignment_submissions(assignment)
            for notebook in submission.notebooks
            for grade in notebook.grades
        }


# -- the courses ---------------------------------------------------------------------------


def _chapter(folder: Path, submissions: int) -> None:
    """Chapter 01, handed in by students whose work is whole: right, partly right, wrong, untouched."""
    honest = [sample for sample in CLASS if sample.what in _HONEST]
    samples = tuple(
        Sample(f"student-{i:04}", sample.what, sample.write)
        for i in range(submissions)
        for sample in [honest[i % len(honest)]]
    )
    write_class(folder, samples=samples)
    _add_to_gradebook(folder, ASSIGNMENT)


_HONEST = ("right", "right, in another style", "partly right", "wrong", "untouched")

_ANSWERS = (
    ("def mean(numbers):\n    return sum(numbers) / len(numbers)", "words = sorted({'pear', 'fig'})"),
    ("def mean(numbers):\n    return sum(numbers) / 2", "words = ['fig', 'pear']"),
    ("def mean(numbers):\n    raise NotImplementedError()", "words = []"),
)
_TESTS = ("assert mean([1, 2, 6]) == 3", "assert words == ['fig', 'pear']")


def _plain(folder: Path, submissions: int) -> None:
    """A course without TensorFlow, with tests in its notebooks."""
    source = folder / "source" / PLAIN
    source.mkdir(parents=True)
    (folder / "nbgrader_config.py").write_text("c = get_config()\nc.CourseDirectory.course_id = 'plain'\n")
    nbformat.write(_notebook(_ANSWERS[0]), source / f"{PLAIN}.ipynb")
    _add_to_gradebook(folder, PLAIN)
    for i in range(submissions):
        place = folder / "submitted" / f"student-{i:04}" / PLAIN
        place.mkdir(parents=True)
        nbformat.write(_notebook(_ANSWERS[i % len(_ANSWERS)]), place / f"{PLAIN}.ipynb")


def _notebook(answers: tuple[str, ...]) -> Any:
    cells = [new_markdown_cell("# Two small problems")]
    for name, answer, test in zip(("mean", "words"), answers, _TESTS):
        cells.append(new_code_cell(answer, id=name, metadata=_metadata(name, solution=True)))
        cells.append(new_code_cell(test, id=f"{name}-test", metadata=_metadata(f"{name}-test", points=2)))
    return new_notebook(cells=cells, metadata={"kernelspec": {"name": "python3", "display_name": "Python 3"}})


def _metadata(name: str, solution: bool = False, points: int = 0) -> dict[str, Any]:
    graded = {"grade": bool(points), "solution": solution, "locked": bool(points), "task": False}
    own = {"schema_version": 3, "grade_id": name, **graded, **({"points": points} if points else {})}
    own["cell_type"] = "code"
    return {"nbgrader": own}


def _add_to_gradebook(folder: Path, assignment: str) -> None:
    command = [GRADERS["stock"][0], "generate_assignment", assignment]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"The course could not be released:\n{done.stderr[-2000:]}")


COURSES: dict[str, Callable[[Path, int], None]] = {"chapter 01": _chapter, "without TensorFlow": _plain}


# -- the result ----------------------------------------------------------------------------


def main() -> None:
    """Print the table, draw the picture, and say where scores differ."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.grading", description=__doc__.split("\n")[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=[4, 16], help="submissions in a batch")
    parser.add_argument("--rounds", type=int, default=1, help="times that each grader grades each batch")
    parser.add_argument("--courses", nargs="+", default=list(COURSES), choices=list(COURSES))
    arguments = parser.parse_args()
    put_tools_on_path()  # nbgrader starts programs of the environment by their names
    print(f"{'course':<20} {'batch':>5} {'stock':>9} {'ours':>9} {'ratio':>6}  scores")
    pairs = []
    for course in arguments.courses:
        for size in arguments.sizes:
            stock, ours = measure(course, size, arguments.rounds)
            pairs.append((stock, ours))
            differ = {key for key in stock.scores if stock.scores[key] != ours.scores.get(key)}
            same = (
                f"{len(differ)} differ: {sorted(differ)[:3]}" if differ else f"{len(stock.scores)} the same"
            )
            times = f"{stock.seconds:>7.1f} s {ours.seconds:>7.1f} s {stock.seconds / ours.seconds:>6.1f}"
            print(f"{course:<20} {size:>5} {times}  {same}", flush=True)
    draw(pairs, PICTURE)
    print(f"Picture: {PICTURE}")


def draw(pairs: list[tuple[Measured, Measured]], file: Path) -> None:
    """Seconds a submission, stock and ours side by side, as an SVG file."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(7, 0.6 + 0.6 * len(pairs)), layout="constrained")
    axes = figure.subplots()
    labels = [f"{stock.course}, {stock.submissions}" for stock, _ in pairs]
    for offset, hatch, which in ((-0.2, "//", 0), (0.2, "", 1)):
        values = [pair[which].seconds / pair[which].submissions for pair in pairs]
        name = pairs[0][which].grader
        bars = axes.barh([i + offset for i in range(len(pairs))], values, 0.38, label=name, hatch=hatch)
        axes.bar_label(bars, fmt="%.1f s", padding=3)
    axes.set_yticks(range(len(pairs)), labels)
    axes.invert_yaxis()
    axes.set_xlabel("seconds a submission")
    axes.legend()
    file.parent.mkdir(exist_ok=True)
    figure.savefig(file)
    (file.with_suffix(".json")).write_text(
        json.dumps([[vars(m) | {"scores": len(m.scores)} for m in pair] for pair in pairs], indent=1)
    )


if __name__ == "__main__":
    main()
