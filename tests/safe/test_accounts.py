"""Keys and accounts: an own slot for each person, a signed list, keys only where the role needs them, growing waits."""

import json
from dataclasses import asdict, replace
from datetime import UTC, datetime, timedelta

import pytest

from cbs_desktop.errors import (
    AccountsChanged,
    NoKeys,
    OldPassword,
    RuleBroken,
    WeakPassword,
    WrongCode,
    WrongPassword,
)
from cbs_desktop.keeping import accounts as keeping
from cbs_desktop.office import Office
from cbs_desktop.safe import accounts, key_file, keys, seal, sign, tries
from cbs_desktop.safe.account_list import AccountList, Entry
from cbs_desktop.safe.keys import RECOVERY
from cbs_desktop.safe.permissions import Permission, Role

PASSWORD = "four plain words"  # of conftest.py
NEW = "another four words"


def test_every_account_opens_with_its_own_password(folder):
    assert accounts.names(folder) == ["auditor", "clerk", "coordinator", "screener"]
    held, roles = accounts.unlock(folder, "screener", PASSWORD)
    assert roles == {Role.SCREENER} and held.clinical and not held.signing
    held, roles = accounts.unlock(folder, "clerk", PASSWORD)
    assert not held.clinical and not held.signing


def test_somebody_unknown_is_not_told_apart_from_a_wrong_password(folder):
    for name in ("nobody", RECOVERY):
        with pytest.raises(WrongPassword):
            accounts.unlock(folder, name, PASSWORD)


def test_the_recovery_code_gives_a_new_password(folder, office_template, calendar):
    code = (office_template.parent / "code").read_text()
    with pytest.raises(WrongCode):
        accounts.recover(folder, "WRONG-CODE", "clerk", "brand new words")
    with pytest.raises(WeakPassword):
        accounts.recover(folder, code, "clerk", "short")
    accounts.recover(folder, f" {code.lower()} ", "clerk", "brand new words")
    office = Office.open(folder, "clerk", "brand new words", calendar)
    assert office.account.roles == {Role.CLERK} and not office._keys.clinical
    assert office.check().well
    office.close()
    with pytest.raises(WrongPassword):
        Office.open(folder, "clerk", PASSWORD, calendar)


# --- who has the common key and the file in hand


def changed(folder, change):
    """The key file as somebody leaves it who can write it."""
    content = json.loads((folder / key_file.FILE).read_text())
    change(content)
    for name in (key_file.FILE, key_file.SECOND):
        (folder / name).write_text(json.dumps(content))


def listed(content, name):
    return next(each for each in content["accounts"]["entries"] if each["name"] == name)


def test_a_clerk_cannot_write_himself_other_roles(folder, calendar):
    changed(folder, lambda c: listed(c, "clerk").update(roles=["clerk", "coordinator"]))
    with pytest.raises(AccountsChanged):
        accounts.unlock(folder, "clerk", PASSWORD)
    office = Office.open(folder, "clerk", PASSWORD, calendar)
    assert office.account.roles == {Role.CLERK}  # the list that was signed counts
    found = office.check().findings
    assert [(one.kind, one.facts["names"]) for one in found] == [
        ("accounts changed", ("clerk",))
    ]
    office.close()
    boss = Office.open(folder, "coordinator", PASSWORD, calendar)
    boss.do(keeping.put_list_back)
    assert boss.check().well
    boss.close()
    assert accounts.unlock(folder, "clerk", PASSWORD)[1] == {Role.CLERK}


def forged(folder, name, roles, signing=None):
    """An account made with what a clerk holds, in a list under a key of his own."""
    held, _roles = accounts.unlock(folder, "clerk", PASSWORD)
    own = signing or keys.new_keys().signing
    held = replace(held, signing=own, office=sign.public_of(own))
    file = key_file.read(folder)
    entry = Entry(name, tuple(roles), "2026-03-02")
    return accounts._with_account(file, held, entry, NEW)[0]


@pytest.mark.parametrize("name", ["mallory", "coordinator"])
def test_a_slot_made_by_a_clerk_with_the_common_key_opens_nothing(
    folder, calendar, name
):
    key_file.write(folder, forged(folder, name, ["coordinator", "clerk"]))
    with pytest.raises(AccountsChanged):
        Office.open(folder, name, NEW, calendar)
    clerk = Office.open(folder, "clerk", PASSWORD, calendar)
    assert "accounts changed" in clerk.check().kinds()
    clerk.close()


def test_a_slot_of_before_does_not_open_beside_a_signed_list(folder, calendar):
    """The old kind had no signature: whoever holds the common key could still write one."""
    held, _roles = accounts.unlock(folder, "clerk", PASSWORD)
    content = {"format": 1, "slots": [asdict(old_slot(held, "clerk", ["coordinator"]))]}
    for name in (key_file.FILE, key_file.SECOND):
        (folder / name).write_text(json.dumps(content))
    with pytest.raises(AccountsChanged):
        Office.open(folder, "clerk", PASSWORD, calendar)


