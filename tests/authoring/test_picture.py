"""The README's picture is what lesson 01 shows."""

from xml.etree import ElementTree

import pytest

from autograder.authoring.picture import PICTURE, draw


@pytest.mark.slow
def test_the_picture_comes_from_the_lesson_and_asks_for_the_reader_s_theme(root):
    svg = draw(root)
    ElementTree.fromstring(svg)
    assert "broken: loss" in svg and "repaired: loss" in svg and "prefers-color-scheme:dark" in svg


def test_the_committed_picture_is_shown_by_the_readme(root):
    assert f"]({PICTURE})" in (root / "README.md").read_text(encoding="utf-8")
    assert "prefers-color-scheme:dark" in (root / PICTURE).read_text(encoding="utf-8")
