"""The environment variables of a student's code."""

import os
from pathlib import Path

from autograder.grading.sandbox import Wall


def environment(folder: Path, *, one_thread: bool, wall: Wall | None = None) -> dict[str, str]:
    """The environment of a student's code: no GPU, no chatter, the same hashes in every run.

    Inside a wall, it has nothing of the environment of whoever grades but what is no secret.
    """
    kept = {k: v for k, v in os.environ.items() if not k.startswith("JPY_")}
    kept.pop("PYTHONPATH", None)
    if "AUTOGRADER_PYTHONPATH" in kept:
        kept["PYTHONPATH"] = kept.pop("AUTOGRADER_PYTHONPATH")
    if wall is not None:
        kept = wall.environment(kept)
    kept |= {
        "CUDA_VISIBLE_DEVICES": "-1",
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "PYTHONHASHSEED": "0",
        "NBGRADER_EXECUTION": "autograde",
        "IPYTHONDIR": str(folder / "ipython"),
        "JUPYTER_RUNTIME_DIR": str(folder / "runtime"),
    }
    if one_thread:
        kept |= dict.fromkeys(
            ("TF_NUM_INTRAOP_THREADS", "TF_NUM_INTEROP_THREADS", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"),
            "1",
        )
    return kept
