"""One person through a whole season, by real widgets: registered, screened, decided, placed, marked, certified, printed."""

from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel

from cbs_desktop.attendance import actions as attendance
from cbs_desktop.attendance import queries as attendance_queries
from cbs_desktop.certificates import actions as certificates
from cbs_desktop.certificates import code_reader
from cbs_desktop.certificates import queries as certificate_queries
from cbs_desktop.overview import queries as overview
from cbs_desktop.places import actions as places
from ui.widgets.dialog import Dialog

STARTS = date(2026, 3, 9)


@pytest.fixture
def dialog(qtbot, settle, desk):
    """The dialog that is open, once it is."""

    def wait():
        found = []

        def is_open():
            found[:] = [
                w
                for w in QApplication.topLevelWidgets()
                if isinstance(w, Dialog) and w.isVisible()
            ]
            assert found

        qtbot.waitUntil(is_open)
        settle(desk)
        return found[-1]

    return wait


def test_from_registration_to_the_printed_certificate(
    qtbot, window, desk, office, settle, dialog, screened, calendar, musanze, tmp_path
):
    village = office.do(places.add_path, musanze, ["Muhoza", "Kigombe", "Kabeza"])
    screened(12)  # the others of the future group
    office.do(
        certificates.set_signatories,
        [("KAYIRANGA Mathilde", "Director"), ("RUGEMA Sylvestre", "Vice-Mayor")],
    )

    # registered by the form
    window.open("participants")
    settle(desk)
    page = window._pages["participants"]
    page.new_person()
    form = dialog()
    qtbot.keyClicks(form.inside.inputs["own_name"], "MUKAMANA")
    form.inside.inputs["other_names"].insert(
        "Consolée"
    )  # the test tool types ASCII only
    form.inside.inputs["sex"].show_value("F")
    qtbot.keyClicks(form.inside.inputs["born_on"], "04/05/1985")
    qtbot.keyClicks(form.inside.inputs["place_id"], "kabeza")
    settle(desk)
    form.inside.inputs["place_id"].show_value(
        (village, "Musanze › Muhoza › Kigombe › Kabeza")
    )
    qtbot.keyClicks(form.inside.inputs["consent_on"], "02/03/2026")
    qtbot.mouseClick(form.main, Qt.MouseButton.LeftButton)
    settle(desk)
    settle(desk)
    (row,) = office.ask(overview.roster, "mukamana").rows
    assert row.state == "new" and page.person.record.row.name == "MUKAMANA Consolée"
    assert "Registered MUKAMANA Consolée" in window.bar._what.text()

    # screened by keys alone
    window.open("screening", "new")
    settle(desk)
    page = window._pages["screening"]
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    assert window.focusWidget() is page.entry.questions
    qtbot.keyClicks(page.entry.questions, "1" * 11 + "0" * 9)
    page.entry.head.show_values({"taken_on": date(2026, 3, 2)})
    qtbot.keyClick(
        page.entry.questions, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier
    )
    settle(desk)
    assert office.ask(overview.record, row.id).row.state == "to decide"

    # decided
    window.open("screening", "to decide")
    settle(desk)
    said = [
        each.text()
        for each in page.decision.findChildren(QLabel)
        if not each.isHidden()
    ]
    assert "11" in said and "Suggested: Sociotherapy group. You decide." in said
    assert page.decision.ways["sociotherapy"].isChecked()
    qtbot.mouseClick(page.decision.decide_button, Qt.MouseButton.LeftButton)
    settle(desk)
    settle(desk)
    assert office.ask(overview.record, row.id).row.state == "sociotherapy"

    # placed: propose, accept
    window.open("groups")
    settle(desk)
    page = window._pages["groups"]
    page.propose()
    qtbot.waitUntil(
        lambda: page.shown is not None and page.shown.id != 0, timeout=20_000
    )
    settle(desk)
    assert page.columns.waiting.count() == 0 and page.shown.broken == 0
    page.accept()
    accept = dialog()
    accept.inside.show_values({"starts": STARTS})
    qtbot.mouseClick(accept.main, Qt.MouseButton.LeftButton)
    settle(desk)
    settle(desk)
    assert office.ask(overview.record, row.id).row.state == "in group"

    # marked: the whole first session by two keys, then one exception
    calendar.day = STARTS + timedelta(days=200)
    window.open("attendance")
    settle(desk)
    page = window._pages["attendance"]
    qtbot.keyClick(page.table, Qt.Key.Key_F9)
    settle(desk)
    settle(desk)
    assert page._grid.came[0] == 13
    place = next(
        i for i, line in enumerate(page._grid.rows) if line.person_id == row.id
    )
    page.table.setCurrentIndex(page.table.marks.index(place, 1))
    qtbot.keyClicks(page.table, "e")
    settle(desk)
    settle(desk)
    assert page._grid.rows[place].marks[0] == "E"
    for column in page._grid.columns[1:]:
        office.do(attendance.mark_all, column.id)
    assert (
        office.ask(attendance_queries.grid, page._grid.group_id)
        .rows[place]
        .completion.state
        == "complete"
    )

    # certified and printed
    window.open("certificates")
    settle(desk)
    page = window._pages["certificates"]
    page.refresh()
    settle(desk)
    assert len(page.table.ticked()) == 13
    page.issue()
    settle(desk)
    settle(desk)
    register = office.ask(certificate_queries.register)
    assert len(register) == 13
    mine = next(one for one in register if one.person_id == row.id)
    page.save_to([mine], tmp_path / "one.pdf")
    qtbot.waitUntil(lambda: (tmp_path / "one.pdf").exists(), timeout=20_000)
    settle(desk)
    (text,) = code_reader.find(tmp_path / "one.pdf")
    verdict = office.ask(certificate_queries.verdict, text)
    assert (verdict.state, verdict.facts.name, verdict.facts.attended) == (
        "genuine",
        "MUKAMANA Consolée",
        14,
    )
    assert (
        next(
            one for one in office.ask(certificate_queries.register) if one.id == mine.id
        ).prints
        == 1
    )

    # and reported
    window.open("reports")
    settle(desk)
    assert window._pages["reports"]._report.total.total == 13

    # Ctrl+Z takes the print back, whatever it was
    window.undo()
    settle(desk)
    assert (
        next(
            one for one in office.ask(certificate_queries.register) if one.id == mine.id
        ).prints
        == 0
    )


