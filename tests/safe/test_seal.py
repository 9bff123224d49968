"""Sealed values: their length tells nothing, they stand in their own record only, and those of before are read."""

import os

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import (
    X25519PrivateKey,
    X25519PublicKey,
)
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from hypothesis import given
from hypothesis import strategies as st

from cbs_desktop.errors import Refused, SealBroken
from cbs_desktop.safe import seal

PRIVATE = os.urandom(32)
PUBLIC = seal.public_of(PRIVATE)


def as_before(public, value):
    """A value as versions before 0.4 sealed it: neither padded nor bound."""
    once = X25519PrivateKey.generate()
    shared = once.exchange(X25519PublicKey.from_public_bytes(public))
    mine = once.public_key().public_bytes_raw()
    box = ChaCha20Poly1305(seal._key(shared, mine + public))
    return mine + box.encrypt(bytes(12), value, None)


@given(st.binary(max_size=3_000))
def test_what_was_sealed_comes_back(value):
    assert seal.unseal(PRIVATE, seal.seal(PUBLIC, value, "a 1"), "a 1") == value
    assert seal.unseal(PRIVATE, as_before(PUBLIC, value), "a 1") == value


@given(st.binary(max_size=508), st.binary(max_size=508))
def test_all_of_a_size_class_are_as_long(one, other):
    lengths = {len(seal.seal(PUBLIC, each, "a 1")) for each in (one, other)}
    assert len(lengths) == 1


def test_a_longer_value_is_of_a_longer_class():
    lengths = [len(seal.seal(PUBLIC, bytes(size), "a 1")) for size in (508, 509, 1_021)]
    assert [each - lengths[0] for each in lengths] == [0, 512, 1_536]


def test_it_stands_in_its_own_record_only():
    made = seal.seal(PUBLIC, b"answers", "assessment 1")
    with pytest.raises(SealBroken):
        seal.unseal(PRIVATE, made, "assessment 2")


@pytest.mark.parametrize("place", [0, 7, 8, 39, 40, 500, -1])
def test_a_changed_byte_is_found(place):
    made = bytearray(seal.seal(PUBLIC, b"answers", "assessment 1"))
    made[place] ^= 1
    with pytest.raises(SealBroken):
        seal.unseal(PRIVATE, bytes(made), "assessment 1")


def test_a_value_that_is_none_is_said(capsys):
    for nothing in (b"", b"x", b"x" * 31, seal.MARK, os.urandom(100)):
        with pytest.raises(SealBroken):
            seal.unseal(PRIVATE, nothing, "assessment 1")


def test_nobody_reads_without_the_key():
    with pytest.raises(Refused):
        seal.unseal(b"", seal.seal(PUBLIC, b"answers", "a 1"), "a 1")
