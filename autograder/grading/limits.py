"""What one submission may use, and how an instructor changes it."""

from dataclasses import dataclass

from traitlets import Float, Integer, List, Unicode
from traitlets.config import Config, Configurable


@dataclass(frozen=True)
class Limits:
    """The limits of one batch, as plain numbers that can be sent to a worker."""

    cell_seconds: float = 30.0
    notebook_seconds: float = 300.0
    output_bytes: int = 1_000_000
    memory_megabytes: int = 4096
    cpu_seconds: float = 600.0
    scratch_megabytes: int = 1000
    processes: int = 1000
    readable: tuple[str, ...] = ()
    notebook_megabytes: int = 50
    submission_megabytes: int = 100
    files: int = 1000
    folder_depth: int = 8


class AutograderLimits(Configurable):
    """Limits on one submission, set in ``nbgrader_config.py``.

    For example::

        c = get_config()
        c.AutograderLimits.cell_seconds = 60

    Whoever hits a limit is told so, with its name and value, in the notebook
    that formgrader and the feedback show.
    """

    cell_seconds = Float(
        Limits.cell_seconds,
        help="Seconds that one cell, or one test of an answer, may run before it is interrupted. "
        "nbgrader's own Execute.timeout is used when only that is set.",
    ).tag(config=True)
    notebook_seconds = Float(
        Limits.notebook_seconds, help="Seconds that all cells of one notebook may run together."
    ).tag(config=True)
    output_bytes = Integer(
        Limits.output_bytes, help="Bytes of output, displays included, that are kept of one cell."
    ).tag(config=True)
    memory_megabytes = Integer(
        Limits.memory_megabytes,
        help="Megabytes of memory that a notebook's processes may hold before they are ended.",
    ).tag(config=True)
    cpu_seconds = Float(
        Limits.cpu_seconds,
        help="Seconds of processor time, of all cores together, for a kernel. In the sandbox only.",
    ).tag(config=True)
    scratch_megabytes = Integer(
        Limits.scratch_megabytes,
        help="Megabytes of files that a notebook may write, those handed in included. They are kept in "
        "memory. In the sandbox only.",
    ).tag(config=True)
    processes = Integer(
        Limits.processes,
        help="Processes and threads that a notebook may have at a time. In the sandbox only.",
    ).tag(config=True)
    readable = List(
        Unicode(),
        help="Further folders that students' code may read in the sandbox, such as data sets, or modules "
        "to be imported from there. Without this it sees Python and the system only. Where root grades, "
        "everybody must be allowed to read them.",
    ).tag(config=True)
    notebook_megabytes = Integer(
        Limits.notebook_megabytes, help="A larger notebook file is quarantined."
    ).tag(config=True)
    submission_megabytes = Integer(
        Limits.submission_megabytes, help="Further files that go over this total are left out."
    ).tag(config=True)
    files = Integer(Limits.files, help="Further files beyond this number are left out.").tag(config=True)
    folder_depth = Integer(Limits.folder_depth, help="Files in deeper folders are left out.").tag(config=True)

    def frozen(self) -> Limits:
        """These limits as plain data."""
        values = {name: getattr(self, name) for name in Limits.__dataclass_fields__}
        return Limits(**(values | {"readable": tuple(self.readable)}))


def limits_from(config: Config) -> Limits:
    """The limits that a course's configuration asks for."""
    limits = AutograderLimits(config=config)
    if "cell_seconds" not in config.AutograderLimits:
        for section in ("Execute", "ExecutePreprocessor"):
            timeout = config[section].get("timeout") if section in config else None
            if isinstance(timeout, (int, float)) and timeout > 0:
                limits.cell_seconds = float(timeout)
                break
    return limits.frozen()
