"""The page that says on which TensorFlow this holds."""

import re

from tests.versions import _FOLLOWS_TENSORFLOW, PAGE, RELEASES, Attempts, Lessons, page

WELL = Lessons("2.21.0", "3.15.1", "2.4.6", "3.11.2", 12, {}, 272, ())
ILL = Lessons("2.19.1", "3.9.0", "2.1.3", "3.11.2", 12, {"09-a": "ValueError: no"}, 272, (("08-b", "One."),))


def test_the_page_says_what_differs_and_what_was_not_measured():
    text = page([(WELL, Attempts(1003, ())), (ILL, None)])
    assert "| Lessons that run to their end | 12 of 12 | 11 of 12 |" in text
    assert "| Statements that hold | 272 of 272 | 271 of 272 |" in text
    assert "| Attempts that are judged as their names say | 1,003 of 1,003 | not measured |" in text
    assert "What differs on TensorFlow 2.21.0" not in text
    assert "## What differs on TensorFlow 2.19.1\n\n- 09-a stops: `ValueError: no`\n- 08-b: “One.”" in text


def test_the_page_in_the_course_has_every_release(root):
    heads = re.findall(r"TensorFlow (\d+\.\d+)\.\d+ \|", (root / PAGE).read_text(encoding="utf-8"))
    assert tuple(heads) == RELEASES, "Run `make versions`."


def test_the_newest_release_is_the_one_that_is_fixed(root):
    lock = (root / "requirements.lock").read_text(encoding="utf-8")
    assert f"\ntensorflow=={RELEASES[0]}." in lock
    assert all(_FOLLOWS_TENSORFLOW.match(f"{name}==1") for name in ("tensorflow-cpu", "keras", "numpy"))
    assert not _FOLLOWS_TENSORFLOW.match("nbgrader==1")
