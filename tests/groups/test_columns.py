"""A proposed group on the board: all of a usual group is in sight on the smallest screen, and what is cut is told."""

import itertools

import pytest

from cbs_desktop.groups.allocation.balance import Explained
from cbs_desktop.groups.proposals.boards import Card, ProposedGroup
from ui.groups.cards import CardList
from ui.groups.column import GroupColumn

EXPLAINED = Explained(13, 13, 0, 5, ())


def card(number, **more):
    name = f"NYIRANSABIMANA{number} Marie-Médiatrice"
    place = "Musanze › Kimonyi › Birira › Nyamagumba"
    return Card(number, f"BE-{number}", name, "F", 24, place, **more)


def group(count, **more):
    cards = tuple(card(number) for number in range(count))
    led = ("NSHIMIYIMANA Pierre", "NIYONSABA Sandrine")
    return ProposedGroup(
        "Kimonyi", "adult", cards, count, 0, (), 0, EXPLAINED, led, 3, **more
    )


@pytest.mark.parametrize("size", [(246, 343), (296, 487)])  # at 1092×614 and 1366×768
def test_thirteen_people_are_in_sight_without_scrolling(qtbot, dressed, size):
    column = GroupColumn(2, group(13))
    qtbot.addWidget(column)
    column.resize(*size)
    column.show()
    cards = column.cards
    inside = cards.viewport().rect()
    qtbot.waitUntil(lambda: cards.visualItemRect(cards.item(12)).isValid())
    places = [cards.visualItemRect(cards.item(row)) for row in range(13)]
    assert all(inside.contains(place) for place in places)
    assert cards.verticalScrollBar().maximum() == 0
    assert not any(a.intersects(b) for a, b in itertools.pairwise(places))


def test_a_card_that_says_why_somebody_waits_is_higher(qtbot, dressed):
    cards = CardList(None)
    qtbot.addWidget(cards)
    cards.show_cards((card(1), card(2, why="too few")))
    cards.resize(220, 300)
    cards.show()
    plain, waits = (cards.visualItemRect(cards.item(row)).height() for row in (0, 1))
    assert waits >= plain + 12


def test_the_village_that_has_no_room_stands_in_the_tip(qtbot, dressed):
    cards = CardList(0)
    qtbot.addWidget(cards)
    cards.show_cards((card(1),))
    assert cards.item(0).toolTip() == "F 24 · Nyamagumba"
    assert "Nyamagumba" in cards.item(0).text()
