"""How sure the reader says it is: decided boxes on one side of a half, boxes for a person on the other."""

from hypothesis import given
from hypothesis import strategies as st

from cbs_desktop.scans.confidence import confidences
from cbs_desktop.scans.deciding import STATES, ReadBox

inks = st.floats(0, 1)


def page(marked=0.3, odd=0.04, state="doubtful"):
    """Twelve rows of four boxes, one of them marked, and one odd box."""
    boxes = []
    for row in range(12):
        for choice in range(4):
            here = choice == row % 4
            kind = "marked" if here else "empty"
            boxes.append(ReadBox(row, 0, choice, marked if here else 0.001, kind))
    boxes[1] = ReadBox(0, 0, 1, odd, state)
    return boxes


def test_a_clear_page_is_sure():
    found = confidences(page(odd=0.001, state="empty"), 4)
    assert min(found.values()) >= 0.5
    assert found[1, 0, 0] > 0.95 and found[1, 0, 1] > 0.75


def test_a_box_for_a_person_is_below_a_half():
    assert confidences(page(), 4)[0, 0, 1] < 0.5


@given(st.lists(st.tuples(inks, st.sampled_from(STATES)), min_size=1, max_size=40))
def test_every_box_has_a_confidence_that_fits_its_state(boxes):
    read = [ReadBox(row, 0, 0, ink, kind) for row, (ink, kind) in enumerate(boxes)]
    found = confidences(read, 1)
    assert len(found) == len(read)
    for box in read:
        sure = found[box.row, 0, 0]
        assert 0 <= sure <= 1
        assert (sure < 0.5) == (box.state == "doubtful")
