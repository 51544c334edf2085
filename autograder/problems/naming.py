"""Naming faults: programs are shown with what happened to their variables; the learner says what is wrong.

The answer is a dict with one entry a program: ``{"A": {"fault": "tape-used-twice",
"variables": ["encoder/kernel"]}}``. It is compared with digests, so that
reading a chapter's module gives no answer away. Make them with

    python -m autograder.problems.naming A tape-used-twice encoder/kernel encoder/bias
"""

import hashlib
import sys
from collections.abc import Mapping
from typing import Any

from autograder.judging.verdict import Property
from autograder.observing.observation import Observation
from autograder.problems.problem import Inputs, Test

#: Program → digest of its fault and variables.
Key = Mapping[str, str]


def digest(program: str, fault: str, variables: list[str]) -> str:
    """The digest of one program's right answer; the order of the variables does not matter."""
    text = "|".join([program, fault.strip(), *sorted(v.strip() for v in variables)])
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def naming_tests(points: float, key: Key) -> tuple[Test, Test]:
    """A visible test of the answer's form (0 points) and a hidden one of its contents."""

    def judge_form(inputs: Inputs, observation: Observation) -> tuple[Property, ...]:
        return (_form(observation, key),)

    def judge_names(inputs: Inputs, observation: Observation) -> tuple[Property, ...]:
        return _names(observation, key)

    return (
        Test("form", 0, lambda rng: {}, _probe, judge_form),
        Test("names", points, lambda rng: {}, _probe, judge_names, hidden=True),
    )


def _probe(inputs: Inputs, named: Any) -> Observation:
    """Take the learner's answer as it is; the judge checks its form."""
    return Observation(steps=0, returned={"answer": named})


def _named(observation: Observation, program: str) -> tuple[str, list[str]] | None:
    """The fault and the variables named for a program, or ``None`` if not well formed."""
    answer = observation.returned.get("answer")
    entry = answer.get(program) if type(answer) is dict else None
    if type(entry) is not dict:
        return None
    fault, variables = entry.get("fault"), entry.get("variables")
    if type(fault) is not str or type(variables) is not list or not all(type(v) is str for v in variables):
        return None
    return fault, variables


def _form(observation: Observation, key: Key) -> Property:
    bad = [p for p in key if _named(observation, p) is None]
    unanswered = [p for p in key if p not in bad and _named(observation, p)[0] in ("", "?")]
    if bad:
        message = (
            f"For program {', '.join(bad)} the answer is not of the form "
            '{"fault": one fault id as text, "variables": a list of variable names}.'
        )
    elif unanswered:
        message = f"Not answered yet: program {', '.join(unanswered)}."
    else:
        message = (
            "Every program has one fault id and a list of variables. Whether they are right is graded later."
        )
    return Property("answer", not bad and not unanswered, message)


def _names(observation: Observation, key: Key) -> tuple[Property, ...]:
    named = {program: _named(observation, program) for program in key}
    right = {p for p, answer in named.items() if answer is not None and digest(p, *answer) == key[p]}
    # "none" everywhere finds the healthy programs, and one id everywhere its
    # program, without any diagnosis.
    said = {answer[0].strip() for answer in named.values() if answer is not None}
    if len(said) == 1 or all(named[p][0].strip() == "none" for p in right):
        right = set()
    words = {True: "fault and variables are right", False: "fault or variables are not right"}
    return tuple(Property("answer", p in right, f"Program {p}: {words[p in right]}.") for p in key)


if __name__ == "__main__":
    print(digest(sys.argv[1], sys.argv[2], sys.argv[3:]))
