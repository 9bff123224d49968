"""Spellings of one place become one place and are parted again: nothing of either is lost, in whatever order."""

import json
import random
from datetime import date

import pytest
from sqlalchemy import select, text

from cbs_desktop.errors import Invalid, Missing, Refused, RuleBroken
from cbs_desktop.facilitators import actions as facilitators
from cbs_desktop.facilitators.rules import FacilitatorDetails
from cbs_desktop.participants import actions as participants
from cbs_desktop.participants.queries import form
from cbs_desktop.participants.rules import PersonDetails
from cbs_desktop.places import actions, joining, rules, spellings
from cbs_desktop.places import queries as places
from cbs_desktop.places.tables import Place
from tests.contents import contents

OWN = {"place_join", "different_places", "series"}  # stays of a join that was parted


def put(office, parent_id, name):
    """A place as an office of before holds it: spelled in any way, beside another spelling."""
    place_id = office.do(actions.add_place, parent_id, f"{name} elsewhere")
    with office._writer.begin() as link:
        link.execute(
            text("UPDATE place SET name = :n WHERE id = :i"), {"n": name, "i": place_id}
        )
        link.execute(
            text("UPDATE place SET path = replace(path, :was, :n) WHERE id = :i"),
            {"was": f"{name} elsewhere", "n": name, "i": place_id},
        )
    return place_id


def is_consistent(office):
    """Path, district and sector of every place follow from the place above it."""
    with office._reader.connect() as link:
        assert link.execute(text("PRAGMA foreign_key_check")).all() == []
        rows = {row.id: row for row in link.execute(select(Place.__table__))}
    for row in rows.values():
        if row.level < rules.SECTOR:
            continue
        above = rows[row.parent_id]
        assert row.path == rules.path(above.path, row.name, row.level)
        assert row.district_id == above.district_id
        assert row.sector_id == (
            row.id if row.level == rules.SECTOR else above.sector_id
        )
    return True


@pytest.fixture
def live(office):
    def register(place_id, name="UWERA"):
        return office.do(participants.register, PersonDetails(name, "", "F", place_id))

    return register


@pytest.fixture
def three(office, musanze, live):
    """Cyuve in three spellings, each with people; the same cell below two of them."""
    good = office.do(actions.add_place, musanze, "Cyuve")
    shouted, wrong = put(office, musanze, "CYUVE"), put(office, musanze, "Civve")
    cells = [
        put(office, good, "Bukinanyana"),
        put(office, wrong, "BUKINANYANA"),
        put(office, wrong, "Kabeza"),
    ]
    for place_id in (good, shouted, wrong, *cells):
        live(place_id)
    lead = FacilitatorDetails("KEZA", "Alice", "F", "", wrong)
    office.do(facilitators.register_facilitator, lead)
    assert is_consistent(office)
    return good, shouted, wrong, cells


def told(pair):
    return pair.one.path, pair.other.path if pair.other else "", pair.official


def test_spellings_of_one_place_are_found_the_official_one_stays(office, three):
    found = office.ask(spellings.spellings)
    assert {told(pair) for pair in found} == {
        ("Musanze › CYUVE", "Musanze › Cyuve", "Cyuve"),
        ("Musanze › Civve", "Musanze › Cyuve", "Cyuve"),
    }
    civve = next(pair.one for pair in found if pair.one.name == "Civve")
    assert (civve.uses, civve.below) == ({"person": 3, "facilitator": 1}, 2)


def test_a_place_may_be_a_spelling_of_one_that_nobody_lives_in(office, musanze):
    one = put(office, musanze, "Kinnigi")
    (pair,) = office.ask(spellings.spellings)
    assert told(pair) == ("Musanze › Kinnigi", "", "Kinigi")
    office.do(joining.respell, one, "Kinigi")
    assert office.ask(spellings.spellings) == []
    assert office.last_change.done == "Corrected the spelling of Musanze › Kinigi"


def test_two_official_places_are_no_spellings_of_one_another(office):
    (ngoma,) = [one for one in office.ask(places.covered) if one.name == "Ngoma"]
    for name in ("Kibungo", "Karembo", "Remera", "Rurenge", "Rukira"):
        office.do(actions.add_place, ngoma.id, name)
    assert office.ask(spellings.spellings) == []


def test_joining_moves_everything_and_undo_takes_it_back(office, three):
    good, _shouted, wrong, cells = three
    before = contents(office, {"series"})
    effects = office.ask(spellings.join_effects, good, wrong)
    assert effects.uses == {"person": 3, "facilitator": 1}
    assert effects.joined == ("Musanze › Civve › BUKINANYANA",)
    assert effects.moved == ("Musanze › Civve › Kabeza",)
    office.do(joining.join, good, wrong, "Cyuve")
    assert is_consistent(office)
    paths = {one.name for one in office.ask(places.find_places, "musanze", 99)}
    assert "Musanze › Cyuve › Kabeza" in paths and not any(
        "Civve" in path for path in paths
    )
    with office._reader.connect() as link:
        of_good = text("SELECT count(*) FROM person WHERE place_id = :i")
        assert link.execute(of_good, {"i": good}).scalar() == 2
        assert link.execute(of_good, {"i": cells[0]}).scalar() == 2
    office.undo()
    assert contents(office, {"series"}) == before


