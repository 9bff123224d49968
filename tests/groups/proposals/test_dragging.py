"""The board by mouse and with one hand on the keyboard: dragging, Ctrl and arrows, pins, looking again, comparing."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from cbs_desktop.groups import actions
from cbs_desktop.groups.proposals import boards, proposing
from ui.groups.comparing import Comparing
from ui.groups.giving import Giving
from ui.groups.late import Offer
from ui.groups.others import Others
from ui.groups.pairs import Pairs

KEY = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier


def sizes(office):
    found = office.ask(boards.board)
    return [len(found.waiting), *(len(group.cards) for group in found.groups)]


def press(cards, row=0):
    """Press the mouse on a card and move far enough that it is a drag."""
    where = cards.visualItemRect(cards.item(row)).center()
    QTest.mousePress(cards.viewport(), Qt.MouseButton.LeftButton, pos=where)
    QTest.mouseMove(cards.viewport(), where + QPoint(40, 0))
    return where


def over(cards, target):
    """The middle of another column, seen from this one."""
    return cards.viewport().mapFromGlobal(target.mapToGlobal(target.rect().center()))


def test_a_card_is_dragged_into_another_group(board, desk, office, settle):
    one, other = (column.cards for column in board.columns.columns)
    press(one)
    settle(desk)
    held = board.columns.held
    assert held is not None and held == one.card()
    QTest.mouseMove(one.viewport(), over(one, other))
    assert (
        "may join group 2" in board._numbers.text()
        and board.columns.columns[1].property("panel") == "ok"
    )
    QTest.mouseRelease(one.viewport(), Qt.MouseButton.LeftButton, pos=over(one, other))
    settle(desk)
    assert sizes(office) == [0, 12, 14] and board.columns.held is None
    desk.undo(board)
    settle(desk)
    assert sizes(office) == [0, 13, 13]


def test_a_drag_onto_a_group_that_refuses_goes_back(board, desk, office, settle):
    one, other = (column.cards for column in board.columns.columns)
    office.do(
        actions.keep_apart,
        one.item(0).data(256).id,
        other.item(0).data(256).id,
        "domestic",
    )
    before = office._act
    press(one)
    settle(desk)
    QTest.mouseMove(one.viewport(), over(one, other))
    assert (
        "must not be in group 2" in board._numbers.text()
        and "domestic" not in board._numbers.text()
    )
    QTest.mouseRelease(one.viewport(), Qt.MouseButton.LeftButton, pos=over(one, other))
    settle(desk)
    assert (
        board.columns.held is None
        and office._act == before
        and sizes(office) == [0, 13, 13]
    )


def test_a_drag_to_those_who_wait_and_one_to_nowhere(board, desk, office, settle):
    one = board.columns.columns[0].cards
    press(one)
    settle(desk)
    QTest.mouseRelease(
        one.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(-3000, -3000)
    )
    settle(desk)
    assert sizes(office) == [0, 13, 13]
    press(one)
    settle(desk)
    waiting = board.columns.waiting
    QTest.mouseMove(one.viewport(), over(one, waiting))
    QTest.mouseRelease(
        one.viewport(), Qt.MouseButton.LeftButton, pos=over(one, waiting)
    )
    settle(desk)
    assert sizes(office) == [1, 12, 13]


def test_control_and_an_arrow_carry_a_person(qtbot, board, desk, office, settle):
    one, other = (column.cards for column in board.columns.columns)
    one.setCurrentRow(3)
    person = one.card()
    qtbot.keyClick(one, KEY.Key_Right, CONTROL)
    settle(desk)
    assert board.columns.held == person and "may join group 2" in board._numbers.text()
    qtbot.keyClick(other, KEY.Key_Return)
    settle(desk)
    assert sizes(office) == [0, 12, 14] and board.columns.current() == person


def test_pins_by_key_and_the_rest_is_looked_for_again(
    qtbot, board, desk, office, settle, top
):
    one = board.columns.columns[0].cards
    one.setCurrentRow(0)
    person = one.card()
    qtbot.keyClick(one, KEY.Key_P)
    settle(desk)
    assert ", pinned" in board.columns.columns[0].cards.item(0).text()
    qtbot.keyClick(
        board.columns.columns[1].cards, KEY.Key_P, Qt.KeyboardModifier.ShiftModifier
    )
    settle(desk)
    assert "pinned" in board.columns.columns[1].chip.text()
    closed = [card.id for card in board.shown.groups[1].cards]
    board.look_again()
    qtbot.waitUntil(lambda: board.shown.others == 1, timeout=20_000)
    settle(desk)
    assert [card.id for card in board.shown.groups[1].cards] == closed
    assert person.id in {card.id for card in board.shown.groups[0].cards}
    board.compare()
    dialog = top(Comparing)
    settle(desk)
    assert [row.on_board for row in dialog.table.rows] == [True, False]
    older = dialog.table.rows[1].id
    qtbot.keyClick(dialog.table, KEY.Key_Return)
    settle(desk)
    settle(desk)
    assert board.shown.id == older


def test_nothing_to_compare_is_said(board, window, desk, settle):
    board.compare()
    settle(desk)
    assert "nothing to compare" in window.bar._what.text()


def test_what_would_have_to_give_is_said_without_names_that_may_not_be_known(
    qtbot, board, desk, office, settle, top, window
):
    board.why_waiting()
    settle(desk)
    assert "Everybody in this place has a group" in window.bar._what.text()
    ids = [card.id for group in board.shown.groups for card in group.cards][:3]
    for one, other in ((0, 1), (0, 2), (1, 2)):
        office.do(actions.keep_apart, ids[one], ids[other], "domestic")
    board.propose()
    qtbot.waitUntil(lambda: bool(board.shown.waiting), timeout=20_000)
    settle(desk)
    board.why_waiting()
    dialog = top(Giving)
    said = " ".join(label.text() for label in dialog.findChildren(type(board._numbers)))
    assert (
        "One rule prevents" in said and "Kept apart" in said and "domestic" not in said
    )


def test_two_people_are_kept_together_from_the_board(
    qtbot, board, desk, office, settle, top
):
    board.keep_together()
    dialog = top(Pairs)
    one = board.shown.groups[0].cards[0]
    other = board.shown.groups[1].cards[0]
    dialog.form.show_values(
        {
            "one": (one.id, one.name),
            "other": (other.id, other.name),
            "reason": "spouses",
        }
    )
    qtbot.mouseClick(dialog.main, Qt.MouseButton.LeftButton)
    settle(desk)
    settle(desk)
    assert [(pair.reason) for pair in dialog.table.rows] == ["spouses"]
    assert board.shown.broken == 2 and "2 rules are broken" in board._rules.text()


def test_who_may_know_reads_from_whom_somebody_is_kept_apart(
    board, desk, office, settle, top, monkeypatch
):
    one = board.shown.groups[0].cards[0]
    other = board.shown.groups[1].cards[0]
    office.do(actions.keep_apart, one.id, other.id, "domestic")
    said = f"{other.name}: domestic"
    for may, words in ((True, [said]), (False, [""])):
        monkeypatch.setattr(type(board), "may", lambda _self, _query, may=may: may)
        board._others(one)
        dialog = top(Others)
        settle(desk)
        assert [
            line.most
            for line in dialog.table.rows
            if line.id == 1 and line.other is None
        ] == words
        dialog.reject()
        settle(desk)


def test_late_joiners_are_offered_and_taken(
    qtbot, board, desk, office, settle, top, screened, moves_to, calendar
):
    office.do(proposing.accept, board.shown.id, board.shown.version, calendar.day)
    (late,) = moves_to(screened(1, sector="Cyuve"), "Muhoza")
    settle(desk)
    board.place_late()
    dialog = top(Offer)
    (row,) = dialog.table.rows
    assert row.person == late and dialog.table.ticked() == [row]
    dialog.form.show_values({"on": calendar.day})
    qtbot.mouseClick(dialog.main, Qt.MouseButton.LeftButton)
    settle(desk)
    assert office.ask(boards.board).waiting == ()
