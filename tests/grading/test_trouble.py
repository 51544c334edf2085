"""A gradebook that somebody else is writing to, a second batch, Ctrl-C, late work: as people meet them."""

import functools
import json
import os
import shutil
import signal
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import nbformat
import psutil
import pytest
from nbgrader.api import Gradebook
from nbgrader.converters import Autograde
from nbgrader.preprocessors import Execute
from typer.testing import CliRunner, Result

from autograder.cli import app
from autograder.grading import batch
from autograder.grading import course as course_module
from autograder.grading.batch import Options, Silent, grade
from autograder.grading.course import set_up
from autograder.grading.journal import only_one
from autograder.grading.result import GradingError, SubmissionResult
from tests.grading.conftest import RIGHT, Class, cell_of, instructors_notebook, make_class
from tests.grading.inline import inline_workers
from tests.grading.state import gradebook_rows, state

pytestmark = pytest.mark.slow

INLINE = {"jobs": 1, "warm": False}


@pytest.fixture(autouse=True)
def _inline() -> Iterator[None]:
    with inline_workers():
        yield


@pytest.fixture
def three(klass: Class) -> Class:
    """Three submissions."""
    for student in ("anna", "ben", "carla"):
        klass.hand_in(student)
    return klass


class At(Silent):
    """Does something when a student's turn comes."""

    def __init__(self, student: str, what: Any):
        super().__init__()
        self.student, self.what = student, what

    def started(self, student: str) -> None:
        if student == self.student:
            self.what()


class After(At):
    """Does something when a student is done, grades and all."""

    def started(self, student: str) -> None:
        pass

    def finished(self, result: SubmissionResult) -> None:
        if result.student == self.student:
            self.what()


# -- somebody else is writing -------------------------------------------------------------------------


@contextmanager
def writer(klass: Class) -> Iterator[Any]:
    """Another program that can begin and end writing to the gradebook."""
    other = sqlite3.connect(klass.root / "gradebook.db", isolation_level=None, check_same_thread=False)
    try:
        yield other.execute
    finally:
        other.close()


def test_a_gradebook_that_is_locked_for_a_while_is_waited_for(three: Class) -> None:
    with writer(three) as execute:

        def lock() -> None:
            execute("BEGIN IMMEDIATE")
            threading.Timer(6.0, execute, ("ROLLBACK",)).start()  # longer than SQLite itself waits

        result = grade(three.course, "ps1", Options(feedback=False, **INLINE), At("ben", lock))
    assert [(s.status, s.score) for s in result.submissions] == [("graded", 7.0)] * 3