def test_nonsense_in_the_form_is_told_under_its_field_and_nothing_is_lost(
    qtbot, window, desk, office, settle, dialog
):
    window.open("participants")
    settle(desk)
    window._pages["participants"].new_person()
    form = dialog()
    hostile = {
        "own_name": "<img src=x>" + "x" * 300,
        "born_on": "31/11/1990",
        "phone": "=1+1",
        "born_year": "soon",
    }
    for key, text in hostile.items():
        form.inside.inputs[key].setText(text)
    qtbot.mouseClick(form.main, Qt.MouseButton.LeftButton)
    settle(desk)
    said = {
        key: fault.text() for key, fault in form.inside._faults.items() if fault.text()
    }
    assert said.keys() >= {"own_name", "sex", "place_id", "phone", "born_on"}
    assert "311" in said["own_name"] and "31/11/1990" in said["born_on"]
    assert all(form.inside.inputs[key].text() == text for key, text in hostile.items())
    assert form.isVisible() and office.ask(overview.roster).count == 0
    assert form.inside._faults["own_name"].textFormat() is Qt.TextFormat.PlainText
    form.reject()


def test_a_risk_answer_opens_the_card_and_the_sheet_waits_for_it(
    qtbot, window, desk, office, settle, lines, round_id
):
    from cbs_desktop.participants import actions as participants
    from cbs_desktop.screening import safety

    office.do(participants.import_people, lines(1))
    window.open("screening")
    settle(desk)
    entry = window._pages["screening"].entry
    qtbot.keyClicks(entry.questions, "0" * 16 + "1" + "000")
    assert entry._card_panel.isVisible()
    entry.head.show_values({"taken_on": date(2026, 3, 2)})
    entry.finish()
    settle(desk)
    assert office.ask(safety.open_cards) == [] and len(entry.questions.answers) == 20
    entry.card.show_values(
        {
            "told": "Nurse",
            "told_on": date(2026, 3, 2),
            "safe_now": True,
            "see_again_on": date(2026, 3, 5),
            "referred_to": "",
        }
    )
    entry.finish()
    settle(desk)
    assert len(office.ask(safety.open_cards)) == 1


def test_a_half_typed_questionnaire_is_there_after_the_window_was_shut(
    qtbot, window, desk, office, settle, lines
):
    from cbs_desktop.participants import actions as participants
    from cbs_desktop.screening import queries

    office.do(participants.import_people, lines(1))
    window.open("screening")
    settle(desk)
    page = window._pages["screening"]
    qtbot.keyClicks(page.entry.questions, "019")
    settle(desk)
    person = page.table.current().person_id
    assert office.ask(queries.sheet, person).draft == {1: 0, 2: 1, 3: None}
    assert (
        page.unsaved() == ""
        and page.table.model_rows.data(page.table.model_rows.index(0, 3))
        == "In progress"
    )
    page.entry.questions.answers = {}
    page.refresh()  # as when the program starts again
    settle(desk)
    assert page.entry.questions.answers == {1: 0, 2: 1, 3: None}


def test_closing_asks_about_a_half_typed_safety_card(
    qtbot, window, desk, office, settle, lines, monkeypatch
):
    from PySide6.QtGui import QCloseEvent

    from cbs_desktop.participants import actions as participants
    from ui import main_window

    office.do(participants.import_people, lines(1))
    window.open("screening")
    settle(desk)
    asked = []
    monkeypatch.setattr(
        main_window,
        "confirm",
        lambda _parent, question, *_words: bool(asked.append(question)),
    )
    entry = window._pages["screening"].entry
    qtbot.keyClicks(entry.questions, "0" * 16 + "1")
    settle(desk)
    qtbot.keyClicks(entry.card.inputs["told"], "Nurse")
    event = QCloseEvent()
    main_window.MainWindow.closeEvent(window, event)
    assert asked == ["A safety card is not finished."] and not event.isAccepted()
    assert office.ask(overview.roster).count == 1  # the office is open still
