"""Registering and importing in a real office."""

from dataclasses import replace
from datetime import date

import pytest

from cbs_desktop.duplicates import arriving
from cbs_desktop.errors import Invalid, Missing, Refused
from cbs_desktop.overview import queries as overview
from cbs_desktop.participants import actions, queries
from cbs_desktop.participants.rules import ConsentDetails, PersonDetails
from cbs_desktop.places import queries as places


@pytest.fixture
def alice(musanze):
    return PersonDetails(
        "MUKAMANA",
        "Alice",
        "F",
        musanze,
        born_on=date(1990, 5, 4),
        categories=("widow",),
    )


def test_registered_found_by_any_part_and_shown_in_full(office, alice, today):
    person_id = office.do(actions.register, alice, ConsentDetails(today))
    for words in ("muk", "ali muka", "MU-L1-0001", "alice"):
        assert [row.id for row in office.ask(overview.roster, words).rows] == [
            person_id
        ], words
    record = office.ask(overview.record, person_id)
    assert (record.row.name, record.row.age, record.row.state) == (
        "MUKAMANA Alice",
        35,
        "new",
    )
    assert record.categories == ("widow",) and record.no_consent == ""
    assert [(c.purpose, c.given_on, c.mode) for c in record.consents] == [
        ("programme", today, "written"),
        ("screening", today, "written"),
    ]


def test_numbers_go_on_after_an_undo(office, alice):
    office.do(actions.register, alice)
    office.undo()
    assert office.ask(overview.roster).rows == ()
    second = office.do(actions.register, replace(alice, other_names="Aline"))
    assert office.ask(overview.record, second).row.number == "MU-L1-0002"


def test_the_bar_tells_what_was_done_and_undo_names_it(office, alice):
    office.do(actions.register, alice)
    assert office.last_change.done == "Registered MUKAMANA Alice"
    assert {"participants"} <= office.last_change.rooms
    assert office.undoable()[0] == "Registered MUKAMANA Alice"


def test_a_fault_changes_nothing(office, alice):
    before = office.check().acts
    with pytest.raises(Invalid) as raised:
        office.do(
            actions.register, replace(alice, own_name="x" * 300, sex="?", phone="12")
        )
    assert {fault.field for fault in raised.value.faults} == {
        "own_name",
        "sex",
        "phone",
    }
    assert office.check().acts == before


def test_change_and_history(office, alice):
    person_id = office.do(actions.register, alice)
    office.do(
        actions.change,
        person_id,
        replace(alice, other_names="Aline", phone="0788123456"),
    )
    assert office.ask(overview.record, person_id).row.name == "MUKAMANA Aline"
    assert [row.id for row in office.ask(overview.roster, "0788").rows] == [person_id]
    assert office.ask(overview.roster, "alice").rows == ()
    latest = office.ask(overview.history, person_id)[0]
    assert (
        "other_names",
        "Alice",
        "Aline",
    ) in latest.fields and latest.account == "coordinator"
    office.undo()
    assert office.ask(overview.record, person_id).row.name == "MUKAMANA Alice"


def test_leaving_and_coming_back_by_undo(office, alice, today):
    person_id = office.do(actions.register, alice)
    office.do(actions.leave, person_id, today, "moved away")
    assert office.ask(overview.record, person_id).row.state == "left"
    office.undo()
    assert office.ask(overview.record, person_id).row.state == "new"
    with pytest.raises(Invalid):
        office.do(actions.leave, person_id, date(2030, 1, 1), "because")
    with pytest.raises(Missing):
        office.do(actions.leave, 1, today, "illness")


@pytest.mark.parametrize("typed", ["31/11/2026", "soon", ""])
def test_a_day_that_is_none_is_a_fault_not_a_crash(office, alice, typed):
    with pytest.raises(Invalid):
        office.do(actions.register, replace(alice, born_on=typed or "?"))
    person_id = office.do(actions.register, alice)
    with pytest.raises(Invalid):
        office.do(actions.leave, person_id, typed, "illness")


def test_an_import_is_all_or_nothing_and_one_undo(office, lines):
    good = lines(30)
    bad = [
        *good[:10],
        replace(good[10], details=replace(good[10].details, sex="")),
        *good[11:],
    ]
    with pytest.raises(Invalid) as raised:
        office.do(actions.import_people, bad)
    assert [(fault.row, fault.field) for fault in raised.value.faults] == [(12, "sex")]
    assert office.ask(overview.roster).count == 0
    office.do(actions.import_people, good)
    assert office.ask(overview.roster).count == 30
    office.undo()
    assert office.ask(overview.roster).count == 0


def test_duplicates_within_the_sheet_and_in_the_office_are_named(office, lines):
    office.do(actions.import_people, lines(3))
    faults = office.ask(arriving.import_check, lines(4))
    assert [(fault.row, fault.kind) for fault in faults] == [
        (2, "twice"),
        (3, "twice"),
        (4, "twice"),
    ]
    twice = lines(1, sector="Cyuve") * 2
    assert [
        fault.facts["where"] for fault in office.ask(arriving.import_check, twice)
    ] == [2]


def test_a_place_outside_the_office_is_refused_row_by_row(office, lines):
    strange = [replace(one, place=("Nyarugenge", "Gitega", "", "")) for one in lines(2)]
    assert [(f.row, f.kind) for f in office.ask(arriving.import_check, strange)] == [
        (2, "other district"),
        (3, "other district"),
    ]


def test_new_sectors_and_villages_are_entered_once(office, lines):
    office.do(
        actions.import_people,
        lines(20, sector="Cyuve", village="Kabeza", cell="Rukoro"),
    )
    found = [one.name for one in office.ask(places.find_places, "kabeza")]
    assert found == ["Musanze › Cyuve › Rukoro › Kabeza"]


def test_background_is_for_those_who_may_see_it(sign_in):
    coordinator = sign_in("coordinator")
    district = coordinator.ask(places.covered)[0].id
    alice = PersonDetails("MUKAMANA", "Alice", "F", district, categories=("widow",))
    person_id = coordinator.do(actions.register, alice)
    coordinator.close()
    clerk = sign_in("clerk")
    assert clerk.ask(overview.record, person_id).categories is None
    assert clerk.ask(queries.form, person_id).details.categories is None
    with pytest.raises(Refused):
        clerk.do(actions.change, person_id, replace(alice, categories=("survivor",)))
    clerk.do(
        actions.change, person_id, replace(alice, categories=None, phone="0788123456")
    )
