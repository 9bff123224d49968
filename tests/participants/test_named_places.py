"""Places as sheets name them: whole places in one cell, new sectors asked about once, spellings said."""

from dataclasses import replace

import pytest

from cbs_desktop.duplicates import arriving
from cbs_desktop.errors import Invalid
from cbs_desktop.participants import actions, importing
from cbs_desktop.places import queries as places
from tests.conftest import DAY

HEAD = ("Own name", "Other names", "Sex", "Age", "District", "Sector", "Cell", "Village")  # fmt: skip


NAMES = ("KEZA Aline", "MUGABO Bosco", "UWASE Claire", "NGABO Denis")


def lines_at(*where, head=HEAD):
    names = zip(NAMES, where, strict=False)
    rows = [(*name.split(), "F", 30, *place) for name, place in names]
    return importing.read(rows, importing.guess(head), 2, DAY)


@pytest.mark.parametrize(
    "place",
    [
        ("", "Musanze/Cyuve/Cyanya", "", ""),
        ("", "Musanze, Cyuve, Cyanya", "", ""),
        ("Musanze", "Cyuve - Cyanya", "", ""),
        ("Musanze", "Musanze > Cyuve > Cyanya", "", ""),
        ("Musanze", "Cyuve", "Cyanya", ""),
    ],
)
def test_a_whole_place_may_stand_in_one_cell(office, place):
    office.do(actions.import_people, lines_at(place))
    known = [one.name for one in office.ask(places.sectors)]
    assert "Musanze › Cyuve" in known and not any("/" in name for name in known)


@pytest.mark.parametrize(
    "place",
    [
        ("", "Musanze/Musanze/Kabazungu", "", ""),
        ("Musanze", "Musanze - Kabazungu", "", ""),
        ("Musanze", "Musanze", "Kabazungu", ""),
    ],
)
def test_a_sector_may_have_the_name_of_its_district(office, place):
    assert office.ask(arriving.import_check, lines_at(place)) == []
    office.do(actions.import_people, lines_at(place))
    assert [one.name for one in office.ask(places.sectors)] == ["Musanze › Musanze"]


def test_a_sector_without_its_district_is_not_taken_for_a_district(office):
    """The office has two: nobody knows in which of them Ngoma is."""
    (fault,) = office.ask(arriving.import_check, lines_at(("", "Ngoma", "", "")))
    assert fault.kind == "no such place"


def test_an_address_is_a_whole_place(office):
    head = ("Own name", "Other names", "Sex", "Age", "Aho atuye")
    office.do(actions.import_people, lines_at(("Musanze/Muhoza",), head=head))
    assert "Musanze › Muhoza" in [one.name for one in office.ask(places.sectors)]


def test_new_sectors_are_asked_about_once_and_never_added_in_silence(office):
    lines = lines_at(*[("Musanze", name, "", "") for name in ("Zzabc", "Zzabc", "Xxfgh", "Muhoza")])  # fmt: skip
    (fault,) = office.ask(arriving.import_check, lines)
    assert (fault.kind, fault.row) == ("new sectors", None)
    assert fault.facts["names"] == "Zzabc, Xxfgh"
    with pytest.raises(Invalid):
        office.do(actions.import_people, lines)
    assert office.ask(arriving.import_check, lines, new_places=True) == []
    assert len(office.do(actions.import_people, lines, new_places=True)) == 4
    assert office.ask(arriving.import_check, lines_at(("Musanze", "Zzabc", "", "")))[0].kind == "twice"  # fmt: skip


def test_cells_and_villages_that_look_like_others_are_said(office):
    lines = lines_at(("Musanze", "Cyuve", "Cyanyaa", ""), ("Musanze", "Cyuve", "Bukinanyanaa", ""))  # fmt: skip
    faults = office.ask(arriving.import_check, lines)
    assert [fault.kind for fault in faults] == ["near places"]
    assert "Bukinanyanaa (Bukinanyana?)" in faults[0].facts["names"]
    assert office.ask(arriving.import_check, lines, new_places=True) == []


def test_a_place_of_too_many_levels_is_a_fault(office):
    lines = lines_at(("", "Musanze/Cyuve/Cyanya/Kabeza/More", "", ""))
    assert [fault.kind for fault in office.ask(arriving.import_check, lines)] == [
        "no such place"
    ]


def test_two_people_of_one_name_are_two_when_somebody_says_so(office, lines):
    office.do(actions.import_people, lines(2))
    again = lines(2)
    assert [fault.kind for fault in office.ask(arriving.import_check, again)] == ["twice"] * 2  # fmt: skip
    one = [replace(again[0], apart=True)]
    assert office.ask(arriving.import_check, one) == []
    assert office.do(actions.import_people, one) == {2: "MU-L1-0003"}


def test_one_card_stays_one_person_whatever_is_said(office, lines):
    def with_card(line):
        return replace(line, details=replace(line.details, id_number="1197870012345678", id_kind="national ID"))  # fmt: skip

    office.do(actions.import_people, [with_card(lines(1)[0])])
    apart = [replace(with_card(lines(1)[0]), apart=True)]
    faults = office.ask(arriving.import_check, apart)
    assert [(fault.kind, fault.facts["where"]) for fault in faults] == [
        ("same card", "MU-L1-0001")
    ]
