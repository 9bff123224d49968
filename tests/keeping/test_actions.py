"""Backups and accounts as actions: refused, told, in the journal, and never taken back by Undo."""

import pytest

from cbs_desktop.errors import NameTaken, WeakPassword, WrongPassword
from cbs_desktop.keeping import accounts as accounts_
from cbs_desktop.keeping import actions
from cbs_desktop.safe import accounts
from cbs_desktop.safe.permissions import Role
from cbs_desktop.store import engine

PASSWORD = "four plain words"
NEW = "another four words"


def test_an_added_account_can_sign_in_and_is_told(office, folder):
    office.do(accounts_.add_account, "UWERA", frozenset({Role.CLERK}), PASSWORD)
    assert office.last_change.done == "Added the account UWERA"
    _keys, roles = accounts.unlock(folder, "UWERA", PASSWORD)
    assert roles == {Role.CLERK}


@pytest.mark.parametrize(
    ("name", "password", "problem"),
    [
        ("clerk", PASSWORD, NameTaken),
        (" ", PASSWORD, NameTaken),
        ("UWERA", "short", WeakPassword),
    ],
)
def test_what_is_refused_leaves_no_trace(office, folder, name, password, problem):
    before = office._act
    with pytest.raises(problem):
        office.do(accounts_.add_account, name, frozenset({Role.CLERK}), password)
    assert office._act == before and name.strip() in ("clerk", "", "UWERA")
    assert "UWERA" not in accounts.names(folder)


@pytest.mark.parametrize("who", ["clerk", "auditor", "screener"])
def test_everybody_changes_their_own_password(sign_in, folder, who):
    office = sign_in(who)
    with pytest.raises(WeakPassword):
        office.do(accounts_.change_password, PASSWORD, "short")
    office.do(accounts_.change_password, PASSWORD, NEW)
    assert office.last_change.done == f"Changed the password of {who}"
    accounts.unlock(folder, who, NEW)


def test_a_wrong_current_password_changes_nothing(sign_in, folder):
    office = sign_in("clerk")
    before = office._act
    with pytest.raises(WrongPassword):
        office.do(accounts_.change_password, "not the right one", NEW)
    assert office._act == before
    accounts.unlock(folder, "clerk", PASSWORD)


def test_a_backup_is_noted_and_can_be_opened(office, tmp_path, calendar):
    facts = office.do(actions.back_up, tmp_path / "usb")
    assert office.last_change.done == "Backed up the office: this computer"
    copy = tmp_path / "usb" / facts["folder"].rsplit("/", 1)[-1]
    assert {file.name for file in copy.iterdir()} == {
        engine.FILE,
        engine.SALT,
        "keys.json",
        "office.head",
        "copy.json",
    }
    assert facts["acts"] == office._act - 1  # all but the note that it was made


def test_undo_takes_back_neither_an_account_nor_a_backup(sign_in, tmp_path):
    office = sign_in("coordinator")
    office.do(accounts_.add_account, "UWERA", frozenset({Role.CLERK}), PASSWORD)
    office.do(actions.back_up, tmp_path / "usb")
    done, _undone = office.undoable()
    assert "UWERA" not in done and "Backed up" not in done


def test_keys_are_never_shown(office):
    assert office._vault.keys.data.hex() not in repr(office._vault)
    assert str(office._vault.keys.data) not in repr(office._vault)
