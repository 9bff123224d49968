"""The import window: what is decided about a whole file, by real widgets over a real office."""

import threading

import psutil
import pytest
import xlsxwriter
from PySide6.QtCore import Qt

from cbs_desktop.overview import queries as overview
from cbs_desktop.places import queries as places
from cbs_desktop.sheets import guarded
from cbs_desktop.sheets.read import read
from ui.participants.importing import Import
from ui.work import Work

HEAD = ("Names", "Sex", "Birth", "District", "Sector", "Consent")
GRACE = ("UWIMANA Grace", "F", "3/25/1990", "Musanze", "Muhoza", "Yego")
KEZA = ("KEZA Aline", "F", "3/5/1990", "Musanze", "Muhoza", "Yego")


@pytest.fixture
def opened(page, desk, settle, tmp_path):
    """The window over a small workbook, and the way to make such a book."""

    def make(*rows, head=HEAD, more=(), after=None, name="list.xlsx"):
        path = tmp_path / name
        with xlsxwriter.Workbook(path) as book:
            for title, lines in (("People", (head, *rows)), *more):
                sheet = book.add_worksheet(title)
                for number, row in enumerate(lines):
                    sheet.write_row(number, 0, row)
                if after:
                    after(sheet)
        dialog = Import(page)
        dialog.show()
        dialog.take(path)
        settle(desk)
        return dialog

    return make


def press(qtbot, button):
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def listed(dialog):
    items = dialog.problems.list
    return [items.item(i).text() for i in range(items.count())]


def test_columns_are_spoken_of_once_and_the_day_of_consent_is_asked(
    qtbot, opened, page, desk, office, settle
):
    dialog = opened(GRACE, KEZA)
    said = dialog._remarks.text().splitlines()
    assert said[0] == "Dates in “Birth” are month first: 3/5/1990 is 5 March 1990."
    assert "yes without a day" in said[1] and len(said) == 2
    assert dialog.main.isEnabled() and dialog.options.consent.isVisible()
    dialog.options.consent.setFocus()
    qtbot.keyClicks(dialog.options.consent, "1/3/2026")
    dialog.options.order.setFocus()
    settle(desk)
    assert "01/03/2026 is entered" in dialog._remarks.text()
    press(qtbot, dialog.main)
    settle(desk)
    assert office.ask(overview.roster).count == 2


def test_a_new_sector_is_asked_about_before_anything_is_saved(
    qtbot, opened, desk, office, settle
):
    dialog = opened(GRACE, (*KEZA[:4], "Zzabc", ""))
    assert not dialog.main.isEnabled() and dialog.options.new_places.isVisible()
    assert "Zzabc" in listed(dialog)[0] and not dialog.others.isVisible()
    dialog.options.new_places.setChecked(True)
    settle(desk)
    assert listed(dialog) == [] and dialog.main.isEnabled()
    press(qtbot, dialog.main)
    settle(desk)
    assert "Musanze › Zzabc" in [one.name for one in office.ask(places.sectors)]


def test_two_people_of_one_name_are_told_apart(qtbot, opened, desk, office, settle):
    dialog = opened(KEZA, KEZA)
    assert len(listed(dialog)) == 1 and not dialog.problems.apart.isEnabled()
    dialog.problems.list.setCurrentRow(0)
    press(qtbot, dialog.problems.apart)
    settle(desk)
    assert listed(dialog) == [] and dialog.main.isEnabled()
    press(qtbot, dialog.main)
    settle(desk)
    assert office.ask(overview.roster).count == 2


def test_another_sheet_and_another_heading_row(opened, desk, settle):
    more = [("Older", (("A list", "of", "people"), ("x", "y", "z"), HEAD, GRACE))]
    dialog = opened(KEZA, GRACE, more=more)
    assert dialog.options.sheet.isVisible()
    dialog.options.sheet.setCurrentIndex(1)
    settle(desk)
    assert dialog._sheet.name == "Older" and dialog.options.heading.value() == 3
    dialog.options.heading.setCurrentIndex(0)
    settle(desk)
    assert dialog._sheet.header[:3] == ("A list", "of", "people")
    dialog.options.sheet.setCurrentIndex(0)
    settle(desk)
    assert dialog.options.heading.value() == 1 and len(dialog._lines) == 2


def test_hidden_rows_and_merged_cells_are_offered(opened, desk, settle):
    def change(sheet):
        sheet.set_row(3, None, None, {"hidden": True})
        sheet.merge_range(1, 4, 2, 4, "Muhoza")

    rows = [(*KEZA[:5], ""), ("MUGABO", "M", "1980", "Musanze", "", ""), (*GRACE[:5], "")]  # fmt: skip
    dialog = opened(*rows, after=change)
    assert "Sector is empty" in listed(dialog)[0] or "sector is empty" in listed(dialog)[0]  # fmt: skip
    assert len(dialog._lines) == 3
    dialog.options.carry_down.setChecked(True)
    settle(desk)
    assert listed(dialog) == [] and len(dialog._lines) == 3
    dialog.options.without_hidden.setChecked(True)
    settle(desk)
    assert [line.row for line in dialog._lines] == [2, 3]


