"""Names, limits, tasks, test cells and the journal: parts that need no kernel."""

import io
import sqlite3
from pathlib import Path

import pytest
from rich.console import Console
from traitlets.config import Config

from autograder.grading import names
from autograder.grading.course import Course
from autograder.grading.journal import Entry, Journal, fingerprint, only_one
from autograder.grading.limits import Limits, limits_from
from autograder.grading.result import AssignmentResult, GradingError, ProblemScore, SubmissionResult
from autograder.grading.scratch import scratch_folder
from autograder.grading.show import Display
from autograder.grading.task import Judged, Outcome, Task
from autograder.grading.testcells import check_call
from tests.grading.conftest import Class


def test_names_that_look_the_same_are_the_same() -> None:
    assert names.same("Pru\u0308fung") == names.same("Pr\u00fcfung")


def test_a_shown_name_hides_nothing() -> None:
    assert names.shown("Eve\nAdmin\x1b[0m") == "‘Eve\\nAdmin\\x1b[0m’"
    assert names.has_control_characters("a\nb") and not names.has_control_characters("Zoë 山田")


@pytest.mark.parametrize(
    ("typed", "meant"), [("01-tape-scop", "01-tape-scope"), ("TAPE", None), ("ps2", "ps1")]
)
def test_the_nearest_name_is_suggested(typed: str, meant: str | None) -> None:
    known = ["01-tape-scope", "ps1"]
    assert names.nearest(typed, known) == meant
    assert (f"Did you mean ‘{meant}’?" if meant else "There are: 01-tape-scope, ps1.") == names.did_you_mean(
        typed, known
    )


def test_limits_come_from_the_configuration() -> None:
    config = Config()
    config.AutograderLimits.output_bytes = 10
    assert limits_from(config) == Limits(output_bytes=10)


def test_nbgraders_own_timeout_counts_when_ours_is_not_set() -> None:
    config = Config()
    config.Execute.timeout = 77
    assert limits_from(config).cell_seconds == 77
    config.AutograderLimits.cell_seconds = 5
    assert limits_from(config).cell_seconds == 5


def test_tasks_and_outcomes_travel_as_bytes() -> None:
    task = Task("{}", {"a/b.bin": b"\0\xff"}, preload=("math",))
    assert Task.from_bytes(task.to_bytes()) == task
    outcome = Outcome("{}", (Judged("p--t", 1.0, 2.0, False, "é"),), ("note",), 1.5)
    assert Outcome.from_bytes(outcome.to_bytes()) == outcome


@pytest.mark.parametrize("data", [b"", b"[]", b'{"tests": 1}', b'{"tests": [], "notes": null}'])
def test_what_is_no_outcome_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError):
        Outcome.from_bytes(data)


@pytest.mark.parametrize(
    "source",
    [
        'check("p", "t", step)',
        '# a comment\nfrom autograder import check\n\ncheck("p", "t", step)',
        'import autograder\nautograder.check("p", "t", step)',
        '"""Text."""\ncheck("p", "t", step)  # hidden',
    ],
)
def test_one_call_of_check_is_recognised(source: str) -> None:
    call = check_call(source)
    assert call is not None and (call.problem, call.test, call.arguments) == ("p", "t", ("step",))


@pytest.mark.parametrize(
    "source",
    [
        "",
        "assert step(1) == 2",
        'check("p", "t", step); assert False',
        'x = check("p", "t", step)',
        'check("p", "t", step, strict=True)',
        'check("p", *names)',
        'check("p")',
        "check(p, t, step)",
        'import os\ncheck("p", "t", step)',
        'other.check("p", "t", step)',
        "%matplotlib inline\ncheck('p', 't')",
        "(" * 500,
    ],
)
def test_anything_else_is_not(source: str) -> None:
    assert check_call(source) is None


