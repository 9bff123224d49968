"""Registering somebody beside those who are alike, judging two records, merging them, and parting them again."""

import json
from collections.abc import Mapping
from dataclasses import asdict, replace

from sqlalchemy import insert, select, update
from sqlalchemy.dialects.sqlite import insert as insert_or_change

from cbs_desktop import settings
from cbs_desktop.action import Transaction, action
from cbs_desktop.attendance.tables import Mark
from cbs_desktop.certificates.tables import Certificate
from cbs_desktop.duplicates import rules
from cbs_desktop.duplicates import tables as t
from cbs_desktop.duplicates.queries import WEIGHTS, groups_now
from cbs_desktop.duplicates.weighing import Weights
from cbs_desktop.errors import Fault, Invalid, Missing, RuleBroken
from cbs_desktop.groups.queries import broken_for
from cbs_desktop.groups.tables import Membership, Session
from cbs_desktop.participants import actions as participants
from cbs_desktop.participants.queries import ALIASES
from cbs_desktop.participants.rules import ConsentDetails, PersonDetails, shown
from cbs_desktop.participants.tables import Person
from cbs_desktop.places.spellings import place_now, what_places_became
from cbs_desktop.safe.permissions import Permission
from cbs_desktop.store import references
from cbs_desktop.store.references import Fields, HandedOver
from cbs_desktop.store.values import NamedRow

Judged = Mapping[int, str]  # verdicts by the id of the other person


@action(Permission.REGISTER, "Registered {who}")
def register(
    tx: Transaction,
    details: PersonDetails,
    consent: ConsentDetails | None,
    judged: Judged,
) -> int:
    """A new person, and what was said of those who are alike; their id."""
    person_id = participants.register(tx, details, consent)
    for other_id, verdict in judged.items():
        _judge(tx, person_id, other_id, verdict)
    return person_id


@action(Permission.REGISTER, "Compared {who} and {other}")
def judge(tx: Transaction, one_id: int, other_id: int, verdict: str) -> None:
    """Remember of two records that they are two people, or that it is to be asked later; with who said so and when."""
    one, other = _person(tx, one_id), _person(tx, other_id)
    _judge(tx, one_id, other_id, verdict)
    tx.say(who=_name(one), other=_name(other))


def _judge(tx: Transaction, one_id: int, other_id: int, verdict: str) -> None:
    if verdict not in rules.VERDICTS:
        raise Invalid([Fault("verdict", "not a choice")])
    if one_id == other_id:
        raise Invalid([Fault("other", "same person")])
    first, second = rules.pair(one_id, other_id)
    said = {
        "verdict": verdict,
        "judged_on": tx.today,
        "judged_by": tx.account.name,
    }
    statement = insert_or_change(t.Judgement).values(
        id=tx.new_id(), one_id=first, other_id=second, **said
    )
    tx.run(
        statement.on_conflict_do_update(
            index_elements=["one_id", "other_id"], set_=said
        )
    )


@action(Permission.REGISTER, "Learned how records of one person differ")
def remember_weights(tx: Transaction, weights: Weights) -> None:
    """The weights that were learnt from the whole office, for those who are typed from now on."""
    settings.write(tx, WEIGHTS, asdict(weights.rounded()))


@action(Permission.MERGE, "Merged {gone} into {who}")
def merge(tx: Transaction, kept_id: int, gone_id: int, details: PersonDetails) -> int:
    """One record of two: everything of the one that goes is handed over, `details` are those of the one that stays.

    The id of the merge. RuleBroken while both are in a group of one round, and where the one record would then be in a
    group with somebody it is kept apart from, or that somebody leads who must not. What both have and only one person can have
    (a decision of one round, a mark of one session) stays as the record that is kept has it; the other is set aside.
    """
    if kept_id == gone_id:
        raise Invalid([Fault("other", "same person")])
    kept, gone = _person(tx, kept_id), _person(tx, gone_id)
    before = references.state(tx.db, Person, kept.id)
    for one, other in groups_now(tx, kept_id, gone_id):
        raise RuleBroken(rule="both in groups", one=one, other=other)
    handed = references.hand_over(tx.db, Person, gone_id, kept_id)
    if rule := broken_for(tx, kept_id):
        raise RuleBroken(rule=rule)
    taken_out = references.take_out(tx.db, Person, gone_id)
    participants.write_details(
        tx,
        kept_id,
        replace(details, categories=None),
        kept_phones=[gone.phone],
        estimated_on=gone.estimated_on,
    )
    after = references.state(tx.db, Person, kept_id)
    content = {
        "person": taken_out,
        "handed": handed.as_json(),
        "before": references.changed(before, after),
    }
    merge_id = tx.new_id()
    tx.run(
        insert(t.Merge).values(
            id=merge_id,
            kept_id=kept_id,
            gone_id=gone_id,
            gone_number=gone.number,
            gone_name=_name(gone),
            merged_on=tx.today,
            merged_by=tx.account.name,
            content=json.dumps(content),
            parted_on=None,
            parted_by="",
        )
    )
    _name_aliases(tx, kept_id)
    tx.say(who=_name(_person(tx, kept_id)), gone=gone.number)
    return merge_id


