"""The problems of the course, chapter by chapter.

A problem is found by its assignment's slug and its own name. Nothing here
imports TensorFlow before a probe runs, so that judging stays cheap.
"""

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

    Raises `LookupError`, with the names there are, if there is none.
    """
    known = {problem.name: problem for problems in ASSIGNMENTS.values() for problem in problems}
    if name not in known:
        raise LookupError(f"There is no problem {name!r}. The problems are: {', '.join(sorted(known))}.")
    return known[name]


__all__ = ["ASSIGNMENTS", "Problem", "Test", "find_problem"]
