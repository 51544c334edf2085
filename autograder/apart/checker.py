"""The checker: a process that runs the tests of a notebook, and reaches the student's code by a line.

It speaks with the worker by lines of JSON on its standard streams. The worker
says what to run; the checker asks for what is to be done in the student's kernel,
shows what the test shows, and says when it is done. No code and no file of a
student's ever comes here.
"""

import ast
import atexit
import builtins
import contextlib
import importlib
import io
import itertools
import json
import os
import signal
import sys
import types
from collections.abc import Iterable
from typing import Any, TextIO

from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.inputtransformer2 import TransformerManager
from IPython.core.interactiveshell import InteractiveShell
from traitlets import Type
from traitlets.config import Config

from autograder.apart.handles import BadAnswer, Handle, Remote
from autograder.apart.randomness import Streams
from autograder.apart.scope import assigned, seeds
from autograder.apart.wire import NotApart

#: Raised by the checker itself, these mean that something is missing here, not that an answer is wrong.
_MISSING_HERE = (ImportError, FileNotFoundError)
_NO_CLASS = "catching classes that do not inherit from BaseException"


class Stopped(BaseException):
    """The worker has ended the test; it says why."""


class Line:
    """The line to the worker."""

    def __init__(self, source: TextIO, sink: TextIO):
        self._source = source
        self._sink = sink
        #: The test that runs is not to go on.
        self.stopped = False
        #: What is printed, until there is something else to say.
        self._printed: list[tuple[str, str]] = []
        self._size = 0

    def print(self, name: str, text: str) -> None:
        """Send what is printed, not letter by letter."""
        self._printed.append((name, text))
        self._size += len(text)
        if self._size > 10_000:
            self._flush()

    def _flush(self) -> None:
        printed, self._printed, self._size = self._printed, [], 0
        for name, pieces in itertools.groupby(printed, lambda piece: piece[0]):
            text = "".join(piece for _, piece in pieces)
            self._write({"show": "stream", "content": {"name": name, "text": text}})

    def say(self, message: dict[str, Any]) -> None:
        """Send a message."""
        self._flush()
        self._write(message)

    def _write(self, message: dict[str, Any]) -> None:
        self._sink.write(json.dumps(message) + "\n")
        self._sink.flush()

    def hear(self) -> dict[str, Any] | None:
        """The next message; ``None`` at the end of all."""
        text = self._source.readline()
        return json.loads(text) if text else None

    def send(self, request: str) -> str:
        """Have the student's kernel do what a request says; the reply. Raises `Stopped`."""
        if self.stopped:
            raise Stopped
        self.say({"ask": request})
        reply = self.hear()
        if reply is None:
            os._exit(0)
        for name, text in reply.get("printed", {}).items():
            getattr(sys, name).write(text)  # to where the test wants it
        if "stop" in reply:
            self.stopped = True
            raise Stopped
        return str(reply["reply"])


class Names(dict[str, Any]):
    """The names of the tests: what is not found here is the student's."""

    def __init__(self, remote: Remote, asked: Iterable[str]):
        super().__init__()
        self._remote = remote
        #: Names of builtins that the student is asked to define.
        self.asked = frozenset(asked)
        #: Names that the student has assigned since a test did, or that are missing here: name → why.
        self.contested: dict[str, str] = {}
        self.open = False
        self._functions: dict[str, Any] = {}

    def __missing__(self, name: str) -> Any:
        # Builtins first: who calls a number “sum” spoils nothing, who writes an “all” gains nothing.
        if not self.open or name.startswith("__") or (hasattr(builtins, name) and name not in self.asked):
            raise KeyError(name)
        if name in self.contested:
            raise NotApart(self.contested[name])
        if name in self._functions:
            return self._functions[name]
        try:
            value = self._remote.name(name)
        except LookupError:
            raise KeyError(name) from None
        if issubclass(type(value), Handle) and "call" in type(value).can:
            self._functions[name] = value  # until a cell of the student's runs
        return value

    def renew(self) -> None:
        """The student's code has run since: its functions may be others."""
        self._functions.clear()


class _Stream:
    """Standard output or standard error, as the worker sees it."""

    encoding = "utf-8"

    def __init__(self, name: str, line: Line):
        self._name = name
        self._line = line

    def write(self, text: str) -> int:
        if text:
            self._line.print(self._name, str(text))
        return len(text)

    def writelines(self, lines: Iterable[str]) -> None:
        self.write("".join(lines))

    def flush(self) -> None:
        pass

    def isatty(self) -> bool:
        return False


