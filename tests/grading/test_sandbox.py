"""The walls: what is shown, what is refused, what is said where there can be none."""

import ctypes
import errno
import json
import os
import platform
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from autograder.grading import doctor, refusals, room, sandbox
from autograder.grading.kernel import _is_misused
from autograder.grading.launch import Hosts
from autograder.grading.result import GradingError
from autograder.grading.sandbox import SANDBOX, Wall
from autograder.grading.task import Outcome, Task
from tests.grading.conftest import Class
from tests.grading.sandboxed import as_ordinary_user, give_to_ordinary_user, need_sandbox

_CLONE_NEWUSER = 0x10000000


# -- without starting anything -----------------------------------------------------------------------


def _shown(command: list[str]) -> list[str]:
    return [command[i + 1] for i, word in enumerate(command) if word == "--ro-bind"]


def test_the_outer_wall_shows_python_and_this_package_but_not_the_checkout_around_it() -> None:
    shown = _shown(Wall().command(["true"], "/tmp/x", {}))
    package = str(Path(sandbox.__file__).resolve().parents[1])
    for needed in (package, sys.prefix, sys.base_prefix):
        assert any(Path(needed).is_relative_to(place) for place in shown), needed
    home = os.path.expanduser("~")
    for hidden in (str(Path(package).parent), home, "/", "/home", "/tmp", "/etc", "/var", "/proc", "/sys"):
        assert hidden not in shown


def test_what_a_course_allows_is_shown_and_can_be_imported_from(tmp_path: Path) -> None:
    wall = Wall((str(tmp_path),))
    assert str(tmp_path) in _shown(wall.command(["true"], "/tmp/x", {}))
    assert wall.python_path().split(os.pathsep)[1:] == [str(tmp_path)]
    assert "/" not in _shown(Wall(("/",)).command(["true"], "/tmp/x", {}))


def test_a_course_names_folders_that_exist_and_do_not_hold_it(klass: Class) -> None:
    (klass.root / "data").mkdir()
    config = klass.root / "nbgrader_config.py"
    for value, words in (("nowhere", "there is no such folder"), (".", "solutions"), ("/", "solutions")):
        config.write_text(f"c = get_config()\nc.AutograderLimits.readable = [{value!r}]\n")
        with pytest.raises(GradingError, match=words) as error:
            _ = klass.course.limits
        assert error.value.exit_code == 2
    config.write_text("c = get_config()\nc.AutograderLimits.readable = ['data']\n")
    assert klass.course.limits.readable == (str((klass.root / "data").resolve()),)


def test_no_secret_of_the_environment_is_inside() -> None:
    inside = Wall().environment(
        {
            "API_TOKEN": "s",
            "TF_TOKEN_example": "s",
            "HOME": "/home/me",
            "LC_ALL": "C.UTF-8",
            "KERAS_BACKEND": "jax",
        }
    )
    assert "s" not in inside.values() and inside["HOME"] == room.HOME
    assert inside["LC_ALL"] == "C.UTF-8" and inside["KERAS_BACKEND"] == "jax"


@pytest.fixture
def _fresh() -> Iterator[None]:
    sandbox.obstacle.cache_clear()
    yield
    sandbox.obstacle.cache_clear()


