"""Whatever ends a batch, the next one finishes it, as if nothing had happened."""

import json
import random
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbgrader.api import Gradebook

from tests.grading.conftest import RIGHT, Class, cell_of, instructors_notebook, make_class
from tests.grading.disturbed import Batches, Ended, Run
from tests.grading.inline import inline_workers
from tests.grading.state import state

pytestmark = pytest.mark.slow

#: How a full disk is told, by the system, by SQLite and by the grader.
FULL_WORDS = re.compile("No space left|no room left")

WRONG = RIGHT | {"square": "def square(x):\n    return 4"}

# -- what is disturbed ------------------------------------------------------------------------------


@dataclass
class Scene:
    """A course before a batch, and what the batch comes to when nothing disturbs it."""

    name: str
    klass: Class
    batches: Batches
    folder: Path
    options: dict[str, Any]
    inline: bool = True

    def __post_init__(self) -> None:
        self.copies = 0
        self.run = Run("", "", {"feedback": False} | self.options, self.inline)
        self.before = state(self.klass.root) if (self.klass.root / "gradebook.db").exists() else None
        root, self.undisturbed = self.disturbed()
        assert self.undisturbed.result is not None, self.undisturbed
        self.after = state(root)

    def disturbed(self, **how: Any) -> tuple[Path, Ended]:
        """Grade a fresh copy of the course, disturbed in this way; returns the copy."""
        self.copies += 1
        root = self.folder / f"{self.copies}" / "course"
        shutil.copytree(self.klass.root, root, symlinks=True)
        (root.parent / "tmp").mkdir()
        return root, self.again(root, **how)

    def again(self, root: Path, **how: Any) -> Ended:
        """Grade a copy."""
        ended = self.batches.run(replace(self.run, root=str(root), tmp=str(root.parent / "tmp"), **how))
        assert ended.left == []
        return ended

    def finish(self, root: Path) -> None:
        """The next batch must bring a disturbed copy to where the undisturbed one came."""
        done = {
            student
            for student, entry in self._journal(root).items()
            if entry["fingerprint"] == self.after.journal[student]["fingerprint"]
        }
        ended = self.again(root, inline=True, options=self.run.options | {"force": False})
        now = state(root)
        assert ended.sentence == "" and ended.result is not None, ended
        assert list((root.parent / "tmp").iterdir()) == []
        # Nobody skipped, and nobody graded twice.
        assert {s["student"] for s in ended.result["submissions"] if s["unchanged"]} == done
        assert now.files.keys() == self.after.files.keys()
        if not self.run.options.get("force"):
            assert results(ended) == results(self.undisturbed)
            assert now.gradebook == self.after.gradebook
            if self.run.inline:
                assert (now.files, now.journal) == (self.after.files, self.after.journal)
            return
        # Graded once or twice is the same but for a flag that says “look again”. Half of it is nowhere.
        assert self.before is not None
        for student in self.after.journal:
            assert now.of(student) == self.after.of(student) or (
                student in done and now.of(student) == self.before.of(student)
            )

    def _journal(self, root: Path) -> dict[str, dict[str, Any]]:
        files = (root / ".autograder" / "graded" / "ps1").glob("*.json")
        return {entry["student"]: entry for entry in (json.loads(file.read_text()) for file in files)}


def results(ended: Ended) -> list[Any]:
    """What a batch said of everybody, but for what differs between a first and a second one."""
    assert ended.result is not None
    return [
        {k: v for k, v in s.items() if k not in ("seconds", "unchanged")} for s in ended.result["submissions"]
    ]


@pytest.fixture(scope="module")
def batches() -> Iterator[Batches]:
    with Batches() as process:
        yield process


def small_notebook() -> Any:
    """A problem with a hidden test, and one graded by hand: as few cells as there can be."""
    notebook = instructors_notebook()
    notebook.cells = [cell_of(notebook, name) for name in ("square", "square--hidden", "essay")]
    return notebook


def small_class(root: Path) -> Class:
    return make_class(root, "c.LateSubmissionPlugin.penalty_method = 'zero'\n", small_notebook())


@pytest.fixture(scope="module")
def fresh(batches: Batches, tmp_path_factory: pytest.TempPathFactory) -> Scene:
    """Two submissions, and no gradebook yet."""
    folder = tmp_path_factory.mktemp("fresh")
    klass = small_class(folder / "course")
    for student in ("anna", "ben"):
        klass.hand_in(student)
    return Scene("fresh", klass, batches, folder, {})


@pytest.fixture(scope="module")
def _graded(tmp_path_factory: pytest.TempPathFactory) -> Class:
    """Two submissions that are graded, by the grader and by hand."""
    klass = small_class(tmp_path_factory.mktemp("graded") / "course")
    for student in ("anna", "ben"):
        klass.hand_in(student, RIGHT | {"essay": "Because circles."})
    with inline_workers():
        klass.grade(jobs=1, warm=False, feedback=True)
    with Gradebook(klass.course.coursedir.db_url) as gradebook:
        gradebook.update_or_create_assignment("ps1", duedate="2026-01-01 12:00:00 UTC")
        for student in ("anna", "ben"):
            for name, points in (("square--hidden", 0.5), ("essay", 2.5)):
                grade = gradebook.find_grade(name, "ps1", "ps1", student)
                grade.manual_score, grade.needs_manual_grade = points, False
            grade.extra_credit = 1
            gradebook.find_comment("essay", "ps1", "ps1", student).manual_comment = f"Nearly, {student}."
        gradebook.db.commit()
    with inline_workers():
        klass.grade(jobs=1, warm=False)  # the due date is new
    with Gradebook(klass.course.coursedir.db_url) as gradebook:
        for grade in gradebook.db.query(type(gradebook.find_grade("essay", "ps1", "ps1", "anna"))):
            grade.needs_manual_grade = False
        gradebook.db.commit()
    return klass


