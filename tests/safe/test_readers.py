"""Values sealed to several readers: who opens them, who does not, and that none stands for another."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cbs_desktop.errors import Refused, SealBroken
from cbs_desktop.safe import seal, sign
from cbs_desktop.safe.account_list import AccountList, Entry
from cbs_desktop.safe.keys import Keys, new_keys
from cbs_desktop.safe.permissions import TABLE, Permission, Role
from cbs_desktop.safe.readers import Readers, is_sealed

OFFICE = new_keys()
ACCOUNTS = {name: seal.new_pair() for name in ("Alice", "Bob", "Carl")}
LISTED = AccountList(
    1,
    (
        Entry("Alice", ("clerk",), "", public=ACCOUNTS["Alice"][1].hex()),
        Entry("Bob", ("screener",), "", public=ACCOUNTS["Bob"][1].hex()),
        Entry("Carl", ("auditor",), "", public=ACCOUNTS["Carl"][1].hex()),
        Entry("Dora", ("clerk",), "", slot="of before"),
    ),
)
NEEDS = {Permission.RECORD_SCREENING}


def readers(keys):
    clinical, signing = seal.public_of(OFFICE.clinical), OFFICE.office
    return Readers(lambda: keys, clinical, signing, lambda: LISTED)


def of_account(name):
    return readers(Keys(b"", b"", b"", account=ACCOUNTS[name][0]))


def test_whoever_sees_backgrounds_holds_a_key_that_opens_them():
    for role in Role:
        held = OFFICE.for_roles(frozenset({role}))
        sealed = readers(Keys(b"", b"", b"")).seal_background(
            b"widowed", "background 5"
        )
        mine = readers(held)
        assert mine.opens(sealed) is (Permission.SEE_BACKGROUND in TABLE[role]), role
        if mine.opens(sealed):
            assert mine.unseal(sealed, "background 5") == b"widowed"
        else:
            with pytest.raises(Refused):
                mine.unseal(sealed, "background 5")


def test_the_common_key_and_a_clerks_account_open_no_background():
    sealed = of_account("Alice").seal_background(b"widowed", "background 5")
    for keys in (
        Keys(OFFICE.data, b"", b"", chain=OFFICE.chain),
        Keys(OFFICE.data, b"", b"", account=ACCOUNTS["Alice"][0]),
    ):
        assert not readers(keys).opens(sealed)


def test_what_a_clerk_half_typed_is_for_all_who_may_enter_it_and_nobody_else():
    sealed = of_account("Alice").seal_for(NEEDS, b"typed", "x")
    assert of_account("Alice").unseal(sealed, "x") == b"typed"
    assert of_account("Bob").unseal(sealed, "x") == b"typed"
    with pytest.raises(Refused):
        of_account("Carl").unseal(sealed, "x")


def test_who_could_not_read_it_again_keeps_it_plain():
    without_pair = readers(Keys(OFFICE.data, b"", b""))
    assert without_pair.seal_for(NEEDS, b"typed", "x") == b"typed"
    assert without_pair.unseal(b"typed", "x") == b"typed"
    assert of_account("Carl").seal_for(NEEDS, b"typed", "x") == b"typed"


@given(st.lists(st.binary(max_size=300), min_size=1, max_size=5))
def test_values_of_one_act_open_each_as_its_own_and_as_none_other(values):
    alice = of_account("Alice")
    sealed = [alice.seal_for(NEEDS, v, f"r {n}") for n, v in enumerate(values)]
    bob = of_account("Bob")
    for n, value in enumerate(values):
        assert bob.unseal(sealed[n], f"r {n}") == value
        with pytest.raises(SealBroken):
            bob.unseal(sealed[n], f"r {n + 1}")


@given(st.integers(min_value=8), st.integers(1, 255))
def test_no_byte_of_it_can_be_changed(where, by):
    sealed = bytearray(of_account("Alice").seal_background(b"widowed", "b"))
    where = 8 + where % (len(sealed) - 8)
    sealed[where] ^= by
    with pytest.raises((SealBroken, Refused)):
        for keys in (Keys(b"", OFFICE.clinical, b""), Keys(b"", b"", OFFICE.signing)):
            assert readers(keys).unseal(bytes(sealed), "b") == b"widowed"


def test_the_length_tells_nothing():
    alice = of_account("Alice")
    lengths = {len(alice.seal_background(value, "b")) for value in (b"[]", b"x" * 59)}
    assert len(lengths) == 1
    assert is_sealed(alice.seal_background(b"", "b"))


def test_both_halves_of_a_signing_key_lead_to_one_pair():
    for _ in range(20):
        private = seal.new_pair()[0]
        public = sign.sealing_public(sign.public_of(private))
        assert seal.public_of(sign.sealing_private(private)) == public
