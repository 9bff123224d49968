"""Outcomes: the published baseline to the printed digit, plain definitions, small numbers withheld."""

import io
import json
from datetime import date
from decimal import Decimal
from math import sqrt
from random import Random
from types import SimpleNamespace

import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from cbs_desktop.errors import Invalid, Refused
from cbs_desktop.groups import eligible
from cbs_desktop.groups import queries as group_queries
from cbs_desktop.groups.allocation import solver
from cbs_desktop.groups.proposals import proposing
from cbs_desktop.participants import actions as participants
from cbs_desktop.participants import queries as people
from cbs_desktop.reports import documents, outcome_words
from cbs_desktop.reports import queries as reports
from cbs_desktop.screening import actions as screening
from cbs_desktop.screening import change, results
from cbs_desktop.screening.actions import Answers, Decided
from cbs_desktop.screening.change import ScorePair
from cbs_desktop.screening.instrument_store import instrument

SRQ = instrument("srq20")
TOTAL = SRQ.scores[0]
PLAIN = [n for n in range(1, 21) if n != 17]


def sheet(total):
    """An SRQ-20 sheet with a total up to 19, the risk question not answered."""
    return {n: int(n in PLAIN[:total]) for n in range(1, 21)}


def sample(n, mean, sd, draw):
    """n whole totals from 0 to 19 whose mean and sample SD are these to two decimals."""
    wanted = round(mean * n)
    values = [min(19, max(0, round(draw.gauss(mean, sd)))) for _ in range(n)]
    for _ in range(200_000):
        if sum(values) != wanted:
            i = draw.randrange(n)
            step = 1 if sum(values) < wanted else -1
            values[i] = min(19, max(0, values[i] + step))
            continue
        now = sqrt(sum((v - wanted / n) ** 2 for v in values) / (n - 1))
        if round(now, 2) == sd:
            return values
        i, j = draw.sample(range(n), 2)
        low, high = sorted((i, j), key=lambda k: values[k])
        apart = 1 if now < sd else -1  # the mean stays, the spread grows or shrinks
        if 0 <= values[low] - apart <= 19 and 0 <= values[high] + apart <= 19:
            values[low], values[high] = values[low] - apart, values[high] + apart
    raise AssertionError("no such sample")


def falling(before, count, fall, draw):
    """Totals of the first `count` people later on, fallen by this on average to one decimal."""
    after = list(before[:count])
    for _ in range(round(fall * count)):
        i = draw.choice([k for k, value in enumerate(after) if value > 0])
        after[i] -= 1
    return after


# Scholte et al. 2011: n = 100 and 100 before, 81 and 73 after; means (SD) 8.41 (5.05) and 8.26 (4.83); mean falls 2.3, 0.8
TREATED = (100, 8.41, 5.05, 81, 2.3)
CONTROL = (100, 8.26, 4.83, 73, 0.8)


@pytest.fixture
def published(office, round_id, lines, today, calendar):
    """Two hundred people as published: a hundred in groups, a hundred without."""
    draw = Random(2011)
    office.do(participants.import_people, lines(200))
    ids = [i for _number, i in sorted(office.ask(people.numbers).items())]
    later = []
    for mine, (n, mean, sd, count, fall) in (
        (ids[:100], TREATED),
        (ids[100:], CONTROL),
    ):
        before = sample(n, mean, sd, draw)
        office.do(
            screening.record_many,
            round_id,
            [Answers(i, today, sheet(t)) for i, t in zip(mine, before, strict=True)],
        )
        after = falling(before, count, fall, draw)
        later += [
            Answers(i, date(2026, 7, 1), sheet(t), occasion="endline")
            for i, t in zip(mine, after, strict=False)
        ]
    office.do(
        screening.decide_many,
        round_id,
        [Decided(i, "sociotherapy", "adult", "trial") for i in ids[:100]],
    )
    problem = office.ask(eligible.instance, round_id)
    proposal = office.do(
        proposing.propose, round_id, problem, solver.solve(problem, Random(1)), 1
    )
    office.do(proposing.accept, proposal, 1, date(2026, 3, 9))
    calendar.day = date(2026, 7, 1)
    office.do(screening.record_many, round_id, later)
    return office


