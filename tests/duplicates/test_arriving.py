"""An import says whom the office probably knows already, in another spelling."""

from dataclasses import replace

import pytest

from cbs_desktop.duplicates.arriving import import_check
from cbs_desktop.participants import actions as participants
from cbs_desktop.places import actions as places
from tests.duplicates.test_met import crowd  # noqa: F401


@pytest.fixture
def few(crowd):  # noqa: F811
    """300 people of the crowd, with rows of their own."""
    return [replace(line, row=row) for row, line in enumerate(crowd[:300], 2)]


def respelled(line, row):
    """The same paper typed by somebody else."""
    details = line.details
    own = details.own_name.replace("R", "L").replace("Y", "I") + "A"
    return replace(line, row=row, details=replace(details, own_name=own))


def test_somebody_registered_in_another_spelling_is_asked_about(office, few):
    numbers = office.do(participants.import_people, few, new_places=True)
    again = respelled(few[7], 2)
    (fault,) = office.ask(import_check, [again], new_places=True)
    assert (fault.kind, fault.row) == ("alike", 2)
    assert fault.facts["where"] == numbers[few[7].row]
    apart = replace(again, apart=True)
    assert office.ask(import_check, [apart], new_places=True) == []


def test_a_row_like_one_above_is_asked_about(office, few):
    again = respelled(few[7], 900)
    faults = office.ask(import_check, [*few, again], new_places=True)
    assert [(fault.kind, fault.row) for fault in faults] == [("alike", 900)]
    assert faults[0].facts["where"] == few[7].row


def test_people_who_only_share_a_name_are_not(office, few):
    office.do(participants.import_people, few, new_places=True)
    details = replace(few[7].details, born_year=few[7].details.born_year - 12)
    other = replace(few[7], row=2, details=details)
    assert office.ask(import_check, [other], new_places=True) == []


def test_a_district_that_goes_without_saying_is_known_of_every_row(
    office, few, musanze
):
    office.do(participants.import_people, few, new_places=True)
    office.do(places.cover, [musanze])
    line = few[7]
    again = replace(respelled(line, 2), place=("", *line.place[1:]))
    (fault,) = office.ask(import_check, [again], new_places=True)
    assert fault.kind == "alike"


def test_rows_that_are_wrong_are_told_before_rows_that_are_alike(office, few):
    wrong = replace(few[9].details, sex="X")
    lines = [*few, respelled(few[7], 900), replace(few[9], row=901, details=wrong)]
    faults = office.ask(import_check, lines, new_places=True)
    assert [(fault.row, fault.kind) for fault in faults] == [
        (901, "not a choice"),
        (900, "alike"),
    ]
