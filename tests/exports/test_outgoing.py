"""The way out of the window: who gets it is asked in one line, then where; a print is noted before it goes."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QFileDialog
from shiboken6 import isValid

from cbs_desktop.errors import ReadOnly
from cbs_desktop.exports import queries
from cbs_desktop.exports.rules import Recipient
from cbs_desktop.overview.lists import ListRequest
from cbs_desktop.participants import actions as participants
from ui.people_lists import ListWindow
from ui.widgets.outgoing import RecipientDialog


@pytest.fixture
def lists(office, lines, desk, window, settle):
    """The window of the lists over four people."""
    office.do(participants.import_people, lines(4))
    window.open("participants")
    settle(desk)
    shown = ListWindow(window._pages["participants"], ListRequest("roster"))
    shown.show()
    settle(desk)
    yield shown
    if isValid(shown):
        shown.close()


@pytest.fixture
def chosen(monkeypatch, tmp_path):
    """Where the system's dialog saves; what it was asked."""
    asked = []

    def choose(_owner, title, name, _pattern):
        asked.append(name)
        return str(tmp_path / name), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)
    return asked


def recipient(qapp):
    for each in qapp.topLevelWidgets():
        if isinstance(each, RecipientDialog) and each.isVisible():
            return each
    return None


def test_who_gets_it_is_asked_first_and_enter_is_enough(
    qtbot, qapp, lists, chosen, desk, office, settle, tmp_path
):
    lists.pdf.click()
    settle(desk)
    asked = recipient(qapp)
    assert asked.form.values() == {"who": "own use", "other": "", "country": ""}
    assert chosen == []
    qtbot.keyClick(asked, Qt.Key.Key_Return)
    settle(desk)
    (left,) = office.ask(queries.what_left)
    assert (left.kind, left.people, left.place) == ("list", 4, "computer")
    assert (tmp_path / chosen[0]).read_bytes().startswith(b"%PDF")
    assert lists.facts.text().startswith("Saved as")


def test_somebody_else_needs_a_name_and_is_offered_again(
    qtbot, qapp, lists, chosen, desk, office, settle
):
    lists.sheet.click()
    settle(desk)
    asked = recipient(qapp)
    asked.form.show_values({"who": "other", "country": "Uganda"})
    asked.finish()
    assert "required" in " ".join(f.text() for f in asked.form._faults.values())
    assert chosen == []
    asked.form.show_values({"other": "Example Foundation"})
    asked.finish()
    settle(desk)
    to = Recipient("other", "Example Foundation", "Uganda")
    assert office.ask(queries.what_left)[0].to == to
    lists.sheet.click()
    settle(desk)
    again = recipient(qapp)
    assert again.form.values()["other"] == "Example Foundation"
    again.reject()
    settle(desk)
    assert len(chosen) == 1 and len(office.ask(queries.what_left)) == 1


@pytest.fixture
def printer(monkeypatch, tmp_path):
    def run(dialog):
        dialog.printer().setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        dialog.printer().setOutputFileName(str(tmp_path / "printed.pdf"))
        return True

    monkeypatch.setattr(QPrintDialog, "exec", run)
    return tmp_path / "printed.pdf"


def test_a_print_is_in_the_journal(lists, printer, desk, office, settle):
    lists.main.click()
    settle(desk)
    (left,) = office.ask(queries.what_left)
    assert (left.kind, left.people, left.place) == ("list", 4, "printer")
    assert printer.exists()


def test_an_office_that_is_only_looked_at_prints_and_says_that_nothing_was_noted(
    lists, printer, desk, office, settle, tmp_path
):
    said = []
    lists._screen.said.connect(
        said.append
    )  # the window of the lists goes with the print
    office.why_look_only = ReadOnly(folder=tmp_path)
    try:
        lists.main.click()
        settle(desk)
    finally:
        office.why_look_only = None
    assert printer.exists() and "cannot be noted" in said[-1]
    assert office.ask(queries.what_left) == []
