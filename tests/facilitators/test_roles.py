"""One person over time: participant, graduate, facilitator. Nobody leads a group in which they sit."""

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtWidgets import QApplication, QLabel

from cbs_desktop.duplicates import actions as duplicates
from cbs_desktop.errors import Invalid, RuleBroken
from cbs_desktop.facilitators import actions, queries
from cbs_desktop.facilitators.rules import FacilitatorDetails
from cbs_desktop.groups import actions as groups
from cbs_desktop.groups import eligible
from cbs_desktop.groups import queries as group_queries
from cbs_desktop.overview import queries as overview
from cbs_desktop.overview.roles import RoleSpan
from cbs_desktop.participants import actions as participants
from cbs_desktop.participants import queries as people
from cbs_desktop.participants.rules import PersonDetails
from ui.widgets.dialog import Dialog

SINCE = date(2026, 2, 1)


@pytest.fixture
def keza(office, musanze):
    """A participant, and a facilitator who is the same person."""
    person = office.do(
        participants.register, PersonDetails("KEZA", "Alice", "F", musanze)
    )
    details = FacilitatorDetails(
        "KEZA", "Alice", "F", "", musanze, person_id=person, since=SINCE
    )
    return person, office.do(actions.register_facilitator, details), details


def test_the_link_is_shown_on_both_sides_and_can_be_undone(office, keza):
    person, facilitator, details = keza
    (row,) = office.ask(queries.facilitators)
    assert row.person == f"KEZA Alice · {office.ask(people.form, person).number}"
    assert office.ask(overview.record, person).roles == (
        RoleSpan("facilitator", SINCE, outcome="active"),
    )
    office.do(groups.change_facilitator, facilitator, replace(details, person_id=None))
    assert office.ask(overview.record, person).roles == ()
    office.undo()
    assert office.ask(queries.facilitators)[0].details == details


def test_one_participant_is_one_facilitator(office, keza):
    _person, _facilitator, details = keza
    with pytest.raises(Invalid) as raised:
        office.do(actions.register_facilitator, replace(details, other_names="A."))
    assert [(f.field, f.kind) for f in raised.value.faults] == [
        ("person_id", "facilitator already")
    ]
    with pytest.raises(Invalid) as raised:
        office.do(
            actions.register_facilitator,
            replace(details, person_id=None, since=date(2030, 1, 1)),
        )
    assert [f.field for f in raised.value.faults] == ["since"]


def test_merging_hands_the_link_over_and_parting_gives_it_back(office, keza, musanze):
    person, facilitator, _details = keza
    kept = office.do(
        participants.register, PersonDetails("KEZA", "Alisa", "F", musanze)
    )
    merge = office.do(
        duplicates.merge, kept, person, PersonDetails("KEZA", "Alice", "F", musanze)
    )
    assert office.ask(queries.facilitators)[0].details.person_id == kept
    office.do(duplicates.part, merge)
    assert office.ask(queries.facilitators)[0].details.person_id == person
    assert facilitator


def test_a_round_is_told_with_its_group_and_how_it_ended(office, grouped, calendar):
    (group,) = grouped(13)
    member = office.ask(group_queries.group, group).members[0].person_id
    (span,) = office.ask(overview.record, member).roles
    assert (span.round, span.group, span.outcome) == ("2026A", "Ituze", "in the group")
    calendar.day = date(2026, 12, 1)
    assert office.ask(overview.record, member).roles[0].outcome == "no certificate"


def test_graduates_of_the_practice_office_are_told_so(practice):
    from cbs_desktop.certificates import queries as certificates

    issued = practice.ask(certificates.register)[0]
    told = practice.ask(overview.record, issued.person_id).roles
    assert told[-1].outcome == "graduated" and told[-1].band in (
        "youth",
        "adult",
        "unknown",
    )


def test_nobody_leads_a_group_in_which_they_sit(
    office, grouped, screened, round_id, musanze, moves_to, calendar
):
    (group,) = grouped(13)
    members = [one.person_id for one in office.ask(group_queries.group, group).members]
    details = FacilitatorDetails(
        "KEZA", "Alice", "F", "", musanze, person_id=members[0]
    )
    facilitator = office.do(actions.register_facilitator, details)
    facts = {
        one.id: one for one in office.ask(eligible.instance, round_id).facilitators
    }
    assert members[0] in facts[facilitator].ties  # the proposal keeps them apart
    before = office.ask(group_queries.group, group)
    with pytest.raises(RuleBroken) as raised:
        office.do(groups.change_group, group, "Ituze", "", [facilitator])
    assert raised.value.facts["rule"] == "leads own group"
    office.do(groups.change_facilitator, facilitator, replace(details, person_id=None))
    office.do(groups.change_group, group, "Ituze", "", [facilitator])
    with pytest.raises(RuleBroken) as raised:  # and not the other way round
        office.do(groups.change_facilitator, facilitator, details)
    assert raised.value.facts["rule"] == "leads own group"
    assert before.members == office.ask(group_queries.group, group).members
    (late,) = moves_to(screened(1, sector="Cyuve"), "Muhoza")
    office.do(groups.change_facilitator, facilitator, replace(details, person_id=late))
    calendar.day = date(2026, 3, 16)
    with pytest.raises(RuleBroken) as raised:
        office.do(groups.add_late, late, group, calendar.day)
    assert raised.value.facts["rule"] == "leads own group"


def test_two_records_of_which_one_leads_the_other_are_not_merged(
    office, grouped, musanze
):
    (group,) = grouped(13)
    member = office.ask(group_queries.group, group).members[0].person_id
    other = office.do(
        participants.register, PersonDetails("KEZA", "Alice", "F", musanze)
    )
    lead = FacilitatorDetails("KEZA", "Alice", "F", "", musanze, person_id=other)
    facilitator = office.do(actions.register_facilitator, lead)
    office.do(groups.change_group, group, "Ituze", "", [facilitator])
    with pytest.raises(RuleBroken) as raised:
        office.do(
            duplicates.merge, member, other, office.ask(people.form, member).details
        )
    assert raised.value.facts["rule"] == "leads own group"


def words(widget):
    return " | ".join(each.text() for each in widget.findChildren(QLabel))


def test_the_form_finds_the_participant_and_the_page_tells_it(
    window, desk, office, settle, keza, qtbot
):
    person, _facilitator, _details = keza
    window.open("facilitators")
    settle(desk)
    page = window._pages["facilitators"]
    page.table.choose(0)
    page.edit()
    settle(desk)
    dialog = next(
        w
        for w in QApplication.topLevelWidgets()
        if isinstance(w, Dialog) and w.isVisible()
    )
    box = dialog.inside.inputs["person_id"]
    assert box.value() == person
    box.clear()
    qtbot.keyClicks(box, "kez")
    settle(desk)
    assert box._list.stringList() == [office.ask(queries.facilitators)[0].person]
    box.setText(box._list.stringList()[0])
    dialog.finish()
    settle(desk)
    assert office.ask(queries.facilitators)[0].details.person_id == person
    window.open("participants", person)
    settle(desk)
    assert "since 1 Feb 2026; leads groups now" in words(window._pages["participants"])
