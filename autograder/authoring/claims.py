"""What the lessons state about TensorFlow, and on which TensorFlow each statement was last seen to hold.

``make claims`` runs every lesson and writes `course/claims.md`. A statement is
in the list only if its `claim` was reached in that run and held.
"""

import argparse
import ast
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from autograder.authoring.sources import SUFFIX, SourceError

TABLE = Path("course/claims.md")

#: Begins the line with what a survey found.
_RESULT = "found: "

_HEAD = """# What this course states, and where it was measured

Every statement about TensorFlow that a lesson makes is executed by a `claim` beside it: a lesson with an
untrue statement does not run to its end. `make claims` runs all lessons and writes this list.
"""


@dataclass(frozen=True)
class Statement:
    """One statement of a lesson."""

    #: Slug of the lesson.
    lesson: str
    text: str


@dataclass(frozen=True)
class Survey:
    """What became of a lesson's statements in a run that goes on after an untrue one."""

    held: frozenset[str]
    untrue: tuple[str, ...]
    #: The last line that the lesson printed, if it did not run to its end.
    error: str | None


def statements(source: Path) -> list[Statement]:
    """The statements of a lesson's text source, in order.

    Raises `SourceError` if a statement is not plain text in the call of `claim`.
    """
    slug = source.name.removesuffix(SUFFIX)
    found = []
    for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "claim":
            first = node.args[0] if node.args else None
            if not (isinstance(first, ast.Constant) and isinstance(first.value, str)):
                raise SourceError(
                    f"{source}, line {node.lineno}: the statement of a claim must be plain text."
                )
            found.append((node.lineno, Statement(slug, first.value)))
    return [statement for _, statement in sorted(found, key=lambda pair: pair[0])]


def measure(source: Path) -> tuple[set[str], str]:
    """Run a lesson in a process of its own: the statements that were reached and held, and the versions.

    Raises `SourceError` with the last line that it printed if the lesson does not run to its end.
    """
    done = _run_apart("--run", source)
    if done.returncode != 0:
        raise SourceError(f"{source} does not run to its end: {_last_line(done.stderr)}")
    result = json.loads(done.stdout.splitlines()[-1])
    return set(result["held"]), result["versions"]


def survey(source: Path) -> Survey:
    """Run a lesson in a process of its own, on whatever TensorFlow is there, to its end if that can be."""
    done = _run_apart("--survey", source)
    lines = [line for line in done.stdout.splitlines() if line.startswith(_RESULT)]
    result = json.loads(lines[-1].removeprefix(_RESULT)) if lines else {"held": [], "untrue": []}
    error = _last_line(done.stderr) if done.returncode else None
    return Survey(frozenset(result["held"]), tuple(result["untrue"]), error)


def _run_apart(how: str, source: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "autograder.authoring.claims", how, str(source)]
    environment = {
        **os.environ,
        "CUDA_VISIBLE_DEVICES": "-1",
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "MPLBACKEND": "agg",
    }
    return subprocess.run(command, env=environment, capture_output=True, text=True)


def _last_line(text: str) -> str:
    return (text.strip().splitlines() or ["it printed nothing"])[-1]


def table(rows: Sequence[tuple[Statement, str]]) -> str:
    """The list as Markdown: (statement, versions) by lesson."""
    lines = [_HEAD]
    for lesson in dict.fromkeys(statement.lesson for statement, _ in rows):
        mine = [(s, versions) for s, versions in rows if s.lesson == lesson]
        lines += [f"\n## {lesson} ({len(mine)})\n", "| Statement | Last seen to hold on |", "|---|---|"]
        lines += [f"| {_escaped(s.text)} | {versions} |" for s, versions in mine]
    return "\n".join(lines) + "\n"


def listed(text: str) -> list[Statement]:
    """The statements in a list that `table` wrote."""
    lesson, found = "", []
    for line in text.splitlines():
        if line.startswith("## "):
            lesson = line.split()[1]
        elif line.startswith("| ") and not line.startswith("| Statement |"):
            cell = line[2:].rsplit(" | ", 1)[0]
            found.append(Statement(lesson, cell.replace("\\|", "|")))
    return found


def sources(root: Path) -> list[Path]:
    """The lessons' text sources, in the order of the course; the start page is none."""
    return sorted((root / "course").glob(f"[0-9][0-9]-*{SUFFIX}"))


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line: 0 all statements hold, 1 one of them does not or was not reached, 2 wrong usage."""
    parser = argparse.ArgumentParser(prog="python -m autograder.authoring.claims", description=__doc__)
    parser.add_argument("--run", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--survey", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if options.run:
        return _run(options.run)
    if options.survey:
        return _survey(options.survey)
    root, rows = Path.cwd(), []
    try:
        for source in sources(root):
            held, versions = measure(source)
            mine = statements(source)
            missing = [s.text for s in mine if s.text not in held]
            if missing:
                print(f"{source.name} never reaches the claim “{missing[0]}”.", file=sys.stderr)
                return 1
            print(f"{source.name}: {len(mine)} statements hold.")
            rows += [(statement, versions) for statement in mine]
    except SourceError as error:
        print(error, file=sys.stderr)
        return 1
    (root / TABLE).write_text(table(rows), encoding="utf-8")
    print(f"{len(rows)} statements, in {TABLE}.")
    return 0


def _escaped(text: str) -> str:
    return text.replace("|", "\\|")


def _run(source: Path) -> int:
    """Execute a lesson here and print which statements held."""
    import runpy

    from autograder.telling import lesson

    held: list[str] = []
    original = lesson.claim

    def claim(statement: str, holds: object) -> lesson.Note:
        note = original(statement, holds)
        held.append(statement)
        return note

    lesson.claim = claim
    runpy.run_path(str(source), run_name="__main__")
    import keras
    import tensorflow as tf

    print()
    print(json.dumps({"held": held, "versions": f"TensorFlow {tf.__version__}, Keras {keras.__version__}"}))
    return 0


def _survey(source: Path) -> int:
    """Execute a lesson here, on after untrue statements, and print what became of each."""
    import runpy

    from autograder.telling import lesson

    found: dict[str, list[str]] = {"held": [], "untrue": []}

    def claim(statement: str, holds: object) -> lesson.Note:
        found["held" if bool(holds) else "untrue"].append(statement)
        return lesson.Note(statement)

    lesson.claim = claim
    try:
        runpy.run_path(str(source), run_name="__main__")
    finally:
        print(f"\n{_RESULT}{json.dumps(found)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
