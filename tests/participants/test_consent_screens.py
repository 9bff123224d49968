"""Consent on screen: the card, giving and withdrawing by keyboard, the form of a new person. Real widgets, real office."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox

from cbs_desktop import clock
from cbs_desktop.groups import actions as groups
from cbs_desktop.overview import queries as overview
from cbs_desktop.participants import actions, rules
from cbs_desktop.participants.rules import ConsentDetails, PersonDetails
from ui.participants.form import PersonForm

TODAY = date(2026, 3, 2)


@pytest.fixture(autouse=True)
def _the_day(monkeypatch, calendar):
    monkeypatch.setattr(clock, "now", calendar)


@pytest.fixture
def keza(office, musanze, page, desk, settle):
    """Somebody with the usual consent, shown on the page."""
    details = PersonDetails("KEZA", "Aline", "F", musanze, born_year=1990)
    person = office.do(actions.register, details, ConsentDetails(TODAY))
    page.show_item(person)
    settle(desk)
    return person


def boxes(dialog):
    """The boxes of the purposes by their words."""
    found = dialog._form.inputs["purposes"].findChildren(QCheckBox)
    return {box.text(): box for box in found}


def standing(office, person):
    found = office.ask(overview.record, person).consents
    return rules.standing(found, TODAY)


def test_the_card_shows_consent_by_purpose(page, keza, words):
    said = words(page.person)
    assert "2 Mar 2026, in writing" in said
    assert "Photo or story, Sharing names, Follow-up visits" in said
    assert "Consent given (in writing): Programme, Screening" in said
    assert page.person._no_consent.isHidden()


def test_consent_to_more_is_given_by_keyboard(
    qtbot, page, keza, dialog, desk, office, settle
):
    page.person.note_consent()
    shown = dialog()
    ticked = [word for word, box in boxes(shown).items() if box.isChecked()]
    assert ticked == []  # the usual ones stand already
    first = boxes(shown)["Programme"]
    assert shown.focusWidget() is first
    for _step in range(2):
        qtbot.keyClick(shown.focusWidget(), Qt.Key.Key_Tab)
    assert shown.focusWidget() is boxes(shown)["Photo or story"]
    qtbot.keyClick(shown.focusWidget(), Qt.Key.Key_Space)
    assert shown._note.isHidden()
    qtbot.keyClick(shown._form.inputs["consent_mode"], Qt.Key.Key_Down)
    assert "No witness is named" in shown._note.text()
    qtbot.keyClicks(shown._form.inputs["witness"], "UWERA Rose")
    assert shown._note.isHidden()
    qtbot.keyClick(shown._form.inputs["witness"], Qt.Key.Key_Return)
    settle(desk)
    assert standing(office, keza) == ("programme", "screening", "photo")
    assert dialog() is None


def test_a_withdrawal_tells_what_comes_of_it_before_it_is_confirmed(
    qtbot, window, page, keza, dialog, desk, office, settle, words
):
    qtbot.mouseClick(page.person._withdraw, Qt.MouseButton.LeftButton)
    settle(desk)
    shown = dialog()
    assert list(boxes(shown)) == ["Programme", "Screening"]
    assert shown._note.text() == "Choose what consent is withdrawn for."
    qtbot.keyClick(shown.main, Qt.Key.Key_Return)
    settle(desk)
    assert dialog() is shown and standing(office, keza) == ("programme", "screening")
    qtbot.keyClick(boxes(shown)["Programme"], Qt.Key.Key_Space)
    assert shown._note.text() == (
        "Programme: leaves the programme and is no longer counted as active."
    )
    qtbot.keyClick(boxes(shown)["Screening"], Qt.Key.Key_Space)
    assert "no questionnaire can be entered from now on" in shown._note.text()
    qtbot.keyClick(boxes(shown)["Screening"], Qt.Key.Key_Space)
    qtbot.mouseClick(shown.main, Qt.MouseButton.LeftButton)
    settle(desk)
    assert standing(office, keza) == ("screening",)
    said = words(page.person)
    assert "withdrawn on 2 Mar 2026, given on 2 Mar 2026" in said
    assert "Consent withdrawn: Programme" in said
    assert not page.person._no_consent.isHidden()
    window.undo()
    settle(desk)
    assert standing(office, keza) == ("programme", "screening")


def test_who_left_for_want_of_consent_comes_back_and_is_told_so(
    page, keza, dialog, desk, office, settle
):
    office.do(groups.withdraw_consent, keza, ("programme",), TODAY)
    page.show_item(keza)
    settle(desk)
    page.person.note_consent()
    shown = dialog()
    assert boxes(shown)["Programme"].isChecked()
    assert shown._note.text() == (
        "The person comes back into the programme, without a group."
    )
    shown.finish()
    settle(desk)
    assert office.ask(overview.record, keza).row.state == "new"


def test_a_new_person_consents_to_programme_and_screening_unless_said_otherwise(
    qtbot, page, desk, office, settle
):
    form = PersonForm(page, None)
    form.show()
    ticked = [word for word, box in boxes(form).items() if box.isChecked()]
    assert ticked == ["Programme", "Screening"]
    inputs = form._form.inputs
    qtbot.keyClicks(inputs["own_name"], "INEZA")
    qtbot.keyClick(inputs["sex"], Qt.Key.Key_F)
    qtbot.keyClicks(inputs["place_id"], "Musanze, Muhoza")
    settle(desk)
    qtbot.keyClicks(inputs["consent_on"], "2/3/26")
    qtbot.keyClick(boxes(form)["Follow-up visits"], Qt.Key.Key_Space)
    qtbot.mouseClick(form.main, Qt.MouseButton.LeftButton)
    settle(desk)
    (row,) = page.table.rows
    assert standing(office, row.id) == ("programme", "screening", "follow-up")


def test_a_consent_that_was_begun_without_its_day_is_asked_for_and_not_lost(
    qtbot, page, desk, office, settle
):
    form = PersonForm(page, None)
    form.show()
    inputs = form._form.inputs
    qtbot.keyClicks(inputs["own_name"], "INEZA")
    qtbot.keyClick(inputs["sex"], Qt.Key.Key_F)
    qtbot.keyClicks(inputs["place_id"], "Musanze, Muhoza")
    qtbot.keyClicks(inputs["witness"], "UWERA Rose")
    settle(desk)
    form.finish()
    settle(desk)
    assert office.ask(overview.roster).count == 0 and form.isVisible()
    assert form._form._faults["consent_on"].text() == "This field is required."
    inputs["witness"].clear()
    form.finish()
    settle(desk)
    (row,) = office.ask(overview.roster).rows
    assert standing(office, row.id) == ()


def test_home_leads_to_those_in_groups_without_consent(window, page, desk, settle):
    window.open("participants", "no consent")
    settle(desk)
    assert page.state.currentText() == "In group, no consent"
    assert page.table.rows == []
