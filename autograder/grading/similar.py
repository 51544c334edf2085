"""Submissions that resemble each other more than their class explains.

Code is compared as tokens: comments, layout and the names that a student chose
don't count. What the assignment itself gave doesn't count either, and what many
students write counts little. Runs of tokens are fingerprinted as in winnowing
(Schleimer, Wilkerson and Aiken, SIGMOD 2003). A high place in the list is a
reason to look, and never a verdict.
"""

import builtins
import hashlib
import io
import itertools
import keyword
import math
import tokenize
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

#: Tokens in a run, and runs of which the smallest fingerprint is kept. Every
#: common passage of `_RUN + _WINDOW - 1` tokens, about two lines, is found.
_RUN, _WINDOW = 8, 5
_SKIPPED = {
    tokenize.COMMENT,
    tokenize.NL,
    tokenize.NEWLINE,
    tokenize.INDENT,
    tokenize.DEDENT,
    tokenize.ENCODING,
    tokenize.ENDMARKER,
}


@dataclass(frozen=True)
class Token:
    """A token as it is compared, with the line that it stands in."""

    text: str
    line: int


@dataclass(frozen=True)
class Passage:
    """Lines of one submission's code that resemble lines of the other's. Lines count from 1."""

    first: tuple[int, int]
    second: tuple[int, int]


@dataclass(frozen=True)
class Pair:
    """Two submissions and how much they share."""

    first: str
    second: str
    #: 0: nothing that the class doesn't share; 1: everything that one of the two wrote.
    similarity: float
    passages: tuple[Passage, ...]


def rank(submissions: Mapping[str, str], given: str = "", most: int = 20) -> list[Pair]:
    """The pairs of submissions that resemble each other most, first the most alike.

    Args:
        submissions: student → the code of the answers, as one text.
        given: all code that students were given; what stands there counts nothing.
        most: how many pairs to return at most.
    """
    ours = set(_hashes(tokens(given)))
    marks = {student: _marks(tokens(code), ours) for student, code in submissions.items()}
    holders: dict[int, set[str]] = defaultdict(set)
    for student, found in marks.items():
        for mark in found:
            holders[mark].add(student)
    weights = {mark: _weight(len(who), len(marks)) for mark, who in holders.items()}
    totals = {student: sum(weights[m] for m in found) for student, found in marks.items()}
    shared: Counter[tuple[str, str]] = Counter()
    for mark, who in holders.items():
        if weights[mark] > 0:
            for pair in itertools.combinations(sorted(who), 2):
                shared[pair] += weights[mark]
    # Rounded, so that the order in which weights were added doesn't matter.
    scored = [(round(w / min(totals[a], totals[b]), 9), a, b) for (a, b), w in shared.items()]
    best = sorted(scored, key=lambda row: (-row[0], row[1], row[2]))[:most]
    return [Pair(a, b, score, _passages(marks[a], marks[b], weights)) for score, a, b in best]


def tokens(code: str) -> list[Token]:
    """The tokens of Python code as they are compared. Code that cannot be read to its end gives what can."""
    found: list[Token] = []
    try:
        for item in tokenize.generate_tokens(io.StringIO(code).readline):
            if item.type not in _SKIPPED:
                found.append(Token(_comparable(item, found), item.start[0]))
    except (tokenize.TokenError, IndentationError, SyntaxError):
        pass
    return found


def _comparable(item: tokenize.TokenInfo, before: Sequence[Token]) -> str:
    """A token's text; a name that a student may choose becomes "name", a text "text"."""
    if item.type == tokenize.STRING:
        return "text"
    if item.type != tokenize.NAME or keyword.iskeyword(item.string) or hasattr(builtins, item.string):
        return item.string
    # What follows a dot, and what a dot follows, names something of a library.
    return item.string if before and before[-1].text == "." else "name"


def _hashes(found: Sequence[Token]) -> list[int]:
    """A fingerprint of every run of tokens."""
    runs = ("\0".join(t.text for t in found[i : i + _RUN]) for i in range(len(found) - _RUN + 1))
    return [int.from_bytes(hashlib.blake2b(run.encode(), digest_size=8).digest(), "big") for run in runs]


def _fingerprints(found: Sequence[Token]) -> Iterable[tuple[int, int]]:
    """(fingerprint, position of its run) for the smallest fingerprint of each window of runs."""
    hashes, last = _hashes(found), -1
    for start in range(max(1, len(hashes) - _WINDOW + 1)):
        window = hashes[start : start + _WINDOW]
        if window:
            position = start + min(range(len(window)), key=lambda k: (window[k], -k))
            if position != last:
                last = position
                yield hashes[position], position


def _marks(found: list[Token], ours: set[int]) -> dict[int, tuple[int, int]]:
    """Fingerprint → the lines that its run stands in, without what was given."""
    return {
        mark: (found[at].line, found[at + _RUN - 1].line)
        for mark, at in _fingerprints(found)
        if mark not in ours
    }


def _weight(holders: int, students: int) -> float:
    """How much a common fingerprint says: nothing if everybody has it, most if two do."""
    return math.log(students / holders) if holders < students or students <= 2 else 0.0


def _passages(
    first: Mapping[int, tuple[int, int]], second: Mapping[int, tuple[int, int]], weights: Mapping[int, float]
) -> tuple[Passage, ...]:
    """The common lines, neighbouring ones together, in the order of the first submission."""
    common = sorted((first[m], second[m]) for m in first.keys() & second.keys() if weights[m] > 0)
    passages: list[Passage] = []
    for (a, b), (c, d) in common:
        if passages and a <= passages[-1].first[1] + 1 and abs(c - passages[-1].second[1]) <= 2:
            last = passages[-1]
            passages[-1] = Passage(
                (last.first[0], max(last.first[1], b)),
                (min(last.second[0], c), max(last.second[1], d)),
            )
        else:
            passages.append(Passage((a, b), (c, d)))
    return tuple(passages)
