"""Finding and reading submissions, whatever lies in their folders."""

import json
import os
import shutil
import unicodedata
from pathlib import Path

import nbformat
import pytest

from autograder.grading.limits import Limits
from autograder.grading.screen import Candidate, Quarantine, Submission, find, read
from tests.grading.conftest import Class, make_class


def _read(klass: Class, student: str, limits: Limits | None = None) -> Submission | Quarantine:
    found = {c.student: c for c in find(klass.course, "ps1", ["ps1"])}[student]
    if isinstance(found, Quarantine):
        return found
    return read(klass.course, found, klass.source, limits or Limits())


def _quarantined(klass: Class, student: str) -> str:
    found = _read(klass, student)
    assert isinstance(found, Quarantine)
    return found.reason


def _submission(klass: Class, student: str, limits: Limits | None = None) -> Submission:
    found = _read(klass, student, limits)
    assert isinstance(found, Submission), found
    return found


@pytest.mark.parametrize("student", ["Zoë van der Berg", "Nguyễn Thị Ánh", "山田 太郎", "o'neil", "a[1]*?"])
def test_names_of_all_kinds_are_found(klass: Class, student: str) -> None:
    klass.hand_in(student)
    assert _submission(klass, student).notebooks.keys() == {"ps1"}
    assert _submission(klass, student).notes == ()


def test_a_student_id_with_a_newline_is_quarantined_and_the_rest_found(klass: Class) -> None:
    klass.hand_in("Eve\nMallory")
    klass.hand_in("anna")
    found = find(klass.course, "ps1", ["ps1"])
    assert [type(c) for c in found] == [Candidate, Quarantine]
    assert "‘Eve\\nMallory’" in found[1].reason  # type: ignore[union-attr]


def test_a_student_id_that_pages_would_take_for_html_is_quarantined(klass: Class) -> None:
    klass.hand_in("Ann O'Brien & co")
    klass.hand_in('x" onload="run()')
    klass.hand_in("<img src=x onerror=run()>")
    found = {f.student: f for f in find(klass.course, "ps1", ["ps1"])}
    assert not isinstance(found.pop("Ann O'Brien & co"), Quarantine)
    assert [isinstance(f, Quarantine) and "would take it for HTML" in f.reason for f in found.values()] == [
        True
    ] * 2


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "0 bytes"),
        (b"no", "is not JSON"),
        (b'{"nbformat": 5, "cells": []}', "format 5"),
        (b"\xff", "UTF-8"),
    ],
)
def test_what_is_no_notebook_names_student_and_file(klass: Class, data: bytes, said: str) -> None:
    (klass.folder("anna") / "ps1.ipynb").write_bytes(data)
    reason = _quarantined(klass, "anna")
    assert "‘anna’" in reason and "‘ps1.ipynb’" in reason and said in reason


def test_a_folder_in_place_of_the_notebook(klass: Class) -> None:
    (klass.folder("anna") / "ps1.ipynb").mkdir()
    assert "‘ps1.ipynb’ of ‘anna’ is a folder" in _quarantined(klass, "anna")


def test_a_named_pipe_in_place_of_the_notebook_does_not_hang(klass: Class) -> None:
    os.mkfifo(klass.folder("anna") / "ps1.ipynb")
    assert "pipe" in _quarantined(klass, "anna")


def test_links_are_not_followed(klass: Class) -> None:
    secret = klass.root / "secret.txt"
    secret.write_text("the solutions")
    klass.hand_in("anna")
    os.symlink(secret, klass.folder("anna") / "data.txt")
    os.symlink(klass.root, klass.folder("anna") / "all")
    submission = _submission(klass, "anna")
    assert submission.files == {}
    assert "‘all’ and ‘data.txt’ (links are not followed)" in " ".join(submission.notes)


def test_a_link_in_place_of_the_notebook_or_the_folder(klass: Class) -> None:
    right = klass.hand_in("anna")
    os.symlink(right, klass.folder("ben") / "ps1.ipynb")
    assert "‘ps1.ipynb’ of ‘ben’ is a link" in _quarantined(klass, "ben")
    (klass.root / "submitted" / "carla").mkdir()
    os.symlink(right.parent, klass.root / "submitted" / "carla" / "ps1")
    assert "a link in place of the folder" in _quarantined(klass, "carla")
    os.symlink(klass.root / "submitted" / "anna", klass.root / "submitted" / "dan")
    assert "link" in _quarantined(klass, "dan")


def test_a_notebook_of_200_megabytes_is_not_read(klass: Class) -> None:
    with open(klass.folder("anna") / "ps1.ipynb", "wb") as file:
        file.truncate(200_000_000)
    assert "has 200 MB; 50 MB are allowed" in _quarantined(klass, "anna")


def test_large_and_many_files_are_left_out_and_said(klass: Class) -> None:
    klass.hand_in("anna")
    folder = klass.folder("anna")
    (folder / "large.bin").write_bytes(b"x" * 2_000_000)
    for number in range(5):
        (folder / f"z{number}.txt").write_text("x")
    deep = folder / "a" / "b" / "c"
    deep.mkdir(parents=True)
    (deep / "deep.txt").write_text("x")
    submission = _submission(klass, "anna", Limits(submission_megabytes=1, files=4, folder_depth=2))
    said = " ".join(submission.notes)
    assert "‘large.bin’ (2 MB, too large)" in said and "more than 4 files" in said and "‘a/b’" in said
    assert set(submission.files) == {"z0.txt", "z1.txt"}


