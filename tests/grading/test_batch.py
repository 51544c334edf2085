"""Whole batches on a course that is not ours: real kernels, a real gradebook, without TensorFlow."""

import hashlib
import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat
import psutil
import pytest
from nbformat.v4 import new_code_cell
from nbgrader.api import Gradebook
from nbgrader.apps import GenerateFeedbackApp

from autograder.grading import course
from autograder.grading.batch import Options, choose_assignments, grade
from autograder.grading.result import AssignmentResult, GradingError, SubmissionResult
from autograder.grading.source import prepare
from tests.grading.conftest import RIGHT, Class, about, cell_of, instructors_notebook, make_class, scores_of

pytestmark = pytest.mark.slow

FULL = {"square": 3.0, "area": 4.0}


def tree(folder: Path) -> dict[str, str]:
    """A hash of every file in a folder."""
    files = [p for p in sorted(folder.rglob("*")) if p.is_file() and not p.is_symlink()]
    return {str(p.relative_to(folder)): hashlib.sha256(p.read_bytes()).hexdigest() for p in files}


def _before_the_test(source: str) -> Any:
    def change(notebook: Any) -> None:
        notebook["cells"].insert(3, json.loads(json.dumps(new_code_cell(source))))

    return change


def _answer(text: str) -> dict[str, str]:
    return RIGHT | {"square": text}


#: Makes the score of the partial test a text.
_TEXT_FOR_A_SUM = """
class Text(str):
    __rmul__ = __mul__ = __truediv__ = lambda self, other: self
sum = lambda values: Text("ok")
"""

#: Student → answers, change of the notebook, points of "square" and "area".
HAND_INS: dict[str, tuple[dict[str, str], Any, float, float]] = {
    "right": (RIGHT, None, 3, 4),
    "Zoë van der Berg": (RIGHT, None, 3, 4),
    "partly": (RIGHT | {"area": "def area(r):\n    return math.pi if r == 1 else 0"}, None, 3, 2),
    "visible tests only": (_answer("def square(x):\n    return {1: 1, 2: 4}[x]"), None, 1, 4),
    "untouched": ({}, None, 0, 0),
    "warns on stderr": (
        _answer(
            "import sys\ndef square(x):\n    print('failed call to cuInit', file=sys.stderr)\n"
            "    return x * x"
        ),
        None,
        3,
        4,
    ),
    "harmless warning": (
        _answer("import warnings\ndef square(x):\n    warnings.warn('deprecated')\n    return x * x"),
        None,
        3,
        4,
    ),
    "nan": (RIGHT | {"area": "sum = lambda v: float('nan')\ndef area(r): return 0"}, None, 3, 0),
    "negative": (RIGHT | {"area": "sum = lambda v: -1\ndef area(r): return 0"}, None, 3, 0),
    "above the maximum": (RIGHT | {"area": "sum = lambda v: 1000\ndef area(r): return 0"}, None, 3, 0),
    "no number": (RIGHT | {"area": _TEXT_FOR_A_SUM + "def area(r): return 0"}, None, 3, 0),
    "endless loop": (_answer("while True: pass"), None, 0, 4),
    "dead kernel": (_answer("import os; os._exit(1)"), None, 0, 4),
    "dead kernel in a test": (_answer("import os\ndef square(x): os._exit(1)"), None, 0, 4),
    "skip tag": (
        _answer("def square(x): return 0"),
        lambda nb: [c["metadata"].update(tags=["skip-execution"]) for c in nb["cells"]],
        0,
        4,
    ),
    "cleared tests": (
        _answer("def square(x): return 0"),
        lambda nb: [c.update(source="") for c in nb["cells"] if "--" in str(c["metadata"])],
        0,
        4,
    ),
    "deleted test": (
        _answer("def square(x): return 0"),
        lambda nb: nb["cells"].remove(cell_of(nb, "square--visible")),
        0,
        4,
    ),
    "lost metadata": (RIGHT, lambda nb: [c.update(metadata={}) for c in nb["cells"]], 3, 4),
    "duplicated cell": (RIGHT, lambda nb: nb["cells"].insert(3, dict(cell_of(nb, "square"))), 3, 4),
    "old schema": (
        RIGHT,
        lambda nb: [c["metadata"].get("nbgrader", {}).update(schema_version=1) for c in nb["cells"]],
        3,
        4,
    ),
    "input": (RIGHT, _before_the_test("input('?')"), 3, 4),
    "leaves": (RIGHT, _before_the_test("quit()"), 3, 4),
    "thread": (
        RIGHT,
        _before_the_test("import threading, time\nthreading.Thread(target=time.sleep, args=(600,)).start()"),
        3,
        4,
    ),
}

