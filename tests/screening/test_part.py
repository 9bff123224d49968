"""One value of a file that people write: what is taken, what is named as a fault, at every border."""

from decimal import Decimal

import pytest

from cbs_desktop.screening.part import Part


def read(value, ask, languages=("en",)):
    """What a part gives for a value under the key `it`, and the kinds of its faults."""
    faults = []
    part = Part({"it": value}, "file", faults, languages)
    return ask(part), [fault.kind for fault in faults]


@pytest.mark.parametrize(
    ("value", "kinds"),
    [
        (1, []),
        (9, []),
        (0, ["outside"]),
        (10, ["outside"]),
        ("1", ["not a number"]),
        (True, ["not a number"]),
    ],
)
def test_a_number_within_its_limits(value, kinds):
    found, told = read(value, lambda part: part.number("it", 1, 9))
    assert told == kinds
    if not kinds:
        assert found == value


@pytest.mark.parametrize(
    ("value", "kinds"),
    [
        (1e6, []),
        (-1_000_000, []),
        (0.1, []),
        (1_000_001, ["not a number"]),
        (float("nan"), ["not a number"]),
        (True, ["not a number"]),
    ],
)
def test_a_decimal_is_kept_as_it_is_written(value, kinds):
    found, told = read(value, lambda part: part.decimal("it"))
    assert told == kinds
    assert found == (None if kinds else Decimal(str(value)))


def test_a_decimal_that_may_be_missing_is_asked_for_only_where_it_is_needed():
    faults = []
    part = Part({}, "file", faults, ("en",))
    assert part.decimal("it", needed=False) is None and faults == []
    assert part.decimal("it") is None
    assert [fault.kind for fault in faults] == ["needed"]


def test_a_flag_is_no_unless_it_is_said():
    assert Part({}, "file", [], ("en",)).flag("it") is False
    assert read(True, lambda part: part.flag("it")) == (True, [])
    assert read(1, lambda part: part.flag("it"))[1] == ["not yes or no"]


@pytest.mark.parametrize(
    ("value", "found", "kinds"),
    [("b", "b", []), ("c", "a", ["not one of"]), (1, "a", ["not a text"])],
)
def test_a_choice_is_one_of_the_words(value, found, kinds):
    assert read(value, lambda part: part.choice("it", ("a", "b"))) == (found, kinds)


@pytest.mark.parametrize(
    ("value", "found", "kinds"),
    [
        ([1, 2], [1, 2], []),
        ([1, "2"], [], ["not numbers"]),
        ([True], [], ["not numbers"]),
        (1, [], ["not numbers"]),
    ],
)
def test_a_list_of_numbers(value, found, kinds):
    assert read(value, lambda part: part.numbers("it")) == (found, kinds)


@pytest.mark.parametrize(
    ("value", "kinds"),
    [
        ({"en": "yes", "fr": "oui"}, []),
        ({"en": "yes"}, ["language missing"]),
        ({"en": "yes", "fr": " "}, ["language missing"]),
        ({"en": "yes", "fr": "oui", "rw": "yego"}, ["unknown key"]),
        ("yes", ["language missing"]),
        (1, ["not a text"]),
        ({"en": "x" * 600, "fr": "y"}, []),
        ({"en": "x" * 601, "fr": "y"}, ["too long"]),
    ],
)
def test_words_in_every_language(value, kinds):
    assert read(value, lambda part: part.words("it"), ("en", "fr"))[1] == kinds


def test_words_of_one_language_need_no_table():
    assert read("yes", lambda part: part.words("it")) == ({"en": "yes"}, [])


@pytest.mark.parametrize(
    ("value", "count", "kinds"),
    [
        ([{}], 1, []),
        ([], 0, ["needed"]),
        ([{}, 1], 0, ["not a table"]),
        ({}, 0, ["not a table"]),
        ([{}] * 400, 400, []),
        ([{}] * 401, 0, ["too many"]),
    ],
)
def test_a_list_of_tables(value, count, kinds):
    found, told = read(value, lambda part: part.parts("it"))
    assert (len(found), told) == (count, kinds)


@pytest.mark.parametrize(
    ("value", "count", "kinds"),
    [([[1, 2]], 1, []), ([], 0, ["needed"]), ([[1, 2], [3]], 1, ["not a table"])],
)
def test_rows_of_one_width(value, count, kinds):
    found, told = read(value, lambda part: part.rows("it", 2))
    assert (len(found), told) == (count, kinds)


def test_what_stands_twice_is_named_and_what_is_missing_is_not():
    faults = []
    part = Part({}, "file", faults, ("en",))
    part.unique("it", [1, 2, None, None])
    assert faults == []
    part.unique("it", [1, 2, 1])
    assert [fault.facts["value"] for fault in faults] == [1]
