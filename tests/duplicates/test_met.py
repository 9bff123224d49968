"""Who is alike: while somebody is typed, and in the whole office."""

import random
import re
from dataclasses import replace
from datetime import date
from functools import partial

import pytest

from cbs_desktop import resource
from cbs_desktop.duplicates import actions, queries
from cbs_desktop.duplicates.rules import DIFFERENT, LATER, PROBABLE, pair
from cbs_desktop.participants import actions as participants
from cbs_desktop.participants.named_places import Places
from cbs_desktop.participants.rules import PersonDetails
from cbs_desktop.places.actions import add_path, add_place
from cbs_desktop.safe.permissions import Permission


@pytest.fixture
def cyanya(office, musanze):
    return office.do(add_path, musanze, ("Cyuve", "Cyanya"))


@pytest.fixture
def uwera(office, cyanya):
    details = PersonDetails(
        "UWERA", "Marie Chantal", "F", cyanya, born_year=1990, phone="0788 123 456"
    )
    return details, office.do(participants.register, details)


ALIKE = [
    ("names", {"own_name": "Uwela", "other_names": "Mariya Chantal"}),
    ("order", {"own_name": "CHANTAL", "other_names": "Marie Uwera"}),
    ("a name less", {"other_names": "Chantal"}),
    ("birth", {"born_year": 1991}),
    ("a day of the year", {"born_year": None, "born_on": date(1990, 5, 3)}),
    ("phone", {"phone": ""}),
    ("letters", {"own_name": "Uwerra", "other_names": "Mary Shantal"}),
]


@pytest.mark.parametrize(
    "changes", [each for _name, each in ALIKE], ids=[n for n, _c in ALIKE]
)
def test_somebody_who_was_registered_before_is_met(office, uwera, changes):
    details, person_id = uwera
    found = office.ask(queries.met, replace(details, **changes))
    assert [one.id for one in found] == [person_id]
    assert found[0].probability > 0.5


@pytest.mark.parametrize(
    "changes",
    [
        {
            "own_name": "NDAGIJIMANA",
            "other_names": "Theoneste",
            "sex": "M",
            "phone": "",
        },
        {
            "own_name": "KAMANZI",
            "other_names": "Chantal",
            "born_year": 1961,
            "phone": "",
        },
        {"own_name": "", "other_names": "", "phone": ""},
    ],
)
def test_others_are_not(office, uwera, changes):
    details, _person_id = uwera
    assert office.ask(queries.met, replace(details, **changes)) == []


@pytest.mark.parametrize("name", ['Uwera "Chantal"', "Uwera (Chantal)", "Uwera; *"])
def test_signs_in_a_name_stop_nothing(office, uwera, name):
    details, person_id = uwera
    found = office.ask(queries.met, replace(details, own_name=name))
    assert [one.id for one in found] == [person_id]


def test_somebody_of_another_name_is_met_by_their_village_and_day_of_birth(
    office, uwera
):
    details, person_id = uwera
    born = {"born_year": None, "born_on": date(1990, 5, 3), "phone": ""}
    office.do(participants.change, person_id, replace(details, **born))
    married = replace(details, own_name="KAMIKAZI", other_names="Delphine", **born)
    assert [one.id for one in office.ask(queries.met, married)] == [person_id]


def test_five_are_met_at_most_the_most_probable_first(office, uwera):
    details, person_id = uwera
    for year in range(1985, 1992):
        one = replace(details, born_year=year, other_names="Marie")
        office.do(participants.register, one)
    found = office.ask(queries.met, details)
    assert len(found) == 5 and found[0].id == person_id
    chances = [one.probability for one in found]
    assert chances == sorted(chances, reverse=True)


def test_the_person_who_is_edited_is_not_met(office, uwera):
    details, person_id = uwera
    assert office.ask(queries.met, details, person_id) == []


def test_why_somebody_is_met_is_said_by_trait(office, uwera):
    details, _person_id = uwera
    (found,) = office.ask(queries.met, replace(details, born_year=1991))
    assert found.levels == {
        "names": 4, "sex": 1, "birth": 1, "place": 3, "phone": 1, "card": -1,
    }  # fmt: skip


