"""`autograder diagnose`, from the command line, in a notebook, and in words."""

import json
import math
import subprocess
import sys
from pathlib import Path

import pytest

from autograder.diagnosis import Diagnosis, VariableRow
from autograder.judging.history import Finding
from autograder.observing.events import Place
from autograder.telling import findings as words
from tests.conftest import user_environment
from tests.warm_python import Done, WarmPython

TRAINING = """
import sys
import numpy as np
import tensorflow as tf
tf.keras.utils.set_random_seed(1)
x = np.random.default_rng(0).normal(size=(32, 3)).astype("float32")
y = x @ np.array([[1.0], [2.0], [3.0]], "float32")
layer = tf.keras.layers.Dense(1)
layer.build((None, 3))
optimizer = tf.keras.optimizers.SGD(RATE)
print("the script's own line", sys.argv[1:])
for step in range(COUNT):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(layer(x) - y))
    gradients = tape.gradient(loss, layer.trainable_variables)
    optimizer.apply_gradients(zip(gradients, layer.trainable_variables))
AFTER
"""


def training(folder: Path, rate: str = "0.1", count: str = "12", after: str = "") -> Path:
    script = folder / "train.py"
    script.write_text(TRAINING.replace("RATE", rate).replace("COUNT", count).replace("AFTER", after))
    return script


def command(*arguments: object, warm: WarmPython | None = None) -> subprocess.CompletedProcess[str] | Done:
    """`autograder diagnose` with these arguments, in a Python of its own or in a fork of a warm one."""
    if warm is not None:
        arguments = ("autograder", "diagnose", *map(str, arguments))
        return warm.run(f"import sys\nfrom autograder.cli import main\nsys.argv = {[*arguments]!r}\nmain()")
    run = [sys.executable, "-m", "autograder", "diagnose", *map(str, arguments)]
    return subprocess.run(run, capture_output=True, text=True, env=user_environment(), timeout=300)


# -- wrong usage --------------------------------------------------------------------------


def test_what_is_no_script_is_refused_with_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("not a program")
    (tmp_path / "lesson.ipynb").write_text("{}")
    for name, said in (("", "is a folder"), ("gone.py", "no file"), ("notes.txt", "not a Python script"),
                       ("lesson.ipynb", "%%diagnose")):  # fmt: skip
        run = command(tmp_path / name)
        assert run.returncode == 2
        assert said in run.stderr and "Traceback" not in run.stderr
        assert run.stdout == ""


def test_no_steps_at_all_is_wrong_usage(tmp_path: Path) -> None:
    assert command(training(tmp_path), "--steps", 0).returncode == 2


# -- scripts ------------------------------------------------------------------------------


@pytest.mark.slow
def test_a_healthy_script_has_no_finding_and_exit_code_0(tmp_path: Path) -> None:
    run = command(training(tmp_path), "--", "--flag", "word")
    assert run.returncode == 0, run.stdout + run.stderr
    assert "the script's own line ['--flag', 'word']" in run.stdout
    assert "nothing wrong" in run.stdout and "ran to its end, 12 steps" in run.stdout
    assert all(line.startswith("autograder: ") for line in run.stderr.splitlines())  # progress, when slow


@pytest.mark.slow
def test_json_is_all_that_goes_to_standard_output(tmp_path: Path) -> None:
    script = training(tmp_path, rate="0.0")
    run = command(script, "--steps", 5, "--json")
    assert run.returncode == 1, run.stderr
    data = json.loads(run.stdout)
    assert "the script's own line" in run.stderr
    assert data["steps"] == 5 and data["stopped"] == "steps" and len(data["loss"]) == 5
    [finding] = data["findings"]
    assert finding["fault"] == "zero-learning-rate" and finding["file"] == str(script)
    assert finding["line"] == 10
    assert data["error"] is None
    kernel, bias = sorted(data["variables"], key=lambda v: -len(v["shape"]))
    assert kernel["shape"] == [3, 1] and kernel["registered"] is True
    assert kernel["gradient"] == "finite" and kernel["gradient_norm"] > 0 and kernel["update_norm"] == 0
    assert set(finding["variables"]) == {kernel["name"], bias["name"]}


