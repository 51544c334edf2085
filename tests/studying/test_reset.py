"""An answer begins anew, and no attempt is lost."""

import json
from pathlib import Path

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, writes

from autograder.authoring.given import note_given
from autograder.sentences import Sentence, UnknownName
from autograder.studying.reset import KEPT, reset_file, restarted

GIVEN = "def step(x):\n    return x"
ATTEMPT = "def step(x):\n\n    return x + 1  # why?"


def answer_cell(make, name: str, given: str, text: str):
    cell = make(text, metadata={"nbgrader": {"grade_id": name, "solution": True}})
    note_given(cell.metadata, given)
    return cell


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a learner's notebook, and one that is none."""
    cells = [
        new_markdown_cell("# An assignment"),
        answer_cell(new_code_cell, "step", GIVEN, ATTEMPT),
        answer_cell(new_markdown_cell, "why", "*Your answer here.*", "Because.\n\nAlways."),
    ]
    (tmp_path / "a.ipynb").write_text(writes(new_notebook(cells=cells, metadata={"mine": "ä"})))
    (tmp_path / "broken.ipynb").write_text("{")
    return tmp_path


def sources(folder: Path) -> list[str]:
    return ["".join(cell["source"]) for cell in json.loads((folder / "a.ipynb").read_text())["cells"]]


def test_the_start_comes_back_and_the_attempt_stays_in_comments():
    text = restarted(GIVEN, ATTEMPT)
    assert text == f"{GIVEN}\n\n\n# {KEPT}\n# def step(x):\n#\n#     return x + 1  # why?"
    names = {}
    exec(text, names)
    assert names["step"](3) == 3


def test_a_second_reset_keeps_both_attempts():
    first = restarted(GIVEN, ATTEMPT)
    second = restarted(GIVEN, first.replace("return x\n", "return 2 * x\n", 1))
    assert second.startswith(f"{GIVEN}\n\n\n# {KEPT}\n# def step(x):\n#     return 2 * x\n")
    assert second.count(KEPT) == 2 and "#     return x + 1" in second


def test_what_is_as_it_was_given_stays_as_it_is():
    assert restarted(GIVEN, GIVEN + "\n") == GIVEN
    assert restarted(GIVEN, restarted(GIVEN, ATTEMPT)) == restarted(GIVEN, ATTEMPT)


def test_a_closed_notebook_changes_in_one_cell_only(folder):
    before = json.loads((folder / "a.ipynb").read_text())
    assert reset_file(folder, "step") == folder / "a.ipynb"
    after = json.loads((folder / "a.ipynb").read_text())
    assert sources(folder)[1] == restarted(GIVEN, ATTEMPT)
    after["cells"][1]["source"] = before["cells"][1]["source"]
    assert after == before
    assert sorted(p.name for p in folder.iterdir()) == ["a.ipynb", "broken.ipynb"]


def test_an_answer_in_words_is_kept_as_a_quotation(folder):
    reset_file(folder, "why")
    text = sources(folder)[2]
    assert text.startswith("*Your answer here.*\n\n\n> *Your answer before") and text.endswith(
        "\n>\n> Because.\n>\n> Always."
    )


def test_what_cannot_be_reset_gets_a_sentence_and_stays(folder):
    kept = (folder / "a.ipynb").read_bytes()
    with pytest.raises(UnknownName, match="no answer cell|has an answer cell 'nosuch'. There are: step, why"):
        reset_file(folder, "nosuch")
    with pytest.raises(UnknownName, match="has a problem to answer"):
        reset_file(folder / "nowhere", "step")
    old = json.loads(kept)
    del old["cells"][1]["metadata"]["autograder"]
    (folder / "a.ipynb").write_text(json.dumps(old))
    with pytest.raises(Sentence, match="an older release"):
        reset_file(folder, "step")
    assert sources(folder)[1] == ATTEMPT


@pytest.fixture
def run(folder, shell, monkeypatch):
    """Runs a cell in the notebook's folder; returns what it says, and what is asked of the front end."""
    monkeypatch.chdir(folder)
    monkeypatch.delenv("NBGRADER_EXECUTION", raising=False)
    asked = []
    monkeypatch.setattr(shell, "set_next_input", lambda text, replace=False: asked.append((text, replace)))
    shell.run_cell("from autograder import reset", store_history=True)

    def run(cell: str):
        asked.clear()
        done = shell.run_cell(cell, store_history=True)
        return (repr(done.result) if done.success else str(done.error_in_exec)), list(asked)

    return run


def test_in_the_answer_cell_it_replaces_the_cell(run, folder):
    kept = (folder / "a.ipynb").read_bytes()
    said, asked = run(f'{ATTEMPT}\n\nreset("step")')
    assert asked == [(restarted(GIVEN, ATTEMPT), True)]
    assert "as it was given" in said
    said, asked = run(f"reset('step')  # again\n{ATTEMPT}")
    assert asked == [(restarted(GIVEN, ATTEMPT), True)]
    assert (folder / "a.ipynb").read_bytes() == kept  # the front end saves, nobody else


def test_in_another_cell_it_changes_nothing_and_shows_the_start(run):
    said, asked = run('mine = 3\nreset("step")')
    assert asked == [(GIVEN, False)] and "has not changed" in said


def test_where_it_cannot_work_it_says_so(run, monkeypatch):
    said, asked = run('reset("why")')
    assert "answered in words" in said and asked == []
    said, asked = run('reset("stop")')
    assert "There are: step, why" in said and asked == []
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    assert run('reset("step")')[1] == []
