"""The list of what the lessons state is complete, and a statement in it was reached and held."""

import pytest

from autograder.authoring.claims import TABLE, listed, main, measure, sources, statements, table
from autograder.authoring.sources import SourceError

LESSON = """# %%
from autograder import claim

# %%
claim("one | is one", 1 == 1)

# %%
if False:
    claim("never reached", True)
"""


def test_the_list_holds_every_statement_of_every_lesson(root):
    wanted = [statement for source in sources(root) for statement in statements(source)]
    assert listed((root / TABLE).read_text(encoding="utf-8")) == wanted, "Run `make claims`."


def test_every_lesson_states_something(root):
    assert all(len(statements(source)) >= 10 for source in sources(root))


def test_statements_are_read_and_listed_as_they_are(tmp_path):
    source = tmp_path / "99-toy.nb.py"
    source.write_text(LESSON)
    found = statements(source)
    assert [s.text for s in found] == ["one | is one", "never reached"]
    assert listed(table([(s, "TensorFlow 2") for s in found])) == found


def test_a_statement_that_is_put_together_is_refused(tmp_path):
    source = tmp_path / "99-toy.nb.py"
    source.write_text('claim(f"{1} is one", True)\n')
    with pytest.raises(SourceError, match="line 1: the statement of a claim must be plain text"):
        statements(source)


@pytest.mark.slow
def test_a_statement_is_listed_only_if_it_was_reached(tmp_path, monkeypatch, capsys):
    (tmp_path / "course").mkdir()
    source = tmp_path / "course" / "99-toy.nb.py"
    source.write_text(LESSON)
    held, versions = measure(source)
    assert held == {"one | is one"} and versions.startswith("TensorFlow 2.")
    monkeypatch.chdir(tmp_path)
    assert main([]) == 1
    assert "never reaches the claim “never reached”" in capsys.readouterr().err
    assert not (tmp_path / TABLE).exists()


@pytest.mark.slow
def test_an_untrue_statement_is_said(tmp_path):
    source = tmp_path / "99-toy.nb.py"
    source.write_text('from autograder import claim\nclaim("two is one", 2 == 1)\n')
    with pytest.raises(SourceError, match="does not run to its end: AssertionError: .*two is one"):
        measure(source)
