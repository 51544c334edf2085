"""The class as it was last graded: read from gradebook, journal and submissions, without running anything."""

from dataclasses import dataclass

from autograder.grading.course import Course, one_session
from autograder.grading.journal import Journal
from autograder.grading.record import is_recorded, look_up
from autograder.grading.result import (
    GRADED,
    QUARANTINED,
    AssignmentResult,
    SubmissionResult,
)
from autograder.grading.screen import Quarantine, Submission, find, read
from autograder.grading.source import AssignmentSource, NotebookSource, prepare


@dataclass(frozen=True)
class Class:
    """What a class handed in, and what it got for it."""

    result: AssignmentResult
    #: Student → the code of all answers, as one text; only of submissions that can be read.
    code: dict[str, str]
    #: All code that students were given in the cells that the gradebook knows.
    given: str


def look_back(course: Course, assignment: str) -> Class:
    """Collect what is known of an assignment. Whoever is not graded yet is among `left`.

    A batch may be at work meanwhile: what it has recorded so far is seen, and nothing of it changed.
    Raises `GradingError` when the assignment cannot be read as a whole.
    """
    with one_session():
        return _look_back(course, assignment)


def _look_back(course: Course, assignment: str) -> Class:
    source = course.prepared.get(assignment) or prepare(course, assignment, lambda sentence: None, keep=True)
    journal = Journal(course, assignment)
    results, left, code = [], [], {}
    for candidate in find(course, assignment, course.assignments()):
        submission = (
            candidate if isinstance(candidate, Quarantine) else read(course, candidate, source, course.limits)
        )
        if isinstance(submission, Quarantine):
            reason = submission.reason
            results.append(
                SubmissionResult(submission.student, QUARANTINED, max_score=source.max_score, reason=reason)
            )
            continue
        code[submission.student] = _code(submission, source)
        entry = journal.find(submission.student)
        if entry is None or not entry.fingerprint or not is_recorded(course, assignment, submission.student):
            left.append(submission.student)
            continue
        recorded = look_up(course, source, submission.student)
        results.append(
            SubmissionResult(
                student=submission.student,
                status=GRADED,
                score=recorded.score,
                max_score=recorded.max_score,
                needs_manual_grade=recorded.needs_manual_grade,
                problems=recorded.problems,
                reason=" ".join(filter(None, [entry.reason, *recorded.notes])),
                seconds=entry.seconds,
                attention=entry.attention,
                tests_in_kernel=entry.tests_in_kernel,
            )
        )
    given = "\n".join(cell.released for n in source.notebooks for cell in n.cells if cell.cell_type == "code")
    return Class(AssignmentResult(assignment, tuple(results), tuple(left)), code, given)


def _code(submission: Submission, source: AssignmentSource) -> str:
    """The code cells of a submission in the instructor's order, so that lines can be compared."""
    texts = []
    for notebook in source.notebooks:
        if notebook.name in submission.notebooks:
            texts += _answers(submission, notebook)
    return "\n\n".join(texts)


def _answers(submission: Submission, notebook: NotebookSource) -> list[str]:
    tests = {cell.name for cell in notebook.cells if cell.is_test}
    cells = submission.notebooks[notebook.name].notebook.cells
    return [
        cell.source
        for cell in cells
        if cell.cell_type == "code" and cell.metadata.get("nbgrader", {}).get("grade_id") not in tests
    ]
