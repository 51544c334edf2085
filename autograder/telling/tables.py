"""What happened to each variable, as a table for the notebook and the terminal."""

import html
from dataclasses import dataclass

from autograder.observing.observation import Observation, VariableObservation

HEADINGS = ("variable", "shape", "registered", "gradient", "gradient norm", "moved by")


@dataclass(frozen=True)
class Row:
    """One variable in words. The fields are the columns of `HEADINGS`."""

    variable: str
    shape: str
    registered: str
    gradient: str
    gradient_norm: str
    moved_by: str

    def cells(self) -> tuple[str, ...]:
        """The row's texts in the order of `HEADINGS`."""
        return (self.variable, self.shape, self.registered, self.gradient, self.gradient_norm, self.moved_by)


def rows(observation: Observation) -> list[Row]:
    """One row a variable, summed up over all observed steps."""
    return [_row(variable) for variable in observation.variables]


def as_html(observation: Observation, caption: str) -> str:
    """The rows as an HTML table with a caption and scoped headings."""
    head = "".join(f'<th scope="col">{heading}</th>' for heading in HEADINGS)
    body = "".join(_html_row(row) for row in rows(observation))
    ended = ""
    if observation.error:
        ended = f"<p><strong>{html.escape(_ended(observation))}</strong></p>"
    return (
        f"<table><caption>{html.escape(caption)}, {observation.steps} steps</caption>"
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{ended}"
    )


def as_text(observation: Observation, caption: str) -> str:
    """The rows as aligned text."""
    lines = [HEADINGS, *(row.cells() for row in rows(observation))]
    widths = [max(len(line[i]) for line in lines) for i in range(len(HEADINGS))]
    text = [f"{caption}, {observation.steps} steps"]
    text += ["  ".join(cell.ljust(width) for cell, width in zip(line, widths)).rstrip() for line in lines]
    if observation.error:
        text.append(_ended(observation))
    return "\n".join(text)


def _row(variable: VariableObservation) -> Row:
    norms = [norm for norm in variable.gradient_norms if norm is not None]
    return Row(
        variable=variable.name,
        shape="×".join(str(n) for n in variable.shape) or "one number",
        registered="yes" if variable.registered else "no",
        gradient=_kinds(variable.gradients),
        gradient_norm=_range(norms) if norms else "—",
        moved_by=_moved(variable),
    )


def _kinds(kinds: tuple[str, ...]) -> str:
    names = {"none": "None", "nan": "NaN"}
    order = dict.fromkeys(names.get(kind, kind) for kind in kinds)
    return ", then ".join(order) or "—"


def _range(norms: list[float]) -> str:
    first, last = f"{norms[0]:.3g}", f"{norms[-1]:.3g}"
    return first if first == last else f"{first} → {last}"


def _moved(variable: VariableObservation) -> str:
    if not variable.update_norms:
        return "—"
    if not variable.moved:
        return "0, never"
    return f"{sum(variable.update_norms):.3g}"


def _html_row(row: Row) -> str:
    first, *rest = (html.escape(cell) for cell in row.cells())
    return f'<tr><th scope="row">{first}</th>' + "".join(f"<td>{cell}</td>" for cell in rest) + "</tr>"


def _ended(observation: Observation) -> str:
    error = observation.error
    line = f" at line {error.line}: {error.text}" if error.line and error.text else ""
    message = error.message.splitlines()[0] if error.message else ""
    return f"Step {observation.steps + 1} raised {error.type}{line}. {message}"
