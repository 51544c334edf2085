"""What the sandbox costs: the same class graded in it and in bare processes, in turn.

    python -m tests.bench.isolation [--sizes 2 10] [--rounds 3]

The cost is told in CPU seconds for each further submission, between a small
batch and a larger one: without what every batch needs to start. Both kinds fork
their kernels from a warm host. Figures are medians of the rounds.
"""

import argparse
from collections.abc import Sequence

from autograder.environment import put_tools_on_path
from tests.bench.grading import COURSES, Measured, measure

KINDS = ("process", "sandbox")
#: The sandbox may take so much more than a bare process.
GOAL = 0.15


def further(batches: Sequence[Measured]) -> float:
    """CPU seconds for each further submission, from the smallest batch to the largest."""
    least, most = (pick(batches, key=lambda batch: batch.submissions) for pick in (min, max))
    return (most.cpu_seconds - least.cpu_seconds) / (most.submissions - least.submissions)


def main() -> None:
    """Print what each course needs, and whether the goal is met."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.bench.isolation", description=__doc__.split("\n")[0]
    )
    parser.add_argument("--sizes", type=int, nargs=2, default=[2, 10], help="submissions in both batches")
    parser.add_argument("--rounds", type=int, default=3, help="times that each batch is graded")
    parser.add_argument("--courses", nargs="+", default=list(COURSES), choices=list(COURSES))
    arguments = parser.parse_args()
    put_tools_on_path()  # nbgrader starts programs of the environment by their names
    print(f"\nCPU seconds a further submission\n{'':<18} {'process':>9} {'sandbox':>9} {'more':>6}")
    for course in arguments.courses:
        found: dict[str, list[Measured]] = {kind: [] for kind in KINDS}
        for size in sorted(arguments.sizes):
            for batch in measure(course, size, arguments.rounds, feedback=False, graders=KINDS):
                found[batch.grader].append(batch)
        bare, walled = (further(found[kind]) for kind in KINDS)
        more = walled / bare - 1
        verdict = "" if more <= GOAL else f"  over the goal of {GOAL:.0%}"
        print(f"{course:<18} {bare:>9.2f} {walled:>9.2f} {more:>6.0%}{verdict}", flush=True)


if __name__ == "__main__":
    main()
