"""Where everything stands on a page: on the paper, apart from each other, each in its place."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cbs_desktop.scans.layout import (
    COLUMNS_MOST,
    PageShape,
    choices_most,
    page_layout,
    rows_most,
    shape_of,
)


@st.composite
def shapes(draw):
    columns = draw(st.integers(1, COLUMNS_MOST))
    return PageShape(
        draw(st.sampled_from(["register", "questionnaire"])) if columns == 1 else "register",
        draw(st.integers(1, rows_most(columns))),
        columns,
        draw(st.integers(1, choices_most(columns))),
    )  # fmt: skip


def apart(one, other):
    return (
        one.x + one.width <= other.x
        or other.x + other.width <= one.x
        or one.y + one.height <= other.y
        or other.y + other.height <= one.y
    )


def inside(small, big):
    return (
        big.x <= small.x
        and big.y <= small.y
        and small.x + small.width <= big.x + big.width + 1e-9
        and small.y + small.height <= big.y + big.height + 1e-9
    )


@given(shapes())
def test_everything_is_on_the_paper_and_apart(shape):
    page = page_layout(shape)
    boxes = [box.rect for box in page.boxes]
    fixed = [*page.corners, *page.codes, page.title]
    for rect in [*boxes, *fixed, *page.strips, *page.counts, *page.days, *page.labels]:
        assert rect.x >= 5 and rect.y >= 5
        assert rect.x + rect.width <= page.width - 5
        assert rect.y + rect.height <= page.height - 5
    for one, other in combinations([*fixed, *page.counts, *page.days], 2):
        assert apart(one, other)
    for one, other in combinations(boxes, 2):
        assert apart(one, other)


@given(shapes())
def test_boxes_are_inside_their_strips_and_beside_their_labels(shape):
    page = page_layout(shape)
    assert len(page.boxes) == shape.rows * shape.columns * shape.choices
    for box in page.boxes:
        assert inside(box.rect, page.strips[box.row])
        assert apart(box.rect, page.labels[box.row])
    for label in page.labels:
        assert label.width >= 80


@given(shapes())
def test_a_shape_comes_back_from_its_text(shape):
    assert shape_of(str(shape)) == shape


def test_a_shape_that_no_paper_has_room_for_is_none():
    assert shape_of("R1.10.4.4")
    assert shape_of("R1.10.4.7") is None


def test_an_unknown_version_is_refused():
    with pytest.raises(ValueError):
        page_layout(PageShape("register", 10, 1, 4, version=2))
