"""The letters of a text file: its encoding is found by what its accents say, and accents that were encoded twice are mended."""

import re

_BOMS = ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_OLD = ("cp1252", "mac_roman", "cp850")  # the likeliest first: Windows, Mac, DOS
_LOOKED_AT = 200_000  # bytes
_EXPECTED = frozenset("éèêëàâäîïôöùûüçœæÉÈÊËÀÂÄÎÏÔÖÙÛÜÇŒÆ’‘“”«»–—°€…")
_ACCENTED_TWICE = re.compile(
    "[\u00c2-\u00f4][\u0080-\u00bf\u20ac\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\u017d"
    "\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\u017e\u0178]{1,3}"
)


def decode(content: bytes) -> str | None:
    """A text file as text; None for what is no text."""
    for mark, encoding in _BOMS:
        if content.startswith(mark):
            return content.decode(encoding, "replace")
    if b"\x00" in content[:4096]:
        return _utf16_without_mark(content)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        start = content[:_LOOKED_AT]
        best = max(_OLD, key=lambda encoding: _sense(start.decode(encoding, "replace")))
        return content.decode(best, "replace")


def _utf16_without_mark(content: bytes) -> str | None:
    """Every second byte of such a text is nearly always zero."""
    start = content[:4096]
    half = max(len(start) // 2, 1)
    for encoding, zeros in (("utf-16-le", start[1::2]), ("utf-16-be", start[::2])):
        if (
            zeros.count(0) > 0.8 * half
            and start.count(0) - zeros.count(0) < 0.05 * half
        ):
            return content.decode(encoding, "replace")
    return None


def _sense(text: str) -> int:
    """How many letters beyond ASCII are expected where they stand: no capital within a small word, nor the reverse."""
    sense = 0
    for before, letter, after in zip(f" {text}", text, f"{text[1:]} ", strict=False):
        if letter.isascii():
            continue
        capital = before.islower() and letter.isupper()
        small = before.isupper() and letter.islower() and after.isupper()
        fits = letter in _EXPECTED and not capital and not small
        sense += 1 if fits else -1
    return sense


def repaired(text: str) -> str:
    """A text in which "JosÃ©" is José again. All else stays as it is."""
    if text.isascii():
        return text
    return _ACCENTED_TWICE.sub(_once, text)


def _once(found: re.Match[str]) -> str:
    """What the bytes of a sequence mean in UTF-8; the sequence itself where they mean nothing."""
    try:
        return bytes(map(_byte, found[0])).decode("utf-8")
    except (UnicodeError, ValueError):
        return found[0]


def _byte(letter: str) -> int:
    """The byte that Windows shows as this letter."""
    try:
        return letter.encode("cp1252")[0]
    except UnicodeEncodeError:
        return ord(letter)
