"""A new office is led: each step is ticked by what was done, and the list is gone when groups meet."""

import pytest
from PySide6.QtWidgets import QLabel, QPushButton

from cbs_desktop.certificates import actions as certificates
from cbs_desktop.overview import queries as overview
from cbs_desktop.overview.first_steps import STEPS
from ui.overview.first_steps import _WAYS, FirstSteps


def done(office):
    steps = office.ask(overview.today).steps
    return [step for step, taken in steps.items() if taken]


def test_steps_are_ticked_by_what_was_done(office, screened):
    assert list(office.ask(overview.today).steps) == list(STEPS)
    assert done(office) == ["round"]
    office.do(certificates.set_signatories, [("KAMANZI Eric", "Coordinator")])
    assert done(office) == ["round", "signatories"]
    screened(1)
    assert done(office) == ["round", "signatories", "people", "questionnaires"]


def test_an_office_with_groups_is_led_no_more(practice):
    assert practice.ask(overview.today).steps == {}


@pytest.fixture
def led(window, desk, settle):
    window.open("home")
    settle(desk)
    return window._pages["home"].findChild(FirstSteps)


def test_home_shows_what_is_done_and_leads_to_the_rest(led, window, desk, settle):
    assert led.isVisible()
    told = [each.text() for each in led.findChildren(QLabel)]
    assert told.count("done") == 1
    ways = [each for each in led.findChildren(QPushButton) if each.isVisible()]
    assert len(ways) == len(STEPS) - 1
    ways[-1].click()
    settle(desk)
    assert window._stack.currentWidget() is window._pages["screening"]


def test_every_step_has_a_way():
    assert list(_WAYS) == list(STEPS)


def test_a_round_is_opened_from_home_though_the_office_page_was_never_seen(
    led, window, desk, settle, dialog
):
    led.opens.emit(*_WAYS["round"][:2])
    settle(desk)
    assert window._stack.currentWidget() is window._pages["office"]
    assert dialog() is not None and dialog().windowTitle() == "New round"
    dialog().reject()
