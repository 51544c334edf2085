"""The instructor's version of an assignment: what every submission is measured against."""

import hashlib
import json
import logging
import os
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import nbformat
from nbformat.notebooknode import NotebookNode
from nbgrader.api import Gradebook, MissingEntry
from nbgrader.api import Notebook as NotebookRow
from nbgrader.converters import GenerateAssignment
from nbgrader.preprocessors import ClearHiddenTests

from autograder.apart import scope
from autograder.grading.course import Course, one_transaction, set_up
from autograder.grading.names import listed, shown
from autograder.grading.result import GradingError
from autograder.grading.scratch import scratch_folder
from autograder.grading.testcells import check_call

#: Says a sentence to the person who runs the command.
Say = Callable[[str], None]

_IMPORT = re.compile(r"^\s*(?:from\s+([A-Za-z_][\w.]*)\s+import|import\s+([A-Za-z_][\w.]*))", re.MULTILINE)


_EXCEPTION = re.compile(r"^[\w.]+(?:Error|Exception|Warning): ")

#: How lines begin that nbgrader adds to every complaint.
_SAYS_NOTHING = ("There was an error processing", "Please see the", "Notebook failed to validate")


@dataclass(frozen=True)
class SourceCell:
    """One cell that the gradebook knows, as `nbgrader generate_assignment` saved it."""

    name: str
    cell_type: str
    locked: bool
    grade: bool
    solution: bool
    task: bool
    points: float | None
    #: Hidden tests included.
    source: str
    checksum: str | None
    #: As the student got it: without hidden tests.
    released: str

    @property
    def is_test(self) -> bool:
        """Whether running this cell decides points."""
        return self.grade and not self.solution and self.cell_type == "code"


@dataclass(frozen=True)
class NotebookSource:
    """One notebook of an assignment; its cells in the instructor's order."""

    name: str
    cells: tuple[SourceCell, ...]
    kernel: str
    #: Modules that the instructor's cells import; loaded before a student's files can shadow them.
    imports: tuple[str, ...]
    #: The import statements of all of the instructor's cells, as a program.
    import_lines: str = ""
    #: Functions of the instructor's in cells that students can change, and that are no answers.
    helpers: tuple[str, ...] = ()

    @property
    def answers(self) -> tuple[str, ...]:
        """The names that the answers in code are to define."""
        texts = [
            (cell.source, cell.released) for cell in self.cells if cell.solution and cell.cell_type == "code"
        ]
        return scope.answers(text for both in texts for text in both)

    @property
    def max_score(self) -> float:
        """The points of all its graded cells."""
        return sum(cell.points or 0.0 for cell in self.cells)


@dataclass(frozen=True)
class AssignmentSource:
    """An assignment as a batch uses it."""

    name: str
    notebooks: tuple[NotebookSource, ...]
    #: Files that come with the assignment, by path relative to its folder.
    files: dict[str, bytes]
    #: When it is due, in nbgrader's words; penalties depend on it.
    due: str = ""

    @property
    def max_score(self) -> float:
        """The points of the whole assignment."""
        return sum(notebook.max_score for notebook in self.notebooks)

    @property
    def modules(self) -> tuple[str, ...]:
        """What its notebooks import."""
        return tuple(dict.fromkeys(module for notebook in self.notebooks for module in notebook.imports))

    @property
    def has_checks(self) -> bool:
        """Whether a test is one of this package's own."""
        return any(check_call(cell.source) for n in self.notebooks for cell in n.cells if cell.is_test)

    @property
    def has_other_tests(self) -> bool:
        """Whether a test is none of this package's own."""
        return any(not check_call(cell.source) for n in self.notebooks for cell in n.cells if cell.is_test)

    @property
    def fingerprint(self) -> str:
        """Changes when anything here changes."""
        digest = hashlib.sha256(repr((self.name, self.notebooks, self.due)).encode("utf-8", "surrogatepass"))
        for path, data in sorted(self.files.items()):
            digest.update(path.encode("utf-8", "surrogatepass") + b"\0" + hashlib.sha256(data).digest())
        return digest.hexdigest()


