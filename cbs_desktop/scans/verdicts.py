"""What the figures of a page's boxes mean. The page tells by itself what empty and what marked looks like; whatever is neither
goes to a person. Pure."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from statistics import median

from cbs_desktop.scans.deciding import State

_LEAST = 0.012  # of a box, above the usual empty one: less is grain of the paper
_SPREADS = 9  # times the usual difference of empty boxes: no grain any more
_MARK = 0.02, 0.09  # of a box: what may be the least of a mark lies between these
_OF_USUAL = 0.25  # of the page's usual mark: a mark
_FAINT = 0.06  # of the page's usual mark: nothing
_FULL = 0.55  # of a box: filled
_HEAVY, _LIGHT = 1.8, 1.4  # times the page's usual mark: taken back; as usual
FRAME_LINE = 0.4  # of the darkness of printed lines: a line of the frame is there
_ROUND, _HALF_ROUND = 0.7, 0.45  # of the sectors around a box: a circle; perhaps one
_WHOLE = 5  # sectors around a box at the least: a circle
_PART, _STREWN_PART = (
    5,
    0.06,
)  # sectors around a box, and of what is outside: perhaps a circle, where nothing else is marked
_TRACE = 0.005  # of a box: perhaps a mark on a page of faint ones, where nothing else is marked
_PALE = 0.65  # of the darkness of the page's usual mark: not of the same pen
_SHORT, _LONG = (
    0.4,
    2.5,
)  # times the length of the page's usual strokes: a speck; a crease on a page of dots
_PALER, _SHORTER = 0.75, 0.6  # the same, for what is odd in another way too
_MORE = 0.7  # of the marks have no more around them: usual
_STREWN, _AROUND = 0.08, 6  # of what is outside, and sectors, more than usual: a stamp
_RUBBED = 0.5  # of the darkness of the mark beside it: a stain, or rubbed out
_STRAY = 5  # times the ink of a stray
_THIN, _VANISHING = (
    0.04,
    0.45,
)  # of a box and of the darkness of printed lines: pencil that a copier nearly lost
_OFTEN = 0.4  # of the rows that are marked elsewhere: a line runs through a choice
_FEW = 3  # marks on a page, with which others can be compared


@dataclass(frozen=True, slots=True)
class BoxInk:
    """What was measured of a box, in parts of it and in units of the darkness of printed lines.

    `inside` and `middle` are the mean darkness of the inside and of its middle part, `darkest` of its darkest points; `longest`
    is the length of the longest stroke inside in parts of the side, `frame` the weakest line of the frame. In `sectors` of 16
    around the box something is drawn, `around` is the part of those that can be seen, `strewn` how much of what is outside
    is covered.
    """

    inside: float
    middle: float
    darkest: float
    longest: float
    frame: float
    sectors: int
    around: float
    strewn: float

    @property
    def is_there(self) -> bool:
        """Whether its frame was found."""
        return self.frame > FRAME_LINE


@dataclass(slots=True)
class _JudgedBox:
    ink: BoxInk
    state: State = "empty"


@dataclass(frozen=True, slots=True)
class InkLevels:
    """What the page's two clusters say: up to `low` a box is empty, from `high` it is marked; `usual` is its usual mark."""

    low: float
    high: float
    usual: float


