"""The decision chart: every branch leads to chapters that exist, and text and picture agree."""

from xml.etree import ElementTree

import pytest

from autograder import chart
from autograder.authoring.picture import CHART, draw_chart
from autograder.faults import CHAPTERS
from autograder.telling.chart import NAMES, QUESTIONS

EXITS = [way_out for question in QUESTIONS for way_out in question.exits]


def test_every_branch_leads_to_chapters_that_exist_and_every_chapter_is_reached():
    known = {slug[:2] for slug in CHAPTERS}
    reached = {number for way_out in EXITS for number in way_out.chapters}
    assert reached <= known
    assert known - reached == {"00", "11"}  # the chart's own chapter, and the one about all faults at once


def test_the_branches_have_names_of_their_own():
    assert len(set(NAMES)) == len(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_one_branch_is_marked(name):
    text, page = repr(chart(name)), chart(name)._repr_html_()
    assert text.count("you are here") == 1
    picture = page[page.index("<svg") :]
    assert picture.count("you are here") == 1


def test_picture_and_text_say_the_same():
    page = chart()._repr_html_()
    ElementTree.fromstring(page)
    for question in QUESTIONS:
        assert question.text in repr(chart()) and question.text in page
    for way_out in EXITS:
        assert way_out.meaning in repr(chart())
    assert "you are here" not in page and "currentColor" in page


def test_an_unknown_branch_names_those_there_are():
    with pytest.raises(ValueError, match="no branch 'gone'.*none"):
        chart("gone")


def test_the_printed_chart_is_this_chart(root):
    assert (root / CHART).read_text(encoding="utf-8") == draw_chart(), "Run `make picture`."
