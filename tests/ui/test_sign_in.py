"""The first window: wrong passwords, waiting, the recovery code, no office, a new office without a country's districts."""

from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import QPoint, QRect, Qt, QTimer
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication, QLabel

from cbs_desktop.keeping import actions as keeping
from cbs_desktop.overview import queries as overview
from cbs_desktop.practice import place
from cbs_desktop.safe import accounts
from ui import theme
from ui.new_office import NewOffice, districts
from ui.sign_in import Recover, SignIn
from ui.widgets.preview import printer_for
from ui.work import Work

PASSWORD = "four plain words"  # of conftest.py


@pytest.fixture
def page(qtbot, dressed, folder):
    made = SignIn(folder)
    qtbot.addWidget(made, before_close_func=SignIn._enter_office)  # asks nobody
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
    page.go_to(tmp_path / "nothing here")
    assert (
        "no office" in page._enter._where.text() and not page._enter._inside.isVisible()
    )
    page.activateWindow()
    assert (
        page.focusWidget() is page._enter.doors.new
        and page._enter.doors.new.property("look") == "main"
    )


def test_enter_on_the_first_start_goes_to_the_new_office(qtbot, page, tmp_path):
    page.go_to(tmp_path / "nothing here")
    qtbot.keyClick(page.focusWidget(), Qt.Key.Key_Return)
    assert isinstance(page._pages.currentWidget(), NewOffice)


def test_where_an_office_lies_no_other_is_begun(page, folder):
    assert (
        not page._enter.doors.isVisible()
        and page.focusWidget() is page._enter._password
    )
    (folder / "keys.json").unlink()
    page.back()
    assert not page._enter.doors.isVisible()


@pytest.fixture
def first_start(qtbot, dressed, home, tmp_path):
    made = SignIn(tmp_path / "begun")
    qtbot.addWidget(made)
    made.show()
    yield made
    qtbot.waitUntil(Work.idle, timeout=60_000)


def test_the_practice_office_is_made_in_its_own_folder_opened_and_found_again(
    qtbot, first_start, tmp_path
):
    first_start._enter.doors.practice.click()
    page = first_start._pages.currentWidget()
    with qtbot.waitSignal(first_start.opened, timeout=120_000) as opened:
        page.main.click()
        qtbot.waitUntil(
            lambda: 0 < page._progress.value() < page._progress.maximum(),
            timeout=60_000,
        )
        assert (
            page._progress.isVisible()
            and "%" in page._state.text()
            and not page.main.isEnabled()
        )
    office = opened.args[0]
    assert (
        office.practice
        and office.folder == place.folder()
        and not first_start.folder.exists()
    )
    assert sum(office.ask(overview.by_state).values()) > 900
    office.close()

    first_start.back()
    assert first_start._enter.doors.isVisible()
    first_start.practise()
    first_start._pages.currentWidget().main.click()
    assert first_start.folder == place.folder()
    assert (
        "nothing here is real" in first_start._enter._hint.text()
        and first_start._enter._hint.isVisible()
    )
    accounts.unlock(place.folder(), "clerk", place.PASSWORD)


def test_a_practice_office_that_is_stopped_leaves_nothing(qtbot, first_start):
    first_start.practise()
    page = first_start._pages.currentWidget()
    page.main.click()
    qtbot.waitUntil(lambda: page._progress.value() > 0, timeout=60_000)
    page.leave.click()
    qtbot.waitUntil(page.main.isEnabled, timeout=60_000)
    assert "Nothing was created" in page._fault.text() and not place.folder().exists()
    assert list(place.folder().parent.glob("*.part")) == []


@pytest.fixture
def backup(office, tmp_path):
    return Path(office.do(keeping.back_up, tmp_path / "key")["folder"])


def open_backup(qtbot, window, backup, password):
    window.open_backup(backup)
    page = window._pages.currentWidget()
    page.form.show_values({"person": "coordinator", "password": password})
    page.main.click()
    return page


