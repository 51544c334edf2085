"""Grading a class: `autograder grade` beside stock `nbgrader autograde`, on the same submissions.

    python -m tests.bench.grading [--sizes 4 16 32] [--rounds 3]

Both graders get fresh copies of the same course, in turn, and their scores are
compared cell by cell. Two courses are graded: chapter 01 of this one, and a
plain one without TensorFlow, whose tests are ordinary assertions. CPU seconds
are those of all processes; unlike the others they say little about what else
the machine was doing.
"""

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from autograder.environment import put_tools_on_path
from autograder.grading.launch import default_jobs
from tests.sample_class import ASSIGNMENT, CLASS, ROOT, Sample, write_class

STOCK = [str(Path(sys.executable).parent / "nbgrader")]
RESULT = "result.json"
OURS = [sys.executable, "-m", "autograder", "grade", "--no-feedback", "--json", RESULT]
GRADERS = {
    "stock": [*STOCK, "autograde"],
    "ours": OURS,
    "sandbox": [*OURS, "--isolation", "sandbox"],
    "process": [*OURS, "--isolation", "process"],
}
PLAIN = "plain"
PICTURE = Path(".bench") / "grading.svg"

#: What our seconds were needed for, in the order in which it begins.
PHASES = ("start", "staging", "running", "recording", "feedback")


@dataclass
class Measured:
    """What one grader needed for one batch: medians of the rounds, from command to exit."""

    course: str
    submissions: int
    grader: str
    seconds: float = 0.0
    cpu_seconds: float = 0.0
    #: (student, cell) → points.
    scores: dict[tuple[str, str], float | None] = field(default_factory=dict)
    #: Ours: what `autograder grade --json` says of itself; see `AssignmentResult.measures`.
    measures: dict[str, float] = field(default_factory=dict)

    @property
    def floor(self) -> float:
        """Seconds that the cells alone would need if they could fill all cores."""
        return self.measures.get("cells", 0.0) / default_jobs()


def measure(
    course: str, submissions: int, rounds: int, *, feedback: bool, graders: Sequence[str] = ("stock", "ours")
) -> list[Measured]:
    """Grade a batch with these graders in turn, `rounds` times each; another one begins each round."""
    found: dict[str, list[Measured]] = {grader: [] for grader in graders}
    with tempfile.TemporaryDirectory() as folder:
        template = Path(folder) / "template"
        COURSES[course](template, submissions)
        for i in range(rounds):
            for grader in graders[:: -1 if i % 2 else 1]:
                copy = Path(folder) / f"{grader}-{i}"
                shutil.copytree(template, copy)
                found[grader].append(_grade(copy, course, submissions, grader, feedback))
                shutil.rmtree(copy)
    return [_median(of) for of in found.values()]


def _grade(folder: Path, course: str, submissions: int, grader: str, feedback: bool) -> Measured:
    command = [c for c in GRADERS[grader] if not (feedback and c == "--no-feedback")]
    assignment = ASSIGNMENT if course == "chapter 01" else PLAIN
    env = os.environ | {"PYTHONPATH": str(ROOT)}
    before, start = os.times(), time.monotonic()
    done = subprocess.run([*command, assignment], cwd=folder, env=env, capture_output=True, text=True)
    seconds, after = time.monotonic() - start, os.times()
    if done.returncode not in (0, 1):
        sys.exit(f"{' '.join(command)} failed:\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
    return Measured(
        course,
        submissions,
        grader,
        seconds,
        after.children_user + after.children_system - before.children_user - before.children_system,
        read_scores(folder / "gradebook.db", assignment),
        json.loads((folder / RESULT).read_text())["measures"] if RESULT in command else {},
    )


def _median(rounds: list[Measured]) -> Measured:
    last = rounds[-1]
    return Measured(
        last.course,
        last.submissions,
        last.grader,
        statistics.median(m.seconds for m in rounds),
        statistics.median(m.cpu_seconds for m in rounds),
        last.scores,
        {name: statistics.median(m.measures[name] for m in rounds) for name in last.measures},
    )


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
    command = [*STOCK, "generate_assignment", assignment]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"The course could not be released:\n{done.stderr[-2000:]}")


