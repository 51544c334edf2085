"""A warm host: one process that has imported everything slow, and forks a process whenever one is wanted.

``python -m autograder.grading.host SOCKET MODULE…`` listens on a socket in a
private folder. A request names what to become (a kernel, a checker or a worker), an
environment and a folder; the answer is the process id of what was forked, and
later its exit code. The host imports and forks, and never runs anybody's code:
forking stays safe because no thread of TensorFlow's has been started before.
Kernels and workers come from two hosts, which share nothing.

A connection lives as long as the process at its far end. When the worker is
gone, its kernel is ended; when the coordinator is gone, so is the host. Between
host and process stands a keeper, which ends all that the process has started.

A host of kernels can run inside the outer wall (`sandbox`); its kernels are then
shut into rooms of their own (`room`). Each process says itself that it is there,
and the system adds its id as it is known where the answer is read: inside a
sandbox, processes have other numbers.
"""

import contextlib
import gc
import importlib
import json
import os
import random
import select
import selectors
import signal
import socket
import struct
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from types import TracebackType
from typing import Any, NoReturn

from autograder.grading import reaper
from autograder.grading import room as rooms
from autograder.grading.room import Room
from autograder.grading.sandbox import Wall
from autograder.grading.scratch import remove_tree, scratch_folder

#: Loaded by a host that forks kernels, before anything that a notebook imports.
KERNEL_MODULES = ("autograder.grading.warm_kernel", "autograder.apart.warm")
#: Seconds for the slowest import.
_PATIENCE = 180.0
#: A request is larger than this only by mistake.
_MOST_BYTES = 1_000_000
#: What precedes a process's greeting, and the reason for which there is none.
_HERE, _REFUSED = b"+", b"-"


class NoHost(RuntimeError):
    """The host cannot be reached; a process can still be started without it."""


# -- the end that wants a process ------------------------------------------------------------------


class Forked:
    """A process that a host has forked: enough of `subprocess.Popen` to watch it and to end it."""

    #: Only workers and checkers have pipes; what a kernel shows comes as messages.
    stdin: Any = None
    stdout: Any = None
    stderr: Any = None

    def __init__(self, address: str, request: dict[str, Any], streams: Sequence[int] = ()):
        """Have the host at `address` fork. Raises `NoHost` if it doesn't.

        `streams` are file descriptors that the process gets as its standard streams.
        """
        self.returncode: int | None = None
        self._line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            self._line.settimeout(_PATIENCE)  # the host may be importing something
            self._line.setsockopt(socket.SOL_SOCKET, socket.SO_PASSCRED, 1)
            self._line.connect(address)
            text = json.dumps(request).encode() + b"\n"
            sent = socket.send_fds(self._line, [text], list(streams)) if streams else 0
            self._line.sendall(text[sent:])
            #: The process above it, to which all belong that it has started.
            self.keeper = _greeted_by(self._line)
            self.pid = _greeted_by(self._line)
        except (OSError, ValueError) as error:
            self._line.close()
            raise NoHost(str(error)) from None

    def poll(self) -> int | None:
        """The exit code, or ``None`` while the process lives."""
        return self._look(0.0)

    def wait(self, timeout: float | None = None) -> int:
        """Wait for the end, for ever without a `timeout`. Raises `subprocess.TimeoutExpired` after it."""
        code = self._look(timeout)
        if code is None:
            raise subprocess.TimeoutExpired("forked process", timeout)
        return code

    def _look(self, seconds: float | None) -> int | None:
        if self.returncode is None:
            self._line.settimeout(seconds)
            try:
                text = self._line.recv(100)
            except (BlockingIOError, TimeoutError):
                return None
            except OSError:
                text = b""
            self.returncode = int(text) if text.strip() else -signal.SIGKILL
            self._line.close()
        return self.returncode

    def send_signal(self, number: int) -> None:
        """Send a signal to the process."""
        with contextlib.suppress(OSError):
            os.kill(self.pid, number)

    def terminate(self) -> None:
        """Ask the process to end."""
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        """End the process."""
        self.send_signal(signal.SIGKILL)


