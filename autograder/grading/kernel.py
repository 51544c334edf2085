"""One kernel: started, asked, interrupted, ended. It runs a student's code and is trusted with nothing."""

import json
import os
import queue
import shutil
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psutil
import zmq
from jupyter_client.blocking import BlockingKernelClient
from jupyter_client.kernelspec import NATIVE_KERNEL_NAME, NoSuchKernel
from jupyter_client.manager import KernelManager

from autograder.grading import room as rooms
from autograder.grading.host import ForkedKernel, NoHost
from autograder.grading.room import Room

#: Seconds that a kernel gets to come back after an interrupt.
_GRACE = 5.0
#: Seconds to wait for the rest of the output once the reply is in.
_TAIL = 2.0
#: Seconds within which a kernel that has replied publishes that it is done, on a line that stands.
_PUBLISHED = 0.05
#: In a room, the connection file as the kernel reads it.
_INSIDE = "inside.json"
#: Five sockets and two connection files are in the folder of a line.
_LINE_FILES, _LINE_BYTES = 16, 64_000
_SIGXCPU = getattr(signal, "SIGXCPU", 0)

#: Run before the first cell, in an empty folder, so that no file of the
#: submission is imported in place of a package. Then the submission's folder
#: becomes the current one. `quit` ends the cell, as `sys.exit` does, not the kernel.
_PREPARE = """
def _autograder_prepare(preload, home, packages, folder):
    import importlib, os, sys
    for name in preload:
        try:
            importlib.import_module(name)
        except BaseException:
            pass
    if packages:
        try:
            importlib.import_module("autograder")
        except ImportError:
            sys.path.append(home)
    for name in packages:
        importlib.import_module(name)
    os.chdir(folder)
    def ask_exit():
        raise SystemExit("quit() ends this cell; the notebook goes on")
    get_ipython().ask_exit = ask_exit
_autograder_prepare({preload!r}, {home!r}, {packages!r}, {folder!r})
del _autograder_prepare
"""

Sink = Callable[[dict[str, Any]], None]


class KernelTrouble(RuntimeError):
    """The kernel cannot be started or prepared: the grader's trouble, not the student's."""


@dataclass(frozen=True)
class Reply:
    """How a request ended."""

    #: "ok", "error", "timeout" (interrupted, and came back), "hung" (did not), "died"; or ended
    #: for what it took: "memory", "processor" (time), "line" (room in the folder of its connection).
    ended: str
    #: The content of the kernel's reply.
    content: dict[str, Any] = field(default_factory=dict)
    seconds: float = 0.0
    #: The kernel said that it was done, so no output is missing.
    complete: bool = True

    @property
    def kernel_is_gone(self) -> bool:
        """Whether nothing more can be asked of this kernel."""
        return self.ended not in ("ok", "error", "timeout")


