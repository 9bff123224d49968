"""A place as somebody types it into the form of a person, in an office that knows only its districts."""

import time

import pytest

from cbs_desktop import resource
from cbs_desktop.places import actions, gazetteer, queries, rules


@pytest.mark.parametrize(
    "typed", ["Musanze, Cyuve, Ahandi", "musanze > cyuve > ahandi", "Musanze/Cyuve/Ahandi"]
)  # fmt: skip
def test_a_place_that_is_new_is_understood_from_the_district_down(office, typed):
    found = office.ask(queries.understand, typed)
    assert (found.id, found.official, found.near) == (None, False, "")
    assert found.path == "Musanze › Cyuve › Ahandi"


def test_the_district_may_be_left_out_where_there_is_one_only(office):
    musanze = next(one for one in office.ask(queries.covered) if one.name == "Musanze")
    office.do(actions.cover, [musanze.id])
    assert office.ask(queries.understand, "Cyuve").path == "Musanze › Cyuve"


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
    assert rules.nearest("Sector 2", ["sector 1"]) is None
    assert rules.place_name("Zone 3") == "Zone 3"


def test_the_whole_division_is_there_from_the_first_start():
    villages = {
        country: sum(
            1
            for district in districts
            for names in gazetteer.below(country, district).values()
            if len(names) == depth
        )
        for country, districts, depth in (("RW", _districts("RW"), 4), ("BI", _districts("BI"), 3))
    }  # fmt: skip
    assert (len(_districts("RW")), len(_districts("BI"))) == (30, 42)
    assert sum(len(gazetteer.sectors("RW", one)) for one in _districts("RW")) == 416
    assert sum(len(gazetteer.sectors("BI", one)) for one in _districts("BI")) == 451
    assert villages == {"RW": 14_837, "BI": 3_044}


def _districts(country):
    lines = resource.text("places", f"{country}.csv").splitlines()
    return [line.split(",")[1] for line in lines if not line.startswith(("#", "prov"))]


@pytest.mark.parametrize("typed", ["cyuve", "ciuve", "CYUVVE", "musanze cyuve"])
def test_a_place_that_nobody_entered_is_found_by_any_spelling(office, typed):
    found = office.ask(queries.suggest_places, typed)
    assert found[0] == queries.PlaceChoice(None, "Musanze › Cyuve")


def test_a_place_of_the_list_is_added_without_a_question_and_as_it_is_spelled(office):
    typed = office.ask(queries.understand, "Musanze, CYUVE")
    assert (typed.id, typed.official, typed.path) == (None, True, "Musanze › Cyuve")
    place_id = office.do(actions.add_path, typed.district_id, typed.names)
    found = office.ask(queries.suggest_places, "cyuve")[0]
    assert found == queries.PlaceChoice(place_id, "Musanze › Cyuve")


def test_a_key_is_answered_within_a_frame(office):
    office.ask(queries.suggest_places, "ka")  # the list is read once
    begun = time.process_time()
    for text in ("k", "ka", "kab", "kabe", "kabez"):
        office.ask(queries.suggest_places, text)
    assert (time.process_time() - begun) / 5 < 0.016
