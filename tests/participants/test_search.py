"""Finding people by names as they are heard and written: the ways in which paper varies them are made here, by themselves."""

import random
import re
from dataclasses import replace

import pytest

from cbs_desktop import resource
from cbs_desktop.overview import queries as overview
from cbs_desktop.participants import actions
from cbs_desktop.participants.rules import PersonDetails

PEOPLE = 400
MISSPELLED = 1_000
VARIANTS = (
    ("l", "r"), ("r", "l"), ("cy", "c"), ("cy", "ky"), ("j", "g"), ("g", "j"), ("b", "v"), ("v", "b"),
    ("y", "i"), ("i", "y"), ("uw", "w"), ("w", "u"), ("n", "nn"), ("s", "ss"), ("a", "aa"), ("e", "é"), ("nk", "nc"),
)  # fmt: skip


def misspelled(rng, own, others):
    """A name with one or two letters as paper varies them, in either order and case."""
    words = [own.lower(), *others.lower().split()]
    for _time in range(rng.choice((1, 1, 2))):
        place = rng.randrange(len(words))
        fits = [pair for pair in VARIANTS if pair[0] in words[place][1:]]
        if fits:
            written, other = rng.choice(fits)
            words[place] = words[place][0] + words[place][1:].replace(written, other, 1)
    if rng.random() < 0.3:
        words.reverse()
    typed = " ".join(words)
    return typed.upper() if rng.random() < 0.3 else typed


@pytest.fixture
def alice(musanze):
    return PersonDetails("MUKAMANA", "Alice", "F", musanze)


@pytest.fixture
def registered(office, lines):
    """People with different names, by id."""
    names = resource.toml("practice", "names.toml")
    own = sorted({*names["women"].split(), *names["men"].split()})
    both = names["women_other"] + names["men_other"]
    given = sorted(set(filter(None, re.split(r"[;\n]", both))))
    rng = random.Random(7)
    pairs = rng.sample([(one, other) for one in own for other in given], PEOPLE)
    people = [
        replace(line, details=replace(line.details, own_name=one, other_names=other))
        for line, (one, other) in zip(lines(PEOPLE), pairs, strict=True)
    ]  # fmt: skip
    office.do(actions.import_people, people)
    return pairs


def test_misspelled_names_find_their_people_among_the_first_five(office, registered):
    rng = random.Random(11)
    missed = []
    for _time in range(MISSPELLED):
        own, others = rng.choice(registered)
        typed = misspelled(rng, own, others)
        found = [one.name for one in office.ask(overview.find_people, typed)]
        if f"{own} {others}" not in found[:5]:
            missed.append((typed, own, others))
    assert len(missed) <= 0.05 * MISSPELLED, missed[:20]


@pytest.mark.parametrize(
    ("own", "others", "typed"),
    [
        ("UWERA", "Chantal", "uwela"),
        ("UWERA", "Chantal", "uera"),
        ("MUKANDAYISENGA", "Alice", "mukandaisenga"),
        ("HABIMANA", "Jean Marie Vianney", "JMV"),
        ("HABIMANA", "Jean Marie Vianney", "J.M.V."),
        ("HABIMANA", "Jean Claude", "jeanclaude"),
        ("NTAWURUHUNGA", "Mariya", "NTAWULUHUNGA marie"),
        ("CYIZA", "Béatrice", "Kyiza beatrice"),
    ],
)
def test_the_ways_in_which_names_vary(office, alice, own, others, typed):
    office.do(actions.register, replace(alice, own_name=own, other_names=others))
    name = f"{own} {others}"
    assert [one.name for one in office.ask(overview.find_people, typed)] == [name]
    assert [row.name for row in office.ask(overview.roster, typed).rows] == [name]
