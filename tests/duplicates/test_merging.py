"""Two records become one and are parted again: nothing of either is lost, whatever happened in between."""

import random
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import text

from cbs_desktop.attendance import actions as attendance
from cbs_desktop.duplicates import actions, queries
from cbs_desktop.errors import Invalid, Missing, Refused, RuleBroken
from cbs_desktop.groups import actions as groups
from cbs_desktop.overview import queries as overview
from cbs_desktop.overview.history import history
from cbs_desktop.participants import actions as participants
from cbs_desktop.participants.queries import form, numbers
from cbs_desktop.participants.rules import ConsentDetails, PersonDetails
from cbs_desktop.places import actions as place_actions
from cbs_desktop.places import joining
from cbs_desktop.places import queries as places
from cbs_desktop.store import schema
from tests.contents import contents

OWN = {"merge", "judgement", "series"}  # what stays of a merge that was parted


def found_by(office, words):
    return [one.number for one in office.ask(overview.find_people, words)]


@pytest.fixture
def pair(office, musanze):
    """One person, registered twice."""
    first = PersonDetails("UWERA", "Marie", "F", musanze, born_year=1990)
    second = replace(first, own_name="UWELA", phone="0788 123 456")
    ids = (
        office.do(participants.register, first),
        office.do(participants.register, second),
    )
    return (*ids, first, second)


def test_the_record_that_is_kept_takes_everything_over(office, pair):
    kept, gone, first, second = pair
    day = date(2026, 3, 1)
    office.do(participants.give_consent, gone, ConsentDetails(day, "oral"))
    office.do(actions.merge, kept, gone, replace(first, phone=second.phone))
    person = office.ask(form, kept)
    assert person.details.phone == "0788 123 456"
    assert {consent.given_on for consent in person.consents} == {day}
    with pytest.raises(Missing):
        office.ask(form, gone)


def test_the_old_number_and_the_old_name_still_find_the_person(office, pair):
    kept, gone, first, _second = pair
    old, number = office.ask(form, gone).number, office.ask(form, kept).number
    office.do(actions.merge, kept, gone, first)
    assert found_by(office, old) == [number]
    assert office.ask(numbers)[old] == kept
    assert old in office.ask(overview.record, kept).aliases
    office.do(participants.change, kept, replace(first, own_name="MUKAMANA"))
    assert found_by(office, old) == [number]
    assert found_by(office, "uwela") == [number]


def test_the_history_of_both_is_told_while_they_are_one(office, pair):
    kept, gone, first, second = pair
    office.do(participants.change, gone, replace(second, phone="0788 999 888"))
    merge = office.do(actions.merge, kept, gone, first)
    told = [field for entry in office.ask(history, kept) for field in entry.fields]
    assert ("phone", "0788 123 456", "0788 999 888") in told
    office.do(actions.part, merge)
    told = [field for entry in office.ask(history, kept) for field in entry.fields]
    assert ("phone", "0788 123 456", "0788 999 888") not in told


def test_undo_takes_a_merge_back(office, pair):
    kept, gone, first, second = pair
    before = contents(office, {"series"})
    office.do(actions.merge, kept, gone, replace(first, phone=second.phone))
    office.undo()
    assert contents(office, {"series"}) == before


def test_parted_records_are_as_they_were(office, pair):
    kept, gone, first, second = pair
    before = contents(office, OWN)
    merge = office.do(actions.merge, kept, gone, replace(first, phone=second.phone))
    assert office.do(actions.part, merge) == gone
    assert contents(office, OWN) == before
    assert office.ask(queries.merges) == []
    assert office.ask(queries.alike_pairs).pairs == ()  # they are two people now
    with pytest.raises(Missing):
        office.do(actions.part, merge)


