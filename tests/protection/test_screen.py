"""The page of data protection by its widgets: noted, its clocks, its steps, its drafts, its end."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QPushButton

from cbs_desktop.exports import queries as left
from cbs_desktop.protection import actions, processing, queries
from cbs_desktop.protection.rules import Loss
from cbs_desktop.text import write_moment
from ui.protection.breaches import CaseDialog, NewCase
from ui.protection.register_form import RegisterForm


@pytest.fixture
def page(window, desk, settle):
    window.open("protection")
    settle(desk)
    return window._pages["protection"]


def shown(kind):
    for each in QApplication.topLevelWidgets():
        if isinstance(each, kind) and each.isVisible():
            return each
    return None


def test_a_loss_from_its_note_to_its_end(
    qtbot, page, words, desk, office, calendar, settle, tmp_path, monkeypatch
):
    page.new_case()
    settle(desk)
    asked = shown(NewCase)
    asked.form.show_values({"kind": "laptop", "noticed": "soon"})
    asked.finish()
    assert "day and time" in asked.form._faults["noticed"].text()
    moment = write_moment(office.now())
    asked.form.show_values({"noticed": moment, "where": "Market"})
    qtbot.keyClick(asked, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle(desk)
    case = shown(CaseDialog)
    assert "left" in case.notice_clock.words.text()
    assert case.notice_clock.bar.accessibleName() == case.notice_clock.words.text()
    assert any("key file lies beside it" in each for each in words(case))
    path = tmp_path / "notice.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    case.save_notice()
    settle(desk)
    assert path.read_bytes().startswith(b"%PDF")
    assert office.ask(left.what_left)[0].kind == "breach notice"
    case.form.show_values({"police": True, "told": True})
    case.finish()
    settle(desk)
    (found,) = office.ask(queries.cases)
    assert found.taken == {"police"} and found.told is not None
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    settle(desk)
    case = shown(CaseDialog)
    assert "done on" in case.notice_clock.words.text()
    case._ask_outcome()
    from ui.widgets.dialog import Dialog

    (ending,) = [d for d in case.findChildren(Dialog) if d.isVisible()]
    ending.inside.show_values({"outcome": "Found again."})
    ending.finish()
    settle(desk)
    assert office.ask(queries.cases)[0].outcome == "Found again."


def test_home_shows_the_clock_until_it_is_closed(
    window, desk, office, settle, words, monkeypatch
):
    breach = office.do(actions.open_breach, Loss("password", office.now()))
    window.open("home")
    settle(desk)
    home = window._pages["home"]
    home.refresh()
    settle(desk)
    said = words(home)
    assert "1 loss or breach is open" in said
    assert any("Tell the authority: 48 h 0 min left" in each for each in said)
    before = office.now()
    monkeypatch.setattr(office, "now", lambda: before + timedelta(minutes=61))
    home.move_clocks()
    assert any("Tell the authority: 46 h 59 min left" in each for each in words(home))
    monkeypatch.undo()
    office.do(actions.close_breach, breach, "Changed the same day.")
    home.refresh()
    settle(desk)
    assert "1 loss or breach is open" not in words(home)


def test_the_register_is_filled_in_and_saved(
    page, desk, office, settle, words, tmp_path, monkeypatch
):
    assert "the registration number" in page.lacking.text()
    page.show_item("register")
    settle(desk)
    form = shown(RegisterForm)
    form.form.show_values({"registered_on": office.now().date()})
    form.finish()
    settle(desk)
    assert form.isVisible() and form.form._faults["registration"].text()
    form.form.show_values({"registration": "R-17", "officer": "UWERA Diane"})
    form.finish()
    settle(desk)
    assert office.ask(processing.entries).registration == "R-17"
    assert any("R-17" in each for each in words(page))
    assert "the registration number" not in page.lacking.text()
    path = tmp_path / "register.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    page.save_register()
    settle(desk)
    assert path.read_bytes().startswith(b"%PDF")
    assert office.ask(left.what_left)[0].kind == "processing register"


def test_a_measure_leads_to_where_it_is_taken(
    page, window, desk, office, settle, monkeypatch
):
    office.do(actions.open_breach, Loss("password", office.now()))
    page.refresh()
    settle(desk)
    page.open_case(page.table.rows[0])
    case = shown(CaseDialog)
    ways = [each.text() for each in case.findChildren(QPushButton)]
    assert ways.count("Open accounts") == 1 and "Open the journal" in ways
    way = next(
        each
        for each in case.findChildren(QPushButton)
        if each.text() == "Open the journal"
    )
    way.click()
    settle(desk)
    assert window._stack.currentWidget() is window._pages["journal"]


def test_an_auditor_reads_losses_and_register_and_changes_nothing(
    office, place_of, settle, words
):
    office.do(actions.open_breach, Loss("laptop", office.now()))
    office.close()
    desk, window, page = place_of("auditor", "journal")
    assert "Data protection" in [act.label for act in page.page_actions]
    page.open_protection()
    settle(desk)
    protection = window._pages["protection"]
    offered = [act.label for act in protection.page_actions]
    assert offered == ["Save the register"]
    assert len(protection.table.rows) == 1 and not protection.change.isVisible()
    assert "Purposes" in words(protection)
    protection.open_case(protection.table.rows[0])
    case = shown(CaseDialog)
    assert not case.main.isVisible() and not case.close_it.isVisible()
    ways = [each.text() for each in case.findChildren(QPushButton)]
    assert "Open accounts" not in ways
    case.reject()
