"""The board by keyboard: hold, look, drop, refuse, put back, other groups; and the groups afterwards."""

from datetime import date

import pytest
from PySide6.QtCore import Qt

from cbs_desktop.groups import actions, queries
from cbs_desktop.groups.proposals import proposing
from ui.groups.others import Others
from ui.widgets.dialog import Dialog

STARTS = date(2026, 3, 9)
KEY = Qt.Key


@pytest.fixture
def page(window, desk, settle):
    """The groups screen, once it has its answers."""

    def open_it():
        window.open("groups")
        settle(desk)
        return window._pages["groups"]

    return open_it


@pytest.fixture
def proposed(page, qtbot, desk, settle, screened):
    """The board with a proposal of so many people; keeping apart is asked for with the ids."""

    def make(count, before=lambda ids: None):
        ids = screened(count)
        before(ids)
        shown = page()
        shown.propose()
        qtbot.waitUntil(
            lambda: shown.shown is not None and shown.shown.id != 0, timeout=20_000
        )
        settle(desk)
        return shown, ids

    return make


def picture(page):
    """The board as text: a line for each column, with how many cards there are."""
    lists = [page.columns.waiting, *(column.cards for column in page.columns.columns)]
    return [cards.count() for cards in lists]


def test_an_office_without_groups_says_what_to_do(page, screened):
    screened(13)
    shown = page()
    assert (
        shown.columns._empty.isVisible()
        and "13 people" in shown.columns._empty._why.text()
    )
    assert picture(shown) == [13]


def test_a_card_is_held_looked_around_with_and_dropped(proposed, qtbot, desk, settle):
    shown, _ids = proposed(26)
    one, other = (column.cards for column in shown.columns.columns)
    one.setCurrentRow(2)
    person = one.card()
    qtbot.keyClick(one, KEY.Key_Space)
    settle(desk)
    assert (
        shown.columns.held == person
        and shown._back.isVisible()
        and person.name in shown._numbers.text()
    )
    qtbot.keyClick(one, KEY.Key_Right)
    assert (
        shown.columns.columns[1].chip.text() == "May join"
        and "may join group 2" in shown._numbers.text()
    )
    qtbot.keyClick(other, KEY.Key_Space)
    settle(desk)
    assert picture(shown) == [0, 12, 14] and shown.columns.current() == person
    assert shown.columns.held is None and not shown._back.isVisible()
    assert "your moves: " in shown._numbers.text()


def test_esc_puts_the_card_back_and_left_lets_wait(
    proposed, qtbot, desk, settle, office
):
    shown, _ids = proposed(26)
    one = shown.columns.columns[0].cards
    one.setCurrentRow(0)
    before = office._act
    qtbot.keyClick(one, KEY.Key_Space)
    qtbot.keyClick(one, KEY.Key_Right)
    qtbot.keyClick(shown.columns.columns[1].cards, KEY.Key_Escape)
    settle(desk)
    assert (
        shown.columns.held is None
        and office._act == before
        and picture(shown) == [0, 13, 13]
    )
    qtbot.keyClick(one, KEY.Key_Space)
    qtbot.keyClick(one, KEY.Key_Left)
    assert "back on the waiting list" in shown._numbers.text()
    qtbot.keyClick(shown.columns.waiting, KEY.Key_Space)
    settle(desk)
    assert (
        picture(shown) == [1, 12, 13]
        and "Removed by hand" in shown.columns.waiting.item(0).text()
    )


def test_a_refusal_stands_in_words_and_names_only_the_person_held(
    proposed, qtbot, desk, settle, office
):
    def apart(ids):
        office.do(actions.keep_apart, ids[0], ids[1], "domestic")

    shown, ids = proposed(26, apart)
    start = next(
        column.cards for column in shown.columns.columns if column.cards.go_to(ids[0])
    )
    end = next(
        column.cards for column in shown.columns.columns if column.cards.go_to(ids[1])
    )
    other = end.card().name
    start.go_to(ids[0])
    qtbot.keyClick(start, KEY.Key_Space)
    settle(desk)
    qtbot.keyClick(start, KEY.Key_Right if end.place > start.place else KEY.Key_Left)
    assert (
        "must not be in group" in shown._numbers.text()
        and shown._bar.property("panel") == "stop"
    )
    assert (
        other not in shown._numbers.text() and "domestic" not in shown._numbers.text()
    )
    before = office._act
    qtbot.keyClick(end, KEY.Key_Space)
    settle(desk)
    assert shown.columns.held is not None and office._act == before
    qtbot.keyClick(end, KEY.Key_Escape)
    assert shown.columns.held is None and shown._bar.property("panel") == "sheet"


def test_other_groups_for_this_person(proposed, qtbot, desk, settle, top):
    shown, _ids = proposed(40)
    one = shown.columns.columns[0].cards
    one.setFocus()
    one.setCurrentRow(1)
    shown.columns._at = one
    person = one.card()
    qtbot.mouseClick(shown._elsewhere, Qt.MouseButton.LeftButton)
    dialog = top(Others)
    settle(desk)
    assert person.name in dialog.windowTitle()
    groups = [line.id for line in dialog.table.rows if line.other is None]
    assert groups[-1] is None and len(groups) == 3
    target = dialog.table.rows[0].id
    qtbot.keyClick(dialog.table, KEY.Key_Return)
    settle(desk)
    settle(desk)
    assert person in {card for card in shown.shown.groups[target].cards}


