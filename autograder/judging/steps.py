"""Judging observed training steps, property by property, against a reference."""

from collections.abc import Sequence

import numpy as np

from autograder.judging.reference import Trajectory, agree
from autograder.judging.verdict import Property
from autograder.observing.observation import Failure, Observation, VariableObservation

_WORDS = {
    "none": "the tape gave None",
    "zero": "the tape gave a gradient of exactly 0",
    "nan": "the tape gave NaN",
    "finite": "the tape gave a finite gradient",
    "not asked": "no tape was asked for the gradient",
}


#: How plain gradient descent moves a variable, in words.
DESCENT = "−(learning rate) × gradient of the loss"


def judge_steps(
    observation: Observation, right: Trajectory, loss_name: str, rule_name: str = DESCENT
) -> tuple[Property, ...]:
    """The three properties of a repaired step: path, loss and update.

    Args:
        observation: the learner's step, run as often as `right` has steps.
        right: the reference trajectory on the same inputs.
        loss_name: what the loss is, in words, such as "the mean squared error".
        rule_name: what every variable should move by, in words.
    """
    if observation.error is not None:
        return (crashed(observation.error),)
    variables = observation.variables
    if len(variables) != len(right.values[0]):
        seen = f"{len(right.values[0])} variables should be trained, and {len(variables)} were found."
        return (Property("registration", False, seen),)
    return (
        judge_path(variables, right),
        judge_loss(observation, right, loss_name),
        judge_update(variables, right, rule_name),
    )


def crashed(error: Failure) -> Property:
    """The property "runs" of an answer that raised an exception."""
    where = ". "
    if error.line and error.text:
        where = f" in line {error.line}:\n  → {error.line} │ {error.text.strip()}\n"
    return Property("runs", False, f"Your code raised {error.type}{where}The message is: {error.message}")


def judge_path(variables: Sequence[VariableObservation], right: Trajectory) -> Property:
    """Whether a gradient reaches every variable and moves it, in every step.

    A variable that moves as the reference says has a path, however its update
    was computed. Otherwise the tape must have given it a finite gradient.
    """
    stuck: dict[str, list[str]] = {}
    for i, variable in enumerate(variables):
        follows = all(_moves_right(variable, right, i, step) for step in range(len(right.losses)))
        reached = all(kind == "finite" for kind in variable.gradients)
        if not follows and not (reached and variable.moved):
            stuck.setdefault(_why_stuck(variable), []).append(variable.name)
    if stuck:
        return Property("path", False, f"Not every variable is reached by a gradient. {_grouped(stuck)}")
    return Property("path", True, "A gradient reaches every variable, and every variable moves.")


def judge_loss(observation: Observation, right: Trajectory, loss_name: str) -> Property:
    """Whether the returned losses are the right ones, step after step."""
    missing = [i for i, loss in enumerate(observation.losses, 1) if loss is None]
    if missing or len(observation.losses) != len(right.losses):
        return Property(
            "loss", False, "The step should return its loss as one number; it returned something else."
        )
    wrong = [i for i, (a, b) in enumerate(zip(observation.losses, right.losses), 1) if not agree(a, b)]
    if not wrong:
        return Property("loss", True, f"The returned loss is {loss_name}, in every step.")
    seen = observation.losses[wrong[0] - 1]
    if wrong[0] > 1:
        detail = "It was right in the steps before: the weights are not where they should be by then."
    else:
        detail = "Compare what you compute with the formula in the task."
    where = f"In step {wrong[0]} of {len(right.losses)} the returned loss ({seen:.4g})"
    return Property("loss", False, f"{where} is not {loss_name}. {detail}")


def judge_update(
    variables: Sequence[VariableObservation], right: Trajectory, rule_name: str = DESCENT
) -> Property:
    """Whether every variable moves by what the rule says, in every step."""
    wrong: dict[str, list[str]] = {}
    for i, variable in enumerate(variables):
        steps = [s for s in range(len(right.losses)) if not _moves_right(variable, right, i, s)]
        if steps:
            wrong.setdefault(_why_wrong(variable, steps[0], right, i), []).append(variable.name)
    if wrong:
        return Property("update", False, f"Not every variable moves as the rule says. {_grouped(wrong)}")
    return Property("update", True, f"Every variable moves by {rule_name}, in every step.")


def _moves_right(variable: VariableObservation, right: Trajectory, i: int, step: int) -> bool:
    """Whether a variable's whole movement up to and including a step is the reference's."""
    if len(variable.values) <= step + 1:
        return False
    moved = variable.values[step + 1] - np.asarray(variable.values[0], dtype=np.float64)
    # Each step is exact to a share of its own length, also where steps lead back and forth.
    steps = [after[i] - before[i] for before, after in zip(right.values, right.values[1 : step + 2])]
    way = sum(float(np.linalg.norm(s)) for s in steps)
    return agree(moved, right.values[step + 1][i] - right.values[0][i], scale=way)


def _grouped(reasons: dict[str, list[str]]) -> str:
    """Names with the same reason in one sentence: "a, b: why." """
    return " ".join(f"{', '.join(names)}: {why}." for why, names in reasons.items())


def _why_stuck(variable: VariableObservation) -> str:
    kinds = list(dict.fromkeys(variable.gradients))
    words = " and ".join(_WORDS[kind] for kind in kinds) or "no step was seen"
    return f"{words}, {'moved all the same' if variable.moved else 'did not move'}"


def _why_wrong(variable: VariableObservation, step: int, right: Trajectory, i: int) -> str:
    if not variable.moved:
        return "did not move at all"
    if not all(np.all(np.isfinite(value)) for value in variable.values):
        return "became NaN or infinite"
    if len(variable.values) <= step + 1:
        return f"was seen for {len(variable.values) - 1} of {len(right.losses)} steps only"
    moved = variable.values[step + 1] - np.asarray(variable.values[0], dtype=np.float64)
    expected = right.values[step + 1][i] - right.values[0][i]
    if moved.shape != expected.shape:
        return f"has shape {moved.shape}, not the model's"
    norms = np.linalg.norm(moved) * np.linalg.norm(expected)
    cosine = float(np.sum(moved * expected) / norms) if norms > 0 else 0.0
    how = "in another direction" if cosine < 0.999 else "by another distance"
    return f"moved {how} than the rule says, first in step {step + 1}"
