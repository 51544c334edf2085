"""A batch: all submissions of an assignment, several at a time, none able to stop the others.

The coordinator reads, stages and records, one submission after the other, while
a `Runner` has notebooks run: by worker processes here, or on a cluster. As many as
run wait ready, so that no worker waits for the coordinator; memory holds these,
and no more.
"""

import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sized
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from types import FrameType
from typing import Protocol

import nbformat
import psutil

try:
    import resource
except ImportError:  # Windows has no such module
    resource = None  # type: ignore[assignment]

from autograder.grading.course import Course, GradebookUnusable, one_session
from autograder.grading.feedback import Feedback, has_feedback
from autograder.grading.journal import Entry, Journal, fingerprint, only_one
from autograder.grading.launch import Hosts, Runner
from autograder.grading.limits import Limits
from autograder.grading.names import did_you_mean, in_order, shown
from autograder.grading.record import Recorded, is_recorded, look_up, record
from autograder.grading.result import (
    FAILED,
    GRADED,
    QUARANTINED,
    AssignmentResult,
    GradingError,
    SubmissionResult,
)
from autograder.grading.sandbox import wall_for
from autograder.grading.screen import Candidate, Quarantine, Submission, find, read
from autograder.grading.settle import Settled, settle
from autograder.grading.source import AssignmentSource, NotebookSource, modules_of, prepare
from autograder.grading.stage import stage
from autograder.grading.task import Outcome, Task


@dataclass(frozen=True)
class Options:
    """How to run a batch."""

    students: tuple[str, ...] = ()
    jobs: int = 0
    force: bool = False
    feedback: bool = True
    isolation: str = "process"
    #: Run test cells that are not this package's own in the student's kernel, where they can be cheated.
    tests_in_kernel: bool = False
    #: Fork kernels from a warm host where that is possible, instead of starting each from nothing.
    warm: bool = True


class Watcher(Protocol):
    """Somebody who is told how a batch gets on."""

    def say(self, sentence: str) -> None:
        """A sentence about the batch as a whole."""

    def begin(self, assignment: str, total: int) -> None:
        """The batch has this many submissions."""

    def started(self, student: str) -> None:
        """A submission is being run."""

    def finished(self, result: SubmissionResult) -> None:
        """A submission is done, one way or another."""


class Silent:
    """A watcher who keeps what is said and shows nothing."""

    def __init__(self) -> None:
        self.said: list[str] = []

    def say(self, sentence: str) -> None:
        """Keep the sentence."""
        self.said.append(sentence)

    def begin(self, assignment: str, total: int) -> None:
        """Show nothing."""

    def started(self, student: str) -> None:
        """Show nothing."""

    def finished(self, result: SubmissionResult) -> None:
        """Show nothing."""


def choose_assignments(course: Course, wanted: list[str]) -> list[str]:
    """The assignments to grade: those that are wanted, or all that have submissions.

    Raises `GradingError` (wrong usage) for one that the course doesn't have.
    """
    known = course.assignments()
    for name in wanted:
        if name not in known:
            raise GradingError(
                f"There is no assignment {shown(name)} in {course.root}. {did_you_mean(name, known)}", 2
            )
    if wanted:
        return list(dict.fromkeys(wanted))
    return [name for name in known if find(course, name, known)]


def grade(
    course: Course,
    assignment: str,
    options: Options,
    watcher: Watcher | None = None,
    runner: Runner | None = None,
) -> AssignmentResult:
    """Grade the submissions of one assignment into the course's gradebook and ``autograded/``.

    `runner` runs the notebooks; somebody keeps it for several assignments. Without
    one, they run on this machine, and several submissions share warm hosts.

    Raises `GradingError` when the assignment as a whole cannot be graded. What
    is wrong with one submission is that submission's result.
    """
    watcher = watcher or Silent()
    known = course.assignments()
    with only_one(course), one_session(), ExitStack() as stack:
        candidates = _chosen(course, assignment, find(course, assignment, known), options.students)
        journal = Journal(course, assignment)
        new = [c for c in candidates if options.force or journal.find(c.student) is None]
        if runner is None:
            runner = stack.enter_context(Hosts(options.jobs, wall_for(options.isolation)))
        runner.show(course.limits.readable)
        if options.warm and len(new) > 1:
            modules, checks = modules_of(course, assignment)
            runner.load(modules, checks=checks)  # while the rest is prepared
        source = prepare(course, assignment, watcher.say)
        return _Batch(course, source, options, watcher, runner).run(candidates)


