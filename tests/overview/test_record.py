"""The card of a person: the way through the season, what comes of a withdrawal, what each role sees."""

from datetime import date, timedelta

import pytest

from cbs_desktop.errors import Missing
from cbs_desktop.facilitators import actions as facilitators
from cbs_desktop.facilitators.rules import FacilitatorDetails
from cbs_desktop.groups import actions as groups
from cbs_desktop.groups import queries as group_queries
from cbs_desktop.overview import queries as overview
from cbs_desktop.overview.consents import consequences
from cbs_desktop.participants import actions as participants
from cbs_desktop.participants.rules import ConsentDetails, PersonDetails
from cbs_desktop.places import queries as places
from tests.conftest import DAY

EVERYTHING = ("programme", "screening", "photo", "sharing", "follow-up")


@pytest.fixture
def member(office, grouped):
    """Somebody who is in a group."""
    (group,) = grouped(13)
    return office.ask(group_queries.group, group).members[0].person_id


def steps(office, person_id):
    return [
        (event.day, event.code, event.detail)
        for event in office.ask(overview.record, person_id).events
    ]


def test_the_way_of_a_member_is_told_in_the_order_of_its_days(office, member):
    joined = date(2026, 3, 9)
    found = steps(office, member)
    assert [day for day, _code, _detail in found] == [DAY] * 4 + [joined]
    assert {code: detail for _day, code, detail in found} == {
        "registered": "",
        "consent": "written",
        "screened": "",
        "decided": "sociotherapy",
        "joined": "Ituze",
    }
    record = office.ask(overview.record, member)
    assert (record.row.group, record.row.state) == ("Ituze", "in group")
    assert record.no_consent == ""


def test_who_left_is_told_with_the_reason(office, member, calendar):
    calendar.day = date(2026, 3, 20)
    office.do(groups.leave_programme, member, calendar.day, "moved away")
    left = [one for one in steps(office, member) if one[0] == calendar.day]
    assert sorted(left) == [
        (calendar.day, "left", "moved away"),
        (calendar.day, "moved", "moved away"),
    ]
    record = office.ask(overview.record, member)
    assert record.row.group == ""
    assert [role.outcome for role in record.roles] == ["moved away"]


@pytest.mark.parametrize(("active", "outcome"), [(True, "active"), (False, "inactive")])  # fmt: skip
def test_a_facilitator_is_active_or_not(office, musanze, active, outcome):
    person = office.do(
        participants.register, PersonDetails("KEZA", "Aline", "F", musanze)
    )
    lead = FacilitatorDetails("KEZA", "Aline", "F", "", musanze, active=active, person_id=person)  # fmt: skip
    office.do(facilitators.register_facilitator, lead)
    (role,) = office.ask(overview.record, person).roles
    assert (role.role, role.outcome) == ("facilitator", outcome)


def test_what_was_agreed_on_one_paper_is_one_step(office, musanze):
    details = PersonDetails("KEZA", "Aline", "F", musanze, born_year=1990)
    person = office.do(participants.register, details, ConsentDetails(DAY))
    office.do(
        participants.give_consent, person, ConsentDetails(DAY, "oral", ("photo",))
    )
    office.do(groups.withdraw_consent, person, ("photo", "screening"), DAY)
    events = office.ask(overview.record, person).events
    told = [(e.code, e.detail, e.purposes) for e in events if e.purposes]
    assert told == [
        ("consent", "written", ("programme", "screening")),
        ("consent", "oral", ("photo",)),
        ("withdrawn", "", ("screening", "photo")),
    ]


@pytest.mark.parametrize(
    ("born", "shown", "certain"),
    [
        ({"born_on": date(1990, 5, 4)}, "1990-05-04", "day"),
        ({"born_year": 1990}, "1990", "year"),
        ({"born_year": 1990, "age_estimated": True}, "1990", "estimate"),
        ({}, "", ""),
    ],
)
def test_birth_is_shown_as_far_as_it_is_known(office, musanze, born, shown, certain):
    person = office.do(
        participants.register, PersonDetails("KEZA", "", "F", musanze, **born)
    )
    record = office.ask(overview.record, person)
    assert (record.born, record.certainty) == (shown, certain)


def test_background_is_for_those_who_may_see_it(sign_in):
    office = sign_in("coordinator")
    district = office.ask(places.covered)[0].id
    details = PersonDetails("KEZA", "", "F", district, categories=("widow",))
    person = office.do(participants.register, details)
    assert office.ask(overview.record, person).categories == ("widow",)
    office.close()
    clerk = sign_in("clerk")
    assert clerk.ask(overview.record, person).categories is None


def told(office, person_id):
    found = office.ask(consequences, person_id)
    return [(one.purpose, one.code, one.count, one.group) for one in found]


def test_what_comes_of_a_withdrawal_is_told_before(office, member, calendar):
    assert told(office, member) == [
        ("programme", "leaves group", 0, "Ituze"),
        ("programme", "not active", 0, ""),
        ("programme", "attendance stays", 0, ""),
        ("screening", "no questionnaires", 0, ""),
        ("screening", "results sealed", 1, ""),
    ]
    calendar.day += timedelta(days=400)  # the group has had its last session
    assert told(office, member)[0] == ("programme", "not active", 0, "")


def test_every_purpose_has_its_consequence(office, musanze):
    details = PersonDetails("KEZA", "", "F", musanze)
    person = office.do(
        participants.register, details, ConsentDetails(DAY, purposes=EVERYTHING)
    )
    assert [(purpose, code) for purpose, code, *_rest in told(office, person)] == [
        ("programme", "not active"),
        ("screening", "no questionnaires"),
        ("photo", "no pictures"),
        ("sharing", "no names"),
        ("follow-up", "no visits"),
    ]
    office.do(participants.leave, person, DAY, "work")
    assert told(office, person)[0][1] == "no questionnaires"
    with pytest.raises(Missing):
        told(office, 12345)


def test_certificates_that_stand_stay(practice):
    from cbs_desktop.certificates import queries as certificates

    issued = practice.ask(certificates.register)[0]
    assert ("programme", "certificates stay", 1, "") in told(practice, issued.person_id)
    assert "certified" in {
        code for _day, code, _detail in steps(practice, issued.person_id)
    }
    assert practice.ask(overview.record, issued.person_id).completion is not None
