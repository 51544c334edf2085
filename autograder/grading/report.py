"""The class report: one self-contained HTML file about how a class did, and whom to look at."""

import html
import os
from collections import defaultdict
from pathlib import Path

from autograder.faults import FAULTS
from autograder.grading.course import Course
from autograder.grading.lookback import Class
from autograder.grading.names import shown
from autograder.grading.result import GRADED, IN_KERNEL, AssignmentResult, GradingError, SubmissionResult
from autograder.grading.similar import Pair, Passage, rank
from autograder.problems import ASSIGNMENTS

#: Pairs below this share little beyond what the task asks for.
_WORTH_A_LOOK = 0.3
_SLOWEST = 5

#: Readable in light and dark themes and on paper; meaning is in words, never in colour alone.
_STYLE = """
:root{color-scheme:light dark}
body{font:16px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:70rem;padding:0 1rem}
table{border-collapse:collapse;width:100%}
caption{text-align:left;padding:.5rem 0}
th,td{border-bottom:1px solid;padding:.3rem .6rem;text-align:right;vertical-align:top}
th:first-child,td.words{text-align:left}
pre{margin:0;white-space:pre-wrap;text-align:left;font-size:.85rem}
td.code{text-align:left;width:50%}
meter{width:8rem}
@media print{details{display:block}summary{list-style:none}}
"""


def write_report(course: Course, seen: Class) -> Path:
    """Write ``report-ASSIGNMENT.html`` into the course's folder; returns its path.

    The file is the grader's own and is made anew each time. Raises
    `GradingError` if it cannot be written.
    """
    target = course.root / f"report-{seen.result.assignment}.html"
    building = target.with_suffix(".html.new")
    try:
        building.write_text(as_html(seen), encoding="utf-8")
        os.replace(building, target)
    except OSError as error:
        raise GradingError(f"The report cannot be written to {target}: {error.strerror}.") from error
    return target


def as_html(seen: Class) -> str:
    """The report as a page. Whatever comes from students is escaped."""
    result = seen.result
    title = html.escape(f"Report: {result.assignment}")
    sections = (
        _points(result),
        _distribution(result),
        _problems(result),
        _faults(result),
        _to_look_at(result),
        _similar(seen),
        _slowest(result),
    )
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"/><title>{title}</title>'
        f"<style>{_STYLE}</style></head><body><main><h1>{title}</h1><p>{html.escape(_summary(result))}</p>"
        f"{''.join(sections)}</main></body></html>\n"
    )


def _graded(result: AssignmentResult) -> list[SubmissionResult]:
    return [s for s in result.submissions if s.status == GRADED and s.score is not None]


def _summary(result: AssignmentResult) -> str:
    graded = _graded(result)
    by_hand = sum(s.needs_manual_grade for s in graded)
    total = len(result.submissions) + len(result.left)
    sentences = [f"{len(graded)} of {total} submissions are graded."]
    if by_hand:
        sentences.append(f"{by_hand} of them wait for points by hand in formgrader.")
    if result.tests_in_kernel:
        sentences.append(IN_KERNEL)
    if result.left:
        sentences.append(f"Not graded yet: {', '.join(map(_name, result.left))}.")
    return " ".join(sentences)


def _name(student: str) -> str:
    return shown(student)[1:-1]


def _section(heading: str, content: str) -> str:
    return f"<h2>{html.escape(heading)}</h2>{content}" if content else ""


# -- points -----------------------------------------------------------------------------------


def _points(result: AssignmentResult) -> str:
    problems = {p.name: p.max_score for s in result.submissions for p in s.problems}
    head = "".join(
        f'<th scope="col">{html.escape(name)}<br/>of {points:g}</th>' for name, points in problems.items()
    )
    rows = "".join(_row(submission, list(problems)) for submission in result.submissions)
    return (
        f'<table><caption>Points by student and problem</caption><thead><tr><th scope="col">student</th>'
        f'<th scope="col">status</th>{head}<th scope="col">total</th><th scope="col">to say</th></tr></thead>'
        f"<tbody>{rows}</tbody>{_averages(result, list(problems))}</table>"
    )


def _row(submission: SubmissionResult, problems: list[str]) -> str:
    scores = {p.name: f"{p.score:g}" for p in submission.problems}
    cells = "".join(f"<td>{scores.get(name, '–')}</td>" for name in problems)
    total = "–" if submission.score is None else f"{submission.score:g} of {submission.max_score:g}"
    return (
        f'<tr><th scope="row">{html.escape(_name(submission.student))}</th><td>{submission.status}</td>'
        f'{cells}<td>{total}</td><td class="words">{html.escape(submission.reason)}</td></tr>'
    )


def _averages(result: AssignmentResult, problems: list[str]) -> str:
    """A last row: the mean of each problem over the graded submissions."""
    graded = _graded(result)
    if not graded:
        return ""
    by_name = [{p.name: p.score for p in s.problems} for s in graded]
    means = "".join(f"<td>{sum(s.get(n, 0.0) for s in by_name) / len(graded):.2f}</td>" for n in problems)
    total = sum(s.score or 0.0 for s in graded) / len(graded)
    return f'<tfoot><tr><th scope="row">mean</th><td></td>{means}<td>{total:.2f}</td><td></td></tr></tfoot>'


