"""Feedback for students: nbgrader's own pages, made as soon as a submission is graded."""

import glob
from collections.abc import Callable, Iterable

from nbgrader.converters import GenerateFeedback

from autograder.grading.course import Course, gradebook_errors, set_up
from autograder.grading.names import shown
from autograder.grading.result import GradingError
from autograder.grading.source import listening_log


def generate_feedback(
    course: Course,
    assignment: str,
    students: Iterable[str],
    tick: Callable[[str], None] = lambda student: None,
) -> list[str]:
    """Write the feedback pages of these students; returns a sentence for each that could not be written."""
    complaints = []
    for student in students:
        tick(student)
        scoped = course.clone(student_id=glob.escape(student), assignment_id=assignment, notebook_id="*")
        problems: list[str] = []
        try:
            converter = set_up(GenerateFeedback, scoped)
            converter.log = listening_log(problems)
            converter.force = True
            with gradebook_errors(course):
                converter.start()
        except GradingError as error:
            complaints.append(f"The feedback for {shown(student)} could not be written: {error}")
        except (Exception, SystemExit) as error:  # the grades are recorded; only the page is missing
            why = problems[-1] if problems else f"{error}."
            complaints.append(f"The feedback for {shown(student)} could not be written: {why}")
    return complaints


def has_feedback(course: Course, assignment: str, student: str) -> bool:
    """Whether this student's feedback has been written before."""
    return any(course.folder("feedback", student, assignment).glob("*.html"))
