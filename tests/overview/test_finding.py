"""People found by the end of their ID number, by their phone, their village, sector or cell, and their group."""

from dataclasses import replace

import pytest

from cbs_desktop.duplicates import queries as duplicates
from cbs_desktop.groups.tables import Group
from cbs_desktop.overview import queries as overview
from cbs_desktop.participants import actions
from cbs_desktop.participants.rules import PersonDetails
from cbs_desktop.places import actions as places
from tests.tamper import sql

CARD = "1 1985 7 0123456 0 12"


@pytest.fixture
def people(office, musanze):
    """Four people of two villages, one of whom is called like a village."""
    kabeza = office.do(places.add_path, musanze, ["Cyuve", "Rukoro", "Kabeza"])
    gasiza = office.do(places.add_path, musanze, ["Muhoza", "Kigombe", "Gasiza"])
    alice = PersonDetails(
        "UWERA", "Alice", "F", kabeza, phone="0788 123 456", id_kind="national ID", id_number=CARD
    )  # fmt: skip
    made = [
        alice,
        replace(alice, other_names="Béatrice", place_id=gasiza, id_number="531/77.1234", phone="+257 79 654 321"),
        replace(alice, own_name="KABEZA", other_names="Jean", sex="M", place_id=gasiza, id_number="", phone=""),
        replace(alice, own_name="MUKAMANA", other_names="", place_id=kabeza, id_number="", phone=""),
    ]  # fmt: skip
    for one in made:
        office.do(actions.register, one)


def names(office, typed):
    listed = sorted(row.name for row in office.ask(overview.roster, typed).rows)
    offered = sorted(one.name for one in office.ask(overview.find_people, typed))
    assert offered == listed
    return listed


ALICE, BEATRICE, JEAN, MUKAMANA = "UWERA Alice", "UWERA Béatrice", "KABEZA Jean", "MUKAMANA"  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("6012", [ALICE]),
        ("56012", [ALICE]),
        ("012", []),  # three digits are too few
        ("1198570123456012", [ALICE]),
        (CARD, [ALICE]),
        ("1234", [BEATRICE]),
        ("uwera 1234", [BEATRICE]),
        ("mukamana 1234", []),
        ("0788 123 456", [ALICE]),
        ("0788", [ALICE]),
        ("788 123 456", [ALICE]),
        ("+250 788 123 456", [ALICE]),
        ("79654321", [BEATRICE]),
        ("uwera kabeza", [ALICE]),
        ("kabeza uwera", [ALICE]),
        ("kabeza", sorted([ALICE, JEAN, MUKAMANA])),
        ("kabez", [JEAN]),  # so begins the name of somebody
        ("gasi", sorted([BEATRICE, JEAN])),  # nobody is called so
        ("cyuve", sorted([ALICE, MUKAMANA])),
        ("rukoro", sorted([ALICE, MUKAMANA])),
        ("uwera cyuve kabeza", [ALICE]),
        ("uwera gasiza kabeza", []),
        ("musanze", []),  # a district has a filter of its own
        ('"', []),
        ("kabeza\" OR \"uwera", []),
    ],
)  # fmt: skip
def test_what_is_typed_finds_people(office, people, typed, found):
    assert names(office, typed) == found


def test_a_district_names_nobody_of_its_sectors(office, musanze):
    sector = office.do(places.add_path, musanze, ["Muhoza"])
    for name, place in (("KEZA", musanze), ("UWASE", sector)):
        office.do(actions.register, PersonDetails(name, "", "F", place))
    assert names(office, "musanze") == []
    assert names(office, "muhoza") == ["UWASE"]


def test_a_filter_stands_beside_the_words(office, people, musanze):
    rows = office.ask(overview.roster, "kabeza", "new", musanze).rows
    assert len(rows) == 3
    assert office.ask(overview.roster, "kabeza", "graduated", musanze).rows == ()


def test_a_place_that_moves_to_another_name_is_found_by_that(office, people):
    change = sql("UPDATE place SET name = 'Nyabisinde' WHERE name = 'Kabeza'")
    change(office.folder, office._keys.data)
    assert names(office, "kabeza") == [JEAN]
    assert names(office, "nyabi") == sorted([ALICE, MUKAMANA])


def test_people_are_found_by_the_group_they_are_in(office, grouped):
    groups = grouped(26)
    change = sql(f"UPDATE groups SET name = 'Ubutwari' WHERE id = {groups[0]}")
    change(office.folder, office._keys.data)
    found = office.ask(overview.roster, "ubutwari").rows
    assert found and {row.group for row in found} == {"Ubutwari"}
    assert office.ask(overview.find_people, "ubutw", 100) != []
    one = found[0]
    assert one.id in {row.id for row in office.ask(overview.roster, f"ubutwari {one.name}").rows}  # fmt: skip
    assert Group.__tablename__ == "groups"  # whose index this is


def test_have_we_met_knows_a_card_that_was_issued_again(office, people, musanze):
    typed = PersonDetails("", "", "", musanze, id_number="1198570123456188")
    (first, *_rest) = office.ask(duplicates.met, typed)
    assert first.name == ALICE and first.levels["card"] == 1
