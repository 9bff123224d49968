"""Noting the pages that are printed to be read back, and taking what was read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from sqlalchemy import insert, select

from cbs_desktop.action import Transaction, action
from cbs_desktop.attendance import actions as attendance
from cbs_desktop.attendance.details import session_details
from cbs_desktop.attendance.session_record import HELD
from cbs_desktop.errors import Fault, Invalid, Missing, RuleBroken
from cbs_desktop.groups.tables import Group
from cbs_desktop.participants.consents import is_erased
from cbs_desktop.participants.tables import Person
from cbs_desktop.programmes.queries import round_of
from cbs_desktop.safe.permissions import Permission
from cbs_desktop.scans import evidence, forms
from cbs_desktop.scans import tables as t
from cbs_desktop.scans.assessing import Mark
from cbs_desktop.scans.forms import FormPage
from cbs_desktop.scans.layout import Kind, shape_of
from cbs_desktop.scans.rules import RegisterPage
from cbs_desktop.screening import half_typed
from cbs_desktop.store.values import NamedRow
from cbs_desktop.words import language, many


@action(Permission.PRINT, "Printed registers: {pages}")
def print_registers(
    tx: Transaction,
    pages: Sequence[tuple[str, RegisterPage]],
    languages: Sequence[str],
) -> None:
    """Note what stands on the pages of registers, each with its code, so that they are known when they come back."""
    printed: list[dict[str, object]] = []
    rows: list[dict[str, object]] = []
    sessions: list[dict[str, object]] = []
    for code, page in pages:
        page_id = tx.new_id()
        printed.append(
            {
                "id": page_id,
                "code": code,
                "kind": page.shape.kind,
                "shape": str(page.shape),
                "group_id": page.head.group_id,
                "instrument": "",
                "part": page.part,
                "letters": ",".join(page.head.letters),
                "languages": ",".join(languages),
                "made_on": tx.today,
            }
        )
        for row, person in enumerate(page.people):
            rows.append({"page_id": page_id, "row": row, "person_id": person.person_id})
        for place, column in enumerate(page.columns):
            one = {"page_id": page_id, "column": place}
            sessions.append({**one, "session_id": column.session_id})
    for table, values in (
        (t.PrintedPage, printed),
        (t.PrintedRow, rows),
        (t.PrintedSession, sessions),
    ):
        if values:
            tx.run(insert(table), values)
    tx.say(pages=many("{n} page", "{n} pages", len(pages)))


@action(Permission.PRINT, "Printed a blank form: {form}")
def print_forms(tx: Transaction, pages: Sequence[tuple[str, FormPage]]) -> None:
    """Note what stands on the pages of a questionnaire, each with its code."""
    for code, page in pages:
        page_id = tx.new_id()
        form = page.form
        row = {
            "id": page_id,
            "code": code,
            "kind": page.shape.kind,
            "shape": str(page.shape),
            "group_id": None,
            "instrument": forms.named(form.key, form.version),
            "part": page.part,
            "letters": ",".join(page.values),
            "languages": language(),
            "made_on": tx.today,
        }
        tx.run(insert(t.PrintedPage), row)
        if page.person_id:
            whose = {"page_id": page_id, "row": 0, "person_id": page.person_id}
            tx.run(insert(t.PrintedRow), whose)
        tx.say(form=form.key)


@dataclass(frozen=True, slots=True)
class AcceptedForm:
    """The answers of a page of a questionnaire, question → value, and the number of whom they are about."""

    code: str
    number: str
    answers: Mapping[int, int]


@dataclass(frozen=True, slots=True)
class KeptForm:
    """A half-typed sheet: of whom, and which questionnaire."""

    person_id: int
    instrument: str


@action(Permission.RECORD_SCREENING, "Read a questionnaire")
def accept_form(tx: Transaction, page: AcceptedForm) -> KeptForm:
    """Keep the answers of a page as half typed, beside those of its other pages. The sheet is finished
    by a person under Screening, where whatever is missing is asked for. No picture is kept: it would be a second copy
    of the answers, open to more people.

    Missing for a page that is unknown, Invalid for an unknown number, RuleBroken without consent.
    """
    printed = _printed(tx, page.code, "questionnaire")
    key, _version = forms.key_of(printed.instrument)
    person_id = _number(tx, page.number)
    before = half_typed.mine(tx, person_id, key)
    answers: dict[int, int | None] = {**before.answers, **page.answers}
    round_id = round_of(tx, None).id
    half_typed.keep_draft(tx, round_id, person_id, key, answers, before.card)
    return KeptForm(person_id, key)


def _number(tx: Transaction, number: str) -> int:
    """Whose number it is. Invalid for nobody's."""
    person_id = tx.value(select(Person.id).where(Person.number == number.strip()))
    if person_id is None:
        raise Invalid([Fault("number", "no such number", {"number": number})])
    return person_id


