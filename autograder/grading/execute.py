"""Running a staged notebook: a student's cells in the kernel, tests outside of it.

A test cell that is one call of `check` never runs in the kernel. The kernel is
asked what the student's objects do with freshly drawn inputs; what that is
worth is decided on this side, and this side alone writes the cell's output.

Any other test cell, as other courses have them, runs in a checker, a process of
its own that reaches the student's objects by questions to the kernel.
"""

import os
import tempfile
import time
from collections.abc import Callable
from pathlib import Path, PurePosixPath
from typing import Any

import nbformat
from nbclient import NotebookClient
from nbformat.notebooknode import NotebookNode
from nbgrader.utils import is_locked

from autograder.apart import scope
from autograder.grading.apart import Answer, Checker, CheckerGone, StopTest
from autograder.grading.environment import environment
from autograder.grading.host import KERNEL_MODULES, NoHost, WarmHost
from autograder.grading.kernel import Kernel, KernelTrouble, Reply
from autograder.grading.names import shown
from autograder.grading.room import FILES, HOME, START, WORK, Room, covered
from autograder.grading.sandbox import SANDBOX, Wall
from autograder.grading.scratch import remove_tree
from autograder.grading.task import Judged, Outcome, Task
from autograder.grading.testcells import CheckCall, check_call

_INSIDE = "autograder.grading.inside"
_STUDENT = "autograder.apart.student"
#: Of the environment of a checker: plots go nowhere.
_CHECKERS = {"MPLBACKEND": "agg"}
#: A notebook may end its kernel this often before the rest of it is left alone.
_RESTARTS = 8
#: Bytes that a notebook needs for an output beside what it shows.
_FRAME = 250
#: Seconds for a cell that had to be interrupted, when it is run again in a fresh kernel.
_SECOND_CHANCE = 2.0


def execute(task: Task) -> Outcome:
    """Run one staged notebook. Never raises: trouble of the grader is told in the outcome."""
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="autograder-", ignore_cleanup_errors=True) as folder:
        run = _Run(task, Path(folder))
        try:
            run.notebook()
        except KernelTrouble as error:
            return Outcome(trouble=str(error), seconds=time.monotonic() - started)
        except Exception as error:  # fail closed: no points come of a broken grader
            return Outcome(
                trouble=f"The grader stopped with an internal error: {error!r}.",
                seconds=time.monotonic() - started,
            )
        finally:
            run.end_all()
        return Outcome(
            notebook=nbformat.writes(run.nb, version=4),
            tests=tuple(run.tests),
            not_apart=run.not_apart,
            notes=tuple(run.notes),
            seconds=time.monotonic() - started,
            cell_seconds=run.cell_seconds,
        )


