"""Test cells of other courses, run in the checker beside a real kernel."""

import re
import time
from collections.abc import Iterator
from typing import Any

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from autograder.grading import launch
from autograder.grading.task import Outcome, Task
from tests.grading.conftest import Class

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def host() -> Iterator[str | None]:
    with launch.warm_host_for(("numpy",), checks=False, one_thread=True) as address:
        yield address


def _cell(source: str, grade_id: str, **about: Any) -> Any:
    said = {"grade_id": grade_id, "solution": False, "locked": True, "task": False, **about}
    return new_code_cell(source, metadata={"nbgrader": said})


def _set_up(source: str) -> Any:
    return _cell(source, "setup", grade=False)


def _run(
    host: str | None, cells: list[Any], tests: list[str], **settings: Any
) -> tuple[list[tuple[str, str]], Outcome]:
    """What these test cells come to after these cells: an error's name and text, or "" and what is shown."""
    made = [new_code_cell(c) if isinstance(c, str) else c for c in cells]
    made += [_cell(source, f"p--{i}", grade=True, points=1) for i, source in enumerate(tests)]
    settings = {"cell_seconds": 5.0, "notebook_seconds": 100.0, "one_thread": True, "files": {}} | settings
    outcome = launch.run_task(Task(nbformat.writes(new_notebook(cells=made)), host=host, **settings))
    assert outcome.trouble is None, outcome.trouble
    found = []
    for cell in nbformat.reads(outcome.notebook, 4).cells[-len(tests) :]:
        errors = [o for o in cell.outputs if o.output_type == "error"]
        text = "".join(o.get("text", "") + o.get("data", {}).get("text/plain", "") for o in cell.outputs)
        found.append((errors[-1].ename, errors[-1].evalue) if errors else ("", text))
    return found, outcome


def _plain(traceback: list[str]) -> str:
    return re.sub(r"\x1b\[[\d;]*m", "", "\n".join(traceback))


def test_what_honest_tests_do(host: str | None) -> None:
    answers = """
import numpy as np
LIMIT = 7
def double(x):
    print("doubling", x)
    return 2 * x
def fails(x):
    raise ValueError("no", x)
def sort(values): values.sort()
def limit(): return LIMIT
class Point:
    def __init__(self, x): self.x = x
    def __str__(self): return f"at {self.x}"
sum = 0
"""
    found, outcome = _run(
        host,
        [_set_up("LIMIT = 3\nHALF = np.float64(0.5)\nTABLE = open('table.txt').read()"), answers],
        [
            "assert double(2) == 4",
            "result = double(2)\nassert result == 5, f'not {result}'",
            "try:\n    fails(3)\nexcept ValueError as error:\n    print(error.args)\nelse:\n    assert False",
            "fails(4)",
            "values = [2, 1]\nsort(values)\nassert values == [1, 2] and sum([1, 2]) == 3",
            "point = Point(3)\nassert str(point) == 'at 3' and isinstance(point, Point)",
            "assert point.x == 3 and LIMIT == 3 and limit() == 7 and np.isclose(HALF, 0.5)",
            "score = 0.5 * (double(1) == 2)\nscore",
            "import io, contextlib\nwith contextlib.redirect_stdout(io.StringIO()) as out:\n    double(1)\n"
            "assert out.getvalue() == 'doubling 1\\n'",
            "assert TABLE == 'the instructor\\'s'",
            "assert undefined == 3",
        ],
        imports="import numpy as np",
        preload=("numpy",),
        files={"table.txt": b"the instructor's", "contextlib.py": b"1 / 0"},
        given=("table.txt",),
    )
    assert found == [
        ("", "doubling 2\n"),
        ("AssertionError", "not 4"),
        ("", "('no', 3)\n"),
        ("ValueError", "('no', 4)"),
        ("", ""),
        ("", ""),
        ("", ""),
        ("", "doubling 1\n0.5"),
        ("", ""),
        ("", ""),
        ("NameError", "name 'undefined' is not defined"),
    ]
    assert outcome.notes == () and outcome.not_apart == {}
    cells = nbformat.reads(outcome.notebook, 4).cells
    trace = _plain(cells[3].outputs[-1].traceback)  # of the test that failed
    assert "----> 2 assert result == 5" in trace and "autograder" not in trace
    trace = _plain(cells[5].outputs[-1].traceback)
    assert "----> 1 fails(4)" in trace and "autograder" not in trace
    assert 'In the notebook:\n  line 7, in fails\n    raise ValueError("no", x)' in trace


