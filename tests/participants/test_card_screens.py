"""The number of a card on screens: only its end, the whole while it is written or asked for; doubts that stop nobody."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from cbs_desktop.groups import documents as group_documents
from cbs_desktop.groups import rosters
from cbs_desktop.overview import queries as overview
from cbs_desktop.participants import actions, queries
from cbs_desktop.participants.rules import PersonDetails
from cbs_desktop.sheets.write import SheetPage, xlsx
from tests.groups.test_documents import text_of
from ui.participants.form import PersonForm
from ui.participants.importing import Import
from ui.participants.side_by_side import SideBySideView

CARD = "1198570123456012"


@pytest.fixture
def alice(musanze):
    return PersonDetails(
        "MUKAMANA", "Alice", "F", musanze, born_year=1985, phone="0788 123 456", phone_of="KEZA, sister",
        id_kind="national ID", id_number=CARD, safe_to_call=False,
    )  # fmt: skip


@pytest.fixture
def page(window, desk, settle, office, alice):
    office.do(actions.register, alice)
    window.open("participants")
    settle(desk)
    return window._pages["participants"]


def said(widget):
    """All words of a widget, and what a screen reader says of it."""
    labels = widget.findChildren(QLabel)
    return " ".join(f"{each.text()} {each.accessibleName()} {each.toolTip()}" for each in labels)  # fmt: skip


def test_the_page_shows_the_end_and_the_whole_for_a_moment(
    qtbot, page, desk, office, settle
):
    card = page.person._card
    told = said(page.person)
    assert CARD not in told and "•••• 6012" in told
    assert "KEZA, sister" in told and page.person._safe(page.person.record) == "no"
    acts = len(office.ask(overview.history, page.person.record.row.id))
    qtbot.keyClick(card._show, Qt.Key.Key_Return)
    assert card._shown.text() == CARD and card._moment.isActive()
    card._moment.timeout.emit()
    assert card._shown.text() == "•••• 6012"
    qtbot.keyClick(card._show, Qt.Key.Key_Return)
    page.person.show_nothing("")
    assert CARD not in said(page.person)
    settle(desk)
    assert len(office.ask(overview.history, office.ask(overview.roster).rows[0].id)) == acts  # fmt: skip


def test_the_form_hides_the_number_until_the_cursor_stands_in_it(
    qtbot, page, desk, office, settle
):
    page.edit_person()
    settle(desk)
    form = page.findChild(PersonForm)
    made = form.inside.inputs["id_number"]
    assert made.text() == "•••• 6012" and made.value() == CARD
    assert form.half_typed() == {} and CARD not in form.windowTitle()
    made.setFocus()
    assert made.text() == CARD
    qtbot.keyClick(made, Qt.Key.Key_End)
    qtbot.keyClick(made, Qt.Key.Key_Backspace)
    settle(desk)
    doubt = form.inside._doubts["id_number"]
    assert "has 16 digits, this one 15" in doubt.text() and doubt.isVisible()
    assert "15" in made.accessibleDescription()
    form.inside.inputs["own_name"].setFocus()
    assert made.text() == "•••• 5601" and made.value() == CARD[:-1]
    made.textEdited.emit("•••• 5601 7")  # something dropped upon it
    assert made.value() == CARD[:-1]
    qtbot.keyClick(form.main, Qt.Key.Key_Return)
    settle(desk)
    (row,) = office.ask(overview.roster).rows
    assert office.ask(queries.form, row.id).details.id_number == CARD[:-1]
    told = str(office.ask(overview.history, row.id))
    assert CARD[:-1] not in told and "•••• 5601" in told


def test_a_doubt_goes_when_it_is_answered(page, desk, settle):
    form = PersonForm(page, None)
    form.show()
    values = {"sex": "M", "born_year": 1990, "id_kind": "national ID", "id_number": CARD}  # fmt: skip
    form._form.show_values(values)
    form._form.changed.emit()
    settle(desk)
    doubt = form._form._doubts["id_number"]
    assert "born in 1985" in doubt.text() and "a woman’s" in doubt.text()
    form._form.show_values({"sex": "F", "born_year": 1985})
    form._form.changed.emit()
    settle(desk)
    assert not doubt.isVisible()
    form._form.show_values({"id_number": ""})
    form._form.changed.emit()
    settle(desk)
    assert not doubt.isVisible()
    form._typed = False
    form.reject()


def test_doubts_of_a_sheet_are_said_and_everybody_can_be_imported(
    page, desk, settle, tmp_path
):
    head = ("Names", "Sex", "Birth year", "District", "Sector", "National ID")
    rows = [
        ("KEZA Aline", "F", 1990, "Musanze", "Muhoza", "1 1985 7 0123477 0 12"),
        ("INEZA Jean", "M", 1985, "Musanze", "Muhoza", "1 1985 8 0123488 0 12"),
    ]
    path = tmp_path / "list.xlsx"
    path.write_bytes(xlsx([SheetPage("People", head, rows)]))
    dialog = Import(page)
    dialog.show()
    dialog.take(path)
    settle(desk)
    told = dialog._remarks.text()
    assert "to compare with the card: 1." in told and "Row 2" in told
    assert "1985" in told and "0123477" not in said(dialog)
    assert dialog.main.isEnabled() and dialog._verdict.text() == "2 people can be imported."  # fmt: skip
    dialog.reject()


def test_two_records_side_by_side_show_the_ends(office, page, alice, dressed):
    first = office.ask(overview.roster).rows[0].id
    second = office.do(
        actions.register,
        replace(alice, own_name="R&B <b>KEZA", id_number="2198570123456012", safe_to_call=True),
    )  # fmt: skip
    from cbs_desktop.duplicates import queries as duplicates

    view = SideBySideView()
    view.show_pair(office.ask(duplicates.compare, first, second))
    texts = [b.text() for group in view._choices.values() for b in group.buttons()]
    assert texts.count("•••• 6012") == 2 and CARD not in " ".join(texts)
    assert "R&&B <b>KEZA" in texts and {"yes", "no"} <= set(texts)
    view._choices["id_number"].button(1).setChecked(True)
    assert view.details().id_number[0] == "2"


def test_nobody_is_called_for_whom_it_is_not_safe(office, grouped):
    grouped(26)
    (roster, *_more) = office.ask(rosters.rosters)
    ids = office.ask(queries.numbers)
    answers = {roster.members[0]: False, roster.members[1]: True, roster.members[2]: None}  # fmt: skip
    for place, (member, answer) in enumerate(answers.items()):
        details = office.ask(queries.form, ids[member.number]).details
        phone = f"0788 000 10{place}"
        office.do(actions.change, ids[member.number], replace(details, phone=phone, safe_to_call=answer))  # fmt: skip
    unsafe, safe, unasked = answers
    found = office.ask(rosters.rosters)
    called, _pages = text_of(group_documents.call_list(found, "Musanze office"))
    assert unsafe.number not in called and "0788 000 100" not in called
    assert safe.number in called and "0788 000 101" in called
    assert "0788 000 102; not asked" in called and unasked.number in called
    assert "1 person is told in another way" in called
    assert unsafe.name not in called.partition("told in another way")[0][-200:]
    for paper in (group_documents.facilitator_sheets, group_documents.group_lists):
        told, _pages = text_of(paper(found, "Musanze office"))
        assert ("0788 000 100" not in told and unsafe.number in told) or paper is group_documents.facilitator_sheets  # fmt: skip
    everybody = office.ask(rosters.rosters)[:0]
    told, _pages = text_of(group_documents.call_list(everybody, "Musanze office"))
    assert "not safe" in told and "another way" not in told
