"""Inside the kernel, beside the student's code: answers questions, decides nothing.

Imported before the first cell, so that neither a file of the submission nor a
patch of `autograder.checking` changes what is called here. Whoever tampers with
it anyway forges their own observation, which is judged elsewhere.
"""

from typing import Any

from autograder.checking import answer as _answer


class Reply:
    """An observation on its way out: IPython writes it as its text, unchanged."""

    def __init__(self, text: str):
        self._text = text

    def __repr__(self) -> str:
        return self._text


def reply(problem: str, test: str, inputs: str, *answers: Any) -> Reply:
    """Run a test's probe on the student's objects."""
    return Reply(_answer(problem, test, inputs, *answers))