def test_a_gradebook_that_stays_locked_stops_the_batch_with_one_sentence(
    three: Class, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(course_module, "PATIENCE", 0.3)
    with writer(three) as execute:
        watcher = After("anna", lambda: execute("BEGIN IMMEDIATE"))
        with pytest.raises(GradingError, match="another program is writing to it. Close that program"):
            grade(three.course, "ps1", Options(feedback=False, **INLINE), watcher)
    assert capfd.readouterr().err == ""
    assert [s.unchanged for s in three.grade(**INLINE).submissions] == [True, False, False]


def test_a_second_grade_says_so_and_harms_nothing(three: Class) -> None:
    three.grade(**INLINE)
    before = state(three.root)
    with only_one(three.course):
        arguments = ["grade", "ps1", "--force", "--isolation", "process", "--course-dir", str(three.root)]
        result = CliRunner().invoke(app, arguments)
    assert result.exit_code == 1 and "Traceback" not in result.output
    assert result.stderr.count("\n") == 1 and "Another “autograder grade” is at work" in result.stderr
    assert state(three.root) == before


# -- Ctrl-C ---------------------------------------------------------------------------------------------


def interrupt() -> None:
    os.kill(os.getpid(), signal.SIGINT)


def command(
    klass: Class, monkeypatch: pytest.MonkeyPatch, turn: str, times: int
) -> tuple[Result, dict[str, Any]]:
    """Run the command; Ctrl-C is pressed this often when the first is done, or the second begins."""
    events = []

    def happened(_display: object, *_what: object) -> None:
        events.append(turn)
        if len(events) == (1 if turn == "finished" else 2):
            for _ in range(times):
                interrupt()

    monkeypatch.setattr(f"autograder.grading.show.Display.{turn}", happened)
    monkeypatch.setattr(batch, "Options", functools.partial(Options, warm=False))
    target = klass.root.parent / "result.json"
    arguments = ["grade", "ps1", "--jobs", "1", "--isolation", "process", "--no-feedback"]
    arguments += ["--json", str(target)]
    result = CliRunner().invoke(
        app, [*arguments, "--course-dir", str(klass.root)], env={"COLUMNS": "300", "TERM": "dumb"}
    )
    return result, json.loads(target.read_text()) if target.exists() else {}


def test_ctrl_c_once_says_what_is_left_and_is_exit_1(three: Class, monkeypatch: pytest.MonkeyPatch) -> None:
    result, data = command(three, monkeypatch, "started", 1)
    assert result.exit_code == 1
    assert "Stopped before 1 were graded: ‘carla’. Grade again to go on." in result.output
    assert [s["student"] for s in data["submissions"]] == ["anna", "ben"] and data["left"] == ["carla"]
    assert [s.unchanged for s in three.grade(**INLINE).submissions] == [True, True, False]


def test_ctrl_c_twice_is_exit_1_and_loses_nothing(three: Class, monkeypatch: pytest.MonkeyPatch) -> None:
    result, data = command(three, monkeypatch, "finished", 2)
    assert result.exit_code == 1 and "grade again to go on" in result.output and data == {}
    again = three.grade(**INLINE)
    assert [s.unchanged for s in again.submissions] == [True, False, False]
    assert [s.score for s in again.submissions] == [7.0] * 3


def test_ctrl_c_twice_ends_real_workers_at_once(klass: Class) -> None:
    endless = RIGHT | {"square": "while True:\n    pass"}
    klass.hand_in("anna", endless)
    klass.hand_in("ben")

    def press_twice() -> None:
        threading.Timer(2.0, interrupt).start()
        threading.Timer(2.2, interrupt).start()

    others = set(psutil.Process().children(recursive=True))  # warm hosts of other tests
    started = time.monotonic()
    # The notebook's limit is the only other thing that would end it.
    (klass.root / "nbgrader_config.py").write_text(
        "c = get_config()\nc.AutograderLimits.cell_seconds = 120\n"
    )
    with inline_workers(False), pytest.raises(KeyboardInterrupt):
        grade(klass.course, "ps1", Options(feedback=False, **INLINE), At("anna", press_twice))
    assert time.monotonic() - started < 60
    left = [p for p in psutil.Process().children(recursive=True) if p not in others]
    left = [p for p in left if p.status() != psutil.STATUS_ZOMBIE]
    assert not [p for p in left if "autograder.grading" in " ".join(p.cmdline())]
    klass.hand_in("anna")
    assert [(s.status, s.unchanged) for s in klass.grade(**INLINE).submissions] == [("graded", False)] * 2


# -- what has changed -------------------------------------------------------------------------------------


def test_a_changed_test_is_noticed_said_and_counts(three: Class) -> None:
    assert three.grade(**INLINE).submissions[0].score == 7
    notebook = instructors_notebook()
    cell = cell_of(notebook, "square--hidden")
    cell.source = cell.source.replace("== 9", "== 8")
    nbformat.write(notebook, three.root / "source" / "ps1" / "ps1.ipynb")
    result = three.grade(**INLINE)
    assert "The instructor's notebook of ps1 has changed" in three.said[-1]
    assert [(s.unchanged, s.score) for s in result.submissions] == [(False, 5.0)] * 3
    assert all(s.unchanged for s in three.grade(**INLINE).submissions)


def test_force_grades_everything_and_student_picks(three: Class) -> None:
    three.grade(**INLINE)
    assert not any(s.unchanged for s in three.grade(force=True, **INLINE).submissions)
    picked = three.grade(force=True, students=("ben",), **INLINE).submissions
    assert [(s.student, s.unchanged) for s in picked] == [("ben", False)]


def test_feedback_follows_a_new_submission_even_if_the_batch_was_cut_short(klass: Class) -> None:
    klass.hand_in("anna", RIGHT | {"essay": "Because circles."})
    klass.grade(**INLINE | {"feedback": True})
    klass.hand_in("anna", RIGHT | {"essay": "Because of Archimedes."})
    klass.grade(**INLINE)  # as if killed between the last grade and the first page
    page = klass.root / "feedback" / "anna" / "ps1" / "ps1.html"
    assert "Because circles." in page.read_text(encoding="utf-8")
    assert klass.grade(**INLINE | {"feedback": True}).submissions[0].unchanged
    assert "Because of Archimedes." in page.read_text(encoding="utf-8")


# -- late and repeated --------------------------------------------------------------------------------------


class _NoExecute(Execute):
    """Right answers to tests without outputs need no kernel to be told from wrong ones."""

    def preprocess(self, nb: Any, resources: Any, retries: Any = None) -> Any:
        return nb, resources


def stock(klass: Class) -> None:
    """Grade with nbgrader's own Autograde, kernel apart."""
    course = klass.course.clone(student_id="*", assignment_id="ps1", notebook_id="*")
    converter = set_up(Autograde, course)
    converter.autograde_preprocessors = [
        _NoExecute if kind is Execute else kind for kind in converter.autograde_preprocessors
    ]
    converter.start()


def stamp(klass: Class, student: str, time: str) -> None:
    """Hand in, at this time."""
    klass.hand_in(student)
    (klass.folder(student) / "timestamp.txt").write_text(time)


def test_late_and_repeated_submissions_are_as_nbgrader_has_them(tmp_path: Path) -> None:
    notebook = instructors_notebook()
    notebook.cells = [cell_of(notebook, name) for name in ("square", "square--hidden", "essay")]
    (tmp_path / "late").mkdir()
    (tmp_path / "late" / "late_by_the_day.py").write_text(
        "from nbgrader.plugins import BasePlugin\n"
        "class PerDay(BasePlugin):\n"
        "    def late_submission_penalty(self, student, score, seconds):\n        return seconds / 86400\n"
    )
    config = "import late_by_the_day\nc.AssignLatePenalties.plugin_class = 'late_by_the_day.PerDay'\n"
    ours = make_class(
        tmp_path / "late" / "ours", f"import sys; sys.path.append({str(tmp_path / 'late')!r})\n"
    )
    with open(ours.root / "nbgrader_config.py", "a") as file:
        file.write(config)
    nbformat.write(notebook, ours.root / "source" / "ps1" / "ps1.ipynb")
    _ = ours.source
    with Gradebook(ours.course.coursedir.db_url) as gradebook:
        gradebook.update_or_create_assignment("ps1", duedate="2026-01-01 12:00:00 UTC")
    stamp(ours, "anna", "2025-12-31 12:00:00 UTC")
    stamp(ours, "ben", "2026-01-02 00:00:00 UTC")
    ours.hand_in("carla")
    stamp(ours, "dan", "2026-03-01 12:00:00 UTC")  # penalties end where there are no points left
    shutil.copytree(ours.root, tmp_path / "late" / "theirs", symlinks=True)
    theirs = Class(tmp_path / "late" / "theirs", [])
    for again in (False, True):
        if again:
            for klass in (ours, theirs):
                stamp(klass, "anna", "2026-01-02 12:00:00 UTC")
                stamp(klass, "ben", "2026-01-03 00:00:00 UTC")
        result = ours.grade(**INLINE)
        stock(theirs)
        mine, stocks = (gradebook_rows(k.root / "gradebook.db") for k in (ours, theirs))
        for table in ("submitted_assignment", "submitted_notebook", "grade", "comment"):
            assert _without_ids(mine[table]) == _without_ids(stocks[table])
        assert [s.score for s in result.submissions] == ([2, 1.5, 2, 0] if not again else [1, 0.5, 2, 0])
        assert [bool("Late: " in s.reason) for s in result.submissions] == [again, True, False, True]
    again_ = ours.grade(**INLINE)
    assert [(s.unchanged, s.reason) for s in again_.submissions] == [
        (True, s.reason) for s in result.submissions
    ]


def _without_ids(rows: list[str]) -> list[str]:
    return sorted(row.split(", ", 1)[1] if row.startswith("{'id'") else row for row in rows)


def test_a_due_date_that_comes_later_counts(klass: Class) -> None:
    (klass.root / "nbgrader_config.py").write_text(
        "c = get_config()\nc.LateSubmissionPlugin.penalty_method = 'zero'\n"
    )
    stamp(klass, "anna", "2026-01-02 12:00:00 UTC")
    assert klass.grade(**INLINE).submissions[0].score == 7
    with Gradebook(klass.course.coursedir.db_url) as gradebook:
        gradebook.update_or_create_assignment("ps1", duedate="2026-01-01 12:00:00 UTC")
    assert klass.grade(**INLINE).submissions[0].score == 0


# -- a report in the middle ---------------------------------------------------------------------------


def test_a_report_reads_what_a_running_batch_has_recorded(three: Class) -> None:
    three.grade(**INLINE, students=("anna",))
    notebook = instructors_notebook()
    cell_of(notebook, "square--visible").metadata["nbgrader"]["points"] = 5
    nbformat.write(notebook, three.root / "source" / "ps1" / "ps1.ipynb")
    before = gradebook_rows(three.root / "gradebook.db")
    with only_one(three.course), closing(_connected(three)) as other:
        other.execute("BEGIN IMMEDIATE")
        other.execute("UPDATE grade SET auto_score = 0")  # as a batch does until all of a submission is there
        began = time.monotonic()
        done = _report(three)
        assert time.monotonic() - began < course_module.PATIENCE / 2
        other.rollback()
    assert done.exit_code == 1 and "Report: " in done.output, done.output
    page = (three.root / "report-ps1.html").read_text(encoding="utf-8")
    assert (
        "1 of 3 submissions are graded" in page and "7 of 10" in page and "Not graded yet: ben, carla" in page
    )
    assert gradebook_rows(three.root / "gradebook.db") == before  # the next batch will say what has changed


def test_a_report_does_not_wait_for_ever(three: Class, monkeypatch: pytest.MonkeyPatch) -> None:
    three.grade(**INLINE, students=("anna",))
    monkeypatch.setattr(course_module, "PATIENCE", 0.3)
    with closing(_connected(three)) as other:
        other.execute("BEGIN EXCLUSIVE")
        done = _report(three)
        other.rollback()
    assert done.exit_code == 1 and "another program is writing to it" in done.output


def _connected(klass: Class) -> sqlite3.Connection:
    return sqlite3.connect(klass.root / "gradebook.db", isolation_level=None)


def _report(klass: Class) -> Result:
    return CliRunner().invoke(app, ["report", "ps1", "--course-dir", str(klass.root)])
