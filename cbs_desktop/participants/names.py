"""What is no name: signs that papers cannot draw, accents heaped on one letter, no letter at all. Pure.

Names are kept as they are typed and never mended. They are written in Latin letters, as on the cards of Rwanda and
Burundi and in the fonts of certificates; a letter of another script that only looks the same is never found again.
"""

import unicodedata

from cbs_desktop.errors import Fault
from cbs_desktop.text import hidden

_ACCENTS_MOST = (
    3  # on one letter, after composing: Vietnamese and phonetic spellings need two
)
_LETTERS = (range(0xC0, 0x250), range(0x1E00, 0x1F00))  # of Latin, beyond ASCII
_NO_LETTERS = frozenset("×÷ḪḫẚẜẝẟỺỻỼỽỾỿ")  # the last are in no font of the papers
_UNDRAWN = frozenset("\u0305\u030e\u0310\u0314\u0315\u0322\u032e")
_MARKS = frozenset(map(chr, range(0x300, 0x332))) - _UNDRAWN
_SIGNS = frozenset("–—‐‑’‘ʼʻ´“”«»‹›…·¡¿")


def name_faults(field: str, name: str) -> list[Fault]:
    """What is wrong with the letters of a name; empty names and unseen signs are refused elsewhere."""
    if not name or hidden(name):
        return []
    if not any(map(str.isalnum, name)):
        return [Fault(field, "no letter")]
    if name.isascii():
        return []
    strange = [sign for sign in dict.fromkeys(name) if _is_strange(sign)]
    if strange:
        return [Fault(field, "strange sign", {"signs": " ".join(strange)})]
    if _accents(name) > _ACCENTS_MOST:
        return [Fault(field, "accents", {"most": _ACCENTS_MOST})]
    return []


def _is_strange(sign: str) -> bool:
    """Whether a sign belongs to no name in Latin letters."""
    if sign.isascii() or sign in _SIGNS or sign in _MARKS:
        return False
    return sign in _NO_LETTERS or not any(ord(sign) in part for part in _LETTERS)


def _accents(name: str) -> int:
    """The most accents on one letter."""
    most = run = 0
    for sign in name:
        run = run + 1 if unicodedata.combining(sign) else 0
        most = max(most, run)
    return most
