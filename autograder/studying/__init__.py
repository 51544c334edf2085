"""For learners on their own: check the own notebook, see what is solved and what is next.

`own` (grades a learner's notebook) → `progress` (what is solved, in a file) → `show` (for eyes).
The two functions here are what a notebook calls.
"""

from autograder.studying.own import begun, check_own, find_course
from autograder.studying.progress import FILE, read_progress, write_progress
from autograder.studying.show import Shown, check_as_text


class Checked:
    """What a check found, as text."""

    def __init__(self, text: str):
        self._text = text

    def __repr__(self) -> str:
        return self._text


def check_notebook(assignment: str) -> Checked:
    """Grade your own notebook of an assignment as it is saved, hidden tests included.

    Raises `GradingError` with a sentence if there is nothing that can be graded.
    """
    course = find_course()
    file = course.root / FILE
    progress = read_progress(file)
    own = check_own(course, assignment)
    progress = progress.after(own)
    write_progress(progress, file)
    return Checked(check_as_text(own, progress))


def progress() -> Shown:
    """What you have solved, and what is next."""
    return Shown(read_progress(find_course().root / FILE))


__all__ = ["begun", "check_notebook", "check_own", "find_course", "progress"]
