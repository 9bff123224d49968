"""Office › Questionnaires by its widgets: read, used or not, added whole or not at all, blank forms, second entry."""

import pypdfium2
import pytest
import xlsxwriter
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QPushButton, QTableView

from cbs_desktop import settings
from cbs_desktop.errors import ReadOnly
from cbs_desktop.participants import actions as participants
from cbs_desktop.participants import queries as people
from cbs_desktop.screening import actions, instrument_store, queries
from cbs_desktop.screening.actions import Answers
from ui.screening import blank_forms


@pytest.fixture
def page(window, desk, settle):
    window.open("questionnaires")
    settle(desk)
    return window._pages["questionnaires"]


def listed(page):
    """key → word of its state, as the list shows it."""
    return {
        one.key: page.table.model_rows.columns[-1].chip(one)[1]
        for one in page.table.rows
    }


def choose(page, key):
    page.table.choose(
        next(i for i, one in enumerate(page.table.rows) if one.key == key)
    )


def add(page, dialog, desk, settle, path):
    """Choose a file in the dialog; the dialog, with what it says of the file."""
    page.add_from_file()
    opened = dialog()
    opened.take(path)
    settle(desk)
    return opened


def faults(opened):
    return opened._wrong.toPlainText().splitlines()


def test_the_list_and_all_of_a_definition(page, words):
    assert listed(page) == dict.fromkeys(
        ["gad7", "mspss", "needs", "pcl5", "phq9", "srq20", "srq5", "who5"], "In use"
    )
    choose(page, "srq20")
    said = words(page.definition)
    assert {
        "SRQ-20",
        "In the past 30 days",
        "English, French",
        "key srq20 in srq20.toml",
    } <= set(said)
    assert {
        "Total ≥ 10 · women · Rwanda",
        "Total ≥ 8 · men · Rwanda",
        "Rwanda 2011",
    } <= set(said)
    assert "Scholte et al. 2011, Rwanda, n = 418" in said
    assert "a change of more than 5.42 (SD 5.05, alpha 0.85) · women" in said
    assert "a change of more than 6.10 (SD 5.05, alpha 0.81) · men" in said
    choose(page, "pcl5")
    said = words(page.definition)
    assert {
        "Total ≥ 33",
        "Total ≥ 23 · Rwanda · students",
        "a change of at least 10",
    } <= set(said)
    assert any("at least 2 of 8–14" in each for each in said)
    choose(page, "phq9")
    assert any("15 to 19: moderately severe" in each for each in words(page.definition))


def test_a_good_own_file_is_read_and_can_be_used_at_once(
    page, dialog, words, desk, office, settle, own, lines
):
    opened = add(page, dialog, desk, settle, own())
    assert "Dignity, version 1" in words(opened) and "4; 1 may be left blank" in words(
        opened
    )
    assert opened.main.isEnabled() and not faults(opened)
    opened.finish()
    settle(desk)
    assert (
        dialog() is None
        and listed(page)["dignity"] == "In use"
        and page.table.current().key == "dignity"
    )
    said = words(page.definition)
    assert {
        "Total < 2 · men · Burundi · returnees",
        "invented for a test",
        "suicide",
    } <= set(said)
    assert "only when question 1 is answered 1, 2" in said
    office.do(participants.import_people, lines(1))
    person = next(iter(office.ask(people.numbers).values()))
    sheet = office.ask(queries.sheet, person, instrument="dignity")
    assert sheet.instrument.title["fr"] == "Dignité"


def test_a_broken_file_lists_each_fault_and_changes_nothing(
    page, dialog, desk, office, settle, own
):
    broken = own(
        ("licence", "licens"), ("number = 2", "number = 1"), ("fr = \"Être salué\"", "xx = \"\""), ("is = [1, 2]", "is = [7]")
    )  # fmt: skip
    before = office._act
    opened = add(page, dialog, desk, settle, broken)
    said = faults(opened)
    for where, what in [
        ("dignity.toml licens:", "Unknown key"),
        ("dignity.toml licence:", "required"),
        ("dignity.toml item: 1", "twice"),
        ("dignity.toml item 1 topic:", "missing in: fr"),
        ("dignity.toml item 4 ask_if:", "no such answer"),
    ]:
        assert any(where in f"{line} " or line.startswith(where) for line in said), (
            where,
            said,
        )
        assert any(what in line for line in said), (what, said)
    assert (
        "Nothing was changed" in opened._verdict.text() and not opened.main.isEnabled()
    )
    assert (
        opened._wrong.isVisible()
        and office._act == before
        and "dignity" not in listed(page)
    )
    opened.take(own())  # mended, and chosen again
    settle(desk)
    assert opened.main.isEnabled() and not opened._wrong.isVisible()
    opened.reject()


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("x.toml", b"key = \n[[item]]", "line 1"),
        ("x.toml", b"a = " + b"[" * 100_000, "not in the expected form"),
        ("x.pdf", b"%PDF", "is not a questionnaire"),
        ("x.toml", b'key = "\xff"', "UTF-8"),
        ("x.toml", b"#" * 1_000_001, "too big"),
        ("gone.toml", None, "was not found"),
    ],
)
def test_a_file_that_cannot_be_read_is_named(
    page, dialog, desk, office, settle, tmp_path, name, content, says
):
    if content is not None:
        (tmp_path / name).write_bytes(content)
    before = office._act
    opened = add(page, dialog, desk, settle, tmp_path / name)
    assert (
        name in opened._trouble.text()
        and says in opened._trouble.text()
        and "…" not in opened._trouble.text()
    )
    assert (
        opened._trouble.isVisible()
        and not opened.main.isEnabled()
        and office._act == before
    )
    opened.reject()


