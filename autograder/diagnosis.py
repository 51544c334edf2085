"""What a training script, or a step in a notebook, does to its variables, and what is wrong with it.

`diagnose_script` is what the command line calls; `diagnose` is for notebooks.
Both record a run, judge it, and return a `Diagnosis`.
"""

import contextlib
import dataclasses
import math
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from autograder.judging import records
from autograder.judging.diagnose import diagnose as judge
from autograder.judging.history import Finding, History
from autograder.judging.records import StepsRecord, VariableRecord
from autograder.observing import events as ev
from autograder.telling.places import raised_sentence

#: So many steps are watched. Then the program may go on for so many seconds of processor time, in case
#: something new comes; `Horizon` bounds the steps of that.
STEPS = 30
BEYOND = 6.0
SECONDS = 60.0

#: Beginnings of messages that a finding explains when there is one, wherever the exception surfaced.
_EXPLAINED_MESSAGES = (
    "No gradients provided for any variable",
    "not enough values to unpack (expected 2, got 0)",
    "Unknown variable",
    "tf.function only supports singleton tf.Variables",
    "A non-persistent GradientTape can only be used",
    "'NoneType' object",
    "unsupported operand type(s) for *: 'float' and 'NoneType'",
    "Cannot convert a symbolic tf.Tensor",
)


@dataclass(frozen=True)
class VariableRow:
    """One variable of the program."""

    name: str
    shape: tuple[int, ...]
    #: Whether a layer or module offers it for training, or a tape or an optimizer was given it by name.
    registered: bool
    trainable: bool
    #: The kind of the last gradient: "none" (also for one that was never asked for), "zero", "nan", "finite".
    gradient: str
    #: Norm of the last gradient; ``None`` if there is none or it is not finite.
    gradient_norm: float | None
    #: How far all steps together moved it; ``None`` if it ended up not finite.
    update_norm: float | None
    record: VariableRecord | None = None


@dataclass(frozen=True)
class Diagnosis:
    """What was seen of a program, and what is wrong with it. Shows itself in notebooks and terminals."""

    steps: int
    #: The loss of each step, as far as it was seen; may hold NaN and inf.
    losses: tuple[float, ...]
    variables: tuple[VariableRow, ...]
    findings: tuple[Finding, ...]
    #: A sentence for what no finding explains: an exception, or a program that never trains.
    error: str | None
    #: Why watching stopped: "end", "steps", "time" or "error".
    stopped: str
    seconds: float = 0.0
    #: Rates, clipping, tracings, warnings.
    record: StepsRecord | None = None

    @property
    def healthy(self) -> bool:
        """Whether there is neither a finding nor an error."""
        return not self.findings and self.error is None

    @property
    def why_stopped(self) -> str:
        """A sentence that says what ended the run."""
        steps = f"{self.steps} step{'' if self.steps == 1 else 's'}"
        return {
            "steps": f"I stopped the program and looked at {steps} (--steps says how many).",
            "time": f"I stopped the program after {steps}, because its time was up (--seconds).",
            "end": f"The program ran to its end, {steps}.",
            "error": f"The program stopped with an exception after {steps}.",
        }[self.stopped]

    def to_json(self) -> dict[str, Any]:
        """The diagnosis as plain data for JSON; what is not finite becomes ``None``."""
        from autograder.telling.findings import message

        return {
            "steps": self.steps,
            "loss": [_plain(loss) for loss in self.losses],
            "variables": [
                {
                    "name": row.name,
                    "shape": list(row.shape),
                    "registered": row.registered,
                    "trainable": row.trainable,
                    "gradient": row.gradient,
                    "gradient_norm": _plain(row.gradient_norm),
                    "update_norm": _plain(row.update_norm),
                    **_record(row.record),
                }
                for row in self.variables
            ],
            "findings": [
                {
                    "fault": finding.fault,
                    "variables": list(finding.variables),
                    "file": finding.place.file if finding.place else None,
                    "line": finding.place.line if finding.place else None,
                    "message": message(finding),
                }
                for finding in self.findings
            ],
            "error": self.error,
            "stopped": self.stopped,
            **_steps_record(self.record),
        }

    def __repr__(self) -> str:
        from autograder.telling.findings import as_text

        return as_text(self)

    def _repr_html_(self) -> str:
        from autograder.telling.findings import as_html

        return as_html(self)


def from_log(log: ev.Log, seconds: float = 0.0) -> Diagnosis:
    """Judge what was recorded."""
    history = History(log)
    findings = tuple(judge(history))
    return Diagnosis(
        steps=log.steps,
        losses=tuple(history.loss_series()),
        variables=tuple(_row(history, variable) for variable in history.parameters()),
        findings=findings,
        error=_error(log, findings),
        stopped=log.stopped,
        seconds=seconds,
        record=records.of_steps(history),
    )


