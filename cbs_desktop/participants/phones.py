"""Phone numbers as an office reads and writes them: without country code at home, with it for all others. Pure.

The lengths and beginnings of every country's numbers come from `phonenumbers`.
"""

import re
from collections.abc import Callable
from functools import cache, lru_cache

import phonenumbers
from phonenumbers import PhoneMetadata, PhoneNumber, PhoneNumberFormat

_WITH_CODE = 11  # digits: from here a number may have lost the + of its country code
_BURUNDI = 257
_TRUNK = {"RW": "0", "BI": ""}  # before a number that is called inside the country
_KEPT = 20_000  # numbers of one import


@lru_cache(maxsize=_KEPT)
def as_written(text: str, country: str) -> str:
    """A number as the office writes it; empty where it cannot be one.

    In Rwanda 788123456 and +250788123456 are "0788 123 456", in Burundi 79123456 is "79 123 456"; a number of another
    country keeps its code: "+257 79 123 456". Without a country the text stays as it is.
    """
    if not text or not country:
        return text
    if usual := _usual_mobile(text, country):
        return usual
    found = _understood(text, country)
    if found is None:
        return ""
    return _form(found, country)


def shown(text: str, country: str) -> str:
    """A number that is kept, as screens and papers show it: also one of before that cannot be understood."""
    return as_written(text, country) or text


def to_call(text: str, safe: bool | None, country: str) -> str:
    """A number as lists show it; none of somebody whom a call may put in danger."""
    if safe is False:
        return ""
    return shown(text, country)


@cache
def example(country: str) -> str:
    """What a mobile number of a country looks like."""
    if country == "RW":
        return "0788 123 456"
    if country == "BI":
        return "79 123 456"
    made = phonenumbers.example_number(country)
    return _form(made, country) if made else ""


def _usual_mobile(text: str, country: str) -> str:
    """A mobile number of the office's country without its code, as most are; an import has 20,000 of them."""
    fits = _mobile(country)
    if fits is None:
        return ""
    found = fits.fullmatch("".join(filter(str.isdigit, text)))
    if found is None or "+" in text:
        return ""
    return _spaced(found[1], country)


@cache
def _mobile(country: str) -> re.Pattern[str] | None:
    """The library's pattern of a mobile number, with the 0 before it where the country writes one."""
    if country not in _TRUNK:
        return None
    known = PhoneMetadata.metadata_for_region(country)
    if known is None or known.mobile is None:
        return None
    pattern = known.mobile.national_number_pattern
    return re.compile(f"(?:{_TRUNK[country]})?({pattern})", re.ASCII)


def _spaced(national: str, country: str) -> str:
    """The digits of a mobile number in threes from behind, as both countries write them."""
    before, middle, end = national[:-6], national[-6:-3], national[-3:]
    return f"{_TRUNK[country]}{before} {middle} {end}"


def _understood(text: str, country: str) -> PhoneNumber | None:
    """A number that can be one: of the office's country it has to be valid, with + and a code possible is enough."""
    digits = "".join(filter(str.isdigit, text))
    if text.strip().startswith("+"):
        return _parsed(f"+{digits}", None, phonenumbers.is_possible_number)
    if digits.startswith("00"):
        return _parsed(f"+{digits[2:]}", None, phonenumbers.is_possible_number)
    found = _parsed(digits, country, phonenumbers.is_valid_number)
    if found is None and len(digits) >= _WITH_CODE:
        found = _parsed(f"+{digits}", None, phonenumbers.is_valid_number)
    return found


def _parsed(
    digits: str, country: str | None, holds: Callable[[PhoneNumber], bool]
) -> PhoneNumber | None:
    try:
        found = phonenumbers.parse(digits, country)
    except phonenumbers.NumberParseException:
        return None
    return found if holds(found) else None


def _form(number: PhoneNumber, country: str) -> str:
    """Without its code only where it will be understood so again."""
    code = number.country_code
    at_home = phonenumbers.is_valid_number_for_region(number, country)
    if code == _BURUNDI:
        national = phonenumbers.national_significant_number(number)
        spaced = _spaced(national, "BI")
        return spaced if at_home else f"+{code} {spaced}"
    form = PhoneNumberFormat.NATIONAL if at_home else PhoneNumberFormat.INTERNATIONAL
    return phonenumbers.format_number(number, form)
