"""Every dialog by keyboard: Enter in the last field finishes, the first Tab after it reaches the main button."""

from operator import attrgetter

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from tests.screens import DIALOGS
from ui.desk import Desk
from ui.main_window import MainWindow
from ui.participants.form import PersonForm
from ui.widgets.dialog import Dialog
from ui.widgets.form import Field, Form
from ui.widgets.parts import last_stop

CHOICES = [("a", "one"), ("b", "two")]
KINDS = ("text", "date", "number", "choice", "yes", "many", "list", "place", "long")
WITHOUT = {
    "copies",
    "case",
    "retention",
    "rights",
    "accounts",
    "import",
    "add-questionnaire",
    "find",
    "duplicates",
    "merges",
    "spellings",
    "joined-places",
    "need-paper",
    "sheet-import",
}  # no form in it


def form_ending_in(kind):
    last = Field("last", "Last", kind, choices=CHOICES, search=lambda _t, _then: None)
    return Form([Field("first", "First"), last])


@pytest.mark.parametrize("kind", KINDS)
def test_enter_in_the_last_field_finishes(qtbot, dressed, kind):
    form = form_ending_in(kind)
    dialog = Dialog(None, "Any", form, "Save")
    qtbot.addWidget(dialog)
    dialog.show()
    stop = last_stop(form)
    stop.setFocus()
    control = Qt.KeyboardModifier.ControlModifier
    plain = Qt.KeyboardModifier.NoModifier
    with qtbot.waitSignal(dialog.accepted_with, timeout=500):
        qtbot.keyClick(stop, Qt.Key.Key_Return, control if kind == "long" else plain)


@pytest.mark.parametrize("kind", KINDS)
def test_the_first_tab_after_the_last_field_is_the_main_button(qtbot, dressed, kind):
    dialog = Dialog(None, "Any", form_ending_in(kind), "Save")
    qtbot.addWidget(dialog)
    dialog.show()
    last_stop(dialog.inside).setFocus()
    qtbot.keyClick(dialog.focusWidget(), Qt.Key.Key_Tab)
    assert dialog.focusWidget() is dialog.main
    qtbot.keyClick(dialog.main, Qt.Key.Key_Tab)
    assert dialog.focusWidget() is dialog.cancel


def walk(qtbot, dialog):
    """The widgets that Tab reaches from the first field on, until one comes again."""
    stops = [dialog.focusWidget()]
    for _ in range(60):
        qtbot.keyClick(dialog.focusWidget(), Qt.Key.Key_Tab)
        if dialog.focusWidget() in stops:
            break
        stops.append(dialog.focusWidget())
    return stops


def in_a_form(dialog, widget):
    return any(form.isAncestorOf(widget) for form in dialog._forms)


def test_tab_leads_from_the_fields_of_every_dialog_to_its_main_button(
    qtbot, dressed, practice, settle
):
    desk = Desk(practice)
    window = MainWindow(desk)
    qtbot.addWidget(window)
    window.closeEvent = lambda event: event.accept()
    window.show()
    wrong = []
    for name, (place, act) in DIALOGS.items():
        if name in WITHOUT:
            continue
        window.open(place)
        settle(desk)
        if place == "participants":
            table = window._pages[place].table
            table.model_rows.tick(table.rows[:3])
        attrgetter(act)(window._pages[place])()
        settle(desk)
        (dialog,) = [
            each
            for each in QApplication.topLevelWidgets()
            if isinstance(each, Dialog) and each.isVisible()
        ]
        first = next(iter(dialog._forms[0].inputs.values()))
        first.setFocus()
        stops = walk(qtbot, dialog)
        places = [stops.index(each) for each in (dialog.main, dialog.cancel)]
        fields = [i for i, each in enumerate(stops) if in_a_form(dialog, each)]
        before = stops[places[0] - 1]
        if (
            max(fields) > places[0]
            or not dialog.inside.isAncestorOf(before)
            or places[1] != places[0] + 1
        ):
            wrong.append(name)
        dialog._typed = False
        dialog.reject()
        settle(desk)
    desk.close()
    assert wrong == []


SMALL = (1366, 728), (1092, 576)
OFTEN = (
    "own_name", "other_names", "sex", "born_on", "born_year", "place_id", "phone",
    "consent_on", "consent_mode",
)  # fmt: skip


@pytest.mark.parametrize("size", SMALL)
def test_what_is_asked_most_often_of_a_person_is_seen_without_scrolling(
    qtbot, window, desk, settle, size, monkeypatch
):
    from PySide6.QtCore import QSize

    monkeypatch.setattr(Dialog, "_room", lambda _dialog: QSize(size[0] - 24, size[1] - 48))  # fmt: skip
    window.open("participants")
    settle(desk)
    form = PersonForm(window._pages["participants"], None)
    form.show()
    settle(desk)
    assert form.width() <= size[0] and form.height() <= size[1] - 48
    for key in OFTEN:
        made = form.inside.inputs[key]
        assert made.visibleRegion().boundingRect() == made.rect(), key
    form.reject()
