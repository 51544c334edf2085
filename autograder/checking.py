"""One test of one problem: ask, answer, judge.

In the learner's own notebook `check` does all three in place. While grading,
`ask` and `judge` run on the trusted side and only `answer` runs in the process
that holds the student's code: that process learns the inputs of this run, never
what is expected, and whatever it sends back is read as plain data.
"""

import secrets
from dataclasses import dataclass
from typing import Any

import numpy as np

from autograder import plain
from autograder.judging.verdict import Property, Verdict
from autograder.observing.observation import Observation
from autograder.problems import find_problem
from autograder.problems.problem import Inputs, Test
from autograder.sentences import UnknownName
from autograder.telling.feedback import Feedback, raise_if_validating


@dataclass(frozen=True)
class Question:
    """A test with the inputs that were drawn for this run."""

    problem: str
    test: str
    inputs: Inputs


def ask(problem: str, test: str, seed: int | None = None) -> Question:
    """Draw the inputs of a test. Without a seed they differ from run to run.

    Raises `LookupError` with a sentence if there is no such problem or test.
    """
    seed = secrets.randbits(64) if seed is None else seed
    inputs = _find(problem, test).draw(np.random.default_rng(seed))
    return Question(problem, test, inputs)


def answer(problem: str, test: str, inputs: str, *answers: Any) -> str:
    """Run a test's probe on the learner's objects, beside the learner's code.

    `inputs` is the question's inputs as text (`plain.dumps`); the observation
    comes back as text as well.
    """
    return _find(problem, test).probe(plain.loads(inputs), *answers).to_json()


def judge(question: Question, observation: Observation) -> Verdict:
    """The verdict on what was observed, by a reference that the judge computes itself."""
    test = _find(question.problem, question.test)
    properties = test.judge(question.inputs, observation)
    return Verdict(question.problem, question.test, test.points, properties)


def judge_answer(question: Question, text: str) -> Verdict:
    """The verdict on an observation that comes as text from an untrusted process."""
    try:
        observation = Observation.from_json(text)
    except plain.NotPlain as error:
        return no_verdict(question, f"Your notebook sent no usable answer to this test: {error}.")
    return judge(question, observation)


def no_verdict(question: Question, reason: str) -> Verdict:
    """The verdict on a test that could not be run: no points, and the reason."""
    points = _find(question.problem, question.test).points
    return Verdict(question.problem, question.test, points, (Property("runs", False, reason),))


def check(problem: str, test: str, *answers: Any) -> Feedback:
    """Run one test on your own work, here and now.

    Shows which properties hold and what was seen where one does not. Inputs
    are drawn afresh each time. Raises `LookupError` for an unknown test.
    """
    question = ask(problem, test)
    observation = _find(problem, test).probe(question.inputs, *answers)
    verdict = judge(question, observation)
    raise_if_validating(verdict)
    return Feedback(verdict)


def _find(problem: str, test: str) -> Test:
    found = find_problem(problem)
    try:
        return found.test(test)
    except KeyError:
        names = ", ".join(t.name for t in found.tests)
        raise UnknownName(f"Problem {problem!r} has no test {test!r}. Its tests are: {names}.") from None
