"""The diagnosis of the programs under `tests/programs`: the fault is named, and nothing untrue.

The healthy ones and two a fault; the third and further ones, and the sets
`held_out*`, are left to `python -m tests.bench.naming`, which measures.
"""

from itertools import groupby
from pathlib import Path

import pytest

from tests.programs_found import OWN, PROGRAMS, confusion, faults, named_fault, run
from tests.warm_python import WarmPython

#: Of those that were set aside, the ones that were missed at first, as far as they are known. (But for
#: `gradual_unfreeze`, whose fault comes so late that a busy machine has stopped watching by then.)
MENDED = (
    "held_out/ascending-sign/cosine-similarity-fit.py",
    "held_out/dead-relu/relu-output-log-price.py",
    "held_out/double-softmax/sigmoid-mask-segmentation.py",
    "held_out/exhausted-zip/next-for-first-layer-log.py",
    "held_out/frozen-after-compile/embedding-freeze-callback.py",
    "held_out/gradients-not-applied/gan-generator-step.py",
    "held_out/loss-ignores-prediction/second-head-forgotten.py",
    "held_out/not-a-variable/fit-layer-kernel-from-initializer.py",
    "held_out/numpy-round-trip/eager-fit-attention.py",
    "held_out/py-function-barrier/numpy-body-on-gate.py",
    "held_out/recompiled-late/fine-tune-word-vectors.py",
    "held_out/vanishing-gradient/long-recurrence-module.py",
    "held_out/variable-created-in-graph/two-students-one-step.py",
    "held_out_4/loss-rebuilt-each-step/heteroscedastic_tasks.py",
    "held_out_4/none/gan_alternating.py",
    "held_out_4/unscaled-inputs/bike_rental.py",
    "held_out_4/untracked-variable/two_tower_ranking.py",
    "held_out_4/unzipped-gradients/gcn_nodes.py",
    "held_out_4/update-outside-graph/dqn_gridworld.py",
    "held_out_6/overwritten-update/keep_best.py",
    "held_out_6/rebound-variable/two_phase_logreg.py",
)

#: Programs of each fault.
BY_FAULT = {fault: list(programs) for fault, programs in groupby(OWN, named_fault)}
VISIBLE = [p for fault, of in BY_FAULT.items() for p in (of if fault == "none" else of[:2])]
VISIBLE += [PROGRAMS / name for name in MENDED]

#: Second findings that are true beside the named one: program → fault id → why it is true.
ACCEPTED: dict[str, dict[str, str]] = {}

pytestmark = pytest.mark.slow


@pytest.fixture(scope="session")
def diagnosed(tmp_path_factory: pytest.TempPathFactory, warm: WarmPython) -> dict[Path, dict]:
    """All visible programs, diagnosed."""
    found = run(VISIBLE, tmp_path_factory.mktemp("programs"), warm)
    print("\n" + confusion(found))
    return found


@pytest.mark.parametrize("program", VISIBLE, ids=lambda p: f"{p.parent.name}/{p.stem}")
def test_a_program_gets_its_finding_and_no_untrue_one(program: Path, diagnosed: dict[Path, dict]) -> None:
    diagnosis = diagnosed[program]
    assert "crash" not in diagnosis, diagnosis["crash"]
    fault, found = named_fault(program), faults(diagnosis)
    if fault == "none":
        assert not found, [finding["message"] for finding in diagnosis["findings"]]
        assert diagnosis["error"] is None
        return
    assert fault in found
    accepted = ACCEPTED.get(f"{program.parent.name}/{program.stem}", {})
    assert [f for f in found if f != fault and f not in accepted] == []


def test_findings_of_visible_programs_name_variables_and_lines(diagnosed: dict[Path, dict]) -> None:
    for program, diagnosis in diagnosed.items():
        names = {row["name"] for row in diagnosis.get("variables", ())}
        for finding in diagnosis.get("findings", ()):
            assert finding["line"] is None or finding["file"] == str(program)
            assert finding["message"]
            if finding["fault"] != "not-a-variable":  # which names what should have been one
                assert set(finding["variables"]) <= names or not names
