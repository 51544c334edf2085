"""Which earlier answers an answer builds on."""

from autograder.grading.earlier import built_on

EARLIER = {
    "rows": "### BEGIN SOLUTION\ndef rows(table):\n    return table[1:]\n### END SOLUTION",
    "sums": "def sums(table):\n    return [sum(row) for row in rows(table)]",
    "model": "class Model:\n    pass\n\nfirst = second = Model()",
    "broken": "def broken(:",
}


def test_what_an_answer_uses_and_what_that_uses():
    assert built_on("def mean(t):\n    return sums(t)[0]", EARLIER) == {"sums", "rows"}
    assert built_on("best = first", EARLIER) == {"model"}


def test_what_an_answer_defines_itself_is_its_own():
    assert built_on("def sums(t):\n    return 0\n\ndef mean(t):\n    return sums(t)", EARLIER) == set()


def test_a_text_that_is_no_python_uses_nothing():
    assert built_on("def mean(:", EARLIER) == set()
    assert built_on("broken(1)", EARLIER) == set()
