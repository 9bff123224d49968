"""Pages looked through by keyboard: one key for a clear page, letters for doubts and conflicts, refusals, evidence."""

from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import Qt

from cbs_desktop.attendance import actions as attendance
from cbs_desktop.attendance import queries as grids
from cbs_desktop.scans import actions, papers, queries
from cbs_desktop.scans.queries import RegisterChoice
from tests.scans.pages import read_page
from ui.scans.reading_page import WaitingPage
from ui.widgets.dialog import Dialog

STARTS = date(2026, 3, 9)
KEY = Qt.Key


@pytest.fixture
def group(grouped, calendar):
    (made,) = grouped(13)
    calendar.day = STARTS + timedelta(weeks=20)
    return made


@pytest.fixture
def grid(office, group):
    return lambda: office.ask(grids.grid, group)


@pytest.fixture
def printed(office, round_id, group):
    """Print sessions; code, page and picture of each."""

    def make(first, weeks=1):
        choice = RegisterChoice(first=first, weeks=weeks)
        made = papers.registers(office, round_id, choice, ("rw", "fr"))
        office.do(actions.print_registers, made.noted, ("rw", "fr"))
        found = []
        document = pypdfium2.PdfDocument(made.content)
        for (code, page), paper in zip(made.noted, document, strict=True):
            jpeg = BytesIO()
            paper.render(scale=150 / 72).to_pil().save(jpeg, "JPEG")
            found.append((code, page, jpeg.getvalue()))
        return found

    return make


@pytest.fixture
def screen(window, desk, settle, group):
    window.open("registers")
    settle(desk)
    return window._pages["registers"]


@pytest.fixture
def bring(screen, desk, settle):
    """Pages as if they had just been read."""

    def put(*pages):
        for number, page in enumerate(pages):
            name = Path(f"photo-{number}.jpg")
            screen._waiting.append(WaitingPage(name, f"{number:064}", page))
        screen._files = len(pages)
        screen._show_next()
        settle(desk)
        return screen.review

    return put


@pytest.fixture
def press(qtbot, screen, desk, settle):
    """Keys, with every answer waited for; how many there were."""
    count = []

    def keys(*pressed):
        for key in pressed:
            qtbot.keyClick(screen.review, key)
            settle(desk)
            count.append(key)
        return len(count)

    return keys


def everybody(page, letter="P"):
    return dict.fromkeys(range(len(page.people)), letter)


def test_a_week_of_clear_pages_costs_a_key_each(
    office, printed, bring, press, screen, grid
):
    pages = []
    for session in range(1, 16):
        ((code, page, picture),) = printed(session)
        pages.append(read_page(office, code, page, everybody(page), picture=picture))
    bring(*pages)
    while screen.now is not None:
        press(KEY.Key_Return)
    assert press() == 15 and screen.accepted == 15
    assert {mark for row in grid().rows for mark in row.marks} == {"P"}
    assert "15 pages accepted" in screen._result.text()
    assert screen._empty.isVisible() and not screen._sheet.isVisible()


def test_doubts_then_conflicts_are_decided_by_letters(
    office, printed, bring, press, grid
):
    ((code, page, picture),) = printed(1)
    session = page.columns[0].session_id
    office.do(attendance.mark, session, page.people[1].person_id, "A")
    letters = {**everybody(page), 6: "PA"}
    read = read_page(office, code, page, letters, doubtful={(4, 0)}, picture=picture)
    review = bring(read)
    assert "On the paper: P?" in review.card._says.text()
    assert review.choices.current.row == 4 and not review.card.snippet.pixmap().isNull()
    assert "3 boxes" in review.verdict.text()
    press(KEY.Key_Return)
    assert review.choices.current.row == 4  # Enter does not pass over what is open
    press(KEY.Key_E)
    assert review.choices.current.row == 6
    press(KEY.Key_Delete)
    assert (
        review.choices.current.row == 1 and review.choices.current.state == "conflict"
    )
    said = review.card._says.text()
    assert "On the paper: P" in said and "Recorded: A" in said
    assert grid().rows[4].marks[0] == ""  # nothing is saved before
    press(KEY.Key_A, KEY.Key_Return)
    assert [row.marks[0] for row in grid().rows][:7] == [
        "P",
        "A",
        "P",
        "P",
        "E",
        "P",
        "",
    ]


