"""A Jupyter server with formgrader, for tests that look at what instructors see."""

import json
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.grading.conftest import Class
from tests.sample_class import ROOT

_START = 60


@dataclass(frozen=True)
class Formgrader:
    """A Jupyter server with formgrader on a class that was graded by us, over HTTP as a browser sees it."""

    klass: Class
    url: str

    def get(self, path: str) -> str:
        """A page, or the answer of an address of its interface."""
        with urllib.request.urlopen(f"{self.url}/formgrader/{path}", timeout=30) as answer:
            return answer.read().decode("utf-8")

    def json(self, path: str) -> Any:
        """What an address of its interface answers."""
        return json.loads(self.get(f"api/{path}"))

    def send(self, method: str, path: str, data: dict[str, Any]) -> Any:
        """Change something, or have something done, as the page does."""
        body = json.dumps(data).encode()
        request = urllib.request.Request(f"{self.url}/formgrader/api/{path}", data=body, method=method)
        with urllib.request.urlopen(request, timeout=60) as answer:
            return json.loads(answer.read())


@contextmanager
def formgrader_of(klass: Class, folder: Path) -> Iterator[Formgrader]:
    """Formgrader on a class while the block runs; what the server writes of its own is in `folder`."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port = listener.getsockname()[1]
    command = [sys.executable, "-m", "jupyter", "server", "--no-browser", "--allow-root"]
    command += [f"--ServerApp.port={port}", "--ServerApp.port_retries=0", "--ServerApp.ip=127.0.0.1"]
    command += ["--IdentityProvider.token=", "--ServerApp.disable_check_xsrf=True"]
    command += ["--ServerApp.jpserver_extensions={'nbgrader.server_extensions.formgrader': True}"]
    own = {"JUPYTER_CONFIG_DIR": f"{folder}/config", "JUPYTER_DATA_DIR": f"{folder}/data"}
    own |= {"JUPYTER_NO_CONFIG": "1", "PYTHONPATH": str(ROOT)}
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen(
            command, cwd=klass.root, env=os.environ | own, stdout=log, stderr=subprocess.STDOUT
        )
    try:
        found = Formgrader(klass, f"http://127.0.0.1:{port}")
        deadline = time.monotonic() + _START
        while True:
            try:
                found.get("api/assignments")
                break
            except OSError:
                if time.monotonic() > deadline or server.poll() is not None:
                    pytest.fail(f"The server did not start:\n{(folder / 'log').read_text()[-4000:]}")
                time.sleep(0.2)
        yield found
    finally:
        server.terminate()
        server.wait(20)


def submission_of(formgrader: Formgrader, student: str) -> str:
    """The id of a student's notebook."""
    return next(s["id"] for s in formgrader.json("submitted_notebooks/ps1/ps1") if s["student"] == student)
