"""Grades for a learning platform: CSV as the grade imports of Canvas and Moodle want it.

The points are those of ``nbgrader export``: given by hand where they were, less
penalties, never below zero. What is not decided yet is left empty rather than
published. Names come from people, and a spreadsheet takes some for formulas, so
those are made plain text.
"""

import csv
import io
import os
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from nbgrader.api import Student

from autograder.grading.course import Course
from autograder.grading.names import did_you_mean, in_order, listed, shown
from autograder.grading.result import GradingError

#: The platforms, each with how it finds students and assignments in its file.
PLATFORMS = {
    "canvas": "In Canvas: Grades, Import. Canvas knows students by ID (the gradebook's lms_user_id) or SIS "
    "Login ID (their id here), and assignments by their names; an unknown name becomes a new assignment.",
    "moodle": "In Moodle: Grades, Import, CSV file. Map one of Username (the id here), ID number (the "
    "gradebook's lms_user_id) and Email address to the user, and each assignment to its grade item.",
}


@dataclass(frozen=True)
class Row:
    """One student's line."""

    id: str
    first_name: str
    last_name: str
    email: str
    lms_user_id: str
    #: Points by assignment; only those that are decided.
    points: dict[str, float]


@dataclass(frozen=True)
class Grades:
    """What the gradebook holds of some assignments."""

    #: Name → points that can be reached.
    assignments: dict[str, float]
    rows: tuple[Row, ...]
    #: Assignment → students whose points somebody has still to decide.
    waiting: dict[str, list[str]]


def read_grades(course: Course, wanted: list[str]) -> Grades:
    """Read the wanted assignments, or all that anybody has handed in, from the gradebook.

    Raises `GradingError` for an assignment that it doesn't have, or if there is nothing in it.
    """
    if not course.gradebook_exists():
        raise GradingError(f"There is no gradebook {course.gradebook_place} yet. Grade first.")
    points: dict[str, dict[str, float]] = {}
    waiting: dict[str, list[str]] = {}
    with course.gradebook() as gradebook:
        known = {assignment.name: assignment for assignment in gradebook.assignments}
        for name in wanted:
            if name not in known:
                raise GradingError(
                    f"There is no assignment {shown(name)} in the gradebook. {did_you_mean(name, known)}", 2
                )
        chosen = dict.fromkeys(wanted) or [n for n in sorted(known) if known[n].submissions]
        for name in chosen:
            for submission in known[name].submissions:
                if submission.needs_manual_grade:
                    waiting.setdefault(name, []).append(submission.student_id)
                else:
                    score = max(0.0, submission.score - submission.late_submission_penalty)
                    points.setdefault(submission.student_id, {})[name] = score
        rows = [_row(student, points.get(student.id, {})) for student in gradebook.students]
        assignments = {name: float(known[name].max_score) for name in chosen}
    if not assignments:
        raise GradingError(f"Nothing is graded yet in {course.gradebook_place}.")
    return Grades(assignments, tuple(sorted(rows, key=lambda row: in_order(row.id))), waiting)


def _row(student: Student, points: dict[str, float]) -> Row:
    said = (student.first_name, student.last_name, student.email, student.lms_user_id)
    return Row(student.id, *(text or "" for text in said), points)


def as_csv(grades: Grades, platform: str) -> str:
    """The text of the file for one of the `PLATFORMS`."""
    text = io.StringIO()
    write = csv.writer(text, lineterminator="\r\n").writerow
    names = [_plain(name) for name in grades.assignments]
    if platform == "canvas":
        write(["Student", "ID", "SIS User ID", "SIS Login ID", "Section", *names])
        write(["    Points Possible", "", "", "", "", *map(_number, grades.assignments.values())])
    else:
        write(["First name", "Last name", "Username", "ID number", "Email address", *names])
    for row in grades.rows:
        if platform == "canvas":
            name = ", ".join(filter(None, [row.last_name, row.first_name])) or row.id
            who, nothing = [name, row.lms_user_id, "", row.id, ""], ""
        else:
            who, nothing = [row.first_name, row.last_name, row.id, row.lms_user_id, row.email], "-"
        scores = [_number(row.points[n]) if n in row.points else nothing for n in grades.assignments]
        write([*map(_plain, who), *scores])
    return text.getvalue()


def _number(points: float) -> str:
    """With two decimals, which is what Canvas keeps."""
    return f"{points:.2f}".rstrip("0").rstrip(".")


def _plain(text: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    first = unicodedata.normalize("NFKC", text.lstrip()[:1])  # some take the wide forms as well
    return f"'{text}" if first in ("=", "+", "-", "@") or text[:1] in ("\t", "\r", "\n") else text


def write_grades(grades: Grades, platform: str, target: Path) -> None:
    """Write the file, whole or not at all. Raises `GradingError` if it cannot be written."""
    building = target.with_name(f"{target.name}.new")
    try:
        building.write_text(as_csv(grades, platform), encoding="utf-8", newline="")
        os.replace(building, target)
    except OSError as error:
        raise GradingError(f"The grades cannot be written to {target}: {error.strerror}.") from error


def still_open(grades: Grades) -> list[str]:
    """A sentence for each assignment that has cells without points because somebody has to decide them."""
    return [
        f"{assignment}: the points of {listed(students)} are left out, because they wait for points by hand "
        "in formgrader."
        for assignment, students in grades.waiting.items()
    ]
