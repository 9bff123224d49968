"""Office › Data protection by its widgets: noted, its clocks, its steps, its drafts, its end."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog

from cbs_desktop.exports import queries as left
from cbs_desktop.protection import actions, queries
from cbs_desktop.protection.rules import Loss
from cbs_desktop.text import write_moment
from ui.office.breaches import CaseDialog, Cases, NewCase


@pytest.fixture
def page(window, desk, settle):
    window.open("office")
    settle(desk)
    return window._pages["office"]


def shown(kind):
    for each in QApplication.topLevelWidgets():
        if isinstance(each, kind) and each.isVisible():
            return each
    return None


def test_a_loss_from_its_note_to_its_end(
    qtbot, page, words, desk, office, calendar, settle, tmp_path, monkeypatch
):
    page.new_breach()
    settle(desk)
    asked = shown(NewCase)
    asked.form.show_values({"kind": "laptop", "noticed": "soon"})
    asked.finish()
    assert "day and time" in asked.form._faults["noticed"].text()
    moment = write_moment(office.now())
    asked.form.show_values({"noticed": moment, "where": "Market"})
    qtbot.keyClick(asked, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle(desk)
    listed = shown(Cases)
    qtbot.keyClick(listed.table, Qt.Key.Key_Return)
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
    page.show_breaches()
    settle(desk)
    listed = shown(Cases)
    listed.finish()
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


def test_home_shows_the_clock_until_it_is_closed(window, desk, office, settle, words):
    breach = office.do(actions.open_breach, Loss("password", office.now()))
    window.open("home")
    settle(desk)
    home = window._pages["home"]
    home.refresh()
    settle(desk)
    said = words(home)
    assert "1 loss or breach is open" in said
    assert any("Tell the authority:" in each for each in said)
    office.do(actions.close_breach, breach, "Changed the same day.")
    home.refresh()
    settle(desk)
    assert "1 loss or breach is open" not in words(home)
