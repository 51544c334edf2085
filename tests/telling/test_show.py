"""Pictures and tables say the same in words, for the eye and for a screen reader."""

import re
from xml.etree import ElementTree

import pytest
import tensorflow as tf

from autograder import observe, show


@pytest.fixture(scope="module")
def runs():
    moving, still = tf.Variable(1.0, name="moving"), tf.Variable(1.0, name="still")

    def step():
        with tf.GradientTape() as tape:
            loss = moving**2
        g, none = tape.gradient(loss, [moving, still])
        moving.assign_sub(0.1 * g)
        return loss

    return observe(step, [()] * 5, [moving, still])


def test_the_table_says_what_happened_to_each_variable(runs):
    text = repr(show(runs))
    assert re.search(r"moving +one number +yes +finite +2 → 0\.819", text)
    assert re.search(r"still +one number +yes +None +— +0, never", text)


def test_the_html_is_well_formed_and_accessible(runs):
    page = show(broken=runs, repaired=runs)._repr_html_()
    root = ElementTree.fromstring(f"<div>{page}</div>")
    figure = root.find("figure")
    assert figure.get("role") == "img"
    assert "broken: 5 steps. Loss from 1 to 0.168. Moved: moving. Did not move: still." in figure.get(
        "aria-label"
    )
    assert len(root.findall("table/caption")) == 2
    assert all(th.get("scope") for th in root.iter("th"))


def test_the_picture_takes_the_colour_of_the_page(runs):
    page = show(runs)._repr_html_()
    assert "currentColor" in page
    assert "#000000" not in page and "#010203" not in page and "#ffffff" not in page


def test_the_picture_is_the_same_text_every_time(runs):
    assert show(runs)._repr_html_() == show(runs)._repr_html_()


def test_names_from_a_learner_cannot_bring_markup(runs):
    page = show(**{"<script>alert(1)</script>": runs})._repr_html_()
    assert "<script>" not in page


def test_an_exception_is_said():
    def step():
        raise ValueError("no such luck")

    shown = show(observe(step, [()], [tf.Variable(1.0)]))
    assert "Step 1 raised ValueError" in repr(shown) and "no such luck" in shown._repr_html_()