class _Outputs(NotebookClient):
    """nbclient's treatment of messages, with limits that count bytes, and without trust in them."""

    def __init__(self, nb: NotebookNode, limit: int):
        super().__init__(nb, record_timing=False, store_widget_state=False)
        self._limit = limit
        self._used: dict[int, int] = {}
        self._full: set[int] = set()

    def take(self, message: dict[str, Any], cell: NotebookNode, index: int) -> None:
        """Add what a message shows to the cell's outputs."""
        kind = message["msg_type"]
        if kind in ("stream", "display_data", "execute_result", "error", "update_display_data"):
            size = _size(message["content"]) + (0 if kind == "stream" else _FRAME)
            room = self._limit - self._used.get(index, 0)
            if size > room:
                if kind == "stream" and room > 0:
                    message["content"]["text"] = str(message["content"].get("text", ""))[:room]
                    self._used[index] = self._limit
                    self._process(message, cell, index)
                self._cut(cell, index)
                if kind != "error":
                    return
                message["content"]["traceback"] = []  # what decides a foreign test is kept, in short
                message["content"]["evalue"] = str(message["content"].get("evalue", ""))[:1000]
            else:
                self._used[index] = self._used.get(index, 0) + size
        self._process(message, cell, index)

    def _process(self, message: dict[str, Any], cell: NotebookNode, index: int) -> None:
        content = message["content"]
        last = cell.outputs[-1] if cell.outputs else None
        mergeable = message["msg_type"] == "stream" and not self.clear_before_next_output and last is not None
        if mergeable and last.output_type == "stream" and last.name == content.get("name"):
            self._pieces(last).append(str(content.get("text", "")))
            return
        count = cell.get("execution_count")
        try:
            self.process_message(message, cell, index)
        except Exception:  # a message that only a student's own code can have made
            pass
        cell["execution_count"] = count

    def _pieces(self, output: NotebookNode) -> list[str]:
        # Text is put together once, in `finish`: adding to a string piece by piece is slow for megabytes.
        if not isinstance(output.text, list):
            output["text"] = [output.text]
        return output["text"]

    def _cut(self, cell: NotebookNode, index: int) -> None:
        if index not in self._full:
            self._full.add(index)
            text = f"[The output goes on beyond the limit of {self._limit:,} bytes; the rest is left out.]"
            text = f"\n{text}\n"
            cell.outputs.append(nbformat.v4.new_output("stream", name="stdout", text=text))

    def finish(self, cell: NotebookNode, index: int) -> None:
        """Put the texts together, and drop outputs that no notebook can hold."""
        for output in cell.outputs:
            if output.output_type == "stream" and isinstance(output.text, list):
                output["text"] = "".join(output.text)
        if not _are_valid(cell.outputs):
            cell["outputs"] = [output for output in cell.outputs if _are_valid([output])]

    def start_cell(self, cell: NotebookNode, index: int) -> None:
        """Forget what an earlier attempt at this cell has shown."""
        cell["outputs"] = []
        self.clear_before_next_output = False
        self.clear_display_id_mapping(index)
        self._used.pop(index, None)
        self._full.discard(index)


def _size(content: dict[str, Any]) -> int:
    """Bytes of all texts in a message."""
    total, stack = 0, [content]
    while stack:
        value = stack.pop()
        if isinstance(value, str):
            total += len(value) if value.isascii() else len(value.encode("utf-8", "replace"))
        elif isinstance(value, dict):
            stack.extend(value.values())
        elif isinstance(value, list):
            stack.extend(value)
        else:
            total += 8
    return total


def _are_valid(outputs: list[NotebookNode]) -> bool:
    try:
        for output in outputs:
            nbformat.validate(output, ref="output", version=4)
        nbformat.v4.writes(nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(outputs=outputs)]))
    except Exception:  # whatever is wrong with it, it is left out
        return False
    return True


