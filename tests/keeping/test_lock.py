"""A locked office: no key in memory, nothing read or written, and everything there again with the password."""

import gc

import pytest

from cbs_desktop import settings
from cbs_desktop.errors import AccountsChanged, Locked, WrongPassword
from cbs_desktop.keeping import accounts as keeping

PASSWORD = "four plain words"  # of conftest.py


def test_a_locked_office_neither_reads_nor_writes(office):
    office.lock()
    assert office.locked
    with pytest.raises(Locked):
        office.ask(settings.all_values)
    with pytest.raises(Locked):
        office.do(settings.set_value, "office", "Locked")
    with pytest.raises(Locked):
        office.undoable()
    office.unlock(PASSWORD)
    assert not office.locked
    assert office.ask(settings.all_values)["office"] == "Musanze office"
    office.do(settings.set_value, "office", "Open again")
    assert office.check().well


def test_a_wrong_password_leaves_it_locked_and_is_told_in_the_journal(office):
    office.lock()
    with pytest.raises(WrongPassword):
        office.unlock("not it at all")
    assert office.locked
    office.unlock(PASSWORD)
    with office._reader.connect() as link:
        last = link.exec_driver_sql("SELECT action, facts FROM act ORDER BY id DESC")
        assert last.first()[0] == "office.sign_in"


def test_no_key_is_found_in_memory_after_the_lock(office):
    secrets = [
        bytes(bytearray(key))
        for key in (
            office._keys.data,
            office._keys.clinical,
            office._keys.signing,
            office._keys.account,
        )
    ]
    office.ask(settings.all_values)
    office._sign(b"a message")
    gc.collect()
    copies = tuple(bytes(reversed(secret)) for secret in secrets)
    del secrets
    assert scan(copies), "an open office holds its keys: else this test finds nothing"
    office.lock()
    gc.collect()
    assert scan(copies) == []
    office.unlock(PASSWORD)


def scan(reversed_keys):
    """Compared backwards, so that the scan itself holds none of them."""
    wanted = set(reversed_keys)
    found = []
    for holder in gc.get_objects():
        for held in gc.get_referents(holder):
            if isinstance(held, bytes) and len(held) == 32 and held[::-1] in wanted:
                found.append(type(holder).__name__)
    return found


def test_a_closed_office_holds_no_key(sign_in):
    office = sign_in("clerk")
    office.close()
    with pytest.raises(Locked):
        office._keys  # noqa: B018


def test_who_lost_the_account_meanwhile_stays_outside(office, folder, office_template):
    from cbs_desktop.safe import accounts, key_file

    held = office._keys
    office.lock()
    file = key_file.read(folder)
    other = file.accounts.entry("coordinator")
    changed = accounts.with_roles(
        file, held, type(other)(other.name, ("clerk",), other.since, other.public)
    )
    key_file.write(folder, changed)
    with pytest.raises(AccountsChanged):
        office.unlock(PASSWORD)
    assert office.locked


def test_the_minutes_before_the_lock_are_a_setting_with_bounds(office):
    from cbs_desktop.errors import Invalid

    office.do(settings.set_value, "lock after", 15)
    for wrong in (0, 16, -1):
        with pytest.raises(Invalid):
            office.do(settings.set_value, "lock after", wrong)
    assert office.ask(settings.all_values)["lock after"] == 15
    assert office.ask(keeping.listed)