def levels(inks: Iterable[float], choices: int) -> InkLevels:
    """The levels of a page by the ink inside its boxes; each answer has so many of them."""
    ordered = sorted(inks)
    share = 2 if choices > 1 else 4  # at least this part of the boxes is empty
    emptier = ordered[: max(1, len(ordered) // share)]
    empty = median(emptier)
    spread = median(abs(ink - empty) for ink in emptier)
    grain = max(_LEAST, _SPREADS * spread)
    usual = 0.0
    marks = [ink for ink in ordered if ink > empty + grain]
    if marks:
        usual = median(marks) - empty
    faint = min(2 * _LEAST, _FAINT * usual)
    low = empty + max(grain, faint)
    least, most = _MARK
    mark = min(most, max(least, _OF_USUAL * usual))
    high = max(empty + mark, 1.5 * low)
    return InkLevels(low, high, usual)


def states(cells: list[list[BoxInk]]) -> list[list[State]]:
    """The state of each box; the boxes of a cell are the choices of one answer."""
    boxes = [[_JudgedBox(ink) for ink in cell] for cell in cells]
    every = [box for cell in boxes for box in cell]
    page = levels([box.ink.inside for box in every], len(cells[0]))
    for box in every:
        box.state = _alone(box.ink, page)
    for cell in boxes:
        _taken_back(cell, page)
    for choice in range(len(cells[0])):
        _line_through(boxes, choice)
    _not_of_the_pen(every)
    _not_a_circle(every, page)
    for cell in boxes:
        _strays(cell, page)
        _nearly_marked(cell, page)
    if _is_faint(every, page):
        for box in every:
            box.state = "doubtful"
    return [[box.state for box in cell] for cell in boxes]


def _alone(ink: BoxInk, page: InkLevels) -> State:
    """By its own figures."""
    if not ink.is_there:
        return "doubtful"
    if ink.inside >= page.high:
        return "marked"
    if ink.around >= _ROUND and ink.sectors >= _WHOLE:
        return "marked"
    if ink.around >= _HALF_ROUND and ink.sectors >= _WHOLE / 2:
        return "doubtful"
    return "doubtful" if ink.inside > page.low else "empty"


def _marked(boxes: list[_JudgedBox]) -> list[_JudgedBox]:
    found: list[_JudgedBox] = []
    for box in boxes:
        if box.state == "marked":
            found.append(box)
    return found


def _taken_back(cell: list[_JudgedBox], page: InkLevels) -> None:
    """A filled box beside one that is marked as usual was taken back, as the page tells people to do."""
    full: list[_JudgedBox] = []
    light: list[_JudgedBox] = []
    for box in _marked(cell):
        if box.ink.inside > max(_FULL, _HEAVY * page.usual):
            full.append(box)
        elif box.ink.inside < _LIGHT * page.usual:
            light.append(box)
    if len(light) == 1:
        for box in full:
            box.state = "crossed out"


def _not_of_the_pen(boxes: list[_JudgedBox]) -> None:
    """What is far from the page's other marks may be none: paler ink is a stain or a crease, specks are short, and around a stamp
    far more is drawn. So may be what is a little odd both ways."""
    marked = _marked(boxes)
    inked = [box for box in marked if box.ink.inside > _MARK[0]]
    if not inked:
        return
    usual = BoxInk(
        inside=_usual(inked, lambda ink: ink.inside),
        middle=0.0,
        darkest=_usual(inked, lambda ink: ink.darkest),
        longest=_usual(inked, lambda ink: ink.longest),
        frame=1.0,
        sectors=int(_usual(marked, lambda ink: ink.sectors, _MORE)),
        around=0.0,
        strewn=_usual(marked, lambda ink: ink.strewn, _MORE),
    )
    few = len(inked) < _FEW
    for box in marked:
        odd = _is_odd_around(box.ink, usual)
        if box in inked:
            odd = odd or _is_odd_inside(box.ink, usual)
            odd = odd or _is_rather_odd(box.ink, usual)
            odd = odd or (few and box.ink.inside < _MARK[1])
        if odd:
            box.state = "doubtful"


def _is_odd_around(ink: BoxInk, usual: BoxInk) -> bool:
    if ink.strewn > _STREWN + 1.5 * usual.strewn:
        return True
    return ink.sectors > _AROUND + usual.sectors


def _is_odd_inside(ink: BoxInk, usual: BoxInk) -> bool:
    if ink.darkest < _PALE * usual.darkest:
        return True
    if ink.longest > _LONG * usual.longest:
        return True
    return ink.longest < _SHORT * usual.longest


def _is_rather_odd(ink: BoxInk, usual: BoxInk) -> bool:
    """Whether a mark is a little odd both inside and around."""
    paler = ink.darkest < _PALER * usual.darkest
    shorter = ink.longest < _SHORTER * usual.longest
    if not (paler or shorter):
        return False
    if ink.strewn > _STREWN / 2 + usual.strewn:
        return True
    return ink.sectors > _AROUND / 2 + usual.sectors


def _not_a_circle(boxes: list[_JudgedBox], page: InkLevels) -> None:
    """Where people draw circles around boxes, lines that go through a box and around it are a stamp."""
    circles: list[_JudgedBox] = []
    others: list[_JudgedBox] = []
    for box in _marked(boxes):
        kind = others if box.ink.inside > page.low else circles
        kind.append(box)
    if len(circles) > len(others):
        for box in others:
            if box.ink.sectors >= _PART:
                box.state = "doubtful"


def _line_through(cells: list[list[_JudgedBox]], choice: int) -> None:
    """Where a choice is marked in many rows beside another one and seldom alone, a crease or a line runs through it, in the
    other rows too. What is mostly alone is what people chose."""
    mine: list[_JudgedBox] = []
    beside = 0
    others = 0
    for cell in cells:
        marked = _marked(cell)
        here = cell[choice] in marked
        if here:
            mine.append(cell[choice])
        if len(marked) > int(here):
            others += 1
            beside += here
    alone = len(mine) - beside
    if beside >= max(_FEW, alone) and beside > _OFTEN * others:
        for box in mine:
            box.state = "doubtful"


def _is_faint(boxes: list[_JudgedBox], page: InkLevels) -> bool:
    """Whether marks may be there that cannot be seen: nothing is marked on the whole page, or what is there is as pale as pencil
    that a copier nearly lost."""
    if not _marked(boxes):
        return True
    inked = [box for box in boxes if box.ink.inside > page.low]
    circles = [box for box in _marked(boxes) if box.ink.inside <= page.low]
    if len(circles) >= len(inked) or page.usual > _THIN:
        return False
    return _usual(inked, lambda ink: ink.darkest) < _VANISHING


def _usual(
    boxes: list[_JudgedBox], figure: Callable[[BoxInk], float], part: float = 0.5
) -> float:
    """The figure that so much of the boxes do not exceed."""
    ordered = sorted(figure(box.ink) for box in boxes)
    last = len(ordered) - 1
    return ordered[round(part * last)]


def _strays(cell: list[_JudgedBox], page: InkLevels) -> None:
    """Beside one box that is marked, another is empty that has far less ink, or much paler ink: the tail of a mark in another
    row, a stain, what was rubbed out."""
    marked = _marked(cell)
    if len(marked) != 1:
        return
    for box in cell:
        by_ink = box.ink.is_there and box.ink.inside > page.low
        if box.state == "doubtful" and by_ink and _is_stray(box.ink, marked[0].ink):
            box.state = "empty"


def _is_stray(ink: BoxInk, mark: BoxInk) -> bool:
    at_edge = ink.middle < ink.inside
    times = _STRAY if at_edge else 2 * _STRAY
    if ink.inside * times < mark.inside:
        return True
    if ink.inside > mark.inside:
        return False
    return ink.darkest < _RUBBED * mark.darkest


def _nearly_marked(cell: list[_JudgedBox], page: InkLevels) -> None:
    """Where no box is marked, a little ink may be a faint mark, and a line around a part of a box a circle that missed it."""
    if _marked(cell):
        return
    trace = max(_TRACE, _OF_USUAL * page.usual)
    for box in cell:
        around = box.ink.sectors >= _PART or box.ink.strewn > _STREWN_PART
        if box.state == "empty" and (around or box.ink.inside > trace):
            box.state = "doubtful"
