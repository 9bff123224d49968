"""Values sealed to several readers: each kind of value to the keys of those who may read it, whoever types it.

The background of a person is sealed to the screeners' key and the coordinators' (whose signing key opens it), a half-typed
questionnaire to every account that may enter one. A value has a key of its own, which lies beside it once for every reader
(X25519 with HKDF-SHA256, ChaCha20-Poly1305). One X25519 pair serves all values of an act: an import seals thousands.
"""

import hashlib
import os
from collections.abc import Callable, Sequence, Set
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import (
    X25519PrivateKey,
    X25519PublicKey,
)
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from cbs_desktop.errors import Refused, SealBroken
from cbs_desktop.safe import seal, sign
from cbs_desktop.safe.account_list import AccountList
from cbs_desktop.safe.keys import Keys
from cbs_desktop.safe.permissions import Permission, allowed

MARK = b"cbsseal3"
_ZERO = bytes(12)  # for a key that is used once
_TAG = 8  # bytes by which a reader knows his own
_BOX = 32 + 16  # the value's key, sealed
_LEAST = 64  # bytes of the smallest size class

Private = tuple[bytes, bytes]  # a private key and its public half


class Readers:
    """Who reads what, and what this account's keys open; made for one act or one question."""

    def __init__(
        self,
        keys: Callable[[], Keys],
        clinical: bytes,
        signing: bytes,
        accounts: Callable[[], AccountList | None],
    ) -> None:
        self._keys = keys
        self._office = (clinical, signing)
        self._accounts = accounts
        self._once: X25519PrivateKey | None = None
        self._count = 0
        self._wraps: dict[bytes, ChaCha20Poly1305] = {}  # public key → its cipher
        self._opens: dict[bytes, ChaCha20Poly1305] = {}  # the same, by the other half
        self._own: list[Private] | None = None
        self._of_accounts: dict[frozenset[Permission], list[bytes]] = {}

    def seal_background(self, value: bytes, of: str) -> bytes:
        """To those who may see backgrounds."""
        clinical, signing = self._office
        return self._seal([clinical, sign.sealing_public(signing)], value, of)

    def seal_for(self, needs: Set[Permission], value: bytes, of: str) -> bytes:
        """To every account with these permissions. Plain where whoever types it could not read it again: an account of before
        0.4 has no key pair until its password is replaced."""
        publics = self._publics(frozenset(needs))
        account = self._keys().account
        if not account or seal.public_of(account) not in publics:
            return value
        return self._seal(publics, value, of)

    def unseal(self, sealed: bytes, of: str) -> bytes:
        """The value; one that is not sealed as it is. Refused where it is for others; SealBroken where it was changed, or
        is of another record."""
        if not is_sealed(sealed):
            return sealed
        parts = _Parts.of(sealed)
        for private, public in self._privates():
            if box := parts.box_of(public):
                opener = self._opener(parts.once, private, public)
                return _opened(opener, box, parts, of)
        raise Refused(permission="")

    def opens(self, sealed: bytes) -> bool:
        """Whether a value is for this account."""
        if not is_sealed(sealed):
            return True
        parts = _Parts.of(sealed)
        return any(parts.box_of(public) for _private, public in self._privates())

    def _seal(self, publics: Sequence[bytes], value: bytes, of: str) -> bytes:
        if self._once is None:
            self._once = X25519PrivateKey.generate()
        self._count += 1
        count = self._count.to_bytes(4, "big")
        own = os.urandom(32)
        sealed = MARK + self._once.public_key().public_bytes_raw() + count
        sealed += bytes([len(publics)])
        for public in publics:
            box = self._wrapper(public).encrypt(_nonce(count), own, of.encode())
            sealed += _tag(public) + box
        content = seal.padded(value, _LEAST)
        return sealed + ChaCha20Poly1305(own).encrypt(_ZERO, content, of.encode())

    def _wrapper(self, public: bytes) -> ChaCha20Poly1305:
        if public not in self._wraps:
            assert self._once is not None
            shared = self._once.exchange(X25519PublicKey.from_public_bytes(public))
            mine = self._once.public_key().public_bytes_raw()
            self._wraps[public] = _cipher(shared, mine + public)
        return self._wraps[public]

    def _opener(self, once: bytes, private: bytes, public: bytes) -> ChaCha20Poly1305:
        if once + public not in self._opens:
            own = X25519PrivateKey.from_private_bytes(private)
            shared = own.exchange(X25519PublicKey.from_public_bytes(once))
            self._opens[once + public] = _cipher(shared, once + public)
        return self._opens[once + public]

    def _privates(self) -> list[Private]:
        """The private keys of this account, each with its public half."""
        if self._own is None:
            held = self._keys()
            privates = [held.clinical, held.account]
            if held.signing:
                privates.append(sign.sealing_private(held.signing))
            self._own = [(each, seal.public_of(each)) for each in privates if each]
        return self._own

    def _publics(self, needs: frozenset[Permission]) -> list[bytes]:
        if needs not in self._of_accounts:
            listed = self._accounts()
            entries = listed.entries if listed else ()
            self._of_accounts[needs] = [
                bytes.fromhex(entry.public)
                for entry in entries
                if entry.public and needs <= allowed(entry.role_set())
            ]
        return self._of_accounts[needs]


def is_sealed(value: bytes) -> bool:
    """Whether a value is sealed to its readers."""
    return value.startswith(MARK)


@dataclass(frozen=True, slots=True)
class _Parts:
    """A sealed value taken apart: MARK, the act's public key, the value's count, how many readers, their boxes, content."""

    once: bytes
    nonce: bytes
    boxes: bytes
    content: bytes

    @classmethod
    def of(cls, sealed: bytes) -> "_Parts":
        body = sealed[len(MARK) :]
        end = 37 + (_TAG + _BOX) * int.from_bytes(body[36:37], "big")
        return cls(body[:32], _nonce(body[32:36]), body[37:end], body[end:])

    def box_of(self, public: bytes) -> bytes:
        """The value's key as it was sealed to one reader; empty where it was not."""
        mine = _tag(public)
        for start in range(0, len(self.boxes), _TAG + _BOX):
            if self.boxes[start : start + _TAG] == mine:
                return self.boxes[start + _TAG : start + _TAG + _BOX]
        return b""


def _opened(opener: ChaCha20Poly1305, box: bytes, parts: _Parts, of: str) -> bytes:
    try:
        own = opener.decrypt(parts.nonce, box, of.encode())
        content = ChaCha20Poly1305(own).decrypt(_ZERO, parts.content, of.encode())
    except (InvalidTag, ValueError) as problem:
        raise SealBroken(of=of) from problem
    return seal.unpadded(content)


def _tag(public: bytes) -> bytes:
    return hashlib.sha256(public).digest()[:_TAG]


def _nonce(count: bytes) -> bytes:
    return count.rjust(12, b"\0")


def _cipher(shared: bytes, context: bytes) -> ChaCha20Poly1305:
    return ChaCha20Poly1305(
        HKDF(SHA256(), 32, None, b"cbs readers" + context).derive(shared)
    )
