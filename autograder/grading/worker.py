"""The worker process: a task on stdin, the outcome on stdout.

It is forked from a warm host, or started with ``python -m autograder.grading.worker``.
It is trusted, and holds nothing but one task. The kernel that it starts is not.
The task comes with its length in front; after it stdin stays open, and its end
means that the coordinator is gone, and with it the reason to go on.
"""

import os
import shutil
import sys
import threading

from autograder.grading import reaper


def main() -> None:
    """Read a task, run it, write the outcome, leave nothing behind."""
    source = os.fdopen(os.dup(0), "rb")
    result = os.dup(1)
    nothing = os.open(os.devnull, os.O_RDWR)
    os.dup2(nothing, 0)  # whatever prints to our streams by accident must not reach the outcome
    os.dup2(nothing, 1)
    reaper.adopt_orphans()
    reaper.close_to_others()
    data = source.read(int.from_bytes(source.read(8), "big"))
    threading.Thread(target=_end_with_coordinator, args=(source,), daemon=True).start()

    from autograder.grading.execute import execute
    from autograder.grading.task import Task

    outcome = execute(Task.from_bytes(data)).to_bytes()
    reaper.end_descendants()
    with os.fdopen(result, "wb") as out:
        out.write(outcome)
    sys.stderr.flush()
    os._exit(0)  # an orderly end would wait for threads that have nothing more to do


def _end_with_coordinator(source: object) -> None:
    source.read()  # type: ignore[attr-defined]
    reaper.end_descendants()
    if os.environ.get(reaper.MARK) == os.getcwd():  # the folder that the coordinator made for us
        shutil.rmtree(os.getcwd(), ignore_errors=True)
    os._exit(3)


if __name__ == "__main__":
    main()
