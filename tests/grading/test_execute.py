"""Running notebooks: endless, deadly, noisy and sly ones. Real kernels, without TensorFlow."""

import os
import time
from collections.abc import Iterator
from typing import Any

import nbformat
import psutil
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from autograder.grading import launch
from autograder.grading.host import warm_host
from autograder.grading.task import Outcome, Task

pytestmark = pytest.mark.slow

ANSWER = 'diagnoses = {"A": {"fault": "?", "variables": []}}'


@pytest.fixture(scope="module")
def host() -> Iterator[str | None]:
    with launch.warm_host_for(("numpy",), checks=True, one_thread=True) as address:
        yield address


def _cell(source: str, grade_id: str | None = None, points: float = 0) -> Any:
    if grade_id is None:
        return new_code_cell(source)
    said = {"grade_id": grade_id, "grade": True, "solution": False, "locked": True, "points": points}
    return new_code_cell(source, metadata={"nbgrader": said, "tags": ["skip-execution"]})


def _run(
    host: str | None, *cells: Any, files: dict[str, bytes] | None = None, **limits: Any
) -> tuple[Outcome, list[Any]]:
    made = [_cell(c) if isinstance(c, str) else c for c in cells]
    notebook = nbformat.writes(new_notebook(cells=made))
    settings = {"cell_seconds": 4.0, "notebook_seconds": 60.0, "one_thread": True} | limits
    outcome = launch.run_task(Task(notebook, files or {}, host=host, **settings))
    assert outcome.trouble is None, outcome.trouble
    return outcome, nbformat.reads(outcome.notebook, 4).cells


def _text(cell: Any) -> str:
    return "".join(o.get("text", "") + o.get("data", {}).get("text/plain", "") for o in cell.outputs)


def _errors(cell: Any) -> list[str]:
    return [f"{o.ename}: {o.evalue}" for o in cell.outputs if o.output_type == "error"]


def _left_behind(mark: str) -> list[psutil.Process]:
    found = []
    for process in psutil.process_iter():
        try:
            if mark in " ".join(process.cmdline()) or process.environ().get("LEFT_BEHIND") == mark:
                found.append(process)
        except psutil.Error:
            continue
    return found


def test_a_kernel_that_somebody_else_kills_costs_nothing(host: str | None) -> None:
    killed_once = "import os, signal\nfirst = not os.path.exists('mark')\nopen('mark', 'w').close()\n"
    killed_once += "print('here')\nif first: os.kill(os.getpid(), signal.SIGKILL)\nx + 1"
    outcome, cells = _run(host, "x = 1", killed_once, _cell("assert x == 1", "p--t", 1))
    assert _errors(cells[1]) == _errors(cells[2]) == [] and outcome.notes == ()
    assert _text(cells[1]) == "here\n2"


def test_cells_share_a_namespace_and_show_what_they_show(host: str | None) -> None:
    outcome, cells = _run(host, "x = 20", "print('hello')\nx + 1", "1 / 0", "x")
    assert _text(cells[1]) == "hello\n21"
    assert _errors(cells[2]) == ["ZeroDivisionError: division by zero"]
    assert _text(cells[3]) == "20" and outcome.notes == ()


def test_the_same_without_a_warm_host() -> None:
    _, cells = _run(None, "x = 20", "x + 1")
    assert _text(cells[1]) == "21"


def test_a_tag_cannot_keep_a_test_from_running(host: str | None) -> None:
    _, cells = _run(host, _cell("assert False", "p--t", 1))
    assert _errors(cells[0])


def test_an_endless_loop_is_interrupted_and_the_rest_runs(host: str | None) -> None:
    outcome, cells = _run(host, "x = 1", "while True: pass", "x", cell_seconds=1.5)
    assert "ran longer than the 1.5 seconds" in _errors(cells[1])[-1]
    assert _text(cells[2]) == "1"
    assert outcome.notes[0].startswith("Cell 2: This cell was stopped")


