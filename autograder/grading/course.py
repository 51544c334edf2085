"""An nbgrader course directory, opened the way nbgrader itself opens it."""

import logging
import os
import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import nbgrader.api
import sqlalchemy
import sqlalchemy.exc
from alembic.script import ScriptDirectory
from nbgrader.api import Base, Gradebook
from nbgrader.apps import NbGrader
from nbgrader.coursedir import CourseDirectory
from nbgrader.dbutil import ALEMBIC_DIR
from sqlalchemy.orm import Session, scoped_session, sessionmaker
from traitlets import TraitError
from traitlets.config import Config

from autograder.grading.limits import Limits, limits_from
from autograder.grading.names import shown
from autograder.grading.result import GradingError

#: Seconds to wait while another program is writing to the gradebook.
PATIENCE = 30.0


_SILENT = logging.Logger("autograder.silent", logging.CRITICAL + 1)


class GradebookUnusable(GradingError):
    """The gradebook as a whole cannot be used, so no submission can be graded."""


class _CourseApp(NbGrader):
    """nbgrader's application, for its configuration alone: quiet, and strict about errors in it."""

    name = "nbgrader"
    description = "Reads the configuration of a course."
    raise_config_file_errors = True

    def init_syspath(self) -> None:
        """Put nothing in front of `sys.path`, where it could shadow a package."""

    def initialize(self, argv: list[str] | None = None, root: str = "") -> None:
        """Load the configuration; plugins are looked for in the course's own folder."""
        place = root or os.getcwd()
        if place not in sys.path:
            sys.path.append(place)
        super().initialize(argv, root=root)


