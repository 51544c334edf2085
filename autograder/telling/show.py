"""Showing observed runs, one or several side by side."""

import os

from autograder.observing.observation import Observation
from autograder.telling import plots, tables


class Shown:
    """Runs that a notebook shows as a picture and tables, and a terminal as tables."""

    def __init__(self, runs: dict[str, Observation]):
        self._runs = runs

    def __repr__(self) -> str:
        return "\n\n".join(tables.as_text(run, name) for name, run in self._runs.items())

    def _repr_html_(self) -> str:
        # A notebook that is being graded or validated shows its pictures to nobody, and to draw them
        # takes longer than to judge the work in it.
        picture = "" if os.environ.get("NBGRADER_EXECUTION") else plots.runs_as_html(self._runs)
        return picture + "".join(tables.as_html(run, name) for name, run in self._runs.items())


def show(observation: Observation | None = None, **runs: Observation) -> Shown:
    """Show what happened to each variable.

    ``show(observation)`` shows one run; ``show(broken=first, repaired=second)``
    shows several under their names, on the same scales.
    """
    if observation is not None:
        runs = {"run": observation, **runs}
    return Shown(runs)
