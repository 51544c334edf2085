"""The problems of the course, chapter by chapter.

A problem is found by its assignment's slug and its own name. Nothing here
imports TensorFlow before a probe runs, so that judging stays cheap.
"""

import difflib

from autograder.problems import (
    broken_graph,
    bug_hunt,
    differentiable_losses,
    gradient_pairing,
    graph_mode,
    keras_fit,
    numerics,
    optimizers,
    tape_scope,
    trainable_losses,
    variable_registration,
)
from autograder.problems.problem import Problem, Test
from autograder.sentences import UnknownName

#: Assignment slug → its problems, in the order of the notebook.
ASSIGNMENTS: dict[str, tuple[Problem, ...]] = {
    "01-tape-scope": tape_scope.PROBLEMS,
    "02-broken-graph": broken_graph.PROBLEMS,
    "03-variable-registration": variable_registration.PROBLEMS,
    "04-gradient-pairing": gradient_pairing.PROBLEMS,
    "05-differentiable-losses": differentiable_losses.PROBLEMS,
    "06-trainable-losses": trainable_losses.PROBLEMS,
    "07-optimizers": optimizers.PROBLEMS,
    "08-numerics": numerics.PROBLEMS,
    "09-graph-mode": graph_mode.PROBLEMS,
    "10-keras-fit": keras_fit.PROBLEMS,
    "11-bug-hunt": bug_hunt.PROBLEMS,
}


def find_problem(name: str) -> Problem:
    """The problem of that name. Names are unique over all assignments.

    Raises `UnknownName`, with the names that are near it, if there is none.
    """
    known = {problem.name: problem for problems in ASSIGNMENTS.values() for problem in problems}
    if name in known:
        return known[name]
    close = difflib.get_close_matches(str(name), known, n=3, cutoff=0.5)
    if close:
        raise UnknownName(f"There is no problem {name!r}. Did you mean {' or '.join(map(repr, close))}?")
    raise UnknownName(f"There is no problem {name!r}. The problems are: {', '.join(sorted(known))}.")


def assignment_of(problem: str) -> str:
    """The slug of the assignment that a problem belongs to. Raises `UnknownName` as `find_problem` does."""
    found = find_problem(problem)
    return next(slug for slug, problems in ASSIGNMENTS.items() if found in problems)


__all__ = ["ASSIGNMENTS", "Problem", "Test", "assignment_of", "find_problem"]