def test_what_was_read_can_be_corrected_by_arrows(office, printed, bring, press, grid):
    ((code, page, picture),) = printed(2)
    review = bring(read_page(office, code, page, everybody(page), picture=picture))
    assert review.choices.current is None
    press(KEY.Key_Down, KEY.Key_Down, KEY.Key_L, KEY.Key_Return)
    assert [row.marks[1] for row in grid().rows][:3] == ["P", "L", "P"]


def test_heads_counted_are_held_against_the_marks(
    office, printed, bring, press, qtbot, grid
):
    ((code, page, picture),) = printed(1)
    letters = {**everybody(page), 0: "A"}
    review = bring(read_page(office, code, page, letters, picture=picture))
    (field,) = review.hand.counts
    qtbot.keyClicks(field, "13")
    assert "≠ 12" in review.hand._checks[0].text()
    press(KEY.Key_Return)
    assert "differ" in review.verdict.text() and grid().rows[1].marks[0] == ""
    press(KEY.Key_Return)
    assert grid().rows[1].marks[0] == "P"


def test_a_day_written_by_hand_opens_a_session_to_come(
    office, printed, bring, press, qtbot, calendar, settle, desk, grid
):
    calendar.day = STARTS + timedelta(days=2)
    ((code, page, picture),) = printed(2)
    review = bring(read_page(office, code, page, everybody(page), picture=picture))
    assert review.choices.cells == []
    review.hand.days[0].setText("11/03/2026")
    review.hand.days[0].editingFinished.emit()
    settle(desk)
    assert len(review.choices.cells) == 13
    press(KEY.Key_Return)
    assert grid().columns[1].held_on == calendar.day
    assert {row.marks[1] for row in grid().rows} == {"P"}


def test_a_refused_page_says_why_and_enter_goes_on(
    office, printed, bring, press, screen
):
    ((code, page, picture),) = printed(1)
    read = read_page(office, code, page, everybody(page), picture=picture)
    stranger = replace(read, code=replace(read.code, office="ZZZZ"))
    review = bring(stranger, read)
    assert "another office" in review.refused._what.text()
    assert not review.refused._way.isVisible() and not review.card.isVisible()
    press(KEY.Key_Return)
    assert review.choices is not None and screen.left == 1
    press(KEY.Key_Return)
    assert screen.accepted == 1


def test_a_page_without_code_is_typed_beside_its_picture(
    office, printed, bring, press, screen, qtbot, settle, desk, monkeypatch, grid
):
    ((code, page, picture),) = printed(1)
    read = read_page(office, code, page, {}, picture=picture)
    blind = replace(read, code=None, problem="no code", boxes=())
    review = bring(blind)
    assert review.refused.code.hasFocus()
    monkeypatch.setattr("cbs_desktop.scans.arriving.reading.read", lambda *_a, **_k: [])
    qtbot.keyClicks(review.refused.code, "0000-00001")
    qtbot.keyClick(review.refused.code, KEY.Key_Return)
    settle(desk)
    assert review.refused._fault.isVisible()
    review.refused.code.clear()
    qtbot.keyClicks(review.refused.code, code.lower())
    qtbot.keyClick(review.refused.code, KEY.Key_Return)
    settle(desk)
    assert "13 marks to type" in review.verdict.text()
    assert not review.card.snippet.pixmap().isNull()
    press(KEY.Key_P, KEY.Key_A, *[KEY.Key_P] * 11, KEY.Key_Return)
    assert [row.marks[0] for row in grid().rows] == ["P", "A", *["P"] * 11]