class _Publisher(DisplayPublisher):
    def publish(self, data: Any, metadata: Any = None, **more: Any) -> None:
        kind = "update_display_data" if more.get("update") else "display_data"
        content = {"data": data, "metadata": metadata or {}, "transient": more.get("transient") or {}}
        self.shell.line.say({"show": kind, "content": content})

    def clear_output(self, wait: bool = False) -> None:
        self.shell.line.say({"show": "clear_output", "content": {"wait": wait}})


class _DisplayHook(DisplayHook):
    def __call__(self, result: Any = None) -> None:
        if result is not None and (issubclass(type(result), Handle) or self.shell.ends_with_a_call):
            raise NotApart("ends with what the student's code returns, which would count as points")
        super().__call__(result)

    def write_output_prompt(self) -> None:
        pass

    def write_format_data(self, format_dict: Any, md_dict: Any = None) -> None:
        content = {"data": format_dict, "metadata": md_dict or {}, "execution_count": self.prompt_count}
        self.shell.line.say({"show": "execute_result", "content": content})

    def finish_displayhook(self) -> None:
        pass


class _Shell(InteractiveShell):
    """IPython as a notebook has it, without a kernel around."""

    displayhook_class = Type(_DisplayHook)
    display_pub_class = Type(_Publisher)
    line: Line
    #: The cell's last line is nothing but a call of the student's.
    ends_with_a_call = False

    def _get_exc_info(self, exc_tuple: Any = None) -> Any:
        kind, error, trace = super()._get_exc_info(exc_tuple)
        return kind, error, _without_ours(trace)

    def _showtraceback(self, etype: Any, evalue: Any, stb: list[str]) -> None:
        if issubclass(etype, (Stopped, NotApart, BadAnswer)):
            return  # the worker says what is to be said
        if not hasattr(evalue, "students_trace"):
            if issubclass(etype, _MISSING_HERE):
                NotApart(f"needs something that is not there without the student's code ({evalue})")
            elif issubclass(etype, TypeError) and _NO_CLASS in str(evalue):
                NotApart("catches errors by something of the student's that is no class of errors")
        elif evalue.students_trace:
            stb = [*stb, "", "In the notebook:", *evalue.students_trace.rstrip().split("\n")]
        content = {"ename": etype.__name__, "evalue": str(evalue), "traceback": stb}
        self.line.say({"show": "error", "content": content})


def _without_ours(trace: types.TracebackType | None) -> types.TracebackType | None:
    """A traceback without what lies between a test and the student's code."""
    if trace is None:
        return None
    after = _without_ours(trace.tb_next)
    if os.path.dirname(trace.tb_frame.f_code.co_filename) == os.path.dirname(__file__):
        return after
    return types.TracebackType(after, trace.tb_frame, trace.tb_lasti, trace.tb_lineno)


def _without_history() -> Config:
    config = Config()
    config.HistoryManager.enabled = False
    return config


def warm_up(folder: str) -> None:
    """In a host: do once what is slow the first time, such as telling of a test that fails.

    IPython writes a few small files into `folder`.
    """

    class Nowhere(Line):
        def _write(self, message: dict[str, Any]) -> None:
            pass

    module = types.ModuleType("autograder_warm_up")
    place = os.path.join(folder, "ipython")
    shell = _Shell(place, user_module=module, user_ns=vars(module), config=_without_history())
    shell.line = Nowhere(sys.stdin, sys.stdout)
    for source in ("assert [1] == [1]", "assert [1] == [2]"):
        shell.run_cell(source)
    atexit.unregister(shell.atexit_operations)
    sys.modules.pop(module.__name__, None)