class ForkedKernel(Forked):
    """A kernel that a host has forked."""

    def __init__(
        self,
        address: str,
        connection_file: str,
        env: dict[str, str],
        folder: str,
        room: Room | None = None,
        command: Sequence[str] = (),
    ):
        """Have a kernel forked, in a room if there is one; or have `command` executed there."""
        request: dict[str, Any] = {"kernel": connection_file, "env": env, "folder": folder}
        if room is not None:
            request |= {"room": asdict(room), "command": list(command)}
        super().__init__(address, request)


class _Piped(Forked):
    """A process with pipes to what it reads and from what it writes."""

    def __init__(self, address: str, request: dict[str, Any], complaints: int):
        theirs, ours = [], []
        try:
            for ends in (os.pipe(), os.pipe()[::-1]):
                theirs.append(ends[0])
                ours.append(ends[1])
            super().__init__(address, request, [*theirs, complaints])
        except NoHost:
            for number in ours:
                os.close(number)
            raise
        finally:
            for number in theirs:
                os.close(number)
        self.stdin, self.stdout = os.fdopen(ours[0], "wb", 0), os.fdopen(ours[1], "rb", 0)


class ForkedWorker(_Piped):
    """A worker that a host has forked, with pipes for the task and the outcome."""

    def __init__(self, address: str, env: dict[str, str], folder: str, complaints: int):
        super().__init__(address, {"env": env, "folder": folder}, complaints)


class ForkedChecker(_Piped):
    """A checker that a host of kernels has forked, in a room if there is one, with pipes for what it says."""

    def __init__(self, address: str, env: dict[str, str], folder: str, room: Room | None = None):
        request: dict[str, Any] = {"checker": True, "env": env, "folder": folder}
        if room is not None:
            request["room"] = asdict(room)
        with open(os.devnull, "wb") as nothing:
            super().__init__(address, request, nothing.fileno())


def _greeted_by(line: socket.socket) -> int:
    """The id of the process that says that it is there. Raises `ValueError` if none does."""
    said, about, _, _ = line.recvmsg(1, socket.CMSG_SPACE(struct.calcsize("3i")))
    if said != _HERE:
        raise ValueError(_line(line).decode("utf-8", "replace").strip() if said else "it ended")
    for level, kind, data in about:
        if (level, kind) == (socket.SOL_SOCKET, socket.SCM_CREDENTIALS):
            return int(struct.unpack("3i", data)[0])
    raise ValueError("the system does not say who it is")


# -- the coordinator's end ----------------------------------------------------------------------


class WarmHost:
    """A host that this process keeps. It is started at once, and waited for when it is needed."""

    def __init__(self, preload: Sequence[str], env: dict[str, str], wall: Wall | None = None):
        """`env` is what the interpreters of the forked processes must see when they start.

        With a `wall`, the host runs inside it.
        """
        self._process: subprocess.Popen[bytes] | None = None
        self._wanted = False
        if sys.platform != "linux":  # elsewhere libraries do not survive a fork, or there is none
            return
        home = str(Path(__file__).resolve().parents[2])
        self._until_end = contextlib.ExitStack()
        folder = str(self._until_end.enter_context(scratch_folder()))
        self._socket = os.path.join(folder, "host")
        command = [sys.executable, "-m", "autograder.grading.host", self._socket, *preload]
        if wall is None:
            env = env | {"PYTHONPATH": os.pathsep.join(filter(None, [home, env.get("PYTHONPATH")]))}
        else:
            command = wall.command(command, folder, env | {"PYTHONPATH": wall.python_path()})
        self._process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd=folder,
            env=env,
            bufsize=0,
            start_new_session=True,
        )

    def load(self, modules: Sequence[str]) -> None:
        """Have further modules imported before the next fork."""
        if self._process is not None and modules:
            assert self._process.stdin is not None
            with contextlib.suppress(OSError):  # a dead host is noticed by whoever wants a process
                self._process.stdin.write(json.dumps(list(modules)).encode() + b"\n")

    def address(self) -> str | None:
        """Where it listens, once it does; ``None`` where there can be no host."""
        process, self._wanted = self._process, True
        deadline = time.monotonic() + _PATIENCE
        while process is not None and process.poll() is None and time.monotonic() < deadline:
            if os.path.exists(self._socket):
                return self._socket
            time.sleep(0.02)
        return None

    def end(self) -> None:
        """End the host and all that it has forked."""
        if self._process is None:
            return
        assert self._process.stdin is not None
        self._process.stdin.close()
        if not self._wanted:
            self._process.kill()  # it may be importing something that nobody needs any more
        try:
            self._process.wait(5)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._process = None
        self._until_end.close()

    def __enter__(self) -> "WarmHost":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.end()