def test_a_list_signed_by_the_office_that_leaves_the_roles_but_takes_the_keys(folder):
    """Roles without the key that goes with them are none."""
    known = accounts.Known(None, sign.public_of(bytes(32)), seal.public_of(bytes(32)))
    held = keys.Keys(bytes(32), b"", b"")
    assert accounts._provable(frozenset(Role), held, known) == {
        Role.CLERK,
        Role.AUDITOR,
    }


def test_a_signed_list_of_before_gives_nobody_the_roles_of_before(folder, calendar):
    before = (folder / key_file.FILE).read_bytes()
    boss = Office.open(folder, "coordinator", PASSWORD, calendar)
    boss.do(keeping.change_roles, "screener", frozenset({Role.AUDITOR}))
    boss.close()
    (folder / key_file.FILE).write_bytes(before)
    office = Office.open(folder, "screener", PASSWORD, calendar)
    assert office.account.roles == {Role.AUDITOR} and not office._keys.clinical
    assert "accounts changed" in office.check().kinds()
    office.close()


# --- an office of version 0.3


def old_slot(held, name, roles, password=PASSWORD):
    """A slot as version 0.3 wrote it: the office's keys, and the roles beside them."""
    made = keys.wrap(bytes(32), bytes(32), name, password)
    slot = replace(made, roles=tuple(sorted(roles)), box="")
    mine = held if name == RECOVERY else held.for_roles(frozenset(map(Role, roles)))
    plain = {k: getattr(mine, k).hex() for k in ("data", "clinical", "signing")}
    nonce = keys.b64decode(slot.nonce)
    box = keys._cipher(password, slot).encrypt(
        nonce, json.dumps(plain).encode(), slot.sealed_fields()
    )
    return replace(slot, box=keys.b64encode(box).decode())


@pytest.fixture
def old(folder, calendar):
    """The office as version 0.3 left it: slots alone, and a database that knows of no list."""
    office = Office.open(folder, "coordinator", PASSWORD, calendar)
    full = office._keys
    with office._writer.begin() as link:
        for key in ("accounts", "slots", "replaced slots"):
            link.exec_driver_sql("DELETE FROM setting WHERE key = ?", (key,))
    office.close()
    slots = [
        old_slot(full, "coordinator", ["coordinator", "screener", "clerk"]),
        old_slot(full, "clerk", ["clerk"]),
        old_slot(full, RECOVERY, [], keys.plain_code("ABCDE-12345")),
    ]
    content = {"format": 1, "slots": [asdict(slot) for slot in slots]}
    (folder / key_file.SECOND).unlink()
    (folder / key_file.FILE).write_text(json.dumps(content))
    return folder


def test_an_office_of_before_opens_and_the_first_coordinator_signs_its_list(
    old, calendar
):
    clerk = Office.open(old, "clerk", PASSWORD, calendar)
    assert clerk.account.roles == {Role.CLERK}
    clerk.close()
    assert key_file.read(old).accounts is None
    boss = Office.open(old, "coordinator", PASSWORD, calendar)
    assert key_file.read(old).accounts.is_signed_by(boss._keys.office)
    found = {one.name: (one.old, one.mine) for one in boss.ask(keeping.listed)}
    assert found == {"clerk": (True, False), "coordinator": (False, True)}
    assert boss._keys.account
    boss.close()
    for name in ("clerk", "coordinator"):
        again = Office.open(old, name, PASSWORD, calendar)
        assert (
            again.account.name == name
            and "accounts changed" not in again.check().kinds()
        )
        again.close()


def test_in_an_office_of_before_a_role_counts_only_with_its_key(old, calendar):
    held, _roles = accounts.unlock(old, "clerk", PASSWORD)
    file = key_file.read(old)
    slot = old_slot(held, "clerk", ["coordinator", "screener", "clerk"])
    key_file.write(old, file.with_slot(slot))
    office = Office.open(old, "clerk", PASSWORD, calendar)
    assert office.account.roles == {Role.CLERK}
    office.close()
    Office.open(old, "coordinator", PASSWORD, calendar).close()  # signs what it finds
    office = Office.open(old, "clerk", PASSWORD, calendar)
    assert office.account.roles == {Role.CLERK}
    office.close()


def test_an_account_of_before_gets_a_new_password_before_anything_else(old, calendar):
    boss = Office.open(old, "coordinator", PASSWORD, calendar)
    with pytest.raises(RuleBroken):
        boss.do(keeping.change_roles, "clerk", frozenset({Role.AUDITOR}))
    boss.do(keeping.replace_password, "clerk", NEW)
    boss.do(keeping.change_roles, "clerk", frozenset({Role.AUDITOR}))
    boss.close()
    clerk = Office.open(old, "clerk", NEW, calendar)
    assert clerk.account.roles == {Role.AUDITOR}
    clerk.close()


