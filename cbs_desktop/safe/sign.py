"""Signatures of the office under its certificates: Ed25519 (RFC 8032)."""

from functools import lru_cache

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)

from cbs_desktop.errors import Refused
from cbs_desktop.safe.permissions import Permission


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
