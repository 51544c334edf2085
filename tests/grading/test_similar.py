"""Planted copies rank above all independent solutions; what was given counts nothing."""

import json
import random
import re
from collections.abc import Callable
from typing import Any

import pytest
from nbformat.v4 import new_code_cell

from autograder.grading.lookback import look_back
from autograder.grading.report import as_html
from autograder.grading.similar import rank, tokens
from tests.conftest import ROOT

CORPUS = ROOT / "tests" / "attempts" / "01-tape-scope"
PROBLEMS = ("sensor-step", "penalised-step", "thermistor", "sensitivity")


def independent() -> dict[str, str]:
    """Students who solved the problems apart from each other: each has other attempts of the corpus."""
    chosen = {name: sorted((CORPUS / name).glob("*.py")) for name in PROBLEMS}
    students = {}
    for number in range(min(len(files) for files in chosen.values())):
        texts = [chosen[name][number].read_text(encoding="utf-8") for name in PROBLEMS]
        students[f"student {number:02}"] = "\n\n".join(texts)
    return students


def renamed(code: str) -> str:
    """Every name that the code binds, called something else."""
    names = set(re.findall(r"\b([a-z_]+)\s*(?:,[^=\n]*)?=[^=]", code)) | set(re.findall(r"for (\w+)", code))
    for name in sorted(names, key=len, reverse=True):
        code = re.sub(rf"(?<![\w.]){name}\b(?!\s*=\s*[^=\n]*\))", f"my_{name}", code)
    return code


def moved(code: str) -> str:
    """The same answers in another order."""
    return "\n\n".join(reversed(code.split("\n\n")))


def commented(code: str) -> str:
    """Other comments, and more of them."""
    bare = re.sub(r"(?m)^\s*#.*\n", "", code)
    return "\n".join(
        f"{line}  # {i}: my idea" if line.strip() else line for i, line in enumerate(bare.split("\n"))
    )


@pytest.mark.parametrize("change", [renamed, moved, commented, lambda c: commented(moved(renamed(c)))])
def test_every_planted_pair_ranks_above_every_independent_one(change):
    students = independent()
    originals = random.Random(1).sample(sorted(students), 4)
    planted = {tuple(sorted((name, f"copy of {name}"))) for name in originals}
    students |= {f"copy of {name}": change(students[name]) for name in originals}
    pairs = rank(students, most=len(planted))
    assert {(p.first, p.second) for p in pairs} == planted


def test_an_honest_class_has_no_pair_that_is_nearly_the_same():
    pairs = rank(independent())
    assert all(pair.similarity < 0.9 for pair in pairs)


def test_what_was_given_counts_nothing():
    given = "def step(model, x, y):\n    with tape() as t:\n        loss = reduce(square(y - model(x)))\n"
    given += "    return loss\n"
    own = {
        name: given + f"value = compute({name!r}, {i}, [{i}, {i + 1}], key={i * 7})\n"
        for i, name in enumerate("abc")
    }
    without = rank({**own, "d": "x = 1"}, given)
    assert all(pair.similarity < 1 for pair in without)
    assert all(passage.first[1] >= 5 for pair in without for passage in pair.passages)


def test_the_passages_are_those_lines():
    copied = "total = sum(value * weight for value, weight in zip(values, weights) if weight > 0)\n"
    copied += "mean = total / len(values)\n"
    first = "a = 1\nb = [x ** 2 for x in range(10)]\n" + copied
    second = copied.replace("total", "s") + "print('done', 3, 4, [5, 6], {7: 8})\n"
    others = {f"s{i}": f"q{i} = {list(range(i, i + 9))}\nr = q{i}[{i}] * {i} - {i}\n" for i in range(5)}
    best = rank({"one": first, "two": second, **others})[0]
    assert (best.first, best.second) == ("one", "two")
    assert best.passages[0].first[0] >= 3 and best.passages[0].second[0] == 1


def test_code_that_is_no_python_is_read_as_far_as_it_goes():
    assert [t.text for t in tokens("x = (1 +\n")][:3] == ["name", "=", "("]
    assert rank({"a": "x = (", "b": "def", "c": "\x00"}) == []


def test_order_and_names_of_students_do_not_matter():
    students = independent()
    assert rank(students) == rank(dict(reversed(students.items())))


def _cells(code: str, change: Callable[[str], str] = str) -> Callable[[Any], None]:
    """Puts code into a notebook, a cell an answer, as a student does it."""

    def write(notebook: Any) -> None:
        cells = [new_code_cell(part) for part in change(code).split("\n\n") if part.strip()]
        notebook["cells"][3:3] = json.loads(json.dumps(cells))

    return write


@pytest.mark.slow
def test_in_a_class_of_notebooks_all_copies_come_first_with_their_passages(klass):
    students = independent()
    copied = {"renamed": renamed, "moved": moved, "commented": commented}
    originals = random.Random(2).sample(sorted(students), len(copied))
    for student, code in students.items():
        klass.hand_in(student, {}, _cells(code))
    for name, (how, change) in zip(originals, copied.items(), strict=True):
        klass.hand_in(f"{how} copy of {name}", {}, _cells(students[name], change))
    seen = look_back(klass.course, "ps1")
    assert set(seen.result.left) == set(seen.code)  # nobody needs to be graded for this
    pairs = rank(seen.code, seen.given, most=len(copied))
    planted = zip(copied, originals, strict=True)
    assert {(p.first, p.second) for p in pairs} == {
        tuple(sorted((name, f"{how} copy of {name}"))) for how, name in planted
    }
    page = as_html(seen)
    for pair in pairs:
        assert f"<summary>{pair.first} and {pair.second}: " in page and pair.passages
