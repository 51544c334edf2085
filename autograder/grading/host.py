"""A warm host: one process that has imported everything slow, and forks a kernel whenever one is wanted.

``python -m autograder.grading.host SOCKET MODULE…`` listens on a socket in a
private folder. A request names a connection file, an environment and a folder;
the answer is the process id of a forked kernel, and later its exit code. The
host imports and forks, and never runs anybody's code: forking stays safe
because no thread of TensorFlow's has been started before.

A connection lives as long as its kernel. When the worker at the other end is
gone, its kernel is ended; when the coordinator is gone, so is the host. Between
host and kernel stands a keeper, which ends all that the kernel has started.
"""

import contextlib
import gc
import importlib
import json
import os
import select
import selectors
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NoReturn

from autograder.grading import reaper

#: A request is larger than this only by mistake.
_MOST_BYTES = 1_000_000


class NoHost(RuntimeError):
    """The host cannot be reached; a kernel can still be started without it."""


# -- the worker's end ---------------------------------------------------------------------------


class ForkedKernel:
    """A kernel that a host has forked: enough of `subprocess.Popen` to watch it and to end it."""

    #: A forked kernel has no pipes; its output comes as messages.
    stdin = stdout = stderr = None

    def __init__(self, address: str, connection_file: str, env: dict[str, str], folder: str):
        """Have the host at `address` fork a kernel. Raises `NoHost` if it doesn't."""
        self.returncode: int | None = None
        self._line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            self._line.settimeout(20)
            self._line.connect(address)
            request = {"connection_file": connection_file, "env": env, "folder": folder}
            self._line.sendall(json.dumps(request).encode() + b"\n")
            self.pid = int(_line(self._line))
        except (OSError, ValueError) as error:
            self._line.close()
            raise NoHost(str(error)) from None

    def poll(self) -> int | None:
        """The exit code, or ``None`` while the kernel lives."""
        return self._look(0.0)

    def wait(self, timeout: float | None = None) -> int:
        """Wait for the end, for ever without a `timeout`. Raises `subprocess.TimeoutExpired` after it."""
        code = self._look(timeout)
        if code is None:
            raise subprocess.TimeoutExpired("kernel", timeout)
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
        """Send a signal to the kernel."""
        with contextlib.suppress(OSError):
            os.kill(self.pid, number)

    def terminate(self) -> None:
        """Ask the kernel to end."""
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        """End the kernel."""
        self.send_signal(signal.SIGKILL)


# -- the coordinator's end ----------------------------------------------------------------------


@contextlib.contextmanager
def warm_host(preload: tuple[str, ...], env: dict[str, str]) -> Iterator[str | None]:
    """Run a host while the block runs; gives its address, or ``None`` where there can be no host.

    `env` is what the kernels' interpreter must see when it starts.
    """
    if not hasattr(os, "fork") or sys.platform == "darwin":  # the libraries there do not survive a fork
        yield None
        return
    home = str(Path(__file__).resolve().parents[2])
    with tempfile.TemporaryDirectory(prefix="autograder-", ignore_cleanup_errors=True) as folder:
        address = os.path.join(folder, "host")
        process = subprocess.Popen(
            [sys.executable, "-m", "autograder.grading.host", address, *preload],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd=folder,
            env=env | {"PYTHONPATH": home},
            start_new_session=True,
        )
        try:
            yield address if _is_ready(process, address) else None
        finally:
            assert process.stdin is not None
            process.stdin.close()
            try:
                process.wait(5)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _is_ready(process: "subprocess.Popen[bytes]", address: str, seconds: float = 180.0) -> bool:
    deadline = time.monotonic() + seconds
    while process.poll() is None and time.monotonic() < deadline:
        if os.path.exists(address):
            return True
        time.sleep(0.02)
    return False


# -- the host -----------------------------------------------------------------------------------


def main() -> None:
    """Import, listen, fork."""
    address, *preload = sys.argv[1:]
    sys.path[:] = [place for place in sys.path if place not in ("", os.getcwd())]
    for name in ("ipykernel.kernelapp", "IPython", "matplotlib_inline.backend_inline", *preload):
        with contextlib.suppress(Exception):
            importlib.import_module(name)
    gc.collect()
    gc.freeze()  # what is there now is shared by all kernels
    _Host(address).serve()


class _Host:
    def __init__(self, address: str):
        self._address = address
        self._selector = selectors.DefaultSelector()
        self._server = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        # Bound under another name first: a file of this name means that the host is listening.
        self._server.bind(address + "~")
        self._server.listen(64)
        os.rename(address + "~", address)
        self._selector.register(self._server, selectors.EVENT_READ)
        self._selector.register(sys.stdin, selectors.EVENT_READ)

    def serve(self) -> None:
        """Fork keepers, which fork kernels, until the coordinator is gone."""
        reaper.adopt_orphans()
        while True:
            for key, _ in self._selector.select(timeout=0.5):
                if key.fileobj is sys.stdin:
                    self._end()
                line, _ = self._server.accept()
                if os.fork() == 0:
                    self._selector.close()
                    self._server.close()
                    _keep(line)
                line.close()
            with contextlib.suppress(ChildProcessError):
                while os.waitpid(-1, os.WNOHANG)[0]:
                    pass

    def _end(self) -> NoReturn:
        reaper.end_descendants()
        with contextlib.suppress(OSError):  # the coordinator may have gone without doing it
            os.unlink(self._address)
            os.rmdir(os.path.dirname(self._address))
        os._exit(0)


def _keep(line: socket.socket) -> NoReturn:
    """In a child of the host: fork one kernel, watch it, and leave nothing of it behind.

    The keeper adopts whatever the kernel's processes orphan, so that it knows
    which kernel they belong to.
    """
    try:
        line.settimeout(20)
        request = json.loads(_line(line))
        reaper.adopt_orphans()
        kernel = os.fork()
        if kernel == 0:
            line.close()
            _become_kernel(request)
        line.sendall(f"{kernel}\n".encode())
        code = None
        while code is None:
            if select.select([line], [], [], 0.05)[0]:
                os.killpg(kernel, signal.SIGKILL)  # the worker hung up, so nobody wants the kernel any more
            pid, status = os.waitpid(kernel, os.WNOHANG)
            code = os.waitstatus_to_exitcode(status) if pid else None
        reaper.end_descendants()
        line.sendall(f"{code}\n".encode())
    except (OSError, ValueError):
        reaper.end_descendants()
    finally:
        os._exit(0)


def _become_kernel(request: dict[str, Any]) -> NoReturn:
    """In a child of a keeper: be an ordinary kernel."""
    try:
        os.setsid()
        nothing = os.open(os.devnull, os.O_RDWR)
        for number in (0, 1, 2):
            os.dup2(nothing, number)
        os.environ.clear()
        os.environ.update(request["env"])
        os.chdir(request["folder"])
        if "numpy" in sys.modules:
            sys.modules["numpy"].random.seed()
        sys.argv = ["ipykernel_launcher"]
        from ipykernel.kernelapp import launch_new_instance

        launch_new_instance(argv=["-f", request["connection_file"], "--HistoryManager.hist_file=:memory:"])
    finally:
        os._exit(1)


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
