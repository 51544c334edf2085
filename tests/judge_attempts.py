"""Judges attempts at the problems of one assignment, as grading does, each in a fork of one process.

    python -m tests.judge_attempts RESULTS.jsonl ASSIGNMENT PROBLEM=FILE…

Each attempt runs in a process of its own, which learns the drawn inputs and
answers in text; the parent draws and judges. The inputs are the same in every
run; `DRAW=1` and so on in the environment draws others. What is left out is the notebook
machinery around it, which tests/grading covers, and the cells that only show
something.
"""

import ast
import json
import os
import signal
import sys
import zlib
from functools import cache
from pathlib import Path
from typing import Any

from autograder import checking, plain
from autograder.authoring.sources import read_source
from autograder.grading.earlier import built_on
from autograder.problems import find_problem
from tests.conftest import KERNEL_ENVIRONMENT, ROOT

#: Seconds for one attempt, on a machine that may be busy, after which it counts as an endless loop.
LIMIT = 120

#: Another number judges on other inputs.
DRAW = os.environ.get("DRAW", "0")


def main(results: str, assignment: str, *attempts: str) -> None:
    """Write one line of JSON for each attempt: its file, score, points, and what each test says."""
    os.environ.update(KERNEL_ENVIRONMENT)
    import keras  # noqa: F401 - loaded once, before anything forks
    import matplotlib  # noqa: F401
    import tensorflow  # noqa: F401

    cells = read_source(ROOT / "solutions" / assignment / f"{assignment}.nb.py").cells
    with open(results, "w", encoding="utf-8") as output:
        for attempt in attempts:
            problem, file = attempt.split("=", 1)
            output.write(json.dumps({"file": file, "tests": judge(cells, problem, Path(file))}) + "\n")
            output.flush()


def judge(cells: list[Any], problem: str, file: Path) -> list[dict[str, Any]]:
    """Run one attempt and judge it: one entry a test."""
    before, arguments = _around(cells, problem)
    before = [*before, *_model_answers(cells, problem, file.read_text(encoding="utf-8"))]
    questions = _questions(problem)
    said = _in_a_fork(before, file, [(q, arguments[q.test]) for q in questions])
    told = []
    for i, question in enumerate(questions):
        kind, text = said[i] if i < len(said) else ("failed", "Your code ended its process, or never ended.")
        judged = checking.judge_answer if kind == "answer" else checking.no_verdict
        verdict = judged(question, text)
        told.append(
            {
                "name": question.test,
                "passed": verdict.passed,
                "score": verdict.score,
                "max_score": verdict.max_score,
                "message": " ".join(p.message for p in verdict.properties if not p.holds),
            }
        )
    return told


@cache
def _questions(problem: str) -> list[checking.Question]:
    """The tests of a problem with their inputs; all attempts at it get the same, in every run."""
    tests = find_problem(problem).tests
    seeds = [zlib.crc32(f"{problem} {test.name} {DRAW}".encode()) for test in tests]
    return [checking.ask(problem, test.name, seed) for test, seed in zip(tests, seeds)]


def _around(cells: list[Any], problem: str) -> tuple[list[str], dict[str, list[str]]]:
    """The plain cells before a problem that define something, and test → names that its check is given."""
    before: list[str] = []
    arguments: dict[str, list[str]] = {}
    for cell in cells:
        if cell.cell_type != "code":
            continue
        grade_id = cell.metadata.get("nbgrader", {}).get("grade_id", "")
        if grade_id.startswith(f"{problem}--"):
            call = ast.parse(cell.source).body[0].value
            arguments[ast.literal_eval(call.args[1])] = [name.id for name in call.args[2:]]
        elif not grade_id and not arguments and (not before or "show(" not in cell.source):
            before.append(cell.source)
    return before, arguments


def _model_answers(cells: list[Any], problem: str, text: str) -> list[str]:
    """The model's answers to earlier problems which this attempt builds on."""
    ids = [cell.metadata.get("nbgrader", {}).get("grade_id") for cell in cells]
    earlier = {
        name: cell.source
        for name, cell in zip(ids[: ids.index(problem)], cells)
        if cell.cell_type == "code" and cell.metadata.get("nbgrader", {}).get("solution")
    }
    names = built_on(text, earlier)
    return [source for name, source in earlier.items() if name in names]


def _in_a_fork(
    before: list[str], file: Path, questions: list[tuple[checking.Question, list[str]]]
) -> list[tuple[str, str]]:
    """What the attempt's process says, a line a test."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        _run(before, file, questions, writing)
    os.close(writing)
    with os.fdopen(reading, "r", encoding="utf-8") as pipe:
        lines = pipe.read().splitlines()
    os.waitpid(child, 0)
    return [tuple(json.loads(line)) for line in lines]


def _run(before: list[str], file: Path, questions: list[Any], writing: int) -> None:
    """In the child: the cells, the attempt, the probes; never returns."""
    signal.alarm(LIMIT)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    names: dict[str, Any] = {"__name__": "__main__"}
    with os.fdopen(writing, "w", encoding="utf-8") as pipe:
        error = ""
        try:
            for cell in before:
                exec(cell, names)
            exec(compile(file.read_text(encoding="utf-8"), str(file), "exec"), names)
        except BaseException as raised:
            error = f"Your cell raised {type(raised).__name__}: {raised}"
        for question, arguments in questions:
            try:
                if error:
                    raise RuntimeError(error)
                given = [names[name] for name in arguments]
                line = (
                    "answer",
                    checking.answer(question.problem, question.test, plain.dumps(question.inputs), *given),
                )
            except BaseException as raised:
                line = ("failed", str(raised) or type(raised).__name__)
            pipe.write(json.dumps(line) + "\n")
            pipe.flush()
    os._exit(0)


if __name__ == "__main__":
    main(*sys.argv[1:])
