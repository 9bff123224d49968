"""The same for many: what is told before, what is done, one Undo; permissions as for one person."""

from datetime import date

import pytest

from cbs_desktop.action import Account
from cbs_desktop.errors import Cancelled, Invalid, Missing, Refused, Stale
from cbs_desktop.groups import actions as group_actions
from cbs_desktop.groups import bulk as groups
from cbs_desktop.overview import queries as overview
from cbs_desktop.participants import actions, bulk, queries, rules
from cbs_desktop.participants.bulk import NewPlace
from cbs_desktop.participants.choices import WITHDRAWN
from cbs_desktop.participants.rules import ConsentDetails, PersonDetails
from cbs_desktop.places import actions as places
from cbs_desktop.safe.permissions import Role
from cbs_desktop.screening import actions as screening
from cbs_desktop.screening.actions import Answers, Decided

DAY = date(2026, 3, 2)
ALL = ("programme", "screening", "photo")


@pytest.fixture
def people(office, musanze):
    """An adult without consent, one with the usual, a child, one who withdrew later than the meeting was."""

    def register(name, consent=None, **more):
        details = PersonDetails(name, "Aline", "F", musanze, **more)
        return office.do(actions.register, details, consent)

    usual = ConsentDetails(date(2026, 2, 20))
    found = {
        "new": register("AGACIRO", born_year=1990),
        "usual": register("BATAMURIZA", usual, born_year=1985),
        "child": register("CYUZUZO", born_on=date(2010, 3, 3)),
        "gone": register("DUSABE", usual, born_year=1970),
    }
    office.do(group_actions.withdraw_consent, found["gone"], ("programme",), date(2026, 2, 28))  # fmt: skip
    return found


@pytest.fixture
def decided(office, round_id):
    """Import people and decide them for a group; the id of the last."""

    def make(lines):
        numbers = office.do(actions.import_people, lines)
        known = office.ask(queries.numbers)
        ids = [known[number] for number in numbers.values()]
        answers = {n: int(n < 13) for n in range(1, 21)}
        office.do(screening.record_many, round_id, [Answers(i, DAY, answers) for i in ids])  # fmt: skip
        office.do(screening.decide_many, round_id, [Decided(i, "sociotherapy", "adult") for i in ids])  # fmt: skip
        return ids[-1]

    return make


@pytest.fixture
def as_role(office, monkeypatch):
    """The same office with somebody of one role before it."""

    def sit_down(role):
        account = Account(role.value, frozenset({role}))
        monkeypatch.setattr(office, "account", account)
        return office

    return sit_down


def standing(office, person):
    return rules.standing(office.ask(overview.record, person).consents, DAY)


def told(plan):
    return {line.name.split()[0]: (line.why_not, line.then) for line in plan.lines}


def test_consent_of_a_meeting_leaves_out_children_and_older_papers(office, people):
    ids = tuple(people.values())
    meeting = ConsentDetails(date(2026, 2, 25), "oral", ALL, language="rw", witness="UWERA")  # fmt: skip
    plan = office.ask(bulk.consenting, ids, meeting)
    assert told(plan) == {
        "AGACIRO": ("", ()),
        "BATAMURIZA": ("", ()),
        "CYUZUZO": ("guardian needed", ()),
        "DUSABE": ("before withdrawal", ()),
    }
    with pytest.raises(Stale):
        office.do(bulk.consent_many, ids, meeting)
    assert standing(office, people["new"]) == ()
    will = tuple(line.id for line in plan.will())
    assert office.do(bulk.consent_many, will, meeting) == 2
    assert standing(office, people["new"]) == standing(office, people["usual"]) == ALL
    record = office.ask(overview.record, people["usual"])
    photos = [one for one in record.consents if one.given_on == meeting.given_on]
    assert [(one.purpose, one.language, one.witness) for one in photos] == [("photo", "rw", "UWERA")]  # fmt: skip
    change = office.undo()
    assert "2 people" in change.done
    assert standing(office, people["new"]) == ()
    assert standing(office, people["usual"]) == ("programme", "screening")


def test_how_far_the_work_is_is_told_until_all_are_done(office, people, musanze):
    ids = (people["new"], people["usual"])
    told_so_far = []

    def progress(done, count):
        told_so_far.append((done, count))

    office.do(bulk.move_many, ids, musanze, progress)
    assert told_so_far == [(2, 2)]
    told_so_far.clear()
    meeting = ConsentDetails(date(2026, 2, 25), "oral", ALL)
    office.do(bulk.consent_many, ids, meeting, progress)
    assert told_so_far == [(1, 2), (2, 2)]


def test_who_consents_already_is_left_out_and_who_had_left_comes_back(office, people):
    later = ConsentDetails(date(2026, 3, 1))
    plan = office.ask(bulk.consenting, tuple(people.values()), later)
    assert told(plan)["BATAMURIZA"] == ("has it already", ())
    assert told(plan)["DUSABE"] == ("", ("comes back",))
    office.do(bulk.consent_many, (people["gone"],), later)
    assert office.ask(overview.record, people["gone"]).row.state == "new"


