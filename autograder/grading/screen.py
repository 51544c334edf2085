"""Finding and reading submissions: regular files only, no link followed, everything bounded.

Nothing in a student's folder is trusted to be what its name says. What cannot
be graded becomes a `Quarantine` with a sentence that names the student and the
file; it is left where it is.
"""

import hashlib
import os
import re
import stat
from dataclasses import dataclass, field
from pathlib import Path

from nbgrader.utils import parse_utc

from autograder.grading import names
from autograder.grading.course import Course
from autograder.grading.limits import Limits
from autograder.grading.notebooks import ReadNotebook, Unreadable, grade_ids, read_notebook
from autograder.grading.source import AssignmentSource, NotebookSource, ignored

_MEGABYTE = 1_000_000


@dataclass(frozen=True)
class Quarantine:
    """A submission that cannot be graded, and why."""

    student: str
    reason: str


@dataclass(frozen=True)
class Candidate:
    """A folder that holds a submission; not read yet."""

    student: str
    folder: Path


@dataclass(frozen=True)
class Submission:
    """What a student handed in, in memory."""

    student: str
    #: By the name of the instructor's notebook that each answers.
    notebooks: dict[str, ReadNotebook]
    #: All other files, by relative path.
    files: dict[str, bytes]
    #: What ``timestamp.txt`` says, in nbgrader's words, if it says anything.
    timestamp: str | None
    #: Sentences about what was not as it should be.
    notes: tuple[str, ...]
    #: Changes when any file of the submission changes.
    fingerprint: str


def find(course: Course, assignment: str, known: list[str]) -> list[Candidate | Quarantine]:
    """All submissions of an assignment, sorted by student.

    A student who has no folder of this name, but one that is no assignment's
    and looks like it, is listed as well. Students whom
    ``CourseDirectory.student_id_exclude`` names are not.
    """
    excluded = {name for name in course.coursedir.student_id_exclude.split(",") if name}
    found: dict[str, Candidate | Quarantine] = {}
    for student, folder in _walk(course, assignment):
        if student in excluded:
            continue
        if names.has_control_characters(student) or student != student.strip():
            reason = (
                f"The student's folder {names.shown(student)} has a line break, a control character or a "
                "blank at its edge in its name, and nbgrader cannot record that. Rename the folder and "
                "grade again."
            )
            found[student] = Quarantine(student, reason)
        elif set(student) & set('<>"'):
            reason = (
                f"The student's folder {names.shown(student)} has one of < > \" in its name, and nbgrader's "
                "pages would take it for HTML. Rename the folder and grade again."
            )
            found[student] = Quarantine(student, reason)
        elif len(student) > 128:
            found[student] = Quarantine(
                student,
                f"The student id {names.shown(student[:40] + '…')} is longer than the 128 letters that "
                "the gradebook has room for.",
            )
        elif os.path.islink(folder) or any(student in p.name and p.is_symlink() for p in folder.parents):
            found[student] = Quarantine(
                student,
                f"{names.shown(student)} handed in a link in place of the folder {assignment}; "
                "links are not followed. Put the files themselves there.",
            )
        elif not os.path.isdir(folder):
            found[student] = Quarantine(
                student,
                f"{names.shown(student)} handed in a file in place of the folder {assignment}. "
                "Put it into a folder.",
            )
        else:
            found[student] = Candidate(student, folder)
    for student, other in _strays(course, assignment, known):
        if (
            student not in found
            and student not in excluded
            and names.nearest(other, known, 0.0) == assignment
        ):
            found[student] = Quarantine(
                student,
                f"{names.shown(student)} handed in a folder {names.shown(other)}, which is no assignment of "
                f"this course. If {names.shown(assignment)} is meant, rename the folder and grade again.",
            )
    return [found[student] for student in sorted(found, key=names.in_order)]


def _walk(course: Course, assignment: str) -> list[tuple[str, Path]]:
    """Pairs of student and folder, for any directory structure that nbgrader allows."""
    structure = course.coursedir.directory_structure
    parts = os.path.normpath(structure).split(os.sep)
    places: list[tuple[str | None, Path]] = [
        (None, Path(os.sep) if os.path.isabs(structure) else course.root)
    ]
    for part in parts:
        if not part:
            continue
        following: list[tuple[str | None, Path]] = []
        for student, place in places:
            values = {"nbgrader_step": course.coursedir.submitted_directory, "assignment_id": assignment}
            if "{student_id}" in part and student is None:
                pattern = re.escape(part.format(student_id="\0", **values)).replace(
                    re.escape("\0"), "(.+)", 1
                )
                for entry in _entries(place):
                    match = re.fullmatch(pattern, entry, re.DOTALL)
                    if match and not entry.startswith("."):
                        following.append((match[1], place / entry))
            else:
                following.append((student, place / part.format(student_id=student, **values)))
        places = following
    return [(student, place) for student, place in places if student is not None and os.path.lexists(place)]


