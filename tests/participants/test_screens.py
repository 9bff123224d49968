"""The list, the form, the import: real widgets over a real office."""

import pytest
from PySide6.QtCore import Qt

from cbs_desktop.overview import queries as overview
from cbs_desktop.participants import actions
from cbs_desktop.sheets.read import read
from cbs_desktop.sheets.write import SheetPage, xlsx
from ui.participants.form import PersonForm
from ui.participants.importing import Import

HEADER = ("Names", "Sexe", "Imyaka", "Akarere", "Umurenge", "Consent")


@pytest.fixture
def put(tmp_path):
    def write(name, *rows):
        path = tmp_path / name
        path.write_bytes(xlsx([SheetPage("People", HEADER, rows)]) if rows else b"")
        return path

    return write


def test_an_import_from_choosing_to_undo(
    qtbot, window, page, desk, office, settle, put
):
    dialog = Import(page)
    dialog.show()
    dialog.take(
        put(
            "list.xlsx",
            ("UWIMANA Grace", "F", 33, "Musanze", "Muhoza", "01/03/2026"),
            ("KEZA", "M", 20, "Ngoma", "Remera", ""),
        )
    )
    settle(desk)
    assert {field for field, choice in dialog._choices.items() if choice.currentData() is not None} == {
        "name", "sex", "age", "district", "sector", "consent_on",
    }  # fmt: skip
    assert dialog._verdict.text() == "2 people can be imported."
    qtbot.mouseClick(dialog.main, Qt.MouseButton.LeftButton)
    settle(desk)
    assert [row.name for row in page.table.rows] == ["KEZA", "UWIMANA Grace"]
    assert window.bar._what.text() == "Imported 2 people."
    window.undo()
    settle(desk)
    assert office.ask(overview.roster).count == 0


def test_what_is_wrong_stands_row_by_row_and_nothing_is_written(
    page, desk, office, settle, put
):
    dialog = Import(page)
    dialog.show()
    rows = [
        ("UWIMANA Grace", "F", 33, "Musanze", "Muhoza", ""),
        ("=1+1 <img src=x>", "X", "old", "Kigali", "Gitega", "31/11/2026"),
    ]
    dialog.take(put("list.xlsx", *rows))
    settle(desk)
    said = [
        dialog.problems.list.item(i).text() for i in range(dialog.problems.list.count())
    ]
    assert all(line.startswith("Row 3") for line in said) and len(said) == 4
    assert "31/11/2026" in " ".join(said) and not dialog.main.isEnabled()
    assert office.ask(overview.roster).count == 0
    dialog.reject()


@pytest.mark.parametrize("name", ["empty.xlsx", "cut.xlsx", "letter.pdf"])
def test_files_that_are_no_lists_are_said_in_words(page, desk, settle, put, name):
    path = put(
        name, *([("A", "F", 1, "Musanze", "Muhoza", "")] if name == "cut.xlsx" else [])
    )
    if name == "cut.xlsx":
        path.write_bytes(path.read_bytes()[:900])
    dialog = Import(page)
    dialog.show()
    dialog.take(path)
    settle(desk)
    assert name in dialog._trouble.text() and not dialog.main.isEnabled()
    dialog.reject()


def test_search_narrows_while_typing_and_tells_when_nobody_is_found(
    qtbot, page, desk, office, settle, lines
):
    office.do(actions.import_people, lines(30))
    page.refresh()
    settle(desk)
    assert len(page.table.rows) == 30
    qtbot.keyClicks(page.search, "persond")
    settle(desk)
    assert [row.name for row in page.table.rows] == ["PERSOND Ineza"]
    assert page.person.record.row.name == "PERSOND Ineza"
    qtbot.keyClicks(page.search, "zzz")
    settle(desk)
    assert page.table.rows == [] and "persondzzz" in page.person._line.text()


def test_states_filter_and_home_opens_them(
    window, page, desk, office, settle, lines, today
):
    office.do(actions.import_people, lines(3))
    one = office.ask(overview.roster).rows[0]
    office.do(actions.leave, one.id, today, "illness")
    window.open("participants", "left")
    settle(desk)
    assert [row.id for row in page.table.rows] == [one.id]
    window.open("participants", "new")
    settle(desk)
    assert len(page.table.rows) == 2


