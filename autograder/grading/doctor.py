"""What this machine can do for grading, and what to do where something is missing."""

import importlib.util
import os
import shutil
import sys
import tempfile
from dataclasses import dataclass

import psutil

from autograder.grading import sandbox
from autograder.grading.host import KERNEL_MODULES, Forked, NoHost, WarmHost
from autograder.grading.launch import default_jobs
from autograder.grading.limits import Limits

#: A notebook that trains with TensorFlow holds about this much, in megabytes.
_USUAL = 900
_FREE_DISK = 1000
_MEGABYTE = 1_000_000


@dataclass(frozen=True)
class Finding:
    """One thing that grading needs."""

    good: bool
    sentence: str


def examine() -> list[Finding]:
    """Look at everything; nothing is changed."""
    return [_isolation(), _warm_host(), _packages(), _cores_and_memory(), _disk()]


def _isolation() -> Finding:
    reason = sandbox.obstacle()
    if reason is not None:
        return Finding(
            False, f"Isolation: process only. {reason} Until then, grade with --isolation process."
        )
    whom = "a user without rights" if os.geteuid() == 0 else "you, without rights"
    return Finding(True, f"Isolation: sandbox. Students' code runs in bubblewrap, as {whom}.")


def _warm_host() -> Finding:
    with WarmHost(KERNEL_MODULES, dict(os.environ)) as host:
        address = host.address()
        try:
            if address is None:
                raise NoHost("it does not start")
            Forked(address, {"env": {}, "folder": "/no/such/folder"}).wait(20)
        except (NoHost, OSError) as error:
            return Finding(
                False,
                f"Warm host: none ({error}). Kernels are started one by one, which takes about three seconds "
                "more for each submission. Linux can do better.",
            )
    return Finding(True, "Warm host: kernels are forked from a process that has imported TensorFlow once.")


def _packages() -> Finding:
    wanted = ("tensorflow", "ipykernel", "nbgrader")
    missing = [name for name in wanted if importlib.util.find_spec(name) is None]
    if missing:
        many = "are" if len(missing) > 1 else "is"
        return Finding(
            False,
            f"Packages: {', '.join(missing)} {many} not installed for {sys.executable}. "
            "Run make, or pip install 'autograder[course]'.",
        )
    return Finding(True, f"Packages: {', '.join(wanted)} are installed for {sys.executable}.")


def _cores_and_memory() -> Finding:
    jobs = default_jobs()
    free = psutil.virtual_memory().available // _MEGABYTE
    limit = Limits.memory_megabytes
    said = f"Cores and memory: {_counted(jobs, 'submission')} at a time, and {free:,} MB of memory are free."
    if free < jobs * _USUAL:
        fitting = max(1, free // _USUAL)
        return Finding(
            False,
            f"{said} A notebook that trains takes about {_USUAL} MB: grade with --jobs {fitting}, "
            "or end other programs.",
        )
    if free < jobs * limit:
        return Finding(
            True,
            f"{said} A notebook may take up to {limit:,} MB each; if many do, "
            "lower c.AutograderLimits.memory_megabytes in nbgrader_config.py.",
        )
    return Finding(True, said)


def _disk() -> Finding:
    place = tempfile.gettempdir()
    free = shutil.disk_usage(place).free // _MEGABYTE
    said = f"Disk: {free:,} MB are free in {place}, where grading keeps what it works on."
    if free < _FREE_DISK:
        return Finding(False, f"{said} Make room there, or name another place in the variable TMPDIR.")
    return Finding(True, said)


def _counted(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"