def _chosen(
    course: Course, assignment: str, candidates: list[Candidate | Quarantine], students: tuple[str, ...]
) -> list[Candidate | Quarantine]:
    there = [candidate.student for candidate in candidates]
    for student in students:
        if student not in there:
            raise GradingError(
                f"There is no submission of {shown(student)} for {shown(assignment)}. "
                f"{did_you_mean(student, there)}",
                2,
            )
    return [candidate for candidate in candidates if not students or candidate.student in students]


@dataclass
class _Item:
    """A submission that is being graded."""

    submission: Submission
    fingerprint: str
    notes: list[str]
    tasks: dict[str, Task]
    #: When work on it began, not counting the time for which it waited, ready to be run.
    started: float
    staged: float
    outcomes: dict[str, Outcome] = field(default_factory=dict)


class _Batch:
    def __init__(
        self,
        course: Course,
        source: AssignmentSource,
        options: Options,
        watcher: Watcher,
        runner: Runner,
    ):
        self.course = course
        self.source = source
        self.options = options
        self.watcher = watcher
        self.limits = course.limits
        self.tests_in_kernel = options.tests_in_kernel and source.has_other_tests
        self.journal = Journal(course, source.name)
        self.feedback = Feedback(course, source.name)
        self.results: list[SubmissionResult] = []
        self.complaints: list[str] = []
        self.measures = dict.fromkeys(("start", "staging", "running", "recording", "feedback", "cells"), 0.0)
        self.stopping = False
        self.runner = runner
        self.pool = ThreadPoolExecutor(runner.at_a_time, "grading")

    def run(self, candidates: list[Candidate | Quarantine]) -> AssignmentResult:
        """Grade these submissions."""
        self.measures["start"] = time.time() - psutil.Process().create_time()
        began = time.monotonic()
        self.watcher.begin(self.source.name, len(candidates))
        waiting = list(reversed(candidates))
        running: dict[Future[dict[str, Outcome] | None], _Item] = {}
        with _interruptible(self), self.pool:
            try:
                while (waiting and not self.stopping) or running:
                    if self._has_room(waiting, running):
                        with self._timed("staging"):
                            item = self._prepared(waiting.pop())
                        if item is not None:
                            alone = not waiting and not running  # it would only wait for the hosts
                            if self.options.warm and not alone:
                                self.runner.load(self.source.modules, checks=self.source.has_checks)
                            running[self.pool.submit(self._run, item)] = item
                    patience = 0 if self._has_room(waiting, running) else 0.2
                    done, _ = wait(running, timeout=patience, return_when=FIRST_COMPLETED)
                    for future in [future for future in running if future in done]:  # in their order
                        item, outcomes = running.pop(future), future.result()
                        if outcomes is None:
                            continue
                        item.outcomes = outcomes
                        self.measures["running"] = time.monotonic() - began
                        self.measures["cells"] += sum(o.cell_seconds for o in outcomes.values())
                        self._guarded(
                            item.submission.student, item.started, lambda item=item: self._recorded(item)
                        )
            except BaseException:
                self.end_at_once()
                begun = [future for future in running if not future.cancelled()]
                while wait(begun, timeout=0.1).not_done:  # those that are only being started, too
                    self.runner.stop()
                raise
        settled = {result.student for result in self.results}
        left = tuple(candidate.student for candidate in candidates if candidate.student not in settled)
        results = tuple(sorted(self.results, key=lambda result: in_order(result.student)))
        self.measures["megabytes"] = _most_megabytes()
        measures = {name: round(value, 2) for name, value in self.measures.items()}
        return AssignmentResult(self.source.name, results, left, tuple(self.complaints), measures)

    @contextmanager
    def _timed(self, phase: str) -> Iterator[None]:
        began = time.monotonic()
        try:
            yield
        finally:
            self.measures[phase] += time.monotonic() - began

    def _has_room(self, waiting: list[Candidate | Quarantine], running: Sized) -> bool:
        """Whether one more submission is to be made ready."""
        return bool(waiting) and not self.stopping and len(running) < self.runner.wanted()

    def _run(self, item: _Item) -> dict[str, Outcome] | None:
        """Run a submission's notebooks; in a thread of its own, which waits for the worker.

        Nothing is run, and the answer is ``None``, when the batch is to stop.
        """
        if self.stopping:
            return None
        self.watcher.started(item.submission.student)
        outcomes = {name: self.runner.run_task(task) for name, task in item.tasks.items()}
        item.started += time.monotonic() - item.staged - sum(o.seconds for o in outcomes.values())
        return outcomes

    def end_at_once(self) -> None:
        """End what runs, and start nothing more."""
        self.pool.shutdown(wait=False, cancel_futures=True)
        self.runner.stop()

    def _guarded(self, student: str, started: float, step: Callable[[], SubmissionResult | None]) -> None:
        """Do one step of one submission; whatever it raises becomes this submission's result."""
        try:
            result = step()
        except GradebookUnusable:
            raise  # the next submission would fare no better
        except GradingError as error:
            result = self._failed(student, str(error), started)
        except Exception as error:  # one submission must not stop the others
            result = self._failed(
                student, f"The grader stopped at this submission with an internal error: {error!r}.", started
            )
        if result is not None:
            self._finish(result)

    def _failed(self, student: str, reason: str, started: float) -> SubmissionResult:
        return SubmissionResult(
            student,
            FAILED,
            max_score=self.source.max_score,
            reason=f"{reason} It counts as not graded.",
            seconds=round(time.monotonic() - started, 2),
        )

    # -- before a worker runs it ---------------------------------------------------------

    def _prepared(self, candidate: Candidate | Quarantine) -> _Item | None:
        """Read and stage a submission; ``None`` when that already settles it."""
        started = time.monotonic()
        made: list[_Item] = []

        def step() -> SubmissionResult | None:
            ready = self._read(candidate, started)
            if isinstance(ready, SubmissionResult):
                return ready
            made.append(ready)
            return None

        self._guarded(candidate.student, started, step)
        return made[0] if made else None

    def _read(self, candidate: Candidate | Quarantine, started: float) -> _Item | SubmissionResult:
        submission = candidate
        if isinstance(candidate, Candidate):
            submission = read(self.course, candidate, self.source, self.limits)
        if isinstance(submission, Quarantine):
            return SubmissionResult(
                submission.student,
                QUARANTINED,
                max_score=self.source.max_score,
                reason=submission.reason,
                seconds=round(time.monotonic() - started, 2),
            )
        assert isinstance(submission, Submission)
        mark = fingerprint(
            self.source.fingerprint,
            self.limits,
            submission.fingerprint,
            submission.timestamp,
            self.tests_in_kernel,
        )
        if not self.options.force and (entry := self.journal.unchanged(submission.student, mark)) is not None:
            if is_recorded(self.course, self.source.name, submission.student):
                recorded = look_up(self.course, self.source, submission.student)
                reason = " ".join(filter(None, [entry.reason, *recorded.notes]))
                result = _result(submission.student, recorded, reason, entry.attention, started)
                return replace(result, unchanged=True, tests_in_kernel=entry.tests_in_kernel)
        notes = list(submission.notes)
        tasks = {}
        for notebook in self.source.notebooks:
            if notebook.name in submission.notebooks:
                staged = stage(
                    self.course,
                    self.source.name,
                    submission.student,
                    notebook,
                    submission.notebooks[notebook.name],
                )
                notes += staged.notes
                tasks[notebook.name] = make_task(
                    notebook,
                    nbformat.v4.writes(staged.notebook),
                    submission.files,
                    self.source.files,
                    self.limits,
                    one_thread=self.runner.one_thread,
                    isolation=self.options.isolation,
                    tests_in_kernel=self.options.tests_in_kernel,
                )
        return _Item(submission, mark, notes, tasks, started, time.monotonic())

    # -- after a worker has run it --------------------------------------------------------

    def _recorded(self, item: _Item) -> SubmissionResult:
        settled: dict[str, Settled] = {}
        notes = list(item.notes)
        for notebook in self.source.notebooks:
            if notebook.name not in item.outcomes:
                continue
            outcome = item.outcomes[notebook.name]
            settled[notebook.name] = settle_outcome(notebook, outcome)
            notes += outcome.notes + tuple(settled[notebook.name].doubtful.values())
        student = item.submission.student
        with self._timed("recording"):
            recorded = record(self.course, self.source, item.submission, settled)
        reason = " ".join([*notes, *recorded.notes])
        attention = bool(notes)
        result = _result(student, recorded, reason, attention, item.started)
        result = replace(result, tests_in_kernel=self.tests_in_kernel)
        about = (" ".join(notes), attention, self.tests_in_kernel, result.seconds)
        self.journal.write(Entry(student, item.fingerprint, recorded.written, *about))
        return result

    def _finish(self, result: SubmissionResult) -> None:
        if self.options.feedback and result.status == GRADED:
            with self._timed("feedback"):
                self._tell(result.student)
        self.results.append(result)
        self.watcher.finished(result)

    def _tell(self, student: str) -> None:
        """Write a student's feedback, unless that of this very grading is there."""
        entry = self.journal.find(student)
        if entry and entry.feedback and has_feedback(self.course, self.source.name, student):
            return
        said = self.feedback.write(student)
        self.complaints += said
        try:
            if not said:
                self.journal.told(student)
        except GradingError as error:  # the next batch writes the page once more
            self.complaints.append(str(error))


