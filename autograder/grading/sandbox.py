"""The outer wall: a host of kernels runs inside bubblewrap, and sees what a kernel needs and nothing else.

It sees the system and Python, read-only, this package without the course around
it, and the one folder in which it is asked for kernels. It sees no home, no
course, no gradebook, no solutions, no network, no other processes. Each kernel
that it forks then shuts itself into a room of its own (see `room`).
"""

import functools
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from autograder.grading import room
from autograder.grading.result import GradingError

SANDBOX = "sandbox"
PROCESS = "process"
AUTO = "auto"

#: What a batch says of its isolation, once.
TOLD = {
    SANDBOX: "Students' code runs in a sandbox: without network, and without sight of your files.",
    PROCESS: "Students' code runs as an ordinary process, without a sandbox.",
}

#: Of the system: programs, libraries, and what programs look up.
_SYSTEM = ("/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32")
_ETC = (
    "alternatives", "fonts", "group", "host.conf", "hosts", "ld.so.cache", "ld.so.conf", "ld.so.conf.d",
    "localtime", "mime.types", "nsswitch.conf", "passwd", "protocols", "services", "ssl", "timezone", "R",
)  # fmt: skip
#: Never shown as a whole, whoever asks for it.
_TOO_MUCH = ("/", "/etc", "/home", "/mnt", "/opt", "/proc", "/root", "/run", "/srv", "/sys", "/tmp", "/var")
#: What the host itself may do inside when it was started by root; kernels give up all of it.
_ROOT_MAY = (
    "SYS_ADMIN", "SETUID", "SETGID", "SETPCAP", "CHOWN", "DAC_OVERRIDE", "FOWNER", "KILL", "NET_ADMIN",
)  # fmt: skip
#: Variables that say how programs behave, not whose they are.
_KEPT = ("LANG", "LANGUAGE", "TZ")
_KEPT_FAMILIES = (
    "LC_", "TF_CPP_", "TF_DETERMINISTIC", "TF_ENABLE_", "TF_NUM_", "TF_USE_", "TF_XLA_", "KERAS_", "MKL_",
    "OMP_", "OPENBLAS_",
)  # fmt: skip

_PACKAGE = Path(__file__).resolve().parents[1]
#: What to do where there can be no sandbox.
WITHOUT = "Use --isolation process for students whom you trust."


@dataclass(frozen=True)
class Wall:
    """How to run a program inside the outer wall."""

    #: Further folders that students' code may read; modules in them can be imported.
    readable: tuple[str, ...] = ()

    def command(self, inner: Sequence[str], folder: str, env: dict[str, str]) -> list[str]:
        """The command that runs `inner`, which may write to `folder` alone, with this environment."""
        bwrap = shutil.which("bwrap") or "bwrap"
        words = [bwrap, "--die-with-parent", "--new-session", "--as-pid-1", "--clearenv"]
        words += ["--hostname", "sandbox"]
        words += [f"--unshare-{kind}" for kind in ("ipc", "pid", "net", "uts", "cgroup-try")]
        if os.geteuid() == 0:
            words += ["--cap-drop", "ALL"]
            for name in _ROOT_MAY:
                words += ["--cap-add", f"CAP_{name}"]
        else:
            words += ["--unshare-user"]
        words += ["--proc", "/proc", "--dev", "/dev", "--perms", "1777", "--tmpfs", "/tmp"]
        shown = self.shown()
        # Folders above what is shown are made by us, or only root could pass through them.
        for made in _folders_above([*shown, folder, *(f"{place}/_" for place in room.PLACES)]):
            words += ["--perms", "0755", "--dir", made]
        for place in shown:
            if os.path.islink(place) and place in _SYSTEM:
                words += ["--symlink", os.readlink(place), place]
            else:
                words += ["--ro-bind", place, place]
        words += ["--tmpfs", room.HOME]  # for what packages write when they are imported
        words += ["--bind", folder, folder, "--remount-ro", "/dev", "--remount-ro", "/", "--chdir", "/"]
        for name, value in env.items():
            words += ["--setenv", name, value]
        return [*words, "--", *inner]

    def environment(self, env: dict[str, str]) -> dict[str, str]:
        """Of an environment, what is no secret; and the places in a kernel's room."""
        kept = {k: v for k, v in env.items() if k in _KEPT or k.startswith(_KEPT_FAMILIES)}
        python = [os.path.join(sys.prefix, "bin"), "/usr/local/bin", "/usr/bin", "/bin"]
        return kept | {
            "PATH": os.pathsep.join(python),
            "HOME": room.HOME,
            "USER": "student",
            "TMPDIR": "/tmp",
        }

    def python_path(self) -> str:
        """Where modules are looked for first: this package, then what the course allows."""
        return os.pathsep.join([str(_PACKAGE.parent), *self.readable])

    def shown(self) -> list[str]:
        """What can be read inside."""
        places = [place for place in _SYSTEM if os.path.lexists(place)]
        places += [f"/etc/{name}" for name in _ETC if os.path.exists(f"/etc/{name}")]
        wanted = [sys.prefix, sys.base_prefix, sys.exec_prefix, str(_PACKAGE), *self.readable]
        executable = os.path.realpath(sys.executable)
        wanted.append(os.path.dirname(os.path.dirname(executable)))
        for place in sorted(set(map(os.path.abspath, wanted))):
            covered = any(Path(place).is_relative_to(p) for p in places if not os.path.islink(p))
            if place not in _TOO_MUCH and os.path.exists(place) and not covered:
                places.append(place)
        return places


