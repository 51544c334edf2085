"""The inner wall: a forked kernel shuts itself into a room of its own before it runs anybody's code.

The host that forks it is inside bubblewrap already (see `sandbox`). What is
left to do keeps neighbours apart, and takes the last rights away: namespaces
for processes, mounts, shared memory and network; a sized file system in
memory, which is all that can be written to; limits; a user without rights.
Nothing is executed anew, so that what the host has imported stays imported.

Linux only. Python has most of these system calls from 3.12 on; until then they
are called through the C library.
"""

import contextlib
import ctypes
import os
import shutil
import signal
import socket
import struct
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from autograder.grading import reaper, refusals

try:
    import fcntl
    import resource
except ImportError:  # Windows has neither, and no rooms
    fcntl = resource = None  # type: ignore[assignment]

#: Places in the room: a student's home, where the submission's files lie, an empty folder to start in.
HOME = "/home/student"
WORK = f"{HOME}/work"
START = f"{HOME}/.start"
#: Where the sockets and the connection file are.
LINE = "/run/line"
#: Where the memory file system is made before its parts are put in their places.
_MAKING = "/run/room"
#: Folders that the outer wall must have made for us.
PLACES = (HOME, LINE, _MAKING)
#: Places that are covered by the room's own: its parts → where they appear.
_PARTS = {"home": HOME, "tmp": "/tmp", "shm": "/dev/shm"}
#: In the line's folder: the submission's files, to be copied into the room.
FILES = "files"

#: As root, kernels run as user `_FIRST_USER` plus something that no other kernel has at the same time.
_FIRST_USER = 1_000_000
_MOST_FILES = 100_000

_CLONE_NEWNS, _CLONE_NEWIPC, _CLONE_NEWUSER = 0x00020000, 0x08000000, 0x10000000
_CLONE_NEWPID, _CLONE_NEWNET = 0x20000000, 0x40000000
_MS_RDONLY, _MS_NOSUID, _MS_NODEV, _MS_BIND, _MS_REC, _MS_PRIVATE = 1, 2, 4, 4096, 16384, 1 << 18
_MS_REMOUNT = 32
_MNT_DETACH = 2
_PR_CAPBSET_DROP = 24
_PR_SET_NO_NEW_PRIVS = 38
_CAPABILITIES_VERSION = 0x20080522
_SIOCGIFFLAGS, _SIOCSIFFLAGS, _IFF_UP = 0x8913, 0x8914, 1


#: In the second process of a room: a line to the first, until it is used.
_to_first: socket.socket | None = None


@dataclass(frozen=True)
class Room:
    """What a room holds, and what may be used in it; sent to the host as JSON."""

    #: The folder, in the host's own, with the connection file, the sockets and `FILES`.
    line: str
    memory_megabytes: int
    scratch_megabytes: int
    processes: int
    cpu_seconds: float
    #: What the outer wall shows below places that the room covers, such as a Python in /tmp.
    kept: tuple[str, ...] = ()


