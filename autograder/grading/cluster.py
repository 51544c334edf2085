"""Running tasks on a Dask cluster: bytes out, bytes back, and nothing else leaves this machine.

The upper half is the coordinator's. The lower half runs in the worker processes
of the cluster: each keeps warm hosts of its own for a command that sends it
tasks, and forks kernels from them, as `grade` does on one machine.
"""

import asyncio
import hashlib
import logging
import platform
import sys
import threading
import time
import uuid
import warnings
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError, packages_distributions, version
from pathlib import Path
from types import TracebackType
from typing import Any

try:
    import dask
    import distributed
    from distributed.comm import get_address_host_port
except ImportError:  # it is an extra, see pyproject.toml
    distributed = None

from autograder.grading.launch import Hosts
from autograder.grading.result import GradingError
from autograder.grading.sandbox import WITHOUT, Wall, obstacle, wall_for
from autograder.grading.task import Outcome, Task

#: Seconds to wait for an answer of the scheduler.
PATIENCE = 10.0
#: The coordinator records a few submissions a second, so it could not keep more threads busy.
_MOST = 256
#: Kept under way also by a small cluster, or one that is empty and grows with what waits for it.
_FEWEST = 8
#: Seconds after which a worker ends hosts that nobody uses: their coordinator may have been killed.
_IDLE = 300.0

_WHAT_TO_DO = (
    "What was recorded is complete. Install the same versions there (requirements.lock fixes them), "
    "restart the worker, and grade again."
)
#: Evaluated on a worker. A function of ours would be looked up while the message is read, and a
#: worker without the package, or with another Python, would leave the cluster over it.
_ERRAND = "__import__('autograder.grading.cluster', fromlist=['work']).work(*parcel)"


class ClusterUnusable(GradingError):
    """The cluster as a whole cannot be used, so no submission can be graded there."""


# -- the coordinator's end ----------------------------------------------------------------------


class Cluster:
    """Runs tasks on the workers of a Dask cluster; what `launch.Hosts` is on one machine."""

    #: The worker's machine has other tasks for its other cores.
    one_thread = True
    at_a_time = _MOST

    def __init__(self, address: str, say: Callable[[str], None] = lambda sentence: None):
        """Connect to the scheduler at `address`; `say` is told when there are no workers.

        Raises `GradingError` (wrong usage) when that cannot be done.
        """
        if distributed is None:
            raise GradingError(
                "Grading on a cluster needs the package “distributed”, which is not installed here. "
                "Install it with: pip install -c requirements.lock -e '.[course,cluster]'",
                2,
            )
        self.address = address
        self._say = say
        self._command = uuid.uuid4().hex
        self._modules: dict[str, None] = {}
        self._checks = False
        self._ended = False
        self._looked = -PATIENCE
        self._threads: int | None = None
        # A task holds all files of a submission, since it may have to be sent a second time.
        dask.config.set({"distributed.admin.large-graph-warning-threshold": "1 GB"})
        for handler in logging.getLogger("distributed").handlers:
            handler.setLevel(logging.CRITICAL + 1)  # what goes wrong is told in sentences of ours
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # other versions are told by the workers, see `work`
            try:
                get_address_host_port(address)  # of a wrong one, a client would be half made
                self._client = distributed.Client(address, timeout=PATIENCE, set_as_default=False)
            except Exception as error:  # it has many ways of not being there
                raise ClusterUnusable(
                    f"The Dask scheduler at {address} cannot be reached: {_in_short(error)}. Nothing was "
                    "graded. See whether it runs and which address it shows (such as tcp://host:8786).",
                    2,
                ) from None

    def wanted(self) -> int:
        """Twice as many as the cluster has threads now, so that none waits for the coordinator."""
        if time.monotonic() - self._looked > 1.0:
            before = self._threads
            try:
                if self._client.status != "running":
                    raise ConnectionError("the connection is lost")
                self._threads = sum(self._client.nthreads().values())
            except Exception as error:
                raise self._lost(error) from None
            self._looked = time.monotonic()
            if self._threads == 0 and before != 0:
                self._say(
                    f"The cluster at {self.address} has no workers at the moment. "
                    "Grading goes on when one joins."
                )
        return min(_MOST, max(_FEWEST, 2 * (self._threads or 0)))

    def show(self, readable: tuple[str, ...]) -> None:
        """Nothing: each task says what its kernel may read on the worker's machine."""

    def load(self, modules: Iterable[str], *, checks: bool) -> None:
        """Have each worker load these before its next task, if it has not done so."""
        self._modules |= dict.fromkeys(modules)
        self._checks |= checks

    def run_task(self, task: Task) -> Outcome:
        """Run a task on some worker, and on another one if that is killed.

        Raises `ClusterUnusable` when the cluster is gone, or a worker has other
        versions than this machine.
        """
        started = time.monotonic()
        try:
            return Outcome.from_bytes(self._submitted(task).result())
        except GradingError:
            raise
        except (ImportError, AttributeError) as error:
            raise ClusterUnusable(
                f"A worker of the cluster at {self.address} has no autograder, or another version of it: "
                f"{_in_short(error)}. {_WHAT_TO_DO}"
            ) from None
        except distributed.KilledWorker:
            trouble = "The workers that ran it were killed, one after the other; the cluster gave up"
        except ValueError as error:
            trouble = f"The worker gave no usable result: {error}"
        except Exception as error:
            raise self._lost(error) from None
        return Outcome(trouble=f"{trouble}.", seconds=time.monotonic() - started)

    def _submitted(self, task: Task) -> Any:
        versions = versions_of(task.preload)
        parcel = (task.to_bytes(), self._command, tuple(self._modules), self._checks, versions)
        key = f"autograder-{uuid.uuid4().hex}"
        return self._client.submit(eval, _ERRAND, {"parcel": parcel}, key=key, pure=False)

    def _lost(self, error: Exception) -> ClusterUnusable:
        return ClusterUnusable(
            f"The Dask cluster at {self.address} does not run tasks any more: {_in_short(error)}. What was "
            "recorded is complete. Bring the cluster up again, or leave it out, and grade again to go on."
        )

    def stop(self) -> None:
        """Leave the cluster: tasks that wait there are forgotten, and hosts are ended."""
        if self._ended:
            return
        self._ended = True
        there = self._client.status == "running"
        with suppress(Exception):  # it may go away at any moment
            if there:
                self._client.run(leave, self._command, wait=False)
        with suppress(Exception):
            self._client.close(PATIENCE if there else 0.1)

    def __enter__(self) -> "Cluster":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()