def test_a_backup_is_opened_where_no_office_lies(qtbot, first_start, backup):
    with qtbot.waitSignal(first_start.opened, timeout=60_000) as opened:
        open_backup(qtbot, first_start, backup, PASSWORD)
    office = opened.args[0]
    assert office.folder == first_start.folder and office.title == "Musanze office"
    office.close()


def test_a_backup_with_a_wrong_password_or_a_damaged_one_leaves_nothing_and_can_be_tried_again(
    qtbot, first_start, backup
):
    page = open_backup(qtbot, first_start, backup, "not the password")
    qtbot.waitUntil(page.main.isEnabled, timeout=60_000)
    assert (
        "Wrong name or password" in page._fault.text()
        and not first_start.folder.exists()
    )
    whole = (backup / "office.db").read_bytes()
    (backup / "office.db").write_bytes(whole[:4096] + b"x" * 4096 + whole[8192:])
    page = open_backup(qtbot, first_start, backup, PASSWORD)
    qtbot.waitUntil(page.main.isEnabled, timeout=60_000)
    assert page._fault.text() and not first_start.folder.exists()
    (backup / "office.db").write_bytes(whole)
    with qtbot.waitSignal(first_start.opened, timeout=60_000) as opened:
        page.main.click()
    opened.args[0].close()


def test_a_folder_without_a_backup_is_told(first_start, tmp_path):
    first_start.open_backup(tmp_path)
    page = first_start._pages.currentWidget()
    assert "no backup" in page._fault.text() and not page.main.isEnabled()


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


@pytest.mark.parametrize("size", [(1366, 728), (1092, 576), (800, 400)])
@pytest.mark.parametrize("scale", [1.0, 1.5])
def test_the_button_of_a_new_office_is_in_sight_on_a_small_screen(
    qtbot, page, size, scale, dressed
):
    theme.apply(dressed, scale=scale)
    page.make_new()
    page.resize(*size)
    qtbot.waitUntil(lambda: (page.width(), page.height()) == size)
    new = page._pages.currentWidget()
    place = QRect(new.main.mapTo(page, QPoint(0, 0)), new.main.size())
    assert page.rect().contains(place) and not new.main.visibleRegion().isEmpty()
    assert new.main.visibleRegion().boundingRect() == new.main.rect()
    theme.apply(dressed)


def test_a_new_office_begun_empty_says_what_is_needed_beside_the_fields_until_they_are_filled(
    qtbot, page, tmp_path
):
    page.folder = tmp_path / "new"
    page.make_new()
    new = page._pages.currentWidget()
    new.main.click()
    qtbot.waitUntil(new.main.isEnabled, timeout=20_000)
    said = {
        key: text.text() for key, text in new.form._faults.items() if text.isVisible()
    }
    assert (
        set(said) == {"account", "districts", "password"}
        and said["account"] == "This field is required."
    )
    assert not new._trouble.isVisible() and not page.folder.exists()
    qtbot.keyClicks(new.form.inputs["account"], "U")
    qtbot.keyClick(new.form.inputs["districts"], Qt.Key.Key_Space)
    qtbot.keyClicks(new.form.inputs["password"], "l")
    assert not any(text.isVisible() for text in new.form._faults.values())
    assert new.form.values()["districts"] == (districts("RW")[0],)


def test_another_country_offers_its_own_districts(page):
    page.make_new()
    form = page._pages.currentWidget().form
    form.show_values({"districts": ("Musanze",)})
    form.show_values({"country": "BI"})
    assert form.values()["districts"] == ()
    form.show_values({"districts": ("Bubanza", "Musanze")})
    assert form.values()["districts"] == ("Bubanza",)


CODE = "ABCDE-12345-FGHJK-67890-MNPQR-S"


@pytest.fixture
def code_page(page, sign_in):
    from ui.new_office import RecoveryCode

    shown = RecoveryCode(page, sign_in("coordinator"), CODE)
    page.show_page(shown)
    page.activateWindow()
    return shown


