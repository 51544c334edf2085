"""What a cell's text tells."""

import pytest

from autograder.apart import scope


def test_names_of_the_outermost_level() -> None:
    source = (
        "import os.path as p, json\na, (b, *c) = f()\nd: int = 1\ndef g():\n    inner = 1\nclass K: x = 1\n"
    )
    source += "for i in [j for j in a]: pass\nwith open('x') as file: pass\ne.x = 1\n"
    tree = scope.parsed(source)
    assert tree is not None
    assert scope.assigned(tree) == {"p", "json", "a", "b", "c", "d", "g", "K", "i", "file"}


def test_imports_and_answers() -> None:
    cells = [
        "%matplotlib inline\nimport numpy as np\nx = 1",
        "from math import pi\nimport numpy as np",
        "def (",
    ]
    assert scope.imports(cells) == "import numpy as np\nfrom math import pi"
    assert scope.functions(["def f(): pass\nclass K:\n    def g(self): pass\nx = 1", "%%bash"]) == ("f",)
    assert scope.answers(["import os\ndef sorted(x):\n    y = 1\nz = 2", "%%bash\nls"]) == ("sorted", "z")


@pytest.mark.parametrize(
    "source",
    [
        "assert double(2) == 4",
        "import numpy as np\nfrom numpy.testing import assert_allclose\nassert_allclose(f(np.zeros(3)), 1)",
        "assert x is None and type(x) is not int and y is not True",
        "for _ in range(3):\n    assert f() > 0",
        "try:\n    f(-1)\nexcept ValueError:\n    pass\nelse:\n    raise AssertionError",
        "assert callable(f) and isinstance(f(1), float) and hasattr(K(), 'x')",
    ],
)
def test_ordinary_tests_can_be_judged_apart(source: str) -> None:
    assert scope.why_not_apart(source) is None


@pytest.mark.parametrize(
    ("source", "why"),
    [
        ("%timeit f()", "magics"),
        ("!ls", "magics"),
        ("assert f(x) is x", "same object"),
        ("assert type(d) is Dog", "same object"),
        ("assert 'x' in globals()", "‘globals’"),
        ("assert _ == 4", "‘_’"),
        ("assert Out[3] == 4", "‘Out’"),
        ("get_ipython().run_cell('1')", "‘get_ipython’"),
        ("import inspect\nassert 'for' not in inspect.getsource(f)", "‘inspect’"),
        ("from unittest.mock import patch", "‘mock’"),
        ("input = lambda *a: '5'\nf()", "‘input’"),
        ("assert plt.gca().get_title()", "‘gca’"),
        ("assert os.path.exists('out.csv')", "‘exists’"),
        ("tf.random.set_seed(1)\nassert f() == 3", "‘set_seed’"),
        ("import subprocess", "‘subprocess’"),
    ],
)
def test_what_needs_more_is_told(source: str, why: str) -> None:
    found = scope.why_not_apart(source)
    assert found is not None and why in found
