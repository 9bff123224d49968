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


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"complete_at": 16}, "complete_at"),
        ({"sessions": 14}, "sessions"),
        ({"size_least": 13}, "size_target"),
        ({"near_miss": 12}, "near_miss"),
        ({"youth_to": 10}, "youth_to"),
    ],
)
def test_figures_that_contradict_each_other_are_named(change, field):
    assert field in {
        fault.field for fault in rules.rule_faults(replace(RULES, **change))
    }


@pytest.mark.parametrize("change", [{"sessions": None}, {"surprise": 1}])
def test_a_file_with_a_missing_or_an_unknown_key_is_refused(change):
    content = {**FILE, **change}
    content = {key: value for key, value in content.items() if value is not None}
    with pytest.raises(ValueError, match=next(iter(change))):
        rules.from_file(content)


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