def type_groups(qtbot, written, right=True):
    groups = CODE.split("-")
    for number in written.asked:
        field = written.form.inputs[str(number)]
        field.clear()
        qtbot.keyClicks(field, groups[number - 1].lower() if right else "ZZZZZ")


def test_enter_does_not_skip_the_proof_that_the_code_was_written_down(
    qtbot, page, code_page
):
    written = code_page.written
    opened = []
    page.opened.connect(opened.append)
    labels = written.currentWidget().findChildren(QLabel)
    shown = " ".join(each.text() for each in labels)
    assert all(group in shown for group in CODE.split("-"))
    code_page.main.setFocus()
    qtbot.keyClick(code_page.main, Qt.Key.Key_Return)
    assert written.asking
    last = written.form.inputs[str(written.asked[-1])]
    qtbot.keyClick(last, Qt.Key.Key_Return)
    faults = written.form._faults
    assert opened == [] and all(fault.isVisible() for fault in faults.values())
    type_groups(qtbot, written, right=False)
    qtbot.keyClick(last, Qt.Key.Key_Return)
    assert opened == [] and "not group" in faults[str(written.asked[0])].text()


def test_the_code_is_hidden_while_it_is_asked_for_and_can_be_looked_at_again(
    qtbot, page, code_page
):
    written = code_page.written
    code_page.main.click()
    seen = [each.text() for each in page.findChildren(QLabel) if each.isVisible()]
    assert (
        len(written.asked) == 2 and 6 not in written.asked
    )  # the last group is one letter
    assert not any(group in text for group in CODE.split("-")[:5] for text in seen)
    written.again.click()
    assert not written.asking and code_page.main.text() == "I have written it down"


def test_groups_typed_from_the_paper_open_the_office(qtbot, page, code_page):
    code_page.main.click()
    type_groups(qtbot, code_page.written)
    last = code_page.written.form.inputs[str(code_page.written.asked[-1])]
    with qtbot.waitSignal(page.opened) as opened:
        qtbot.keyClick(last, Qt.Key.Key_Return)
    assert opened.args == [code_page._office]


def test_the_code_is_printed_out_of_memory_and_saved_only_where_it_is_said(
    qtbot, page, code_page, tmp_path
):
    before = {path for path in tmp_path.rglob("*") if path.is_file()}
    written = code_page.written
    content = written.page()
    text = PdfReader(BytesIO(content)).pages[0].extract_text()
    assert (
        all(group in text for group in CODE.split("-"))
        and "Musanze office" in text
        and "Recovery code" in text
    )
    printer = printer_for(content)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "paper.pdf"))
    written.print_to(printer, content)
    qtbot.waitUntil(
        lambda: "Sent to the printer" in written._said.text(), timeout=20_000
    )
    assert len(PdfReader(tmp_path / "paper.pdf").pages) == 1
    made = {path for path in tmp_path.rglob("*") if path.is_file()} - before
    assert {path.name for path in made} == {"paper.pdf"}
    written.save_to(tmp_path / "chosen.pdf")
    qtbot.waitUntil(lambda: "chosen.pdf" in written._said.text(), timeout=20_000)
    assert (tmp_path / "chosen.pdf").read_bytes()[:4] == b"%PDF"


@pytest.mark.parametrize(
    ("answer", "closes"), [("Stay", False), ("Close without it", True)]
)
def test_closing_before_the_proof_asks_and_closes_the_office(
    page, code_page, answer, closes
):
    def choose():
        box = QApplication.activeModalWidget()
        next(each for each in box.buttons() if each.text() == answer).click()

    QTimer.singleShot(0, choose)
    assert page.close() is closes
    assert code_page._office.closed is closes


def test_the_password_leaves_the_first_window_with_the_office(qtbot, page):
    page._enter._person.setCurrentText("clerk")
    page._enter._password.setText(PASSWORD)
    with qtbot.waitSignal(page.opened, timeout=20_000) as opened:
        page._enter._open()
    assert not page._enter._password.text()
    opened.args[0].close()
