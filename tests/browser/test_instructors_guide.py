"""The instructor's guide, from top to bottom: each command and setting, in a course with four submissions."""

import csv
import getpass
import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from nbgrader.api import Gradebook
from playwright.sync_api import Page, expect

from tests.browser.conftest import Lab, serve
from tests.browser.guide import Block, Guide
from tests.conftest import ROOT
from tests.grading.conftest import make_class
from tests.sample_class import ASSIGNMENT, RIGHT, answered, attempt

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PAGE = ROOT / "course" / "guides" / "instructor.md"
SOURCE = f"solutions/{ASSIGNMENT}/{ASSIGNMENT}.nb.py"
ESSAY = "The division happens after the block, so the tape knows the sum alone."
COMMENT = "Right. Say also how large the derivative is."
PRIYA = "Priya Raghunathan"

#: The essay's points and remark in formgrader.
SCORE, REMARK = "input.score#divided-loss", "#divided-loss-comment"

#: Where a command may say that something needs attention: it does.
MAY_WARN = ("autograder grade", "autograder doctor", "autograder export")


@dataclass
class Desk:
    """An instructor's desk: the course, the guide, and a terminal."""

    course: Path
    guide: Guide
    environment: dict[str, str]
    said: str = ""
    _activate: str = field(default="", init=False)

    def follow(self, heading: str) -> str:
        """Do what a section's blocks say, and return what the commands said."""
        self.said = ""
        for block in self.guide.take(heading):
            self.do(block)
        return self.said

    def do(self, block: Block) -> None:
        """Run a block of commands, or write a block of settings where the page says."""
        if block.language == "python":
            with (self.course / "nbgrader_config.py").open("a") as config:
                config.write(f"\n{block.text}")
        elif block.language == "csv":
            (self.course / "students.csv").write_text(block.text)
        else:
            self.run(block.text, self.course)

    def run(self, text: str, folder: Path) -> None:
        """Run commands in a folder, in the environment that the guide's first one activates."""
        if not self._activate:
            self._activate = text
        for line in text.splitlines():
            done = subprocess.run(
                ["bash", "-c", f"{self._activate}\ncd '{folder}'\n{line}"],
                cwd=self.course,
                env=self.environment,
                capture_output=True,
                text=True,
            )
            self.said += done.stdout + done.stderr
            good = (0, 1) if line.startswith(MAY_WARN) else (0,)
            assert done.returncode in good, f"{line}\n{done.stdout}{done.stderr}"

    def points(self) -> dict[str, float]:
        """Student → points in the gradebook."""
        with Gradebook(f"sqlite:///{self.course}/gradebook.db") as gradebook:
            return {s.student_id: s.score for s in gradebook.assignment_submissions(ASSIGNMENT)}


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A checkout with one assignment; its environment is the one that runs this test."""
    course = tmp_path / "course"
    for part in ("solutions", "exercises"):
        shutil.copytree(ROOT / part / ASSIGNMENT, course / part / ASSIGNMENT)
    (course / "course").mkdir()
    files = (
        "Makefile",
        "pyproject.toml",
        "requirements.lock",
        "nbgrader_config.py",
        "jupyter_server_config.py",
    )
    for name in (*files, "jupytext.toml"):
        shutil.copy(ROOT / name, course)
    (course / ".venv").mkdir()
    for entry in Path(sys.prefix).iterdir():
        if entry.name != ".ready":
            (course / ".venv" / entry.name).symlink_to(entry)
    (course / ".venv" / ".ready").touch()
    places = {
        "JUPYTER_CONFIG_DIR": f"{tmp_path}/jupyter/config",
        "JUPYTER_DATA_DIR": f"{tmp_path}/jupyter/data",
    }
    return Desk(course, Guide(PAGE), {**os.environ, **places, "PYTHONPATH": str(ROOT), "COLUMNS": "100"})


def archive(desk: Desk, members: dict[str, dict[str, object]]) -> None:
    """Put what a platform lets an instructor download where the guide says, instead of what lay there."""
    folder = desk.course / "downloaded" / ASSIGNMENT / "archive"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    with zipfile.ZipFile(folder / "submissions.zip", "w") as pack:
        for name, notebook in members.items():
            pack.writestr(name, json.dumps(notebook))


def submitted(desk: Desk) -> set[str]:
    return {
        path.parent.parent.name for path in desk.course.glob(f"submitted/*/{ASSIGNMENT}/{ASSIGNMENT}.ipynb")
    }


def open_submission(page: Page, lab: Lab, name: str) -> None:
    """Find a student's notebook in formgrader, as a person does."""
    page.goto(f"{lab.url}/formgrader")
    page.get_by_role("link", name="Manual Grading", exact=True).click()
    page.get_by_role("link", name=ASSIGNMENT, exact=True).click()
    page.get_by_role("link", name=ASSIGNMENT, exact=True).click()
    page.get_by_role("link", name="Submission #1").wait_for()
    page.get_by_text("Show All Names").click()
    page.get_by_role("link", name=name).click()
    page.wait_for_load_state("networkidle")  # until it has asked for the grades, it shows none, and forgets


def keeps(page: Page, part: str) -> AbstractContextManager[object]:
    """Wait until formgrader has kept what is done in the block."""
    return page.expect_response(lambda r: f"/api/{part}/" in r.url and r.request.method == "PUT" and r.ok)


