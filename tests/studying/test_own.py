"""`autograder check` and `progress` as a learner on their own uses them, on chapter 01."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

import autograder
from autograder.cli import app
from autograder.grading.result import GradingError
from tests.sample_class import ASSIGNMENT, RIGHT, answered, attempt

pytestmark = pytest.mark.slow

Run = Callable[..., tuple[int, str]]


@pytest.fixture(scope="module")
def course(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A clone of the course with one chapter, whose first problems a learner has worked on."""
    folder = tmp_path_factory.mktemp("learner")
    shutil.copy(root / "nbgrader_config.py", folder)
    for name in ("solutions", "exercises"):
        shutil.copytree(root / name / ASSIGNMENT, folder / name / ASSIGNMENT)
    return folder


@pytest.fixture
def run(course: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs the command in a folder of the course; returns exit code and output."""

    def run(*arguments: str, where: str = ".") -> tuple[int, str]:
        monkeypatch.chdir(course / where)
        result = CliRunner().invoke(app, list(arguments), env={"COLUMNS": "300", "TERM": "dumb"})
        assert result.exception is None or isinstance(result.exception, SystemExit)
        return result.exit_code, result.output

    return run


def save(course: Path, answers: dict[str, str]) -> None:
    """Save the exercise with these answers."""
    file = course / "exercises" / ASSIGNMENT / f"{ASSIGNMENT}.ipynb"
    file.write_text(json.dumps(answered(json.loads(file.read_text()), answers)))


def test_a_learner_checks_is_helped_solves_and_sees_it(course: Path, run: Run) -> None:
    assert run("check")[0] == 1
    assert "No answer in" in run("check")[1] and not (course / "progress.json").exists()

    save(course, {"sensor-step": attempt("sensor-step", "wrong-sum-instead-of-mean")})
    code, text = run("check", where=f"exercises/{ASSIGNMENT}")  # in any folder of the course
    assert code == 1
    assert "✗ sensor-step: not solved yet, 2 of 4 points" in text and "Hint 1 of 3" in text
    assert "test “update”: not passed yet" in text and "· thermistor: not begun" in text
    assert "0 of 64 problems solved" in text and "Next: sensor-step" in text

    save(course, {problem: attempt(problem, name) for problem, name in RIGHT.items()})
    before = (course / "exercises" / ASSIGNMENT / f"{ASSIGNMENT}.ipynb").read_bytes()
    code, text = run("check", ASSIGNMENT)
    assert code == 0, text
    assert "✓ sensor-step: solved, 4 of 4 points" in text and "5 of 5 problems solved, 20 of 20" in text
    assert (course / "exercises" / ASSIGNMENT / f"{ASSIGNMENT}.ipynb").read_bytes() == before
    assert not (course / "gradebook.db").exists()

    page = course / "progress.html"
    code, text = run("progress", "--page", str(page))
    assert code == 0 and "01-tape-scope              solved 5 of 5   faults 4 of 4" in text
    assert '<span aria-label="solved">✓</span> tape-used-twice' in page.read_text(encoding="utf-8")

    assert "5 of 64 problems solved" in repr(autograder.progress())  # as a notebook calls it
    carried = shutil.move(course / "progress.json", course / "carried.json")
    assert "0 of 64 problems solved" in run("progress")[1]
    assert "5 of 64 problems solved" in run("progress", "--from", str(carried))[1]
    assert "5 of 64 problems solved" in run("progress")[1]


def test_what_cannot_be_checked_gets_a_sentence(course: Path, run: Run) -> None:
    code, text = run("check", "01-tape-scoop")
    assert code == 2 and "Did you mean ‘01-tape-scope’" in text
    with pytest.raises(GradingError, match="Did you mean ‘01-tape-scope’"):
        autograder.check_notebook("01-tape-scoop")  # as a notebook calls it
    assert run("progress", "--from", "nowhere.json")[0] == 2
    file = course / "exercises" / ASSIGNMENT / f"{ASSIGNMENT}.ipynb"
    kept = file.read_bytes()
    for data, said in ((b"", "is empty"), (b"{", "Your notebook")):
        file.write_bytes(data)
        code, text = run("check", ASSIGNMENT)
        assert code == 1 and said in text and text.count("\n") == 1
    file.unlink()
    assert "cannot be read: No such file" in run("check", ASSIGNMENT)[1]
    file.write_bytes(kept)
    (course / "progress.json").write_text("{}")
    code, text = run("check", ASSIGNMENT)
    assert code == 1 and "holds no progress" in text
    assert (course / "progress.json").read_text() == "{}"
