"""The places of an office: its country, its districts, and what screens are offered of them."""

import pytest

from cbs_desktop.errors import Invalid, Missing
from cbs_desktop.participants import actions as participants
from cbs_desktop.participants.rules import PersonDetails
from cbs_desktop.places import actions, queries, rules


def names(found):
    return [one.name for one in found]


@pytest.fixture
def ngoma(office):
    return next(one.id for one in office.ask(queries.covered) if one.name == "Ngoma")


def test_districts_are_those_of_the_country_in_order_of_name(office):
    found = names(office.ask(queries.districts))
    assert len(found) == 30 and found == sorted(found)
    office.do(actions.take_up_country, "BI")
    found = names(office.ask(queries.districts))
    assert len(found) == 42 and found == sorted(found)
    office.undo()
    assert "Musanze" in names(office.ask(queries.districts))
    with pytest.raises(Invalid):
        office.do(actions.take_up_country, "XX")


def test_the_districts_of_the_office_are_changed_as_a_whole(office, musanze, ngoma):
    ids = {one.name: one.id for one in office.ask(queries.districts)}
    office.do(actions.cover, [ids["Rubavu"], musanze, ids["Burera"]])
    assert names(office.ask(queries.covered)) == ["Burera", "Musanze", "Rubavu"]


def test_an_office_works_in_a_district_at_least_and_in_districts_only(office, musanze):
    sector = office.do(actions.add_place, musanze, "Cyuve")
    for wrong, kind in (([], "needed"), ([musanze, sector], "not a choice")):
        with pytest.raises(Invalid) as problem:
            office.do(actions.cover, wrong)
        assert [fault.kind for fault in problem.value.faults] == [kind]
    assert names(office.ask(queries.covered)) == ["Musanze", "Ngoma"]


def test_places_of_other_districts_are_not_offered(office, musanze, ngoma):
    office.do(actions.add_place, musanze, "Muhoza")
    office.do(actions.add_place, musanze, "Cyuve")
    office.do(actions.add_path, ngoma, ["Kibungo", "Cyasemakamba"])
    assert names(office.ask(queries.sectors)) == [
        "Musanze › Cyuve",
        "Musanze › Muhoza",
        "Ngoma › Kibungo",
    ]
    office.do(actions.cover, [ngoma])
    assert names(office.ask(queries.sectors)) == ["Ngoma › Kibungo"]
    assert names(office.ask(queries.find_places, "u")) == [
        "Ngoma › Kibungo",
        "Ngoma › Kibungo › Cyasemakamba",
    ]


def test_short_paths_are_found_first_and_no_more_than_asked(office, musanze):
    office.do(actions.add_path, musanze, ["Cyuve", "Kabeza"])
    office.do(actions.add_path, musanze, ["Gacaca", "Kabeza"])
    assert names(office.ask(queries.find_places, "musanze kabeza")) == [
        "Musanze › Cyuve › Kabeza",
        "Musanze › Gacaca › Kabeza",
    ]
    assert names(office.ask(queries.find_places, "musanze", 2)) == [
        "Musanze",
        "Musanze › Cyuve",
    ]


def test_a_place_without_one_above_is_refused(office, musanze):
    with pytest.raises(Missing):
        office.do(actions.add_place, 12345, "Cyuve")
    with pytest.raises(Invalid):
        office.do(actions.add_place, musanze, " ")
    with pytest.raises(Invalid):
        office.do(actions.add_place, musanze, "A" * 61)
    assert office.do(actions.add_place, musanze, "A" * 60)


def test_a_name_that_is_in_no_list_is_kept_as_it_is_typed(office, musanze):
    place_id = office.do(actions.add_path, musanze, ["Cyuve", "Kwa McAna"])
    found = office.ask(queries.find_places, "mcana")
    assert [(one.id, one.name) for one in found] == [
        (place_id, "Musanze › Cyuve › Kwa McAna")
    ]


def test_a_village_belongs_to_its_sector_and_district(office, musanze):
    """A group is formed by sector: people of every village of it are found there."""
    village = office.do(actions.add_path, musanze, ["Cyuve", "Kabeza", "Ahandi"])
    sector = office.ask(queries.sectors)[0].id
    office.do(participants.register, PersonDetails("KEZA", "", "F", village))
    with office._reader.connect() as link:
        row = link.exec_driver_sql(
            "SELECT level, sector_id, district_id FROM place WHERE id = ?", (village,)
        ).one()
    assert tuple(row) == (5, sector, musanze)


@pytest.mark.parametrize(("rooms", "fits"), [(0, True), (99, True), (-1, False), (100, False)])  # fmt: skip
def test_a_facility_holds_up_to_99_groups(office, musanze, rooms, fits):
    if fits:
        assert office.do(actions.add_facility, "Prison", musanze, rooms)
        return
    with pytest.raises(Invalid) as problem:
        office.do(actions.add_facility, "Prison", musanze, rooms)
    assert [fault.field for fault in problem.value.faults] == ["rooms"]


def test_a_facility_lies_in_a_district(office, musanze):
    sector = office.do(actions.add_place, musanze, "Cyuve")
    with pytest.raises(Invalid) as problem:
        office.do(actions.add_facility, "Prison", sector)
    assert [fault.field for fault in problem.value.faults] == ["district"]


def test_facilities_are_in_order_of_name_and_prisons_unless_said(office, musanze):
    office.do(actions.add_facility, "West", musanze)
    office.do(actions.add_facility, "East", musanze)
    found = office.ask(queries.facilities)
    assert [(one.name, one.kind) for one in found] == [
        ("East", rules.PRISON),
        ("West", rules.PRISON),
    ]
