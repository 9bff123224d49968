"""Half-typed forms in the office: who may read, go on with and throw away which; what becomes of old ones."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from cbs_desktop import settings
from cbs_desktop.drafts import actions, queries
from cbs_desktop.errors import Missing, Refused, Stale
from cbs_desktop.keeping import actions as keeping
from cbs_desktop.office import Office
from cbs_desktop.participants import actions as participants
from cbs_desktop.participants import queries as people
from cbs_desktop.participants.rules import PersonDetails
from cbs_desktop.programmes import queries as programmes
from cbs_desktop.safe import seal
from cbs_desktop.safe.permissions import TABLE, Role
from cbs_desktop.screening import actions as screening
from cbs_desktop.screening import safety
from cbs_desktop.screening.rules import SafetyCard
from cbs_desktop.store import backup
from tests.conftest import DAY, PASSWORD

NEW = "participants.register"
CHANGE = "participants.change"
DECIDE = "screening.decide"
TYPED = {"own_name": "MUKAMANA", "sex": "F"}
REASON = {"pathway": "waiting", "reason": "no group near the village"}


@pytest.fixture
def office(sign_in):
    """The coordinator's; a test that signs in again closes it first."""
    return sign_in("coordinator")


@pytest.fixture
def person(office, lines):
    office.do(participants.import_people, lines(1))
    return next(iter(office.ask(people.numbers).values()))


def as_each(sign_in, office, work):
    """What every role sees."""
    office.close()
    seen = {}
    for role in ("screener", "clerk", "auditor"):
        signed_in = sign_in(role)
        seen[role] = work(signed_in)
        signed_in.close()
    return seen


def opened(office):
    """What was kept, as this account reads it."""
    with office._reader.connect() as link:
        sealed = link.exec_driver_sql("SELECT content FROM form_draft").scalar()
        return office._reading(link).readers.unseal(sealed, "form draft 7")


def content(office):
    with office._reader.connect() as link:
        return link.exec_driver_sql("SELECT content FROM form_draft").scalar()


def test_the_latest_is_kept_and_offered_with_its_typist(office):
    office.do(actions.keep, 7, NEW, 0, {"own_name": "MU"})
    office.do(actions.keep, 7, NEW, 0, TYPED)
    (one,) = office.ask(queries.offered, NEW, 0)
    assert (one.id, one.typed_by, one.mine, one.values) == (
        7,
        "coordinator",
        True,
        TYPED,
    )
    (listed,) = office.ask(queries.unfinished)
    assert (listed.form, listed.about, listed.name) == (NEW, 0, "MUKAMANA")
    office.do(actions.drop, 7)
    assert office.ask(queries.offered, NEW, 0) == []


def test_nothing_of_it_is_in_the_journal_or_to_be_undone(office):
    undoable = office.undoable()
    acts = office._act
    office.do(actions.keep, 7, NEW, 0, TYPED)
    office.do(actions.take_over, 7)
    office.do(actions.drop, 7)
    assert office.undoable() == undoable and office._act == acts
    assert office.check().well


def test_only_who_may_fill_in_the_form_is_offered_it(sign_in, office, person):
    office.do(actions.keep, 7, CHANGE, person, {"phone": "0788 000 000"})
    seen = as_each(
        sign_in, office, lambda one: len(one.ask(queries.offered, CHANGE, person))
    )
    assert seen == {"screener": 0, "clerk": 1, "auditor": 0}


def test_a_ticked_background_keeps_the_form_from_who_may_not_see_it(sign_in, office):
    office.do(actions.keep, 7, NEW, 0, {**TYPED, "categories": ["widowed"]})
    seen = as_each(sign_in, office, lambda one: one.ask(queries.unfinished))
    assert seen == {"screener": [], "clerk": [], "auditor": []}


def test_a_decision_is_sealed_and_read_by_screeners_only(sign_in, office, person):
    office.do(actions.keep, 7, DECIDE, person, REASON)
    stored = content(office)
    assert b"village" not in stored and b"waiting" not in stored

    def look(one):
        try:
            opened(one)
        except Refused:
            return "cannot", one.ask(queries.unfinished)
        return "can", [each.values for each in one.ask(queries.offered, DECIDE, person)]

    seen = as_each(sign_in, office, look)
    assert seen["clerk"] == seen["auditor"] == ("cannot", [])
    assert seen["screener"] == ("can", [REASON])


@pytest.mark.parametrize(
    "form",
    [DECIDE, "screening.follow_up", "screening.settle", CHANGE, "screening.record"],
)
def test_what_is_typed_is_sealed(sign_in, office, person, form):
    office.close()
    screener = sign_in("coordinator")
    screener.do(actions.keep, 7, form, person, {"note": "in the village"})
    assert b"village" not in content(screener)
    (one,) = screener.ask(queries.offered, form, person)
    assert one.values == {"note": "in the village"}


