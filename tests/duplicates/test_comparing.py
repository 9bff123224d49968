"""In what two records agree, trait by trait, and who is compared with whom at all."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from cbs_desktop.duplicates import blocking, comparing
from cbs_desktop.duplicates.candidates import traits_of
from cbs_desktop.participants.rules import PersonDetails

UWERA = PersonDetails(
    "UWERA", "Marie", "F", None, born_year=1990, phone="0788 123 456", id_number="1199070012345678"
)  # fmt: skip
CYUVE = "Musanze › Cyuve › Cyanya › Ahandi"


def level(trait, changes, before=None, place=CYUVE, path=CYUVE):
    """How far UWERA and somebody who differs from her in this agree in a trait."""
    one = traits_of(replace(UWERA, **(before or {})), place)
    other = traits_of(replace(UWERA, **{**(before or {}), **changes}), path)
    there = comparing.compare([one], [other])[0]
    back = comparing.compare([other], [one])[0]
    position = comparing.TRAITS.index(trait)
    assert there[position] == back[position]
    return there[position]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"own_name": "Mariya", "other_names": "Uwela"}, 4),
        ({"other_names": "Marie Chantal"}, 2),
        ({"own_name": "KAMANZI", "other_names": "Jean"}, 0),
    ],
)
def test_names_agree_in_any_order_and_spelling(changes, expected):
    assert level("names", changes) == expected


DAY = date(1990, 5, 3)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ((None, DAY), (None, DAY), 4),
        ((None, DAY), (None, date(1990, 5, 4)), 2),
        ((None, DAY), (1990, None), 3),
        ((1990, None), (1990, None), 3),
        ((1990, None), (1992, None), 1),
        ((1990, None), (1993, None), 0),
        ((1990, None), (None, None), -1),
        ((None, None), (None, None), -1),
        ((None, DAY), (None, None), -1),
    ],
)
def test_births_agree_by_day_or_by_year(one, other, expected):
    first, second = (dict(zip(("born_year", "born_on"), each, strict=True)) for each in (one, other))  # fmt: skip
    assert level("birth", second, first) == expected


@pytest.mark.parametrize(
    ("place", "path", "expected"),
    [
        (CYUVE, CYUVE, 4),
        (CYUVE, "Musanze › Cyuve › Cyanya › Kabeza", 3),
        (CYUVE, "Musanze › Cyuve", 2),
        (CYUVE, "Musanze › Gacaca › Cyanya › Ahandi", 1),
        (CYUVE, "Ngoma", 0),
        (CYUVE, "", -1),
        ("Musanze", "Musanze", 1),
        (f"{CYUVE} › Isibo", f"{CYUVE} › Isibo", 4),
    ],
)
def test_places_agree_from_the_district_down(place, path, expected):
    assert level("place", {}, place=place, path=path) == expected


@pytest.mark.parametrize(
    ("trait", "changes", "expected"),
    [
        ("sex", {"sex": "M"}, 0),
        ("sex", {"sex": ""}, -1),
        ("phone", {"phone": "+250 788 123 456"}, 1),
        ("phone", {"phone": "0788 123 457"}, 0),
        ("phone", {"phone": ""}, -1),
        ("card", {"id_number": "1 1990 7 0012345 6 78"}, 2),
        ("card", {"id_number": "1199070012345699"}, 1),
        ("card", {"id_number": "1199070012344678"}, 0),
        ("card", {"id_number": ""}, -1),
    ],
)
def test_what_one_record_lacks_says_nothing(trait, changes, expected):
    assert level(trait, changes) == expected


@pytest.mark.parametrize(
    ("birth", "phone", "card", "asked"),
    [(1, 0, 0, False), (2, -1, -1, True), (-1, 1, -1, True), (0, 0, 1, True)],
)
def test_names_alone_are_no_reason_to_ask(birth, phone, card, asked):
    levels = np.array([[4, 1, birth, 4, phone, card]])
    assert comparing.agree_beyond_names(levels).tolist() == [asked]


def test_an_initial_stays_the_letter_that_it_is():
    one, other = (traits_of(replace(UWERA, other_names=each), CYUVE) for each in "RL")
    assert one.names != other.names
    assert one.names == "r uera"


def test_names_that_begin_alike_are_compared_within_a_sector():
    one = sharing(1, names="mukamana uerana", place=("musanze", "cyuve", "cyanya"))
    near = sharing(1, names="mukameta uerano", place=("musanze", "cyuve", "rukoro"))
    far = sharing(1, names="mukameta uerano", place=("musanze", "gacaca", "rukoro"))
    assert blocking.alike([*one, *near]).tolist() == [[0, 1]]
    assert not len(blocking.alike([*one, *far]))


def sharing(count, **shared):
    """So many people who share nothing but this."""
    nobody = traits_of(PersonDetails("", "", "", None), "")
    return [replace(nobody, **shared) for _each in range(count)]


@pytest.mark.parametrize(
    "shared",
    [
        {"phone": "88123456"},
        {"card": "1199070012345"},
        {"names": "uera maria"},
        {"names": "uera", "born_year": 1990},
        {"names": "uera", "born_on": DAY},
        {"born_year": 1990, "place": ("musanze",)},
        {"names": "uera", "place": ("musanze", "cyuve")},
    ],
)
def test_two_who_share_a_trait_are_compared_once(shared):
    assert blocking.alike(sharing(2, **shared)).tolist() == [[0, 1]]


def test_two_of_one_name_or_of_one_day_alone_are_not_compared():
    assert not len(blocking.alike([*sharing(1, names="uera"), *sharing(1, names="maria")]))  # fmt: skip
    one = replace(sharing(1, names="uera")[0], born_year=1990)
    assert not len(blocking.alike([one, replace(one, born_year=1991, sex="F")]))


def test_what_too_many_share_says_nothing():
    assert len(blocking.alike(sharing(60, phone="88123456"))) == 60 * 59 // 2
    assert len(blocking.alike(sharing(61, phone="88123456"))) == 0


@pytest.mark.parametrize("count", [0, 1, 2, 40])
def test_pairs_drawn_at_random_are_two_people_and_the_same_every_time(count):
    drawn = blocking.at_random(count)
    assert (drawn[:, 0] != drawn[:, 1]).all() and (drawn < max(count, 1)).all()
    assert drawn.tolist() == blocking.at_random(count).tolist()
    assert len(drawn) <= count * (count - 1) // 2
    assert len(drawn) > 700 or count < 40


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        ("1199070012345678", 2),
        ("1199070012345999", 1),  # made anew: the first thirteen digits stay
        ("1199070012344678", 0),  # the thirteenth is another
    ],
)
def test_a_card_made_anew_keeps_thirteen_digits(other, expected):
    assert level("card", {"id_number": other}) == expected


def test_names_that_differ_in_a_letter_standing_alone_are_two_people():
    before = {"own_name": "NIYONSENGAMUKIZA", "other_names": "A"}
    assert level("names", {"other_names": "B"}, before) < 3
    assert level("names", {"other_names": "A"}, before) == 4
