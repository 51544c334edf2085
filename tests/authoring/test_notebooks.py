import json
import os
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

from autograder.authoring.notebooks import build, main, stale, write
from autograder.authoring.sources import SourceError

BUILT = ["course/01-tiny.ipynb", "exercises/01-tiny/01-tiny.ipynb", "solutions/01-tiny/01-tiny.ipynb"]
SOURCE = "solutions/01-tiny/01-tiny.nb.py"


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def sources(path: Path) -> list[str]:
    return [cell.source for cell in nbformat.read(path, as_version=4).cells]


def test_a_course_is_built_and_built_again_without_a_change(course, capsys):
    assert main(["--root", str(course)]) == 0
    assert sorted(str(p.relative_to(course)) for p in course.rglob("*.ipynb")) == BUILT
    written = {path: (course / path).stat().st_mtime_ns for path in BUILT}
    assert main(["--root", str(course), "--check"]) == 0
    assert main(["--root", str(course)]) == 0
    assert capsys.readouterr().out.endswith("3 files built, 0 of them changed.\n")
    assert written == {path: (course / path).stat().st_mtime_ns for path in BUILT}


def test_building_twice_gives_the_same_bytes(course):
    assert build(course) == build(course)


def test_students_get_the_broken_program_and_no_hidden_test(course):
    main(["--root", str(course)])
    assert sources(course / "exercises/01-tiny/01-tiny.ipynb") == [
        "# An assignment",
        "def double(x):\n    return x * x  # why?",
        'check("double", "small", double)',
        "# A hidden check stands here.",
    ]
    assert sorted(p.name for p in (course / "exercises").rglob("*")) == ["01-tiny", "01-tiny.ipynb"]


def test_building_leaves_nothing_else_behind(course):
    before = {p for p in course.rglob("*") if p.suffix != ".ipynb"}
    main(["--root", str(course)])
    after = {p for p in course.rglob("*") if p.suffix != ".ipynb"}
    assert after - before == {course / "exercises", course / "exercises/01-tiny"}


def test_a_file_beside_the_notebook_goes_to_students(course):
    (course / "solutions/01-tiny/data.csv").write_text("1,2\n")
    assert build(course)[Path("exercises/01-tiny/data.csv")] == b"1,2\n"


def test_each_stale_file_is_named(course, capsys):
    main(["--root", str(course)])
    edit(course / SOURCE, "x * x", "x ** 2")
    (course / "course/01-tiny.ipynb").unlink()
    (course / "exercises/01-tiny/old.ipynb").write_text("{}")
    assert main(["--root", str(course), "--check"]) == 1
    assert capsys.readouterr().err.splitlines() == [
        "course/01-tiny.ipynb is missing.",
        "solutions/01-tiny/01-tiny.ipynb is not what its source makes of it.",
        "exercises/01-tiny/01-tiny.ipynb is not what its source makes of it.",
        "exercises/01-tiny/old.ipynb has no source.",
        "Run `make notebooks`.",
    ]


def test_a_notebook_without_source_is_named_and_kept(course, capsys):
    (course / "exercises/01-tiny").mkdir(parents=True)
    (course / "exercises/01-tiny/old.ipynb").write_text("{}")
    assert main(["--root", str(course)]) == 1
    assert "exercises/01-tiny/old.ipynb has no source" in capsys.readouterr().err
    assert (course / "exercises/01-tiny/old.ipynb").read_text() == "{}"


def test_copies_that_jupyter_keeps_are_no_notebooks(course):
    (course / "course/.ipynb_checkpoints").mkdir()
    (course / "course/.ipynb_checkpoints/a.ipynb").write_text("{}")
    write(course, build(course))
    assert stale(course, build(course)) == []


def test_an_edit_made_after_the_text_is_not_lost(course, capsys):
    main(["--root", str(course)])
    path = course / "solutions/01-tiny/01-tiny.ipynb"
    edit(path, "x + x", "2 * x")
    edited = path.read_text()
    os.utime(path, (path.stat().st_mtime + 5,) * 2)
    assert main(["--root", str(course)]) == 1
    message = capsys.readouterr().err
    assert "01-tiny.ipynb was edited after its text source" in message
    assert path.read_text() == edited