def _strays(course: Course, assignment: str, known: list[str]) -> list[tuple[str, str]]:
    """Pairs of student and folder name where that name is no assignment's."""
    structure = os.path.normpath(course.coursedir.directory_structure).split(os.sep)
    if structure[-2:] != ["{student_id}", "{assignment_id}"]:
        return []
    place = course.folder("submitted", "\0", assignment).parents[1]
    found = []
    for student in _entries(place):
        if student.startswith(".") or not (place / student).is_dir() or names.has_control_characters(student):
            continue
        folders = [
            e for e in _entries(place / student) if not e.startswith(".") and (place / student / e).is_dir()
        ]
        found += [(student, folder) for folder in folders if folder not in known]
    return found


def _entries(place: Path) -> list[str]:
    try:
        return sorted(os.listdir(place))
    except OSError:
        return []


def read(
    course: Course, candidate: Candidate, source: AssignmentSource, limits: Limits
) -> Submission | Quarantine:
    """Read one submission as far as it can be graded."""
    files = _Files(course, candidate, limits)
    files.collect()
    notes = files.notes
    who = names.shown(candidate.student)
    notebooks: dict[str, ReadNotebook] = {}
    unreadable: list[str] = []
    others: dict[str, ReadNotebook] = {}
    expected = {names.same(f"{n.name}.ipynb"): n for n in source.notebooks}
    for name, data in files.notebooks.items():
        try:
            read = read_notebook(data)
        except Unreadable as error:
            unreadable.append(f"The notebook {names.shown(name)} of {who} {error}.")
            continue
        if names.same(name) in expected:
            notebooks[expected[names.same(name)].name] = read
            notes += [f"The notebook {names.shown(name)} {note}." for note in read.notes]
        else:
            others[name] = read
    notes += _adopt(source, notebooks, others)
    if not notebooks:
        return Quarantine(
            candidate.student, " ".join(unreadable or files.problems or [_nothing(who, source, others)])
        )
    notes += unreadable + files.problems
    for notebook in source.notebooks:
        if notebook.name not in notebooks:
            notes.append(
                f"The notebook {names.shown(notebook.name + '.ipynb')} is missing, so it has no points."
            )
    timestamp = _timestamp(files.files, who, notes)
    return Submission(
        candidate.student, notebooks, files.files, timestamp, tuple(notes), files.digest.hexdigest()
    )


def _adopt(
    source: AssignmentSource, notebooks: dict[str, ReadNotebook], others: dict[str, ReadNotebook]
) -> list[str]:
    """Use a renamed notebook in place of a missing one if its cells are the missing one's."""
    notes = []
    for notebook in source.notebooks:
        if notebook.name in notebooks:
            continue
        fitting = [name for name, read in others.items() if _fits(read, notebook)]
        if len(fitting) == 1:
            read = others.pop(fitting[0])
            notebooks[notebook.name] = read
            notes.append(
                f"The notebook {names.shown(fitting[0])} has the cells of "
                f"{names.shown(notebook.name + '.ipynb')}, so it was graded in its place."
            )
            notes += [f"The notebook {names.shown(fitting[0])} {note}." for note in read.notes]
    if notebooks and others:
        many = len(others) > 1
        notes.append(
            f"There {'are further notebooks' if many else 'is a further notebook'}, "
            f"{names.listed(sorted(others))}; {'they were' if many else 'it was'} not graded."
        )
    return notes


def _fits(read: ReadNotebook, notebook: NotebookSource) -> bool:
    there = set(grade_ids(read.notebook))
    wanted = {cell.name for cell in notebook.cells}
    return bool(wanted) and len(there & wanted) * 2 >= len(wanted)


def _nothing(who: str, source: AssignmentSource, others: dict[str, ReadNotebook]) -> str:
    wanted = names.listed(f"{n.name}.ipynb" for n in source.notebooks)
    if others:
        return (
            f"{who} handed in {names.listed(sorted(others))}, but not {wanted}, and it cannot be told "
            "which one answers the assignment. Rename the right one and grade again."
        )
    return f"{who} handed in no notebook {wanted}."