def test_the_published_baseline_to_the_printed_digit(published):
    found = published.ask(reports.outcomes)
    rows = {
        row.kind: outcome_words.cells(row)
        for row in found.rows
        if row.kind in ("all", "without")
    }
    assert rows["all"][1:3] == ("100", "8.41 (5.05)") and rows["without"][1:3] == (
        "100",
        "8.26 (4.83)",
    )
    assert rows["all"][3] == "81" and rows["without"][3] == "73"
    assert rows["all"][5:8] == ("81", "−2.3", "0.455") and rows["without"][5:7] == (
        "73",
        "−0.8",
    )
    document = json.loads(json.dumps(outcome_words.document(found), default=str))
    assert document["rows"][0]["printed"]["Mean (SD) before"] == "8.41 (5.05)"
    office = SimpleNamespace(title="Musanze office", practice=False, journal_code="")
    report = outcome_words.report(office, found)
    pages = pypdfium2.PdfDocument(documents.pdf(report))
    text = " ".join(
        "".join(page.get_textpage().get_text_range() for page in pages).split()
    )
    for figure in (
        "8.41 (5.05)",
        "8.26 (4.83)",
        "−2.3",
        "−0.8",
        "0.455",
        "5.42",
        "6.10",
    ):
        assert figure in text
    sheet_ = (
        CalamineWorkbook.from_filelike(io.BytesIO(documents.xlsx(report)))
        .get_sheet_by_index(0)
        .to_python()
    )
    assert any("8.41 (5.05)" in row for row in sheet_) and any(
        "8.26 (4.83)" in row for row in sheet_
    )


def test_cut_offs_are_those_of_each_sex(published):
    found = published.ask(reports.outcomes)
    rows = {row.kind: row.summary for row in found.rows if row.kind in ("women", "men")}
    sheets = [
        one for one in published.ask(_all_measured) if one.occasion == "screening"
    ]
    inside = set(_inside(published))
    for kind, sex, least in (("women", "F", 10), ("men", "M", 8)):
        mine = [
            one.value for one in sheets if one.sex == sex and one.person_id in inside
        ]
        assert rows[kind].before.reached == sum(
            value >= least for value in mine
        ) and rows[kind].before.of == len(mine)
    assert any(
        "≥ 10" in note and "Women" in note for note in outcome_words.notes(found)
    )


def _inside(office):
    return [
        m.person_id
        for g in office.ask(group_queries.groups)
        for m in office.ask(group_queries.group, g.id).members
    ]


def _all_measured(reading):
    from cbs_desktop.programmes.queries import round_of

    return list(results.measured(reading, round_of(reading).id, "srq20"))


_all_measured.permission = results.found.permission
_all_measured.name = "test.measured"


def test_the_index_of_the_instrument_file():
    assert [
        round(change.index(change.rule_for(SRQ, TOTAL, sex)), 2) for sex in "FM"
    ] == [5.42, 6.1]


@pytest.mark.parametrize(
    ("sex", "fall", "told"),
    [
        ("F", 5, "same"),
        ("F", 6, "better"),
        ("M", 6, "same"),
        ("M", 7, "better"),
        ("F", -6, "worse"),
    ],
)
def test_what_is_more_than_chance(sex, fall, told):
    rule = change.rule_for(SRQ, TOTAL, sex)
    assert change.verdict(rule, TOTAL, Decimal(12), Decimal(12 - fall)) == told


def test_higher_is_better_turns_the_verdict():
    who5 = instrument("who5")
    rule = change.rule_for(who5, who5.scores[0], "F")
    assert change.verdict(rule, who5.scores[0], Decimal(40), Decimal(50)) == "better"
    assert change.verdict(rule, who5.scores[0], Decimal(50), Decimal(40)) == "worse"
    assert change.verdict(rule, who5.scores[0], Decimal(50), Decimal(44)) == "same"


scores = st.one_of(st.none(), st.integers(0, 20).map(Decimal))