def test_a_seed_in_a_test_is_one_for_the_student_s_code_too(host: str | None) -> None:
    answers = "import random\nimport numpy as np\ndef draw(n): return np.random.rand(n)\n"
    answers += "def coin(): return random.random()\ndef mean(x): return x.mean()"
    found, outcome = _run(
        host,
        [answers],
        [
            "np.random.seed(3)\nfirst, second = draw(2), draw(2)\n"
            "np.random.seed(3)\nassert (first == np.random.rand(2)).all() and (second != first).all()\n"
            "assert (second == np.random.rand(2)).all()",
            "np.random.seed(3)\nx = np.random.rand(4)\nassert mean(x) == x.mean()\nnp.random.rand()\n"
            "assert mean(np.random.rand(2)) < 1",
            "np.random.seed(4)\nnp.random.rand(2)\nlater = draw(1)\n"
            "np.random.seed(4)\nassert later[0] == np.random.rand(3)[2]",
            "import random\nrandom.seed(5)\na = coin()\nrandom.seed(5)\nassert a == coin() == "
            "random.Random(5).random()",
            "np.random.seed(3)\ndraw(2)\nassert mean(np.random.rand(2)) < 1",
        ],
        imports="import numpy as np",
        preload=("numpy",),
    )
    assert found[:4] == [("", "")] * 4
    assert sorted(outcome.not_apart) == ["p--4"] and "from the same stream" in outcome.not_apart["p--4"]


def test_what_cannot_be_judged_apart_is_said_and_earns_nothing(host: str | None) -> None:
    answers = (
        "class Money:\n    def __init__(self, x): self.x = x\n    def __eq__(self, other): return True\n"
    )
    answers += "def apply(f): return f(2)\ndef write(): open('out.txt', 'w').write('x')\n"
    answers += "def close(a, b): return True\n"
    found, outcome = _run(
        host,
        [answers],
        [
            "assert Money(1) == Money(2)",
            "try:\n    assert apply(lambda x: x) == 2\nexcept BaseException:\n    pass",
            "write()\nassert open('out.txt').read() == 'x'",
            "import module_of_the_student",
            "%time apply(abs)",
            "Money(1)",
            "apply(float)",
            "assert close(apply(abs), 2)",
            "assert apply(abs) == 2",
        ],
        helpers=("close",),
    )
    assert [name for name, _ in found] == ["NotJudged"] * 8 + [""]
    assert sorted(outcome.not_apart) == [f"p--{i}" for i in range(8)]
    assert "lock that cell" in outcome.not_apart["p--7"]
    said = outcome.not_apart["p--1"]
    assert "‘p--1’" in said and "passes a function" in said and "--trust-tests-in-kernel" in said


def test_a_kernel_that_ends_or_hangs_costs_its_test_alone(host: str | None) -> None:
    answers = """
import os, sys
def make(): return type("Thing", (), {"x": 1})()
def die(): os._exit(1)
def hang():
    while True: pass
def endless():
    while True: yield 1
def garbage():
    sys.modules["autograder.apart.student"].reply = lambda text: "no JSON"
def gigabyte():
    class R:
        def __repr__(self): return "x" * 1_000_000_000
    sys.modules["autograder.apart.student"].reply = lambda text: R()
def fine(): return 1
"""
    started = time.monotonic()
    found, outcome = _run(
        host,
        [answers],
        [
            "thing = make()\nassert thing.x == 1",
            "die()",
            "assert fine() == 1",
            "assert thing.x == 1",
            "hang()",
            "assert all(x == 1 for x in endless())",
            "while True: pass",
            "assert fine() == 1",
            "garbage()\nassert fine() == 1",
        ],
        cell_seconds=2.0,
    )
    names = [name for name, _ in found]
    assert names == ["", "Stopped", "", "NotJudged", "Stopped", "Stopped", "Stopped", "", "Stopped"]
    assert "ended the kernel" in found[1][1] and "no usable answer" in found[8][1]
    assert "ended with the student's kernel" in outcome.not_apart["p--3"]
    assert time.monotonic() - started < 60
    found, _ = _run(host, [answers], ["gigabyte()\nassert fine() == 1", "assert 1"], memory_megabytes=3000)
    assert [name for name, _ in found] == ["Stopped", ""]