def test_a_name_written_into_an_empty_row_is_shown(
    office, printed, bring, qtbot, settle, desk, window
):
    from PIL import Image, ImageDraw

    ((code, page, picture),) = printed(1)
    photo = Image.open(BytesIO(picture))
    scale = photo.width / 210
    from cbs_desktop.scans.layout import page_layout

    label = page_layout(page.shape).labels[14]
    pen = ImageDraw.Draw(photo)
    for step in range(12):
        x = (label.x + 20 + step * 4) * scale
        pen.line(
            (x, (label.y + 4) * scale, x + 2 * scale, (label.y + 8) * scale), "black", 4
        )
    jpeg = BytesIO()
    photo.save(jpeg, "JPEG")
    read = read_page(office, code, page, everybody(page), picture=jpeg.getvalue())
    review = bring(read)
    assert list(review.newcomers.fields) == [14]
    number = page.people[0].number
    qtbot.keyClicks(review.newcomers.fields[14], number)
    qtbot.keyClick(review.newcomers.fields[14], KEY.Key_Return)
    settle(desk)
    assert 14 not in review.newcomers.fields
    record = office.ask(queries.page_record, code)
    assert [row.number for row in record.rows if row.row == 14] == [number]


def test_the_grid_shows_the_paper_of_a_mark(
    office, printed, bring, press, window, desk, settle, qtbot, screen
):
    ((code, page, picture),) = printed(1)
    bring(read_page(office, code, page, everybody(page), picture=picture))
    press(KEY.Key_Return)
    window.open("attendance")
    settle(desk)
    shown = window._pages["attendance"]
    shown.table.setCurrentIndex(shown.table.marks.index(2, 1))
    shown.show_paper()
    settle(desk)
    (dialog,) = [one for one in window.findChildren(Dialog) if one.isVisible()]
    assert code[:4] in dialog.windowTitle()
    dialog.reject()
    shown.table.setCurrentIndex(shown.table.marks.index(2, 2))
    shown.show_paper()
    settle(desk)
    assert not [one for one in window.findChildren(Dialog) if one.isVisible()]


def test_what_was_not_accepted_is_said_before_the_window_closes(
    office, printed, bring, screen
):
    ((code, page, picture),) = printed(1)
    bring(read_page(office, code, page, everybody(page), picture=picture))
    assert "1 page" in screen.unsaved()


def test_the_same_page_again_is_passed_over(office, printed, bring, press, screen):
    ((code, page, picture),) = printed(1)
    read = read_page(office, code, page, everybody(page), picture=picture)
    review = bring(read, read)
    press(KEY.Key_Return)
    assert "recorded already" in review.verdict.text()
    press(KEY.Key_Return)
    assert (screen.accepted, screen.left) == (1, 1)
    with office._reader.connect() as link:
        rows = "SELECT count(*) FROM scanned_page"
        assert link.exec_driver_sql(rows).scalar() == 1


@pytest.fixture
def slow_files(monkeypatch, tmp_path):
    """A folder with four pictures; all but the first are read only when the event is set."""
    from threading import Event

    from cbs_desktop.scans.arriving import ArrivedFile

    go_on = Event()

    def make(read):
        def arrive(path, progress):
            while path.name != "0.jpg" and not go_on.wait(0.02):
                progress(0, 1)
            return ArrivedFile(path, "f" * 64, (read,))

        monkeypatch.setattr("cbs_desktop.scans.arriving.arrive", arrive)
        for number in range(4):
            (tmp_path / f"{number}.jpg").write_bytes(b"")
        return tmp_path, go_on

    return make


def test_reading_can_be_stopped_and_what_was_read_stays(
    office, printed, screen, qtbot, slow_files
):
    ((code, page, picture),) = printed(1)
    read = read_page(office, code, page, everybody(page), picture=picture)
    folder, _go_on = slow_files(read)
    screen.take([folder])
    qtbot.waitUntil(lambda: screen.now is not None, timeout=10_000)
    assert screen._line.isVisible() and len(screen._to_read) == 2
    screen._line.stop()
    qtbot.waitUntil(lambda: not screen._line.isVisible(), timeout=10_000)
    assert not screen._to_read and screen.now.path.name == "0.jpg"


def test_another_place_and_back_goes_on_reading(
    office, printed, screen, qtbot, slow_files, window, desk, settle
):
    ((code, page, picture),) = printed(1)
    read = read_page(office, code, page, everybody(page), picture=picture)
    folder, go_on = slow_files(read)
    screen.take([folder])
    qtbot.waitUntil(lambda: screen.now is not None, timeout=10_000)
    window.open("attendance")
    settle(desk)
    assert len(screen._to_read) == 3
    go_on.set()
    window.open("registers")
    qtbot.waitUntil(lambda: len(screen._waiting) == 3, timeout=10_000)
    settle(desk)
