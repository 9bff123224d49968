"""Correctional facilities and refugee camps: offered by district, added, and a camp keeps no rule of a prison."""

from dataclasses import replace
from datetime import date
from random import Random

import pytest

from cbs_desktop import resource
from cbs_desktop.errors import Invalid
from cbs_desktop.groups import eligible
from cbs_desktop.groups import queries as groups
from cbs_desktop.groups.allocation import solver
from cbs_desktop.groups.proposals import proposing
from cbs_desktop.participants import actions as participants
from cbs_desktop.participants import queries as people
from cbs_desktop.places import actions, queries, rules
from cbs_desktop.reports import queries as reports

CAMP = "refugee camp"


def test_the_list_names_districts_that_are_there():
    lines = resource.text("places", "RW.csv").splitlines()
    districts = {line.split(",")[1] for line in lines if not line.startswith("#")}
    listed = resource.toml("places", "facilities.toml")["RW"]
    assert set(listed) == set(rules.FACILITY_KINDS)
    names = [name for kind in listed.values() for name, _district in kind]
    assert len(names) == len(set(names)) == 18
    assert {district for kind in listed.values() for _n, district in kind} <= districts


def test_an_office_is_offered_those_of_its_districts_until_they_are_entered(
    office, musanze
):
    ids = {one.name: one.id for one in office.ask(queries.districts)}
    office.do(actions.cover, [musanze, ids["Karongi"]])
    offered = {one.name: one for one in office.ask(queries.offered_facilities)}
    assert set(offered) == {"Musanze correctional facility", "Kiziba refugee camp"}
    camp = offered["Kiziba refugee camp"]
    assert (camp.kind, camp.district_id) == (CAMP, ids["Karongi"])
    office.do(actions.add_facility, camp.name, camp.district_id, 0, camp.kind)
    assert [one.name for one in office.ask(queries.offered_facilities)] == [
        "Musanze correctional facility"
    ]
    assert [(one.name, one.kind) for one in office.ask(queries.facilities)] == [
        ("Kiziba refugee camp", CAMP)
    ]


@pytest.mark.parametrize(
    ("name", "kind", "fault"),
    [
        (" ", CAMP, ("name", "needed")),
        ("KIZIBA camp", CAMP, ("name", "taken")),
        ("Other", "hotel", ("kind", "not a choice")),
    ],
)
def test_what_is_wrong_with_a_facility_is_said(office, musanze, name, kind, fault):
    office.do(actions.add_facility, "Kiziba camp", musanze, 0, CAMP)
    with pytest.raises(Invalid) as raised:
        office.do(actions.add_facility, name, musanze, 0, kind)
    assert [(f.field, f.kind) for f in raised.value.faults] == [fault]


@pytest.fixture
def living(office, screened, musanze):
    """People who live in a place of a kind, with a day of release where one is given."""

    def make(kind, release_on=None):
        home = office.do(actions.add_facility, f"The {kind}", musanze, 0, kind)
        ids = screened(13)
        for one in ids:
            details = office.ask(people.form, one).details
            changed = replace(details, facility_id=home, release_on=release_on)
            office.do(participants.change, one, changed)
        return home, ids

    return make


@pytest.mark.parametrize(
    ("kind", "track", "counts"),
    [(rules.PRISON, "facility", (0, 1)), (CAMP, "adult", (1, 0))],
)
def test_people_of_a_camp_meet_there_and_count_as_the_community(
    office, round_id, living, kind, track, counts
):
    home, _ids = living(kind)
    found = office.ask(eligible.instance, round_id)
    (pool,) = found.pools
    assert (pool.facility_id, pool.place, pool.track) == (home, f"The {kind}", track)
    solved = solver.solve(found, Random(1))
    proposal = office.do(proposing.propose, round_id, found, solved, 1)
    office.do(proposing.accept, proposal, 1, date(2026, 3, 9))
    (group,) = office.ask(groups.groups)
    assert (group.place, group.track) == (f"The {kind}", track)
    report = office.ask(reports.graduation)
    assert (report.community_groups, report.facility_groups) == counts


def test_only_a_correctional_facility_lets_people_go(office, round_id, living):
    _home, ids = living(rules.PRISON, date(2026, 4, 1))
    found = office.ask(eligible.instance, round_id)
    assert (found.pools, set(found.released)) == ((), set(ids))


def test_a_day_of_release_in_a_camp_is_no_reason(office, round_id, living):
    living(CAMP, date(2026, 4, 1))
    found = office.ask(eligible.instance, round_id)
    assert found.released == () and len(found.pools[0].people) == 13


def test_a_camp_that_is_not_in_the_list_is_added_in_the_form_of_a_person(
    window, desk, office, settle, musanze
):
    from PySide6.QtWidgets import QApplication

    from ui.participants.form import PersonForm
    from ui.widgets.facility import FacilityDialog

    def top(kind):
        return next(
            w
            for w in QApplication.topLevelWidgets()
            if isinstance(w, kind) and w.isVisible()
        )

    window.open("participants")
    settle(desk)
    window._pages["participants"].new_person()
    settle(desk)
    form = top(PersonForm)
    box = form._form.inputs["facility_id"]
    box.setCurrentIndex(box.count() - 1)
    box.picked.emit()
    settle(desk)
    dialog = top(FacilityDialog)
    assert dialog.form.inputs["listed"].itemText(1) == "Musanze correctional facility"
    dialog.form.show_values({"name": "Mweya camp", "kind": CAMP})
    dialog.finish()
    settle(desk)
    (camp,) = office.ask(queries.facilities)
    assert (camp.name, camp.kind, camp.district_id) == ("Mweya camp", CAMP, musanze)
    assert form._form.values()["facility_id"] == camp.id
    form.reject()
    form.reject()