def test_a_person_is_registered_down_to_a_village_that_nobody_entered_before(
    qtbot, page, desk, settle, monkeypatch
):
    asked = []
    monkeypatch.setattr(
        "ui.participants.form.confirm",
        lambda _parent, question, *_words: asked.append(question) or True,
    )
    form = PersonForm(page, None)
    form.show()
    inputs = form._form.inputs
    qtbot.keyClicks(inputs["own_name"], "KEZA")
    qtbot.keyClick(inputs["sex"], Qt.Key.Key_F)
    qtbot.keyClicks(inputs["born_on"], "3/5/90")
    qtbot.keyClicks(inputs["place_id"], "Musanze, Cyuve, Rukoro, Ahandi")
    settle(desk)
    qtbot.mouseClick(form.main, Qt.MouseButton.LeftButton)
    settle(desk)
    assert asked == ["Musanze › Cyuve › Rukoro › Ahandi is not known yet."]
    (row,) = page.table.rows
    assert (row.name, row.sex) == ("KEZA", "F")


def test_rows_with_a_problem_are_left_out_when_that_is_wished(
    qtbot, page, desk, office, settle, put, tmp_path, monkeypatch
):
    dialog = Import(page)
    dialog.show()
    rows = [
        ("UWIMANA Grace", "F", 33, "Musanze", "Muhoza", ""),
        ("KEZA", "?", 20, "Musanze", "Muhoza", ""),
        ("", "", "", "", "", ""),
        ("TOTAL", "", 2, "", "", ""),
    ]
    dialog.take(put("list.xlsx", *rows))
    settle(desk)
    assert "1 row without a person" in dialog._verdict.text()
    assert not dialog.main.isEnabled()
    rest = tmp_path / "rest.xlsx"
    monkeypatch.setattr(
        "ui.participants.importing.QFileDialog.getSaveFileName",
        lambda *_asked: (str(rest), ""),
    )
    qtbot.mouseClick(dialog.save_rest, Qt.MouseButton.LeftButton)
    assert [row[0] for row in read(rest).rows] == ["KEZA"]
    assert "rest.xlsx" in dialog._file.text()
    assert dialog.others.text() == "Leave these rows out and import 1 person"
    dialog.others.setChecked(True)
    qtbot.mouseClick(dialog.main, Qt.MouseButton.LeftButton)
    settle(desk)
    assert [row.name for row in page.table.rows] == ["UWIMANA Grace"]
    assert office.ask(overview.roster).count == 1


def test_who_is_not_found_is_registered_under_the_name_that_was_looked_for(
    qtbot, page, desk, settle
):
    qtbot.keyClicks(page.search, "Nobody Yet")
    settle(desk)
    page.new_person()
    (form,) = page.findChildren(PersonForm)
    assert form._form.values()["own_name"] == "Nobody"
    assert form._form.values()["other_names"] == "Yet"
    form.reject()
    assert not form.isVisible()


def test_what_was_typed_is_left_only_at_the_second_escape(qtbot, page, desk, settle):
    form = PersonForm(page, None)
    form.show()
    qtbot.keyClicks(form._form.inputs["own_name"], "KEZA")
    qtbot.keyClick(form, Qt.Key.Key_Escape)
    assert form.isVisible() and "not saved" in form._trouble.text()
    qtbot.keyClicks(form._form.inputs["own_name"], "S")
    assert form.cancel.text() == "Cancel" and not form._trouble.isVisible()
    qtbot.keyClick(form, Qt.Key.Key_Escape)
    qtbot.keyClick(form, Qt.Key.Key_Escape)
    assert not form.isVisible()


def test_rows_that_cannot_be_saved_are_said_and_nothing_else_happens(
    qtbot, page, desk, settle, put, tmp_path, monkeypatch
):
    dialog = Import(page)
    dialog.show()
    rows = [("UWIMANA Grace", "F", 33, "Musanze", "Muhoza", ""), ("KEZA", "?", 20, "Musanze", "Muhoza", "")]  # fmt: skip
    dialog.take(put("list.xlsx", *rows))
    settle(desk)
    nowhere = tmp_path / "list.xlsx" / "rest.xlsx"
    monkeypatch.setattr(
        "ui.participants.importing.QFileDialog.getSaveFileName",
        lambda *_asked: (str(nowhere), ""),
    )
    qtbot.mouseClick(dialog.save_rest, Qt.MouseButton.LeftButton)
    assert dialog._trouble.text() and not dialog.main.isEnabled()
    dialog.reject()


def test_an_age_becomes_the_year_of_birth_as_an_estimate(page, office):
    form = PersonForm(page, None)
    year = form._form.inputs["born_year"]
    year.setFocus()
    for typed, left, estimated in (("45", office.now().year - 45, True), ("1990", 1990, False)):  # fmt: skip
        form._form.show_values({"born_year": None, "age_estimated": False})
        year.setText(typed)
        year.editingFinished.emit()
        values = form._form.values()
        assert (values["born_year"], values["age_estimated"]) == (left, estimated)
    form.well()
