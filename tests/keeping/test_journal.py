"""The journal as it is read: filters, pages, and nobody named to whom the action itself would not be shown."""

import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel

from cbs_desktop import cli, rooms
from cbs_desktop.errors import Missing, Refused
from cbs_desktop.keeping import queries
from cbs_desktop.keeping.queries import JournalFilter
from cbs_desktop.overview import queries as overview
from cbs_desktop.participants import actions as participants
from cbs_desktop.participants.rules import PersonDetails
from ui.desk import Desk
from ui.keeping.journal import Journal

ROOT = Path(__file__).resolve().parents[2]
ALL = JournalFilter()


@pytest.fixture
def worked(office, lines, musanze):
    """An office in which somebody was registered by name, many were imported, and that was taken back."""
    details = PersonDetails("KEZA", "Aline", "F", musanze, born_year=1990)
    office.do(participants.register, details)
    office.do(participants.import_people, lines(4))
    office.undo()
    return office


def done(office, wanted=ALL):
    return [one.done for one in office.ask(queries.acts, wanted).lines]


def test_the_latest_is_first_and_an_undo_says_of_what(worked):
    page = worked.ask(queries.acts, ALL)
    undo, imported, registered = page.lines[:3]
    assert "4" in imported.done and registered.done.endswith("KEZA Aline")
    assert undo.undid == imported.act and undo.done == imported.done
    assert (registered.account, registered.laptop) == ("coordinator", "L1")
    assert registered.rows == 2 and page.count == len(page.lines) == undo.act


def test_it_is_narrowed_by_account_room_and_days(worked):
    assert worked.ask(queries.acts, JournalFilter(account="clerk")).count == 0
    people = worked.ask(queries.acts, JournalFilter(room="participants"))
    assert {one.undid for one in people.lines} == {0} and people.count == 2
    assert worked.ask(queries.acts, JournalFilter(room="part")).count == 0
    today = worked.ask(queries.acts, ALL).lines[0].at.date()
    one_day = timedelta(days=1)
    assert worked.ask(queries.acts, JournalFilter(until=today - one_day)).count == 0
    assert worked.ask(queries.acts, JournalFilter(since=today + one_day)).count == 0
    both = JournalFilter(since=today, until=today)
    assert worked.ask(queries.acts, both).count == worked.ask(queries.acts, ALL).count


def test_it_comes_in_pages(worked):
    whole = worked.ask(queries.acts, ALL).lines
    page = worked.ask(queries.acts, ALL, 2, 3)
    assert page.lines == whole[2:5] and page.count == len(whole)


def test_an_auditor_reads_what_was_done_and_no_name(worked, sign_in):
    worked.close()
    auditor = sign_in("auditor")
    text = " ".join(done(auditor))
    assert "KEZA" not in text and "Registered …" in text and "4" in text
    with pytest.raises(Refused):
        auditor.ask(overview.roster)


def test_a_clerk_reads_no_journal(worked, sign_in):
    worked.close()
    with pytest.raises(Refused):
        sign_in("clerk").ask(queries.acts, ALL)


def test_every_room_with_actions_is_opened_for_their_names():
    with_actions = {
        file.stem
        for file in (ROOT / "cbs_desktop").rglob("*/*.py")
        if "\n@action(" in file.read_text("utf-8") and file.parent.name != "cbs_desktop"
    }
    assert with_actions == rooms._WITH_ACTIONS


def test_the_records_of_an_act_are_counted_by_kind(worked):
    imported = worked.ask(queries.acts, ALL).lines[1]
    found = worked.ask(queries.tables_of_act, imported.act)
    assert found["person"] == 4 and sum(found.values()) == imported.rows
    with pytest.raises(Missing):
        worked.ask(queries.tables_of_act, 10_000)


def test_the_screen_of_an_auditor(worked, sign_in, settle, qtbot):
    worked.close()
    desk = Desk(sign_in("auditor"))
    page = Journal(desk)
    qtbot.addWidget(page)
    page.refresh()
    settle(desk)
    assert page.table.rows[1].undid and page.account.count() == 3
    page.room.setCurrentIndex(page.room.findData("participants"))
    settle(desk)
    assert len(page.table.rows) == 2
    words = " ".join(each.text() for each in page.findChildren(QLabel))
    assert "Participant" in words and "KEZA" not in words
    page.since.setText("01/01/2099")
    settle(desk)
    assert page.table.rows == []
    page.since.setText("01/0")  # half typed: no day yet
    settle(desk)
    assert len(page.table.rows) == 2
    desk.close()


def test_the_command(worked, folder, capsys, monkeypatch):
    worked.close()
    monkeypatch.setenv("CBS_PASSWORD", "four plain words")
    command = ["journal", "--office", str(folder), "--json", "--room", "participants"]
    assert cli.run([*command, "--person", "auditor"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["count"] == 2 and "KEZA" not in json.dumps(found)
    assert date.fromisoformat(found["acts"][0]["at"][:10])
