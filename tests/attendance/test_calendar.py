"""The calendar of a round: what became of every session, on screen by keyboard, on paper, and by the command."""

import re
import time
from datetime import date, timedelta
from io import BytesIO
from itertools import pairwise

import pypdfium2
import pytest
from PySide6.QtCore import Qt

from cbs_desktop.attendance import actions, calendar_documents, queries
from cbs_desktop.attendance.round_calendar import monday_of, round_calendar
from cbs_desktop.attendance.session_record import SessionRecord
from cbs_desktop.cli import run

STARTS = date(2026, 3, 9)
DAY = timedelta(days=1)
WEEK = 7 * DAY


@pytest.fixture
def group(office, grouped, calendar):
    (made,) = grouped(13)
    calendar.day = STARTS + 3 * WEEK
    return made


@pytest.fixture
def busy(office, group):
    """One held late, one held in the week of the next, one cancelled, one without a register."""
    columns = office.ask(queries.grid, group).columns
    first, second, third = columns[:3]
    late = SessionRecord("held", STARTS + 3 * DAY)
    office.do(actions.record_session, first.id, late)
    office.do(actions.mark_all, first.id)
    same_day = SessionRecord("held", third.planned_on)
    office.do(actions.record_session, second.id, same_day)
    office.do(actions.mark_all, second.id)
    office.do(actions.mark_all, third.id)
    office.do(actions.record_session, columns[3].id, SessionRecord("cancelled"))
    office.do(actions.record_session, columns[4].id, SessionRecord("postponed"))
    return group


def sessions(office):
    (row,) = office.ask(round_calendar).rows
    return row.sessions


def test_every_session_has_its_state_slip_and_catch_up(office, calendar, busy):
    found = sessions(office)
    assert [one.state for one in found[:6]] == ["held", "held", "held", "cancelled", "postponed", "to come"]  # fmt: skip
    assert [one.slip for one in found[:4]] == [3, 7, 0, 0]
    assert [(one.catch_up, one.twice) for one in found[:3]] == [(False, False), (False, False), (True, True)]  # fmt: skip
    calendar.day = found[5].day + DAY
    assert sessions(office)[5].state == "without register"
    assert calendar_documents.short(found[0]) == "√1 +3"
    assert calendar_documents.short(found[2]) == "√3 &&"
    said = calendar_documents.say(found[0])
    assert said == "Session 1, 12/03/2026: held, 3 days later than planned"


def test_weeks_are_whole_and_know_what_is_kept_free(office, busy):
    found = office.ask(round_calendar)
    mondays = [week.monday for week in found.weeks]
    assert mondays[0] == STARTS and mondays[-1] == monday_of(sessions(office)[-1].day)
    assert all(later - one == WEEK for one, later in pairwise(mondays))
    (week,) = [week for week in found.weeks if week.monday == date(2026, 4, 6)]
    names = {name: (first, last) for name, first, last in week.free}
    assert names["Week of commemoration"] == (date(2026, 4, 7), date(2026, 4, 12))
    assert any(name == "Umuganda" for each in found.weeks for name, *_days in each.free)


def test_the_calendar_is_printed_and_written_by_the_command(
    office, busy, folder, tmp_path, monkeypatch, capsys
):
    found = office.ask(round_calendar)
    office.close()
    monkeypatch.setenv("CBS_PASSWORD", "four plain words")
    out = tmp_path / "calendar.pdf"
    assert run(["attendance", "--office", str(folder), "--calendar", str(out)]) == 0
    assert "The calendar lies in" in capsys.readouterr().out
    document = pypdfium2.PdfDocument(BytesIO(out.read_bytes()))
    text = " ".join(page.get_textpage().get_text_bounded() for page in document)
    text = re.sub(r"\s+", " ", text)
    for words in (found.rows[0].name, "Calendar of round 2026A", "√1 +3", "×4", ">5", "√ held", "09/03", "06/04*"):  # fmt: skip
        assert words in text, words


@pytest.fixture
def page(window, desk, settle, busy):
    window.open("calendar")
    settle(desk)
    return window._pages["calendar"]


def press(qtbot, widget, key):
    qtbot.keyClick(widget, key)


def test_arrows_move_the_cell_says_itself_and_enter_opens_the_session(
    qtbot, window, desk, settle, office, page
):
    assert page._says.text().endswith("held, 3 days later than planned")
    for _ in range(3):
        press(qtbot, page.table, Qt.Key.Key_Right)
    assert "Session 4" in page._says.text() and "cancelled" in page._says.text()
    index = page.table.currentIndex()
    told = page.table.cells.data(index, Qt.ItemDataRole.AccessibleTextRole)
    assert told == page._says.text()
    press(qtbot, page.table, Qt.Key.Key_Return)
    settle(desk)
    assert window._here == "attendance"
    assert window._pages["attendance"].table.session_place() == 3


def test_the_meeting_day_changes_from_a_session_on_and_is_taken_back(
    desk, settle, office, page, dialog
):
    before = [one.day for one in sessions(office)]
    page.table.setCurrentIndex(page.table.cells.index(0, 8))
    page.change_day()
    form = dialog()
    number = form.inside.values()["number"]
    form.inside.show_values({"weekday": 2})
    form.finish()
    settle(desk)
    assert dialog() is None
    after = [one.day for one in sessions(office)]
    assert after[: number - 1] == before[: number - 1]
    assert {day.weekday() for day in after[number - 1 :]} == {2}
    desk.undo(page)
    settle(desk)
    assert [one.day for one in sessions(office)] == before


def test_a_calendar_without_groups_says_what_to_do(window, desk, settle, office):
    window.open("calendar")
    settle(desk)
    found = window._pages["calendar"]
    assert found._empty.isVisible() and not found._sheet.isVisible()


def test_sixty_two_groups_are_shown_and_painted_without_lag(
    qtbot, dressed, practice, settle
):
    from ui.attendance.calendar_page import CalendarView

    began = time.perf_counter()
    found = practice.ask(round_calendar)
    asked = time.perf_counter() - began
    view = CalendarView()
    qtbot.addWidget(view)
    view.resize(1100, 560)
    view.show()
    view.cells.show_calendar(found)
    view.fit()
    began = time.perf_counter()
    for _ in range(10):
        view.grab()
    painted = (time.perf_counter() - began) / 10
    assert len(found.rows) == 62 and found.states()["held"] == 62 * 15
    assert asked < 1.5 and painted < 0.25, (asked, painted)
