"""Diagnoses many programs in one process that has imported TensorFlow, with a fork for each.

Usage: run_programs.py RESULTS.jsonl AT_A_TIME PROGRAM.py…
"""

import gc
import json
import os
import sys
import time
import traceback
from pathlib import Path

SECONDS = 120.0


def main(results: Path, at_a_time: int, programs: list[str]) -> None:
    """Diagnose all programs; each adds a line of JSON to the results."""
    import keras  # noqa: F401  each fork finds these imported
    import tensorflow  # noqa: F401

    import autograder.judging.diagnose
    import autograder.observing.recorder  # noqa: F401

    gc.collect()
    gc.freeze()  # what is there now is shared by all forks

    running: set[int] = set()
    for program in programs:
        if len(running) == at_a_time:
            running.discard(os.wait()[0])
        pid = os.fork()
        if pid == 0:
            _child(results, program)
        running.add(pid)
    while running:
        running.discard(os.wait()[0])


def _child(results: Path, program: str) -> None:
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    started = time.monotonic()
    try:
        from autograder.diagnosis import diagnose_script

        outcome = diagnose_script(Path(program), seconds=SECONDS).to_json()
    except BaseException:  # whatever happens, the parent has to hear of it
        outcome = {"crash": traceback.format_exc()}
    outcome |= {"program": program, "seconds": time.monotonic() - started}
    with results.open("a", encoding="utf-8") as file:
        file.write(json.dumps(outcome) + "\n")
    os._exit(0)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3:])
