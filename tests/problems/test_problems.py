"""Every problem is complete: hints, tests, faults, and an assignment of mixed kinds."""

import numpy as np
import pytest

from autograder import plain
from autograder.observing.observation import Observation, VariableObservation
from autograder.problems import ASSIGNMENTS, find_problem

PROBLEMS = [problem for problems in ASSIGNMENTS.values() for problem in problems]
TESTS = [(problem, test) for problem in PROBLEMS for test in problem.tests]
KINDS = {"repair", "name the fault", "transfer", "build", "explain"}


def test_names_are_unique():
    assert len({p.name for p in PROBLEMS}) == len(PROBLEMS)
    assert all(find_problem(p.name) is p for p in PROBLEMS)


@pytest.mark.parametrize("slug", ASSIGNMENTS)
def test_an_assignment_has_three_to_six_problems_of_mixed_kinds(slug):
    kinds = [p.kind for p in ASSIGNMENTS[slug]]
    assert 3 <= len(kinds) <= 6 and set(kinds) <= KINDS
    assert len(set(kinds)) >= 3 and kinds.count("explain") <= 1


@pytest.mark.parametrize("problem", PROBLEMS, ids=lambda p: p.name)
def test_three_levels_of_hint(problem):
    assert len(problem.hints) == 3 and len(set(problem.hints)) == 3
    assert all(20 < len(text) < 250 for text in problem.hints)
    # A hint is words: no code that could be copied as the solution.
    assert not any("tape.gradient(" in text or "\n" in text for text in problem.hints)


@pytest.mark.parametrize(("problem", "test"), TESTS, ids=lambda x: x.name)
def test_inputs_are_plain_and_the_seed_decides_them(problem, test):
    first, second = (plain.dumps(test.draw(np.random.default_rng(5))) for _ in range(2))
    assert first == second
    plain.loads(first)


@pytest.mark.parametrize("problem", [p for p in PROBLEMS if p.tests], ids=lambda p: p.name)
def test_a_problem_has_visible_and_hidden_tests(problem):
    assert {test.hidden for test in problem.tests} == {True, False}
    assert sum(test.points for test in problem.tests) > 0


def test_a_loss_is_judged_only_where_the_weights_were_seen():
    """An observation comes from the learner's process, and may lack what a judge looks at."""
    test = next(t for t in find_problem("sick-pixels").tests if t.name == "loss")
    inputs = test.draw(np.random.default_rng(1))
    nowhere = tuple(
        VariableObservation(
            f"v{i}", w.shape, "float32", True, True, (), (), (), (np.full(w.shape, np.nan),) * 5
        )
        for i, w in enumerate(inputs["weights"])
    )
    for variables in ((), nowhere[:2], nowhere):
        seen = Observation(4, variables, losses=(0.0,) * 4)
        assert not any(p.holds for p in test.judge(inputs, seen))
    assert not any(p.holds for p in test.judge(inputs, Observation(4, nowhere, losses=())))
