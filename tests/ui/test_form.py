"""Forms: days and numbers as people type them, faults under their fields, places found while typing."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QWidget

from cbs_desktop import clock
from cbs_desktop.errors import Fault, Invalid
from ui.widgets.dialog import Dialog
from ui.widgets.form import Field, Form
from ui.widgets.inputs import day_from
from ui.widgets.parts import label, rows

TODAY = date(2026, 11, 20)
DAYS = [
    "16/11",
    "16/11/2026",
    "161126",
    "16112026",
    "2026-11-16",
    "16.11.26",
    " 16 11 2026 ",
]
NO_DAYS = [
    "31/11/2026",
    "hello",
    "16",
    "1/2/3/4",
    "2026-13-01",
    "1/1/99999999999999999999",
    "16//2026",
]


def make_form():
    fields = [
        Field("name", "Name", needed=True, help="As on the card"),
        Field("day", "Day", "date"),
        Field("count", "Number of rooms", "number"),
        Field("sex", "Sex", "choice", choices=(("F", "woman"), ("M", "man"))),
        Field("safe", "Safe to call", "yes"),
        Field(
            "seen",
            "Seen",
            "many",
            choices=((1, "One"), (2, "Two"), (3, "Three"), (4, "Four")),
        ),
        Field(
            "place",
            "Lives in",
            "place",
            search=lambda text, then: then([(7, f"Gasaka › {text}")]),
        ),
        Field("note", "Note", "long"),
    ]
    return Form(fields)


@pytest.fixture
def form(qtbot, dressed):
    made = make_form()
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.mark.parametrize("typed", DAYS)
def test_a_day_in_every_way_it_is_typed(typed):
    assert day_from(typed, TODAY) == date(2026, 11, 16)


@pytest.mark.parametrize("typed", NO_DAYS)
def test_what_is_no_day_is_kept_as_typed(form, typed):
    with pytest.raises(ValueError):
        day_from(typed, TODAY)
    form.inputs["day"].setText(typed)
    assert form.values()["day"] == typed


def test_nothing_is_no_day():
    assert day_from("  ") is None


def test_arrows_move_the_day(qtbot, form):
    field = form.inputs["day"]
    field.setText("28/02/2026")
    with qtbot.waitSignal(form.changed):
        qtbot.keyClick(field, Qt.Key.Key_Up)
    assert form.values()["day"] == date(2026, 3, 1)
    qtbot.keyClick(field, Qt.Key.Key_Down)
    assert form.values()["day"] == date(2026, 2, 28)
    field.setText("soon")
    qtbot.keyClick(field, Qt.Key.Key_Up)
    assert form.values()["day"] == "soon"
    field.clear()
    qtbot.keyClick(field, Qt.Key.Key_Down)
    assert form.values()["day"] == clock.day_of(clock.now())


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("12", 12),
        (" -3 ", -3),
        ("", None),
        ("²", "²"),
        ("--5", "--5"),
        ("9" * 5000, "9" * 5000),
    ],
)
def test_numbers_and_what_is_none(form, typed, value):
    form.inputs["count"].setText(typed)
    assert form.values()["count"] == value


def test_what_is_shown_comes_back(form):
    values = {
        "name": "UWERA",
        "day": TODAY,
        "count": 0,
        "sex": "M",
        "safe": True,
        "seen": (2, 4),
        "note": "two\nlines",
    }
    form.show_values({**values, "place": (3, "Kibirizi › Bugarama")})
    assert form.values() == {**values, "place": 3}


@pytest.mark.qt_log_ignore(
    "does not support (raise|grabbing the keyboard)"
)  # the list that pops up, offscreen
def test_a_place_is_found_while_typing_and_else_kept_as_typed(qtbot, form):
    field = form.inputs["place"]
    qtbot.keyClicks(field, "Kar")
    assert form.values()["place"] == "Kar"
    field.setText("Gasaka › Kar")
    assert form.values()["place"] == 7


def test_each_fault_stands_under_its_field_and_the_first_gets_the_cursor(qtbot, form):
    qtbot.waitExposed(form)
    form.activateWindow()
    rest = form.show_faults(
        [
            Fault("count", "needed"),
            Fault("name", "too long", {"most": 3, "length": 9}),
            Fault("other", "needed"),
        ]
    )
    assert [fault.field for fault in rest] == ["other"]
    assert (
        form._faults["name"].isVisible()
        and "3" in form._faults["name"].text()
        and not form._faults["day"].isVisible()
    )
    assert form.focusWidget() is form.inputs["name"]
    assert form._faults["name"].text() in form.inputs["name"].accessibleDescription()
    form.show_faults([])
    assert (
        not form._faults["name"].isVisible()
        and form.inputs["name"].accessibleDescription() == "As on the card"
    )


def test_every_field_has_a_name(form):
    assert all(made.accessibleName() for made in form.inputs.values())
    assert "needed" in form.inputs["name"].accessibleName()


def test_a_dialog_keeps_what_was_typed_until_all_is_well(qtbot, dressed):
    form = make_form()
    dialog = Dialog(None, "Rooms", form, "Save")
    qtbot.addWidget(dialog)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    dialog.show()
    form.inputs["name"].setText("Kitabi")
    with qtbot.waitSignal(dialog.accepted_with) as handed:
        qtbot.keyClick(form.inputs["name"], Qt.Key.Key_Return)
    assert (
        handed.args[0]["name"] == "Kitabi"
        and dialog.isVisible()
        and not dialog.main.isEnabled()
    )
    dialog.failed(ValueError("nothing a person can mend"))
    assert (
        dialog.isVisible()
        and dialog.main.isEnabled()
        and dialog._trouble.text()
        and form.values()["name"] == "Kitabi"
    )
    dialog.well()
    assert not dialog.isVisible()


def by_hand(qtbot, form, key):
    """Change a field as a person does."""
    if key == "sex":
        form.inputs[key].setFocus()
        qtbot.keyClick(form.inputs[key], Qt.Key.Key_Down)
    elif key == "safe":
        form.inputs[key].click()
    elif key == "seen":
        form.inputs[key].findChildren(QCheckBox)[1].click()
    else:
        qtbot.keyClicks(form.inputs[key], "1")


@pytest.mark.qt_log_ignore("does not support (raise|grabbing the keyboard)")
@pytest.mark.parametrize(
    "key", ["name", "day", "count", "sex", "safe", "seen", "place", "note"]
)
def test_what_is_said_of_a_field_goes_away_when_it_is_changed_and_only_then(
    qtbot, form, key
):
    form.show_faults([Fault(each, "needed") for each in form.inputs])
    with qtbot.waitSignal(form.changed):
        by_hand(qtbot, form, key)
    assert {
        each for each, said in form._faults.items() if said.isVisible()
    } == form.inputs.keys() - {key}
    assert form.inputs[key].property("fault") == "no"


def test_a_dialog_puts_faults_beside_the_fields_of_a_form_among_other_things(
    qtbot, dressed
):
    form = make_form()
    inside = QWidget()
    inside.setLayout(rows(label("Above"), form))
    dialog = Dialog(None, "Rooms", inside, "Save")
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.failed(Invalid([Fault("name", "needed"), Fault("account", "needed")]))
    assert form._faults["name"].text() == "This field is required."
    assert dialog._trouble.text().startswith("Your name: This field is required.")
    qtbot.keyClicks(form.inputs["name"], "K")
    assert not dialog._trouble.isVisible() and not form._faults["name"].isVisible()
