"""A diagnosis in people's words: a table of the variables, then each finding.

A finding says what I saw, with the program's own numbers, why that is so, what
to try, the line, and the chapter to read. All that comes from a learner's
program is text here, never markup.
"""

import html
import io
from typing import TYPE_CHECKING, Any

from autograder.faults import CHAPTERS, fault
from autograder.judging.history import Finding
from autograder.telling.places import shown_place

if TYPE_CHECKING:
    from autograder.diagnosis import Diagnosis, VariableRow

HEADINGS = ("variable", "shape", "registered", "gradient", "gradient norm", "moved by", "finding")
_KINDS = {"none": "None", "nan": "NaN", "zero": "zero", "finite": "finite"}
_WIDTH = 100


# -- words --------------------------------------------------------------------------------


def message(finding: Finding) -> str:
    """A finding as one paragraph: what I saw, why it is so, what to try."""
    entry = fault(finding.fault)
    return f"{entry.title}. I saw: {finding.seen} Why: {entry.cause} Try: {entry.cure}"


def chapter(finding: Finding) -> str:
    """Where in the course to read about it."""
    slug = fault(finding.fault).chapter
    return f"chapter {slug[:2]}, “{CHAPTERS[slug]}” (course/{slug}.ipynb)"


def headline(diagnosis: "Diagnosis") -> str:
    """The outcome in a sentence."""
    number = len(diagnosis.findings)
    if number == 1:
        return "I found one thing that keeps this from learning as it should."
    if number:
        return f"I found {number} things that keep this from learning as it should."
    if diagnosis.error:
        return "I could not finish."
    return "I found nothing wrong: in the steps that I watched, this learns as it says it should."


def where(finding: Finding) -> str:
    """The file and line, as `train.py:12`; empty if unknown."""
    return shown_place(finding.place)


def _cells(row: "VariableRow", findings: tuple[Finding, ...]) -> tuple[str, ...]:
    hit_by = [f"[{i}]" for i, finding in enumerate(findings, 1) if row.name in finding.variables]
    registered = "yes" if row.registered else "no"
    if not row.trainable:
        registered += ", not trainable"
    if row.update_norm is None:
        moved = "to NaN"
    else:
        moved = f"{row.update_norm:.3g}" if row.update_norm else "0, never"
    return (
        row.name,
        "×".join(str(n) for n in row.shape) or "one number",
        registered,
        _KINDS[row.gradient],
        "—" if row.gradient_norm is None else f"{row.gradient_norm:.3g}",
        moved,
        " ".join(hit_by) or "—",
    )


def _loss_line(diagnosis: "Diagnosis") -> str:
    losses = diagnosis.losses
    if not losses:
        return ""
    if len(losses) == 1:
        return f"Loss: {losses[0]:.4g}."
    return f"Loss: {losses[0]:.4g} in the first step, {losses[-1]:.4g} in the last."


# -- terminal -----------------------------------------------------------------------------


def render(diagnosis: "Diagnosis", console: Any) -> None:
    """Print a diagnosis on a rich console."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    if diagnosis.variables:
        table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False)
        for heading in HEADINGS:
            table.add_column(Text(heading), overflow="fold", no_wrap=heading == "variable")
        for row in diagnosis.variables:
            table.add_row(*(Text(cell) for cell in _cells(row, diagnosis.findings)))
        console.print(table)
        console.print()
    for line in (diagnosis.why_stopped, _loss_line(diagnosis)):
        if line:
            console.print(Text(line))
    console.print()
    for number, finding in enumerate(diagnosis.findings, 1):
        _render_finding(number, finding, console)
    if diagnosis.error:
        console.print(Text.assemble(("The program: ", "bold"), diagnosis.error))
        console.print()
    console.print(Text(headline(diagnosis), style="bold"))


def _render_finding(number: int, finding: Finding, console: Any) -> None:
    from rich.padding import Padding
    from rich.rule import Rule
    from rich.text import Text

    entry = fault(finding.fault)
    place = f"  {where(finding)}" if where(finding) else ""
    title = Text.assemble(f"[{number}] ", (finding.fault, "bold"), place)
    console.print(Rule(title, align="left", characters="─"))
    console.print(Text(f"{entry.title}.", style="bold"))
    console.print()
    parts = [("I saw: ", finding.seen)]
    if finding.place and finding.place.text:
        parts.append(("", f"{finding.place.line:>5} │ {finding.place.text}"))
    parts += [("Why: ", entry.cause), ("Try: ", entry.cure), ("Read: ", chapter(finding))]
    if finding.variables:
        parts.append(("It hits: ", ", ".join(finding.variables)))
    for label, text in parts:
        console.print(Padding(Text.assemble((label, "bold"), text), (0, 0, 0, 2)))
    console.print()


def as_text(diagnosis: "Diagnosis") -> str:
    """The diagnosis as plain text."""
    from rich.console import Console

    file = io.StringIO()
    render(diagnosis, Console(file=file, width=_WIDTH, color_system=None))
    return "\n".join(line.rstrip() for line in file.getvalue().splitlines())


# -- HTML ---------------------------------------------------------------------------------


def as_html(diagnosis: "Diagnosis") -> str:
    """The diagnosis for a notebook: a table, then the findings.

    Colours are the page's own, so that it reads in light and dark themes.
    """
    parts = [f"<p><strong>{html.escape(headline(diagnosis))}</strong></p>"]
    if diagnosis.variables:
        head = "".join(f'<th scope="col">{heading}</th>' for heading in HEADINGS)
        body = "".join(_html_row(_cells(row, diagnosis.findings)) for row in diagnosis.variables)
        parts.append(
            f"<table><caption>What {diagnosis.steps} steps did to each variable</caption>"
            f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
        )
    parts.append(f"<p>{html.escape(f'{diagnosis.why_stopped} {_loss_line(diagnosis)}'.strip())}</p>")
    parts += [_html_finding(number, finding) for number, finding in enumerate(diagnosis.findings, 1)]
    if diagnosis.error:
        parts.append(f"<p><strong>The program:</strong> {html.escape(diagnosis.error)}</p>")
    return "".join(parts)


def _html_row(cells: tuple[str, ...]) -> str:
    first, *rest = (html.escape(cell) for cell in cells)
    return f'<tr><th scope="row">{first}</th>' + "".join(f"<td>{cell}</td>" for cell in rest) + "</tr>"


def _html_finding(number: int, finding: Finding) -> str:
    entry = fault(finding.fault)
    parts = [("I saw:", html.escape(finding.seen))]
    if finding.place and finding.place.text:
        code = html.escape(f"{finding.place.line} │ {finding.place.text}")
        parts.append((html.escape(where(finding)), f"<code>{code}</code>"))
    parts += [
        ("Why:", html.escape(entry.cause)),
        ("Try:", html.escape(entry.cure)),
        ("Read:", html.escape(chapter(finding))),
    ]
    if finding.variables:
        parts.append(("It hits:", html.escape(", ".join(finding.variables))))
    rows = "".join(f"<p><strong>{label}</strong> {text}</p>" for label, text in parts)
    return (
        '<section style="border-left:0.25em solid currentColor;padding-left:1em;margin:1em 0">'
        f"<h4>[{number}] {html.escape(entry.title)} <code>{html.escape(finding.fault)}</code></h4>"
        f"{rows}</section>"
    )