def test_a_list_names_whom_each_form_is_about(office, person, round_id):
    in_danger = {number: int(number == 17) for number in range(1, 21)}
    made = SafetyCard("Nurse on duty", DAY, False, "Health centre", DAY)
    answers = screening.Answers(person, DAY, in_danger, made)
    office.do(screening.record, round_id, answers)
    office.do(actions.keep, 1, CHANGE, person, {"phone": "0788 000 000"})
    office.do(actions.keep, 2, NEW, 0, {"own_name": "KEZA", "other_names": None})
    office.do(actions.keep, 3, NEW, 0, {"other_names": "Alice"})
    office.do(actions.keep, 4, "programmes.open_round", 0, {})
    (card,) = office.ask(safety.open_cards)
    office.do(actions.keep, 5, "screening.follow_up", card.id, {"note": "called"})
    name = card.name
    assert [one.name for one in office.ask(queries.unfinished)] == [
        name,
        "KEZA",
        "Alice",
        "",
        name,
    ]


def test_own_forms_come_first_then_the_latest(sign_in, office, calendar):
    began = calendar.day
    for draft_id in (1, 2):
        office.do(actions.keep, draft_id, NEW, 0, {"own_name": f"MINE{draft_id}"})
        calendar.day += timedelta(days=1)
    office.do(actions.keep, 1, NEW, 0, {"own_name": "MINE1"})
    office.do(actions.keep, 3, "participants.import_people", 0, TYPED)
    office.close()
    clerk = sign_in("clerk")
    clerk.do(actions.keep, 4, NEW, 0, TYPED)
    calendar.day += timedelta(days=1)
    clerk.close()
    again = sign_in("coordinator")
    found = again.ask(queries.offered, NEW, 0)
    assert [one.id for one in found] == [1, 2, 4]
    assert found[0].began_at.date() == began


def test_a_form_is_kept_for_thirty_days(office, calendar):
    office.do(actions.keep, 1, NEW, 0, TYPED)
    calendar.day += timedelta(days=actions.KEPT_DAYS)
    assert office.do(actions.tidy) == actions.Tidied(old=0, gone=0)
    assert len(office.ask(queries.offered, NEW, 0)) == 1
    calendar.day += timedelta(days=1)
    assert office.do(actions.tidy) == actions.Tidied(old=1, gone=0)


def test_dropping_one_leaves_the_others(office):
    for draft_id in (1, 2):
        office.do(actions.keep, draft_id, NEW, 0, TYPED)
    office.do(actions.drop, 1)
    office.do(actions.drop, 1)  # already gone: nothing is said
    office.do(actions.take_over, 2)
    assert [one.id for one in office.ask(queries.offered, NEW, 0)] == [2]


def test_who_may_not_do_the_action_keeps_nothing(sign_in, office, person):
    office.close()
    clerk = sign_in("clerk")
    with pytest.raises(Refused):
        clerk.do(actions.keep, 7, DECIDE, person, REASON)
    with pytest.raises(Missing):
        clerk.do(actions.keep, 7, "participants.no_such_action", 0, TYPED)
    assert content(clerk) is None


def test_a_colleague_takes_over_and_the_first_typist_no_longer_writes(sign_in, office):
    office.do(actions.keep, 7, NEW, 0, TYPED)
    office.close()
    clerk = sign_in("clerk")
    (one,) = clerk.ask(queries.offered, NEW, 0)
    assert (one.typed_by, one.mine) == ("coordinator", False)
    with pytest.raises(Stale):
        clerk.do(actions.keep, 7, NEW, 0, {"own_name": "KEZA"})
    clerk.do(actions.take_over, 7)
    clerk.do(actions.keep, 7, NEW, 0, {"own_name": "KEZA"})
    assert [one.mine for one in clerk.ask(queries.offered, NEW, 0)] == [True]
    with pytest.raises(Missing):
        clerk.do(actions.take_over, 8)


def test_a_sealed_one_is_neither_taken_over_nor_dropped_by_others(
    sign_in, office, person
):
    office.do(actions.keep, 7, DECIDE, person, REASON)
    office.close()
    clerk = sign_in("clerk")
    for act in (actions.take_over, actions.drop):
        with pytest.raises(Refused):
            clerk.do(act, 7)


def test_who_changed_the_record_meanwhile_is_said(office, person):
    office.do(actions.keep, 7, CHANGE, person, {"phone": "0788 000 000"})
    assert office.ask(queries.offered, CHANGE, person)[0].changed_at is None
    found = office.ask(people.form, person)
    details = {key: getattr(found.details, key) for key in PersonDetails.__slots__}
    changed = PersonDetails(**{**details, "other_names": "Aline"})
    office.do(participants.change, person, changed)
    (one,) = office.ask(queries.offered, CHANGE, person)
    assert one.changed_by == "coordinator" and one.changed_at is not None
    office.do(actions.take_over, 7)
    assert office.ask(queries.offered, CHANGE, person)[0].changed_at is None