def test_what_was_changed_since_the_merge_stays(office, pair):
    kept, gone, first, second = pair
    merge = office.do(actions.merge, kept, gone, replace(first, phone=second.phone))
    moved = office.ask(form, kept).details
    office.do(participants.change, kept, replace(moved, other_names="Marie Louise"))
    office.do(actions.part, merge)
    details = office.ask(form, kept).details
    assert details.other_names == "Marie Louise"
    assert details.phone == ""
    assert office.ask(form, gone).details.phone == "0788 123 456"


def test_records_merged_one_after_the_other_are_parted_in_any_order(
    office, pair, musanze
):
    kept, gone, first, _second = pair
    third = office.do(participants.register, replace(first, own_name="UWERRA"))
    office.do(participants.give_consent, gone, ConsentDetails(date(2026, 3, 1)))
    before = contents(office, OWN)
    inner = office.do(actions.merge, kept, gone, first)
    outer = office.do(actions.merge, third, kept, first)
    office.do(actions.part, inner)
    assert office.ask(form, gone).consents
    office.do(actions.part, outer)
    assert office.ask(form, gone).consents
    after = contents(office, OWN)
    assert after["consent"] == before["consent"]
    assert len(after["person"]) == len(before["person"])


def test_two_members_of_groups_of_one_round_are_not_merged(practice):
    one, other = members(practice)[:2]
    with pytest.raises(RuleBroken) as problem:
        practice.do(actions.merge, one, other, practice.ask(form, one).details)
    assert problem.value.facts["rule"] == "both in groups"


def test_two_records_are_seen_side_by_side(practice):
    one, other = members(practice)[:2]
    found = practice.ask(queries.compare, one, other)
    assert (found.one.person.id, found.other.person.id) == (one, other)
    for side in (found.one, found.other):
        record = practice.ask(overview.record, side.person.id)
        assert side.groups[-1:] == (record.row.group,)
        assert side.decisions >= 1 and side.questionnaires >= 1 and side.sessions >= 1
    assert found.groups_now == ((*found.one.groups, *found.other.groups),)
    assert set(found.levels) == {"names", "sex", "birth", "place", "phone", "card"}


def test_the_latest_merge_comes_first(office, pair):
    kept, gone, first, _second = pair
    third = office.do(participants.register, replace(first, own_name="UWERRA"))
    office.do(actions.merge, kept, gone, first)
    office.do(actions.merge, kept, third, first)
    found = office.ask(queries.merges)
    assert [one.gone_name for one in found] == ["UWERRA Marie", "UWELA Marie"]
    assert {(one.kept_id, one.merged_by) for one in found} == {(kept, "coordinator")}
    assert office.ask(overview.record, kept).aliases.index("UWELA") < (
        office.ask(overview.record, kept).aliases.index("UWERRA")
    )


@pytest.mark.parametrize(("verdict", "field"), [("perhaps", "verdict"), ("later", "other")])  # fmt: skip
def test_a_verdict_is_a_choice_about_two_records(office, pair, verdict, field):
    kept, gone, *_details = pair
    other = gone if field == "verdict" else kept
    with pytest.raises(Invalid) as problem:
        office.do(actions.judge, kept, other, verdict)
    assert [fault.field for fault in problem.value.faults] == [field]
    with pytest.raises(Missing):
        office.do(actions.judge, kept, 12345, "later")


def members(office):
    """People who are in a group now, each of another group."""
    with office._reader.connect() as link:
        rows = link.execute(
            text(
                "SELECT min(person_id) FROM membership WHERE left_on IS NULL GROUP BY group_id"
            )
        )
        return list(rows.scalars())


def test_whole_seasons_are_handed_over_and_given_back(practice):
    """Any two people of a season that was worked through: after merging and parting everything is as before."""
    rng = random.Random(9)
    ids = members(practice)
    for _time in range(6):
        kept, gone = rng.sample(ids, 2)
        practice.do(groups.leave_programme, gone, date(2026, 11, 1), "moved away")
        before = contents(practice, OWN)
        details = practice.ask(form, kept).details
        merge = practice.do(
            actions.merge, kept, gone, replace(details, phone="0788 000 111")
        )
        assert not referring(practice, gone)
        assert practice.check().well
        practice.do(actions.part, merge)
        assert contents(practice, OWN) == before


