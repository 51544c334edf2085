"""On which TensorFlow the lessons' statements hold, and the attempts are judged as their names say.

    python -m tests.versions [RELEASE…] [--lessons]

Builds an environment below `.versions/` for each minor release, runs all lessons
and all attempts there, and writes `course/versions.md` from what was found. Takes
about half an hour a release, most of it for the attempts, which `--lessons`
leaves out; what was found before of the rest is kept beside it.
"""

import argparse
import json
import platform
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from autograder.authoring.claims import sources, statements, survey
from autograder.problems import ASSIGNMENTS
from tests.conftest import ROOT

#: The release that requirements.lock fixes, and the two before it.
RELEASES = ("2.21", "2.20", "2.19")
PAGE = Path("course/versions.md")
PLACE = Path(".versions")

#: What is fixed to fit the newest TensorFlow; an older one chooses its own.
_FOLLOWS_TENSORFLOW = re.compile(
    r"(tensorflow.*|keras|ml-dtypes|numpy|tensorboard.*|protobuf|grpcio|gast|wrapt|setuptools)=="
)

_HEAD = """# On which TensorFlow this holds

`make versions` runs every lesson and judges every attempt in an environment of its own for each release, and
writes this page.
"""


@dataclass(frozen=True)
class Lessons:
    """What became of the lessons on one release."""

    tensorflow: str
    keras: str
    numpy: str
    python: str
    lessons: int
    #: Lessons that did not run to their end → the last line that they printed.
    stopped: dict[str, str]
    statements: int
    #: (lesson, statement) that did not hold or was not reached.
    differ: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Attempts:
    """What became of the attempts on one release."""

    attempts: int
    #: Those that were not judged as their names say.
    misjudged: tuple[str, ...]


