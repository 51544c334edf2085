"""The release of an assignment to students, made by nbgrader's own generate step.

The step removes the old release before it can refuse the new one, and writes to
a gradebook. So it runs in a folder of its own with a gradebook of its own, and
the result is handed back as bytes.
"""

import logging
import shutil
import tempfile
from pathlib import Path

import nbformat
from nbformat.notebooknode import NotebookNode
from nbgrader.converters import GenerateAssignment
from nbgrader.converters.base import NbGraderException
from nbgrader.coursedir import CourseDirectory
from traitlets.config import Config, PyFileConfigLoader

from autograder.authoring.sources import SPACING, SourceError, normalised, notebook_text
from autograder.environment import put_tools_on_path

CONFIG_FILE = "nbgrader_config.py"


def course_config(root: Path) -> Config:
    """The course's nbgrader settings. Raises `SourceError` if there is no such file."""
    if not (root / CONFIG_FILE).is_file():
        raise SourceError(f"{root} has no {CONFIG_FILE}, so it is not the folder of a course.")
    return PyFileConfigLoader(CONFIG_FILE, path=str(root)).load_config()


def release(root: Path, assignments: dict[str, dict[str, NotebookNode]]) -> dict[Path, bytes]:
    """What students get of some assignments: path relative to `root` → content.

    `assignments` holds, by name, the instructor's notebooks by file name; other
    files of an assignment's folder go along, except those that the course
    ignores. Raises `SourceError` with nbgrader's reason when it refuses.
    """
    put_tools_on_path()
    config = course_config(root)
    with tempfile.TemporaryDirectory(prefix="release-") as folder:
        course = Path(folder).resolve()
        config.CourseDirectory.root = str(course)
        config.CourseDirectory.db_url = f"sqlite:///{course / 'gradebook.db'}"
        directory = CourseDirectory(config=config)
        for assignment, notebooks in assignments.items():
            source = Path(directory.source_directory) / assignment
            shutil.copytree(root / source, course / source, ignore=shutil.ignore_patterns("*.ipynb"))
            for name, notebook in notebooks.items():
                (course / source / name).write_text(notebook_text(notebook), encoding="utf-8")
            directory.assignment_id = assignment
            _generate(directory, config)
        made = sorted(path for path in (course / directory.release_directory).rglob("*") if path.is_file())
        return {path.relative_to(course): _content(path) for path in made}


def _generate(directory: CourseDirectory, config: Config) -> None:
    reasons = _Reasons()
    log = logging.getLogger(__name__)
    log.propagate = False
    log.setLevel(logging.WARNING)
    log.addHandler(reasons)
    try:
        GenerateAssignment(coursedir=directory, config=config, log=log).start()
    except NbGraderException:
        where = f"{directory.source_directory}/{directory.assignment_id}"
        raise SourceError(f"nbgrader does not release {where}: {reasons.last}") from None
    finally:
        log.removeHandler(reasons)


class _Reasons(logging.Handler):
    """Keeps the reason of a refusal, which nbgrader writes to its log as a traceback."""

    last = "it gives no reason."

    def emit(self, record: logging.LogRecord) -> None:
        message = record.getMessage().strip()
        if message.startswith("Traceback"):
            self.last = message.splitlines()[-1]


def _content(path: Path) -> bytes:
    if path.suffix == ".ipynb":
        notebook = normalised(nbformat.read(path, as_version=4))
        for cell in notebook.cells:
            cell.metadata.pop(SPACING, None)  # there is no text of the student's version
        return notebook_text(notebook).encode()
    return path.read_bytes()
