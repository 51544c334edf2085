"""What people and nbgrader do with a result of ours: formgrader, feedback, export; and then grading again."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from nbgrader.api import Gradebook
from nbgrader.plugins import CsvExportPlugin

from tests.grading.conftest import RIGHT, make_class
from tests.grading.formgrader import Formgrader, formgrader_of, submission_of
from tests.grading.inline import inline_workers

pytestmark = pytest.mark.slow

INLINE = {"jobs": 1, "warm": False}


@pytest.fixture(scope="module")
def formgrader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Formgrader]:
    """One server for all tests of this module."""
    folder = tmp_path_factory.mktemp("formgrader")
    klass = make_class(folder / "course")
    klass.hand_in("anna", RIGHT | {"essay": "Because circles."})
    klass.hand_in("ben", RIGHT | {"square": "def square(x):\n    return 0"})
    with inline_workers():
        klass.grade(**INLINE)
    with formgrader_of(klass, folder) as found:
        yield found


def test_the_assignment_is_listed_with_its_submissions(formgrader: Formgrader) -> None:
    [assignment] = formgrader.json("assignments")
    assert (assignment["name"], assignment["num_submissions"], assignment["max_score"]) == ("ps1", 2, 10)
    assert assignment["average_score"] == pytest.approx(5.5)
    assert {s["student"]: s["autograded"] for s in formgrader.json("submissions/ps1")} == {
        "anna": True,
        "ben": True,
    }


@pytest.mark.parametrize(
    "page", ["", "manage_submissions/ps1", "gradebook", "gradebook/ps1/ps1", "manage_students/anna/ps1"]
)
def test_the_pages_open(formgrader: Formgrader, page: str) -> None:
    assert "nbgrader" in (text := formgrader.get(page)) and "Internal Server Error" not in text


def test_a_submission_opens_with_its_answers_tests_and_points(formgrader: Formgrader) -> None:
    identity = submission_of(formgrader, "ben")
    page = re.sub("<[^>]+>", "", formgrader.get(f"submissions/{identity}/"))  # code stands there in colours
    assert "AssertionError" in page and "return 0" in page
    grades = formgrader.json(f"grades?submission_id={identity}")
    assert sorted(grade["auto_score"] or 0 for grade in grades) == [0, 0, 0, 4]


def test_points_and_comments_by_hand_stay_and_are_seen_by_nbgrader(
    formgrader: Formgrader, tmp_path: Path
) -> None:
    klass, identity = formgrader.klass, submission_of(formgrader, "anna")
    essay = next(g for g in formgrader.json(f"grades?submission_id={identity}") if g["auto_score"] is None)
    formgrader.send("PUT", f"grade/{essay['id']}", {"manual_score": 2.5, "extra_credit": 0.5})
    comment = next(
        c for c in formgrader.json(f"comments?submission_id={identity}") if c["name"] == essay["name"]
    )
    formgrader.send("PUT", f"comment/{comment['id']}", {"manual_comment": "Nearly, but not quite."})
    with inline_workers():
        klass.grade(**INLINE, force=True)
    klass.hand_in("anna", RIGHT | {"essay": "Because of Archimedes."})
    with inline_workers():
        result = klass.grade(**INLINE)
    scores = {s.student: s.score for s in result.submissions}
    assert scores == {"anna": 10.0, "ben": 4.0}
    after = next(g for g in formgrader.json(f"grades?submission_id={identity}") if g["id"] == essay["id"])
    assert (after["manual_score"], after["extra_credit"]) == (2.5, 0.5)
    assert "Archimedes" in formgrader.get(f"submissions/{identity}/")

    made = formgrader.send("POST", "assignment/ps1/generate_feedback", {"force": True})
    assert made["success"], made
    page = (klass.root / "feedback" / "anna" / "ps1" / "ps1.html").read_text(encoding="utf-8")
    assert "Nearly, but not quite." in page and "Archimedes" in page
    with Gradebook(klass.course.coursedir.db_url) as gradebook:
        CsvExportPlugin(to=str(tmp_path / "grades.csv")).export(gradebook)
    rows = (tmp_path / "grades.csv").read_text().splitlines()
    assert [row.split(",")[-2:] for row in rows[1:]] == [["10.0", "10.0"], ["4.0", "10.0"]]