def test_a_consent_that_nobody_could_give_is_refused(office, people):
    for wrong in (
        ConsentDetails(date(2026, 3, 3)),
        ConsentDetails(DAY, purposes=()),
        ConsentDetails(DAY, mode="by rumour"),
    ):
        with pytest.raises(Invalid):
            office.ask(bulk.consenting, (people["new"],), wrong)


def test_moving_tells_what_follows_for_groups_and_is_one_undo(
    office, grouped, decided, lines, musanze
):
    grouped(13)
    waits = decided(lines(14)[13:])
    everybody = tuple(office.ask(overview.roster_ids))
    place = office.do(places.add_path, musanze, ["Cyuve", "Rukoro"])
    before = {i: office.ask(overview.record, i).row for i in everybody}
    plan = office.ask(groups.moving, everybody, place)
    follows = {line.id: line.then for line in plan.lines}
    assert follows.pop(waits) == ("propose again",)
    assert set(follows.values()) == {("stays in group",)}
    assert office.do(bulk.move_many, everybody, place) == 14
    after = {i: office.ask(overview.record, i).row for i in everybody}
    assert {row.place for row in after.values()} == {"Musanze › Cyuve › Rukoro"}
    assert {i: row.group for i, row in after.items()} == {i: row.group for i, row in before.items()}  # fmt: skip
    again = office.ask(groups.moving, everybody, place)
    assert {line.why_not for line in again.lines} == {"lives there"}
    assert "14 people to Musanze › Cyuve › Rukoro" in office.undo().done
    assert {i: office.ask(overview.record, i).row for i in everybody} == before


def test_a_new_place_is_entered_with_the_move_and_goes_with_its_undo(
    office, people, musanze
):
    ids = (people["new"], people["usual"])
    office.do(bulk.move_many, ids, NewPlace(musanze, ("Gakenke", "Rusagara")))
    assert office.ask(overview.record, ids[0]).row.place.endswith("Gakenke › Rusagara")
    office.undo()
    assert office.ask(overview.record, ids[0]).row.place == "Musanze"
    with pytest.raises(Missing):
        office.do(bulk.move_many, ids, 1)
    with pytest.raises(Missing):
        office.do(bulk.move_many, (*ids, 1), musanze)


def test_leaving_ends_the_place_in_the_group_as_for_one_person(office, grouped):
    grouped(13)
    ids = tuple(office.ask(overview.roster_ids))
    first, *others = ids
    office.do(group_actions.leave_programme, first, DAY, "work")
    plan = office.ask(groups.leaving, ids, DAY, "moved away")
    assert [line.id for line in plan.left_out()] == [first]
    assert {line.then for line in plan.will()} == {("leaves group",)}
    with pytest.raises(Stale):
        office.do(groups.leave_many, ids, DAY, "moved away")
    office.do(groups.leave_many, tuple(others), DAY, "moved away")
    rows = [office.ask(overview.record, i).row for i in others]
    assert {(row.state, row.group) for row in rows} == {("left", "")}
    office.undo()
    rows = [office.ask(overview.record, i).row for i in others]
    assert {row.state for row in rows} == {"in group"}


def test_a_clerk_records_leaving_and_the_group_stays(office, as_role, grouped):
    grouped(13)
    ids = tuple(office.ask(overview.roster_ids))[:3]
    clerk = as_role(Role.CLERK)
    plan = clerk.ask(groups.leaving, ids, DAY, "work")
    assert {line.then for line in plan.lines} == {("stays in group",)}
    clerk.do(groups.leave_many, ids, DAY, "work")
    assert clerk.ask(overview.record, ids[0]).row.group


def test_withdrawing_is_told_person_by_person(office, people):
    with pytest.raises(Invalid) as refused:
        office.ask(groups.leaving, (people["new"],), DAY, WITHDRAWN)
    assert [fault.kind for fault in refused.value.faults] == ["for each"]
    for day, why in ((date(2026, 3, 3), "work"), (DAY, "bored")):
        with pytest.raises(Invalid):
            office.do(groups.leave_many, (people["new"],), day, why)


def test_stopped_half_way_everything_is_as_before(office, people, musanze):
    place = office.do(places.add_path, musanze, ["Cyuve"])
    asked = []

    def stop(done, total):
        asked.append((done, total))
        raise Cancelled()

    calls = [
        (bulk.move_many, place),
        (bulk.consent_many, ConsentDetails(DAY, purposes=("photo",))),
        (groups.leave_many, DAY, "work"),
    ]
    ids = (people["new"], people["usual"])
    for action, *args in calls:
        with pytest.raises(Cancelled):
            office.do(action, ids, *args, stop)
    assert len(asked) == 3
    for person in ids:
        record = office.ask(overview.record, person)
        assert record.row.place == "Musanze" and record.row.state == "new"
        assert "photo" not in standing(office, person)


def test_who_may_not_change_people_may_not_change_many(as_role, people):
    screener = as_role(Role.SCREENER)
    ids = (people["new"],)
    for call in (
        lambda: screener.do(bulk.move_many, ids, 1),
        lambda: screener.do(bulk.consent_many, ids, ConsentDetails(DAY)),
        lambda: screener.do(groups.leave_many, ids, DAY, "work"),
        lambda: screener.ask(groups.moving, ids, 1),
    ):
        with pytest.raises(Refused):
            call()