def test_parted_places_are_as_they_were_and_are_two_from_then_on(office, three):
    good, _shouted, wrong, _cells = three
    before = contents(office, OWN)
    join = office.do(joining.join, good, wrong, "Cyuve")
    (line,) = office.ask(spellings.joins)
    assert (line.gone_path, line.kept_path, line.joined_by) == (
        "Musanze › Civve",
        "Musanze › Cyuve",
        "coordinator",
    )
    assert office.do(joining.part, join) == wrong
    assert contents(office, OWN) == before and is_consistent(office)
    assert "Musanze › Civve" not in {
        pair.one.path for pair in office.ask(spellings.spellings)
    }
    with pytest.raises(Missing):
        office.do(joining.part, join)


def test_what_came_since_stays_where_it_is(office, three, live):
    good, _shouted, wrong, cells = three
    join = office.do(joining.join, good, wrong, "Cyuve")
    new = live(good, "MUGISHA")
    village = office.do(actions.add_place, cells[2], "Ahandi")
    office.do(joining.part, join)
    assert is_consistent(office)
    assert office.ask(form, new).details.place_id == good
    with office._reader.connect() as link:
        path = link.execute(
            text("SELECT path FROM place WHERE id = :i"), {"i": village}
        ).scalar()
    assert path == "Musanze › Civve › Kabeza › Ahandi"  # below the cell that went back


@pytest.mark.parametrize("seed", range(6))
def test_joins_one_after_the_other_are_parted_in_any_order(office, three, seed):
    good, shouted, wrong, _cells = three
    before = contents(office, OWN)
    first = office.do(joining.join, shouted, wrong, "CYUVE")
    second = office.do(joining.join, good, shouted, "Cyuve")
    assert is_consistent(office)
    assert {line.kept_path for line in office.ask(spellings.joins)} == {
        "Musanze › Cyuve"
    }
    order = [first, second]
    random.Random(seed).shuffle(order)
    for join in order:
        office.do(joining.part, join)
        assert is_consistent(office)
    assert contents(office, OWN) == before


def test_a_group_meets_in_the_sector_that_stays(office, screened, round_id, musanze):
    from random import Random

    from cbs_desktop.groups import eligible
    from cbs_desktop.groups import queries as groups
    from cbs_desktop.groups.allocation import solver
    from cbs_desktop.groups.proposals import proposing

    screened(13)
    problem = office.ask(eligible.instance, round_id)
    solved = solver.solve(problem, Random(1))
    proposal = office.do(proposing.propose, round_id, problem, solved, 1)
    office.do(proposing.accept, proposal, 1, date(2026, 3, 9))
    (group,) = office.ask(groups.groups)
    old = next(one.id for one in office.ask(places.sectors) if one.name == group.place)
    new = put(office, musanze, "Muhooza")
    assert office.ask(spellings.join_effects, new, old).uses["groups"] == 1
    office.do(joining.join, new, old, "Muhoza")
    (group,) = office.ask(groups.groups)
    assert group.place == "Musanze › Muhoza" and is_consistent(office)


def test_what_cannot_be_joined_is_said_and_changes_nothing(office, three, musanze):
    good, shouted, wrong, cells = three
    before = contents(office, ())
    ngoma = next(one.id for one in office.ask(places.covered) if one.name == "Ngoma")
    for pair in ((good, good), (good, cells[0]), (musanze, ngoma)):
        with pytest.raises(RuleBroken) as raised:
            office.do(joining.join, *pair, "Cyuve")
        assert raised.value.facts["rule"] == "not side by side"
    with pytest.raises(Invalid):
        office.do(joining.join, good, wrong, " ")
    with pytest.raises(RuleBroken) as raised:
        office.do(joining.respell, wrong, "Cyuve")
    assert raised.value.facts["rule"] == "name of another place"
    with pytest.raises(Missing):
        office.do(joining.join, good, 12345, "Cyuve")
    assert contents(office, ()) == before and shouted


def test_two_places_are_remembered_also_beside_an_official_name(office, musanze):
    one, other = put(office, musanze, "Ahandi"), put(office, musanze, "Ahanndi")
    (pair,) = office.ask(spellings.spellings)
    office.do(joining.keep_two, pair.one.id, pair.other.id)
    assert office.ask(spellings.spellings) == [] and one and other
    third = put(office, musanze, "Kinnigi")
    office.do(joining.keep_two_names, third, "Kinigi")
    assert office.ask(spellings.spellings) == []


def test_a_clerk_joins_no_places(sign_in, folder):
    clerk = sign_in("clerk")
    with pytest.raises(Refused):
        clerk.ask(spellings.spellings)


def test_the_steps_of_a_join_name_no_person(office, three):
    good, _shouted, wrong, _cells = three
    office.do(joining.join, good, wrong, "Cyuve")
    with office._reader.connect() as link:
        content = link.execute(text("SELECT content FROM place_join")).scalar()
    assert (
        "UWERA" not in content and json.loads(content)[-1]["place"]["name"] == "Civve"
    )
