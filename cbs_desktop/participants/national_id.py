"""The national identity number of Rwanda: its parts, and what does not agree with what was typed. Pure.

Sixteen digits: status, year of birth, sex, serial, issue, check. The first five parts are as newspapers explain the card
(ickjournalism.com, "Understanding the 16 digits"; ktpress.rw, June 2025); no law or register publishes them. How the two
check digits are made is not public, so they are kept and never tested. Numbers are corrected and issued anew, so a
number that does not agree is a reason to look at the paper again and never a reason to refuse. Burundi publishes no
format: its numbers, and those of all other papers, are free text.
"""

import re
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from cbs_desktop.errors import Fault

COUNTRY = "RW"
DIGITS = 16
KIND = "national ID"
HELD_FROM = 16  # years; Rwanda issues the card from this age
_STATUS = {"1": "citizen", "2": "refugee", "3": "foreigner"}
_SEX = {"8": "M", "7": "F"}
_OLDEST_YEAR = 1900
_BETWEEN = re.compile(r"[\s./-]")
_SHOWN = 4  # digits at the end that a screen shows
HIDDEN = "••••"


class Holder(Protocol):
    """What is compared of somebody who was typed."""

    @property
    def sex(self) -> str: ...  # noqa: D102
    @property
    def born_on(self) -> date | None: ...  # noqa: D102
    @property
    def born_year(self) -> int | None: ...  # noqa: D102
    @property
    def age_estimated(self) -> bool: ...  # noqa: D102
    @property
    def id_kind(self) -> str: ...  # noqa: D102
    @property
    def id_number(self) -> str: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class NationalId:
    """The parts of a number. `status` and `sex` are empty where their digit means nothing that is known."""

    status: str
    born_year: int
    sex: str
    serial: str
    issue: int
    check: str


def digits_of(number: str) -> str:
    """A number without the signs between its parts."""
    return _BETWEEN.sub("", number)


def parse(number: str) -> NationalId | None:
    """The parts of sixteen digits, also with blanks between them; None for all else."""
    digits = digits_of(number)
    if len(digits) != DIGITS or not (digits.isascii() and digits.isdigit()):
        return None
    return NationalId(
        status=_STATUS.get(digits[0], ""),
        born_year=int(digits[1:5]),
        sex=_SEX.get(digits[5], ""),
        serial=digits[6:13],
        issue=int(digits[13]),
        check=digits[14:],
    )


def masked(number: str) -> str:
    """A number of any paper as screens show it: its last four signs, fewer of a short one."""
    if not number:
        return ""
    shown = min(_SHOWN, len(number) // 2)
    return f"{HIDDEN} {number[len(number) - shown :]}".rstrip()


def doubts(holder: Holder, country: str, today: date) -> list[Fault]:
    """What of a Rwandan number does not agree with the person as typed; nothing of it keeps anybody from being saved."""
    number = digits_of(holder.id_number)
    if holder.id_kind not in ("", KIND) or not number:
        return []
    card = parse(number)
    if card is None:
        return _of_length(number, country) if holder.id_kind else []
    return [*_of_parts(card, today), *_of_holder(card, holder, today)]


def _of_length(number: str, country: str) -> list[Fault]:
    """A national number of another country is free text; in Rwanda one of other length is looked at again."""
    if country != COUNTRY:
        return []
    facts: dict[str, object] = {"most": DIGITS, "length": len(number)}
    return [Fault("id_number", "card digits", facts)]


def _of_parts(card: NationalId, today: date) -> list[Fault]:
    found: list[Fault] = []
    if not card.status:
        found.append(Fault("id_number", "card status"))
    if not _OLDEST_YEAR <= card.born_year <= today.year:
        found.append(Fault("id_number", "card year unknown", {"year": card.born_year}))
    if not card.sex:
        found.append(Fault("id_number", "card sex unknown"))
    return found


def _of_holder(card: NationalId, holder: Holder, today: date) -> list[Fault]:
    found = _of_birth(card, holder, today)
    both_known = bool(card.sex and holder.sex)
    if both_known and card.sex != holder.sex:
        found.append(Fault("id_number", f"card sex {card.sex}"))
    return found


def _of_birth(card: NationalId, holder: Holder, today: date) -> list[Fault]:
    """A year that differs, unless it was estimated; and a card of somebody too young to have one."""
    year = holder.born_year
    if holder.born_on:
        year = holder.born_on.year
    if not isinstance(year, int):
        return []
    found: list[Fault] = []
    readable = _OLDEST_YEAR <= card.born_year <= today.year
    differs = readable and year != card.born_year
    if differs and not holder.age_estimated:
        facts: dict[str, object] = {"year": card.born_year, "typed": year}
        found.append(Fault("id_number", "card year", facts))
    if today.year - year < HELD_FROM:
        found.append(Fault("id_number", "card too early", {"under": HELD_FROM}))
    return found
