"""Recording: nbgrader's own preprocessors write the gradebook, and we write ``autograded/``.

Runs in the coordinator only. A manual grade, a comment or extra credit is never
touched: nbgrader keeps them beside the automatic score.
"""

import hashlib
import os
import shutil
import time
import warnings
from dataclasses import dataclass, replace
from pathlib import Path

import nbformat
from nbformat.notebooknode import NotebookNode
from nbgrader.api import Gradebook, MissingEntry
from nbgrader.converters import Autograde
from nbgrader.preprocessors import CheckCellMetadata, Execute
from sqlalchemy.exc import SAWarning

from autograder.grading.course import Course, gradebook_errors, one_transaction, tool
from autograder.grading.harmless import make_harmless
from autograder.grading.journal import Entry, Journal
from autograder.grading.names import shown
from autograder.grading.result import GradingError, ProblemScore
from autograder.grading.scratch import remove_tree
from autograder.grading.screen import Submission
from autograder.grading.settle import Settled
from autograder.grading.source import AssignmentSource, NotebookSource
from autograder.grading.stage import resources_for


@dataclass(frozen=True)
class Recorded:
    """What the gradebook says of a submission now."""

    score: float
    max_score: float
    needs_manual_grade: bool
    problems: tuple[ProblemScore, ...]
    #: Sentences, such as about a penalty for lateness.
    notes: tuple[str, ...] = ()
    #: The digest of the folder that was written to ``autograded/``, if one was.
    written: str = ""


def record(
    course: Course, source: AssignmentSource, submission: Submission, settled: dict[str, Settled]
) -> Recorded:
    """Write one graded submission into the gradebook and ``autograded/``.

    Raises `GradingError` with a sentence if either cannot be written; then
    grading the student again puts everything in order.
    """
    journal = Journal(course, source.name)
    journal.begin(submission.student)  # while it is written, what was graded before does not count
    with one_transaction(course):
        _open_submission(course, source, submission, set(settled))
        notebooks = {
            notebook.name: _preprocess(
                course, source.name, submission.student, notebook.name, settled[notebook.name]
            )
            for notebook in source.notebooks
            if notebook.name in settled
        }
        kept, written = _write(course, journal, source, submission, notebooks)
        recorded = replace(look_up(course, source, submission.student), written=written)
    if kept is None:
        return recorded
    note = f"The older folder in autograded/, which was not made by this command, is kept as {kept}."
    return replace(recorded, notes=(*recorded.notes, note))


def look_up(course: Course, source: AssignmentSource, student: str) -> Recorded:
    """What the gradebook says of a student's submission, manual grades included."""
    with course.gradebook() as gradebook:
        submission = gradebook.find_submission(source.name, student)
        scores: dict[str, list[float]] = {}
        for notebook in source.notebooks:
            row = gradebook.find_submission_notebook(notebook.name, source.name, student)
            grades = {grade.name: grade for grade in row.grades}
            for cell in notebook.cells:
                if cell.name in grades:
                    problem = scores.setdefault(problem_of(cell.name), [0.0, 0.0])
                    problem[0] += grades[cell.name].score
                    problem[1] += cell.points or 0.0
        penalty = sum(row.late_submission_penalty or 0.0 for row in submission.notebooks)
        notes = (f"Late: {penalty:g} points are taken off.",) if penalty else ()
        return Recorded(
            score=submission.score - penalty,
            max_score=submission.max_score,
            needs_manual_grade=bool(submission.needs_manual_grade),
            problems=tuple(ProblemScore(name, *both) for name, both in scores.items()),
            notes=notes,
        )


def problem_of(grade_id: str) -> str:
    """The problem that a graded cell belongs to: what stands before ``--`` in its grade id."""
    return grade_id.split("--", 1)[0]


def is_recorded(course: Course, assignment: str, student: str) -> bool:
    """Whether gradebook and ``autograded/`` both have this submission."""
    if not course.folder("autograded", student, assignment).is_dir():
        return False
    with course.gradebook() as gradebook:
        try:
            gradebook.find_submission(assignment, student)
        except MissingEntry:
            return False
    return True


def _open_submission(
    course: Course, source: AssignmentSource, submission: Submission, there: set[str]
) -> None:
    """Make sure that student and submission are in the gradebook; a missing notebook has no points."""
    autograde = tool(Autograde, course)
    with course.gradebook() as gradebook:
        try:
            gradebook.find_student(submission.student)
        except MissingEntry:
            if not autograde.create_student:
                raise GradingError(
                    f"The student {shown(submission.student)} is not in the gradebook, and the configuration "
                    "(Autograde.create_student) says not to add anybody."
                ) from None
            gradebook.update_or_create_student(submission.student)
        known = {"timestamp": submission.timestamp} if submission.timestamp else {}
        with warnings.catch_warnings():
            warnings.simplefilter(
                "ignore", SAWarning
            )  # nbgrader builds the rows in an order that it is warned about
            gradebook.update_or_create_submission(source.name, submission.student, **known)
        for notebook in source.notebooks:
            if notebook.name not in there:
                _no_points(gradebook, source.name, notebook, submission.student)


