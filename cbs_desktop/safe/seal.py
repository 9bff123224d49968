"""Sealed to a public key: clinical values, which whoever types them cannot read back, and the keys of each account.

X25519 with a fresh key per value, HKDF-SHA256, ChaCha20-Poly1305 (the sealed-box construction of libsodium, RFC 7748, 8439).
"""

from functools import lru_cache

from cryptography.hazmat.primitives.asymmetric.x25519 import (
    X25519PrivateKey,
    X25519PublicKey,
)
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from cbs_desktop.errors import Refused
from cbs_desktop.safe.permissions import Permission

_ZERO = bytes(12)  # every key is used once


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


def seal(public: bytes, value: bytes) -> bytes:
    """Value of any length to 48 bytes more, readable only with the private half."""
    once = X25519PrivateKey.generate()
    shared = once.exchange(X25519PublicKey.from_public_bytes(public))
    mine = once.public_key().public_bytes_raw()
    return mine + ChaCha20Poly1305(_key(shared, mine + public)).encrypt(
        _ZERO, value, None
    )


def unseal(private: bytes, sealed: bytes) -> bytes:
    """The value. Refused without the screener's key."""
    if not private:
        raise Refused(permission=Permission.SEE_SCORES)
    own, public = _pair(private)
    shared = own.exchange(X25519PublicKey.from_public_bytes(sealed[:32]))
    return ChaCha20Poly1305(_key(shared, sealed[:32] + public)).decrypt(
        _ZERO, sealed[32:], None
    )


@lru_cache(maxsize=1)
def _pair(private: bytes) -> tuple[X25519PrivateKey, bytes]:
    """The loaded key and its public half: a report opens thousands of values with it."""
    own = X25519PrivateKey.from_private_bytes(private)
    return own, own.public_key().public_bytes_raw()


def _key(shared: bytes, context: bytes) -> bytes:
    return HKDF(SHA256(), 32, None, b"cbs clinical" + context).derive(shared)
