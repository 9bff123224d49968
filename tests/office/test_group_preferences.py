"""What is wished of groups, and where places are: on the Office page."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from cbs_desktop.errors import Invalid
from cbs_desktop.groups import queries
from cbs_desktop.groups.rules import Preferences
from cbs_desktop.places import positions
from ui.office.districts import Districts
from ui.office.group_preferences import PreferencesSection
from ui.widgets.dialog import Dialog


def test_wishes_are_words(window, desk, settle, office, qtbot):
    window.open("office")
    settle(desk)
    section = window._pages["office"].section(PreferencesSection)
    section.change()
    dialog = next(
        w
        for w in QApplication.topLevelWidgets()
        if isinstance(w, Dialog) and w.isVisible()
    )
    dialog.inside.show_values(
        {"ages": "none", "alone": "much", "area_km": 8, "undivided": "merge"}
    )
    qtbot.mouseClick(dialog.main, Qt.MouseButton.LeftButton)
    settle(desk)
    assert office.ask(queries.preferences)[1] == Preferences(
        8, "merge", alone="much", ages="none"
    )
    desk.undo(section.page)
    settle(desk)
    assert office.ask(queries.preferences)[1] == Preferences()


def test_positions_of_a_table_are_taken_or_named(
    window, desk, settle, office, screened, tmp_path
):
    screened(1)
    window.open("office")
    settle(desk)
    section = window._pages["office"].section(Districts)
    table = tmp_path / "places.csv"
    table.write_text("District,Sector,Latitude,Longitude\nMusanze,Muhoza,-1.5,29.63\n")
    section.take_positions(table)
    settle(desk)
    assert "positions of 1 places" in office.last_change.done
    before = office._act
    table.write_text(
        "District,Sector,Latitude,Longitude\nMusanze,Nowhere,-1.5,29.63\nMusanze,Muhoza,95,abc\n"
    )
    section.take_positions(table)
    settle(desk)
    said = window.bar._what.text()
    assert office._act == before and "not a position" in said


def test_what_is_no_position():
    with pytest.raises(Invalid) as raised:
        positions.read(
            ("District", "Lat", "Lon"),
            [("Musanze", "north", "29,6"), ("Musanze", "-1,5", "29,6")],
            2,
        )
    assert [(fault.field, fault.row) for fault in raised.value.faults] == [
        ("latitude", 2)
    ]
    with pytest.raises(Invalid):
        positions.read(("District", "Lat"), [], 2)
