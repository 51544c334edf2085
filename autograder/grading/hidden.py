"""Hidden tests stay hidden in feedback: nbgrader's pages show a test cell with all that is in it."""

from typing import Any

from nbformat.notebooknode import NotebookNode
from nbgrader.preprocessors import ClearHiddenTests
from nbgrader.utils import is_grade, is_locked


class HideTests(ClearHiddenTests):
    """For `GenerateFeedback.preprocessors`: takes hidden regions out of tests, and leaves answers alone.

    When it runs, test cells are the instructor's own again. What stands between
    such markers in a student's cell is the student's.
    """

    def preprocess_cell(
        self, cell: NotebookNode, resources: dict[str, Any], cell_index: int
    ) -> tuple[NotebookNode, dict[str, Any]]:
        """Hide what is hidden in one cell."""
        if is_grade(cell) and is_locked(cell):
            self._remove_hidden_test_region(cell)
        return cell, resources
