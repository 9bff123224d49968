"""What a row says by the states of its boxes, and when a person is asked."""

import pytest

from cbs_desktop.scans.deciding import CellDecision, ReadBox, decide


def row(*states):
    """A row with these states; the ink of box n is n tenths."""
    return [
        ReadBox(0, 0, choice, choice / 10, state) for choice, state in enumerate(states)
    ]


@pytest.mark.parametrize(
    "states, said",
    [
        (("empty", "empty", "empty"), CellDecision(None)),
        (("empty", "marked", "empty"), CellDecision(1)),
        (("marked", "crossed out", "empty"), CellDecision(0)),
        (("crossed out", "empty", "crossed out"), CellDecision(None, "crossed out")),
        (("marked", "empty", "marked"), CellDecision(2, "two marked")),
        (("doubtful", "empty", "empty"), CellDecision(0, "unclear")),
        (("doubtful", "empty", "marked"), CellDecision(2, "unclear")),
        (("doubtful", "doubtful", "crossed out"), CellDecision(1, "unclear")),
    ],
)
def test_a_row(states, said):
    assert decide(row(*states)) == {(0, 0): said}


def test_each_row_and_column_by_itself():
    boxes = []
    for line in range(2):
        for column in range(3):
            boxes.append(ReadBox(line, column, 0, 0.0, "empty"))
            state = "marked" if line == 1 else "empty"
            boxes.append(ReadBox(line, column, 1, 0.2, state))
    found = decide(boxes)
    assert {cell: each.choice for cell, each in found.items()} == {
        (0, 0): None, (0, 1): None, (0, 2): None, (1, 0): 1, (1, 1): 1, (1, 2): 1,
    }  # fmt: skip
