"""Settings of this course for nbgrader: the command, formgrader, and `autograder grade`.

Everything here is an ordinary nbgrader setting. A course of your own can start
from a copy; see https://nbgrader.readthedocs.io for what else there is.
"""

import os
import secrets

from nbconvert.preprocessors import CSSHTMLHeaderPreprocessor
from nbgrader.preprocessors import (
    CheckCellMetadata,
    ClearHiddenTests,
    ClearMarkScheme,
    ClearOutput,
    ComputeChecksums,
    GetGrades,
    IncludeHeaderFooter,
    InstantiateTests,
    LockCells,
    SaveCells,
)

from autograder.authoring.student_version import StudentVersion
from autograder.grading.hidden import HideTests

c = get_config()  # noqa: F821 - nbgrader defines it

# --- Where things are ---------------------------------------------------------

c.CourseDirectory.course_id = "why-wont-it-learn"
c.CourseDirectory.source_directory = "solutions"  # the instructor's notebooks
c.CourseDirectory.release_directory = "exercises"  # what students get; generated, never edited

# nbgrader copies the other files of an assignment's folder to students. The
# text sources of its notebooks hold the solutions, so they must stay behind.
c.CourseDirectory.ignore = [
    ".ipynb_checkpoints",
    "*.pyc",
    "__pycache__",
    "feedback",
    "*.nb.py",
]

# --- Release: from the instructor's notebook to the student's -----------------

# nbgrader's own list, with one exchange: StudentVersion puts the broken program
# where ClearSolutions would put a stub. The order matters: SaveCells and the
# first ComputeChecksums must see the hidden tests, the second must not.
c.GenerateAssignment.preprocessors = [
    IncludeHeaderFooter,
    InstantiateTests,
    LockCells,
    StudentVersion,
    ClearOutput,
    CheckCellMetadata,
    ComputeChecksums,
    SaveCells,
    ClearHiddenTests,
    ClearMarkScheme,
    ComputeChecksums,
    CheckCellMetadata,
]

# The stubs, where an answer cell has no student version.
c.ClearSolutions.code_stub = {"python": "# Your code here.\nraise NotImplementedError()"}
c.ClearSolutions.text_stub = "*Your answer here.*"

# --- Grading ------------------------------------------------------------------

# A test that a student deleted comes back and counts. Without this its score
# stays empty, as if it still had to be graded by hand.
c.OverwriteCells.add_missing_cells = True

# A cell tagged with this word is not run, and a test that does not run gets
# full marks. Students can set tags, so the word must be one that nobody knows.
c.ExecutePreprocessor.skip_cells_with_tag = secrets.token_hex(16)

# A cell whose output comes late loses that output, not the whole submission.
c.Execute.raise_on_iopub_timeout = False
c.Execute.timeout = 60  # seconds for one cell

# --- What formgrader and feedback show ----------------------------------------

# Submissions are shown in the instructor's browser. `autograder grade` writes nothing to autograded/
# that could run script there; these lines are for notebooks that `nbgrader autograde` wrote.
c.HTMLExporter.sanitize_html = True
c.HTMLExporter.filters = {
    "clean_html": "autograder.grading.harmless.clean_html",
    "markdown2html": "autograder.grading.harmless.markdown2html",
}

# nbgrader's own list, and what keeps hidden tests hidden.
c.GenerateFeedback.preprocessors = [GetGrades, HideTests, CSSHTMLHeaderPreprocessor]

# --- The kernels' environment -------------------------------------------------

# Kernels inherit it. nbgrader gives no points for a test that writes to stderr,
# and TensorFlow writes there when it looks for a GPU.
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "-1")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