#: Students whose submission cannot be graded, and a word about it.
BROKEN = {
    "Eve\nMallory": "Eve\\nMallory",
    "empty": "0 bytes",
    "pdf": "JSON",
    "folder": "folder",
    "pipe": "pipe",
    "v5": "format 5",
}


@pytest.fixture(scope="module")
def others() -> set[psutil.Process]:
    """Processes that tests of other modules have left running, such as warm hosts."""
    return set(psutil.Process().children(recursive=True))


@pytest.fixture(scope="module")
def graded(
    tmp_path_factory: pytest.TempPathFactory, others: set[psutil.Process]
) -> Iterator[tuple[Class, AssignmentResult]]:
    """All of the above, graded once."""
    klass = make_class(tmp_path_factory.mktemp("batch") / "course", "c.AutograderLimits.cell_seconds = 3\n")
    for student, (answers, change, _, _) in HAND_INS.items():
        klass.hand_in(student, answers, change)
    klass.hand_in("Eve\nMallory")
    for student, data in {"empty": b"", "pdf": b"%PDF", "v5": b'{"nbformat": 5, "cells": []}'}.items():
        (klass.folder(student) / "ps1.ipynb").write_bytes(data)
    (klass.folder("folder") / "ps1.ipynb").mkdir()
    os.mkfifo(klass.folder("pipe") / "ps1.ipynb")
    before = {name: tree(klass.root / name) for name in ("source", "submitted")}
    result = klass.grade(feedback=True)
    assert before == {name: tree(klass.root / name) for name in ("source", "submitted")}, (
        "nothing of theirs may change"
    )
    yield klass, result


def _of(graded: tuple[Class, AssignmentResult], student: str) -> SubmissionResult:
    return next(s for s in graded[1].submissions if s.student == student)


@pytest.mark.parametrize("student", HAND_INS)
def test_each_gets_what_the_answers_deserve(graded: tuple[Class, AssignmentResult], student: str) -> None:
    result = _of(graded, student)
    assert (result.status, result.max_score) == ("graded", 10)
    _, _, square, area = HAND_INS[student]
    scores = scores_of(result)
    assert (scores["square"], scores["area"]) == (square, area), result.reason


@pytest.mark.parametrize("student", BROKEN)
def test_what_cannot_be_graded_is_quarantined_with_a_sentence(
    graded: tuple[Class, AssignmentResult], student: str
) -> None:
    result = _of(graded, student)
    assert result.status == "quarantined" and result.score is None
    assert BROKEN[student] in result.reason and "‘" in result.reason


@pytest.mark.parametrize("student", ["nan", "negative", "above the maximum", "no number"])
def test_a_student_s_own_sum_makes_no_odd_partial_score(
    graded: tuple[Class, AssignmentResult], student: str
) -> None:
    result = _of(graded, student)  # the test has Python's own
    assert (result.score, result.reason, result.attention) == (3, "", False)


@pytest.mark.parametrize(
    "student",
    ["endless loop", "dead kernel", "deleted test", "lost metadata", "duplicated cell", "cleared tests"],
)
def test_what_was_careless_is_said(graded: tuple[Class, AssignmentResult], student: str) -> None:
    assert _of(graded, student).reason and _of(graded, student).attention


def test_hidden_tests_count_and_the_gradebook_agrees(graded: tuple[Class, AssignmentResult]) -> None:
    klass, _ = graded
    with Gradebook(klass.course.coursedir.db_url) as gradebook:
        grades = {
            g.name: g.auto_score
            for g in gradebook.find_submission("ps1", "visible tests only").notebooks[0].grades
        }
    assert grades == {"square--visible": 1, "square--hidden": 0, "area--partial": 4, "essay": 0}


def test_stderr_is_still_to_be_read(graded: tuple[Class, AssignmentResult]) -> None:
    cell = cell_of(graded[0].autograded("warns on stderr"), "square--visible")
    assert "cuInit" in cell.outputs[0].text


def test_graded_notebooks_are_as_nbgrader_leaves_them(graded: tuple[Class, AssignmentResult]) -> None:
    klass, _ = graded
    path = klass.root / "autograded" / "right" / "ps1" / "ps1.ipynb"
    assert oct(path.stat().st_mode & 0o777) == "0o444"
    nbformat.validate(nbformat.read(path, 4))
    assert sorted(p.name for p in (klass.root / "autograded" / "right").iterdir()) == ["ps1"]


