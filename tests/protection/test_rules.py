"""Risk, clocks and faults of a loss."""

from datetime import UTC, date, datetime, timedelta

import pytest

from cbs_desktop.protection.problems import say_held, say_left
from cbs_desktop.protection.rules import (
    KINDS,
    TELL,
    HeldData,
    Loss,
    loss_faults,
    measures,
    reasons,
    time_left,
)

NOTICED = datetime(2026, 3, 9, 8, 0, tzinfo=UTC)
WHOLE = HeldData(people=120, sheets=80, copies=1)


def loss(kind, **more):
    return Loss(kind, NOTICED, **more)


@pytest.mark.parametrize(
    ("lost", "held", "why"),
    [
        (loss("laptop"), WHOLE, ()),
        (loss("laptop", was_open=True), WHOLE, ("open",)),
        (loss("laptop", was_open=True), HeldData(), ()),
        (loss("laptop"), HeldData(5, 0, 1, 0, 1), ("unchecked",)),
        (loss("stick", stick=1), WHOLE, ()),
        (loss("stick", stick=1), HeldData(120, 80, 3, 9), ("plain",)),
        (loss("paper"), HeldData(plain=12), ("plain",)),
        (loss("paper"), HeldData(), ()),
        (loss("recipient"), HeldData(plain=1), ("plain",)),
        (loss("password"), WHOLE, ("password",)),
        (loss("changed"), WHOLE, ("changed",)),
    ],
)
def test_when_the_risk_is_high(lost, held, why):
    assert reasons(lost, held) == why


@pytest.mark.parametrize("kind", KINDS)
def test_people_are_told_when_the_risk_is_high(kind):
    assert measures(kind, True)[-1] == TELL and TELL not in measures(kind, False)


@pytest.mark.parametrize(
    ("after", "share", "said"),
    [
        (timedelta(), 0.0, "48 h 0 min left"),
        (timedelta(hours=12), 0.25, "36 h 0 min left"),
        (timedelta(hours=47, minutes=30), 0.99, "30 min left"),
        (timedelta(hours=48), 1.0, "0 min left"),
        (timedelta(hours=49, minutes=5), 1.0, "1 h 5 min late"),
        (timedelta(hours=-1), 0.0, "49 h 0 min left"),
    ],
)
def test_the_clock(after, share, said):
    time = time_left(NOTICED, 48, NOTICED + after)
    assert time.share == pytest.approx(share, abs=0.01) and say_left(time) == said


@pytest.mark.parametrize(
    ("lost", "field"),
    [
        (loss("lorry"), "kind"),
        (Loss("laptop", NOTICED + timedelta(minutes=1)), "noticed"),
        (loss("laptop", happened=date(2026, 3, 10)), "happened"),
        (loss("stick"), "stick"),
        (loss("laptop", where="x" * 301), "where"),
    ],
)
def test_what_cannot_be_is_said(lost, field):
    assert [fault.field for fault in loss_faults(lost, NOTICED)] == [field]


def test_what_a_finder_could_read_is_said_plainly():
    said = say_held(loss("stick", stick=1), HeldData(120, 80, 3, 9, 1))
    assert "3 copies of the office, the fullest with 120 people and 80 questionnaires" in said  # fmt: skip
    assert "encrypted" in said and "key file lies beside it" in said
    assert "Anybody can read what names 9 people" in said and "1 account has" in said
    assert say_held(loss("paper"), HeldData()).startswith("Nothing that names people")
