"""Records that are alike: of somebody who is being typed, and in the whole office; two records side by side; merges."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from math import comb
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from sqlalchemy import func, select
from sqlalchemy.orm import InstrumentedAttribute

from cbs_desktop import resource, settings
from cbs_desktop.action import Progress, Reading, query
from cbs_desktop.attendance.tables import Mark
from cbs_desktop.certificates.tables import Certificate
from cbs_desktop.duplicates import blocking, candidates, comparing, rules, weighing
from cbs_desktop.duplicates import tables as t
from cbs_desktop.duplicates.comparing import TRAITS, Traits
from cbs_desktop.duplicates.weighing import Weights
from cbs_desktop.groups.tables import Group, Membership
from cbs_desktop.participants.queries import EditablePerson, form, registered_so_far
from cbs_desktop.participants.rules import PersonDetails, shown
from cbs_desktop.participants.tables import Person
from cbs_desktop.places.tables import Place
from cbs_desktop.resource import Content
from cbs_desktop.safe.permissions import Permission
from cbs_desktop.screening.tables import Assessment, Decision

if TYPE_CHECKING:
    from cbs_desktop.duplicates.blocking import Positions
    from cbs_desktop.duplicates.comparing import Levels

WEIGHTS = "match weights"  # the setting
_SHOWN = 5
_PAIRS_MOST = 500
_LEARN_FROM = 200  # people: what fewer have in common says nothing of others
_COMPARED_AT_ONCE = 100_000
_COMPARABLE = 2_000  # people who share something with somebody who is typed


@dataclass(frozen=True, slots=True)
class Alike:
    """A record that may be of the same person. `levels` says by trait how far the two agree (comparing.TRAITS)."""

    id: int
    number: str
    name: str
    sex: str
    born: str
    place: str
    probability: float = 0.0
    levels: dict[str, int] = field(default_factory=dict)


@query(Permission.LOOK)
def met(
    reading: Reading, details: PersonDetails, besides: int | None = None
) -> list[Alike]:
    """Up to five people who may be the one who is typed, most probable first; `besides` is left out."""
    place_id, path = _place_typed(reading, details)
    wanted = candidates.traits_of(details, path)
    if not (wanted.names or wanted.phone or wanted.card):
        return []
    found = candidates.candidates(reading, wanted, place_id)
    found = [person for person in found if person.id != besides]
    if not found:
        return []
    levels = comparing.compare([wanted] * len(found), found)
    chances = weighing.probability(levels, _weights_while_typing(reading))
    best: list[int] = chances.argsort()[::-1][:_SHOWN].tolist()
    likely = [i for i in best if chances[i] >= rules.WORTH_A_LOOK]
    people = described(reading, [found[i].id for i in likely])
    alike: list[Alike] = []
    for i in likely:
        person = people[found[i].id]
        alike.append(_as_alike(person, float(chances[i]), levels[i]))
    return alike


def _place_typed(reading: Reading, details: PersonDetails) -> tuple[int | None, str]:
    """The place with its path; while it is typed there is none."""
    place_id = details.place_id
    if not isinstance(place_id, int):
        return None, ""
    path = reading.value(select(Place.path).where(Place.id == place_id))
    return place_id, path or ""


def _as_alike(described: Alike, probability: float, levels: "Levels") -> Alike:
    return replace(described, probability=probability, levels=_by_trait(levels))


def described(reading: Reading, ids: Sequence[int]) -> dict[int, Alike]:
    """What a list says of people, by id."""
    p = Person
    columns = (
        p.id, p.number, p.own_name, p.other_names, p.sex, p.born_on, p.born_year, Place.path,
    )  # fmt: skip
    statement = select(*columns).join(Place, Place.id == p.place_id)
    return {
        row.id: Alike(
            id=row.id,
            number=row.number,
            name=shown(row.own_name, row.other_names),
            sex=row.sex,
            born=str(row.born_on or row.born_year or ""),
            place=row.path,
        )
        for row in reading.rows(statement.where(p.id.in_(ids)))
    }


def _by_trait(levels: "Levels") -> dict[str, int]:
    return dict(zip(TRAITS, map(int, levels), strict=True))


@cache
def _expected() -> Content:
    """What is known of such lists beforehand."""
    content = resource.toml("duplicates", "weights.toml")
    traits = [content[trait] for trait in TRAITS]
    shares = {key: [trait[key] for trait in traits] for key in ("same", "different")}
    return {**content, **shares}


def _expected_weights(people: int) -> Weights:
    """The weights that are expected among so many people."""
    expected = _expected()
    return weights_of({**expected, "share": expected["twice"] / max(people, 1)})


def _weights_while_typing(reading: Reading) -> Weights:
    """The weights that the office has learnt, else the expected ones.

    Whoever is typed is compared with those who share something with them, not with everybody.
    """
    kept = settings.read(reading, WEIGHTS)
    if kept:
        found = weights_of(kept)
    else:
        found = _expected_weights(registered_so_far(reading))
    least = _expected()["twice"] / _COMPARABLE
    return replace(found, share=max(found.share, least))


def weights_of(kept: Content) -> Weights:
    """Weights as the setting keeps them."""
    return Weights(_shares(kept["same"]), _shares(kept["different"]), kept["share"])


def _shares(kept: Sequence[Sequence[float]]) -> tuple[tuple[float, ...], ...]:
    return tuple(tuple(levels) for levels in kept)


@dataclass(frozen=True, slots=True)
class AlikePair:
    """Two records that may be of one person; `later` where somebody wants to be asked again."""

    one: Alike
    other: Alike
    later: bool


@dataclass(frozen=True, slots=True)
class AlikePairs:
    """The most probable pairs, how many there are in all, and the weights that were learnt from them."""

    pairs: tuple[AlikePair, ...]
    count: int
    weights: Weights


@query(Permission.REGISTER)
def alike_pairs(reading: Reading, progress: Progress | None = None) -> AlikePairs:
    """All records of the office that may be of one person; those judged to be two people are left out.

    Pairs that are to be asked later come first, then the most probable. At most 500 are given.
    """
    everybody = candidates.everybody(reading)
    places = blocking.alike(everybody, progress)
    levels = compared(everybody, places, progress)
    weights = learnt(everybody, levels)
    chances = weighing.probability(levels, weights)
    found: list[_LikelyPair] = []
    judged = _judgements(reading)
    for i in np.flatnonzero(chances >= rules.POSSIBLE).tolist():
        one, other = _people_at(everybody, places[i])
        verdict = judged.get(rules.pair(one.id, other.id))
        if verdict != rules.DIFFERENT:
            pair = _LikelyPair(
                later=verdict == rules.LATER,
                probability=float(chances[i]),
                one=one.id,
                other=other.id,
                levels=levels[i],
            )
            found.append(pair)
    found.sort(key=_urgency)
    shown_first = _pairs(reading, found[:_PAIRS_MOST])
    return AlikePairs(shown_first, len(found), weights)


def _urgency(pair: "_LikelyPair") -> tuple[bool, float]:
    return not pair.later, -pair.probability


class _LikelyPair(NamedTuple):
    """A pair by the ids of its two people, with the levels of its traits."""

    later: bool
    probability: float
    one: int
    other: int
    levels: "Levels"


def compared(
    people: Sequence[Traits],
    places: "Positions",
    progress: Progress | None = None,
) -> "Levels":
    """The levels of pairs, a part after the other."""
    levels = np.empty((len(places), len(TRAITS)), dtype=np.int8)
    for start in range(0, len(places), _COMPARED_AT_ONCE):
        part = slice(start, start + _COMPARED_AT_ONCE)
        left = _people_at(people, places[part, 0])
        right = _people_at(people, places[part, 1])
        levels[part] = comparing.compare(left, right)
        if progress:
            progress(len(places) + 3 * start, 4 * len(places))
    return levels


def _people_at(people: Sequence[Traits], positions: "Positions") -> list[Traits]:
    at: list[int] = positions.tolist()
    return [people[i] for i in at]


def learnt(people: Sequence[Traits], alike: "Levels") -> Weights:
    """The weights of these people: what occurs among any two, and among those who are alike."""
    count = len(people)
    counts_as = _expected()["counts_as"]
    known = _expected_weights(count)
    drawn = compared(people, blocking.at_random(count))
    known = weighing.counted(drawn, known, counts_as)
    if count < _LEARN_FROM:
        return known
    return weighing.learn(alike, comb(count, 2), known, counts_as)


def _pairs(reading: Reading, found: Sequence[_LikelyPair]) -> tuple[AlikePair, ...]:
    ids = {pair.one for pair in found}
    ids |= {pair.other for pair in found}
    people = described(reading, sorted(ids))
    made: list[AlikePair] = []
    for pair in found:
        agreed = (pair.probability, pair.levels)
        one = _as_alike(people[pair.one], *agreed)
        other = _as_alike(people[pair.other], *agreed)
        made.append(AlikePair(one, other, pair.later))
    return tuple(made)


def _judgements(reading: Reading) -> dict[tuple[int, int], str]:
    j = t.Judgement
    rows = reading.rows(select(j.one_id, j.other_id, j.verdict))
    return {(row.one_id, row.other_id): row.verdict for row in rows}


@dataclass(frozen=True, slots=True)
class Side:
    """One of two records: what was typed, and what it has gathered: names of groups, numbers of certificates, counts."""

    person: EditablePerson
    groups: tuple[str, ...]
    certificates: tuple[str, ...]
    sessions: int
    questionnaires: int
    decisions: int


@dataclass(frozen=True, slots=True)
class SideBySide:
    """Two records side by side. `levels` as in `Alike`; `groups_now` those in which both are now, in one round."""

    one: Side
    other: Side
    levels: dict[str, int]
    groups_now: tuple[tuple[str, str], ...]


@query(Permission.LOOK)
def compare(reading: Reading, one_id: int, other_id: int) -> SideBySide:
    """Two records side by side; Missing when one is not there."""
    one, other = _side(reading, one_id), _side(reading, other_id)
    both = {
        person.id: person for person in candidates.people(reading, (one_id, other_id))
    }
    levels = comparing.compare([both[one_id]], [both[other_id]])[0]
    now = groups_now(reading, one_id, other_id)
    return SideBySide(one, other, _by_trait(levels), now)


def _side(reading: Reading, person_id: int) -> Side:
    groups = (
        select(Group.name)
        .join(Membership, Membership.group_id == Group.id)
        .where(Membership.person_id == person_id)
        .order_by(Membership.joined_on)
    )
    certificates = select(Certificate.number).where(
        Certificate.person_id == person_id, Certificate.withdrawn_on.is_(None)
    )
    return Side(
        person=form(reading, person_id),
        groups=tuple(dict.fromkeys(reading.column(groups))),
        certificates=tuple(reading.column(certificates)),
        sessions=_count(reading, Mark.person_id, person_id),
        questionnaires=_count(reading, Assessment.person_id, person_id),
        decisions=_count(reading, Decision.person_id, person_id),
    )


def _count(reading: Reading, column: InstrumentedAttribute[int], person_id: int) -> int:
    return reading.count(select(func.count()).where(column == person_id))


def groups_now(
    reading: Reading, one_id: int, other_id: int
) -> tuple[tuple[str, str], ...]:
    """The groups in which both are now, in the same round."""
    of_round: dict[int, dict[int, str]] = {}
    m = Membership
    statement = (
        select(m.person_id, Group.round_id, Group.name)
        .join(Group, Group.id == m.group_id)
        .where(m.person_id.in_((one_id, other_id)), m.left_on.is_(None))
    )
    for row in reading.rows(statement):
        of_round.setdefault(row.round_id, {})[row.person_id] = row.name
    return tuple(
        (names[one_id], names[other_id])
        for names in of_round.values()
        if len(names) > 1
    )


@dataclass(frozen=True, slots=True)
class Merged:
    """A merge that stands: which record became part of which."""

    id: int
    kept_id: int
    kept_number: str
    kept_name: str
    gone_number: str
    gone_name: str
    merged_on: date
    merged_by: str


@query(Permission.REGISTER)
def merges(reading: Reading) -> list[Merged]:
    """All merges that stand, latest first."""
    m = t.Merge
    p = Person
    statement = (
        select(m.__table__, p.number, p.own_name, p.other_names)
        .join(p, p.id == m.kept_id)
        .where(m.parted_on.is_(None))
        .order_by(m.id.desc())
    )
    return [
        Merged(
            row.id,
            row.kept_id,
            row.number,
            shown(row.own_name, row.other_names),
            row.gone_number,
            row.gone_name,
            row.merged_on,
            row.merged_by,
        )
        for row in reading.rows(statement)
    ]
