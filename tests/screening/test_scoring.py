"""Scores by hand and by property, for every questionnaire that is shipped (DOMAIN 2.4 and the definition of each score)."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cbs_desktop import resource
from cbs_desktop.screening import instrument_parser, scoring
from cbs_desktop.screening.instrument import rounded
from cbs_desktop.screening.instrument_store import instrument

KEYS = resource.names("instruments", ".toml")
ALL = {key: instrument(key) for key in KEYS}


def outcome(key, answers, sex="F", country="RW"):
    return scoring.outcome(ALL[key], answers, sex, country)


def filled(key, *some, rest=0):
    """A sheet with (number, value) pairs and the rest at one value."""
    return {item.number: rest for item in ALL[key].items} | dict(some)


def yes(total):
    """An SRQ-20 sheet with this total, question 17 not among them."""
    numbers = [n for n in range(1, 21) if n != 17]
    return {n: int(n in numbers[:total]) for n in range(1, 21)}


@pytest.mark.parametrize(
    ("total", "woman", "man"),
    [(7, False, False), (8, False, True), (9, False, True), (10, True, True)],
)
def test_srq20_has_its_cut_off_by_sex(total, woman, man):
    for sex, expected in (("F", woman), ("M", man)):
        first = outcome("srq20", yes(total), sex).first
        assert (first.value, first.held[0].reached) == (total, expected)
        assert (
            first.held[0].cutoff.operator == ">="
            and "Scholte" in first.held[0].cutoff.basis.source
        )


@pytest.mark.parametrize(
    ("raw", "score", "low"),
    [(12, 48, True), (13, 52, False), (0, 0, True), (25, 100, False)],
)
def test_who5_is_four_times_the_sum_and_higher_is_better(raw, score, low):
    values = [min(5, max(0, raw - 5 * i)) for i in range(5)]
    first = outcome("who5", dict(enumerate(values, 1))).first
    assert (
        first.value == score
        and {held.cutoff.basis.set: held.reached for held in first.held}["low"] is low
    )
    assert first.score.better == "higher"


def test_pcl5_by_total_and_by_rule():
    six = outcome(
        "pcl5", filled("pcl5", (1, 2), (6, 2), (8, 2), (9, 2), (17, 2), (18, 2))
    )
    assert six.first.value == 12 and six.rules[0].met is True
    assert {h.cutoff.value: h.reached for h in six.first.held} == {33: False, 23: False}
    mood = outcome("pcl5", filled("pcl5", *((n, 4) for n in range(8, 16)), (16, 1)))
    assert mood.first.value == 33 and mood.rules[0].met is False
    assert {h.cutoff.value: h.reached for h in mood.first.held} == {33: True, 23: True}
    assert [h.cutoff.value for h in mood.first.held] == [
        33,
        23,
    ]  # students are a special population: never first


def test_phq9_total_one_of_item_nine_is_minimal_and_a_risk():
    found = outcome("phq9", filled("phq9", (9, 1)))
    assert (
        found.first.value == 1
        and found.first.bands[0].word["en"] == "minimal"
        and found.risk == (9,)
    )


@pytest.mark.parametrize(
    ("key", "total", "band"),
    [("phq9", 4, "minimal"), ("phq9", 5, "mild"), ("phq9", 9, "mild"), ("phq9", 10, "moderate"), ("phq9", 14, "moderate"),
     ("phq9", 15, "moderately severe"), ("phq9", 19, "moderately severe"), ("phq9", 20, "severe"), ("phq9", 27, "severe"),
     ("gad7", 4, "minimal"), ("gad7", 5, "mild"), ("gad7", 9, "mild"), ("gad7", 10, "moderate"), ("gad7", 14, "moderate"),
     ("gad7", 15, "severe"), ("gad7", 21, "severe")],
)  # fmt: skip
def test_bands_at_their_edges(key, total, band):
    values = [min(3, max(0, total - 3 * i)) for i in range(len(ALL[key].items))]
    found = outcome(key, dict(enumerate(values, 1)))
    assert (found.first.value, found.first.bands[0].word["en"]) == (total, band)
    assert found.first.held[0].reached is (total >= 10)


@pytest.mark.parametrize(
    ("sum_", "mean", "by_mean", "by_sum"),
    [(12, "1.0", "low", "low"), (35, "2.9", "low", "low"), (36, "3.0", "moderate", "low"), (48, "4.0", "moderate", "low"),
     (49, "4.1", "moderate", "moderate"), (60, "5.0", "moderate", "moderate"), (61, "5.1", "high", "moderate"),
     (68, "5.7", "high", "moderate"), (69, "5.8", "high", "high"), (84, "7.0", "high", "high")],
)  # fmt: skip
def test_mspss_by_mean_and_by_sum(sum_, mean, by_mean, by_sum):
    values = [1 + min(6, max(0, sum_ - 12 - 6 * i)) for i in range(12)]
    found = outcome("mspss", dict(enumerate(values, 1)))
    first = found.scores[0]
    second = found.scores[1]
    assert (str(first.value), second.value) == (mean, sum_)
    assert first.bands[0].word["en"].startswith(by_mean)
    assert second.bands[0].word["en"].startswith(by_sum)
    assert first.bands[0].bands.counts and not second.bands[0].bands.counts


def test_mspss_has_its_three_sources():
    family = outcome("mspss", filled("mspss", *((n, 7) for n in (3, 4, 8, 11)), rest=1))
    assert {one.score.key: str(one.value) for one in family.scores} == {
        "mean": "3.0", "sum": "36", "family": "7.0", "friends": "1.0", "special": "1.0",
    }  # fmt: skip


def test_the_list_of_needs_has_no_score():
    found = outcome("needs", filled("needs", (2, 1), (9, 1), (16, 1)))
    assert (
        found.scores == ()
        and found.needs == ("land dispute", "livelihood", "safety")
        and found.risk == (16,)
    )


def test_srq5_keeps_the_numbers_of_the_form():
    found = outcome("srq5", {9: 1, 6: 1, 15: 0, 8: 0, 17: 1})
    assert found.first.value == 3 and found.risk == (17,) and found.reached is None
    assert "no such answer" in [
        f.kind for f in scoring.answer_faults(ALL["srq5"], {**found_answers(), 1: 1})
    ]


def found_answers():
    return dict.fromkeys((9, 6, 15, 8, 17), 0)


def by_hand(form, score, answers):
    """The definition of a score, written another way."""
    points = []
    for number in score.items:
        item = form.item(number)
        values = [value for value, _word in item.answers]
        points.append(
            max(values) + min(values) - answers[number]
            if item.reversed
            else answers[number]
        )
    if score.kind == "mean":
        return rounded(Fraction(sum(points), len(points)), score.decimals)
    low = sum(min(v for v, _w in form.item(n).answers) for n in score.items)
    high = sum(max(v for v, _w in form.item(n).answers) for n in score.items)
    if score.kind == "percent":
        return rounded(Fraction(100 * (sum(points) - low), high - low), score.decimals)
    return sum(points)


@pytest.mark.parametrize("key", KEYS)
def test_least_most_and_each_item_alone(key):
    form = ALL[key]
    least = {item.number: min(item.values) for item in form.items}
    most = {item.number: max(item.values) for item in form.items}
    for score, low, high in zip(
        form.scores, outcome(key, least).scores, outcome(key, most).scores, strict=True
    ):
        span = form.span(score)
        assert (low.value, high.value) == span
    for item in form.items:
        for value in item.values:
            found = outcome(key, {**least, item.number: value})
            for one in found.scores:
                assert one.value == by_hand(
                    form, one.score, {**least, item.number: value}
                )
            assert found.risk == ((item.number,) if item.risk and value else ())


@pytest.mark.parametrize("key", KEYS)
@given(data=st.data())
def test_any_sheet_is_scored_as_its_definition_says(key, data):
    form = ALL[key]
    answers = {
        item.number: data.draw(st.sampled_from(item.values)) for item in form.items
    }
    sex = data.draw(st.sampled_from("FM"))
    found = scoring.outcome(form, answers, sex, "RW")
    for one in found.scores:
        assert one.value == by_hand(form, one.score, answers) and not one.prorated
        for held in one.held:
            compare = {
                ">=": one.value >= held.cutoff.value,
                "<=": one.value <= held.cutoff.value,
            }
            assert held.reached == compare[
                held.cutoff.operator
            ] and held.cutoff.sex in ("", sex)
        for here in one.bands:
            assert here.bands in form.bands
            ranges = here.bands.bands
            words = [word for low, high, word in ranges if low <= one.value <= high]
            assert words == [here.word]
    assert found.risk == tuple(
        i.number for i in form.items if i.risk and answers[i.number]
    )


@pytest.mark.parametrize("key", KEYS)
def test_each_missing_question_is_said_and_never_scored(key):
    form = ALL[key]
    full = {item.number: max(item.values) for item in form.items}
    for item in form.items:
        open_sheet = {n: v for n, v in full.items() if n != item.number}
        (fault,) = scoring.answer_faults(form, open_sheet)
        assert (fault.kind, fault.facts["numbers"]) == (
            "questions open",
            str(item.number),
        )
        with pytest.raises(ValueError, match="questions open"):
            scoring.outcome(form, open_sheet, "F", "RW")
        blank = scoring.outcome(form, {**full, item.number: None}, "F", "RW")
        assert blank.blank == (item.number,)
        for one in blank.scores:
            if item.number in one.score.items and not form.blank_most:
                assert one.value is None and one.held == () and one.bands == ()


@pytest.mark.parametrize("key", KEYS)
@given(data=st.data())
def test_whatever_is_left_blank_a_score_has_all_its_questions_or_no_value(key, data):
    form = ALL[key]
    answers = {
        i.number: data.draw(st.sampled_from((*i.values, None))) for i in form.items
    }
    found = scoring.outcome(form, answers, "M", "RW")
    assert found.blank == tuple(n for n, value in answers.items() if value is None)
    for one in found.scores:
        missing = [n for n in one.score.items if answers[n] is None]
        assert one.blank == tuple(missing) and (one.value is None) == bool(missing)
        assert one.value is None or one.value == by_hand(form, one.score, answers)


SMALL = {
    "key": "small", "version": 1, "languages": ["en"], "title": "Small", "recall": "now", "licence": "ours",
    "blank_most": 2, "answers": {"much": [[0, "no"], [1, "some"], [2, "much"]]},
    "item": [{"number": n, "topic": f"question {n}", "reversed": n in (2, 4)} for n in range(1, 6)],
    "score": [{"key": "total", "title": "Total", "kind": "sum", "decimals": 1},
              {"key": "part", "title": "Part", "kind": "mean", "items": [1, 2], "decimals": 2},
              {"key": "share", "title": "Share", "kind": "percent", "decimals": 1}],
}  # fmt: skip


def test_reversed_questions_count_the_other_way():
    form = instrument_parser.instrument(SMALL)
    found = scoring.outcome(form, {1: 2, 2: 2, 3: 0, 4: 0, 5: 1}, "F", "RW")
    assert [str(one.value) for one in found.scores] == ["5.0", "1.00", "50.0"]


@given(st.lists(st.one_of(st.none(), st.integers(0, 2)), min_size=5, max_size=5))
def test_blanks_are_made_up_to_the_number_that_the_file_allows(values):
    form = instrument_parser.instrument(SMALL)
    answers = dict(enumerate(values, 1))
    total, part, _share = scoring.outcome(form, answers, "F", "RW").scores
    blank = [n for n, value in answers.items() if value is None]
    given_ = [2 - v if n in (2, 4) else v for n, v in answers.items() if v is not None]
    if len(blank) > 2:
        assert total.value is None
    else:
        assert total.value == rounded(Fraction(sum(given_) * 5, len(given_)), 1)
        assert total.prorated == bool(blank) and total.blank == tuple(blank)
    assert (part.value is None) == (answers[1] is None and answers[2] is None)


SKIP = {
    **SMALL, "blank_most": 0, "score": [],
    "item": [{"number": 1, "topic": "married"}, {"number": 2, "topic": "how long", "ask_if": {"item": 1, "is": [1, 2]}},
             {"number": 3, "topic": "why", "ask_if": {"item": 2, "is": [0]}}],
}  # fmt: skip


def test_a_skipped_question_skips_what_hangs_on_it():
    form = instrument_parser.instrument(SKIP)
    assert scoring.answer_faults(form, {1: 0}) == []
    assert scoring.open_questions(form, {1: 1}) == (2,) and scoring.open_questions(
        form, {1: 1, 2: 0}
    ) == (3,)
    assert [f.kind for f in scoring.answer_faults(form, {1: 0, 2: 1})] == ["not asked"]
    assert [f.kind for f in scoring.answer_faults(form, {1: 0, 3: 1})] == ["not asked"]


def test_a_rule_that_hangs_on_blanks_cannot_be_told():
    answers = filled("pcl5", (1, 2), (6, 2), (8, 2), (9, 2), (17, 2), (18, None))
    assert (
        outcome("pcl5", answers).rules[0].met is None
        and outcome("pcl5", answers).first.value is None
    )
    assert (
        outcome("pcl5", {**answers, 19: 2}).rules[0].met is True
    )  # enough without the blank
    assert (
        outcome("pcl5", {**answers, 6: 0}).rules[0].met is False
    )  # no answer to 18 could mend it


def test_of_another_country_comes_last_and_is_still_shown():
    here, there = (
        outcome("phq9", filled("phq9"), country=c).first.held for c in ("RW", "BI")
    )
    assert here[0].cutoff.basis.set == there[0].cutoff.basis.set == "usual"
    assert (
        len(there) == 3
        and outcome("srq20", yes(3), country="BI").first.held[0].cutoff.basis.country
        == "RW"
    )


@pytest.mark.parametrize(
    ("value", "decimals", "shown"),
    [("2.5", 0, "3"), ("0.05", 1, "0.1"), ("2.449", 1, "2.4"), ("-0.5", 0, "0")],
)
def test_halves_are_rounded_up(value, decimals, shown):
    assert str(rounded(Fraction(value), decimals)) == shown


@pytest.mark.parametrize("answers", [{1: 2}, {21: 1}, {0: 0}])
def test_answers_that_the_paper_does_not_offer(answers):
    assert any(
        fault.kind == "no such answer"
        for fault in scoring.answer_faults(ALL["srq20"], {**yes(3), **answers})
    )


def test_more_than_and_at_least_are_two_operators():
    cutoff = ALL["srq20"].cutoffs[0]
    strict = type(cutoff)(cutoff.basis, "total", ">", Decimal(10))
    assert (
        cutoff.reached(Decimal(10))
        and not strict.reached(Decimal(10))
        and strict.reached(Decimal(11))
    )
