"""A course of one tiny chapter, to build notebooks from."""

import functools
import json
import shutil
from pathlib import Path

import pytest
from nbgrader import api

LESSON = """\
# %% [markdown]
# # A lesson

# %%
print("hello")
"""

_CELL = {"locked": False, "schema_version": 3, "task": False}
ANSWER = json.dumps({**_CELL, "grade_id": "double", "grade": False, "solution": True})
SMALL, LARGE = (
    json.dumps(
        {
            **_CELL,
            "grade_id": f"double--{name}",
            "grade": True,
            "points": 2,
            "solution": False,
            "locked": True,
        }
    )
    for name in ("small", "large")
)

SOLUTION = f"""\
# %% [markdown]
# # An assignment

# %% nbgrader={ANSWER}
def double(x):
    ### BEGIN SOLUTION
    return x + x
    ### STUDENT VERSION
    # return x * x  # why?
    ### END SOLUTION


# %% nbgrader={SMALL}
check("double", "small", double)

# %% nbgrader={LARGE}
# A hidden check stands here.
### BEGIN HIDDEN TESTS
check("double", "large", double)
### END HIDDEN TESTS
"""


@pytest.fixture(scope="session", autouse=True)
def _quick_gradebooks():
    """Ask the program that names the version of gradebooks once: it takes a second each time."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(api, "get_alembic_version", functools.cache(api.get_alembic_version))
        yield


@pytest.fixture
def course(tmp_path: Path, root: Path) -> Path:
    """The folder of a course with one lesson and one assignment, not built yet."""
    shutil.copy(root / "nbgrader_config.py", tmp_path)
    (tmp_path / "course").mkdir()
    (tmp_path / "course/01-tiny.nb.py").write_text(LESSON, encoding="utf-8")
    (tmp_path / "solutions/01-tiny").mkdir(parents=True)
    (tmp_path / "solutions/01-tiny/01-tiny.nb.py").write_text(SOLUTION, encoding="utf-8")
    return tmp_path