def _no_points(gradebook: Gradebook, assignment: str, notebook: NotebookSource, student: str) -> None:
    row = gradebook.find_submission_notebook(notebook.name, assignment, student)
    for grade in row.grades:
        grade.auto_score = 0
        grade.needs_manual_grade = False
    gradebook.db.commit()


def _preprocess(
    course: Course, assignment: str, student: str, notebook: str, settled: Settled
) -> NotebookNode:
    """Run nbgrader's preprocessors that follow execution; they write the scores."""
    nb, resources = settled.notebook, resources_for(course, assignment, student, notebook)
    for kind in tool(Autograde, course).autograde_preprocessors:
        if issubclass(kind, Execute | CheckCellMetadata):
            continue  # it has been run; and what nbgrader stores about its cells was checked before that
        try:
            with gradebook_errors(course):
                nb, resources = tool(kind, course)(nb, resources)
        except GradingError:
            raise
        except Exception as error:  # any complaint concerns this one submission
            raise GradingError(
                f"nbgrader's {kind.__name__} could not record the notebook {shown(notebook)} "
                f"of {shown(student)}: {error}"
            ) from error
    if settled.doubtful:
        with course.gradebook() as gradebook:
            for name in settled.doubtful:
                gradebook.find_grade(name, notebook, assignment, student).needs_manual_grade = True
            gradebook.db.commit()
    make_harmless(nb)  # after all that scores have been read from
    return nb


# -- autograded/ ------------------------------------------------------------------------------


def _beside(target: Path, what: str) -> Path:
    """Where a folder lies that is not finished yet, or no longer needed; nbgrader does not look at it.

    What a kill has left there is removed.
    """
    place = target.with_name(f".autograder-{what}-{target.name}")
    remove_tree(place)
    return place


def _write(
    course: Course,
    journal: Journal,
    source: AssignmentSource,
    submission: Submission,
    notebooks: dict[str, NotebookNode],
) -> tuple[Path | None, str]:
    """Write the submission's folder in ``autograded/`` at once.

    Returns where an older folder was kept, if one was, and the digest of the new one.
    """
    autograde = tool(Autograde, course)
    target = course.folder("autograded", submission.student, source.name)
    building = _beside(target, "new")
    try:
        building.mkdir(parents=True)
        building.chmod(0o755)
        fixed = autograde.exclude_overwriting.get(source.name, [])
        files = submission.files | {path: data for path, data in source.files.items() if path not in fixed}
        for path, data in files.items():
            place = building / path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(data)
        for name, nb in notebooks.items():
            text = nbformat.v4.writes(nb)  # the worker has checked that it is valid
            (building / f"{name}.ipynb").write_text(text + "\n", encoding="utf-8")
        _set_permissions(building, autograde.permissions, course.coursedir.groupshared)
        kept = _make_room(course, journal, source.name, submission.student, target)
        # Known as ours before it is there, but not as finished: a kill in between means grading again.
        written = folder_digest(building)
        journal.write(Entry(submission.student, "", written))
        os.rename(building, target)
    except OSError as error:
        raise GradingError(
            f"The graded notebook of {shown(submission.student)} cannot be written to {target}: "
            f"{error.strerror or error}. Make room or get the right to write there, and grade again."
        ) from error
    return kept, written


def _set_permissions(folder: Path, permissions: int, groupshared: bool) -> None:
    for place, _, files in os.walk(folder):
        for name in files:
            os.chmod(os.path.join(place, name), int(str(permissions), 8))
        if groupshared:
            os.chmod(place, (os.stat(place).st_mode | 0o2770) & 0o2777)


def _make_room(course: Course, journal: Journal, assignment: str, student: str, target: Path) -> Path | None:
    """Move an older folder out of the way: away if it is ours and untouched, else to where it is kept."""
    if not os.path.lexists(target):
        return None
    if journal.wrote(student, folder_digest(target)):
        doomed = _beside(target, "old")
        os.rename(target, doomed)
        remove_tree(doomed)
        return None
    kept = (
        course.root
        / ".autograder"
        / "kept"
        / f"{target.parent.name}-{assignment}-{time.strftime('%Y%m%d-%H%M%S')}"
    )
    number = 0
    while os.path.lexists(kept):
        number += 1
        kept = kept.with_name(f"{kept.name}-{number}")
    kept.parent.mkdir(parents=True, exist_ok=True)
    shutil.move(target, kept)
    return kept


def folder_digest(folder: Path) -> str:
    """Changes when any file in a folder changes; links are not followed."""
    digest = hashlib.sha256()
    for place, folders, files in os.walk(folder):
        folders.sort()
        for name in sorted(files):
            path = os.path.join(place, name)
            digest.update(os.path.relpath(path, folder).encode("utf-8", "surrogatepass") + b"\0")
            if os.path.islink(path):
                digest.update(os.readlink(path).encode("utf-8", "surrogatepass"))
            elif os.path.isfile(path):
                digest.update(hashlib.sha256(Path(path).read_bytes()).digest())
    return digest.hexdigest()