def referring(office, person_id):
    """Tables with a row that names a person, though the record is gone."""
    owners = [
        (table, column)
        for table in schema.Base.metadata.sorted_tables
        for column in table.columns
        if any(key.column.table.name == "person" for key in column.foreign_keys)
    ]
    with office._reader.connect() as link:
        return [
            table.name
            for table, column in owners
            if link.execute(table.select().where(column == person_id)).first()
        ]


def test_a_mark_made_since_the_merge_goes_with_its_group(practice):
    kept, gone = members(practice)[:2]
    session_id = session_of(practice, gone)
    practice.do(groups.leave_programme, kept, date(2026, 11, 1), "other")
    merge = practice.do(actions.merge, kept, gone, practice.ask(form, kept).details)
    practice.do(attendance.correct, session_id, kept, "E", "typing error")
    practice.do(actions.part, merge)
    with practice._reader.connect() as link:
        marks = text(
            "SELECT person_id FROM mark WHERE session_id = :session AND value = 'E'"
        )
        assert gone in link.execute(marks, {"session": session_id}).scalars().all()


def session_of(office, person_id):
    with office._reader.connect() as link:
        return link.execute(
            text(
                "SELECT session.id FROM session JOIN membership USING (group_id)"
                " JOIN mark ON mark.session_id = session.id AND mark.person_id = membership.person_id"
                " WHERE membership.person_id = :person LIMIT 1"
            ),
            {"person": person_id},
        ).scalar_one()


def test_only_a_coordinator_merges(sign_in, musanze_pair):
    for role in ("clerk", "screener", "auditor"):
        office = sign_in(role)
        with pytest.raises(Refused):
            office.do(actions.merge, *musanze_pair)
        office.close()


@pytest.fixture
def musanze_pair(sign_in):
    office = sign_in("coordinator")
    place = office.ask(places.covered)[0].id
    details = PersonDetails("UWERA", "Marie", "F", place)
    ids = [office.do(participants.register, details) for _each in range(2)]
    office.close()
    return (*ids, details)


def test_nobody_is_merged_with_themselves(office, pair):
    kept, _gone, first, _second = pair
    with pytest.raises(Invalid):
        office.do(actions.merge, kept, kept, first)


def test_nobody_comes_into_a_group_with_whom_they_are_kept_apart(practice):
    one = members(practice)[0]
    with practice._reader.connect() as link:
        beside = link.execute(
            text(
                "SELECT m.person_id FROM membership m JOIN membership o USING (group_id)"
                " WHERE o.person_id = :one AND o.left_on IS NULL AND m.left_on IS NULL AND m.person_id != :one LIMIT 1"
            ),
            {"one": one},
        ).scalar_one()
    details = practice.ask(form, one).details
    again = practice.do(
        participants.register, replace(details, categories=None, id_number="")
    )
    practice.do(groups.keep_apart, again, beside, "family")
    with pytest.raises(RuleBroken) as problem:
        practice.do(actions.merge, one, again, details)
    assert problem.value.facts["rule"] == "keep apart"
    assert practice.ask(form, again).number  # nothing was changed


def test_records_are_parted_after_their_place_became_part_of_another(office, musanze):
    cyuve = office.do(place_actions.add_place, musanze, "Cyuve")
    other = office.do(place_actions.add_place, musanze, "Kinigi")
    first = PersonDetails("UWERA", "Marie", "F", musanze, born_year=1990)
    kept = office.do(participants.register, first)
    gone = office.do(participants.register, replace(first, place_id=other))
    merge = office.do(actions.merge, kept, gone, first)
    office.do(joining.join, cyuve, other, "Cyuve")
    office.do(actions.part, merge)
    assert office.ask(form, gone).place == "Musanze › Cyuve"
