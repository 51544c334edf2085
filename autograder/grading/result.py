"""What a batch says of each submission, for the table, the JSON file and the caller."""

from dataclasses import asdict, dataclass, field
from typing import Any

from autograder.sentences import Sentence

GRADED = "graded"
QUARANTINED = "quarantined"
FAILED = "failed"


#: Said wherever points are shown that come of tests in students' kernels.
IN_KERNEL = (
    "Tests ran in the students' kernels (--trust-tests-in-kernel), "
    "where students' code can change what they say."
)


class GradingError(Sentence):
    """Something that stops a command, told in a sentence for the person who gave it.

    `exit_code` is 2 for wrong usage and 1 for everything else.
    """

    def __init__(self, sentence: str, exit_code: int = 1):
        super().__init__(sentence)
        self.exit_code = exit_code


@dataclass(frozen=True)
class ProblemScore:
    """The points of one problem: the sum over its graded cells."""

    name: str
    score: float
    max_score: float


@dataclass(frozen=True)
class SubmissionResult:
    """One student's line in the table of results."""

    student: str
    #: "graded", "quarantined" (nothing in it can be graded) or "failed" (the grader could not).
    status: str
    score: float | None = None
    max_score: float | None = None
    needs_manual_grade: bool = False
    problems: tuple[ProblemScore, ...] = ()
    #: Sentences about all that is not as it should be; empty when there is nothing to say.
    reason: str = ""
    seconds: float = 0.0
    #: Nothing had changed since the last batch, so the recorded grade stands.
    unchanged: bool = False
    #: An instructor should look at it, though it is graded.
    attention: bool = False
    #: Tests ran in the student's kernel, because somebody wanted it so; its code could change what they say.
    tests_in_kernel: bool = False

    def to_json(self) -> dict[str, Any]:
        """This result with the keys of the command's contract."""
        return asdict(self)


@dataclass(frozen=True)
class AssignmentResult:
    """What a batch did for one assignment."""

    assignment: str
    submissions: tuple[SubmissionResult, ...] = ()
    #: Students whose turn had not come when the batch was stopped.
    left: tuple[str, ...] = ()
    #: Sentences about the assignment as a whole.
    notes: tuple[str, ...] = ()
    #: Where the time went: seconds until the batch began ("start"), of this process ("staging",
    #: "recording", "feedback"), of the batch until the last notebook was done ("running"), of all
    #: cells one after the other ("cells"); and the most memory that this process held ("megabytes").
    measures: dict[str, float] = field(default_factory=dict)

    @property
    def needs_attention(self) -> bool:
        """Whether somebody has to look at a submission, or the batch could not do everything."""
        return bool(self.left or self.notes) or any(
            s.status != GRADED or s.attention for s in self.submissions
        )

    @property
    def tests_in_kernel(self) -> bool:
        """Whether some points come of tests that ran in a student's kernel."""
        return any(submission.tests_in_kernel for submission in self.submissions)

    def to_json(self) -> dict[str, Any]:
        """This result with the keys of the command's contract."""
        return {
            "assignment": self.assignment,
            "submissions": [submission.to_json() for submission in self.submissions],
            "left": list(self.left),
            "notes": list(self.notes),
            "measures": self.measures,
        }