class Kernel:
    """A kernel process in a process group of its own, and the line to it."""

    def __init__(
        self,
        name: str,
        folder: Path,
        env: dict[str, str],
        memory_megabytes: int,
        message_bytes: int,
        host: str | None = None,
        room: Room | None = None,
    ):
        """`folder` is a private folder for the connection; `env` is the student's environment.

        `host` is the address of a warm host that can fork Python kernels. With a
        `room`, which only a host inside the outer wall has, the kernel runs there.
        """
        self._host = host
        self._room = room
        self._process: subprocess.Popen[bytes] | ForkedKernel | None = None
        self._folder = folder
        self._env = env
        self._memory = memory_megabytes * 1_000_000
        self._context = zmq.Context()
        # One message larger than this cuts the line for a moment instead of filling our memory.
        self._context.setsockopt(zmq.MAXMSGSIZE, max(8_000_000, 4 * message_bytes))
        self._context.setsockopt(zmq.RCVHWM, 200)
        self._manager = KernelManager(kernel_name=name, context=self._context)
        if os.name == "posix" and len(str(folder)) < 90:  # sockets in our own folder: no ports to race for
            self._manager.transport = "ipc"
            self._manager.ip = str(folder / "k")
        self._manager.connection_file = str(folder / "connection.json")
        self._client: BlockingKernelClient | None = None
        self._poller = zmq.Poller()
        self._next_look = 0.0
        self._line_is_cut = False
        self._advice = "Check that ipykernel works here."

    def launch(self) -> None:
        """Start the process, without waiting until it is ready.

        Raises `KernelTrouble`; and `NoHost` if there is to be a room, and no host that has one.
        """
        if self._room is not None:
            self._launch_in_room(self._room)
            return
        start = self._folder / "start"
        start.mkdir(exist_ok=True)
        try:
            if self._host is not None and self._manager.kernel_name == NATIVE_KERNEL_NAME and self.is_python:
                try:
                    self._manager.write_connection_file()
                    self._process = ForkedKernel(
                        self._host, self._manager.connection_file, self._env, str(start)
                    )
                    return
                except NoHost:
                    pass  # slower, but as good
            self._manager.start_kernel(
                cwd=str(start),
                env=self._env,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                extra_arguments=["--HistoryManager.hist_file=:memory:"] if self.is_python else [],
            )
            self._process = self._manager.provisioner.process
        except NoSuchKernel as error:
            raise KernelTrouble(_no_kernel(error.name)) from None
        except Exception as error:  # whatever the reason, nothing can be run
            raise KernelTrouble(f"The kernel could not be started: {error}") from error

    def _launch_in_room(self, room: Room) -> None:
        try:
            spec = self._manager.kernel_spec
        except NoSuchKernel:
            spec = None
        if spec is None:
            raise KernelTrouble(_no_kernel(self._manager.kernel_name))
        if self._manager.transport != "ipc":
            raise KernelTrouble(
                f"The path of the temporary folder is too long for a socket: {self._folder}. "
                "Name a shorter place in the variable TMPDIR."
            )
        self._manager.write_connection_file()
        connection = json.loads(Path(self._manager.connection_file).read_text())
        connection["ip"] = f"{rooms.LINE}/k"  # the same sockets, by the name that they have inside
        (self._folder / _INSIDE).write_text(json.dumps(connection))
        inside = f"{rooms.LINE}/{_INSIDE}"
        command: list[str] = []
        if not (self._manager.kernel_name == NATIVE_KERNEL_NAME and self.is_python):
            words = {"connection_file": inside, "resource_dir": spec.resource_dir}
            command = [_filled(word, words) for word in spec.argv]
            if command[0] in ("python", "python3"):
                command[0] = sys.executable
            self._advice = (
                f"Its program is {command[0]}: if that is not of the system or of this Python, name its "
                "folder in c.AutograderLimits.readable, so that the sandbox shows it."
            )
        start = rooms.START if self.is_python else rooms.WORK
        assert self._host is not None
        self._process = ForkedKernel(self._host, inside, self._env | dict(spec.env), start, room, command)
        shutil.rmtree(self._folder / rooms.FILES, ignore_errors=True)  # the room has its own copy

    @property
    def is_python(self) -> bool:
        """Whether it runs Python; raises `NoSuchKernel` where it is not installed."""
        spec = self._manager.kernel_spec
        return spec is not None and spec.language.lower() == "python"

    def connect(self, seconds: float = 120.0) -> None:
        """Wait until the kernel answers. Raises `KernelTrouble` if it doesn't."""
        client = self._manager.client()
        client.context = self._context
        client.start_channels(stdin=False, hb=False, control=False)
        self._client = client
        self._poller.register(client.shell_channel.socket, zmq.POLLIN)
        self._poller.register(client.iopub_channel.socket, zmq.POLLIN)
        # The first messages can be lost while the lines are being connected, so ask until one comes back.
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            if not self.is_alive():
                raise KernelTrouble(f"The kernel ended while it was starting. {self._advice}")
            if self._hears_both():
                return
        raise KernelTrouble(f"The kernel was not ready within {seconds:g} seconds.")

    def _hears_both(self) -> bool:
        """Ask for nothing in particular; whether the answer comes on both lines, and soon."""
        assert self._client is not None
        request = self._client.kernel_info()
        deadline = time.monotonic() + 1.0
        idle = replied = False
        while time.monotonic() < deadline and not (idle and replied):
            self._poller.poll(10)
            idle = self._drain(None, request) or idle
            while (message := self._get("shell")) is not None:
                if not replied and message["parent_header"].get("msg_id") == request:
                    # What was published before the second line stood is lost; a new question is quicker
                    # than to wait for it.
                    replied, deadline = True, time.monotonic() + _PUBLISHED
        return idle and replied

    def _mended(self, seconds: float = 10.0) -> bool:
        """Wait until a line that a huge message has cut is whole again, lest the next result be lost."""
        assert self._client is not None
        # The library ends such a connection for good, so it takes a new one.
        cut = self._client.iopub_channel
        self._poller.unregister(cut.socket)
        cut.stop()
        self._client._iopub_channel = None
        self._poller.register(self._client.iopub_channel.socket, zmq.POLLIN)
        deadline = time.monotonic() + seconds
        while self._line_is_cut and time.monotonic() < deadline and self.is_alive():
            self._line_is_cut = not self._hears_both()
        return not self._line_is_cut

    def prepare(
        self, preload: tuple[str, ...], packages: tuple[str, ...], folder: Path, seconds: float = 180.0
    ) -> None:
        """Load modules, then enter the submission's folder. Kernels of other languages start there."""
        if not self.is_python:
            return
        home = str(Path(__file__).resolve().parents[2])
        code = _PREPARE.format(preload=preload, home=home, packages=packages, folder=str(folder))
        reply = self.request(code, seconds=seconds, history=False)
        if reply.ended != "ok":
            why = reply.content.get("evalue") or reply.ended
            raise KernelTrouble(f"The kernel could not be prepared: {why}")

    def request(
        self,
        code: str,
        *,
        seconds: float,
        sink: Sink | None = None,
        expressions: dict[str, str] | None = None,
        history: bool = True,
    ) -> Reply:
        """Run code, and evaluate expressions; give every message about it to `sink`.

        Returns whatever happens: an endless loop is interrupted after `seconds`
        and the kernel is given up if it does not come back.
        """
        assert self._client is not None
        if self._line_is_cut and not self._mended():
            return Reply("hung")
        started = time.monotonic()
        deadline, interrupted, replied, idle = started + seconds, 0.0, 0.0, False
        content: dict[str, Any] = {}
        request = self._client.execute(
            code,
            store_history=history,
            user_expressions=expressions or {},
            allow_stdin=False,
            stop_on_error=False,
        )
        while True:
            self._poller.poll(50)
            idle = self._drain(sink, request) or idle
            while not replied and (message := self._get("shell")) is not None:
                if message["parent_header"].get("msg_id") == request and isinstance(
                    message.get("content"), dict
                ):
                    content, replied = message["content"], time.monotonic()
            now = time.monotonic()
            if replied and (idle or now - replied > _TAIL):
                ended = "timeout" if interrupted else "ok" if content.get("status") == "ok" else "error"
                self._line_is_cut = not idle
                return Reply(ended, content, now - started, idle)
            if gone := self._gone(now):
                self._drain(sink, request)
                return Reply(gone, content, now - started)
            if now > deadline and not replied:
                if interrupted and now > deadline + _GRACE:
                    return Reply("hung", content, now - started)
                if now - interrupted > 1.0:  # once more each second: code can swallow one interrupt
                    self._interrupt()
                    interrupted = now

    def _gone(self, now: float) -> str | None:
        if now < self._next_look:
            return None
        self._next_look = now + 0.25
        if not self.is_alive():
            over = self._process is not None and self._process.poll() == -_SIGXCPU
            return "processor" if over else "died"
        taken = "memory" if self._memory and self._held() > self._memory else None
        if self._room is not None and _is_misused(self._folder):
            taken = "line"
        if taken:
            self.kill()
        return taken

    def _interrupt(self) -> None:
        try:
            if isinstance(self._process, ForkedKernel):
                os.killpg(self._process.pid, signal.SIGINT)
            else:
                self._manager.interrupt_kernel()
        except OSError:
            pass  # it has just ended

    def is_alive(self) -> bool:
        """Whether the process is there."""
        return self._process is not None and self._process.poll() is None

    @property
    def was_killed(self) -> bool:
        """Whether the process has been ended by SIGKILL."""
        return self._process is not None and self._process.poll() == -signal.SIGKILL

    def _held(self) -> int:
        """Bytes of memory that the kernel and all that it has started hold."""
        assert self._process is not None
        forked = isinstance(self._process, ForkedKernel)
        try:
            above = psutil.Process(self._process.keeper if forked else self._process.pid)
            family = above.children(recursive=True) + ([] if forked else [above])
        except psutil.Error:
            return 0
        held = sum(_resident(process) for process in family)
        if held > self._memory and len(family) > 1:  # perhaps only because what is shared counts twice
            held = sum(_share(process) for process in family)
        return held

    def _drain(self, sink: Sink | None, request: str) -> bool:
        """Pass on what the kernel publishes about a request; returns whether it says that it is done."""
        for _ in range(500):  # then look at the clock again, however much there is to read
            message = self._get("iopub")
            if message is None:
                return False
            if message["parent_header"].get("msg_id") != request:
                continue
            if message["msg_type"] == "status":
                if message["content"].get("execution_state") == "idle":
                    return True
            elif sink is not None:
                sink(message)
        return False

    def _get(self, channel: str, seconds: float = 0.0) -> dict[str, Any] | None:
        """The next well-formed message; malformed ones, which a student's code can send, are dropped."""
        assert self._client is not None
        line = getattr(self._client, f"{channel}_channel")
        while True:
            try:
                message = line.get_msg(timeout=seconds)
            except queue.Empty:
                return None
            except Exception:  # a wrong signature, no JSON, missing parts
                continue
            if all(isinstance(message.get(part), dict) for part in ("header", "parent_header", "content")):
                return message

    def kill(self) -> None:
        """End the kernel's whole process group at once; there is nothing left to tell it."""
        process = self._process
        if process is None:
            return
        try:
            if os.name == "posix":
                os.killpg(process.pid, signal.SIGKILL)  # it leads a group of its own
            else:
                process.kill()
        except OSError:
            pass
        try:
            process.wait(5)
        except (subprocess.TimeoutExpired, OSError):
            pass


def _resident(process: psutil.Process) -> int:
    try:
        return int(process.memory_info().rss)
    except psutil.Error:  # it has just ended
        return 0


def _share(process: psutil.Process) -> int:
    """Bytes that a process holds, of what it shares with others only its part."""
    try:
        return int(process.memory_full_info().pss)
    except (psutil.Error, AttributeError):
        return _resident(process)


def _is_misused(folder: Path) -> bool:
    """Whether a kernel keeps more in the folder of its sockets than these: it is on the grader's disk."""
    count = size = 0
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                about = entry.stat(follow_symlinks=False)
                if stat.S_ISDIR(about.st_mode):
                    return True
                count, size = count + 1, size + (0 if stat.S_ISSOCK(about.st_mode) else about.st_size)
                if count > _LINE_FILES or size > _LINE_BYTES:
                    return True
    except OSError:  # whoever keeps us from looking has something to hide
        return True
    return False


def _filled(word: str, values: dict[str, str]) -> str:
    for name, value in values.items():
        word = word.replace(f"{{{name}}}", value)
    return word


def _no_kernel(name: str) -> str:
    return (
        f"The notebook asks for the kernel {name!r}, which this machine does not have. "
        "Install it, or save the instructor's notebook with another kernel."
    )