def test_feedback_is_written_for_all_that_is_graded(graded: tuple[Class, AssignmentResult]) -> None:
    klass, result = graded
    assert result.notes == ()
    for submission in result.submissions:
        page = klass.root / "feedback" / submission.student / "ps1" / "ps1.html"
        assert page.exists() is (submission.status == "graded")


def test_nothing_is_left_running(graded: tuple[Class, AssignmentResult], others: set[psutil.Process]) -> None:
    left = [p for p in psutil.Process().children(recursive=True) if p not in others]
    commands = [" ".join(p.cmdline()) for p in left if p.status() != psutil.STATUS_ZOMBIE]
    # Workers and hosts are modules of ours; a kernel of theirs has its connection file in their folder.
    assert [c for c in commands if "autograder.grading" in c or f"{os.sep}autograder-" in c] == []


def test_nbgraders_own_commands_go_on_from_there(
    graded: tuple[Class, AssignmentResult], tmp_path: Path
) -> None:
    klass, _ = graded
    copy = tmp_path / "course"
    shutil.copytree(klass.root, copy, ignore=shutil.ignore_patterns("pipe", "*Mallory"))
    env = os.environ | {"PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}
    for command in (
        ["generate_feedback", "ps1", "--force", "--student=right"],
        ["export", f"--CsvExportPlugin.to={tmp_path / 'grades.csv'}"],
    ):
        done = subprocess.run(
            [sys.executable, "-m", "nbgrader", *command],
            cwd=copy,
            env=env,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
    rows = (tmp_path / "grades.csv").read_text().splitlines()
    right = next(row for row in rows if ",right," in row)
    assert "7.0" in right
    assert GenerateFeedbackApp is not None


def test_grading_again_changes_nothing(graded: tuple[Class, AssignmentResult]) -> None:
    klass, result = graded
    before = tree(klass.root / "autograded")
    again = klass.grade()
    assert tree(klass.root / "autograded") == before
    assert [(s.student, s.status, s.score, s.reason) for s in again.submissions] == [
        (s.student, s.status, s.score, s.reason) for s in result.submissions
    ]
    assert all(s.unchanged for s in again.submissions if s.status == "graded")


# -- one class each -----------------------------------------------------------------------------


def test_forced_grading_keeps_manual_grades_and_comments(klass: Class) -> None:
    klass.hand_in("anna", RIGHT | {"essay": "Because circles."})
    first = klass.grade_one("anna")
    assert first.needs_manual_grade and scores_of(first)["essay"] == 0
    with Gradebook(klass.course.coursedir.db_url) as gradebook:
        grade_ = gradebook.find_grade("essay", "ps1", "ps1", "anna")
        grade_.manual_score, grade_.needs_manual_grade = 2.5, False
        gradebook.find_grade("area--partial", "ps1", "ps1", "anna").extra_credit = 1
        gradebook.find_comment("essay", "ps1", "ps1", "anna").manual_comment = "Nearly."
        gradebook.db.commit()
    assert scores_of(klass.grade_one("anna")) == FULL | {"area": 5.0, "essay": 2.5}
    forced = klass.grade_one("anna", force=True)
    assert scores_of(forced) == FULL | {"area": 5.0, "essay": 2.5} and not forced.unchanged
    with Gradebook(klass.course.coursedir.db_url) as gradebook:
        assert gradebook.find_comment("essay", "ps1", "ps1", "anna").comment == "Nearly."


def test_only_what_changed_is_graded_again(klass: Class) -> None:
    klass.hand_in("anna")
    klass.hand_in("ben", {})
    klass.grade()
    klass.hand_in("ben")
    result = {s.student: s for s in klass.grade().submissions}
    assert result["anna"].unchanged and not result["ben"].unchanged
    assert result["ben"].score == 7


def test_a_kill_after_the_gradebook_was_written_skips_nobody(klass: Class) -> None:
    klass.hand_in("anna")
    klass.grade()
    for file in (klass.root / ".autograder" / "graded" / "ps1").iterdir():
        file.unlink()  # the journal is written last, so this is what a kill leaves
    assert not klass.grade_one("anna").unchanged
    shutil.rmtree(klass.root / "autograded")
    assert not klass.grade_one("anna").unchanged


def test_a_folder_that_somebody_changed_is_kept(klass: Class) -> None:
    klass.hand_in("anna")
    klass.grade()
    path = klass.root / "autograded" / "anna" / "ps1" / "ps1.ipynb"
    path.chmod(0o644)
    path.write_text("mended by hand")
    result = klass.grade_one("anna", force=True)
    kept = list((klass.root / ".autograder" / "kept").rglob("ps1.ipynb"))
    assert [k.read_text() for k in kept] == ["mended by hand"] and "is kept as" in result.reason


def test_submission_and_source_files_lie_beside_the_notebook(klass: Class) -> None:
    (klass.root / "source" / "ps1" / "data.txt").write_text("theirs")
    klass.hand_in(
        "anna",
        RIGHT,
        _before_the_test(
            "assert open('data.txt').read() == 'theirs'\nassert open('own.txt').read() == 'mine'"
        ),
    )
    (klass.folder("anna") / "data.txt").write_text("forged")
    (klass.folder("anna") / "own.txt").write_text("mine")
    result = klass.grade_one("anna")
    assert result.score == 7
    assert not any(
        o.output_type == "error" for c in klass.autograded("anna").cells for o in c.get("outputs", [])
    )
    folder = klass.root / "autograded" / "anna" / "ps1"
    assert (folder / "data.txt").read_text() == "theirs" and (folder / "own.txt").read_text() == "mine"
    assert (klass.folder("anna") / "data.txt").read_text() == "forged"


def test_late_submissions_are_penalised_by_the_courses_plugin(tmp_path: Path) -> None:
    config = "import late_by_two\nc.AssignLatePenalties.plugin_class = 'late_by_two.Two'\n"
    (tmp_path / "course").mkdir()
    (tmp_path / "course" / "late_by_two.py").write_text(
        "from nbgrader.plugins import BasePlugin\n"
        "class Two(BasePlugin):\n"
        "    def late_submission_penalty(self, student, score, seconds):\n        return 2\n"
    )
    klass = make_class(tmp_path / "course", config)
    prepare(klass.course, "ps1", klass.said.append)
    with Gradebook(klass.course.coursedir.db_url) as gradebook:
        gradebook.update_or_create_assignment("ps1", duedate="2026-01-01 12:00:00 UTC")
    klass.hand_in("anna")
    (klass.folder("anna") / "timestamp.txt").write_text("2026-01-02 12:00:00 UTC")
    result = klass.grade_one("anna")
    assert result.score == 5 and "Late: 2 points" in result.reason


def test_the_gradebook_follows_new_points_and_says_so(klass: Class) -> None:
    klass.hand_in("anna")
    assert klass.grade_one("anna").max_score == 10
    notebook = instructors_notebook()
    cell_of(notebook, "square--visible").metadata["nbgrader"]["points"] = 5
    nbformat.write(notebook, klass.root / "source" / "ps1" / "ps1.ipynb")
    result = klass.grade_one("anna")
    assert (result.score, result.max_score, result.unchanged) == (11, 14, False)
    assert "has changed" in " ".join(klass.said)


def test_other_graded_cells_after_submissions_are_said_and_not_forced(klass: Class) -> None:
    klass.hand_in("anna")
    klass.grade()
    notebook = instructors_notebook()
    notebook.cells.append(
        new_code_cell("assert True", metadata=about("new--test", grade=True, locked=True, points=9))
    )
    nbformat.write(notebook, klass.root / "source" / "ps1" / "ps1.ipynb")
    assert klass.grade_one("anna").max_score == 10
    assert "‘new--test’ came in" in klass.said[-1]


def test_an_assignment_is_added_without_touching_the_release_folder(tmp_path: Path) -> None:
    klass = make_class(tmp_path / "course")
    release = klass.root / "release" / "ps1"
    release.mkdir(parents=True)
    (release / "notes.txt").write_text("mine")
    klass.hand_in("anna")
    assert klass.grade_one("anna").score == 7
    assert tree(klass.root / "release") == {"ps1/notes.txt": hashlib.sha256(b"mine").hexdigest()}
    assert "was not in the gradebook yet" in klass.said[0]


def test_a_source_that_nbgrader_refuses_gets_its_sentence(tmp_path: Path) -> None:
    notebook = instructors_notebook()
    notebook.cells[3].metadata["nbgrader"]["grade_id"] = "square--hidden"
    klass = make_class(tmp_path / "course", notebook=notebook)
    (klass.root / "submitted" / "anna" / "ps1").mkdir(parents=True)
    with pytest.raises(GradingError, match="cannot generate ps1 .*square--hidden"):
        klass.grade()


def test_a_locked_gradebook_gets_a_sentence(klass: Class, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(course, "PATIENCE", 1.0)
    klass.hand_in("anna")
    lock = sqlite3.connect(klass.root / "gradebook.db", isolation_level=None)
    lock.execute("BEGIN EXCLUSIVE")
    try:
        with pytest.raises(GradingError, match=r"gradebook\.db cannot be used: another program is writing"):
            klass.grade()
    finally:
        lock.rollback()
        lock.close()
    assert klass.grade_one("anna").score == 7


def test_a_gradebook_that_is_none_gets_a_sentence(klass: Class) -> None:
    klass.hand_in("anna")
    (klass.root / "gradebook.db").write_text(
        "this is no database, but long enough to be looked at as if it were one" * 20
    )
    with pytest.raises(GradingError, match="not an SQLite database"):
        klass.grade()


def test_two_notebooks_in_one_assignment_and_one_missing(tmp_path: Path) -> None:
    klass = make_class(tmp_path / "course")
    shutil.copy(klass.root / "source" / "ps1" / "ps1.ipynb", klass.root / "source" / "ps1" / "ps1b.ipynb")
    klass.hand_in("anna")
    result = klass.grade_one("anna")
    assert (result.score, result.max_score) == (7, 20)
    assert "‘ps1b.ipynb’ is missing" in result.reason and not result.needs_manual_grade


def test_trouble_of_the_grader_is_failed_and_never_points(tmp_path: Path) -> None:
    notebook = instructors_notebook()
    notebook.cells[3].source = 'from autograder import check\ncheck("no-such-problem", "test", square)'
    klass = make_class(tmp_path / "course", notebook=notebook)
    klass.hand_in("anna")
    result = klass.grade_one("anna")
    assert (result.status, result.score) == ("failed", None)
    assert "‘square--visible’" in result.reason and "no-such-problem" in result.reason
    assert not (klass.root / "autograded").exists()


def test_unknown_assignments_and_students_are_wrong_usage(klass: Class) -> None:
    klass.hand_in("anna")
    with pytest.raises(GradingError, match="Did you mean ‘ps1’") as error:
        choose_assignments(klass.course, ["ps11"])
    assert error.value.exit_code == 2
    with pytest.raises(GradingError, match="Did you mean ‘anna’") as error:
        klass.grade(students=("ana",))
    assert error.value.exit_code == 2
    assert choose_assignments(klass.course, []) == ["ps1"]


def test_an_interrupt_finishes_what_runs_and_says_what_is_left(klass: Class) -> None:
    for student in ("anna", "ben", "carla", "dan"):
        klass.hand_in(student, RIGHT, _before_the_test("import time; time.sleep(2)"))

    class Interrupter:
        def __getattr__(self, name: str) -> Any:
            return lambda *_: None

        def started(self, student: str) -> None:
            if student == "ben":
                threading.Timer(0.3, os.kill, (os.getpid(), signal.SIGINT)).start()

    result = grade(klass.course, "ps1", Options(jobs=1, feedback=False), Interrupter())
    assert [s.student for s in result.submissions] == ["anna", "ben"] and result.left == ("carla", "dan")
    assert result.needs_attention
    assert [s.unchanged for s in klass.grade().submissions] == [True, True, False, False]


def test_a_killed_coordinator_leaves_nothing_running_and_nobody_out(klass: Class) -> None:
    for student in ("anna", "ben", "carla"):
        klass.hand_in(student, RIGHT, _before_the_test("import time; time.sleep(1)"))
    command = [
        sys.executable,
        "-m",
        "autograder",
        "grade",
        "ps1",
        "--course-dir",
        str(klass.root),
        "--jobs",
        "2",
    ]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    journal = klass.root / ".autograder" / "graded" / "ps1"
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and process.poll() is None:
        workers = [p for p in psutil.Process(process.pid).children(recursive=True) if p.is_running()]
        if len(workers) >= 3 or journal.exists():
            break
        time.sleep(0.05)
    family = psutil.Process(process.pid).children(recursive=True)
    process.kill()
    process.wait()
    _, alive = psutil.wait_procs(family, timeout=15)
    assert alive == []
    assert [(s.status, s.score) for s in klass.grade().submissions] == [("graded", 7.0)] * 3
    check = sqlite3.connect(klass.root / "gradebook.db").execute("PRAGMA integrity_check").fetchone()
    assert check == ("ok",)