def make_task(
    notebook: NotebookSource,
    text: str,
    files: dict[str, bytes],
    given: dict[str, bytes],
    limits: Limits,
    *,
    one_thread: bool,
    isolation: str,
    tests_in_kernel: bool = False,
) -> Task:
    """The task of running one staged notebook, beside files of the student and those of the assignment."""
    return Task(
        notebook=text,
        files=files | given,
        tests_in_kernel=tests_in_kernel,
        given=tuple(given),
        imports=notebook.import_lines,
        answers=notebook.answers,
        helpers=notebook.helpers,
        kernel=notebook.kernel,
        preload=notebook.imports,
        cell_seconds=limits.cell_seconds,
        notebook_seconds=limits.notebook_seconds,
        output_bytes=limits.output_bytes,
        memory_megabytes=limits.memory_megabytes,
        one_thread=one_thread,
        isolation=isolation,
        cpu_seconds=limits.cpu_seconds,
        scratch_megabytes=limits.scratch_megabytes,
        processes=limits.processes,
        readable=limits.readable,
    )


def settle_outcome(notebook: NotebookSource, outcome: Outcome) -> Settled:
    """What a worker's outcome says, ready to be recorded. Raises `GradingError` if it had trouble."""
    if outcome.trouble is not None:
        raise GradingError(outcome.trouble)
    settled = settle(notebook, nbformat.v4.reads(outcome.notebook))
    return replace(settled, doubtful=settled.doubtful | outcome.not_apart)


def _result(
    student: str, recorded: Recorded, reason: str, attention: bool, started: float
) -> SubmissionResult:
    return SubmissionResult(
        student=student,
        status=GRADED,
        score=recorded.score,
        max_score=recorded.max_score,
        needs_manual_grade=recorded.needs_manual_grade,
        problems=recorded.problems,
        reason=reason,
        seconds=round(time.monotonic() - started, 2),
        attention=attention,
    )


def _most_megabytes() -> float:
    """The most memory that this process has held so far; 0 where the system does not say."""
    if resource is None:
        return 0.0
    held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return held / (1_000_000 if sys.platform == "darwin" else 1_000)


@contextmanager
def _interruptible(batch: _Batch) -> Iterator[None]:
    """Ctrl-C once lets what runs finish; twice ends it."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def on_interrupt(_number: int, _frame: FrameType | None) -> None:
        if batch.stopping:
            raise KeyboardInterrupt
        batch.stopping = True
        batch.watcher.say(
            "Stopping: what is running will be finished and recorded. Press Ctrl-C again to stop at once."
        )

    before = signal.signal(signal.SIGINT, on_interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
