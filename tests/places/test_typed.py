"""A place as somebody types it into the form of a person, in an office that knows only its districts."""

import pytest

from cbs_desktop.places import actions, queries, rules


@pytest.mark.parametrize(
    "typed", ["Musanze, Cyuve, Rukoro", "musanze > cyuve > rukoro", "Cyuve / Rukoro"]
)
def test_a_place_that_is_new_is_understood_from_the_district_down(office, typed):
    found = office.ask(queries.understand, typed)
    if found is None:  # two districts: the first name has to say which
        assert not typed.casefold().startswith("musanze")
        return
    assert (found.id, found.path.casefold()) == (None, "musanze › cyuve › rukoro")


def test_a_spelling_of_a_known_place_is_told(office):
    (district,) = [one for one in office.ask(queries.covered) if one.name == "Musanze"]
    place_id = office.do(actions.add_path, district.id, ["Cyuve"])
    assert office.ask(queries.understand, "Musanze, CYUVE").id == place_id
    doubtful = office.ask(queries.understand, "Musanze, Civve")
    assert (doubtful.id, doubtful.near) == (None, "Musanze › Cyuve")


def test_a_district_of_another_office_is_not_understood(office):
    assert office.ask(queries.understand, "Nowhere, Cyuve") is None
    assert office.ask(queries.understand, " , ") is None


def test_the_same_place_is_not_added_twice(office):
    district = office.ask(queries.covered)[0]
    first = office.do(actions.add_place, district.id, "UMURENGE WA CYUVE")
    assert office.do(actions.add_place, district.id, "Cyuve") == first
    assert office.ask(queries.find_places, "cyuve")[0].name.endswith(" › Cyuve")


def test_names_that_differ_are_not_near():
    others = ["muhoza", "cyuve", "kinigi", "nyange"]
    assert rules.nearest("Gacaca", others) is None
    assert rules.nearest("Kinigy", others) == "kinigi"