def test_the_way_to_keep_an_edit_works(course, root):
    main(["--root", str(course)])
    (course / "jupytext.toml").write_text((root / "jupytext.toml").read_text())
    path = course / "solutions/01-tiny/01-tiny.ipynb"
    edit(path, "x + x", "2 * x")
    command = ["--to", "py:percent", "--output", str(course / SOURCE), str(path)]
    subprocess.run([sys.executable, "-m", "jupytext", *command], check=True, capture_output=True)
    assert "    return 2 * x\n" in (course / SOURCE).read_text()
    assert main(["--root", str(course)]) == 0


def test_running_a_notebook_is_no_edit(course):
    main(["--root", str(course)])
    path = course / "course/01-tiny.ipynb"
    notebook = nbformat.read(path, as_version=4)
    notebook.cells[1].execution_count = 1
    nbformat.write(notebook, path)
    os.utime(path, (path.stat().st_mtime + 5,) * 2)
    assert write(course, build(course)) == [Path("course/01-tiny.ipynb")]


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("    ### END SOLUTION\n", "", "The cell 'double' has no END SOLUTION."),
        ("    # return x * x", "    return x * x", "is not a comment"),
        ("### END HIDDEN TESTS\n", "", "No end hidden tests statement found"),
        ('"solution": true', '"solution": "?"', "failed to validate"),
    ],
)
def test_what_nbgrader_refuses_is_one_sentence_and_the_old_release_stays(course, capsys, old, new, sentence):
    main(["--root", str(course)])
    released = (course / BUILT[1]).read_bytes()
    edit(course / SOURCE, old, new)
    assert main(["--root", str(course)]) == 1
    message = capsys.readouterr().err
    assert sentence in message and "solutions/01-tiny" in message and "Traceback" not in message
    assert (course / BUILT[1]).read_bytes() == released


def test_a_release_that_would_show_the_solution_is_refused(course, capsys):
    config = course / "nbgrader_config.py"
    config.write_text(config.read_text().replace("    ClearHiddenTests,\n    ClearMark", "    ClearMark"))
    assert main(["--root", str(course)]) == 1
    assert "would show a line of a solution or of a hidden test" in capsys.readouterr().err
    assert not (course / "exercises").exists()


def test_a_source_in_the_wrong_place_is_refused(course):
    deeper = course / "solutions/01-tiny/more"
    deeper.mkdir()
    (course / SOURCE).rename(deeper / "01-tiny.nb.py")
    with pytest.raises(SourceError, match="must stand directly in solutions/NN-slug/"):
        build(course)


def test_a_folder_that_is_no_course_is_refused(tmp_path, capsys):
    assert main(["--root", str(tmp_path)]) == 1
    assert "is not the folder of a course" in capsys.readouterr().err


def test_a_wrong_option_is_wrong_usage():
    with pytest.raises(SystemExit) as stop:
        main(["--colour"])
    assert stop.value.code == 2


def test_released_cells_cannot_be_deleted_and_carry_checksums(course):
    released = json.loads(build(course)[Path(BUILT[1])])
    answer, visible = released["cells"][1]["metadata"], released["cells"][2]["metadata"]
    assert answer["deletable"] is False and "checksum" in answer["nbgrader"]
    assert visible["editable"] is False and "checksum" in visible["nbgrader"]


def test_work_in_an_exercise_is_never_overwritten(course, capsys):
    main(["--root", str(course)])
    path = course / BUILT[1]
    edit(course / SOURCE, "# An assignment", "# An assignment, anew")
    notebook = nbformat.read(path, as_version=4)
    notebook.cells[1].source += "\n# mine"
    notebook.cells.append(nbformat.v4.new_code_cell("look(1)"))
    nbformat.write(notebook, path)
    kept = path.read_bytes()
    assert main(["--root", str(course)]) == 1
    message = capsys.readouterr().err
    assert "holds work of yours (double, the cell “look(1)”)" in message and "make notebooks" in message
    assert path.read_bytes() == kept


def test_an_exercise_that_was_only_run_is_built_anew(course):
    main(["--root", str(course)])
    path = course / BUILT[1]
    edit(course / SOURCE, "# An assignment", "# An assignment, anew")
    notebook = nbformat.read(path, as_version=4)
    notebook.cells[1].execution_count = 1
    nbformat.write(notebook, path)
    assert main(["--root", str(course)]) == 0
    assert sources(path)[0] == "# An assignment, anew"