class _Checker:
    def __init__(self, line: Line, start: dict[str, Any]):
        self._line = line
        self._remote = Remote(self._send)
        self._names = Names(self._remote, start["asked"])
        why = "calls ‘{}’, which stands in a cell that students can change; lock that cell"
        self._names.contested |= {name: why.format(name) for name in start["helpers"]}
        _limit(int(start["memory_megabytes"]))
        for name in start["preload"]:
            with contextlib.suppress(Exception):  # the statement that needs it will say so
                importlib.import_module(name)
        os.chdir(start["folder"])
        sys.path.insert(0, start["folder"])  # the instructor's own modules; no student's file is there
        self._shell = _Shell.instance(user_ns=self._names, config=_without_history())
        self._shell.line = line
        sys.stdout, sys.stderr = _Stream("stdout", line), _Stream("stderr", line)  # type: ignore[assignment]
        self._trusted = set(self._names)
        self.set_up(start["imports"], "imports")

    def _send(self, request: str) -> str:
        return self._line.send(request)

    def set_up(self, source: str, called: str) -> None:
        """Run the instructor's statements as far as they need nothing of the student's.

        What a statement defines that needs something of the student's is the student's;
        where it fails otherwise, tests that use what it defines cannot be judged apart.
        """
        names = self._names
        with contextlib.suppress(SyntaxError):
            for statement in ast.parse(TransformerManager().transform_cell(source)).body:
                if "get_ipython()" in ast.unparse(statement):
                    continue  # a magic: it arranges how a notebook looks
                code = compile(ast.Module([statement], []), f"<{called}>", "exec")
                defined = assigned(statement)
                try:
                    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
                        exec(code, names)
                    self._trusted |= defined
                    continue
                except NameError:
                    pass
                except (Exception, SystemExit, NotApart) as error:
                    why = f"uses what the cell ‘{called}’ defines, which failed in the checker ({error!r})"
                    names.contested |= dict.fromkeys(defined, why[:500])
                self._trusted -= defined
                for name in defined:
                    names.pop(name, None)

    def forget(self, assigned_now: Iterable[str]) -> None:
        """The student has assigned these names, since earlier tests and set-up cells did."""
        self._names.renew()
        for name in assigned_now:
            if name not in self._names:
                continue
            if name in self._names.asked:
                del self._names[name]
            elif name not in self._trusted:
                del self._names[name]
                why = f"uses ‘{name}’, which both an earlier test and the student define"
                self._names.contested[name] = why

    def lose(self, names: Iterable[str]) -> None:
        """The student's kernel is another one now, or an earlier checker took these names with it."""
        self._remote.forget_all()
        self._names.renew()
        for name in names:
            if name not in self._names:
                self._names.contested[name] = f"uses ‘{name}’, which was lost with an earlier test"

    def test(self, source: str, count: int) -> dict[str, Any]:
        """Run a test cell; says what is to be said besides what it shows."""
        self._line.stopped = False
        NotApart.first = BadAnswer.first = None
        self._shell.execution_count = count
        self._shell.ends_with_a_call = self._is_students_call(ast.parse(source).body[-1:])
        self._names.open = True
        self._remote.streams = streams = Streams() if seeds(source) else None
        try:
            with streams.watched() if streams is not None else contextlib.nullcontext():
                self._shell.run_cell(source, store_history=True)
        finally:
            self._names.open = False
            self._remote.streams = None
        if streams is not None:
            with contextlib.suppress(NotApart):  # it is remembered
                streams.now()
        return {"not_apart": NotApart.first, "bad_answer": BadAnswer.first}

    def _is_students_call(self, last: list[ast.stmt]) -> bool:
        if not last or not isinstance(last[0], ast.Expr) or not isinstance(last[0].value, ast.Call):
            return False
        function = last[0].value.func
        while isinstance(function, ast.Attribute):
            function = function.value
        name = function.id if isinstance(function, ast.Name) else ""
        own = name in self._names or hasattr(builtins, name) and name not in self._names.asked
        return bool(name) and not own


def _limit(megabytes: int) -> None:
    with contextlib.suppress(ImportError, OSError, ValueError):
        import resource

        if megabytes:
            most = 2_000_000 * megabytes
            _, hard = resource.getrlimit(resource.RLIMIT_DATA)
            if hard in (-1, resource.RLIM_INFINITY) or hard > most:
                resource.setrlimit(resource.RLIMIT_DATA, (most, most))


def main() -> None:
    """Do what the worker says, until it is gone."""
    source, sink = os.fdopen(os.dup(0), "r", encoding="utf-8"), os.fdopen(os.dup(1), "w", encoding="utf-8")
    nothing = os.open(os.devnull, os.O_RDWR)
    for number in (0, 1, 2):
        os.dup2(nothing, number)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    line = Line(source, sink)
    checker: _Checker | None = None
    while (message := line.hear()) is not None:
        if "start" in message:
            checker = _Checker(line, message["start"])
            line.say({"done": {}})
            continue
        if checker is None or "stop" in message or "reply" in message:
            continue  # an answer to a question that an interrupt has ended
        signal.signal(signal.SIGINT, signal.default_int_handler)
        said: dict[str, Any] = {}
        try:
            if "set_up" in message:
                checker.set_up(message["set_up"], message["called"])
            elif "forget" in message:
                checker.forget(message["forget"])
            elif "lost" in message:
                checker.lose(message["lost"])
            else:
                said = checker.test(message["test"], message["count"])
        except KeyboardInterrupt:  # just before the end, or in what is not a test
            said = {"interrupted": True}
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        line.say({"done": said})
    os._exit(0)


if __name__ == "__main__":
    main()
