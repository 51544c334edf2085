"""A sample class: ``python -m tests.sample_class DIR`` writes a course with its submissions.

Every kind of submission that an instructor meets is in it once: right in
different styles, partly right, wrong, untouched, and a dozen careless or broken
ones. What each deserves stands beside it, for the tests.
"""

import argparse
import json
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
ASSIGNMENT = "01-tape-scope"

#: Lies in a folder that this program wrote, so that it never writes into another.
_MARKER = ".sample-class"

_CONFIG = """

# --- The sample class: short limits, so that the endless loop among it ends soon ---

c.AutograderLimits.cell_seconds = {cell_seconds}
c.AutograderLimits.notebook_seconds = 300
"""

_ENDLESS = """
def train_step(model, optimizer, x, y):
    while True:  # until the gradient arrives
        pass


while True:
    pass
"""
_DEADLY = """
import os

os._exit(1)
"""
_ESSAY = """The block ends before the division, so the tape has recorded the sum alone. The derivative is
that of the sum, 64 times as large as that of the mean. Dividing inside the block divides both."""

Notebook = dict[str, Any]


@dataclass(frozen=True)
class Sample:
    """One student: what they handed in, and what it deserves."""

    student: str
    what: str
    #: Writes the submission into the folder that it is given; gets the student version.
    write: Callable[[Path, Notebook], None]
    status: str = "graded"
    #: Points by problem, where they are certain.
    scores: dict[str, float] = field(default_factory=dict)
    #: Words that the remark about it must have.
    said: tuple[str, ...] = ()


def attempt(problem: str, name: str) -> str:
    """The text of an attempt in the corpus."""
    return (ROOT / "tests" / "attempts" / ASSIGNMENT / problem / f"{name}.py").read_text(encoding="utf-8")


#: Problem → an answer that is right.
RIGHT = {
    "sensor-step": "right-moved-into-block",
    "penalised-step": "right-all-inside",
    "which-fault": "right-in-order",
    "thermistor": "right-tape-in-loop",
    "sensitivity": "right-watch-first",
}
_FULL = dict.fromkeys(RIGHT, 4.0)


def answered(notebook: Notebook, answers: dict[str, str]) -> Notebook:
    """The notebook with these texts in its answer cells, by grade id."""
    made: Notebook = json.loads(json.dumps(notebook))
    for cell in made["cells"]:
        name = grade_id(cell)
        if name in answers:
            cell["source"] = answers[name]
    return made


def grade_id(cell: dict[str, Any]) -> str | None:
    """The grade id of a cell in a notebook file."""
    found = cell.get("metadata", {}).get("nbgrader", {}).get("grade_id")
    return found if isinstance(found, str) else None


def _texts(**names: str) -> dict[str, str]:
    by_problem = {problem.replace("_", "-"): name for problem, name in names.items()}
    return {problem: attempt(problem, name) for problem, name in by_problem.items()}


def _right(**other: str) -> dict[str, str]:
    return {problem: attempt(problem, name) for problem, name in RIGHT.items()} | _texts(**other)


def _save(folder: Path, notebook: Notebook, name: str = f"{ASSIGNMENT}.ipynb") -> None:
    (folder / name).write_text(json.dumps(notebook, indent=1, ensure_ascii=False), encoding="utf-8")


def _fills(answers: Callable[[], dict[str, str]]) -> Callable[[Path, Notebook], None]:
    return lambda folder, notebook: _save(folder, answered(notebook, answers()))


def _deleted_test(folder: Path, notebook: Notebook) -> None:
    made = answered(notebook, _right(sensor_step="wrong-identity"))
    made["cells"] = [c for c in made["cells"] if not str(grade_id(c)).startswith("sensor-step--")]
    _save(folder, made)


def _tampered_test(folder: Path, notebook: Notebook) -> None:
    made = answered(notebook, _right(thermistor="wrong-only-one-step"))
    for cell in made["cells"]:
        if str(grade_id(cell)).startswith("thermistor--"):
            cell["source"] = "1.0  # looks right to me"
            cell["metadata"]["tags"] = ["skip-execution"]
            cell["metadata"]["nbgrader"]["points"] = 100
    _save(folder, made)


def _duplicated(folder: Path, notebook: Notebook) -> None:
    made = answered(notebook, _right())
    for index, cell in enumerate(made["cells"]):
        if grade_id(cell) == "sensor-step":
            copy = json.loads(json.dumps(cell))
            copy["source"] = attempt("sensor-step", "wrong-identity")
            copy["id"] = "a-copy"
            made["cells"].insert(index + 1, copy)
            break
    _save(folder, made)


def _two_notebooks(folder: Path, notebook: Notebook) -> None:
    _save(folder, answered(notebook, _right()))
    _save(folder, notebook, f"{ASSIGNMENT}-Copy1.ipynb")


def _renamed(folder: Path, notebook: Notebook) -> None:
    _save(folder, answered(notebook, _right()), "Aufgabe 1 (endgültig).ipynb")


def _no_notebook(folder: Path, notebook: Notebook) -> None:
    (folder / f"{ASSIGNMENT}.ipynb").write_bytes(b"%PDF-1.7 not a notebook at all")


def _empty(folder: Path, notebook: Notebook) -> None:
    (folder / f"{ASSIGNMENT}.ipynb").write_bytes(b"")


def _wrong_name(folder: Path, notebook: Notebook) -> None:
    other = folder.with_name("01-tape-scop")
    folder.rmdir()
    other.mkdir()
    _save(other, answered(notebook, _right()))


