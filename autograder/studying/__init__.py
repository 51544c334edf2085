"""For learners on their own: check the own notebook, see what is solved and what is next.

`own` (grades a learner's notebook) → `progress` (what is solved, in a file) → `show` (for eyes).
`check_notebook` and `progress` are what a notebook calls.
"""

from autograder.grading.course import Course
from autograder.studying.own import OwnAssignment, begun, check_own, find_course
from autograder.studying.progress import FILE, Progress, read_progress, write_progress
from autograder.studying.show import Shown, check_as_text


def check_and_keep(course: Course, assignment: str) -> tuple[OwnAssignment, Progress]:
    """Grade the learner's notebooks of an assignment, and keep what is solved in the course's folder.

    Raises `GradingError` with a sentence if there is nothing that can be graded,
    or no progress can be read or written.
    """
    file = course.root / FILE
    before = read_progress(file)
    own = check_own(course, assignment)
    after = before.after(own)
    write_progress(after, file)
    return own, after


class Checked:
    """What a check found, as text."""

    def __init__(self, text: str):
        self._text = text

    def __repr__(self) -> str:
        return self._text


def check_notebook(assignment: str) -> Checked:
    """Grade your own notebook of an assignment as it is saved, hidden tests included.

    Raises `GradingError` as `check_and_keep` does.
    """
    return Checked(check_as_text(*check_and_keep(find_course(), assignment)))


def progress() -> Shown:
    """What you have solved, and what is next."""
    return Shown(read_progress(find_course().root / FILE))


__all__ = ["begun", "check_and_keep", "check_notebook", "find_course", "progress"]
