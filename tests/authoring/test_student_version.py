import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from autograder.authoring.student_version import StudentVersion

ANSWER = {
    "grade_id": "a",
    "grade": False,
    "solution": True,
    "locked": False,
    "schema_version": 3,
    "task": False,
}


def student_version(source: str, new_cell=new_code_cell, **settings: str) -> str:
    notebook = new_notebook(cells=[new_cell(source, metadata={"nbgrader": ANSWER})])
    notebook, _ = StudentVersion(**settings).preprocess(notebook, {})
    return notebook.cells[0].source


def lines(*text: str) -> str:
    return "\n".join(text)


def test_the_broken_program_replaces_the_repair_and_keeps_its_indentation():
    source = lines(
        "def step(x):",
        "    ### BEGIN SOLUTION",
        "    return repaired(x)",
        "    ### STUDENT VERSION",
        "    # if x:",
        "    #     return broken(x)",
        "    #",
        "",
        "    # # a comment of the student's",
        "    # return None",
        "    ### END SOLUTION",
        "    # after",
    )
    assert student_version(source) == lines(
        "def step(x):",
        "    if x:",
        "        return broken(x)",
        "",
        "",
        "    # a comment of the student's",
        "    return None",
        "    # after",
    )


def test_a_comment_without_a_space_loses_its_sign_only():
    source = lines("### BEGIN SOLUTION", "1", "### STUDENT VERSION", "#", "# 2", "### END SOLUTION")
    assert student_version(source) == lines("", "2")


def test_each_region_of_a_cell_is_replaced():
    source = lines(
        "### BEGIN SOLUTION", "a = 1", "### STUDENT VERSION", "# a = 2", "### END SOLUTION",
        "print(a)",
        "### BEGIN SOLUTION", "b = 1", "### STUDENT VERSION", "# b = 2", "### END SOLUTION",
    )  # fmt: skip
    assert student_version(source) == lines("a = 2", "print(a)", "b = 2")


def test_an_empty_student_version_leaves_nothing():
    source = lines("a = 0", "### BEGIN SOLUTION", "a = 1", "### STUDENT VERSION", "### END SOLUTION")
    assert student_version(source) == "a = 0"


def test_without_divider_the_stub_comes_in_at_the_same_depth():
    source = lines("def f():", "    ### BEGIN SOLUTION", "    return 1", "    ### END SOLUTION")
    stub = {"python": "# here\npass"}
    assert student_version(source, code_stub=stub) == lines("def f():", "    # here", "    pass")


def test_a_cell_without_region_becomes_the_stub():
    assert student_version("secret = 1", code_stub={"python": "pass"}) == "pass"
    assert student_version("A secret.", new_markdown_cell, text_stub="Here.") == "Here."


def test_text_of_a_markdown_cell_is_taken_as_it_is():
    source = lines(
        "### BEGIN SOLUTION", "Because.", "### STUDENT VERSION", "Your *reason*:", "### END SOLUTION"
    )
    assert student_version(source, new_markdown_cell) == "Your *reason*:"


@pytest.mark.parametrize(
    ("source", "sentence"),
    [
        (["### BEGIN SOLUTION", "1"], "'a' has no END SOLUTION"),
        (["### END SOLUTION"], "'a' ends a solution that does not begin"),
        (["### BEGIN SOLUTION", "### BEGIN SOLUTION"], "'a' begins a solution within a solution"),
        (["### STUDENT VERSION", "# 1"], "'a' has STUDENT VERSION outside of a solution"),
        (
            ["### BEGIN SOLUTION", "### STUDENT VERSION", "### STUDENT VERSION", "### END SOLUTION"],
            "'a' has more than one STUDENT VERSION",
        ),
        (
            ["### BEGIN SOLUTION", "### STUDENT VERSION", "leak = 1", "### END SOLUTION"],
            "'a': a line of the student version is not a comment, “# …”: leak = 1",
        ),
    ],
)
def test_a_malformed_region_is_refused_with_a_sentence(source, sentence):
    with pytest.raises(RuntimeError, match=sentence):
        student_version(lines(*source))


def test_a_solution_in_a_cell_that_is_no_answer_is_refused():
    notebook = new_notebook(cells=[new_code_cell("### BEGIN SOLUTION\n1\n### END SOLUTION")])
    with pytest.raises(RuntimeError, match="non-solution cell"):
        StudentVersion().preprocess(notebook, {})
