"""Where places are: read from a table by the names of its columns, and taken in all or not at all."""

import pytest
from sqlalchemy import text

from cbs_desktop.errors import Invalid
from cbs_desktop.places import actions, positions
from cbs_desktop.places.positions import Position

HEAD = ("Umurenge", "Akarere", "lat", "LONG", "remark")


def faults_of(action, *arguments):
    with pytest.raises(Invalid) as problem:
        action(*arguments)
    return [(fault.row, fault.field, fault.kind) for fault in problem.value.faults]


def test_columns_are_found_by_their_names_in_any_order():
    rows = [("Cyuve", "Musanze", "-1,48", 29.65, "x"), (None, "Musanze", -90, 180.0)]
    assert positions.read(HEAD, rows, 2) == [
        Position(2, ("Musanze", "Cyuve"), -1.48, 29.65),
        Position(3, ("Musanze",), -90.0, 180.0),
    ]


def test_columns_that_are_missing_are_all_named():
    found = faults_of(positions.read, ("sector", None, "lat"), [], 2)
    assert found == [
        (None, "district", "no column"),
        (None, "longitude", "no column"),
    ]


def test_every_cell_that_is_no_position_is_named():
    rows = [
        ("Cyuve", "Musanze", "north", 29.65),
        ("Cyuve", "Musanze", -1.48, 180.5),
        ("Cyuve", "Musanze", 90.5),
        ("Cyuve", "Musanze", -1.48, 29.65),
    ]
    wrong = "not a position"
    assert faults_of(positions.read, HEAD, rows, 5) == [
        (5, "latitude", wrong),
        (6, "longitude", wrong),
        (7, "latitude", wrong),
        (7, "longitude", wrong),
    ]


def kept(office, place_id):
    with office._reader.connect() as link:
        where = text("SELECT latitude, longitude FROM place WHERE id = :i")
        return tuple(link.execute(where, {"i": place_id}).one())


def test_a_place_keeps_its_position_however_it_is_written(office, musanze):
    cyuve = office.do(actions.add_place, musanze, "Cyuve")
    kinigi = office.do(actions.add_place, musanze, "Kinigi")
    found = [
        Position(2, ("MUSANZE", "cyuve"), -1.48, 29.65),
        Position(3, ("Musanze",), -1.5, 29.6),
    ]
    assert office.do(actions.set_positions, found) == 2
    assert office.last_change.done == "Recorded the positions of 2 places"
    assert kept(office, cyuve) == (-1.48, 29.65)
    assert kept(office, musanze) == (-1.5, 29.6)
    assert kept(office, kinigi) == (None, None)
    office.undo()
    assert kept(office, cyuve) == (None, None)


def test_rows_of_unknown_places_are_all_named_and_nothing_is_taken_in(office, musanze):
    found = [
        Position(2, ("Musanze",), -1.5, 29.6),
        Position(3, ("Musanze", "Nowhere"), -1.5, 29.6),
        Position(4, ("Rubavu",), -1.7, 29.3),  # no district of this office
    ]
    wrong = faults_of(office.do, actions.set_positions, found)
    assert wrong == [(3, "place_id", "no such place"), (4, "place_id", "no such place")]
    assert kept(office, musanze) == (None, None)
