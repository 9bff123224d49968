"""One cell of a sheet of people: its value. ValueError says what is wrong, as the kind of a Fault."""

import re
import unicodedata
from datetime import date, timedelta
from functools import lru_cache

from cbs_desktop.participants.choices import CATEGORIES, CONSENT_MODES
from cbs_desktop.text import clean, day_of_text, fold

_WOMAN = (
    "f w female woman girl femme feminin fille femelle madame gore umugore umukobwa"
)
_MAN = "m h male man boy homme masculin garcon monsieur gabo umugabo umuhungu"
_SEX = {**dict.fromkeys(_WOMAN.split(), "F"), **dict.fromkeys(_MAN.split(), "M")}
_NOT_KNOWN = {"", "?", "??", "n a", "na", "nil", "none", "unknown", "inconnu", "neant"}
_NOT_KNOWN |= {"ntibizwi", "0000 00 00", "00 00 0000"}
_NOT_KNOWN_MOST = 12  # letters, with room for blanks
_NOT_KNOWN_BEGIN = frozenset("nNuUiI0")
_ERROR = re.compile(r"#+|#[A-Z][A-Z0-9/]*[!?]?")
YES = frozenset("yego ego oui yes y true vrai ok x 1 ✓ ✔ ☑".split())
NO = frozenset("oya non no false faux 0 ☐ ✗".split())
_FIGURES = re.compile(r"(\d{1,2})[./ -](\d{1,2})[./ -](\d{4}|\d{2})")
_BETWEEN_PHONES = re.compile(r"[/;,\n]| - | (?:ou|or|na|and|et|cg|cyangwa) ")
_PHONE_LEAST = 7  # digits
_AGE = re.compile(
    r"(?:ca|env|environ|about|imyaka|age|[~±])? ?(\d{1,3}) ?(?:ans?|years?( old)?|yrs?|y|imyaka)?"
)
_YEAR_ONLY = re.compile(r"(?:00?[./-]00?[./-])?(\d{4})")
_SPREADSHEETS_BEGIN = date(1899, 12, 30)  # day 0 of spreadsheet programs
_FIVE_DIGITS = re.compile(r"[0-9]{5}")
_SERIAL = range(10_000, 80_000)  # days of 1927 to 2119
# A year that a spreadsheet program shows as a day of 1905.
_YEAR_AS_SERIAL = range(1900, 2101)
_EXPONENT = re.compile(r"\d([.,]\d+)?[eE]\+?\d+")
_EXACT_MOST = 10**15  # spreadsheet programs keep 15 digits of a number


def is_not_known(value: object) -> bool:
    """Whether a cell says that nothing is known: "N/A", "-", "0000-00-00"."""
    if value is None or value == "":
        return True
    if not isinstance(value, str) or len(value) > _NOT_KNOWN_MOST:
        return False
    if value[0].isalnum() and value[0] not in _NOT_KNOWN_BEGIN:
        return False  # most cells: they need not be folded
    return not value.startswith("07") and _says_nothing(value)


def is_error(value: object) -> bool:
    """Whether a spreadsheet program could not calculate a cell, or not show it: "#N/A", "#REF!", "####"."""
    return isinstance(value, str) and _ERROR.fullmatch(value.strip()) is not None


@lru_cache(maxsize=4_000)  # sheets say the same short words over and over
def _says_nothing(text: str) -> bool:
    return fold(text) in _NOT_KNOWN


def read_text(value: object) -> str:
    """A cell as text: whole numbers without a point, as Excel keeps phones and ids; without signs that cannot be seen."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if value is None:
        return ""
    text = str(value)
    if not text.isascii() and has_unseen(text):
        text = "".join(sign for sign in text if unicodedata.category(sign) != "Cf")
    return clean(text.removeprefix("'"))


def has_unseen(text: str) -> bool:
    """Whether there are signs without width or of direction in a text."""
    return any(unicodedata.category(sign) == "Cf" for sign in text)


def read_digits(value: object) -> str:
    """A number that is a name, as that of a card. ValueError("lost digits") where a spreadsheet program rounded it."""
    if is_rounded(value):
        raise ValueError("lost digits")
    return read_text(value)


def is_rounded(value: object) -> bool:
    """Whether a spreadsheet program kept a long number as a number, and not all of its digits."""
    if isinstance(value, int | float):
        return abs(value) >= _EXACT_MOST
    return _EXPONENT.fullmatch(str(value).strip()) is not None


def read_phone(value: object) -> str:
    """A phone, the first one of several. The 0 at its beginning may be lost: the office's country says how it is
    written (phones.py)."""
    return read_digits(phones(value)[0] if isinstance(value, str) else value)


def phones(text: str) -> list[str]:
    """The phones in a cell: parts of seven digits at least, with a sign or a word between them. One for all else."""
    parts = [part.strip() for part in _BETWEEN_PHONES.split(text)]
    if all(sum(map(str.isdigit, part)) >= _PHONE_LEAST for part in parts):
        return parts
    return [text]


def read_yes(value: object) -> bool:
    """Yes or no, in four languages."""
    said = fold(read_text(value))
    if said in YES:
        return True
    if said in NO:
        return False
    raise ValueError("not yes or no")


def read_sex(value: object) -> str:
    """F or M, from the words of four languages; two words with / between them must mean the same."""
    return _sex_of(str(value))


@lru_cache(maxsize=1_000)
def _sex_of(text: str) -> str:
    meant = {_SEX.get(fold(word)) for word in text.split("/")}
    sex = meant.pop()
    if meant or sex is None:
        raise ValueError("not a sex")
    return sex


def read_age(value: object) -> int:
    """Years of age: 45, "45 ans", "imyaka 30", "~50"."""
    fits = _AGE.fullmatch(fold(read_text(value)))
    if fits is None:
        raise ValueError("not a number")
    return int(fits[1])


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


def is_serial(value: object) -> bool:
    """Whether a cell is a day as spreadsheet programs count them."""
    text = read_text(value)
    return bool(_FIVE_DIGITS.fullmatch(text)) and int(text) in _SERIAL


def figures(value: object) -> tuple[int, int, str] | None:
    """The figures of a day written as 3/5/1990, in their order; None for all else."""
    if not isinstance(value, str) or not (fits := _FIGURES.fullmatch(value.strip())):
        return None
    return int(fits[1]), int(fits[2]), fits[3]


def read_day(
    value: object, born_by: date | None = None, month_first: bool = False
) -> date:
    """A day in any writing of `day_of_text`, or as spreadsheet programs count it; `month_first`: 3/5/1990 is 5 March."""
    if isinstance(value, date):
        return day_of_text(value)
    text = read_text(value)
    if is_serial(text):
        return _SPREADSHEETS_BEGIN + timedelta(int(text))
    if month_first and (found := figures(text)):
        month, day, year = found
        text = f"{day}/{month}/{year}"
    return day_of_text(text, born_by)


def read_birth(
    value: object, today: date | None = None, month_first: bool = False
) -> tuple[date | None, int | None]:
    """A full date, or a year alone. With `today`, a birth whose year has two digits is never in the future."""
    if not isinstance(value, date):
        if fits := _YEAR_ONLY.fullmatch(read_text(value)):
            return None, int(fits[1])
        if is_serial(value):
            return read_day(value), None
    born = read_day(value, today, month_first)
    if (born - _SPREADSHEETS_BEGIN).days in _YEAR_AS_SERIAL:
        raise ValueError("year as day")
    return born, None


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