class _Run:
    """One notebook on its way through one kernel, or several if it ends them."""

    def __init__(self, task: Task, folder: Path):
        self.task = task
        self.folder = folder
        self.nb: NotebookNode = nbformat.reads(task.notebook, as_version=4)
        self.tests: list[Judged] = []
        self.notes: list[str] = []
        self.outputs = _Outputs(self.nb, task.output_bytes)
        self.kernel: Kernel | None = None
        self.calls = {i: call for i, cell in enumerate(self.nb.cells) if (call := _our_test(cell))}
        #: Test cells of other courses, which run in the checker; what it is still to be told before.
        self.foreign = {i for i, cell in enumerate(self.nb.cells) if self._is_foreign(i, cell)}
        self.checker: Checker | None = None
        self.untold: list[dict[str, Any]] = []
        self.told: list[dict[str, Any]] = []
        self.tests_defined: set[str] = set()
        self.not_apart: dict[str, str] = {}
        self.checker_place: Path | None = None
        self.work = folder / "work"
        #: Cells that ended a kernel and are not run again, and cells that had to be interrupted.
        self.fatal: set[int] = set()
        self.slow: set[int] = set()
        #: Cells during which a kernel was killed from outside, or by itself, once.
        self.killed: set[int] = set()
        self.restarts = 0
        self.cell_seconds = 0.0
        self.given_up: str | None = None
        self.wall = Wall(task.readable) if task.isolation == SANDBOX else None
        #: Of this worker alone: where there is no warm host inside the wall, each worker has its own.
        self.own_host: WarmHost | None = None
        #: In the host's folder: the line to the kernel in its room.
        self.place: Path | None = None

    # -- kernels ------------------------------------------------------------------

    def _start(self) -> None:
        self.restarts += 1
        if self.wall is not None:
            self._start_in_room(self.wall)
            return
        place = self.folder / f"kernel-{self.restarts}"
        place.mkdir()
        env = environment(place, one_thread=self.task.one_thread)
        self.kernel = self._new_kernel(place, env, self.task.host)
        self.kernel.launch()

    def _is_foreign(self, index: int, cell: NotebookNode) -> bool:
        about = cell.metadata.get("nbgrader", {})
        graded = about.get("grade") and not about.get("solution")
        return bool(graded and _runs(cell) and index not in self.calls and not self.task.tests_in_kernel)

    def _new_kernel(
        self, place: Path, env: dict[str, str], host: str | None, room: Room | None = None
    ) -> Kernel:
        task = self.task
        return Kernel(task.kernel, place, env, task.memory_megabytes, task.output_bytes, host, room)

    def _start_in_room(self, wall: Wall) -> None:
        """Start a kernel in a room of the batch's host, or else of a host of our own."""
        env = environment(Path(HOME), one_thread=self.task.one_thread, wall=wall)
        for host in (self.task.host, None):
            if host is None:
                host = self._own_host(wall)
            self.place = Path(tempfile.mkdtemp(prefix="", dir=os.path.dirname(host)))
            self._write_files(self.place / FILES)
            room = self._room(self.place, wall)
            self.kernel = self._new_kernel(self.place, env, host, room)
            try:
                self.kernel.launch()
                return
            except NoHost as error:
                remove_tree(self.place)
                reason = error
        raise KernelTrouble(f"No kernel could be started in the sandbox: {reason}.")

    def _room(self, place: Path, wall: Wall) -> Room:
        return Room(
            str(place),
            self.task.memory_megabytes,
            self.task.scratch_megabytes,
            self.task.processes,
            self.task.cpu_seconds,
            covered(wall.shown()),
        )

    def _own_host(self, wall: Wall) -> str:
        if self.own_host is None:
            env = environment(Path(tempfile.gettempdir()), one_thread=self.task.one_thread, wall=wall)
            self.own_host = WarmHost(KERNEL_MODULES, env, wall)
        address = self.own_host.address()
        if address is None:
            raise KernelTrouble("The sandbox could not be started. “autograder doctor” says what is missing.")
        return address

    def _write_files(self, folder: Path, given: bool = False) -> None:
        """Write the notebook's files, or only those that come with the assignment."""
        folder.mkdir()
        for path, data in self.task.files.items():
            if given and path not in self.task.given:
                continue
            target = folder / PurePosixPath(path)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)

    def _ready(self) -> None:
        assert self.kernel is not None
        self.kernel.connect()
        work = Path(WORK) if self.wall is not None else self.work
        inside = [_INSIDE] * bool(self.calls) + [_STUDENT] * bool(self.foreign)
        self.kernel.prepare(self.task.preload, tuple(inside), work)

    def end(self) -> None:
        """End the kernel, whatever state it is in."""
        if self.kernel is not None:
            self.kernel.kill()
            self.kernel = None
        if self.place is not None:
            remove_tree(self.place)
            self.place = None

    def end_all(self) -> None:
        """End the kernel, the checker, and what they were forked from, if that is ours."""
        self.end()
        self._end_checker()
        if self.own_host is not None:
            self.own_host.end()
            self.own_host = None

    def _recover(self, upto: int) -> None:
        """Start a fresh kernel and bring it to where the last one was, without the cells that ended it."""
        self.end()
        self.untold.append({"lost": []})  # what the checker had of the last one's objects
        while self.given_up is None:
            if self.restarts > _RESTARTS:
                self.given_up = (
                    f"The notebook ended its kernel {self.restarts} times, so the rest of it was not run."
                )
                break
            if self._left() <= 0:
                self._give_up_for_time()
                break
            self._start()
            self._ready()
            culprit = next(
                (i for i in range(upto) if self._replays(i) and self._replay(i).kernel_is_gone), None
            )
            if culprit is None:
                return
            self.fatal.add(culprit)
            self.end()

    def _replays(self, index: int) -> bool:
        cell = self.nb.cells[index]
        tests = self.calls.keys() | self.foreign
        return _runs(cell) and index not in tests and index not in self.fatal

    def _replay(self, index: int) -> Reply:
        assert self.kernel is not None
        seconds = _SECOND_CHANCE if index in self.slow else self.task.cell_seconds
        return self.kernel.request(self.nb.cells[index].source, seconds=max(0.1, min(seconds, self._left())))

    # -- the notebook ---------------------------------------------------------------

    def notebook(self) -> None:
        """Run all cells, in order."""
        if self.wall is None:
            self._write_files(self.work)
        self._start()
        judge = self._judge_ready() if self.calls else None  # while the kernel starts
        self._ready()
        self.deadline = time.monotonic() + self.task.notebook_seconds
        count = 0
        for index, cell in enumerate(self.nb.cells):
            if cell.cell_type != "code":
                continue
            count += 1
            cell["execution_count"] = count
            if self.given_up is None and self._left() <= 0:
                self._give_up_for_time()
            if index in self.calls:
                assert judge is not None
                self._test(index, cell, self.calls[index], judge)
            elif index in self.foreign:
                self._foreign_test(index, cell, count)
            elif _runs(cell):
                self._cell(index, cell)
                self._note_for_checker(cell)
        if self.given_up is not None:
            self.notes.append(self.given_up)

    def _left(self) -> float:
        return self.deadline - time.monotonic()

    def _give_up_for_time(self) -> None:
        self.given_up = (
            f"The notebook took more than the {self.task.notebook_seconds:g} seconds that all cells have "
            "together, so the rest of it was not run."
        )

    def _seconds(self) -> float:
        return max(0.1, min(self.task.cell_seconds, self._left()))

    def _cell(self, index: int, cell: NotebookNode) -> None:
        """Run one cell in the kernel and keep its outputs."""
        self.outputs.start_cell(cell, index)
        if self.given_up is not None:
            _say_error(cell, "NotRun", self.given_up)
            return

        def run(kernel: Kernel) -> Reply:
            self.outputs.start_cell(cell, index)
            return kernel.request(
                cell.source,
                seconds=self._seconds(),
                sink=lambda message: self.outputs.take(message, cell, index),
            )

        reply = self._asked(index, run)
        self.cell_seconds += reply.seconds
        self.outputs.finish(cell, index)
        sentence = self._sentence(reply, "This cell")
        if sentence is not None:
            _say_error(cell, "Stopped", sentence)
            self.notes.append(f"{_called(cell, index)}: {sentence}")
            if reply.ended == "timeout":
                self.slow.add(index)
        elif reply.ended == "error" and not any(o.output_type == "error" for o in cell.outputs):
            # The error's output was lost or cleared, but the reply says that there was one.
            _say_error(cell, _text(reply.content.get("ename")) or "Error", _text(reply.content.get("evalue")))
        if not reply.complete and cell.metadata.get("nbgrader", {}).get("grade"):
            lost = "The output of this test was lost, so it is not known what it says."
            _say_error(cell, "Lost", lost)
            self.notes.append(f"{_called(cell, index)}: {lost}")
        if reply.kernel_is_gone:
            self.fatal.add(index)
            self._recover(index)

    def _asked(self, index: int, ask: Callable[[Kernel], Reply]) -> Reply:
        """Ask the kernel; once more if it was killed, which need not be the cell's doing.

        Systems that run out of memory kill, and so do people.
        """
        assert self.kernel is not None
        reply = ask(self.kernel)
        if reply.ended == "died" and self.kernel.was_killed and index not in self.killed:
            self.killed.add(index)
            self._recover(index)
            if self.given_up is None:
                reply = ask(self.kernel)
        return reply

    def _sentence(self, reply: Reply, what: str) -> str | None:
        """What happened, if the request did not simply end."""
        on = "the notebook went on without it in a fresh kernel"
        if reply.ended in ("timeout", "hung"):
            limit = f"it ran longer than the {self.task.cell_seconds:g} seconds that a cell has"
            if self._left() <= 0:
                limit = (
                    f"all cells together ran longer than the {self.task.notebook_seconds:g} seconds they have"
                )
            return (
                f"{what} was stopped, because {limit}."
                if reply.ended == "timeout"
                else (f"{what} was stopped, because {limit}. It did not react, so {on}.")
            )
        if reply.ended == "memory":
            limit = f"the {self.task.memory_megabytes:,} MB of memory that a notebook has"
            return f"{what} took more than {limit}, so {on}."
        if reply.ended == "processor":
            limit = f"the {self.task.cpu_seconds:g} seconds of processor time that a notebook has"
            return f"{what} took more than {limit}, so {on}."
        if reply.ended == "line":
            return f"{what} wrote files among the kernel's own sockets, which is not allowed, so {on}."
        if reply.ended == "died":
            return f"{what} ended the kernel, so {on}."
        return None

    # -- tests of other courses ---------------------------------------------------------

    def _note_for_checker(self, cell: NotebookNode) -> None:
        """Keep what the checker is to know of a cell before the next test: set-up, or names that are new."""
        if not self.foreign:
            return
        about = cell.metadata.get("nbgrader", {})
        if about and is_locked(cell) and not about.get("grade"):
            self.untold.append({"set_up": cell.source, "called": str(about.get("grade_id"))})
        else:
            tree = scope.parsed(cell.source)
            self.untold.append({"forget": sorted(scope.assigned(tree)) if tree is not None else []})

    def _foreign_test(self, index: int, cell: NotebookNode, count: int) -> None:
        """Run a test cell in the checker; say so where it cannot be judged there."""
        self.outputs.start_cell(cell, index)
        if self.given_up is not None:
            _say_error(cell, "NotRun", self.given_up)
            return
        why = scope.why_not_apart(cell.source)
        if why is None and not is_locked(cell):
            why = "stands in a cell that students can change"
        if why is None:
            why = self._checked(index, cell, count)
        if (tree := scope.parsed(cell.source)) is not None:
            self.tests_defined |= scope.assigned(tree)
        self.outputs.finish(cell, index)
        if why is not None:
            self._say_not_apart(cell, why)

    def _checked(self, index: int, cell: NotebookNode, count: int) -> str | None:
        """Run a test cell in the checker; returns why it could not be judged there."""
        started = time.monotonic()
        ended: list[Reply] = []

        def ask(request: str, seconds: float) -> Answer:
            printed: dict[str, str] = {}
            expression = f"__import__('sys').modules[{_STUDENT!r}].reply({request!r})"
            assert self.kernel is not None
            reply = self.kernel.request(
                "",
                seconds=max(0.1, seconds),
                sink=lambda message: _keep_printed(message, printed, self.task.output_bytes),
                expressions={"answer": expression},
                history=False,
            )
            if self._sentence(reply, "Your code") is not None:
                ended.append(reply)
                raise StopTest
            return Answer(_reply_text(reply), printed)

        def show(message: dict[str, Any]) -> None:
            self.outputs.take(message, cell, index)

        try:
            said = self._ready_checker().test(cell.source, count, self._seconds(), ask, show)
        except CheckerGone as error:
            self._end_checker()
            _say_error(cell, "Stopped", "The test did not come to an end, and was stopped.")
            return f"ended its checker ({error})"
        finally:
            self.cell_seconds += time.monotonic() - started
        reply = ended[0] if ended else Reply("timeout") if said.late else None
        sentence = self._sentence(reply, "Your code" if ended else "This test") if reply else None
        if said.bad_answer is not None:
            sentence = f"Your notebook sent no usable answer to this test: {said.bad_answer}."
        if sentence is not None:
            _say_error(cell, "Stopped", sentence)
            self.notes.append(f"{_called(cell, index)}: {sentence}")
        if reply is not None and reply.kernel_is_gone:
            self._recover(index)
        return said.not_apart if sentence is None else None

    def _say_not_apart(self, cell: NotebookNode, why: str) -> None:
        grade_id = cell.metadata.nbgrader["grade_id"]
        sentence = (
            f"The test cell {shown(grade_id)} could not be judged apart from the student's code: the test "
            f"{why}. It has no points until somebody has looked at it in formgrader. Where you trust all "
            "students, grade with --trust-tests-in-kernel."
        )
        self.not_apart[grade_id] = sentence
        _say_error(cell, "NotJudged", "This test could not be judged; somebody will look at it.")

    def _ready_checker(self) -> Checker:
        """The checker, told all that it should know by now. Raises `CheckerGone`, or `KernelTrouble`."""
        if self.checker is None:
            self.checker = self._new_checker()
            folder = WORK if self.wall is not None else str(self.folder / "given")
            start = {
                "asked": self.task.answers,
                "helpers": [name for name in self.task.helpers if name not in self.task.answers],
                "imports": self.task.imports,
                "preload": self.task.preload,
                "folder": folder,
                "memory_megabytes": self.task.memory_megabytes,
            }
            lost = {"lost": sorted(self.tests_defined)}  # by tests that ran in an earlier checker
            self.untold = [{"start": start}, *self.told, lost, *self.untold]
            self.told = []
        while self.untold:
            self.checker.tell(self.untold[0])
            if self.untold[0].keys() & {"set_up", "forget"}:
                self.told.append(self.untold[0])
            del self.untold[0]
        return self.checker

    def _new_checker(self) -> Checker:
        if self.wall is None:
            place = self.folder / "checker"
            place.mkdir(exist_ok=True)
            if not (self.folder / "given").exists():
                self._write_files(self.folder / "given", given=True)
            env = environment(place, one_thread=self.task.one_thread) | _CHECKERS
            return Checker(self.task.host, env, str(place))
        env = environment(Path(HOME), one_thread=self.task.one_thread, wall=self.wall) | _CHECKERS
        reason: Exception | None = None
        for host in (self.task.host, None):
            if host is None:
                host = self._own_host(self.wall)
            self.checker_place = Path(tempfile.mkdtemp(prefix="", dir=os.path.dirname(host)))
            self._write_files(self.checker_place / FILES, given=True)
            try:
                return Checker(host, env, START, self._room(self.checker_place, self.wall))
            except NoHost as error:
                remove_tree(self.checker_place)
                reason = error
        raise KernelTrouble(f"No checker could be started in the sandbox: {reason}.")

    def _end_checker(self) -> None:
        if self.checker is not None:
            self.checker.end()
            self.checker = None
        if self.checker_place is not None:
            remove_tree(self.checker_place)
            self.checker_place = None

    # -- our tests --------------------------------------------------------------------

    def _judge_ready(self) -> Any:
        """Import the judging side; the kernel is starting meanwhile."""
        from autograder import checking

        return checking

    def _test(self, index: int, cell: NotebookNode, call: CheckCall, checking: Any) -> None:
        """Have the kernel answer, judge the answer here, and write the cell's output."""
        from autograder.grading.verdicts import show_verdict
        from autograder.telling.feedback import as_text

        grade_id = cell.metadata.nbgrader["grade_id"]
        points = float(cell.metadata.nbgrader["points"])
        try:
            question = checking.ask(call.problem, call.test)
            if self.given_up is not None:
                verdict = checking.no_verdict(question, self.given_up)
            else:
                verdict = self._verdict(index, cell, call, question, checking)
        except KernelTrouble:
            raise
        except Exception as error:  # fail closed
            raise KernelTrouble(f"The test {shown(grade_id)} could not be judged: {error}") from error
        score = show_verdict(cell, verdict, points)
        self.tests.append(Judged(grade_id, score, points, verdict.passed, as_text(verdict)))

    def _verdict(self, index: int, cell: NotebookNode, call: CheckCall, question: Any, checking: Any) -> Any:
        from autograder import plain

        arguments = ", ".join(
            [repr(call.problem), repr(call.test), repr(plain.dumps(question.inputs)), *call.arguments]
        )
        expression = f"__import__('sys').modules[{_INSIDE!r}].reply({arguments})"
        reply = self._asked(
            index,
            lambda kernel: kernel.request(
                "", seconds=self._seconds(), expressions={"answer": expression}, history=False
            ),
        )
        self.cell_seconds += reply.seconds
        sentence = self._sentence(reply, "Your code")
        if reply.kernel_is_gone:
            self.notes.append(f"{_called(cell, index)}: {sentence}")
            self._recover(index)
        if sentence is not None:
            return checking.no_verdict(question, sentence)
        answer = _answer(reply)
        if answer.get("status") == "ok":
            data = answer.get("data")
            text = data.get("text/plain") if isinstance(data, dict) else None
            return checking.judge_answer(question, text if isinstance(text, str) else "")
        name, value = _text(answer.get("ename")), _text(answer.get("evalue"))
        if name == "NameError":
            return checking.no_verdict(
                question, f"The test needs something that your notebook does not define: {value}."
            )
        return checking.no_verdict(question, f"The test could not run on your answer: {name}: {value}")


