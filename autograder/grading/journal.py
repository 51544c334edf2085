"""The journal: what has been graded, so that an unchanged submission is not graded again.

One small file a submission, in ``.autograder/graded/`` of the course. It says
“begun” before anything of the submission is recorded, and what was graded after
all of it is. So a batch that is killed at any instant leaves at worst
submissions that are begun; they are graded again.
"""

import hashlib
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO

try:
    import fcntl
except ImportError:  # Windows has no such lock
    fcntl = None  # type: ignore[assignment]

from autograder.grading.course import Course
from autograder.grading.names import shown
from autograder.grading.result import GradingError

#: Counted up when the same submission would be graded differently than before.
GRADER_VERSION = 2


@dataclass(frozen=True)
class Entry:
    """What the journal knows of one submission."""

    student: str
    #: Of the submission, the instructor's version, the limits and the grader; empty while
    #: the submission is being recorded.
    fingerprint: str
    #: Of the folder that was written to ``autograded/``.
    written: str
    #: What the batch said of it.
    reason: str = ""
    attention: bool = False
    tests_in_kernel: bool = False
    #: How long grading it took.
    seconds: float = 0.0
    #: The feedback of this very grading has been written.
    feedback: bool = False


class Journal:
    """The journal of one assignment."""

    def __init__(self, course: Course, assignment: str):
        self._folder = course.root / ".autograder" / "graded" / assignment

    def _file(self, student: str) -> Path:
        return (
            self._folder / f"{hashlib.sha256(student.encode('utf-8', 'surrogatepass')).hexdigest()[:32]}.json"
        )

    def find(self, student: str) -> Entry | None:
        """The entry of a student; ``None`` if there is none, or none that can be read."""
        try:
            return Entry(**json.loads(self._file(student).read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError):
            return None

    def unchanged(self, student: str, fingerprint: str) -> Entry | None:
        """The entry, if it is of exactly this submission, source, limits and grader."""
        entry = self.find(student)
        return entry if entry is not None and entry.fingerprint == fingerprint else None

    def wrote(self, student: str, digest: str) -> bool:
        """Whether a folder is, file by file, the one that a batch wrote for this student."""
        entry = self.find(student)
        return entry is not None and entry.written == digest

    def begin(self, student: str) -> None:
        """Say that a student's submission is about to be recorded: whatever was graded before may be gone."""
        entry = self.find(student) or Entry(student, "", "")
        self.write(replace(entry, fingerprint="", feedback=False))

    def told(self, student: str) -> None:
        """Say that the feedback of what is recorded has been written."""
        if (entry := self.find(student)) is not None:
            self.write(replace(entry, feedback=True))

    def write(self, entry: Entry) -> None:
        """Add or replace an entry, whole or not at all. Raises `GradingError` if that cannot be done."""
        place = self._file(entry.student)
        building = place.with_suffix(".new")  # what a kill leaves of it, the next writing replaces
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            building.write_text(json.dumps(entry.__dict__, ensure_ascii=True), encoding="utf-8")
            os.replace(building, place)
        except OSError as error:
            with suppress(OSError):
                building.unlink()
            raise GradingError(
                f"The journal entry of {shown(entry.student)} cannot be written in {self._folder}: "
                f"{error.strerror}. Make room or get the right to write there, and grade again."
            ) from error


def fingerprint(*parts: object) -> str:
    """One word that changes when any of the parts does."""
    text = repr((GRADER_VERSION, *parts))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


@contextmanager
def only_one(course: Course) -> Iterator[None]:
    """Hold the course's lock. Raises `GradingError` if another batch holds it."""
    place = course.root / ".autograder"
    try:
        place.mkdir(exist_ok=True)
        lock: IO[str] = open(place / "lock", "w", encoding="utf-8")
    except OSError as error:
        raise GradingError(
            f"Nothing can be written in the course folder {course.root}: {error.strerror}."
        ) from error
    with lock:
        try:
            if fcntl is not None:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise GradingError(
                f"Another “autograder grade” is at work in {course.root}. Wait until it is done, or stop it."
            ) from None
        yield