@pytest.mark.usefixtures("_fresh")
def test_a_machine_without_bubblewrap_gets_a_sentence_and_no_grading(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    assert "bubblewrap is missing" in str(sandbox.obstacle())
    for wanted in ("auto", "sandbox"):
        with pytest.raises(
            GradingError, match="Use --isolation process for students whom you trust"
        ) as error:
            sandbox.choose(wanted)
        assert error.value.exit_code == 2
    assert sandbox.choose("process") == "process"


@pytest.mark.usefixtures("_fresh")
def test_a_system_that_forbids_it_is_quoted(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    fake = tmp_path / "bwrap"
    fake.write_text("#!/bin/sh\necho 'bwrap: No permissions to create new namespace' >&2\nexit 1\n")
    fake.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    assert "(bwrap: No permissions to create new namespace)" in str(sandbox.obstacle())


@pytest.mark.usefixtures("_fresh")
def test_another_system_gets_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    assert "needs Linux" in str(sandbox.obstacle())


def test_the_code_of_the_first_process_tells_how_the_second_one_ended() -> None:
    assert [room.exit_code(code) for code in (0, 1, 3, -9, 137, 128 + 24)] == [0, 1, 3, -9, -9, -24]


def test_a_line_holds_sockets_and_small_files_only(tmp_path: Path) -> None:
    (tmp_path / "connection.json").write_text("{}")
    assert not _is_misused(tmp_path)
    (tmp_path / "data").write_bytes(bytes(100_000))
    assert _is_misused(tmp_path)
    (tmp_path / "data").unlink()
    (tmp_path / "folder").mkdir()
    assert _is_misused(tmp_path)
    (tmp_path / "folder").rmdir()
    for name in range(30):
        (tmp_path / str(name)).touch()
    assert _is_misused(tmp_path) and _is_misused(tmp_path / "closed to us")


def _in_child(work: Callable[[], bool]) -> bool:
    child = os.fork()
    if child == 0:
        try:
            os._exit(0 if work() else 1)
        except BaseException:
            os._exit(2)
    return os.waitpid(child, 0)[1] == 0


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has such filters")
@pytest.mark.skipif(platform.machine() not in ("x86_64", "aarch64"), reason="no filter for this machine")
def test_refused_calls_fail_and_ordinary_ones_do_not() -> None:
    def work() -> bool:
        library = ctypes.CDLL(None, use_errno=True)
        library.prctl(38, 1, 0, 0, 0)
        if not refusals.install():
            return False
        refused = [
            library.unshare(_CLONE_NEWUSER) != 0 and ctypes.get_errno() == errno.EPERM,
            library.ptrace(0, 0, 0, 0) != 0 and ctypes.get_errno() == errno.EPERM,
            library.mount(b"tmpfs", b"/tmp", b"tmpfs", 0, None) != 0 and ctypes.get_errno() == errno.EPERM,
            library.syscall(435, 0, 0) != 0 and ctypes.get_errno() == errno.ENOSYS,
        ]
        ordinary = _in_child(lambda: True) and subprocess.run(["true"], check=False).returncode == 0
        return all(refused) and ordinary

    assert _in_child(work)


def test_the_doctor_says_what_is_missing_and_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandbox, "obstacle", lambda: "The program bubblewrap is missing.")
    finding = doctor._isolation()
    assert not finding.good and "missing" in finding.sentence and "--isolation process" in finding.sentence
    monkeypatch.setattr(sandbox, "obstacle", lambda: None)
    assert doctor._isolation().good
    monkeypatch.setattr(doctor, "_USUAL", 10**9)
    monkeypatch.setattr(doctor, "_FREE_DISK", 10**9)
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    for finding, words in (
        (doctor._cores_and_memory(), "--jobs 1"),
        (doctor._disk(), "TMPDIR"),
        (doctor._packages(), "tensorflow, ipykernel, nbgrader are not installed"),
    ):
        assert not finding.good and words in finding.sentence


# -- with kernels in rooms ----------------------------------------------------------------------------


def _task(*cells: str, **settings: Any) -> Task:
    notebook = nbformat.writes(new_notebook(cells=[new_code_cell(cell) for cell in cells]))
    limits = {"cell_seconds": 10.0, "notebook_seconds": 60.0, "one_thread": True, "isolation": SANDBOX}
    return Task(notebook, **({"files": {}} | limits | settings))


def _texts(outcome: Outcome) -> list[str]:
    assert outcome.trouble is None, outcome.trouble
    cells = nbformat.reads(outcome.notebook, 4).cells
    texts = ["".join(o.get("text", "") + o.get("evalue", "") for o in cell.outputs) for cell in cells]
    return [text.strip() for text in texts]


@pytest.fixture(scope="module")
def hosts() -> Iterator[Hosts]:
    need_sandbox()
    with Hosts(wall=Wall()) as hosts:
        hosts.load(("colorsys",), checks=False)
        yield hosts


@pytest.mark.slow
def test_a_kernel_in_a_room_is_warm_and_has_no_rights(hosts: Hosts) -> None:
    outcome = hosts.run_task(
        _task(
            "import sys, os; print('colorsys' in sys.modules, os.getcwd(), os.path.expanduser('~'))",
            "wanted = ('Cap', 'NoNewPrivs', 'Seccomp:')\n"
            "print(*[l.split()[1] for l in open('/proc/self/status') if l.startswith(wanted)])",
            "print(os.getuid() != 0, open('data/x.csv').read(), sorted(os.listdir('/home')))",
            "print(sorted(n for n in os.listdir('/proc') if n.isdigit()))",
            "import resource as r; print([r.getrlimit(n)[1] for n in (r.RLIMIT_CORE, r.RLIMIT_NPROC)])",
            "print(os.statvfs('/run/line').f_flag & os.ST_RDONLY, os.path.exists('/run/line/k-5'))",
            files={"data/x.csv": b"1,2"},
        )
    )  # fmt: skip
    texts = _texts(outcome)
    assert texts[0] == f"True {room.WORK} {room.HOME}"
    assert set(texts[1].split()[:5]) == {"0" * 16} and texts[1].split()[5:] == ["1", "2"]
    assert texts[2] == "True 1,2 ['student']"
    assert texts[3] == "['1', '2']"
    assert texts[4] == "[1, 1000]"
    assert texts[5] == "1 True"


@pytest.mark.slow
def test_a_fresh_kernel_has_fresh_files_and_what_was_written_is_gone(hosts: Hosts) -> None:
    deadly = "open('data.txt', 'a').write('!'); open('/tmp/x', 'w').close(); import os; os._exit(0)"
    looks = "import os; print(open('data.txt').read(), os.path.exists('/tmp/x'))"
    texts = _texts(hosts.run_task(_task(deadly, looks, files={"data.txt": b"as given"})))
    assert texts[1] == "as given False"


@pytest.mark.slow
def test_limits_are_named_when_they_are_hit(hosts: Hosts) -> None:
    outcome = hosts.run_task(_task("while True: pass", "print(1)", cpu_seconds=1.0))
    assert outcome.notes == (
        "Cell 1: This cell took more than the 1 seconds of processor time that a notebook has, "
        "so the notebook went on without it in a fresh kernel.",
    )
    hoard = "x = []\nwhile True: x.append(bytearray(10**7))"
    outcome = hosts.run_task(_task(hoard, "print(1)", memory_megabytes=300))
    assert "took more than the 300 MB of memory that a notebook has" in outcome.notes[0]
    assert _texts(outcome)[1] == "1"


@pytest.mark.slow
def test_without_a_warm_host_the_walls_are_the_same(tmp_path: Path) -> None:
    need_sandbox()
    (tmp_path / "helper.py").write_text("VALUE = 7")
    tmp_path.chmod(0o755)  # root's students are nobody
    with Hosts(wall=Wall()) as cold:  # never started
        cells = (
            "import helper; print(helper.VALUE)",
            "import os; print(os.path.exists('/proc/2'), os.getppid())",
        )
        texts = _texts(cold.run_task(_task(*cells, readable=(str(tmp_path),))))
    assert texts[0] == "7" and texts[1] == "True 1"


@pytest.mark.slow
def test_a_kernel_of_another_kernelspec_runs_in_a_room_too(
    hosts: Hosts, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "kernels" / "another"
    folder.mkdir(parents=True)
    spec = {
        "argv": ["python", "-m", "ipykernel_launcher", "-f", "{connection_file}"],
        "display_name": "Another",
        "language": "python",
        "env": {"MARK": "another"},
    }
    (folder / "kernel.json").write_text(json.dumps(spec))
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path))
    cell = "import os, sys; print(os.environ['MARK'], 'colorsys' in sys.modules, os.getcwd(), os.getppid())"
    [text] = _texts(hosts.run_task(_task(cell, kernel="another")))
    assert text == f"another False {room.WORK} 1"
    outcome = hosts.run_task(_task("1", kernel="missing"))
    assert outcome.trouble is not None and "which this machine does not have" in outcome.trouble


