"""Warm kernels for any Jupyter program: `nbgrader`, `nbclient`, `nbconvert`, JupyterLab.

The first kernel of a process takes as long as ever, because a warm host (see
`autograder.grading.host`) is started for it and imports the slow packages.
Every later one is forked from it in a moment. Chosen for everything by

    JUPYTER_DEFAULT_PROVISIONER_NAME=autograder-warm nbgrader autograde ps1

or for one kernel by the metadata of its kernelspec (kernel.json), where the
packages can be named as well:

    "metadata": {"kernel_provisioner": {"provisioner_name": "autograder-warm",
                                        "config": {"preload": ["torch"]}}}

Kernels of other languages, and machines that cannot fork, get ordinary kernels.
"""

import asyncio
import atexit
import os
from contextlib import ExitStack
from typing import Any

from jupyter_client.provisioning import LocalProvisioner
from traitlets import List, Unicode

from autograder.grading.host import ForkedKernel, NoHost, warm_host

#: What is preloaded → address of the host that this process has started for it.
_hosts: dict[tuple[str, ...], str | None] = {}
_until_exit = ExitStack()
atexit.register(_until_exit.close)


def _host_for(preload: tuple[str, ...]) -> str | None:
    if preload not in _hosts:
        _hosts[preload] = _until_exit.enter_context(warm_host(preload, dict(os.environ)))
    return _hosts[preload]


class WarmProvisioner(LocalProvisioner):
    """Forks Python kernels from a warm host, and leaves the rest to its parent class."""

    #: The process of the kernel: one that a host has forked, or an ordinary one.
    process: Any

    preload = List(
        Unicode(),
        ["tensorflow", "keras"],
        help="Modules that the host imports before it forks. None of them may start threads by its import.",
    ).tag(config=True)

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> dict[str, Any]:
        """Fork a kernel; or start one with `cmd`, where there is nothing to fork from."""
        if self.parent is not None and "ipykernel_launcher" in cmd:
            address = await asyncio.to_thread(_host_for, tuple(self.preload))
            env = dict(kwargs.get("env") or os.environ)
            folder = str(kwargs.get("cwd") or os.getcwd())
            try:
                if address is not None:
                    self.process = ForkedKernel(address, self.parent.connection_file, env, folder)
                    self.pid = self.pgid = self.process.pid  # it leads a group of its own
                    return self.connection_info
            except NoHost:
                pass  # slower, but as good
        return await super().launch_kernel(cmd, **kwargs)
