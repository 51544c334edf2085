"""Every case of the corpus, graded in one batch with honest submissions in between."""

import copy
import os
import secrets
import socket
import sqlite3
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass

import nbformat
import psutil
import pytest

from autograder.grading import sandbox
from autograder.grading.batch import Options, Silent, grade
from autograder.grading.result import SubmissionResult
from tests.grading.sandboxed import need_sandbox
from tests.hostile.cases import CASES, FAMILIES, Case
from tests.hostile.course import FULL, HONEST, Hostile, make_course, tree_of

pytestmark = pytest.mark.slow

#: One honest submission after so many hostile ones, and one at each end.
_BETWEEN = 8
#: Seconds for any one submission: its own limit for a notebook, and some for restarts on a slow machine.
_MOST_SECONDS = 60.0


@dataclass
class Graded:
    """What came of the batch."""

    hostile: Hostile
    #: Case → its result.
    results: dict[str, SubmissionResult]
    honest: list[SubmissionResult]
    before: dict[str, object]
    after: dict[str, object]
    left: list[str]
    #: What lies in the temporary folder after the batch.
    leftover: list[str]

    def outputs(self, student: str) -> str:
        """All text that the graded notebook of a student shows."""
        path = self.hostile.klass.root / "autograded" / student / "ps1" / "ps1.ipynb"
        outputs = [o for c in nbformat.read(path, 4).cells for o in c.get("outputs", [])]
        return "\n".join(str(o.get("text", "")) + str(o.get("data", "")) for o in outputs)


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Graded]:
    need_sandbox()
    root = tmp_path_factory.mktemp("hostile")
    with ExitStack() as stack:
        mark = secrets.token_hex(8)
        listening = stack.enter_context(socket.create_server(("127.0.0.1", 0)))
        abstract = stack.enter_context(socket.socket(socket.AF_UNIX))
        abstract.bind(f"\0{mark}")
        abstract.listen()
        named = stack.enter_context(socket.socket(socket.AF_UNIX))
        folder = stack.enter_context(tempfile.TemporaryDirectory())
        named.bind(f"{folder}/s")
        named.listen()
        patch = stack.enter_context(pytest.MonkeyPatch.context())
        place = stack.enter_context(tempfile.TemporaryDirectory(prefix="h-"))
        patch.setattr(tempfile, "tempdir", place)
        patch.setenv("SOME_TOKEN", secret := secrets.token_hex(8))
        hostile = Hostile(make_course(root / "course"))
        hostile.names = {
            "@COURSE@": str(hostile.klass.root),
            "@PORT@": str(listening.getsockname()[1]),
            "@ABSTRACT@": mark,
            "@HOST@": f"{folder}/s",
            "@HOME@": os.path.expanduser("~"),
            "@SECRET@": secret,
            "@SCRATCH@": f"{tempfile.gettempdir()}/autograder-scratch-",
            "@LEFT@": mark,
        }
        students = _hand_in(hostile)
        yield _graded(hostile, students, mark)


def _hand_in(hostile: Hostile) -> dict[str, str]:
    """Hand in all cases, with honest submissions between them; student → case, '' for the honest."""
    students: dict[str, str] = {}

    def honest() -> None:
        students[student := f"{len(students):03d}-honest"] = ""
        hostile.hand_in(student, hostile.klass.answered(HONEST))

    honest()
    for count, case in enumerate(CASES):
        if count and count % _BETWEEN == 0:
            honest()
        students[student := f"{len(students):03d}-{case.name}"] = case.name
        code = hostile.filled(case.code)
        answers = HONEST | {"double": f"{code}\n\n{HONEST['double']}" if code else HONEST["double"]}
        notebook = copy.deepcopy(hostile.klass.answered(answers | case.answers))
        if case.change is not None:
            changed = case.change(notebook)
            notebook = notebook if changed is None else changed
        handed_in = hostile.hand_in(student, notebook, case.files)
        if case.folder is not None:
            case.folder(handed_in)
    honest()
    return students


def _graded(hostile: Hostile, students: dict[str, str], mark: str) -> Graded:
    klass = hostile.klass
    _ = klass.source
    before = tree_of(klass.root / "source") | tree_of(klass.root / "submitted")
    children = set(psutil.Process().children(recursive=True))
    options = Options(jobs=2, feedback=False, isolation=sandbox.SANDBOX)
    result = grade(klass.course, "ps1", options, Silent())
    assert result.left == ()
    after = tree_of(klass.root / "source") | tree_of(klass.root / "submitted")
    deadline = time.monotonic() + 5
    while (left := _left(children, mark)) and time.monotonic() < deadline:
        time.sleep(0.1)
    results = {students[r.student]: r for r in result.submissions if students[r.student]}
    honest = [r for r in result.submissions if not students[r.student]]
    leftover = sorted(os.listdir(tempfile.gettempdir()))
    return Graded(hostile, results, honest, before, after, left, leftover)


def _left(before: set[psutil.Process], mark: str) -> list[str]:
    """Processes that the batch has left behind, wherever they went."""
    found = []
    for process in psutil.process_iter():
        try:
            command = " ".join(process.cmdline())
            if mark in command or (process in _descendants() and process not in before):
                found.append(command)
        except psutil.Error:
            continue
    return found


def _descendants() -> list[psutil.Process]:
    return [p for p in psutil.Process().children(recursive=True) if p.status() != psutil.STATUS_ZOMBIE]


def test_the_corpus_is_large_and_of_every_family() -> None:
    assert len(CASES) >= 150 and len({case.name for case in CASES}) == len(CASES)
    assert {case.family for case in CASES} == FAMILIES


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.family}: {case.name}")
def test_a_case_gets_what_it_deserves(graded: Graded, case: Case) -> None:
    result = graded.results[case.name]
    assert result.status == case.status, result.reason
    if case.score is not None:
        assert result.score == case.score, result.reason
    elif result.score is not None:
        assert 0 <= result.score <= FULL
    assert case.says in result.reason
    assert result.seconds < _MOST_SECONDS
    if result.status == "graded":
        assert "STOLEN" not in graded.outputs(result.student)


def test_neighbours_have_all_that_they_deserve(graded: Graded) -> None:
    assert len(graded.honest) >= len(CASES) // _BETWEEN
    assert {(r.status, r.score, r.reason) for r in graded.honest} == {("graded", FULL, "")}


def test_nothing_that_was_handed_in_or_written_by_the_instructor_has_changed(graded: Graded) -> None:
    assert graded.after == graded.before


def test_no_process_is_left(graded: Graded) -> None:
    assert graded.left == []


def test_the_gradebook_is_whole(graded: Graded) -> None:
    with sqlite3.connect(graded.hostile.klass.root / "gradebook.db") as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    recorded = [r for r in [*graded.results.values(), *graded.honest] if r.status == "graded"]
    with graded.hostile.klass.course.gradebook() as gradebook:
        scores = {s.student_id: s.score for s in gradebook.assignment_submissions("ps1")}
    assert scores == {r.student: r.score for r in recorded}


def test_nothing_is_left_in_the_temporary_folder(graded: Graded) -> None:
    assert graded.leftover == []