@contextlib.contextmanager
def warm_host(
    preload: tuple[str, ...], env: dict[str, str], wall: Wall | None = None
) -> Iterator[str | None]:
    """Run a host of kernels while the block runs; gives its address, or ``None`` where there can be none."""
    with WarmHost((*KERNEL_MODULES, *preload), env, wall) as host:
        yield host.address()


# -- the host -----------------------------------------------------------------------------------


def main() -> None:
    """Import, listen, fork."""
    address, *preload = sys.argv[1:]
    sys.path[:] = [place for place in sys.path if place not in ("", os.getcwd())]
    reaper.close_to_others()  # what comes of a host of workers is trusted
    _load(preload)
    _Host(address).serve()


def _load(modules: Sequence[str]) -> None:
    gc.disable()  # an import makes much and throws little away
    for name in modules:
        with contextlib.suppress(Exception):
            importlib.import_module(name)
    gc.enable()
    gc.collect()
    gc.freeze()  # what is there now is shared by all that is forked


class _Host:
    def __init__(self, address: str):
        self._address = address
        self._orders = b""
        self._selector = selectors.DefaultSelector()
        self._server = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        # Bound under another name first: a file of this name means that the host is listening.
        self._server.bind(address + "~")
        self._server.listen(64)
        os.rename(address + "~", address)
        self._selector.register(self._server, selectors.EVENT_READ)
        self._selector.register(sys.stdin, selectors.EVENT_READ)

    def serve(self) -> None:
        """Fork keepers, which fork what is wanted, until the coordinator is gone."""
        reaper.adopt_orphans()
        while True:
            ready = [key.fileobj for key, _ in self._selector.select(timeout=0.5)]
            if sys.stdin in ready:  # first of all: what was to be loaded before the next fork
                self._obey()
            elif ready:
                line, _ = self._server.accept()
                if os.fork() == 0:
                    self._selector.close()
                    self._server.close()
                    _keep(line, os.path.dirname(self._address))
                line.close()
            _bury()

    def _obey(self) -> None:
        """Load what a line from the coordinator names; the end of all lines is the end of the host."""
        piece = os.read(0, 1 << 16)
        if not piece:
            self._end()
        *orders, self._orders = (self._orders + piece).split(b"\n")
        for order in orders:
            _load(json.loads(order))

    def _end(self) -> NoReturn:
        # Whoever has lost the coordinator ends as well, and clears away what it has written.
        deadline = time.monotonic() + 2.0
        while _bury() and time.monotonic() < deadline:
            time.sleep(0.02)
        reaper.end_descendants()
        with contextlib.suppress(OSError):  # the coordinator may have gone without doing it
            remove_tree(os.path.dirname(self._address))
        os._exit(0)


def _bury() -> bool:
    """Collect dead children; returns whether there are living ones."""
    try:
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass
    except ChildProcessError:
        return False
    return True