def test_a_loop_that_will_not_be_interrupted_costs_only_itself(host: str | None) -> None:
    stubborn = "import signal\nsignal.signal(signal.SIGINT, signal.SIG_IGN)\nwhile True: pass"
    outcome, cells = _run(host, "x = 1", stubborn, "x", cell_seconds=1.0)
    assert "did not react" in _errors(cells[1])[-1]
    assert _text(cells[2]) == "1"
    assert len(outcome.notes) == 1


@pytest.mark.parametrize(
    "deadly", ["import os; os._exit(0)", "import os, signal; os.kill(os.getpid(), signal.SIGKILL)"]
)
def test_a_dead_kernel_costs_only_the_cell_that_killed_it(host: str | None, deadly: str) -> None:
    outcome, cells = _run(host, "x = 1", deadly, _cell("assert x == 1", "p--t", 1), "x + 1", deadly, "x + 2")
    assert "ended the kernel" in _errors(cells[1])[0] and "ended the kernel" in _errors(cells[4])[0]
    assert _errors(cells[2]) == [] and _text(cells[3]) == "2" and _text(cells[5]) == "3"
    assert len(outcome.notes) == 2


def test_a_kernel_that_dies_again_and_again_is_given_up(host: str | None) -> None:
    outcome, cells = _run(host, *["import os; os._exit(1)"] * 12, _cell("pass", "p--t", 1))
    assert "so the rest of it was not run" in outcome.notes[-1]
    assert _errors(cells[-1])[0].startswith("NotRun")


def test_memory_is_limited(host: str | None) -> None:
    outcome, cells = _run(
        host, "x = bytearray(900_000_000)\nimport time\ntime.sleep(3)", "1 + 1", memory_megabytes=700
    )
    assert "700 MB of memory" in outcome.notes[0]
    assert _text(cells[1]) == "2"


def test_the_notebook_has_a_limit_of_its_own(host: str | None) -> None:
    outcome, cells = _run(
        host, *["import time; time.sleep(1)"] * 6, _cell("pass", "p--t", 1), notebook_seconds=3.0
    )
    assert "3 seconds" in outcome.notes[-1]
    assert _errors(cells[-1])  # a test that did not run is no full marks


@pytest.mark.parametrize("leave", ["quit()", "exit()", "exit", "import sys; sys.exit(0)", "raise SystemExit"])
def test_leaving_ends_the_cell_and_not_the_kernel(host: str | None, leave: str) -> None:
    outcome, cells = _run(host, f"x = 1\n{leave}", "x", _cell("assert x == 1", "p--t", 1))
    assert _text(cells[1]) == "1" and _errors(cells[2]) == [] and outcome.notes == ()


def test_input_is_an_error_and_hangs_nothing(host: str | None) -> None:
    started = time.monotonic()
    _, cells = _run(host, "name = input('Who are you? ')", "1")
    assert "StdinNotImplementedError" in _errors(cells[0])[0] and _text(cells[1]) == "1"
    assert time.monotonic() - started < 15


def test_fifty_megabytes_of_output_are_cut(host: str | None) -> None:
    started = time.monotonic()
    noisy = "for _ in range(500_000):\n    print('x' * 100)"
    outcome, cells = _run(
        host,
        noisy,
        "from IPython.display import display\nfor _ in range(100): display('y' * 50_000)",
        "1",
        cell_seconds=30,
        output_bytes=100_000,
    )
    assert len(outcome.notebook) < 600_000
    assert "beyond the limit of 100,000 bytes" in _text(cells[0]) and "beyond the limit" in _text(cells[1])
    assert _text(cells[2]) == "1"
    assert time.monotonic() - started < 60


def test_one_message_of_fifty_megabytes_is_cut_too(host: str | None) -> None:
    _, cells = _run(host, "print('x' * 50_000_000)", "1", cell_seconds=30, output_bytes=100_000)
    assert len(str(cells[0])) < 300_000 and _text(cells[1]) == "1"