def enter(room: Room, hidden: str) -> int:
    """Shut this process's next child into a room. Raises `OSError` where that cannot be done.

    The process must have one thread only. `hidden` is the host's folder, in
    which the lines of neighbours are. Returns the user whom the child is to be.
    """
    os.umask(0o022)
    as_root = os.geteuid() == 0
    user, group = os.geteuid(), os.getegid()
    apart = _CLONE_NEWNS | _CLONE_NEWPID | _CLONE_NEWIPC | _CLONE_NEWNET
    _call("unshare", apart if as_root else apart | _CLONE_NEWUSER)
    if as_root:
        user = group = _FIRST_USER + os.getpid()
    else:
        reaper.open_to_others()  # or these files are not ours
        Path("/proc/self/setgroups").write_text("deny")
        Path("/proc/self/uid_map").write_text(f"{user} {user} 1")
        Path("/proc/self/gid_map").write_text(f"{group} {group} 1")
        reaper.close_to_others()
    _mount(None, "/", None, _MS_REC | _MS_PRIVATE)
    os.chown(room.line, user, group)
    _mount(room.line, LINE, None, _MS_BIND)
    _mount("tmpfs", hidden, "tmpfs", _MS_RDONLY | _MS_NOSUID | _MS_NODEV, "size=4k,mode=0")
    size = f"size={room.scratch_megabytes}m,nr_inodes={_MOST_FILES},mode=0755"
    _mount("tmpfs", _MAKING, "tmpfs", _MS_NOSUID | _MS_NODEV, size)
    for name, place in _PARTS.items():
        os.mkdir(f"{_MAKING}/{name}", 0o700)
        os.chown(f"{_MAKING}/{name}", user, group)
        for path in room.kept:
            if Path(path).is_relative_to(place):
                inside = Path(_MAKING, name, Path(path).relative_to(place))
                inside.mkdir(parents=True)
                _mount(path, str(inside), None, _MS_BIND | _MS_REC)
        _mount(f"{_MAKING}/{name}", place, None, _MS_BIND | _MS_REC)
    _call("umount2", _MAKING.encode(), _MNT_DETACH)
    os.mkdir(START)
    os.mkdir(WORK)
    if os.path.isdir(f"{LINE}/{FILES}"):
        shutil.copytree(f"{LINE}/{FILES}", WORK, dirs_exist_ok=True)
    if as_root:
        for folder, folders, files in os.walk(WORK):
            for name in (".", *folders, *files):
                os.chown(os.path.join(folder, name), user, group)
        os.chown(START, user, group)
    _start_loopback()
    return user


def covered(places: Iterable[str]) -> tuple[str, ...]:
    """Of some places, those that a room covers."""
    return tuple(p for p in places if any(Path(p).is_relative_to(part) for part in _PARTS.values()))


def be_first(line: socket.socket) -> None:
    """In the first process of a room: fork the second, return in it, and wait for its end.

    When the first process ends, the system ends all others of the room.
    """
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # the system spares a first process what it does not handle
    os.setsid()
    _mount("proc", "/proc", "proc", _MS_NOSUID | _MS_NODEV)
    ours, theirs = socket.socketpair()
    child = os.fork()
    if child == 0:
        global _to_first
        _to_first = theirs
        ours.close()
        signal.signal(signal.SIGINT, signal.default_int_handler)
        return
    line.close()
    theirs.close()
    reaper.close_to_others()
    if ours.recv(1):  # nothing comes from a program that is executed, or has ended
        ours.sendall(_remounted())
    while True:
        pid, status = os.wait()
        if pid == child:
            code = os.waitstatus_to_exitcode(status)
            os._exit(code if code >= 0 else 128 - code)


def _remounted() -> bytes:
    """Let nobody write to the line's folder any more; what to answer."""
    kept = os.statvfs(LINE).f_flag & (os.ST_NOSUID | os.ST_NODEV | os.ST_NOEXEC)
    try:
        _mount(None, LINE, None, _MS_REMOUNT | _MS_BIND | _MS_RDONLY | kept)
    except OSError as error:
        return str(error).encode()
    return b"+"


def close_line() -> None:
    """When the sockets are there, have the first process close their folder to all writing.

    To be called before a student's code runs, which could otherwise put other things in their places.
    Does nothing outside a room. Raises `OSError` where it cannot be done.
    """
    global _to_first
    if _to_first is None:
        return
    _to_first.sendall(b"+")
    answer = _to_first.recv(1000)
    _to_first.close()
    _to_first = None
    if answer != b"+":
        raise OSError(answer.decode() or "the first process of the room has ended")


def exit_code(of_first: int) -> int:
    """What the second process ended with, in `subprocess.Popen`'s terms, from the code of the first."""
    return 128 - of_first if of_first > 128 else of_first


