"""What grading leaves behind, as plain data that two copies of a course can be compared by."""

import hashlib
import json
import sqlite3
from dataclasses import dataclass
from pathlib import Path
from typing import Any

#: What a row of these tables is known by; its id is another in each gradebook.
_KEYS = {
    "assignment": ("name",),
    "notebook": ("assignment_id", "name"),
    "base_cell": ("notebook_id", "type", "name"),
    "submitted_assignment": ("assignment_id", "student_id"),
    "submitted_notebook": ("assignment_id", "notebook_id"),
}


@dataclass(frozen=True)
class State:
    """All that grading leaves in a course, comparable between two copies of it."""

    #: Table → rows, with names in place of ids.
    gradebook: dict[str, list[str]]
    #: Student → entry, without the time that it took.
    journal: dict[str, dict[str, Any]]
    #: Every path in the course, with a hash of what students and instructors get.
    files: dict[str, str]

    def of(self, student: str) -> list[str]:
        """The gradebook's rows about a student."""
        return [row for rows in self.gradebook.values() for row in rows if student in row]


def state(root: Path) -> State:
    """Read a course; the gradebook must pass its integrity check."""
    journal = {}
    for file in (root / ".autograder" / "graded" / "ps1").glob("*.json"):
        entry = json.loads(file.read_text())
        del entry["seconds"]
        journal[entry["student"]] = entry
    files = {}
    for path in sorted(root.rglob("*")):
        name = path.relative_to(root).as_posix()
        said = path.is_file() and name.startswith(("autograded/", "feedback/"))
        files[name] = hashlib.sha256(path.read_bytes()).hexdigest() if said else ""
    return State(gradebook_rows(root / "gradebook.db"), journal, files)


def gradebook_rows(place: Path) -> dict[str, list[str]]:
    """A gradebook's tables, comparable with another's; it must pass its integrity check."""
    with sqlite3.connect(place) as db:
        db.row_factory = sqlite3.Row
        assert [tuple(row) for row in db.execute("PRAGMA integrity_check")] == [("ok",)]
        tables = [row[0] for row in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        rows = {table: [dict(row) for row in db.execute(f"SELECT * FROM {table}")] for table in tables}
    names: dict[Any, Any] = {}
    for table, keys in _KEYS.items():
        for row in rows.get(table, []):
            names[row["id"]] = "/".join(str(names.get(row[key], row[key])) for key in keys)
    for row in rows["grade"] + rows["comment"] + rows["source_cell"]:
        del row["id"]
    return {
        table: sorted(str({key: names.get(value, value) for key, value in row.items()}) for row in found)
        for table, found in rows.items()
    }