def grade_by_hand(page: Page) -> None:
    """Give the essay points, and write a comment."""
    for place, text, part in ((SCORE, "1.5", "grade"), (REMARK, COMMENT, "comment")):
        page.locator(place).click()
        page.keyboard.type(text)
        with keeps(page, part):
            page.keyboard.press("Tab")


def test_every_step_of_the_guide(desk: Desk, page: Page, tmp_path: Path) -> None:
    def shot(name: str) -> None:
        page.screenshot(path=tmp_path / f"{name}.png", full_page=True)

    text = desk.course / SOURCE
    text.write_text(text.read_text().replace('"points": 3', '"points": 5', 1))
    desk.follow("The instructor's guide")
    said = desk.follow("Make the course yours")
    assert f"wrote exercises/{ASSIGNMENT}/{ASSIGNMENT}.ipynb" in said
    notebook = json.loads((desk.course / f"exercises/{ASSIGNMENT}/{ASSIGNMENT}.ipynb").read_text())

    student, user = tmp_path / "student", getpass.getuser()
    student.mkdir()
    for block in desk.guide.take("Release"):
        if block.word == "exchange":
            settings = block.text.replace("/srv/nbgrader/exchange", f"{tmp_path}/exchange")
            for_all = Path(desk.environment["JUPYTER_CONFIG_DIR"])
            for_all.mkdir(parents=True, exist_ok=True)
            (for_all / "nbgrader_config.py").write_text(f"c = get_config()\n{settings}")
        else:
            desk.run(block.text, student if block.word == "students" else desk.course)
    desk.follow("From the exchange")
    assert submitted(desk) == {user}

    right = {problem: attempt(problem, name) for problem, name in RIGHT.items()}
    archive(
        desk,
        {
            f"novakovaana_1001_88001_{ASSIGNMENT}.ipynb": answered(notebook, right | {"divided-loss": ESSAY}),
            f"mensahkwame_LATE_1002_88002_{ASSIGNMENT}-1.ipynb": answered(notebook, right),
        },
    )
    desk.follow("From Canvas")
    wrong = right | {"sensor-step": attempt("sensor-step", "wrong-sum-instead-of-mean")}
    archive(desk, {f"{PRIYA}_4711_assignsubmission_file/{ASSIGNMENT}.ipynb": answered(notebook, wrong)})
    desk.follow("From Moodle")
    assert submitted(desk) == {user, "1001", "1002", PRIYA}

    desk.follow("Late and repeated")
    late = re.search(r"as `(2027-03-06 20:00:00 UTC)`", PAGE.read_text())
    assert late is not None
    (desk.course / "submitted" / "1002" / ASSIGNMENT / "timestamp.txt").write_text(late[1])

    said = desk.follow("Grade")
    points = desk.points()
    # An essay that nobody wrote needs no hand; 2 days late are 20% of 22 points.
    assert points["1001"] == 22 and points[PRIYA] < 22 and points[user] == 0
    assert "Late: 4.4 points are taken off." in said
    assert (desk.course / f"report-{ASSIGNMENT}.html").exists()

    with serve(desk.course, tmp_path / "jupyter") as lab:
        open_submission(page, lab, "Nováková, Ana")
        grade_by_hand(page)
        shot("by-hand")
        desk.follow("Grade by hand")
        assert desk.points()["1001"] == 23.5
        page.reload()
        page.wait_for_load_state("networkidle")
        expect(page.locator(SCORE)).to_have_value("1.5")
        expect(page.locator(REMARK)).to_have_value(COMMENT)
        with keeps(page, "grade"):
            page.locator(".panel", has=page.locator(SCORE)).get_by_role("button", name="Resolve").click()

    shown, released = desk.guide.take("Give feedback")
    desk.do(shown)
    feedback = (desk.course / "feedback" / "1001" / ASSIGNMENT / f"{ASSIGNMENT}.html").read_text()
    assert COMMENT in feedback and ESSAY in feedback
    assert '<th scope="col">Property</th>' in feedback and "HIDDEN TESTS" not in feedback
    for other in {"1001", "1002", PRIYA}:  # to their platforms
        (desk.course / "feedback" / other).rename(tmp_path / other)
    desk.do(released)

    said = desk.follow("Export")
    with (desk.course / "grades-canvas.csv").open(newline="") as file:
        rows = {row[3]: row for row in csv.reader(file)}
    assert rows["1001"][:2] == ["Nováková, Ana", "1001"] and rows["1001"][5] == "23.5"
    assert rows["1002"][5] == "17.6"
    with (desk.course / "grades-moodle.csv").open(newline="") as file:
        rows = {row[2]: row for row in csv.reader(file)}
    assert rows[PRIYA][4] == "priya@school.example" and float(rows[PRIYA][5]) == points[PRIYA]

    other = make_class(tmp_path / "their-course")
    other.hand_in("anna")
    [block] = desk.guide.take("Any other nbgrader course")
    assert block.word == "another-course"
    desk.run(block.text, desk.course)
    with Gradebook(f"sqlite:///{other.root}/gradebook.db") as gradebook:
        assert gradebook.find_submission("ps1", "anna").score == 7

    assert desk.guide.left == []
