"""Runs Python many times in forks of one process that has imported TensorFlow.

    python -m tests.warm_python

reads one line of JSON a run from its input, `{"code": …, "out": FILE, "err": FILE}`,
and answers each with the exit code. For tests of what a program says, where the
start of Python is not what is tested.
"""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Done:
    """What a run left behind, named as `subprocess.CompletedProcess` names it."""

    returncode: int
    stdout: str
    stderr: str


class WarmPython:
    """The process that is forked. Close it by leaving the `with` block."""

    def __init__(self, folder: Path, environment: dict[str, str]):
        self._folder = folder
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.warm_python"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=environment,
            text=True,
        )

    def run(self, code: str) -> Done:
        """Run a program's text as `python -c` would."""
        out, err = self._folder / "out", self._folder / "err"
        assert self._process.stdin is not None and self._process.stdout is not None
        self._process.stdin.write(json.dumps({"code": code, "out": str(out), "err": str(err)}) + "\n")
        self._process.stdin.flush()
        status = int(self._process.stdout.readline())
        return Done(status, out.read_text(encoding="utf-8"), err.read_text(encoding="utf-8"))

    def __enter__(self) -> "WarmPython":
        return self

    def __exit__(self, *exception: object) -> None:
        self._process.communicate(timeout=60)


def main() -> None:
    """Serve until the input ends."""
    import keras  # noqa: F401  each fork finds these imported
    import tensorflow  # noqa: F401

    import autograder.cli
    import autograder.diagnosis
    import autograder.observing.recorder  # noqa: F401

    for line in sys.stdin:
        asked = json.loads(line)
        child = os.fork()
        if child == 0:
            _child(asked["code"], asked["out"], asked["err"])
        _, status = os.waitpid(child, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)


def _child(code: str, out: str, err: str) -> None:
    for file, number in ((os.devnull, 0), (out, 1), (err, 2)):
        flags = os.O_RDONLY if number == 0 else os.O_WRONLY | os.O_CREAT | os.O_TRUNC
        os.dup2(os.open(file, flags, 0o600), number)
    status = 0
    try:
        exec(compile(code, "<string>", "exec"), {"__name__": "__main__"})
    except SystemExit as end:
        status = end.code if isinstance(end.code, int) else int(end.code is not None)
    except BaseException:
        sys.excepthook(*sys.exc_info())
        status = 1
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(status)


if __name__ == "__main__":
    main()
