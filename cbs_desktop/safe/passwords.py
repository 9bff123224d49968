"""Which passwords are taken: length and a list of the common ones decide; there are no rules about signs.

A list of a few hundred words of our own is kept as data and read in any mixture with years, counts and repeated signs; what
a person may guess of a colleague (the account, the program) is added to it.
"""

import unicodedata
from enum import StrEnum
from functools import lru_cache

from cbs_desktop import resource
from cbs_desktop.errors import CommonPassword, WeakPassword
from cbs_desktop.text import fold

LEAST = 8  # characters
_GOOD = 14  # and long enough not to be guessed in months
_DIFFERENT = 5  # signs that differ, at least
_RUNS = ("abcdefghijklmnopqrstuvwxyz", "01234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm", "azertyuiop")  # fmt: skip
_SWAPS = str.maketrans("01345@$!", "oieasasi")


class Strength(StrEnum):
    """How hard a password is to guess, as the meter says it."""

    SHORT = "short"
    COMMON = "common"
    FAIR = "fair"
    GOOD = "good"


def strength(password: str, *known: str) -> Strength:
    """Of a password; `known` are words that anybody would try first, such as the account."""
    if len(unicodedata.normalize("NFKC", password)) < LEAST:
        return Strength.SHORT
    if _is_common(fold(password), known):
        return Strength.COMMON
    words = len(password.split())
    if len(password) >= _GOOD or (words >= 3 and len(password) >= 12):
        return Strength.GOOD
    return Strength.FAIR


def need_strong(password: str, *known: str) -> None:
    """WeakPassword or CommonPassword for one that is not taken."""
    found = strength(password, *known)
    if found is Strength.SHORT:
        raise WeakPassword(least=LEAST)
    if found is Strength.COMMON:
        raise CommonPassword()


def _is_common(folded: str, known: tuple[str, ...]) -> bool:
    """Whether nothing is left when common words, runs and figures are taken away."""
    plain = folded.replace(" ", "")
    if len(set(plain)) < _DIFFERENT:
        return True
    words = _common() | {fold(each).replace(" ", "") for each in known}
    bare = plain.strip("0123456789!?*#.+-_@$&")
    return _is_made_of(bare, words) or _is_made_of(bare.translate(_SWAPS), words)


def _is_made_of(bare: str, words: frozenset[str]) -> bool:
    """One common word, the word twice, or one run of the keyboard; what stood around it is gone."""
    half = bare[: len(bare) // 2]
    if not bare or bare in words or (half in words and half * 2 == bare):
        return True
    return len(bare) >= LEAST // 2 and any(
        bare in run or bare in run[::-1] for run in _RUNS
    )


@lru_cache(maxsize=1)
def _common() -> frozenset[str]:
    lines = resource.text("passwords", "common.txt").splitlines()
    return frozenset(each for each in lines if each and not each.startswith("#"))