def test_places_follow_each_other(proposed, screened, desk, settle):
    screened(26, sector="Cyuve")
    shown, _ids = proposed(13)
    assert (
        shown.columns.places.count() == 2
        and "Cyuve" in shown.columns.places.tabText(shown.columns.places.currentIndex())
    )
    assert picture(shown) == [0, 13, 13]
    shown.next_place()
    assert "Muhoza" in shown.columns.places.tabText(
        shown.columns.places.currentIndex()
    ) and picture(shown) == [0, 13]
    shown.previous_place()
    assert picture(shown) == [0, 13, 13]


def test_people_who_changed_since_are_told(proposed, office, desk, settle, today):
    from cbs_desktop.participants import actions as participants

    shown, ids = proposed(13)
    desk.do(shown, participants.leave, ids[0], today, "moved away")
    settle(desk)
    assert (
        shown._rules.text() == "Propose again" and "1 person" in shown._numbers.text()
    )


def test_the_board_fits_the_narrow_window(proposed, window, desk, settle):
    shown, _ids = proposed(40)
    window.resize(1092, 576)
    settle(desk)
    assert window.width() == 1092
    assert all(
        column.isVisible() and column.width() >= 200 for column in shown.columns.columns
    )


def test_after_acceptance_people_join_and_leave(
    proposed, qtbot, desk, settle, office, calendar, screened, moves_to, top
):
    shown, _ids = proposed(13)
    shown.accept()
    dialog = top(Dialog)
    dialog.inside.show_values({"starts": STARTS})
    qtbot.mouseClick(dialog.main, Qt.MouseButton.LeftButton)
    settle(desk)
    settle(desk)
    shown._stack.setCurrentWidget(shown.overview)
    calendar.day = date(2026, 3, 12)
    (late,) = moves_to(screened(1, sector="Cyuve"), "Muhoza")
    (group,) = office.ask(queries.groups)
    shown.overview._join()
    settle(desk)
    dialog = top(Dialog)
    dialog.inside.show_values({"person": late, "on": calendar.day})
    qtbot.mouseClick(dialog.main, Qt.MouseButton.LeftButton)
    settle(desk)
    settle(desk)
    assert late in {
        one.person_id for one in office.ask(queries.group, group.id).members
    }
    row = next(
        i for i, one in enumerate(shown.overview.members.rows) if one.person_id == late
    )
    shown.overview.members.choose(row)
    shown.overview._leave()
    dialog = top(Dialog)
    dialog.inside.show_values({"on": calendar.day, "reason": "illness"})
    qtbot.mouseClick(dialog.main, Qt.MouseButton.LeftButton)
    settle(desk)
    settle(desk)
    member = next(
        one
        for one in office.ask(queries.group, group.id).members
        if one.person_id == late
    )
    assert (member.left_on, member.reason) == (calendar.day, "illness")


def test_changing_the_weekday_in_the_dialog(proposed, qtbot, desk, settle, office, top):
    shown, _ids = proposed(13)
    office.do(proposing.accept, shown.shown.id, shown.shown.version, STARTS)
    shown.refresh()
    settle(desk)
    settle(desk)
    shown._stack.setCurrentWidget(shown.overview)
    shown.overview._change()
    settle(desk)
    dialog = top(Dialog)
    dialog.inside.show_values({"weekday": 4, "venue": "Kabeza school"})
    qtbot.mouseClick(dialog.main, Qt.MouseButton.LeftButton)
    settle(desk)
    settle(desk)
    (row,) = office.ask(queries.groups)
    assert (row.weekday, row.venue, row.starts) == (
        4,
        "Kabeza school",
        date(2026, 3, 13),
    )


def test_what_is_seen_first_and_after_acceptance(
    proposed, screened, page, qtbot, desk, settle, office, top
):
    shown, _ids = proposed(13)
    assert shown._stack.currentWidget() is shown._board_page
    shown.accept()
    dialog = top(Dialog)
    dialog.inside.show_values({"starts": STARTS})
    qtbot.mouseClick(dialog.main, Qt.MouseButton.LeftButton)
    settle(desk)
    settle(desk)
    assert (
        shown._stack.currentWidget() is shown.overview
        and shown.overview.table.rows[0].name == "Ituze"
    )
    desk.undo(shown)
    settle(desk)
    assert shown._stack.currentWidget() is shown._board_page and picture(shown) == [
        0,
        13,
    ]


def test_groups_come_first_when_there_are_some(grouped, screened, page):
    grouped(13)
    screened(2, sector="Cyuve")
    shown = page()
    assert (
        shown._stack.currentWidget() is shown.overview
        and "2 wait" in shown._last_told[0]
    )
    shown.turn()
    assert "2 people" in shown.columns._empty._why.text()


def test_a_group_is_opened_by_its_id_at_once(grouped, window, desk, settle):
    _one, other = grouped(26)
    window.open("groups", other)
    settle(desk)
    shown = window._pages["groups"]
    assert (
        shown._stack.currentWidget() is shown.overview
        and shown.overview._facts.row.id == other
    )


def test_a_session_is_shifted_from_the_group(
    window, desk, office, settle, grouped, top, monkeypatch
):
    from ui.groups import joining

    monkeypatch.setattr(
        joining.clock, "now", office.now
    )  # the office of the tests stands in March
    grouped(12)
    window.open("groups")
    settle(desk)
    page = window._pages["groups"]
    before = [day for _n, day, _phase in page.overview._facts.sessions]
    page.overview._shift()
    form = top(Dialog)
    form.inside.show_values({"number": 2, "to": date(2026, 4, 8)})
    form.finish()
    settle(desk)
    assert (
        "Week of commemoration" in form.inside._faults["to"].text() and form.isVisible()
    )
    form.inside.show_values({"number": 2, "to": before[2], "rest": True})
    form.finish()
    settle(desk)
    settle(desk)
    assert [day for _n, day, _phase in page.overview._facts.sessions][1:4] == before[
        2:5
    ]
