"""A certificate that no longer agrees with the records: said in the bar, listed on Home and in the register, decided."""

import pytest

from cbs_desktop.attendance import actions as attendance
from cbs_desktop.attendance import queries as registers
from cbs_desktop.certificates import queries
from cbs_desktop.overview import queries as overview
from ui.desk import Desk
from ui.main_window import MainWindow


@pytest.fixture
def desk(qtbot, dressed, practice):
    made = Desk(practice)
    yield made
    made.close()


@pytest.fixture
def window(qtbot, desk, settle):
    made = MainWindow(desk)
    qtbot.addWidget(made)
    made.closeEvent = lambda event: event.accept()
    made.resize(1366, 728)
    made.show()
    made._papers.begin()
    settle(desk)
    return made


@pytest.fixture
def holder(practice):
    return practice.ask(queries.register)[0]


@pytest.fixture
def correct(practice, desk, window, holder, settle, qtbot):
    """Mark the holder absent at the first sessions they came to, as somebody at this window would."""

    def change(count):
        people = practice.ask(queries.candidates)
        group = next(p.group_id for p in people if p.person_id == holder.person_id)
        grid = practice.ask(registers.grid, group)
        row = next(r for r in grid.rows if r.person_id == holder.person_id)
        came = []
        for column, mark in zip(grid.columns, row.marks, strict=True):
            if mark in grid.marks.came:
                came.append(column.id)
        for session in came[:count]:
            desk.do(
                window,
                attendance.correct,
                session,
                holder.person_id,
                "A",
                "paper read late",
            )
            settle(desk)
        qtbot.waitUntil(
            lambda: "differ" in window.bar._more.text().lower(), timeout=9000
        )

    return change


def test_it_is_said_at_once_with_the_undo_at_hand(
    window, correct, holder, settle, desk
):
    correct(6)
    assert holder.number in window.bar._more.text()
    assert window.bar._undo.isVisible()
    window.undo()
    settle(desk)


def test_home_and_the_register_lead_to_the_decision(
    practice, window, correct, holder, settle, desk, dialog
):
    correct(6)
    todo = {one.code: one for one in practice.ask(overview.today).todos}
    assert todo["papers differ"].example == holder.number
    window.open("certificates", "differ")
    settle(desk)
    page = window._pages["certificates"]
    page.refresh()
    settle(desk)
    assert [one.number for one in page.register.rows] == [holder.number]
    page._choose(page.register.rows[0])
    assert "not completed" in page.looking.facts.text()
    page.register.setFocus()
    page.register.setCurrentIndex(page.register.model().index(0, 1))
    page.settle_difference()
    settle(desk)
    form = dialog()._forms[0]
    dialog().finish()
    settle(desk)
    assert dialog() is not None  # a reason is needed
    form.inputs["reason"].show_value("checked on paper")
    form.inputs["words"].setText("The register on paper says thirteen.")
    dialog().finish()
    settle(desk)
    assert dialog() is None
    assert practice.ask(queries.mismatches) == []
    assert "papers differ" not in {t.code for t in practice.ask(overview.today).todos}