CLASS: tuple[Sample, ...] = (
    Sample("Adaeze Okonkwo", "right", _fills(lambda: _right() | {"divided-loss": _ESSAY}), scores=_FULL),
    Sample(
        "Linh Trần",
        "right, in another style",
        _fills(
            lambda: _right(
                sensor_step="right-two-chained-tapes",
                penalised_step="right-assign-sub",
                thermistor="right-formula-by-hand",
                sensitivity="right-two-tapes",
            )
        ),
        scores=_FULL,
    ),
    Sample(
        "Mateo Fernández",
        "right, with tf.function and Keras",
        _fills(
            lambda: _right(
                sensor_step="right-tf-function-inside",
                penalised_step="right-helper-function-and-list-of-targets",
                thermistor="right-keras-sgd",
                sensitivity="right-persistent",
            )
        ),
        scores=_FULL,
    ),
    Sample(
        "Priya Raghunathan",
        "partly right",
        _fills(
            lambda: _right(sensor_step="wrong-sum-instead-of-mean", penalised_step="wrong-half-the-penalty")
        ),
        scores={"which-fault": 4.0, "thermistor": 4.0, "sensitivity": 4.0},
    ),
    Sample(
        "Jonas Bergström",
        "wrong",
        _fills(
            lambda: _texts(
                sensor_step="wrong-noise-instead-of-gradient",
                penalised_step="wrong-drops-the-penalty",
                which_fault="wrong-all-none",
                thermistor="wrong-only-one-step",
                sensitivity="wrong-no-update",
            )
        ),
    ),
    Sample("Kwame Mensah", "untouched", _fills(dict)),
    Sample(
        "Aroha Ngata",
        "an endless loop",
        _fills(lambda: _right() | {"sensor-step": _ENDLESS}),
        scores=_FULL | {"sensor-step": 0.0},
        said=("was stopped", "sensor-step"),
    ),
    Sample(
        "Yusuf Demir", "a deleted test", _deleted_test, scores=_FULL | {"sensor-step": 0.0}, said=("missing",)
    ),
    Sample(
        "Sofia Kowalczyk", "a duplicated cell", _duplicated, scores=_FULL, said=("sensor-step", "2 times")
    ),
    Sample(
        "Haruto Nakamura", "not a notebook", _no_notebook, "quarantined", said=("01-tape-scope.ipynb", "JSON")
    ),
    Sample(
        "Leila Haddad",
        "a kernel that dies",
        _fills(lambda: _right() | {"penalised-step": _DEADLY}),
        scores=_FULL | {"penalised-step": 0.0},
        said=("ended the kernel",),
    ),
    Sample("Tomáš Novák", "a tampered test", _tampered_test, said=("thermistor--", "instructor's version")),
    Sample(
        "Zoë van der Berg", "two notebooks", _two_notebooks, scores=_FULL, said=("01-tape-scope-Copy1.ipynb",)
    ),
    Sample(
        "Óscar Peña Núñez",
        "a renamed notebook",
        _renamed,
        scores=_FULL,
        said=("Aufgabe 1 (endgültig).ipynb",),
    ),
    Sample(
        "Nia Williams",
        "a patched checker",
        _fills(lambda: _right(sensor_step="wrong-cheat-patches-check")),
        scores=_FULL | {"sensor-step": 0.0},
    ),
    Sample("Malia Kealoha", "an empty file", _empty, "quarantined", said=("01-tape-scope.ipynb", "0 bytes")),
    Sample("Arjun Patel", "a wrong folder name", _wrong_name, "quarantined", said=("01-tape-scop", "rename")),
)


def write_class(
    folder: Path, assignment: str = ASSIGNMENT, samples: tuple[Sample, ...] = CLASS, cell_seconds: float = 30
) -> list[Sample]:
    """Write the course and its submissions. A gradebook that is there already stays.

    Raises `SystemExit` with a sentence when `folder` holds something else, or
    when the student version has not been built.
    """
    if folder.exists() and any(folder.iterdir()) and not (folder / _MARKER).exists():
        sys.exit(f"{folder} is not empty and holds no sample class. Choose another folder.")
    student_version = ROOT / "exercises" / assignment / f"{assignment}.ipynb"
    if not student_version.is_file():
        sys.exit(f"{student_version} is missing. “make notebooks” builds it.")
    notebook = json.loads(student_version.read_text(encoding="utf-8"))
    folder.mkdir(parents=True, exist_ok=True)
    (folder / _MARKER).touch()
    config = (ROOT / "nbgrader_config.py").read_text(encoding="utf-8")
    (folder / "nbgrader_config.py").write_text(
        config + _CONFIG.format(cell_seconds=cell_seconds), encoding="utf-8"
    )
    for name, target in (("solutions", folder / "solutions"), ("submitted", folder / "submitted")):
        if target.exists():
            shutil.rmtree(target)
        if name == "solutions":
            shutil.copytree(ROOT / name / assignment, target / assignment)
    for sample in samples:
        place = folder / "submitted" / sample.student / assignment
        place.mkdir(parents=True)
        sample.write(place, notebook)
    return list(samples)


def main() -> None:
    """Write the sample class from the command line."""
    parser = argparse.ArgumentParser(prog="python -m tests.sample_class", description=write_class.__doc__)
    parser.add_argument("folder", type=Path, metavar="DIR")
    parser.add_argument("--assignment", default=ASSIGNMENT, choices=[ASSIGNMENT])
    arguments = parser.parse_args()
    samples = write_class(arguments.folder, arguments.assignment)
    print(f"Wrote {len(samples)} submissions of {arguments.assignment} to {arguments.folder}:")
    for sample in samples:
        print(f"  {sample.student}: {sample.what}")


if __name__ == "__main__":
    main()
