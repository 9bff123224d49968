"""Facilitators in a real office: registered, changed, set inactive, and never given to a group while inactive."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cbs_desktop.errors import Invalid, Missing
from cbs_desktop.facilitators import actions, queries, rules
from cbs_desktop.facilitators.rules import FacilitatorDetails
from cbs_desktop.groups import eligible
from cbs_desktop.groups import queries as group_queries
from cbs_desktop.groups.allocation import solver
from cbs_desktop.groups.proposals import proposing


@pytest.fixture
def rose(musanze):
    return FacilitatorDetails("MUKARUTABANA", "Rose", "F", "0788 000 001", musanze)


def test_registered_changed_and_taken_back(office, rose):
    one = office.do(actions.register_facilitator, rose)
    assert office.last_change.done == "Registered the facilitator MUKARUTABANA Rose"
    office.do(actions.change_facilitator, one, replace(rose, level="intermediate"))
    (row,) = office.ask(queries.facilitators)
    assert (row.id, row.name, row.place, row.details.level) == (
        one,
        "MUKARUTABANA Rose",
        "Musanze",
        "intermediate",
    )
    office.undo()
    assert office.ask(queries.facilitators)[0].details == rose
    office.undo()
    assert office.ask(queries.facilitators) == []


@pytest.mark.parametrize(
    ("field", "value", "kind"),
    [
        ("own_name", "  ", "needed"),
        ("sex", "", "needed"),
        ("sex", "X", "not a choice"),
        ("phone", "12", "not a phone"),
        ("place_id", None, "needed"),
        ("place_id", "Musanze", "not a choice"),
        ("level", "master", "not a choice"),
        ("other_names", "A" * 81, "too long"),
        ("person_id", "KEZA", "not a choice"),
        ("since", date(2026, 3, 3), "in the future"),
    ],
)
def test_what_is_wrong_is_named_by_field(office, rose, field, value, kind):
    with pytest.raises(Invalid) as raised:
        office.do(actions.register_facilitator, replace(rose, **{field: value}))
    assert [(fault.field, fault.kind) for fault in raised.value.faults] == [
        (field, kind)
    ]
    assert office.ask(queries.facilitators) == []


def test_all_that_is_wrong_is_told_at_once(office):
    wrong = FacilitatorDetails("", "A" * 81, "", "12", None, level="master")
    with pytest.raises(Invalid) as raised:
        office.do(actions.register_facilitator, wrong)
    fields = [fault.field for fault in raised.value.faults]
    assert sorted(fields) == sorted(
        ["own_name", "other_names", "phone", "sex", "place_id", "level"]
    )


def test_facilitators_are_listed_by_name_and_active_unless_said(office, rose):
    for own, other in (("NKUSI", "Jean"), ("KEZA", "Marie"), ("KEZA", "Alice")):
        one = replace(rose, own_name=own, other_names=other)
        office.do(actions.register_facilitator, one)
    found = office.ask(queries.facilitators)
    assert [one.name for one in found] == ["KEZA Alice", "KEZA Marie", "NKUSI Jean"]
    assert all(one.details.active and one.person == "" for one in found)
    first, second, _third = found
    office.do(actions.change_facilitator, first.id, replace(first.details, sex="M"))
    assert office.ask(queries.facilitators)[1:] == [second, found[2]]


def test_somebody_who_is_not_there_cannot_be_changed(office, rose):
    with pytest.raises(Missing):
        office.do(actions.change_facilitator, 1, rose)


def test_names_are_composed_and_tidied(office, rose):
    office.do(
        actions.register_facilitator,
        replace(rose, other_names="  Re\u0301gine   Alice "),
    )
    assert (
        office.ask(queries.facilitators)[0].details.other_names == "R\u00e9gine Alice"
    )


def test_an_inactive_facilitator_gets_no_group_and_the_load_is_counted(
    office, rose, round_id, screened
):
    from random import Random

    one = office.do(actions.register_facilitator, rose)
    away = office.do(
        actions.register_facilitator,
        replace(rose, own_name="NKUSI", sex="M", active=False),
    )
    screened(26)
    problem = office.ask(eligible.instance, round_id)
    proposal = office.do(
        proposing.propose, round_id, problem, solver.solve(problem, Random(1)), 1
    )
    office.do(proposing.accept, proposal, 1, date(2026, 3, 9))
    assert office.ask(group_queries.workload, round_id) == {one: 2}
    assert away not in office.ask(group_queries.workload, round_id)


@given(st.text(max_size=90), st.text(max_size=90), st.text(max_size=20))
def test_any_typing_gives_faults_and_never_a_crash(own_name, other_names, phone):
    faults = rules.facilitator_faults(
        FacilitatorDetails(own_name, other_names, "F", phone, 1), date(2026, 3, 2)
    )
    assert all(fault.field in ("own_name", "other_names", "phone") for fault in faults)
    assert own_name or "own_name" in {fault.field for fault in faults}


def test_a_place_that_is_not_there_is_said_in_words(office):
    with pytest.raises(Missing):
        office.do(
            actions.register_facilitator,
            FacilitatorDetails("UWERA", "", "F", "", 12345),
        )
