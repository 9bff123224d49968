"""A page with corner markers and codes while it is drawn: black on white, in millimetres from its upper left corner."""

from collections.abc import Sequence
from dataclasses import dataclass

from reportlab.lib.colors import black
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from cbs_desktop.paper import fonts, qr
from cbs_desktop.paper.page import write
from cbs_desktop.scans import markers, page_code
from cbs_desktop.scans.layout import PageLayout, Rect
from cbs_desktop.scans.page_code import PageCode

FRAME = 0.9  # points; a photocopy keeps it
LINE = 0.5
_UNDER_CODE = 4.0
_BEFORE_BOX = (
    1.9  # to the middle of its letter: outside of the ring that the reader measures
)
_BASE = 1.3  # from the middle of a line to where its letters stand


@dataclass(frozen=True, slots=True)
class Letters:
    """How a line of text looks: points, weight, and where its x is: left, center, right."""

    size: float
    strong: bool = False
    align: str = "left"


CODE = Letters(10, strong=True)
BESIDE_BOX = Letters(7, align="center")
CODE_BELOW = Letters(10, strong=True, align="center")


@dataclass(frozen=True, slots=True)
class PageDrawing:
    """One page while it is drawn."""

    to: Canvas
    place: PageLayout

    def frame(self, rect: Rect, thick: float = FRAME) -> None:
        """An empty frame; its line lies on the edge of the rectangle."""
        self.to.setLineWidth(thick)
        self._rectangle(rect, filled=False)

    def fill(self, rect: Rect) -> None:
        """A black rectangle."""
        self._rectangle(rect, filled=True)

    def _rectangle(self, rect: Rect, filled: bool) -> None:
        left = rect.x * mm
        low = self._up(rect.low)
        width = rect.width * mm
        height = rect.height * mm
        self.to.rect(left, low, width, height, stroke=int(not filled), fill=int(filled))

    def line(
        self, start: tuple[float, float], end: tuple[float, float], thick: float = LINE
    ) -> None:
        """A straight line from point to point."""
        self.to.setLineWidth(thick)
        x, y = start
        right, down = end
        self.to.line(x * mm, self._up(y), right * mm, self._up(down))

    def text(
        self, x: float, y: float, said: str, look: Letters, room: float | None = None
    ) -> None:
        """A line of text on the baseline y, shrunk where `room` is tight."""
        font = fonts.STRONG if look.strong else fonts.TEXT
        points = None if room is None else room * mm
        at = (x * mm, self._up(y))
        write(self.to, *at, said, font, look.size, black, look.align, points)

    def text_in(
        self, rect: Rect, indent: float, said: str, look: Letters, until: float = 3
    ) -> None:
        """A line of text in the middle of a row, from `indent` to `until` millimetres before its right edge."""
        _x, middle = rect.middle
        room = rect.width - indent - until
        self.text(rect.x + indent, middle + _BASE, said, look, room)

    def rows_and_boxes(self, letters: Sequence[str]) -> None:
        """A line above each row and below the last; every box, with what it stands for small before it."""
        for strip in self.place.strips:
            self._across(strip, strip.y)
        last = self.place.strips[-1]
        self._across(last, last.low)
        for box in self.place.boxes:
            rect = box.rect
            self.frame(rect)
            _x, middle = rect.middle
            letter = letters[box.choice]
            self.text(rect.x - _BEFORE_BOX, middle + _BASE, letter, BESIDE_BOX)

    def _across(self, strip: Rect, y: float) -> None:
        self.line((strip.x, y), (strip.right, y))

    def _up(self, y: float) -> float:
        """Points from the lower edge, as the canvas counts."""
        return (self.place.height - y) * mm

    def marks_of_a_page(self, code: PageCode) -> None:
        """The corner markers, and the code twice, with the letters to type beside each."""
        self.to.setStrokeColor(black)
        self.to.setFillColor(black)
        for rect, marker in zip(self.place.corners, markers.MARKERS, strict=True):
            self._marker(rect, marker)
        text = page_code.text(code)
        letters = page_code.short(code.page)
        above, below = self.place.codes
        self._code(above, text)
        self._code(below, text)
        middle, _y = above.middle
        self.text(middle, above.low + _UNDER_CODE, letters, CODE_BELOW)
        self.text(below.x, below.y - 1.5, letters, CODE)

    def _code(self, rect: Rect, text: str) -> None:
        left = rect.x * mm
        low = self._up(rect.low)
        size = rect.width * mm
        qr.draw(self.to, left, low, size, text)

    def _marker(self, rect: Rect, marker: Sequence[str]) -> None:
        """One path, so that its squares join without a gap."""
        side = rect.width / markers.SIDE
        path = self.to.beginPath()
        for down, squares in enumerate(marker):
            low = self._up(rect.y + (down + 1) * side)
            for across, square in enumerate(squares):
                left = (rect.x + across * side) * mm
                if square == "#":
                    path.rect(left, low, side * mm, side * mm)
        self.to.drawPath(path, stroke=0, fill=1)