def test_a_new_decision_counts_as_a_change_and_another_persons_does_not(
    office, screened
):
    first, other = screened(2)
    office.do(actions.keep, 7, DECIDE, first, REASON)
    round_id = office.ask(programmes.rounds)[0].id
    decided = screening.Decided(other, "waiting", reason="far away")
    office.do(screening.decide, round_id, decided)
    assert office.ask(queries.offered, DECIDE, first)[0].changed_by == ""
    again = screening.Decided(first, "waiting", reason="far away")
    office.do(screening.decide, round_id, again)
    assert office.ask(queries.offered, DECIDE, first)[0].changed_by == "coordinator"


def test_those_of_long_ago_and_of_records_that_are_gone_are_removed(
    office, calendar, lines
):
    office.do(actions.keep, 1, NEW, 0, TYPED)
    calendar.day += timedelta(days=31)
    office.do(participants.import_people, lines(1))
    person = next(iter(office.ask(people.numbers).values()))
    office.do(actions.keep, 2, NEW, 0, TYPED)
    office.do(actions.keep, 3, CHANGE, person, {"phone": "0788 000 000"})
    office.undo()
    assert [one.form for one in office.ask(queries.unfinished)] == [NEW, NEW]
    assert office.do(actions.tidy) == actions.Tidied(old=1, gone=1)
    assert [one.id for one in office.ask(queries.offered, NEW, 0)] == [2]
    assert office.do(actions.tidy) == actions.Tidied(old=0, gone=0)


def test_a_backup_opens_with_its_half_typed_forms(office, tmp_path, calendar):
    office.do(actions.keep, 7, NEW, 0, TYPED)
    made = office.do(keeping.back_up, tmp_path)["folder"]
    again = tmp_path / "again"
    backup.restore(tmp_path / made, again)
    restored = Office.open(again, "coordinator", PASSWORD, calendar)
    (one,) = restored.ask(queries.offered, NEW, 0)
    facts = restored.check()
    restored.close()
    assert one.values == TYPED and not facts.kinds() & {"file damaged", "schema"}


def test_a_permission_of_another_version_opens_nothing(office):
    office.do(actions.keep, 7, NEW, 0, TYPED)
    with office._writer.begin() as link:
        link.exec_driver_sql("UPDATE draft_need SET permission = 'see dreams'")
    assert office.ask(queries.unfinished) == []


def test_a_form_that_asks_for_nothing_opens_to_nobody(office):
    office.do(actions.keep, 7, NEW, 0, TYPED)
    with office._writer.begin() as link:
        link.exec_driver_sql("DELETE FROM draft_need")
    assert office.ask(queries.unfinished) == []
    with pytest.raises(Refused):
        office.do(actions.drop, 7)


def test_what_is_asked_for_goes_with_the_form_and_follows_what_is_typed(office):
    office.do(actions.keep, 7, NEW, 0, {**TYPED, "categories": ["widow"]})
    assert needs(office) == ["register", "see background"]
    office.do(actions.keep, 7, NEW, 0, TYPED)
    assert needs(office) == ["register"]
    office.do(actions.drop, 7)
    assert needs(office) == []


def needs(office):
    with office._reader.connect() as link:
        asked = "SELECT permission FROM draft_need ORDER BY permission"
        return list(link.exec_driver_sql(asked).scalars())


def test_somebody_elses_reading_of_the_settings_is_not_disturbed(office):
    """A draft wakes no screen: no room is named as changed."""
    office.do(settings.set_value, "office", "Here")
    office.do(actions.keep, 7, NEW, 0, TYPED)
    assert office.last_change.rooms == frozenset()


def test_the_content_is_json_with_the_fields_that_were_typed(office):
    office.do(actions.keep, 7, NEW, 0, TYPED)
    assert json.loads(opened(office)) == TYPED


def test_an_account_of_before_keeps_its_form_plain_and_reads_it_again(office):
    """It has no key pair of its own, so that it could not read what it seals."""
    keys = replace(office._keys, account=b"")
    office._vault.hold(keys)
    office.do(actions.keep, 7, NEW, 0, TYPED)
    office.do(actions.keep, 8, DECIDE, 5, REASON)
    assert json.loads(content(office)) == TYPED
    (one,) = office.ask(queries.offered, DECIDE, 5)
    assert one.values == REASON


def test_what_was_sealed_before_an_account_came_is_not_offered_to_it(office, sign_in):
    office.do(actions.keep, 7, NEW, 0, TYPED)
    office._vault.hold(replace(office._keys, account=seal.new_pair()[0]))
    assert office.ask(queries.offered, NEW, 0) == []
    assert office.ask(queries.unfinished) == []


def test_roles_that_seal_hold_the_key_to_read_it_back():
    sealing = {role for role in Role if TABLE[role] & actions.SEALED}
    assert sealing == {Role.SCREENER}