def test_the_right_one_of_two_notebooks_counts(klass: Class) -> None:
    path = klass.hand_in("anna")
    shutil.copy(path, path.with_name("ps1-Copy1.ipynb"))
    submission = _submission(klass, "anna")
    assert submission.notebooks.keys() == {"ps1"}
    assert submission.notes == ("There is a further notebook, ‘ps1-Copy1.ipynb’; it was not graded.",)


def test_a_renamed_notebook_is_used_and_that_is_said(klass: Class) -> None:
    path = klass.hand_in("anna")
    path.rename(path.with_name("Übung 1 final.ipynb"))
    submission = _submission(klass, "anna")
    assert submission.notebooks.keys() == {"ps1"}
    assert "‘Übung 1 final.ipynb’ has the cells of ‘ps1.ipynb’" in submission.notes[0]


def test_two_renamed_notebooks_cannot_be_told_apart(klass: Class) -> None:
    path = klass.hand_in("anna")
    shutil.copy(path, path.with_name("b.ipynb"))
    path.rename(path.with_name("a.ipynb"))
    assert "‘a.ipynb’ and ‘b.ipynb’" in _quarantined(klass, "anna")


def test_another_notebook_is_not_taken_for_the_assignment(klass: Class) -> None:
    (klass.folder("anna") / "holiday.ipynb").write_text(nbformat.writes(nbformat.v4.new_notebook()))
    assert "‘anna’ handed in ‘holiday.ipynb’, but not ‘ps1.ipynb’" in _quarantined(klass, "anna")


def test_nothing_at_all(klass: Class) -> None:
    klass.folder("anna")
    assert _quarantined(klass, "anna") == "‘anna’ handed in no notebook ‘ps1.ipynb’."


def test_accents_can_be_written_in_two_ways(tmp_path: Path) -> None:
    klass = make_class(tmp_path / "course")
    composed, decomposed = (unicodedata.normalize(form, "Prüfung") for form in ("NFC", "NFD"))
    (klass.root / "source" / "ps1" / "ps1.ipynb").rename(klass.root / "source" / "ps1" / f"{composed}.ipynb")
    text = (klass.root / "source" / "ps1" / f"{composed}.ipynb").read_text()
    (klass.folder("anna") / f"{decomposed}.ipynb").write_text(text)
    assert _submission(klass, "anna").notebooks.keys() == {composed}


def test_a_wrong_assignment_name_is_said(klass: Class) -> None:
    (klass.folder("anna", "ps-1") / "ps1.ipynb").write_text("{}")
    reason = _quarantined(klass, "anna")
    assert "‘anna’" in reason and "‘ps-1’" in reason and "rename" in reason


def test_a_file_in_place_of_the_folder(klass: Class) -> None:
    (klass.root / "submitted" / "anna").mkdir(parents=True)
    (klass.root / "submitted" / "anna" / "ps1").write_text("here you are")
    assert "a file in place of the folder" in _quarantined(klass, "anna")


@pytest.mark.parametrize(
    ("text", "kept"),
    [("2026-02-03 10:00:00 UTC", True), ("", False), ("yesterday evening", False), ("9" * 50, False)],
)
def test_a_timestamp_is_read_if_it_is_one(klass: Class, text: str, kept: bool) -> None:
    klass.hand_in("anna")
    (klass.folder("anna") / "timestamp.txt").write_text(text)
    submission = _submission(klass, "anna")
    assert (submission.timestamp is not None) is kept
    assert bool(submission.notes) is (bool(text) and not kept)


def test_a_change_of_any_file_is_noticed(klass: Class) -> None:
    klass.hand_in("anna")
    seen = [_submission(klass, "anna").fingerprint]
    (klass.folder("anna") / "data.txt").write_text("1")
    seen.append(_submission(klass, "anna").fingerprint)
    (klass.folder("anna") / "data.txt").write_text("2")
    seen.append(_submission(klass, "anna").fingerprint)
    assert len(set(seen)) == 3 and _submission(klass, "anna").fingerprint == seen[2]


def test_another_directory_structure(tmp_path: Path) -> None:
    structure = "c.CourseDirectory.directory_structure = '{nbgrader_step}/{assignment_id}/by-{student_id}'\n"
    klass = make_class(tmp_path / "course", structure)
    source = klass.root / "source" / "ps1" / "by-."
    source.mkdir()
    (klass.root / "source" / "ps1" / "ps1.ipynb").rename(source / "ps1.ipynb")
    folder = klass.root / "submitted" / "ps1" / "by-anna"
    folder.mkdir(parents=True)
    shutil.copy(source / "ps1.ipynb", folder)
    assert klass.course.assignments() == ["ps1"]
    assert _submission(klass, "anna").notebooks.keys() == {"ps1"}


def test_excluded_students_are_left_alone(tmp_path: Path) -> None:
    klass = make_class(tmp_path / "course", "c.CourseDirectory.student_id_exclude = 'ben,carla'\n")
    for student in ("anna", "ben"):
        klass.hand_in(student)
    assert [c.student for c in find(klass.course, "ps1", ["ps1"])] == ["anna"]


def test_checkpoints_and_other_ignored_files_are_no_matter(klass: Class) -> None:
    klass.hand_in("anna")
    (klass.folder("anna") / ".ipynb_checkpoints").mkdir()
    (klass.folder("anna") / ".ipynb_checkpoints" / "ps1-checkpoint.ipynb").write_text(json.dumps({}))
    assert _submission(klass, "anna").notes == ()
