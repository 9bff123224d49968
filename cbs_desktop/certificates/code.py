"""The signed text in the QR of a certificate: "CBS2:" and base45 (RFC 9285) of CBOR (RFC 8949) and an Ed25519 signature.

Codes of version 0.1 and 0.2 begin with "CBS1:"; they say less, name no key, and are still read. One content has one text:
whatever another writer would put differently is refused.
"""

import hashlib
import struct
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from datetime import date, timedelta
from typing import Any

import cbor2

from cbs_desktop.errors import NotACertificate
from cbs_desktop.safe.sign import genuine as signed_by

PREFIX = "CBS2:"
FIRST = "CBS1:"
LETTERS_MOST = 259  # of a QR code of version 11 (61 modules) at level Q, the largest that reads well at 30 mm
_SAID = (
    "number", "name", "attended", "held", "completed_on", "issued_on", "programme", "place", "office",
)  # fmt: skip
_FIRST_SAID = _SAID[:6]
_LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"  # what a QR code holds in 5.5 bits a letter
_PAIRS = [
    second + first for first in _LETTERS for second in _LETTERS
]  # two letters, the lower first
_EPOCH = date(2000, 1, 1)
_LONGEST = 2_000
_SIGNATURE = 64
_KEY_ID = 4


@dataclass(frozen=True, slots=True)
class CodeFacts:
    """What the code says, and nothing more: days are dates, sessions are counts. The last three are empty in CBS1."""

    number: str
    name: str
    attended: int
    held: int
    completed_on: date
    issued_on: date
    programme: str = ""
    place: str = ""
    office: str = ""


@dataclass(frozen=True, slots=True)
class Signed:
    """A text taken apart, not yet trusted. `key` names the key that is said to have signed; empty in CBS1."""

    facts: CodeFacts
    key: bytes
    message: bytes
    signature: bytes

    def by(self, public: bytes) -> bool:
        """Whether the holder of this key signed exactly this."""
        return signed_by(public, self.message, self.signature)


def key_id(public: bytes) -> bytes:
    """Four bytes that name a public key; they save trying all, and tell a changed code from a stranger's."""
    return hashlib.sha256(public).digest()[:_KEY_ID]


def make(facts: CodeFacts, sign: Callable[[bytes], bytes], public: bytes) -> str:
    """The text of the QR; `sign` gives 64 bytes over the message, and `public` is the key that fits."""
    payload = cbor2.dumps(
        [key_id(public), *(_plain(getattr(facts, name)) for name in _SAID)]
    )
    return PREFIX + encode(payload + sign(PREFIX.encode() + payload))


def fitted(facts: CodeFacts, programme_key: str, office_code: str) -> CodeFacts:
    """The facts as they fit a QR of version 11: the programme by its key if need be, then the office by its code.

    The name is never shortened; with one of 120 letters the QR becomes larger (version 14), and still holds it whole.
    """
    short = replace(facts, programme=programme_key)
    ways = (facts, short, replace(short, office=office_code))
    return next((way for way in ways if letters(way) <= LETTERS_MOST), ways[-1])


def letters(facts: CodeFacts) -> int:
    """How long the text of these facts is."""
    return len(make(facts, lambda _message: bytes(_SIGNATURE), b""))


def is_code(text: str) -> bool:
    """Whether a text says that it is one of ours."""
    return text.strip().startswith((PREFIX, FIRST))


def read(text: str) -> Signed:
    """A text taken apart. NotACertificate when it is none of ours, was cut short, or is spelled in another way."""
    text = text.strip()
    if not is_code(text) or len(text) > _LONGEST:
        raise NotACertificate()
    try:
        return (_read if text.startswith(PREFIX) else _read_first)(
            decode(text[len(PREFIX) :])
        )
    except (
        ValueError,
        TypeError,
        KeyError,
        OverflowError,
        RecursionError,
        cbor2.CBORError,
    ) as problem:
        raise NotACertificate() from problem


def _read(content: bytes) -> Signed:
    payload = content[:-_SIGNATURE]
    signature = content[-_SIGNATURE:]
    key, *values = _values(payload, 1 + len(_SAID))
    if not isinstance(key, bytes):
        raise TypeError("key")
    if len(key) != _KEY_ID:
        raise TypeError("key")
    facts = _facts(_SAID, values)
    message = PREFIX.encode() + payload
    return Signed(facts, key, message, signature)


def _read_first(content: bytes) -> Signed:
    payload, signature = _values(content, 2)
    if not (isinstance(payload, bytes) and isinstance(signature, bytes)):
        raise TypeError("payload")
    return Signed(
        _facts(_FIRST_SAID, _values(payload, len(_FIRST_SAID))), b"", payload, signature
    )


def _values(content: bytes, count: int) -> list[Any]:
    values = cbor2.loads(content)
    if (
        not isinstance(values, list)
        or len(values) != count
        or cbor2.dumps(values) != content
    ):
        raise TypeError("spelled otherwise")
    return values


def _facts(names: tuple[str, ...], values: list[Any]) -> CodeFacts:
    kinds = {f.name: f.type for f in fields(CodeFacts)}
    return CodeFacts(
        **{
            name: _typed(kinds[name], value)
            for name, value in zip(names, values, strict=True)
        }
    )


def _plain(value: object) -> Any:
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if isinstance(value, date):
        return (value - _EPOCH).days
    return value


def _typed(kind: Any, value: object) -> Any:
    if (
        kind is str
        and isinstance(value, str)
        and unicodedata.is_normalized("NFC", value)
    ):
        return value
    if kind is str or type(value) is not int:  # a bool is an int to isinstance
        raise TypeError(kind)
    if kind is date:
        return _EPOCH + timedelta(days=value)
    return value


def encode(data: bytes) -> str:
    """Bytes as base45: two bytes to three letters, a last single one to two."""
    pairs = len(data) // 2
    numbers = struct.unpack_from(f">{pairs}H", data)
    text = "".join(
        [_PAIRS[number % 2025] + _LETTERS[number // 2025] for number in numbers]
    )
    if len(data) % 2:
        return text + _PAIRS[data[-1]]
    return text


def decode(text: str) -> bytes:
    """The bytes of a base45 text. ValueError for letters or lengths that base45 never gives."""
    values = [_LETTERS.index(letter) for letter in text]
    if len(values) % 3 == 1:
        raise ValueError("length")
    data = bytearray()
    for i in range(0, len(values), 3):
        part = values[i : i + 3]
        number = sum(value * 45**power for power, value in enumerate(part))
        data += number.to_bytes(
            len(part) - 1, "big"
        )  # OverflowError when no bytes give these letters
    return bytes(data)
