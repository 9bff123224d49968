"""Units of an older division: entered with their end, below the district of today, and told apart from one of today."""

from datetime import date

import pytest

from cbs_desktop.errors import Invalid
from cbs_desktop.participants import actions as participants
from cbs_desktop.participants.rules import PersonDetails
from cbs_desktop.places import actions, queries, spellings

END = date(2025, 6, 5)


def test_a_place_of_before_stands_beside_one_of_today(office, musanze):
    today = office.do(actions.add_place, musanze, "Cyuve")
    before = office.do(actions.add_former_place, musanze, "Cyuve", END)
    assert before not in (today, None)
    assert office.last_change.done == "Added Cyuve (–2025) of the older division"
    assert [one.name for one in office.ask(queries.former_places)] == [
        "Musanze › Cyuve (–2025)"
    ]
    found = [one.path for one in office.ask(queries.suggest_places, "cyuve")]
    assert {"Musanze › Cyuve", "Musanze › Cyuve (–2025)"} <= set(found)
    assert office.ask(queries.understand, "Musanze, Cyuve").id == today
    assert office.ask(queries.understand, "Musanze, Cyuve (-2025)").id == before
    assert office.do(actions.add_former_place, musanze, "CYUVE", END) == before
    assert (
        office.ask(spellings.spellings) == []
    )  # it is no spelling of the one of today
    office.do(participants.register, PersonDetails("KEZA", "", "F", before))
    below = office.do(actions.add_place, before, "Bukinanyana")
    path = {one.id: one.name for one in office.ask(queries.find_places, "bukinanyana")}[
        below
    ]
    assert path == "Musanze › Cyuve (–2025) › Bukinanyana"


def test_what_is_wrong_is_said(office, musanze):
    sector = office.do(actions.add_place, musanze, "Cyuve")
    for values, field in (
        ((musanze, " ", END), "place"),
        ((musanze, "Giheta", None), "until"),
        ((musanze, "Giheta", date(2030, 1, 1)), "until"),
        ((sector, "Giheta", END), "district"),
    ):
        with pytest.raises(Invalid) as raised:
            office.do(actions.add_former_place, *values)
        assert [fault.field for fault in raised.value.faults] == [field]
    assert office.ask(queries.former_places) == []


def test_undo_takes_it_back(office, musanze):
    office.do(actions.add_former_place, musanze, "Giheta", END)
    office.undo()
    assert office.ask(queries.former_places) == []