def modules_of(course: Course, assignment: str) -> tuple[tuple[str, ...], bool]:
    """What the instructor's notebooks import, and whether they have tests of this package, at a glance."""
    cells = [
        cell
        for notebook in _original_notebooks(course, assignment).values()
        for cell in notebook.cells
        if cell.cell_type == "code"
    ]
    tests = (cell.source for cell in cells if cell.metadata.get("nbgrader", {}).get("grade"))
    return _imported(cell.source for cell in cells), any(map(check_call, tests))


def prepare(course: Course, assignment: str, say: Say, *, keep: bool = False) -> AssignmentSource:
    """Bring the gradebook's version of an assignment up to date, and read it.

    What is not in the gradebook yet is put there by nbgrader's own
    GenerateAssignment, released into a temporary folder. Where the notebook has
    changed since, the gradebook follows if the graded cells are still the same
    ones; with `keep`, it does not follow, for somebody who only reads. The
    release folder is never touched. Raises `GradingError` when there is nothing
    to grade by.
    """
    course.create_gradebook()
    has_source = any(course.folder("source", ".", assignment).glob("*.ipynb"))
    if has_source and not (keep and _is_known(course, assignment)):
        _bring_up_to_date(course, assignment, say)
    with course.gradebook() as gradebook:
        try:
            row = gradebook.find_assignment(assignment)
        except MissingEntry:
            raise GradingError(
                f"The assignment {shown(assignment)} is not in the gradebook and has no notebook in "
                f"{course.folder('source', '.', assignment)}. Put the instructor's notebook there.",
                2,
            ) from None
        originals = _original_notebooks(course, assignment) if has_source else {}
        notebooks = [_read_notebook(course, gradebook, r, originals.get(r.name)) for r in row.notebooks]
        due = str(row.duedate or "")
    if not notebooks:
        raise GradingError(f"The assignment {shown(assignment)} has no notebook in the gradebook.", 1)
    order = {name: index for index, name in enumerate(originals)}
    notebooks.sort(key=lambda n: (order.get(n.name, len(order)), n.name))
    source = AssignmentSource(assignment, tuple(notebooks), _support_files(course, assignment), due)
    course.prepared[assignment] = source
    return source


def student_version(course: Course, assignment: str, folder: Path) -> tuple[Course, dict[str, str]]:
    """Generate an assignment afresh, into `folder` and a gradebook of its own.

    Returns a course that shares the configuration but has all it writes in
    `folder`, and the text of the student's notebooks by name. Raises
    `GradingError` with nbgrader's complaint when the source is not in order.
    """
    source = course.folder("source", ".", assignment)
    (folder / "source").mkdir(parents=True, exist_ok=True)
    os.symlink(source, folder / "source" / assignment, target_is_directory=True)
    scratch = course.clone(
        root=str(folder),
        directory_structure=os.path.join("{nbgrader_step}", "{student_id}", "{assignment_id}"),
        source_directory="source",
        release_directory="release",
        submitted_directory="submitted",
        autograded_directory="autograded",
        feedback_directory="feedback",
        db_url=f"sqlite:///{folder / 'gradebook.db'}",
        assignment_id=assignment,
        notebook_id="*",
    )
    scratch.create_gradebook()
    with one_transaction(scratch):  # nbgrader would wait for the disk after each cell
        _generate(course, scratch, assignment)
    released = scratch.folder("release", ".", assignment)
    return scratch, {path.stem: path.read_text(encoding="utf-8") for path in sorted(released.glob("*.ipynb"))}


def model_answers(course: Course, assignment: str, notebook: str) -> dict[str, str]:
    """The instructor's own answers in code, by grade id, in the order of the notebook."""
    original = _original_notebooks(course, assignment).get(notebook)
    cells = original.cells if original is not None else []
    graded = [(c.metadata.get("nbgrader", {}), c.source) for c in cells if c.cell_type == "code"]
    return {about["grade_id"]: text for about, text in graded if about.get("solution")}


