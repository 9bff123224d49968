"""The signed text in the QR of a certificate: "CBS1:" and base45 (RFC 9285) of CBOR (RFC 8949) with an Ed25519 signature."""

import struct
from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import date, timedelta
from typing import Any

import cbor2

from cbs_desktop.errors import NotACertificate
from cbs_desktop.safe.sign import genuine as signed_by

PREFIX = "CBS1:"
_LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"  # what a QR code holds in 5.5 bits a letter
_PAIRS = [second + first for first in _LETTERS for second in _LETTERS]  # two letters, the lower first
_EPOCH = date(2000, 1, 1)
_LONGEST = 2_000


@dataclass(frozen=True, slots=True)
class Facts:
    """What the code says, and nothing more: days are dates, sessions are counts. Whose key fits tells the office."""

    number: str
    name: str
    attended: int
    held: int
    completed_on: date
    issued_on: date


def make(facts: Facts, sign: Callable[[bytes], bytes]) -> str:
    """The text of the QR; `sign` gives 64 bytes over the payload."""
    payload = cbor2.dumps([_plain(getattr(facts, name)) for name in Facts.__slots__])
    return PREFIX + encode(cbor2.dumps([payload, sign(payload)]))


def read(text: str) -> tuple[Facts, bytes, bytes]:
    """Facts, payload and signature of a text. NotACertificate when it is none of ours, or cut short."""
    text = text.strip()
    if not text.startswith(PREFIX) or len(text) > _LONGEST:
        raise NotACertificate()
    try:
        payload, signature = cbor2.loads(decode(text.removeprefix(PREFIX)))
        if not (isinstance(payload, bytes) and isinstance(signature, bytes)):
            raise TypeError("payload")
        values = cbor2.loads(payload)
        facts = Facts(**{f.name: _typed(f.type, value) for f, value in zip(fields(Facts), values, strict=True)})
    except (ValueError, TypeError, KeyError, OverflowError, RecursionError, cbor2.CBORError) as problem:
        raise NotACertificate() from problem
    return facts, payload, signature


def genuine(text: str, public: bytes) -> Facts | None:
    """The facts of a certificate that the holder of this key signed; None when somebody else did, or it was changed."""
    facts, payload, signature = read(text)
    return facts if signed_by(public, payload, signature) else None


def _plain(value: Any) -> Any:
    return (value - _EPOCH).days if isinstance(value, date) else value


def _typed(kind: Any, value: Any) -> Any:
    if kind is date:
        return _EPOCH + timedelta(days=value)
    if not isinstance(value, kind):
        raise TypeError(kind)
    return value


def encode(data: bytes) -> str:
    """Bytes as base45: two bytes to three letters, a last single one to two."""
    pairs = len(data) // 2
    numbers = struct.unpack_from(f">{pairs}H", data)
    text = "".join([_PAIRS[number % 2025] + _LETTERS[number // 2025] for number in numbers])
    return text + _PAIRS[data[-1]] if len(data) % 2 else text


def decode(text: str) -> bytes:
    """The bytes of a base45 text. ValueError for letters or lengths that base45 never gives."""
    values = [_LETTERS.index(letter) for letter in text]
    if len(values) % 3 == 1:
        raise ValueError("length")
    data = bytearray()
    for i in range(0, len(values), 3):
        part = values[i : i + 3]
        number = sum(value * 45**power for power, value in enumerate(part))
        data += number.to_bytes(len(part) - 1, "big")  # OverflowError when no bytes give these letters
    return bytes(data)