def _row(history: History, variable: ev.VariableInfo) -> VariableRow:
    asked = [g for _, g in sorted(history.gradients.get(variable.id, {}).items())]
    last = asked[-1] if asked else None
    given = any(
        history.resolve(number) == variable.id
        for group in history.applied.values()
        for applied in group
        for _, number in applied.pairs
    )
    offered = variable.home in ("layer", "module") and variable.trainable
    moved = sum(history.movements(variable.id))
    return VariableRow(
        name=variable.name,
        shape=variable.shape,
        registered=given or offered or bool(asked),
        trainable=variable.trainable,
        gradient=last.kind if last else "none",
        gradient_norm=last.norm if last and last.norm is not None and math.isfinite(last.norm) else None,
        update_norm=moved if math.isfinite(moved) else None,
        record=records.of_variable(history, variable),
    )


def _error(log: ev.Log, findings: tuple[Finding, ...]) -> str | None:
    raised = [event for event in log.events if isinstance(event, ev.Raised)]
    if raised:
        last = raised[-1]
        explained = any(text in last.message for text in _EXPLAINED_MESSAGES) or any(
            finding.place is not None and finding.place == last.place for finding in findings
        )
        if findings and explained:
            return None
        return raised_sentence(last)
    if log.steps == 0 and not findings:
        if log.stopped == "time":
            return "The time was up before the first training step. Give it more with --seconds."
        return (
            "This program never trains: nothing was differentiated, no optimizer was given gradients, "
            "and fit was not called."
        )
    return None


def _plain(value: float | None) -> float | None:
    return value if value is not None and math.isfinite(value) else None


def _plain_all(values: tuple[float, ...] | None) -> list[float | None] | None:
    return None if values is None else [_plain(value) for value in values]


def _record(record: VariableRecord | None) -> dict[str, Any]:
    """Further keys of a variable in JSON."""
    if record is None:
        return {}
    return {
        "dtype": record.dtype,
        "owner": record.owner,
        "read_in_tape": record.read_in_tape,
        "optimizer": record.optimizer,
        "gradient_from": list(record.gradient_from),
        "first_update": _plain(record.first_update),
        "predicted_update": _plain(record.predicted_update),
        "first_norm": _plain(record.first_norm),
        "last_norm": _plain(record.last_norm),
        "first_value": _plain_all(record.first_value),
        "last_value": _plain_all(record.last_value),
    }


def _steps_record(record: StepsRecord | None) -> dict[str, Any]:
    """Further keys of a diagnosis in JSON."""
    if record is None:
        return {}
    raised = record.raised
    where = raised.place if raised else None
    return {
        "optimizers": [
            {**dataclasses.asdict(o), "learning_rates": _plain_all(o.learning_rates)}
            for o in record.optimizers
        ],
        "tracings": dict(record.tracings),
        "warnings": list(record.warnings),
        "raised": None
        if raised is None
        else {
            "type": raised.type,
            "message": raised.message,
            "file": where.file if where else None,
            "line": where.line if where else None,
        },
    }


# -- scripts ------------------------------------------------------------------------------


def diagnose_script(
    path: Path,
    steps: int | None = None,
    arguments: Sequence[str] = (),
    seconds: float = SECONDS,
    progress: Callable[[int, float], None] | None = None,
) -> Diagnosis:
    """Run a training script as `__main__` for some steps, and say what is wrong with it.

    Args:
        steps: so many are watched and not one more. If not given, `STEPS`, and more if something new
            comes soon after them: another phase, another rate, a loss that is not a number.
        arguments: its command line.
        seconds: its wall time.
        progress: called from time to time with the steps done and the seconds passed.

    Raises:
        OSError: the script cannot be read.
    """
    from autograder.observing.recorder import Recorder
    from autograder.observing.script import record_script

    started = time.monotonic()
    recorder = Recorder(STEPS, BEYOND) if steps is None else Recorder(steps)
    with _reporting(recorder, progress, started):
        log = record_script(path, arguments, seconds=seconds, recorder=recorder)
    return from_log(log, time.monotonic() - started)


@contextlib.contextmanager
def _reporting(
    recorder: Any, progress: Callable[[int, float], None] | None, started: float
) -> Iterator[None]:
    """Report progress every ten seconds from a thread while the block runs."""
    if progress is None:
        yield
        return
    done = threading.Event()

    def report() -> None:
        while not done.wait(10.0):
            progress(recorder.finished_steps, time.monotonic() - started)

    thread = threading.Thread(target=report, daemon=True)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()


# -- notebooks ----------------------------------------------------------------------------


def diagnose(step: Callable[..., Any], *args: Any, steps: int = STEPS, variables: Any = None) -> Diagnosis:
    """Run ``step(*args)`` some times and say which variables don't learn, and why.

    `step` may also train by itself, such as ``lambda: model.fit(x, y)``. A
    `tf.function` is traced afresh, so that its graph can be watched.

    Args:
        steps: how many training steps to watch.
        variables: more variables to look at (a model, layer, `tf.Module`, list or
            dict) than those that the step uses.
    """
    from autograder.observing.step import record_step

    started = time.monotonic()
    log = record_step(step, args, steps, variables)
    return from_log(log, time.monotonic() - started)
