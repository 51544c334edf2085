"""Judging whether each variable moves by its own gradient.

`autograder.judging.steps` compares a whole run with the right run, so that one
variable's fault shows in all of them from the second step on. Here each step
is judged from where the variables really stood before it.
"""

from collections.abc import Callable, Sequence

import numpy as np

from autograder.judging.reference import Parameters, Rule, agree, numerical_gradient
from autograder.judging.verdict import Property
from autograder.observing.observation import VariableObservation

#: The updates of one step, one array a variable.
Updates = Sequence[np.ndarray]


def own_updates(
    variables: Sequence[VariableObservation],
    start: Parameters,
    losses: Sequence[Callable[[Parameters], float]],
    rule: Rule,
) -> list[list[np.ndarray]] | None:
    """What the rule asks of each variable in each step, from where they stood before the step.

    ``None`` if the observation is not one of these variables for as many steps
    as there are losses, beginning at `start`.
    """
    if len(variables) != len(start):
        return None
    for variable, first in zip(variables, start):
        unit = 1 + float(np.linalg.norm(first))
        if len(variable.values) != len(losses) + 1 or not agree(variable.values[0], first, scale=unit):
            return None
    updates = []
    with np.errstate(all="ignore"):  # weights that ran away are judged like all others
        for step, loss in enumerate(losses):
            updates.append(rule(numerical_gradient(loss, [v.values[step] for v in variables])))
    return updates


def judge_pairing(
    variables: Sequence[VariableObservation],
    updates: Sequence[Updates] | None,
    names: Sequence[str] = (),
    rule_name: str = "its own gradient",
) -> Property:
    """Whether each variable moves by its own update, in every step.

    Args:
        updates: those of `own_updates`, one list a step.
        names: the variables to judge; all of them if none are named.
        rule_name: what a variable should move by, in words.
    """
    judged = [v.name for v in variables if not names or v.name in names]
    if updates is None or len(judged) < len(names):
        return Property("pairing", False, "The variables were not all seen in every step.")
    wrong: dict[str, list[str]] = {}
    for i, variable in enumerate(variables):
        if variable.name not in judged:
            continue
        reason = next(filter(None, (_why(variables, i, s, updates[s]) for s in range(len(updates)))), None)
        if reason:
            wrong.setdefault(reason, []).append(variable.name)
    if wrong:
        said = " ".join(f"{', '.join(who)}: {reason}." for reason, who in wrong.items())
        return Property("pairing", False, f"Not every variable moves by {rule_name}. {said}")
    return Property("pairing", True, f"{', '.join(judged)}: each moves by {rule_name}, in every step.")


def moved_in(variable: VariableObservation, step: int) -> np.ndarray:
    """Value after a step minus value before it, in float64."""
    return variable.values[step + 1].astype(np.float64) - variable.values[step].astype(np.float64)


def _why(variables: Sequence[VariableObservation], i: int, step: int, updates: Updates) -> str | None:
    """Why a variable's movement in a step is not its own update; ``None`` if it is."""
    moved = moved_in(variables[i], step)
    if agree(moved, updates[i]):
        return None
    when = f"in step {step + 1}"
    if not np.all(np.isfinite(moved)):
        return f"became NaN or infinite {when}"
    if not np.any(moved):
        return f"did not move {when}"
    for other, update in zip(variables, updates):
        if agree(moved, update):
            return f"moved by the gradient of {other.name} {when}"
    norms = float(np.linalg.norm(moved) * np.linalg.norm(updates[i]))
    cosine = float(np.sum(moved * updates[i])) / norms if norms > 0 else 0.0
    if cosine > 0.999:
        return f"moved along its own gradient, but by another distance, {when}"
    return f"moved in another direction {when}"