def _distribution(result: AssignmentResult) -> str:
    """How many students are in each tenth of the points."""
    shares = [(s.score or 0.0) / s.max_score for s in _graded(result) if s.max_score]
    if not shares:
        return ""
    counts = [0] * 10
    for share in shares:
        counts[max(0, min(9, int(share * 10)))] += 1
    rows = "".join(
        f'<tr><th scope="row">{10 * i}–{10 * (i + 1)} %</th><td>{count}</td>'
        f'<td class="words"><meter min="0" max="{max(counts)}" value="{count}">{count}</meter></td></tr>'
        for i, count in enumerate(counts)
    )
    head = '<thead><tr><th scope="col">of all points</th><th scope="col">students</th><td></td></tr></thead>'
    return _section("Distribution", f"<table>{head}<tbody>{rows}</tbody></table>")


def _problems(result: AssignmentResult) -> str:
    """How many have all, some or none of each problem's points; the hardest first."""
    by_name: dict[str, list[float]] = defaultdict(list)
    for problem in (p for s in _graded(result) for p in s.problems if p.max_score):
        by_name[problem.name].append(problem.score / problem.max_score)
    rows = "".join(
        f'<tr><th scope="row">{html.escape(name)}</th><td>{sum(shares) / len(shares):.0%}</td>'
        f"<td>{sum(s >= 1 for s in shares)}</td><td>{sum(0 < s < 1 for s in shares)}</td>"
        f"<td>{sum(s <= 0 for s in shares)}</td></tr>"
        for name, shares in sorted(by_name.items(), key=lambda item: sum(item[1]) / len(item[1]))
    )
    head = (
        '<thead><tr><th scope="col">problem</th><th scope="col">points earned</th>'
        '<th scope="col">answers with all points</th><th scope="col">with some</th>'
        '<th scope="col">with none</th></tr></thead>'
    )
    return _section("By problem, hardest first", rows and f"<table>{head}<tbody>{rows}</tbody></table>")


def _faults(result: AssignmentResult) -> str:
    """Which fault the class did not find: share of the points in the problems that train it, lowest first."""
    trained: dict[str, list[str]] = defaultdict(list)
    for problem in ASSIGNMENTS.get(result.assignment, ()):
        for fault in problem.faults:
            if problem.tests:
                trained[fault].append(problem.name)
    earned: list[tuple[float, str, int]] = []
    for fault, names in trained.items():
        scores = [p for s in _graded(result) for p in s.problems if p.name in names and p.max_score]
        if scores:
            full = sum(p.score == p.max_score for p in scores)
            earned.append((sum(p.score for p in scores) / sum(p.max_score for p in scores), fault, full))
    titles = {fault.id: fault.title for fault in FAULTS}
    rows = "".join(
        f'<tr><th scope="row">{fault}<br/>{html.escape(titles.get(fault, ""))}</th>'
        f'<td>{share:.0%}</td><td>{full}</td><td class="words">{", ".join(trained[fault])}</td></tr>'
        for share, fault, full in sorted(earned)
    )
    head = (
        '<thead><tr><th scope="col">fault</th><th scope="col">points earned</th>'
        '<th scope="col">answers with all points</th><th scope="col">problems</th></tr></thead>'
    )
    return _section(
        "By fault, least understood first", rows and f"<table>{head}<tbody>{rows}</tbody></table>"
    )


# -- whom to look at ---------------------------------------------------------------------------


def _to_look_at(result: AssignmentResult) -> str:
    items = [
        f"<li>{html.escape(_name(s.student))} ({s.status}): {html.escape(_why(s))}</li>"
        for s in result.submissions
        if s.attention or s.needs_manual_grade or s.status != GRADED
    ]
    return _section("To look at", f"<ul>{''.join(items)}</ul>" if items else "")


def _why(submission: SubmissionResult) -> str:
    by_hand = "Waits for points by hand in formgrader." if submission.needs_manual_grade else ""
    return " ".join(filter(None, [submission.reason, by_hand]))


def _slowest(result: AssignmentResult) -> str:
    slow = sorted(_graded(result), key=lambda s: -s.seconds)[:_SLOWEST]
    items = [f"<li>{html.escape(_name(s.student))}: {s.seconds:.1f} s</li>" for s in slow if s.seconds]
    return _section("Slowest submissions", f"<ol>{''.join(items)}</ol>" if items else "")


def _similar(seen: Class) -> str:
    pairs = [pair for pair in rank(seen.code, seen.given) if pair.similarity >= _WORTH_A_LOOK]
    if not pairs:
        return ""
    explained = (
        "<p>Pairs that share more code than the class and the task explain; comments, layout and chosen "
        "names don't count. A reason to look, not a verdict.</p>"
    )
    return _section("Similar submissions", explained + "".join(_pair(pair, seen.code) for pair in pairs))


def _pair(pair: Pair, code: dict[str, str]) -> str:
    first, second = html.escape(_name(pair.first)), html.escape(_name(pair.second))
    rows = "".join(
        f'<tr><td class="code">{_lines(code[pair.first], passage.first)}</td>'
        f'<td class="code">{_lines(code[pair.second], passage.second)}</td></tr>'
        for passage in _longest(pair.passages)
    )
    head = f'<thead><tr><th scope="col">{first}</th><th scope="col">{second}</th></tr></thead>'
    return (
        f"<details><summary>{first} and {second}: {pair.similarity:.0%}</summary>"
        f"<table>{head}<tbody>{rows}</tbody></table></details>"
    )


def _longest(passages: tuple[Passage, ...], most: int = 6) -> list[Passage]:
    return sorted(passages, key=lambda p: p.first[0] - p.first[1])[:most]


def _lines(code: str, span: tuple[int, int]) -> str:
    return f"<pre>{html.escape(chr(10).join(code.splitlines()[span[0] - 1 : span[1]]))}</pre>"
