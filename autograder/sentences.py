"""Errors that are told in a sentence to the person who can do something about them.

A notebook shows the sentence alone, without frames that are not the reader's.
They are raised where the one who called is a person; `str(error)` is the sentence.
"""


class Sentence(Exception):
    """An error whose text is a sentence: what happened, and what to do next."""

    def _render_traceback_(self) -> list[str]:
        """What IPython shows in the place of a traceback."""
        return [str(self)]


class UnknownName(Sentence, LookupError):
    """There is nothing of that name."""


class WrongValue(Sentence, ValueError):
    """Something of this kind was asked for, but not with this value."""


class WrongType(Sentence, TypeError):
    """Something else was given than what is needed."""