def released_text(course: Course, cell_source: str, language: str = "python") -> str:
    """A cell's text as students get it: hidden tests removed, by the course's own delimiters."""
    cell = nbformat.v4.new_code_cell(cell_source, metadata={"nbgrader": {"grade": True}})
    cleaner = set_up(ClearHiddenTests, course)
    if cleaner.begin_test_delimeter not in cell_source:
        return cell_source
    try:
        cleaner.preprocess_cell(cell, {"language": language}, 0)
    except RuntimeError:
        return cell_source  # a delimiter without its partner; generate_assignment complains about it
    return cell.source


def _is_known(course: Course, assignment: str) -> bool:
    with course.gradebook() as gradebook:
        try:
            return bool(gradebook.find_assignment(assignment).notebooks)
        except MissingEntry:
            return False


def _bring_up_to_date(course: Course, assignment: str, say: Say) -> None:
    with scratch_folder() as folder:
        scratch, _ = student_version(course, assignment, folder)
        with scratch.gradebook() as gradebook:
            now = _cells_of(gradebook, assignment)
        with course.gradebook() as gradebook:
            try:
                before = _cells_of(gradebook, assignment)
                submissions = len(gradebook.find_assignment(assignment).submissions)
            except MissingEntry:
                before, submissions = None, 0
        if now == before:
            return
        if before is None:
            say(
                f"{assignment} was not in the gradebook yet; "
                "it has been added from the instructor's notebook."
            )
        elif submissions and {n: set(c) for n, c in now.items()} != {n: set(c) for n, c in before.items()}:
            say(_changed_cells(assignment, before, now))
            return
        else:
            say(
                f"The instructor's notebook of {assignment} has changed: "
                "the gradebook now has its new cells and points."
            )
        # The same scratch folders, but this time into the course's own gradebook.
        (folder / "again").mkdir()
        scratch.coursedir.release_directory = "again"
        scratch.coursedir.db_url = course.coursedir.db_url
        _generate(course, scratch, assignment)


def _changed_cells(assignment: str, before: dict[str, Any], now: dict[str, Any]) -> str:
    old = {cell for cells in before.values() for cell in cells}
    new = {cell for cells in now.values() for cell in cells}
    parts = []
    if new - old:
        parts.append(f"{listed(sorted(new - old))} came in")
    if old - new:
        parts.append(f"{listed(sorted(old - new))} went out")
    return (
        f"The instructor's notebook of {assignment} has other graded cells than the gradebook "
        f"({' and '.join(parts) or 'they moved between notebooks'}), and there are submissions already, "
        "so nbgrader cannot change it. This batch uses the gradebook's version. To use the new one, make "
        "it a new assignment."
    )


def _generate(course: Course, scratch: Course, assignment: str) -> None:
    converter = set_up(GenerateAssignment, scratch)
    converter.coursedir.assignment_id = assignment
    config = converter.config.IncludeHeaderFooter
    for name in ("header", "footer"):
        if config.get(name):  # relative to the course, but this runs elsewhere
            config[name] = str(course.root / config[name])
    autotests = course.root / "autotests.yml"
    if autotests.is_file() and not (scratch.root / autotests.name).exists():
        os.symlink(autotests, scratch.root / autotests.name)
    problems: list[str] = []
    converter.log = listening_log(problems)
    try:
        converter.start()
    except GradingError:
        raise
    except (Exception, SystemExit) as error:
        why = problems[-1] if problems else str(error)
        raise GradingError(
            f"nbgrader cannot generate {assignment} from {course.folder('source', '.', assignment)}: {why} "
            "Correct the instructor's notebook and try again."
        ) from error


