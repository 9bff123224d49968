"""The letters of the register: what a programme file may say, and what is refused in words."""

from dataclasses import replace

import pytest

from cbs_desktop import resource
from cbs_desktop.programmes.marks import AttendanceMark, MarkSet, mark_faults
from cbs_desktop.programmes.rules import from_file

FILE = resource.toml("programmes", "sociotherapy.toml")
MARKS = from_file(FILE).marks
MADE_UP = AttendanceMark("M", "came", "made up", "rattrapé(e)")


def faults(*marks):
    return [fault.field for fault in mark_faults(MarkSet(marks))]


def test_four_letters_ship_with_words_in_four_languages():
    assert MARKS.letters == ("P", "L", "E", "A")
    assert MARKS.usual == "P"
    assert MARKS.came == {"P", "L"} and MARKS.absent == {"A"}
    assert MARKS.word("A", "fr") == "absent(e)" and MARKS.word("P", "rw") == "yaje"
    for mark in MARKS.every:
        assert all((mark.en, mark.fr, mark.rw, mark.rn))


def test_a_missing_word_is_english_and_an_unknown_letter_itself():
    marks = MarkSet((*MARKS.every, MADE_UP))
    assert marks.word("M", "rn") == "made up"
    assert marks.word("Z", "en") == "Z"


@pytest.mark.parametrize("letter", ["", "p", "PP", "É", "1", "-"])
def test_a_letter_is_one_capital(letter):
    assert faults(*MARKS.every, replace(MADE_UP, letter=letter)) == ["mark 5: letter"]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"counts": "maybe"}, "mark 5: counts"),
        ({"en": ""}, "mark 5: en"),
        ({"fr": "x" * 25}, "mark 5: fr"),
        ({"letter": "P"}, "marks"),
    ],
)
def test_what_is_wrong_with_a_mark_is_named(change, field):
    assert faults(*MARKS.every, replace(MADE_UP, **change)) == [field]


def test_somebody_can_come_and_somebody_can_be_absent():
    present, late, excused, absent = MARKS.every
    assert faults(present, absent) == []
    assert faults(present, late, excused) == ["marks"]
    assert faults(excused, absent) == ["marks"]


def test_a_register_has_two_to_seven_marks():
    more = [replace(MADE_UP, letter=letter) for letter in "BCD"]
    assert faults(*MARKS.every, *more) == []
    assert faults(*MARKS.every, *more, MADE_UP) == ["marks"]


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ({"letter": "M", "counts": "came"}, "mark 5"),
        ({"letter": "M", "counts": "came", "word": {"de": "da"}}, "mark 5: word"),
        ({"letter": "M", "counts": "came", "word": "made up"}, "mark 5: word"),
        ({"letter": "M", "counts": "no", "word": {"en": "m"}}, "mark 5: counts"),
    ],
)
def test_a_file_with_a_wrong_mark_is_refused_by_part_and_key(entry, said):
    with pytest.raises(ValueError, match=f"^{said}$"):
        from_file({**FILE, "mark": [*FILE["mark"], entry]})
