"""A JupyterLab on a copy of the course, and a Chromium to use it with."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.conftest import KERNEL_ENVIRONMENT

CHROMIUM = ("chromium", "chromium-browser", "google-chrome")

#: Nothing that phones home, and nothing that needs a GPU.
FLAGS = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
    "--no-first-run",
]

#: Milliseconds for anything in the page: a busy machine takes long to start a kernel.
PATIENCE = 60_000

#: Seconds until the server answers.
START = 60


@dataclass(frozen=True)
class Lab:
    """A running JupyterLab."""

    url: str
    #: The copy of the course that it serves.
    folder: Path
    #: The server's process.
    pid: int


@pytest.fixture(scope="module")
def lab(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    """JupyterLab as `make lab` starts it, on a copy of the course.

    A server of its own for each module: it remembers open tabs, running kernels and saved answers, and
    a first visit must find none of those that another module has left.
    """
    folder = tmp_path_factory.mktemp("lab")
    for name in ("course", "exercises", "solutions"):
        shutil.copytree(root / name, folder / name)
    for name in ("nbgrader_config.py", "jupytext.toml", "jupyter_server_config.py"):
        shutil.copy(root / name, folder)
    _make_texts_older(folder)
    with serve(folder, tmp_path_factory.mktemp("jupyter")) as running:
        yield running


@contextmanager
def serve(folder: Path, own: Path) -> Iterator[Lab]:
    """While the block runs, `folder` is served as `make lab` does it; Jupyter's settings are in `own`."""
    port = _free_port()
    command = [sys.executable, "-m", "jupyter", "lab", "--no-browser", "--allow-root"]
    command += ["--ServerApp.ip=127.0.0.1", f"--ServerApp.port={port}", "--ServerApp.port_retries=0"]
    command += ["--config=jupyter_server_config.py", "--IdentityProvider.token="]
    log = own / "lab.log"
    with log.open("wb") as output:
        server = subprocess.Popen(
            command,
            cwd=folder,
            env=_environment(own),
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        url = f"http://127.0.0.1:{port}"
        _wait_until_it_answers(url, server, log)
        yield Lab(url, folder, server.pid)
    finally:
        _end(server)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The distribution's Chromium; a test tool must not download another."""
    path = next(filter(None, map(shutil.which, CHROMIUM)), None)
    if path is None:
        pytest.fail("Chromium is missing, which the browser tests drive: install the package chromium.")
    flags = FLAGS + (["--no-sandbox"] if os.geteuid() == 0 else [])
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, headless=True, args=flags)
        yield browser
        browser.close()


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """An empty page."""
    yield from _new_page(chromium)


@pytest.fixture(scope="module")
def same_page(chromium: Browser) -> Iterator[Page]:
    """One page for a whole module, whose browser need not read JupyterLab's scripts each time anew."""
    yield from _new_page(chromium)


def _new_page(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    yield page
    context.close()


def _make_texts_older(folder: Path) -> None:
    """Give the texts an earlier time than their notebooks, which a clone can do as well.

    Jupytext then refuses to open a notebook that does not give back its text.
    """
    for path in folder.rglob("*.nb.py"):
        os.utime(path, (path.stat().st_mtime - 3600,) * 2)


def _environment(own: Path) -> dict[str, str]:
    """What a plain shell would have, warm kernels, and none of the user's own settings for Jupyter."""
    given = {key: value for key, value in os.environ.items() if key not in KERNEL_ENVIRONMENT}
    own_places = {"JUPYTER_CONFIG_DIR": f"{own}/config", "JUPYTER_DATA_DIR": f"{own}/data"}
    # Two dozen kernels share one import of TensorFlow.
    return given | own_places | {"JUPYTER_DEFAULT_PROVISIONER_NAME": "autograder-warm"}


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def _wait_until_it_answers(url: str, server: subprocess.Popen, log: Path) -> None:
    end = time.monotonic() + START
    while time.monotonic() < end and server.poll() is None:
        try:
            with urllib.request.urlopen(f"{url}/api/status", timeout=5):
                return
        except OSError:
            time.sleep(0.2)
    pytest.fail(f"JupyterLab did not start within {START} seconds. Its log:\n{log.read_text()[-4000:]}")


def _end(server: subprocess.Popen) -> None:
    """End the server politely, so that it ends its kernels, and then whatever is left."""
    server.terminate()
    try:
        server.wait(20)
    except subprocess.TimeoutExpired:
        os.killpg(server.pid, signal.SIGKILL)
        server.wait()