def _answer(reply: Reply) -> dict[str, Any]:
    expressions = reply.content.get("user_expressions")
    answer = expressions.get("answer") if isinstance(expressions, dict) else None
    return answer if isinstance(answer, dict) else {"ename": "Error", "evalue": "the kernel gave no answer"}


def _reply_text(reply: Reply) -> str:
    """The text that the student's side has sent; nothing, where it has sent anything else."""
    data = _answer(reply).get("data")
    text = data.get("text/plain") if isinstance(data, dict) else None
    return text if isinstance(text, str) else ""


def _keep_printed(message: dict[str, Any], printed: dict[str, str], most: int) -> None:
    """Keep the text that a message shows, and nothing else of it."""
    name, text = message["content"].get("name"), message["content"].get("text")
    if message["msg_type"] == "stream" and name in ("stdout", "stderr") and isinstance(text, str):
        printed[name] = (printed.get(name, "") + text)[:most]


def _text(value: Any) -> str:
    return str(value)[:2000] if isinstance(value, str) else ""


def _our_test(cell: NotebookNode) -> CheckCall | None:
    """The call of `check` in this cell, if it is a test cell of this package."""
    about = cell.metadata.get("nbgrader", {})
    if cell.cell_type != "code" or not about.get("grade") or about.get("solution"):
        return None
    call = check_call(cell.source)
    if call is None or call.imported:
        return call
    from autograder.problems import find_problem

    try:
        find_problem(call.problem)
    except LookupError:
        return None  # another course's `check`
    return call


def _runs(cell: NotebookNode) -> bool:
    return cell.cell_type == "code" and bool(cell.source.strip())


def _called(cell: NotebookNode, index: int) -> str:
    """What to call a cell when speaking to a person."""
    grade_id = cell.metadata.get("nbgrader", {}).get("grade_id")
    return f"Cell {shown(grade_id)}" if grade_id else f"Cell {index + 1}"


def _say_error(cell: NotebookNode, name: str, sentence: str) -> None:
    cell.outputs.append(
        nbformat.v4.new_output("error", ename=name, evalue=sentence, traceback=[f"{name}: {sentence}"])
    )