@given(
    st.lists(st.tuples(st.sampled_from("FM"), scores, scores), min_size=1, max_size=40)
)
def test_a_summary_is_what_its_definitions_say(drawn):
    found = change.summary(
        SRQ, TOTAL, [ScorePair(i, *one) for i, one in enumerate(drawn)]
    )
    before = [float(b) for _s, b, _a in drawn if b is not None]
    both = [
        (s, float(b), float(a)) for s, b, a in drawn if b is not None and a is not None
    ]
    assert (found.before.n, found.after.n, found.pairs) == (
        len(before),
        sum(a is not None for *_x, a in drawn),
        len(both),
    )
    if before:
        assert found.before.mean == pytest.approx(sum(before) / len(before))
    if len(before) > 1:
        mean = sum(before) / len(before)
        assert found.before.sd == pytest.approx(
            sqrt(sum((v - mean) ** 2 for v in before) / (len(before) - 1))
        )
    assert found.better + found.worse + found.same == len(both)
    assert found.better == sum(
        b - a > {"F": 5.4207, "M": 6.1009}[s] for s, b, a in both
    )
    if both and found.before.sd:
        assert found.effect == pytest.approx(
            sum(b - a for _s, b, a in both) / len(both) / found.before.sd
        )


def test_the_cut_off_is_told_of_those_who_have_one_both_times():
    twelve, four = Decimal(12), Decimal(4)
    known = [(True, False), (True, True), (None, False), (True, None), (None, None)]
    drawn = [
        ScorePair(i, "F", twelve, four, first, last)
        for i, (first, last) in enumerate(known)
    ]
    found = change.summary(SRQ, TOTAL, drawn)
    assert found.reached == (2, 1, 2)
    assert (found.before.reached, found.before.of) == (3, 3)
    assert (found.after.reached, found.after.of) == (1, 3)


def test_twenty_pairs_are_enough_to_read_a_mean():
    drawn = [ScorePair(i, "F", Decimal(12), Decimal(4)) for i in range(change.SMALL)]
    assert change.SMALL == 20
    assert not change.summary(SRQ, TOTAL, drawn).small
    assert change.summary(SRQ, TOTAL, drawn[1:]).small


def few(office, round_id, lines, today, calendar, count):
    office.do(participants.import_people, lines(count))
    ids = list(office.ask(people.numbers).values())
    office.do(
        screening.record_many, round_id, [Answers(i, today, sheet(12)) for i in ids]
    )
    calendar.day = date(2026, 7, 1)
    office.do(
        screening.record_many,
        round_id,
        [Answers(i, calendar.day, sheet(4), occasion="endline") for i in ids],
    )
    return office.ask(reports.outcomes)


@pytest.mark.parametrize(("count", "withheld"), [(4, True), (5, False)])
def test_fewer_than_five_pairs_are_withheld(
    office, round_id, lines, today, calendar, count, withheld
):
    found = few(office, round_id, lines, today, calendar, count)
    (row,) = found.rows
    printed = outcome_words.cells(row)
    assert (row.withheld, "fewer than 5 pairs" in printed) == (withheld, withheld)
    assert (
        (printed[6] == "−8.0") is not withheld and "12.00" not in "".join(printed)
    ) or not withheld
    assert (
        any("Fewer than 20" in note for note in outcome_words.notes(found))
        is not withheld
    )
    assert (
        outcome_words.document(found)["rows"][0]["figures"] is None
        if withheld
        else True
    )


def test_the_last_sheet_of_an_occasion_counts(office, round_id, lines, today, calendar):
    few(office, round_id, lines, today, calendar, 5)
    person = next(iter(office.ask(people.numbers).values()))
    office.do(
        screening.record,
        round_id,
        Answers(person, calendar.day, sheet(14), occasion="endline"),
    )
    assert office.ask(reports.outcomes).rows[0].summary.after.mean == pytest.approx(
        (4 * 4 + 14) / 5
    )


def test_only_for_those_who_hold_the_key(sign_in):
    with pytest.raises(Refused):
        sign_in("clerk").ask(reports.outcomes)


@pytest.mark.parametrize(
    ("key", "before", "after"),
    [
        ("needs", "screening", "endline"),
        ("srq20", "endline", "endline"),
        ("x", "screening", "midline"),
    ],
)
def test_what_cannot_be_compared_is_refused(office, round_id, key, before, after):
    with pytest.raises(Invalid):
        office.ask(reports.outcomes, round_id, key, before, after)


@pytest.mark.parametrize(
    ("value", "decimals", "shown"),
    [
        (8.405, 2, "8.41"),
        (2.25, 1, "2.3"),
        (-0.8, 1, "-0.8"),
        (None, 2, "–"),
        (0.4549, 3, "0.455"),
    ],
)
def test_figures_are_rounded_as_people_round(value, decimals, shown):
    assert outcome_words.figure(value, decimals) == shown
