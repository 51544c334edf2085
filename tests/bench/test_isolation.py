"""The arithmetic of the measurement; the measurement itself is `make bench`."""

import pytest

from tests.bench.grading import GRADERS, Measured
from tests.bench.isolation import KINDS, further


def test_the_cost_of_a_submission_leaves_out_what_every_batch_needs() -> None:
    batches = [Measured("c", n, "sandbox", cpu_seconds=7.0 + 1.5 * n) for n in (10, 2)]
    assert further(batches) == pytest.approx(1.5)


def test_both_kinds_differ_in_the_isolation_alone() -> None:
    process, sandbox = (GRADERS[kind] for kind in KINDS)
    assert [p for p, s in zip(process, sandbox, strict=True) if p != s] == ["process"]