class Course:
    """A course: its folders, its configuration and its gradebook."""

    def __init__(self, app: NbGrader, coursedir: CourseDirectory):
        self.app = app
        self.coursedir = coursedir
        #: Assignments that this command has brought up to date, see `source`.
        self.prepared: dict[str, Any] = {}
        #: nbgrader's preprocessors, see `tool`.
        self.tools: dict[type, Any] = {}
        #: nbgrader's metadata of all cells of a notebook that has passed its check, see `stage`.
        self.checked: set[str] = set()

    @classmethod
    def open(cls, folder: str | os.PathLike[str] | None = None) -> "Course":
        """Open the course in `folder`, or in the current folder.

        Without a folder, ``CourseDirectory.root`` of the configuration counts
        as well. Raises `GradingError` when there is no such folder, or when its
        ``nbgrader_config.py`` cannot be read.
        """
        if folder is not None and not Path(folder).is_dir():
            raise GradingError(
                f"There is no course folder {folder}. Give an existing one with --course-dir.", 2
            )
        app = _CourseApp()
        app.log.setLevel(logging.CRITICAL + 1)
        if folder is not None:
            app.load_cwd_config = False  # another course's configuration may lie where we stand
        try:
            app.initialize([], root=str(Path(folder).resolve()) if folder is not None else "")
        except (Exception, SystemExit) as error:
            where = Path(folder or ".").resolve() / "nbgrader_config.py"
            raise GradingError(
                f"The configuration {where} cannot be read: {error!r}. Correct it and try again.", 2
            ) from None
        app.log.setLevel(logging.CRITICAL + 1)
        app.log.propagate = False
        nbgrader.api.app_log = _SILENT  # it prints a traceback for each database error
        if folder is not None:
            app.coursedir.root = str(Path(folder).resolve())
        return cls(app, app.coursedir)

    @property
    def root(self) -> Path:
        """The course's own folder."""
        return Path(self.coursedir.root)

    @property
    def config(self) -> Config:
        """The course's configuration, as nbgrader has it."""
        return self.app.config

    @property
    def limits(self) -> Limits:
        """The limits that the configuration asks for.

        Raises `GradingError` when the sandbox is to show a folder that there is
        not, or that holds the course.
        """
        limits = limits_from(self.config)
        return replace(limits, readable=tuple(map(self._readable, limits.readable)))

    def _readable(self, place: str) -> str:
        folder = (self.root / os.path.expanduser(place)).resolve()
        setting = f"The configuration names {shown(place)} in c.AutograderLimits.readable"
        if not folder.is_dir():
            raise GradingError(f"{setting}, and there is no such folder. Correct it and try again.", 2)
        if self.root.resolve().is_relative_to(folder):
            raise GradingError(
                f"{setting}, which holds the course: students' code would read solutions and grades. "
                "Name a folder below it.",
                2,
            )
        return str(folder)

    @property
    def gradebook_place(self) -> str:
        """Where the gradebook lies: a file if it is one, else its address without a password."""
        url = sqlalchemy.engine.make_url(self.coursedir.db_url)
        return url.database if url.drivername.startswith("sqlite") and url.database else repr(url)

    def folder(self, step: str, student: str, assignment: str) -> Path:
        """The folder of one assignment in the course's ``<step>_directory``."""
        directory = getattr(self.coursedir, f"{step}_directory")
        return Path(os.path.normpath(self.coursedir.format_path(directory, student, assignment)))

    def clone(self, **settings: Any) -> "Course":
        """The same configuration with other folders or another gradebook."""
        coursedir = CourseDirectory(parent=self.app)
        for name in ("root", "course_id"):
            setattr(coursedir, name, getattr(self.coursedir, name))
        for name, value in settings.items():
            setattr(coursedir, name, value)
        return Course(self.app, coursedir)

    @contextmanager
    def gradebook(self) -> Iterator[Gradebook]:
        """The open gradebook. Database errors become a `GradingError` with a sentence."""
        with gradebook_errors(self), Gradebook(self.coursedir.db_url, self.coursedir.course_id) as gradebook:
            yield gradebook

    def create_gradebook(self) -> None:
        """Create the gradebook's tables if there are none.

        nbgrader would do so as well, but by starting the program ``alembic``,
        which takes a second and must be on the path.
        """
        with gradebook_errors(self):
            engine = _patient_engine(sqlalchemy.create_engine, self.coursedir.db_url)
            try:
                if sqlalchemy.inspect(engine).get_table_names():
                    return
                head = ScriptDirectory(ALEMBIC_DIR).get_current_head()
                with engine.begin() as connection:
                    if engine.dialect.name == "sqlite":
                        # The driver would commit every table by itself, and half a gradebook is none.
                        connection.exec_driver_sql("BEGIN IMMEDIATE")
                    Base.metadata.create_all(connection)
                    connection.execute(
                        sqlalchemy.text("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)")
                    )
                    connection.execute(
                        sqlalchemy.text("INSERT INTO alembic_version VALUES (:head)"), {"head": head}
                    )
            finally:
                engine.dispose()

    def source_assignments(self) -> list[str]:
        """The assignments that have an instructor's notebook."""
        marker = "\0"
        template = self.folder("source", ".", marker)
        place = next((p for p in [template, *template.parents] if marker in p.name), None)
        if place is None or not place.parent.is_dir():
            return []
        before, after = place.name.split(marker, 1)
        found = []
        for entry in place.parent.iterdir():
            name = entry.name[len(before) : len(entry.name) - len(after)]
            if name and not name.startswith(".") and entry.name == before + name + after:
                if any(self.folder("source", ".", name).glob("*.ipynb")):
                    found.append(name)
        return sorted(found)

    def assignments(self) -> list[str]:
        """All assignments: those with an instructor's notebook and those in the gradebook."""
        known = set(self.source_assignments())
        if self.gradebook_exists():
            with self.gradebook() as gradebook:
                known |= {assignment.name for assignment in gradebook.assignments}
        return sorted(known)

    def gradebook_exists(self) -> bool:
        """Whether there is a gradebook yet; asking must not create one."""
        url = sqlalchemy.engine.make_url(self.coursedir.db_url)
        if url.drivername.startswith("sqlite") and url.database not in (None, "", ":memory:"):
            place = Path(url.database)
            return place.is_file() and place.stat().st_size > 0  # empty where making one was cut short
        return True


@contextmanager
def gradebook_errors(course: Course) -> Iterator[None]:
    """Turn what a database can complain about into a sentence."""
    try:
        yield
    except GradingError:
        raise
    except Exception as error:
        found: BaseException | None = error
        if not isinstance(error, sqlalchemy.exc.SQLAlchemyError | sqlite3.Error):
            found = error.__context__  # nbgrader wraps some of the database's complaints in its own
            if not isinstance(found, sqlalchemy.exc.OperationalError):
                raise
        text = str(getattr(found, "orig", None) or found)
        place = course.gradebook_place
        kind = GradebookUnusable
        if "is locked" in text:
            advice = "another program is writing to it. Close that program and grade again"
        elif "disk is full" in text:
            advice = "there is no room left on its disk. Make room and grade again"
        elif "disk I/O error" in text:
            advice = "its disk refuses to be read or written. See whether it is full, and grade again"
        elif "readonly" in text or "read-only" in text:
            advice = "it may only be read. Give yourself the right to write it and grade again"
        elif "unable to open" in text:
            advice = "it cannot be opened. Check that its folder exists and that you may write there"
        elif "not a database" in text or "malformed" in text:
            advice = "it is not an SQLite database, or it is damaged. Put a backup in its place"
        elif "no such column" in text or "no such table" in text:
            advice = "it was made by an older nbgrader. Make a backup, then run “nbgrader db upgrade”"
        else:
            advice, kind = f"the database says: {text}", GradingError
        raise kind(f"The gradebook {place} cannot be used: {advice}.") from error


