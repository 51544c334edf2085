"""Programs that hold a known fault: diagnosing them, and how often the right one is named.

The first line of a program says what it holds: `# fault: <id>`, or `# fault: none` for a healthy one.
"""

import json
from collections import Counter
from pathlib import Path

from tests.warm_python import WarmPython

PROGRAMS = Path(__file__).parent / "programs"
#: Those beside which the rules were written; the others were set aside, in folders `held_out*`.
OWN = sorted(PROGRAMS.glob("*/*.py"))


def named_fault(program: Path) -> str:
    first = program.read_text(encoding="utf-8").splitlines()[0]
    assert first.startswith("# fault: "), f"{program} does not say which fault it holds"
    return first.removeprefix("# fault: ").strip()


def run(programs: list[Path], folder: Path, warm: WarmPython, at_a_time: int = 1) -> dict[Path, dict]:
    """Diagnose programs in one process with a fork for each; returns program → diagnosis as JSON.

    One at a time is right for a test: other tests are running on the other core.
    """
    results = folder / "results.jsonl"
    results.touch()
    script, arguments = str(PROGRAMS / "run_programs.py"), [str(results), str(at_a_time), *map(str, programs)]
    done = warm.run(
        "import os, runpy, sys\nos.environ['TF_CPP_MIN_LOG_LEVEL'] = '3'\n"
        f"sys.argv = {[script, *arguments]!r}\nrunpy.run_path({script!r}, run_name='__main__')"
    )
    assert done.returncode == 0, done.stderr
    lines = map(json.loads, results.read_text(encoding="utf-8").splitlines())
    return {Path(line["program"]): line for line in lines}


def faults(diagnosis: dict) -> list[str]:
    return [finding["fault"] for finding in diagnosis.get("findings", ())]


def confusion(diagnosed: dict[Path, dict]) -> str:
    """One line a fault: programs, how many were named rightly, and what else was said."""
    rows: dict[str, Counter] = {}
    for program, diagnosis in diagnosed.items():
        fault = named_fault(program)
        row = rows.setdefault(fault, Counter())
        row["programs"] += 1
        found = faults(diagnosis)
        row["right"] += fault in found or (fault == "none" and not found)
        for other in found:
            if other != fault:
                row[f"also {other}"] += 1
        if fault not in found and fault != "none":
            row["missed"] += 1
        if diagnosis.get("crash"):
            row["crashed"] += 1
    lines = [f"{'fault':<30} programs  right  other"]
    for fault, row in sorted(rows.items()):
        rest = ", ".join(f"{what} ×{n}" for what, n in row.items() if what not in ("programs", "right") and n)
        lines.append(f"{fault:<30} {row['programs']:>8} {row['right']:>6}  {rest}")
    total, right = (sum(row[key] for row in rows.values()) for key in ("programs", "right"))
    return "\n".join([*lines, f"{'all':<30} {total:>8} {right:>6}  {right / max(total, 1):.1%}"])
