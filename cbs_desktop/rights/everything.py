"""Everything that the office holds about one person, in sections; never anything about somebody else (Law 058/2021, art. 18)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import func, or_, select

from cbs_desktop.action import Reading, query
from cbs_desktop.attendance.tables import Mark
from cbs_desktop.certificates.tables import Certificate, Print
from cbs_desktop.errors import Missing
from cbs_desktop.facilitators.tables import Facilitator
from cbs_desktop.groups.tables import (
    Group,
    KeepApart,
    KeepTogether,
    Membership,
    Session,
    Tie,
)
from cbs_desktop.needs.rules import OUTCOMES
from cbs_desktop.needs.tables import Visit
from cbs_desktop.participants import backgrounds
from cbs_desktop.participants.tables import (
    Background,
    Consent,
    Person,
    PersonDay,
    PersonLanguage,
    Restriction,
)
from cbs_desktop.places.tables import Facility, Place
from cbs_desktop.programmes.marks import MarkSet
from cbs_desktop.programmes.queries import rounds_of
from cbs_desktop.programmes.tables import Round
from cbs_desktop.rights.tables import SubjectRequest
from cbs_desktop.safe.permissions import Permission
from cbs_desktop.scans.records import pages_naming
from cbs_desktop.screening import instrument_store, results, safety
from cbs_desktop.screening.discretion import may_know
from cbs_desktop.screening.instrument import pick
from cbs_desktop.screening.queries import reason_of
from cbs_desktop.screening.tables import Assessment, Decision, RiskCard
from cbs_desktop.store import history, journal, lists
from cbs_desktop.store.values import NamedRow
from cbs_desktop.words import _, language

_N = str  # marks a word for the catalogues; it is translated when it is shown
HELD = _N("Held; to be printed by a screener")
_FACTS = ("What", "Value")


@dataclass(frozen=True, slots=True)
class DataSection:
    """One kind of data: its title, heads and rows as texts. `key` names its file."""

    key: str
    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@query(Permission.RIGHTS)
def everything(reading: Reading, person_id: int) -> tuple[DataSection, ...]:
    """All sections that are not empty. What this account may not read is named as held. Missing."""
    sections = [
        _identity(reading, person_id),
        _consents(reading, person_id),
        _rights(reading, person_id),
        _groups(reading, person_id),
        _attendance(reading, person_id),
        _pages(reading, person_id),
        _visits(reading, person_id),
        _decisions(reading, person_id),
        _questionnaires(reading, person_id),
        _safety(reading, person_id),
        _certificates(reading, person_id),
        _links(reading, person_id),
        _acts(reading, person_id),
    ]
    return tuple(section for section in sections if section.rows)


def _section(
    key: str, title: str, head: Sequence[str], rows: Iterable[Sequence[object]]
) -> DataSection:
    texts: list[tuple[str, ...]] = []
    for row in rows:
        texts.append(tuple("" if one is None else str(one) for one in row))
    return DataSection(key, _(title), tuple(map(_, head)), tuple(texts))


def _identity(reading: Reading, person_id: int) -> DataSection:
    p = Person
    row = reading.first(
        select(p.__table__, Place.path, Facility.name.label("facility"))
        .join(Place, Place.id == p.place_id)
        .outerjoin(Facility, Facility.id == p.facility_id)
        .where(p.id == person_id)
    )
    if row is None:
        raise Missing(what="person", id=person_id)
    estimated = _("yes") if row.age_estimated else _("no")
    safe = {None: "", True: _("yes"), False: _("no")}[row.safe_to_call]
    facts = [
        (_("Number"), row.number),
        (_("Own name"), row.own_name),
        (_("Other names"), row.other_names),
        (_("Name on ID"), row.name_on_id),
        (_("Also registered as"), row.aliases),
        (_("Sex"), row.sex),
        (_("Date of birth"), row.born_on),
        (_("Year of birth"), row.born_year),
        (_("Age was estimated"), estimated),
        (_("Place"), row.path),
        (_("Facility"), row.facility),
        (_("Expected release"), row.release_on),
        (_("Phone"), row.phone),
        (_("Whose phone"), row.phone_of),
        (_("Safe to call"), safe),
        (_("Kind of ID"), row.id_kind),
        (_("ID number"), row.id_number),
        (_("Registered on"), row.registered_on),
        (_("Left on"), row.left_on),
        (_("Reason for leaving"), row.left_reason),
        (_("Languages"), _listed(reading, PersonLanguage.code, person_id)),
        (_("Days"), _listed(reading, PersonDay.weekday, person_id)),
        (_("Background"), _background(reading, person_id)),
    ]
    there = [fact for fact in facts if fact[1] not in (None, "")]
    return _section("identity", "Identity", _FACTS, there)


def _listed(reading: Reading, value: object, person_id: int) -> str:
    found = lists.of_one(reading.db, value, person_id)  # pyright: ignore[reportArgumentType]
    return ", ".join(map(str, found))


def _background(reading: Reading, person_id: int) -> str:
    if reading.account.may(Permission.SEE_BACKGROUND):
        found = backgrounds.of_person(reading, person_id)
        return ", ".join(map(_, found))
    mine = select(Background.id).where(Background.person_id == person_id)
    return _(HELD) if reading.first(mine) else ""


def _consents(reading: Reading, person_id: int) -> DataSection:
    c = Consent
    columns = select(
        c.purpose,
        c.given_on,
        c.mode,
        c.language,
        c.guardian,
        c.witness,
        c.withdrawn_on,
        c.withdrawn_why,
    )
    head = ("Purpose", "Given on", "How", "Language", "Guardian", "Witness", "Withdrawn on", "Why")  # fmt: skip
    rows = reading.rows(columns.where(c.person_id == person_id).order_by(c.given_on))
    return _section("consents", "Consents", head, rows)


def _rights(reading: Reading, person_id: int) -> DataSection:
    r = SubjectRequest
    rows: list[Sequence[object]] = []
    columns = (r.received_on, r.kind, r.answered_on, r.answer, r.reason)
    mine = r.person_id == person_id
    rows += map(tuple, reading.rows(select(*columns).where(mine)))
    k = Restriction
    kept = (k.since, k.lifted_on, k.lifted_why, k.reason)
    of_person = k.person_id == person_id
    for row in reading.rows(select(*kept).where(of_person)):
        word = _("restricted")
        rows.append((row.since, word, row.lifted_on, row.lifted_why, row.reason))
    head = ("Day", "What", "Answered or lifted on", "Answer", "Reason")
    return _section("requests", "Requests and restriction", head, rows)


def _groups(reading: Reading, person_id: int) -> DataSection:
    m = Membership
    rows = reading.rows(
        select(Round.name, Group.name, m.joined_on, m.left_on, m.reason, m.band)
        .join(Group, Group.id == m.group_id)
        .join(Round, Round.id == Group.round_id)
        .where(m.person_id == person_id)
        .order_by(m.joined_on)
    )
    head = ("Round", "Group", "Joined on", "Left on", "Reason", "Age band")
    return _section("groups", "Groups", head, rows)


def _attendance(reading: Reading, person_id: int) -> DataSection:
    s = Session
    found = reading.rows(
        select(Group.name, s.number, s.planned_on, Mark.value, Group.round_id)
        .join(s, s.id == Mark.session_id)
        .join(Group, Group.id == s.group_id)
        .where(Mark.person_id == person_id)
        .order_by(s.planned_on, s.number)
    )
    marks: dict[int, MarkSet] = {}
    for known in rounds_of(reading):
        marks[known.id] = known.rules.marks
    rows: list[tuple[object, ...]] = []
    for group, number, day, letter, round_id in found:
        word = marks[round_id].word(letter, language())
        rows.append((group, number, day, letter, word))
    head = ("Group", "Session", "Planned on", "Mark", "Meaning")
    return _section("attendance", "Attendance", head, rows)


def _visits(reading: Reading, person_id: int) -> DataSection:
    v = Visit
    statement = select(v.visited_on, v.outcome)
    mine = statement.where(v.person_id == person_id)
    in_order = mine.order_by(v.visited_on)
    rows: list[Sequence[object]] = []
    for day, outcome in reading.rows(in_order):
        word = OUTCOMES[outcome].word
        rows.append((day, _(word)))
    head = ("Visited on", "Outcome")
    return _section("visits", "Visits", head, rows)


def _pages(reading: Reading, person_id: int) -> DataSection:
    """Register pages that name the person and were read; their pictures name others too, and are not handed out."""
    kept = {True: _("yes"), False: _("no")}
    rows: list[tuple[str, str, str]] = []
    for page in pages_naming(reading, person_id):
        rows.append((page.code, page.read_at, kept[page.has_picture]))
    head = ("Page", "Read at", "Picture kept")
    return _section("pages", "Register pages", head, rows)


def _decisions(reading: Reading, person_id: int) -> DataSection:
    d = Decision
    columns = select(
        d.id,
        Round.name,
        d.decided_on,
        d.decided_by,
        d.pathway,
        d.reason,
    )
    joined = columns.join(Round, Round.id == d.round_id)
    mine = reading.rows(joined.where(d.person_id == person_id))
    rows = [_decision(reading, row) for row in mine]
    head = ("Round", "Decided on", "By", "Way", "Reason")
    return _section("decisions", "Decisions", head, rows)


def _decision(reading: Reading, row: NamedRow) -> Sequence[object]:
    way = _(HELD)
    if may_know(reading.account):
        way = row.pathway
    reason = reason_of(reading, row.id, row.reason)
    return row.name, row.decided_on, row.decided_by, way, reason


def _questionnaires(reading: Reading, person_id: int) -> DataSection:
    """Answers for whoever may read them, and where consent for screening stands; else that they are held."""
    a = Assessment
    rows: list[Sequence[object]] = []
    columns = select(a.id, a.instrument, a.taken_on, a.occasion, a.typed_by)
    titles = _titles(reading)
    for row in reading.rows(columns.where(a.person_id == person_id).order_by(a.id)):
        title = titles.get(row.instrument, row.instrument)
        known = (title, row.taken_on, row.occasion, row.typed_by)
        if not reading.account.may(Permission.SEE_SCORES):
            rows.append((*known, "", _(HELD)))
            continue
        sheet = results.sheet_of(reading, row.id)
        if sheet is None:
            rows.append((*known, "", _("Destroyed after its time")))
            continue
        for number, value in sorted(sheet.answers.items()):
            rows.append((*known, number, "" if value is None else value))
    head = ("Questionnaire", "Taken on", "Occasion", "Typed by", "Question", "Answer")
    return _section("questionnaires", "Questionnaires", head, rows)


def _titles(reading: Reading) -> dict[str, str]:
    """Questionnaire → its title, of those whose file can be read."""
    found: dict[str, str] = {}
    for one in instrument_store.listed(reading):
        if one.instrument is not None:
            found[one.key] = pick(one.instrument.title, language())
    return found


def _safety(reading: Reading, person_id: int) -> DataSection:
    k = RiskCard
    rows: list[Sequence[object]] = []
    if reading.account.may(Permission.SAFETY):
        for told in safety.cards_of(reading, person_id):
            card = told.card
            seen = (card.told_on, card.referred_to, card.see_again_on)
            rows.append((told.opened_on, *seen, told.closed_on, told.outcome))
    elif reading.value(select(k.id).where(k.person_id == person_id)) is not None:
        rows.append((_(HELD), "", "", "", "", ""))
    head = ("Opened on", "Told on", "Referred to", "See again on", "Closed on", "Outcome")  # fmt: skip
    return _section("safety", "Safety follow-ups and referrals", head, rows)


def _certificates(reading: Reading, person_id: int) -> DataSection:
    c = Certificate
    prints = select(func.count()).where(Print.certificate_id == c.id).scalar_subquery()
    rows = reading.rows(
        select(
            c.number,
            c.name,
            c.issued_on,
            c.attended,
            c.held,
            prints,
            c.withdrawn_on,
            c.withdrawn_reason,
            c.replaced_by,
            c.override,
            c.override_words,
        )
        .where(c.person_id == person_id)
        .order_by(c.issued_on)
    )
    head = (
        "Number", "Name on it", "Issued on", "Attended", "Held", "Printed", "Withdrawn on", "Why", "Replaced by",
        "Exception", "In words",
    )  # fmt: skip
    return _section("certificates", "Certificates", head, rows)


def _links(reading: Reading, person_id: int) -> DataSection:
    """How many links there are: who the others are is theirs."""
    rows: list[Sequence[object]] = []
    for table, words in (
        (KeepTogether, _("Rules of staying together")),
        (KeepApart, _("Rules of keeping apart")),
    ):
        mine = or_(table.one_id == person_id, table.other_id == person_id)
        count = reading.count(select(func.count()).select_from(table).where(mine))
        if count:
            rows.append((words, count))
    ties = select(func.count()).select_from(Tie).where(Tie.person_id == person_id)
    if count := reading.count(ties):
        rows.append((_("Facilitators who do not lead this person’s group"), count))
    mine = select(Facilitator.since).where(Facilitator.person_id == person_id)
    for row in reading.rows(mine):
        rows.append((_("Is a facilitator, since"), row.since))
    return _section("links", "Links with other people", _FACTS, rows)


def _acts(reading: Reading, person_id: int) -> DataSection:
    """Who changed the record, and when: what was done, without the names in its sentence."""
    keys = [("person", str(person_id))]
    for table in (Consent, Assessment, Decision, Membership, Certificate, RiskCard):
        own = select(table.id).where(table.person_id == person_id)
        for key in reading.column(own):
            keys.append((table.__tablename__, str(key)))
    rows: list[tuple[str, str, str]] = []
    for told in history.history(reading.db, keys):
        row = _act(told.act)
        if row not in rows:
            rows.append(row)
    head = ("Moment (UTC)", "Account", "What was done")
    return _section("changes", "Who changed the record", head, rows)


def _act(act: journal.Act) -> tuple[str, str, str]:
    """Moment, account and what was done; every fact of the sentence is left out."""
    moment = act.at[:16].replace("T", " ")
    facts = act.facts.keys() - {"done"}
    return moment, act.account, journal.sentence(act, facts)
