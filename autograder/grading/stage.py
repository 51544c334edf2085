"""Staging: from what a student handed in to the notebook that is run.

First our own repairs, so that nothing careless aborts anything: cells are known
by their grade id, or by their text where the id is lost; what nbgrader stores
about a cell comes from the gradebook, never from the student. Then nbgrader's
own sanitising preprocessors, in its own order.
"""

import difflib
import hashlib
import re
from dataclasses import dataclass
from typing import Any

from nbformat.notebooknode import NotebookNode
from nbgrader.converters import Autograde
from nbgrader.nbgraderformat import SCHEMA_VERSION
from nbgrader.preprocessors import CheckCellMetadata

from autograder.grading.course import Course, gradebook_errors, tool
from autograder.grading.names import listed, shown
from autograder.grading.notebooks import ReadNotebook, new_cell
from autograder.grading.result import GradingError
from autograder.grading.source import NotebookSource, SourceCell

#: How alike two texts must be for one to be taken for the other's successor.
_ALIKE = 0.6


#: Which submitted cell, by its index, is which of the instructor's.
Identity = dict[int, SourceCell]

#: Names that a cell defines at its outermost level.
_DEFINITION = re.compile(r"^(?:async\s+)?(?:def|class)\s+(\w+)|^(\w+)\s*(?::[^=\n]+)?=(?!=)", re.MULTILINE)


@dataclass(frozen=True)
class Staged:
    """A notebook that is ready to be run."""

    notebook: NotebookNode
    notes: tuple[str, ...]


def stage(
    course: Course, assignment: str, student: str, source: NotebookSource, read: ReadNotebook
) -> Staged:
    """Make the notebook to run. Raises `GradingError` if nbgrader refuses it even so."""
    repair = _Repair(source)
    notebook = read.notebook.copy()
    notebook.cells = repair.cells(read.notebook.cells)
    notebook = sanitise(course, assignment, student, source, notebook)
    _insist(source, notebook)
    return Staged(notebook, tuple(repair.notes))


def resources_for(course: Course, assignment: str, student: str, notebook: str) -> dict[str, Any]:
    """What nbgrader's preprocessors want to know of a notebook."""
    return {
        "unique_key": notebook,
        "output_files_dir": f"{notebook}_files",
        "metadata": {"name": notebook, "path": str(course.folder("submitted", student, assignment))},
        "nbgrader": {
            "student": student,
            "assignment": assignment,
            "notebook": notebook,
            "db_url": course.coursedir.db_url,
        },
    }


def sanitise(
    course: Course, assignment: str, student: str, source: NotebookSource, notebook: NotebookNode
) -> NotebookNode:
    """Run nbgrader's sanitising preprocessors, those that the course's configuration names."""
    resources = resources_for(course, assignment, student, source.name)
    for kind in tool(Autograde, course).sanitize_preprocessors:
        said = _metadata(notebook) if kind is CheckCellMetadata else ""
        if said in course.checked:
            continue  # the same for most students, and slow to check
        preprocessor = tool(kind, course)
        if hasattr(preprocessor, "add_missing_cells"):
            preprocessor.add_missing_cells = True
        try:
            with gradebook_errors(course):
                notebook, resources = preprocessor(notebook, resources)
        except GradingError:
            raise
        except Exception as error:  # any complaint concerns this one submission
            raise GradingError(
                f"nbgrader's {kind.__name__} refuses the notebook {shown(source.name)} "
                f"of {shown(student)}: {error}"
            ) from error
        if said:
            course.checked.add(said)
    return notebook


def _metadata(notebook: NotebookNode) -> str:
    """One word that changes with what nbgrader's metadata says of the cells."""
    said = [(cell.cell_type, cell.metadata.get("nbgrader")) for cell in notebook.cells]
    return hashlib.sha256(repr(said).encode("utf-8", "surrogatepass")).hexdigest()


def _insist(source: NotebookSource, notebook: NotebookNode) -> None:
    """Fail rather than run a test that is not the instructor's, or miss one."""
    there = {c.metadata.nbgrader.get("grade_id"): c for c in notebook.cells if "nbgrader" in c.metadata}
    for cell in source.cells:
        if not (cell.locked or cell.grade):
            continue
        staged = there.get(cell.name)
        if (
            staged is None
            or staged.cell_type != cell.cell_type
            or (cell.locked and staged.source != cell.source)
        ):
            if staged is None and not cell.grade:
                continue
            raise GradingError(
                f"The cell {shown(cell.name)} could not be put back as the instructor wrote it."
            )


