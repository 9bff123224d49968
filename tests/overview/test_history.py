"""The history of a person: what was done, by whom, which fields; never the whole number of a card."""

from dataclasses import replace
from datetime import date

import pytest

from cbs_desktop.overview.history import history
from cbs_desktop.participants import actions as participants
from cbs_desktop.participants.rules import ConsentDetails, PersonDetails

DAY = date(2026, 3, 2)


@pytest.fixture
def keza(office, musanze):
    details = PersonDetails(
        "KEZA", "Aline", "F", musanze, phone="0788 123 456", id_number="PC778899"
    )
    return office.do(participants.register, details), details


def test_every_change_is_told_with_its_fields_the_latest_first(office, keza):
    person, details = keza
    changed = replace(details, phone="0788 999 888", id_number="PC778800")
    office.do(participants.change, person, changed)
    latest, first = office.ask(history, person)
    assert latest.done == "Changed KEZA Aline"
    assert latest.account == first.account == "coordinator"
    assert ("phone", "0788 123 456", "0788 999 888") in latest.fields
    assert ("id_number", "•••• 8899", "•••• 8800") in latest.fields
    assert first.fields == ()  # what was typed first replaced nothing
    assert "PC7788" not in str((latest, first))


def test_what_was_taken_back_says_so_and_consent_is_part_of_it(office, keza):
    person, _details = keza
    office.do(participants.give_consent, person, ConsentDetails(DAY, "oral"))
    assert len(office.ask(history, person)) == 2  # one step, though of two purposes
    office.undo()
    office.do(participants.leave, person, DAY, "work")
    office.undo()
    told = [entry.done for entry in office.ask(history, person)]
    assert told[0].startswith("Undo: ") and told[1] in told[0]
