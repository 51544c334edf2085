"""`%%diagnose`: runs a notebook cell that trains, and says which variables don't learn, and why."""

import argparse
import shlex
import time
from typing import Any


def diagnose_cell(line: str, cell: str) -> Any:
    """Run the cell under the recorder, and return its diagnosis.

    ``%%diagnose`` watches 30 training steps, ``%%diagnose --steps 100`` more.
    The cell runs in the notebook's own namespace and is ended after these steps.
    """
    from IPython import get_ipython

    from autograder.diagnosis import STEPS, from_log
    from autograder.observing.recorder import EnoughSteps, Recorder

    parser = argparse.ArgumentParser(prog="%%diagnose", add_help=False, exit_on_error=False)
    parser.add_argument("--steps", type=int, default=STEPS)
    try:
        options, unknown = parser.parse_known_args(shlex.split(line))
    except (argparse.ArgumentError, ValueError) as error:
        print(f"%%diagnose: {error}")
        return None
    if unknown or options.steps < 1:
        print("%%diagnose takes nothing but --steps N, with N of 1 or more.")
        return None
    shell = get_ipython()
    recorder = Recorder(options.steps)
    recorder.know()
    before = shell.custom_exceptions, shell.CustomTB
    # The end that was asked for is no error to show.
    shell.set_custom_exc((EnoughSteps,), lambda *_, **__: None)
    started = time.monotonic()
    try:
        with recorder.recording():
            error = shell.run_cell(cell).error_in_exec
            if isinstance(error, EnoughSteps):
                raise error
            if error is not None:
                recorder.raised(error)
    finally:
        shell.custom_exceptions, shell.CustomTB = before
    log = recorder.log(dict(shell.user_ns))
    return from_log(log, time.monotonic() - started)


def load_ipython_extension(shell: Any) -> None:
    """What `%load_ext autograder` calls."""
    shell.register_magic_function(diagnose_cell, "cell", "diagnose")