def test_the_journal_knows_what_has_not_changed(klass: Class) -> None:
    journal = Journal(klass.course, "ps1")
    mark = fingerprint("a", 1)
    journal.write(Entry("Zoë\n", mark, "digest", "said"))
    assert journal.unchanged("Zoë\n", mark) == Entry("Zoë\n", mark, "digest", "said")
    assert journal.unchanged("Zoë\n", fingerprint("b", 1)) is None
    assert journal.unchanged("Zoe", mark) is None
    assert journal.wrote("Zoë\n", "digest") and not journal.wrote("Zoë\n", "other")


def test_a_broken_journal_means_grading_again(klass: Class) -> None:
    journal = Journal(klass.course, "ps1")
    journal.write(Entry("anna", "mark", "digest"))
    for file in (klass.root / ".autograder" / "graded" / "ps1").iterdir():
        file.write_text('{"student": "anna"')
    assert journal.find("anna") is None


def test_two_batches_at_once_are_refused_with_a_sentence(klass: Class) -> None:
    with only_one(klass.course), pytest.raises(GradingError, match="Another “autograder grade” is at work"):
        with only_one(klass.course):
            pass


def test_results_have_the_keys_of_the_contract() -> None:
    submission = SubmissionResult("Zoë", "graded", 1.0, 2.0, True, (ProblemScore("p", 1.0, 2.0),), "", 0.5)
    data = AssignmentResult("ps1", (submission,)).to_json()
    assert data["assignment"] == "ps1"
    wanted = {
        "student",
        "status",
        "score",
        "max_score",
        "needs_manual_grade",
        "problems",
        "reason",
        "seconds",
    }
    assert wanted <= set(data["submissions"][0])
    assert data["submissions"][0]["problems"][0] == {"name": "p", "score": 1.0, "max_score": 2.0}


def test_a_scratch_folder_goes_and_those_of_the_killed_go_with_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    (tmp_path / "autograder-scratch-killed" / "work").mkdir(parents=True)
    (tmp_path / "autograder-mine").mkdir()
    with scratch_folder() as first, scratch_folder() as second:
        (first / "locked").mkdir(mode=0o000)
        assert first != second
        assert {p.name for p in tmp_path.iterdir()} == {first.name, second.name, "autograder-mine"}
    assert [p.name for p in tmp_path.iterdir()] == ["autograder-mine"]


def test_where_no_scratch_folder_can_be_made_it_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "nosuch"))
    with pytest.raises(GradingError, match="No temporary folder can be made in .*TMPDIR"):
        with scratch_folder():
            pass


def test_what_is_begun_is_not_done_and_still_known_as_ours(klass: Class) -> None:
    journal = Journal(klass.course, "ps1")
    journal.write(Entry("anna", "mark", "digest", feedback=True))
    journal.begin("anna")
    assert journal.unchanged("anna", "mark") is None and journal.wrote("anna", "digest")
    entry = journal.find("anna")
    assert entry is not None and not entry.feedback


def test_a_journal_that_cannot_be_written_is_said(klass: Class) -> None:
    (klass.root / ".autograder").mkdir(exist_ok=True)
    (klass.root / ".autograder" / "graded").write_text("in the way")
    with pytest.raises(GradingError, match="entry of ‘anna’ cannot be written"):
        Journal(klass.course, "ps1").begin("anna")


def test_a_gradebook_is_made_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "nbgrader_config.py").write_text("c = get_config()\n")
    course = Course.open(tmp_path)

    def cut_short() -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr("sqlalchemy.text", lambda _: cut_short())
        course.create_gradebook()
    assert not course.gradebook_exists()
    course.create_gradebook()
    with sqlite3.connect(tmp_path / "gradebook.db") as db:
        assert len(db.execute("SELECT * FROM alembic_version").fetchall()) == 1


def test_a_line_of_progress_names_a_few_of_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("autograder.grading.show._PAUSE", -1.0)
    text = io.StringIO()
    display = Display(Console(file=text, width=200))
    display.begin("ps1", 100)
    for i in range(30):
        display.started(f"s{i}")
    lines = text.getvalue().splitlines()
    assert lines[2].endswith("now: s0, s1")
    assert lines[-1].endswith("now: s0, s1, s2, s3, s4, s5, s6, s7 and 22 more")