def test_what_only_the_office_knows_is_refused_with_its_key(
    page, dialog, desk, settle, own
):
    opened = add(page, dialog, desk, settle, own(('key = "dignity"', 'key = "srq20"')))
    opened.finish()
    settle(desk)
    assert (
        faults(opened) == ["dignity.toml key: This name is already in use."]
        and opened.isVisible()
    )
    opened.take(own())
    settle(desk)
    opened.finish()
    settle(desk)
    again = add(page, dialog, desk, settle, own(('"Dignity"', '"Dignity again"')))
    again.finish()
    settle(desk)
    assert faults(again) == [
        "dignity.toml version: Version 1 already exists. Increase it."
    ]
    again.reject()


SURVEY = [
    ("type", "name", "label", "cbs_risk"),
    ("select_one much", "q1", "Being greeted", ""),
    ("select_one much", "q2", "Not wanting to live", "suicide"),
]
CHOICES = [("list_name", "name", "label"), ("much", 0, "not"), ("much", 1, "some")]
SETTINGS = [
    ("form_title", "form_id", "version", "cbs_recall", "cbs_licence"),
    ("Dignity", "dignity", 1, "Now", "ours"),
]


def form(path, survey):
    with xlsxwriter.Workbook(str(path)) as book:
        for name, lines in (
            ("survey", survey),
            ("choices", CHOICES),
            ("settings", SETTINGS),
        ):
            sheet = book.add_worksheet(name)
            for row, line in enumerate(lines):
                sheet.write_row(row, 0, line)
    return path


def test_a_spreadsheet_is_read_as_a_form_beside_the_window(
    page, dialog, words, desk, settle, tmp_path
):
    wrong = form(tmp_path / "wrong.xlsx", [*SURVEY, ("geopoint", "where", "Where", "")])
    opened = add(page, dialog, desk, settle, wrong)
    assert "wrong.xlsx" in opened._verdict.text() and any(
        "where" in fault for fault in faults(opened)
    )
    assert not opened.main.isEnabled()
    opened.take(form(tmp_path / "Dignity.XLSX", SURVEY))
    settle(desk)
    assert opened.main.isEnabled() and "Dignity, version 1" in words(opened)
    opened.finish()
    settle(desk)
    assert listed(page)["dignity"] == "In use" and "suicide" in words(page.definition)


def test_used_or_not_and_undo(qtbot, window, page, desk, office, settle):
    choose(page, "phq9")
    turn = next(
        b
        for b in page.findChildren(QPushButton)
        if b.accessibleName() == "Stop using: PHQ-9"
    )
    turn.click()
    settle(desk)
    assert (
        listed(page)["phq9"] == "Not in use"
        and page.table.current().key == "phq9"
        and turn.text() == "Use"
    )
    assert "phq9" not in instruments_used(office) and "phq9" in window.bar._what.text()
    window.undo()
    settle(desk)
    assert listed(page)["phq9"] == "In use" and turn.text() == "Stop using"
    page.turn()
    settle(desk)
    page.turn()
    settle(desk)
    assert "phq9" in instruments_used(office)


def instruments_used(office):
    return {one.key for one in office.ask(queries.questionnaires) if one.used}


def test_an_added_questionnaire_goes_with_undo(window, page, dialog, desk, settle, own):
    add(page, dialog, desk, settle, own()).finish()
    settle(desk)
    assert "Dignity" in window.bar._what.text() and "dignity" in listed(page)
    window.undo()
    settle(desk)
    assert "dignity" not in listed(page)


def test_a_file_changed_after_its_use_is_named_and_the_others_keep_working(
    files, page, words, desk, office, settle, lines, round_id, today
):
    office.do(participants.import_people, lines(1))
    person = next(iter(office.ask(people.numbers).values()))
    office.do(
        actions.record,
        round_id,
        Answers(person, today, {n: 0 for n in range(1, 8)}, None, "gad7"),
    )
    changed = files / "gad7.toml"
    broken = files / "who5.toml"
    changed.write_text(
        changed.read_text("utf-8").replace("value = 10", "value = 9"), "utf-8"
    )
    broken.write_text(broken.read_text("utf-8").replace("licence", "licens"), "utf-8")
    instrument_store.shipped.cache_clear()
    page.refresh()
    settle(desk)
    states = listed(page)
    assert {key for key, state in states.items() if state == "Cannot be used"} == {
        "gad7",
        "who5",
    }
    assert (
        list(states.values()).count("In use") == 6
        and "2 cannot be used" in page._last_told[0]
    )
    choose(page, "gad7")
    said = words(page.definition)
    assert any(
        each.startswith("gad7.toml version: The file was changed") for each in said
    )
    choose(page, "who5")
    said = words(page.definition)
    assert {
        "who5",
        "who5.toml licens: Unknown key. Check its spelling.",
    } <= set(said)
    assert not page._turn.isVisible() and not page._form.isVisible()
    assert {
        i.key for i in office.ask(queries.sheet, person).instruments
    } == instruments_used(office)