def close_files() -> None:
    """Close all that is open but the standard streams, and the line to the first process."""
    kept = _to_first.fileno() if _to_first is not None else -1
    for number in map(int, os.listdir("/proc/self/fd")):
        if number > 2 and number != kept:
            with contextlib.suppress(OSError):  # that of the list itself
                os.close(number)


def give_up_rights(room: Room, user: int) -> None:
    """Take all rights from this process, and set its limits; nothing brings them back."""
    library = ctypes.CDLL(None)
    for capability in range(64):  # as many as there may be; what there is not cannot be dropped
        library.prctl(_PR_CAPBSET_DROP, capability, 0, 0, 0)
    if os.geteuid() == 0:
        os.setgroups([])
        os.setresgid(user, user, user)
        os.setresuid(user, user, user)
    no_rights = (ctypes.c_uint32 * 6)(*[0] * 6)
    _call("capset", (ctypes.c_uint32 * 2)(_CAPABILITIES_VERSION, 0), no_rights)
    _call("prctl", _PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    megabyte = 1_000_000
    for limit, value in (
        # The watch over what is really held comes too late for somebody who takes a lot at once.
        (resource.RLIMIT_DATA, 2 * room.memory_megabytes * megabyte),
        (resource.RLIMIT_FSIZE, room.scratch_megabytes * megabyte),
        (resource.RLIMIT_NPROC, room.processes),
        # Not 0, with which systems that collect dumps by a program are given this one, too.
        (resource.RLIMIT_CORE, 1),
        (resource.RLIMIT_MEMLOCK, 0),
    ):
        if value or limit == resource.RLIMIT_MEMLOCK:  # a course may set 0 for no limit
            resource.setrlimit(limit, (value, value))
    if room.cpu_seconds:
        seconds = max(1, round(room.cpu_seconds))
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 5))
    refusals.install()
    reaper.open_to_others()  # an ordinary program can look at itself


def _start_loopback() -> None:
    """Let programs of the room reach each other by 127.0.0.1; there is no other network."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as line:
        request = struct.pack("16sh22x", b"lo", 0)
        name, flags = struct.unpack("16sh22x", fcntl.ioctl(line, _SIOCGIFFLAGS, request))
        fcntl.ioctl(line, _SIOCSIFFLAGS, struct.pack("16sh22x", name, flags | _IFF_UP))


def _mount(source: str | None, place: str, kind: str | None, flags: int, options: str | None = None) -> None:
    words = (None if word is None else word.encode() for word in (source, place, kind))
    try:
        _call("mount", *words, ctypes.c_ulong(flags), None if options is None else options.encode())
    except OSError as error:
        what = kind or source or "nothing"
        raise OSError(error.errno, f"{error.strerror} (mounting {what} on {place})") from None


def _call(name: str, *arguments: object) -> None:
    function = getattr(ctypes.CDLL(None, use_errno=True), name)
    if function(*arguments) != 0:
        number = ctypes.get_errno()
        raise OSError(number, f"{name}: {os.strerror(number)}")


def rehearse(hidden: str, kept: Sequence[str]) -> int:
    """Do all of it once with a child that only looks around; its exit code.

    Raises `OSError` with what is not possible here.
    """
    line = os.path.join(hidden, "rehearsal")
    os.mkdir(line)
    room = Room(
        line, memory_megabytes=1000, scratch_megabytes=1, processes=100, cpu_seconds=60, kept=tuple(kept)
    )
    user = enter(room, hidden)
    ours, theirs = socket.socketpair()
    child = os.fork()
    if child == 0:
        try:
            be_first(theirs)
            give_up_rights(room, user)
            close_line()
            Path(WORK, "written").write_text("here")
            Path(__file__).read_bytes()  # by a user to whom nothing belongs
            os.listdir(sys.prefix)
        except BaseException as error:
            print(error, file=sys.stderr)
            os._exit(1)
        os._exit(0)
    return exit_code(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))


if __name__ == "__main__":
    try:
        sys.exit(abs(rehearse(sys.argv[1], sys.argv[2:])))
    except OSError as said:
        sys.exit(str(said))
