"""The page of broken programs, before and after: ``course/guides/diagnose.md``, from real runs.

Run it with `make pages`. Each program in ``course/guides/cases`` stands beside its
repair; the page shows the program, what `autograder diagnose` says of it, the
repair, and what the same command says then.
"""

import ast
import difflib
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path("course/guides/cases")
PAGE = Path("course/guides/diagnose.md")

#: In the order of the page.
CASES = ("digits_fit", "heat_loop", "spring_module", "sparse_train_step", "two_speeds")

_HEAD = """# The engineer's page: a model that does not learn

`autograder diagnose` runs your training script for some steps, watches what each step does to each variable,
and says which ones don't learn, and why. It needs neither course nor notebooks. In a copy of this repository:

```bash
pip install .
autograder diagnose train.py
```

That brings TensorFlow, Rich and Typer, and no Jupyter. Your script runs as it is, with its own arguments
after `--`, and computes the same numbers. It may be stopped after the steps that are watched, and then does
not write what it would write at its end. All options are in
[the reference](../reference/commands.md#autograder-diagnose).

What follows are {count} programs, each with another fault and written in another way. What stands below each
comes from runs of that command.
"""


@dataclass(frozen=True)
class Case:
    """A broken program and its repair."""

    name: str
    title: str
    #: What somebody sees who has written it.
    story: str
    broken: str
    repaired: str

    @property
    def repair(self) -> str:
        """The lines that differ, with their surroundings, as a diff."""
        lines = difflib.unified_diff(self.broken.splitlines(), self.repaired.splitlines(), n=1, lineterm="")
        return "\n".join(line for line in list(lines)[2:] if not line.startswith("@@"))


def read(root: Path, name: str) -> Case:
    """One case. Raises `OSError` if one of its two files is missing."""
    broken, repaired = ((root / FOLDER / f"{name}{end}.py").read_text() for end in ("", "_repaired"))
    title, _, story = (ast.get_docstring(ast.parse(broken)) or "").partition("\n\n")
    return Case(name, title, story, _without_docstring(broken), _without_docstring(repaired))


def _without_docstring(text: str) -> str:
    first = ast.parse(text).body[0]
    return "\n".join(text.splitlines()[first.end_lineno :]).strip()


def diagnosis(root: Path, name: str) -> str:
    """What the command says of a program."""
    command = [sys.executable, "-m", "autograder", "diagnose", f"{name}.py"]
    environment = {**os.environ, "COLUMNS": "100", "PYTHONPATH": str(root), "CUDA_VISIBLE_DEVICES": "-1"}
    done = subprocess.run(
        command, cwd=root / FOLDER, env=environment, capture_output=True, text=True, check=False
    )
    return "\n".join(line.rstrip() for line in done.stdout.strip().splitlines())


def page(root: Path) -> str:
    """The page's text."""
    parts = [_HEAD.format(count=len(CASES))]
    for number, name in enumerate(CASES, 1):
        case = read(root, name)
        parts.append(
            f"## {number}. {case.title}\n\n{case.story}\n\n```python\n{case.broken}\n```\n\n"
            f"```text\n$ autograder diagnose {name}.py\n{diagnosis(root, name)}\n```\n\n"
            f"The repair:\n\n```diff\n{case.repair}\n```\n\n"
            f"```text\n$ autograder diagnose {name}_repaired.py\n{diagnosis(root, f'{name}_repaired')}\n```\n"
        )
    return "\n".join(parts)


def main() -> int:
    """Write the page into the checkout."""
    root = Path.cwd()
    (root / PAGE).write_text(page(root), encoding="utf-8")
    print(f"Wrote {PAGE}.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
