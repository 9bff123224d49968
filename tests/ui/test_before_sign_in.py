"""Before anybody works: copies that are found, a restore that was interrupted, a clock that is strange."""

from datetime import UTC, datetime

import pytest

from cbs_desktop.keeping import problems, restoring
from cbs_desktop.office import Office
from cbs_desktop.safe import copies, switching
from cbs_desktop.safe.copies import Why
from ui import first_start
from ui.clock_page import ClockPage, doubt_of, note_unless_doubted
from ui.sign_in import SignIn

PASSWORD = "four plain words"


@pytest.fixture
def closed(office):
    """The office with an automatic copy, closed."""
    office.copy(copies.automatic_folder(office.folder), Why.EXIT)
    office.close()
    office.close = lambda: None
    return office


@pytest.fixture
def sign_in_window(qtbot, dressed, closed):
    made = SignIn(closed.folder)
    qtbot.addWidget(made)
    made.show()
    return made


def test_copies_that_are_found_are_offered(qtbot, sign_in_window):
    sign_in_window.choose_backup()
    page = sign_in_window._pages.currentWidget()
    assert isinstance(page, first_start.ChooseCopy) and len(page.table.rows) == 1
    page.main.click()
    assert isinstance(sign_in_window._pages.currentWidget(), first_start.OpenBackup)


def test_an_office_is_replaced_only_after_what_would_be_lost_was_said(
    qtbot, sign_in_window, closed, monkeypatch
):
    asked = []

    def answer(_parent, question, _do_it, _keep):
        asked.append(question)
        return len(asked) > 1

    monkeypatch.setattr("ui.messages.confirm", answer)
    (copy,) = copies.automatic_folder(closed.folder).iterdir()
    sign_in_window.open_backup(copy)
    page = sign_in_window._pages.currentWidget()
    page.form.show_values({"person": "coordinator", "password": PASSWORD})
    page.main.click()
    qtbot.waitUntil(lambda: bool(asked) and page.main.isEnabled(), timeout=30_000)
    assert "Nothing would be lost" in asked[0]
    with qtbot.waitSignal(sign_in_window.opened, timeout=60_000) as opened:
        page.main.click()
    opened.args[0].close()
    assert len(list(closed.folder.parent.glob("office before restore *"))) == 1


@pytest.mark.parametrize(
    ("ready", "says"),
    [(True, "has been restored from the copy of 02/03/2026"), (False, "as it was")],
)
def test_a_restore_that_was_interrupted_is_told(qtbot, closed, dressed, ready, says, words):  # fmt: skip
    (copy,) = copies.automatic_folder(closed.folder).iterdir()
    if ready:
        restoring.prepare(copy, closed.folder, "coordinator", PASSWORD)
    else:
        now = datetime.now(UTC)
        switching.begin(closed.folder, copy.name, now.isoformat(), True, now)
    told = switching.settle(closed.folder)
    window = SignIn(closed.folder)
    qtbot.addWidget(window)
    page = first_start.Notice(window, *problems.say_settled(told))
    window.show_page(page)
    assert any(says in text for text in words(page))


def test_a_clock_that_went_back_is_asked_about_before_anything_is_dated(
    qtbot, closed, dressed, words
):
    past = datetime(2019, 1, 1, 9, tzinfo=UTC)
    before = last_act(closed.folder)
    office = Office.open(
        closed.folder, "coordinator", PASSWORD, lambda: past, noted=False
    )
    note_unless_doubted(office)
    acts = office._act
    page = ClockPage(office, doubt_of(office))
    qtbot.addWidget(page)
    assert any("01/01/2019" in text and "02/03/2026" in text for text in words(page))
    with qtbot.waitSignal(page.leaves):
        page.wrong.click()
    assert office.closed and office._act == acts == before


def test_whoever_says_that_the_date_is_right_is_noted_then(qtbot, closed, dressed):
    past = datetime(2019, 1, 1, 9, tzinfo=UTC)
    office = Office.open(
        closed.folder, "coordinator", PASSWORD, lambda: past, noted=False
    )
    note_unless_doubted(office)
    acts = office._act
    page = ClockPage(office, doubt_of(office))
    qtbot.addWidget(page)
    with qtbot.waitSignal(page.is_right):
        page.right.click()
    assert office._act == acts + 1
    office.close()


def last_act(folder):
    office = Office.open(folder, "coordinator", PASSWORD, noted=False)
    office.close()
    return office._act


def test_a_clock_that_is_right_is_not_asked_about(closed):
    now = datetime(2026, 12, 1, 9, tzinfo=UTC)
    office = Office.open(closed.folder, "coordinator", PASSWORD, lambda: now)
    assert doubt_of(office) is None
    office.close()
