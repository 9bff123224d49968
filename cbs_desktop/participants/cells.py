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
_AGE = re.compile(
    r"(?:ca|env|environ|about|imyaka|age|[~±])? ?(\d{1,3}) ?(?:ans?|years?( old)?|yrs?|y|imyaka)?"
)
_YEAR_ONLY = re.compile(r"(?:00?[./-]00?[./-])?(\d{4})")
_SPREADSHEETS_BEGIN = date(1899, 12, 30)  # day 0 of spreadsheet programs
_SERIAL = range(10_000, 80_000)  # days of 1927 to 2119
# A year that a spreadsheet program shows as a day of 1905.
_YEAR_AS_SERIAL = range(1900, 2101)
_EXPONENT = re.compile(r"\d([.,]\d+)?[eE]\+?\d+")
_EXACT_MOST = 10**15  # spreadsheet programs keep 15 digits of a number
_MOBILE = re.compile(r"(?:\+?250)?(7\d{8})")  # Rwanda: nine digits after the 0


def is_not_known(value: object) -> bool:
    """Whether a cell says that nothing is known: "N/A", "-", "0000-00-00"."""
    if value is None or value == "":
        return True
    if not isinstance(value, str) or len(value) > _NOT_KNOWN_MOST:
        return False
    return _says_nothing(value)


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
    if not text.isascii():
        text = "".join(sign for sign in text if unicodedata.category(sign) != "Cf")
    return clean(text.removeprefix("'"))


def read_digits(value: object) -> str:
    """A number that is a name, as that of a card. ValueError("lost digits") where a spreadsheet program rounded it."""
    text = read_text(value)
    rounded = isinstance(value, int | float) and abs(value) >= _EXACT_MOST
    if rounded or _EXPONENT.fullmatch(text):
        raise ValueError("lost digits")
    return text


def read_phone(value: object) -> str:
    """A phone; where the sheet lost the 0 at its beginning, that is put back."""
    text = read_digits(value)
    fits = _MOBILE.fullmatch(text.replace(" ", ""))
    if fits is None:
        return text
    digits = f"0{fits[1]}"
    return f"{digits[:4]} {digits[4:7]} {digits[7:]}"


def read_sex(value: object) -> str:
    """F or M, from the words of four languages; two words with / between them must mean the same."""
    meant = {_SEX.get(fold(word)) for word in str(value).split("/")}
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


def read_birth(
    value: object, today: date | None = None
) -> tuple[date | None, int | None]:
    """A full date, or a year alone. With `today`, a birth whose year has two digits is never in the future."""
    text = read_text(value)
    if fits := _YEAR_ONLY.fullmatch(text):
        return None, int(fits[1])
    if text.isascii() and text.isdigit() and int(text) in _SERIAL:
        return _SPREADSHEETS_BEGIN + timedelta(int(text)), None
    born = day_of_text(value if isinstance(value, date) else text, today)
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
