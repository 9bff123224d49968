"""The first window: wrong passwords, waiting, the recovery code, no office, a new office without a country's districts."""

import pytest
from PySide6.QtCore import Qt

from cbs_desktop.safe import accounts
from ui.new_office import districts
from ui.sign_in import Recover, SignIn
from ui.work import Work

PASSWORD = "four plain words"  # of conftest.py


@pytest.fixture
def page(qtbot, dressed, folder):
    made = SignIn(folder)
    qtbot.addWidget(made)
    made.show()
    yield made
    qtbot.waitUntil(Work.idle, timeout=20_000)


def test_who_can_sign_in_is_listed_and_the_cursor_waits_for_the_password(page):
    listed = [
        page._enter._person.itemText(i) for i in range(page._enter._person.count())
    ]
    assert sorted(listed) == ["auditor", "clerk", "coordinator", "screener"]
    assert page._enter._password.echoMode().name == "Password"
    page._enter._show.setChecked(True)
    assert page._enter._password.echoMode().name == "Normal"


def test_after_wrong_passwords_it_says_how_long_to_wait(qtbot, page):
    enter = page._enter
    for _ in range(2):
        enter._fault.setText("")
        qtbot.waitUntil(enter._go.isEnabled)
        enter._password.setText("not the password")
        qtbot.keyClick(enter._password, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: bool(enter._fault.text()), timeout=20_000)
    assert "Wait 1 second" in enter._fault.text() and not enter._go.isEnabled()
    assert enter._password.text() == "not the password"
    qtbot.waitUntil(enter._go.isEnabled, timeout=5_000)


def test_the_recovery_code_gives_a_new_password_that_opens(
    qtbot, page, folder, office_template
):
    page.recover()
    recover = page._pages.currentWidget()
    assert isinstance(recover, Recover)
    recover._person.setCurrentText("clerk")
    recover._code.setText("AAAAA-AAAAA")
    recover._new.setText("four other words")
    recover._try()
    qtbot.waitUntil(lambda: bool(recover._fault.text()), timeout=20_000)
    assert "code" in recover._fault.text() and recover._go.isEnabled()
    recover._code.setText((office_template.parent / "code").read_text())
    recover._try()
    qtbot.waitUntil(lambda: page._pages.currentWidget() is page._enter, timeout=20_000)
    accounts.unlock(folder, "clerk", "four other words")


def test_a_folder_without_an_office_says_so_and_asks_no_password(page, tmp_path):
    page.folder = tmp_path / "nothing here"
    page._enter.look()
    assert (
        "no office" in page._enter._where.text() and not page._enter._inside.isVisible()
    )


def test_a_damaged_key_file_is_told_in_words(page, folder):
    for file in folder.glob("keys*.json"):
        file.write_text("{")
    page._enter.look()
    assert (
        "key file" in page._enter._fault.text() and not page._enter._inside.isVisible()
    )


@pytest.mark.parametrize(
    ("country", "count", "one"), [("RW", 30, "Musanze"), ("BI", 42, "Bubanza")]
)
def test_the_districts_of_both_countries(country, count, one):
    assert len(districts(country)) == count and one in districts(country)


def test_a_new_office_fits_a_small_screen(page):
    page.make_new()
    page.resize(960, 540)
    assert page.height() == 540


def test_the_recovery_code_is_shown_and_copied(qtbot, page, office):
    from PySide6.QtGui import QGuiApplication
    from PySide6.QtWidgets import QLineEdit, QPushButton

    from ui.new_office import RecoveryCode

    shown = RecoveryCode(page, office, "ABCDE-12345")
    page.show_page(shown)
    assert (
        shown.findChild(QLineEdit).text() == "ABCDE-12345"
        and shown.findChild(QLineEdit).isReadOnly()
    )
    next(
        each for each in shown.findChildren(QPushButton) if each.text() == "Copy"
    ).click()
    assert QGuiApplication.clipboard().text() == "ABCDE-12345"
    with qtbot.waitSignal(page.opened) as opened:
        next(
            each for each in shown.findChildren(QPushButton) if "written" in each.text()
        ).click()
    assert opened.args == [office]
