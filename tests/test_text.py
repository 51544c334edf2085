"""What people read: no misspelt word, no link that leads nowhere."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT

#: Pages that people read, as text.
PAGES = sorted(
    p
    for pattern in ("*.md", "course/**/*.md", "course/*.nb.py", "solutions/*/*.nb.py")
    for p in ROOT.glob(pattern)
)
LINK = re.compile(r"\]\(([^)\s]+)\)")

#: Documentation that a page may link to; nothing else outside the repository.
KNOWN = (
    "https://www.tensorflow.org/",
    "https://keras.io/",
    "https://nbgrader.readthedocs.io/",
    "https://distributed.dask.org/",
    "https://jobqueue.dask.org/",
    "https://kubernetes.dask.org/",
)


def links(page: Path) -> list[str]:
    """The links of a page's prose; in a notebook's text source that is what stands in comments."""
    lines = page.read_text(encoding="utf-8").splitlines()
    prose = [line for line in lines if page.suffix == ".md" or line.startswith("#")]
    return LINK.findall("\n".join(prose))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_leads_somewhere(page):
    broken = []
    for link in links(page):
        if link.startswith(("http:", "https:")):
            if not link.startswith(KNOWN):
                broken.append(link)
        elif not (page.parent / link.split("#")[0] if link[0] != "#" else page).exists():
            broken.append(link)
    assert broken == []


def test_links_are_found():
    assert sum(len(links(page)) for page in PAGES) > 5


def test_no_word_is_misspelt():
    command = [sys.executable, "-m", "codespell_lib", "README.md", "CONTRIBUTING.md", "course", "solutions"]
    found = subprocess.run([*command, "autograder", "tests"], cwd=ROOT, capture_output=True, text=True)
    assert found.stdout == ""
    assert found.returncode == 0, found.stderr


def test_the_glossary_is_in_order_and_names_each_word_once():
    rows = [
        line for line in (ROOT / "course/glossary.md").read_text().splitlines() if line.startswith("| **")
    ]
    words = [row.split("**")[1].lower() for row in rows]
    assert words == sorted(set(words)) and len(words) > 20
