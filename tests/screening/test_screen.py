"""Screening by its widgets: typed by keys alone, sealed, decided with reasons, compared, followed up."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QPushButton

from cbs_desktop import settings
from cbs_desktop.keeping import accounts as keeping
from cbs_desktop.participants import actions as participants
from cbs_desktop.participants import queries as people
from cbs_desktop.safe.permissions import Role
from cbs_desktop.screening import actions, queries, results, safety
from cbs_desktop.screening.actions import Answers, Decided
from cbs_desktop.screening.rules import SafetyCard
from ui.desk import Desk
from ui.main_window import MainWindow

TWELVE = {n: int(n <= 12) for n in range(1, 21)}


@pytest.fixture
def ids(office, lines):
    """Three people, by number."""
    office.do(participants.import_people, lines(3))
    return [i for _number, i in sorted(office.ask(people.numbers).items())]


@pytest.fixture
def page(window, desk, settle, ids):
    window.open("screening")
    settle(desk)
    return window._pages["screening"]


def words(widget):
    return [
        each.text()
        for each in widget.findChildren(QLabel)
        if not each.isHidden() and each.text()
    ]


def dialog():
    return next(
        w
        for w in QApplication.topLevelWidgets()
        if isinstance(w, QDialog) and w.isVisible()
    )


def test_twenty_two_keys_record_a_sheet_and_the_next_person_waits(
    qtbot, window, page, desk, office, settle, ids, today
):
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    qtbot.keyClicks(page.entry.questions, "1" * 12 + "0" * 8)
    page.entry.head.show_values({"taken_on": today})
    qtbot.keyClick(
        page.entry.questions, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier
    )
    settle(desk)
    (found,) = office.ask(results.found, ids[0]).results
    assert found.outcome.first.value == 12 and office.ask(queries.drafts) == 0
    assert (
        page.table.current().person_id == ids[1] and window.focusWidget() is page.table
    )


def test_any_questionnaire_with_its_own_answers(qtbot, page, desk, settle):
    box = page.entry.head.inputs["instrument"]
    said = []
    page.said.connect(said.append)
    box.setCurrentIndex(box.findData("gad7"))
    box.activated.emit(box.currentIndex())
    settle(desk)
    assert "3 Nearly every day" in page.entry._legend.text()
    qtbot.keyClicks(page.entry.questions, "3921")
    assert page.entry.questions.answers == {1: 3, 2: None, 3: 2, 4: 1}
    qtbot.keyClicks(page.entry.questions, "7")
    assert said == [
        "Question 5 has the answers 0, 1, 2, 3; 9 means not answered on the paper."
    ]
    qtbot.keyClick(page.entry.questions, Qt.Key.Key_Up)
    qtbot.keyClick(page.entry.questions, Qt.Key.Key_Delete)
    assert page.entry.questions.answers == {1: 3, 2: None, 3: 2}
    assert page.entry._missing.text() == "Not answered yet: 4, 5, 6, 7"
    qtbot.keyClicks(page.entry.questions, "0000")
    assert (
        "Not answered: 2" in page.entry._missing.text()
        and "no score" in page.entry._missing.text()
    )


def test_a_mouse_answers_as_keys_do_and_every_button_has_a_name(qtbot, page):
    line = page.entry.questions._lines[4]
    yes = next(b for b in line.findChildren(QPushButton) if b.text() == "Yes")
    assert yes.accessibleName() == "5. Shaking hands: Yes"
    qtbot.mouseClick(yes, Qt.MouseButton.LeftButton)
    assert page.entry.questions.answers == {
        5: 1
    } and page.entry.questions.accessibleName().startswith("Question 6")


def test_an_unfinished_sheet_says_what_is_open_and_keeps_what_was_typed(
    qtbot, page, desk, office, settle, ids
):
    problems = []
    page.problem.connect(problems.append)
    qtbot.keyClicks(page.entry.questions, "1" * 12)
    page.entry.finish()
    settle(desk)
    assert (
        problems[0].faults[0].kind == "questions open"
        and len(page.entry.questions.answers) == 12
    )
    assert office.ask(results.found, ids[0]).results == ()


def test_the_result_shows_every_cut_off_and_the_reasons(
    qtbot, page, desk, office, settle, ids, round_id, today
):
    office.do(actions.record, round_id, Answers(ids[0], today, TWELVE))
    pcl = {n: 0 for n in range(1, 21)} | {1: 2, 6: 2, 8: 2, 9: 2, 17: 2, 18: 2}
    office.do(actions.record, round_id, Answers(ids[0], today, pcl, None, "pcl5"))
    page.refresh()
    settle(desk)
    page.show_item("to decide")
    settle(desk)
    said = words(page.decision)
    assert {
        "12",
        "reaches ≥ 10",
        "does not reach ≥ 33",
        "does not reach ≥ 23",
        "Cluster rule: met",
    } <= set(said)
    assert "Suggested: Resilience-oriented therapy. You decide." in said
    assert "PCL-5: the rule is met." in said
    assert not any("diagnos" in sentence.casefold() for sentence in said)
    page.decision._show_others()
    settle(desk)
    assert any(
        "SRQ-20: 12 reaches the cut-off (≥ 10" in sentence
        for sentence in words(page.decision)
    )


def test_another_way_asks_for_a_reason_under_its_field(
    qtbot, window, page, desk, office, settle, ids, round_id, today
):
    office.do(actions.record, round_id, Answers(ids[0], today, TWELVE))
    page.refresh()
    settle(desk)
    page.show_item("to decide")
    settle(desk)
    qtbot.mouseClick(page.decision.ways["waiting"], Qt.MouseButton.LeftButton)
    qtbot.keyClick(
        page.decision, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier
    )
    settle(desk)
    assert (
        page.decision._fault.isVisible()
        and window.focusWidget() is page.decision._reason
    )
    qtbot.keyClicks(page.decision._reason, "No group near the village")
    qtbot.mouseClick(page.decision.decide_button, Qt.MouseButton.LeftButton)
    settle(desk)
    page.show_waiting()
    settle(desk)
    (waiting,) = page.waiting.table.rows
    assert (waiting.place, waiting.reason) == (1, "No group near the village")
    qtbot.keyClick(page.waiting.table, Qt.Key.Key_Return)
    settle(desk)
    assert (
        page.decision.isVisible()
        and page.table.current().person_id == waiting.person_id
    )


def test_cards_are_followed_up_and_closed(
    qtbot, page, desk, office, settle, ids, round_id, today
):
    risky = {n: int(n == 17) for n in range(1, 21)}
    card = SafetyCard("Nurse", today, False, "Health centre", today + timedelta(days=2))
    office.do(actions.record, round_id, Answers(ids[0], today, risky, card))
    page.show_item("cards")
    settle(desk)
    assert page.cards.table.rows[0].days_open == 0
    page.cards._ask_seen()
    settle(desk)
    form = dialog()
    assert (
        form.inside.values()["told"] == "Nurse"
        and form.inside.values()["safe_now"] is False
    )
    form.inside.show_values(
        {"told_on": today, "see_again_on": today + timedelta(days=9), "safe_now": True}
    )
    form.finish()
    settle(desk)
    assert office.ask(safety.open_cards)[0].card.see_again_on == today + timedelta(
        days=9
    )
    page.cards._ask_outcome()
    form = dialog()
    form.finish()
    settle(desk)
    assert (
        form.isVisible() and len(office.ask(safety.open_cards)) == 1
    )  # without words it stays open
    form.inside.show_values({"outcome": "stable"})
    form.finish()
    settle(desk)
    assert office.ask(safety.open_cards) == [] and page.cards.table.rows == []


def test_the_directory_is_offered_while_a_card_is_typed(page, desk, settle):
    settle(desk)
    offered = page.entry.card.inputs["referred_to"].completer().model()
    names = [offered.index(i, 0).data() for i in range(offered.rowCount())]
    assert "Emergency ambulance, 912" in names


@pytest.fixture
def second(sign_in, lines, today, qtbot, settle):
    """A window of a second clerk over an office where the first has typed a sheet that is to be typed again."""
    office = sign_in("coordinator")
    office.do(settings.set_value, "second entry every", 1)
    office.do(
        keeping.add_account, "second clerk", frozenset({Role.CLERK}), "four plain words"
    )
    office.do(participants.import_people, lines(1))
    person = next(iter(office.ask(people.numbers).values()))
    office.close()
    clerk = sign_in("clerk")
    made = clerk.do(
        actions.record,
        clerk.ask(queries.sheet, person).round_id,
        Answers(person, today, TWELVE),
    )
    clerk.close()
    windows = []

    def as_person(name):
        desk = Desk(sign_in(name))
        window = MainWindow(desk)
        qtbot.addWidget(window)
        window.closeEvent = lambda event: event.accept()
        window.resize(1366, 728)
        window.show()
        window.open("screening", "again")
        settle(desk)
        windows.append(desk)
        return desk, window._pages["screening"]

    as_person.made = made
    yield as_person
    for desk in windows:
        desk.close()


def test_a_second_entry_is_typed_and_compared(qtbot, second, settle):
    desk, page = second("second clerk")
    (due,) = page.twice.table.rows
    assert due.second == "due" and page.window().focusWidget() is page.twice.table
    qtbot.keyClick(page.twice.table, Qt.Key.Key_Return)
    settle(desk)
    assert (
        "Second entry" in page.entry._about.text()
        and not page.entry.head.inputs["taken_on"].isEnabled()
    )
    qtbot.keyClicks(page.entry.questions, "1" * 11 + "0" * 9)
    page.entry.finish()
    settle(desk)
    settle(desk)
    assert [one.second for one in page.twice.table.rows] == ["typed"]
    assert "sealed" in page.twice._nothing._why.text()
    desk.close()
    desk.office.close()
    desk, page = second("screener")
    settle(desk)
    assert any("1 question differs" in each for each in words(page.twice))
    first, again = page.twice._choices[12].buttons()
    assert (first.text(), again.text()) == ("1 Yes (clerk)", "0 No (second clerk)")
    qtbot.mouseClick(again, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(page.twice.settle_button, Qt.MouseButton.LeftButton)
    settle(desk)
    settle(desk)
    assert page.twice.table.rows == []
    assert desk.office.ask(results.result, second.made).outcome.first.value == 11


def test_a_clerk_types_and_sees_neither_score_nor_names_of_cards(qtbot, second, settle):
    desk, page = second("clerk")
    assert "You made the first entry" in page.twice._nothing._why.text()
    assert [act.key for act in page.page_actions] == [
        "Ctrl+Shift+W",
        "Ctrl+Shift+T",
        "",  # questionnaires that came back on paper
        "Ctrl+P",
    ]
    page.show_item("to decide")
    settle(desk)
    said = words(page.decision)
    assert (
        "Sealed: only the screener can see the answers and the score" in said
        and "12" not in said
    )
    assert not page.decision.decide_button.isEnabled()


def test_endline_sheets_of_people_in_a_group(
    qtbot, page, desk, office, settle, ids, round_id, today
):
    office.do(actions.record, round_id, Answers(ids[0], today, TWELVE))
    office.do(actions.decide, round_id, Decided(ids[0], "sociotherapy"))
    page.refresh()
    settle(desk)
    page.show_item("sociotherapy")
    settle(desk)
    page.decision._screen_again()
    settle(desk)
    assert page.entry.head.values()["occasion"] == "endline"
    qtbot.keyClicks(page.entry.questions, "1" * 4 + "0" * 16)
    page.entry.head.show_values({"taken_on": today})
    page.entry.finish()
    settle(desk)
    assert [one.occasion for one in office.ask(results.found, ids[0]).results] == [
        "endline",
        "screening",
    ]


def test_before_and_after_as_chart_table_and_file(
    qtbot, page, desk, office, settle, lines, round_id, today, tmp_path
):
    office.do(participants.import_people, lines(9, sector="Cyuve"))
    ids = list(office.ask(people.numbers).values())[:8]
    office.do(actions.record_many, round_id, [Answers(i, today, TWELVE) for i in ids])
    office.do(
        actions.decide_many,
        round_id,
        [Decided(i, "sociotherapy", "adult") for i in ids],
    )
    four = {n: int(n <= 4) for n in range(1, 21)}
    office.do(
        actions.record_many,
        round_id,
        [Answers(i, today, four, None, "", "endline") for i in ids],
    )
    page.show_outcomes()
    settle(desk)
    settle(desk)
    assert "Without a group" in [cells[0] for cells in page.outcomes.table.rows]
    assert page.outcomes.chart.isHidden()  # nobody is in a group yet
    page.outcomes.write(tmp_path / "outcomes.xlsx")
    page.outcomes.write(tmp_path / "outcomes.pdf")
    settle(desk)
    assert (tmp_path / "outcomes.pdf").read_bytes().startswith(b"%PDF") and (
        tmp_path / "outcomes.xlsx"
    ).stat().st_size
    qtbot.keyClick(page.outcomes, Qt.Key.Key_Escape)
    assert not page.outcomes.isVisible()


def test_the_chart_says_in_words_what_it_shows(qtbot):
    from cbs_desktop.reports.documents import Bars
    from ui.screening.outcomes import Chart

    chart = Chart()
    qtbot.addWidget(chart)
    chart.show_bars(
        Bars(
            "12 people",
            (("Before", 9, 12), ("After", 3, 12)),
            "reach the cut-off",
            (("Better", 6), ("Worse", 1)),
        )
    )
    assert chart.accessibleName() == (
        "12 people. Before: 9 of 12 reach the cut-off, After: 3 of 12 reach the cut-off. Better 6, Worse 1"
    )
    shown = chart.grab().toImage()
    chart.show_bars(
        Bars(
            "12 people",
            (("Before", 9, 12), ("After", 12, 12)),
            "reach the cut-off",
            (("Better", 6), ("Worse", 1)),
        )
    )
    assert chart.grab().toImage() != shown


def test_a_slip_is_saved_from_the_card(
    page, dialog, desk, office, settle, ids, round_id, today, tmp_path, monkeypatch
):
    from PySide6.QtWidgets import QFileDialog

    risky = {n: int(n == 17) for n in range(1, 21)}
    office.do(
        actions.record,
        round_id,
        Answers(ids[0], today, risky, SafetyCard("Nurse", today, True, "", today)),
    )
    page.show_item("cards")
    settle(desk)
    asked = []
    monkeypatch.setattr(
        QFileDialog,
        "getSaveFileName",
        lambda _p, _t, name, _k: (asked.append(name), (str(tmp_path / "slip.pdf"), ""))[
            1
        ],
    )
    page.cards._slip.click()
    settle(desk)
    dialog().finish()
    settle(desk)
    assert asked == ["referral.pdf"] and (
        tmp_path / "slip.pdf"
    ).read_bytes().startswith(b"%PDF")
