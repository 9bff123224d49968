"""Whether papers and records agree: what an issued certificate says against what the registers say now."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from cbs_desktop.action import Reading, query
from cbs_desktop.attendance.queries import grids
from cbs_desktop.certificates import rules
from cbs_desktop.certificates.candidates import Candidate, candidates_in
from cbs_desktop.certificates.tables import Certificate, KeptPaper
from cbs_desktop.groups.tables import Group, Membership
from cbs_desktop.programmes.queries import RoundFacts, rounds_of
from cbs_desktop.safe.permissions import Permission
from cbs_desktop.store.values import NamedRow


@dataclass(frozen=True, slots=True)
class PaperMismatch:
    """A certificate that stands and does not say what the records say.

    `kinds` are words of rules.MISMATCHES. `says` and `records` are (sessions attended, sessions held); `now` is the name as
    a new paper would have it. `state` is what was compared, so that a decision to keep the paper holds for just that.
    """

    certificate_id: int
    number: str
    round_id: int
    person_id: int
    name: str
    group_id: int
    group: str
    kinds: tuple[str, ...]
    says: tuple[int, int]
    records: tuple[int, int]
    now: str
    state: str


@query(Permission.LOOK)
def mismatches(reading: Reading, round_id: int | None = None) -> list[PaperMismatch]:
    """The certificates of a round, or of all rounds, that nobody has decided to keep as they are, by number."""
    found: list[PaperMismatch] = []
    for each in rounds_of(reading):
        if round_id in (None, each.id):
            found += mismatches_in(reading, each)
    return found


def mismatches_in(
    reading: Reading, found: RoundFacts, judged: Sequence[Candidate] | None = None
) -> list[PaperMismatch]:
    """As `mismatches` of one round; `judged` are all people of its groups, where they are known already."""
    standing = _standing(reading, found.id)
    if not standing:
        return []
    if judged is None:
        every = grids(reading, _groups(reading, found.id))
        judged = candidates_in(reading, found, every)
    people = {one.person_id: one for one in judged}
    papers: dict[int, int] = {}
    for row in standing:
        papers[row.person_id] = papers.get(row.person_id, 0) + 1
    kept = dict(reading.rows(select(KeptPaper.certificate_id, KeptPaper.state)))
    differing: list[PaperMismatch] = []
    for row in standing:
        one = people.get(row.person_id)
        mismatch = _compared(row, one, papers[row.person_id] > 1)
        if mismatch and kept.get(row.id) != mismatch.state:
            differing.append(mismatch)
    return differing


def _standing(reading: Reading, round_id: int) -> list[NamedRow]:
    c = Certificate
    statement = (
        select(c.__table__, Group.name.label("group"))
        .join(Group, Group.id == c.group_id)
        .where(c.round_id == round_id, c.withdrawn_on.is_(None))
        .order_by(c.series, c.serial)
    )
    return reading.rows(statement)


def _groups(reading: Reading, round_id: int) -> list[int]:
    """The groups of a round in which somebody is or was who holds a certificate."""
    c, m = Certificate, Membership
    holders = select(c.person_id).where(
        c.round_id == round_id, c.withdrawn_on.is_(None)
    )
    theirs = select(m.group_id).join(Group, Group.id == m.group_id)
    mine = theirs.where(Group.round_id == round_id, m.person_id.in_(holders))
    return reading.column(mine.distinct())


def _compared(
    row: NamedRow, one: Candidate | None, twice: bool
) -> PaperMismatch | None:
    """What differs between a certificate and the person of its round (None: in no group any more)."""
    says = (row.attended, row.held)
    kinds = list(_kinds(row, one))
    if twice:
        kinds.append("two papers")
    if not kinds:
        return None
    records = (0, 0)
    now = ""
    if one is not None:
        records = (one.completion.attended, one.completion.held)
        now = one.printed_name
    compared = (*kinds, *records, now)
    return PaperMismatch(
        certificate_id=row.id,
        number=row.number,
        round_id=row.round_id,
        person_id=row.person_id,
        name=row.name,
        group_id=row.group_id,
        group=row.group,
        kinds=tuple(kinds),
        says=says,
        records=records,
        now=now,
        state=rules.state_of_records(compared),
    )


def _kinds(row: NamedRow, one: Candidate | None) -> Iterable[str]:
    if rules.is_of_erased(row.code):
        yield "erased"
        return
    if one is None:
        yield "no member"
        return
    stands = one.completion
    ready = rules.ready(stands.state, stands.remaining)
    if not ready and not row.override:
        yield "not complete"
    if (row.attended, row.held) != (stands.attended, stands.held):
        yield "sessions"
    if (row.began_on, row.completed_on) != (one.began_on, one.ended_on):
        yield "days"
    if row.group_id != one.group_id:
        yield "group"
    if row.name != one.printed_name:
        yield "name"


def by_certificate(found: Iterable[PaperMismatch]) -> Mapping[int, PaperMismatch]:
    """Mismatches by the certificate they are of."""
    return {one.certificate_id: one for one in found}
