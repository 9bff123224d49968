"""The completion rule, with the traps of the denominator."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cbs_desktop import resource
from cbs_desktop.attendance import rules
from cbs_desktop.programmes.rules import from_file

PROGRAMME = from_file(resource.toml("programmes", "sociotherapy.toml"))
HELD = "held"
GONE = "cancelled"


def stand(marks, statuses=None, complete_at=12, near=2):
    letters = ["" if m == "." else m for m in marks]
    programme = replace(PROGRAMME, complete_at=complete_at, near_miss=near)
    return rules.completion(letters, statuses or [HELD] * len(letters), programme)


@pytest.mark.parametrize(
    ("marks", "state", "attended"),
    [
        ("P" * 12 + "AAA", "complete", 12),
        ("P" * 11 + "LAAA", "complete", 12),
        ("P" * 11 + "EAAA", "nearly", 11),
        ("P" * 10 + "AAAAA", "nearly", 10),
        ("P" * 9 + "AAAAAA", "not complete", 9),
        ("." * 15, "not complete", 0),
    ],
)
def test_twelve_of_fifteen(marks, state, attended):
    found = stand(marks)
    assert (found.state, found.attended, found.held, found.needed) == (
        state,
        attended,
        15,
        12,
    )


def test_excused_does_not_count_as_attended():
    assert stand("E" * 15).attended == 0


@pytest.mark.parametrize(
    ("cancelled", "needed"), [(0, 12), (1, 12), (2, 11), (5, 8), (15, 0)]
)
def test_cancelled_sessions_leave_the_same_share_to_reach_rounded_up(cancelled, needed):
    assert rules.needed(12, 15, cancelled) == needed


def test_somebody_who_must_not_miss_again_is_told_apart():
    statuses = [HELD] * 5 + [""] * 10
    assert stand("PPAAA" + "." * 10, statuses).state == "must not miss"
    assert stand("PPPAA" + "." * 10, statuses).state == "on the way"
    assert stand("PAAAA" + "." * 10, statuses).state == "nearly"
    assert stand("AAAAA" + "." * 10, statuses).short == 2


def test_sessions_before_joining_were_held_without_the_person():
    found = stand("––" + "P" * 13)
    assert (found.state, found.attended, found.held) == ("complete", 13, 15)


@pytest.mark.parametrize(
    ("marks", "count"),
    [("PAA", 2), ("AAP", 0), ("PAEA", 1), ("PA.", 1), ("AAA", 3), ("", 0)],
)
def test_absences_in_a_row(marks, count):
    letters = ["" if m == "." else m for m in marks]
    statuses = [HELD if m else "" for m in letters]
    assert rules.absent_in_a_row(letters, statuses, PROGRAMME.marks) == count


def test_a_member_is_expected_from_joining_until_leaving():
    joined = date(2026, 3, 1)
    left = date(2026, 4, 1)
    days = (date(2026, 2, 28), joined, date(2026, 3, 31), left)
    assert [rules.expected(joined, left, day) for day in days] == [
        False,
        True,
        True,
        False,
    ]


letters = st.sampled_from(["P", "L", "E", "A", ""])
sessions = st.lists(
    st.tuples(letters, st.sampled_from([HELD, GONE, "postponed", ""])),
    min_size=1,
    max_size=20,
)


@given(sessions, st.data())
def test_completion_never_contradicts_itself(pairs, data):
    marks, statuses = zip(*pairs, strict=True)
    complete_at = data.draw(st.integers(1, len(pairs)))
    found = stand(marks, statuses, complete_at)
    assert 0 <= found.attended <= found.held <= len(pairs)
    assert (found.state == "complete") == (found.attended >= found.needed)
    assert (found.state in ("on the way", "must not miss")) == (
        0 < found.needed - found.attended <= found.remaining
    )
    assert (found.short > 0) == (found.state in ("nearly", "not complete"))


@given(sessions)
def test_one_more_session_attended_never_makes_it_worse(pairs):
    order = ["not complete", "nearly", "must not miss", "on the way", "complete"]
    marks, statuses = (list(part) for part in zip(*pairs, strict=True))
    before = stand(marks, statuses, len(pairs))
    for i, status in enumerate(statuses):
        if status == HELD:
            better = [*marks[:i], "P", *marks[i + 1 :]]
            after = stand(better, statuses, len(pairs))
            assert order.index(after.state) >= order.index(before.state)
