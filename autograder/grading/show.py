"""How a batch looks in a terminal: progress while it runs, a table at the end."""

import time
from pathlib import Path

from rich.console import Console
from rich.markup import escape
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)
from rich.table import Table

from autograder.grading.course import Course
from autograder.grading.names import shown
from autograder.grading.result import GRADED, IN_KERNEL, AssignmentResult, SubmissionResult

#: Seconds between two lines of progress where there is no terminal.
_PAUSE = 5.0
#: So many of those who are being graded are named.
_NAMES = 8


class Display:
    """Shows a batch as it goes on: a bar in a terminal, a line every few seconds elsewhere."""

    def __init__(self, console: Console):
        self.console = console
        self._running: list[str] = []
        self._total = self._done = 0
        self._assignment = ""
        self._last_line = 0.0
        self._bar: Progress | None = None

    def say(self, sentence: str) -> None:
        """Print a sentence."""
        self.console.print(escape(sentence), highlight=False)

    def begin(self, assignment: str, total: int) -> None:
        """Start showing a batch."""
        self._assignment, self._total, self._done = assignment, total, 0
        self._running.clear()
        self._began = self._last_line = time.monotonic()
        if self.console.is_terminal and total:
            self._bar = Progress(
                TextColumn("{task.description}"),
                BarColumn(),
                MofNCompleteColumn(),
                TimeElapsedColumn(),
                TextColumn("left"),
                TimeRemainingColumn(),
                TextColumn("{task.fields[now]}"),
                console=self.console,
                transient=True,
            )
            self._task = self._bar.add_task(escape(f"Grading {assignment}"), total=total, now="")
            self._bar.start()
        elif total:
            self.say(f"Grading {total} submission{'s' * (total > 1)} of {assignment}.")

    def started(self, student: str) -> None:
        """Show who is being graded."""
        self._running.append(student)
        self._update()

    def finished(self, result: SubmissionResult) -> None:
        """Count one more."""
        self._done += 1
        if result.student in self._running:
            self._running.remove(result.student)
        self._update()

    def end(self) -> None:
        """Take the bar away."""
        if self._bar is not None:
            self._bar.stop()
            self._bar = None

    def _update(self) -> None:
        if self._bar is not None:
            self._bar.update(self._task, completed=self._done, now=escape(self._now()[:60]))
        elif time.monotonic() - self._last_line > _PAUSE:
            self._last_line = time.monotonic()
            rate = self._done / (self._last_line - self._began)
            rest = f", about {(self._total - self._done) / rate:.0f} s left" if rate else ""
            self.say(f"{self._done} of {self._total} done{rest}; now: {self._now()}")

    def _now(self) -> str:
        """Who is being graded; on a cluster these can be hundreds."""
        names = [shown(student)[1:-1] for student in self._running[:_NAMES]]
        more = len(self._running) - len(names)
        return ", ".join(names) + (f" and {more} more" if more else "")


def show_result(
    console: Console, course: Course, result: AssignmentResult, report: Path | None = None
) -> None:
    """Print the table of an assignment's results, and where everything lies."""
    for note in result.notes:
        console.print(escape(note), highlight=False)
    console.print(_table(result), highlight=False)
    for submission in result.submissions:
        if submission.reason:
            line = f"• {shown(submission.student)[1:-1]} ({submission.status}): {submission.reason}"
            console.print(escape(line), highlight=False)
    if result.left:
        names = ", ".join(shown(student) for student in result.left)
        console.print(
            escape(f"Stopped before {len(result.left)} were graded: {names}. Grade again to go on."),
            highlight=False,
        )
    console.print(escape(_summary(result)), highlight=False)
    if result.tests_in_kernel:
        console.print(escape(IN_KERNEL), highlight=False)
    feedback = course.folder("feedback", "*", result.assignment)
    console.print(
        escape(
            f"Gradebook: {course.gradebook_place}\n"
            f"Graded notebooks: {course.folder('autograded', '*', result.assignment)}\n"
            f"Feedback for students: {feedback}" + (f"\nReport: {report}" if report else "")
        ),
        highlight=False,
        soft_wrap=True,
    )


def _summary(result: AssignmentResult) -> str:
    counts: dict[str, int] = {}
    for submission in result.submissions:
        counts[submission.status] = counts.get(submission.status, 0) + 1
    unchanged = sum(s.unchanged for s in result.submissions)
    by_hand = sum(s.needs_manual_grade for s in result.submissions)
    parts = [f"{count} {status}" for status, count in sorted(counts.items())] or ["nothing to grade"]
    if unchanged:
        parts.append(f"{unchanged} of them unchanged since the last time")
    if by_hand:
        parts.append(f"{by_hand} to be completed by hand in formgrader")
    return f"{result.assignment}: {', '.join(parts)}."


def _table(result: AssignmentResult) -> Table:
    problems = {p.name: p.max_score for s in result.submissions for p in s.problems}
    table = Table(title=escape(result.assignment), title_justify="left", caption_justify="left")
    table.add_column("student", overflow="fold", min_width=12)
    table.add_column("status", no_wrap=True)
    for number, points in enumerate(problems.values(), start=1):
        table.add_column(f"P{number}\n/{points:g}", justify="right", no_wrap=True)
    table.add_column("total", justify="right", no_wrap=True)
    table.add_column("by hand", no_wrap=True)
    for submission in result.submissions:
        scores = {p.name: p.score for p in submission.problems}
        total = "–" if submission.score is None else f"{submission.score:g}/{submission.max_score:g}"
        table.add_row(
            escape(shown(submission.student)[1:-1]),
            submission.status if submission.status == GRADED else f"[bold]{submission.status}[/bold]",
            *(f"{scores[name]:g}" if name in scores else "–" for name in problems),
            total,
            "to do" if submission.needs_manual_grade else "",
        )
    if problems:
        table.caption = escape(", ".join(f"P{n}: {name}" for n, name in enumerate(problems, start=1)))
    return table
