"""The code of a printed page, in its QR code and as letters to type: CBSP:R1.18.1.4:7KQ4:M2X94TBC5. Pure.

It tells the shape of the page, the office that printed it, and the page: eight letters drawn by lot and one that checks them.
"""

import re
import secrets
from dataclasses import dataclass

from cbs_desktop.safe.keys import CODE_LETTERS, plain_code
from cbs_desktop.scans.layout import VERSION, PageShape, shape_of

_LETTERS = 8  # of a page, drawn by lot: 40 bits
_HALF = 4  # letters before the dash of a typed code
_TEXT = re.compile(
    rf"CBSP:([RQ](\d+)\.[\d.]+):([{CODE_LETTERS}]{{1,8}}):([{CODE_LETTERS}]{{9}})"
)
_FIELD = 0b100101  # x⁵ + x² + 1: letters are numbers of the field of 32 elements


@dataclass(frozen=True, slots=True)
class PageCode:
    """What a page says of itself: its shape, the tag of its office (1 to 8 code letters), its id (9 code letters)."""

    shape: PageShape
    office: str
    page: str


def new_page_id() -> str:
    """An id that no page has, with its check letter."""
    drawn = "".join(secrets.choice(CODE_LETTERS) for _ in range(_LETTERS))
    return drawn + _check_letter(drawn)


def text(code: PageCode) -> str:
    """As it stands in the QR code."""
    return f"CBSP:{code.shape}:{code.office}:{code.page}"


def parse(text: str) -> PageCode | None:
    """What the text of a QR code tells; None when it is not of a page that this program reads."""
    found = _TEXT.fullmatch(text)
    if found is None:
        return None
    shape = shape_of(found[1])
    if shape is None or shape.version != VERSION or not is_page_id(found[4]):
        return None
    return PageCode(shape, found[3], found[4])


def version(text: str) -> int | None:
    """The version of the layout that a page code tells, also one that this program does not know; None for other texts."""
    found = _TEXT.fullmatch(text)
    return int(found[2]) if found else None


def short(page: str) -> str:
    """The id of a page as it is printed to be typed: M2X9-4TBC5."""
    return f"{page[:_HALF]}-{page[_HALF:]}"


def typed(text: str) -> str | None:
    """The id of a page from what somebody typed, whatever the case, the dash, or O for 0; None when it is none."""
    letters = plain_code(text)
    return letters if is_page_id(letters) else None


def is_page_id(letters: str) -> bool:
    """Whether it has nine letters and the last one fits."""
    return (
        len(letters) == _LETTERS + 1
        and set(letters) <= set(CODE_LETTERS)
        and _check_letter(letters[:-1]) == letters[-1]
    )


def _check_letter(letters: str) -> str:
    """The sum of all letters, each times another power of x (Reed and Solomon 1960): one wrong letter changes it, and so does
    an exchange of any two."""
    total = 0
    for letter in letters:
        total = _times_x(total ^ CODE_LETTERS.index(letter))
    return CODE_LETTERS[total]


def _times_x(number: int) -> int:
    double = number << 1
    return double ^ _FIELD if double & 32 else double