def _keep(line: socket.socket, folder: str) -> NoReturn:
    """In a child of the host: fork one process, watch it, and leave nothing of it behind.

    The keeper adopts whatever the process's own processes orphan, so that it
    knows to whom they belong. `folder` is the host's own.
    """
    try:
        line.settimeout(20)
        text, streams, _, _ = socket.recv_fds(line, 65536, 3)
        request = json.loads(text if text.endswith(b"\n") else text + _line(line))
        reaper.adopt_orphans()
        room, user = Room(**request["room"]) if "room" in request else None, 0
        line.sendall(_HERE)
        try:
            if room is not None:
                user = rooms.enter(room, folder)
            child = os.fork()
        except OSError as error:
            line.sendall(_REFUSED + f"{error}\n".encode())
            os._exit(0)
        if child == 0:
            _become(request, streams, line, room, user)
        for number in streams:
            os.close(number)
        code = _watch(line, child)
        if room is not None:
            code = rooms.exit_code(code)
        reaper.end_descendants()
        line.sendall(f"{code}\n".encode())
    except (OSError, ValueError):
        reaper.end_descendants()
    finally:
        os._exit(0)


def _watch(line: socket.socket, child: int) -> int:
    """Wait for the end of a child, or bring it about when nobody wants it any more; its exit code."""
    ended = [os.pidfd_open(child)] if hasattr(os, "pidfd_open") else []  # else it is looked for
    while True:
        ready = select.select([line, *ended], [], [], None if ended else 0.05)[0]
        if line in ready:
            os.killpg(child, signal.SIGKILL)  # the other end hung up
        pid, status = os.waitpid(child, 0 if line in ready else os.WNOHANG)
        if pid:
            return os.waitstatus_to_exitcode(status)


def _become(
    request: dict[str, Any], streams: list[int], line: socket.socket, room: Room | None, user: int
) -> NoReturn:
    """In a child of a keeper: be an ordinary kernel or worker, as if started from nothing."""
    try:
        if room is not None:
            rooms.be_first(line)
        os.setsid()
        line.sendall(_HERE)
        line.close()
        nothing = os.open(os.devnull, os.O_RDWR)
        for number in (0, 1, 2):
            os.dup2(streams[number] if streams else nothing, number)
        for number in streams:
            os.close(number)
        os.environ.clear()
        os.environ.update(request["env"])
        os.chdir(request["folder"])
        if room is not None:
            rooms.close_files()  # whatever the host has open
            rooms.give_up_rights(room, user)
        tempfile.tempdir = None  # it depends on the environment
        random.seed()
        if "numpy" in sys.modules:
            sys.modules["numpy"].random.seed()
        if request.get("command"):
            os.execvp(request["command"][0], request["command"])
        elif "kernel" in request:
            _kernel(request["kernel"])
        elif "checker" in request:
            reaper.close_to_others()  # it knows what is expected
            from autograder.apart.checker import main as check

            check()
        else:
            from autograder.grading.worker import main as work

            work()
    finally:
        os._exit(1)


def _kernel(connection_file: str) -> None:
    reaper.open_to_others()  # an ordinary program can look at itself
    sys.argv = ["ipykernel_launcher"]
    from ipykernel.kernelapp import IPKernelApp

    app = IPKernelApp.instance()
    app.initialize(["-f", connection_file, "--HistoryManager.hist_file=:memory:"])
    rooms.close_line()  # the sockets are there, and nobody's code has run yet
    app.start()


def _line(line: socket.socket) -> bytes:
    """One line from the other end. Raises `ValueError` when it ends before, or is too long."""
    text = b""
    while not text.endswith(b"\n"):
        piece = line.recv(65536)
        text += piece
        if not piece or len(text) > _MOST_BYTES:
            raise ValueError("no whole line came")
    return text


if __name__ == "__main__":
    main()