def _in_short(error: Exception) -> str:
    lines = str(error).strip().splitlines()
    return lines[0].rstrip(".") if lines else type(error).__name__


# -- in a worker process of the cluster -----------------------------------------------------------


def work(
    task: bytes, command: str, modules: tuple[str, ...], checks: bool, expected: dict[str, str]
) -> bytes:
    """Run a task for a command on another machine; returns the outcome's bytes.

    Raises `ClusterUnusable` when this process has other versions than are expected,
    or this machine cannot run the sandbox that is asked for.
    """
    _compare(expected)
    asked = Task.from_bytes(task)
    wall = wall_for(asked.isolation, asked.readable)
    reason = obstacle(wall) if wall is not None else None
    if reason is not None:
        raise ClusterUnusable(
            f"Students' code cannot run in a sandbox on the worker {distributed.get_worker().address}. "
            f"{reason} {WITHOUT}"
        )
    with _hosts_for(command, wall) as hosts:
        if modules or checks:
            with _lock:
                hosts.load(modules, checks=checks)
        return hosts.run_task(asked).to_bytes()


@dataclass
class _Kept:
    """The hosts of one command."""

    hosts: Hosts
    users: int = 0
    #: When they were last used.
    used: float = 0.0


_kept: dict[str, _Kept] = {}
_lock = threading.Lock()


@contextmanager
def _hosts_for(command: str, wall: Wall | None) -> Iterator[Hosts]:
    """The hosts of a command, which stay for its next task. They end with this process in any case."""
    with _lock:
        if command not in _kept:
            _kept[command] = _Kept(Hosts(wall=wall))
        kept = _kept[command]
        kept.users += 1
    try:
        yield kept.hosts
    finally:
        with _lock:
            kept.users -= 1
            kept.used = time.monotonic()
        timer = threading.Timer(_IDLE, _end_idle, (command,))
        timer.daemon = True
        timer.start()


def _end_idle(command: str) -> None:
    with _lock:
        kept = _kept.get(command)
        if kept is None or kept.users or time.monotonic() - kept.used < 0.9 * _IDLE:
            return
    _end_hosts(command)


async def leave(command: str) -> None:
    """End the hosts of a command, and with them what they have forked."""
    await asyncio.to_thread(_end_hosts, command)


def _end_hosts(command: str) -> None:
    with _lock:
        kept = _kept.pop(command, None)
    if kept is not None:
        kept.hosts.end()


# -- versions -------------------------------------------------------------------------------------


def _compare(expected: dict[str, str]) -> None:
    found = versions_of(tuple(expected))
    differing = [
        f"{name} {found.get(name, 'is missing')} (here: {wanted})"
        for name, wanted in expected.items()
        if found.get(name) != wanted
    ]
    if differing:
        raise ClusterUnusable(
            f"The worker {distributed.get_worker().address} has other versions than this machine, so its "
            f"grades might be others: {', '.join(differing)}. {_WHAT_TO_DO}"
        )


def versions_of(modules: tuple[str, ...]) -> dict[str, str]:
    """The versions that a grade depends on: of this package, Python, Dask, and what notebooks import.

    Modules that no installed package provides have none.
    """
    found = {"autograder": _digest(), "Python": ".".join(platform.python_version_tuple()[:2])}
    for name in ("distributed", *modules):
        top = name.split(".")[0]
        if top not in found and top not in sys.stdlib_module_names and (known := _version(top)):
            found[top] = known
    return found


@cache
def _version(module: str) -> str:
    try:
        return version(module)
    except PackageNotFoundError:
        with _lock:  # it reads for a second or two
            packages = _packages().get(module)  # such as tensorflow-cpu
        return version(packages[0]) if packages else ""


_packages = cache(packages_distributions)


@cache
def _digest() -> str:
    """One word for this package's text: its version number alone does not change with each commit."""
    digest = hashlib.sha256()
    root = Path(__file__).resolve().parents[1]
    for file in sorted(root.rglob("*.py")):
        digest.update(file.relative_to(root).as_posix().encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()[:8]