def _timestamp(files: dict[str, bytes], who: str, notes: list[str]) -> str | None:
    text = files.get("timestamp.txt", b"").decode("utf-8", "replace").strip()
    if not text:
        return None
    try:
        parse_utc(text)
    except (ValueError, OverflowError, TypeError):
        notes.append(
            f"The file ‘timestamp.txt’ of {who} holds no date, so the submission counts as handed in on time."
        )
        return None
    return text


@dataclass
class _Files:
    """Everything that is read of one folder."""

    course: Course
    candidate: Candidate
    limits: Limits
    notebooks: dict[str, bytes] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    #: Sentences that matter when no notebook is left.
    problems: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.digest = hashlib.sha256()
        self._bytes = 0
        self._count = 0
        self._left_out: dict[str, list[str]] = {}

    def collect(self) -> None:
        self._folder(self.candidate.folder, Path(), 1)
        for why, paths in self._left_out.items():
            some = names.listed(paths[:3]) + (f" and {len(paths) - 3} more" if len(paths) > 3 else "")
            self.notes.append(f"Left out: {some} ({why}).")

    def _folder(self, folder: Path, relative: Path, depth: int) -> None:
        try:
            entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
        except OSError as error:
            self._refuse(relative, f"the folder cannot be opened: {error.strerror}")
            return
        for entry in entries:
            inner = relative / entry.name
            if ignored(self.course, Path(entry.name)):
                continue
            notebook = depth == 1 and entry.name.endswith(".ipynb")
            if entry.is_symlink():
                self._refuse(inner, "links are not followed", "is a link, and links are not followed")
            elif entry.is_dir(follow_symlinks=False):
                if notebook:
                    self._refuse(inner, "a folder, not a notebook", "is a folder, not a notebook")
                elif depth >= self.limits.folder_depth:
                    self._refuse(inner, f"more than {self.limits.folder_depth} folders deep")
                else:
                    self._folder(folder / entry.name, inner, depth + 1)
            elif not entry.is_file(follow_symlinks=False):
                self._refuse(
                    inner, "not a regular file", "is not a regular file but a pipe, socket or device"
                )
            else:
                self._file(folder / entry.name, inner, notebook)

    def _file(self, path: Path, relative: Path, notebook: bool) -> None:
        name = relative.as_posix()
        if names.has_control_characters(name):
            self._refuse(relative, "a control character in the name")
            return
        if not notebook and name.endswith(".ipynb"):
            return  # nbgrader knows notebooks in the assignment's own folder only
        self._count += 1
        if self._count > self.limits.files and not notebook:
            self._refuse(relative, f"more than {self.limits.files} files")
            return
        room = self.limits.submission_megabytes * _MEGABYTE - self._bytes
        allowed = self.limits.notebook_megabytes * _MEGABYTE if notebook else room
        try:
            data, size = _read_regular(path, allowed)
        except OSError as error:
            why = f"it cannot be read: {error.strerror or error}"
            self._refuse(relative, why, f"cannot be read: {error.strerror or error}")
            return
        if data is None:
            mark = f"{size / _MEGABYTE:.0f} MB"
            self._refuse(
                relative, f"{mark}, too large", f"has {mark}; {allowed / _MEGABYTE:.0f} MB are allowed"
            )
            self.digest.update(f"{name}\0{size}".encode("utf-8", "surrogatepass"))
            return
        self._bytes += size
        self.digest.update(name.encode("utf-8", "surrogatepass") + b"\0" + hashlib.sha256(data).digest())
        (self.notebooks if notebook else self.files)[name] = data

    def _refuse(self, relative: Path, why: str, sentence: str | None = None) -> None:
        if len(relative.parts) == 1 and relative.name.endswith(".ipynb") and sentence:
            who = names.shown(self.candidate.student)
            self.problems.append(f"The notebook {names.shown(relative.name)} of {who} {sentence}.")
        else:
            self._left_out.setdefault(why, []).append(relative.as_posix())


def _read_regular(path: Path, allowed: int) -> tuple[bytes | None, int]:
    """The bytes of a regular file (``None`` if there are more than allowed) and its size."""
    # O_NONBLOCK: what was a file a moment ago may be a pipe by now, and opening it must not wait.
    flags = (
        os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    )
    with os.fdopen(os.open(path, flags), "rb") as file:
        about = os.fstat(file.fileno())
        if not stat.S_ISREG(about.st_mode):
            raise OSError("it is not a regular file")
        if about.st_size > max(allowed, 0):
            return None, about.st_size
        data = file.read(allowed + 1)
        return (data, len(data)) if len(data) <= allowed else (None, len(data))
