"""Around the run of somebody's script: what is said when, and to which stream."""

import contextlib
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO


def reason_not_to_run(script: Path) -> str | None:
    """A sentence if this is no Python script, ``None`` if it looks like one."""
    if script.is_dir():
        return f"{script} is a folder; name the script in it that trains."
    if not script.exists():
        return f"There is no file {script}."
    if script.suffix not in (".py", ".pyw"):
        hint = " Turn a notebook into a script with “jupyter nbconvert --to script”, or use %%diagnose in it."
        return f"{script} is not a Python script (.py).{hint if script.suffix == '.ipynb' else ''}"
    try:
        compile(script.read_bytes(), str(script), "exec")
    except SyntaxError:
        return None  # an error in the program, which the diagnosis reports with its line
    except ValueError as error:
        return f"{script} is not a Python script: {error}."
    except OSError as error:
        return f"{script} cannot be read: {error.strerror}."
    return None


def quiet_tensorflow() -> None:
    """Keep TensorFlow's start-up messages away, unless the user has set how much it says."""
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    os.environ.setdefault("ABSL_MIN_LOG_LEVEL", "3")


def report_progress(steps: int, seconds: float) -> None:
    """One line on standard error for a run that takes long."""
    print(f"autograder: {steps} steps in {seconds:.0f} s …", file=sys.__stderr__, flush=True)


@contextlib.contextmanager
def own_output(to_stderr: bool) -> Iterator[TextIO]:
    """A stream to our own standard output.

    With `to_stderr`, everything else that is written to standard output while
    the block runs, by Python or below it, goes to standard error.
    """
    if not to_stderr:
        yield sys.stdout
        return
    sys.stdout.flush()
    try:
        descriptor = sys.stdout.fileno()
    except (OSError, ValueError):  # a test that captures output has no descriptor
        ours = sys.stdout
        with contextlib.redirect_stdout(sys.stderr):
            yield ours
        return
    saved = os.dup(descriptor)
    os.dup2(sys.stderr.fileno(), descriptor)
    try:
        with os.fdopen(os.dup(saved), "w", encoding="utf-8") as ours:
            yield ours
    finally:
        sys.stdout.flush()
        os.dup2(saved, descriptor)
        os.close(saved)
