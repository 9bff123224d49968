"""The root key: made once, written on paper, never stored. It signs the office's signing key, and so says whose it is."""

import hashlib

from cbs_desktop.errors import WrongCode
from cbs_desktop.safe import keys

_CHECK = 2  # letters at the end that show a slip of the pen


def new_code() -> str:
    """A root code of 130 random bits and two check letters, in groups of four."""
    letters = keys.plain_code(keys.new_code())
    letters += _check(letters)
    return "-".join(letters[i : i + 4] for i in range(0, len(letters), 4))


def private(code: str) -> bytes:
    """The Ed25519 key of a typed root code. WrongCode when letters are missing or were mistaken."""
    letters = keys.plain_code(code)
    if (
        len(letters) != keys.CODE_LENGTH + _CHECK
        or _check(letters[:-_CHECK]) != letters[-_CHECK:]
    ):
        raise WrongCode()
    return hashlib.sha256(
        b"cbs root key 1\n" + letters.encode()
    ).digest()  # 130 random bits need no slow hash


def fingerprint(public: str) -> str:
    """A public key (hexadecimal) as twelve letters to compare by telephone."""
    digest = hashlib.sha256(b"cbs fingerprint" + bytes.fromhex(public)).digest()
    number = int.from_bytes(digest[:8], "big")
    letters = ""
    for _position in range(12):
        number, letter = divmod(number, 32)
        letters += keys.CODE_LETTERS[letter]
    return "-".join(letters[i : i + 4] for i in range(0, 12, 4))


def _check(letters: str) -> str:
    digest = hashlib.sha256(b"cbs check" + letters.encode()).digest()
    return "".join(keys.CODE_LETTERS[byte & 31] for byte in digest[:_CHECK])
