"""The small parts and the message bar: plain text, names for screen readers, Undo only where there is something to undo."""

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMessageBox

from cbs_desktop.action import Change
from cbs_desktop.errors import DiskFull
from ui.messages import Bar, confirm
from ui.widgets.parts import Chip, Empty, Facts, Figure, label


@pytest.fixture
def bar(qtbot, dressed):
    made = Bar()
    qtbot.addWidget(made)
    return made


def test_what_was_done_stays_with_its_undo(qtbot, bar):
    bar.show_change(
        Change(
            "participants.register",
            frozenset({"participants"}),
            3,
            "Registered UWERA Vestine",
        )
    )
    assert (
        bar.isVisible()
        and bar._what.text() == "Registered UWERA Vestine."
        and bar._undo.isVisible()
    )
    with qtbot.waitSignal(bar.undo):
        bar._undo.click()
    bar.show_change(
        Change(
            "office.undo",
            frozenset({"participants"}),
            4,
            "Registered UWERA Vestine",
            undo=True,
        )
    )
    assert "Undone" in bar._what.text() and not bar._undo.isVisible()


def test_a_problem_says_what_what_is_safe_and_what_to_do(bar):
    bar.show_problem(DiskFull(folder="D"))
    assert (
        "full" in bar._what.text()
        and "safe" in bar._more.text()
        and "Free some space" in bar._more.text()
    )
    assert not bar._undo.isVisible()


@pytest.mark.parametrize(
    ("press", "wished"), [("Withdraw", True), ("Keep", False), (None, False)]
)
def test_a_question_is_answered_by_its_verb_and_no_answer_means_keep(
    bar, press, wished
):
    asked = []

    def answer():
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        asked.append((box.text(), box.defaultButton().text()))
        found = next((each for each in box.buttons() if each.text() == press), None)
        found.click() if found else box.reject()

    QTimer.singleShot(0, answer)
    assert confirm(bar, "Withdraw <b>certificate</b>?", "Withdraw", "Keep") is wished
    assert asked == [("Withdraw <b>certificate</b>?", "Keep")]


def test_text_is_never_markup(qtbot, dressed):
    plain = label("&lt;b&gt;")
    marked = label("<b>" * 20)
    qtbot.addWidget(plain)
    qtbot.addWidget(marked)
    assert marked.sizeHint().width() > label("<b>").sizeHint().width() * 10


def test_a_chip_is_wide_enough_and_named(qtbot, dressed):
    chip = Chip("warn", "Perhaps the same?")
    qtbot.addWidget(chip)
    assert chip.accessibleName() == "Perhaps the same?"
    short = chip.sizeHint().width()
    chip.tell("ok", "In group")
    assert chip.sizeHint().width() < short and chip.accessibleName() == "In group"
    chip.tell("ok", "")
    assert not chip.isVisible()


def test_figures_empty_states_and_facts(qtbot, dressed):
    pressed = []
    figure = Figure("In groups", lambda: pressed.append("figure"))
    empty = Empty("No groups yet.", "Place 71 people", lambda: pressed.append("empty"))
    facts = Facts()
    for each in (figure, empty, facts):
        qtbot.addWidget(each)
    figure.tell("286", "24 groups")
    assert figure.accessibleName() == "In groups: 286. 24 groups"
    figure.click()
    from PySide6.QtWidgets import QLabel, QPushButton

    empty.findChild(QPushButton).click()
    assert pressed == ["figure", "empty"]
    facts.show_facts([("Phone", "0788"), ("Email", ""), ("Lives in", "Cyanika")])
    assert [each.text() for each in facts.findChildren(QLabel)] == [
        "Phone",
        "0788",
        "Lives in",
        "Cyanika",
    ]
