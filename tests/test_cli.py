"""The command line: exit codes, sentences, JSON; never a traceback for a user's mistake."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from autograder.cli import app
from autograder.grading import doctor, sandbox
from tests.grading.conftest import RIGHT, Class, _quiet, _template, klass  # noqa: F401 - fixtures
from tests.sample_class import ASSIGNMENT

RUNNER = CliRunner()
#: What these tests look at is the same with and without a sandbox, which not every machine has.
PROCESS = ("--isolation", "process")


def run(*arguments: object) -> Result:
    """Run the command in this process."""
    return RUNNER.invoke(app, [str(a) for a in arguments], env={"COLUMNS": "300", "TERM": "dumb"})


@pytest.mark.parametrize(
    "arguments",
    [
        ["grade", "--isolation", "wishful"],
        ["grade", "--jobs", "many"],
        ["grade", "--jobs", "-1"],
        ["grade", "--course-dir", "/no/such/folder"],
        ["grade", "--json", "/no/such/folder/file.json"],
        ["grade", "--unknown"],
        ["grad"],
        ["try"],
        ["try", ASSIGNMENT, "sensor-step"],
        ["try", ASSIGNMENT, "sensor-step", "/no/such/file.py"],
    ],
)
def test_a_wrong_command_line_is_exit_2_and_a_sentence(arguments: list[str]) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert result.stderr.strip() and "Traceback" not in result.output
    assert result.exception is None or isinstance(result.exception, SystemExit)


def test_help_names_every_option() -> None:
    shown = run("grade", "--help").output
    for option in ("--course-dir", "--student", "--jobs", "--isolation", "--force", "--json"):
        assert option in shown
    assert "ANSWER.py" in run("try", "--help").output


def test_without_a_command_it_prints_what_there_is() -> None:
    assert "grade" in run().output and "try" in run().output


def test_the_module_can_be_run() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "autograder", "--help"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0 and "grade" in done.stdout


def test_an_unknown_assignment_names_the_nearest(klass: Class) -> None:  # noqa: F811
    result = run("grade", "ps2", *PROCESS, "--course-dir", klass.root)
    assert result.exit_code == 2 and "Did you mean ‘ps1’?" in result.stderr


def test_an_unknown_problem_names_those_there_are(klass: Class, tmp_path: Path) -> None:  # noqa: F811
    (tmp_path / "answer.py").write_text("x = 1")
    result = run("try", "ps1", "sqare", tmp_path / "answer.py", "--course-dir", klass.root)
    assert (
        result.exit_code == 2
        and "Did you mean ‘square’?" in result.stderr
        and "square, area" in result.stderr
    )


def test_an_answer_that_is_not_utf8_is_refused(tmp_path: Path) -> None:
    (tmp_path / "answer.py").write_bytes("# Prüfung".encode("latin-1"))
    result = run("try", ASSIGNMENT, "sensor-step", tmp_path / "answer.py")
    assert result.exit_code == 2 and "UTF-8" in result.stderr


def test_nothing_to_grade_is_said(klass: Class) -> None:  # noqa: F811
    result = run("grade", *PROCESS, "--course-dir", klass.root)
    assert result.exit_code == 1 and "nothing to grade" in result.stderr


def test_a_broken_configuration_gets_a_sentence(klass: Class) -> None:  # noqa: F811
    (klass.root / "nbgrader_config.py").write_text("c = get_config()\nc.CourseDirectory.root = \n")
    result = run("grade", *PROCESS, "--course-dir", klass.root)
    assert result.exit_code == 2 and "nbgrader_config.py cannot be read" in result.stderr
    assert "Traceback" not in result.output


@pytest.mark.slow
def test_grading_prints_a_table_and_writes_json(klass: Class, tmp_path: Path) -> None:  # noqa: F811
    klass.hand_in("Zoë")
    arguments = ["--course-dir", klass.root, "--json", tmp_path / "out.json", "--no-feedback"]
    result = run("grade", "ps1", *PROCESS, *arguments)
    assert result.exit_code == 0, result.output
    assert (
        "without a sandbox" in result.output and "7/10" in result.output and "gradebook.db" in result.output
    )
    data = json.loads((tmp_path / "out.json").read_text())
    assert data["assignment"] == "ps1"
    [submission] = data["submissions"]
    assert (submission["student"], submission["status"], submission["score"]) == ("Zoë", "graded", 7.0)
    assert [p["name"] for p in submission["problems"]] == ["square", "area", "essay"]


def test_without_a_sandbox_nothing_is_graded_unless_it_is_asked_for(
    klass: Class,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sandbox, "obstacle", lambda: "The program bubblewrap is missing.")
    klass.hand_in("anna")
    for wanted in ("auto", "sandbox"):
        result = run("grade", "--course-dir", klass.root, "--isolation", wanted)
        assert result.exit_code == 2 and "--isolation process" in result.stderr
    assert not (klass.root / "autograded").exists()


def test_the_doctor_prints_each_finding_and_its_exit_code_tells(monkeypatch: pytest.MonkeyPatch) -> None:
    findings = [doctor.Finding(True, "Disk: enough."), doctor.Finding(False, "Memory: too little.")]
    monkeypatch.setattr(doctor, "examine", lambda: findings)
    result = run("doctor")
    assert result.exit_code == 1
    assert result.output.splitlines() == ["✓ Disk: enough.", "✗ Memory: too little."]
    monkeypatch.setattr(doctor, "examine", lambda: findings[:1])
    assert run("doctor").exit_code == 0


@pytest.mark.slow
def test_a_report_is_written_of_what_was_graded(klass: Class) -> None:  # noqa: F811
    klass.hand_in("Ana")
    result = run("report", "ps1", "--course-dir", klass.root)
    assert result.exit_code == 1 and "report-ps1.html" in result.output
    assert "Not graded yet: Ana." in (klass.root / "report-ps1.html").read_text(encoding="utf-8")
    klass.grade()
    assert run("report", "--course-dir", klass.root).exit_code == 0
    assert "1 of 1 submissions are graded." in (klass.root / "report-ps1.html").read_text(encoding="utf-8")
    assert run("report", "ps2", "--course-dir", klass.root).exit_code == 2


@pytest.mark.slow
def test_a_submission_that_needs_attention_is_exit_1(klass: Class) -> None:  # noqa: F811
    klass.hand_in("anna")
    (klass.folder("ben") / "ps1.ipynb").write_text("")
    result = run("grade", "--course-dir", klass.root, "--isolation", "process", "--json", "-")
    assert result.exit_code == 1
    assert "without a sandbox" in result.output
    statuses = {s["student"]: s["status"] for s in json.loads(result.stdout)["submissions"]}
    assert statuses == {"anna": "graded", "ben": "quarantined"}
    assert "‘ps1.ipynb’ of ‘ben’ is empty" in result.stderr


@pytest.mark.slow
def test_try_prints_each_test_and_its_exit_code_tells(klass: Class, tmp_path: Path) -> None:  # noqa: F811
    answer = tmp_path / "answer.py"
    answer.write_text(RIGHT["square"])
    result = run("try", "ps1", "square", answer, "--course-dir", klass.root)
    assert result.exit_code == 0 and "square: 3 of 3 points." in result.stdout
    answer.write_text("def square(x):\n    return 4")
    result = run("try", "ps1", "square", answer, "--course-dir", klass.root, "--json")
    assert result.exit_code == 1
    data = json.loads(result.stdout)
    assert {"assignment", "problem", "score", "max_score", "tests"} <= data.keys()
    assert (data["score"], data["max_score"]) == (1.0, 3.0)
    assert {"name", "passed", "score", "max_score", "message"} == data["tests"][0].keys()
