"""For learners on their own: check the own notebook, see what is solved and what is next.

`own` (grades a learner's notebook) → `progress` (what is solved, in a file) → `show` (for eyes).
`solution` opens what is solved, and `reset` begins an answer anew. A notebook calls `autograder.notebook`.
"""

from autograder.grading.course import Course
from autograder.studying.own import OwnAssignment, begun, check_own, find_course
from autograder.studying.progress import FILE, Progress, read_progress, write_progress


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


__all__ = ["begun", "check_and_keep", "find_course"]