def _folders_above(places: Iterable[str]) -> list[str]:
    """All folders above some places, the outermost first."""
    above = {str(folder) for place in places for folder in Path(place).parents}
    return sorted(above - {"/", "/tmp", "/dev", "/proc"}, key=lambda folder: (folder.count("/"), folder))


@functools.cache
def obstacle(wall: Wall | None = None) -> str | None:
    """Why this machine cannot run the sandbox, as a sentence that says what to do; ``None`` if it can.

    It is tried out, once, with a child that only ends.
    """
    if sys.platform != "linux":
        return "The sandbox needs Linux: run the grader there, or in a virtual machine."
    if shutil.which("bwrap") is None:
        return (
            "The program bubblewrap is missing, which makes the sandbox: install it "
            "(on Debian and Ubuntu: apt-get install bubblewrap)."
        )
    with tempfile.TemporaryDirectory(prefix="autograder-", ignore_cleanup_errors=True) as folder:
        wall = wall or Wall()
        env = wall.environment(dict(os.environ)) | {"PYTHONPATH": wall.python_path()}
        inner = [sys.executable, "-m", "autograder.grading.room", folder, *room.covered(wall.shown())]
        try:
            done = subprocess.run(
                wall.command(inner, folder, env), capture_output=True, text=True, timeout=60, check=False
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            return f"The sandbox cannot be tried out: {error}."
    if done.returncode == 0:
        return None
    said = (done.stderr.strip().splitlines() or [f"code {done.returncode}"])[-1].rstrip(".")
    return (
        f"The system does not let bubblewrap make a sandbox here ({said}). Containers and some "
        "distributions forbid user namespaces: allow them, or run the grader on the machine itself."
    )


def choose(wanted: str, here: bool = True) -> str:
    """The isolation to use: `SANDBOX`, or `PROCESS` for whoever asks for it.

    Without `here`, other machines run the code, and each says itself whether it can.
    Raises `GradingError` (wrong usage) where a sandbox is wanted and there can be none.
    """
    if wanted == PROCESS:
        return PROCESS
    reason = obstacle() if here else None
    if reason is not None:
        raise GradingError(f"Students' code cannot run in a sandbox on this machine. {reason} {WITHOUT}", 2)
    return SANDBOX


def wall_for(isolation: str, readable: tuple[str, ...] = ()) -> Wall | None:
    """The wall around a host of kernels, if there is to be one."""
    return Wall(readable) if isolation == SANDBOX else None
