"""Requests of people, and erasing."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import insert, select, update

from cbs_desktop import settings
from cbs_desktop.action import Transaction, action
from cbs_desktop.errors import Fault, Invalid, Missing, RuleBroken
from cbs_desktop.participants.consents import is_erased
from cbs_desktop.participants.restricting import number_of
from cbs_desktop.participants.tables import Person
from cbs_desktop.rights import erased_list, erasing, retention, rules
from cbs_desktop.rights.queries import coordinators
from cbs_desktop.rights.retention import Due
from cbs_desktop.rights.rules import Periods
from cbs_desktop.rights.tables import Destruction, SubjectRequest
from cbs_desktop.safe import accounts
from cbs_desktop.safe.permissions import Permission
from cbs_desktop.screening import destroying
from cbs_desktop.store.values import NamedRow
from cbs_desktop.text import clean, day_faults, text_faults

_r = SubjectRequest


@dataclass(frozen=True, slots=True)
class RequestDetails:
    """What was asked. `from_whom` is empty where the person asked, else who asked for them; `language` a code."""

    kind: str
    received_on: date
    from_whom: str = ""
    mode: str = "in person"
    language: str = ""


@action(Permission.RIGHTS, "Recorded a request of {who}: {what}")
def record_request(tx: Transaction, person_id: int, details: RequestDetails) -> int:
    """A request that came in; its id. Invalid, Missing, RuleBroken for somebody who has been erased."""
    number = number_of(tx, person_id)
    faults = day_faults("received_on", details.received_on, tx.today)
    from_whom = clean(details.from_whom)
    faults += text_faults("from_whom", from_whom)
    if details.kind not in rules.KINDS:
        faults.append(Fault("kind", "not a choice"))
    if details.mode not in rules.MODES:
        faults.append(Fault("mode", "not a choice"))
    if faults:
        raise Invalid(faults)
    request_id = tx.new_id()
    row = {
        "id": request_id,
        "person_id": person_id,
        "kind": details.kind,
        "received_on": details.received_on,
        "from_whom": from_whom,
        "mode": details.mode,
        "language": details.language,
        "taken_by": tx.account.name,
        "answered_on": None,
        "answer": "",
        "reason": "",
        "answered_by": "",
    }
    tx.run(insert(_r), row)
    tx.say(who=number, what=details.kind)
    return request_id


@action(Permission.RIGHTS, "Answered a request of {who}: {what}")
def answer_request(
    tx: Transaction, request_id: int, answer: str, reason: str = ""
) -> None:
    """The answer to a request; what is refused, or done in part, has a reason of rules.REFUSALS. One to be erased is
    answered by `erase`."""
    row = _request(tx, request_id)
    faults: list[Fault] = []
    by_itself = row.kind == rules.ERASE and answer in (rules.DONE, rules.PARTLY)
    if answer not in rules.ANSWERS or by_itself:
        faults.append(Fault("answer", "not a choice"))
    has_reason = answer in rules.WITH_REASON
    if has_reason and reason not in rules.REFUSALS:
        faults.append(Fault("refusal", "not a choice"))
    if faults:
        raise Invalid(faults)
    _answer(tx, row, answer, reason if has_reason else "")
    tx.say(who=number_of(tx, row.person_id), what=row.kind)


def _answer(tx: Transaction, row: NamedRow, answer: str, reason: str = "") -> None:
    values = {
        "answered_on": tx.today,
        "answer": answer,
        "reason": reason,
        "answered_by": tx.account.name,
    }
    tx.run(update(_r).where(_r.id == row.id).values(**values))


@action(Permission.ERASE, "Erased a person: {number}")
def erase(tx: Transaction, request_id: int, password: str = "") -> str:
    """Carry out a request to be erased; the number that stays. Records that were merged go with it.

    RuleBroken where whoever took the request in does it though there is another coordinator; the only one of an office
    gives the `password`: WrongPassword, WaitFirst.
    """
    row = _request(tx, request_id)
    if row.kind != rules.ERASE:
        raise Missing(what="request", id=request_id)
    _need_second(tx, row.taken_by, password)
    number = number_of(tx, row.person_id)
    _answer(tx, row, rules.DONE)
    erasing.erase(tx, row.person_id)
    erased_list.keep(tx)
    tx.say(number=number)
    return number


def _need_second(tx: Transaction, taken_by: str, password: str) -> None:
    count = coordinators(tx)
    if rules.needs_another(count, taken_by, tx.account.name):
        raise RuleBroken(rule="another coordinator")
    if count > 1:
        return
    if not password:
        raise RuleBroken(rule="password first")
    accounts.open_slot(tx.vault.folder, tx.account.name, password)


@action(
    Permission.OWN_ACCOUNT,
    "Erased again who was erased since the copy was made: {count}",
)
def erase_again(tx: Transaction) -> int:
    """Erase whom the list beside the office names and an older copy has brought back; how many. The list bears a MAC of
    the office, so that it may be done by whoever restores."""
    again = 0
    for person_id in sorted(erased_list.read(tx)):
        there = tx.value(select(Person.id).where(Person.id == person_id))
        if there is not None and not is_erased(tx, person_id):
            erasing.erase(tx, person_id)
            again += 1
    if again:
        erased_list.keep(tx)
    tx.say(count=again)
    return again


@action(
    Permission.ERASE, "Proposed to erase people who were not seen for long: {count}"
)
def propose_erasure(tx: Transaction, people: Collection[int]) -> list[int]:
    """Record a request to be erased for people who are kept for too long (art. 52); one who has such a request gets no
    other. The ids of their requests. Another coordinator carries it out. Missing, RuleBroken."""
    requests: list[int] = []
    asked = 0
    already = retention.asked_of(tx)
    details = RequestDetails(rules.ERASE, tx.today, mode="other")
    for person_id in people:
        request, _by = already.get(person_id, (0, ""))
        if not request:
            request = record_request(tx, person_id, details)
            asked += 1
        requests.append(request)
    tx.say(count=asked)
    return requests


@action(Permission.ERASE, "Erased people who were not seen for long: {count}")
def erase_due(
    tx: Transaction, requests: Collection[int], password: str = "", record: int = 0
) -> int:
    """As `erase`, for several requests; the id of the record of it, which `record` continues."""
    rows = [_request(tx, request_id) for request_id in requests]
    takers = {row.taken_by for row in rows}
    for taken_by in takers:
        _need_second(tx, taken_by, password)
    numbers: list[str] = []
    for row in rows:
        if row.kind != rules.ERASE:
            raise Missing(what="request", id=row.id)
        numbers.append(number_of(tx, row.person_id))
        _answer(tx, row, rules.DONE)
    erasing.erase(tx, *(row.person_id for row in rows))
    erased_list.keep(tx)
    tx.say(count=len(numbers))
    return _note(tx, rules.IDENTITY, record, {"": numbers})


@action(Permission.ERASE, "Destroyed answers of people in rounds long over: {count}")
def destroy_answers(
    tx: Transaction, pairs: Collection[tuple[int, int]], record: int = 0
) -> int:
    """Destroy the answers of people in rounds that are over for longer than they may be kept; `pairs` are ids of a person
    and a round. The id of the record of it, which `record` continues. RuleBroken where one is not due, or no longer."""
    due: dict[tuple[int, int], Due] = {}
    for one in retention.retention(tx).due:
        due[one.person_id, one.round_id] = one
    numbers: dict[str, list[str]] = {}
    for pair in pairs:
        if pair not in due or not pair[1]:
            raise RuleBroken(rule="not due")
        numbers.setdefault(due[pair].round, []).append(due[pair].number)
    with tx.erasing():
        sheets = 0
        for person_id, round_id in pairs:
            people = erasing.ids_of(tx, person_id)
            gone = destroying.destroy(tx, people, round_id)
            erasing.remove_forms(tx, gone.records)
            sheets += gone.sheets
    tx.say(count=len(pairs))
    return _note(tx, rules.RAW, record, numbers, sheets)


def _note(
    tx: Transaction,
    kind: str,
    record: int,
    numbers: dict[str, list[str]],
    sheets: int = 0,
) -> int:
    """Numbers of people by round, and how many sheets: a record goes on with each part of the work."""
    x = Destruction
    kept = tx.value(select(x.content).where(x.id == record, x.kind == kind))
    content = json.loads(kept) if kept else {"numbers": {}, "sheets": 0}
    for name, more in numbers.items():
        content["numbers"].setdefault(name, []).extend(more)
    content["sheets"] += sheets
    if kept:
        tx.run(update(x).where(x.id == record).values(content=json.dumps(content)))
        return record
    row = {
        "id": tx.new_id(),
        "done_on": tx.today,
        "done_by": tx.account.name,
        "kind": kind,
        "content": json.dumps(content),
    }
    tx.run(insert(x), row)
    return row["id"]


@action(Permission.ERASE, "Changed for how long data are kept")
def set_periods(tx: Transaction, periods: Periods) -> None:
    """For how many months each class of data is kept. Invalid outside `rules.BOUNDS`."""
    if faults := rules.period_faults(periods):
        raise Invalid(faults)
    chosen = {rules.RAW: periods.answers, rules.IDENTITY: periods.identity}
    settings.write(tx, "keep periods", chosen)


@action(Permission.ERASE, "Destroyed {count} copies")
def destroy_copies(tx: Transaction, count: int) -> None:
    """Note that copies which held people who were erased have been destroyed."""
    row = {
        "id": tx.new_id(),
        "done_on": tx.today,
        "done_by": tx.account.name,
        "kind": "copies",
        "content": json.dumps({"count": count}),
    }
    tx.run(insert(Destruction), row)
    tx.say(count=count)


def _request(tx: Transaction, request_id: int) -> NamedRow:
    """An open request. Missing, RuleBroken where it was answered."""
    row = tx.first(select(_r.__table__).where(_r.id == request_id))
    if row is None:
        raise Missing(what="request", id=request_id)
    if row.answered_on is not None:
        raise RuleBroken(rule="answered")
    return row
