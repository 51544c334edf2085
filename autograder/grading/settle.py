"""Between running and recording: every test cell ends in a state that nbgrader reads as what it means.

nbgrader takes a warning on stderr for a failure, and a result that is NaN,
negative or no number for full marks. Here a test cell keeps either one error,
or one number between 0 and its points, or nothing, which is full marks.
"""

import math
from dataclasses import dataclass

import nbformat
from nbformat.notebooknode import NotebookNode

from autograder.grading.names import shown
from autograder.grading.source import NotebookSource


@dataclass(frozen=True)
class Settled:
    """A notebook whose test cells are safe to record."""

    notebook: NotebookNode
    #: Names of cells whose points a person has to decide, each with a sentence.
    doubtful: dict[str, str]


def settle(source: NotebookSource, notebook: NotebookNode) -> Settled:
    """Make the outputs of all test cells unambiguous; full marks never come of something odd."""
    doubtful: dict[str, str] = {}
    tests = {cell.name: cell for cell in source.cells if cell.is_test}
    for cell in notebook.cells:
        name = cell.metadata.get("nbgrader", {}).get("grade_id")
        if name in tests:
            sentence = _settle_cell(cell, float(tests[name].points or 0.0))
            if sentence is not None:
                doubtful[name] = f"The test cell {shown(name)} {sentence}"
    return Settled(notebook, doubtful)


def _settle_cell(cell: NotebookNode, points: float) -> str | None:
    for output in cell.outputs:
        if output.output_type == "stream":
            output["name"] = "stdout"  # still to be read, but it decides nothing
    if cell.source.strip() and cell.get("execution_count") is None:
        _decide(cell, "NotRun", "This test was not run.")
        return None
    if any(output.output_type == "error" for output in cell.outputs):
        cell["outputs"] = [o for o in cell.outputs if o.output_type != "execute_result"]
        return None
    results = [output for output in cell.outputs if output.output_type == "execute_result"]
    if not results:
        return None
    text = results[0].data.get("text/plain")
    what = _what_is_wrong(text if len(results) == 1 else None, points)
    if what is None:
        return None
    if points:
        _decide(cell, "NoScore", f"The test {what}, so it has no points until somebody has looked at it.")
        return f"{what}; it has no points until somebody has looked at it in formgrader."
    cell["outputs"] = [o for o in cell.outputs if o.output_type != "execute_result"]
    return None


def _what_is_wrong(text: object, points: float) -> str | None:
    """What keeps a result from being a score, or ``None`` if nothing does."""
    try:
        score = float(text) if isinstance(text, str) else math.nan
    except ValueError:
        return f"gave {shown(str(text)[:60])}, which is no number"
    if math.isnan(score):
        return "gave a result that is no number"
    if score < 0:
        return f"gave {score:g} points, fewer than none"
    if score > points:
        return f"gave {score:g} points, more than its {points:g}"
    return None


def _decide(cell: NotebookNode, name: str, sentence: str) -> None:
    """Replace a result by an error, which nbgrader counts as no points."""
    kept = [output for output in cell.outputs if output.output_type != "execute_result"]
    shown_results = [output for output in cell.outputs if output.output_type == "execute_result"]
    for output in shown_results:  # still to be read by whoever decides
        kept.append(nbformat.v4.new_output("display_data", data=output.data, metadata=output.metadata))
    kept.append(
        nbformat.v4.new_output("error", ename=name, evalue=sentence, traceback=[f"{name}: {sentence}"])
    )
    cell["outputs"] = kept