def listening_log(problems: list[str]) -> logging.Logger:
    """A log that shows nothing, and keeps complaints as sentences."""

    class Listener(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            lines = record.getMessage().strip().splitlines()
            # Of a traceback, the last line, without the name of the exception.
            last = _EXCEPTION.sub("", lines[-1].strip()) if lines else ""
            if last and not last.startswith(_SAYS_NOTHING):
                problems.append(last if last.endswith(".") else f"{last}.")

    log = logging.Logger("autograder.quiet", logging.ERROR)
    log.addHandler(Listener())
    return log


def _cells_of(gradebook: Gradebook, assignment: str) -> dict[str, dict[str, tuple[Any, ...]]]:
    """Everything that matters of an assignment's cells, by notebook and name, for comparison."""
    found: dict[str, dict[str, tuple[Any, ...]]] = {}
    for notebook in gradebook.find_assignment(assignment).notebooks:
        roles: dict[str, list[Any]] = {}
        for role in ("grade", "solution", "task"):
            for cell in getattr(notebook, f"{role}_cells"):
                roles.setdefault(cell.name, []).append((role, getattr(cell, "max_score", None)))
        found[notebook.name] = {
            cell.name: (
                cell.cell_type,
                cell.locked,
                cell.source,
                cell.checksum,
                sorted(roles.get(cell.name, []), key=str),
            )
            for cell in notebook.source_cells
        }
    return found


def _original_notebooks(course: Course, assignment: str) -> dict[str, NotebookNode]:
    found = {}
    for path in sorted(course.folder("source", ".", assignment).glob("*.ipynb")):
        try:
            found[path.stem] = nbformat.read(path, as_version=4)
        except Exception:  # generate_assignment has already said what is wrong with it
            continue
    return found


def _read_notebook(
    course: Course, gradebook: Gradebook, row: NotebookRow, original: NotebookNode | None
) -> NotebookSource:
    grades = {cell.name: cell.max_score for cell in row.grade_cells}
    tasks = {cell.name: cell.max_score for cell in row.task_cells}
    solutions = {cell.name for cell in row.solution_cells}
    cells = [
        SourceCell(
            name=cell.name,
            cell_type=cell.cell_type,
            locked=bool(cell.locked),
            grade=cell.name in grades,
            solution=cell.name in solutions,
            task=cell.name in tasks,
            points=grades.get(cell.name, tasks.get(cell.name)),
            source=cell.source or "",
            checksum=cell.checksum,
            released=released_text(course, cell.source or ""),
        )
        for cell in row.source_cells
    ]
    # The gradebook keeps no order, so it comes from the instructor's notebook.
    code = [cell.source for cell in cells if cell.cell_type == "code"]
    if original is not None:
        place = {c.metadata.get("nbgrader", {}).get("grade_id"): i for i, c in enumerate(original.cells)}
        cells.sort(key=lambda cell: place.get(cell.name, len(place)))
        code = [c.source for c in original.cells if c.cell_type == "code"]
    try:
        kernel = json.loads(row.kernelspec or "{}").get("name") or "python3"
    except (ValueError, AttributeError):
        kernel = "python3"
    unlocked = [c.source for c in original.cells if _is_open(c)] if original is not None else []
    imports, helpers = scope.imports(code), scope.functions(unlocked)
    return NotebookSource(row.name, tuple(cells), kernel, _imported(code), imports, helpers)


def _is_open(cell: NotebookNode) -> bool:
    """Whether a cell is an ordinary one of the instructor's, which students can change."""
    about = cell.metadata.get("nbgrader", {})
    return cell.cell_type == "code" and not any(about.get(word) for word in ("grade", "solution", "locked"))


def _imported(code: Iterable[str]) -> tuple[str, ...]:
    modules = [match[0] or match[1] for text in code for match in _IMPORT.findall(text)]
    return tuple(dict.fromkeys(modules))


def _support_files(course: Course, assignment: str) -> dict[str, bytes]:
    folder = course.folder("source", ".", assignment)
    found: dict[str, bytes] = {}
    for path in sorted(folder.rglob("*")) if folder.is_dir() else []:
        relative = path.relative_to(folder)
        if path.is_file() and path.suffix != ".ipynb" and not ignored(course, relative):
            found[relative.as_posix()] = path.read_bytes()
    return found


def ignored(course: Course, relative: Path) -> bool:
    """Whether nbgrader's configuration says to leave this file out."""
    return any(fnmatch(part, pattern) for part in relative.parts for pattern in course.coursedir.ignore)
