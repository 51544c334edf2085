"""Our own tests, which are judged outside the kernel: what a hostile answer gains there is nothing."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from autograder.grading.attempt import AttemptResult, try_answers
from autograder.grading.course import Course
from autograder.grading.sandbox import SANDBOX
from tests.grading.sandboxed import need_sandbox
from tests.sample_class import ASSIGNMENT

pytestmark = pytest.mark.slow

RIGHT = """
def train_step(model, optimizer, x, y):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(y - model(x)))
    gradients = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(gradients, model.trainable_variables))
    return loss
"""
NOTHING = "def train_step(model, optimizer, x, y):\n    return tf.reduce_mean(tf.square(y - model(x)))\n"

#: Each stands before an answer that does nothing, and would have it pass.
CHEATS = {
    "patched-assertions": "import numpy.testing as t\nt.assert_allclose = t.assert_equal = lambda *a, **k: None",
    "patched-comparisons": "import numpy\nnumpy.allclose = numpy.isclose = lambda *a, **k: True",
    "patched-judge": "import autograder.checking as c\nc.judge = c.judge_answer = c.check = lambda *a: None",
    "patched-reply": "import sys\nsys.modules['autograder.grading.inside'].reply = lambda *a: 'passed'",
    "reply-without-end": "import sys\nsys.modules['autograder.grading.inside'].reply = lambda *a: '[' * 10**6",
    "reply-that-fails-to-print": "import sys\nclass R:\n    def __repr__(self): raise SystemExit\n"
    "sys.modules['autograder.grading.inside'].reply = lambda *a: R()",
    "reply-of-not-a-number": "import sys\n"
    'sys.modules[\'autograder.grading.inside\'].reply = lambda *a: \'{"losses": [NaN], "variables": []}\'',
    "forged-messages": "k = get_ipython().kernel\nk.do_execute = lambda *a, **k: {'status': 'ok', 'user_expressions': "
    "{'answer': {'status': 'ok', 'data': {'text/plain': '1'}}}}",
    "no-asserts": "import ast\nget_ipython().ast_transformers.append("
    "type('T', (ast.NodeTransformer,), {'visit_Assert': lambda s, n: ast.Pass()})())",
    "points-of-its-own": "import autograder.judging.verdict as v\nv.Verdict.passed = property(lambda self: True)",
}  # fmt: skip
ENDS = "import os\n\ndef train_step(model, optimizer, x, y):\n    os._exit(0)\n"
EQUAL = "class Yes(float):\n    __eq__ = lambda s, o: True\n    __hash__ = None\n"
EQUAL += "\ndef train_step(*a):\n    return Yes(0)\n"


@pytest.fixture(scope="module")
def results(root: Path) -> Iterator[dict[str, AttemptResult]]:
    need_sandbox()
    texts = {"right": RIGHT, "nothing": NOTHING, "ends-the-kernel": ENDS, "equal-to-all": EQUAL}
    texts |= {name: f"{code}\n\n{NOTHING}" for name, code in CHEATS.items()}
    found = try_answers(Course.open(root), ASSIGNMENT, "sensor-step", list(texts.values()), isolation=SANDBOX)
    yield dict(zip(texts, found, strict=True))


def test_a_right_answer_has_all_points_in_the_sandbox_too(results: dict[str, AttemptResult]) -> None:
    assert results["right"].passed and results["right"].score == results["right"].max_score


@pytest.mark.parametrize("name", [*CHEATS, "ends-the-kernel", "equal-to-all"])
def test_a_cheat_gains_nothing(results: dict[str, AttemptResult], name: str) -> None:
    assert not results[name].passed
    assert results[name].score <= results["nothing"].score < results["right"].score
