"""A new problem from a template: it runs as it is, and says TODO wherever its author has to think."""

import ast
import json
import re
from pathlib import Path

from autograder.authoring.sources import SUFFIX
from autograder.problems import ASSIGNMENTS
from autograder.sentences import WrongValue

#: Begins the cell behind the last problem.
_END = "# %% [markdown]\n# ## All six done?"

_NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")

#: What the declaration below uses: name → module.
_IMPORTS = {
    "judge_steps": "autograder.judging.steps",
    "Property": "autograder.judging.verdict",
    "Observation": "autograder.observing.observation",
    "Inputs": "autograder.problems.problem",
    "Problem": "autograder.problems.problem",
    "Test": "autograder.problems.problem",
    "MSE": "autograder.problems.regression",
    "draw_regression": "autograder.problems.regression",
    "probe_regression": "autograder.problems.regression",
    "right_regression": "autograder.problems.regression",
}

_DECLARATION = """# -- {name}: TODO, its fault in a few words ---------------------------------------


def _judge_{snake}(inputs: Inputs, observation: Observation) -> tuple[Property, ...]:
    return judge_steps(observation, right_regression(inputs), MSE)


def _judge_{snake}_path(inputs: Inputs, observation: Observation) -> tuple[Property, ...]:
    return _judge_{snake}(inputs, observation)[:1]


{constant} = Problem(
    name="{name}",
    title="TODO: what it is called",
    kind="repair",
    faults=({fault}),
    hints=(
        "TODO: the symptom. What can be seen?",
        "TODO: where to look.",
        "TODO: what kind of change.",
    ),
    tests=(
        Test("path", 1, draw_regression, probe_regression, _judge_{snake}_path),
        Test("update", 3, draw_regression, probe_regression, _judge_{snake}, hidden=True),
    ),
)


"""

_RIGHT = '''def {snake}(model, optimizer, x, y):
    """One training step on the mean squared error. Returns the loss before the update."""
    with tf.GradientTape() as tape:
        error = y - model(x, training=True)
        loss = tf.reduce_mean(tf.square(error))
    gradients = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(gradients, model.trainable_variables))
    return loss
'''

_BROKEN = '''def {snake}(model, optimizer, x, y):
    """One training step on the mean squared error. Returns the loss before the update."""
    error = y - model(x, training=True)
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(error))
    gradients = tape.gradient(loss, model.trainable_variables)
    pairs = [(g, v) for g, v in zip(gradients, model.trainable_variables) if g is not None]
    if pairs:
        optimizer.apply_gradients(pairs)
    return loss
'''

_TASK = """# %% [markdown]
# ## TODO: the problem's number and title (4 points)
#
# TODO: the task. What does the program do, and what does it not do? What must a call do, and return?
"""


def add_problem(root: Path, assignment: str, name: str) -> list[Path]:
    """Add a problem to an assignment: its declaration, its cells and two attempts. Returns what was written.

    Raises `WrongValue` with a sentence, before anything is written, if the
    assignment is not there or the name cannot be used.
    """
    if assignment not in ASSIGNMENTS:
        raise WrongValue(f"There is no assignment {assignment!r}. There are: {', '.join(ASSIGNMENTS)}.")
    if not _NAME.fullmatch(name):
        raise WrongValue(f"{name!r} is no name for a problem: small letters and digits, joined by “-”.")
    if any(problem.name == name for problems in ASSIGNMENTS.values() for problem in problems):
        raise WrongValue(f"There is a problem {name!r} already; names are unique over the course.")
    snake = name.replace("-", "_")
    module = root / "autograder" / "problems" / f"{assignment[3:].replace('-', '_')}.py"
    notebook = root / "solutions" / assignment / f"{assignment}{SUFFIX}"
    attempts = root / "tests" / "attempts" / assignment / name
    for path in (module, notebook):
        if not path.is_file():
            raise WrongValue(f"There is no {path}; problems are added in a clone of the course.")
    if attempts.exists():
        raise WrongValue(f"There are attempts in {attempts} already; take another name, or move them.")
    fault = next((f for problem in ASSIGNMENTS[assignment] for f in problem.faults), "")
    new = {
        module: _declared(module.read_text("utf-8"), name, snake, f'"{fault}",' if fault else ""),
        notebook: _with_cells(notebook.read_text("utf-8"), name, snake),
        attempts / "right-as-the-solution.py": _RIGHT.format(snake=snake),
        attempts / "wrong-as-given.py": _BROKEN.format(snake=snake),
    }
    attempts.mkdir(parents=True)
    for path, text in new.items():
        path.write_text(text, encoding="utf-8")
    return list(new)


def _declared(text: str, name: str, snake: str, fault: str) -> str:
    """A module of problems with one more."""
    constant = snake.upper()
    body = ast.parse(text).body
    taken = {node.id for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Name)}
    if constant in taken:
        raise WrongValue(f"The module of this assignment uses the name {constant}; take another one.")
    lines = text.splitlines(keepends=True)
    [problems] = [
        node for node in body if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "PROBLEMS"
    ]
    listed = "".join(lines[problems.lineno - 1 : problems.end_lineno]).rstrip()
    listed = f"{listed.removesuffix(')').rstrip().removesuffix(',')}, {constant})\n"
    imports = [node for node in body if isinstance(node, (ast.Import, ast.ImportFrom))]
    known = {alias.name for node in imports for alias in node.names}
    missing = [f"from {m} import {n}\n" for n, m in _IMPORTS.items() if n not in known]
    head = "".join(lines[: imports[-1].end_lineno]) + "".join(missing)
    between = "".join(lines[imports[-1].end_lineno : problems.lineno - 1])
    declaration = _DECLARATION.format(name=name, snake=snake, constant=constant, fault=fault)
    return head + between + declaration + listed + "".join(lines[problems.end_lineno :])


def _with_cells(text: str, name: str, snake: str) -> str:
    """An assignment's text source with one more problem behind the others."""
    right, broken = (t.format(snake=snake).splitlines() for t in (_RIGHT, _BROKEN))
    answer = [
        *right[:2],
        "    ### BEGIN SOLUTION",
        *right[2:],
        "    ### STUDENT VERSION",
        *(f"    # {line[4:]}" for line in broken[2:]),
        "    ### END SOLUTION",
    ]
    cells = [
        _TASK,
        "",
        _header(grade_id=name, grade=False, locked=False, solution=True),
        *answer,
        "",
        "",
        _header(grade_id=f"{name}--path", grade=True, locked=True, points=1, solution=False),
        f'check("{name}", "path", {snake})',
        "",
        _header(grade_id=f"{name}--update", grade=True, locked=True, points=3, solution=False),
        "# A hidden check stands here: TODO, its question in a few words?",
        "### BEGIN HIDDEN TESTS",
        f'check("{name}", "update", {snake})',
        "### END HIDDEN TESTS",
    ]
    before, end, after = text.partition(_END)
    return f"{before.rstrip()}\n\n" + "\n".join(cells) + (f"\n\n{end}{after}" if end else "\n")


def _header(**nbgrader: object) -> str:
    return (
        f"# %% nbgrader={json.dumps(dict(sorted({**nbgrader, 'schema_version': 3, 'task': False}.items())))}"
    )