def test_the_order_of_names_is_guessed_and_can_be_changed(qtbot, opened, desk, settle):
    dialog = opened(("Marie UWASE", *KEZA[1:]), head=("First and last name", *HEAD[1:]))
    assert dialog.options.order.value() is True
    assert dialog._lines[0].details.own_name == "UWASE"
    dialog.options.order.setFocus()
    qtbot.keyClick(dialog.options.order, Qt.Key.Key_Up)
    settle(desk)
    assert dialog._lines[0].details.own_name == "Marie"


def test_columns_that_were_chosen_are_offered_the_next_time(
    qtbot, opened, desk, settle
):
    head = ("What", "Sex", "Birth", "District", "Sector", "Consent")
    dialog = opened(GRACE, head=head)
    assert not dialog.main.isEnabled()
    dialog._choices["name"].setCurrentIndex(1)
    settle(desk)
    press(qtbot, dialog.main)
    settle(desk)
    again = opened(KEZA, head=head, name="next.xlsx")
    assert again._choices["name"].currentIndex() == 1 and again.main.isEnabled()
    again.reject()


def test_what_became_of_every_row_is_saved_afterwards(
    qtbot, opened, desk, office, settle, tmp_path, monkeypatch
):
    dialog = opened(GRACE, (*KEZA[:1], "G", *KEZA[2:]))
    monkeypatch.setattr(
        "ui.participants.importing.QFileDialog.getSaveFileName",
        lambda *_asked: (str(tmp_path / "result.xlsx"), ""),
    )
    dialog.others.setChecked(True)
    dialog.then_save.setChecked(True)
    press(qtbot, dialog.main)
    settle(desk)
    rows = read(tmp_path / "result.xlsx").rows
    assert [row[6] for row in rows] == ["taken: MU-L1-0001", "left out"]
    assert "neither F nor M" in rows[1][7] and office.ask(overview.roster).count == 1


def test_a_long_problem_wraps(opened, desk, settle):
    dialog = opened((*KEZA[:4], "Cyuuve", ""), (*GRACE[:4], "Cyuuve", ""))
    dialog.resize(620, 560)
    settle(desk)
    items = dialog.problems.list
    rows = [items.visualItemRect(items.item(i)) for i in range(items.count())]
    assert len(rows) == 2 and not items.horizontalScrollBar().isVisible()
    words = items.fontMetrics().horizontalAdvance(items.item(0).text())
    lines = rows[0].height() // items.fontMetrics().lineSpacing()
    assert words > items.viewport().width() and lines >= 2


def test_the_file_that_was_chosen_last_counts_though_the_first_is_read_longer(
    qtbot, opened, page, desk, settle, tmp_path, monkeypatch
):
    dialog = opened(GRACE)
    second = tmp_path / "second.csv"
    second.write_text("Names;Sex\nINEZA Ange;F\nMUGISHA Jean;M\n")
    first = tmp_path / "list.xlsx"
    known = guarded.read

    def slow(path, *more, progress):
        if path == first:
            shown.wait(5)  # until the second was shown
            return known(path, *more)  # without looking at Stop
        return known(path, *more, progress=progress)

    shown = threading.Event()
    monkeypatch.setattr(guarded, "read", slow)
    dialog.take(first)
    dialog.take(second)
    qtbot.waitUntil(lambda: "second.csv" in dialog._file.text(), timeout=20_000)
    shown.set()
    settle(desk)
    assert "2 rows in second.csv" in dialog._file.text()
    assert len(dialog._sheet.rows) == 2


def test_reading_is_stopped_by_the_button_and_said(
    qtbot, opened, page, desk, settle, tmp_path, monkeypatch
):
    dialog = opened(GRACE)

    def endless(path, *more, progress):
        while True:
            progress(1, 3)

    monkeypatch.setattr(guarded, "read", endless)
    dialog.take(tmp_path / "list.xlsx")
    stop = dialog._file_reading.stop_button
    qtbot.waitUntil(stop.isVisible)
    assert not dialog.main.isEnabled() and dialog._file_reading._name.text()
    stop.setFocus()
    qtbot.keyClick(stop, Qt.Key.Key_Space)
    settle(desk)
    assert dialog._file.text() == "Stopped. Nothing was read; choose a file."
    assert not dialog.main.isEnabled() and not stop.isVisible()


def test_a_window_that_is_closed_lets_its_file_go(
    qtbot, opened, desk, settle, tmp_path, monkeypatch
):
    from cbs_desktop.sheets import guarded

    dialog = opened(GRACE)

    def endless(path, *more, progress):
        while True:
            progress(1, 3)

    monkeypatch.setattr(guarded, "read", endless)
    dialog.take(tmp_path / "list.xlsx")
    qtbot.waitUntil(dialog._file_reading.isVisible)
    dialog.close()
    qtbot.waitUntil(Work.idle)
    assert psutil.Process().children() == []
