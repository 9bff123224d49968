"""The graduation report: graduates of a round by district, sex, age band and setting, checked against its own parts."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ScalarSelect, func, select
from sqlalchemy.orm import aliased

from cbs_desktop.action import Reading, query
from cbs_desktop.certificates.mismatches import mismatches_in
from cbs_desktop.certificates.tables import Certificate
from cbs_desktop.groups.tables import Group, Membership
from cbs_desktop.participants.tables import Person
from cbs_desktop.places.rules import PRISON
from cbs_desktop.places.tables import Facility, Place
from cbs_desktop.programmes.queries import RoundFacts, round_of
from cbs_desktop.safe.permissions import Permission

SEXES = ("F", "M")
BANDS = ("youth", "adult", "unknown")
SETTINGS = ("community", "facility")


@dataclass(frozen=True, slots=True)
class Graduate:
    """One graduate with what is counted. The band is the one at group start."""

    person_id: int
    number: str
    name: str
    certificate: str
    group: str
    district: str
    sex: str
    band: str
    setting: str

    def fits(
        self, district: str = "", sex: str = "", band: str = "", setting: str = ""
    ) -> bool:
        """Whether this graduate is counted in a cell; an empty word means all."""
        mine = (self.district, self.sex, self.band, self.setting)
        return all(
            not wanted or wanted == have
            for wanted, have in zip((district, sex, band, setting), mine, strict=True)
        )


@dataclass(frozen=True, slots=True)
class ReportLine:
    """A district (or all of them) with its figures, in people."""

    district: str
    total: int
    women: int
    men: int
    youth: int
    adults: int
    unknown: int
    community: int
    facility: int
    facility_women: int
    facility_men: int


@dataclass(frozen=True, slots=True)
class Check:
    """A total held against the sum of its parts."""

    what: str
    total: int
    parts: int

    @property
    def fits(self) -> bool:
        """Whether they are the same."""
        return self.total == self.parts


@dataclass(frozen=True, slots=True)
class Graduation:
    """The report: a line per district and the total, groups by setting, and the checks."""

    round: RoundFacts
    made_on: date
    lines: tuple[ReportLine, ...]
    total: ReportLine
    community_groups: int
    facility_groups: int
    enrolled: int
    checks: tuple[Check, ...]
    in_question: tuple[
        str, ...
    ] = ()  # numbers of certificates that differ from the records


def _last_membership(m: type[Membership]) -> ScalarSelect[int]:
    """The last time that a holder was in the group of the certificate: who left since is a graduate all the same."""
    every = aliased(m)
    theirs = select(every.id).where(
        every.person_id == Certificate.person_id,
        every.group_id == Certificate.group_id,
    )
    latest = theirs.order_by(every.joined_on.desc(), every.id.desc()).limit(1)
    return latest.correlate(Certificate).scalar_subquery()


def _graduates(reading: Reading, round_id: int) -> list[Graduate]:
    c = Certificate
    m = Membership
    home = aliased(Place)
    inside = aliased(Place)
    statement = (
        select(
            c.person_id,
            Person.number,
            c.name,
            c.number.label("certificate"),
            Group.name.label("group"),
            func.coalesce(inside.name, home.name).label("district"),
            Person.sex,
            m.band,
            (Facility.kind == PRISON).label("in_prison"),
        )
        .join(Person, Person.id == c.person_id)
        .join(Group, Group.id == c.group_id)
        .join(m, m.id == _last_membership(m))
        .join(Place, Place.id == Group.sector_id)
        .join(home, home.id == Place.district_id)
        .outerjoin(Facility, Facility.id == Group.facility_id)
        .outerjoin(inside, inside.id == Facility.district_id)
        .where(c.round_id == round_id, c.withdrawn_on.is_(None))
        .order_by(c.number)
    )
    found = []
    for row in reading.rows(statement):
        setting = "community"
        if row.in_prison:
            setting = "facility"
        graduate = Graduate(
            person_id=row.person_id,
            number=row.number,
            name=row.name,
            certificate=row.certificate,
            group=row.group,
            district=row.district,
            sex=row.sex,
            band=row.band,
            setting=setting,
        )
        found.append(graduate)
    return found


def _line(district: str, people: Iterable[Graduate]) -> ReportLine:
    found = list(people)
    sexes = Counter(graduate.sex for graduate in found)
    bands = Counter(graduate.band for graduate in found)
    settings = Counter(graduate.setting for graduate in found)
    inside = Counter(
        graduate.sex for graduate in found if graduate.setting == "facility"
    )
    return ReportLine(
        district,
        len(found),
        sexes["F"],
        sexes["M"],
        bands["youth"],
        bands["adult"],
        bands["unknown"],
        settings["community"],
        settings["facility"],
        inside["F"],
        inside["M"],
    )


def _checks(lines: tuple[ReportLine, ...], total: ReportLine) -> tuple[Check, ...]:
    parts = (
        ("women + men", total.women + total.men),
        ("youth + adults + unknown", total.youth + total.adults + total.unknown),
        ("community + facilities", total.community + total.facility),
        ("all districts", sum(line.total for line in lines)),
    )
    checks = [Check(what, total.total, part) for what, part in parts]
    checks.append(
        Check(
            "facility women + facility men",
            total.facility,
            total.facility_women + total.facility_men,
        )
    )
    return tuple(checks)


@query(Permission.REPORT)
def graduation(reading: Reading, round_id: int | None = None) -> Graduation:
    """The graduation report of a round: who holds a certificate that was not withdrawn."""
    found = round_of(reading, round_id)
    people = _graduates(reading, found.id)
    districts = sorted({one.district for one in people})
    lines = tuple(
        _line(district, (one for one in people if one.district == district))
        for district in districts
    )
    total = _line("", people)
    groups = select(func.count()).select_from(Group).where(Group.round_id == found.id)
    prisons = select(Facility.id).where(Facility.kind == PRISON)
    in_prison = func.coalesce(Group.facility_id, 0).in_(prisons)
    enrolled = (
        select(func.count(func.distinct(Membership.person_id)))
        .join(Group, Group.id == Membership.group_id)
        .where(Group.round_id == found.id)
    )
    return Graduation(
        round=found,
        made_on=reading.today,
        lines=lines,
        total=total,
        community_groups=reading.count(groups.where(~in_prison)),
        facility_groups=reading.count(groups.where(in_prison)),
        enrolled=reading.count(enrolled),
        checks=_checks(lines, total),
        in_question=tuple(one.number for one in mismatches_in(reading, found)),
    )


@query(Permission.REPORT)
def graduates(
    reading: Reading,
    round_id: int | None = None,
    district: str = "",
    sex: str = "",
    band: str = "",
    setting: str = "",
) -> list[Graduate]:
    """The people behind a figure of the graduation report."""
    people = _graduates(reading, round_of(reading, round_id).id)
    return [one for one in people if one.fits(district, sex, band, setting)]
