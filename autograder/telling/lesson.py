"""What a lesson says and asks: predictions that are checked, statements that are measured."""

import html

from autograder.sentences import WrongValue


class Note:
    """A sentence that a notebook shows as a paragraph and a terminal as text."""

    def __init__(self, text: str):
        self._text = text

    def __repr__(self) -> str:
        return self._text

    def _repr_html_(self) -> str:
        return f"<p>{html.escape(self._text)}</p>"


def claim(statement: str, holds: object) -> Note:
    """State something about TensorFlow that was just measured.

    Raises `AssertionError` with the statement if the measurement says otherwise,
    so that no lesson can run to its end with an untrue statement in it.
    """
    if not bool(holds):
        raise AssertionError(f"This does not hold on the TensorFlow that is installed here: {statement}")
    return Note(f"✓ Measured just now: {statement}")


def reveal(prediction: str, **outcomes: object) -> Note:
    """Compare a prediction with what happened.

    `outcomes` has one entry a choice: whether that is what was measured, such
    as ``reveal(prediction, a=loss_fell, b=not loss_fell)``. Exactly one holds.
    Raises `AssertionError` if none or several do.
    """
    true = [letter for letter, happened in outcomes.items() if bool(happened)]
    if len(true) != 1:
        raise AssertionError(f"The choices of this question overlap or leave something out: {true} hold.")
    said = prediction.strip().lower()
    if said not in outcomes:
        return Note("You have not chosen yet. Write your letter into the cell above, and run this one again.")
    if said == true[0]:
        return Note(f"You said {said}, and that is what happened.")
    return Note(f"You said {said}. What happened is {true[0]}. Read on: this is the point of the section.")


def hint(problem: str, level: int = 1) -> Note:
    """A hint for a problem: 1 the symptom, 2 where to look, 3 what kind of change.

    Raises `UnknownName` for an unknown problem and `WrongValue` for another level.
    """
    from autograder.problems import find_problem

    hints = find_problem(problem).hints
    if level not in (1, 2, 3):
        raise WrongValue(
            f'There are hints of level 1, 2 and 3, not {level!r}. Begin with hint("{problem}", 1).'
        )
    more = f' Not enough? There is hint("{problem}", {level + 1}).' if level < len(hints) else ""
    return Note(f"Hint {level} of {len(hints)}: {hints[level - 1]}{more}")
