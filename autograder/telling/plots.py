"""What happened, as a picture: loss, gradient norms and movement, run beside run.

Pictures are SVG inside HTML. Their ink is the page's own text colour, so they
read in light and in dark themes; lines differ by dash and marker as well as by
colour and carry their names; the words for a screen reader say the numbers.
"""

import html
import io
import re
from typing import Any

import numpy as np

from autograder.observing.observation import Observation, VariableObservation

#: Stands for the page's text colour while Matplotlib draws.
_INK = "#010203"
_COLOURS = ("#1f83c4", "#d55e00", "#1a936f", "#a45bb0", "#8c6d1f", "#c43b6b")
_DASHES = ("-", "--", "-.", ":")
_MARKERS = ("o", "s", "^", "D", "v", "P")


def runs_as_html(runs: dict[str, Observation]) -> str:
    """The runs as one figure, a row a run: loss, gradient norms, distance from the start."""
    spoken = " ".join(describe(name, observation) for name, observation in runs.items())
    return f'<figure role="img" aria-label="{html.escape(spoken, quote=True)}">{as_svg(runs)}</figure>'


def describe(name: str, observation: Observation) -> str:
    """A run in a sentence or two, for a reader who doesn't see the picture."""
    losses = [loss for loss in observation.losses if loss is not None]
    parts = [f"{name}: {observation.steps} steps."]
    if losses:
        parts.append(f"Loss from {losses[0]:.3g} to {losses[-1]:.3g}.")
    moved = [v.name for v in observation.variables if v.moved]
    stuck = [v.name for v in observation.variables if not v.moved]
    if moved:
        parts.append(f"Moved: {', '.join(moved)}.")
    if stuck:
        parts.append(f"Did not move: {', '.join(stuck)}.")
    return " ".join(parts)


def as_svg(runs: dict[str, Observation]) -> str:
    """The runs as SVG text whose ink is `currentColor`."""
    from matplotlib import rc_context

    ink = dict.fromkeys(
        ("text.color", "axes.labelcolor", "axes.edgecolor", "xtick.color", "ytick.color"), _INK
    )
    # A fixed salt and no date make the same picture the same text every time.
    with rc_context({**ink, "svg.fonttype": "none", "svg.hashsalt": "autograder", "font.size": 9}):
        figure, axes = _panels(len(runs))
        for row, (name, observation) in zip(axes, runs.items()):
            _draw_run(row, name, observation)
        for panel in axes[0]:  # the rows share their scale
            panel.set_ylim(bottom=min(0, panel.get_ylim()[0]))
        if len(runs) > 1:
            for column in range(3):
                _label_inner(axes[:, column])
        buffer = io.StringIO()
        figure.savefig(buffer, format="svg", transparent=True, metadata={"Date": None})
    svg = buffer.getvalue()
    svg = svg[svg.index("<svg") :].replace(_INK, "currentColor")
    return re.sub(r'width="[\d.]+pt" height="[\d.]+pt"', 'style="max-width:100%;height:auto"', svg, count=1)


def _panels(rows: int) -> tuple[Any, np.ndarray]:
    """A figure with three panels a row. Its margins are fixed: to work them out costs as much as drawing."""
    from matplotlib.figure import Figure

    width, height = 9.5, 2.6 * rows  # inches, as all below
    left, right, top, bottom = 0.65, 0.2, 0.3, 0.5
    between, below = 0.65, 0.65
    figure = Figure(figsize=(width, height))
    axes = figure.subplots(rows, 3, squeeze=False, sharey="col")
    panel_width = (width - left - right - 2 * between) / 3
    panel_height = (height - top - bottom - (rows - 1) * below) / rows
    figure.subplots_adjust(
        left=left / width,
        right=1 - right / width,
        top=1 - top / height,
        bottom=bottom / height,
        wspace=between / panel_width,
        hspace=below / panel_height,
    )
    return figure, axes


def _label_inner(column: np.ndarray) -> None:
    for axes in column[:-1]:
        axes.set_xlabel("")


def _draw_run(axes: np.ndarray, name: str, observation: Observation) -> None:
    loss, gradient, distance = axes
    steps = np.arange(1, observation.steps + 1)
    if any(value is not None for value in observation.losses):
        loss.plot(steps, [np.nan if v is None else v for v in observation.losses], color=_COLOURS[0])
    loss.set_title(f"{name}: loss")
    gradient.set_title(f"{name}: gradient norm")
    distance.set_title(f"{name}: distance from the start")
    silent = []
    for i, variable in enumerate(observation.variables):
        style = _style(i, len(steps))
        if any(norm is not None for norm in variable.gradient_norms):
            norms = [np.nan if norm is None else norm for norm in variable.gradient_norms]
            gradient.plot(steps, norms, label=variable.name, **style)
        else:
            silent.append(_no_gradient(variable))
        if variable.values:
            distance.plot(np.arange(len(variable.values)), _distances(variable), label=variable.name, **style)
    if silent:
        corner = {"ha": "right", "va": "top", "transform": gradient.transAxes}
        gradient.text(0.98, 0.97, "\n".join(silent), fontsize=8, **corner)
    for panel in axes:
        panel.set_xlabel("step")
        panel.spines[["top", "right"]].set_visible(False)
        panel.set_xlim(0, observation.steps + 0.5)
        panel.xaxis.get_major_locator().set_params(integer=True)
    if distance.get_lines():
        distance.legend(frameon=False, fontsize=8)


def _style(i: int, steps: int) -> dict[str, object]:
    return {
        "color": _COLOURS[i % len(_COLOURS)],
        "linestyle": _DASHES[i % len(_DASHES)],
        "marker": _MARKERS[i % len(_MARKERS)],
        "markersize": 3.5,
        "markevery": max(1, steps // 8),
        "linewidth": 1.4,
    }


def _no_gradient(variable: VariableObservation) -> str:
    word = "None" if "none" in variable.gradients else "no gradient asked"
    return f"{variable.name}: {word}"


def _distances(variable: VariableObservation) -> list[float]:
    start = variable.values[0].astype(np.float64)
    return [float(np.linalg.norm(value - start)) for value in variable.values]
