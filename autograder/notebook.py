"""What learners on their own call in a notebook. Nothing is imported before it is needed."""

from typing import Any


def check_notebook(assignment: str) -> Any:
    """Grade your own notebook of an assignment as it is saved, hidden tests included.

    Raises `GradingError` with a sentence if there is nothing that can be graded,
    or no progress can be read or written.
    """
    from autograder.studying import check_and_keep, find_course
    from autograder.studying.show import Checked

    return Checked(*check_and_keep(find_course(), assignment))


def progress() -> Any:
    """What you have solved, and what is next."""
    import os

    from autograder.studying import find_course
    from autograder.studying.progress import FILE, read_progress
    from autograder.studying.show import Shown

    root = find_course().root
    return Shown(read_progress(root / FILE), os.path.relpath(root))


def solution(problem: str) -> Any:
    """The model solution of a problem that you have solved, and why it works; before that, how to get there.

    Raises `UnknownName` if there is no such problem.
    """
    from autograder.studying import find_course
    from autograder.studying.solution import open_solution

    return open_solution(find_course(), problem)


def reset(problem: str) -> Any:
    """Put a problem's answer cell back to how it was given: write this into its first line, and run it.

    Your attempt stays below, in comments. Called in another cell, it puts the
    program as it was given into a new cell and changes nothing else. Raises
    `UnknownName` if no notebook of this folder has such an answer cell.
    """
    from autograder.studying.reset import reset_here

    return reset_here(problem)