def main() -> None:
    """Measure on the releases that are named (all, if none is), and write the page."""
    parser = argparse.ArgumentParser(prog="python -m tests.versions", description=__doc__.split("\n")[0])
    parser.add_argument("releases", nargs="*", default=list(RELEASES), metavar="RELEASE")
    parser.add_argument("--lessons", action="store_true", help="judge no attempts")
    parser.add_argument("--here", type=Path, metavar="RESULT", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.here:
        measured = asdict(run_lessons() if options.lessons else judge_attempts())
        options.here.write_text(json.dumps(measured), encoding="utf-8")
        return
    for release in options.releases:
        for what in ("lessons",) if options.lessons else ("lessons", "attempts"):
            file = _result(release, what).resolve()
            arguments = ["--here", str(file), *(["--lessons"] if what == "lessons" else [])]
            subprocess.run([build(release), "-m", "tests.versions", *arguments], check=True)
    found = [(read_lessons(r), read_attempts(r)) for r in RELEASES if _result(r, "lessons").exists()]
    (ROOT / PAGE).write_text(page(found), encoding="utf-8")
    print(f"Written to {PAGE}.")


def _result(release: str, what: str) -> Path:
    return PLACE / f"{release}-{what}.json"


def build(release: str) -> str:
    """An environment with that release of TensorFlow; returns its Python. Kept for the next time."""
    folder = PLACE / release
    python = folder / "bin" / "python"
    if not (folder / "ready").exists():
        subprocess.run([sys.executable, "-m", "venv", "--clear", str(folder)], check=True)
        lock = (ROOT / "requirements.lock").read_text(encoding="utf-8").splitlines()
        constraints = folder / "constraints.txt"
        kept = [line for line in lock if not _FOLLOWS_TENSORFLOW.match(line)]
        constraints.write_text("\n".join(kept) + "\n", encoding="utf-8")
        linux = sys.platform == "linux" and platform.machine() == "x86_64"
        wanted = f"tensorflow{'-cpu' if linux else ''}=={release}.*"
        pip = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        subprocess.run([*pip, "-c", str(constraints), "-e", f"{ROOT}[course,test]", wanted], check=True)
        (folder / "ready").touch()
    return str(python.absolute())


# -- in one environment --------------------------------------------------------------------


def run_lessons() -> Lessons:
    """Run all lessons with what is installed here."""
    import keras
    import numpy
    import tensorflow as tf

    stopped, differ, count = {}, [], 0
    lessons = sources(ROOT)
    for source in lessons:
        seen = survey(source)
        stated = statements(source)
        count += len(stated)
        differ += [(s.lesson, s.text) for s in stated if s.text not in seen.held or s.text in seen.untrue]
        if seen.error is not None:
            stopped[stated[0].lesson] = seen.error
    return Lessons(
        tf.__version__,
        keras.__version__,
        numpy.__version__,
        platform.python_version(),
        len(lessons),
        stopped,
        count,
        tuple(differ),
    )


def judge_attempts() -> Attempts:
    """Judge all attempts with what is installed here."""
    judged = [pair for slug in ASSIGNMENTS for pair in judge(slug)]
    return Attempts(len(judged), tuple(name for name, well in judged if not well))


def judge(assignment: str) -> Iterable[tuple[str, bool]]:
    """The attempts at an assignment, and whether each was judged as its name says."""
    folder = ROOT / "tests" / "attempts" / assignment
    files = sorted(folder.glob("*/*.py"))
    with tempfile.TemporaryDirectory() as place:
        results = Path(place) / "results.jsonl"
        named = [f"{file.parent.name}={file}" for file in files]
        command = [sys.executable, "-m", "tests.judge_attempts", str(results), assignment, *named]
        subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for line in map(json.loads, results.read_text(encoding="utf-8").splitlines()):
            file = Path(line["file"])
            passed = all(test["passed"] for test in line["tests"])
            yield str(file.relative_to(folder.parent)), passed == file.name.startswith("right-")


# -- the page ------------------------------------------------------------------------------


def read_lessons(release: str) -> Lessons:
    """What `run_lessons` found on a release."""
    data = json.loads(_result(release, "lessons").read_text(encoding="utf-8"))
    return Lessons(**data | {"differ": tuple(map(tuple, data["differ"]))})


def read_attempts(release: str) -> Attempts | None:
    """What `judge_attempts` found on a release; ``None`` if it has not run there."""
    if not _result(release, "attempts").exists():
        return None
    data = json.loads(_result(release, "attempts").read_text(encoding="utf-8"))
    return Attempts(**data | {"misjudged": tuple(data["misjudged"])})


def page(found: Sequence[tuple[Lessons, Attempts | None]]) -> str:
    """The table as Markdown, with what differs below it."""
    lessons = [pair[0] for pair in found]
    rows = [
        ("", [f"TensorFlow {f.tensorflow}" for f in lessons]),
        ("---", ["---"] * len(found)),
        ("Keras", [f.keras for f in lessons]),
        ("NumPy", [f.numpy for f in lessons]),
        ("Python", [f.python for f in lessons]),
        ("Lessons that run to their end", [f"{f.lessons - len(f.stopped)} of {f.lessons}" for f in lessons]),
        ("Statements that hold", [f"{f.statements - len(f.differ)} of {f.statements}" for f in lessons]),
        ("Attempts that are judged as their names say", [_well_judged(attempts) for _, attempts in found]),
    ]
    lines = [_HEAD, *(f"| {' | '.join([name, *cells])} |" for name, cells in rows)]
    for f, attempts in found:
        what = [f"{lesson} stops: `{error}`" for lesson, error in f.stopped.items()]
        what += [f"{lesson}: “{text}” does not hold, or is not reached." for lesson, text in f.differ]
        what += [f"`{name}` is judged otherwise." for name in (attempts.misjudged if attempts else ())]
        if what:
            lines += [f"\n## What differs on TensorFlow {f.tensorflow}\n", *(f"- {text}" for text in what)]
    return "\n".join(lines) + "\n"


def _well_judged(found: Attempts | None) -> str:
    return f"{found.attempts - len(found.misjudged):,} of {found.attempts:,}" if found else "not measured"


if __name__ == "__main__":
    main()
