"""What figures of boxes mean, rule by rule: a page of usual marks, and one row that is not like the others."""

from dataclasses import replace

import pytest

from cbs_desktop.scans.verdicts import BoxInk, levels, states

EMPTY = BoxInk(0.001, 0.001, 0.05, 0.0, 1.0, 0, 0.0, 0.0)
MARK = BoxInk(0.2, 0.25, 1.2, 0.9, 1.0, 3, 0.2, 0.02)
CIRCLE = replace(EMPTY, sectors=13, around=0.9, strewn=0.3)


def row(*given):
    """Three choices: these, and empty ones."""
    return [*given, *[EMPTY] * (3 - len(given))]


def said(*given, page=MARK):
    """The states of a row on a page on which ten others are marked as usual."""
    return states([row(*given), *[row(page)] * 10])[0]


@pytest.mark.parametrize(
    "given, says",
    [
        ([EMPTY], ["empty", "empty", "empty"]),
        ([MARK], ["marked", "empty", "empty"]),
        ([EMPTY, MARK], ["empty", "marked", "empty"]),
        ([MARK, MARK], ["marked", "marked", "empty"]),
    ],
)
def test_what_is_clear(given, says):
    assert said(*given) == says


def test_a_circle_is_a_mark_where_people_draw_circles():
    assert said(CIRCLE, page=CIRCLE) == ["marked", "empty", "empty"]
    assert said(CIRCLE)[0] == "doubtful"  # among ticks it may be a stamp


def test_specks_around_a_box_are_no_circle():
    specks = replace(EMPTY, sectors=4, around=0.8)
    assert said(specks, page=CIRCLE)[0] == "doubtful"
    assert said(replace(specks, sectors=2), page=CIRCLE)[0] == "empty"


def test_between_empty_and_marked_a_person_decides():
    page = levels([0.001] * 20 + [0.2] * 10, 3)
    assert 0.012 < page.low < page.high < 0.06
    between = replace(MARK, inside=(page.low + page.high) / 2, middle=0.1)
    assert said(between)[0] == "doubtful"
    assert said(replace(between, inside=page.high + 0.001))[0] == "marked"
    assert said(replace(between, inside=page.low - 0.001))[0] == "empty"


def test_a_filled_box_beside_a_usual_mark_was_taken_back():
    full = replace(MARK, inside=0.9, middle=0.95, sectors=16)
    assert said(full, MARK) == ["crossed out", "marked", "empty"]
    assert said(full) == ["doubtful", "empty", "empty"]  # much is drawn around it
    assert said(full, MARK, page=full) == ["marked", "marked", "empty"]


@pytest.mark.parametrize(
    "odd",
    [
        {"frame": 0.2}, {"darkest": 0.5}, {"longest": 0.2}, {"strewn": 0.3}, {"sectors": 11},
    ],
    ids=["no frame", "paler", "a speck", "much around it", "a ring around it"],
)  # fmt: skip
def test_what_is_not_like_the_other_marks_is_doubtful(odd):
    assert said(replace(MARK, **odd))[0] == "doubtful"


def test_beside_a_mark_little_or_pale_ink_is_none():
    tail = replace(MARK, inside=0.035, middle=0.001)
    pale = replace(MARK, inside=0.12, darkest=0.4)
    assert said(MARK, tail) == ["marked", "empty", "empty"]
    assert said(MARK, pale) == ["marked", "empty", "empty"]
    assert said(MARK, replace(tail, frame=0.1))[1] == "doubtful"


def test_pale_ink_with_much_around_it_is_doubtful():
    pale = replace(MARK, darkest=0.85)
    assert said(pale)[0] == "marked"
    assert said(replace(pale, strewn=0.09))[0] == "doubtful"


def test_a_stamp_among_circles_is_doubtful():
    stamp = replace(MARK, sectors=15, around=0.9, strewn=0.2)
    assert said(stamp, page=CIRCLE)[0] == "doubtful"
    assert said(MARK, page=CIRCLE)[0] == "marked"


def test_a_page_without_a_mark_is_looked_at():
    assert states([row()] * 5) == [["doubtful"] * 3] * 5
    assert states([row(), *[row(MARK)] * 4])[0] == ["empty"] * 3


def test_a_page_of_vanishing_pencil_is_looked_at():
    pencil = replace(MARK, inside=0.025, middle=0.03, darkest=0.3)
    assert states([row(pencil)] * 5 + [row()]) == [["doubtful"] * 3] * 6
    assert states([row(replace(pencil, darkest=0.6))] * 5)[0][0] == "marked"


def test_a_crease_on_a_page_of_dots_is_doubtful():
    dot = replace(MARK, longest=0.25)
    assert said(MARK, page=dot)[0] == "doubtful"
    assert said(dot, page=dot)[0] == "marked"


def test_a_crease_through_a_choice_is_doubtful_in_all_rows():
    both, alone = [MARK, MARK, EMPTY], [MARK, EMPTY, EMPTY]
    found = states([both] * 4 + [alone] * 3 + [[EMPTY, MARK, EMPTY]])
    assert [one[0] for one in found] == ["doubtful"] * 7 + ["empty"]
    assert states([alone] * 7 + [both])[0][0] == "marked"


def test_half_a_circle_counts_where_nothing_else_is_marked():
    half = replace(EMPTY, sectors=6, around=0.3)
    assert said(half)[0] == "doubtful"
    assert said(half, MARK) == ["empty", "marked", "empty"]


def test_on_a_page_of_faint_marks_a_trace_is_doubtful():
    faint = replace(MARK, inside=0.03, middle=0.04)
    trace = replace(EMPTY, inside=0.009)
    assert said(trace, page=faint)[0] == "doubtful"
    assert said(trace, faint, page=faint) == ["empty", "marked", "empty"]
    assert said(trace)[0] == "empty"


def test_a_page_with_hardly_a_mark_has_nothing_to_compare_with():
    speck = replace(MARK, inside=0.05, middle=0.05)
    assert states([row(speck), *[row()] * 10])[0][0] == "doubtful"
    assert states([row(MARK), *[row()] * 10])[0][0] == "marked"


def test_what_people_chose_stays_where_a_stain_lies_beside_it():
    stain = replace(MARK, inside=0.1, middle=0.05, darkest=0.35, sectors=5)
    beside = [row(CIRCLE, EMPTY, stain)] * 4
    alone = [row(CIRCLE)] * 7
    found = states([*beside, *alone, row(EMPTY, EMPTY, stain)])
    assert [choices[0] for choices in found[:11]] == ["marked"] * 11
    assert found[11] == ["empty", "empty", "doubtful"]
