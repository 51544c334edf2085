"""The newest version of the course comes, and nothing that a learner wrote goes."""

import json
import subprocess
from pathlib import Path

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, writes
from typer.testing import CliRunner

from autograder.authoring.given import note_given
from autograder.cli import app
from autograder.sentences import Sentence
from autograder.studying.carry import carry_over
from autograder.studying.update import KEPT, update

EXERCISE = "exercises/01-a/01-a.ipynb"
LESSON = "course/01-a.ipynb"


def notebook(task: str, **given: str) -> dict:
    """A release: a task, and an answer cell for each problem."""
    cells = [new_markdown_cell(task, id="task")]
    for name, text in given.items():
        cell = new_code_cell(text, id=name, metadata={"nbgrader": {"grade_id": name, "solution": True}})
        note_given(cell.metadata, text)
        cells.append(cell)
    return json.loads(writes(new_notebook(cells=cells)))


def sources(made: dict) -> list[str]:
    return ["".join(cell["source"]) for cell in made["cells"]]


def worked_on(made: dict, problem: str, text: str, *own: str) -> dict:
    """The notebook after somebody answered a problem and added cells behind it."""
    made = json.loads(json.dumps(made))
    [at] = [i for i, cell in enumerate(made["cells"]) if cell["id"] == problem]
    made["cells"][at]["source"] = text
    made["cells"][at + 1 : at + 1] = json.loads(writes(new_notebook(cells=[new_code_cell(t) for t in own])))[
        "cells"
    ]
    return made


BEFORE = notebook("Task", a="broken a", b="broken b")
NEW = notebook("New task", a="broken a, better", b="broken b, better", c="broken c")
MINE = worked_on(BEFORE, "a", "my a", "look(1)", "look(2)")


def test_answers_and_own_cells_go_into_the_new_release():
    carried = carry_over(MINE, BEFORE, NEW)
    assert sources(carried.notebook) == [
        "New task",
        "my a",
        "look(1)",
        "look(2)",
        "broken b, better",
        "broken c",
    ]
    assert carried.answers == ("a",) and carried.left == ()


def test_an_answer_without_a_problem_is_named():
    assert carry_over(MINE, BEFORE, notebook("New", b="b")).left == ("a",)


def test_cells_that_an_editor_renamed_are_not_doubled():
    renamed = json.loads(json.dumps(BEFORE))
    for number, cell in enumerate(renamed["cells"]):
        cell["id"] = f"other-{number}"
    assert sources(carry_over(renamed, BEFORE, NEW).notebook) == sources(NEW)


# -- with git ------------------------------------------------------------------------------


def git(folder: Path, *arguments: str) -> None:
    identity = ["-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", "-C", str(folder), *identity, *arguments], check=True, capture_output=True)


def put(folder: Path, name: str, content: object) -> None:
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(content if isinstance(content, str) else json.dumps(content))


def commit(folder: Path, **files: object) -> None:
    for name, content in files.items():
        put(folder, name, content)
    git(folder, "add", "-A")
    git(folder, "commit", "-m", "a version")


@pytest.fixture
def theirs(tmp_path: Path) -> Path:
    """The course as its authors have it."""
    folder = tmp_path / "theirs"
    folder.mkdir()
    git(folder, "init", "-b", "main")
    commit(folder, **{EXERCISE: BEFORE, LESSON: "lesson", "nbgrader_config.py": "c = get_config()\n"})
    return folder


@pytest.fixture
def mine(theirs: Path, tmp_path: Path) -> Path:
    """A learner's clone."""
    git(tmp_path, "clone", str(theirs), "mine")
    return tmp_path / "mine"


def files(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and ".git" not in path.parts
    }


def test_the_new_version_comes_with_the_answers_and_copies_are_kept(theirs, mine):
    put(mine, EXERCISE, MINE)
    put(mine, LESSON, "lesson, run")
    put(mine, "notes.md", "my notes")
    put(mine, "extra.md", "mine, not theirs")
    commit(theirs, **{EXERCISE: NEW, LESSON: "new lesson", "extra.md": "theirs", "pyproject.toml": ""})
    said = "\n".join(update(mine))
    assert f"{EXERCISE}: the new version, with your answers to a." in said and "make lab" in said
    assert sources(json.loads((mine / EXERCISE).read_text()))[:3] == ["New task", "my a", "look(1)"]
    now = files(mine)
    assert (now[LESSON], now["extra.md"], now["notes.md"]) == (b"new lesson", b"theirs", b"my notes")
    [copies] = (mine / KEPT).iterdir()
    assert str(copies) in said
    assert files(copies).keys() == {EXERCISE, LESSON, "extra.md"}
    assert json.loads((copies / EXERCISE).read_text()) == MINE
    assert (copies / "extra.md").read_text() == "mine, not theirs"


def test_what_the_update_does_not_touch_stays_as_it_is(theirs, mine):
    put(mine, EXERCISE, MINE)
    commit(theirs, **{LESSON: "new lesson"})
    before = files(mine)
    update(mine)
    assert files(mine) == before | {LESSON: b"new lesson"}
    assert update(mine) == ["You have the newest version."]


def test_where_it_cannot_be_done_nothing_changes(theirs, mine, tmp_path, monkeypatch):
    put(mine, EXERCISE, MINE)
    commit(theirs, **{EXERCISE: NEW, LESSON: "new"})
    put(mine, ".git/index.lock", "")  # another git is at work, as far as this one knows
    before = files(mine)
    with pytest.raises(Sentence, match="nothing of yours has changed"):
        update(mine)
    assert {name: files(mine)[name] for name in before} == before
    (mine / ".git/index.lock").unlink()
    commit(mine, **{"own.md": "a commit of their own"})
    with pytest.raises(Sentence, match="commits of its own"):
        update(mine)
    with pytest.raises(Sentence, match="follows no other"):
        update(theirs)
    with pytest.raises(Sentence, match="not a clone"):
        update(tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(Sentence, match="git is missing"):
        update(mine)


def test_a_notebook_that_cannot_be_read_is_kept(theirs, mine):
    put(mine, EXERCISE, "{")
    commit(theirs, **{EXERCISE: NEW})
    assert "cannot be read as a notebook" in "\n".join(update(mine))
    assert json.loads((mine / EXERCISE).read_text()) == NEW
    assert [path.read_text() for path in (mine / KEPT).rglob("*.ipynb")] == ["{"]


def test_the_command_says_what_was_done(mine):
    done = CliRunner().invoke(app, ["update", "--course-dir", str(mine)])
    assert (done.exit_code, done.output) == (0, "You have the newest version.\n")
