"""Spellings of places by their widgets: compared, seen what changes, joined, parted again; all by keyboard."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from sqlalchemy import text

from cbs_desktop.participants import actions as participants
from cbs_desktop.participants.rules import PersonDetails
from cbs_desktop.places import actions, spellings
from cbs_desktop.places import queries as places
from ui.office.spellings import JoinedPlaces, JoinPlaces, SpellingPairs, Spellings
from ui.widgets.parts import Facts


def top(kind):
    return next(
        (w for w in QApplication.topLevelWidgets() if isinstance(w, kind) and w.isVisible()), None
    )  # fmt: skip


@pytest.fixture
def page(window, desk, office, settle, musanze):
    """An office of before: one sector in two spellings, with a person each."""
    good = office.do(actions.add_place, musanze, "Cyuve")
    wrong = office.do(actions.add_place, musanze, "Ahandi")
    with office._writer.begin() as link:
        link.execute(
            text(
                "UPDATE place SET name = 'Civve', path = 'Musanze › Civve' WHERE id = :i"
            ),
            {"i": wrong},
        )
    for place_id in (good, wrong):
        office.do(participants.register, PersonDetails("UWERA", "", "F", place_id))
    window.open("office")
    settle(desk)
    return window._pages["office"]


def test_two_spellings_are_joined_and_parted_by_keyboard(
    page, qtbot, desk, office, settle
):
    facts = page.section(Spellings).findChild(Facts)
    assert facts is not None
    page.compare_spellings()
    settle(desk)
    pairs = top(SpellingPairs)
    assert [pair.one.name for pair in pairs.pairs.model_rows.rows] == ["Civve"]
    qtbot.keyClick(pairs.pairs, Qt.Key.Key_Return)
    settle(desk)
    preview = top(JoinPlaces)
    assert (
        "Moved from Musanze › Civve to Musanze › Cyuve: 1 person."
        in preview.effects.text()
    )
    assert preview.form.values() == {"name": "Cyuve"}
    assert office.ask(spellings.joins) == []  # nothing was done yet
    qtbot.keyClick(preview, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle(desk)
    assert top(JoinPlaces) is None and pairs.pairs.model_rows.rows == []
    assert [one.name for one in office.ask(places.sectors)] == ["Musanze › Cyuve"]
    pairs.finish()
    page.show_joined_places()
    settle(desk)
    joined = top(JoinedPlaces)
    assert [one.gone_path for one in joined.joins.model_rows.rows] == [
        "Musanze › Civve"
    ]
    qtbot.keyClick(joined, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle(desk)
    assert [one.name for one in office.ask(places.sectors)] == [
        "Musanze › Civve",
        "Musanze › Cyuve",
    ]
    joined.reject()


def test_two_places_are_asked_about_once(page, desk, office, settle):
    page.compare_spellings()
    settle(desk)
    pairs = top(SpellingPairs)
    pairs.two.click()
    settle(desk)
    assert pairs.pairs.model_rows.rows == [] and office.ask(spellings.spellings) == []
    pairs.finish()
