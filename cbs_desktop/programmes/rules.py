"""The rules of a programme as values, and what is wrong with a programme file or a round."""

from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from cbs_desktop.errors import Fault
from cbs_desktop.programmes.marks import MarkSet, marks_from_file
from cbs_desktop.text import day_faults, text_faults


@dataclass(frozen=True, slots=True)
class Rules:
    """One programme's rules; every figure is a setting of the office. `phases` are (name, number of sessions), `marks` the
    letters of its attendance register."""

    key: str
    version: int
    title: str
    sessions: int
    every_days: int
    size_least: int
    size_target: int
    size_most: int
    size_stop: int
    pool_least: int
    complete_at: int
    near_miss: int
    join_until: int
    youth_from: int
    youth_to: int
    instrument: str
    phases: tuple[tuple[str, int], ...]
    marks: MarkSet

    def phase_of(self, number: int) -> str:
        """The phase planned for session `number`, counted from 1."""
        for name, length in self.phases:
            number -= length
            if number <= 0:
                return name
        return self.phases[-1][0]

    def band(self, age: int | None) -> str:
        """youth, adult or unknown, by the age at group start."""
        if age is None:
            return "unknown"
        if self.youth_from <= age <= self.youth_to:
            return "youth"
        return "adult"


def from_file(content: dict[str, Any]) -> Rules:
    """The rules in a programme file; ValueError names the key that is missing, unknown or impossible.

    Its pathway rules are screening's (`screening.pathway`).
    """
    wanted = {f.name: f for f in fields(Rules) if f.name not in ("phases", "marks")}
    phases = tuple(
        (str(p["name"]), int(p["sessions"])) for p in content.get("phase", ())
    )
    for key in [
        *(content.keys() - wanted.keys() - {"phase", "mark", "pathway"}),
        *(wanted.keys() - content.keys()),
    ]:
        raise ValueError(key)
    marks = marks_from_file(content.get("mark", ()))
    figures = {key: content[key] for key in wanted}
    rules = Rules(**figures, phases=phases, marks=marks)
    if faults := rule_faults(rules):
        raise ValueError(faults[0].field)
    return rules


def rule_faults(rules: Rules) -> list[Fault]:
    """Figures that contradict each other."""
    ordered = (
        rules.size_least,
        rules.size_target,
        rules.size_most,
        rules.size_stop,
        40,
    )
    checks = {
        "size_target": list(ordered) == sorted(ordered),
        "sessions": 1 <= rules.sessions <= 60
        and sum(n for _, n in rules.phases) == rules.sessions,
        "complete_at": 1 <= rules.complete_at <= rules.sessions,
        "near_miss": 0 <= rules.near_miss < rules.complete_at,
        "join_until": 1 <= rules.join_until <= rules.sessions,
        "every_days": 1 <= rules.every_days <= 60,
        "pool_least": 2 <= rules.pool_least <= rules.size_least,
        "youth_to": 10 <= rules.youth_from <= rules.youth_to <= 40,
    }
    return [Fault(field, "does not fit") for field, fits in checks.items() if not fits]


@dataclass(frozen=True, slots=True)
class RoundPlan:
    """A round as planned, with its targets in people."""

    name: str
    starts: date
    ends: date
    target_women: int = 0
    target_men: int = 0
    target_youth: int = 0
    target_adults: int = 0


def _is_count(number: object) -> bool:
    return isinstance(number, int) and 0 <= number <= 100_000


def round_faults(plan: RoundPlan) -> list[Fault]:
    """What is wrong with a planned round."""
    faults = text_faults("name", plan.name, needed=True, most=20)
    wrong = day_faults("starts", plan.starts) + day_faults("ends", plan.ends)
    if not wrong and plan.ends <= plan.starts:
        wrong.append(Fault("ends", "before start"))
    faults += wrong
    targets = ("target_women", "target_men", "target_youth", "target_adults")
    numbers = [getattr(plan, target) for target in targets]
    if wrong := [
        Fault(t, "not a number")
        for t, n in zip(targets, numbers, strict=True)
        if not _is_count(n)
    ]:
        return faults + wrong
    by_sex = plan.target_women + plan.target_men
    by_age = plan.target_youth + plan.target_adults
    if by_sex and by_age and by_sex != by_age:
        faults.append(
            Fault("target_adults", "targets differ", {"sex": by_sex, "age": by_age})
        )
    return faults
