"""Feedback for students: nbgrader's own pages, made as soon as a submission is graded."""

import glob
import os

from nbgrader.converters import GenerateFeedback

from autograder.grading.course import Course, gradebook_errors, set_up
from autograder.grading.names import shown
from autograder.grading.result import GradingError
from autograder.grading.source import listening_log


class _Converter(GenerateFeedback):
    """nbgrader's converter, which keeps its exporter: compiling the templates takes longer than a page."""

    _has_exporter = False

    def start(self) -> None:
        """Write the pages that the course's scope names."""
        if not self._has_exporter:
            super().start()
            self._has_exporter = True
            return
        self.init_notebooks()
        before = os.getcwd()
        os.chdir(self.coursedir.root)
        try:
            self.convert_notebooks()
        finally:
            os.chdir(before)


class Feedback:
    """Writes the feedback pages of one assignment."""

    def __init__(self, course: Course, assignment: str):
        self._course = course
        self._scope = course.clone(assignment_id=assignment, notebook_id="*")
        self._problems: list[str] = []
        self._converter: _Converter | None = None

    def write(self, student: str) -> list[str]:
        """Write a student's pages; returns a sentence if that could not be done."""
        self._scope.coursedir.student_id = glob.escape(student)
        self._problems.clear()
        try:
            if self._converter is None:
                self._converter = set_up(_Converter, self._scope)
                self._converter.log = listening_log(self._problems)
                self._converter.force = True
            with gradebook_errors(self._course):
                self._converter.start()
        except GradingError as error:
            return [f"The feedback for {shown(student)} could not be written: {error}"]
        except (Exception, SystemExit) as error:  # the grades are recorded; only the page is missing
            why = self._problems[-1] if self._problems else f"{error}."
            return [f"The feedback for {shown(student)} could not be written: {why}"]
        return []


def has_feedback(course: Course, assignment: str, student: str) -> bool:
    """Whether this student's feedback has been written before."""
    return any(course.folder("feedback", student, assignment).glob("*.html"))
