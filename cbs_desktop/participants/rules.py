"""Who can be registered, what consent allows, and what is wrong with what was typed. Dates are days, ages whole years."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from cbs_desktop.errors import Fault
from cbs_desktop.participants import availability, phones
from cbs_desktop.participants.choices import (
    CATEGORIES,
    CONSENT_MODES,
    ID_KINDS,
    PURPOSES,
    SEXES,
    USUAL_PURPOSES,
    WITHDRAWAL_REASONS,
)
from cbs_desktop.participants.fields import TEXT_FIELDS
from cbs_desktop.participants.names import name_faults
from cbs_desktop.text import clean, day_faults, day_in_figures, fold, text_faults

OLDEST = 110
PHONE_END = 8  # digits: Burundian numbers have no more, Rwandan ones differ in these
GUARDIAN_UNDER = 16  # guardian: Rwanda, Law 058/2021, art. 9
_NAMES = ("own_name", "other_names", "name_on_id")
_PHONE = re.compile(r"[+ ()\-./]*(?:[0-9][+ ()\-./]*){7,15}")


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
    safe_to_call: bool | None = None  # None: nobody asked
    id_kind: str = ""
    id_number: str = ""
    categories: tuple[str, ...] | None = None
    languages: tuple[str, ...] = ()
    days: tuple[int, ...] = ()  # weekdays they can come, 0 Monday


SEVERAL = ("categories", "languages", "days")  # each kept in a table of its own
OF_ROW = tuple(key for key in PersonDetails.__slots__ if key not in SEVERAL)


@dataclass(frozen=True, slots=True)
class ConsentDetails:
    """What was agreed to on one paper or by word of mouth, how and when; `guardian` is who agreed for a child."""

    given_on: date
    mode: str = "written"
    purposes: tuple[str, ...] = USUAL_PURPOSES
    guardian: str = ""
    language: str = ""  # it was explained in, a code; empty where nobody said
    witness: str = ""


@dataclass(frozen=True, slots=True)
class RecordedConsent:
    """A consent to one purpose as it is kept, with its withdrawal if there was one."""

    purpose: str
    given_on: date
    mode: str = "written"
    guardian: str = ""
    language: str = ""
    witness: str = ""
    withdrawn_on: date | None = None
    withdrawn_why: str = ""

    def stands(self, day: date) -> bool:
        """Whether it was given by a day and not withdrawn by then: on the day of its withdrawal it no longer stands."""
        if day < self.given_on:
            return False
        return self.withdrawn_on is None or day < self.withdrawn_on


@dataclass(frozen=True, slots=True)
class Birth:
    """When somebody was born, as far as it is known."""

    on: date | None = None
    year: int | None = None

    def age(self, day: date) -> int | None:
        """Whole years on a day; None when nothing is known."""
        return age(self.on, self.year, day)


def tidy(details: PersonDetails) -> PersonDetails:
    """Composed letters and single blanks in every text."""
    texts = {field.key: getattr(details, field.key) for field in TEXT_FIELDS}
    return replace(details, **{key: clean(text) for key, text in texts.items() if text})


ERASED = "Erased"  # in the place of the name of a person who was erased


def shown(own_name: str, other_names: str) -> str:
    """The name as every list shows it: own name first, as law 32/2016 (Rwanda) orders."""
    if other_names:
        return f"{own_name} {other_names}"
    return own_name


def year_of_age(years: object, today: date) -> int | None:
    """The year of birth of somebody who is so old today; None for a number that is no age."""
    if not isinstance(years, int) or not 0 <= years <= OLDEST:
        return None
    return today.year - years


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


def certainty(birth: Birth, estimated: bool) -> str:
    """How sure an age is: the day of birth is known, the year, or somebody estimated it; empty when nothing is known."""
    if birth.on is None and birth.year is None:
        return ""
    if estimated:
        return "estimate"
    if birth.on is not None:
        return "day"
    return "year"


def names_folded(details: PersonDetails) -> list[str]:
    """The names by which a person is found, folded."""
    names = (details.own_name, details.other_names, details.name_on_id)
    return [fold(name) for name in names if name]


def with_phone(details: PersonDetails, country: str) -> PersonDetails:
    """The phone as the office of a country writes it; what is no phone, or cannot be understood, stays as it was typed."""
    if not _PHONE.fullmatch(details.phone):
        return details
    phone = phones.shown(details.phone, country)
    if phone == details.phone:
        return details
    return replace(details, phone=phone)


def search_words(names: Sequence[str], number: str, phone: str) -> str:
    """The words a person is found by: folded names, number, phone, and the end of the phone, which any writing of it
    shares."""
    digits = phone if phone.isdigit() else "".join(filter(str.isdigit, phone))
    words = [*names, fold(number), digits]
    if len(digits) > PHONE_END:
        words.append(digits[-PHONE_END:])
    return " ".join(words).strip()


def person_faults(
    details: PersonDetails, today: date, country: str = ""
) -> list[Fault]:
    """All that is wrong with a person's details; `country` is the office's, whose numbers a phone has to be one of."""
    faults: list[Fault] = []
    for field in TEXT_FIELDS:
        text = getattr(details, field.key)
        if text or field.needed:
            found = text_faults(field.key, text, field.needed, field.most)
            if field.key in _NAMES and not found:
                found = name_faults(field.key, text)
            faults += found
    faults += birth_faults(details, today)
    faults += phone_faults(details.phone, country)
    faults += availability.faults(details)
    if details.sex not in SEXES:
        faults.append(Fault("sex", "needed" if not details.sex else "not a choice"))
    if not isinstance(details.place_id, int):
        faults.append(
            Fault("place_id", "needed" if not details.place_id else "no such place")
        )
    faults += day_faults("release_on", details.release_on, needed=False)
    if details.safe_to_call not in (None, True, False):
        faults.append(Fault("safe_to_call", "not a choice"))
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


def phone_faults(phone: str, country: str = "") -> list[Fault]:
    """A phone is 7 to 15 digits (ITU E.164) with the usual signs between them, or nothing. Where the country is given, it
    can be one of its numbers, or has the code of another."""
    if not phone:
        return []
    if not _PHONE.fullmatch(phone):
        return [Fault("phone", "not a phone")]
    if phones.as_written(phone, country):
        return []
    facts: dict[str, object] = {"cell": phone, "example": phones.example(country)}
    return [Fault("phone", "no phone of the country", facts)]


def why_not(
    purpose: str, consents: Iterable[RecordedConsent], birth: Birth, day: date
) -> str:
    """The one rule of consent: why a person may not be dealt with for a purpose on a day; empty when they may.

    consent needed (never given), consent withdrawn, guardian needed (the person was under 16 when it was given and no
    guardian is named). Rwanda, Law 058/2021, arts 6, 8, 9. `consents.agrees` says the same in SQL.
    """
    given = [c for c in consents if c.purpose == purpose and c.given_on <= day]
    standing = [consent for consent in given if consent.stands(day)]
    if any(_is_valid(consent, birth) for consent in standing):
        return ""
    if standing:
        return "guardian needed"
    if given:
        return "consent withdrawn"
    return "consent needed"


def _is_valid(consent: RecordedConsent, birth: Birth) -> bool:
    return bool(consent.guardian) or not _is_child(birth.age(consent.given_on))


def _is_child(years: int | None) -> bool:
    return years is not None and years < GUARDIAN_UNDER


def standing(consents: Iterable[RecordedConsent], day: date) -> tuple[str, ...]:
    """The purposes of consents that were not withdrawn by a day, in the order of the list; codes of before come last."""
    there = {consent.purpose for consent in consents if consent.stands(day)}
    known = [purpose for purpose in PURPOSES if purpose in there]
    return (*known, *sorted(there - set(PURPOSES)))


def age_at_consent(given_on: object, birth: Birth, today: date) -> int | None:
    """The age on the day of a consent as it was typed: who was a child then needed a guardian then."""
    if isinstance(given_on, date):
        return birth.age(given_on)
    return birth.age(today)


def consent_faults(
    consent: ConsentDetails, years: int | None, today: date
) -> list[Fault]:
    """A consent in the future, in an unknown mode, to nothing or to something unknown, or a child's without guardian."""
    faults = text_faults("guardian", consent.guardian)
    faults += text_faults("witness", consent.witness)
    faults += day_faults("consent_on", consent.given_on, today)
    if consent.mode not in CONSENT_MODES:
        faults.append(Fault("consent_mode", "not a choice"))
    if consent.language not in ("", *availability.LANGUAGES):
        faults.append(Fault("consent_language", "not a choice"))
    faults += purpose_faults(consent.purposes)
    if _is_child(years) and not consent.guardian:
        faults.append(Fault("guardian", "guardian needed", {"under": GUARDIAN_UNDER}))
    return faults


