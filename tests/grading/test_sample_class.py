"""The sample class of chapter 01: every student gets the points and the sentence they deserve."""

import hashlib
from pathlib import Path

import pytest

from autograder.grading.batch import Options, Silent, grade
from autograder.grading.course import Course
from autograder.grading.result import AssignmentResult
from tests.sample_class import ASSIGNMENT, CLASS, Sample, main, write_class

pytestmark = pytest.mark.slow


def _tree(folder: Path) -> dict[str, str]:
    files = [p for p in sorted(folder.rglob("*")) if p.is_file()]
    return {str(p.relative_to(folder)): hashlib.sha256(p.read_bytes()).hexdigest() for p in files}


@pytest.fixture(scope="session")
def graded_class(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, AssignmentResult]:
    """The whole class, graded once for all tests that look at it."""
    folder = tmp_path_factory.mktemp("sample") / "class"
    write_class(folder)
    before = {name: _tree(folder / name) for name in ("solutions", "submitted")}
    result = grade(Course.open(folder), ASSIGNMENT, Options(), Silent())
    assert before == {name: _tree(folder / name) for name in ("solutions", "submitted")}
    return folder, result


@pytest.mark.parametrize("sample", CLASS, ids=lambda sample: sample.what)
def test_everybody_gets_what_they_deserve(
    graded_class: tuple[Path, AssignmentResult], sample: Sample
) -> None:
    result = next(s for s in graded_class[1].submissions if s.student == sample.student)
    scores = {problem.name: problem.score for problem in result.problems}
    assert result.status == sample.status
    assert scores | sample.scores == scores, result.reason
    assert [word for word in sample.said if word not in result.reason] == []
    if not sample.said:
        assert result.reason == ""


def test_partly_right_is_between_none_and_all(graded_class: tuple[Path, AssignmentResult]) -> None:
    result = next(s for s in graded_class[1].submissions if s.student == "Priya Raghunathan")
    scores = {problem.name: problem.score for problem in result.problems}
    assert 0 < scores["sensor-step"] < 4 and 0 < scores["penalised-step"] < 4


def test_wrong_and_untouched_have_next_to_nothing(graded_class: tuple[Path, AssignmentResult]) -> None:
    scores = {s.student: s.score for s in graded_class[1].submissions}
    assert scores["Kwame Mensah"] == 0
    assert (scores["Jonas Bergström"] or 0) <= 3


def test_the_explanation_waits_for_a_person(graded_class: tuple[Path, AssignmentResult]) -> None:
    waiting = [s.student for s in graded_class[1].submissions if s.needs_manual_grade]
    assert waiting == ["Adaeze Okonkwo"]


def test_feedback_shows_the_verdicts(graded_class: tuple[Path, AssignmentResult]) -> None:
    folder, _ = graded_class
    page = (folder / "feedback" / "Priya Raghunathan" / ASSIGNMENT / f"{ASSIGNMENT}.html").read_text(
        encoding="utf-8"
    )
    assert "not yet" in page and "holds" in page


def test_writing_the_class_again_keeps_the_gradebook(graded_class: tuple[Path, AssignmentResult]) -> None:
    folder, result = graded_class
    gradebook = (folder / "gradebook.db").read_bytes()
    write_class(folder)
    assert (folder / "gradebook.db").read_bytes() == gradebook
    again = grade(Course.open(folder), ASSIGNMENT, Options(feedback=False), Silent())
    assert all(s.unchanged for s in again.submissions if s.status == "graded")
    assert [s.score for s in again.submissions] == [s.score for s in result.submissions]


def test_a_folder_with_something_else_in_it_is_refused(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("mine")
    with pytest.raises(SystemExit, match="holds no sample class"):
        write_class(tmp_path)
    assert [p.name for p in tmp_path.iterdir()] == ["thesis.txt"]


def test_the_command_lists_who_is_in_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["sample_class", str(tmp_path / "class")])
    main()
    assert capsys.readouterr().out.count("\n  ") == len(CLASS) >= 12