def _copy(graded: Class, folder: Path) -> Class:
    shutil.copytree(graded.root, folder / "course", symlinks=True)
    return Class(folder / "course", [])


@pytest.fixture(scope="module")
def again(batches: Batches, _graded: Class, tmp_path_factory: pytest.TempPathFactory) -> Scene:
    """One submission is unchanged, one handed in again and late, one new; with feedback."""
    folder = tmp_path_factory.mktemp("again")
    klass = _copy(_graded, folder)
    klass.hand_in("ben", WRONG | {"essay": "Because of Archimedes."})
    (klass.folder("ben") / "timestamp.txt").write_text("2026-01-02 12:00:00 UTC")
    klass.hand_in("carla")
    return Scene("again", klass, batches, folder, {"feedback": True})


@pytest.fixture(scope="module")
def forced(batches: Batches, _graded: Class, tmp_path_factory: pytest.TempPathFactory) -> Scene:
    """Everything is graded once more by `--force`."""
    folder = tmp_path_factory.mktemp("forced")
    return Scene("forced", _copy(_graded, folder), batches, folder, {"force": True})


@pytest.fixture(scope="module")
def points(batches: Batches, _graded: Class, tmp_path_factory: pytest.TempPathFactory) -> Scene:
    """The instructor has changed a test and its points."""
    folder = tmp_path_factory.mktemp("points")
    klass = _copy(_graded, folder)
    notebook = small_notebook()
    cell = cell_of(notebook, "square--hidden")
    cell.metadata["nbgrader"]["points"] = 5
    cell.source = cell.source.replace("-3) == 9", "-4) == 16")
    nbformat.write(notebook, klass.root / "source" / "ps1" / "ps1.ipynb")
    return Scene("points", klass, batches, folder, {})


@pytest.fixture(scope="module")
def real(fresh: Scene, batches: Batches, tmp_path_factory: pytest.TempPathFactory) -> Scene:
    """Two submissions in real workers, with kernels of a warm host."""
    return Scene("real", fresh.klass, batches, tmp_path_factory.mktemp("real"), {}, inline=False)


# -- kill -9 ----------------------------------------------------------------------------------------

#: Scene → how many times its batch is killed: 50 in all.
KILLS = {"fresh": 16, "again": 6, "forced": 12, "points": 13, "real": 3}
VICTIMS = ("coordinator", "worker", "host")
INSTANTS = [(name, number) for name, many in KILLS.items() for number in range(many)]


def test_they_are_fifty() -> None:
    assert len(INSTANTS) == 50


@pytest.mark.parametrize(("name", "number"), INSTANTS)
def test_a_kill_at_any_instant_loses_nothing(name: str, number: int, request: pytest.FixtureRequest) -> None:
    scene: Scene = request.getfixturevalue(name)
    chance = random.Random(f"{name} {number}")
    if scene.inline and number % 3:
        root, ended = scene.disturbed(kill_at=chance.randrange(scene.undisturbed.events))
        assert ended.code == -9
    else:
        victim = "coordinator" if scene.inline else VICTIMS[number]
        seconds = chance.uniform(0, 0.9) * scene.undisturbed.seconds
        root, ended = scene.disturbed(victim=victim, kill_after=seconds)
        while not ended.killed:  # it was faster this time
            seconds *= 0.8
            root, ended = scene.disturbed(victim=victim, kill_after=seconds)
    scene.finish(root)


def test_what_people_decided_is_there_when_nothing_disturbs(again: Scene, forced: Scene) -> None:
    for scene in (again, forced):
        grades = [row for row in scene.after.gradebook["grade"] if "'manual_score': 2.5" in row]
        assert len(grades) == 2 and all("'extra_credit': 1.0" in row for row in grades)
        comments = str(scene.after.gradebook["comment"])
        assert "Nearly, anna." in comments and "Nearly, ben." in comments


# -- a full disk --------------------------------------------------------------------------------------

FULL = [(name, number) for name in ("fresh", "again", "points") for number in range(3)]


@pytest.mark.parametrize(("name", "number"), FULL)
def test_a_full_disk_is_said_and_loses_nothing(
    name: str, number: int, request: pytest.FixtureRequest
) -> None:
    scene: Scene = request.getfixturevalue(name)
    chance = random.Random(f"full {name} {number}")
    root, ended = scene.disturbed(full_from=int(chance.uniform(0, 0.9) * scene.undisturbed.events))
    assert ended.code == 1
    said = [ended.sentence] if ended.result is None else ended.result["notes"]
    if ended.result is not None:
        said = said + [s["reason"] for s in ended.result["submissions"] if s["status"] != "graded"]
    assert said and all(FULL_WORDS.search(sentence) for sentence in said), said
    assert "internal error" not in str(said)
    scene.finish(root)
