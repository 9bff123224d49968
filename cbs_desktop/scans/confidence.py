"""How sure the reader is of each box of a page, from 0 to 1, for who looks at figures. Pure."""

from collections.abc import Sequence

from cbs_desktop.scans.deciding import ReadBox
from cbs_desktop.scans.verdicts import InkLevels, levels

_HALF = 0.5  # on the border of what a person has to look at
Place = tuple[int, int, int]  # row, column, choice


def confidences(boxes: Sequence[ReadBox], choices: int) -> dict[Place, float]:
    """By row, column and choice: at least one half for what was decided, below for what is left to a person. It grows with
    the distance of the ink from the two levels that the page itself gives."""
    page = levels([box.ink for box in boxes], choices)
    found: dict[Place, float] = {}
    for box in boxes:
        sure = _sure(box, page)
        found[box.row, box.column, box.choice] = round(sure, 3)
    return found


def _sure(box: ReadBox, page: InkLevels) -> float:
    if box.state == "doubtful":
        return _HALF * _away(box.ink, page)
    if box.state == "empty":
        return 1 - _HALF * min(1.0, box.ink / page.high)
    above = max(0.0, box.ink - page.high)
    usual = max(page.usual, page.high)
    return _HALF + _HALF * min(1.0, above / usual)


def _away(ink: float, page: InkLevels) -> float:
    """How far from the middle between both levels, 1 at a level and beyond."""
    middle = (page.low + page.high) / 2
    half = max((page.high - page.low) / 2, 1e-6)
    return min(1.0, abs(ink - middle) / half) * 0.99
