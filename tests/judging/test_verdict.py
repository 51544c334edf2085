"""Scores are finite, within bounds, and full only when everything holds."""

from hypothesis import given
from hypothesis import strategies as st

from autograder.judging.verdict import Property, Verdict

properties = st.lists(
    st.builds(Property, st.just("update"), st.booleans(), st.just(""), st.floats(0, 5)), max_size=6
)


@given(properties, st.floats(0, 20))
def test_score_is_between_zero_and_the_maximum(props, points):
    verdict = Verdict("p", "t", points, tuple(props))
    assert 0 <= verdict.score <= points
    assert verdict.passed == (len(props) > 0 and all(p.holds for p in props))
    if verdict.passed:
        assert verdict.score == points


def test_one_of_three_gives_a_third_rounded_down():
    held, failed = Property("a", True, ""), Property("b", False, "")
    assert Verdict("p", "t", 2, (held, failed, failed)).score == 0.66


def test_no_properties_give_no_points():
    assert Verdict("p", "t", 2, ()).score == 0
