"""The lanes between screens and office."""

import pytest
from PySide6.QtCore import QObject

from cbs_desktop import settings
from cbs_desktop.errors import Invalid
from cbs_desktop.overview import queries as overview


def test_answers_come_back_and_changes_are_told(desk, settle):
    owner = QObject()
    seen = []
    desk.changed.connect(lambda change: seen.append(change.done))
    desk.do(owner, settings.set_value, "office", "One")
    desk.do(owner, settings.set_value, "office", "Two")
    desk.ask(owner, settings.all_values, then=lambda values: seen.append("values"))
    settle(desk)
    assert seen.count("Changed a setting: office") == 2 and "values" in seen
    assert desk.office.ask(settings.all_values)["office"] == "Two"


def test_only_the_newest_question_of_a_kind_is_answered(desk, settle):
    owner = QObject()
    seen = []
    for text in ("a", "ab", "abc"):
        desk.ask(
            owner,
            overview.find_people,
            text,
            then=lambda _found, text=text: seen.append(text),
        )
    settle(desk)
    assert seen == ["abc"]


def test_who_is_gone_gets_no_answer(desk, settle):
    from shiboken6 import delete

    owner = QObject()
    seen = []
    desk.ask(owner, settings.all_values, then=seen.append)
    delete(owner)
    settle(desk)
    assert seen == []


def test_problems_go_to_who_asked_else_to_the_window(desk, settle):
    owner = QObject()
    mine = []
    windows = []
    desk.failed.connect(windows.append)
    desk.do(owner, settings.set_value, "nonsense", 1, failed=mine.append)
    desk.do(owner, settings.set_value, "nonsense", 1)
    settle(desk)
    assert [type(problem) for problem in (*mine, *windows)] == [Invalid, Invalid]


def test_nothing_changed_tells_nobody(desk, settle):
    seen = []
    desk.changed.connect(seen.append)
    desk.ask(QObject(), settings.all_values, then=lambda _values: None)
    settle(desk)
    assert seen == []


@pytest.mark.parametrize("rounds", [400])
def test_many_signals_keep_python_alive(desk, settle, rounds):
    """A version of the Qt binding lost a reference at every signal and died after a few hundred."""
    owner = QObject()
    seen = []
    for n in range(rounds):
        desk.do(owner, settings.set_value, "office", f"name {n % 2}", then=seen.append)
    settle(desk)
    assert len(seen) == rounds


def test_questions_about_different_things_are_all_answered(desk, settle):
    owner = QObject()
    seen = []
    for page in (200, 400, 200):
        desk.ask(
            owner,
            overview.find_people,
            "a",
            then=lambda _found, page=page: seen.append(page),
            about=page,
        )
    settle(desk)
    assert seen == [400, 200] and not desk._newest


def test_the_lanes_speak_the_language_of_the_window(desk, settle):
    from cbs_desktop import words

    class Listening:
        def ask(self, _query):
            return words._language.get()

    owner = QObject()
    seen = []
    office = desk.office
    desk.office = Listening()
    with words.in_language("fr"):
        desk.ask(owner, settings.all_values, then=seen.append)
    settle(desk)
    desk.office = office
    assert seen == ["fr"]


def test_a_late_answer_that_asks_again_after_closing_is_quiet(qtbot, desk, office):
    owner = QObject()
    heard = []
    desk.ask(
        owner,
        overview.roster,
        then=lambda _found: desk.ask(owner, overview.by_state, then=heard.append),
    )
    desk.close()  # the first answer is still on its way
    qtbot.wait(50)
    assert heard == []