@action(Permission.MERGE, "Parted {gone} from {who} again")
def part(tx: Transaction, merge_id: int) -> int:
    """Two records again, at any later time; the id of the one that comes back.

    It gets back what it brought, as that is now. Fields that were changed since the merge stay as they are. Marks and
    certificates of its groups that were entered since go with it.
    """
    found = tx.first(select(t.Merge.__table__).where(t.Merge.id == merge_id))
    if found is None or found.parted_on:
        raise Missing(what="merge", id=merge_id)
    content: Fields = json.loads(found.content)
    _follow_places(tx, content)
    kept_id, gone_id = found.kept_id, found.gone_id
    references.put_back(tx.db, Person, content["person"])
    handed = HandedOver(**content["handed"])
    references.give_back(tx.db, Person, handed, gone_id, kept_id)
    references.restore(tx.db, Person, kept_id, content["before"])
    _follow_groups(tx, kept_id, gone_id)
    tx.run(
        update(t.Merge)
        .where(t.Merge.id == merge_id)
        .values(parted_on=tx.today, parted_by=tx.account.name)
    )
    _name_aliases(tx, kept_id)
    _name_aliases(tx, gone_id)
    _judge(tx, kept_id, gone_id, rules.DIFFERENT)
    tx.say(who=_name(_person(tx, kept_id)), gone=found.gone_number)
    return gone_id


def _follow_places(tx: Transaction, content: Fields) -> None:
    """A place that became part of another one since is that one."""
    became = what_places_became(tx)
    person = content["person"]
    person["place_id"] = place_now(became, person["place_id"])
    before = content["before"]
    if "place_id" in before:
        before["place_id"] = [place_now(became, i) for i in before["place_id"]]


def _follow_groups(tx: Transaction, kept_id: int, gone_id: int) -> None:
    """What was entered since the merge in a group that only the other one is in."""
    groups = {
        person_id: set(
            tx.column(
                select(Membership.group_id).where(Membership.person_id == person_id)
            )
        )
        for person_id in (kept_id, gone_id)
    }
    only = groups[gone_id] - groups[kept_id]
    sessions = select(Session.id).where(Session.group_id.in_(only))
    mine = (Mark.person_id == kept_id) & Mark.session_id.in_(sessions)
    references.move(tx.db, Mark, mine, {"person_id": gone_id})
    mine = (Certificate.person_id == kept_id) & Certificate.group_id.in_(only)
    references.move(tx.db, Certificate, mine, {"person_id": gone_id})


def _name_aliases(tx: Transaction, person_id: int) -> None:
    """The person is found by the numbers and names of the records that became part of theirs."""
    m = t.Merge
    standing = select(m.gone_number, m.gone_name).where(
        m.kept_id == person_id, m.parted_on.is_(None)
    )
    rows = tx.rows(standing.order_by(m.id))
    names = [f"{row.gone_number} {row.gone_name}" for row in rows]
    participants.set_aliases(tx, person_id, ALIASES.join(names))


def _person(tx: Transaction, person_id: int) -> NamedRow:
    row = tx.first(select(Person.__table__).where(Person.id == person_id))
    if row is None:
        raise Missing(what="person", id=person_id)
    return row


def _name(person: NamedRow) -> str:
    return shown(person.own_name, person.other_names)
