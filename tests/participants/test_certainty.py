"""How sure an age is: the day, the year, or an estimate of a year, told on the person's page."""

from dataclasses import replace
from datetime import date

import pytest

from cbs_desktop.duplicates import actions as duplicates
from cbs_desktop.overview import queries as overview
from cbs_desktop.participants import actions
from cbs_desktop.participants.rules import PersonDetails
from ui.participants.roles import age_words


@pytest.fixture
def told(office):
    return lambda person: age_words(office.ask(overview.record, person))


@pytest.fixture
def keza(musanze):
    return PersonDetails("KEZA", "", "F", musanze)


@pytest.mark.parametrize(
    ("birth", "words"),
    [
        ({}, "age not known"),
        ({"born_on": date(1980, 3, 3)}, "45 years"),
        ({"born_year": 1980}, "45 or 46 years, only the year of birth is known"),
        ({"born_year": 1981, "age_estimated": True}, "about 45, estimated in 2026"),
    ],
)
def test_an_age_is_told_with_its_certainty(office, told, keza, birth, words):
    assert told(office.do(actions.register, replace(keza, **birth))) == words


def test_an_estimate_grows_old_and_a_new_one_has_its_own_year(
    office, told, keza, calendar
):
    estimate = replace(keza, born_year=1981, age_estimated=True)
    person = office.do(actions.register, estimate)
    calendar.day = date(2028, 3, 2)
    office.do(actions.change, person, replace(estimate, other_names="Aline"))
    assert told(person) == "about 47, estimated in 2026"
    office.do(actions.change, person, replace(estimate, born_year=1978))
    assert told(person) == "about 50, estimated in 2028"
    office.do(actions.change, person, replace(estimate, age_estimated=False))
    assert told(person) == "46 or 47 years, only the year of birth is known"
    office.undo()
    assert told(person) == "about 50, estimated in 2028"


def test_an_imported_age_is_an_estimate_of_the_day(office, told, lines):
    from cbs_desktop.participants import queries as people

    office.do(actions.import_people, lines(1))
    (person,) = office.ask(people.numbers).values()
    assert told(person) == "about 20, estimated in 2026"


def test_a_merge_keeps_the_year_of_the_estimate_that_stays(
    office, told, keza, calendar
):
    estimate = replace(keza, born_year=1981, age_estimated=True)
    gone = office.do(actions.register, estimate)
    calendar.day = date(2028, 3, 2)
    kept = office.do(actions.register, keza)
    office.do(duplicates.merge, kept, gone, estimate)
    assert told(kept) == "about 47, estimated in 2026"
