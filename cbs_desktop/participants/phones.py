"""Phone numbers as an office reads and writes them: without country code at home, with it for all others. Pure.

The lengths and beginnings of every country's numbers come from `phonenumbers`.
"""

from collections.abc import Callable
from functools import cache, lru_cache

import phonenumbers
from phonenumbers import PhoneNumber, PhoneNumberFormat

_WITH_CODE = 11  # digits: from here a number may have lost the + of its country code
_BURUNDI = 257
_KEPT = 20_000  # numbers of one import


@lru_cache(maxsize=_KEPT)
def as_written(text: str, country: str) -> str:
    """A number as the office writes it; empty where it cannot be one.

    In Rwanda 788123456 and +250788123456 are "0788 123 456", in Burundi 79123456 is "79 123 456"; a number of another
    country keeps its code: "+257 79 123 456". Without a country the text stays as it is.
    """
    if not text or not country:
        return text
    found = _understood(text, country)
    if found is None:
        return ""
    return _form(found, country)


def shown(text: str, country: str) -> str:
    """A number that is kept, as screens and papers show it: also one of before that cannot be understood."""
    return as_written(text, country) or text


@cache
def example(country: str) -> str:
    """What a mobile number of a country looks like."""
    if country == "RW":
        return "0788 123 456"
    if country == "BI":
        return "79 123 456"
    made = phonenumbers.example_number(country)
    return _form(made, country) if made else ""


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
        spaced = f"{national[:2]} {national[2:5]} {national[5:]}"
        return spaced if at_home else f"+{code} {spaced}"
    form = PhoneNumberFormat.NATIONAL if at_home else PhoneNumberFormat.INTERNATIONAL
    return phonenumbers.format_number(number, form)
