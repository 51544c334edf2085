"""Builds every notebook of the course from its text source (``make notebooks``).

``course/NN-slug.nb.py`` makes the lesson, ``solutions/NN-slug/*.nb.py`` the
instructor's notebook, and nbgrader's generate step makes of that the student's,
under ``exercises/``. Nothing is written before everything is built, and only
files whose content changes are written.
"""

import argparse
import os
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import nbformat
from nbformat.notebooknode import NotebookNode
from nbgrader.utils import compute_checksum, is_solution

from autograder.authoring.leaks import find_leaks, open_text
from autograder.authoring.release import course_config, release
from autograder.authoring.sources import (
    SUFFIX,
    SourceError,
    normalised,
    notebook_path,
    notebook_text,
    read_source,
)

LESSONS, SOLUTIONS, RELEASES = "course", "solutions", "exercises"

#: Path relative to the course's root → content.
Files = dict[Path, bytes]


def build(root: Path) -> Files:
    """All notebooks and other files that are made from text sources.

    Reads only. Raises `SourceError` with a sentence if a source is not right,
    or if the student's version would contain a line of the solution.
    """
    course_config(root)
    files: Files = {}
    for source in _sources(root / LESSONS):
        files[notebook_path(source).relative_to(root)] = notebook_text(read_source(source)).encode()
    assignments: dict[str, dict[str, NotebookNode]] = {}
    for source in _sources(root / SOLUTIONS):
        if source.parent.parent != root / SOLUTIONS:
            raise SourceError(f"{source} must stand directly in {SOLUTIONS}/NN-slug/.")
        notebook, path = read_source(source), notebook_path(source)
        files[path.relative_to(root)] = notebook_text(notebook).encode()
        assignments.setdefault(source.parent.name, {})[path.name] = notebook
    released = release(root, assignments)
    for path, content in released.items():
        if path.suffix == ".ipynb":
            _refuse_leak(path, assignments[path.parent.name][path.name], content)
    return files | released


def stale(root: Path, files: Files) -> list[str]:
    """One sentence for each file that is not what its source makes of it."""
    sentences = []
    for path, content in files.items():
        if not (root / path).is_file():
            sentences.append(f"{path} is missing.")
        elif (root / path).read_bytes() != content:
            sentences.append(f"{path} is not what its source makes of it.")
    return sentences + [f"{path} has no source." for path in _without_source(root, files)]


