"""A verdict as the output of a test cell: the score as nbgrader reads it, the words as people do."""

import math

import nbformat
from nbformat.notebooknode import NotebookNode

from autograder.judging.verdict import Verdict
from autograder.telling.feedback import as_html


def show_verdict(cell: NotebookNode, verdict: Verdict, points: float) -> float:
    """Write a verdict into its cell, as the only output; returns the score.

    The score is on the scale of the cell's points, which an instructor may have
    set differently from the test's own.
    """
    score = _on_scale(verdict, points)
    data = {"text/plain": f"{score:g}", "text/html": as_html(verdict)}
    cell["outputs"] = [
        nbformat.v4.new_output("execute_result", data=data, execution_count=cell.get("execution_count") or 0)
    ]
    return score


def _on_scale(verdict: Verdict, points: float) -> float:
    """Finite and between 0 and the cell's points; all of them only if the verdict has all of its own."""
    if not math.isfinite(verdict.score) or verdict.max_score <= 0:
        return 0.0
    if verdict.score >= verdict.max_score:
        return points
    return math.floor(100 * points * max(verdict.score, 0.0) / verdict.max_score) / 100
