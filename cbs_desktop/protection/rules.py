"""A loss or breach: what a finder could read, how high the risk is, and how much time is left. Pure."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from cbs_desktop.errors import Fault
from cbs_desktop.text import read_day, write_day

# What was lost or seen, in the order in which it is offered.
KINDS = ("laptop", "stick", "paper", "password", "recipient", "changed")
MEASURES: dict[str, tuple[str, ...]] = {
    "laptop": ("police", "passwords", "account", "restore"),
    "stick": ("search", "passwords", "new stick"),
    "paper": ("search", "facilitators"),
    "password": ("passwords", "account", "journal"),
    "recipient": ("ask back", "facilitators"),
    "changed": ("check", "restore", "paper compare"),
}
TELL = "tell persons"  # a measure of every kind when the risk is high
_LONGEST = 300  # characters of a text: no stories, no names


@dataclass(frozen=True, slots=True)
class Loss:
    """What a person says of it. `noticed` is a moment in UTC, `happened` the day if it is known. `was_open`: somebody was
    signed in and the window not locked. `export` is what was lost of what left the program, 0 for none of it."""

    kind: str
    noticed: datetime
    happened: date | None = None
    where: str = ""
    was_open: bool = False
    stick: int = 0
    export: int = 0


@dataclass(frozen=True, slots=True)
class HeldData:
    """What the lost thing held: people and questionnaires (those of the fullest copy), copies of the office, people named
    in files or papers that are not encrypted, and accounts whose password no rule ever looked at."""

    people: int = 0
    sheets: int = 0
    copies: int = 0
    plain: int = 0
    unchecked: int = 0


@dataclass(frozen=True, slots=True)
class TimeLeft:
    """Until something must be done: `left` is below zero when it is too late, `share` of the whole time is over (0 to 1)."""

    due: datetime
    left: timedelta
    share: float


def loss_faults(loss: Loss, now: datetime) -> list[Fault]:
    """What is wrong with what was said."""
    faults: list[Fault] = []
    if loss.kind not in KINDS:
        faults.append(Fault("kind", "not a choice"))
    if loss.noticed > now:
        faults.append(Fault("noticed", "in the future"))
    if loss.happened and loss.happened > now.date():
        faults.append(Fault("happened", "in the future"))
    if loss.kind == "stick" and not loss.stick and not loss.export:
        faults.append(Fault("stick", "which stick"))
    if len(loss.where) > _LONGEST:
        facts: dict[str, object] = {"most": _LONGEST, "length": len(loss.where)}
        faults.append(Fault("where", "too long", facts))
    return faults


def reasons(loss: Loss, held: HeldData) -> tuple[str, ...]:
    """Why the risk is high (art. 45); empty when it is not. "open": whoever found it could go on reading; "plain": people
    are named in what is not encrypted; "password": an encrypted office, and a password that somebody else knows;
    "unchecked": a password that may be weak; "changed": records may be wrong."""
    found: list[str] = []
    if loss.was_open and held.people and loss.kind == "laptop":
        found.append("open")
    if held.plain:
        found.append("plain")
    if loss.kind == "password" and held.people:
        found.append("password")
    if held.unchecked and held.people and loss.kind in ("laptop", "stick"):
        found.append("unchecked")
    if loss.kind == "changed" and held.people:
        found.append("changed")
    return tuple(found)


def measures(kind: str, is_high: bool) -> tuple[str, ...]:
    """What is to be done, in order."""
    return (*MEASURES[kind], TELL) if is_high else MEASURES[kind]


def time_left(noticed: datetime, hours: int, now: datetime) -> TimeLeft:
    """How long until a notice or a report is due, counted from when it was noticed."""
    whole = timedelta(hours=hours)
    due = noticed + whole
    share = (now - noticed) / whole
    return TimeLeft(due, due - now, min(1.0, max(0.0, share)))


@dataclass(frozen=True, slots=True)
class ControllerEntries:
    """What the office adds to the register of processing (art. 17, 29–31, 38, 40): who is responsible, the data protection
    officer, the registration with the authority and how it is reached, the day of the impact assessment."""

    controller: str = ""
    officer: str = ""
    officer_contact: str = ""
    registration: str = ""
    registered_on: date | None = None
    assessed_on: date | None = None
    authority_contact: str = ""
    recipients: str = ""
    safeguards: str = ""


_DAYS = ("registered_on", "assessed_on")


def entry_faults(entries: ControllerEntries, today: date) -> list[Fault]:
    """What is wrong with what the office adds."""
    faults: list[Fault] = []
    for field in _DAYS:
        day = getattr(entries, field)
        if day is not None and day > today:
            faults.append(Fault(field, "in the future"))
    if entries.registered_on and not entries.registration.strip():
        faults.append(Fault("registration", "needed"))
    for field in ControllerEntries.__slots__:
        value = getattr(entries, field)
        if isinstance(value, str) and len(value) > _LONGEST:
            facts: dict[str, object] = {"most": _LONGEST, "length": len(value)}
            faults.append(Fault(field, "too long", facts))
    return faults


def kept_entries(entries: ControllerEntries) -> dict[str, str]:
    """The entries as a setting keeps them: text by name, days as 2026-11-28; what is empty is left out."""
    kept: dict[str, str] = {}
    for field in ControllerEntries.__slots__:
        value = getattr(entries, field)
        text = write_day(value) if isinstance(value, date) else (value or "").strip()
        if text:
            kept[field] = text
    return kept


def read_entries(kept: dict[str, str]) -> ControllerEntries:
    """What `kept_entries` kept."""
    days: dict[str, date | None] = {}
    for field in _DAYS:
        text = kept.get(field, "")
        days[field] = read_day(text) if text else None
    return ControllerEntries(
        controller=kept.get("controller", ""),
        officer=kept.get("officer", ""),
        officer_contact=kept.get("officer_contact", ""),
        registration=kept.get("registration", ""),
        registered_on=days["registered_on"],
        assessed_on=days["assessed_on"],
        authority_contact=kept.get("authority_contact", ""),
        recipients=kept.get("recipients", ""),
        safeguards=kept.get("safeguards", ""),
    )