@pytest.mark.slow
def test_json_tells_owners_pairs_values_and_rates(tmp_path: Path, warm: WarmPython) -> None:
    data = json.loads(command(training(tmp_path, count="4"), "--json", warm=warm).stdout)
    kernel, bias = sorted(data["variables"], key=lambda v: -len(v["shape"]))
    for variable in (kernel, bias):
        assert variable["dtype"] == "float32" and variable["owner"] == "dense"
        assert variable["read_in_tape"] is True and variable["optimizer"] == "SGD"
        assert variable["gradient_from"] == [variable["name"]]
        assert variable["first_update"] == pytest.approx(variable["predicted_update"], rel=1e-4)
        assert len(variable["first_value"]) == len(variable["last_value"]) == math.prod(variable["shape"])
        assert math.hypot(*variable["last_value"]) == pytest.approx(variable["last_norm"])
    assert bias["first_value"] == [0.0] and bias["first_norm"] == 0
    [optimizer] = data["optimizers"]
    assert optimizer["name"] == "SGD" and optimizer["learning_rates"] == pytest.approx([0.1] * 4)
    assert optimizer["line"] == 10 and optimizer["clipnorm"] is None and optimizer["schedule"] is None
    assert data["tracings"] == {} and data["raised"] is None and isinstance(data["warnings"], list)


@pytest.mark.slow
def test_json_tells_the_exception_also_where_a_finding_explains_it(tmp_path: Path, warm: WarmPython) -> None:
    script = training(tmp_path, count="2", after="optimizer.apply_gradients(gradients)")
    data = json.loads(command(script, "--json", warm=warm).stdout)
    assert [f["fault"] for f in data["findings"]] == ["unzipped-gradients"]
    assert data["raised"]["line"] == 17 and data["raised"]["file"] == str(script)


@pytest.mark.slow
def test_numbers_that_are_not_finite_are_null_in_json(tmp_path: Path, warm: WarmPython) -> None:
    run = command(training(tmp_path, rate="1e30"), "--json", warm=warm)
    data = json.loads(run.stdout, parse_constant=lambda name: pytest.fail(f"{name} is no JSON"))
    assert None in data["loss"] and data["findings"]


@pytest.mark.slow
def test_a_script_that_never_trains_says_so(tmp_path: Path, warm: WarmPython) -> None:
    script = tmp_path / "data.py"
    script.write_text("print(sum(range(10)))\n")
    run = command(script, warm=warm)
    assert run.returncode == 1 and "never trains" in run.stdout and "45" in run.stdout


@pytest.mark.slow
def test_an_exception_that_no_fault_explains_is_reported_with_its_line(
    tmp_path: Path, warm: WarmPython
) -> None:
    run = command(training(tmp_path, count="3", after="raise KeyError('epochs')"), "--json", warm=warm)
    data = json.loads(run.stdout)
    assert run.returncode == 1 and data["findings"] == []
    assert data["error"] == "KeyError in line 17 of train.py: 'epochs'"


@pytest.mark.slow
def test_an_error_of_syntax_is_reported_with_its_line(tmp_path: Path, warm: WarmPython) -> None:
    script = tmp_path / "train.py"
    script.write_text("x = 1\nfor\n")
    data = json.loads(command(script, "--json", warm=warm).stdout)
    assert data["error"].startswith("SyntaxError in line 2")


@pytest.mark.slow
def test_the_time_limit_ends_a_run_and_is_named(tmp_path: Path, warm: WarmPython) -> None:
    script = tmp_path / "train.py"
    script.write_text("import time\nwhile True:\n    time.sleep(0.1)\n")
    run = command(script, "--seconds", 2, warm=warm)
    assert run.returncode == 1 and "time was up" in run.stdout and "--seconds" in run.stdout


# -- notebooks ----------------------------------------------------------------------------

