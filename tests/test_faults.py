"""The fault table: complete, well formed, and readable inside a finding."""

import re
import subprocess
import sys

import pytest

from autograder.faults import CHAPTERS, FAULTS, chapter_faults, fault

TEXTS = ("symptom", "cause", "cure")

#: How many faults each chapter of the curriculum teaches.
COUNTS = (0, 4, 5, 6, 8, 6, 4, 8, 10, 4, 4, 0)


def each_fault():
    return pytest.mark.parametrize("entry", FAULTS, ids=lambda entry: entry.id)


def test_the_table_has_every_fault_once():
    assert len({entry.id for entry in FAULTS}) == len(FAULTS) == 59


def test_each_chapter_has_its_number_of_faults():
    assert tuple(len(chapter_faults(slug)) for slug in CHAPTERS) == COUNTS


def test_chapters_are_numbered_in_order():
    assert [slug[:3] for slug in CHAPTERS] == [f"{number:02}-" for number in range(12)]
    assert all(CHAPTERS.values())


def test_faults_stand_in_the_order_of_the_chapters():
    chapters = [entry.chapter for entry in FAULTS]
    assert chapters == sorted(chapters)


def test_a_chapter_has_one_family_and_a_family_one_chapter():
    pairs = {(entry.chapter, entry.family) for entry in FAULTS}
    assert len(pairs) == len({chapter for chapter, _ in pairs}) == len({family for _, family in pairs}) == 10


def test_no_text_is_used_twice():
    texts = [getattr(entry, name) for entry in FAULTS for name in ("title", *TEXTS)]
    assert len(set(texts)) == len(texts)


@each_fault()
def test_the_id_is_kebab_case(entry):
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", entry.id)


@each_fault()
def test_the_chapter_is_known(entry):
    assert entry.chapter in CHAPTERS


@each_fault()
def test_the_title_has_three_to_eight_words(entry):
    assert 3 <= len(entry.title.split()) <= 8
    assert not entry.title.endswith(".")


@pytest.mark.parametrize("name", TEXTS)
@each_fault()
def test_a_text_is_whole_sentences(entry, name):
    text = getattr(entry, name)
    assert text == " ".join(text.split())
    assert text.endswith(".") and not text.endswith("..")
    assert len(text) >= 40
    assert (
        text.count("`") % 2 == 0 and text.count("“") == text.count("”") and text.count("(") == text.count(")")
    )


@each_fault()
def test_a_finding_is_short_enough_to_be_read(entry):
    assert len(f"I saw: {entry.symptom} Why: {entry.cause} Try: {entry.cure}") <= 700


@each_fault()
def test_fault_finds_each_id(entry):
    assert fault(entry.id) is entry


def test_an_unknown_fault_suggests_close_names():
    with pytest.raises(LookupError, match="forward-out-of-tape.*Did you mean .*forward-outside-tape"):
        fault("forward-out-of-tape")


def test_an_unknown_fault_without_close_names_suggests_none():
    with pytest.raises(LookupError) as error:
        fault("qqq")
    assert str(error.value) == "There is no fault named 'qqq'."


def test_an_unknown_chapter_suggests_close_names():
    with pytest.raises(LookupError, match="Did you mean 01-tape-scope"):
        chapter_faults("1-tape-scope")


def test_importing_the_table_imports_neither_tensorflow_nor_numpy():
    program = (
        "import sys, autograder.faults; print(sorted({'tensorflow', 'keras', 'numpy'} & set(sys.modules)))"
    )
    result = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "[]"