def test_a_blank_form_is_saved_where_the_person_says(page, desk, settle, tmp_path):
    said = []
    page.said.connect(said.append)
    choose(page, "phq9")
    blank_forms.write_form(page, "phq9", tmp_path / "forms" / "phq9.pdf")
    settle(desk)
    with pypdfium2.PdfDocument(tmp_path / "forms" / "phq9.pdf") as document:
        text = document[0].get_textpage().get_text_bounded()
    assert "PHQ-9" in text and said == [
        "Saved as phq9.pdf. What comes back is read under Read registers"
    ]
    problems = []
    page.problem.connect(problems.append)
    (tmp_path / "file").write_text("in the way")
    blank_forms.write_form(page, "phq9", tmp_path / "file" / "phq9.pdf")
    settle(desk)
    assert isinstance(problems[0], ReadOnly)


def test_the_second_entry_is_a_setting_with_a_plain_sentence(
    page, dialog, desk, office, settle
):
    assert page._second.text() == "No questionnaire is entered a second time."
    page.change_every()
    opened = dialog()
    for typed, why in [
        (-1, "between 0 and 1000"),
        ("often", "Enter a number"),
        (None, "required"),
    ]:
        opened.inside.show_values({"every": typed})
        opened.finish()
        settle(desk)
        assert opened.isVisible() and why in opened.inside._faults["every"].text()
    assert office.ask(settings.all_values)["second entry every"] == 0
    opened.inside.show_values({"every": 5})
    opened.finish()
    settle(desk)
    assert office.ask(settings.all_values)["second entry every"] == 5
    assert page._second.text().startswith(
        "One questionnaire in 5 is entered a second time"
    )
    office.do(settings.set_value, "second entry every", 1)
    page.refresh()
    settle(desk)
    assert page._second.text().startswith("Every questionnaire")


def test_by_keyboard_from_the_office_and_back(qtbot, window, page, desk, settle):
    def press(key, widget=None, modifier=Qt.KeyboardModifier.NoModifier):
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        qtbot.keyClick(widget or window.windowHandle(), key, modifier)
        settle(desk)

    page.table.setFocus()
    choose(page, "gad7")
    press(Qt.Key.Key_U, modifier=Qt.KeyboardModifier.ControlModifier)
    assert listed(page)["gad7"] == "Not in use"
    press(Qt.Key.Key_Return, page.table)
    assert page.definition.hasFocus()
    press(Qt.Key.Key_Escape)
    assert page.table.hasFocus() and window._here == "questionnaires"
    press(Qt.Key.Key_Escape)
    assert window._here == "office" and window.rail.buttons["office"].isChecked()
    door = next(
        b
        for b in window._pages["office"].findChildren(QPushButton)
        if "questionnaires" in b.text()
    )
    door.setFocus()
    press(Qt.Key.Key_Space, door)
    assert (
        window._here == "questionnaires" and window.rail.buttons["office"].isChecked()
    )


def test_every_control_has_a_name(page):
    controls = [
        w
        for kind in (QAbstractButton, QTableView)
        for w in page.findChildren(kind)
        if w.isVisible()
    ]
    nameless = [
        w for w in controls if not w.accessibleName() and type(w) is not QAbstractButton
    ]
    assert [
        w for w in nameless if not w.parent().accessibleName()
    ] == [] and page.definition._area.accessibleName()


def test_a_clerk_reads_and_prints_and_changes_nothing(place_of, words, settle):
    desk, window, page = place_of("clerk", "questionnaires")
    assert len(page.table.rows) == 8 and "Questionnaires" in [
        c.label for c in window.commands()
    ]
    buttons = [
        b.text().strip() for b in page.findChildren(QPushButton) if b.isVisible()
    ]
    assert buttons == ["Blank form…"] and [
        act.run.__name__ for act in page.page_actions
    ] == ["blank_form"]
    assert "office" not in window.rail.buttons and not any(
        b.isChecked() for b in window.rail.buttons.values()
    )
    window.open("home")
    settle(desk)
    assert window.rail.buttons["home"].isChecked()


def test_an_auditor_finds_neither_place(place_of):
    _desk, window, _page = place_of("auditor", "reports")
    assert not {"questionnaires", "referrals"} & {
        place.word for place in window._destinations
    }
