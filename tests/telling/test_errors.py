"""An error of the learner's looks like one of theirs: short, their line marked, no frame of ours."""

import textwrap

import pytest

from autograder import draw_path, hint
from autograder.judging.steps import crashed
from autograder.observing.failure import describe_failure
from autograder.sentences import Sentence

FRAMED = (
    "Exception encountered when calling Sequential.call().\n\n"
    "\x1b[1mInput 0 is incompatible with the layer: expected 4, received 2\x1b[0m\n\n"
    "Arguments received by Sequential.call():\n  • inputs=tf.Tensor(shape=(3, 2))\n  • training=None"
)
CORE = "Input 0 is incompatible with the layer: expected 4, received 2"


def failing_step(*_: object) -> None:
    raise ValueError(FRAMED)


def raised_by(step) -> Exception:
    with pytest.raises(Exception) as caught:
        step()
    return caught.value


def test_the_message_is_the_one_that_helps():
    assert describe_failure(raised_by(failing_step)).message == CORE
    assert describe_failure(ValueError("plain\n\nand long")).message == "plain\n\nand long"
    unframed = "Exception encountered when calling Dense.call().\n\nno arguments"
    assert describe_failure(ValueError(unframed)).message == "no arguments"
    twice = f"Exception encountered when calling Model.call().\n\n{FRAMED}"
    assert describe_failure(ValueError(twice)).message == CORE


def test_the_line_is_marked():
    said = crashed(describe_failure(raised_by(failing_step))).message
    assert "  → " in said and "│ raise ValueError(FRAMED)\n" in said and said.endswith(f"is: {CORE}")
    assert "Traceback" not in said and "autograder" not in said


def test_a_step_that_raises_has_a_reason_in_the_place_of_a_path():
    said = repr(draw_path(failing_step))
    assert said.startswith("The step raised ValueError in line ") and CORE in said and "\n" not in said


def test_a_cell_is_named_by_its_number(shell):
    cell = """
        from autograder import diagnose
        def step():
            return [][1]
        said = repr(diagnose(step))
    """
    assert shell.run_cell(textwrap.dedent(cell), store_history=True).success
    assert "IndexError in line 3 of cell [1]: list index out of range" in shell.user_ns["said"]


@pytest.mark.parametrize("call", [lambda: hint("sensorstep"), lambda: hint("sensor-step", 4)])
def test_what_was_asked_wrongly_is_told_without_a_frame(call):
    error = raised_by(call)
    assert isinstance(error, Sentence)
    assert error._render_traceback_() == [str(error)]


def test_a_misspelt_problem_is_recognised():
    assert "Did you mean 'sensor-step'" in str(raised_by(lambda: hint("sensorstep")))
