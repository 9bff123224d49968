"""Before and after: how scores of a round changed, for everybody in a group, by sex, by group, and without a group."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from cbs_desktop import settings
from cbs_desktop.action import Reading, query
from cbs_desktop.errors import Fault, Invalid
from cbs_desktop.groups.tables import Group, Membership
from cbs_desktop.programmes.queries import RoundFacts, round_of
from cbs_desktop.safe.permissions import Permission
from cbs_desktop.screening import change, instrument_store, results, scoring
from cbs_desktop.screening.change import ScorePair, Summary
from cbs_desktop.screening.instrument import ChangeRule, Cutoff, Instrument, Score
from cbs_desktop.screening.results import Measured
from cbs_desktop.screening.rules import OCCASIONS

FEWEST = 5  # fewer pairs could tell about one person: their figures are withheld


@dataclass(frozen=True, slots=True)
class OutcomeRow:
    """Some people before and after. `kind` is all, women, men, group (then `name` is its own) or without."""

    kind: str
    name: str
    summary: Summary

    @property
    def withheld(self) -> bool:
        """Whether there are too few pairs for any figure to be shown."""
        return self.summary.pairs < FEWEST


@dataclass(frozen=True, slots=True)
class Outcomes:
    """The outcome report: the first score of a questionnaire before and after, and by which rules change was judged."""

    round: RoundFacts
    made_on: date
    instrument: Instrument
    before: str
    after: str
    rows: tuple[OutcomeRow, ...]
    cutoffs: tuple[tuple[str, Cutoff | None], ...]  # by sex
    changes: tuple[tuple[str, ChangeRule | None], ...]
    left_out: int = 0  # people whose sheets stay sealed for want of consent
    destroyed: int = 0  # people whose answers were destroyed after their time

    @property
    def score(self) -> Score:
        """The score that is compared."""
        return self.instrument.scores[0]


@query(Permission.SEE_SCORES)
def outcomes(
    reading: Reading,
    round_id: int | None = None,
    key: str = "",
    before: str = OCCASIONS[0],
    after: str = OCCASIONS[2],
) -> Outcomes:
    """The outcomes of a round by a questionnaire, the programme's own unless named. Of several sheets on one occasion the
    last counts. Invalid for the same occasion twice, or a questionnaire without a score."""
    found = round_of(reading, round_id)
    key = key or found.rules.instrument
    form = next(
        (one.instrument for one in instrument_store.listed(reading) if one.key == key),
        None,
    )
    if form is not None and form.scores:
        faults = []
    else:
        faults = [Fault("instrument", "not a choice")]
    if before == after or not {before, after} <= set(OCCASIONS):
        faults.append(Fault("occasion", "not a choice"))
    if form is None or faults:
        raise Invalid(faults)
    pairs = _pairs(results.measured(reading, found.id, key), before, after)
    country = settings.read(reading, "country")
    score = form.scores[0]
    return Outcomes(
        found,
        reading.today,
        form,
        before,
        after,
        tuple(_rows(reading, found, form, pairs)),
        tuple((sex, scoring.first_cutoff(form, score, sex, country)) for sex in "FM"),
        tuple((sex, change.rule_for(form, score, sex)) for sex in "FM"),
        results.sealed_people(reading, found.id, key),
        results.people_without_answers(reading, found.id, key),
    )


def _pairs(sheets: Iterable[Measured], before: str, after: str) -> list[ScorePair]:
    by_person: dict[int, dict[str, Measured]] = {}
    for sheet in sheets:
        if sheet.occasion in (before, after):
            mine = by_person.setdefault(sheet.person_id, {})
            mine[sheet.occasion] = sheet
    return [_pair(mine, before, after) for mine in by_person.values()]


def _pair(mine: dict[str, Measured], before: str, after: str) -> ScorePair:
    first = mine.get(before)
    last = mine.get(after)
    one = first or last
    assert one is not None
    return ScorePair(
        one.person_id,
        one.sex,
        first.value if first else None,
        last.value if last else None,
        first.reached if first else None,
        last.reached if last else None,
    )


def _rows(
    reading: Reading, found: RoundFacts, form: Instrument, pairs: list[ScorePair]
) -> Iterable[OutcomeRow]:
    groups = _groups(reading, found.id)
    inside = [one for one in pairs if one.person_id in groups]
    parts = [("all", "", inside)]
    parts += [
        (kind, "", [one for one in inside if one.sex == sex])
        for kind, sex in (("women", "F"), ("men", "M"))
    ]
    for number, name in sorted(set(groups.values())):
        parts.append(
            (
                "group",
                name,
                [one for one in inside if groups[one.person_id] == (number, name)],
            )
        )
    parts.append(("without", "", [one for one in pairs if one.person_id not in groups]))
    return (
        OutcomeRow(kind, name, change.summary(form, form.scores[0], people))
        for kind, name, people in parts
        if people
    )


def _groups(reading: Reading, round_id: int) -> dict[int, tuple[int, str]]:
    """The group of each person in a round: the last one joined."""
    statement = (
        select(Membership.person_id, Group.number, Group.name)
        .join(Group, Group.id == Membership.group_id)
        .where(Group.round_id == round_id)
        .order_by(Membership.joined_on, Membership.id)
    )
    return {person: (number, name) for person, number, name in reading.rows(statement)}
