"""Where something is, and what was raised there, in words for people."""

import sys
from pathlib import Path

from autograder.observing.events import Place, Raised


def shown_place(place: Place | None) -> str:
    """A line of a script as “train.py:31”, one of a notebook as “cell [5], line 3”; nothing for no place."""
    if place is None:
        return ""
    number = _cell_number(place.file)
    if number is not None:
        return f"cell [{number}], line {place.line}"
    return f"{Path(place.file).name}:{place.line}"


def raised_sentence(raised: Raised) -> str:
    """What was raised, where, and the first line of its message."""
    where = ""
    if raised.place is not None:
        number = _cell_number(raised.place.file)
        file = Path(raised.place.file).name if number is None else f"cell [{number}]"
        where = f" in line {raised.place.line} of {file}"
    first = raised.message.strip().splitlines()[0] if raised.message.strip() else ""
    return f"{raised.type}{where}: {first}" if first else f"{raised.type}{where}"


def _cell_number(file: str) -> int | None:
    """The number of the notebook's cell that was compiled under this name, as IPython counts them."""
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython is not None else None
    return getattr(getattr(shell, "compile", None), "_filename_map", {}).get(file)