def purpose_faults(purposes: Iterable[str]) -> list[Fault]:
    """No purpose at all, or one that is not of the list."""
    chosen = set(purposes)
    if not chosen:
        return [Fault("purposes", "needed")]
    if not chosen <= set(PURPOSES):
        return [Fault("purposes", "not a choice")]
    return []


def withdrawal_faults(
    purposes: Iterable[str],
    consents: Iterable[RecordedConsent],
    on: date,
    reason: str,
    today: date,
) -> list[Fault]:
    """A day in the future or before the consent, a purpose that was not consented to, or an unknown reason."""
    faults = purpose_faults(purposes)
    faults += day_faults("withdrawn_on", on, today)
    if reason not in WITHDRAWAL_REASONS:
        faults.append(Fault("withdrawn_why", "not a choice"))
    if faults:
        return faults
    open_ones = [consent for consent in consents if consent.withdrawn_on is None]
    if not set(purposes) <= {consent.purpose for consent in open_ones}:
        return [Fault("purposes", "no consent to withdraw")]
    given = [c.given_on for c in open_ones if c.purpose in set(purposes)]
    if on < max(given):
        return [
            Fault("withdrawn_on", "before consent", {"day": day_in_figures(max(given))})
        ]
    return []


def older_than_withdrawal(
    consent: ConsentDetails, consents: Iterable[RecordedConsent]
) -> list[Fault]:
    """An older paper never takes back a withdrawal."""
    ended = [
        one.withdrawn_on
        for one in consents
        if one.withdrawn_on is not None and one.purpose in consent.purposes
    ]
    if ended and consent.given_on < max(ended):
        return [
            Fault(
                "consent_on", "before withdrawal", {"day": day_in_figures(max(ended))}
            )
        ]
    return []


def same_key(details: PersonDetails) -> tuple[object, ...]:
    """Two rows with the same key are the same person typed twice."""
    return (
        tuple(sorted(fold(shown(details.own_name, details.other_names)).split())),
        details.sex,
        details.born_on or details.born_year,
    )