COURSES: dict[str, Callable[[Path, int], None]] = {"chapter 01": _chapter, "without TensorFlow": _plain}


# -- the result ----------------------------------------------------------------------------


def main() -> None:
    """Print the tables, draw the picture, and say where scores differ."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.grading", description=__doc__.split("\n")[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=[4, 16, 32], help="submissions in a batch")
    parser.add_argument("--rounds", type=int, default=3, help="times that each grader grades each batch")
    parser.add_argument("--courses", nargs="+", default=list(COURSES), choices=list(COURSES))
    parser.add_argument("--feedback", action="store_true", help="ours writes feedback pages as well")
    arguments = parser.parse_args()
    put_tools_on_path()  # nbgrader starts programs of the environment by their names
    print(f"{'':<18} {'':>5} {'seconds':^25}  {'CPU seconds':^25}")
    print(f"{'course':<18} {'batch':>5} {_heads()}  {_heads()}  scores")
    pairs = []
    for course in arguments.courses:
        for size in arguments.sizes:
            stock, ours = measure(course, size, arguments.rounds, feedback=arguments.feedback)
            pairs.append((stock, ours))
            seconds = _compared(stock.seconds, ours.seconds)
            cpu_seconds = _compared(stock.cpu_seconds, ours.cpu_seconds)
            print(f"{course:<18} {size:>5} {seconds}  {cpu_seconds}  {_differences(stock, ours)}", flush=True)
    print(f"\nOur seconds, {default_jobs()} cores. Running goes on beside staging, recording and feedback;")
    print("the floor is what the cells alone would need on all cores.")
    print(f"{'course':<18} {'batch':>5} " + " ".join(f"{p:>9}" for p in (*PHASES, "all", "floor", "memory")))
    for _, ours in pairs:
        phases = " ".join(f"{ours.measures[phase]:>9.1f}" for phase in PHASES)
        whole = f"{ours.seconds:>9.1f} {ours.floor:>9.1f} {ours.measures['megabytes']:>6.0f} MB"
        print(f"{ours.course:<18} {ours.submissions:>5} {phases} {whole}")
    draw(pairs, PICTURE)
    print(f"Picture: {PICTURE}")


def _heads() -> str:
    return f"{'stock':>9} {'ours':>9} {'ratio':>5}"


def _compared(stock: float, ours: float) -> str:
    return f"{stock:>9.1f} {ours:>9.1f} {stock / ours:>5.1f}"


def _differences(stock: Measured, ours: Measured) -> str:
    differ = sorted(
        key
        for key in stock.scores.keys() | ours.scores.keys()
        if stock.scores.get(key) != ours.scores.get(key)
    )
    return f"{len(differ)} differ: {differ[:3]}" if differ else f"{len(stock.scores)} the same"


def draw(pairs: list[tuple[Measured, Measured]], file: Path) -> None:
    """Seconds a submission, stock and ours side by side and the floor under ours, as an SVG file."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(7, 0.8 + 0.6 * len(pairs)), layout="constrained")
    axes = figure.subplots()
    labels = [f"{stock.course}, {stock.submissions}" for stock, _ in pairs]
    for offset, hatch, which in ((-0.2, "//", 0), (0.2, "", 1)):
        values = [pair[which].seconds / pair[which].submissions for pair in pairs]
        name = pairs[0][which].grader
        bars = axes.barh([i + offset for i in range(len(pairs))], values, 0.38, label=name, hatch=hatch)
        axes.bar_label(bars, fmt="%.1f s", padding=3)
    floors = [ours.floor / ours.submissions for _, ours in pairs]
    middles = [i + 0.2 for i in range(len(pairs))]
    axes.scatter(floors, middles, marker="|", s=150, color="black", zorder=3, label="floor: the cells alone")
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
