"""Numbers, who may be certified, and what a printed certificate says: nothing sensitive."""

from dataclasses import dataclass
from datetime import date

from cbs_desktop.errors import Fault
from cbs_desktop.text import text_faults

REPRINT_REASONS = ("lost", "damaged", "name corrected", "printer fault")
SIGNATORIES_MOST = 3


def number(code: str, laptop: str, round_name: str, serial: int) -> str:
    """A certificate number, unique across laptops: office, laptop, round, serial."""
    season = "".join(c for c in round_name if c.isalnum())
    return f"{code}-{laptop}-{season}-{serial:04}"


def ready(state: str, remaining: int) -> bool:
    """Whether a certificate may be issued: the rule is met and the group has no session left."""
    return state == "complete" and remaining == 0


def signatory_faults(people: tuple[tuple[str, str], ...]) -> list[Fault]:
    """What is wrong with signatories given as (name, title), in the order on the paper."""
    faults = [] if 1 <= len(people) <= SIGNATORIES_MOST else [Fault("signatories", "needed")]
    for name, title in people:
        faults += text_faults("name", name, needed=True, most=60) + text_faults("title", title, needed=True, most=80)
    return faults


@dataclass(frozen=True, slots=True)
class Signer:
    """A signature line."""

    name: str
    title: str


@dataclass(frozen=True, slots=True)
class Printable:
    """What stands on one certificate. `code` is the text of the QR; `duplicate` is empty on the first print.

    `sex` (F, M or empty) chooses the form of words, and does not stand on the paper by itself.
    """

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
    duplicate: str = ""
    sex: str = ""
