"""Tables by keyboard and head: opening, ticking, sorting, long lists in pages, chips painted."""

from dataclasses import dataclass

import pytest
from PySide6.QtCore import QPoint, Qt

from ui import theme
from ui.widgets.cells import ROW_HEIGHT
from ui.widgets.table import PAGE, Column, Table


@dataclass(frozen=True)
class Row:
    id: int
    name: str
    state: str = "ok"


COLUMNS = [
    Column("Name", lambda row: row.name, strong=True, stretch=True),
    Column("Number", lambda row: str(row.id), right=True, sort=lambda row: row.id),
    Column("State", chip=lambda row: (row.state, f"is {row.state}")),
]
ROWS = [Row(10, "Keza"), Row(9, "Aline", "warn"), Row(100, "inès")]


@pytest.fixture
def table(qtbot, dressed):
    made = Table("People", COLUMNS, tickable=True)
    qtbot.addWidget(made)
    made.resize(600, 300)
    made.show()
    made.show_rows(ROWS)
    return made


def names(table):
    return [row.name for row in table.rows]


def head(qtbot, table, column):
    header = table.horizontalHeader()
    place = QPoint(header.sectionViewportPosition(column) + 10, header.height() // 2)
    qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=place)


def test_the_first_click_sorts_and_the_second_turns(qtbot, qapp, table):
    qapp.setDoubleClickInterval(1)
    head(qtbot, table, 0)
    assert names(table) == ["Aline", "inès", "Keza"]
    head(qtbot, table, 0)
    assert names(table) == ["Keza", "inès", "Aline"]
    head(qtbot, table, 1)
    assert [row.id for row in table.rows] == [9, 10, 100]
    qapp.setDoubleClickInterval(400)


def test_sorting_keeps_who_is_chosen_and_new_rows_keep_the_order(qtbot, table):
    table.choose(2)
    head(qtbot, table, 0)
    assert table.current() == ROWS[2]
    table.show_rows([Row(1, "Zawadi"), *ROWS])
    assert (
        names(table) == ["Aline", "inès", "Keza", "Zawadi"]
        and table.current() == ROWS[2]
    )
    table.model_rows.show_count(1000, ROWS)
    assert (
        table.rows[0].name == "Keza"
        and not table.horizontalHeader().isSortIndicatorShown()
    )


def test_enter_opens_letters_are_told_arrows_choose(qtbot, table):
    seen = []
    table.chosen.connect(lambda row: seen.append(row.name))
    qtbot.keyClick(table, Qt.Key.Key_Down)
    with qtbot.waitSignal(table.opened) as opened:
        qtbot.keyClick(table, Qt.Key.Key_Return)
    with qtbot.waitSignal(table.typed) as typed:
        qtbot.keyClick(table, "p")
    assert (
        seen == ["Aline"] and opened.args == [ROWS[1]] and typed.args == [ROWS[1], "p"]
    )


def test_space_ticks_and_ctrl_a_ticks_all(qtbot, table):
    qtbot.keyClick(table, Qt.Key.Key_Space)
    assert table.ticked() == [ROWS[0]]
    qtbot.keyClick(table, Qt.Key.Key_Space)
    assert table.ticked() == []
    qtbot.keyClick(table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert table.ticked() == ROWS


def test_who_was_chosen_stays_chosen(table):
    table.choose(2)
    table.show_rows([Row(1, "New"), *ROWS])
    assert table.current() == ROWS[2]
    table.show_rows([])
    assert table.current() is None


def test_a_screen_reader_hears_the_word_of_a_chip(table):
    cell = table.model().index(1, 2)
    assert table.model().data(cell, Qt.ItemDataRole.AccessibleTextRole) == "is warn"


def test_the_chip_is_painted_in_its_colour(table):
    picture = table.grab().toImage()
    left = table.columnViewportPosition(2) + 14
    top = table.horizontalHeader().height() + ROW_HEIGHT + ROW_HEIGHT // 2
    ratio = picture.devicePixelRatio()
    found = {
        picture.pixelColor(round((left + x) * ratio), round((top + y) * ratio)).name()
        for x in range(30)
        for y in range(-9, 10)
    }
    assert theme.colour("warnSoft").name() in found


def test_a_long_list_asks_for_the_pages_that_are_seen_once(qtbot, table):
    model = table.model_rows
    wanted = []
    model.wanted.connect(wanted.append)
    model.show_count(100_000, [Row(i, f"Name {i}") for i in range(PAGE)])
    table.choose(50_010)
    assert table.viewport().rect().contains(table.visualRect(model.index(50_010, 0)))
    table.grab()
    table.grab()
    first = 50_010 - 50_010 % PAGE
    assert first in wanted and len(wanted) == len(set(wanted)) <= 2
    model.supply(first, [Row(first + i, f"Name {first + i}") for i in range(PAGE)])
    assert table.rows[50_010].id == 50_010 and len(table.rows) == 100_000
    model.supply(99_900, [Row(i, "late") for i in range(PAGE)])
    assert len(table.rows) == 100_000


def test_a_list_that_is_not_all_here_shows_no_order_it_does_not_have(qtbot, table):
    table.model_rows.show_count(1000, [Row(i, f"Name {i}") for i in range(PAGE)])
    head(qtbot, table, 0)
    assert not table.horizontalHeader().isSortIndicatorShown() and table.rows[0].id == 0


def test_columns_grow_with_the_text(table, dressed):
    before = table.columnWidth(2)
    theme.apply(dressed, scale=1.5)
    assert table.columnWidth(2) == 1.5 * before
    theme.apply(dressed)
    assert table.columnWidth(2) == before
