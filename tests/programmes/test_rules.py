"""A programme file is checked before an office works by it."""

from dataclasses import replace
from datetime import date

import pytest

from cbs_desktop import resource
from cbs_desktop.programmes import rules
from cbs_desktop.programmes.rules import RoundPlan

FILE = resource.toml("programmes", "sociotherapy.toml")
RULES = rules.from_file(FILE)


def test_sociotherapy_as_it_ships():
    assert (
        RULES.sessions,
        RULES.size_least,
        RULES.size_target,
        RULES.size_most,
        RULES.complete_at,
    ) == (
        15,
        10,
        12,
        15,
        12,
    )
    assert [name for name, _ in RULES.phases] == [
        "Safety",
        "Trust",
        "Care",
        "Respect",
        "New life orientation",
        "Memory",
    ]


def test_every_session_has_its_phase():
    planned = [RULES.phase_of(number) for number in range(1, 16)]
    assert [planned.count(name) for name, _ in RULES.phases] == [
        length for _, length in RULES.phases
    ]
    assert planned[0] == "Safety" and planned[-1] == "Memory"


@pytest.mark.parametrize(
    ("years", "band"),
    [(15, "adult"), (16, "youth"), (30, "youth"), (31, "adult"), (None, "unknown")],
)
def test_bands(years, band):
    assert RULES.band(years) == band


def test_a_session_beyond_the_plan_is_of_the_last_phase():
    assert RULES.phase_of(16) == "Memory"


def wrong_in(**change):
    return [fault.field for fault in rules.rule_faults(replace(RULES, **change))]


# The figure, the least and the most that fit beside the others as they ship.
BORDERS = [
    ("size_least", 8, 12),
    ("size_target", 10, 15),
    ("size_most", 12, 16),
    ("size_stop", 15, 40),
    ("pool_least", 2, 10),
    ("complete_at", 3, 15),
    ("near_miss", 0, 11),
    ("join_until", 1, 15),
    ("every_days", 1, 60),
    ("youth_from", 10, 30),
    ("youth_to", 16, 40),
]


@pytest.mark.parametrize(("figure", "least", "most"), BORDERS)
def test_figures_fit_between_their_borders_and_not_beyond(figure, least, most):
    assert wrong_in(**{figure: least}) == wrong_in(**{figure: most}) == []
    assert wrong_in(**{figure: least - 1}) != []
    assert wrong_in(**{figure: most + 1}) != []


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"complete_at": 16}, "complete_at"),
        ({"complete_at": 0, "near_miss": -1}, "complete_at"),
        ({"sessions": 14}, "sessions"),
        ({"size_least": 13}, "size_target"),
        ({"size_least": 0}, "pool_least"),
        ({"near_miss": 12}, "near_miss"),
        ({"youth_to": 10}, "youth_to"),
    ],
)
def test_figures_that_contradict_each_other_are_named(change, field):
    assert field in wrong_in(**change)


@pytest.mark.parametrize("count", [1, 60])
def test_a_programme_has_one_to_sixty_sessions(count):
    def planned(sessions):
        phases = (("Safety", sessions),)
        return wrong_in(
            sessions=sessions,
            phases=phases,
            complete_at=sessions,
            near_miss=0,
            join_until=sessions,
        )

    assert planned(count) == []
    assert "sessions" in planned(0)
    assert planned(61) == ["sessions"]


@pytest.mark.parametrize("change", [{"sessions": None}, {"surprise": 1}])
def test_a_file_with_a_missing_or_an_unknown_key_is_refused(change):
    content = {**FILE, **change}
    content = {key: value for key, value in content.items() if value is not None}
    with pytest.raises(ValueError, match=next(iter(change))):
        rules.from_file(content)


def test_a_file_with_an_impossible_figure_is_refused_by_its_name():
    with pytest.raises(ValueError, match="complete_at"):
        rules.from_file({**FILE, "complete_at": 16})


def test_targets_by_sex_and_by_age_must_agree():
    plan = RoundPlan("2026A", date(2026, 1, 1), date(2026, 6, 1), 10, 10, 12, 9)
    assert [fault.kind for fault in rules.round_faults(plan)] == ["targets differ"]
    assert rules.round_faults(replace(plan, target_adults=8)) == []
    assert [
        f.field
        for f in rules.round_faults(
            replace(plan, target_adults=8, ends=date(2025, 1, 1))
        )
    ] == ["ends"]


PLAN = RoundPlan("2026A", date(2026, 1, 1), date(2026, 6, 1))


def test_a_round_lasts_a_day_at_least():
    assert rules.round_faults(replace(PLAN, ends=date(2026, 1, 2))) == []
    (fault,) = rules.round_faults(replace(PLAN, ends=PLAN.starts))
    assert (fault.field, fault.kind) == ("ends", "before start")


@pytest.mark.parametrize("day", ["starts", "ends"])
def test_a_round_without_a_day_is_told_only_that(day):
    (fault,) = rules.round_faults(replace(PLAN, **{day: None}))
    assert fault.field == day


@pytest.mark.parametrize(
    "target", ["target_women", "target_men", "target_youth", "target_adults"]
)
def test_a_target_is_a_count_of_people(target):
    assert rules.round_faults(replace(PLAN, **{target: 100_000})) == []
    for wrong in (-1, 100_001, "ten", None):
        (fault,) = rules.round_faults(replace(PLAN, **{target: wrong}))
        assert (fault.field, fault.kind) == (target, "not a number")


def test_the_name_of_a_round_is_short():
    assert rules.round_faults(replace(PLAN, name="R" * 20)) == []
    assert [f.field for f in rules.round_faults(replace(PLAN, name="R" * 21))] == [
        "name"
    ]
    assert [f.field for f in rules.round_faults(replace(PLAN, name=""))] == ["name"]


def test_targets_of_one_kind_are_enough():
    assert rules.round_faults(replace(PLAN, target_women=10)) == []
    assert rules.round_faults(replace(PLAN, target_youth=10)) == []
