"""What is noted of a session beside its marks: facts in closed lists and a few words, never what was said in the circle. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from cbs_desktop.errors import Fault
from cbs_desktop.text import clean, day_faults, text_faults

HELD, POSTPONED, CANCELLED = STATUSES = ("held", "postponed", "cancelled")
# Why a session was put off or cancelled (rounds slip: funerals, rain, commemoration, harvest, public duties).
SETBACKS = (
    "funeral", "rain or road", "commemoration", "market or harvest", "public duty", "facilitator absent", "venue not free",
    "too few came", "insecurity", "other",
)  # fmt: skip
# What happened, without its story.
INCIDENTS = (
    "conflict in the group", "illness or accident", "somebody in danger", "disturbed from outside", "rules of the group broken",
    "other",
)  # fmt: skip
# What people of the group agreed on (problem types of the published programmes).
AGREEMENTS = ("land", "house", "debt", "family", "other")
CORRECTION_REASONS = (
    "typing error",
    "paper read late",
    "wrong person",
    "told by the facilitator",
)
# Days from typing a register after which its marks are corrected with a reason; no source: our default.
CLOSES_AFTER = 14
PHASES_MOST = 2
NOTE_MOST = 80
_HEADS_MOST = 60
_AGREEMENTS_MOST = 20


@dataclass(frozen=True, slots=True)
class SessionRecord:
    """What became of a planned session. `status` is one of STATUSES, `phases` those worked on (one or two), `setback` one
    of SETBACKS where it was not held, `head_count` the number written on the paper, `facilitators` the ids of those who
    were there, `agreements` how many were reached by kind."""

    status: str
    held_on: date | None = None
    phases: tuple[str, ...] = ()
    topic: str = ""
    note: str = ""
    setback: str = ""
    head_count: int | None = None
    incident: str = ""
    facilitators: tuple[int, ...] = ()
    agreements: Mapping[str, int] = field(default_factory=dict)

    def tidy(self) -> "SessionRecord":
        """With clean words, and without what does not go with its status."""
        held = self.status == HELD
        return SessionRecord(
            status=self.status,
            held_on=self.held_on if held else None,
            phases=tuple(dict.fromkeys(filter(None, self.phases))),
            topic=clean(self.topic),
            note=clean(self.note),
            setback="" if held else self.setback,
            head_count=self.head_count if held else None,
            incident=self.incident,
            facilitators=self.facilitators if held else (),
            agreements={kind: n for kind, n in self.agreements.items() if n},
        )


def record_faults(record: SessionRecord, today: date) -> list[Fault]:
    """What is wrong with the record of a session."""
    faults = text_faults("note", record.note, most=NOTE_MOST)
    faults += text_faults("topic", record.topic, most=NOTE_MOST)
    held = record.status == HELD
    if record.status not in STATUSES:
        faults.append(Fault("status", "not a choice"))
    faults += day_faults("held_on", record.held_on, today, needed=held)
    if len(record.phases) > PHASES_MOST:
        faults.append(Fault("phases", "too many phases", {"most": PHASES_MOST}))
    for phase in record.phases:
        faults += text_faults("phases", phase)
    for key, value, known in (
        ("setback", record.setback, SETBACKS),
        ("incident", record.incident, INCIDENTS),
    ):
        if value and value not in known:
            faults.append(Fault(key, "not a choice"))
    faults += head_count_faults(record.head_count)
    for kind, count in record.agreements.items():
        if kind not in AGREEMENTS or not _is_count(count, _AGREEMENTS_MOST):
            faults.append(Fault(kind, "not a number"))
    return faults


def head_count_faults(count: int | None) -> list[Fault]:
    """What is wrong with the number of heads on a paper; None where nobody counted."""
    if count is None or _is_count(count, _HEADS_MOST):
        return []
    return [Fault("head_count", "head count", {"most": _HEADS_MOST})]


def _is_count(number: object, most: int) -> bool:
    return isinstance(number, int) and 0 <= number <= most


def is_closed(typed_on: date, today: date) -> bool:
    """Whether the marks of a register that was typed on that day are changed with a reason only."""
    return (today - typed_on).days > CLOSES_AFTER