def test_forged_messages_do_no_harm(host: str | None) -> None:
    forge = """
kernel = get_ipython().kernel
def send(kind, content):
    kernel.session.send(kernel.iopub_socket, kind, content, parent=kernel.get_parent())
send("execute_result", {})
send("stream", {"name": 7, "text": None})
send("display_data", {"data": 5, "metadata": None})
send("no such message", {"x": 1})
send("error", ["not", "a", "dict"])
"""
    _, cells = _run(host, forge, "1")
    nbformat.validate(new_notebook(cells=cells))
    assert _text(cells[1]) == "1"


def test_nothing_that_was_started_is_left(host: str | None) -> None:
    mark = f"left-behind-{os.getpid()}"
    code = f"""
import os, subprocess, sys, threading, time
os.environ["LEFT_BEHIND"] = "{mark}"
sleeper = [sys.executable, "-c", "import time; time.sleep(300) # {mark}"]
subprocess.Popen(sleeper)
subprocess.Popen(sleeper, start_new_session=True)
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        os.execv(sys.executable, sleeper)
    os._exit(0)
threading.Thread(target=time.sleep, args=(300,)).start()
"""
    _, cells = _run(host, code, "1")
    assert _text(cells[1]) == "1"
    assert _left_behind(mark) == []


def test_output_after_the_end_reaches_no_test(host: str | None) -> None:
    late = """
import threading, time
def late():
    for _ in range(100):
        time.sleep(0.01)
        print(1000)
threading.Thread(target=late, daemon=True).start()
"""
    test = _cell('check("which-fault", "form", diagnoses)', "which-fault--form", 3)
    _, cells = _run(host, ANSWER, late, test)
    assert [o.output_type for o in cells[2].outputs] == ["execute_result"]
    assert float(cells[2].outputs[0].data["text/plain"]) <= 3


def test_files_beside_the_notebook_are_there_and_shadow_nothing(host: str | None) -> None:
    files = {
        "numpy.py": b"raise ImportError('shadowed')",
        "autograder/__init__.py": b"check = None",
        "data/a.txt": b"hello",
        "helper.py": b"VALUE = 7",
    }
    test = _cell('check("which-fault", "form", diagnoses)', "which-fault--form", 1)
    look = "import numpy, helper\nprint(open('data/a.txt').read(), helper.VALUE, hasattr(numpy, 'ndarray'))"
    for address in (host, None):
        outcome, cells = _run(address, look, ANSWER, test, files=files, preload=("numpy",))
        assert _text(cells[0]) == "hello 7 True\n"
        assert outcome.tests[0].max_score == 1


def test_each_run_starts_in_an_empty_folder_and_environment_that_can_be_relied_on(host: str | None) -> None:
    look = "import os\ne = os.environ\n"
    look += "print(os.listdir(), e['CUDA_VISIBLE_DEVICES'], e['PYTHONHASHSEED'], hash('a'))"
    seen = {_text(_run(host, look + "\nopen('left.txt', 'w').close()")[1][0]) for _ in range(2)}
    assert len(seen) == 1 and "[] -1 0" in seen.pop()


CHECK = _cell('check("which-fault", "names", diagnoses)', "which-fault--names", 4)
RIGHT_FORM = """
diagnoses = {name: {"fault": "none", "variables": []} for name in "ABCD"}
"""


@pytest.mark.parametrize(
    "cheat",
    [
        "def check(*a): return 4.0",
        "import autograder\nautograder.check = lambda *a: 4.0",
        "import autograder.checking as c\nc.judge = c.judge_answer = c.check = lambda *a: 4.0",
        "import builtins\nbuiltins.float = builtins.len = lambda *a: 4",
        "import autograder.judging.verdict as v\nv.Verdict.passed = property(lambda self: True)",
        "import autograder.grading.inside as i\ni.reply = lambda *a: 4.0",
        "from autograder import checking as c\nfrom autograder.grading import inside as i\n"
        "c.answer = i._answer = lambda *a: '4.0'",
        "import sys\nfor name in [n for n in sys.modules if 'autograder' in n]: del sys.modules[name]",
        "get_ipython().display_formatter.format = lambda *a, **k: ({'text/plain': '4.0'}, {})",
        "%reset -f\ndiagnoses = 4.0",
    ],
)
def test_no_patch_earns_a_point(host: str | None, cheat: str) -> None:
    outcome, cells = _run(host, RIGHT_FORM, cheat, CHECK)
    assert outcome.tests[0].passed is False and outcome.tests[0].score < 4
    assert [o.output_type for o in cells[2].outputs] == ["execute_result"]
    assert float(cells[2].outputs[0].data["text/plain"]) == outcome.tests[0].score


