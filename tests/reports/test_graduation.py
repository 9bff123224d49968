"""The practice season gives exactly the published figures, and earns them."""

import pytest

from cbs_desktop.overview import queries as overview
from cbs_desktop.reports import graduation_words, queries

PUBLISHED = {
    "Musanze": (178, 46),
    "Nyabihu": (147, 0),
    "Ngoma": (135, 45),
    "Nyagatare": (186, 40),
    "Nyamagabe": (190, 42),
}


def test_the_published_margins(practice):
    found = practice.ask(queries.graduation)
    total = found.total
    assert (
        total.total,
        total.women,
        total.men,
        total.youth,
        total.adults,
        total.unknown,
    ) == (
        836,
        489,
        347,
        327,
        509,
        0,
    )
    assert (
        total.community,
        total.facility,
        total.facility_women,
        total.facility_men,
    ) == (663, 173, 119, 54)
    assert (found.community_groups, found.facility_groups) == (50, 12)
    assert {
        line.district: (line.total, line.facility) for line in found.lines
    } == PUBLISHED
    assert all(check.fits for check in found.checks)


def test_many_did_not_graduate_and_are_where_they_should_be(practice):
    states = practice.ask(overview.by_state)
    assert states["graduated"] == 836
    assert sum(states.values()) - 836 >= 120
    assert all(
        states[state] > 0
        for state in (
            "new",
            "to decide",
            "in group",
            "waiting",
            "refer",
            "other",
            "left",
        )
    )


@pytest.mark.parametrize(
    ("where", "count"),
    [
        ({}, 836),
        ({"sex": "F", "setting": "facility"}, 119),
        ({"district": "Ngoma"}, 135),
        ({"band": "youth", "district": "Nyagatare"}, 97),
    ],
)
def test_every_number_opens_its_people(practice, where, count):
    people = practice.ask(queries.graduates, None, **where)
    assert len(people) == count == len({one.person_id for one in people})


def test_home_tells_what_there_is_to_do(practice):
    found = practice.ask(overview.today)
    assert [todo.code for todo in found.todos] == [
        "safety cards",
        "to decide",
        "second entries",
        "to compare",
        "to screen",
        "to print",
        "next round",
    ]
    assert found.over
    assert (found.progress.sessions, found.progress.held, found.certificates) == (
        930,
        930,
        836,
    )


def test_the_season_is_in_order_when_checked(practice):
    assert practice.check().well is True


def test_the_json_of_the_report_holds_every_figure(practice):
    document = graduation_words.as_document(practice.ask(queries.graduation))
    assert document["total"]["total"] == 836 and document["groups"] == {
        "community": 50,
        "facility": 12,
    }
    assert sum(line["women"] for line in document["districts"]) == 489


def test_the_roster_pages_through_all_and_filters(practice):
    first = practice.ask(overview.roster)
    assert (first.count, len(first.rows), first.by_name) == (964, 60, False)
    last = practice.ask(overview.roster, "", "", None, 930)
    assert len(last.rows) == 34 and {row.id for row in last.rows}.isdisjoint(
        row.id for row in first.rows
    )
    waiting = practice.ask(overview.roster, "", "waiting")
    assert (
        waiting.count == 22
        and {row.state for row in waiting.rows} == {"waiting"}
        and waiting.by_name
    )
    names = [row.name for row in waiting.rows]
    assert names == sorted(names)


def test_a_persons_way_is_told_in_order(practice):
    person = practice.ask(queries.graduates)[0].person_id
    record = practice.ask(overview.record, person)
    assert [event.code for event in record.events] == [
        "consent",
        "registered",
        "screened",
        "decided",
        "joined",
        "screened",
        "certified",
    ]
    assert record.completion.state == "complete"
    assert practice.ask(overview.history, person)[0].done == "Issued 836 certificates"
