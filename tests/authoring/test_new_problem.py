"""A new problem comes from a template, and is ready when its author has done what the check asks for."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from autograder.authoring.leaks import secret_lines
from autograder.authoring.new_problem import add_problem
from autograder.authoring.problem_check import RIGHT, WRONG, _attempts, _hints
from autograder.authoring.sources import read_source
from autograder.grading import attempt
from autograder.problems import find_problem
from autograder.sentences import WrongValue

SLUG, NAME = "01-tape-scope", "second-sensor"
MODULE = "autograder/problems/tape_scope.py"
TEXT = f"solutions/{SLUG}/{SLUG}.nb.py"


@pytest.fixture
def clone(root: Path, tmp_path: Path) -> Path:
    """The parts of a clone that a problem of chapter 01 is made of."""
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(root / "autograder", tmp_path / "autograder", ignore=ignored)
    shutil.copytree(root / "solutions" / SLUG, tmp_path / "solutions" / SLUG)
    shutil.copy(root / "nbgrader_config.py", tmp_path)
    return tmp_path


def files(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_template_adds_a_declaration_cells_and_attempts(clone):
    before = files(clone)
    written = add_problem(clone, SLUG, NAME)
    assert {p for p, content in files(clone).items() if before.get(p) != content} == set(written)
    compile((clone / MODULE).read_text(), MODULE, "exec")
    assert "EXPLAIN, SECOND_SENSOR)" in (clone / MODULE).read_text()
    source = read_source(clone / TEXT)
    names = [c.metadata.nbgrader.grade_id for c in source.cells if "nbgrader" in c.metadata]
    assert names[-3:] == [NAME, f"{NAME}--path", f"{NAME}--update"]
    assert "All six done?" in source.cells[-1].source


@pytest.mark.parametrize(
    ("assignment", "name", "sentence"),
    [
        ("01-tape", NAME, "There is no assignment '01-tape'"),
        (SLUG, "Second Sensor", "no name for a problem"),
        (SLUG, "sensor-step", "already"),
        (SLUG, "problems", "uses the name PROBLEMS"),
        ("02-broken-graph", NAME, "in a clone of the course"),
    ],
)
def test_what_cannot_be_added_gets_a_sentence_and_nothing_is_written(clone, assignment, name, sentence):
    before = files(clone)
    with pytest.raises(WrongValue, match=sentence):
        add_problem(clone, assignment, name)
    assert files(clone) == before


def result(**passed: bool) -> attempt.AttemptResult:
    tests = tuple(attempt.TestResult(name, ok, ok, 1, f"{name} said no.") for name, ok in passed.items())
    return attempt.AttemptResult(SLUG, "sensor-step", 0, 2, tests)


def test_attempts_that_show_nothing_are_said():
    problem = find_problem("sensor-step")
    names = [Path(name) for name in ("right-a.py", "wrong-a.py", "wrong-b.py")]
    results = [
        result(learns=False, update=True),
        result(learns=True, update=True),
        result(learns=True, update=False),
    ]
    assert _attempts(problem, names, results) == [
        "right-a.py should get full marks: learns said no.",
        "wrong-a.py should not get full marks.",
        f"It needs {RIGHT} right attempts and has 1.",
        f"It needs {WRONG} wrong attempts and has 2.",
        "No wrong attempt fails the test “learns”.",
    ]


def test_a_hint_that_gives_the_solution_away_is_said(root):
    problem = find_problem("sensor-step")
    assert _hints(problem, secret_lines(read_source(root / TEXT))) == []
    assert _hints(problem, {"Move one line."}) == ["Hint 3 gives a line of the solution away: Move one line."]


@pytest.mark.slow
def test_the_worked_example_leads_to_a_problem_that_is_ready(root, clone):
    """The commands are those of CONTRIBUTING.md; between them is what an author writes."""
    text = (root / "CONTRIBUTING.md").read_text(encoding="utf-8")
    [block] = re.findall(r"```bash\n(autograder new-problem.*?)```", text, re.DOTALL)
    new, build, check = (line.split("#")[0].split() for line in block.splitlines())
    assert build == ["make", "notebooks"]

    def run(*arguments: str) -> subprocess.CompletedProcess:
        environment = {**os.environ, "PYTHONPATH": str(clone)}
        command = [sys.executable, "-m", *arguments]
        return subprocess.run(command, cwd=clone, env=environment, capture_output=True, text=True)

    _leave_out_the_other_problems(clone / TEXT)  # each attempt would run them as well
    assert run(*new).returncode == 0
    _write_what_is_to_do(clone, root / "tests/attempts" / SLUG / "sensor-step")
    assert run("autograder.authoring.notebooks").returncode == 0
    done = run(*check)
    assert (done.returncode, done.stdout) == (0, f"{NAME} is ready.\n"), done.stdout + done.stderr


def _leave_out_the_other_problems(source: Path) -> None:
    head, _, problems = source.read_text().partition("# %% [markdown]\n# ## Problem 1")
    _, end, after = problems.partition("# %% [markdown]\n# ## All six done?")
    source.write_text(head + end + after)


def _write_what_is_to_do(clone: Path, corpus: Path) -> None:
    for path in (clone / MODULE, clone / TEXT):
        path.write_text(path.read_text().replace("TODO", "Done"))
    for kind, number in (("right", RIGHT - 1), ("wrong", WRONG - 1)):
        simple = [p for p in sorted(corpus.glob(f"{kind}-*.py")) if not re.search("cheat|jacobian", p.name)]
        chosen = simple[:number]
        for path in chosen:
            text = re.sub(r"\btrain_step\b", NAME.replace("-", "_"), path.read_text())
            (clone / "tests/attempts" / SLUG / NAME / path.name).write_text(text)
