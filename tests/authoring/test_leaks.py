from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from autograder.authoring.leaks import find_leaks, secret_lines

ANSWER = {"nbgrader": {"grade_id": "a", "solution": True}}
NOTEBOOK = new_notebook(
    cells=[
        new_code_cell(
            "def f(x):\n    ### BEGIN SOLUTION\n    y = x\n    return y + 1\n    ### STUDENT VERSION\n"
            "    # y = x\n    # return y - 1\n    ### END SOLUTION",
            metadata=ANSWER,
        ),
        new_code_cell("# note\n### BEGIN HIDDEN TESTS\nassert f(1) == 2\n### END HIDDEN TESTS"),
        new_markdown_cell("Because of the tape.", metadata=ANSWER),
    ]
)


def test_lines_that_students_see_anyway_are_no_secret():
    assert secret_lines(NOTEBOOK) == {"return y + 1", "assert f(1) == 2", "Because of the tape."}


def test_a_clean_release_has_no_leak():
    assert find_leaks(NOTEBOOK, "def f(x):\n    y = x\n    return y - 1\n# note\nYour answer here.") == []


def test_a_secret_line_is_found_at_any_depth():
    assert find_leaks(NOTEBOOK, "if True:\n        return y + 1") == ["return y + 1"]
    assert find_leaks(NOTEBOOK, "assert f(1) == 2") == ["assert f(1) == 2"]


def test_a_marker_is_a_leak():
    assert find_leaks(NOTEBOOK, "### STUDENT VERSION") == ["STUDENT VERSION"]
