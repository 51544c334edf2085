"""Progress: what was solved stays solved, a file carries it, and nothing overwrites it."""

from pathlib import Path

import pytest

from autograder.faults import FAULTS
from autograder.grading import attempt
from autograder.grading.result import GradingError
from autograder.problems import ASSIGNMENTS
from autograder.studying.own import OwnAssignment, OwnProblem
from autograder.studying.progress import Progress, Standing, read_progress, write_progress
from autograder.studying.show import Shown, as_page, check_as_text

NOTHING = Progress({})


def checked(score: float, answer: str, name: str = "sensor-step") -> OwnAssignment:
    """A check of one problem worth four points."""
    tests = (
        attempt.TestResult("learns", score > 0, min(score, 1), 1, "Nothing moved."),
        attempt.TestResult("update", score == 4, max(score - 1, 0), 3, "It moved by half."),
    )
    return OwnAssignment("01-tape-scope", (OwnProblem(name, score, 4, tests, answer),), ())


def test_what_was_solved_stays_solved() -> None:
    progress = NOTHING.after(checked(4, "a")).after(checked(1, "b"))
    assert progress.problems["sensor-step"] == Standing(4, 4, tries=2, answer="b")
    assert progress.next is not None and progress.next[1].name == "penalised-step"


def test_only_a_different_answer_is_another_try() -> None:
    progress = NOTHING.after(checked(1, "a")).after(checked(1, "a")).after(checked(1, "b"))
    assert progress.problems["sensor-step"].tries == 2


def test_an_answer_as_it_was_given_counts_for_nothing() -> None:
    assert NOTHING.after(checked(0, "")) == NOTHING


def test_points_of_another_version_of_the_problem_do_not_count() -> None:
    before = Progress({"sensor-step": Standing(5, 5, 1, "a")})
    assert before.after(checked(2, "a")).problems["sensor-step"].score == 2


def test_hints_come_one_level_a_try_and_never_without_one() -> None:
    progress, seen = NOTHING, []
    for answer in "abcd":
        own = checked(1, answer)
        progress = progress.after(own)
        seen.append(check_as_text(own, progress))
    hints = ASSIGNMENTS["01-tape-scope"][0].hints
    assert [[hint in text for hint in hints] for text in seen] == [
        [True, False, False],
        [False, True, False],
        [False, False, True],
        [False, False, True],
    ]
    assert "It moved by half." in seen[0] and "Nothing moved." not in seen[0]
    untouched = check_as_text(checked(0, ""), NOTHING)
    assert "not begun" in untouched and not any(hint in untouched for hint in hints)


def test_it_can_be_carried_off_and_joined(tmp_path: Path) -> None:
    here, there = NOTHING.after(checked(4, "a")), NOTHING.after(checked(1, "b"))
    there = there.after(checked(4, "c", "penalised-step"))
    write_progress(there, tmp_path / "carried.json")
    joined = here.joined(read_progress(tmp_path / "carried.json"))
    assert {name: s.solved for name, s in joined.problems.items()} == {
        "sensor-step": True,
        "penalised-step": True,
    }
    assert joined.joined(joined) == joined


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{}", '{"version": 2, "problems": {}}', '{"version": 1, "problems": {"a": {}}}', "\xff"],
)
def test_a_file_that_is_no_progress_is_said_and_kept(tmp_path: Path, text: str) -> None:
    file = tmp_path / "progress.json"
    file.write_text(text, encoding="latin-1")
    with pytest.raises(GradingError, match="progress"):
        read_progress(file)
    assert file.read_text(encoding="latin-1") == text


def test_a_place_that_cannot_be_written_gets_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(GradingError, match="cannot be written"):
        write_progress(NOTHING, tmp_path / "no" / "progress.json")


def test_all_solved_shows_every_fault_and_nothing_next() -> None:
    everything = Progress({p.name: Standing(1, 1) for problems in ASSIGNMENTS.values() for p in problems})
    assert everything.next is None and everything.faults == {fault.id for fault in FAULTS}
    assert "Everything is solved." in repr(Shown(everything))
    assert "not yet" not in as_page(everything) and as_page(NOTHING).count("not yet") == len(FAULTS)
