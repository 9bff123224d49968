"""The board by keyboard: hold, carry, drop, put back; refusals in words; the other groups of a person."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from cbs_desktop.errors import Missing, RuleBroken, Stale
from cbs_desktop.groups import actions
from cbs_desktop.groups.proposals import alternatives, boards, proposing
from ui.groups.others import Others


def sizes(office):
    found = office.ask(boards.board)
    return [len(found.waiting), *(len(group.cards) for group in found.groups)]


def test_a_card_is_held_carried_dropped_and_put_back(
    qtbot, board, desk, office, settle
):
    columns = board.columns
    first = columns._lists[1]
    first.setCurrentRow(0)
    qtbot.keyClick(first, Qt.Key.Key_Space)
    assert columns.held is not None
    qtbot.keyClick(first, Qt.Key.Key_Right)
    qtbot.keyClick(columns._lists[2], Qt.Key.Key_Space)
    settle(desk)
    assert sizes(office) == [0, 12, 14]
    again = columns._lists[1]
    again.setCurrentRow(0)
    qtbot.keyClick(again, Qt.Key.Key_Space)
    qtbot.keyClick(again, Qt.Key.Key_Escape)
    settle(desk)
    assert columns.held is None and sizes(office) == [0, 12, 14]
    desk.undo(board)
    settle(desk)
    assert sizes(office) == [0, 13, 13]


def test_a_refusal_says_why_and_moves_nothing(
    qtbot, window, board, desk, office, settle
):
    one = board.columns._lists[1].item(0).data(Qt.ItemDataRole.UserRole)
    other = board.columns._lists[2].item(0).data(Qt.ItemDataRole.UserRole)
    office.do(actions.keep_apart, one.id, other.id, "domestic")
    board._move(one.id, 1)
    settle(desk)
    said = window.bar._what.text()
    assert (
        "must not be in that group" in said
        and other.name not in said
        and "domestic" not in said
    )
    assert sizes(office) == [0, 13, 13]


def test_other_groups_are_offered(qtbot, window, board, desk, office, settle):
    first = board.columns._lists[1]
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    first.setFocus()
    first.setCurrentRow(0)
    qtbot.keyClick(first, Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier)
    dialog = next(
        w
        for w in QApplication.topLevelWidgets()
        if isinstance(w, Others) and w.isVisible()
    )
    settle(desk)
    assert [line.id for line in dialog.table.rows if line.other is None] == [1, None]
    dialog.table.choose(1)
    qtbot.mouseClick(dialog.main, Qt.MouseButton.LeftButton)
    settle(desk)
    settle(desk)
    assert sizes(office) == [1, 12, 13]


def test_after_acceptance_the_groups_are_listed(qtbot, board, desk, office, settle):
    found = office.ask(boards.board)
    office.do(proposing.accept, found.id, found.version, date(2026, 3, 9))
    board.refresh()
    settle(desk)
    assert [row.name for row in board.overview.table.rows] == ["Ituze", "Umucyo"]
    assert len(board.overview.members.rows) == 13


def test_two_people_change_places(qtbot, board, desk, office, settle):
    before = office.ask(boards.board)
    person = before.groups[0].cards[0]
    Others(board, before, person).show()
    settle(desk)
    dialog = next(
        w
        for w in QApplication.topLevelWidgets()
        if isinstance(w, Others) and w.isVisible()
    )
    settle(desk)
    place, line = next(
        (i, one) for i, one in enumerate(dialog.table.rows) if one.other is not None
    )
    assert line.chip[1] == "Exchange" and line.name.startswith(
        "Group 2, in exchange for"
    )
    dialog.table.choose(place)
    qtbot.keyClick(dialog.table, Qt.Key.Key_Return)
    settle(desk)
    settle(desk)
    after = office.ask(boards.board)
    assert sizes(office) == [0, 13, 13] and person.id in {
        card.id for card in after.groups[1].cards
    }
    assert line.other in {card.id for card in after.groups[0].cards}
    desk.undo(board)
    settle(desk)
    assert office.ask(boards.board).groups == before.groups


def test_an_exchange_that_breaks_a_rule_is_refused(board, office):
    found = office.ask(boards.board)
    one = found.groups[0].cards[0]
    other = found.groups[1].cards[0]
    office.do(actions.keep_apart, one.id, found.groups[1].cards[1].id, "family")
    with pytest.raises(RuleBroken) as raised:
        office.do(proposing.exchange, found.id, found.version, one.id, other.id)
    assert raised.value.facts["rule"] == "keep apart"
    with pytest.raises(Stale):
        office.do(proposing.exchange, found.id, found.version + 1, one.id, other.id)
    with pytest.raises(Missing):
        office.do(
            proposing.exchange,
            found.id,
            found.version,
            one.id,
            found.groups[0].cards[1].id,
        )
    # only with the one who is to be kept apart may they change places: then the two are in two groups
    told = office.ask(alternatives.swaps, found.id, one.id)
    assert {swap.person for swap in told} == {found.groups[1].cards[1].id}
