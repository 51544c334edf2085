"""The attempt corpus: right answers of any style pass, wrong ones never do.

`tests/attempts/<assignment>/<problem>/{right,wrong}-*.py` are judged as grading
judges them, each in a process of its own and with inputs drawn for its run; a
few of each assignment also go the whole way of `autograder try`.
"""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import nbformat
import pytest

from autograder.grading.attempt import try_answers
from autograder.grading.course import Course
from autograder.grading.launch import Hosts
from autograder.problems import ASSIGNMENTS
from tests.conftest import ROOT
from tests.warm_python import WarmPython

CORPUS = ROOT / "tests" / "attempts"
PROBLEMS = [(slug, p) for slug, problems in ASSIGNMENTS.items() for p in problems if p.tests]
FILES = sorted(CORPUS.glob("*/*/*.py"))

#: Problems whose visible test follows the loss through all steps, where every wrong update shows as well.
SAME_SIGHT = ("two-aims",)

pytestmark = pytest.mark.slow

every_problem = pytest.mark.parametrize(
    ("assignment", "problem"), PROBLEMS, ids=lambda x: getattr(x, "name", x)
)


@dataclass(frozen=True)
class Judged:
    """What the tests of a problem say of one attempt."""

    score: float
    max_score: float
    failed: frozenset[str]
    told: str


@pytest.fixture(scope="session")
def judged(tmp_path_factory: pytest.TempPathFactory, warm: WarmPython):
    """Judges all attempts of an assignment at once, and the student version of each problem."""

    @cache
    def judge(assignment: str) -> dict[Path, Judged]:
        folder = tmp_path_factory.mktemp(assignment)
        attempts = [(file.parent.name, file) for file in FILES if file.parents[1].name == assignment]
        attempts += [
            (name, _given(assignment, name, folder))
            for slug, p in PROBLEMS
            for name in [p.name]
            if slug == assignment
        ]
        results = folder / "results.jsonl"
        arguments = [str(results), assignment, *(f"{name}={file}" for name, file in attempts)]
        done = warm.run(f"from tests.judge_attempts import main\nmain(*{arguments!r})")
        assert done.returncode == 0, done.stderr
        lines = map(json.loads, results.read_text(encoding="utf-8").splitlines())
        return {Path(line["file"]): _judged(line["tests"]) for line in lines}

    return judge


def _judged(tests: list[dict]) -> Judged:
    return Judged(
        sum(t["score"] for t in tests),
        sum(t["max_score"] for t in tests),
        frozenset(t["name"] for t in tests if not t["passed"]),
        "\n".join(f"{t['name']}: {t['score']:g}/{t['max_score']:g} {t['message']}" for t in tests),
    )


def _given(assignment: str, problem: str, folder: Path) -> Path:
    """The answer cell of the student version, as a file."""
    student = nbformat.read(ROOT / "exercises" / assignment / f"{assignment}.ipynb", as_version=4)
    cells = {c.metadata.get("nbgrader", {}).get("grade_id"): c for c in student.cells}
    file = folder / f"given-{problem}.py"
    file.write_text(cells[problem].source, encoding="utf-8")
    return file


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.name}/{file.stem}")
def test_an_attempt_is_judged_as_its_name_says(judged, file):
    result = judged(file.parents[1].name)[file]
    kind = file.name.split("-")[0]
    assert kind in ("right", "wrong")
    if kind == "right":
        assert not result.failed and result.score == result.max_score, result.told
    else:
        assert result.failed and result.score < result.max_score, result.told


@every_problem
def test_every_test_is_failed_by_a_wrong_attempt(judged, assignment, problem):
    results = judged(assignment)
    failed = {
        name
        for file in FILES
        if file.parent == CORPUS / assignment / problem.name and file.name.startswith("wrong-")
        for name in results[file].failed
    }
    assert failed == {test.name for test in problem.tests}


@every_problem
def test_what_the_last_test_sees_passes_all_others(judged, assignment, problem):
    """The tests before it see less of the same: what they fail, it fails, too."""
    if problem.name in SAME_SIGHT:
        return
    results = judged(assignment)
    folder = CORPUS / assignment / problem.name
    wrong = [results[f].failed for f in FILES if f.parent == folder and f.name.startswith("wrong-")]
    assert {problem.tests[-1].name} in wrong


@every_problem
def test_the_corpus_is_large_enough(assignment, problem):
    names = [file.name for file in FILES if file.parent == CORPUS / assignment / problem.name]
    enough = (2, 6) if problem.kind == "name the fault" else (4, 6)
    assert sum(n.startswith("right-") for n in names) >= enough[0]
    assert sum(n.startswith("wrong-") for n in names) >= enough[1]


@every_problem
def test_a_problem_is_not_solved_as_given(judged, assignment, problem):
    (result,) = (r for file, r in judged(assignment).items() if file.name == f"given-{problem.name}.py")
    assert result.score == 0 and problem.tests[0].name in result.failed, result.told


@pytest.fixture(scope="module")
def hosts():
    """Warm hosts for all assignments."""
    with Hosts() as hosts:
        yield hosts


@pytest.mark.parametrize("assignment", ASSIGNMENTS)
def test_the_whole_way_of_try_says_the_same(assignment, hosts):
    """One right and one wrong attempt at the first problem of each assignment."""
    problem = next(p.name for slug, p in PROBLEMS if slug == assignment)
    files = [f for f in FILES if f.parent == CORPUS / assignment / problem]
    chosen = [next(f for f in files if f.name.startswith(kind)) for kind in ("right-", "wrong-")]
    texts = [file.read_text(encoding="utf-8") for file in chosen]
    right, wrong = try_answers(Course.open(ROOT), assignment, problem, texts, hosts)
    assert right.passed and right.score == right.max_score, right
    assert not wrong.passed and wrong.score < wrong.max_score, wrong