def write(root: Path, files: Files) -> list[Path]:
    """Write the files whose content changes, each in one move, and return their paths.

    Raises `SourceError`, before anything is written, when a notebook was edited
    after its text source, or an exercise has been worked on, so that nothing is lost.
    """
    changed = [p for p, content in files.items() if not _has(root / p, content)]
    for path in changed:
        (_refuse_lost_work if path.parts[0] == RELEASES else _refuse_lost_edit)(root / path)
    for path in changed:
        _replace(root / path, files[path])
    return changed


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line: 0 done, 1 something is stale or a source is not right, 2 wrong usage."""
    parser = argparse.ArgumentParser(
        prog="python -m autograder.authoring.notebooks",
        description="Build lessons, solutions and exercises from their text sources.",
    )
    parser.add_argument("--check", action="store_true", help="write nothing; name each file that is stale")
    parser.add_argument("--root", type=Path, default=Path.cwd(), help="the course's folder (this one)")
    options = parser.parse_args(arguments)
    root = options.root.resolve()
    try:
        files = build(root)
        if options.check:
            return _report_stale(stale(root, files))
        changed = write(root, files)
    except SourceError as error:
        print(error, file=sys.stderr)
        return 1
    for path in changed:
        print(f"wrote {path}")
    left_over = _without_source(root, files)
    for path in left_over:
        print(f"{path} has no source; remove it, or add the source.", file=sys.stderr)
    print(f"{len(files)} files built, {len(changed)} of them changed.")
    return 1 if left_over else 0


def _report_stale(sentences: list[str]) -> int:
    for sentence in sentences:
        print(sentence, file=sys.stderr)
    if sentences:
        print("Run `make notebooks`.", file=sys.stderr)
    return 1 if sentences else 0


def _refuse_leak(path: Path, solution: NotebookNode, content: bytes) -> None:
    leaks = find_leaks(solution, open_text(nbformat.reads(content.decode(), as_version=4)))
    if leaks:
        raise SourceError(f"{path} would show a line of a solution or of a hidden test: {leaks[0]}")


def _sources(folder: Path) -> list[Path]:
    return sorted(p for p in folder.rglob(f"*{SUFFIX}") if not _is_checkpoint(p))


def _without_source(root: Path, files: Files) -> list[Path]:
    """Notebooks that no source makes, and files among the releases that no release has."""
    found = [*(root / LESSONS).rglob("*.ipynb"), *(root / SOLUTIONS).rglob("*.ipynb")]
    found += [p for p in (root / RELEASES).rglob("*") if p.is_file()]
    paths = (p.relative_to(root) for p in found if not _is_checkpoint(p))
    return sorted(path for path in paths if path not in files)


def _is_checkpoint(path: Path) -> bool:
    """JupyterLab keeps copies of what it opens, with the same suffix."""
    return ".ipynb_checkpoints" in path.parts


def _has(path: Path, content: bytes) -> bool:
    return path.is_file() and path.read_bytes() == content


def _refuse_lost_work(path: Path) -> None:
    """Refuse to overwrite an exercise that somebody has worked on."""
    work = written_by_hand(path) if path.suffix == ".ipynb" and path.is_file() else []
    if work:
        raise SourceError(
            f"{path} holds work of yours ({', '.join(work)}), which the new version would overwrite. To keep "
            "it, move the notebook to another folder; to drop it, remove it. Then run `make notebooks` again."
        )


def written_by_hand(path: Path) -> list[str]:
    """What somebody changed in a student's notebook since it was built: problems, and cells that were added.

    A built notebook says of itself what it held: each answer cell by its checksum, and
    each other cell by its id, which comes from its text.
    """
    try:
        notebook = nbformat.read(path, as_version=4)
        built = [cell.id for cell in normalised(notebook).cells]
    except Exception as error:  # it may be anything, and it is somebody's
        return [f"it cannot be read: {error}"]
    found = []
    for cell, cell_id in zip(notebook.cells, built):
        if is_solution(cell):
            if compute_checksum(cell) != cell.metadata.nbgrader.get("checksum"):
                found.append(cell.metadata.nbgrader.grade_id)
        elif "nbgrader" not in cell.metadata and cell.source.strip() and cell.id != cell_id:
            found.append(f"the cell “{cell.source.strip().splitlines()[0][:40]}”")
    return found


def _refuse_lost_edit(path: Path) -> None:
    source = path.with_name(path.name.removesuffix(".ipynb") + SUFFIX)
    if path.suffix != ".ipynb" or not path.is_file() or not source.is_file():
        return
    if path.stat().st_mtime <= source.stat().st_mtime or _same_cells(path, source):
        return
    raise SourceError(
        f"{path} was edited after its text source {source.name}. To keep the edit, run "
        f"`jupytext --to py:percent --output {source} {path}`; to drop it, remove {path.name}. "
        "Then run `make notebooks` again."
    )


def _same_cells(path: Path, source: Path) -> bool:
    try:
        edited = nbformat.reads(path.read_text(encoding="utf-8"), as_version=4)
    except (ValueError, AttributeError):  # not a notebook: there is no edit to lose
        return True
    return [_essence(c) for c in edited.cells] == [_essence(c) for c in read_source(source).cells]


def _essence(cell: NotebookNode) -> tuple[str, str, object]:
    return cell.cell_type, cell.source, cell.metadata.get("nbgrader")


def _replace(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".building-", delete=False) as file:
        file.write(content)
    try:
        os.chmod(file.name, 0o644)
        os.replace(file.name, path)
    except OSError:
        os.unlink(file.name)
        raise


if __name__ == "__main__":
    sys.exit(main())
