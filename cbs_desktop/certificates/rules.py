"""Numbers, who may be certified, and what a printed certificate says: nothing sensitive."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from cbs_desktop.errors import Fault
from cbs_desktop.text import text_faults

REPRINT_REASONS = ("lost", "damaged", "printer fault")
WITHDRAWAL_REASONS = (
    "issued by mistake",
    "wrong person",
    "wrong dates or sessions",
    "asked by the person",
    "misused",
)
# Why somebody gets a certificate though the rule was not met: of the sessions, never of the person's life.
OVERRIDE_REASONS = (
    "sessions made up",
    "absences excused",
    "joined late by decision",
    "register incomplete",
    "programme decided",
)
# What may differ between a certificate and the records since it was issued.
MISMATCHES = (
    "not complete",
    "sessions",
    "days",
    "group",
    "name",
    "no member",
    "two papers",
    "erased",
)
# Why a paper stands as it is though the records say something else.
KEEP_REASONS = (
    *OVERRIDE_REASONS,
    "checked on paper",
    "too small to matter",
    "asked by the person",
)
ORDERS = ("group", "name", "number")
SIGNATORIES_MOST = 3
NAME_MOST = 160


def series(code: str, laptop: str, run: str, year: int) -> str:
    """A series of numbers: office, laptop (with the letters of its run, if any), year."""
    return f"{code}-{laptop}{run}-{year}"


def number(of: str, serial: int) -> str:
    """A certificate number."""
    return f"{of}-{serial:04}"


def year(today: date, known: Iterable[str], before: str) -> int:
    """The year of the series to go on with: this year's, or a later one that was begun (the clock was set back since).

    `known` are series; only those that begin with `before` (office, laptop, run) are looked at.
    """
    begun = (
        one.removeprefix(f"{before}-") for one in known if one.startswith(f"{before}-")
    )
    return max(
        [
            today.year,
            *(int(text) for text in begun if text.isdigit() and len(text) == 4),
        ]
    )


def ready(state: str, remaining: int) -> bool:
    """Whether a certificate may be issued: the rule is met and the group has no session left."""
    return state == "complete" and remaining == 0


def override_faults(reason: str, words: str) -> list[Fault]:
    """What is wrong with the reason for a certificate without the rule being met: a reason of the list, and words."""
    return _reason_faults(reason, words, OVERRIDE_REASONS)


def keep_faults(reason: str, words: str) -> list[Fault]:
    """What is wrong with the reason for keeping a paper that differs from the records: a reason of the list, and words."""
    return _reason_faults(reason, words, KEEP_REASONS)


def _reason_faults(reason: str, words: str, known: Iterable[str]) -> list[Fault]:
    faults: list[Fault] = []
    if reason not in known:
        faults.append(Fault("reason", "not a choice" if reason else "needed"))
    return faults + text_faults("words", words, needed=True, most=200)


def signatory_faults(people: tuple[tuple[str, str], ...]) -> list[Fault]:
    """What is wrong with signatories given as (name, title), in the order on the paper."""
    if 1 <= len(people) <= SIGNATORIES_MOST:
        faults = []
    else:
        faults = [Fault("signatories", "needed")]
    for name, title in people:
        faults += text_faults("name", name, needed=True, most=60) + text_faults(
            "title", title, needed=True, most=80
        )
    return faults


def pages(text: str, most: int) -> list[int]:
    """Pages as people write them ("1-7, 9"), counted from 0. ValueError("no such page") for others than 1 to `most`."""
    found: set[int] = set()
    for part in filter(
        None,
        (each.strip() for each in text.replace("–", "-").replace(";", ",").split(",")),
    ):
        first, dash, last = (each.strip() for each in part.partition("-"))
        ends = (first, last if dash else first)
        if not all(end.isascii() and end.isdigit() and len(end) < 7 for end in ends):
            raise ValueError("no such page")
        low, high = map(int, ends)
        if not 1 <= low <= high <= most:
            raise ValueError("no such page")
        found.update(range(low - 1, high))
    return sorted(found)


def pages_as_text(wanted: Sequence[int]) -> str:
    """Pages counted from 0 as people write them: 1-3, 5."""
    runs: list[list[int]] = []
    for page in sorted(set(wanted)):
        if runs and page == runs[-1][1] + 1:
            runs[-1][1] = page
        else:
            runs.append([page, page])
    return ", ".join(_run_as_text(first + 1, last + 1) for first, last in runs)


def _run_as_text(first: int, last: int) -> str:
    if first == last:
        return str(first)
    return f"{first}-{last}"


@dataclass(frozen=True, slots=True)
class Signer:
    """A signature line."""

    name: str
    title: str


@dataclass(frozen=True, slots=True)
class Printable:
    """What stands on one certificate. `code` is the text of the QR; `duplicate` is the day of a later print than the
    first, None on that. `sex` (F, M or empty) chooses the form of words, and does not stand on the paper by itself."""

    number: str
    name: str
    programme: str
    attended: int
    held: int
    began_on: date
    completed_on: date
    issued_on: date
    place: str
    code: str
    duplicate: date | None = None
    sex: str = ""


_DIGEST = "erased "  # before what is kept of the code of somebody who was erased


def digest_of_code(code: str) -> str:
    """What is kept of the text of a QR when its holder is erased: nobody without the signing key can find the text."""
    if code.startswith(_DIGEST):
        return code
    return _DIGEST + hashlib.sha256(code.encode()).hexdigest()


def is_of_erased(kept: str) -> bool:
    """Whether the register keeps a digest alone."""
    return kept.startswith(_DIGEST)


def is_code(kept: str, text: str) -> bool:
    """Whether a text is the one that the register keeps, or keeps the digest of."""
    return kept == (digest_of_code(text) if is_of_erased(kept) else text)


def state_of_records(compared: Iterable[object]) -> str:
    """A short form of what was compared with a paper: a decision to keep the paper holds as long as it is the same. No
    name can be read from it."""
    text = "|".join(str(part) for part in compared)
    return hashlib.sha256(text.encode()).hexdigest()[:16]
