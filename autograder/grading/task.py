"""What goes to a worker and what comes back: plain data that can be sent as bytes anywhere."""

import base64
import json
from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True)
class Task:
    """One staged notebook to run."""

    #: The staged notebook as JSON text.
    notebook: str
    #: Files that lie beside it while it runs, by relative path.
    files: dict[str, bytes]
    kernel: str = "python3"
    #: Modules that the kernel loads before any student's code or file can interfere.
    preload: tuple[str, ...] = ()
    cell_seconds: float = 30.0
    notebook_seconds: float = 300.0
    output_bytes: int = 1_000_000
    memory_megabytes: int = 4096
    #: Let the numerical libraries use one thread, because other workers use the other cores.
    one_thread: bool = False
    #: How the student's process is kept apart: "sandbox", or "process" for an ordinary process.
    isolation: str = "process"
    #: Only inside a sandbox: what kernels may use, and folders that they may read.
    cpu_seconds: float = 600.0
    scratch_megabytes: int = 1000
    processes: int = 1000
    readable: tuple[str, ...] = ()
    #: Run the test cells of other courses in the student's kernel, as stock nbgrader does.
    tests_in_kernel: bool = False
    #: Otherwise, for the checker that runs them: of the files, those of the assignment itself; the
    #: instructor's import statements; the names that the answers are to define; and functions of the
    #: instructor's that students can change.
    given: tuple[str, ...] = ()
    imports: str = ""
    answers: tuple[str, ...] = ()
    helpers: tuple[str, ...] = ()
    #: The address of a warm host on this machine that forks kernels, if there is one.
    host: str | None = None

    def to_bytes(self) -> bytes:
        """This task as bytes."""
        data = asdict(self)
        data["files"] = {
            path: base64.b64encode(content).decode("ascii") for path, content in self.files.items()
        }
        return json.dumps(data).encode("ascii")

    @classmethod
    def from_bytes(cls, data: bytes) -> "Task":
        """Read what `to_bytes` wrote, in a process that trusts the sender."""
        raw = json.loads(data)
        raw["files"] = {path: base64.b64decode(content) for path, content in raw["files"].items()}
        raw |= {name: tuple(raw[name]) for name in ("preload", "readable", "given", "answers", "helpers")}
        return cls(**raw)


@dataclass(frozen=True)
class Judged:
    """What one test cell came to."""

    grade_id: str
    #: ``None`` where the test ran in the kernel and its outputs decide.
    score: float | None
    max_score: float
    passed: bool
    message: str


@dataclass(frozen=True)
class Outcome:
    """What a worker made of a task."""

    #: The notebook with its outputs, as JSON text; empty when there is trouble.
    notebook: str = ""
    tests: tuple[Judged, ...] = ()
    #: Sentences about cells that were stopped, ended the kernel, or did not run.
    notes: tuple[str, ...] = ()
    seconds: float = 0.0
    #: How much of it the cells and tests themselves needed.
    cell_seconds: float = 0.0
    #: A sentence, when the grader itself could not do its work: no score may come of this.
    trouble: str | None = None
    #: Test cell, by grade id → why it could not be judged apart from the student's code, as a sentence.
    not_apart: dict[str, str] = field(default_factory=dict)

    def to_bytes(self) -> bytes:
        """This outcome as bytes."""
        return json.dumps(asdict(self)).encode("ascii")

    @classmethod
    def from_bytes(cls, data: bytes) -> "Outcome":
        """Read what `to_bytes` wrote. Raises `ValueError` when the bytes are anything else."""
        try:
            raw: dict[str, Any] = json.loads(data)
            tests = tuple(Judged(**test) for test in raw.pop("tests"))
            return cls(**{**raw, "tests": tests, "notes": tuple(raw["notes"])})
        except (TypeError, KeyError, AttributeError) as error:
            raise ValueError(f"not an outcome: {error!r}") from None
