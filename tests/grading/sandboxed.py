"""What tests of the sandbox share."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from autograder.grading import sandbox


def need_sandbox() -> None:
    """Skip the test where the system allows no sandbox at all; fail where only ours does not work."""
    reason = sandbox.obstacle()
    if reason is None:
        return
    bwrap = shutil.which("bwrap")
    simplest = [bwrap, "--unshare-user", "--unshare-pid", "--ro-bind", "/", "/", "true"]
    if bwrap and subprocess.run(simplest, capture_output=True, check=False).returncode == 0:
        pytest.fail(f"bubblewrap works here, but the sandbox doesn't: {reason}")
    pytest.skip(reason)


def as_ordinary_user(command: list[str], place: Path) -> list[str]:
    """A command that root gives as somebody without rights, who can write to `place` alone.

    Python and this checkout may lie where only root can go, so they are shown elsewhere in the tree
    of folders than it is: folders above them are made anew.
    """
    words = [shutil.which("bwrap") or "bwrap", "--dev-bind", "/", "/"]
    checkout = str(Path(sandbox.__file__).resolve().parents[2])
    shown = sorted({sys.prefix, sys.base_prefix, checkout})
    for above in sorted({"/" + Path(p).parts[1] for p in (*shown, str(place))} - {"/usr"}):
        words += ["--perms", "0755", "--tmpfs", above]
    words += ["--perms", "1777", "--tmpfs", "/tmp"]
    for path in (*shown, str(place)):
        for folder in reversed(Path(path).parents):
            if len(folder.parts) > 1 and str(folder) != "/tmp" and folder.parts[1] != "usr":
                words += ["--perms", "0755", "--dir", str(folder)]
    for path in shown:
        words += ["--ro-bind", path, path]
    words += ["--bind", str(place), str(place)]
    words += ["setpriv", "--reuid", "12345", "--regid", "12345", "--clear-groups", "--bounding-set", "-all"]
    return [*words, "env", "HOME=/tmp", "USER=ordinary", f"PYTHONPATH={checkout}", *command]


def give_to_ordinary_user(place: Path) -> None:
    """Make everything below a folder that user's own."""
    for folder, folders, files in os.walk(place):
        for name in (".", *folders, *files):
            os.chown(os.path.join(folder, name), 12345, 12345, follow_symlinks=False)
