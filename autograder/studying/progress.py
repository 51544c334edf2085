"""What a learner has solved: kept in a file, never lost, and joined with what was carried from elsewhere."""

import json
import os
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from autograder.grading.result import GradingError
from autograder.problems import ASSIGNMENTS, Problem
from autograder.studying.own import OwnAssignment, OwnProblem

#: The file's name, in the course's folder.
FILE = "progress.json"
_VERSION = 1


@dataclass(frozen=True)
class Standing:
    """How far a learner has come with one problem."""

    #: The best so far: what was solved once stays solved.
    score: float
    max_score: float
    #: How many different answers have been checked.
    tries: int = 0
    #: Tells the answer that was checked last from another.
    answer: str = ""

    @property
    def solved(self) -> bool:
        """Whether an answer got full marks."""
        return self.score >= self.max_score


@dataclass(frozen=True)
class Progress:
    """All that a learner has checked so far: problem → standing. Names are unique over the course."""

    problems: dict[str, Standing]

    def after(self, own: OwnAssignment) -> "Progress":
        """This progress after one more check. Answers that are still as given count for nothing."""
        return Progress(self.problems | {p.name: self._standing(p) for p in own.problems if p.answer})

    def _standing(self, problem: OwnProblem) -> Standing:
        before = self.problems.get(problem.name, Standing(0.0, problem.max_score))
        again = problem.answer == before.answer
        return Standing(
            max(before.score if before.max_score == problem.max_score else 0.0, problem.score),
            problem.max_score,
            before.tries + (0 if again else 1),
            problem.answer,
        )

    def joined(self, other: "Progress") -> "Progress":
        """The better of both, problem by problem."""
        found = dict(other.problems)
        for name, mine in self.problems.items():
            theirs = found.get(name, mine)
            best = max(mine, theirs, key=lambda standing: (standing.solved, standing.score))
            found[name] = replace(best, tries=max(mine.tries, theirs.tries))
        return Progress(found)

    def is_solved(self, problem: Problem) -> bool:
        """Whether this problem is solved."""
        standing = self.problems.get(problem.name)
        return standing is not None and standing.solved

    @property
    def next(self) -> tuple[str, Problem] | None:
        """The first problem that tests can judge and that is not solved, with its assignment."""
        for assignment, problems in ASSIGNMENTS.items():
            for problem in problems:
                if problem.tests and not self.is_solved(problem):
                    return assignment, problem
        return None

    @property
    def faults(self) -> frozenset[str]:
        """The faults that a solved problem was about."""
        solved = [p for problems in ASSIGNMENTS.values() for p in problems if self.is_solved(p)]
        return frozenset(fault for problem in solved for fault in problem.faults)


def read_progress(file: Path) -> Progress:
    """Read a progress file; nothing was solved where there is none.

    Raises `GradingError` with a sentence if the file holds something else. It
    is left as it is then, and so is everything that would have been written.
    """
    try:
        text = file.read_text(encoding="utf-8")
    except FileNotFoundError:
        return Progress({})
    except (OSError, UnicodeDecodeError) as error:
        raise GradingError(f"Your progress in {file} cannot be read: {error}.") from None
    try:
        data = json.loads(text)
        if data["version"] != _VERSION:
            raise ValueError
        return Progress({str(name): _standing(entry) for name, entry in data["problems"].items()})
    except (ValueError, KeyError, TypeError, AttributeError):
        raise GradingError(
            f"The file {file} holds no progress that this version can read. "
            "Move it to another place to begin anew, or put your own file there."
        ) from None


def _standing(entry: dict[str, Any]) -> Standing:
    return Standing(
        float(entry["score"]), float(entry["max_score"]), int(entry["tries"]), str(entry["answer"])
    )


def write_progress(progress: Progress, file: Path) -> None:
    """Write a progress file, whole or not at all. Raises `GradingError` if it cannot be written."""
    data = {
        "version": _VERSION,
        "problems": {name: asdict(standing) for name, standing in sorted(progress.problems.items())},
    }
    beside = file.with_name(f"{file.name}~")
    try:
        beside.write_text(json.dumps(data, indent=2) + "\n", encoding="utf-8")
        os.replace(beside, file)
    except OSError as error:
        raise GradingError(f"Your progress cannot be written to {file}: {error.strerror}.") from None