NOTEBOOK = """
import numpy as np, tensorflow as tf
import autograder
x = np.random.default_rng(0).normal(size=(32, 3)).astype("float32")
y = x @ np.array([[1.0], [2.0], [3.0]], "float32")
model = tf.keras.Sequential([tf.keras.Input((3,)), tf.keras.layers.Dense(4), tf.keras.layers.Dense(1)])
other = tf.keras.Sequential([tf.keras.Input((3,)), tf.keras.layers.Dense(1)])
optimizer = tf.keras.optimizers.SGD(0.0)

@tf.function
def step(x, y):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(model(x) - y))
    gradients = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(gradients, model.trainable_variables))

step(x, y)
"""


@pytest.mark.slow
def test_a_step_of_a_notebook_is_diagnosed_with_what_was_made_before(warm: WarmPython) -> None:
    run = warm.run(
        NOTEBOOK
        + "d = autograder.diagnose(step, x, y, steps=6)\n"
        + "print(d.steps, [f.fault for f in d.findings], len(d.variables))\nprint(d)\nprint(d._repr_html_())"
    )
    assert run.returncode == 0, run.stderr
    said = run.stdout
    assert said.startswith("6 ['zero-learning-rate'] 4\n")
    assert "The learning rate is zero" in said and "<table>" in said


@pytest.mark.slow
def test_the_cell_magic_diagnoses_a_cell(warm: WarmPython) -> None:
    run = warm.run(
        "from IPython.core.interactiveshell import InteractiveShell\n"
        "shell = InteractiveShell.instance()\n"
        "shell.run_line_magic('load_ext', 'autograder')\n"
        f"shell.run_cell({NOTEBOOK!r})\n"
        "d = shell.run_cell_magic('diagnose', '--steps 4', "
        "'for _ in range(9):\\n    step.python_function(x, y)\\nprint(\"not reached\")')\n"
        "print('diagnosis', d.steps, d.stopped, [f.fault for f in d.findings])\n"
    )
    assert run.returncode == 0, run.stderr
    said = run.stdout
    assert "diagnosis 4 steps ['zero-learning-rate']" in said
    assert "not reached" not in said and "Traceback" not in said


# -- words --------------------------------------------------------------------------------


def a_diagnosis(name: str = "kernel", text: str = "optimizer = SGD(0)") -> Diagnosis:
    finding = Finding("zero-learning-rate", (name,), f"In all 3 steps “{name}” stood still.",
                      Place("/home/me/train.py", 12, text))  # fmt: skip
    rows = (
        VariableRow(name, (3, 1), True, True, "finite", 2.0, 0.0),
        VariableRow("scale", (), False, True, "none", None, None),
    )
    return Diagnosis(3, (1.0, math.nan, 1.0), rows, (finding,), None, "steps")


def test_a_finding_says_what_was_seen_why_what_to_try_where_and_what_to_read() -> None:
    said = words.as_text(a_diagnosis())
    for part in ("I saw:", "Why:", "Try:", "Read:", "chapter 07", "train.py:12", "12 │ optimizer = SGD(0)",
                 "[1]", "one number", "--steps says how many"):  # fmt: skip
        assert part in said
    assert words.message(a_diagnosis().findings[0]).startswith("The learning rate is zero. I saw: In all 3")


def test_a_learners_text_is_never_markup() -> None:
    evil = "<script>alert(1)</script>[bold red]x[/]"
    page = words.as_html(a_diagnosis(evil, evil))
    assert "<script>" not in page and "&lt;script&gt;" in page
    assert "[bold red]x[/]" in words.as_text(a_diagnosis("[bold red]x[/]", "[link=x]y[/link]"))


def test_html_has_a_caption_and_scoped_headings_and_no_fixed_colours() -> None:
    page = words.as_html(a_diagnosis())
    assert "<caption>" in page and 'scope="col"' in page and 'scope="row"' in page
    assert "#" not in page and "rgb" not in page


def test_json_of_a_diagnosis_has_the_contracts_keys() -> None:
    data = a_diagnosis().to_json()
    assert {"steps", "loss", "variables", "findings", "error"} <= data.keys()
    assert data["loss"] == [1.0, None, 1.0]
    assert {"name", "shape", "registered", "gradient", "gradient_norm", "update_norm"} <= data["variables"][
        0
    ].keys()
    assert {"fault", "variables", "file", "line", "message"} == data["findings"][0].keys()
    json.dumps(data, allow_nan=False)