def test_what_was_said_of_the_alike_is_kept_with_who_and_when(office, uwera):
    details, person_id = uwera
    twin = office.do(actions.register, details, None, {person_id: DIFFERENT})
    assert twin != person_id
    assert office.ask(queries.alike_pairs).pairs == ()
    office.do(actions.judge, twin, person_id, LATER)
    (alike,) = office.ask(queries.alike_pairs).pairs
    assert alike.later
    assert {alike.one.id, alike.other.id} == {twin, person_id}
    office.undo()
    assert office.ask(queries.alike_pairs).pairs == ()


def test_registering_with_what_was_said_is_one_undo(office, uwera):
    details, person_id = uwera
    office.do(actions.register, details, None, {person_id: LATER})
    office.undo()
    assert office.ask(queries.alike_pairs).count == 0


SWAPS = [("l", "r"), ("r", "l"), ("a", "aa"), ("y", "i"), ("u", "w"), ("n", "nn"), ("e", "i"), ("m", "n")]  # fmt: skip


def misspelled(rng, details):
    """The same person as another clerk would type them from the same paper."""
    own, others = details.own_name.lower(), details.other_names
    fits = [pair for pair in SWAPS if pair[0] in own]
    written, other = rng.choice(fits or SWAPS)
    changes = {"own_name": own.replace(written, other, 1)}
    if rng.random() < 0.3:
        changes = {"own_name": others, "other_names": own}
    if rng.random() < 0.4:
        changes["born_year"] = details.born_year + rng.choice((-1, 1))
    return replace(details, **changes)


@pytest.fixture
def crowd(lines):
    """2,000 people with names of the country, in four sectors."""
    names = resource.toml("practice", "names.toml")
    own = sorted({*names["women"].split(), *names["men"].split()})
    both = names["women_other"] + names["men_other"]
    given = sorted(set(filter(None, re.split(r"[;\n]", both))))
    rng = random.Random(7)
    people = [
        replace(
            line, place=("Musanze", sector, "Cell", f"Village {rng.randint(1, 20)}")
        )
        for sector in ("Muhoza", "Cyuve", "Kinigi", "Gacaca")
        for line in lines(500, sector)
    ]
    return [
        replace(
            line,
            row=row,
            details=replace(
                line.details,
                own_name=rng.choice(own),
                other_names=rng.choice(given),
                born_year=rng.randint(1950, 2008),
            ),
        )
        for row, line in enumerate(people)
    ]


def test_those_registered_twice_are_found_among_many(office, crowd):
    """200 of 2,000 people are typed a second time: most are found, and hardly anybody else with them."""
    rng = random.Random(3)
    people = office.do(entered, crowd)
    twice = {}
    for person_id, line in rng.sample(sorted(people.items()), 200):
        again = replace(line, details=misspelled(rng, line.details))
        for new_id in office.do(entered, [again]):
            twice[pair(person_id, new_id)] = again
    found = office.ask(queries.alike_pairs)
    probable = {
        pair(each.one.id, each.other.id)
        for each in found.pairs
        if each.one.probability >= PROBABLE
    }
    assert len(probable & twice.keys()) >= 0.95 * len(twice)
    assert len(probable - twice.keys()) <= 0.05 * len(twice)


def entered(tx, lines):
    """People of an import without its check for the same person; their lines by id."""
    places = Places(tx)
    add = partial(add_place, tx)
    people = [
        participants.Entered(line.details, line.consent, *places.settle(line, add))
        for line in lines
    ]
    ids = [person_id for person_id, _number in participants._enter(tx, people)]
    return dict(zip(ids, lines, strict=True))


vars(entered).update(
    permission=Permission.IMPORT, name="entered", done="Entered people"
)


@pytest.mark.parametrize(("signs", "meets"), [(5, False), (6, True), (16, True)])
def test_a_card_is_looked_for_from_its_sixth_sign(office, cyanya, signs, meets):
    number = "1199070012345678"
    known = PersonDetails(
        "UWERA", "Marie", "F", cyanya, born_year=1990, id_kind="national ID", id_number=number
    )  # fmt: skip
    office.do(participants.register, known)
    from cbs_desktop.duplicates import candidates

    typed = PersonDetails("KAMANZI", "Jean", "M", None, id_number=number[:signs])
    with office._reads() as link:
        reading = office._reading(link)
        wanted = candidates.traits_of(typed, "")
        found = candidates.candidates(reading, wanted, None)
    assert bool(found) is meets