class _Repair:
    """Turns submitted cells into cells that nbgrader cannot stumble over, and says what it did."""

    def __init__(self, source: NotebookSource):
        self.source = source
        self.by_name = {cell.name: cell for cell in source.cells}
        self.notes: list[str] = []
        #: Tests that stood above the answer that they test, and the instructor's cells below what needs them.
        self.lowered: set[str] = set()
        self.raised: set[str] = set()

    def cells(self, submitted: list[NotebookNode]) -> list[NotebookNode]:
        """The repaired cells, in the order in which they are run."""
        cells = self._unmerged([cell.copy() for cell in submitted])
        identity = self._by_id(cells)
        self._by_content(cells, identity)
        copies = self._duplicates(cells, identity)
        for index in copies:
            cells[index] = self._neutral(cells[index], identity.pop(index))
        for index, cell in enumerate(cells):
            known = identity.get(index)
            if known is None:
                cell.metadata.pop("nbgrader", None)
            else:
                self._say_if_tampered(cell, known)
                cells[index] = self._as_known(cell, known)
        ordered = self._with_all(cells)
        for index, cell in enumerate(ordered):
            cell["id"] = f"cell-{index}"
        return ordered

    def _unmerged(self, cells: list[NotebookNode]) -> list[NotebookNode]:
        """Take an answer out of the instructor's cell that it was merged into, if it stands nowhere else."""
        claimed = self._by_id(cells)
        for known in self.source.cells:
            names = _defined(known.released)
            places = [i for i, cell in enumerate(cells) if names <= _defined(cell.source)]
            if known.locked or not names or len(places) != 1 or known in claimed.values():
                continue
            index, host = places[0], claimed.get(places[0])
            if host is None or not host.locked:
                continue
            before, given, after = cells[index].source.partition(host.released)
            if not given or before.rpartition("\n")[2] or after.partition("\n")[0]:
                continue  # more than lines above and below it
            answer = new_cell("code", "\n".join(filter(None, (before.rstrip("\n"), after.lstrip("\n")))))
            answer.metadata["nbgrader"] = {"grade_id": known.name}
            cells[index]["source"] = given
            cells.insert(index if before else index + 1, answer)
            claimed = self._by_id(cells)
            self.notes.append(
                f"The cell {shown(known.name)} had been merged into {shown(host.name)}, "
                "which is the instructor's, and was taken out of it."
            )
        return cells

    def _by_id(self, cells: list[NotebookNode]) -> Identity:
        said = ((i, cell.metadata.get("nbgrader", {}).get("grade_id")) for i, cell in enumerate(cells))
        return {i: self.by_name[name] for i, name in said if name in self.by_name}

    def _by_content(self, cells: list[NotebookNode], identity: Identity) -> None:
        """Find cells that lost their metadata: by their text, or by standing where one is missing."""
        found: list[str] = []
        for way in (self._same_text, self._same_names, self._similar_text, self._only_one_there):
            for known in self.source.cells:
                if any(cell is known for cell in identity.values()):
                    continue
                free = [
                    i for i, c in enumerate(cells) if i not in identity and c.cell_type == known.cell_type
                ]
                index = way(cells, free, known, identity)
                if index is not None:
                    identity[index] = known
                    found.append(known.name)
        if found:
            found = [known.name for known in self.source.cells if known.name in found]
            many = len(found) > 1
            self.notes.append(
                f"The {_cells(found)} had lost {'their' if many else 'its'} nbgrader metadata and "
                f"{'were' if many else 'was'} recognised by {'their' if many else 'its'} text or place."
            )

    def _same_text(
        self, cells: list[NotebookNode], free: list[int], known: SourceCell, _: Identity
    ) -> int | None:
        texts = {known.source.strip(), known.released.strip()}
        return next((i for i in free if cells[i].source.strip() in texts), None)

    def _same_names(
        self, cells: list[NotebookNode], free: list[int], known: SourceCell, _: Identity
    ) -> int | None:
        """An answer defines the function, or the name, that the given cell defined."""
        names = _defined(known.released)
        if known.locked or not names:
            return None
        return next((i for i in free if names <= _defined(cells[i].source)), None)

    def _similar_text(
        self, cells: list[NotebookNode], free: list[int], known: SourceCell, _: Identity
    ) -> int | None:
        if known.locked:
            return None
        ratio = {
            i: difflib.SequenceMatcher(None, cells[i].source[:5000], known.released[:5000]).ratio()
            for i in free
        }
        best = max(free, key=lambda i: ratio[i], default=None)
        return best if best is not None and ratio[best] >= _ALIKE else None

    def _only_one_there(
        self, cells: list[NotebookNode], free: list[int], known: SourceCell, identity: Identity
    ) -> int | None:
        """The only cell between two neighbours that are known."""
        if known.locked:
            return None
        place = self.source.cells.index(known)
        before = [i for i, c in identity.items() if self.source.cells.index(c) < place]
        after = [i for i, c in identity.items() if self.source.cells.index(c) > place]
        between = [i for i in free if max(before, default=-1) < i < min(after, default=len(cells))]
        return between[0] if len(between) == 1 and (before or after) else None

    def _duplicates(self, cells: list[NotebookNode], identity: Identity) -> list[int]:
        """The indices of repeated cells; of several, the first that the student changed counts."""
        copies: list[int] = []
        for known in self.source.cells:
            places = [i for i, cell in sorted(identity.items()) if cell is known]
            if len(places) < 2:
                continue
            changed = [i for i in places if cells[i].source.strip() != known.released.strip()]
            counts = (changed if not known.locked else []) or places
            copies += [i for i in places if i != counts[0]]
            which = "The first one" if counts[0] == places[0] else "The first one that was changed"
            self.notes.append(
                f"The cell {shown(known.name)} is there {len(places)} times. {which} counts; "
                "the others were not run."
            )
        return copies

    def _neutral(self, cell: NotebookNode, known: SourceCell) -> NotebookNode:
        """A repeated cell as text that nothing runs."""
        note = f"*A copy of the cell `{known.name}`, not run:*"
        text = (
            f"{note}\n\n```python\n{cell.source}\n```"
            if cell.cell_type == "code"
            else f"{note}\n\n{cell.source}"
        )
        return new_cell("markdown", text)

    def _say_if_tampered(self, cell: NotebookNode, known: SourceCell) -> None:
        if known.locked and cell.source.strip() not in (known.source.strip(), known.released.strip()):
            self.notes.append(
                f"The cell {shown(known.name)} is the instructor's and had been changed; "
                "the instructor's version was used."
            )

    def _as_known(self, cell: NotebookNode, known: SourceCell) -> NotebookNode:
        """The cell with the gradebook's idea of it; the student's text only where it is theirs to write."""
        text = known.source if known.locked else cell.source
        made = new_cell("code" if known.cell_type == "code" else "markdown", text)
        if known.cell_type == "markdown" and not known.locked and "attachments" in cell:
            made["attachments"] = cell["attachments"]
        made.metadata["nbgrader"] = {
            "grade_id": known.name,
            "schema_version": SCHEMA_VERSION,
            "cell_type": known.cell_type,
            "checksum": known.checksum,
            "grade": known.grade,
            "solution": known.solution,
            "locked": known.locked,
            "task": known.task,
        }
        if known.grade or known.task:
            made.metadata["nbgrader"]["points"] = known.points
        return made

    def _with_all(self, cells: list[NotebookNode]) -> list[NotebookNode]:
        """Put back the instructor's cells that are missing or stand before what they need."""
        cells = self._without_misplaced(cells)
        missing: list[str] = []
        for place, known in enumerate(self.source.cells):
            if _place(cells, known) is not None or not (known.locked or known.grade or known.task):
                continue
            made = self._as_known(new_cell("code", known.released), known)
            if not known.locked:
                made.source = known.released
            cells.insert(self._slot(cells, place), made)
            if known.name not in self.lowered | self.raised:
                missing.append(known.name)
        if missing:
            were, have = ("were", "have") if len(missing) > 1 else ("was", "has")
            self.notes.append(f"The {_cells(missing)} {were} missing and {have} been put back.")
        if self.lowered:
            moved = sorted(self.lowered)
            self.notes.append(
                f"The {_cells(moved)} stood above what {'they test' if len(moved) > 1 else 'it tests'} and "
                f"{'were' if len(moved) > 1 else 'was'} moved below it."
            )
        if self.raised:
            moved = sorted(self.raised)
            self.notes.append(
                f"The {_cells(moved)} stood below what needs {'them' if len(moved) > 1 else 'it'} and "
                f"{'were' if len(moved) > 1 else 'was'} moved above it."
            )
        return cells

    def _without_misplaced(self, cells: list[NotebookNode]) -> list[NotebookNode]:
        """Take out tests that stand above the answer they test, and other cells of the instructor's that
        stand below what comes after them; they are put back in their place."""
        for place, known in enumerate(self.source.cells):
            index = _place(cells, known)
            answers = [_place(cells, c) for c in self.source.cells[:place] if c.solution]
            if known.is_test and index is not None and any(a is not None and a > index for a in answers):
                self.lowered.add(known.name)
            later = [_place(cells, c) for c in self.source.cells[place + 1 :]]
            prepares = known.locked and not known.grade and known.cell_type == "code"
            if prepares and index is not None and any(c is not None and c < index for c in later):
                self.raised.add(known.name)
        moved = self.lowered | self.raised
        return [c for c in cells if c.metadata.get("nbgrader", {}).get("grade_id") not in moved]

    def _slot(self, cells: list[NotebookNode], place: int) -> int:
        """Where a missing cell goes: as low as its successors allow, so that work put between comes first."""
        earlier = [i for c in self.source.cells[:place] if (i := _place(cells, c)) is not None]
        later = [i for c in self.source.cells[place + 1 :] if (i := _place(cells, c)) is not None]
        lowest = max(earlier, default=-1) + 1
        following = [i for i in later if i >= lowest]
        if self.source.cells[place].is_test or not earlier:
            return min(following, default=len(cells)) if earlier else min(later, default=len(cells))
        return min([lowest, *later])


def _place(cells: list[NotebookNode], known: SourceCell) -> int | None:
    for index, cell in enumerate(cells):
        if cell.metadata.get("nbgrader", {}).get("grade_id") == known.name:
            return index
    return None


def _defined(source: str) -> set[str]:
    return {match[0] or match[1] for match in _DEFINITION.findall(source)}


def _cells(found: list[str]) -> str:
    return f"cell{'s' if len(found) > 1 else ''} {listed(found)}"