def test_no_patch_in_the_kernel_changes_what_a_test_says(host: str | None) -> None:
    # Ways by which single tests can be cheated are in tests/hostile.
    attacks = [
        "import builtins, numpy as np\nbuiltins.all = builtins.isinstance = lambda *a: True\n"
        "all = any = isinstance = abs = len = lambda *a: True\nnp.allclose = lambda *a, **k: True\n"
        "class np:\n    allclose = lambda *a: True\ndef close(a, b): return True",
        "class I(int):\n    __eq__ = lambda *a: True\n    __hash__ = None\n"
        "    __sub__ = __rsub__ = lambda *a: 0\ndef double(x): return I(1)",
    ]
    tests = ["assert close(double(2), 4)", "assert np.allclose(double(2), 4)", "assert double(2) == 4"]
    tests += [
        "assert abs(double(2) - 4) < 0.1",
        "assert all([double(2) == 4])",
        "assert isinstance(double, int)",
    ]
    set_up = _set_up("def close(a, b): return abs(a - b) < 0.1")
    for attack in attacks:
        found, _ = _run(
            host,
            [set_up, f"def double(x): return 0\n\n{attack}"],
            tests,
            imports="import numpy as np",
            preload=("numpy",),
        )
        assert "" not in [name for name, _ in found], found


def test_a_builtin_that_is_asked_for_is_the_students(host: str | None) -> None:
    answer = "def sorted(values): return values"
    assert _run(host, [answer], ["assert sorted([2, 1]) == [1, 2]"])[0] == [("", "")]
    found, _ = _run(host, [answer], ["assert sorted([2, 1]) == [1, 2]"], answers=("sorted",))
    assert found[0][0] == "AssertionError"


def test_whoever_wants_it_has_tests_in_the_kernel(host: str | None) -> None:
    answer = "class E:\n    def __eq__(self, other): return True\ndef double(x): return E()"
    assert _run(host, [answer], ["assert double(2) == 4"], tests_in_kernel=True)[0] == [("", "")]


def test_tensors_cross_and_models_stay() -> None:
    answers = "import tensorflow as tf\ndef total(x): return tf.reduce_sum(x)\n"
    answers += "model = tf.keras.Sequential([tf.keras.layers.Dense(1)])\nweight = tf.Variable([1.0, 2.0])"
    tests = [
        "y = total(tf.ones(3))\nassert y == 3 and y.shape == () and y.numpy() == 3",
        "tf.debugging.assert_near(total(tf.ones(3)), 4.0)",
        "assert model(tf.ones((2, 3))).shape == (2, 1) and len(model.trainable_variables) == 2",
        "assert isinstance(model, tf.keras.Model)",
    ]
    with launch.warm_host_for(("tensorflow",), checks=False, one_thread=True) as address:
        settings = {"imports": "import tensorflow as tf", "preload": ("tensorflow",), "cell_seconds": 20.0}
        found, outcome = _run(address, [answers], tests, **settings)
    assert [name for name, _ in found] == ["", "InvalidArgumentError", "", "NotJudged"]
    assert "what kind of object a Sequential" in outcome.not_apart["p--3"]


def test_without_a_host_it_is_the_same() -> None:
    found, _ = _run(None, ["def double(x): return 2 * x"], ["assert double(2) == 4", "assert double(2) == 5"])
    assert [name for name, _ in found] == ["", "AssertionError"]


def test_a_batch_says_what_could_not_be_judged(klass: Class) -> None:
    equal = "class E:\n    def __eq__(self, other): return True\ndef square(x): return E()"
    klass.hand_in("ann", {"square": equal, "area": "def area(r):\n    return math.pi * r**2"})
    result = klass.grade_one("ann")
    assert result.score == 4 and result.attention and result.needs_manual_grade
    assert "‘square--visible’ could not be judged apart" in result.reason
    assert not result.tests_in_kernel
    trusted = klass.grade(tests_in_kernel=True)
    assert trusted.submissions[0].score == 7 and trusted.tests_in_kernel  # graded again, and said
    assert klass.grade(tests_in_kernel=True).submissions[0].unchanged
    assert klass.grade_one("ann").score == 4
