"""Who can be registered, and what is wrong with what was typed. Dates are days, ages whole years."""

from dataclasses import dataclass, replace
from datetime import date

from cbs_desktop.errors import Fault
from cbs_desktop.participants import availability
from cbs_desktop.participants.choices import CATEGORIES, CONSENT_MODES, ID_KINDS, SEXES
from cbs_desktop.participants.fields import TEXT_FIELDS
from cbs_desktop.text import clean, day_faults, fold, text_faults

OLDEST = 110
GUARDIAN_UNDER = 16  # guardian: Rwanda, Law 058/2021, art. 9


@dataclass(frozen=True, slots=True)
class PersonDetails:
    """A person as typed. Birth is a day, or a year, or neither is known; `categories` is None where it may not be seen."""

    own_name: str
    other_names: str
    sex: str
    place_id: int | None
    born_on: date | None = None
    born_year: int | None = None
    age_estimated: bool = False
    name_on_id: str = ""
    facility_id: int | None = None
    release_on: date | None = None
    phone: str = ""
    phone_of: str = ""
    id_kind: str = ""
    id_number: str = ""
    categories: tuple[str, ...] | None = None
    languages: tuple[str, ...] = ()
    days: tuple[int, ...] = ()  # weekdays they can come, 0 Monday


@dataclass(frozen=True, slots=True)
class ConsentDetails:
    """What was agreed to, how and when; `guardian` is who agreed for a child."""

    given_on: date
    mode: str = "written"
    purpose: str = "programme"
    guardian: str = ""


def tidy(details: PersonDetails) -> PersonDetails:
    """Composed letters and single blanks in every text."""
    texts = {field.key: getattr(details, field.key) for field in TEXT_FIELDS}
    return replace(details, **{key: clean(text) for key, text in texts.items() if text})


def shown(own_name: str, other_names: str) -> str:
    """The name as every list shows it: own name first, as law 32/2016 (Rwanda) orders."""
    if other_names:
        return f"{own_name} {other_names}"
    return own_name


def age(born_on: date | None, born_year: int | None, day: date) -> int | None:
    """Whole years on a day; from a year alone the age reached in that year; None when nothing is known."""
    if born_on:
        return (
            day.year
            - born_on.year
            - ((day.month, day.day) < (born_on.month, born_on.day))
        )
    if born_year:
        return day.year - born_year
    return None


def search_words(details: PersonDetails, number: str) -> str:
    """The folded words a person is found by: names, number, phone."""
    digits = "".join(c for c in details.phone if c.isdigit())
    names = " ".join((details.own_name, details.other_names, details.name_on_id))
    return f"{fold(names)} {fold(number)} {digits}".rstrip()


def person_faults(details: PersonDetails, today: date) -> list[Fault]:
    """All that is wrong with a person's details."""
    faults: list[Fault] = []
    for field in TEXT_FIELDS:
        text = getattr(details, field.key)
        faults += text_faults(field.key, text, field.needed, field.most)
    faults += birth_faults(details, today)
    faults += phone_faults(details.phone)
    faults += availability.faults(details)
    if details.sex not in SEXES:
        faults.append(Fault("sex", "needed" if not details.sex else "not a choice"))
    if not isinstance(details.place_id, int):
        faults.append(
            Fault("place_id", "needed" if not details.place_id else "no such place")
        )
    faults += day_faults("release_on", details.release_on, needed=False)
    if details.id_kind not in ID_KINDS:
        faults.append(Fault("id_kind", "not a choice"))
    if details.categories and not set(details.categories) <= set(CATEGORIES):
        faults.append(Fault("categories", "not a choice"))
    return faults


def birth_faults(details: PersonDetails, today: date) -> list[Fault]:
    """Birth in the future, or longer ago than anybody lives."""
    if faults := day_faults("born_on", details.born_on, today, needed=False):
        return faults
    if details.born_year is not None and type(details.born_year) is not int:
        return [Fault("born_year", "not a number")]
    if (details.born_year or 0) > today.year:
        return [Fault("born_on", "in the future")]
    years = age(details.born_on, details.born_year, today)
    if years is not None and years > OLDEST:
        return [Fault("born_on", "too long ago", {"most": OLDEST})]
    return []


def phone_faults(phone: str) -> list[Fault]:
    """A phone is 7 to 15 digits (ITU E.164) with the usual signs between them, or nothing."""
    digits = sum(c.isdigit() for c in phone)
    if phone and (not 7 <= digits <= 15 or not set(phone) <= set("0123456789+ ()-./")):
        return [Fault("phone", "not a phone")]
    return []


def consent_faults(
    consent: ConsentDetails, years: int | None, today: date
) -> list[Fault]:
    """A consent in the future, in an unknown mode, or a child's without guardian."""
    faults = text_faults("guardian", consent.guardian)
    faults += day_faults("consent_on", consent.given_on, today)
    if consent.mode not in CONSENT_MODES:
        faults.append(Fault("consent_mode", "not a choice"))
    if years is not None and years < GUARDIAN_UNDER and not consent.guardian:
        faults.append(Fault("guardian", "guardian needed", {"under": GUARDIAN_UNDER}))
    return faults


def same_key(details: PersonDetails) -> tuple[object, ...]:
    """Two rows with the same key are the same person typed twice."""
    return (
        tuple(sorted(fold(shown(details.own_name, details.other_names)).split())),
        details.sex,
        details.born_on or details.born_year,
    )
