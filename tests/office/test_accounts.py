"""The dialog of accounts by keyboard: who can sign in, each change of it, and what the office is asked for."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from cbs_desktop.cli import run
from cbs_desktop.safe import accounts
from cbs_desktop.safe.permissions import Role
from ui.office import account_dialogs
from ui.office.accounts import Accounts

PASSWORD = "four plain words"  # of conftest.py
NEW = "another four words"


@pytest.fixture
def shown(window, desk, settle):
    window.open("office")
    settle(desk)
    window._pages["office"].show_item("accounts")
    settle(desk)
    (made,) = [w for w in QApplication.topLevelWidgets() if isinstance(w, Accounts) and w.isVisible()]  # fmt: skip
    yield made
    made.close()


def beneath(kind):
    """The dialog that was opened over the list."""
    return next(
        w
        for w in QApplication.topLevelWidgets()
        if isinstance(w, kind) and w.isVisible()
    )


def choose(shown, name):
    shown.table.choose([row.name for row in shown.table.rows].index(name))


def names(shown):
    return [row.name for row in shown.table.rows]


def test_the_list_tells_who_and_what_the_office_lacks(shown):
    assert names(shown) == ["auditor", "clerk", "coordinator", "screener"]
    assert "second" in shown._advice.text() and "recovery code" in shown._advice.text()
    choose(shown, "coordinator")
    assert not shown.away.isEnabled() and not shown.password.isEnabled()
    choose(shown, "clerk")
    assert shown.away.isEnabled() and shown.password.isEnabled()


def test_an_account_is_added_by_keyboard(qtbot, shown, desk, settle, folder):
    shown.add.click()
    added = beneath(account_dialogs.Add)
    qtbot.keyClicks(added.form.inputs["name"], "UWERA")
    qtbot.keyClicks(added.form.inputs["password"], "password1")
    qtbot.keyClick(added, Qt.Key.Key_Return)
    assert added.form._faults["roles"].text()  # none is ticked
    added.form.show_values({"roles": (Role.COORDINATOR,)})
    qtbot.keyClick(added, Qt.Key.Key_Return)
    settle(desk)
    assert "anybody would try" in added._trouble.text() and added.isVisible()
    added.form.show_values({"password": NEW})
    qtbot.keyClick(added, Qt.Key.Key_Return)
    settle(desk)
    assert "UWERA" in names(shown) and "second" not in shown._advice.text()
    assert accounts.unlock(folder, "UWERA", NEW)[1] == {Role.COORDINATOR}


def test_roles_and_passwords_of_others_are_changed(shown, desk, settle, folder):
    choose(shown, "clerk")
    shown.roles.click()
    roles = beneath(account_dialogs.Roles)
    assert roles.form.values()["roles"] == (Role.CLERK,)
    roles.form.show_values({"roles": (Role.AUDITOR,)})
    roles.finish()
    settle(desk)
    shown.password.click()
    password = beneath(account_dialogs.NewPassword)
    password.form.show_values({"password": NEW})
    password.finish()
    settle(desk)
    assert accounts.unlock(folder, "clerk", NEW)[1] == {Role.AUDITOR}


def test_removing_says_what_it_does_not_reach(shown, desk, settle, words, office):
    before = office._keys.data
    choose(shown, "clerk")
    shown.away.click()
    asked = beneath(account_dialogs.Remove)
    assert any("password of clerk" in text for text in words(asked))
    asked.finish()
    settle(desk)
    assert "clerk" not in names(shown) and office._keys.data != before


def test_a_renewed_code_counts_once_it_was_typed_back(
    shown, desk, settle, folder, office_template
):
    shown.code.click()
    dialog = beneath(account_dialogs.RenewCode)
    old = (office_template.parent / "code").read_text()
    dialog.finish()
    assert dialog.written.asking
    dialog.finish()  # nothing typed: the old one still counts
    accounts.recover(folder, old, "auditor", NEW)
    groups = dialog._code.split("-")
    for number in dialog.written.asked:
        dialog.written.form.inputs[str(number)].setText(groups[number - 1])
    code = dialog._code
    dialog.finish()
    settle(desk)
    assert "recovery code" not in shown._advice.text()
    accounts.recover(folder, code, "auditor", PASSWORD)


def test_the_command_does_what_the_screen_does(folder, monkeypatch, capsys):
    monkeypatch.setenv("CBS_PASSWORD", PASSWORD)
    monkeypatch.setenv("CBS_NEW_PASSWORD", NEW)

    def asked(*words):
        assert run(["accounts", "--office", str(folder), *words]) == 0
        return capsys.readouterr().out

    assert "UWERA: auditor, clerk" in asked(
        "--add", "UWERA", "--role", "clerk", "--role", "auditor"
    )
    assert "UWERA: screener" in asked("--roles", "UWERA", "--role", "screener")
    asked("--new-password", "clerk")
    assert accounts.unlock(folder, "clerk", NEW)
    assert "\nclerk: " not in asked("--remove", "clerk")
    code = asked("--renew-code").split("\n")[1]
    accounts.recover(folder, code, "UWERA", "brand new words")
    assert run(["accounts", "--office", str(folder), "--roles", "UWERA"]) == 1


def test_the_minutes_of_the_lock_are_chosen_from_1_to_15(
    window, desk, settle, office, dialog
):
    from cbs_desktop import settings
    from ui.office.keeping import Keeping

    window.open("office")
    settle(desk)
    window._pages["office"].section(Keeping).change_lock()
    asked = dialog()
    form = asked.inside
    assert form.values() == {"lock after": 5}
    for wrong in (0, 16, "", "many"):
        form.show_values({"lock after": wrong})
        asked.finish()
        settle(desk)
        assert form._faults["lock after"].text(), wrong
    form.show_values({"lock after": 2})
    asked.finish()
    settle(desk)
    assert office.ask(settings.all_values)["lock after"] == 2 and dialog() is None
