"""Whose groups a facilitator does not lead, by its widgets; languages and days in the form."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from cbs_desktop.facilitators import actions, queries
from cbs_desktop.facilitators.rules import FacilitatorDetails
from cbs_desktop.groups import queries as groups
from cbs_desktop.participants import queries as people
from ui.facilitators.ties import Ties
from ui.widgets.dialog import Dialog


@pytest.fixture
def page(window, desk, office, settle, screened):
    (one,) = screened(1)
    place = office.ask(people.form, one).details.place_id
    facilitator = office.do(
        actions.register_facilitator,
        FacilitatorDetails("KEZA", "Alice", "F", "", place),
    )
    window.open("facilitators")
    settle(desk)
    shown = window._pages["facilitators"]
    shown.table.choose(0)
    return shown, facilitator, one


def top(kind):
    return next(
        w
        for w in QApplication.topLevelWidgets()
        if isinstance(w, kind) and w.isVisible()
    )


def test_family_is_noted_and_taken_off(page, qtbot, desk, office, settle):
    shown, facilitator, one = page
    shown.change_ties()
    dialog = top(Ties)
    settle(desk)
    dialog.form.show_values({"person": (one, "PERSONA Ineza")})
    qtbot.mouseClick(dialog.main, Qt.MouseButton.LeftButton)
    settle(desk)
    assert office.ask(groups.ties, facilitator) == [(one, "PERSONA Ineza")]
    shown.change_ties()
    dialog = top(Ties)
    settle(desk)
    dialog.table.choose(0)
    dialog._drop()
    qtbot.mouseClick(dialog.main, Qt.MouseButton.LeftButton)
    settle(desk)
    assert office.ask(groups.ties, facilitator) == []
    desk.undo(shown)
    settle(desk)
    assert office.ask(groups.ties, facilitator) == [(one, "PERSONA Ineza")]


def test_languages_and_days_are_typed(page, qtbot, desk, office, settle):
    shown, facilitator, _one = page
    shown.edit()
    dialog = next(
        w
        for w in QApplication.topLevelWidgets()
        if isinstance(w, Dialog) and w.isVisible()
    )
    dialog.inside.show_values(
        {"languages": ("sw", "fr"), "days": (0, 5), "level": "in training"}
    )
    qtbot.mouseClick(dialog.main, Qt.MouseButton.LeftButton)
    settle(desk)
    (row,) = office.ask(queries.facilitators)
    assert (
        row.id == facilitator
        and row.details.languages == ("sw", "fr")
        and row.details.days == (0, 5)
    )
    assert row.details.level == "in training"
