"""Imported by a host of kernels: what a Jupyter kernel loads after it has started, loaded before the fork.

Most of it is the debugger, which a kernel has ready for an editor that may ask for it.
"""

import contextlib
import importlib

for _name in (
    "ipykernel.kernelapp",
    "ipykernel.debugger",
    "IPython",
    "IPython.core.completerlib",
    "IPython.core.debugger",
    "IPython.core.debugger_backport",
    "IPython.core.logger",
    "IPython.core.oinspect",
    "IPython.extensions.storemagic",
    "matplotlib_inline.backend_inline",
    "encodings.idna",
    "faulthandler",
    "psutil",
    "sqlite3",
    "tornado.platform.asyncio",
    "tornado.queues",
):
    with contextlib.suppress(Exception):  # other versions have other parts
        importlib.import_module(_name)

with contextlib.suppress(Exception):
    from jupyter_client.localinterfaces import localhost

    localhost()  # starts programs to learn the machine's addresses, and keeps what it has learnt
