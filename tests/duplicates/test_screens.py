"""Have we met, duplicates and merges: real widgets over a real office, by keyboard where people use it."""

import pytest
from PySide6.QtCore import Qt

from cbs_desktop.duplicates import actions, queries
from cbs_desktop.overview import queries as overview
from cbs_desktop.participants import actions as participants
from cbs_desktop.participants.queries import form
from cbs_desktop.participants.rules import PersonDetails
from ui.participants import duplicates
from ui.participants.form import PersonForm


@pytest.fixture
def page(window, desk, settle):
    window.open("participants")
    settle(desk)
    return window._pages["participants"]


@pytest.fixture
def uwera(office, musanze):
    details = PersonDetails(
        "UWERA", "Marie Chantal", "F", musanze, born_year=1990, phone="0788 123 456"
    )
    return office.do(participants.register, details), details


@pytest.fixture
def twice(office, uwera):
    first, details = uwera
    second = office.do(participants.register, details)
    return first, second


def typed(dialog, desk, settle, **values):
    dialog._form.show_values(values)
    dialog._form.changed.emit()
    settle(desk)


def people(office):
    return office.ask(overview.roster).count


def press(qtbot, widget, *keys):
    for key in keys:
        qtbot.keyClick(widget, key)


def test_who_is_probably_the_same_is_looked_at_before_a_second_record(
    qtbot, page, desk, office, settle, uwera, musanze
):
    first, _details = uwera
    dialog = PersonForm(page, None)
    dialog.show()
    again = {"own_name": "Uwela", "other_names": "Mariya Chantal", "sex": "F"}
    again |= {"born_year": 1990, "phone": "0788 123 456"}
    typed(dialog, desk, settle, **again, place_id=(musanze, "Musanze"))
    (met,) = dialog.met.unanswered()
    assert met.id == first
    press(qtbot, dialog.main, Qt.Key.Key_Return)
    settle(desk)
    assert "Probably registered already" in dialog._trouble.text()
    assert people(office) == 1
    press(qtbot, dialog.main, Qt.Key.Key_Return)
    settle(desk)
    assert people(office) == 2
    (pair,) = office.ask(queries.alike_pairs).pairs
    assert pair.later  # passed over, not forgotten


def test_someone_else_is_remembered(qtbot, page, desk, office, settle, uwera, musanze):
    dialog = PersonForm(page, None)
    dialog.show()
    again = {"own_name": "UWERA", "other_names": "Marie Chantal", "sex": "F"}
    typed(dialog, desk, settle, **again, born_year=1990, place_id=(musanze, "Musanze"))
    someone_else = dialog.met._answers[uwera[0], "different"]
    press(qtbot, someone_else, Qt.Key.Key_Space)
    press(qtbot, dialog.main, Qt.Key.Key_Return)
    settle(desk)
    assert people(office) == 2
    assert office.ask(queries.alike_pairs).count == 0


def test_the_same_person_is_opened_instead(qtbot, page, desk, office, settle, uwera):
    dialog = PersonForm(page, None)
    dialog.show()
    typed(dialog, desk, settle, own_name="Uwera", other_names="Marie Chantal")
    with qtbot.waitSignal(dialog.finished):
        dialog.met.same.emit(uwera[0])
    settle(desk)
    assert people(office) == 1
    assert page.person.record.row.id == uwera[0]


def test_nobody_is_met_while_an_old_record_is_edited(page, desk, office, settle, uwera):
    dialog = PersonForm(page, office.ask(form, uwera[0]))
    assert not dialog.met.isVisibleTo(dialog)
    dialog.deleteLater()


@pytest.fixture
def found(page, desk, settle):
    page.find_duplicates()
    settle(desk)
    return page.findChild(duplicates.Duplicates)


def test_two_records_are_merged_and_parted_on_screen(
    monkeypatch, qtbot, page, desk, office, settle, twice, found
):
    monkeypatch.setattr(duplicates, "confirm", lambda *_question: True)
    settle(desk)
    assert found.view.kept() == 0
    press(qtbot, found.merge, Qt.Key.Key_Return)
    settle(desk)
    assert people(office) == 1
    assert not found.merge.isEnabled()
    assert found._count.text() == "No two records look like one person."
    found.close()
    page.show_merges()
    settle(desk)
    merges = page.findChild(duplicates.Merges)
    press(qtbot, merges.main, Qt.Key.Key_Return)
    settle(desk)
    assert people(office) == 2
    assert not merges.merges.rows


def test_values_are_chosen_field_by_field(
    monkeypatch, qtbot, page, desk, office, settle, uwera, musanze
):
    first, details = uwera
    other = PersonDetails(
        "UWERA", "Mariya Chantal", "F", musanze, born_year=1991, id_number="1199"
    )
    second = office.do(participants.register, other)
    monkeypatch.setattr(duplicates, "confirm", lambda *_question: True)
    page.find_duplicates()
    settle(desk)
    dialog = page.findChild(duplicates.Duplicates)
    choices = dialog.view._choices
    assert choices["phone"].checkedId() == 0  # the one that has any
    assert choices["id_number"].checkedId() == 1
    press(qtbot, choices["born_on"].button(1), Qt.Key.Key_Space)
    press(qtbot, dialog.merge, Qt.Key.Key_Return)
    settle(desk)
    merged = office.ask(form, first).details
    assert (merged.other_names, merged.born_year) == ("Marie Chantal", 1991)
    assert (merged.phone, merged.id_number) == (details.phone, "1199")
    assert second not in {row.id for row in office.ask(overview.roster).rows}


def test_two_people_are_taken_from_the_list_for_good(
    qtbot, page, desk, office, settle, twice, found
):
    press(qtbot, found.different, Qt.Key.Key_Return)
    settle(desk)
    assert not found._found
    assert office.ask(queries.alike_pairs).count == 0
    office.undo()
    assert office.ask(queries.alike_pairs).count == 1


def test_a_clerk_judges_and_does_not_merge(office):
    from cbs_desktop.safe.permissions import TABLE, Role

    assert actions.judge.permission in TABLE[Role.CLERK]
    assert actions.merge.permission not in TABLE[Role.CLERK]