def test_the_recovery_code_of_before_opens_an_office_of_before(old, calendar):
    accounts.recover(old, "ABCDE-12345", "coordinator", NEW)
    boss = Office.open(old, "coordinator", NEW, calendar)
    assert boss.account.may(Permission.ACCOUNTS)
    boss.close()


# --- passwords of before, torn files, bounds


def test_an_older_key_file_lets_only_a_coordinator_in_who_decides(folder, calendar):
    before = (folder / key_file.FILE).read_bytes()
    for name in ("clerk", "coordinator"):
        office = Office.open(folder, name, PASSWORD, calendar)
        office.do(keeping.change_password, PASSWORD, NEW)
        office.close()
    for name in (key_file.FILE, key_file.SECOND):
        (folder / name).write_bytes(before)
    with pytest.raises(OldPassword):
        Office.open(folder, "clerk", PASSWORD, calendar)
    boss = Office.open(folder, "coordinator", PASSWORD, calendar)
    (found,) = boss.check().findings
    assert found.kind == "old passwords"
    assert found.facts["names"] == ("clerk", "coordinator")
    boss.do(keeping.accept_passwords)
    assert boss.check().well
    boss.close()
    Office.open(folder, "clerk", PASSWORD, calendar).close()


def test_the_second_copy_never_holds_a_password_of_before(folder, calendar):
    office = Office.open(folder, "clerk", PASSWORD, calendar)
    office.do(keeping.change_password, PASSWORD, NEW)
    office.close()
    (folder / key_file.FILE).write_text("{")
    with pytest.raises(WrongPassword):
        Office.open(folder, "clerk", PASSWORD, calendar)
    tries.forget(folder, "clerk")
    boss = Office.open(folder, "coordinator", PASSWORD, calendar)
    assert boss.check().kinds() == {"key file torn"}
    boss.do(keeping.put_list_back)
    assert boss.check().well
    boss.close()


def test_a_copy_that_a_power_cut_left_behind_is_made_anew(folder, calendar):
    before = (folder / key_file.FILE).read_bytes()
    office = Office.open(folder, "clerk", PASSWORD, calendar)
    office.do(keeping.change_password, PASSWORD, NEW)
    office.close()
    (folder / key_file.SECOND).write_bytes(before)
    Office.open(folder, "clerk", NEW, calendar).close()
    now = (folder / key_file.FILE).read_bytes()
    assert (folder / key_file.SECOND).read_bytes() == now != before


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b'{"slots": []}', b'{"slots": [{"name": 1}]}', b"\xff\xfe", b"[" * 100_000],
)  # fmt: skip
def test_a_key_file_that_is_none_is_named(folder, content):
    for name in (key_file.FILE, key_file.SECOND):
        (folder / name).write_bytes(content)
    with pytest.raises(NoKeys):
        accounts.names(folder)


@pytest.mark.parametrize(
    "changes",
    [{"memory": 1 << 40}, {"memory": 1 << 20, "passes": 16}, {"lanes": 999}, {"passes": 0}],
)  # fmt: skip
def test_no_slot_takes_a_minute(folder, changes):
    file = key_file.read(folder)
    slot = replace(file.slot("clerk"), **changes)
    key_file.write(folder, file.with_slot(slot))
    began = datetime.now(UTC)
    with pytest.raises(NoKeys):
        accounts.unlock(folder, "clerk", PASSWORD)
    assert datetime.now(UTC) - began < timedelta(seconds=2)


def test_a_key_file_of_any_size_is_not_read(folder):
    with (folder / key_file.FILE).open("ab") as file:
        file.truncate(key_file.SIZE_MOST + 1)
    assert key_file.read(folder).torn


def test_files_are_their_owners_alone(folder, calendar):
    for name in ("office.db", "keys.json", "laptop.json"):
        (folder / name).chmod(0o644)
    office = Office.open(folder, "coordinator", PASSWORD, calendar)
    office.do(keeping.change_password, PASSWORD, NEW)
    modes = {file.name: file.stat().st_mode & 0o777 for file in folder.iterdir()}
    office.close()
    assert set(modes.values()) == {0o600}, modes


def test_the_list_is_read_back_as_it_was_signed(folder):
    file = key_file.read(folder)
    assert isinstance(file.accounts, AccountList)
    held, _roles = accounts.unlock(folder, "coordinator", PASSWORD)
    assert file.accounts.is_signed_by(held.office)
    other = replace(file.accounts, number=file.accounts.number + 1)
    assert not other.is_signed_by(held.office)