@dataclass(frozen=True, slots=True)
class AcceptedPage:
    """What is taken from a page that was read: `marks`, and by session the day written by hand and the heads counted.
    `file` is the SHA-256 of the file that it came in, `picture` the straightened page."""

    code: str
    marks: tuple[Mark, ...]
    file: str
    file_page: int
    picture: bytes
    held: Mapping[int, date] = field(default_factory=dict)
    counts: Mapping[int, int] = field(default_factory=dict)


@action(Permission.MARK_ATTENDANCE, "Read the register of {group}: {count} marks")
def accept_register(tx: Transaction, page: AcceptedPage) -> int:
    """Save the marks of a page as one action, and keep its picture as their evidence; the id of the page that was read.

    Missing for a page that was never printed here; refused as `attendance.actions.record_session` and `mark_many` refuse.
    Nothing is saved then.
    """
    printed = _printed(tx, page.code, "register")
    columns = _sessions_of(tx, printed.id)
    _check_marks(tx, printed.id, columns, page.marks)
    for session, day in page.held.items():
        _hold_on(tx, session, day)
    for session, count in page.counts.items():
        attendance.count_heads(tx, session, count)
    if page.marks:
        attendance.mark_many(tx, page.marks, corrects=True)
    scanned_id = tx.new_id()
    row = {
        "id": scanned_id,
        "page_id": printed.id,
        "read_at": tx.now.isoformat(),
        "read_by": tx.account.name,
        "file": page.file,
        "file_page": page.file_page,
        "picture": evidence.keep(tx, page.picture) if page.picture else "",
    }
    tx.run(insert(t.ScannedPage), row)
    group = tx.value(select(Group.name).where(Group.id == printed.group_id))
    tx.say(group=group, count=len(page.marks))
    return scanned_id


def _printed(tx: Transaction, code: str, kind: Kind) -> NamedRow:
    p = t.PrintedPage
    found = tx.first(select(p.__table__).where(p.code == code, p.kind == kind))
    if found is None:
        raise Missing(what="printed page", id=code)
    return found


def _sessions_of(tx: Transaction, page_id: int) -> list[int]:
    """By column."""
    s = t.PrintedSession
    return tx.column(
        select(s.session_id).where(s.page_id == page_id).order_by(s.column)
    )


def _check_marks(
    tx: Transaction, page_id: int, columns: Sequence[int], marks: Sequence[Mark]
) -> None:
    """What is taken from a page is about its people and sessions. Missing."""
    r = t.PrintedRow
    people = set(tx.column(select(r.person_id).where(r.page_id == page_id)))
    for session, person, _letter in marks:
        if person not in people or session not in columns:
            raise Missing(what="person on the page", id=person)


def _hold_on(tx: Transaction, session: int, day: date) -> None:
    """The day that stands on the paper, where it is another than the recorded one; all else that is noted stays."""
    noted = session_details(tx, session).record
    if (noted.status, noted.held_on) != (HELD, day):
        held = replace(noted, status=HELD, held_on=day)
        attendance.record_session(tx, session, held)


@action(Permission.MARK_ATTENDANCE, "Row {row} of a page is {number}")
def put_on_page(tx: Transaction, code: str, row: int, number: str) -> None:
    """Say who a newcomer is that was written into an empty row, so that the row's marks are theirs. Missing for an unknown
    page or number; RuleBroken for a row that is somebody's, or somebody who was erased."""
    printed = _printed(tx, code, "register")
    shape = shape_of(printed.shape)
    if shape is None or not 0 <= row < shape.rows:
        raise Missing(what="row of the page", id=row + 1)
    person_id = _number(tx, number)
    r = t.PrintedRow
    taken = select(r.person_id).where(r.page_id == printed.id, r.row == row)
    if tx.value(taken) is not None:
        raise RuleBroken(rule="row taken")
    if is_erased(tx, person_id):
        raise RuleBroken(rule="erased")
    tx.run(insert(r).values(page_id=printed.id, row=row, person_id=person_id))
    tx.say(row=row + 1, number=number)
