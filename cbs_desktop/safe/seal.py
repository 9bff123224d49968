"""Sealed to a public key: clinical values, which whoever types them cannot read back, and the keys of an account.

X25519 with a fresh key per value, HKDF-SHA256, ChaCha20-Poly1305 (the sealed-box construction of libsodium, RFC 7748, 8439).
A value is padded, so that its length tells nothing of what it says, and bound to the record that it is of, so that it can
stand in no other. Values of versions before 0.4 are neither; they are read, and sealed anew when somebody who may signs in.
"""

from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import (
    X25519PrivateKey,
    X25519PublicKey,
)
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from cbs_desktop.errors import Refused, SealBroken
from cbs_desktop.safe.permissions import Permission

_ZERO = bytes(12)  # every key is used once
MARK = b"cbsseal2"  # before every value that is padded and bound
_LEAST = 512  # bytes of the smallest size class


def public_of(private: bytes) -> bytes:
    """The 32-byte public half."""
    return X25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw()


def new_pair() -> tuple[bytes, bytes]:
    """A fresh private key and its public half, 32 bytes each."""
    own = X25519PrivateKey.generate()
    return own.private_bytes_raw(), own.public_key().public_bytes_raw()


def forget() -> None:
    """Let go of the loaded key."""
    _pair.cache_clear()


def seal(public: bytes, value: bytes, of: str) -> bytes:
    """A value, readable only with the private half and as part of the record `of` ("assessment 17"): as long as all of
    its size class."""
    once = X25519PrivateKey.generate()
    shared = once.exchange(X25519PublicKey.from_public_bytes(public))
    mine = once.public_key().public_bytes_raw()
    box = ChaCha20Poly1305(_key(shared, mine + public))
    return MARK + mine + box.encrypt(_ZERO, padded(value, _LEAST), of.encode())


def unseal(private: bytes, sealed: bytes, of: str) -> bytes:
    """The value. Refused without the screener's key; SealBroken where it was changed, or is of another record."""
    if not private:
        raise Refused(permission=Permission.SEE_SCORES)
    own, public = _pair(private)
    body = sealed.removeprefix(MARK) if is_bound(sealed) else sealed
    try:
        shared = own.exchange(X25519PublicKey.from_public_bytes(body[:32]))
        box = ChaCha20Poly1305(_key(shared, body[:32] + public))
        if body is sealed:
            return box.decrypt(_ZERO, body[32:], None)
        return unpadded(box.decrypt(_ZERO, body[32:], of.encode()))
    except (InvalidTag, ValueError) as problem:
        raise SealBroken(of=of) from problem


def seal_key(public: bytes, key: bytes, of: str) -> bytes:
    """A key of the office, for one account and one purpose (`of`): 80 bytes."""
    once = X25519PrivateKey.generate()
    shared = once.exchange(X25519PublicKey.from_public_bytes(public))
    mine = once.public_key().public_bytes_raw()
    box = ChaCha20Poly1305(_key(shared, mine + public))
    return mine + box.encrypt(_ZERO, key, b"account key " + of.encode())


def unseal_key(private: bytes, sealed: bytes, of: str) -> bytes:
    """The key. SealBroken where it was changed, or is of another account or purpose."""
    own = X25519PrivateKey.from_private_bytes(private)
    public = own.public_key().public_bytes_raw()
    try:
        shared = own.exchange(X25519PublicKey.from_public_bytes(sealed[:32]))
        box = ChaCha20Poly1305(_key(shared, sealed[:32] + public))
        return box.decrypt(_ZERO, sealed[32:], b"account key " + of.encode())
    except (InvalidTag, ValueError) as problem:
        raise SealBroken(of=of) from problem


def is_bound(sealed: bytes) -> bool:
    """Whether a value is padded and bound; those of versions before 0.4 are not."""
    return sealed.startswith(MARK)


def padded(value: bytes, least: int) -> bytes:
    """A value as long as all of its size class; the smallest has `least` bytes, each is twice the one before."""
    whole = len(value).to_bytes(4, "big") + value
    size = least
    while size < len(whole):
        size *= 2
    return whole.ljust(size, b"\0")


def unpadded(whole: bytes) -> bytes:
    """The value again."""
    length = int.from_bytes(whole[:4], "big")
    return whole[4 : 4 + length]


@lru_cache(maxsize=1)
def _pair(private: bytes) -> tuple[X25519PrivateKey, bytes]:
    """The loaded key and its public half: a report opens thousands of values with it."""
    own = X25519PrivateKey.from_private_bytes(private)
    return own, own.public_key().public_bytes_raw()


def _key(shared: bytes, context: bytes) -> bytes:
    return HKDF(SHA256(), 32, None, b"cbs clinical" + context).derive(shared)
