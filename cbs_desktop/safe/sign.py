"""Signatures of the office under its certificates: Ed25519 (RFC 8032)."""

import hashlib
from functools import lru_cache

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)

from cbs_desktop.errors import Refused
from cbs_desktop.safe.permissions import Permission

_PRIME = 2**255 - 19  # of both curves


def public_of(private: bytes) -> bytes:
    """The 32-byte public half."""
    return Ed25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw()


def sign(private: bytes, message: bytes) -> bytes:
    """A signature of 64 bytes. Refused without the coordinator's key."""
    if not private:
        raise Refused(permission=Permission.CERTIFY)
    return _signer(private).sign(message)


@lru_cache(maxsize=1)
def _signer(private: bytes) -> Ed25519PrivateKey:
    """Ready to sign: a whole graduation is signed with one key."""
    return Ed25519PrivateKey.from_private_bytes(private)


def sealing_private(private: bytes) -> bytes:
    """The X25519 key of whoever holds a signing key: what is sealed to the coordinators needs no further key to be given
    out. Both forms of a key come from the same 32 bytes (RFC 7748, 5 and 8032, 5.1.5)."""
    return hashlib.sha512(private).digest()[:32]


def sealing_public(public: bytes) -> bytes:
    """Its public half, from the public half of the signing key: the map between the curves of RFC 7748, 4.1."""
    y = int.from_bytes(public, "little") & (2**255 - 1)
    u = (1 + y) * pow(1 - y, -1, _PRIME) % _PRIME
    return u.to_bytes(32, "little")


def forget() -> None:
    """Let go of the loaded key."""
    _signer.cache_clear()


def genuine(public: bytes, message: bytes, signature: bytes) -> bool:
    """Whether this office signed exactly this message."""
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True
