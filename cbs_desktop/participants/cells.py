"""One cell of a sheet of people: its value. ValueError says what is wrong, as the kind of a Fault."""

import re
from datetime import date

from cbs_desktop.participants.choices import CATEGORIES, CONSENT_MODES
from cbs_desktop.text import clean, day_of_text, fold

_SEX = {
    **dict.fromkeys(("f", "female", "woman", "femme", "gore", "w"), "F"),
    **dict.fromkeys(("m", "male", "man", "homme", "gabo", "h"), "M"),
}


def read_text(value: object) -> str:
    """A cell as text: whole numbers without a point, as Excel keeps phones and ids."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if value is None:
        return ""
    return clean(str(value))


def read_sex(value: object) -> str:
    """F or M, from the words of four languages."""
    try:
        return _SEX[fold(str(value))]
    except KeyError:
        raise ValueError("not a sex") from None


def read_number(value: object) -> int:
    """A whole number of years, or a year."""
    if not isinstance(value, str | int | float):
        raise ValueError("not a number")
    try:
        number = float(value)
    except ValueError:
        raise ValueError("not a number") from None
    if not number.is_integer() or not 0 <= number <= 3000:
        raise ValueError("not a number")
    return int(number)


def read_birth(value: object) -> tuple[date | None, int | None]:
    """A full date, or a year alone."""
    text = read_text(value)
    if text.isdigit() and len(text) == 4:
        return None, int(text)
    return day_of_text(value), None


def read_categories(value: object) -> tuple[str, ...]:
    """Backgrounds with commas, semicolons or slashes between them."""
    parts = re.split(r"[,;/]", str(value))
    categories = {part.strip().lower() for part in parts if part.strip()}
    if not categories <= set(CATEGORIES):
        raise ValueError("not a choice")
    return tuple(sorted(categories))


def read_mode(value: object) -> str:
    """How consent was given."""
    mode = fold(str(value))
    if mode not in CONSENT_MODES:
        raise ValueError("not a choice")
    return mode
