"""Which way a sheet suggests, with every reason for and against. Software proposes, a person decides. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from cbs_desktop.screening.instrument import Instrument
from cbs_desktop.screening.rules import PATHWAYS
from cbs_desktop.screening.scoring import Outcome

_KINDS = (
    "age_from",
    "age_to",
    "residence",
    "first_time",
    "inside_until_end",
    "score",
    "rule",
    "need",
)


@dataclass(frozen=True, slots=True)
class Criterion:
    """One line of a programme's pathway rules: its kind, what it is held against, and `least` for a score."""

    kind: str
    value: Any
    least: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Pathway:
    """When a programme fits somebody: all of `must`, and one of `any_of`. The lower `order` is proposed first."""

    key: str
    order: int
    must: tuple[Criterion, ...]
    any_of: tuple[Criterion, ...]


@dataclass(frozen=True, slots=True)
class Applicant:
    """What is known of somebody when the way is chosen. `release_on` is None outside a facility or when unknown.

    `last_session` is the planned day of the round's last session; `sheets` are the latest by instrument.
    """

    age: int | None
    in_district: bool
    earlier: tuple[str, ...]
    inside: bool
    release_on: date | None
    last_session: date
    sheets: Mapping[str, tuple[Instrument, Outcome]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason: what speaks (`holds` True) for or (False) against a way, or cannot be told (None); with its facts."""

    pathway: str
    code: str
    holds: bool | None
    facts: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PathwayProposal:
    """The way that is proposed, and all reasons, those of the proposed way first."""

    pathway: str
    reasons: tuple[Reason, ...]


def from_file(key: str, content: Mapping[str, Any]) -> Pathway:
    """The pathway rules of a programme file; ValueError names the key that is missing, unknown or impossible."""
    for extra in content.keys() - {"order", "must", "any_of"}:
        raise ValueError(f"pathway.{extra}")
    order = content.get("order")
    if key not in PATHWAYS or type(order) is not int:
        raise ValueError("pathway.order")
    return Pathway(
        key,
        order,
        *(tuple(map(_criterion, content.get(part, ()))) for part in ("must", "any_of")),
    )


def _criterion(line: Mapping[str, Any]) -> Criterion:
    kinds = [kind for kind in _KINDS if kind in line]
    if len(kinds) != 1 or line.keys() - {*kinds, "least"}:
        raise ValueError(f"pathway: {', '.join(line)}")
    kind = kinds[0]
    value = line[kinds[0]]
    least = line.get("least")
    wanted = {
        "age_from": int,
        "age_to": int,
        "score": str,
        "rule": str,
        "need": list,
    }.get(kind, bool)
    if type(value) is not wanted or (
        least is not None and (kind != "score" or type(least) is not int)
    ):
        raise ValueError(f"pathway: {kind}")
    return Criterion(
        kind,
        tuple(value) if kind == "need" else value,
        None if least is None else Decimal(least),
    )


def propose(pathways: Sequence[Pathway], one: Applicant) -> PathwayProposal:
    """What fits somebody: told risk means an urgent referral first; then the first programme whose rules hold; waiting
    when a rule cannot be told yet; else none of them."""
    told = tuple(
        Reason(
            "refer",
            "risk told",
            True,
            {"instrument": instrument.title, "numbers": outcome.risk},
        )
        for instrument, outcome in one.sheets.values()
        if outcome.risk
    )
    found = {
        way.key: _reasons(way, one)
        for way in sorted(pathways, key=lambda way: way.order)
    }
    chosen = "refer" if told else _chosen(found, one)
    mine = [
        reason
        for must, any_of in (found.get(chosen, ((), ())),)
        for reason in (*must, *any_of)
    ]
    others = [
        r
        for key, (must, any_of) in found.items()
        if key != chosen
        for r in (*must, *any_of)
    ]
    return PathwayProposal(chosen, (*told, *mine, *others))


_Found = Mapping[str, tuple[tuple[Reason, ...], tuple[Reason, ...]]]


def _chosen(found: _Found, one: Applicant) -> str:
    unknown = not one.sheets
    for key, (must, any_of) in found.items():
        supported = any(reason.holds for reason in any_of)
        if supported and all(reason.holds for reason in must):
            return key
        excluded = any(reason.holds is False for reason in must)
        unknown = unknown or (not excluded and (supported or _cannot_be_told(any_of)))
    if unknown:
        return "waiting"
    return "other"


def _cannot_be_told(any_of: Sequence[Reason]) -> bool:
    """A score that was asked for and could not be told leaves the way open; one that was never taken does not."""
    return any(reason.holds is None and reason.code != "not taken" for reason in any_of)


def _reasons(
    way: Pathway, one: Applicant
) -> tuple[tuple[Reason, ...], tuple[Reason, ...]]:
    must = tuple(_reason(way.key, each, one) for each in way.must)
    return must, tuple(_reason(way.key, each, one) for each in way.any_of)


def _reason(key: str, criterion: Criterion, one: Applicant) -> Reason:
    kind = criterion.kind
    value = criterion.value
    if kind in ("age_from", "age_to"):
        if one.age is None:
            holds = None
        elif kind == "age_from":
            holds = one.age >= value
        else:
            holds = one.age <= value
        return Reason(key, kind, holds, {"age": one.age, "value": value})
    if kind == "residence":
        return Reason(key, kind, one.in_district)
    if kind == "first_time":
        return Reason(key, kind, not one.earlier, {"rounds": ", ".join(one.earlier)})
    if kind == "inside_until_end":
        holds = not one.inside or (
            None if one.release_on is None else one.release_on >= one.last_session
        )
        return Reason(
            key, kind, holds, {"day": one.release_on, "last": one.last_session}
        )
    if kind == "need":
        told = [
            need
            for _i, outcome in one.sheets.values()
            for need in outcome.needs
            if need in value
        ]
        taken = any(
            item.need in value
            for instrument, _o in one.sheets.values()
            for item in instrument.items
        )
        return Reason(
            key,
            "need" if taken else "not taken",
            bool(told) if taken else None,
            {"needs": tuple(told)},
        )
    return _of_sheet(key, criterion, one)


def _of_sheet(key: str, criterion: Criterion, one: Applicant) -> Reason:
    """A criterion about the score or the rule of an instrument."""
    if criterion.value not in one.sheets:
        return Reason(key, "not taken", None, {"instrument": criterion.value})
    instrument, outcome = one.sheets[criterion.value]
    facts: dict[str, Any] = {"instrument": instrument.title}
    if criterion.kind == "rule":
        return Reason(
            key, "rule", outcome.rules[0].met if outcome.rules else None, facts
        )
    first = outcome.first
    if first is None or first.value is None:
        return Reason(key, "incomplete", None, {**facts, "numbers": outcome.blank})
    facts["value"] = first.value
    if criterion.least is not None:
        return Reason(
            key,
            "score",
            first.value >= criterion.least,
            {**facts, "operator": ">=", "cutoff": criterion.least},
        )
    if not first.held:
        return Reason(key, "no cut-off", None, facts)
    held = first.held[0]
    facts |= {
        "operator": held.cutoff.operator,
        "cutoff": held.cutoff.value,
        "source": held.cutoff.basis.source,
    }
    return Reason(key, "score", held.reached, facts)