def test_an_answer_that_is_missing_gets_a_sentence(host: str | None) -> None:
    outcome, _ = _run(host, "1", CHECK)
    assert "does not define" in outcome.tests[0].message and outcome.tests[0].score == 0


def test_an_answer_that_kills_the_kernel_when_asked_costs_its_own_test_only(host: str | None) -> None:
    deadly = "import os\nclass D(dict):\n    def items(self): os._exit(1)\n"
    deadly += "    __iter__ = keys = values = __getitem__ = items\n"
    outcome, cells = _run(host, "x = 5", deadly + "diagnoses = D(A=1)", CHECK, "x")
    assert outcome.tests[0].score == 0
    assert _text(cells[3]) == "5"


def test_points_of_the_cell_are_the_scale(host: str | None) -> None:
    double = _cell('check("which-fault", "form", diagnoses)', "which-fault--form", 8)
    outcome, _ = _run(host, RIGHT_FORM, double)
    assert 0 <= outcome.tests[0].score <= outcome.tests[0].max_score == 8


def test_an_unknown_check_of_ours_is_trouble_and_never_points(host: str | None) -> None:
    cell = _cell('from autograder import check\ncheck("no-such-problem", "t", x)', "p--t", 1)
    notebook = nbformat.writes(new_notebook(cells=[cell]))
    outcome = launch.run_task(Task(notebook, {}, host=host))
    assert outcome.trouble is not None and "no-such-problem" in outcome.trouble and outcome.notebook == ""


def test_another_courses_check_is_not_taken_for_ours(host: str | None) -> None:
    cells = ["def check(*a):\n    return 0.5", _cell('check("their-problem", "t", 1)', "p--t", 1)]
    outcome, made = _run(host, *cells, tests_in_kernel=True)
    assert outcome.tests == () and _text(made[1]) == "0.5"
    outcome, _ = _run(host, *cells)  # the student's value would be the points
    assert outcome.tests == () and "p--t" in outcome.not_apart


def test_a_kernel_that_is_not_installed_gets_a_sentence() -> None:
    outcome = launch.run_task(Task(nbformat.writes(new_notebook(cells=[_cell("1")])), {}, kernel="klingon"))
    assert outcome.trouble is not None and "'klingon'" in outcome.trouble and "Install it" in outcome.trouble


def test_a_worker_that_takes_too_long_is_ended() -> None:
    task = Task(
        nbformat.writes(new_notebook(cells=[_cell("import time; time.sleep(60)")])), {}, cell_seconds=60
    )
    started = time.monotonic()
    with pytest.raises(launch.WorkerFailed, match="was not done after 3 seconds"):
        launch.launch_worker(task.to_bytes(), 3)
    assert time.monotonic() - started < 20
    assert psutil.Process().children(recursive=False) == [] or all(
        "grading.worker" not in " ".join(p.cmdline()) for p in psutil.Process().children()
    )


def test_what_is_no_task_is_trouble() -> None:
    with pytest.raises(launch.WorkerFailed, match="ended with code"):
        launch.launch_worker(b"no task", 60)


def test_a_host_ends_with_its_block_and_takes_its_kernels_along() -> None:
    before = {p.pid for p in psutil.Process().children(recursive=True)}
    with warm_host((), dict(os.environ)) as address:
        if address is None:
            pytest.skip("there is no host on this system")
        assert {p.pid for p in psutil.Process().children(recursive=True)} > before
    assert {p.pid for p in psutil.Process().children(recursive=True)} <= before
