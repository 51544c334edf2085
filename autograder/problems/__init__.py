"""The problems of the course, chapter by chapter.

A problem is found by its assignment's slug and its own name. Nothing here
imports TensorFlow before a probe runs, so that judging stays cheap.
"""

from autograder.problems import tape_scope
from autograder.problems.problem import Problem, Test

#: Assignment slug → its problems, in the order of the notebook.
ASSIGNMENTS: dict[str, tuple[Problem, ...]] = {
    "01-tape-scope": tape_scope.PROBLEMS,
}


def find_problem(name: str) -> Problem:
    """The problem of that name. Names are unique over all assignments.

    Raises `LookupError`, with the names there are, if there is none.
    """
    known = {problem.name: problem for problems in ASSIGNMENTS.values() for problem in problems}
    if name not in known:
        raise LookupError(f"There is no problem {name!r}. The problems are: {', '.join(sorted(known))}.")
    return known[name]


__all__ = ["ASSIGNMENTS", "Problem", "Test", "find_problem"]
