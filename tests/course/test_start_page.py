"""The start page leads everywhere, and every page leads on and back."""

import re
from pathlib import Path

import pytest

from autograder.faults import CHAPTERS
from autograder.problems import ASSIGNMENTS

SLUGS = list(CHAPTERS)
TIME = re.compile(r"\*\*Time:\*\* (\d+ minutes) to read and run(?:, then (about [\w ]+) for the exercise)?")
ROW = re.compile(r"^# \| \[(.+?)\]\((.+?)\) \| (.+?) \| (?:\[.+?\]\((.+?)\)|none) \|(.*)\|$", re.MULTILINE)


def text(root: Path, path: str) -> str:
    return (root / path).read_text(encoding="utf-8")


def lesson(slug: str) -> str:
    return f"{slug[:2]} · {CHAPTERS[slug]}"


def links(page: str) -> set[str]:
    return {link for link in re.findall(r"\]\(([^)\s]+)\)", page) if link.endswith(".ipynb")}


def plain(title: str) -> str:
    return title.replace("`", "")


def test_it_lists_every_lesson_with_its_exercise_and_the_time_that_they_state(root):
    rows = ROW.findall(text(root, "course/index.nb.py"))
    assert [row[1] for row in rows] == [f"{slug}.ipynb" for slug in SLUGS]
    for slug, (title, _, minutes, exercise, hours) in zip(SLUGS, rows):
        stated = TIME.search(text(root, f"course/{slug}.nb.py"))
        assert title == lesson(slug)
        assert (minutes, hours.strip()) == (stated[1], stated[2] or "")
        assert exercise == (f"../exercises/{slug}/{slug}.ipynb" if slug in ASSIGNMENTS else "")


@pytest.mark.parametrize("slug", SLUGS)
def test_a_lesson_is_called_what_links_call_it_and_leads_on_and_back(root, slug):
    page = text(root, f"course/{slug}.nb.py")
    assert plain(page.splitlines()[1]) == f"# # {lesson(slug)}"
    following = SLUGS[SLUGS.index(slug) + 1 : SLUGS.index(slug) + 2]
    wanted = {"index.ipynb", *(f"{n}.ipynb" for n in following)}
    if slug in ASSIGNMENTS:
        wanted.add(f"../exercises/{slug}/{slug}.ipynb")
    assert wanted <= links(page)


@pytest.mark.parametrize("slug", ASSIGNMENTS)
def test_an_exercise_leads_to_its_lesson_to_the_next_one_and_back(root, slug):
    page = text(root, f"solutions/{slug}/{slug}.nb.py")
    following = SLUGS[SLUGS.index(slug) + 1 : SLUGS.index(slug) + 2]
    assert links(page) == {
        "../../course/index.ipynb",
        *(f"../../course/{name}.ipynb" for name in [slug, *following]),
    }


@pytest.mark.parametrize("slug", ASSIGNMENTS)
def test_the_words_that_the_start_page_explains_can_be_used_at_once(root, slug):
    [imported] = re.findall(
        r"^from autograder import (.*)$", text(root, f"solutions/{slug}/{slug}.nb.py"), re.M
    )
    assert {"check", "hint", "reset", "solution", "check_notebook"} <= set(imported.split(", "))