@pytest.mark.slow
def test_a_worker_that_is_killed_takes_its_kernel_along(hosts: Hosts) -> None:
    import threading

    import psutil

    from autograder.grading import launch

    mark = f"3600.{os.getpid()}"

    def kill() -> None:
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline and not _running(mark):
            time.sleep(0.1)
        for worker in launch._running:
            os.kill(worker.pid, signal.SIGKILL)

    def _running(mark: str) -> list[Any]:
        return [p for p in psutil.process_iter(["cmdline"]) if mark in (p.info["cmdline"] or [])]

    threading.Thread(target=kill, daemon=True).start()
    outcome = hosts.run_task(
        _task(f"import subprocess; subprocess.run(['sleep', '{mark}'])", cell_seconds=60.0)
    )
    assert outcome.trouble is not None and "SIGKILL" in outcome.trouble
    deadline = time.monotonic() + 10
    while _running(mark) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert _running(mark) == []


@pytest.mark.slow
@pytest.mark.skipif(os.geteuid() != 0, reason="the other tests run as an ordinary user here")
def test_the_sandbox_works_for_an_ordinary_user_too(klass: Class, tmp_path: Path) -> None:
    need_sandbox()
    theft = "import os\nprint(os.getuid(), os.path.exists({root!r}))\n"
    theft += "for n in (1, 2, 9, 10, 15): os.kill(1, n)\ndef square(x):\n    return x * x"
    klass.hand_in("anna")
    klass.hand_in("ben", {"square": theft.format(root=str(klass.root)), "area": "import os; os._exit(0)"})
    give_to_ordinary_user(klass.root)
    result = klass.root / "result.json"
    command = [sys.executable, "-m", "autograder", "grade", "--isolation", "sandbox", "--no-feedback"]
    command += ["--course-dir", str(klass.root), "--json", str(result)]
    done = subprocess.run(
        as_ordinary_user(command, klass.root), capture_output=True, text=True, timeout=300, check=False
    )
    assert "runs in a sandbox" in done.stdout and done.returncode == 1, done.stdout + done.stderr
    scores = {s["student"]: s["score"] for s in json.loads(result.read_text())["submissions"]}
    assert scores == {"anna": 7.0, "ben": 3.0}
    outputs = [o for c in klass.autograded("ben").cells for o in c.get("outputs", [])]
    assert "12345 False" in str(outputs)