def set_up(configurable: type, course: Course) -> Any:
    """An nbgrader converter or preprocessor with the course's configuration.

    Raises `GradingError` if the configuration holds a value that it refuses.
    """
    try:
        if hasattr(configurable, "convert_notebooks"):
            return configurable(coursedir=course.coursedir, parent=course.app)
        return configurable(parent=course.app)
    except TraitError as error:
        raise GradingError(
            f"nbgrader_config.py sets {configurable.__name__} to something it refuses: {error}.", 2
        ) from None


def _patient_engine(create: Callable[..., sqlalchemy.Engine], url: Any, **options: Any) -> sqlalchemy.Engine:
    """An engine that waits `PATIENCE` seconds for others who are writing."""
    if sqlalchemy.engine.make_url(url).drivername.startswith("sqlite"):
        options["connect_args"] = {"timeout": PATIENCE}
    return create(url, **options)


def tool(configurable: type, course: Course) -> Any:
    """Like `set_up`, but made once a course: nbgrader itself uses a preprocessor for many notebooks."""
    if configurable not in course.tools:
        course.tools[configurable] = set_up(configurable, course)
    return course.tools[configurable]


# -- one session --------------------------------------------------------------------------------


class _Session(Session):
    """A session that can hold its commits back until all that belongs together is there."""

    held = False

    def commit(self) -> None:
        """Commit, or while commits are held back, make what was written visible to queries alone."""
        if self.held:
            self.flush()
            self.expire_all()
        else:
            super().commit()


@contextmanager
def one_session() -> Iterator[None]:
    """While the block runs, all gradebooks of this process share one engine and session per database.

    nbgrader opens the gradebook anew in each of its preprocessors, half a dozen
    times a submission, and each time compiles every statement and looks for
    every table again. That took longer than all the rest of recording.
    """
    if nbgrader.api.scoped_session is not scoped_session:
        yield  # inside another such block
        return
    engines: dict[Any, sqlalchemy.Engine] = {}
    sessions: dict[sqlalchemy.Engine, Any] = {}
    opened: dict[tuple[str, str], dict[str, Any]] = {}
    create, start, close = nbgrader.api.create_engine, Gradebook.__init__, Gradebook.close

    def engine_for(url: Any, **options: Any) -> sqlalchemy.Engine:
        if url not in engines:
            engines[url] = _patient_engine(create, url, **options)
        return engines[url]

    def session_for(factory: Any) -> Any:
        engine = factory.kw["bind"]
        if engine not in sessions:
            sessions[engine] = scoped_session(sessionmaker(class_=_Session, **factory.kw))
        return sessions[engine]

    def open_again(self: Gradebook, db_url: str, course_id: str = "default_course", *rest: Any) -> None:
        if (db_url, course_id) not in opened:
            start(self, db_url, course_id, *rest)
            opened[db_url, course_id] = dict(self.__dict__)
        self.__dict__.update(opened[db_url, course_id])

    def leave(self: Gradebook) -> None:
        if not self.db().held:
            self.db.remove()

    nbgrader.api.create_engine, nbgrader.api.scoped_session = engine_for, session_for
    Gradebook.__init__, Gradebook.close = open_again, leave
    try:
        yield
    finally:
        nbgrader.api.create_engine, nbgrader.api.scoped_session = create, scoped_session
        Gradebook.__init__, Gradebook.close = start, close
        for session in sessions.values():
            session.remove()
        for engine in engines.values():
            engine.dispose()


@contextmanager
def one_transaction(course: Course) -> Iterator[None]:
    """What is written to the gradebook while the block runs is there afterwards as a whole, or not at all."""
    with one_session(), course.gradebook() as gradebook:
        session = gradebook.db()
        session.held = True
        try:
            yield
            session.held = False
            session.commit()
        finally:
            session.held = False
